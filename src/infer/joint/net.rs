//! What is drawn, and on what each of it rests.
//!
//! In: a model, and what is made so. Out: nodes, each an event, a group, a chain, a factor or a
//! question, with its conditions compiled; only those that a target rests on are.

use super::push::{Push, Pusher};
use super::test::{Leaf, Test};
use crate::model::condition::Cond;
use crate::model::{Model, What};
use crate::numeric::line::Line;

/// What a node draws.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// An event by itself.
    Event(Happens),
    /// Events that exclude each other.
    Group(Vec<Happens>),
    /// Events each of which implies the one before; the row of what is set true above them.
    Chain {
        rows: Vec<usize>,
        over: Option<usize>,
    },
    /// A factor that may not hold: its rows.
    Factor(Vec<(Test, usize)>),
    /// A hypothetical event or a wrong assumption, where it is asked about.
    Costly,
    /// A question.
    Question(Box<Asked>),
    /// A number that is not known: how many of the lines it reaches.
    Quantity(Reaching),
    /// Whether something was so in any, or in every, of some horizons.
    Course(Course),
}

/// How an event comes.
#[derive(Debug, Clone)]
pub(super) struct Happens {
    /// Its rows; none of a hypothetical one.
    pub rows: Vec<(Test, usize)>,
    pub push: Push,
    pub once: Option<Once>,
}

/// What a trigger does to an event.
#[derive(Debug, Clone)]
pub(super) struct Once {
    /// What sets the clock; none where it has come by time 0, or never comes.
    pub trigger: Test,
    pub after: usize,
    /// For how many days it had been so at time 0.
    pub since: f64,
}

/// A question's conditions.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub question: usize,
    pub push: Push,
    /// The rows of its prior, and where they stand.
    pub priors: Vec<(Test, usize)>,
    /// By outcome.
    pub decided: Vec<Option<Test>>,
    /// The outcome that is made so.
    pub fixed: Option<usize>,
    /// What it rests on that lasts.
    pub lasting: Vec<Leaf>,
    /// What it rests on that passes, in order.
    pub passing: Vec<usize>,
    /// Whether any of its judged outcomes is final.
    pub ends: bool,
    /// Whether any outcome is final.
    pub finals: bool,
}

/// How a quantity is drawn.
#[derive(Debug, Clone)]
pub(super) struct Reaching {
    pub quantity: usize,
    pub push: Push,
    /// By horizon its distribution.
    pub laws: Vec<Line>,
    /// Where it is cut, rising, on the scale of g.
    pub cuts: Vec<f64>,
}

/// Something watched over several horizons.
#[derive(Debug, Clone)]
pub(super) struct Course {
    /// What is watched in each of them.
    pub test: Test,
    pub every: bool,
    /// Which, from 1 on.
    pub horizons: Vec<usize>,
}

/// A node.
#[derive(Debug, Clone)]
pub(super) struct Node {
    pub kind: Kind,
    /// The first of its drivers; that of a question none.
    pub driver: Option<usize>,
    /// What it rests on.
    pub on: Vec<usize>,
    /// Whether its rows rest on what passes: which was in force must then be remembered.
    pub remembers: bool,
}

impl Node {
    /// Whether nothing of it outlasts a horizon.
    pub(super) fn is_passing(&self) -> bool {
        match &self.kind {
            Kind::Factor(_) | Kind::Quantity(_) => true,
            Kind::Question(asked) => !asked.finals,
            _ => false,
        }
    }
}

/// Where a driver's truth stands.
#[derive(Debug, Clone)]
enum Place {
    Known(bool),
    Is(Leaf),
    When(Cond),
}

/// What the nodes are made for.
#[derive(Debug, Clone, Default)]
pub(super) struct Made {
    /// Drivers made true or false.
    pub sets: Vec<(usize, bool)>,
    /// Outcomes that are fixed.
    pub fixes: Vec<usize>,
    /// Drivers that cost ε, and are asked about.
    pub costly: Vec<usize>,
    /// The question whose prior is solved: of its drivers only these push.
    pub only: Option<(usize, Vec<usize>)>,
    /// The drivers that push anything at all, and count; none where all may.
    pub pushing: Option<Vec<usize>>,
}

/// All nodes that are needed.
#[derive(Debug)]
pub(super) struct Net<'a> {
    pub model: &'a Model,
    pub nodes: Vec<Option<Node>>,
    /// By driver.
    places: Vec<Place>,
    /// What each driver's node is made of.
    seeds: Vec<Seed>,
    /// The node of the first question.
    first_question: usize,
    /// By quantity where it is cut, rising, in its unit.
    cuts: Vec<Vec<f64>>,
    made: Made,
}

