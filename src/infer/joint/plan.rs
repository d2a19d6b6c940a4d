//! What is done, step by step: which axis is drawn when, and when it is no longer looked at.
//!
//! In: a model and what is asked of it. Out: the steps of every horizon. No number is read.

mod forget;

use super::costs::hypothetical;
use super::fill::{Fill, chain, costly, course, factor};
use super::happen::{Clock, Happening, Turn};
use super::moves::{Merge, Move};
use super::net::{Asked, Course, Kind, Made, Net};
use super::order::order;
use super::own::{may_settle, own};
use super::pairs::{Mover, Pairs};
use super::question::{Drawn, For, Holding};
use super::space::{Axis, Space, TooLarge, Value};
use super::tally::Tally;
use super::test::{Leaf, Test};
use crate::model::Model;
use crate::model::condition::Cond;
use std::sync::Arc;

/// So many pairs of states take as long as one number that moves.
const PAIRS_PER_STEP: u64 = 4;

/// What is asked about a condition.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Condition {
    /// What must hold at the horizon's end.
    pub given: Option<Cond>,
    /// What is asked.
    pub of: Option<Cond>,
    /// Whether it must come in the horizon.
    pub comes: bool,
    /// Whether it must not hold.
    pub negated: bool,
    /// Whether it is asked over several horizons: in every one, and which.
    pub over: Option<(bool, Vec<usize>)>,
}

/// What is asked of a model.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Ask {
    /// Drivers made true or false.
    pub sets: Vec<(usize, bool)>,
    /// Outcomes that are fixed.
    pub fixes: Vec<usize>,
    /// The question whose outcomes are wanted.
    pub target: Option<usize>,
    pub conditions: Vec<Condition>,
    /// What is told apart among the cases in which the first condition holds: every combination of these is
    /// counted by itself, behind the conditions.
    pub split: Vec<Cond>,
    /// Whether what needs hypothetical things is asked about.
    pub costly: bool,
    /// Whether final outcomes count in the horizon in which they come alone.
    pub within: bool,
    /// The drivers that push the target; the others do not.
    pub only: Option<Vec<usize>>,
    /// The drivers that push anything, and count; none where all may.
    pub pushing: Option<Vec<usize>>,
}

/// The steps of a question.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    pub(super) stages: Vec<Vec<Step>>,
    pub(super) nodes: usize,
    /// How many nodes go their own way.
    pub(super) alone: usize,
    /// How many conditions are counted.
    pub(super) conditions: usize,
    /// Where nothing of the target is carried: what what has ended of it follows from, where it does not follow from what lasts.
    pub(super) pairs: Option<Pairs>,
    /// Whether nothing of the target is carried, and there are too many pairs.
    pub(super) is_doubtful: bool,
    /// How many outcomes the target has.
    pub(crate) outcomes: usize,
    /// About how many numbers a run moves.
    pub(crate) steps: u64,
    /// The most cells that there are at once.
    pub(crate) peak: usize,
    /// The questions that matter.
    pub(crate) questions: Vec<usize>,
    /// The drivers that are drawn, by their places.
    pub(crate) drawn: Vec<usize>,
}

/// One step.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Draw(Move, Fill),
    /// What goes its own way moves, by itself.
    Alone(usize, Move, Fill),
    /// It joins the others, as a new axis.
    Join(usize),
    /// Nothing is carried on.
    Restart,
    Question(Arc<Drawn>),
    Merge(Merge),
    Tally(Tally),
}

/// More states than can be carried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TooMany {
    /// The drivers that span them.
    pub drivers: Vec<usize>,
    /// The questions that do.
    pub questions: Vec<usize>,
    /// The quantities that do.
    pub quantities: Vec<usize>,
}

