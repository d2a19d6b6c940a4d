//! Weights for histories under which what is known exactly comes out exactly (calibration: Deville and Särndal 1992).
//!
//! In: by history the share that each outcome had if what holds at a horizon's end had held all along, what it has, and the
//! exact means of the former. Out: a weight for each history, 1 + λ·(x − x̄), under which the controls have their exact means; the
//! estimates are then those of a regression on the controls. All numbers of a verdict are means under the same weights,
//! so that outcomes still add up to 1, what has ended never falls, and contributions add up.

use super::known::Means;
use crate::infer::question::replicates::REPLICATES;

/// Controls, at most: their products are added up for each history.
const MOST: usize = 48;

/// Controls of all histories that are kept, to know the least weight: of more, it is known by the range of each control alone.
pub(super) const KEPT: usize = 1 << 20;

/// Histories for each control that is used, at least.
const EACH: f64 = 20.0;

/// A control of which the others leave so small a share of its variance says nothing of its own.
const LEAST: f64 = 1e-8;

/// A control has to vary by so many times what its exact mean may be off.
const DULL: f64 = 100.0;

/// Variances that are no more than this are rounding.
const ROUNDING: f64 = 1e-14;

/// Sums of controls and their products over histories.
#[derive(Debug, Clone, Default)]
pub(super) struct Controlled {
    controls: usize,
    shown: usize,
    /// By replicate and control Σ x.
    replicates: Vec<f64>,
    /// Σ xx by control, then Σ xy.
    products: Vec<f64>,
    /// The least and the most of each control.
    range: Vec<[f64; 2]>,
    /// By history, as far as they are kept: so many numbers.
    kept: Vec<f64>,
    keeps: usize,
    /// How many histories there are.
    histories: usize,
}

/// What makes a history's weight.
#[derive(Debug, Clone, Default)]
pub(super) struct Calibration {
    lambda: Vec<f64>,
    mean: Vec<f64>,
    /// Whether all controls come out exactly.
    complete: bool,
}

/// What histories weigh.
#[derive(Debug, Clone, Default)]
pub(super) struct Calibrations {
    /// In all cases.
    pub(super) all: Calibration,
    /// By horizon, where the first condition holds at its end; empty where nothing is given.
    pub(super) given: Vec<Calibration>,
}

impl Calibrations {
    /// Whether no history counts for more or less than another.
    pub(super) fn is_plain(&self) -> bool {
        self.all.is_plain() && self.given.iter().all(Calibration::is_plain)
    }
}

/// How means move, and what is left of their errors.
pub(super) struct Settled {
    pub(super) calibration: Calibration,
    /// By number that is shown: what is added to its mean.
    pub(super) moved: Vec<f64>,
    /// By number that is shown: what of its variance the controls explain.
    pub(super) told: Vec<f64>,
    /// By number that is shown and control: the regression.
    pub(super) slopes: Vec<f64>,
    /// By replicate and control, the mean.
    pub(super) means: Vec<f64>,
    /// How many controls are used.
    pub(super) used: usize,
}

impl Calibration {
    /// Whether no history counts for more or less than another.
    pub(super) fn is_plain(&self) -> bool {
        self.lambda.iter().all(|l| *l == 0.0)
    }

    /// Whether all controls come out exactly, not only those that were used.
    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    /// What a history with these controls counts for, the last of which are those that matter.
    pub(super) fn weight(&self, controls: &[f64]) -> f64 {
        let controls = &controls[controls.len() - self.lambda.len()..];
        let each = self.lambda.iter().zip(controls).zip(&self.mean);
        each.fold(1.0, |sum, ((l, x), mean)| sum + l * (x - mean))
    }
}

impl Controlled {
    /// For so many controls and so many numbers that histories show; nothing where that is too much.
    pub(super) fn new(controls: usize, shown: usize) -> Controlled {
        Controlled::keeping(controls, shown, KEPT)
    }

