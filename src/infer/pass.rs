//! One pass over all states and horizons.
//!
//! In: a question's shape and one setting of the numbers. Out: the mass by outcome at every
//! horizon, and for what is conditioned on, by power of ε. Buffers are kept from pass to pass.

use super::flow::{self, Memory, Motion};
use super::frontier::{self, Flow, LOW, Pick};
use super::layout::{Keep, Layout, Step};
use super::outcomes::{Shares, Sink};
use super::shape::{Ask, Function, Shape, TooMany};
use super::weights::{Table, Weights};
use crate::limits;
use crate::model::{Model, Numbers};

/// A question made ready to be answered for any setting of the numbers.
#[derive(Debug, Clone)]
pub(crate) struct Pass {
    pub shape: Shape,
    /// What was set.
    pub sets: Vec<(usize, bool)>,
    outcomes: bool,
    within: bool,
    /// A layout for each pattern of what the nodes must remember, as it is met.
    plans: Vec<(Vec<Memory>, Plan)>,
    memory: Vec<Memory>,
}

#[derive(Debug, Clone)]
struct Plan {
    layout: Layout,
    weights: Option<Weights>,
    conds: Vec<(Pick, Vec<bool>)>,
    /// Bits of a cell whose truth costs a power of ε.
    costly: usize,
    costly_var: Vec<(usize, usize)>,
}

/// Buffers and results.
#[derive(Debug, Clone, Default)]
pub(crate) struct Work {
    channels: Vec<Vec<f64>>,
    flow: Flow,
    table: Table,
    shares: Shares,
    rows: Vec<f64>,
    out: Vec<f64>,
    ended: Vec<f64>,
    chances: Vec<f64>,
    /// By horizon (from 1) and outcome, where nothing is conditioned on.
    pub verdict: Vec<f64>,
    /// By horizon (from 1) and condition.
    pub tallies: Vec<Tally>,
}

/// What was found where a condition holds.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tally {
    /// The mass, by power of ε.
    mass: Vec<f64>,
    /// By power and outcome.
    outcomes: Vec<f64>,
    /// The variables that cost, as far as any state at that power has them, by power.
    used: Vec<usize>,
}

impl Tally {
    /// The lowest power with mass, if the condition can hold at all.
    pub(crate) fn power(&self) -> Option<usize> {
        self.mass.iter().position(|m| *m > 0.0)
    }

    /// Its chance: 0 for what costs ε.
    pub(crate) fn chance(&self) -> f64 {
        self.mass[0].max(0.0)
    }

    /// The mass at a power.
    pub(crate) fn mass(&self, power: usize) -> f64 {
        self.mass[power]
    }

    /// Each outcome's mass at a power.
    pub(crate) fn outcomes(&self, power: usize) -> &[f64] {
        let n = self.outcomes.len() / self.mass.len();
        &self.outcomes[power * n..][..n]
    }

    fn reset(&mut self, powers: usize, outcomes: usize) {
        self.mass.clear();
        self.mass.resize(powers, 0.0);
        self.outcomes.clear();
        self.outcomes.resize(powers * outcomes, 0.0);
        self.used.clear();
        self.used.resize(powers, 0);
    }
}

impl Pass {
    /// Makes a question ready.
    ///
    /// # Errors
    ///
    /// Too many propositions matter together.
    pub(crate) fn new(model: &Model, ask: &Ask) -> Result<Pass, TooMany> {
        Ok(Pass {
            shape: Shape::new(model, ask, limits::CELL_BITS)?,
            sets: ask.sets.clone(),
            outcomes: ask.outcomes,
            within: ask.within,
            plans: Vec::new(),
            memory: Vec::new(),
        })
    }

    /// How many states the propositions that matter have.
    pub(crate) fn states(&self) -> u64 {
        1 << self.shape.vars.len()
    }

    /// The variables used at the lowest power of a tally, as drivers.
    pub(crate) fn used(&self, tally: &Tally, power: usize) -> Vec<usize> {
        let vars = self.shape.vars.iter().enumerate();
        vars.filter(|(var, _)| tally.used[power] >> var & 1 == 1)
            .map(|(_, driver)| *driver)
            .collect()
    }

    /// Runs the pass; the results are left in `work`.
    ///
    /// # Errors
    ///
    /// With these numbers, more must be remembered than fits.
    pub(crate) fn run(
        &mut self,
        model: &Model,
        numbers: &Numbers,
        work: &mut Work,
    ) -> Result<(), TooMany> {
        self.memory.clear();
        let nodes = self.shape.nodes.iter();
        self.memory.extend(nodes.map(|n| flow::memory(n, numbers)));
        let plan = match self.plans.iter().position(|p| p.0 == self.memory) {
            Some(plan) => plan,
            None => {
                let plan = self.plan(model)?;
                self.plans.push((self.memory.clone(), plan));
                self.plans.len() - 1
            }
        };
        let run = Run {
            model,
            numbers,
            pass: self,
            plan: &self.plans[plan].1,
        };
        run.all(work);
        Ok(())
    }

