//! Shares that are known exactly, and that what histories show goes along with (control variates; Owen 2013, section 8.9).
//!
//! In: by history the share that each outcome had if what holds at a horizon's end had held all along, what it has, and the
//! exact means of the former. Out: estimates with smaller errors. All numbers of a verdict lean on the same controls, so that
//! each is the same weighted mean over histories: outcomes still add up to 1, and what has ended never falls.

/// Controls, at most: their products are added up for each history.
const MOST: usize = 48;

/// Histories for each of them, at least.
const EACH: f64 = 16.0;

/// Controls that the others tell but for so little of their variance say nothing.
const LEAST: f64 = 1e-9;

/// Sums of products over histories.
#[derive(Debug, Clone, Default)]
pub(super) struct Controlled {
    controls: usize,
    shown: usize,
    /// Σ x, Σ xx by control, Σ xy by control.
    sums: Vec<f64>,
}

impl Controlled {
    /// For so many controls and so many numbers that histories show; nothing where that is too much.
    pub(super) fn new(controls: usize, shown: usize) -> Controlled {
        if controls > MOST {
            return Controlled::default();
        }
        Controlled {
            controls,
            shown,
            sums: vec![0.0; controls * (1 + controls + shown)],
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.controls == 0
    }

    /// The same without what was added up.
    pub(super) fn emptied(&self) -> Controlled {
        Controlled::new(self.controls, self.shown)
    }

    pub(super) fn len(&self) -> usize {
        self.sums.len()
    }

    pub(super) fn add(&mut self, other: &Controlled) {
        for (sum, x) in self.sums.iter_mut().zip(&other.sums) {
            *sum += x;
        }
    }

    /// One history: its controls, and what it shows.
    pub(super) fn history(&mut self, controls: &[f64], shown: &[f64]) {
        let count = self.controls;
        let (means, products) = self.sums.split_at_mut(count);
        let (squares, with) = products.split_at_mut(count * count);
        for (i, x) in controls.iter().enumerate() {
            means[i] += x;
            for (sum, y) in squares[i * count..][..count].iter_mut().zip(controls) {
                *sum += x * y;
            }
            for (sum, y) in with[i * self.shown..][..self.shown].iter_mut().zip(shown) {
                *sum += x * y;
            }
        }
    }

    /// Moves means over so many histories by what their controls miss of the exact ones, and makes their standard errors
    /// those of what is left.
    pub(super) fn settle(
        &self,
        exact: &[f64],
        samples: f64,
        means: &mut [f64],
        errors: &mut [f64],
    ) {
        let (count, shown) = (self.controls, self.shown);
        if count == 0 || samples < EACH * count as f64 {
            return;
        }
        let own = |i: usize| self.sums[i] / samples;
        // Covariances of the controls, and behind them those with what is shown.
        let width = count + shown;
        let mut rows = vec![0.0; count * width];
        for i in 0..count {
            for j in 0..count {
                let product = self.sums[count + i * count + j] / samples;
                rows[i * width + j] = product - own(i) * own(j);
            }
            for (q, mean) in means.iter().enumerate() {
                let product = self.sums[count * (1 + count) + i * shown + q] / samples;
                rows[i * width + count + q] = product - own(i) * mean;
            }
        }
        let with: Vec<f64> = rows.clone();
        let used = eliminate(&mut rows, count, width);
        let left = samples - 1.0 - used.iter().filter(|used| **used).count() as f64;
        for (q, (mean, error)) in means.iter_mut().zip(errors).enumerate() {
            let (mut moved, mut told) = (0.0, 0.0);
            for i in (0..count).filter(|i| used[*i]) {
                let factor = rows[i * width + count + q];
                moved += factor * (own(i) - exact[i]);
                told += factor * with[i * width + count + q];
            }
            let variance = *error * *error * (samples - 1.0);
            *mean = (*mean - moved).clamp(0.0, 1.0);
            *error = ((variance - told).max(0.0) / left).sqrt();
        }
    }
}

/// Solves for all that stands behind the controls; which of these were used.
fn eliminate(rows: &mut [f64], count: usize, width: usize) -> Vec<bool> {
    let sizes: Vec<f64> = (0..count).map(|i| rows[i * width + i]).collect();
    let mut used = vec![false; count];
    for k in 0..count {
        let pivot = rows[k * width + k];
        if pivot <= LEAST * sizes[k] || pivot <= f64::MIN_POSITIVE {
            continue;
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
    use super::Controlled;

    /// What follows from the controls is exact, whatever the histories are; one control says what the other does.
    #[test]
    fn what_follows_from_controls_is_exact() {
        let mut controlled = Controlled::new(3, 2);
        let (mut sums, mut squares, samples) = ([0.0; 2], [0.0; 2], 64);
        for i in 0..samples {
            let (x, y) = (f64::from(i * 7 % 11) / 20.0, f64::from(i * 5 % 13) / 30.0);
            let shown = [0.1 + x * 0.5 + y * 0.25, 0.9 - x * 0.5 - y * 0.25];
            controlled.history(&[x, y, 1.0 - x], &shown);
            for q in 0..2 {
                sums[q] += shown[q];
                squares[q] += shown[q] * shown[q];
            }
        }
        let n = f64::from(samples);
        let mut means = sums.map(|sum| sum / n);
        let mut errors: [f64; 2] =
            std::array::from_fn(|q| ((squares[q] / n - means[q] * means[q]) / (n - 1.0)).sqrt());
        controlled.settle(&[0.3, 0.2, 0.7], n, &mut means, &mut errors);
        assert!((means[0] - 0.3).abs() < 1e-12, "{means:?}");
        assert!((means[0] + means[1] - 1.0).abs() < 1e-12, "{means:?}");
        assert!(errors[0] < 1e-8, "{errors:?}");
    }
}