    /// The same where others keep controls of histories beside them.
    pub(super) fn keeping(controls: usize, shown: usize, keeps: usize) -> Controlled {
        if controls > MOST {
            return Controlled::default();
        }
        Controlled {
            controls,
            shown,
            replicates: vec![0.0; controls * REPLICATES],
            products: vec![0.0; controls * (controls + shown)],
            range: vec![[f64::INFINITY, f64::NEG_INFINITY]; controls],
            kept: Vec::new(),
            keeps,
            histories: 0,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.controls == 0
    }

    /// How many controls there are.
    pub(super) fn controls(&self) -> usize {
        self.controls
    }

    /// The same without what was added up.
    pub(super) fn emptied(&self) -> Controlled {
        Controlled::keeping(self.controls, self.shown, self.keeps)
    }

    pub(super) fn len(&self) -> usize {
        self.replicates.len() + self.products.len()
    }

    pub(super) fn add(&mut self, other: &Controlled) {
        let own = self.replicates.iter_mut().chain(&mut self.products);
        let others = other.replicates.iter().chain(&other.products);
        own.zip(others).for_each(|(sum, x)| *sum += x);
        for (own, other) in self.range.iter_mut().zip(&other.range) {
            *own = [own[0].min(other[0]), own[1].max(other[1])];
        }
        if self.kept.len() + other.kept.len() <= self.keeps {
            self.kept.extend(&other.kept);
        }
        self.histories += other.histories;
    }

    /// One history: its replicate, what it weighs, its controls, and what it shows.
    pub(super) fn history(
        &mut self,
        (replicate, weight): (usize, f64),
        controls: &[f64],
        shown: impl Iterator<Item = f64> + Clone,
    ) {
        let count = self.controls;
        let own = &mut self.replicates[replicate * count..][..count];
        for ((sum, range), x) in own.iter_mut().zip(&mut self.range).zip(controls) {
            *sum += weight * x;
            *range = [range[0].min(*x), range[1].max(*x)];
        }
        self.histories += 1;
        if self.kept.len() + count <= self.keeps {
            self.kept.extend(controls);
        }
        let (squares, with) = self.products.split_at_mut(count * count);
        for (i, x) in controls.iter().enumerate() {
            let x = weight * x;
            for (sum, y) in squares[i * count..][..count].iter_mut().zip(controls) {
                *sum += x * y;
            }
            let with = with[i * self.shown..][..self.shown].iter_mut();
            for (sum, y) in with.zip(shown.clone()) {
                *sum += x * y;
            }
        }
    }

    /// What the controls tell, if their exact means are these and those of what is shown over histories of so large a weight, which
    /// count for so many, are `shown`.
    pub(super) fn settle(
        &self,
        exact: &Means,
        (samples, effective): (f64, f64),
        shown: &[f64],
    ) -> Option<Settled> {
        let count = self.controls;
        let most = count.min((effective / EACH) as usize);
        let own = self.replicates.chunks_exact(count.max(1));
        let mean: Vec<f64> = own.fold(vec![0.0; count], |mut mean, at| {
            mean.iter_mut().zip(at).for_each(|(m, x)| *m += x / samples);
            mean
        });
        // A weight must not turn negative: else fewer controls are used.
        (1..=most)
            .rev()
            .find_map(|most| self.solve(exact, samples, (shown, &mean), most))
    }

    fn solve(
        &self,
        exact: &Means,
        samples: f64,
        (shown, mean): (&[f64], &[f64]),
        most: usize,
    ) -> Option<Settled> {
        let (count, numbers) = (self.controls, self.shown);
        // Covariances of the controls; behind them what their means miss, and covariances with what is shown.
        let width = count + 1 + numbers;
        let mut rows = vec![0.0; count * width];
        let (squares, with) = self.products.split_at(count * count);
        for i in 0..count {
            let row = &mut rows[i * width..][..width];
            for j in 0..count {
                row[j] = squares[i * count + j] / samples - mean[i] * mean[j];
            }
            // What varies by no more than that is hardly told from what its mean may be off.
            if row[i] <= (DULL * exact.error).powi(2).max(ROUNDING) {
                row.fill(0.0);
            }
            row[count] = exact.of[i] - mean[i];
            for (q, y) in shown.iter().enumerate() {
                row[count + 1 + q] = with[i * numbers + q] / samples - mean[i] * y;
            }
        }
        let with: Vec<f64> = rows
            .chunks_exact(width)
            .flat_map(|row| row[count + 1..].iter().copied())
            .collect();
        let used = eliminate(&mut rows, count, width, most);
        let lambda: Vec<f64> = (0..count)
            .map(|i| {
                if used[i] {
                    rows[i * width + count]
                } else {
                    0.0
                }
            })
            .collect();
        let calibration = Calibration {
            complete: most == count,
            mean: mean.to_vec(),
            lambda,
        };
        let lambda = &calibration.lambda;
        if self.least(&calibration) <= 0.0 || lambda.iter().any(|l| !l.is_finite()) {
            return None;
        }
        let moved = (0..numbers).map(|q| {
            let each = lambda.iter().enumerate();
            each.map(|(i, l)| l * with[i * numbers + q]).sum()
        });
        let moved = moved.collect();
        let slope = |q: usize, i: usize| match used[i] {
            true => rows[i * width + count + 1 + q],
            false => 0.0,
        };
        let told = (0..numbers).map(|q| {
            let each = (0..count).map(|i| slope(q, i) * with[i * numbers + q]);
            each.sum()
        });
        let told = told.collect();
        let replicate = samples / REPLICATES as f64;
        Some(Settled {
            moved,
            told,
            slopes: (0..numbers)
                .flat_map(|q| (0..count).map(move |i| slope(q, i)).collect::<Vec<_>>())
                .collect(),
            means: self.replicates.iter().map(|x| x / replicate).collect(),
            used: used.iter().filter(|used| **used).count(),
            calibration,
        })
    }

    /// The least weight, or less.
    fn least(&self, calibration: &Calibration) -> f64 {
        if self.kept.len() == self.histories * self.controls {
            let all = self.kept.chunks_exact(self.controls);
            let weights = all.map(|controls| calibration.weight(controls));
            return weights.fold(f64::INFINITY, f64::min);
        }
        let each = calibration.lambda.iter().zip(&self.range);
        let each = each.zip(&calibration.mean);
        each.fold(1.0, |sum, ((l, range), mean)| {
            sum + (l * (range[0] - mean)).min(l * (range[1] - mean))
        })
    }
}

impl Settled {
    /// What the controls explain of a number's mean in one replicate.
    pub(super) fn explained(&self, number: usize, replicate: usize) -> f64 {
        let count = self.calibration.lambda.len();
        let slopes = &self.slopes[number * count..][..count];
        let means = &self.means[replicate * count..][..count];
        slopes.iter().zip(means).map(|(b, x)| b * x).sum()
    }

