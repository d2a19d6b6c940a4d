//! Many settings of the numbers, evaluated together over as few states as matter.
//!
//! In: a question without hypothetical things, and settings side by side. Out: the same masses as a
//! [`Pass`] finds, for every lane. Propositions that depend on one another form an axis, whose states
//! are lumped; a state is one lump of each axis. Where there are too many states, there is no sweep.

mod axis;
mod lanes;
mod settle;
#[cfg(test)]
mod tests;
mod weigh;

pub(crate) use lanes::{LANES, Lanes, Settings};

use super::pass::Pass;
use super::shape::{Function, Shape, Stay};
use crate::model::Model;
use axis::{Axis, Phase};
use settle::{Shares, at_most_one};
use weigh::Weigh;
use wide::f64x8;

/// More lumped states than this go setting by setting.
const MOST: usize = 1 << 12;

/// Variables that are independent of each other share an axis where they are no more than this.
const JOINED: usize = 4;

/// A question made ready for many settings.
#[derive(Debug, Clone)]
pub(crate) struct Sweep {
    shape: Shape,
    axes: Vec<Axis>,
    what: What,
}

/// What is computed at every horizon.
#[derive(Debug, Clone)]
enum What {
    /// The outcomes.
    Outcomes(Weigh),
    /// The outcomes among the cases in which a condition holds, by state.
    Given(Weigh, Vec<bool>),
    /// The mass of every condition, by state.
    Masses(Vec<Vec<bool>>),
}

/// Buffers and results.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sweeping {
    mass: Vec<Lanes>,
    next: Vec<Lanes>,
    factors: Vec<Lanes>,
    numbers: Vec<Lanes>,
    weights: weigh::Scratch,
    shares: Shares,
    /// By horizon (from 1) and outcome, or condition.
    pub(crate) found: Vec<Lanes>,
}

impl Sweep {
    /// Makes a pass ready, if it is one of outcomes with at most one condition or of conditions
    /// without outcomes, nothing in it is hypothetical, and its states are few. Drivers that are `silent`
    /// neither push nor count.
    pub(crate) fn new(model: &Model, pass: &Pass, silent: &dyn Fn(usize) -> bool) -> Option<Sweep> {
        let shape = &pass.shape;
        let nodes = shape.nodes.iter();
        let members = nodes.clone().flat_map(|n| &n.members);
        if pass.outcomes && (shape.conds.len() > 1 || pass.within)
            || shape.watched.is_some()
            || nodes.clone().any(|n| n.stay == Stay::Constant)
            || members.clone().any(|m| m.hypothetical)
        {
            return None;
        }
        let mut weigh = pass.outcomes.then(|| Weigh::new(model, shape, silent));
        let pushed = weigh.iter().flat_map(Weigh::asked);
        let asked: Vec<&Function> = pushed.chain(&shape.conds).collect();
        let axes = axes(shape, &asked)?;
        let mut states = 1usize;
        for axis in &axes {
            states = states.saturating_mul(axis.full);
        }
        if states > MOST {
            return None;
        }
        if let Some(weigh) = &mut weigh {
            weigh.settle(&axes, states);
        }
        let conds = shape.conds.iter().map(|f| truth(f, &axes, states));
        let mut conds: Vec<Vec<bool>> = conds.collect();
        let what = match (weigh, conds.pop()) {
            (Some(weigh), None) => What::Outcomes(weigh),
            (Some(weigh), Some(given)) => What::Given(weigh, given),
            (None, last) => {
                conds.extend(last);
                What::Masses(conds)
            }
        };
        Some(Sweep {
            shape: shape.clone(),
            axes,
            what,
        })
    }

    /// How many states there are.
    pub(crate) fn states(&self) -> u64 {
        self.axes.iter().map(|a| a.full as u64).product()
    }

    /// Evaluates all lanes; the results are left in `work.found`. Whether the numbers allow it: where
    /// exponentials might overflow, nothing is found.
    pub(crate) fn run(&self, model: &Model, settings: &Settings, work: &mut Sweeping) -> bool {
        work.found.clear();
        work.mass.clear();
        work.mass.push(f64x8::ONE);
        for axis in &self.axes {
            self.step(axis, settings, Phase::Start, 0, 1, work);
        }
        if let What::Given(..) = self.what {
            // What has ended in each final outcome goes through the same states beside it.
            let finals = model.outcomes.len() - model.open;
            work.mass
                .resize(work.mass.len() * (1 + finals), f64x8::ZERO);
        }
        for h in 1..=model.horizons() {
            let phase = if h == 1 { Phase::First } else { Phase::Later };
            let mut inner: usize = self.axes.iter().map(|a| a.kept).product();
            for axis in &self.axes {
                inner /= axis.kept;
                self.step(axis, settings, phase, h, inner, work);
            }
            if let What::Outcomes(weigh) | What::Given(weigh, _) = &self.what {
                if !weigh.fill(settings, h, &self.axes, &mut work.weights) {
                    return false;
                }
                work.shares.read(model, settings, h);
            }
            let (shares, table) = (&mut work.shares, &work.weights.table);
            match &self.what {
                What::Outcomes(_) => shares.settle(table, &mut work.mass, &mut work.found),
                What::Given(_, holds) => {
                    shares.settle_given(table, &mut work.mass, holds, &mut work.found);
                }
                What::Masses(conds) => {
                    for truth in conds {
                        let holds = work.mass.iter().zip(truth).filter(|(_, is)| **is);
                        let sum = holds.fold(f64x8::ZERO, |sum, (x, _)| sum + *x);
                        work.found.push(at_most_one(sum));
                    }
                }
            }
            if h < model.horizons() {
                self.keep(work);
            }
        }
        true
    }

