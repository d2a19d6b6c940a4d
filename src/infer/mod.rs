//! From numbers to the verdict.
//!
//! In: a `Model`. Out: a [`verdict::Verdict`]. Deterministic: no clock, no hash-map order, no
//! platform's own `exp` and `ln` (those of the `libm` crate are the same everywhere).

mod flow;
mod frontier;
mod layout;
mod outcomes;
mod pass;
mod shape;
pub mod verdict;
mod weights;

use crate::diag::Diagnostic;
use crate::resolve::assessment::Assessment;
use crate::rules::LIMIT;
use verdict::{Options, Question, Verdict};

/// The verdict of an assessment.
///
/// # Errors
///
/// A `limit` finding where more propositions matter together than can be summed exactly.
pub fn evaluate(
    assessment: &Assessment,
    _question: &Question,
    _options: &Options,
) -> Result<Verdict, Box<Diagnostic>> {
    Err(Box::new(Diagnostic::new(
        &LIMIT,
        assessment.span,
        "not computed yet",
    )))
}
