//! `20% - 40%`: a dash with a number on both sides.

use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::grammar::Kind;
use crate::syntax::recover::{Repair, short};
use std::ops::Range;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 20% - 40% by short }",
        "event e { chance: 20% to 40% by short }",
    ),
    made: &[Made::Figures(in_figures), Made::Value(in_value)],
};

const TO: &str = " to ";

fn in_value(piece: &Piece<'_, '_>, _: Want) -> Option<Repair> {
    let mut dashes = dashes(piece.text, &[]);
    // Others may be those of a date.
    dashes.truncate(1);
    repair(piece, &dashes, "from which value to which?")
}

/// Figures of quantities may be negative, and several ranges may stand there, as in `2.9 (1.8–3.9)`.
fn in_figures(piece: &Piece<'_, '_>, _: Kind) -> Option<Repair> {
    let dashes = dashes(piece.text, &['-', '+']);
    repair(piece, &dashes, super::bracketed::LABEL)
}

fn repair(piece: &Piece<'_, '_>, dashes: &[Range<usize>], label: &'static str) -> Option<Repair> {
    let (first, others) = dashes.split_first()?;
    let mut rest = piece.text[first.end..].to_owned();
    for dash in others.iter().rev() {
        rest.replace_range(dash.start - first.end..dash.end - first.end, TO);
    }
    let sign = piece.text[first.clone()].trim();
    let found = piece
        .all_syntax(format!("a range is written with `to`, not `{sign}`"))
        .label(label)
        .help(format!(
            "write `{} to {}`",
            piece.text[..first.start].trim(),
            short(&rest)
        ));
    let patches = dashes.iter().map(|dash| piece.patch(dash.clone(), TO));
    Some(Repair::new(patches.collect(), found).fix("write `to`"))
}

/// Dashes between two numbers, with the blanks around; `signs` may stand before the second.
fn dashes(text: &str, signs: &[char]) -> Vec<Range<usize>> {
    let dashes = text.char_indices().filter_map(|(at, c)| {
        let dots = text[at..].starts_with("..") && !text[..at].ends_with('.');
        let is_dash = dots || matches!(c, '-' | '–' | '—' | '−' | '…');
        let before = text[..at].trim_end();
        let after = text[at + c.len_utf8()..].trim_start();
        let after = if dots {
            after.trim_start_matches('.').trim_start()
        } else {
            after
        };
        (is_dash
            && before.ends_with(|c: char| c == '%' || c.is_alphanumeric())
            && super::piece::is_number(after.trim_start_matches(signs)))
        .then_some(before.len()..text.len() - after.len())
    });
    dashes.collect()
}
