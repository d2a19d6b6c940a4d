//! Pushes, added up for the ways in which drivers that depend on one another push, and their exponentials by state.

use crate::level::now;
use crate::vector::*;
use crate::{Lanes, Room};
use fearless_simd::u64x8;

/// By driver, if it pushes, the counts in force.
pub type Pattern = Vec<Option<Vec<usize>>>;

/// Drivers that share evidence: the place of the group's share, and its members.
pub type Overlap = (usize, Vec<usize>);

/// Added to a number below 2^51, it leaves the nearest whole one in the low bits.
const WHOLE: f64 = 6_755_399_441_055_744.0;
/// ln 2, in two parts.
const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
/// 1/n!, from the last one used down to 1/2.
const SERIES: [f64; 12] = [
    1.0 / 6_227_020_800.0,
    1.0 / 479_001_600.0,
    1.0 / 39_916_800.0,
    1.0 / 3_628_800.0,
    1.0 / 362_880.0,
    1.0 / 40_320.0,
    1.0 / 5_040.0,
    1.0 / 720.0,
    1.0 / 120.0,
    1.0 / 24.0,
    1.0 / 6.0,
    0.5,
];

/// e^x of each number, to about one unit in the last place, for |x| up to 700: without a branch, so that lanes go
/// together, and with additions and multiplications alone, so that machines agree. 2^k times the
/// Taylor series around 0, for what is left of x (Cody and Waite 1980).
pub fn exp_all(numbers: &mut [Lanes]) {
    dispatch!(now(), simd => exp_all_on(simd, numbers));
}

#[inline(always)]
fn exp_all_on<S: Simd>(simd: S, numbers: &mut [Lanes]) {
    for i in 0..numbers.len() {
        put(exp(simd, get(simd, &numbers[i])), &mut numbers[i]);
    }
}

#[inline(always)]
fn exp<S: Simd>(simd: S, x: f64x8<S>) -> f64x8<S> {
    let whole = x * std::f64::consts::LOG2_E + WHOLE;
    let k = whole - WHOLE;
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    let mut sum = f64x8::splat(simd, SERIES[0]);
    for i in 1..SERIES.len() {
        sum = sum * r + SERIES[i];
    }
    let power = (whole.bitcast::<u64x8<S>>() << 52) + u64x8::splat(simd, 1.0f64.to_bits());
    ((r + r * r * sum) + 1.0) * power.bitcast::<f64x8<S>>()
}

/// Several rows of numbers by state of two axes, from rows by state of each; the second axis counts fastest.
pub fn spread(first: &[Lanes], second: &[Lanes], rows: usize, out: &mut Room) {
    let out = out.take(first.len() / rows * second.len());
    dispatch!(now(), simd => spread_on(simd, first, second, rows, out));
}

#[inline(always)]
fn spread_on<S: Simd>(simd: S, first: &[Lanes], second: &[Lanes], rows: usize, out: &mut [Lanes]) {
    let (states, inner) = (first.len() / rows, second.len() / rows);
    for row in 0..rows {
        let second = &second[row * inner..][..inner];
        for state in 0..states {
            let state = row * states + state;
            let (x, out) = (get(simd, &first[state]), &mut out[state * inner..][..inner]);
            for i in 0..inner {
                put(x * get(simd, &second[i]), &mut out[i]);
            }
        }
    }
}

/// Multiplies some rows of a table, of as many numbers as there are `places`, by the entries of each place: as many as rows
/// are named.
pub fn multiply(table: &mut [Lanes], rows: &[usize], (places, entries): (&[usize], &[Lanes])) {
    dispatch!(now(), simd => multiply_on(simd, table, rows, (places, entries)));
}

#[inline(always)]
fn multiply_on<S: Simd>(
    simd: S,
    table: &mut [Lanes],
    rows: &[usize],
    (places, entries): (&[usize], &[Lanes]),
) {
    for j in 0..rows.len() {
        let row = &mut table[rows[j] * places.len()..][..places.len()];
        for i in 0..places.len() {
            let entry = get(simd, &entries[places[i] * rows.len() + j]);
            put(get(simd, &row[i]) * entry, &mut row[i]);
        }
    }
}

/// What some drivers push together: by pattern and outcome.
#[derive(Debug, Clone, Copy)]
pub struct Pushes<'a> {
    /// By outcome and driver.
    pub stated: &'a [Lanes],
    /// How much each count leaves, by place.
    pub counts: &'a [Lanes],
    /// How many places a count has, and which of them is meant.
    pub at: (usize, usize),
    /// The groups that share evidence, and by place the share.
    pub overlaps: (&'a [Overlap], &'a [Lanes]),
}

/// Buffers.
#[derive(Debug, Clone, Default)]
pub struct Scratch {
    pushes: Vec<Lanes>,
    factors: Vec<Lanes>,
}

