//! Two revisions of one assessment: what moved in the verdict, and which edit moved it.
//!
//! In: two projects, read before. Out: an [`Attribution`]: the verdicts of both, and each edit's
//! share of every move by Shapley, so that all of them sum to the move whatever the order (Shapley
//! 1953). An edit is what changes a meaning: layout, comments, prose and the order of items are none
//! that move a verdict. Nothing is read or written here.
//!
//! A file is taken apart into *slots*, each a clause or item by its name (`slots`); a subset of the
//! edits is evaluated by putting a file together from slots of either side (`mix`). What only makes
//! sense together is one edit (`groups`).

mod atoms;
mod bare;
mod canon;
mod cells;
mod collect;
mod game;
mod groups;
mod mix;
mod names;
mod phrases;
mod quiet;
mod renames;
mod shapley;
mod slots;
#[cfg(test)]
mod tests;
mod wording;

pub(crate) use cells::verdict;

use crate::diag::{Diagnostic, Severity};
use crate::project::Project;
use crate::resolve::assessment::Assessment;
use crate::resolve::with_problems;
use crate::text::source::Span;
use std::fmt;

/// One of the two revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The earlier one.
    Old,
    /// The later one.
    New,
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::Old => "old",
            Side::New => "new",
        })
    }
}

/// Why two revisions cannot be compared.
#[derive(Debug, Clone)]
pub enum Refusal {
    /// A revision has mistakes: all errors of its files, in order, with spans into its project.
    Broken(Side, Vec<Diagnostic>),
    /// A revision is made for `use`: it has no outcomes, and so no verdict.
    Shared(Side),
}

/// One semantic change; where several only make sense together, all of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// What was done, the chief thing first; never empty.
    pub(crate) parts: Vec<Part>,
}

/// One changed, added or removed clause or item.
#[derive(Debug, Clone, PartialEq)]
pub struct Part {
    /// What it is in an analyst's words: "`congress`: weight on `exit` from −20 dB to −10 dB".
    pub(crate) text: String,
    /// Where it stands in the old project; none where it was added.
    pub(crate) old: Option<Span>,
    /// Where it stands in the new project; none where it was removed.
    pub(crate) new: Option<Span>,
}

impl fmt::Display for Edit {
    /// All parts in one line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, part) in self.parts.iter().enumerate() {
            let gap = if i == 0 { "" } else { "; " };
            write!(f, "{gap}{}", part.text)?;
        }
        Ok(())
    }
}

/// An edit and what it did.
#[derive(Debug, Clone, PartialEq)]
pub struct Share {
    /// What was done.
    pub edit: Edit,
    /// By horizon and outcome as in [`Attribution::horizons`]: its share of the move, as a share of
    /// 1; none where the horizon or the outcome is new or gone.
    pub moves: Vec<Vec<Option<f64>>>,
}

impl Share {
    /// The largest of its shares, without its sign.
    pub fn size(&self) -> f64 {
        let all = self.moves.iter().flatten().flatten();
        all.fold(0.0, |most, p| p.abs().max(most))
    }
}

/// One outcome at one horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct OutcomeMove {
    /// Its name, the new one where it was renamed.
    pub name: String,
    /// Before; none where it is new.
    pub old: Option<f64>,
    /// Now; none where it is gone.
    pub new: Option<f64>,
}

impl OutcomeMove {
    /// New less old, where it has both.
    pub fn change(&self) -> Option<f64> {
        Some(self.new? - self.old?)
    }
}

/// One horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct HorizonMove {
    /// Its name, the new one where it was renamed.
    pub name: String,
    pub(crate) title: String,
    /// The likeliest outcome before, by its new name; none where the horizon is new.
    pub(crate) old_leader: Option<String>,
    /// The likeliest outcome now; none where the horizon is gone.
    pub(crate) new_leader: Option<String>,
    /// In the new file's order, those that are gone at the end.
    pub outcomes: Vec<OutcomeMove>,
}

/// How shares were computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Method {
    /// Over all subsets of the edits.
    Exact,
    /// As the mean over so many orders of the edits; the largest standard error of a share.
    Orders(u64, f64),
}

/// What moved, and which edit moved it.
#[derive(Debug, Clone, PartialEq)]
pub struct Attribution {
    /// The question, as the new side asks it.
    pub(crate) title: String,
    /// In the new file's order, those that are gone at the end.
    pub horizons: Vec<HorizonMove>,
    /// Each edit that can move a verdict, the largest share first; where horizon and outcome stand
    /// in both, the shares sum to the move.
    pub edits: Vec<Share>,
    /// Edits that can move no verdict: names, titles, prose, evidence that changes no weight,
    /// expectations, bets, scenarios.
    pub quiet: Vec<Edit>,
    /// Names that were changed, old and new.
    pub(crate) renamed: Vec<(String, String)>,
    /// How the shares were computed.
    pub method: Method,
    /// The largest standard error of the two verdicts, where one of them had to be sampled.
    pub(crate) sampled: Option<f64>,
}

impl Attribution {
    /// Whether any outcome moved by more than rounding, or came or went.
    pub fn has_moved(&self) -> bool {
        let mut all = self.horizons.iter().flat_map(|h| &h.outcomes);
        all.any(|o| o.change().is_none_or(|c| c.abs() > NOTHING))
    }
}

/// Moves up to this are rounding.
pub const NOTHING: f64 = 1e-9;

/// Compares two revisions.
///
/// # Errors
///
/// Where one of them has no verdict: the old one first.
pub fn attribute(old: &Project, new: &Project) -> Result<Attribution, Refusal> {
    let before = assessment(old, Side::Old)?;
    let after = assessment(new, Side::New)?;
    game::attribute((old, &before), (new, &after))
}

/// The assessment of a project without errors.
fn assessment(project: &Project, side: Side) -> Result<Assessment, Refusal> {
    let resolved = with_problems(project);
    let found = resolved.diagnostics;
    if !found.has_errors() {
        return resolved.assessment.ok_or(Refusal::Shared(side));
    }
    let mut errors = found.sorted();
    errors.retain(|d| d.severity == Severity::Error);
    Err(Refusal::Broken(side, errors))
}
