//! What is stated of a quantity, and moves of it, where they cannot be read.
//!
//! In: the range of the numbers, or of a whole clause. Out: repairs. Ranges come with dashes and in
//! brackets, moves in words, and a horizon without `in`.

use super::grammar::Kind;
use super::lower::Lower;
use super::patch::Patch;
use super::recover::{Repair, short};
use super::values::plain;
use super::words::Owner;
use std::ops::Range;

/// What is asked where a range is written otherwise.
const LABEL: &str = "from which number to which?";

/// How a move is told in words, and the sign that is meant.
const MOVES: [(&str, &str); 10] = [
    ("plus ", "+"),
    ("up by ", "+"),
    ("up ", "+"),
    ("adds ", "+"),
    ("by ", ""),
    ("minus ", "-"),
    ("down by ", "-"),
    ("down ", "-"),
    ("\u{2212}", "-"),
    ("\u{2013}", "-"),
];

impl Lower<'_> {
    /// What the numbers of a clause may have meant.
    pub(super) fn number_repairs(&self, range: Range<usize>, kind: Kind) -> Vec<Repair> {
        let mut repairs = Vec::new();
        match kind {
            Kind::stated => {
                repairs.extend(self.plus_minus(&range));
                repairs.extend(self.dash_repair(&range, LABEL, true));
                repairs.extend(self.bracketed(&range));
            }
            Kind::move_clause => {
                repairs.extend(self.told_move(&range));
                repairs.extend(self.plus_minus(&range));
                repairs.extend(self.dash_repair(&range, LABEL, true));
                repairs.extend(self.bracketed(&range));
            }
            _ => {}
        }
        repairs
    }

    /// `2.9 ± 1`, `2.9 +/- 1`: how much of what is to be expected lies within, nobody says.
    fn plus_minus(&self, range: &Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let signs = ["\u{b1}", "+/-", "+-"];
        let (at, sign) = signs.iter().find_map(|s| Some((text.find(s)?, *s)))?;
        let (centre, half) = (text[..at].trim(), text[at + sign.len()..].trim());
        let (middle, reach): (f64, f64) = (centre.parse().ok()?, half.parse().ok()?);
        let ends = (middle - reach, middle + reach);
        if !ends.0.is_finite() || !ends.1.is_finite() || reach <= 0.0 {
            return None;
        }
        let meant = format!("{centre} ({} to {})", plain(ends.0), plain(ends.1));
        let found = self
            .syntax(
                range.clone(),
                format!("`{sign}` does not say how likely the range is to hold"),
            )
            .label("how likely is it to lie within?")
            .help(format!(
                "write `{meant}` if it lies within nine times in ten; state another level after it, as in `({} to {} at 68%)`",
                plain(ends.0),
                plain(ends.1)
            ));
        Some(Repair::new(vec![Patch::new(range.clone(), meant)], found))
    }

    /// `2.9 [1.8, 3.9]`, `2.9 (1.8, 3.9)`: an interval as statistics writes it.
    fn bracketed(&self, range: &Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let open = text.find(['[', '('])?;
        let close = open + text[open..].find([']', ')'])?;
        let inner = &text[open + 1..close];
        let (low, high) = inner
            .split_once([',', ';'])
            .or_else(|| inner.split_once(" to "))?;
        let (low, high) = (low.trim(), high.trim());
        let starts = |text: &str| {
            text.trim_start_matches(['-', '+'])
                .starts_with(|c: char| c.is_ascii_digit())
        };
        let centre = text[..open].trim();
        if !starts(low) || !starts(high) || !(centre.is_empty() || starts(centre)) {
            return None;
        }
        let meant = match centre {
            "" => format!("{low} to {high}"),
            _ => format!("{centre} ({low} to {high})"),
        };
        let tail = &text[close + 1..];
        let place = range.start..range.start + close + 1;
        let found = self
            .syntax(
                range.start + open..range.start + close + 1,
                "an interval is written with `to`",
            )
            .label(LABEL)
            .help(format!("write `{meant}{}`", tail.trim_end()));
        Some(Repair::new(vec![Patch::new(place, meant.as_str())], found).fix("write `to`"))
    }

    /// `plus 1`, `down 0.5 to 1`: a move in words.
    fn told_move(&self, range: &Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let (written, sign) = MOVES.into_iter().find(|(told, _)| text.starts_with(told))?;
        let rest = text[written.len()..].trim_start();
        if !rest.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let word = written.trim_end();
        let start = range.start;
        // `down 0.5 to 1` falls at both ends, and a range begins with the smaller one.
        let meant = match rest.split_once(" to ") {
            Some((near, far)) if sign == "-" => {
                let (far, when) = far.split_at(far.find(' ').unwrap_or(far.len()));
                format!("-{far} to -{near}{when}")
            }
            _ => format!("{sign}{rest}"),
        };
        let patches = vec![Patch::new(range.clone(), meant.as_str())];
        let message = match sign {
            "" => format!("`{word}` is left out before a move"),
            sign => format!("`{word}` is written `{sign}`"),
        };
        let label = match sign {
            "" => "nothing belongs here".to_owned(),
            sign => format!("`{sign}` belongs here"),
        };
        let found = self
            .syntax(start..start + word.len(), message)
            .label(label)
            .help(format!("write `{}`", short(&meant)));
        let fix = match sign {
            "" => format!("leave `{word}` out"),
            sign => format!("write `{sign}`"),
        };
        Some(Repair::new(patches, found).fix(fix))
    }

    /// `y2026: 2.9 (1.8 to 3.9)`, `by y2026: …` in a quantity: the horizon stands without `in`.
    pub(super) fn stated_repair(
        &self,
        range: &Range<usize>,
        key: &str,
        owner: Owner,
    ) -> Option<Repair> {
        if owner != Owner::Quantity {
            return None;
        }
        let mut words = key.split_whitespace();
        let (name, before) = match (words.next()?, words.next(), words.next()) {
            (name, None, _) => (name, ""),
            (before @ ("by" | "at" | "for" | "on" | "during" | "until"), Some(name), None) => {
                (name, before)
            }
            _ => return None,
        };
        let value = self.text[range.start + key.len()..range.end].trim_start_matches([':', ' ']);
        let is_name = name.starts_with(|c: char| c == '_' || c.is_alphanumeric())
            && name.chars().all(|c| c == '_' || c.is_alphanumeric());
        let is_number = value
            .trim_start_matches(['-', '+'])
            .starts_with(|c: char| c.is_ascii_digit());
        if !is_name || !is_number {
            return None;
        }
        let place = range.start..range.start + key.len();
        let (message, label) = match before {
            "" => (
                format!("`in` is missing before `{name}`"),
                "in which horizon?".to_owned(),
            ),
            before => (
                format!("a quantity is stated in a horizon, not `{before}` it"),
                "`in` belongs here".to_owned(),
            ),
        };
        let found = self
            .syntax(place.clone(), message)
            .label(label)
            .help(format!("write `in {name}: {}`", short(value)));
        let patch = Patch::new(place, format!("in {name}"));
        Some(Repair::new(vec![patch], found).fix(format!("write `in {name}`")))
    }
}
