//! The numbers that two revisions share: outcomes at horizons, by name.
//!
//! In: an assessment. Out: its probabilities and leaders, and those cells that stand on both sides.

use super::HorizonMove;
use crate::diag::Diagnostic;
use crate::infer::verdict::{Options, Question};
use crate::infer::{Variants, evaluate};
use crate::resolve::assessment::{Assessment, OutcomeId};
use crate::resolve::table::Id;

/// The verdict of one side.
#[derive(Debug, Clone)]
pub(crate) struct Verdict {
    /// By horizon: the probabilities by outcome, and the leader.
    pub(crate) horizons: Vec<(Vec<f64>, OutcomeId)>,
    /// How many states it took, all horizons together, or what cost as much.
    pub(crate) cost: u64,
    /// The largest standard error, where it was sampled.
    pub(super) error: Option<f64>,
}

/// The verdict, without intervals and all that is asked beside it; sampled where it must be.
pub(crate) fn verdict(assessment: &Assessment) -> Result<Verdict, Box<Diagnostic>> {
    if let Ok(mut variants) = Variants::new(assessment) {
        let cost = variants.states();
        let at = variants.without(&[], None)?.horizons.into_iter().flatten();
        return Ok(Verdict {
            horizons: at.map(|at| (at.outcomes, at.leader)).collect(),
            cost,
            error: None,
        });
    }
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    let sampled = evaluate(assessment, &Question::default(), &options)?;
    let how = sampled.method.sampled.as_ref();
    let samples = how.map_or(0, |s| s.samples);
    let horizons = sampled.horizons.iter().map(|at| {
        let outcomes = at.outcomes.iter().map(|o| o.probability.value);
        (outcomes.collect(), at.leader)
    });
    Ok(Verdict {
        horizons: horizons.collect(),
        error: how.map(|s| s.standard_error),
        // A history costs some tens of what a state does.
        cost: samples.saturating_mul(32 * assessment.horizons.len() as u64),
    })
}

/// The cells that stand on both sides, by the new names of horizon and outcome.
#[derive(Debug, Clone, Default)]
pub(super) struct Cells(Vec<(String, String)>);

impl Cells {
    /// In the order of the moves.
    pub(super) fn of(horizons: &[HorizonMove]) -> Cells {
        let both = horizons.iter().flat_map(|h| {
            let outcomes = h.outcomes.iter().filter(|o| o.change().is_some());
            outcomes.map(|o| (h.name.clone(), o.name.clone()))
        });
        Cells(both.collect())
    }

    /// An assessment's numbers under its new names; none where it lacks a cell.
    pub(super) fn read(&self, assessment: &Assessment, verdict: &Verdict) -> Option<Vec<f64>> {
        let cell = |(horizon, outcome): &(String, String)| {
            let h = assessment.horizons.id(horizon)?;
            let o = assessment.outcomes.id(outcome)?;
            verdict.horizons.get(h.index())?.0.get(o.index()).copied()
        };
        self.0.iter().map(cell).collect()
    }
}
