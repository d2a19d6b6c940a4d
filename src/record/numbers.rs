//! How good forecasts of numbers turned out to be.
//!
//! In: cases of quantities, file by file. Out: how often the truth lay inside central intervals, the
//! continuous ranked probability score by unit, and the skill against what was said before the reasons.

use super::Estimate;
use super::bins::wilson;
use super::case::{Case, Figure};
use super::skill::{self, Cost};
use std::collections::BTreeMap;

/// The central intervals that are looked at.
pub const LEVELS: [f64; 3] = [0.5, 0.8, 0.9];

/// The figures of quantities.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbers {
    /// How many.
    pub(crate) cases: u64,
    /// In how many files.
    pub(crate) files: u64,
    /// By level of [`LEVELS`] how often the truth lay inside.
    pub(crate) inside: Vec<(f64, Estimate)>,
    /// How often it lay below the median.
    pub(crate) below: Estimate,
    /// Skill by the CRPS against the distribution before the reasons, each case divided by the width of
    /// that one's 90% interval, so that units do not weigh.
    pub(crate) skill: Option<Estimate>,
    /// By unit.
    pub(crate) units: Vec<OfUnit>,
}

/// The figures of quantities in one unit.
#[derive(Debug, Clone, PartialEq)]
pub struct OfUnit {
    /// The unit; empty where none is stated.
    pub(crate) unit: String,
    /// How many.
    pub(crate) cases: u64,
    /// The mean CRPS, in the unit.
    pub(crate) crps: f64,
    /// The same of the distributions before the reasons.
    pub(crate) before: f64,
    /// The mean score of the 90% interval, in the unit.
    pub(crate) interval: f64,
    /// How far the median lay from the truth, on average.
    pub(crate) off: f64,
}

/// What is kept of them.
#[derive(Debug, Default)]
pub struct Tally {
    cases: u64,
    inside: [f64; 3],
    below: f64,
    files: Vec<Cost>,
    units: BTreeMap<String, OfUnit>,
}

impl Tally {
    /// Takes the cases of one file.
    pub fn add(&mut self, cases: &[&Case]) {
        if cases.is_empty() {
            return;
        }
        let mut cost = Cost::default();
        for case in cases {
            let x = case.truth[0];
            let mean =
                |of: &dyn Fn(&Figure) -> f64| case.mean(|f| f.number.as_ref().map_or(0.0, of));
            self.cases += 1;
            for (sum, level) in self.inside.iter_mut().zip(LEVELS) {
                let tail = 0.5 * (1.0 - level);
                *sum += mean(&|n| f64::from(u8::from(n.place >= tail && n.place <= 1.0 - tail)));
            }
            self.below += mean(&|n| match n.place {
                0.5 => 0.5,
                place => f64::from(u8::from(place < 0.5)),
            });
            cost.score += mean(&|n| n.crps / n.width);
            cost.reference += mean(&|n| n.before / n.width);
            let unit = case.unit.clone().unwrap_or_default();
            let part = self.units.entry(unit.clone()).or_insert(OfUnit {
                unit,
                cases: 0,
                crps: 0.0,
                before: 0.0,
                interval: 0.0,
                off: 0.0,
            });
            part.cases += 1;
            part.crps += mean(&|n| n.crps);
            part.before += mean(&|n| n.before);
            part.interval += mean(&|n| super::quantity::interval(x, n.low, n.high, 0.1));
            part.off += mean(&|n| (n.median - x).abs());
        }
        self.files.push(cost);
    }

    /// Their figures; none without a case.
    pub fn figures(self, seed: u64) -> Option<Numbers> {
        let n = self.cases as f64;
        let inside = LEVELS.into_iter().zip(self.inside);
        let units = self.units.into_values().map(|u| {
            let n = u.cases as f64;
            OfUnit {
                crps: u.crps / n,
                before: u.before / n,
                interval: u.interval / n,
                off: u.off / n,
                ..u
            }
        });
        (self.cases > 0).then(|| Numbers {
            cases: self.cases,
            files: self.files.len() as u64,
            inside: inside.map(|(level, k)| (level, wilson(k, n))).collect(),
            below: wilson(self.below, n),
            skill: skill::with_interval(&self.files, seed),
            units: units.collect(),
        })
    }
}
