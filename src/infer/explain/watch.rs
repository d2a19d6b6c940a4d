//! What is worth watching: the value of knowing each event.
//!
//! In: a verdict with what it was computed from. Out: for every event and horizon the expected drop
//! of the verdict's Brier score, summed over the outcomes, from learning whether the event happens
//! by then. The score that a forecast p expects of itself is Σ p(1 − p); learning of an event with
//! chance q lowers it by the variance of the updated forecast, q(1 − q)·Σ (p given − p absent)²: the
//! resolution of Murphy (1973), and the value of information (Raiffa and Schlaifer 1961) under the
//! quadratic score.

use super::super::conditional;
use super::super::evaluate::Known;
use crate::diag::Diagnostic;
use crate::resolve::assessment::{DriverId, DriverKind, OutcomeId};

/// What it is worth to learn of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// The event.
    pub event: DriverId,
    /// By horizon.
    pub horizons: Vec<Sharpening>,
}

/// How much learning of an event by a horizon sharpens the verdict there.
#[derive(Debug, Clone, PartialEq)]
pub struct Sharpening {
    /// How likely the event is.
    pub chance: f64,
    /// The expected drop of the Brier score summed over the outcomes, 0 to 2; NaN where what is
    /// given cannot hold.
    pub drop: f64,
    /// The score that the verdict expects of itself as it stands, to which the drop compares.
    pub score: f64,
    /// The outcomes given the event and given its absence; none where it cannot happen, or cannot
    /// fail to.
    pub outcomes: Option<(Vec<f64>, Vec<f64>)>,
}

pub(super) fn watch(known: &mut Known<'_>) -> Result<Vec<Watched>, Box<Diagnostic>> {
    let drivers = known.answers.engine.assessment.drivers.iter();
    let ids: Vec<DriverId> = drivers
        .filter(|(_, d)| d.kind() == DriverKind::Event)
        .map(|(id, _)| id)
        .collect();
    let leaders: Vec<OutcomeId> = known.verdict.horizons.iter().map(|h| h.leader).collect();
    let found = conditional::each(
        &mut known.answers.engine,
        &known.sets,
        known.given.as_ref(),
        &leaders,
        ids,
    )?;
    let all = found.into_iter().map(|of| of.verdict).map(|of| Watched {
        event: of.change,
        horizons: of
            .horizons
            .into_iter()
            .zip(&known.verdict.horizons)
            .map(|(at, verdict)| {
                let now = verdict.outcomes.iter().map(|o| o.probability);
                let score: f64 = now.map(|p| p * (1.0 - p)).sum();
                let q = at.chance;
                let outcomes = at.given.zip(at.absent);
                let drop = match &outcomes {
                    _ if score.is_nan() => f64::NAN,
                    Some((given, absent)) => {
                        let pairs = given.iter().zip(absent);
                        let apart: f64 = pairs.map(|(a, b)| (a - b) * (a - b)).sum();
                        q * (1.0 - q) * apart
                    }
                    None => 0.0,
                };
                Sharpening {
                    chance: q,
                    drop,
                    score,
                    outcomes,
                }
            })
            .collect(),
    });
    Ok(all.collect())
}
