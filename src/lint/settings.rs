//! The rules' thresholds, each with its default.
//!
//! In: `assess.toml`. Out: read by the rules' checks.

use jiff::civil::Date;

/// What a rule's condition compares with. Chances are shares of 1, strengths decibans.
#[derive(Debug, Clone, PartialEq)]
pub struct Settings {
    /// `--today` or `[lint] today`: without it nothing is overdue.
    pub today: Option<Date>,
    /// `stale`: how old evidence may be at `as of`, in days.
    pub stale_after: f64,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            today: None,
            stale_after: 730.0,
        }
    }
}
