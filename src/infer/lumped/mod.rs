//! Many settings of the numbers, evaluated together over as few states as matter.
//!
//! In: a question without hypothetical things, and settings side by side. Out: the same masses as a
//! [`Compiled`](super::compiled::Compiled) finds, for every lane. Propositions that depend on one another form a component, whose states
//! are lumped; a state is one lump of each component. Where there are too many states, there is no lumped chain.

pub(super) mod batch;
mod bonds;
mod component;
mod course;
mod courses;
mod draft;
mod follow;
mod lanes;
mod leaves;
mod pairs;
mod rises;
mod settle;
mod several;
#[cfg(test)]
pub(in crate::infer) mod tests;
mod twins;
mod weigh;

pub(crate) use follow::ChainScratch;
pub(crate) use lanes::{LANES, Lanes, Settings};
pub(crate) use rises::may_rise;

use super::question::Structure;
use super::question::passing::entwined;
use super::question::shape::{Function, Shape, Stay};
use super::question::weights;
use crate::model::{Model, Numbers};
use bonds::{components, first, lasts, telling};
use component::{Component, Phase};
use pairs::{ComponentPairs, Pairs};
use std::sync::OnceLock;
use weigh::Weigh;

/// More lumped states than this go setting by setting.
const MOST: usize = 1 << 12;

/// Fewer lumped states than these are not worth splitting.
const SPLIT: usize = 1 << 8;

/// What is too many.
#[derive(Debug, Clone, Copy)]
struct Limits {
    /// More states than this are split.
    split: usize,
    /// More than this are not lumped.
    states: usize,
    /// More pairs than this are not gone through.
    pairs: usize,
}

/// Of many settings.
const MANY: Limits = Limits {
    split: SPLIT,
    states: MOST,
    pairs: pairs::MOST,
};

/// Of one setting whose states count in pairs: to move each of them on by itself takes far longer.
const ALONE_IN_PAIRS: Limits = Limits {
    split: SPLIT,
    states: 1 << 16,
    pairs: pairs::MOST_ALONE,
};

/// More than this are not gone through, though no state needs memory.
const MOST_IN_BLOCKS: usize = 1 << 22;

/// A question made ready for many settings.
#[derive(Debug, Clone)]
pub(crate) struct LumpedChain {
    shape: Shape,
    components: Vec<Component>,
    /// Of each state what lasts of it, where an outcome is final.
    lasting: Vec<usize>,
    /// The first of the components whose states stand side by side.
    first: usize,
    what: What,
    /// How many outcomes are final.
    finals: usize,
    /// The pairs of states, where one is, everything that outcomes rest on is told apart, and they are few.
    pairs: Option<Pairs>,
    /// The same with everything told apart that outcomes rest on, once that is needed.
    finer: OnceLock<Option<Box<LumpedChain>>>,
    silent: Vec<bool>,
    limits: Limits,
}

/// What is computed at every horizon.
#[derive(Debug, Clone)]
enum What {
    /// The outcomes.
    Outcomes(Weigh),
    /// The outcomes among the cases in which each condition holds, by state.
    Given(Weigh, Vec<Vec<bool>>),
    /// The mass of every condition, by state.
    Masses(Vec<Vec<bool>>),
}

impl LumpedChain {
    /// Makes a question ready, if nothing in it is hypothetical, and its states are few. Drivers that are `silent`
    /// neither push nor count. The `numbers` are such as are expected: by them it is guessed what must be told apart.
    pub(crate) fn new(
        model: &Model,
        structure: &Structure,
        numbers: &Numbers,
        silent: &dyn Fn(usize) -> bool,
    ) -> Option<LumpedChain> {
        let rises = structure.outcomes && may_rise(model, &structure.shape, numbers);
        LumpedChain::splitting(model, structure, rises, silent, MANY)
    }

    /// The same for one setting alone, told whether [`may_rise`] says so of it.
    pub(crate) fn alone(
        model: &Model,
        structure: &Structure,
        (in_pairs, rises): (bool, bool),
    ) -> Option<LumpedChain> {
        let limits = if in_pairs { ALONE_IN_PAIRS } else { MANY };
        LumpedChain::splitting(model, structure, rises, &|_| false, limits)
    }

