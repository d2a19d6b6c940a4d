//! Quantities, values, moves and impacts, as written.
//!
//! In: built by the lowering. Out: part of the typed tree. Whether units agree is not checked here.

use super::{ByTime, Name, ProseClauses, Spanned, Text};
use crate::text::source::Span;

/// `250 USD`, `2.0`, `-0.3`, `+20%`
#[derive(Clone, PartialEq)]
pub struct Figure {
    /// Number and unit.
    pub(crate) span: Span,
    /// The number; of `+20%` it is 20.
    pub(crate) number: f64,
    /// What stands behind it.
    pub(crate) unit: Option<String>,
}

/// Its debug text leaves the place out, so that it can be compared.
impl std::fmt::Debug for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let unit = self.unit.as_deref().unwrap_or_default();
        write!(f, "{} {unit}", self.number)
    }
}

/// What a quantity is compared with.
#[derive(Debug, Clone, PartialEq)]
pub enum Comparison {
    /// `below 2.0`
    Below(Figure),
    /// `above 2.0`
    Above(Figure),
    /// `at least 2.0`
    AtLeast(Figure),
    /// `at most 2.0`
    AtMost(Figure),
    /// `between 1 and 3`
    Between(Figure, Figure),
}

impl Comparison {
    /// The figures that it names.
    pub fn figures(&self) -> impl Iterator<Item = &Figure> {
        let (first, second) = match self {
            Comparison::Below(x)
            | Comparison::Above(x)
            | Comparison::AtLeast(x)
            | Comparison::AtMost(x) => (x, None),
            Comparison::Between(low, high) => (low, Some(high)),
        };
        std::iter::once(first).chain(second)
    }
}

impl std::fmt::Display for Comparison {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Comparison::Below(x) => write!(f, "below {x}"),
            Comparison::Above(x) => write!(f, "above {x}"),
            Comparison::AtLeast(x) => write!(f, "at least {x}"),
            Comparison::AtMost(x) => write!(f, "at most {x}"),
            Comparison::Between(low, high) => write!(f, "between {low} and {high}"),
        }
    }
}

impl std::fmt::Display for Figure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.unit.as_deref() {
            None => write!(f, "{}", self.number),
            Some("%") => write!(f, "{}%", self.number),
            Some(unit) => write!(f, "{} {unit}", self.number),
        }
    }
}

/// What is asked of a number that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Statistic {
    /// `mean of`
    Mean,
    /// `median of`
    Median,
    /// `5th percentile of`
    Percentile(u8),
}

impl std::fmt::Display for Statistic {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Statistic::Mean => f.write_str("mean"),
            Statistic::Median => f.write_str("median"),
            Statistic::Percentile(n) => {
                let end = match (n % 10, n / 10) {
                    (_, 1) => "th",
                    (1, _) => "st",
                    (2, _) => "nd",
                    (3, _) => "rd",
                    _ => "th",
                };
                write!(f, "{n}{end} percentile")
            }
        }
    }
}

/// `2 to 3`, `at least 2`, `below 1`
#[derive(Debug, Clone, PartialEq)]
pub struct Bounds {
    /// The lower end.
    pub(crate) low: Option<Figure>,
    /// The upper end.
    pub(crate) high: Option<Figure>,
    /// Whether the ends themselves lie outside.
    pub(crate) strict: bool,
}

/// A number with a range: `2.9 (1.8 to 3.9)`, `1.8 to 3.9 at 80%`, `2.9`.
#[derive(Debug, Clone)]
pub struct Spread {
    /// The number, where one stands before the range or alone.
    pub(crate) centre: Option<Figure>,
    /// The range.
    pub(crate) ends: Option<(Figure, Figure)>,
    /// The chance, as a share of 1, that the number lies between the ends.
    pub(crate) level: f64,
}

/// Something that is said of a distribution.
#[derive(Debug, Clone)]
pub enum Point {
    /// `2.9 (1.8 to 3.9)`
    Spread(Spanned<Spread>),
    /// `15% below 2.0`, as the share that lies below.
    Below {
        /// The whole.
        span: Span,
        /// A share of 1, between 0 and 1.
        share: f64,
        /// The number.
        at: Figure,
    },
}

impl Point {
    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Point::Spread(spread) => spread.span,
            Point::Below { span, .. } => *span,
        }
    }
}

/// `in y2026: 2.9 (1.8 to 3.9)`, or `is: …` for every horizon
#[derive(Debug, Clone)]
pub struct Stated {
    /// The whole clause.
    pub(crate) span: Span,
    /// Up to the colon.
    pub(crate) head: Span,
    /// The horizon; none for all.
    pub(crate) horizon: Option<Name>,
    /// What is said, in order; never empty.
    pub(crate) points: Vec<Point>,
}

/// A number that is not known.
#[derive(Debug, Clone)]
pub struct Quantity {
    /// The whole item.
    pub(crate) span: Span,
    /// The word `quantity`.
    pub keyword: Span,
    /// Its id.
    pub(crate) name: Name,
    pub(crate) title: Option<Text>,
    pub(crate) unit: Option<Text>,
    pub(crate) shape: Option<Name>,
    /// `in …:`
    pub(crate) stated: Vec<Stated>,
    pub(crate) cuts: Vec<Figure>,
    /// `resolves:`, `note:` …
    pub(crate) prose: ProseClauses,
    /// Keys of clauses that broke.
    pub(crate) broken: Vec<String>,
}

/// `move growth: -0.8 to -0.3, -0.2 in y2027`
#[derive(Debug, Clone)]
pub struct Move {
    /// The whole clause.
    pub(crate) span: Span,
    /// Up to the colon.
    pub(crate) head: Span,
    /// What is moved.
    pub(crate) quantity: Name,
    /// `if wrong`, where it stands.
    pub(crate) if_wrong: Option<Span>,
    /// By how much, by horizon.
    pub(crate) values: ByTime<Spread>,
}

/// `impacts { limited, significant, catastrophic }`
#[derive(Debug, Clone)]
pub struct Impacts {
    /// The whole item.
    pub(crate) span: Span,
    /// The words, the least first.
    pub(crate) words: Vec<Name>,
}

/// `risk { likely and catastrophic: "very high" }`
#[derive(Debug, Clone)]
pub struct Risk {
    /// The whole item.
    pub(crate) span: Span,
    pub(crate) cells: Vec<RiskCell>,
}

/// `likely and catastrophic: "very high"`
#[derive(Debug, Clone)]
pub struct RiskCell {
    /// The whole cell.
    pub(crate) span: Span,
    /// A word of the scale.
    pub(crate) word: Name,
    /// A word of `impacts`.
    pub(crate) impact: Name,
    /// What such a risk is called.
    pub(crate) level: Text,
}
