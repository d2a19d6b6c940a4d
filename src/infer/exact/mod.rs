//! Enumeration: every state of the propositions that matter, from horizon to horizon.
//!
//! In: a question made ready, and one setting of the numbers. Out: the mass by outcome and condition.

pub(super) mod ending;
pub(super) mod flow;
pub(super) mod forward;
pub(super) mod frontier;
pub(super) mod layout;

use super::question::Structure;
use super::question::answer::Answered;
use super::question::outcomes::Shares;
use super::question::pick::Pick;
use super::question::shape::{Function, Stay, TooMany};
use super::question::weights::{self, Table, Weights};
use crate::limits;
use crate::model::{Model, Numbers};
use ending::{Endings, Rests};
use flow::Memory;
use forward::{Ended, Forward};
use frontier::Flow;
use layout::Layout;

/// How a question's states are gone through, one by one: what was found out on the way is kept from setting to setting.
#[derive(Debug, Clone)]
pub(super) struct Enumeration {
    /// A layout for each pattern of what the nodes must remember, as it is met.
    plans: Vec<(Vec<Memory>, Plan)>,
    memory: Vec<Memory>,
    /// Whether what has ended was found to follow from more than the state.
    pub(super) in_pairs: bool,
    /// How many numbers may be carried where what has ended is, times the states that it rests on.
    pub(super) carried: usize,
    /// What outcomes rest on, by variable, where some are final; once it was asked for.
    resting: Option<Vec<bool>>,
}

impl Default for Enumeration {
    fn default() -> Self {
        Enumeration {
            plans: Vec::new(),
            memory: Vec::new(),
            in_pairs: false,
            carried: limits::PAIRED_CELLS,
            resting: None,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Plan {
    pub(super) layout: Layout,
    pub(super) weights: Option<Weights>,
    /// What the outcomes rest on, where some are final.
    pub(super) rests: Option<Rests>,
    pub(super) conds: Vec<(Pick, Vec<bool>)>,
    /// Bits of a cell whose truth costs a power of ε.
    pub(super) costly: usize,
    pub(super) costly_var: Vec<(usize, usize)>,
}

/// Buffers, which keep their memory from question to question.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scratch {
    pub(super) channels: Vec<Vec<f64>>,
    pub(super) flow: Flow,
    pub(super) table: Table,
    pub(super) shares: Shares,
    pub(super) endings: Endings,
    /// By node the row that was in force before, by assignment, where that is known.
    pub(super) old: Vec<Vec<u16>>,
    pub(super) merged: Vec<f64>,
    pub(super) rows: Vec<f64>,
    pub(super) out: Vec<f64>,
    pub(super) chances: Vec<f64>,
    /// What is being found; whoever runs a question returns it.
    pub(super) answer: Answered,
}

impl Enumeration {
    /// Goes through all states. [`Ended::Unsteady`] where what has ended has to be carried, and is not.
    ///
    /// # Errors
    ///
    /// With these numbers, more must be remembered than fits.
    pub(super) fn run(
        &mut self,
        structure: &Structure,
        model: &Model,
        numbers: &Numbers,
        scratch: &mut Scratch,
    ) -> Result<Ended, TooMany> {
        let plan = self.planned(structure, model, numbers)?;
        match self.on(structure, model, numbers, plan).all(scratch) {
            Ended::TooMuch => Err(TooMany {
                drivers: structure.shape.vars.clone(),
            }),
            ended => Ok(ended),
        }
    }

    /// How many states one setting has to go through, one by one: where what has ended has to be carried, each with those that it
    /// can come from. That is found out, and not done.
    ///
    /// # Errors
    ///
    /// With these numbers, more must be remembered than fits.
    pub(super) fn price(
        &mut self,
        structure: &Structure,
        model: &Model,
        numbers: &Numbers,
        scratch: &mut Scratch,
    ) -> Result<u64, TooMany> {
        if !structure.outcomes || !model.has_finals() {
            return Ok(structure.states());
        }
        let mut carried = self.in_pairs;
        if !carried {
            let plan = self.planned(structure, model, numbers)?;
            let ended = self.on(structure, model, numbers, plan).all(scratch);
            carried = matches!(ended, Ended::Unsteady);
        }
        let nodes = structure.shape.nodes.iter();
        let lasting = nodes.filter(|n| n.stay == Stay::Lasting);
        let lasting: usize = lasting.map(|n| n.members.len()).sum();
        Ok(match carried {
            true => structure.states().saturating_mul(1 << lasting.min(40)),
            false => structure.states(),
        })
    }

    /// A run over all states, by one of its plans.
    fn on<'a>(
        &'a self,
        structure: &'a Structure,
        model: &'a Model,
        numbers: &'a Numbers,
        plan: usize,
    ) -> Forward<'a> {
        Forward {
            model,
            numbers,
            structure,
            enumeration: self,
            plan: &self.plans[plan].1,
        }
    }

