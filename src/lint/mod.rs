//! The linter: every rule that has a check, and what is done with its findings.
//!
//! In: a project and a [`Policy`], made from `assess.toml` and the command line. Out: findings at
//! their configured levels, less what the file allows; fixed texts; baselines. [`check`] is the whole
//! of it, [`lint`] the rules alone, at their own levels. Nothing is read or written here.

pub mod across;
pub(crate) mod alike;
pub mod allow;
pub(crate) mod amounts;
mod answers;
pub mod baseline;
pub(crate) mod bounds;
pub(crate) mod cases;
pub(crate) mod changes;
pub(crate) mod checked;
pub mod config;
mod context;
pub(crate) mod directions;
pub(crate) mod effect;
pub(crate) mod evidence;
pub(crate) mod figures;
pub mod fixing;
pub mod identity;
pub(crate) mod law;
pub(crate) mod leads;
pub(crate) mod lines;
pub(crate) mod logic;
mod measure;
mod memo;
mod policy;
pub(crate) mod priors;
pub(crate) mod prose;
pub(crate) mod pushes;
pub mod rules;
mod run;
pub(crate) mod say;
mod selector;
mod settings;
pub(crate) mod shift;
pub(crate) mod stated;
pub mod stored;
pub mod suppress;
pub(crate) mod texts;
pub(crate) mod walk;
mod within;
pub(crate) mod written;

pub use config::{Config, Level};
pub use context::Context;
pub use effect::{Both, Effect};
pub use measure::Measure;
pub(crate) use memo::Memo;
pub use policy::{Policy, Selection};
pub(crate) use run::check_resolved;
pub(crate) use run::once_each;
pub use run::{Found, check};
pub use selector::{Selector, Unknown};
pub use settings::{Settings, THRESHOLDS, Threshold};

use crate::diag::Diagnostics;

/// All findings of all rules, in file order.
pub fn lint(context: &Context) -> Diagnostics {
    let mut found = Diagnostics::new();
    for check in rules::LINTS.iter().filter_map(|lint| lint.check) {
        found.extend(check(context));
    }
    let mut joined = Diagnostics::new();
    joined.extend(suppress::joined(
        found.into_iter().collect(),
        context.sources,
    ));
    joined
}
