//! The outcomes alone, for those who evaluate many variants of one file.
//!
//! In: an assessment, and what is given. Out: probabilities and leaders, without changes, events,
//! scenarios, expectations, intervals and confidence.

use super::engine::{Engine, Sets};
use super::evaluate::Main;
use crate::diag::Diagnostic;
use crate::resolve::assessment::{Assessment, OutcomeId, Prop};

/// The outcomes of every horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Probabilities {
    /// By horizon; none where what is given cannot hold.
    pub horizons: Vec<Option<Probable>>,
}

/// The outcomes of one horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Probable {
    /// By outcome, in the file's order.
    pub outcomes: Vec<f64>,
    /// The likeliest.
    pub leader: OutcomeId,
    /// Its probability less the next one's.
    pub margin: f64,
    /// How likely it is what is given; 1 where nothing is.
    pub chance: f64,
}

/// The outcomes of an assessment, among the cases in which `given` holds.
///
/// # Errors
///
/// A `limit` finding where too many propositions matter together.
pub fn probabilities(
    assessment: &Assessment,
    given: Option<&Prop>,
) -> Result<Probabilities, Box<Diagnostic>> {
    let mut engine = Engine::new(assessment);
    let given = given.map(|prop| engine.cond(prop));
    let main = Main::new(&mut engine, &Sets::default(), given.as_ref())?;
    let chances = main.given.unwrap_or_else(|| vec![1.0; main.at.len()]);
    let horizons = main.at.into_iter().zip(chances).map(|(outcomes, chance)| {
        if outcomes.iter().any(|p| p.is_nan()) {
            return None;
        }
        let (leader, margin) = engine.leader(&outcomes);
        Some(Probable {
            outcomes,
            leader,
            margin,
            chance,
        })
    });
    Ok(Probabilities {
        horizons: horizons.collect(),
    })
}
