//! `10% im h2`: a slip of the keys between a value and its horizon.

use super::Mistake;
use crate::diag::Diagnostic;
use crate::syntax::broken_values::{Want, value_end};
use crate::syntax::lower::Lower;
use std::ops::Range;

pub(super) static SLIP: Mistake = Mistake {
    pair: ("chance: 10% bu h2", "chance: 10% by h2"),
    explain,
};

/// Words that have a meaning of their own there, right or wrong.
const KNOWN: [&str; 9] = ["by", "in", "to", "of", "at", "on", "or", "if", "per"];

fn explain(lower: &Lower<'_>, range: Range<usize>, want: Want) -> Option<Diagnostic> {
    if want == Want::Length {
        return None;
    }
    let text = &lower.text[range.clone()];
    let at = value_end(text)?;
    let mut words = text[at..].split_ascii_whitespace();
    let (word, name) = (words.next()?, words.next()?);
    let is_slip = (2..=3).contains(&word.chars().count())
        && word.chars().all(char::is_alphabetic)
        && !KNOWN.contains(&word);
    let is_name = name.starts_with(char::is_alphabetic)
        && name.chars().all(|c| c == '_' || c.is_alphanumeric());
    if !is_slip || !is_name || words.next().is_some() {
        return None;
    }
    let near = |meant: &str| strsim::osa_distance(&word.to_lowercase(), meant) == 1;
    let meant = ["by", "in"].into_iter().find(|meant| near(meant))?;
    let start = range.start + at + text[at..].find(word)?;
    let value = text[..at].trim();
    Some(
        lower
            .syntax(
                start..start + word.len(),
                format!("`{word}` does not say when a value holds"),
            )
            .label(format!("`{meant}` belongs here"))
            .help(format!("write `{value} {meant} {name}`")),
    )
}
