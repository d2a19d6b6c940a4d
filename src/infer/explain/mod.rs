//! Why the verdict is what it is.
//!
//! In: an assessment and a question about it. Out: the verdict with every driver's
//! contribution, and an [`Explanation`]: what made each push as large as it is, what confidence was computed from,
//! which ranges the intervals come from, and, where asked for, what is worth watching.

mod pushes;
mod watch;
mod width;

use super::confidence::{Depth, Grounds};
use super::evaluate::known;
use super::joint;
use super::verdict::{Options, Question, Verdict};
use crate::diag::Diagnostic;
use crate::resolve::assessment::{Assessment, HorizonId};
use crate::resolve::table::Id;
pub use pushes::{Idle, Part, Reason};
pub use watch::{Score, Sharpening, Watched, Watching};
pub use width::Ranged;

/// Why a verdict is what it is.
#[derive(Debug, Clone, Default)]
pub struct Explanation {
    /// Every driver, in the file's order.
    pub reasons: Vec<Reason>,
    /// What confidence was computed from, by horizon.
    pub grounds: Vec<Grounds>,
    /// Every clause that states a range, in the order of its key; empty without draws.
    pub ranges: Vec<Ranged>,
    /// A share of the variance below this is the estimate's own noise.
    pub noise: f64,
    /// Every event, in the file's order, where asked for.
    pub watch: Option<Vec<Watched>>,
    /// By which score, and of which outcomes.
    pub watching: Watching,
}

/// The verdict, with contributions, and why it is so; `watch` says by which score the value of knowing each
/// event is wanted, if it is.
///
/// # Errors
///
/// As [`evaluate`](super::evaluate()).
pub fn explain(
    assessment: &Assessment,
    question: &Question,
    options: &Options,
    watch: Option<&Watching>,
) -> Result<(Verdict, Explanation), Box<Diagnostic>> {
    let options = Options {
        contributions: true,
        confidence: Depth::All,
        ..options.clone()
    };
    joint::refuse(assessment, question, "what each driver contributes")?;
    let mut known = known(assessment, question, &options)?;
    let reasons = pushes::reasons(&mut known)?;
    let sampled = known.verdict.method.sampled.as_ref();
    let is_exact = sampled.is_none_or(|s| s.horizons.is_empty());
    let ranges = match is_exact {
        true => width::ranges(&known, options.seed)?,
        false => width::Ranges::default(),
    };
    if !is_exact && known.verdict.method.draws > 0 {
        known.verdict.assumed.push(
            "where the width of the intervals comes from is left out where the verdict is sampled"
                .to_owned(),
        );
    }
    let watching = watch.cloned().unwrap_or_default();
    let watch = watch.map(|w| watch::watch(&mut known, w)).transpose()?;
    let explanation = Explanation {
        reasons,
        grounds: known.grounds,
        ranges: ranges.all,
        noise: ranges.noise,
        watch,
        watching,
    };
    Ok((known.verdict, explanation))
}

/// The ids of all horizons.
fn horizons(assessment: &Assessment) -> impl Iterator<Item = HorizonId> {
    (0..assessment.horizons.len()).map(HorizonId::new)
}