    /// The same of its mean over all of them.
    pub(super) fn explained_of_all(&self, number: usize) -> f64 {
        let mean = &self.calibration.mean;
        let slopes = &self.slopes[number * mean.len()..][..mean.len()];
        slopes.iter().zip(mean).map(|(b, x)| b * x).sum()
    }

    /// How far a number may be off since each control's exact mean may be so far off.
    pub(super) fn inexact(&self, number: usize, error: f64) -> f64 {
        let count = self.calibration.lambda.len();
        let slopes = &self.slopes[number * count..][..count];
        error * slopes.iter().map(|b| b.abs()).sum::<f64>()
    }
}

/// Solves for all that stands behind the controls, by those first of which the others leave most; which were used, no more
/// than `most`.
pub(super) fn eliminate(rows: &mut [f64], count: usize, width: usize, most: usize) -> Vec<bool> {
    let sizes: Vec<f64> = (0..count).map(|i| rows[i * width + i]).collect();
    let mut used = vec![false; count];
    for _ in 0..most {
        let left = |k: &usize| rows[k * width + k] / sizes[*k];
        let open = (0..count).filter(|k| !used[*k] && sizes[*k] > f64::MIN_POSITIVE);
        let Some(k) = open.max_by(|a, b| left(a).total_cmp(&left(b)).then(b.cmp(a))) else {
            break;
        };
        let pivot = rows[k * width + k];
        if pivot <= LEAST * sizes[k] {
            break;
        }
        used[k] = true;
        rows[k * width..][..width]
            .iter_mut()
            .for_each(|x| *x /= pivot);
        let own = rows[k * width..][..width].to_vec();
        for i in (0..count).filter(|i| *i != k) {
            let factor = rows[i * width + k];
            for (x, own) in rows[i * width..][..width].iter_mut().zip(&own) {
                *x -= factor * own;
            }
        }
    }
    used
}

#[cfg(test)]
mod tests {
    use super::{Controlled, Means, REPLICATES};

