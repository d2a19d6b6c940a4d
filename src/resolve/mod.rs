//! From what was written to what it means: names, words, units, calendar.
//!
//! In: the typed trees of a file and of those that it uses. Out: an [`assessment::Assessment`], or
//! the mistakes that stand in its way. No probability is computed here.

mod ask;
pub mod assessment;
mod both_true;
pub(crate) mod calendar;
mod came_true;
mod chains;
mod conditions;
mod counted;
mod counts;
mod cover;
pub mod curves;
mod decided;
mod drivers;
mod expected;
mod facts;
pub(crate) mod figures;
mod groups;
pub mod hindsight;
mod horizons;
mod misnamed;
mod names;
mod order;
mod parts;
mod past;
mod prior;
mod propositions;
mod prose;
mod quantities;
mod queries;
pub mod ranges;
mod readings;
mod reports;
mod rows;
mod run;
mod settled;
mod sums;
mod survey;
pub mod table;
mod times;
mod triggers;
mod uses;
mod vocabulary;
pub(crate) mod voices;
mod weights;
mod words;

pub use ask::{Asker, Held};
pub use voices::Under;

use crate::diag::Diagnostics;
use crate::project::Project;
use assessment::Assessment;

/// What became of a project.
#[derive(Debug, Clone, Default)]
pub struct Resolved {
    /// The assessment, where neither reading, parsing nor resolving its files found an error. A
    /// shared file, made for `use`, has none, and that is no error.
    pub assessment: Option<Assessment>,
    /// What resolving found; what reading and parsing found stands in the project.
    pub diagnostics: Diagnostics,
}

/// Resolves the first file of a project, and each view of it.
pub fn resolve(project: &Project) -> Resolved {
    let views = voices::resolve(project);
    let mut resolved = of(project, &views);
    if views.has_errors() {
        resolved.assessment = None;
    }
    let said: Vec<&crate::diag::Diagnostic> = resolved.diagnostics.iter().collect();
    let problems = views.problems(&said);
    resolved.diagnostics.extend(problems);
    resolved
}

/// Resolves the first file by itself, its views known.
fn of(project: &Project, views: &voices::Views) -> Resolved {
    let mut resolved = match past::take_out(project) {
        None => run::run(project, views),
        Some(mut to_come) => {
            let mut resolved = run::run(&to_come.project, views);
            if !to_come.problems.is_empty() {
                resolved.assessment = None;
                resolved.diagnostics.extend(to_come.problems.drain(..));
            }
            if let Some(assessment) = &mut resolved.assessment {
                to_come.put_back(assessment);
            }
            resolved
        }
    };
    let twice = resolved.assessment.iter().flat_map(|a| {
        let mut found = came_true::numbers_twice(a);
        found.extend(both_true::contradictions(a));
        found
    });
    let twice: Vec<_> = twice.collect();
    if !twice.is_empty() {
        resolved.assessment = None;
        resolved.diagnostics.extend(twice);
    }
    resolved
}

/// Resolves the first file of a project; behind what resolving found stands what reading and
/// parsing found.
pub(crate) fn with_problems(project: &Project) -> Resolved {
    let mut resolved = resolve(project);
    resolved.diagnostics.extend(project.problems().cloned());
    resolved
}
