//! Why the verdict is what it is.
//!
//! In: an assessment and a question about it. Out: the verdict with every driver's
//! contribution, and an [`Explanation`]: what made each push as large as it is, what confidence was computed from,
//! which ranges the intervals come from, and, where asked for, what is worth watching.

mod pushes;
mod watch;
mod width;

use super::confidence::{Depth, Grounds};
use super::evaluate::{known, may_be_sampled};
use super::joint;
use super::verdict::{Options, Question, Verdict};
use crate::diag::Diagnostic;
use crate::resolve::assessment::{Assessment, HorizonId, QuestionId};
use crate::resolve::table::Id;
pub use pushes::{Idle, OnEvent, Part, Reason};
pub(super) use pushes::{Target, Weighed, reason};
pub use watch::{Score, Sharpening, Watched, Watching};
pub use width::Ranged;
pub(super) use width::{ranges_of, ranges_wanted};

/// Why a verdict is what it is.
#[derive(Debug, Clone, Default)]
pub struct Explanation {
    /// Every driver, in the file's order.
    pub reasons: Vec<Reason>,
    /// What confidence was computed from, by question and horizon.
    pub grounds: Vec<Vec<Grounds>>,
    /// Of each question whose prior has several rows: how likely each is to be in force.
    pub(crate) rows: Vec<RowsInForce>,
    /// Every clause that states a range, in the order of its key; empty without draws.
    pub ranges: Vec<Ranged>,
    /// A share of the variance below this is the estimate's own noise.
    pub(crate) noise: f64,
    /// Every event, in the file's order, where asked for.
    pub watch: Option<Vec<Watched>>,
    /// By which score, and of which outcomes.
    pub(crate) watching: Watching,
}

/// A prior of several rows.
#[derive(Debug, Clone, PartialEq)]
pub struct RowsInForce {
    /// Whose prior it is.
    pub(crate) question: QuestionId,
    /// By row, in the file's order, and horizon: how likely it is to be in force. NaN where what is given cannot
    /// hold.
    pub(crate) chances: Vec<Vec<f64>>,
    /// By row, horizon and outcome of the question: what it says where it is in force.
    pub(crate) says: Vec<Vec<Vec<f64>>>,
}

impl Explanation {
    /// What a question's confidence was computed from at a horizon.
    pub fn grounds(&self, question: QuestionId, horizon: HorizonId) -> Option<&Grounds> {
        self.grounds.get(question.index())?.get(horizon.index())
    }
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
    if options.general || joint::is_needed(assessment, question) {
        match joint::explain(assessment, question, &options, watch) {
            Err(limit) if may_be_sampled(assessment, question, &options, &limit) => {}
            found => return found,
        }
    }
    let mut known = known(assessment, question, &options)?;
    let reasons = pushes::reasons(&mut known)?;
    let is_exact = !known.by_histories;
    let ranges = match is_exact && options.widths {
        true => width::ranges(&known, options.seed)?,
        false => width::Ranges::default(),
    };
    if !is_exact && known.verdict.method.draws > 0 {
        known.verdict.assumed.push(
            "where the width of the intervals comes from is left out where each draw is sampled"
                .to_owned(),
        );
    }
    let watching = watch.cloned().unwrap_or_default();
    let watch = watch.map(|w| watch::watch(&mut known, w)).transpose()?;
    let explanation = Explanation {
        reasons,
        grounds: vec![known.grounds],
        rows: Vec::new(),
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
