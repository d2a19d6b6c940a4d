//! All figures of a set of cases.
//!
//! In: cases. Out: a [`Sheet`]. The order of the cases changes nothing.

use super::bins::{Bin, Bins, Murphy, bins, expected_error, murphy};
use super::case::{Case, Forecast, Kind};
use super::logit::{self, Line};
use super::points::{Point, weighted, whole};
use super::skill::{self, Cost};
use super::{Estimate, FEW, FLOOR, checks, rules};
use std::collections::BTreeMap;

/// How figures are computed.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct How {
    /// What stands in place of a smaller chance in logarithms.
    pub floor: f64,
    /// Bins of equal width, and of equal mass.
    pub bins: usize,
    /// Whether the outcomes of every question stand in their order.
    pub ordered: bool,
    /// The bootstrap's seed.
    pub seed: u64,
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
    pub kind: Kind,
    /// How many.
    pub cases: u64,
    /// In how many files.
    pub files: u64,
    /// The mean Brier score: 0–2 over all outcomes, 0–1 of yes or no.
    pub brier: f64,
    /// The mean logarithmic score, in nats.
    pub log: f64,
    /// In how many cases a chance met the floor.
    pub floored: u64,
    /// The mean ranked probability score, and the same divided by K − 1.
    pub ranked: Option<(f64, f64)>,
    /// The mean spherical score.
    pub spherical: f64,
    /// Skill by the Brier score against each reference that there is.
    pub skill: Vec<(Reference, Option<Estimate>)>,
}

/// How chances of yes agree with how often yes came.
#[derive(Debug, Clone, PartialEq)]
pub struct Calibration {
    /// How many cases; those of one question count once for all its outcomes.
    pub cases: u64,
    /// Mean chance, how many chances, how many of them came true.
    pub all: Point,
    /// The mean Brier score of yes or no.
    pub brier: f64,
    /// Bins of equal width.
    pub width: Vec<Bin>,
    /// Bins of equal mass.
    pub mass: Vec<Bin>,
    /// Murphy's partition by bins of equal width.
    pub murphy: Option<Murphy>,
    /// The expected calibration error by bins of equal width and of equal mass.
    pub error: (f64, f64),
    /// Cox's line.
    pub line: Option<Line>,
    /// Spiegelhalter's z.
    pub z: Option<f64>,
    /// The area under the curve.
    pub area: Option<f64>,
    /// What habit shows; none where nothing does, or too few cases would tell.
    pub habit: Option<Habit>,
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
    pub by: &'static str,
    /// Which of them this is.
    pub name: String,
    /// How many cases.
    pub cases: u64,
    /// The mean Brier score of yes or no, over all chances.
    pub brier: f64,
    /// The mean logarithmic score of a case.
    pub log: f64,
    /// The mean chance, and how often it came true.
    pub said: f64,
    /// How often it came true, with its interval.
    pub came: Estimate,
}

/// All figures.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// By kind.
    pub scores: Vec<Scores>,
    /// Over outcomes and events; bets would count the same things twice.
    pub calibration: Option<Calibration>,
    /// By author, tag, horizon length, rating, kind and year.
    pub groups: Vec<Group>,
}

/// Every figure of some cases.
pub fn sheet(cases: &[Case], how: How) -> Sheet {
    let mut cases: Vec<&Case> = cases.iter().filter(|c| c.days() > 0.0).collect();
    // Sums in floating point follow their order.
    cases.sort_by(|a, b| key(a).cmp(&key(b)));
    let scores = Kind::ALL.iter().filter_map(|&kind| {
        let own: Vec<&Case> = cases.iter().copied().filter(|c| c.kind == kind).collect();
        (!own.is_empty()).then(|| scores(kind, &own, how))
    });
    let counted: Vec<&Case> = cases
        .iter()
        .copied()
        .filter(|c| c.kind != Kind::Bet)
        .collect();
    Sheet {
        scores: scores.collect(),
        calibration: calibration(&counted, how),
        groups: groups(&cases, how),
    }
}

fn key(case: &Case) -> (&str, Kind, &str, &str, jiff::civil::Date) {
    (&case.file, case.kind, &case.id, &case.horizon, case.settled)
}

/// What one forecast costs by the logarithm; whether it met the floor.
fn log_of(case: &Case, f: &Forecast, floor: f64) -> rules::Logged {
    match case.is_of_several() {
        true => rules::log(&f.chances, &case.truth, floor),
        false => rules::log_of_one(f.chances[0], case.truth[0], floor),
    }
}

/// What chances cost by Brier: over all outcomes, or of yes or no.
fn brier_of(case: &Case, chances: &[f64]) -> f64 {
    match case.is_of_several() {
        true => rules::brier(chances, &case.truth),
        false => rules::brier_of_one(chances[0], case.truth[0]),
    }
}

/// Both sides of yes or no, or all outcomes.
fn sides(case: &Case, chances: &[f64]) -> (Vec<f64>, Vec<f64>) {
    match case.is_of_several() {
        true => (chances.to_vec(), case.truth.clone()),
        false => (
            vec![chances[0], 1.0 - chances[0]],
            vec![case.truth[0], 1.0 - case.truth[0]],
        ),
    }
}