    /// Moves mass along one axis, of which there are `inner` neighbours.
    fn step(
        &self,
        axis: &Axis,
        settings: &Settings,
        phase: Phase,
        h: usize,
        inner: usize,
        work: &mut Sweeping,
    ) {
        let (factors, numbers) = (&mut work.factors, &mut work.numbers);
        let cells = axis.fill(&self.shape, settings, phase, h, factors, numbers);
        let (from, to) = match phase {
            Phase::Start => (1, axis.kept),
            _ => (axis.kept, axis.full),
        };
        let outer = work.mass.len() / (from * inner);
        work.next.clear();
        work.next.resize(outer * to * inner, f64x8::ZERO);
        for (cell, p) in cells.iter().zip(&*numbers) {
            let before = work.mass.chunks_exact(from * inner);
            let after = work.next.chunks_exact_mut(to * inner);
            if inner == 1 {
                for (before, after) in before.zip(after) {
                    after[cell.to] += before[cell.from] * *p;
                }
                continue;
            }
            for (before, after) in before.zip(after) {
                let before = &before[cell.from * inner..][..inner];
                let after = &mut after[cell.to * inner..][..inner];
                for (to, from) in after.iter_mut().zip(before) {
                    *to += *from * *p;
                }
            }
        }
        std::mem::swap(&mut work.mass, &mut work.next);
    }

    /// Joins what need not be told apart any more.
    fn keep(&self, work: &mut Sweeping) {
        let mut inner: usize = self.axes.iter().map(|a| a.full).product();
        for axis in &self.axes {
            inner /= axis.full;
            if axis.kept == axis.full {
                continue;
            }
            let outer = work.mass.len() / (axis.full * inner);
            work.next.clear();
            work.next.resize(outer * axis.kept * inner, f64x8::ZERO);
            for (lump, &kept) in axis.keep.iter().enumerate() {
                let before = work.mass.chunks_exact(axis.full * inner);
                let after = work.next.chunks_exact_mut(axis.kept * inner);
                for (before, after) in before.zip(after) {
                    let before = &before[lump * inner..][..inner];
                    for (to, from) in after[kept * inner..][..inner].iter_mut().zip(before) {
                        *to += *from;
                    }
                }
            }
            std::mem::swap(&mut work.mass, &mut work.next);
        }
    }
}

fn find(root: &[usize], mut var: usize) -> usize {
    while root[var] != var {
        var = root[var];
    }
    var
}

fn join(root: &mut [usize], vars: &[usize]) {
    for pair in vars.windows(2) {
        let (a, b) = (find(root, pair[0]), find(root, pair[1]));
        root[a.max(b)] = a.min(b);
    }
}

/// One axis for all variables that rest on one another; none where one has too many states.
fn axes(shape: &Shape, asked: &[&Function]) -> Option<Vec<Axis>> {
    let mut root: Vec<usize> = (0..shape.vars.len()).collect();
    for node in &shape.nodes {
        let members = node.members.iter().map(|m| m.var);
        let vars: Vec<usize> = members.chain(node.rows.support.iter().copied()).collect();
        join(&mut root, &vars);
    }
    // Of what is asked together there may be fewer lumps than of each by itself.
    for function in asked {
        let mut joined = root.clone();
        join(&mut joined, &function.support);
        let first = function.support.first().map(|&var| find(&joined, var));
        let size = (0..joined.len()).filter(|var| Some(find(&joined, *var)) == first);
        if size.count() <= JOINED {
            root = joined;
        }
    }
    let mut axes = Vec::new();
    for first in (0..root.len()).filter(|var| root[*var] == *var) {
        let own = |var: &usize| find(&root, *var) == first;
        let vars: Vec<usize> = (0..root.len()).filter(own).collect();
        let mut seen = Vec::new();
        for function in asked {
            let inside = function.support.iter().filter(|v| own(v)).count();
            if inside == function.support.len() {
                seen.push((*function).clone());
            } else {
                // What spans several axes needs its variables one by one.
                let single = |&var: &usize| single(var);
                seen.extend(function.support.iter().filter(|v| own(v)).map(single));
            }
        }
        seen.retain(|f| !f.support.is_empty());
        axes.push(Axis::new(shape, vars, &seen)?);
    }
    Some(axes)
}

fn single(var: usize) -> Function {
    Function {
        support: vec![var],
        values: vec![0, 1],
    }
}

/// The truth of a function in every state; the last axis counts fastest.
fn truth(function: &Function, axes: &[Axis], states: usize) -> Vec<bool> {
    let mut at = vec![0usize; states];
    let mut inner = states;
    for axis in axes {
        inner /= axis.full;
        let inside: Vec<usize> = (0..function.support.len())
            .filter(|j| axis.holds(function.support[*j]))
            .collect();
        if !inside.is_empty() && inside.len() == function.support.len() {
            let truth = axis.read(function);
            return (0..states).map(|s| truth[s / inner % axis.full]).collect();
        }
        for j in inside {
            let truth = axis.read(&single(function.support[j]));
            for (state, at) in at.iter_mut().enumerate() {
                *at |= usize::from(truth[state / inner % axis.full]) << j;
            }
        }
    }
    at.iter().map(|&at| function.values[at] == 1).collect()
}
