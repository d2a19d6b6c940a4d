//! The standard normal distribution's quantile function, the same on every machine.
//!
//! In: a probability between 0 and 1, both excluded. Out: its quantile.

// The constants are copied as they were published, digit by digit.
#![allow(clippy::excessive_precision)]

/// The 95th percentile, half the width of a 90% interval in standard deviations.
pub const Z95: f64 = 1.644_853_626_951_472_2;

/// Several quantiles: most of them lie in the middle, where they are computed side by side.
pub fn quantiles<const N: usize>(p: &[f64; N]) -> [f64; N] {
    let mut above = [A[7]; N];
    let mut below = [B[7]; N];
    let mut q = [0.0; N];
    let mut r = [0.0; N];
    for i in 0..N {
        q[i] = p[i] - 0.5;
        r[i] = 0.180_625 - q[i] * q[i];
    }
    for c in (0..7).rev() {
        for i in 0..N {
            above[i] = above[i] * r[i] + A[c];
            below[i] = below[i] * r[i] + B[c];
        }
    }
    for i in 0..N {
        above[i] = q[i] * (above[i] / below[i]);
    }
    for i in 0..N {
        if q[i].abs() > MIDDLE {
            above[i] = quantile(p[i]);
        }
    }
    above
}

/// How far from a half the first formula serves.
const MIDDLE: f64 = 0.425;

/// The quantile of `p`, by algorithm AS 241, routine PPND16 (Wichura 1988, Applied Statistics 37,
/// 477–484): about 16 digits.
pub fn quantile(p: f64) -> f64 {
    let q = p - 0.5;
    if q.abs() <= MIDDLE {
        let r = 0.180_625 - q * q;
        return q * ratio(r, &A, &B);
    }
    let r = if q < 0.0 { p } else { 1.0 - p };
    let r = libm::sqrt(-libm::log(r));
    let z = if r <= 5.0 {
        ratio(r - 1.6, &C, &D)
    } else {
        ratio(r - 5.0, &E, &F)
    };
    if q < 0.0 { -z } else { z }
}

fn ratio(r: f64, above: &[f64; 8], below: &[f64; 8]) -> f64 {
    let value = |list: &[f64; 8]| list.iter().rev().fold(0.0, |sum, c| sum * r + c);
    value(above) / value(below)
}

const A: [f64; 8] = [
    3.387_132_872_796_366_608,
    133.141_667_891_784_377_45,
    1_971.590_950_306_551_442_7,
    13_731.693_765_509_461_125,
    45_921.953_931_549_871_457,
    67_265.770_927_008_700_853,
    33_430.575_583_588_128_105,
    2_509.080_928_730_122_672_7,
];
const B: [f64; 8] = [
    1.0,
    42.313_330_701_600_911_252,
    687.187_007_492_057_908_3,
    5_394.196_021_424_751_107_7,
    21_213.794_301_586_595_867,
    39_307.895_800_092_710_61,
    28_729.085_735_721_942_674,
    5_226.495_278_852_854_561,
];
const C: [f64; 8] = [
    1.423_437_110_749_683_577_34,
    4.630_337_846_156_545_295_9,
    5.769_497_221_460_691_405_5,
    3.647_848_324_763_204_605_04,
    1.270_458_252_452_368_382_58,
    0.241_780_725_177_450_611_77,
    0.022_723_844_989_269_184_583_3,
    7.745_450_142_783_414_076_4e-4,
];
const D: [f64; 8] = [
    1.0,
    2.053_191_626_637_758_821_87,
    1.676_384_830_183_803_849_4,
    0.689_767_334_985_100_004_55,
    0.148_103_976_427_480_074_59,
    0.015_198_666_563_616_457_196_6,
    5.475_938_084_995_344_946e-4,
    1.050_750_071_644_416_843_24e-9,
];
const E: [f64; 8] = [
    6.657_904_643_501_103_777_2,
    5.463_784_911_164_114_369_9,
    1.784_826_539_917_291_335_8,
    0.296_560_571_828_504_891_23,
    0.026_532_189_526_576_123_093,
    0.001_242_660_947_388_078_438_6,
    2.711_555_568_743_487_578_15e-5,
    2.010_334_399_292_288_132_65e-7,
];
const F: [f64; 8] = [
    1.0,
    0.599_832_206_555_887_937_69,
    0.136_929_880_922_735_805_31,
    0.014_875_361_290_850_615_025,
    7.868_691_311_456_132_591e-4,
    1.846_318_317_510_054_681_8e-5,
    1.421_511_758_316_445_888_7e-7,
    2.044_263_103_389_939_785_64e-15,
];

#[cfg(test)]
mod tests {
    use super::{Z95, quantile, quantiles};

    #[test]
    fn known_quantiles() {
        // Wichura's own check values, and the 95th percentile.
        for (p, z) in [
            (0.25, -0.674_489_750_196_081_7),
            (0.001, -3.090_232_306_167_813_5),
            (1e-20, -9.262_340_089_798_408),
            (0.95, Z95),
            (0.5, 0.0),
        ] {
            assert!((quantile(p) - z).abs() < 1e-14, "{p}: {}", quantile(p));
            assert!((quantile(1.0 - p) + z).abs() < 1e-9 || p < 1e-16);
            assert_eq!(quantiles(&[p; 3]), [quantile(p); 3]);
        }
    }
}
