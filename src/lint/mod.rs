//! The linter: every rule that has a check, over one assessment without errors.
//!
//! In: an [`Assessment`], its sources and the settings. Out: findings at the rules' own levels.
//! Levels, suppressions and baselines are applied afterwards; nothing is decided here by a file's text alone.

mod answers;
mod context;
pub mod amounts;
mod measure;
pub mod evidence;
pub mod prose;
pub mod pushes;
pub mod reach;
mod settings;
pub mod shift;
pub mod stated;
pub mod allow;
pub mod baseline;
pub mod config;
pub mod identity;
pub mod mend;
mod policy;
mod run;
mod selector;
pub mod suppress;

pub use config::{Config, Level};
pub use context::Context;
pub use measure::Measure;
pub use policy::{Policy, Selection};
pub use run::check;
pub use selector::{Selector, Unknown};
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