#[derive(Debug, Clone)]
enum Seed {
    Event(usize),
    Group(Vec<usize>),
    Chain(Vec<usize>, Option<usize>),
    Factor(usize),
    Costly(usize),
    Question(usize),
    Quantity(usize),
}

impl<'a> Net<'a> {
    pub(super) fn new(model: &'a Model, made: Made) -> Net<'a> {
        Net::cut(model, made, super::quantity::cuts(model, []))
    }

    /// The same with quantities cut where it is said.
    pub(super) fn cut(model: &'a Model, made: Made, cuts: Vec<Vec<f64>>) -> Net<'a> {
        let mut net = Net {
            model,
            nodes: Vec::new(),
            places: vec![Place::Known(false); model.drivers.len()],
            seeds: Vec::new(),
            first_question: 0,
            cuts,
            made,
        };
        net.known();
        net.seed();
        net.nodes.resize_with(net.seeds.len(), || None);
        net
    }

    /// What holds, or does not, whatever is drawn.
    fn known(&mut self) {
        let model = self.model;
        for (d, driver) in model.drivers.iter().enumerate() {
            self.places[d] = match &driver.what {
                What::Always | What::Assumption => Place::Known(true),
                What::Change(when) => Place::When(when.clone()),
                What::Event | What::Hypothetical | What::Random => Place::Known(false),
            };
        }
        for &(d, to) in &self.made.sets {
            self.places[d] = Place::Known(to);
        }
    }

    fn set(&self, driver: usize) -> Option<bool> {
        let found = self.made.sets.iter().find(|s| s.0 == driver);
        found.map(|s| s.1)
    }

    fn is_costly(&self, driver: usize) -> bool {
        self.made.costly.contains(&driver)
    }

    /// Which nodes there are, in the model's order.
    fn seed(&mut self) {
        let model = self.model;
        let mut chained = vec![None; model.drivers.len()];
        for (c, members) in model.chains.iter().enumerate() {
            for &d in members {
                chained[d] = Some(c);
            }
        }
        let mut done = vec![false; model.chains.len()];
        for node in &model.nodes {
            let first = node.members[0];
            if let Some(c) = chained[first] {
                if !std::mem::replace(&mut done[c], true) {
                    self.chain(&model.chains[c]);
                }
                continue;
            }
            if let [d] = node.members[..] {
                self.single(d);
            } else {
                self.group(&node.members);
            }
        }
        self.first_question = self.seeds.len();
        for q in 0..model.questions.len() {
            self.seeds.push(Seed::Question(q));
        }
        for q in 0..model.quantities.len() {
            self.seeds.push(Seed::Quantity(q));
        }
    }

    fn single(&mut self, d: usize) {
        if self.set(d).is_some() {
            return;
        }
        let seed = match self.model.drivers[d].what {
            What::Event => Seed::Event(d),
            What::Random => Seed::Factor(d),
            What::Hypothetical | What::Assumption if self.is_costly(d) => Seed::Costly(d),
            _ => return,
        };
        self.place(d, 1, false);
        self.seeds.push(seed);
    }

    fn place(&mut self, driver: usize, member: u16, chain: bool) {
        self.places[driver] = Place::Is(Leaf {
            node: self.seeds.len(),
            member,
            chain,
        });
    }

    fn group(&mut self, members: &[usize]) {
        if members.iter().any(|d| self.set(*d) == Some(true)) {
            return;
        }
        let free = |d: &&usize| {
            let hypothetical = self.model.drivers[**d].what == What::Hypothetical;
            self.set(**d).is_none() && (!hypothetical || self.is_costly(**d))
        };
        let free: Vec<usize> = members.iter().filter(free).copied().collect();
        for (i, d) in free.iter().enumerate() {
            self.place(*d, i as u16 + 1, false);
        }
        if !free.is_empty() {
            self.seeds.push(Seed::Group(free));
        }
    }

    fn chain(&mut self, members: &[usize]) {
        let last = |to: bool| move |net: &Net<'_>, d: usize| net.set(d) == Some(to);
        let (is_true, is_false) = (last(true), last(false));
        let from = members.iter().rposition(|d| is_true(self, *d));
        let to = members.iter().position(|d| is_false(self, *d));
        let from_free = from.map_or(0, |i| i + 1);
        let to_free = to.unwrap_or(members.len()).max(from_free);
        for (i, d) in members.iter().enumerate() {
            if i < from_free {
                self.places[*d] = Place::Known(true);
            } else if i >= to_free {
                self.places[*d] = Place::Known(false);
            } else {
                self.place(*d, (i - from_free) as u16 + 1, true);
            }
        }
        let free = members[from_free..to_free].to_vec();
        if !free.is_empty() {
            let over = from.and_then(|i| self.model.drivers[members[i]].rows.first());
            self.seeds.push(Seed::Chain(free, over.map(|r| r.1)));
        }
    }

    pub(super) fn question(&self, q: usize) -> usize {
        self.first_question + q
    }

    fn quantity(&self, q: usize) -> usize {
        self.first_question + self.model.questions.len() + q
    }

    /// The node, which must be needed.
    pub(super) fn node(&self, node: usize) -> Option<&Node> {
        self.nodes.get(node)?.as_ref()
    }

    /// The drivers of all nodes that are needed, in order.
    pub(super) fn drawn(&self) -> Vec<usize> {
        let needed = self.seeds.iter().zip(&self.nodes);
        let needed = needed.filter(|(_, node)| node.is_some());
        let mut out: Vec<usize> = needed
            .flat_map(|(seed, _)| match seed {
                Seed::Event(d) | Seed::Factor(d) | Seed::Costly(d) => vec![*d],
                Seed::Group(list) | Seed::Chain(list, _) => list.clone(),
                Seed::Question(_) | Seed::Quantity(_) => Vec::new(),
            })
            .collect();
        out.sort_unstable();
        out
    }

    /// A condition over nodes.
    pub(super) fn test(&self, cond: &Cond) -> Test {
        let all = |list: &[Cond]| list.iter().map(|c| self.test(c)).collect::<Vec<_>>();
        match cond {
            Cond::Is(d) => self.truth(*d),
            Cond::Before => Test::Known(false),
            Cond::Outcome(o) => self.outcome(*o),
            Cond::Reaches(q, mark) => {
                let cuts = &self.cuts[*q];
                let below = cuts.iter().filter(|c| **c <= mark.0).count();
                Test::Is(Leaf {
                    node: self.quantity(*q),
                    member: below as u16,
                    chain: true,
                })
            }
            Cond::Not(inner) => self.test(inner).negated(),
            Cond::All(list) => Test::at_least(list.len(), all(list)),
            Cond::Any(list) => Test::at_least(1, all(list)),
            Cond::AtLeast(least, list) => Test::at_least(*least as usize, all(list)),
        }
    }

    /// A driver's own truth.
    pub(super) fn truth(&self, driver: usize) -> Test {
        match &self.places[driver] {
            Place::Known(known) => Test::Known(*known),
            Place::When(when) => self.test(when),
            Place::Is(leaf) => match self.model.drivers[driver].what {
                // Its axis says that it is wrong.
                What::Assumption => Test::Is(*leaf).negated(),
                _ => Test::Is(*leaf),
            },
        }
    }

    fn outcome(&self, outcome: usize) -> Test {
        let questions = self.model.questions.iter();
        let found = questions
            .enumerate()
            .find(|(_, q)| q.outcomes.contains(&outcome));
        found.map_or(Test::Known(false), |(q, spec)| {
            Test::Is(Leaf {
                node: self.question(q),
                member: (outcome - spec.outcomes.start) as u16 + 1,
                chain: false,
            })
        })
    }

    /// The driver that a leaf is about.
    pub(super) fn driver(&self, leaf: Leaf) -> Option<usize> {
        let is = |p: &Place| matches!(p, Place::Is(own) if *own == leaf);
        self.places.iter().position(is)
    }

    /// Whether a driver pushes: an assumption where it is wrong.
    fn acts(&self, driver: usize) -> Test {
        match self.model.drivers[driver].what {
            What::Assumption => self.truth(driver).negated(),
            _ => self.truth(driver),
        }
    }

    /// Compiles a node with all that it rests on.
    pub(super) fn need(&mut self, node: usize) {
        if self.nodes[node].is_some() {
            return;
        }
        let kind = self.kind(&self.seeds[node].clone());
        let mut on = Vec::new();
        each_test(&kind, &mut |test| {
            test.leaves(&mut |leaf, _| on.push(leaf.node));
        });
        on.sort_unstable();
        on.dedup();
        for &other in &on {
            self.need(other);
        }
        let driver = match &self.seeds[node] {
            Seed::Event(d) | Seed::Factor(d) | Seed::Costly(d) => Some(*d),
            Seed::Group(list) | Seed::Chain(list, _) => list.first().copied(),
            Seed::Question(_) | Seed::Quantity(_) => None,
        };
        let remembers = self.remembers(&kind);
        let kind = match kind {
            Kind::Question(asked) => Kind::Question(Box::new(self.closed(*asked))),
            other => other,
        };
        self.nodes[node] = Some(Node {
            kind,
            driver,
            on,
            remembers,
        });
    }

    /// Adds something watched, which rests on what its test names.
    pub(super) fn watch(&mut self, course: Course) -> Leaf {
        let mut on = Vec::new();
        course.test.leaves(&mut |leaf, _| on.push(leaf.node));
        on.sort_unstable();
        on.dedup();
        for &other in &on {
            self.need(other);
        }
        self.nodes.push(Some(Node {
            kind: Kind::Course(course),
            driver: None,
            on,
            remembers: false,
        }));
        Leaf {
            node: self.nodes.len() - 1,
            member: 1,
            chain: false,
        }
    }

    fn kind(&self, seed: &Seed) -> Kind {
        match seed {
            Seed::Event(d) => Kind::Event(self.happens(*d)),
            Seed::Group(list) => Kind::Group(list.iter().map(|d| self.happens(*d)).collect()),
            Seed::Chain(list, over) => Kind::Chain {
                rows: list
                    .iter()
                    .filter_map(|d| self.model.drivers[*d].rows.first())
                    .map(|r| r.1)
                    .collect(),
                over: *over,
            },
            Seed::Factor(d) => Kind::Factor(self.rows(*d)),
            Seed::Costly(_) => Kind::Costly,
            Seed::Question(q) => Kind::Question(Box::new(self.asked(*q))),
            Seed::Quantity(q) => Kind::Quantity(self.reaching(*q)),
        }
    }

    fn rows(&self, driver: usize) -> Vec<(Test, usize)> {
        let rows = self.model.drivers[driver].rows.iter();
        rows.map(|(given, row)| (self.optional(given.as_ref()), *row))
            .collect()
    }

    fn optional(&self, given: Option<&Cond>) -> Test {
        given.map_or(Test::Known(true), |g| self.test(g))
    }

    fn happens(&self, d: usize) -> Happens {
        let driver = &self.model.drivers[d];
        let pushers = self.model.drivers.iter().enumerate().filter_map(|(p, by)| {
            let push = by.event_pushes.iter().find(|push| push.0 == d)?;
            self.may_push(p).then(|| self.pusher(p, vec![(0, push.1)]))
        });
        let once = driver.once.as_ref().map(|once| Once {
            trigger: self.truth(once.trigger),
            after: once.after,
            since: once.since.unwrap_or(0.0),
        });
        Happens {
            rows: self.rows(d),
            push: Push::new(self.model, 1, pushers.collect()),
            once,
        }
    }

    fn reaching(&self, q: usize) -> Reaching {
        let spec = &self.model.quantities[q];
        let movers = self.model.movers(q).filter(|m| self.may_push(m.0));
        let movers = movers.map(|(d, push)| self.pusher(d, vec![(0, push)]));
        Reaching {
            quantity: q,
            push: Push::new(self.model, 1, movers.collect()),
            laws: spec.lines.clone(),
            cuts: self.cuts[q].iter().map(|x| spec.g(*x)).collect(),
        }
    }

    /// Whether a driver is not silent.
    fn may_push(&self, driver: usize) -> bool {
        let pushing = self.made.pushing.as_ref();
        pushing.is_none_or(|pushing| pushing.contains(&driver))
    }

    fn pusher(&self, driver: usize, pushes: Vec<(usize, usize)>) -> Pusher {
        let counted = self.model.drivers[driver].counted.iter();
        let counted = counted.filter(|c| self.may_push(c.0));
        Pusher {
            driver,
            test: self.acts(driver),
            pushes,
            counts: counted.map(|(c, place)| (self.truth(*c), *place)).collect(),
        }
    }

    fn asked(&self, q: usize) -> Asked {
        let spec = &self.model.questions[q];
        let only = self.made.only.as_ref().filter(|o| o.0 == q);
        let pushers = self.model.drivers.iter().enumerate().filter_map(|(d, by)| {
            let own = by.pushes.iter().filter(|p| spec.outcomes.contains(&p.0));
            let pushes: Vec<_> = own.map(|p| (p.0 - spec.outcomes.start, p.1)).collect();
            let silent = only.is_some_and(|o| !o.1.contains(&d)) || !self.may_push(d);
            (!pushes.is_empty() && !silent).then(|| self.pusher(d, pushes))
        });
        let decided = spec.decided.iter();
        let judged = |o: usize| spec.decided[o].is_none();
        let fixed = self.made.fixes.iter().find(|o| spec.outcomes.contains(o));
        Asked {
            question: q,
            push: Push::new(self.model, spec.outcomes.len(), pushers.collect()),
            priors: spec
                .priors
                .iter()
                .map(|(given, first)| (self.optional(given.as_ref()), *first))
                .collect(),
            decided: decided
                .map(|d| d.as_ref().map(|cond| self.test(cond)))
                .collect(),
            fixed: fixed.map(|o| o - spec.outcomes.start),
            lasting: Vec::new(),
            passing: Vec::new(),
            ends: (spec.open..spec.outcomes.len()).any(judged),
            finals: spec.open < spec.outcomes.len(),
        }
    }

    /// A question with all that it rests on, also through what passes.
    fn closed(&self, mut asked: Asked) -> Asked {
        let mut direct = Vec::new();
        let kind = Kind::Question(Box::new(asked.clone()));
        each_test(&kind, &mut |test| {
            test.leaves(&mut |leaf, _| direct.push(leaf));
        });
        let (mut lasting, mut passing) = (Vec::new(), Vec::new());
        self.close(&direct, &mut lasting, &mut passing);
        lasting.sort_unstable();
        lasting.dedup();
        asked.lasting = lasting;
        asked.passing = passing;
        asked
    }

    /// What of these lasts; of what passes, what lasts below it.
    fn close(&self, leaves: &[Leaf], lasting: &mut Vec<Leaf>, passing: &mut Vec<usize>) {
        for leaf in leaves {
            let Some(node) = self.node(leaf.node) else {
                continue;
            };
            let spec = match &node.kind {
                Kind::Question(asked) => Some(asked),
                _ => None,
            };
            let open = spec.map(|s| self.model.questions[s.question].open);
            let passes = match open {
                Some(open) => usize::from(leaf.member) <= open,
                None => node.is_passing(),
            };
            if !passes {
                lasting.push(*leaf);
                continue;
            }
            if passing.contains(&leaf.node) {
                continue;
            }
            match (&node.kind, spec, open) {
                (_, Some(asked), Some(open)) => {
                    lasting.extend(&asked.lasting);
                    for other in &asked.passing {
                        if !passing.contains(other) {
                            passing.push(*other);
                        }
                    }
                    let all = self.model.questions[asked.question].outcomes.len();
                    lasting.extend((open..all).map(|o| Leaf {
                        node: leaf.node,
                        member: o as u16 + 1,
                        chain: false,
                    }));
                }
                (kind, _, _) => {
                    let mut below = Vec::new();
                    each_test(kind, &mut |test| {
                        test.leaves(&mut |leaf, _| below.push(leaf));
                    });
                    self.close(&below, lasting, passing);
                }
            }
            passing.push(leaf.node);
        }
    }

    /// Whether which row was in force cannot be told from what lasts.
    fn remembers(&self, kind: &Kind) -> bool {
        let list = match kind {
            Kind::Event(happens) => std::slice::from_ref(happens),
            Kind::Group(list) => list,
            _ => return false,
        };
        let mut rests = false;
        for (test, _) in list.iter().flat_map(|h| &h.rows) {
            test.leaves(&mut |leaf, _| rests |= self.passes(leaf));
        }
        rests
    }

    /// Whether a leaf is about what passes.
    pub(super) fn passes(&self, leaf: Leaf) -> bool {
        self.node(leaf.node).is_some_and(|node| match &node.kind {
            Kind::Question(asked) => {
                usize::from(leaf.member) <= self.model.questions[asked.question].open
            }
            _ => node.is_passing(),
        })
    }
}

/// Every condition of a node.
pub(super) fn each_test(kind: &Kind, visit: &mut dyn FnMut(&Test)) {
    let mut rows = |rows: &[(Test, usize)]| rows.iter().for_each(|r| visit(&r.0));
    match kind {
        Kind::Event(happens) => {
            rows(&happens.rows);
            happens.push.tests(visit);
            happens.once.iter().for_each(|o| visit(&o.trigger));
        }
        Kind::Group(list) => list.iter().for_each(|h| rows(&h.rows)),
        Kind::Chain { .. } | Kind::Costly => {}
        Kind::Factor(list) => rows(list),
        Kind::Question(asked) => {
            rows(&asked.priors);
            asked.push.tests(visit);
            asked.decided.iter().flatten().for_each(visit);
        }
        Kind::Quantity(reaching) => reaching.push.tests(visit),
        Kind::Course(course) => visit(&course.test),
    }
}
