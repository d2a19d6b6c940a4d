//! A stated number as a parameter: what it is today, how far it can be turned, and how.
//!
//! In: numbers, and a turn. Out: the numbers turned. A parameter turns all that its clause states, in
//! every horizon, by equally many decibans, as the clause's range would: a weight's ratio, a
//! chance's odds. A count's or an overlap's turn is what it takes from, or adds to, the strongest push
//! that it scales. What is `certain` or `impossible` is so by definition, and stays.

use crate::model::{AfterSpec, Numbers};
use crate::resolve::assessment::{After, DriverId};
use crate::strengths::DECIBAN;
use serde::Serialize;

/// Weights are tried up to this, for and against, in decibans: odds of 10,000, beyond which no evidence goes.
pub const MOST_WEIGHT: f64 = 40.0;
/// Chances and priors are tried from this to its complement: a smaller one nobody could tell from it.
pub const LEAST_CHANCE: f64 = 0.001;
/// Counts are tried from 0 to this.
pub const MOST_COUNT: f64 = 2.0;
/// Rates of so many times a year are tried this many decibans up and down.
pub const MOST_RATE: f64 = 30.0;
/// Moves are tried up to so many standard deviations of the quantity before the reasons, up and down.
pub const MOST_MOVE: f64 = 4.0;
/// One standard deviation of a quantity counts for so many decibans: a strong reason moves a chance about as far.
pub const PER_SPREAD: f64 = 10.0;

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// In decibans; below 0 it is turned round, from `for` to `against` or back.
    Weight,
    /// A share of 1.
    Likelihood,
    /// A share of 1.
    Chance,
    /// A share of 1.
    Holds,
    /// A share of 1 per year.
    PerYear,
    /// Times a year.
    Times,
    /// A share of 1.
    Prior,
    /// A share of 1, possibly more.
    Count,
    /// A share of 1.
    Overlap,
    /// In the quantity's unit; of one that stays above 0 as a share of itself, 0.2 for +20%.
    Move,
}

/// One clause's numbers.
#[derive(Debug, Clone)]
pub struct Parameter {
    /// What it is.
    pub kind: Kind,
    /// Its clause, such as `congress weight against exit`.
    pub label: String,
    /// Whose number it is; none for a prior and an overlap.
    pub driver: Option<DriverId>,
    /// Whether a weight is `against`.
    pub(crate) against: bool,
    /// By horizon what it is today; none where the clause says nothing. A weight is the ln of its ratio, below 0 where it is
    /// turned round; a move of what stays above 0 the ln of a ratio, too.
    pub today: Vec<Option<f64>>,
    /// By horizon the furthest turns, down and up, in decibans.
    pub reach: Vec<(f64, f64)>,
    /// By horizon the ends of the range that the clause states, in its own unit; none where it states
    /// one number.
    pub(crate) range: Vec<Option<(f64, f64)>>,
    pub(super) edit: Edit,
}

/// Where its numbers stand, and how they are written anew.
#[derive(Debug, Clone)]
pub(super) enum Edit {
    Pushes {
        pushes: Vec<usize>,
        factor: f64,
    },
    Likelihood {
        pushes: Vec<(usize, usize)>,
        outcome: usize,
        discount: f64,
        chances: Vec<f64>,
    },
    Row(usize),
    Rate(usize, Vec<f64>),
    /// The outcome in its row, and those that make room for it.
    Prior(usize, Vec<usize>),
    /// What a trigger does, and as stated.
    After(usize, After),
    Count {
        count: usize,
        strongest: f64,
    },
    Overlap {
        group: usize,
        strongest: f64,
    },
    /// The pushes, what a rating leaves of them, by horizon what one deciban moves, and whether on a
    /// scale of logarithms.
    Moves {
        pushes: Vec<usize>,
        factor: f64,
        each: Vec<f64>,
        log: bool,
    },
}

/// Log-odds in decibans. 0% and 100%, which have none, are turned from the ends of what is tried.
pub(super) fn logit(p: f64) -> f64 {
    let p = match p {
        p if p <= 0.0 => LEAST_CHANCE,
        p if p >= 1.0 => 1.0 - LEAST_CHANCE,
        p => p,
    };
    libm::log(p / (1.0 - p)) / DECIBAN
}