    fn exact(of: [f64; 3], error: f64) -> Means {
        let of = of.to_vec();
        Means { of, error }
    }

    /// Two controls, a third that says what the first does, and two numbers that follow from them.
    fn history(i: u32) -> ([f64; 3], [f64; 2]) {
        let (x, y) = (f64::from(i * 7 % 11) / 20.0, f64::from(i * 5 % 13) / 30.0);
        (
            [x, y, 1.0 - x],
            [0.1 + x * 0.5 + y * 0.25, 0.9 - x * 0.5 - y * 0.25],
        )
    }

    fn controlled(samples: u32) -> (Controlled, [f64; 2]) {
        let mut controlled = Controlled::new(3, 2);
        let mut means = [0.0; 2];
        for i in 0..samples {
            let (controls, shown) = history(i);
            controlled.history((i as usize % REPLICATES, 1.0), &controls, shown.into_iter());
            (0..2).for_each(|q| means[q] += shown[q] / f64::from(samples));
        }
        (controlled, means)
    }

    #[test]
    fn what_follows_from_controls_is_exact() {
        let (controlled, means) = controlled(256);
        let found = controlled.settle(&exact([0.26, 0.21, 0.74], 0.0), (256.0, 256.0), &means);
        let found = found.expect("the controls miss by little");
        assert_eq!(found.used, 2);
        let told = 0.1 + 0.26 * 0.5 + 0.21 * 0.25;
        assert!((means[0] + found.moved[0] - told).abs() < 1e-12);
        assert!((found.moved[0] + found.moved[1]).abs() < 1e-12);
        // The same by weights, history by history.
        let weight = |i| found.calibration.weight(&history(i).0);
        let all: f64 = (0..256).map(weight).sum();
        let mean: f64 = (0..256).map(|i| weight(i) * history(i).1[0]).sum();
        assert!((all - 256.0).abs() < 1e-9 && (mean / 256.0 - told).abs() < 1e-12);
        assert!((0..256).all(|i| weight(i) > 0.0));
    }

    #[test]
    fn weights_never_turn_negative_and_controls_are_never_too_many() {
        let (most, means) = controlled(256);
        assert!(
            most.settle(&exact([0.9, 0.9, 0.1], 0.0), (256.0, 256.0), &means)
                .is_none()
        );
        let (few, means) = controlled(32);
        let found = few.settle(&exact([0.26, 0.21, 0.74], 0.0), (32.0, 32.0), &means);
        assert_eq!(found.map(|found| found.used), Some(1));
    }

    /// Two controls that hardly vary, one of which misses by more than that.
    #[test]
    fn what_hardly_varies_moves_nothing() {
        let mut controlled = Controlled::new(2, 1);
        for i in 0..256 {
            let x = f64::from(i % 2);
            let controls = [0.3 + x * 1e-16, 0.5 + x * 1e-6];
            controlled.history((i as usize % REPLICATES, 1.0), &controls, [x].into_iter());
        }
        let of = vec![0.3, 0.5 + 0.6e-6];
        let means = Means { of, error: 1e-7 };
        let found = controlled.settle(&means, (256.0, 256.0), &[0.5]);
        assert!(found.is_some_and(|found| found.used == 0 && found.moved == [0.0]));
    }
}
