//! All figures of a set of cases.
//!
//! In: cases. Out: a [`Sheet`]. The order of the cases changes nothing.

use super::bins::{Bin, Bins, Murphy, bins, expected_error, murphy};
use super::case::{Case, Kind};
use super::course::Period;
use super::logit::{self, Line};
use super::numbers::Numbers;
use super::points::{Point, whole};
use super::tally::Tally;
use super::{Estimate, FEW, FLOOR, checks, skill};

/// How figures are computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct How {
    /// What stands in place of a smaller chance in logarithms.
    pub(crate) floor: f64,
    /// Bins of equal width, and of equal mass.
    pub(crate) bins: usize,
    /// Whether the outcomes of every question stand in their order.
    pub(crate) ordered: bool,
    /// The bootstrap's seed.
    pub(crate) seed: u64,
}

impl Default for How {
    fn default() -> Self {
        How {
            floor: FLOOR,
            bins: 10,
            ordered: false,
            seed: skill::SEED,
        }
    }
}

/// What scores are compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reference {
    /// The same chance for all outcomes.
    Uniform,
    /// The file's prior, without its reasons.
    Prior,
    /// How often yes came in this very set.
    BaseRate,
    /// The price of a bet.
    Price,
}

impl Reference {
    /// The word of every output.
    pub fn word(self) -> &'static str {
        match self {
            Reference::Uniform => "uniform",
            Reference::Prior => "prior",
            Reference::BaseRate => "base rate",
            Reference::Price => "price",
        }
    }
}

/// The scores of cases of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Scores {
    /// What they are about.
    pub(crate) kind: Kind,
    /// How many.
    pub(crate) cases: u64,
    /// In how many files.
    pub(crate) files: u64,
    /// The mean Brier score: 0–2 over all outcomes, 0–1 of yes or no.
    pub(crate) brier: f64,
    /// The mean logarithmic score, in nats.
    pub(crate) log: f64,
    /// In how many cases a chance met the floor.
    pub(crate) floored: u64,
    /// The mean ranked probability score, and the same divided by K − 1.
    pub(crate) ranked: Option<(f64, f64)>,
    /// The mean spherical score.
    pub(crate) spherical: f64,
    /// Skill by the Brier score against each reference that there is.
    pub(crate) skill: Vec<(Reference, Option<Estimate>)>,
}

/// How chances of yes agree with how often yes came.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// How many cases; those of one question count once for all its outcomes.
    pub(crate) cases: u64,
    /// Mean chance, how many chances, how many of them came true.
    pub(crate) all: Point,
    /// The mean Brier score of yes or no.
    pub(crate) brier: f64,
    /// Bins of equal width.
    pub(crate) width: Vec<Bin>,
    /// Bins of equal mass.
    pub(crate) mass: Vec<Bin>,
    /// Murphy's partition by bins of equal width.
    pub(crate) murphy: Option<Murphy>,
    /// The expected calibration error by bins of equal width and of equal mass.
    pub(crate) error: (f64, f64),
    /// Cox's line.
    pub(crate) line: Option<Line>,
    /// Spiegelhalter's z.
    pub(crate) z: Option<f64>,
    /// The area under the curve.
    pub(crate) area: Option<f64>,
    /// What habit shows; none where nothing does, or too few cases would tell.
    pub(crate) habit: Option<Habit>,
}

/// A habit that chance alone does not explain, at 5%.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Habit {
    /// Chances lie too near 0% and 100%.
    TooExtreme,
    /// Chances lie too near 50%.
    TooTimid,
    /// More was expected than came.
    TooHigh,
    /// Less was expected than came.
    TooLow,
}

impl Habit {
    /// As a sentence's end: "chances are …".
    pub fn words(self) -> &'static str {
        match self {
            Habit::TooExtreme => {
                "too extreme: what is said to be likely comes less often, what is said to be unlikely more often"
            }
            Habit::TooTimid => {
                "too timid: what is said to be likely comes more often, what is said to be unlikely less often"
            }
            Habit::TooHigh => "too high: less came than was expected",
            Habit::TooLow => "too low: more came than was expected",
        }
    }
}

/// Figures of a part of the cases.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// By what the cases are put together: `author`, `tag` …
    pub(crate) by: &'static str,
    /// Which of them this is.
    pub(crate) name: String,
    /// How many cases.
    pub(crate) cases: u64,
    /// The mean Brier score of yes or no, over all chances.
    pub(crate) brier: f64,
    /// The mean logarithmic score of a case.
    pub(crate) log: f64,
    /// The mean chance, and how often it came true.
    pub(crate) said: f64,
    /// How often it came true, with its interval.
    pub(crate) came: Estimate,
}

/// All figures.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// By kind.
    pub(crate) scores: Vec<Scores>,
    /// Of quantities.
    pub(crate) numbers: Option<Numbers>,
    /// Over outcomes and events; bets and judgements would count the same things twice.
    pub(crate) calibration: Option<Calibration>,
    /// By author, tag, horizon length, rating, kind and year.
    pub(crate) groups: Vec<Group>,
    /// Over time.
    pub(crate) periods: Vec<Period>,
}

/// Every figure of some cases; their order changes nothing.
pub fn sheet(cases: &[Case], how: How) -> Sheet {
    let mut cases: Vec<Case> = cases.to_vec();
    cases.sort_by(|a, b| a.file.cmp(&b.file));
    let mut tally = Tally::new(how);
    for of_file in cases.chunk_by(|a, b| a.file == b.file) {
        tally.add(of_file);
    }
    tally.sheet()
}

/// Every figure of calibration of some points.
pub fn calibrated(points: &[Point], brier: f64, cases: u64, how: How) -> Calibration {
    let width = bins(points, Bins::Width(how.bins));
    let mass = bins(points, Bins::Mass(how.bins));
    let line = logit::line(points, how.floor);
    let murphy = murphy(&width, brier);
    let habit = line.filter(|_| cases >= FEW).and_then(|l| habit(&l));
    Calibration {
        cases,
        all: whole(points),
        brier,
        murphy,
        error: (expected_error(&width), expected_error(&mass)),
        width,
        mass,
        line,
        z: checks::spiegelhalter(points),
        area: checks::area(points),
        habit,
    }
}

fn habit(line: &Line) -> Option<Habit> {
    let (slope, shift) = (line.slope, line.shift);
    if slope.high < 1.0 {
        Some(Habit::TooExtreme)
    } else if slope.low > 1.0 {
        Some(Habit::TooTimid)
    } else if shift.high < 0.0 {
        Some(Habit::TooHigh)
    } else if shift.low > 0.0 {
        Some(Habit::TooLow)
    } else {
        None
    }
}

/// By what cases are put together.
pub const DIMENSIONS: [&str; 6] = ["kind", "author", "tag", "horizon", "rating", "year"];

/// The lengths of a horizon, in days up to and including.
pub const LENGTHS: [(f64, &str); 4] = [
    (92.0, "up to 3 months"),
    (366.0, "3 to 12 months"),
    (1097.0, "1 to 3 years"),
    (f64::INFINITY, "over 3 years"),
];