/// A chance that is turned, within what is tried; what lies beyond today may stay there.
pub(super) fn turned(p: f64, by: f64) -> f64 {
    let turned = 1.0 / (1.0 + libm::exp(-(logit(p) + by) * DECIBAN));
    let (mut least, mut most) = (LEAST_CHANCE, 1.0 - LEAST_CHANCE);
    if 0.0 < p && p < 1.0 {
        (least, most) = (least.min(p), most.max(p));
    }
    turned.clamp(least, most)
}

/// How far the log-odds of `p` can go, up to `most`.
pub(super) fn odds_reach(p: f64, most: f64) -> (f64, f64) {
    let most = most.min(1.0 - LEAST_CHANCE);
    let up = if most <= 0.0 {
        0.0
    } else {
        (logit(most) - logit(p)).max(0.0)
    };
    ((logit(LEAST_CHANCE) - logit(p)).min(0.0), up)
}

impl Parameter {
    /// Whether a value lies within the range that the clause states for a horizon; none where it states
    /// one number.
    pub fn is_within(&self, horizon: usize, value: f64) -> Option<bool> {
        /// Sums of doubles miss by less.
        const ROUNDING: f64 = 1e-9;
        let (low, high) = self.range[horizon]?;
        Some(low - ROUNDING <= value && value <= high + ROUNDING)
    }

    /// Of a move: whether it is one of a share of the number itself, such as +20%.
    pub fn is_of_itself(&self) -> bool {
        matches!(self.edit, Edit::Moves { log: true, .. })
    }

    /// Where a prior stands.
    pub(super) fn prior(&self) -> Option<usize> {
        match self.edit {
            Edit::Prior(place, _) => Some(place),
            _ => None,
        }
    }

    /// The outcome whose prior it is, by its place, and those that make room for it.
    pub(super) fn prior_of(&self) -> Option<(usize, &[usize])> {
        match &self.edit {
            Edit::Prior(place, others) => Some((*place, others)),
            _ => None,
        }
    }

    /// The one row whose chances it turns.
    pub(super) fn row(&self) -> Option<usize> {
        match self.edit {
            Edit::Row(row) | Edit::Rate(row, _) => Some(row),
            _ => None,
        }
    }

    /// Of a weight what a rating leaves of it.
    pub(super) fn weighs(&self) -> Option<f64> {
        match self.edit {
            Edit::Pushes { factor, .. } => Some(factor),
            _ => None,
        }
    }

    /// Which overlap it is.
    pub(super) fn group(&self) -> Option<usize> {
        match self.edit {
            Edit::Overlap { group, .. } => Some(group),
            _ => None,
        }
    }

    /// The pushes that it turns.
    pub(super) fn pushes(&self) -> Vec<usize> {
        match &self.edit {
            Edit::Pushes { pushes, .. } | Edit::Moves { pushes, .. } => pushes.clone(),
            Edit::Likelihood { pushes, .. } => pushes.iter().map(|p| p.1).collect(),
            _ => Vec::new(),
        }
    }

    /// What it is at a horizon after a turn of `by` decibans.
    pub fn value(&self, horizon: usize, by: f64) -> Option<f64> {
        let today = self.today[horizon]?;
        Some(match (self.kind, &self.edit) {
            (Kind::Weight, _) => today + by * DECIBAN,
            (Kind::Times, _) => today * libm::exp(by * DECIBAN),
            (Kind::Move, Edit::Moves { each, .. }) => today + by * each[horizon],
            (Kind::Count, Edit::Count { strongest, .. }) => (today + by / strongest).max(0.0),
            (Kind::Overlap, Edit::Overlap { strongest, .. }) => {
                (today + by / strongest).clamp(0.0, 1.0)
            }
            _ => turned(today, by),
        })
    }

