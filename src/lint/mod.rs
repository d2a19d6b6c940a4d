//! The linter: every rule that has a check, over one assessment without errors.
//!
//! In: an [`Assessment`], its sources and the settings. Out: findings at the rules' own levels.
//! Levels, suppressions and baselines are applied afterwards; nothing is decided here by a file's text alone.

pub mod allow;
pub mod baseline;
pub mod config;
mod context;
pub mod identity;
mod measure;
pub mod mend;
mod policy;
mod run;
mod selector;
mod settings;
pub mod stored;
pub mod suppress;

pub use config::{Config, Level};
pub use context::Context;
pub use measure::Measure;
pub use policy::{Policy, Selection};
pub use run::{Found, check};
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
