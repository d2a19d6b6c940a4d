//! How hard each driver pushes, without the cost of contributions.
//!
//! In: an assessment. Out: by driver, horizon and outcome the push in decibans, and how likely the
//! driver is to push there.

use super::answers::plain;
use super::contributions::decibans;
use super::engine::{Engine, Sets};
use super::events;
use super::joint;
use crate::diag::Diagnostic;
use crate::model::{Model, What};
use crate::resolve::assessment::{Assessment, DriverId, HorizonId, OutcomeId, Prop};
use crate::resolve::table::Id;

/// One push.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Push {
    /// Whose.
    pub driver: DriverId,
    /// When.
    pub horizon: HorizonId,
    /// On what.
    pub outcome: OutcomeId,
    /// After discount, counts and overlap, the mean over the states in which the driver pushes.
    pub decibans: f64,
    /// How likely it is that the driver pushes: 0 for what is hypothetical or assumed.
    pub chance: f64,
}

/// Every push of an assessment, by driver, horizon and outcome in the file's order.
///
/// # Errors
///
/// A `limit` finding where too many propositions matter together.
pub fn pushes(assessment: &Assessment) -> Result<Vec<Push>, Box<Diagnostic>> {
    pushes_given(assessment, None)
}

/// Every push among the cases in which something holds. Chances are those of the verdict.
///
/// # Errors
///
/// A `limit` finding where too many propositions matter together.
pub fn pushes_given(
    assessment: &Assessment,
    given: Option<&Prop>,
) -> Result<Vec<Push>, Box<Diagnostic>> {
    if Model::is_wide(assessment) {
        return joint::pushes(assessment, given);
    }
    let mut engine = Engine::new(assessment);
    let sets = Sets::default();
    let (compiled, _) = plain(&mut engine, &sets)?;
    let given = given.map(|prop| engine.cond(prop));
    let decibans = decibans(&mut engine, &compiled, given.as_ref())?;
    let (horizons, outcomes) = (engine.model.horizons(), engine.model.outcomes.len());
    let mut found = Vec::new();
    for (driver, stated) in assessment.drivers.iter() {
        if !stated.pushes() {
            continue;
        }
        let place = engine.place(driver);
        let chances = match engine.model.drivers[place].what {
            What::Assumption => vec![0.0; horizons],
            _ => events::chances(&mut engine, &sets, None, place)?,
        };
        found.extend(of_driver(assessment, driver, &chances, |h, outcome| {
            let o = engine.outcome(outcome);
            decibans[(place * horizons + h) * outcomes + o]
        }));
    }
    Ok(found)
}

/// The pushes of a driver by horizon and outcome, told its chances and how hard it pushes.
pub(super) fn of_driver(
    assessment: &Assessment,
    driver: DriverId,
    chances: &[f64],
    decibans: impl Fn(usize, OutcomeId) -> f64,
) -> Vec<Push> {
    let mut found = Vec::new();
    for (h, &chance) in chances.iter().enumerate() {
        for outcome in assessment.outcomes.ids() {
            let decibans = decibans(h, outcome);
            if decibans != 0.0 {
                found.push(Push {
                    driver,
                    horizon: HorizonId::new(h),
                    outcome,
                    decibans,
                    chance,
                });
            }
        }
    }
    found
}