struct Builder<'a> {
    net: &'a Net<'a>,
    order: Vec<usize>,
    target: Option<usize>,
    tests: Vec<Test>,
    split: Vec<Test>,
    costly: Vec<Leaf>,
    within: bool,
    clocks: Vec<Clock>,
    sets_clock: Vec<bool>,
    space: Space,
    /// By node, the place among those that go their own way, and its values so far.
    own: Vec<Option<(usize, Space)>>,
    /// Whether the target's outcomes are added up as soon as they are known: nothing else is asked.
    counted: bool,
    /// Whether nothing of the target is carried.
    settled: bool,
    /// Who goes its own way, as it moves from one horizon to the next; none where they do not move alike.
    movers: Option<Vec<(usize, Mover)>>,
    pairs: Option<Pairs>,
    steps: Vec<Step>,
    cost: u64,
    peak: usize,
    /// How each question was drawn last: horizons look alike.
    drawn: Vec<Known>,
}

/// A question as it was drawn, and where: its node, the axes that there were, whether its outcomes are told, whether it
/// is capped and whether anybody asks what was before.
struct Known {
    of: (usize, Space, For, bool),
    drawn: Arc<Drawn>,
    values: Vec<Value>,
}

impl Plan {
    pub(crate) fn new(model: &Model, ask: &Ask) -> Result<Plan, TooMany> {
        Plan::build(model, ask, true)
    }

    /// The same, where what has ended is carried from horizon to horizon whatever the numbers are.
    pub(super) fn carrying(model: &Model, ask: &Ask) -> Result<Plan, TooMany> {
        Plan::build(model, ask, false)
    }

    fn build(model: &Model, ask: &Ask, may_follow: bool) -> Result<Plan, TooMany> {
        let made = Made {
            sets: ask.sets.clone(),
            fixes: ask.fixes.clone(),
            costly: if ask.costly {
                hypothetical(model, ask)
            } else {
                Vec::new()
            },
            only: ask.target.zip(ask.only.clone()),
            pushing: ask.pushing.clone(),
        };
        let asked = ask.conditions.iter();
        let asked = asked.flat_map(|c| c.given.iter().chain(&c.of));
        let asked = asked.chain(&ask.split);
        let cuts = super::quantity::cuts(model, asked);
        let mut net = Net::cut(model, made.clone(), cuts);
        let target = ask.target.map(|q| net.question(q));
        if let Some(node) = target {
            net.need(node);
        }
        let tests: Vec<Test> = ask
            .conditions
            .iter()
            .map(|c| condition(&mut net, c))
            .collect();
        let split: Vec<Test> = ask.split.iter().map(|c| net.test(c)).collect();
        for test in tests.iter().chain(&split) {
            let mut named = Vec::new();
            test.leaves(&mut |leaf, _| named.push(leaf.node));
            named.into_iter().for_each(|node| net.need(node));
        }
        let mut costs = Vec::new();
        for &d in &made.costly {
            net.truth(d).leaves(&mut |leaf, _| costs.push(leaf));
        }
        costs.retain(|leaf| net.node(leaf.node).is_some());
        let mut tests = tests;
        if tests.is_empty() {
            tests.push(Test::Known(true));
        }
        let all = [tests.as_slice(), &split].concat();
        let order = order(&net, &all, target);
        let plain = split.is_empty() && costs.is_empty() && !ask.within;
        let plain = plain && target.is_some_and(|t| ends_alone(&net, &tests, t));
        let whole = plain && tests[..] == [Test::Known(true)];
        let still = |node: usize| match net.node(node).map(|n| &n.kind) {
            Some(Kind::Question(asked)) => !asked.finals,
            _ => false,
        };
        let sets_clock = clocked(&net);
        let alone = own(&net, &all, &sets_clock, target.filter(|_| plain));
        let settled =
            plain && may_follow && target.is_some_and(|node| may_settle(&net, node, &alone, &all));
        let builder = Builder {
            own: match settled {
                true => alone,
                false => own(&net, &all, &sets_clock, None),
            },
            counted: settled || whole && target.is_some_and(still),
            settled,
            movers: Some(Vec::new()),
            pairs: None,
            sets_clock,
            net: &net,
            order,
            target,
            tests,
            split,
            costly: costs,
            within: ask.within,
            clocks: Vec::new(),
            space: Space::default(),
            steps: Vec::new(),
            cost: 0,
            peak: 1,
            drawn: Vec::new(),
        };
        builder.all().map_err(|large| {
            let kinds = large.nodes.iter().filter_map(|n| net.node(*n));
            let (mut questions, mut quantities) = (Vec::new(), Vec::new());
            for node in kinds {
                match &node.kind {
                    Kind::Question(asked) => questions.push(asked.question),
                    Kind::Quantity(reaching) => quantities.push(reaching.quantity),
                    _ => {}
                }
            }
            TooMany {
                drivers: drivers(&net, large.nodes.iter().copied()),
                questions,
                quantities,
            }
        })
    }
}

