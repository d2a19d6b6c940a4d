//! Which strengths the record supports: how often a reason was there where an outcome came true, and
//! where it did not.
//!
//! In: cases of files that share drivers by name. Out: for each driver and outcome a likelihood ratio
//! by counts with Jeffreys' prior (1946), with an interval (Katz et al. 1978), beside the stated one.

use super::case::{Case, Kind};
use super::{Estimate, FEW, Z975};
use std::collections::{BTreeMap, BTreeSet};

/// A driver of one forecast.
#[derive(Debug, Clone, PartialEq)]
pub struct Push {
    /// Its name.
    pub(crate) driver: String,
    /// Whether a file that does not name it has not seen it: of a reason that is no question of time.
    pub(crate) is_reason: bool,
    /// Whether it was so; none where nobody knows.
    pub(crate) seen: Option<bool>,
    /// ln of the stated ratio, by outcome of the question; none where nothing is stated.
    pub(crate) stated: Vec<Option<f64>>,
}

/// What the record says of a driver and an outcome.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratio {
    pub(crate) driver: String,
    pub(crate) outcome: String,
    /// Where the outcome came true: seen in how many files, of how many.
    pub(crate) came: (f64, f64),
    /// Where it did not.
    pub(crate) stayed: (f64, f64),
    /// The likelihood ratio of the record.
    pub(crate) record: Estimate,
    /// The geometric mean of those that are stated, and by how many files.
    pub(crate) stated: (f64, u64),
}

impl Ratio {
    /// How many files.
    pub fn files(&self) -> f64 {
        self.came.1 + self.stayed.1
    }

    /// What may be said of the stated ratio.
    pub fn verdict(&self) -> &'static str {
        let seen = self.came.0 + self.stayed.0;
        if seen == self.files() {
            "seen in all files"
        } else if self.files() < FEW as f64 {
            "too few to say"
        } else if self.stated.0 < self.record.low {
            "too weak"
        } else if self.stated.0 > self.record.high {
            "too strong"
        } else {
            "—"
        }
    }
}

/// Every driver that two files or more name, by the last horizon of each question that is settled.
pub fn ratios(cases: &[Case]) -> Vec<Ratio> {
    let mut last: BTreeMap<(&str, &str), &Case> = BTreeMap::new();
    for case in cases.iter().filter(|c| c.kind == Kind::Outcomes) {
        let slot = last.entry((&case.file, &case.id)).or_insert(case);
        let order = |c: &Case| (c.length, c.horizon.clone());
        if order(case) > order(slot) {
            *slot = case;
        }
    }
    let cases: Vec<&Case> = last.into_values().collect();
    let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
    for case in &cases {
        for push in &case.pushes {
            let stated = case.outcomes.iter().zip(&push.stated);
            let named = stated.filter(|(_, ln)| ln.is_some());
            pairs.extend(named.map(|(outcome, _)| (push.driver.as_str(), outcome.as_str())));
        }
    }
    let each = pairs.into_iter();
    each.filter_map(|(driver, outcome)| ratio(&cases, driver, outcome))
        .collect()
}

fn ratio(cases: &[&Case], driver: &str, outcome: &str) -> Option<Ratio> {
    let own = |c: &Case| c.pushes.iter().position(|p| p.driver == driver);
    let naming: Vec<&Push> = cases
        .iter()
        .filter_map(|c| Some(&c.pushes[own(c)?]))
        .collect();
    if naming.len() < 2 {
        return None;
    }
    let is_reason = naming.iter().all(|p| p.is_reason);
    let (mut came, mut stayed) = ((0.0, 0.0), (0.0, 0.0));
    let (mut logs, mut stating) = (0.0, 0);
    for case in cases {
        let Some(place) = case.outcomes.iter().position(|o| o == outcome) else {
            continue;
        };
        let push = own(case).map(|i| &case.pushes[i]);
        let seen = match push {
            Some(push) => push.seen,
            None => is_reason.then_some(false),
        };
        if let Some(ln) = push.and_then(|p| p.stated[place]) {
            logs += ln;
            stating += 1;
        }
        let Some(seen) = seen else { continue };
        let (share, seen) = (case.truth[place], f64::from(u8::from(seen)));
        came = (came.0 + share * seen, came.1 + share);
        stayed = (stayed.0 + (1.0 - share) * seen, stayed.1 + 1.0 - share);
    }
    (came.1 + stayed.1 > 0.0).then(|| Ratio {
        driver: driver.to_owned(),
        outcome: outcome.to_owned(),
        came,
        stayed,
        record: of_counts(came, stayed),
        stated: (
            libm::exp(logs / f64::from(stating)),
            u64::from(stating as u32),
        ),
    })
}

/// The likelihood ratio of counts: seen of all where it came true, and where it did not.
pub fn of_counts((a, n): (f64, f64), (b, m): (f64, f64)) -> Estimate {
    let value = (a + 0.5) / (n + 1.0) / ((b + 0.5) / (m + 1.0));
    let variance = 1.0 / (a + 0.5) - 1.0 / (n + 1.0) + 1.0 / (b + 0.5) - 1.0 / (m + 1.0);
    let times = libm::exp(Z975 * libm::sqrt(variance));
    Estimate {
        value,
        low: value / times,
        high: value * times,
    }
}
