//! Rounding to decimals, the one place where it is done.
//!
//! In: doubles. Out: text, or the double that a text stands for. A double is first taken for the
//! number of ten digits that it is nearest to, and a tie then goes away from zero: what lies half way
//! between two decimals but for the noise of sums is half way, whichever way the noise went, and so
//! an edit elsewhere in a file turns no digit.

/// From here on a number is written by its power of ten, and so is what is below [`TINY`].
const HUGE: f64 = 1e15;
const TINY: f64 = 1e-6;

/// Digits that are meant; what lies beyond is noise.
pub(crate) const DIGITS: usize = 10;

/// A number with so many decimals: 44.849999999997 with one is "44.9".
pub(crate) fn fixed(x: f64, places: usize) -> String {
    match plain(x.abs(), places) {
        Some(units) => text(x < 0.0, units.into(), places),
        None => by_digits(x, places),
    }
}

fn by_digits(x: f64, places: usize) -> String {
    let Some((negative, digits, exponent)) = digits(x) else {
        return format!("{x:.places$}");
    };
    // The number is `digits` times ten to the power of `-shift`, counted in the last place.
    let shift = DIGITS as i32 - 1 - exponent - places as i32;
    let units = match u32::try_from(shift) {
        Ok(shift) => half_up(digits, shift),
        Err(_) if -shift > 25 => return format!("{x:.places$}"),
        Err(_) => u128::from(digits) * 10u128.pow(shift.unsigned_abs()),
    };
    text(negative, units, places)
}

/// A number in units of its last place, where it is so far from a tie that no noise decides and so
/// small that ten digits of it say which unit is nearest: most of what is printed, at the cost of a
/// product.
fn plain(size: f64, places: usize) -> Option<u32> {
    /// Of a unit; ten digits of a number below [`MOST`] move it by less than a thousandth.
    const NOISE: f64 = 1e-3;
    const MOST: f64 = 1e6;
    const UNITS: [f64; 7] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6];
    let units = size * UNITS.get(places)?;
    let tie = (units.fract() - 0.5).abs() < NOISE;
    (units < MOST && !tie).then_some((units + 0.5) as u32)
}

/// What so many units of the last place are written as.
fn text(negative: bool, units: u128, places: usize) -> String {
    let digits = units.to_string();
    let mut text = String::with_capacity(digits.len().max(places + 1) + 2);
    if negative && units > 0 {
        text.push('-');
    }
    for _ in digits.len()..=places {
        text.push('0');
    }
    text.push_str(&digits);
    if places > 0 {
        text.insert(text.len() - places, '.');
    }
    text
}

/// The same without zeros at its end: "2.30" as "2.3", "2.0" as "2".
pub(crate) fn short(x: f64, places: usize) -> String {
    let text = fixed(x, places);
    if text.contains('.') {
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        text
    }
}

/// A number in a unit of its own, with three digits: nothing that is estimated is known better.
pub(crate) fn figure(x: f64) -> String {
    if !x.is_finite() || x.abs() >= HUGE || (x != 0.0 && x.abs() < TINY) {
        return format!("{x:.2e}");
    }
    let places = match x.abs() {
        size if size >= 1000.0 => return short(significant(x, 3), 0),
        size if size >= 100.0 => 0,
        size if size >= 10.0 => 1,
        size if size >= 1.0 => 2,
        _ => places(x, 2),
    };
    short(x, places)
}

/// How exactly the numbers of one distribution are written: so that what lies within it can be told apart.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Exactly {
    /// How far apart its ends lie, above 0; none where nothing says so.
    width: Option<f64>,
}

impl Exactly {
    /// What lies between two numbers that are so far apart.
    pub(crate) fn within(width: f64) -> Exactly {
        Exactly {
            width: (width > 0.0 && width.is_finite()).then_some(width),
        }
    }

