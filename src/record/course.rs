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
    pub name: String,
    /// How many cases.
    pub cases: u64,
    /// The mean Brier score of yes or no, with a 95% interval; none of a single case.
    pub brier: Estimate,
}

/// What was settled in each time, in order; times in which nothing was are left out.
pub fn course(cases: &[Case]) -> Vec<Period> {
    let scored: Vec<&Case> = cases.iter().filter(|c| c.days() > 0.0).collect();
    let quarter = |c: &Case| (c.settled.year(), (c.settled.month() - 1) / 3 + 1);
    let by = |of: &dyn Fn(&Case) -> (i16, i8)| {
        let mut parts: BTreeMap<(i16, i8), Vec<f64>> = BTreeMap::new();
        for case in &scored {
            parts.entry(of(case)).or_default().push(score(case));
        }
        parts
    };
    let quarters = by(&quarter);
    let parts = match quarters.len() > QUARTERS {
        true => by(&|c| (c.settled.year(), 0)),
        false => quarters,
    };
    let each = parts.into_iter().map(|((year, quarter), scores)| Period {
        name: match quarter {
            0 => year.to_string(),
            q => format!("{year} Q{q}"),
        },
        cases: scores.len() as u64,
        brier: mean(scores),
    });
    each.collect()
}

/// The mean over all outcomes one by one, or of yes.
fn score(case: &Case) -> f64 {
    let points = case.points();
    let weight: f64 = points.iter().map(|p| p.2).sum();
    let costs = points
        .iter()
        .map(|&(p, y, w)| w * rules::brier_of_one(p, y));
    costs.sum::<f64>() / weight
}

fn mean(mut scores: Vec<f64>) -> Estimate {
    // Sums in floating point follow their order.
    scores.sort_by(f64::total_cmp);
    let n = scores.len() as f64;
    let value = scores.iter().sum::<f64>() / n;
    let squares: f64 = scores.iter().map(|s| (s - value) * (s - value)).sum();
    let half = match scores.len() {
        1 => 0.0,
        _ => Z975 * libm::sqrt(squares / (n - 1.0) / n),
    };
    Estimate {
        value,
        low: (value - half).max(0.0),
        high: (value + half).min(1.0),
    }
}
