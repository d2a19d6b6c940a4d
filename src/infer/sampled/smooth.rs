//! What is open among cases that held the same, where hardly any two histories did.
//!
//! In: some histories at one horizon's end: what held of what lasts, what would be open had it held all along, and what is open. Out: what
//! is open on average among the cases that held the same, by a regression on what held.

use super::controls::eliminate;
use super::course::Held;

/// Things that held, at most, that the regression looks at: those that go along most with what is open.
const MOST: usize = 48;

/// Histories for each of them, at least.
const EACH: usize = 20;

/// A regression of how far what is open is from what would be had what holds held all along.
#[derive(Debug, Clone, Default)]
pub(super) struct Smooth {
    /// By share: the intercept, then the slope on what would be open, then on each of the things that are looked at.
    slopes: Vec<Vec<f64>>,
    /// Their places.
    places: Vec<usize>,
}

/// One history: what held, what would be open and ended had it held all along, and what is.
pub(super) struct Case<'a> {
    pub(super) held: &'a Held,
    pub(super) after: &'a [f64],
    pub(super) shares: &'a [f64],
}

impl Smooth {
    /// Over some histories, in which so many things may hold.
    pub(super) fn new(cases: &[Case<'_>], lasting: usize) -> Smooth {
        let count = cases.len() as f64;
        let Some(shares) = cases.first().map(|case| case.shares.len()) else {
            return Smooth::default();
        };
        let all = covariances(cases, lasting);
        let mut places: Vec<usize> = (0..lasting).filter(|j| all[*j] > 0.0).collect();
        places.sort_by(|a, b| all[*b].total_cmp(&all[*a]).then(a.cmp(b)));
        places.truncate(MOST.min((cases.len() / EACH).saturating_sub(1)));
        let looked = 1 + places.len();
        let width = looked + shares;
        let (mut rows, mut means) = (vec![0.0; looked * width], vec![0.0; width]);
        let mut own = vec![0.0; width];
        for case in cases {
            read(case, &places, &mut own);
            for (mean, x) in means.iter_mut().zip(&own) {
                *mean += x / count;
            }
            for (i, row) in rows.chunks_exact_mut(width).enumerate() {
                let x = own[i];
                if x != 0.0 {
                    row.iter_mut().zip(&own).for_each(|(sum, y)| *sum += x * y);
                }
            }
        }
        for (i, row) in rows.chunks_exact_mut(width).enumerate() {
            for (sum, mean) in row.iter_mut().zip(&means) {
                *sum = *sum / count - means[i] * mean;
            }
        }
        let used = eliminate(&mut rows, looked, width, looked);
        let slopes = (0..shares).map(|a| {
            let slope = |i: usize| match used[i] {
                true => rows[i * width + looked + a],
                false => 0.0,
            };
            let mut slopes = vec![means[looked + a]];
            slopes.extend((0..looked).map(slope));
            slopes[0] -= (0..looked).map(|i| slopes[1 + i] * means[i]).sum::<f64>();
            slopes
        });
        Smooth {
            slopes: slopes.collect(),
            places,
        }
    }

    /// What is open, then what has ended in each final outcome, of the cases that held the same; false where nothing is known.
    pub(super) fn shares(&self, held: &Held, after: &[f64], out: &mut [f64]) -> bool {
        for ((share, slopes), after_own) in out.iter_mut().zip(&self.slopes).zip(after) {
            let each = self.places.iter().zip(&slopes[2..]);
            let held = each.filter(|(place, _)| is(held, **place));
            let sum: f64 = held.map(|(_, slope)| slope).sum();
            *share = (after_own + slopes[0] + slopes[1] * after[0] + sum).clamp(0.0, 1.0);
        }
        !self.slopes.is_empty()
    }
}

/// A case's numbers: what would be open, the things that are looked at, and by share how far it is from what would be.
fn read(case: &Case<'_>, places: &[usize], out: &mut [f64]) {
    let looked = 1 + places.len();
    out[0] = case.after[0];
    for (x, place) in out[1..looked].iter_mut().zip(places) {
        *x = f64::from(u8::from(is(case.held, *place)));
    }
    let shares = case.shares.iter().zip(case.after);
    for (x, (share, after)) in out[looked..].iter_mut().zip(shares) {
        *x = share - after;
    }
}

/// How much each of the things goes along with what is open, by its own size.
fn covariances(cases: &[Case<'_>], lasting: usize) -> Vec<f64> {
    let count = cases.len() as f64;
    let off = |case: &Case<'_>| case.shares[0] - case.after[0];
    let mean = cases.iter().map(off).sum::<f64>() / count;
    let of = |j: usize| {
        let there = cases.iter().filter(|case| is(case.held, j));
        let (held, sum) = there.fold((0.0, 0.0), |(held, sum), case| {
            (held + 1.0, sum + off(case) - mean)
        });
        let share = held / count;
        let variance = share * (1.0 - share);
        match variance > 0.0 {
            true => (sum / count).powi(2) / variance,
            false => 0.0,
        }
    };
    (0..lasting).map(of).collect()
}

fn is(held: &Held, place: usize) -> bool {
    held[place / 64] >> (place % 64) & 1 == 1
}

#[cfg(test)]
mod tests {
    use super::{Case, Smooth};

    /// What is open follows from one of two things; half as much of what would be is open where it held.
    #[test]
    fn what_follows_from_what_held_is_found() {
        let held: Vec<Vec<u64>> = (0..400).map(|i| vec![i % 4]).collect();
        let shares = [[0.8, 0.2], [0.4, 0.6], [0.8, 0.2], [0.4, 0.6]];
        let after = [0.9, 0.1];
        let cases = held.iter().map(|held| Case {
            held,
            after: &after,
            shares: &shares[held[0] as usize],
        });
        let smooth = Smooth::new(&cases.collect::<Vec<_>>(), 2);
        let mut out = [0.0; 2];
        for held in 0..4 {
            assert!(smooth.shares(&vec![held], &after, &mut out));
            let expected = shares[held as usize];
            assert!((out[0] - expected[0]).abs() < 1e-12 && (out[1] - expected[1]).abs() < 1e-12);
        }
        assert!(!Smooth::new(&[], 2).shares(&vec![0], &after, &mut out));
    }
}
