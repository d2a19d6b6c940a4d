//! `10% im h2`: a slip of the keys between a value and its horizon.

use super::{Made, Mistake, Piece};
use crate::diag::Diagnostic;
use crate::syntax::broken_values::{Want, value_end};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 10% bu h2 }",
        "event e { chance: 10% by h2 }",
    ),
    made: &[Made::Said(explain)],
};

/// Words that have a meaning of their own there, right or wrong.
const KNOWN: [&str; 9] = ["by", "in", "to", "of", "at", "on", "or", "if", "per"];

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    let (lower, range) = (piece.lower, piece.range.clone());
    if want == Want::Length {
        return None;
    }
    let text = piece.text;
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
