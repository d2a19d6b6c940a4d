//! Figures in messages.
//!
//! In: shares of 1, decibans. Out: `12.3%`, `0.4 points`, `12 dB`: digits enough to tell why a rule
//! fired, and no more.

use crate::text::decimal;

/// A chance: `12.3%`, `0.04%`, `99.97%`.
pub(crate) fn percent(share: f64) -> String {
    format!(
        "{}%",
        digits(share * 100.0, (share * 100.0).min(100.0 - share * 100.0))
    )
}

/// A difference of chances, without its sign: `0.3 points`.
pub(crate) fn points(share: f64) -> String {
    let number = digits(share.abs() * 100.0, share.abs() * 100.0);
    if number == "1" {
        "1 point".to_owned()
    } else {
        format!("{number} points")
    }
}

/// A strength, without its sign: `12.5 dB`.
pub(crate) fn decibans(value: f64) -> String {
    format!("{} dB", digits(value.abs(), 1.0))
}

/// One decimal, or as many as show two digits of what is left to the nearer end.
fn digits(number: f64, left: f64) -> String {
    let places = match left {
        l if l >= 0.95 => 1,
        l if l < 1e-10 => 4,
        l => decimal::places(l, 2),
    };
    decimal::short(number, places)
}

#[cfg(test)]
mod tests {
    use super::{decibans, percent, points};

    #[test]
    fn figures_are_short_and_keep_what_matters() {
        assert_eq!(percent(0.35), "35%");
        assert_eq!(percent(0.1234), "12.3%");
        assert_eq!(percent(0.0004), "0.04%");
        assert_eq!(percent(0.99972), "99.972%");
        assert_eq!(percent(0.000_000_224), "0.000022%");
        assert_eq!(percent(0.0), "0%");
        assert_eq!(percent(1.0), "100%");
        assert_eq!(points(0.01), "1 point");
        assert_eq!(points(-0.0032), "0.32 points");
        assert_eq!(decibans(-12.04), "12 dB");
    }
}
