//! One word or number of a snapshot, and which stored ones it still bears out.
//!
//! In: a value and by how much it may be off. Out: its text, and whether another text may stand for
//! the same value.

use crate::scales::Scale;
use crate::text::round;

/// What is not quite 0% or 100%, as it was once printed, and up to where.
const NEAR: f64 = 0.000_5;

/// One word or number.
#[derive(Debug, Clone)]
pub(super) enum Cell {
    /// The text, and others that are as good.
    Words(Vec<String>),
    /// A share.
    Share { text: String, p: f64, slack: f64 },
    /// Its low and high end.
    Interval {
        text: String,
        ends: (f64, f64),
        slack: f64,
    },
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Cell::Words(vec![text.into()])
    }

    pub(super) fn words(words: impl IntoIterator<Item = String>) -> Self {
        Cell::Words(words.into_iter().collect())
    }

    pub(super) fn share(scale: &Scale, p: f64, slack: f64) -> Self {
        let text = round::percent_tight(scale, p);
        Cell::Share { text, p, slack }
    }

    pub(super) fn interval(ends: (f64, f64), slack: f64) -> Self {
        let text = round::interval(ends.0, ends.1);
        Cell::Interval { text, ends, slack }
    }

    pub(super) fn shown(&self) -> &str {
        match self {
            Cell::Words(words) => &words[0],
            Cell::Share { text, .. } | Cell::Interval { text, .. } => text,
        }
    }

    /// Whether a stored text may stand.
    pub(super) fn admits(&self, stored: &str) -> bool {
        if stored == self.shown() {
            return true;
        }
        match self {
            Cell::Words(words) => words.iter().any(|w| w == stored),
            Cell::Share { p, slack, .. } => holds(stored, *p, *slack),
            Cell::Interval { ends, slack, .. } => {
                let Some(stored) = stored.strip_suffix('%') else {
                    return false;
                };
                let (low, high) = stored.split_once('–').unwrap_or((stored, stored));
                let end = |text: &str, p| holds(&format!("{text}%"), p, *slack);
                end(low, ends.0) && end(high, ends.1)
            }
        }
    }
}

/// Whether a printed share may be what `p` is rounded to.
fn holds(printed: &str, p: f64, slack: f64) -> bool {
    reach(printed).is_some_and(|(low, high)| low - slack <= p && p <= high + slack)
}

/// The shares that are printed so.
fn reach(printed: &str) -> Option<(f64, f64)> {
    let digits = printed.strip_suffix('%')?;
    match digits {
        "<0.1" => return Some((0.0, NEAR)),
        ">99.9" => return Some((1.0 - NEAR, 1.0)),
        "0" => return Some((0.0, 0.0)),
        "100" => return Some((1.0, 1.0)),
        _ => {}
    }
    // Nearer still to an end: "<0.000001%", ">99.9999999999%".
    let bound = |text: &str| text.parse::<f64>().ok().map(|value| value / 100.0);
    if let Some(most) = digits.strip_prefix('<') {
        return Some((0.0, bound(most)?));
    }
    if let Some(least) = digits.strip_prefix('>') {
        return Some((bound(least)?, 1.0));
    }
    let value: f64 = digits.parse().ok()?;
    let decimals = digits.split_once('.').map_or(0, |(_, d)| d.len());
    // "2%" is 2.0%: near the ends a decimal is left out only where it is 0.
    let decimals = decimals.max(round::decimals(value / 100.0));
    let half = 0.5 / 10f64.powi(i32::try_from(decimals).ok()?);
    Some(((value - half) / 100.0, (value + half) / 100.0))
}

#[cfg(test)]
mod tests {
    use super::{Cell, reach};
    use crate::scales;
    use crate::text::round;

    #[test]
    fn what_is_printed_reaches_what_it_was_printed_from() {
        for i in 0..=100_000u32 {
            let p = f64::from(i) / 100_000.0;
            let text = round::percent(p);
            let (low, high) = reach(&text).expect("a share");
            assert!(low - 1e-12 <= p && p <= high + 1e-12, "{p} reads {text}");
            assert!(high - low < 0.010_1, "{text} reaches too far");
        }
    }

    #[test]
    fn a_stored_number_stands_within_its_rounding_and_noise() {
        let icd = scales::find("icd203").expect("it is built in");
        let share = |p| Cell::share(&icd, p, 1e-9);
        assert!(share(0.645).admits("64%") && share(0.645).admits("65%"));
        assert!(!share(0.646).admits("64%"));
        assert!(share(0.023).admits("2.3%") && !share(0.023).admits("2%"));
        assert!(!share(0.0).admits("<0.1%") || share(0.0).admits("0%"));
        assert!(!share(0.5).admits("likely"));
        assert!(share(1.0 - 1e-11).admits(">99.9999999999%") && share(1e-13).admits("<0.000001%"));
        assert!(!share(0.999_99).admits(">99.9999999999%") && !share(1e-4).admits("<0.000001%"));
        let interval = Cell::interval((0.2, 0.4), 0.02);
        assert!(interval.admits("18–42%") && !interval.admits("17–40%"));
        assert!(!interval.admits("18-42%"));
    }
}
