//! Points that fill a cube of a few dimensions evenly: Sobol's (1967), with the direction numbers
//! of Joe and Kuo (2008), scrambled in Owen's way (1995).
//!
//! In: a seed, a point's number, a dimension. Out: a number between 0 and 1, neither of them. Each
//! is uniform by itself; the first 2^k points fall one into each of 2^k equal steps.

use super::draws::mix;

/// How many dimensions there are.
pub(super) const DIMENSIONS: usize = 10;

/// Degree, coefficients and first direction numbers of the second and further dimensions.
const FIRST: [(usize, u32, [u32; 5]); DIMENSIONS - 1] = [
    (1, 0, [1, 0, 0, 0, 0]),
    (2, 1, [1, 3, 0, 0, 0]),
    (3, 1, [1, 3, 1, 0, 0]),
    (3, 2, [1, 1, 1, 0, 0]),
    (4, 1, [1, 1, 3, 3, 0]),
    (4, 4, [1, 3, 5, 13, 0]),
    (5, 2, [1, 1, 5, 5, 17]),
    (5, 4, [1, 1, 5, 5, 5]),
    (5, 7, [1, 1, 7, 11, 19]),
];

/// Direction numbers by dimension and bit, the first digit highest.
const NUMBERS: [[u32; 32]; DIMENSIONS] = {
    let mut numbers = [[0; 32]; DIMENSIONS];
    let mut bit = 0;
    while bit < 32 {
        numbers[0][bit] = 1 << (31 - bit);
        bit += 1;
    }
    let mut d = 1;
    while d < DIMENSIONS {
        let (degree, coefficients, first) = FIRST[d - 1];
        let mut bit = 0;
        while bit < 32 {
            numbers[d][bit] = if bit < degree {
                first[bit] << (31 - bit)
            } else {
                let last = numbers[d][bit - degree];
                let mut number = last ^ last >> degree;
                let mut k = 1;
                while k < degree {
                    if coefficients >> (degree - 1 - k) & 1 == 1 {
                        number ^= numbers[d][bit - k];
                    }
                    k += 1;
                }
                number
            };
            bit += 1;
        }
        d += 1;
    }
    numbers
};

/// One coordinate of a scrambled point.
pub(super) fn point(seed: u64, index: u32, dimension: usize) -> f64 {
    let x = scramble(plain(index, dimension), seed, dimension);
    (f64::from(x) + 0.5) / 4_294_967_296.0
}

fn plain(index: u32, dimension: usize) -> u32 {
    let mut x = 0;
    let mut left = index;
    while left != 0 {
        x ^= NUMBERS[dimension][left.trailing_zeros() as usize];
        left &= left - 1;
    }
    x
}

/// Each digit is flipped or not, by a hash of the digits before it (Laine and Karras 2011, with the
/// constants of Vegdahl 2021).
fn scramble(x: u32, seed: u64, dimension: usize) -> u32 {
    let key = mix(seed ^ mix(dimension as u64 + 1)) as u32;
    let mut x = x.reverse_bits();
    x ^= x.wrapping_mul(0x3d20_adea);
    x = x.wrapping_add(key);
    x = x.wrapping_mul((key >> 16) | 1);
    x ^= x.wrapping_mul(0x0552_6c56);
    x ^= x.wrapping_mul(0x53a2_2864);
    x.reverse_bits()
}

#[cfg(test)]
mod tests {
    use super::{DIMENSIONS, plain, point};

    /// As SciPy 1.17 gives them without scrambling, in the order of the index.
    #[test]
    fn known_points() {
        let row = |i: u32| -> Vec<f64> {
            let at = (0..DIMENSIONS).map(|d| f64::from(plain(i, d)) / 4_294_967_296.0);
            at.collect()
        };
        assert_eq!(row(1), [0.5; DIMENSIONS]);
        let expected = [13, 11, 13, 1, 7, 15, 9, 9, 9, 7].map(|x| f64::from(x) / 16.0);
        assert_eq!(row(11), expected);
    }

    /// The first 2^k points of every dimension fall one into each of 2^k equal steps.
    #[test]
    fn every_dimension_is_covered_evenly() {
        for dimension in 0..DIMENSIONS {
            for seed in 0..20 {
                let mut seen = [false; 128];
                for i in 0..128 {
                    let x = point(seed, i, dimension);
                    let step = &mut seen[(x * 128.0) as usize];
                    assert!(!std::mem::replace(step, true), "{dimension}, {seed}, {i}");
                }
            }
        }
    }

    /// Every pair of the first dimensions is covered evenly, too: 256 points on a 4-by-4 grid.
    #[test]
    fn pairs_are_covered_evenly() {
        for a in 0..DIMENSIONS {
            for b in 0..a {
                let mut counts = [0; 16];
                for i in 0..256 {
                    let at = |d| (point(3, i, d) * 4.0) as usize;
                    counts[at(a) * 4 + at(b)] += 1;
                }
                assert_eq!(counts, [16; 16], "{a}, {b}");
            }
        }
    }
}
