//! Why the verdict is what it is.
//!
//! In: an assessment and a question about it. Out: the verdict with every driver's
//! contribution, and an [`Explanation`]: what made each push as large as it is, what confidence was computed from,
//! which ranges the intervals come from, and, where asked for, what is worth watching.

mod pushes;
mod watch;
mod width;

use super::confidence::{self, Grounds};
use super::evaluate::known;
use super::verdict::{Options, Question, Verdict};
use crate::diag::Diagnostic;
use crate::resolve::assessment::{Assessment, HorizonId};
use crate::resolve::table::Id;
pub use pushes::{Idle, Part, Reason};
pub use watch::{Sharpening, Watched};
pub use width::Ranged;

/// Why a verdict is what it is.
#[derive(Debug, Clone, Default)]
pub struct Explanation {
    /// Every driver, in the file's order.
    pub reasons: Vec<Reason>,
    /// What confidence was computed from, by horizon.
    pub grounds: Vec<Grounds>,
    /// Whether the prior cites a source, which counts where nothing pushes.
    pub prior_is_sourced: bool,
    /// Every clause that states a range, in the order of its key; empty without draws.
    pub ranges: Vec<Ranged>,
    /// Every event, in the file's order, where asked for.
    pub watch: Option<Vec<Watched>>,
}

/// The verdict, with contributions, and why it is so; `watch` says whether the value of knowing each
/// event is wanted.
///
/// # Errors
///
/// As [`evaluate`](super::evaluate()).
pub fn explain(
    assessment: &Assessment,
    question: &Question,
    options: &Options,
    watch: bool,
) -> Result<(Verdict, Explanation), Box<Diagnostic>> {
    let options = Options {
        contributions: true,
        ..options.clone()
    };
    let mut known = known(assessment, question, &options)?;
    let reasons = pushes::reasons(&mut known)?;
    let sampled = known.verdict.method.sampled.as_ref();
    let is_exact = sampled.is_none_or(|s| s.horizons.is_empty());
    let ranges = match is_exact {
        true => width::ranges(&known, options.seed)?,
        false => Vec::new(),
    };
    if !is_exact && known.verdict.method.draws > 0 {
        known.verdict.assumed.push(
            "where the width of the intervals comes from is left out where the verdict is sampled"
                .to_owned(),
        );
    }
    let watch = watch.then(|| watch::watch(&mut known)).transpose()?;
    let explanation = Explanation {
        reasons,
        grounds: known.grounds,
        prior_is_sourced: confidence::prior_is_sourced(assessment),
        ranges,
        watch,
    };
    Ok((known.verdict, explanation))
}

/// The ids of all horizons.
fn horizons(assessment: &Assessment) -> impl Iterator<Item = HorizonId> {
    (0..assessment.horizons.len()).map(HorizonId::new)
}