    fn channels(&self, model: &Model) -> usize {
        match (self.outcomes && !self.shape.conds.is_empty(), self.within) {
            (false, _) => 1,
            (true, within) => 1 + model.outcomes.len() - model.open + usize::from(within),
        }
    }

    fn plan(&self, model: &Model) -> Result<Plan, TooMany> {
        let shape = &self.shape;
        let layout = Layout::new(shape, &self.memory, self.outcomes && model.has_finals());
        if self.channels(model) << layout.peak > limits::CELLS {
            return Err(TooMany {
                drivers: shape.vars.clone(),
            });
        }
        let at = |f: &Function| {
            let positions: Vec<usize> = f.support.iter().map(|v| layout.positions[*v]).collect();
            let truth = f.values.iter().map(|v| *v == 1).collect();
            (Pick::new(&positions, layout.bits), truth)
        };
        let costly_var: Vec<(usize, usize)> = (0..shape.vars.len())
            .filter(|v| shape.costly[*v])
            .map(|v| (v, layout.positions[v]))
            .collect();
        Ok(Plan {
            weights: self
                .outcomes
                .then(|| Weights::new(model, shape, &layout.positions, layout.bits)),
            conds: shape.conds.iter().map(at).collect(),
            costly: costly_var.iter().map(|c| 1 << c.1).sum(),
            costly_var,
            layout,
        })
    }
}

struct Run<'a> {
    model: &'a Model,
    numbers: &'a Numbers,
    pass: &'a Pass,
    plan: &'a Plan,
}

