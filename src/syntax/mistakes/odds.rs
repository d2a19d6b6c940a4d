//! `1 in 20 by near`, `one in ten`: a chance told as one of so many.

use super::{Made, Mistake, Piece};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::syntax::broken_values::Want;
use crate::syntax::lower::Lower;
use crate::syntax::values::plain;
use std::ops::Range;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 5 out of 100 by near }",
        "event e { chance: 5% by near }",
    ),
    made: &[Made::Said(explain)],
};

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    match want {
        Want::Chance | Want::Share => one_in(piece.lower, piece.range.clone()),
        Want::Strength | Want::Length => None,
    }
}

/// What is said of `1 in 10`, which is no chance at a horizon called 10.
pub(in crate::syntax) fn one_in(lower: &Lower<'_>, range: Range<usize>) -> Option<Diagnostic> {
    let text = &lower.text[range.clone()];
    let (few, many, rest) = read(text)?;
    let time = match rest {
        "" => String::new(),
        rest => format!(" {rest}"),
    };
    let share = 100.0 * few / many;
    let readings = [
        format!("{}%{time}", significant(share)),
        format!("{} of {}{time}", plain(few), plain(many)),
    ];
    let span = lower.place(range);
    let mut found = Diagnostic::new(
        &rules::MISSING_UNIT,
        span,
        format!("`{}` is no value", text.trim()),
    )
    .label("a chance, or cases counted?")
    .help(format!(
        "write `{}` for a chance, `{}` for {} of {} cases that were counted",
        readings[0],
        readings[1],
        plain(few),
        plain(many)
    ));
    for reading in readings {
        found = found.fix(Fix::risky(format!("read it as `{reading}`"), span, reading));
    }
    Some(found)
}

/// The per cent that a text means which ends in `1 in 10`, and where that begins.
pub(super) fn share_at_end(text: &str) -> Option<(usize, String)> {
    let starts = text
        .char_indices()
        .filter(|(i, c)| !c.is_whitespace() && (*i == 0 || text[..*i].ends_with(' ')));
    starts.take(8).find_map(|(at, _)| {
        let (few, many, rest) = read(&text[at..])?;
        rest.is_empty()
            .then(|| (at, format!("{}%", significant(100.0 * few / many))))
    })
}

/// The two numbers, and by when or in which horizon.
fn read(text: &str) -> Option<(f64, f64, &str)> {
    if text.len() > 200 {
        return None;
    }
    let text = text.trim();
    let (head, rest) = match text.split_once(" by ") {
        Some((head, time)) => (head, &text[text.len() - time.len() - 3..]),
        None => match text.match_indices(" in ").nth(1) {
            Some((second, _)) => (&text[..second], &text[second + 1..]),
            None => (text, ""),
        },
    };
    if rest.split_ascii_whitespace().count() > 2 {
        return None;
    }
    let head = head
        .replace(['-', '\u{2010}', '\u{2011}'], " ")
        .replace('/', " in ");
    let words: Vec<&str> = head.split_ascii_whitespace().collect();
    let words = match &words[..] {
        [first @ .., "chance" | "chances" | "cases"] => first,
        all => all,
    };
    let words = match words {
        ["a" | "about" | "roughly" | "around", rest @ ..] if rest.len() > 2 => rest,
        all => all,
    };
    let middle = words.iter().position(|w| matches!(*w, "in" | "of"))?;
    let (few, many) = (&words[..middle], &words[middle + 1..]);
    let few = match few {
        [few @ .., "out"] if words[middle] == "of" => few,
        [few @ .., "chance" | "chances" | "case" | "cases"] => few,
        _ if words[middle] == "of" => return None,
        few => few,
    };
    let (few, many) = (number(few)?, number(many)?);
    (0.0 < few && few <= many).then_some((few, many, rest))
}

/// A number in digits or in words.
pub(in crate::syntax) fn number(words: &[&str]) -> Option<f64> {
    const SMALL: [&str; 13] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let one = |word: &str| -> Option<f64> {
        let word = word.to_lowercase();
        if let Some(n) = SMALL.iter().position(|s| *s == word) {
            return Some(n as f64);
        }
        Some(match word.as_str() {
            "a" | "an" => 1.0,
            "fifteen" => 15.0,
            "twenty" => 20.0,
            "thirty" => 30.0,
            "forty" => 40.0,
            "fifty" => 50.0,
            "hundred" => 100.0,
            "thousand" => 1_000.0,
            "million" => 1_000_000.0,
            digits if digits.starts_with(|c: char| c.is_ascii_digit()) => digits
                .replace(',', "")
                .parse()
                .ok()
                .filter(|n: &f64| n.is_finite())?,
            _ => return None,
        })
    };
    match words {
        [word] => one(word),
        [count, size @ ("hundred" | "thousand" | "million")] => Some(one(count)? * one(size)?),
        _ => None,
    }
}

/// A number to three digits that count.
fn significant(number: f64) -> String {
    let mut scale = 1.0;
    while number * scale < 100.0 && scale < 1e9 {
        scale *= 10.0;
    }
    plain(libm::round(number * scale) / scale)
}
