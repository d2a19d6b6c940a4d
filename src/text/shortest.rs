//! Doubles in the fewest digits that read as the same double.
//!
//! In: a double. Out: what the standard library's `{}` writes, without a power of ten; several times as quick.

/// Writes a number behind a text.
pub(crate) fn push(out: &mut String, x: f64) {
    use std::fmt::Write;
    /// From here on a number may lie half way between two of as few digits, of which either could be written.
    const LARGE: f64 = 4_294_967_296.0;
    /// As may one that ends with more bits of 0.
    const ZEROS: u32 = 10;
    let mut buffer = zmij::Buffer::new();
    let text = match x.abs() < LARGE && x.to_bits().trailing_zeros() <= ZEROS {
        true => buffer.format(x),
        false => "e",
    };
    match text.contains('e') {
        true => _ = write!(out, "{x}"),
        false => out.push_str(text.strip_suffix(".0").unwrap_or(text)),
    }
}

/// The double that a number of single precision is written as: 0.1 is a tenth, and not what is nearest to it in
/// single precision.
#[cfg(feature = "tables")]
pub(crate) fn widened(x: f32) -> f64 {
    let mut buffer = zmij::Buffer::new();
    buffer.format(x).parse().unwrap_or(f64::from(x))
}

#[cfg(test)]
mod tests {
    use super::push;

    #[test]
    fn numbers_are_written_as_the_standard_library_writes_them() {
        let mut numbers = vec![
            0.0,
            -0.0,
            1.0,
            -1.0,
            100.0,
            0.1,
            1e-7,
            1.5e300,
            5e-324,
            0.000_012_34,
        ];
        numbers.extend([f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e15, 1e16, 1e17]);
        let mut state = 7u64;
        for _ in 0..20_000 {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            numbers.push(f64::from_bits(state));
            numbers.push((state >> 11) as f64 / (1u64 << 53) as f64);
        }
        for x in numbers {
            let mut text = String::new();
            push(&mut text, x);
            assert_eq!(text, format!("{x}"));
        }
    }

    #[cfg(feature = "tables")]
    #[test]
    fn single_precision_is_what_it_is_written_as() {
        for (narrow, wide) in [(0.1f32, 0.1), (0.3, 0.3), (1.0, 1.0), (1e-20, 1e-20)] {
            assert_eq!(super::widened(narrow), wide);
        }
        assert!(super::widened(f32::NAN).is_nan());
        assert_eq!(super::widened(f32::INFINITY), f64::INFINITY);
    }
}