    /// A number with three digits, or with as many more as divide the width into 20 to 200 units.
    pub(crate) fn figure(self, x: f64) -> String {
        let Some(width) = self.width else {
            return figure(x);
        };
        if !x.is_finite() || x.abs() >= HUGE || (x != 0.0 && x.abs() < TINY) {
            return figure(x);
        }
        let places = -power(width / 20.0);
        // What lies beyond ten digits is noise.
        let most = DIGITS as i32 - 1 - power(x.abs().max(width));
        match usize::try_from(places.min(most)) {
            Ok(places) => {
                let text = short(x, places);
                let rough = figure(x);
                // A width says nothing of a number that is far smaller.
                let decimals = |t: &str| t.split_once('.').map_or(0, |d| d.1.len());
                match decimals(&rough) > places {
                    true => rough,
                    false => text,
                }
            }
            Err(_) => {
                let unit = libm::pow(10.0, f64::from(-places));
                let three = power(x.abs()) - 2;
                match three < -places {
                    true => figure(x),
                    false => short(libm::round(x / unit) * unit, 0),
                }
            }
        }
    }
}

/// The power of ten of the first digit.
fn power(x: f64) -> i32 {
    digits(x).filter(|d| d.1 > 0).map_or(0, |d| d.2)
}

/// A number that misses one of ten digits by the noise of a few operations, as that one; beside numbers of a
/// certain size what is as small as noise of theirs is 0.
pub(crate) fn without_noise(x: f64, size: f64) -> f64 {
    const NOISE: f64 = 1e-14;
    if x.abs() <= NOISE * size.abs() {
        return 0.0;
    }
    let near = significant(x, DIGITS);
    match (x - near).abs() <= NOISE * x.abs() {
        true => near,
        false => x,
    }
}

/// A number as it was stated, with all its digits.
pub(crate) fn stated(x: f64) -> String {
    match x.abs() {
        size if size >= 1e15 || (size > 0.0 && size < 1e-6) => format!("{x:e}"),
        _ => format!("{x}"),
    }
}

/// How many decimals show so many significant digits of a number below 1; none of 0.
pub(crate) fn places(x: f64, significant: usize) -> usize {
    let Some((_, digits, exponent)) = digits(x) else {
        return 0;
    };
    // 0.0999 with two digits is 0.10.
    let carried = half_up(digits, DIGITS.saturating_sub(significant) as u32);
    let exponent = exponent + i32::from(carried >= 10u128.pow(significant as u32));
    usize::try_from(significant as i32 - 1 - exponent).unwrap_or(0)
}

/// The nearest double to a number of so many significant digits.
pub(crate) fn significant(x: f64, digits: usize) -> f64 {
    format!("{x:.*e}", digits - 1).parse().unwrap_or(x)
}

/// Sign, [`DIGITS`] digits and the power of ten of the first.
fn digits(x: f64) -> Option<(bool, u64, i32)> {
    if !x.is_finite() {
        return None;
    }
    let text = format!("{:.*e}", DIGITS - 1, x.abs());
    let (mantissa, exponent) = text.split_once('e')?;
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    Some((x < 0.0, digits.parse().ok()?, exponent.parse().ok()?))
}

