//! Eight numbers side by side, computed two or more at once.
//!
//! What one lane holds does not depend on its neighbours, and is the same to the last bit on every machine.
//!
//! Where a build is not optimised this package still is (`profile.dev` says so), and its functions are then called
//! rather than copied to where they would be slow; elsewhere they are inlined.

pub mod complex;

use std::ops::{Add, AddAssign, BitAnd, Div, DivAssign, Mul, MulAssign, Neg, Sub, SubAssign};
use wide::f64x8;

/// How many numbers go side by side.
pub const LANES: usize = 8;

/// One number in every lane.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(transparent)]
pub struct Lanes(f64x8);

/// By lane, whether something holds.
#[derive(Debug, Clone, Copy)]
#[repr(transparent)]
pub struct Mask(f64x8);

/// An operator of numbers, with a number in every lane and with the same number in all.
macro_rules! operator {
    ($of:ident, $by:ident, $of_assign:ident, $by_assign:ident) => {
        impl $of for Lanes {
            type Output = Lanes;
            #[cfg_attr(not(debug_assertions), inline)]
            fn $by(self, other: Lanes) -> Lanes {
                Lanes(self.0.$by(other.0))
            }
        }

        impl $of<f64> for Lanes {
            type Output = Lanes;
            #[cfg_attr(not(debug_assertions), inline)]
            fn $by(self, other: f64) -> Lanes {
                Lanes(self.0.$by(f64x8::splat(other)))
            }
        }

        impl $of<Lanes> for f64 {
            type Output = Lanes;
            #[cfg_attr(not(debug_assertions), inline)]
            fn $by(self, other: Lanes) -> Lanes {
                Lanes(f64x8::splat(self).$by(other.0))
            }
        }

        impl $of_assign for Lanes {
            #[cfg_attr(not(debug_assertions), inline)]
            fn $by_assign(&mut self, other: Lanes) {
                self.0 = self.0.$by(other.0);
            }
        }
    };
}

operator!(Add, add, AddAssign, add_assign);
operator!(Sub, sub, SubAssign, sub_assign);
operator!(Mul, mul, MulAssign, mul_assign);
operator!(Div, div, DivAssign, div_assign);

impl Neg for Lanes {
    type Output = Lanes;
    #[cfg_attr(not(debug_assertions), inline)]
    fn neg(self) -> Lanes {
        Lanes(-self.0)
    }
}

impl BitAnd for Mask {
    type Output = Mask;
    #[cfg_attr(not(debug_assertions), inline)]
    fn bitand(self, other: Mask) -> Mask {
        Mask(self.0 & other.0)
    }
}

impl Mask {
    /// Of two numbers the first where the mask holds, the second elsewhere.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn select(self, yes: Lanes, no: Lanes) -> Lanes {
        Lanes(self.0.select(yes.0, no.0))
    }

    /// Whether it holds in every lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn all(self) -> bool {
        self.0.all()
    }

    /// Whether it holds in any lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn any(self) -> bool {
        self.0.any()
    }
}

impl Lanes {
    /// 0 in every lane.
    pub const ZERO: Lanes = Lanes(f64x8::ZERO);
    /// 1 in every lane.
    pub const ONE: Lanes = Lanes(f64x8::ONE);

    /// A number for each lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub const fn new(lanes: [f64; LANES]) -> Lanes {
        Lanes(f64x8::new(lanes))
    }

    /// The same number in every lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn splat(x: f64) -> Lanes {
        Lanes(f64x8::splat(x))
    }

    /// The numbers, lane by lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn to_array(self) -> [f64; LANES] {
        self.0.to_array()
    }

    /// The numbers, lane by lane, to be changed.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn as_mut_array(&mut self) -> &mut [f64; LANES] {
        self.0.as_mut_array()
    }

    /// The smaller number, where both are numbers.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn fast_min(self, other: Lanes) -> Lanes {
        Lanes(self.0.fast_min(other.0))
    }

    /// Where a number is larger than another.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn above(self, other: Lanes) -> Mask {
        Mask(self.0.simd_gt(other.0))
    }

    /// Where a number is smaller than another.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn below(self, other: Lanes) -> Mask {
        Mask(self.0.simd_lt(other.0))
    }

    /// Where a number is at most as large as another.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn at_most(self, other: Lanes) -> Mask {
        Mask(self.0.simd_le(other.0))
    }

    /// The numbers without their signs.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn abs(self) -> Lanes {
        Lanes(self.0.abs())
    }
}

/// The larger number; `y` where they are not comparable.
#[must_use]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn larger(x: Lanes, y: Lanes) -> Lanes {
    x.above(y).select(x, y)
}

/// `x` where `test` is positive, 0 elsewhere and where `test` is not a number.
#[must_use]
#[cfg_attr(not(debug_assertions), inline(always))]
pub fn where_positive(test: Lanes, x: Lanes) -> Lanes {
    Lanes(test.0.simd_gt(f64x8::ZERO) & x.0)
}

/// e^x, to about one unit in the last place, for |x| up to 700: without a branch, so that lanes go
/// together, and with additions and multiplications alone, so that machines agree. 2^k times the
/// Taylor series around 0, for what is left of x (Cody and Waite 1980).
#[must_use]
pub fn exp(x: Lanes) -> Lanes {
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
    let x = x.0;
    let whole = x * std::f64::consts::LOG2_E + WHOLE;
    let k = whole - WHOLE;
    let r = (x - k * LN2_HIGH) - k * LN2_LOW;
    let series = SERIES[1..].iter();
    let sum = series.fold(f64x8::splat(SERIES[0]), |sum, c| sum * r + *c);
    let power = |whole: f64| f64::from_bits((whole.to_bits() << 52).wrapping_add(1.0f64.to_bits()));
    Lanes((1.0 + (r + r * r * sum)) * f64x8::new(whole.to_array().map(power)))
}
