//! `50/50`, `fifty-fifty`, `a coin flip`: even odds as they are said.

use super::{Made, Mistake, Piece};
use crate::diag::{Diagnostic, Fix};
use crate::syntax::broken_values::Want;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 50/50 by short }",
        "event e { chance: 50% by short }",
    ),
    made: &[Made::Said(explain)],
};

/// What is written with signs or digits, and so no word of a scale.
const SAID: [&str; 7] = [
    "50/50",
    "50-50",
    "50–50",
    "50 / 50",
    "50 - 50",
    "50 – 50",
    "50:50%",
];

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    if !matches!(want, Want::Chance | Want::Share) {
        return None;
    }
    let text = piece.text.trim_end();
    let said = SAID.iter().find(|said| text.starts_with(**said))?;
    let rest = &text[said.len()..];
    if !(rest.is_empty() || rest.starts_with([' ', '\t'])) {
        return None;
    }
    let span = piece.lower.place(piece.at(0..said.len()));
    Some(
        piece
            .syntax(0..said.len(), format!("`{said}` is written `50%`"))
            .label("even odds")
            .help(format!("write `50%{rest}`"))
            .fix(Fix::safe("write `50%`", span, "50%")),
    )
}