    /// The same, within limits.
    fn splitting(
        model: &Model,
        structure: &Structure,
        rises: bool,
        silent: &dyn Fn(usize) -> bool,
        limits: Limits,
    ) -> Option<LumpedChain> {
        let shape = &structure.shape;
        let nodes = shape.nodes.iter();
        let members = nodes.clone().flat_map(|n| &n.members);
        if structure.outcomes && structure.within
            || shape.watched.is_some()
            || nodes.clone().any(|n| n.stay == Stay::Constant)
            || members.clone().any(|m| m.hypothetical)
        {
            return None;
        }
        let ends = structure.outcomes && model.has_finals();
        let tells = || {
            let pushing = weights::pushing(model, shape);
            model.horizons() > 1 && entwined(shape, &pushing)
        };
        if ends && tells() {
            return None;
        }
        let silent: Vec<bool> = (0..model.drivers.len()).map(silent).collect();
        if ends && rises {
            let finer = LumpedChain::build(
                model,
                shape,
                (structure.outcomes, true),
                silent.clone(),
                limits,
            );
            let few = |finer: &LumpedChain| finer.pairs.as_ref().is_some_and(Pairs::are_few);
            if let Some(finer) = finer.filter(few) {
                return Some(finer);
            }
        }
        LumpedChain::build(model, shape, (structure.outcomes, false), silent, limits)
    }

    /// Of a shape: for its outcomes or not, and with everything `told` apart that they rest on or not.
    fn build(
        model: &Model,
        shape: &Shape,
        (outcomes, told): (bool, bool),
        silent: Vec<bool>,
        limits: Limits,
    ) -> Option<LumpedChain> {
        let finals = match outcomes {
            true => model.outcomes.len() - model.open,
            false => 0,
        };
        let ends = finals > 0;
        let mut weigh = outcomes.then(|| Weigh::new(model, shape, &|d| silent[d]));
        let resting = told.then(|| {
            let mut pushing = vec![false; shape.vars.len()];
            let pushed = weigh.iter().flat_map(Weigh::asked).flat_map(|f| &f.support);
            pushed.for_each(|var| pushing[*var] = true);
            let resting = weights::resting(model, shape, &pushing);
            telling(shape, pushing, resting)
        });
        let lasting = |resting: &Vec<bool>| -> Vec<usize> {
            let lasting = (0..resting.len()).filter(|v| resting[*v] && shape.lasts(*v));
            lasting.collect()
        };
        let apart = resting
            .as_ref()
            .map(lasting)
            .unwrap_or_default()
            .into_iter();
        let apart: Vec<Function> = apart.map(single).collect();
        let pushed = weigh.iter().flat_map(Weigh::asked);
        let asked: Vec<&Function> = pushed.chain(&shape.conds).chain(&apart).collect();
        let splits = weigh.as_ref().map_or(usize::MAX, |_| limits.split);
        // States need no memory where nothing but their outcomes is asked for, and all of them are open.
        let blocks = outcomes && !ends && shape.conds.is_empty();
        let most = if blocks {
            MOST_IN_BLOCKS
        } else {
            limits.states
        };
        let mut components = components(shape, &asked, (splits, most))?;
        let looks = product(&components, Component::looks);
        let spans = weigh.as_ref().is_some_and(|w| w.spans(&components));
        if product(&components, |a| a.full.max(a.looks())) > limits.states && spans {
            return None;
        }
        let pairs = match &resting {
            Some(resting) => Some(paired(shape, &mut components, resting, limits.pairs)?),
            None => None,
        };
        if let Some(weigh) = &mut weigh {
            weigh.settle(&components, looks);
        }
        let conds = shape
            .conds
            .iter()
            .map(|f| truth(f, &components, |a| a.full));
        let conds: Vec<Vec<bool>> = conds.collect();
        let what = match weigh {
            Some(weigh) if conds.is_empty() => What::Outcomes(weigh),
            Some(weigh) => What::Given(weigh, conds),
            None => What::Masses(conds),
        };
        Some(LumpedChain {
            shape: shape.clone(),
            lasting: if ends { lasts(&components) } else { Vec::new() },
            first: if blocks && !spans {
                first(&components)
            } else {
                0
            },
            components,
            what,
            finals,
            pairs,
            finer: OnceLock::new(),
            silent,
            limits,
        })
    }

    /// Lets settings add up what pushes in every state as drivers join; not where a finer chain may tell other states
    /// apart.
    pub(crate) fn add_up(&self, settings: &mut Settings) {
        if let (What::Outcomes(weigh) | What::Given(weigh, _), false) =
            (&self.what, self.finals > 0)
        {
            settings.add_up(weigh.outcomes(), weigh.constant());
        }
    }

