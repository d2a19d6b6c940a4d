//! `weak to 6:1`: a range between a word and a number.

use super::{Made, Mistake, Piece};
use crate::diag::Diagnostic;
use crate::syntax::broken_values::Want;
use crate::syntax::recover::short;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight for a: weak to 6:1 }",
        "factor f { weight for a: 2:1 to 6:1 }",
    ),
    made: &[Made::Said(explain)],
};

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    let (lower, range) = (piece.lower, piece.range.clone());
    let example = match want {
        Want::Chance => "20% to 40%",
        Want::Strength => "2:1 to 6:1",
        Want::Share | Want::Length => return None,
    };
    let text = piece.text;
    let (low, high) = text.split_once(" to ")?;
    let is_words = |text: &str| {
        text.starts_with(char::is_alphabetic)
            && text
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '\''))
    };
    let high = high.split(" by ").next().unwrap_or_default();
    let high = high.split(" in ").next().unwrap_or_default().trim();
    let is_number = |text: &str| text.starts_with(|c: char| c.is_ascii_digit());
    let (low, high) = (low.trim(), high);
    let fits = (is_words(low) && (is_words(high) || is_number(high)))
        || (is_number(low) && is_words(high) && !is_unit(high));
    if !fits || low.contains(" to ") {
        return None;
    }
    let word = if is_words(low) { low } else { high };
    let end = range.start + text.find(high).unwrap_or(0) + high.len();
    Some(
        lower
            .syntax(
                range.start..end,
                "a range has two numbers or two words at its ends",
            )
            .label(format!(
                "`{}` is a word, and stands for a range already",
                short(word)
            ))
            .help(format!(
                "write one word alone, two words, or the numbers that you mean, such as `{example}`"
            )),
    )
}

/// Whether a word counts something: `6 to months`.
fn is_unit(word: &str) -> bool {
    crate::syntax::times::unit(word).is_some() || word.eq_ignore_ascii_case("db")
}