fn scores(kind: Kind, cases: &[&Case], how: How) -> Scores {
    let n = cases.len() as f64;
    let mean = |of: &dyn Fn(&Case) -> f64| cases.iter().map(|c| of(c)).sum::<f64>() / n;
    let files: std::collections::BTreeSet<&str> = cases.iter().map(|c| &*c.file).collect();
    let ranked = (kind == Kind::Outcomes && how.ordered).then(|| {
        (
            mean(&|c| c.mean(|f| rules::ranked(&f.chances, &c.truth))),
            mean(&|c| c.mean(|f| rules::ranked_per_step(&f.chances, &c.truth))),
        )
    });
    let met = |c: &&&Case| {
        let mut each = c.forecasts.iter();
        each.any(|f| log_of(c, f, how.floor).floored)
    };
    Scores {
        kind,
        cases: cases.len() as u64,
        files: files.len() as u64,
        brier: mean(&|c| c.mean(|f| brier_of(c, &f.chances))),
        log: mean(&|c| c.mean(|f| log_of(c, f, how.floor).score)),
        floored: cases.iter().filter(met).count() as u64,
        ranked,
        spherical: mean(&|c| {
            c.mean(|f| {
                let (p, y) = sides(c, &f.chances);
                rules::spherical(&p, &y)
            })
        }),
        skill: skills(kind, cases, how),
    }
}

fn skills(kind: Kind, cases: &[&Case], how: How) -> Vec<(Reference, Option<Estimate>)> {
    let rate = cases.iter().map(|c| c.truth[0]).sum::<f64>() / cases.len() as f64;
    let references: &[Reference] = match kind {
        Kind::Outcomes => &[Reference::Uniform, Reference::Prior],
        Kind::Event => &[Reference::Uniform, Reference::BaseRate],
        Kind::Bet => &[Reference::Uniform, Reference::BaseRate, Reference::Price],
    };
    let each = references.iter().map(|&reference| {
        // All that is said in one file stands or falls together.
        let mut by_file: BTreeMap<&str, Cost> = BTreeMap::new();
        for case in cases {
            let k = case.truth.len() as f64;
            let against = |f: &Forecast| match reference {
                Reference::Uniform if case.is_of_several() => {
                    brier_of(case, &vec![1.0 / k; case.truth.len()])
                }
                Reference::Uniform => brier_of(case, &[0.5]),
                Reference::Prior => brier_of(case, &f.prior),
                Reference::BaseRate => brier_of(case, &[rate]),
                Reference::Price => brier_of(case, &[case.price.unwrap_or(0.5)]),
            };
            let cost = by_file.entry(&case.file).or_default();
            cost.score += case.mean(|f| brier_of(case, &f.chances));
            cost.reference += case.mean(against);
        }
        let costs: Vec<Cost> = by_file.into_values().collect();
        (reference, skill::with_interval(&costs, how.seed))
    });
    each.collect()
}

fn calibration(cases: &[&Case], how: How) -> Option<Calibration> {
    let chances: Vec<(f64, f64, f64)> = cases.iter().flat_map(|c| c.points()).collect();
    let points = weighted(chances.iter().copied());
    let weight: f64 = chances.iter().map(|c| c.2).sum();
    if weight <= 0.0 {
        return None;
    }
    let costs = chances
        .iter()
        .map(|&(p, y, w)| w * rules::brier_of_one(p, y));
    let brier = costs.sum::<f64>() / weight;
    Some(calibrated(&points, brier, cases.len() as u64, how))
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
const LENGTHS: [(f64, &str); 4] = [
    (92.0, "up to 3 months"),
    (366.0, "3 to 12 months"),
    (1097.0, "1 to 3 years"),
    (f64::INFINITY, "over 3 years"),
];

/// The values of a case along a dimension.
fn values(case: &Case, dimension: &str) -> Vec<String> {
    match dimension {
        "kind" => vec![case.kind.word().to_owned()],
        "author" => case.author.iter().cloned().collect(),
        "tag" => case.tags.clone(),
        "horizon" => {
            let length = LENGTHS.iter().find(|l| case.length <= l.0);
            length.map(|l| l.1.to_owned()).into_iter().collect()
        }
        "rating" => case.rating.iter().cloned().collect(),
        _ => vec![case.settled.year().to_string()],
    }
}

fn groups(cases: &[&Case], how: How) -> Vec<Group> {
    let mut found = Vec::new();
    for by in DIMENSIONS {
        let mut parts: BTreeMap<String, Vec<&Case>> = BTreeMap::new();
        for case in cases {
            let mut names = values(case, by);
            names.sort();
            names.dedup();
            for name in names {
                parts.entry(name).or_default().push(case);
            }
        }
        let mut groups: Vec<Group> = parts
            .into_iter()
            .map(|(name, cases)| group(by, name, &cases, how))
            .collect();
        if by == "horizon" {
            groups.sort_by_key(|g| LENGTHS.iter().position(|l| l.1 == g.name));
        }
        found.extend(groups);
    }
    found
}

fn group(by: &'static str, name: String, cases: &[&Case], how: How) -> Group {
    let chances: Vec<(f64, f64, f64)> = cases.iter().flat_map(|c| c.points()).collect();
    let all = whole(&weighted(chances.iter().copied()));
    let brier = chances
        .iter()
        .map(|&(p, y, w)| w * rules::brier_of_one(p, y));
    let log = cases
        .iter()
        .map(|c| c.mean(|f| log_of(c, f, how.floor).score));
    Group {
        by,
        name,
        cases: cases.len() as u64,
        brier: brier.sum::<f64>() / all.count,
        log: log.sum::<f64>() / cases.len() as f64,
        said: all.p,
        came: super::bins::wilson(all.true_count, all.count),
    }
}
