//! Eight numbers side by side, computed two or more at once.
//!
//! What one lane holds does not depend on its neighbours, and is the same to the last bit on every machine.
//!
//! Where a build is not optimised this package still is (`profile.dev` says so), and its functions are then called
//! rather than copied to where they would be slow; elsewhere they are inlined.

// Loops that count places: chains of iterators may stay calls inside what is compiled for one kind of vectors.
#![allow(clippy::needless_range_loop)]

pub mod complex;
pub mod ends;
pub mod flow;
pub mod judge;
mod level;
pub mod mixed;
pub mod pairs;
pub mod parts;
mod room;
pub mod several;
pub mod shares;
pub mod stays;
mod vector;
pub mod weights;

pub use level::Level;
pub use room::Room;

use std::ops::{Add, AddAssign, BitAnd, Div, DivAssign, Mul, MulAssign, Sub, SubAssign};

/// How many numbers go side by side.
pub const LANES: usize = 8;

/// One number in every lane.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(C, align(64))]
pub struct Lanes([f64; LANES]);

/// By lane, whether something holds.
#[derive(Debug, Clone, Copy)]
#[repr(C, align(64))]
pub struct Mask([u64; LANES]);

/// A number for each lane. A loop becomes vectors where a closure for each element of an array may not.
#[cfg_attr(not(debug_assertions), inline(always))]
fn each(number: impl Fn(usize) -> f64) -> Lanes {
    let mut lanes = [0.0; LANES];
    for i in 0..LANES {
        lanes[i] = number(i);
    }
    Lanes(lanes)
}

/// An operator of numbers, with a number in every lane and with the same number in all.
macro_rules! operator {
    ($of:ident, $by:ident, $of_assign:ident, $by_assign:ident) => {
        impl $of for Lanes {
            type Output = Lanes;
            #[cfg_attr(not(debug_assertions), inline)]
            fn $by(self, other: Lanes) -> Lanes {
                each(|i| self.0[i].$by(other.0[i]))
            }
        }

        impl $of<f64> for Lanes {
            type Output = Lanes;
            #[cfg_attr(not(debug_assertions), inline)]
            fn $by(self, other: f64) -> Lanes {
                each(|i| self.0[i].$by(other))
            }
        }

        impl $of<Lanes> for f64 {
            type Output = Lanes;
            #[cfg_attr(not(debug_assertions), inline)]
            fn $by(self, other: Lanes) -> Lanes {
                each(|i| self.$by(other.0[i]))
            }
        }

        impl $of_assign for Lanes {
            #[cfg_attr(not(debug_assertions), inline)]
            fn $by_assign(&mut self, other: Lanes) {
                *self = (*self).$by(other);
            }
        }
    };
}

operator!(Add, add, AddAssign, add_assign);
operator!(Sub, sub, SubAssign, sub_assign);
operator!(Mul, mul, MulAssign, mul_assign);
operator!(Div, div, DivAssign, div_assign);

impl BitAnd for Mask {
    type Output = Mask;
    #[cfg_attr(not(debug_assertions), inline)]
    fn bitand(self, other: Mask) -> Mask {
        Mask::of(|i| self.0[i] & other.0[i] != 0)
    }
}

impl Mask {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn of(holds: impl Fn(usize) -> bool) -> Mask {
        let mut lanes = [0; LANES];
        for i in 0..LANES {
            lanes[i] = if holds(i) { u64::MAX } else { 0 };
        }
        Mask(lanes)
    }

    /// Of two numbers the first where the mask holds, the second elsewhere.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn select(self, yes: Lanes, no: Lanes) -> Lanes {
        // By bits, so that it is the machine's own choice between vectors.
        let bits = |i: usize| self.0[i] & yes.0[i].to_bits() | !self.0[i] & no.0[i].to_bits();
        each(|i| f64::from_bits(bits(i)))
    }

    /// Whether it holds in every lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn all(self) -> bool {
        self.0.iter().fold(u64::MAX, |all, lane| all & lane) != 0
    }

    /// Whether it holds in any lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn any(self) -> bool {
        self.0.iter().fold(0, |any, lane| any | lane) != 0
    }
}

impl Lanes {
    /// 0 in every lane.
    pub const ZERO: Lanes = Lanes([0.0; LANES]);
    /// 1 in every lane.
    pub const ONE: Lanes = Lanes([1.0; LANES]);

    /// A number for each lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub const fn new(lanes: [f64; LANES]) -> Lanes {
        Lanes(lanes)
    }

    /// The same number in every lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn splat(x: f64) -> Lanes {
        Lanes([x; LANES])
    }

    /// The numbers, lane by lane.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn to_array(self) -> [f64; LANES] {
        self.0
    }

    /// The numbers, lane by lane, where they stand.
    #[cfg_attr(not(debug_assertions), inline)]
    pub(crate) fn as_array(&self) -> &[f64; LANES] {
        &self.0
    }

    /// The numbers, lane by lane, to be changed.
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn as_mut_array(&mut self) -> &mut [f64; LANES] {
        &mut self.0
    }

    /// Where a number is larger than another.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn above(self, other: Lanes) -> Mask {
        Mask::of(|i| self.0[i] > other.0[i])
    }

    /// Where a number is smaller than another.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn below(self, other: Lanes) -> Mask {
        Mask::of(|i| self.0[i] < other.0[i])
    }

    /// The numbers without their signs.
    #[must_use]
    #[cfg_attr(not(debug_assertions), inline)]
    pub fn abs(self) -> Lanes {
        each(|i| self.0[i].abs())
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
    test.above(Lanes::ZERO).select(x, Lanes::ZERO)
}

/// Two pushes differ where they do by more than this share of the larger.
pub const TIE: f64 = 1e-12;