fn drivers(net: &Net<'_>, nodes: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut out: Vec<usize> = nodes
        .filter_map(|n| net.node(n))
        .flat_map(|n| n.driver)
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// A condition over nodes.
fn condition(net: &mut Net<'_>, asked: &Condition) -> Test {
    let given = asked.given.as_ref().map(|g| net.test(g));
    let mut of = asked.of.as_ref().map_or(Test::Known(true), |c| net.test(c));
    if asked.comes {
        of = of.clone().both(of.was().negated());
    }
    if let Some((every, horizons)) = &asked.over {
        let leaf = net.watch(Course {
            test: of,
            every: *every,
            horizons: horizons.clone(),
        });
        of = Test::Is(leaf);
    }
    if asked.negated {
        of = of.negated();
    }
    match given {
        Some(given) => given.both(of),
        None => of,
    }
}

/// Whether conditions look at what is when a horizon ends, and neither they nor anything else at a question.
fn ends_alone(net: &Net<'_>, tests: &[Test], target: usize) -> bool {
    let mut alone = net.nodes.iter().flatten().all(|n| !n.on.contains(&target));
    for test in tests {
        test.leaves(&mut |leaf, was| alone &= !was && leaf.node != target);
    }
    alone
}

/// Which nodes set a clock.
fn clocked(net: &Net<'_>) -> Vec<bool> {
    let mut out = vec![false; net.nodes.len()];
    for node in net.nodes.iter().flatten() {
        if let Kind::Event(happens) = &node.kind
            && let Some(once) = &happens.once
        {
            once.trigger.leaves(&mut |leaf, _| out[leaf.node] = true);
        }
    }
    out
}

impl Builder<'_> {
    fn all(mut self) -> Result<Plan, TooLarge> {
        let horizons = self.net.model.horizons();
        let mut stages = Vec::new();
        for h in 0..=horizons {
            self.stage(h)?;
            stages.push(std::mem::take(&mut self.steps));
        }
        let asked = self.target.and_then(|n| self.net.node(n));
        let outcomes = match asked.map(|n| &n.kind) {
            Some(Kind::Question(asked)) => asked.decided.len(),
            _ => 0,
        };
        Ok(Plan {
            stages,
            nodes: self.net.nodes.len(),
            alone: self.own.iter().flatten().count(),
            conditions: self.tests.len(),
            is_doubtful: self.settled && horizons > 1 && self.pairs.is_none(),
            pairs: self.pairs,
            outcomes,
            steps: self.cost,
            peak: self.peak,
            drawn: self.net.drawn(),
            questions: self
                .net
                .nodes
                .iter()
                .flatten()
                .filter_map(|node| match &node.kind {
                    Kind::Question(asked) => Some(asked.question),
                    _ => None,
                })
                .collect(),
        })
    }

    fn stage(&mut self, h: usize) -> Result<(), TooLarge> {
        let last = self.last(h);
        for i in 0..self.order.len() {
            let n = self.order[i];
            self.node(n, h, i, &last)?;
            if h > 0 {
                self.forget(i, &last);
            }
        }
        if h > 0 && self.counted {
            self.cost += self.space.size() as u64;
            self.end(&last);
        } else if h > 0 {
            let tally = Tally::new(
                self.net,
                &self.space,
                (self.tests.as_slice(), self.split.as_slice()),
                self.target,
                &self.costly,
                self.within,
            )?;
            self.steps.push(Step::Tally(tally));
            self.cost += self.space.size() as u64;
            self.end(&last);
        }
        Ok(())
    }

    /// Ends a horizon: where nothing is carried on, the next one starts anew.
    fn end(&mut self, last: &[[Option<usize>; 2]]) {
        let mut nodes = self.space.axes.iter().map(|axis| axis.node);
        if nodes.all(|n| self.own[n].is_some()) {
            self.space.axes.clear();
            self.steps.push(Step::Restart);
            return;
        }
        self.forget(usize::MAX, last);
    }

    fn node(
        &mut self,
        n: usize,
        h: usize,
        i: usize,
        last: &[[Option<usize>; 2]],
    ) -> Result<(), TooLarge> {
        let net = self.net;
        let Some(node) = net.node(n) else {
            return Ok(());
        };
        if self.own[n].is_some() {
            return self.alone(n, h);
        }
        let turn = Turn {
            net,
            node: n,
            space: &self.space,
            h,
            asked: h > 0 && last[n][1].is_some_and(|at| at > i),
            sets: self.sets_clock[n],
        };
        let drawn = match &node.kind {
            Kind::Event(happens) => {
                let list = std::slice::from_ref(happens);
                let (moved, fill, values) =
                    Happening::new(&turn, list, node.remembers, &mut self.clocks)?;
                (moved, Fill::Happening(Box::new(fill)), values)
            }
            Kind::Group(list) => {
                let (moved, fill, values) =
                    Happening::new(&turn, list, node.remembers, &mut self.clocks)?;
                (moved, Fill::Happening(Box::new(fill)), values)
            }
            Kind::Chain { rows, over } => chain(&turn, rows, *over)?,
            Kind::Course(watched) => course(&turn, watched)?,
            Kind::Costly if h == 0 => costly(&turn)?,
            Kind::Factor(rows) if h > 0 => factor(&turn, rows)?,
            Kind::Quantity(reaching) if h > 0 => super::quantity::ways(&turn, reaching)?,
            Kind::Question(asked) if h > 0 => {
                let counted = self.counted && self.target == Some(n);
                let settled = counted && self.settled;
                let wanted = For {
                    told: self.told(n, i, last),
                    capped: is_capped(asked, h) && !settled,
                    counted,
                    settled,
                };
                let of = (n, self.space.clone(), wanted, turn.asked);
                let known = self.drawn.iter().find(|known| known.of == of);
                let (drawn, values) = match known {
                    Some(known) => (Arc::clone(&known.drawn), known.values.clone()),
                    None => {
                        let (mut drawn, values) = Drawn::new(&turn, asked, wanted, &self.costly)?;
                        drawn.is_target = self.target == Some(n);
                        if settled && self.tests[..] != [Test::Known(true)] {
                            let each = self.tests.iter();
                            let each = each.map(|test| Holding::new(test, &self.space));
                            drawn.given = each.collect::<Result<_, _>>()?;
                        }
                        let drawn = Arc::new(drawn);
                        self.drawn.retain(|known| known.of.0 != n);
                        self.drawn.push(Known {
                            of,
                            drawn: Arc::clone(&drawn),
                            values: values.clone(),
                        });
                        (drawn, values)
                    }
                };
                self.cost += (drawn.scene.space.size() * h.max(2)) as u64;
                self.check(drawn.go.to, n)?;
                self.steps.push(Step::Question(drawn));
                if counted {
                    if settled && h == 2 {
                        self.pair();
                    }
                    return Ok(());
                }
                return self.take(n, values);
            }
            Kind::Costly | Kind::Factor(_) | Kind::Quantity(_) | Kind::Question(_) => {
                return Ok(());
            }
        };
        self.check(drawn.0.to, n)?;
        self.steps.push(Step::Draw(drawn.0, drawn.1));
        self.take(n, drawn.2)
    }

    /// A node that goes its own way: it moves by itself, and joins the others in each horizon anew.
    fn alone(&mut self, n: usize, h: usize) -> Result<(), TooLarge> {
        let (Some(node), Some((place, space))) = (self.net.node(n), &mut self.own[n]) else {
            return Ok(());
        };
        let turn = Turn {
            net: self.net,
            node: n,
            space,
            h,
            asked: false,
            sets: false,
        };
        let mut happens = |list| {
            let (moved, fill, values) = Happening::new(&turn, list, false, &mut self.clocks)?;
            Ok((moved, Fill::Happening(Box::new(fill)), values))
        };
        let (moved, fill, values) = match &node.kind {
            Kind::Event(own) => happens(std::slice::from_ref(own))?,
            Kind::Group(list) => happens(list)?,
            Kind::Chain { rows, over } => chain(&turn, rows, *over)?,
            _ => return Ok(()),
        };
        let is_alike = space.axes.first().is_some_and(|a| a.values == values);
        if h == 2 && !is_alike {
            self.movers = None;
        }
        if let Some(movers) = self.movers.as_mut().filter(|_| h == 2) {
            let (place, moved) = (*place, moved.clone());
            let adds = Vec::new();
            movers.push((n, Mover { place, moved, adds }));
        }
        space.axes = vec![Axis {
            node: n,
            values: values.clone(),
        }];
        let place = *place;
        self.steps.push(Step::Alone(place, moved, fill));
        if h == 0 {
            return Ok(());
        }
        self.check(values.len(), n)?;
        self.steps.push(Step::Join(place));
        self.take(n, values)
    }

    /// The pairs of who goes its own way and the target rests on, if they are few enough.
    fn pair(&mut self) {
        let target = self.target.and_then(|n| self.net.node(n));
        let Some(Kind::Question(asked)) = target.map(|n| &n.kind) else {
            return;
        };
        let known = self
            .drawn
            .iter()
            .find(|known| Some(known.of.0) == self.target);
        let (Some(known), Some(movers)) = (known, self.movers.take()) else {
            return;
        };
        let rests = |n: &usize| asked.lasting.iter().any(|leaf| leaf.node == *n);
        let movers = movers.into_iter().filter(|(n, _)| rests(n));
        let movers: Vec<Mover> = movers
            .map(|(n, mover)| {
                let values = self.own[n].iter().flat_map(|(_, own)| &own.axes);
                let values: Vec<Value> = values.flat_map(|axis| axis.values.clone()).collect();
                let adds = known.drawn.scene.adds(n, &values);
                Mover { adds, ..mover }
            })
            .collect();
        self.pairs = Pairs::new(&movers, crate::limits::JOINT_PAIRS);
        let pairs = self.pairs.as_ref().map_or(0, Pairs::count) as u64;
        let horizons = self.net.model.horizons() as u64 - 1;
        self.cost = self
            .cost
            .saturating_add((pairs * horizons).div_ceil(PAIRS_PER_STEP));
    }

    /// Whether anybody looks at a question later in its horizon.
    fn told(&self, n: usize, i: usize, last: &[[Option<usize>; 2]]) -> bool {
        last[n][0].is_some_and(|at| at > i)
    }

    fn check(&mut self, to: usize, node: usize) -> Result<(), TooLarge> {
        let old = self
            .space
            .position(node)
            .map_or(1, |i| self.space.axes[i].values.len());
        let cells = (self.space.size() / old).saturating_mul(to);
        self.peak = self.peak.max(cells);
        self.cost = self.cost.saturating_add((self.space.size() + cells) as u64);
        if cells > crate::limits::JOINT_CELLS {
            let mut nodes: Vec<usize> = self.space.axes.iter().map(|a| a.node).collect();
            nodes.push(node);
            return Err(TooLarge { nodes });
        }
        Ok(())
    }

    fn take(&mut self, node: usize, values: Vec<Value>) -> Result<(), TooLarge> {
        match self.space.position(node) {
            Some(at) => self.space.axes[at].values = values,
            None => self.space.axes.push(Axis { node, values }),
        }
        Ok(())
    }
}

/// Whether what ended before horizon `h` can fall short of the steady share.
fn is_capped(asked: &Asked, h: usize) -> bool {
    h > 1 && asked.ends && asked.fixed.is_none()
}
