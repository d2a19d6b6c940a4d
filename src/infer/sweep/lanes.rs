//! Several settings of the numbers side by side, so that one walk over the states serves them all
//! and the machine computes two or more of them at once.
//!
//! In: settings, lane by lane. Out: for each number its values in all lanes. What one lane holds
//! does not depend on its neighbours.

use crate::model::curve::Value;
use crate::model::{Model, Numbers, PriorSpec, PushSpec, RowSpec};
use wide::f64x8;

/// How many settings go side by side.
pub(crate) const LANES: usize = 8;

/// One number in every lane.
pub(crate) type Lanes = f64x8;

/// Settings of all numbers, as [`Numbers`] holds one.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(super) times: usize,
    pub(super) prior: Vec<Lanes>,
    pub(super) rows: Vec<Lanes>,
    pub(super) pushes: Vec<Lanes>,
    pub(super) counts: Vec<Lanes>,
    pub(super) shares: Vec<Lanes>,
}

impl Settings {
    /// The same numbers in every lane.
    pub(crate) fn of(numbers: &Numbers) -> Settings {
        let wide = |list: &[f64]| list.iter().map(|x| f64x8::splat(*x)).collect();
        Settings {
            times: numbers.times,
            prior: wide(&numbers.prior),
            rows: wide(&numbers.rows),
            pushes: wide(&numbers.pushes),
            counts: wide(&numbers.counts),
            shares: wide(&numbers.shares),
        }
    }

    /// Overwrites one lane.
    pub(crate) fn load(&mut self, lane: usize, numbers: &Numbers) {
        load(&mut self.prior, lane, &numbers.prior);
        load(&mut self.rows, lane, &numbers.rows);
        load(&mut self.pushes, lane, &numbers.pushes);
        load(&mut self.counts, lane, &numbers.counts);
        load(&mut self.shares, lane, &numbers.shares);
    }

    /// Draws all lanes; `numbers` are overwritten, one lane after the other.
    pub(crate) fn draw(&mut self, model: &Model, normals: &[[f64; LANES]], numbers: &mut Numbers) {
        let curves = model.rows.iter().any(RowSpec::is_random)
            || model.prior.iter().any(PriorSpec::is_random);
        let wide = self.draw_pushes(model, normals);
        if wide && !curves {
            return;
        }
        for lane in 0..LANES {
            let normals = normals.iter().map(|z| z[lane]);
            if wide {
                numbers.set_curves(model, normals);
                load(&mut self.rows, lane, &numbers.rows);
                load(&mut self.prior, lane, &numbers.prior);
            } else {
                numbers.set(model, normals);
                self.load(lane, numbers);
            }
        }
    }

    /// Draws the pushes in all lanes at once; whether all are such that this can be done.
    fn draw_pushes(&mut self, model: &Model, normals: &[[f64; LANES]]) -> bool {
        for (push, out) in model
            .pushes
            .iter()
            .zip(self.pushes.chunks_exact_mut(self.times))
        {
            let PushSpec::Weight(values, factor) = push else {
                if push.is_random() {
                    return false;
                }
                continue;
            };
            for (w, value) in out[1..].iter_mut().zip(values) {
                if let Some(value) = value.filter(Value::is_random) {
                    let Some(drawn) = value.wide(normals) else {
                        return false;
                    };
                    *w = f64x8::new(drawn) * f64x8::splat(*factor);
                }
            }
        }
        true
    }

    /// Lets a driver push and count in one lane as in `point`, or not at all.
    pub(crate) fn play(
        &mut self,
        model: &Model,
        point: &Numbers,
        driver: usize,
        lane: usize,
        plays: bool,
    ) {
        let times = self.times;
        for &(_, push) in &model.drivers[driver].pushes {
            for at in push * times..(push + 1) * times {
                self.pushes[at].as_mut_array()[lane] = if plays { point.pushes[at] } else { 0.0 };
            }
        }
        let counted = model.drivers.iter().flat_map(|d| &d.counted);
        for &(_, count) in counted.filter(|c| c.0 == driver) {
            for at in count * times..(count + 1) * times {
                self.counts[at].as_mut_array()[lane] = if plays { point.counts[at] } else { 1.0 };
            }
        }
    }

    pub(super) fn prior_at(&self, outcome: usize, h: usize) -> Lanes {
        self.prior[outcome * self.times + h]
    }

    pub(super) fn row_at(&self, row: usize, h: usize) -> Lanes {
        self.rows[row * self.times + h]
    }

    pub(super) fn push_at(&self, push: usize, h: usize) -> Lanes {
        self.pushes[push * self.times + h]
    }

    pub(super) fn count_at(&self, count: usize, h: usize) -> Lanes {
        self.counts[count * self.times + h]
    }

    /// The priors of the outcomes that are not final, added up.
    pub(super) fn open(&self, model: &Model, h: usize) -> Lanes {
        let open = (0..model.open).map(|o| self.prior_at(o, h));
        open.fold(f64x8::ZERO, |sum, prior| sum + prior)
    }
}

fn load(wide: &mut [Lanes], lane: usize, list: &[f64]) {
    for (to, from) in wide.iter_mut().zip(list) {
        to.as_mut_array()[lane] = *from;
    }
}

/// `x` where `test` is positive, 0 elsewhere and where `test` is not a number.
#[inline(always)]
pub(super) fn where_positive(test: Lanes, x: Lanes) -> Lanes {
    test.simd_gt(f64x8::ZERO) & x
}

/// The larger number; `y` where they are not comparable.
#[inline(always)]
pub(super) fn larger(x: Lanes, y: Lanes) -> Lanes {
    x.simd_gt(y).select(x, y)
}

/// e^x, to about one unit in the last place, for |x| up to 700: without a branch, so that lanes go
/// together, and with additions and multiplications alone, so that machines agree. 2^k times the
/// Taylor series around 0, for what is left of x (Cody and Waite 1980).
pub(super) fn exp(x: Lanes) -> Lanes {
    /// Added to a number below 2^51, it leaves the nearest whole one in the low bits.
    const WHOLE: f64 = 6_755_399_441_055_744.0;
    const LN2_HIGH: f64 = 6.931_471_803_691_238e-1;
    const LN2_LOW: f64 = 1.908_214_929_270_587_7e-10;
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
    let whole = x * std::f64::consts::LOG2_E + WHOLE;
    let k = whole - WHOLE;
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    let series = SERIES[1..].iter();
    let sum = series.fold(f64x8::splat(SERIES[0]), |sum, c| sum * r + *c);
    let power = |whole: f64| f64::from_bits((whole.to_bits() << 52).wrapping_add(1.0f64.to_bits()));
    (1.0 + (r + r * r * sum)) * f64x8::new(whole.to_array().map(power))
}

#[cfg(test)]
mod tests {
    use super::{LANES, exp};
    use wide::f64x8;

    #[test]
    fn exponentials() {
        for i in -7000..7000 {
            let x = f64::from(i) * 0.1 + 0.003;
            let found = exp(f64x8::splat(x)).to_array()[LANES - 1];
            let expected = libm::exp(x);
            assert!(
                (found / expected - 1.0).abs() < 4e-16,
                "{x}: {found} {expected}"
            );
        }
        assert_eq!(exp(f64x8::ZERO), f64x8::ONE);
    }
}
