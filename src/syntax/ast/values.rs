//! What values say, as written: chances, strengths, times, ratings.
//!
//! In: built by the lowering, with units and ranges checked. Out: part of the typed tree.

use super::{Name, Spanned};
use crate::text::source::Span;
use jiff::civil::Date;

/// A horizon's extent.
#[derive(Debug, Clone, PartialEq)]
pub enum Period {
    /// `0 to 6 months`, or `6 months to 2 years`: both ends counted from `as of`.
    Between(Duration, Duration),
    /// `18+ months`
    From(Duration),
    /// `90 days`: from where the horizon before ends (or `as of`), to this long after `as of`.
    Lasting(Duration),
    /// `until 2025-03-19`: from where the horizon before ends.
    Until(Date),
    /// `2025-03-01 to 2025-06-30`
    Dates(Date, Date),
}

/// A length of calendar time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Duration {
    /// How many units; fractions are refused for months and years.
    pub(crate) count: f64,
    pub(crate) unit: TimeUnit,
}

impl std::fmt::Display for Duration {
    /// `1 year`, `3 months`
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = match self.unit {
            TimeUnit::Days => "day",
            TimeUnit::Weeks => "week",
            TimeUnit::Months => "month",
            TimeUnit::Quarters => "quarter",
            TimeUnit::Years => "year",
        };
        let ending = if self.count == 1.0 { "" } else { "s" };
        write!(f, "{} {unit}{ending}", self.count)
    }
}

/// A unit of calendar time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnit {
    /// `days`
    Days,
    /// `weeks`
    Weeks,
    /// `months`
    Months,
    /// `quarters`
    Quarters,
    /// `years`
    Years,
}

/// Values by horizon or date, as written: `V`, `V in h, W in k`, `V, W in k`.
#[derive(Debug, Clone)]
pub struct ByTime<T> {
    /// The whole list.
    pub(crate) span: Span,
    /// The values in order; never empty.
    pub(crate) entries: Vec<Timed<T>>,
}

/// One value of a list, and when it holds.
#[derive(Debug, Clone)]
pub struct Timed<T> {
    pub(crate) value: Spanned<T>,
    /// `by short`, `in long`, or nothing.
    pub(crate) at: Option<At>,
}

/// `by short`, `in long`, `by 2026-03-31`, `by now`
#[derive(Debug, Clone)]
pub struct At {
    /// From the preposition to the end.
    pub(crate) span: Span,
    /// Which preposition.
    pub(crate) preposition: Spanned<Preposition>,
    pub(crate) when: When,
}

/// How a time is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Preposition {
    /// Up to its end: lasting things.
    By,
    /// During it: passing things.
    In,
}

impl Preposition {
    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Preposition::By => "by",
            Preposition::In => "in",
        }
    }
}

/// A time.
#[derive(Debug, Clone)]
pub enum When {
    /// `now`
    Now(Span),
    /// A horizon's name.
    Horizon(Name),
    /// A date.
    Date(Spanned<Date>),
}

/// A chance as written; numbers are shares of 1.
#[derive(Debug, Clone, PartialEq)]
pub enum Chance {
    /// `35%`
    Share(f64),
    /// `20% to 40%`, a 90% interval
    Range(f64, f64),
    /// `likely`
    Word(String),
    /// `1% per year`
    PerYear(f64),
    /// `1% to 3% per year`
    PerYearRange(f64, f64),
    /// `2 times in 75 years`
    Times {
        /// How often.
        count: f64,
        /// In how many years.
        years: f64,
    },
    /// `3 of 32`
    Of {
        /// How many had it.
        count: f64,
        /// Of how many.
        total: f64,
    },
    /// `17% to 25% at 70%`, `9% (5% to 20%)`
    Wide(Wide),
    /// The same of a yearly chance.
    PerYearWide(Wide),
    /// `unlikely to likely`: from the one's median to the other's.
    Words(WordRange),
}

/// A range with a level, a centre or both.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wide {
    /// The median, where it is stated.
    pub(crate) centre: Option<f64>,
    /// The lower end.
    pub(crate) low: f64,
    /// The upper end.
    pub(crate) high: f64,
    /// The chance, as a share of 1, that the number lies between the ends.
    pub(crate) level: f64,
}

/// A range between two words. Its debug text leaves places out, so that it can be compared.
#[derive(Clone, PartialEq)]
pub struct WordRange {
    /// The lower word.
    pub(crate) low: Name,
    /// The higher word.
    pub(crate) high: Name,
    /// The chance, as a share of 1, that the number lies between their medians.
    pub(crate) level: f64,
}

impl std::fmt::Debug for WordRange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (low, high) = (&self.low.node, &self.high.node);
        write!(f, "{low} to {high} at {}", self.level)
    }
}

/// A likelihood ratio as written, always at least 1; in natural logarithms.
#[derive(Debug, Clone, PartialEq)]
pub enum Strength {
    /// `10:1` or `5 dB`: ln of the ratio.
    Log(f64),
    /// `2:1 to 6:1`, a 90% interval: ln of both ends.
    Range(f64, f64),
    /// `strong`
    Word(String),
    /// `2:1 to 6:1 at 70%`, `3:1 (2:1 to 6:1)`: in natural logarithms.
    Wide(Wide),
    /// `weak to strong`: from the one's median to the other's.
    Words(WordRange),
}

/// How sure an assumption is, in its author's view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Confidence {
    /// `low`
    Low,
    /// `moderate`
    Moderate,
    /// `high`
    High,
}

/// An Admiralty rating: source A to F, information 1 to 6.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rating {
    /// `A` … `F`
    pub(crate) source: char,
    /// 1 … 6
    pub(crate) information: u8,
}
