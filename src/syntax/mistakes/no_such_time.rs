//! `strong for weak1`, `10% at the_end`: behind a value neither a time nor another value.

use super::piece::{Gap, horizons};
use super::{Made, Mistake, Piece};
use crate::diag::{Diagnostic, suggest};
use crate::syntax::broken_values::Want;
use crate::syntax::dates;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon h \"H\": 1 year\nfactor f { weight for a: strong for weak1 }",
        "horizon h \"H\": 1 year\nfactor f { weight for a: strong in h }",
    ),
    made: &[Made::Said(explain)],
};

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    if want == Want::Length {
        return None;
    }
    let gap = Gap::of(piece.text)?;
    let between = matches!(
        gap.word,
        "until"
            | "till"
            | "before"
            | "at"
            | "for"
            | "on"
            | "to"
            | "during"
            | "within"
            | "over"
            | "throughout"
    );
    let time = gap.rest[gap.word.len()..].trim();
    let declared = horizons(piece.lower);
    let second = gap.second?;
    let is_name = second.starts_with(|c: char| c == '_' || c.is_alphabetic());
    // What other files declare is not known here.
    let known =
        declared.is_empty() || declared.contains(&second) || piece.lower.text.contains("use \"");
    if !between || !is_name || known || dates::meant(time).is_some() || time.contains(' ') {
        return None;
    }
    let (preposition, range) = match want {
        Want::Strength => ("in", "weak to strong"),
        _ => ("by", "20% to 40%"),
    };
    let names: Vec<String> = declared
        .iter()
        .take(6)
        .map(|name| format!("{preposition} {name}"))
        .collect();
    let value = gap.value.trim();
    Some(
        piece
            .syntax(
                gap.at..piece.text.trim_end().len(),
                format!("`{} {second}` cannot stand behind `{value}`", gap.word),
            )
            .label(format!("there is no horizon `{second}`"))
            .help(format!(
                "behind a value stands when it holds, {}; a range is written `{range}`",
                suggest::list(&names, "or")
            )),
    )
}