impl Run<'_> {
    fn all(&self, work: &mut Work) {
        let horizons = self.model.horizons();
        let outcomes = if self.pass.outcomes {
            self.model.outcomes.len()
        } else {
            0
        };
        let powers = 1 + self.plan.costly.count_ones() as usize;
        work.verdict.clear();
        work.verdict.resize(horizons * outcomes, 0.0);
        let conds = self.plan.conds.len();
        work.tallies.resize_with(horizons * conds, Tally::default);
        for tally in &mut work.tallies {
            tally.reset(powers, outcomes);
        }
        let channels = self.pass.channels(self.model);
        work.channels.resize_with(channels.max(1), Vec::new);
        work.channels.truncate(channels.max(1));
        self.start(work);
        for h in 1..=horizons {
            self.advance(work, h);
            if self.pass.outcomes {
                self.settle(work, h);
            } else {
                self.count(work, h);
            }
            if h < horizons {
                self.keep(work, h);
            }
        }
    }

    /// Time 0: nothing has ended.
    fn start(&self, work: &mut Work) {
        let layout = &self.plan.layout;
        for (i, cells) in work.channels.iter_mut().enumerate() {
            cells.clear();
            cells.reserve_exact(1 << layout.peak);
            cells.push(if i == 0 { 1.0 } else { 0.0 });
        }
        if layout.is_timeless() {
            return;
        }
        for step in &layout.start {
            self.step(work, step, Motion::Start, 0);
        }
        self.remember(work, 0);
    }

    /// From the end of one horizon to the end of the next.
    fn advance(&self, work: &mut Work, h: usize) {
        let layout = &self.plan.layout;
        if layout.is_timeless() {
            for (i, cells) in work.channels.iter_mut().enumerate() {
                // Without anything carried, what has ended is not carried either.
                debug_assert!(i == 0 || self.model.has_finals());
                if i == 0 && !self.model.has_finals() || !self.pass.outcomes {
                    cells.clear();
                    cells.push(1.0);
                }
            }
        }
        if self.pass.within && work.channels.len() > 1 {
            let (last, rest) = work.channels.split_last_mut().expect("there are channels");
            for cells in &mut rest[1..] {
                for (sum, x) in last.iter_mut().zip(cells.iter_mut()) {
                    *sum += std::mem::take(x);
                }
            }
        }
        work.chances.clear();
        for &n in &layout.plain {
            let node = &self.pass.shape.nodes[n];
            flow::fill(
                self.model,
                node,
                self.numbers,
                Motion::Move,
                h,
                &mut work.flow,
            );
            work.chances.push(work.flow.go[0]);
        }
        if !work.chances.is_empty() {
            for cells in &mut work.channels {
                frontier::shear_plain(cells, &work.chances);
            }
        }
        for step in &layout.moves {
            let node = &self.pass.shape.nodes[step.node];
            let motion = if step.fresh {
                Motion::Fresh
            } else if step.labels > 0 {
                Motion::Recall(step.labels)
            } else if flow::differs(node, self.numbers, h) {
                Motion::Settle
            } else {
                Motion::Move
            };
            self.step(work, step, motion, h);
        }
        for &position in &layout.spent {
            for cells in &mut work.channels {
                frontier::sum_out(cells, position);
            }
        }
    }

    /// From a horizon's end to what the next one needs of it.
    fn keep(&self, work: &mut Work, h: usize) {
        let layout = &self.plan.layout;
        if layout.is_timeless() && !(self.pass.outcomes && self.model.has_finals()) {
            return;
        }
        self.remember(work, h);
        for &position in &layout.passed {
            for cells in &mut work.channels {
                frontier::sum_out(cells, position);
            }
        }
    }

    fn remember(&self, work: &mut Work, h: usize) {
        let layout = &self.plan.layout;
        let later = usize::from(h > 0);
        for Keep { pick, values } in &layout.keep[later] {
            let flow = &mut work.flow;
            flow.reset(1, values.len());
            for (i, value) in values.iter().enumerate() {
                flow.stay[i] = f64::from(u8::from(!value));
                flow.go[i] = f64::from(u8::from(*value));
            }
            for cells in &mut work.channels {
                let bits = cells.len().trailing_zeros() as usize;
                frontier::branch(cells, bits, 1, pick, flow);
            }
        }
        for step in &layout.unsettle[later] {
            let node = &self.pass.shape.nodes[step.node];
            if flow::differs(node, self.numbers, h + 1) {
                self.step(work, step, Motion::Unsettle, h);
            }
        }
    }

    fn step(&self, work: &mut Work, step: &Step, motion: Motion, h: usize) {
        let node = &self.pass.shape.nodes[step.node];
        flow::fill(self.model, node, self.numbers, motion, h, &mut work.flow);
        for cells in &mut work.channels {
            if step.fresh {
                let bits = cells.len().trailing_zeros() as usize;
                frontier::branch(cells, bits, step.positions.len(), &step.pick, &work.flow);
            } else {
                frontier::shear(cells, &step.positions, &step.pick, &work.flow);
            }
        }
    }

    /// The outcomes at a horizon's end.
    fn settle(&self, work: &mut Work, h: usize) {
        let Some(weights) = &self.plan.weights else {
            return;
        };
        let outcomes = self.model.outcomes.len();
        let open = self.model.open;
        weights.fill(self.model, self.numbers, h, &mut work.table);
        work.shares.read(self.model, self.numbers, h);
        let block = 1usize << self.plan.layout.bits.min(LOW);
        work.rows.resize(outcomes * block, 0.0);
        let (mass, ended) = work.channels.split_at_mut(1);
        let conds = self.plan.conds.len();
        let (past, now) = work.verdict.split_at_mut((h - 1) * outcomes);
        let now = &mut now[..outcomes];
        if h > 1 {
            now[open..].copy_from_slice(&past[(h - 2) * outcomes + open..][..outcomes - open]);
        }
        for (high, mass) in mass[0].chunks_exact_mut(block).enumerate() {
            weights.rows(&work.table, high, &mut work.rows);
            if conds == 0 {
                let mut sink = Sink::Sum(now);
                work.shares.block(&mut work.rows, mass, &mut sink);
                continue;
            }
            work.out.resize(outcomes * block, 0.0);
            let mut sink = Sink::Rows(&mut work.out);
            work.shares.block(&mut work.rows, mass, &mut sink);
            work.ended.clear();
            work.ended.extend_from_slice(mass);
            for (a, cells) in ended.iter_mut().enumerate() {
                let cells = &mut cells[high * block..][..block];
                if a < outcomes - open {
                    let row = &mut work.out[(open + a) * block..][..block];
                    for (x, new) in cells.iter_mut().zip(row) {
                        *x += *new;
                        *new = *x;
                    }
                }
                for (sum, x) in work.ended.iter_mut().zip(&*cells) {
                    *sum += x;
                }
            }
            self.tally(
                &mut work.tallies[(h - 1) * conds..][..conds],
                high,
                &work.ended,
                &work.out,
            );
        }
    }

    /// The mass alone, where no outcome is asked for.
    fn count(&self, work: &mut Work, h: usize) {
        let block = 1usize << self.plan.layout.bits.min(LOW);
        let conds = self.plan.conds.len();
        for (high, mass) in work.channels[0].chunks_exact(block).enumerate() {
            let tallies = &mut work.tallies[(h - 1) * conds..][..conds];
            self.tally(tallies, high, mass, &[]);
        }
    }

    fn tally(&self, tallies: &mut [Tally], high: usize, mass: &[f64], out: &[f64]) {
        let block = mass.len();
        let outcomes = out.len() / block;
        for (tally, (pick, truth)) in tallies.iter_mut().zip(&self.plan.conds) {
            let base = pick.high(high);
            for (i, low) in pick.low().iter().enumerate() {
                if !truth[(base | low) as usize] || mass[i] == 0.0 {
                    continue;
                }
                let costly = (high * block + i) & self.plan.costly;
                let power = costly.count_ones() as usize;
                tally.mass[power] += mass[i];
                for o in 0..outcomes {
                    tally.outcomes[power * outcomes + o] += out[o * block + i];
                }
                if costly != 0 {
                    for (var, position) in &self.plan.costly_var {
                        tally.used[power] |= (costly >> position & 1) << var;
                    }
                }
            }
        }
    }
}
