//! Scores over time.
//!
//! In: cases. Out: the mean Brier score of yes or no of what was settled in each quarter of a year, or
//! in each year where there are many.

use super::case::Case;
use super::{Estimate, Z975, rules};
use std::collections::BTreeMap;

/// From so many quarters on, years are shown.
const QUARTERS: usize = 16;

/// What was settled in some time.
#[derive(Debug, Clone, PartialEq)]
pub struct Period {
    /// `2025 Q3` or `2025`.
    pub(crate) name: String,
    /// How many cases.
    pub(crate) cases: u64,
    /// The mean Brier score of yes or no, with a 95% interval; none of a single case.
    pub(crate) brier: Estimate,
}

/// Sums over what was settled in some time.
#[derive(Debug, Default, Clone, Copy)]
struct Sums {
    cases: u64,
    scores: f64,
    squares: f64,
}

/// What was settled in each quarter.
#[derive(Debug, Default)]
pub struct Courses(BTreeMap<(i16, i8), Sums>);

impl Courses {
    /// Takes a case, with its chances.
    pub fn add(&mut self, case: &Case, points: &[(f64, f64, f64)]) {
        let key = (case.settled.year(), (case.settled.month() - 1) / 3 + 1);
        let sums = self.0.entry(key).or_default();
        let score = score(points);
        sums.cases += 1;
        sums.scores += score;
        sums.squares += score * score;
    }

    /// Each time in order; times in which nothing was settled are left out.
    pub fn periods(&self) -> Vec<Period> {
        let mut parts: BTreeMap<(i16, i8), Sums> = BTreeMap::new();
        for (&(year, quarter), sums) in &self.0 {
            let quarter = if self.0.len() > QUARTERS { 0 } else { quarter };
            let part = parts.entry((year, quarter)).or_default();
            part.cases += sums.cases;
            part.scores += sums.scores;
            part.squares += sums.squares;
        }
        let each = parts.into_iter().map(|((year, quarter), sums)| Period {
            name: match quarter {
                0 => year.to_string(),
                q => format!("{year} Q{q}"),
            },
            cases: sums.cases,
            brier: mean(sums),
        });
        each.collect()
    }
}

/// The mean over all outcomes one by one, or of yes.
fn score(points: &[(f64, f64, f64)]) -> f64 {
    let weight: f64 = points.iter().map(|p| p.2).sum();
    let costs = points
        .iter()
        .map(|&(p, y, w)| w * rules::brier_of_one(p, y));
    costs.sum::<f64>() / weight
}

fn mean(sums: Sums) -> Estimate {
    let n = sums.cases as f64;
    let value = sums.scores / n;
    let squares = (sums.squares - n * value * value).max(0.0);
    let half = match sums.cases {
        1 => 0.0,
        _ => Z975 * libm::sqrt(squares / (n - 1.0) / n),
    };
    Estimate {
        value,
        low: (value - half).max(0.0),
        high: (value + half).min(1.0),
    }
}