/// Digits less their last `shift`, a half rounded up.
fn half_up(digits: u64, shift: u32) -> u128 {
    match 10u128.checked_pow(shift) {
        Some(1) => u128::from(digits),
        Some(unit) => (u128::from(digits) + unit / 2) / unit,
        None => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{Exactly, by_digits, figure, fixed, places, short, significant, without_noise};

    #[test]
    fn estimates_have_three_digits() {
        let shown = [14_192.4, 999.6, 1_234_567.0, 83.44, 2.447, -0.357, 0.0];
        let texts = shown.map(figure);
        assert_eq!(
            texts,
            ["14200", "1000", "1230000", "83.4", "2.45", "-0.36", "0"]
        );
    }

    #[test]
    fn a_narrow_distribution_has_as_many_digits_as_tell_it_apart() {
        for (width, x, text) in [
            (8.0, 2031.0, "2031"),
            (8.0, 2031.567, "2031.6"),
            (0.007, 1.085, "1.085"),
            (0.007, 1.085_347, "1.0853"),
            (5000.0, 27_360.0, "27400"),
            (1500.0, 27_360.0, "27360"),
            (2.7, 2.882_3, "2.88"),
            (27.0, 83.44, "83.4"),
            (1e9, 14_192.4, "14200"),
            (4.0, 0.0, "0"),
            (1e-9, 12_345.678, "12345.678"),
            (0.0, 12_345.678, "12300"),
            (2e4, 1_234_567.0, "1235000"),
        ] {
            assert_eq!(Exactly::within(width).figure(x), text, "{x} within {width}");
        }
    }

    #[test]
    fn noise_is_no_number() {
        assert_eq!(without_noise(799.999_999_999_999_8, 800.0), 800.0);
        assert_eq!(without_noise(-1.33e-15, 4.0), 0.0);
        assert_eq!(without_noise(0.1 + 0.2, 1.0), 0.3);
        assert_eq!(without_noise(1.0 / 3.0, 1.0), 1.0 / 3.0);
        assert_eq!(without_noise(1e-15, 1e-15), 1e-15);
    }

    #[test]
    fn the_short_way_says_the_same() {
        let mut x = 1e-7;
        while x < 1e8 {
            for places in 0..8 {
                let tie = (x * 10f64.powi(places)).floor() + 0.5;
                let near = [-2e-3, -1e-3, -1e-9, 0.0, 1e-9, 1e-3, 2e-3];
                let ties = near.map(|noise| (tie + noise) / 10f64.powi(places));
                for x in ties.into_iter().chain([x, -x]) {
                    let places = places as usize;
                    assert_eq!(fixed(x, places), by_digits(x, places), "{x} {places}");
                }
            }
            x *= 1.0123;
        }
    }

    #[test]
    fn a_tie_is_a_tie_whatever_the_noise() {
        for noise in [-3e-13, -1e-15, 0.0, 1e-15, 3e-13] {
            assert_eq!(fixed(44.85 + noise, 1), "44.9", "{noise}");
            assert_eq!(fixed(44.75 + noise, 1), "44.8", "{noise}");
            assert_eq!(fixed(2.5 + noise, 0), "3", "{noise}");
            assert_eq!(fixed(-2.5 + noise, 0), "-3", "{noise}");
            assert_eq!(fixed(0.125 + noise / 100.0, 2), "0.13", "{noise}");
        }
        assert_eq!(fixed(44.849_999, 1), "44.8");
    }

    #[test]
    fn numbers_of_any_size() {
        for (x, places, text) in [
            (0.0, 0, "0"),
            (-0.0, 1, "0.0"),
            (-0.04, 1, "0.0"),
            (0.05, 1, "0.1"),
            (9.95, 1, "10.0"),
            (99.5, 0, "100"),
            (123_456.0, 2, "123456.00"),
            (1e-300, 3, "0.000"),
            (1.5e30, 0, "1500000000000000000000000000000"),
            (f64::INFINITY, 1, "inf"),
        ] {
            assert_eq!(fixed(x, places), text, "{x}");
        }
        assert_eq!(short(2.0, 3), "2");
        assert_eq!(short(20.0, 0), "20");
        assert_eq!(short(2.30, 2), "2.3");
    }

    #[test]
    fn significant_digits() {
        for (x, text) in [
            (0.022_4, "0.022"),
            (0.000_099_9, "0.00010"),
            (0.001_75, "0.0018"),
            (0.5, "0.50"),
        ] {
            assert_eq!(fixed(x, places(x, 2)), text);
        }
        assert_eq!(places(0.0, 2), 1);
        assert_eq!(places(12.0, 2), 0);
        assert_eq!(significant(0.012_345_678_912_34, 10), 0.012_345_678_91);
    }
}