impl Pushes<'_> {
    /// Adds the sums to `out`. The largest of them without its sign, not a number where one is none.
    pub fn add_up(
        &self,
        patterns: &[Pattern],
        scratch: &mut Scratch,
        out: &mut Vec<Lanes>,
    ) -> Lanes {
        let mut highest = Lanes::ZERO;
        dispatch!(now(), simd => {
            let most = self.add_up_on(simd, patterns, scratch, out);
            put(most, &mut highest);
        });
        highest
    }

    #[inline(always)]
    fn add_up_on<S: Simd>(
        &self,
        simd: S,
        patterns: &[Pattern],
        scratch: &mut Scratch,
        out: &mut Vec<Lanes>,
    ) -> f64x8<S> {
        let mut highest = zero(simd);
        for pattern in patterns {
            for outcome in 0..self.stated.len() / pattern.len() {
                let stated = &self.stated[outcome * pattern.len()..][..pattern.len()];
                let mut w = zero(simd);
                if self.overlaps.0.is_empty() {
                    for driver in 0..pattern.len() {
                        w += self.push(simd, pattern[driver].as_deref(), &stated[driver]);
                    }
                } else {
                    let pushes = &mut scratch.pushes;
                    pushes.clear();
                    pushes.extend_from_slice(stated);
                    for driver in 0..pattern.len() {
                        let push = &mut pushes[driver];
                        put(self.push(simd, pattern[driver].as_deref(), push), push);
                    }
                    self.overlap(simd, pattern, pushes, &mut scratch.factors);
                    // Summed by size, so that ties, which follow the file's order, change no bit.
                    sort(simd, pushes);
                    for driver in 0..pushes.len() {
                        w += get(simd, &pushes[driver]);
                    }
                }
                // What is not a number must not get lost.
                highest = larger(w.abs(), highest) + w * 0.0;
                let mut sum = Lanes::ZERO;
                put(w, &mut sum);
                out.push(sum);
            }
        }
        highest
    }

    /// A driver's push under the counts in force: 0 where it does not push.
    #[inline(always)]
    fn push<S: Simd>(&self, simd: S, counts: Option<&[usize]>, stated: &Lanes) -> f64x8<S> {
        let Some(counts) = counts else {
            return zero(simd);
        };
        let (times, h) = self.at;
        let mut push = get(simd, stated);
        for count in counts {
            push *= get(simd, &self.counts[count * times + h]);
        }
        push
    }

    /// Cuts down pushes with one sign: each by all that are larger, in every lane for itself.
    #[inline(always)]
    fn overlap<S: Simd>(
        &self,
        simd: S,
        pattern: &Pattern,
        pushes: &mut [Lanes],
        factors: &mut Vec<Lanes>,
    ) {
        factors.clear();
        factors.resize(pushes.len(), Lanes::ONE);
        let (zero, one) = (zero(simd), one(simd));
        let (overlaps, shares) = self.overlaps;
        for (group, members) in overlaps {
            let keep = one - get(simd, &shares[*group]);
            for &m in members {
                if pattern[m].is_none() {
                    continue;
                }
                let own = get(simd, &pushes[m]);
                let size = own.abs();
                let mut above = one;
                // The factors of the ranks that equal pushes take, from the first on, and how many.
                let (mut last, mut sum, mut count) = (one, one, one);
                for &other in members {
                    if other == m || pattern[other].is_none() {
                        continue;
                    }
                    let theirs = get(simd, &pushes[other]);
                    let same_sign = (theirs * own).simd_gt(zero);
                    let gap = theirs.abs() - size;
                    let slack = larger(theirs.abs(), size) * crate::TIE;
                    let cuts = same_sign & gap.simd_gt(slack);
                    above *= cuts.select(keep, one);
                    let tied = same_sign & gap.simd_le(slack) & (-gap).simd_le(slack);
                    last *= tied.select(keep, one);
                    sum += tied.select(last, zero);
                    count += tied.select(one, zero);
                }
                let factor = above * (sum / count);
                let most = get(simd, &factors[m]);
                put(most.simd_lt(factor).select(most, factor), &mut factors[m]);
            }
        }
        for driver in 0..pushes.len() {
            let push = &mut pushes[driver];
            put(get(simd, push) * get(simd, &factors[driver]), push);
        }
    }
}

/// Sorts every lane, by exchanges that are the same in all.
#[inline(always)]
fn sort<S: Simd>(simd: S, list: &mut [Lanes]) {
    for last in 1..list.len() {
        for j in 0..last {
            let j = last - 1 - j;
            let (a, b) = (get(simd, &list[j]), get(simd, &list[j + 1]));
            let swap = b.simd_lt(a);
            put(swap.select(b, a), &mut list[j]);
            put(swap.select(a, b), &mut list[j + 1]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::exp_all;
    use crate::Lanes;

    #[test]
    fn exponentials() {
        for i in -7000..7000 {
            let x = f64::from(i) * 0.1 + 0.003;
            let mut found = [Lanes::splat(x)];
            exp_all(&mut found);
            let ratio = found[0].to_array()[7] / x.exp();
            assert!((ratio - 1.0).abs() < 5e-16, "{x}: {ratio}");
        }
        let mut one = [Lanes::ZERO];
        exp_all(&mut one);
        assert_eq!(one[0], Lanes::ONE);
    }
}