    /// Writes the turned number over today's.
    pub(super) fn turn(&self, point: &Numbers, by: f64, numbers: &mut Numbers) {
        numbers.copy(point);
        self.write(point, by, numbers);
    }

    /// The same of numbers that this parameter alone was turned in, where it is one row.
    pub(super) fn turn_row(&self, point: &Numbers, row: usize, by: f64, numbers: &mut Numbers) {
        let own = row * point.times..(row + 1) * point.times;
        numbers.rows[own.clone()].copy_from_slice(&point.rows[own]);
        if by != 0.0 {
            self.write(point, by, numbers);
        }
    }

    /// Turns today's numbers.
    fn write(&self, point: &Numbers, by: f64, numbers: &mut Numbers) {
        let times = point.times;
        match &self.edit {
            Edit::Pushes { pushes, factor } => {
                for push in pushes {
                    for (h, today) in self.today.iter().enumerate() {
                        if today.is_some() {
                            numbers.pushes[push * times + h + 1] += factor * by * DECIBAN;
                        }
                    }
                }
            }
            Edit::Moves {
                pushes,
                factor,
                each,
                ..
            } => {
                for push in pushes {
                    for (h, today) in self.today.iter().enumerate() {
                        if today.is_some() {
                            numbers.pushes[push * times + h + 1] += factor * by * each[h];
                        }
                    }
                }
            }
            Edit::Likelihood {
                pushes,
                outcome,
                discount,
                chances,
            } => {
                // By their places among the question's judged outcomes.
                let mut chances = chances.clone();
                chances[*outcome] = turned(chances[*outcome], by);
                let logs: Vec<f64> = chances.iter().map(|c| libm::log(*c)).collect();
                let mean = logs.iter().sum::<f64>() / logs.len() as f64;
                for (o, push) in pushes {
                    numbers.pushes[push * times + 1..][..times - 1]
                        .fill(discount * (logs[*o] - mean));
                }
            }
            Edit::Row(row) => {
                for (h, c) in numbers.rows[row * times..][..times].iter_mut().enumerate() {
                    let is_turned = match h.checked_sub(1) {
                        Some(h) => self.today[h].is_some(),
                        None => *c > 0.0,
                    };
                    if is_turned {
                        *c = turned(*c, by);
                    }
                }
            }
            Edit::Rate(row, years) => {
                let rate = self.value(0, by).unwrap_or(0.0);
                for (c, years) in numbers.rows[row * times..][..times].iter_mut().zip(years) {
                    *c = match self.kind {
                        Kind::PerYear => 1.0 - libm::pow(1.0 - rate, *years),
                        _ => -libm::expm1(-rate * years),
                    };
                }
            }
            Edit::Prior(outcome, others) => {
                for h in (1..times).filter(|h| self.today[h - 1].is_some()) {
                    let new = turned(point.prior_at(*outcome, h), by);
                    let shared: f64 = others.iter().map(|&o| point.prior_at(o, h)).sum();
                    let left = shared + point.prior_at(*outcome, h) - new;
                    for &o in others {
                        let share = point.prior_at(o, h) / shared;
                        numbers.prior[o * times + h] = (left * share).max(0.0);
                    }
                    numbers.prior[outcome * times + h] = new;
                }
            }
            Edit::After(after, stated) => {
                let mut stated = stated.clone();
                match &mut stated {
                    After::PerYear(rate) | After::Times(rate) => {
                        rate.point = self.value(0, by).unwrap_or(rate.point);
                    }
                    After::Steps(steps) => {
                        for step in steps.iter_mut().filter(|s| !s.chance.is_definite()) {
                            step.chance.point = turned(step.chance.point, by);
                        }
                    }
                }
                numbers.afters[*after] = AfterSpec::new(&stated, 0).at(None);
            }
            Edit::Count { count, .. } => {
                for h in 0..self.today.len() {
                    if let Some(value) = self.value(h, by) {
                        numbers.counts[count * times + h + 1] = value;
                    }
                }
            }
            Edit::Overlap { group, .. } => {
                if let Some(value) = self.value(0, by) {
                    numbers.shares[*group] = value;
                }
            }
        }
    }
}
