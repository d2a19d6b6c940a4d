//! `up to 30%`, `less than 1%`, `at least 70%`, `20% ± 5%`: how far a value reaches, said without
//! both of its ends.

use super::{Made, Mistake, Piece};
use crate::diag::{Diagnostic, Fix};
use crate::syntax::broken_values::Want;
use crate::syntax::lower::Lower;
use crate::syntax::values::plain;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: up to 30% by a }",
        "event e { chance: 1% to 30% by a }",
    ),
    made: &[Made::Said(explain)],
};

/// Words that give only the upper end, and only the lower.
const BELOW: [&str; 11] = [
    "<=",
    "<",
    "≤",
    "up to ",
    "at most ",
    "no more than ",
    "not more than ",
    "less than ",
    "fewer than ",
    "below ",
    "under ",
];
const ABOVE: [&str; 9] = [
    ">=",
    ">",
    "≥",
    "at least ",
    "no less than ",
    "not less than ",
    "more than ",
    "above ",
    "over ",
];

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    let lower = piece.lower;
    if want != Want::Chance {
        return None;
    }
    let text = piece.text.trim_end();
    if let Some(found) = plus_minus(lower, piece.range.start, text) {
        return Some(found);
    }
    let led = |words: &[&'static str]| {
        let word = words.iter().find(|word| text.starts_with(**word))?;
        Some((*word, &text[word.len()..]))
    };
    let (word, rest, below) = match (led(&BELOW), led(&ABOVE)) {
        (Some((word, rest)), _) => (word, rest, true),
        (_, Some((word, rest))) => (word, rest, false),
        _ => return None,
    };
    let (number, time) = percent(rest.trim_start())?;
    // What is left beyond the bound is where its unknown end and its middle lie.
    let room = if below { number } else { 100.0 - number };
    if room <= 0.0 || room >= 100.0 {
        return None;
    }
    let far = |part: f64| match below {
        true => part,
        false => 100.0 - part,
    };
    let (end, middle) = (far(one_digit(room / 30.0)), far(one_digit(room / 3.0)));
    let (low, high) = if below { (end, number) } else { (number, end) };
    let ends = format!("{}% to {}%", plain(low), plain(high));
    let span = piece.at(0..word.trim_end().len());
    Some(
        lower
            .syntax(
                span,
                format!("`{}` cannot stand before a value", word.trim_end()),
            )
            .label("a bound says only one end")
            .help(format!(
                "write both ends, such as `{ends}{time}`, or what you hold likeliest with its range, such as \
                 `{}% ({ends}){time}`",
                plain(middle)
            )),
    )
}

/// `20% ± 5%`, `20 +/- 5%`
fn plus_minus(lower: &Lower<'_>, start: usize, text: &str) -> Option<Diagnostic> {
    let sign = ["±", "+/-", "+-"].into_iter().find(|s| text.contains(s))?;
    let (middle, rest) = text.split_once(sign)?;
    let middle = middle.trim();
    let rest = rest.trim_start();
    let (off, time) = percent(rest).or_else(|| points(rest).filter(|_| middle.ends_with('%')))?;
    let middle: f64 = middle
        .strip_suffix('%')
        .unwrap_or(middle)
        .trim_end()
        .parse()
        .ok()?;
    let (low, high) = (middle - off, middle + off);
    if low <= 0.0 || high >= 100.0 || off <= 0.0 {
        return None;
    }
    let meant = format!("{}% to {}%{time}", plain(low), plain(high));
    let range = start..start + text.len();
    let fix = Fix::risky(
        format!("write `{meant}`"),
        lower.place(range.clone()),
        meant.as_str(),
    );
    Some(
        lower
            .syntax(range, format!("a range is written with `to`, not `{sign}`"))
            .label("a range is a 90% interval; is this one?")
            .help(format!("write `{meant}`"))
            .fix(fix),
    )
}

/// A percentage at the beginning, and what stands behind it with a blank before.
fn percent(text: &str) -> Option<(f64, String)> {
    let digits = text.len()
        - text
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
            .len();
    let number: f64 = text[..digits].parse().ok()?;
    let time = text[digits..].trim_start().strip_prefix('%')?.trim();
    let apart = time.is_empty() || time.starts_with("by ") || time.starts_with("in ");
    let time = match time {
        "" => String::new(),
        time => format!(" {time}"),
    };
    (apart && number.is_finite()).then_some((number, time))
}

/// `5`, `5 points`: what a percentage may miss by, and what stands behind it.
fn points(text: &str) -> Option<(f64, String)> {
    let digits = text.len()
        - text
            .trim_start_matches(|c: char| c.is_ascii_digit() || c == '.')
            .len();
    let rest = text[digits..].trim_start();
    let units = ["percentage points", "points", "point", "pp", "pts"];
    let rest = units
        .iter()
        .find_map(|unit| rest.strip_prefix(unit))
        .unwrap_or(rest);
    percent(&format!("{}% {}", &text[..digits], rest.trim_start()))
}

/// A number to one digit that counts.
fn one_digit(number: f64) -> f64 {
    let mut scale = 1.0;
    while number * scale < 1.0 && scale < 1e9 {
        scale *= 10.0;
    }
    libm::round(number * scale) / scale
}

#[cfg(test)]
mod tests {
    use crate::syntax::parse;
    use crate::text::source::FileId;

    #[test]
    fn says_what_a_range_with_both_ends_would_be() {
        for (said, meant) in [
            ("up to 30% by a", "`1% to 30% by a`"),
            ("at most 30% by a", "`10% (1% to 30%) by a`"),
            ("less than 1% by a", "`0.03% to 1% by a`"),
            ("at least 70% by a", "`90% (70% to 99%) by a`"),
            ("more than 90%", "`90% to 99.7%`"),
            ("20% ± 5% by a", "`15% to 25% by a`"),
            ("20 +/- 5% by a", "`15% to 25% by a`"),
            ("20% ± 5 by a", "`15% to 25% by a`"),
            ("20% ± 5 points by a", "`15% to 25% by a`"),
            ("<10% by a", "`0.3% to 10% by a`"),
            ("> 90% by a", "`90% to 99.7% by a`"),
        ] {
            let text = format!("event e {{\n  chance: {said}\n}}\n");
            let found = parse(FileId(0), &text).diagnostics.sorted();
            assert_eq!(found.len(), 1, "{said}: {found:#?}");
            let help = found[0].help.clone().unwrap_or_default();
            assert!(help.contains(meant), "{said}: {help}");
        }
    }
}
