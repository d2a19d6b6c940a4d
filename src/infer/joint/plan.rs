//! What is done, step by step: which axis is drawn when, and when it is no longer looked at.
//!
//! In: a model and what is asked of it. Out: the steps of every horizon. No number is read.

use super::costs::hypothetical;
use super::fill::{Fill, chain, costly, course, factor};
use super::happen::{Clock, Happening, Turn};
use super::moves::{Merge, Move};
use super::net::{Asked, Course, Kind, Made, Net, each_test};
use super::order::order;
use super::own::{may_settle, own};
use super::question::{Drawn, For};
use super::space::{Axis, Space, TooLarge, Value};
use super::tally::Tally;
use super::test::{Leaf, Test};
use crate::model::Model;
use crate::model::condition::Cond;
use std::sync::{Arc, OnceLock};

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
    /// Where it was taken that what has ended follows from what lasts: the plan that does not.
    carried: Option<Box<Carried>>,
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

/// A plan that is made once it is needed.
#[derive(Debug, Clone)]
struct Carried {
    ask: Ask,
    plan: OnceLock<Option<Plan>>,
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
    /// Where it is taken that what has ended of the target follows from what lasts: what was asked.
    settled: Option<Ask>,
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

    /// The plan to take where what has ended does not follow from what lasts.
    pub(super) fn carried(&self, model: &Model) -> Option<&Plan> {
        let carried = self.carried.as_ref()?;
        let plan = carried
            .plan
            .get_or_init(|| Plan::carrying(model, &carried.ask).ok());
        plan.as_ref()
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
        let plain = tests[..] == [Test::Known(true)] && split.is_empty() && costs.is_empty();
        let still = |node: usize| match net.node(node).map(|n| &n.kind) {
            Some(Kind::Question(asked)) => !asked.finals,
            _ => false,
        };
        let sets_clock = clocked(&net);
        let plain = plain && !ask.within;
        let alone = own(&net, &all, &sets_clock, target.filter(|_| plain));
        let settled =
            plain && may_follow && target.is_some_and(|node| may_settle(&net, node, &alone));
        let builder = Builder {
            own: match settled {
                true => alone,
                false => own(&net, &all, &sets_clock, None),
            },
            counted: settled || plain && target.is_some_and(still),
            settled: settled.then(|| ask.clone()),
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
            carried: self.settled.map(|ask| {
                Box::new(Carried {
                    ask,
                    plan: OnceLock::new(),
                })
            }),
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

    /// What each step of a horizon looks at: by node the last step that sees what is, and what was.
    fn last(&self, h: usize) -> Vec<[Option<usize>; 2]> {
        let mut last = vec![[None; 2]; self.net.nodes.len()];
        for (i, &n) in self.order.iter().enumerate() {
            let Some(node) = self.net.node(n) else {
                continue;
            };
            let mut look = |leaf: Leaf, was: bool| last[leaf.node][usize::from(was)] = Some(i);
            match &node.kind {
                Kind::Event(happens) => {
                    let rows = happens.rows.iter().map(|r| &r.0);
                    rows.for_each(|t| {
                        t.leaves(&mut |l, _| {
                            look(l, false);
                            if !node.remembers {
                                look(l, true);
                            }
                        })
                    });
                    let mut both = |t: &Test| {
                        t.leaves(&mut |l, _| {
                            look(l, false);
                            look(l, true);
                        })
                    };
                    happens.push.tests(&mut both);
                    happens.once.iter().for_each(|o| both(&o.trigger));
                }
                Kind::Group(list) => {
                    let rows = list.iter().flat_map(|h| &h.rows);
                    rows.for_each(|r| {
                        r.0.leaves(&mut |l, _| {
                            look(l, false);
                            if !node.remembers {
                                look(l, true);
                            }
                        })
                    });
                }
                Kind::Question(asked) => {
                    each_test(&node.kind, &mut |t| t.leaves(&mut |l, _| look(l, false)));
                    asked.lasting.iter().for_each(|l| look(*l, false));
                    if is_capped(asked, h) {
                        asked.lasting.iter().for_each(|l| look(*l, true));
                    }
                    // What is drawn for this question alone may rest on what passes.
                    for inner in asked.passing.iter().filter_map(|n| self.net.node(*n)) {
                        each_test(&inner.kind, &mut |t| t.leaves(&mut |l, _| look(l, false)));
                    }
                }
                kind => each_test(kind, &mut |t| t.leaves(&mut look)),
            }
        }
        let end = self.order.len();
        for test in self.tests.iter().chain(&self.split) {
            test.leaves(&mut |leaf, was| last[leaf.node][usize::from(was)] = Some(end));
        }
        if let Some(target) = self.target {
            last[target][0] = Some(end);
            if self.within {
                last[target][1] = Some(end);
            }
        }
        last
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
                let settled = counted && self.settled.is_some();
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
        let list = match &node.kind {
            Kind::Event(happens) => std::slice::from_ref(happens),
            Kind::Group(list) => list,
            _ => return Ok(()),
        };
        let (moved, fill, values) = Happening::new(&turn, list, false, &mut self.clocks)?;
        space.axes = vec![Axis {
            node: n,
            values: values.clone(),
        }];
        let place = *place;
        let fill = Fill::Happening(Box::new(fill));
        self.steps.push(Step::Alone(place, moved, fill));
        if h == 0 {
            return Ok(());
        }
        self.check(values.len(), n)?;
        self.steps.push(Step::Join(place));
        self.take(n, values)
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

    /// Merges what nobody tells apart any more, after a step.
    fn forget(&mut self, i: usize, last: &[[Option<usize>; 2]]) {
        let open = |asked: &Asked| self.net.model.questions[asked.question].open as u16;
        for at in (0..self.space.axes.len()).rev() {
            let axis = &self.space.axes[at];
            let n = axis.node;
            let Some(node) = self.net.node(n) else {
                continue;
            };
            let [now, was] = last[n].map(|l| l.is_some_and(|l| l > i && i != usize::MAX));
            let goes_alone = self.own[n].is_some();
            let to: Vec<Value> = match &node.kind {
                _ if goes_alone && now => continue,
                _ if goes_alone => vec![Value::default(); axis.values.len()],
                _ if now && was => continue,
                Kind::Question(asked) if !now && !was => {
                    let closed = |v: &Value| if v.state <= open(asked) { 0 } else { v.state };
                    let each = axis.values.iter();
                    each.map(|v| Value::still(closed(v), 0)).collect()
                }
                Kind::Factor(_) | Kind::Quantity(_) if !now => {
                    vec![Value::default(); axis.values.len()]
                }
                Kind::Factor(_) | Kind::Quantity(_) => continue,
                Kind::Question(_) if was => continue,
                _ if was => continue,
                Kind::Question(asked) => {
                    // What passes has no past.
                    let settled = |v: &Value| match v.state > open(asked) {
                        true => v.settled(),
                        false => *v,
                    };
                    axis.values.iter().map(settled).collect()
                }
                _ => axis.values.iter().map(settled).collect(),
            };
            self.merge(at, &to, (node.is_passing() || goes_alone) && !now);
        }
    }

    fn merge(&mut self, at: usize, to: &[Value], drop: bool) {
        let mut kept: Vec<Value> = Vec::new();
        let place = |value: &Value| match kept.iter().position(|v| v == value) {
            Some(place) => place as u32,
            None => {
                kept.push(*value);
                kept.len() as u32 - 1
            }
        };
        let map: Vec<u32> = to.iter().map(place).collect();
        if kept.len() == map.len() && !drop {
            self.space.axes[at].values = kept;
            return;
        }
        let inner = self.space.axes[..at]
            .iter()
            .map(|a| a.values.len())
            .product();
        self.cost += self.space.size() as u64;
        self.steps.push(Step::Merge(Merge {
            inner,
            to: kept.len(),
            map,
        }));
        if drop {
            self.space.axes.remove(at);
        } else {
            self.space.axes[at].values = kept;
        }
    }
}

fn settled(value: &Value) -> Value {
    match value.state {
        0 => value.settled(),
        state => Value::still(state, 0),
    }
}

/// Whether what ended before horizon `h` can fall short of the steady share.
fn is_capped(asked: &Asked, h: usize) -> bool {
    h > 1 && asked.ends && asked.fixed.is_none()
}
