//! Numbers that are not known, and likelihood against impact, as a report shows them.

use super::Prose;
use serde::Serialize;

/// A number: a quantity, or what the values of a question come to.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Number {
    /// Its name, and what it is counted in.
    pub about: String,
    /// Its title.
    pub title: String,
    /// What it is counted in; null where the file does not say.
    pub unit: Option<String>,
    /// What is said of it, horizons across.
    pub rows: Vec<NumberRow>,
    /// What else its author says of it; absent where there is nothing.
    #[serde(skip_serializing_if = "Prose::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub note: Prose,
    /// Of a quantity, its distribution at each horizon at which it can be.
    pub horizons: Vec<NumberAt>,
}

/// A statistic over the horizons.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NumberRow {
    /// Which.
    pub label: String,
    /// By horizon.
    pub cells: Vec<String>,
}

/// A quantity at one horizon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NumberAt {
    /// The horizon's title.
    pub title: String,
    /// The quantiles of 5%, 10%, 25%, 50%, 75%, 90% and 95%.
    pub quantiles: Vec<f64>,
    /// The same in a sentence.
    pub text: String,
    /// The ranges between its cuts.
    pub ranges: Vec<NumberRange>,
}

/// A range between cuts.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct NumberRange {
    /// "2 to 3"
    pub label: String,
    /// Its chance.
    pub chance: f64,
    /// The same as text.
    pub text: String,
}

/// Likelihood against impact at one horizon.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Matrix {
    /// The horizon's title.
    pub title: String,
    /// The impacts, the least first.
    pub impacts: Vec<String>,
    /// By word of the scale, the likeliest first: its cells by impact.
    pub rows: Vec<MatrixRow>,
}

/// A word of the scale.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MatrixRow {
    /// The word.
    pub term: String,
    /// By impact.
    pub cells: Vec<MatrixCell>,
}

/// A cell.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct MatrixCell {
    /// What stands in it, each with its chance.
    pub things: Vec<String>,
    /// What such a risk is called; null where it has no name.
    pub risk: Option<String>,
}
