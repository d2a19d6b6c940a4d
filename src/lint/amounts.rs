//! Figures as the rules' messages print them.
//!
//! In: shares of 1 and natural logarithms. Out: text. Two figures that differ never print alike.

use crate::strengths::DECIBAN;
use crate::text::decimal;
use crate::text::round;

/// Two shares, with as many digits as it takes to tell them apart.
pub(crate) fn apart(a: f64, b: f64) -> (String, String) {
    let differ = |x: f64, y: f64| x == y || (x < y) == (a < b);
    (
        round::percent_where(a, |rounded| rounded != b && differ(rounded, b)),
        round::percent_where(b, |rounded| rounded != a && differ(a, rounded)),
    )
}

/// A likelihood ratio's natural logarithm in decibans: "12.5 dB", "−20 dB".
pub(crate) fn decibans(log: f64) -> String {
    let size = decimal::short(log.abs() / DECIBAN, 1);
    format!("{}{size} dB", if log < 0.0 { "−" } else { "" })
}

/// A band of shares in whole per cents where it is whole: "55–80%".
pub(crate) fn band((low, high): (f64, f64)) -> String {
    let part = |p: f64| decimal::short(p * 100.0, 1.max(decimal::places(p * 100.0, 2)));
    format!("{}–{}%", part(low), part(high))
}

/// "1 item", "3 items".
pub(crate) fn count(n: usize, thing: &str) -> String {
    format!("{n} {thing}{}", if n == 1 { "" } else { "s" })
}
