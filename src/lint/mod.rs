//! The linter: every rule that has a check, over one assessment without errors.
//!
//! In: an [`Assessment`], its sources and the settings. Out: findings at the rules' own levels.
//! Levels, suppressions and baselines are applied afterwards; nothing is decided here by a file's text alone.

pub(crate) mod checked;
mod context;
pub(crate) mod directions;
pub(crate) mod effect;
pub(crate) mod figures;
pub(crate) mod lines;
pub(crate) mod logic;
mod measure;
pub(crate) mod say;
mod settings;
pub(crate) mod walk;
pub(crate) mod written;

pub use context::Context;
pub use effect::{Both, Effect};
pub use measure::Measure;
pub use settings::{Settings, THRESHOLDS, Threshold};

use crate::diag::Diagnostics;
use crate::rules;

/// All findings of all rules, in file order.
pub fn lint(context: &Context) -> Diagnostics {
    let mut found = Diagnostics::new();
    for check in rules::ALL.iter().filter_map(|rule| rule.check) {
        found.extend(check(context));
    }
    found
}
