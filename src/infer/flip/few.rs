//! The outcomes over few histories, the same ones whatever the numbers: where summing over all states takes too long.
//!
//! In: a verdict, and what it is asked with. Out: the verdict with other numbers, or with other things made so: it moves by as
//! much as the histories move, so that most of their luck falls out.

use crate::infer::conditional::found;
use crate::infer::engine::Engine;
use crate::infer::question::answer::Answered;
use crate::infer::question::plan::Plan;
use crate::infer::question::shape::Ask;
use crate::infer::sampled;
use crate::model::Numbers;

/// What the histories are compared with.
#[derive(Debug, Clone)]
pub(super) struct Few {
    /// By horizon and outcome, in the file's order; none where what is given cannot hold, or hardly ever does.
    at: Vec<Option<Vec<f64>>>,
    /// The same over the histories.
    middle: Vec<Option<Vec<f64>>>,
}

impl Few {
    /// `at` is the verdict, more exact.
    pub(super) fn new(engine: &Engine<'_>, ask: &Ask, at: Vec<Option<Vec<f64>>>) -> Few {
        Few {
            at,
            middle: histories(engine, &engine.point, ask),
        }
    }

    /// How many histories each question follows.
    pub(super) fn histories(engine: &Engine<'_>, ask: &Ask) -> u64 {
        sampled::inner(&Plan::new(&engine.model, &engine.point, ask))
    }

    /// How many steps one question takes.
    pub(super) fn cost(engine: &Engine<'_>, ask: &Ask) -> u64 {
        /// A step of a history takes as long as so many states that are gone through for eight settings at once.
        const EACH: u64 = 16;
        let plan = Plan::new(&engine.model, &engine.point, ask);
        EACH * sampled::inner(&plan) * plan.steps()
    }

    /// By horizon and outcome, in the file's order.
    pub(super) fn outcomes(
        &self,
        engine: &Engine<'_>,
        numbers: &Numbers,
        ask: &Ask,
    ) -> Vec<Option<Vec<f64>>> {
        let all = histories(engine, numbers, ask).into_iter();
        let each = all.zip(self.at.iter().zip(&self.middle));
        let moved = each.map(|(found, (at, middle))| {
            let ((found, at), middle) = (found.zip(at.as_ref())?, middle.as_ref()?);
            let moved = found.iter().zip(at).zip(middle);
            Some(
                moved
                    .map(|((x, at), middle)| (at + x - middle).clamp(0.0, 1.0))
                    .collect(),
            )
        });
        moved.collect()
    }
}

fn histories(engine: &Engine<'_>, numbers: &Numbers, ask: &Ask) -> Vec<Option<Vec<f64>>> {
    let model = &engine.model;
    let plan = Plan::new(model, numbers, ask);
    let Some(needs) = sampled::needs(model, numbers, &plan, ask, true) else {
        return vec![None; model.horizons()];
    };
    let histories = sampled::inner(&plan);
    let answer = sampled::run(&plan, &needs, histories, engine.sampling.seed);
    spoken(engine, ask, &answer)
}

/// The outcomes that a question left behind, by horizon, in the file's order; none where what is given cannot hold, or hardly
/// ever does.
pub(super) fn spoken(engine: &Engine<'_>, ask: &Ask, answer: &Answered) -> Vec<Option<Vec<f64>>> {
    if ask.conds.is_empty() {
        let all = engine.by_horizon(&answer.verdict).into_iter();
        return all.map(Some).collect();
    }
    let tallies = answer.tallies.iter();
    let spoken = tallies.map(|tally| {
        let found = found(engine, tally)?;
        found.too_rare().is_none().then_some(found.outcomes)
    });
    spoken.collect()
}