    /// The plan for these numbers, made where there is none.
    fn planned(
        &mut self,
        structure: &Structure,
        model: &Model,
        numbers: &Numbers,
    ) -> Result<usize, TooMany> {
        if structure.outcomes && model.has_finals() && self.resting.is_none() {
            let pushing = weights::pushing(model, &structure.shape);
            self.resting = Some(weights::resting(model, &structure.shape, &pushing));
        }
        let resting = self.resting.as_ref().filter(|_| self.in_pairs);
        self.memory.clear();
        let nodes = structure.shape.nodes.iter();
        self.memory.extend(nodes.map(|n| {
            let memory = flow::memory(n, numbers);
            // Only with its row kept can be seen what had come before.
            match resting {
                Some(resting) if n.stay == Stay::Lasting && n.combinations.len() > 1 => {
                    match n
                        .rows
                        .support
                        .iter()
                        .all(|v| resting[*v] && structure.shape.lasts(*v))
                    {
                        true => Memory::Held,
                        false => memory.max(Memory::Rough),
                    }
                }
                _ => memory,
            }
        }));
        if let Some(plan) = self.plans.iter().position(|p| p.0 == self.memory) {
            return Ok(plan);
        }
        let plan = self.plan(structure, model)?;
        self.plans.push((self.memory.clone(), plan));
        Ok(self.plans.len() - 1)
    }

    /// How many masses are carried beside each other: what is open, or all; where it is carried,
    /// what has ended in each final outcome; then what had ended before, where that is left out.
    pub(super) fn channels(&self, structure: &Structure, model: &Model) -> usize {
        let finals = match structure.outcomes {
            true => model.outcomes.len() - model.open,
            false => 0,
        };
        1 + finals * (usize::from(self.in_pairs) + usize::from(structure.within))
    }

    fn plan(&self, structure: &Structure, model: &Model) -> Result<Plan, TooMany> {
        let shape = &structure.shape;
        // What is conditioned on may depend on variables by which nothing pushes.
        let sums = structure.outcomes && shape.conds.is_empty();
        let carry = structure.outcomes && model.has_finals();
        let pushing = match &self.resting {
            Some(resting) => Some(resting.clone()),
            None => sums.then(|| weights::pushing(model, shape)),
        };
        let layout = Layout::new(shape, &self.memory, carry, pushing.as_deref());
        // So many numbers are kept of a state for each outcome that is final, and for what is open.
        const ENDING: usize = 8;
        let ending = match carry {
            true => ENDING * (1 + model.outcomes.len() - model.open),
            false => 0,
        };
        if self.channels(structure, model).max(ending) << layout.peak > limits::CELLS {
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
        let weights = structure.outcomes.then(|| match &pushing {
            Some(pushing) => Weights::spare(model, shape, pushing, &layout.positions, layout.bits),
            None => Weights::new(model, shape, &layout.positions, layout.bits),
        });
        let (weights, rests) = match (weights, carry) {
            (Some(weights), true) => {
                let resting = pushing.as_deref().unwrap_or_default();
                let (positions, bits) = (&layout.positions, layout.bits);
                let rests = Rests::new(shape, weights, resting, positions, bits);
                (None, Some(rests))
            }
            (weights, _) => (weights, None),
        };
        Ok(Plan {
            weights,
            rests,
            conds: shape.conds.iter().map(at).collect(),
            costly: costly_var.iter().map(|c| 1 << c.1).sum(),
            costly_var,
            layout,
        })
    }
}
