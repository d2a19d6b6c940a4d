//! Quantities, what moves them, and impacts.
//!
//! In: filled by `resolve`. Out: read as parts of an [`Assessment`](super::Assessment).

use super::{Clause, Name, Number, ProseParts, Span, Text};
use crate::resolve::table::id;

id! {
    /// A quantity.
    QuantityId,
}

/// A number that is not known: a distribution for each horizon, before the reasons.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// The whole item.
    pub span: Span,
    /// Its id.
    pub(crate) name: Name,
    /// Its title, or its id.
    pub(crate) title: String,
    /// What it is counted in.
    pub(crate) unit: Option<String>,
    /// Whether g is the natural logarithm, rather than the number itself.
    pub(crate) log: bool,
    /// By horizon what it is known to have come to by `as of`.
    pub(crate) known: Vec<Option<f64>>,
    /// By horizon the points (z, g(x)) through which the line runs: at least two, both rising.
    pub(crate) points: Vec<Vec<(f64, f64)>>,
    /// `cuts:` and the numbers of `P below X`, rising, in the quantity's unit.
    pub(crate) cuts: Vec<f64>,
    /// `resolves:`, `note:` …
    pub(crate) prose: ProseParts,
}

/// By how much a driver moves a quantity.
#[derive(Debug, Clone)]
pub struct Move {
    /// What is moved.
    pub(crate) quantity: QuantityId,
    /// By horizon, on the scale of g; none where the horizon has no value.
    pub(crate) clause: Clause<Vec<Option<Number>>>,
}

/// Where a proposition cuts a quantity, in its unit: equal where the doubles are.
#[derive(Debug, Clone, Copy)]
pub struct Mark(pub f64);

impl PartialEq for Mark {
    fn eq(&self, other: &Mark) -> bool {
        self.0.to_bits() == other.0.to_bits()
    }
}

impl Eq for Mark {}

impl std::hash::Hash for Mark {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl PartialOrd for Mark {
    fn partial_cmp(&self, other: &Mark) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Mark {
    fn cmp(&self, other: &Mark) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl Mark {
    /// Of a number; −0 is 0.
    pub fn at(number: f64) -> Mark {
        Mark(number + 0.0)
    }
}

/// A cell of likelihood against impact that has a name.
#[derive(Debug, Clone)]
pub struct RiskCell {
    /// Where it stands.
    pub(crate) span: Span,
    /// A word of the scale.
    pub(crate) word: Name,
    /// The place of its impact among these.
    pub(crate) impact: usize,
    /// What such a risk is called.
    pub(crate) level: Text,
}

/// What an amount is called with its unit: `2.9% a year`, `250 USD`.
pub fn with_unit(number: &str, unit: Option<&str>) -> String {
    match unit {
        None => number.to_owned(),
        Some(unit) if unit.starts_with('%') => format!("{number}{unit}"),
        Some(unit) => format!("{number} {unit}"),
    }
}
