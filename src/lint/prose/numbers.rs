//! Percentages in prose.
//!
//! In: a text and a place in it. Out: the percentage that stands there, as a share of 1.

use std::ops::Range;

/// A percentage or a range of them.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Figure {
    /// Where.
    pub(crate) range: Range<usize>,
    /// The lower end; the number itself where it is one.
    pub(crate) low: f64,
    /// The upper end.
    pub(crate) high: f64,
    /// Whether it says only that the chance lies above or below.
    pub(crate) open: bool,
}

impl Figure {
    /// The number, or the middle of the range.
    pub(crate) fn middle(&self) -> f64 {
        (self.low + self.high) / 2.0
    }
}

/// The percentage that starts at `at`: `90%`, `60–70%`, `60% to 70%`, `5 per cent`.
pub(super) fn after(text: &str, at: usize) -> Option<Figure> {
    let (low, end) = digits(text, at)?;
    let joined = [" to ", "–", "-", "—", " – ", " and "];
    let first = percent_sign(text, end);
    let mid = first.unwrap_or(end);
    let second = joined.iter().find_map(|join| {
        let next = mid + text[mid..].strip_prefix(join).map(|_| join.len())?;
        let (high, end) = digits(text, next)?;
        Some((high, percent_sign(text, end)?))
    });
    let (high, end) = match (second, first) {
        (Some(both), _) => both,
        (None, Some(end)) => (low, end),
        (None, None) => return None,
    };
    let share = |n: f64| n / 100.0;
    (low <= 100.0 && high <= 100.0).then(|| Figure {
        range: at..end,
        low: share(low),
        high: share(high),
        open: false,
    })
}

/// The percentages in a range that say how likely something is: "a 90% chance", "90% likely",
/// "a probability of 90%". A mere share, "5% of GDP", does not.
pub(crate) fn chances(text: &str, range: &Range<usize>) -> Vec<Figure> {
    let mut found = figures(text, range.clone());
    found.retain(|f| {
        let next = text[f.range.end..range.end].trim_start_matches([' ', '-']);
        let said_after = ["chance", "probab", "likel", "odds", "risk"];
        let words: Vec<String> = text[range.start..f.range.start]
            .split_whitespace()
            .rev()
            .take(4)
            .map(|w| {
                w.trim_matches(|c: char| !c.is_alphanumeric())
                    .to_lowercase()
            })
            .collect();
        let said_before = ["chance", "probability", "likelihood", "odds", "risk"];
        said_after.iter().any(|w| next.starts_with(w))
            || words.iter().any(|w| said_before.contains(&w.as_str()))
    });
    found
}

/// The percentages in a range.
pub(crate) fn figures(text: &str, range: Range<usize>) -> Vec<Figure> {
    let mut found: Vec<Figure> = Vec::new();
    let mut at = range.start;
    while at < range.end {
        let starts = text.is_char_boundary(at)
            && text.as_bytes()[at].is_ascii_digit()
            && !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.' || c == ',');
        match starts.then(|| after(text, at)).flatten() {
            Some(figure) if figure.range.end <= range.end => {
                at = figure.range.end;
                found.push(figure);
            }
            _ => at += 1,
        }
    }
    found
}

/// A number in digits, and where it ends.
pub(super) fn digits(text: &str, at: usize) -> Option<(f64, usize)> {
    let rest = &text[at..];
    let whole = rest.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = whole;
    if rest[whole..].starts_with('.') {
        let decimals = rest[whole + 1..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        if decimals > 0 {
            end = whole + 1 + decimals;
        }
    }
    (whole > 0)
        .then(|| rest[..end].parse().ok())?
        .map(|n| (n, at + end))
}

/// Where a sign of per cent that stands at `at` ends.
pub(super) fn percent_sign(text: &str, at: usize) -> Option<usize> {
    ["%", " %", " per cent", " percent"]
        .iter()
        .find(|sign| text[at..].starts_with(**sign))
        .map(|sign| at + sign.len())
}