    /// Whether everything is told apart that what is open may rest on.
    pub(crate) fn in_pairs(&self) -> bool {
        self.pairs.is_some()
    }

    /// Whether its states are few enough for many settings.
    pub(crate) fn is_small(&self) -> bool {
        product(&self.components, |a| a.full.max(a.looks())) <= MOST
    }

    /// Whether it needs no memory for each state, however many there are.
    pub(crate) fn in_blocks(&self) -> bool {
        matches!(self.what, What::Outcomes(_)) && self.finals == 0
    }

    /// How many states there are.
    pub(crate) fn states(&self) -> u64 {
        let states = product(&self.components, |a| a.full.max(a.looks()));
        match states > MOST {
            true => product(&self.components, |a| a.along(Phase::Later).len()) as u64,
            false => states as u64,
        }
    }

    /// How many states were gone through with these buffers, or pairs of them.
    pub(crate) fn steps(&self, scratch: &ChainScratch) -> u64 {
        /// A pair takes as long as so many states.
        const PAIR: u64 = 2;
        let finer = self.finer.get().and_then(Option::as_deref);
        match &finer.filter(|_| scratch.finer).unwrap_or(self).pairs {
            Some(pairs) => PAIR * pairs.count() as u64,
            None => self.states(),
        }
    }

    /// How many states the mass moves through.
    #[cfg(test)]
    fn moving(&self) -> u64 {
        product(&self.components, |a| a.full) as u64
    }

    /// Evaluates all lanes; the results are left in `work`. Whether the numbers allow it: where
    /// exponentials might overflow, nothing is found.
    pub(crate) fn run(
        &self,
        model: &Model,
        settings: &Settings,
        scratch: &mut ChainScratch,
    ) -> bool {
        if !scratch.finer && self.follow(model, settings, scratch) {
            return true;
        }
        if self.finals == 0 || self.pairs.is_some() {
            return false;
        }
        // Either the numbers are too large, or what is open does not follow from the states.
        scratch.finer = true;
        let finer = self.finer.get_or_init(|| {
            let silent = self.silent.clone();
            let limits = self.limits;
            let finer = LumpedChain::build(model, &self.shape, (true, true), silent, limits);
            finer.map(Box::new)
        });
        let finer = finer.as_ref();
        finer.is_some_and(|finer| finer.follow(model, settings, scratch))
    }
}

fn product(components: &[Component], size: impl Fn(&Component) -> usize) -> usize {
    components
        .iter()
        .fold(1, |all, component| all.saturating_mul(size(component)))
}

/// The pairs of some components, which are put in the order that pairs want; none where there are too many.
fn paired(
    shape: &Shape,
    components: &mut Vec<Component>,
    resting: &[bool],
    most: usize,
) -> Option<Pairs> {
    let own = std::mem::take(components).into_iter().map(|component| {
        let pairs = ComponentPairs::new(shape, &component, resting);
        (component, pairs)
    });
    let mut own: Vec<(Component, ComponentPairs)> = own.collect();
    own.sort_by_key(|(_, pairs)| !pairs.is_apart());
    let (ordered, pairs): (Vec<Component>, Vec<ComponentPairs>) = own.into_iter().unzip();
    *components = ordered;
    Pairs::new(pairs, most)
}

fn single(var: usize) -> Function {
    Function {
        support: vec![var],
        values: vec![0, 1],
    }
}

/// The truth of a function in every state, of which each component has `size`; the last component counts fastest.
fn truth(
    function: &Function,
    components: &[Component],
    size: impl Fn(&Component) -> usize,
) -> Vec<bool> {
    let states = product(components, &size);
    let mut at = vec![0usize; states];
    let mut inner = states;
    for component in components {
        let own = size(component);
        inner /= own;
        let inside: Vec<usize> = (0..function.support.len())
            .filter(|j| component.holds(function.support[*j]))
            .collect();
        if !inside.is_empty() && inside.len() == function.support.len() {
            let truth = component.read(function);
            return (0..states).map(|s| truth[s / inner % own]).collect();
        }
        for j in inside {
            let truth = component.read(&single(function.support[j]));
            for (state, at) in at.iter_mut().enumerate() {
                *at |= usize::from(truth[state / inner % own]) << j;
            }
        }
    }
    at.iter().map(|&at| function.values[at] == 1).collect()
}
