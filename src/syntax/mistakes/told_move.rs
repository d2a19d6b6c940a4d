//! `move growth: down 0.5 to 1`: a move in words.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::{Repair, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { move growth: down 0.5 to 1 }",
        "factor f { move growth: -1 to -0.5 }",
    ),
    made: &[Made::Figures(look)],
};

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

fn look(piece: &Piece<'_, '_>, kind: Kind) -> Option<Repair> {
    if kind != Kind::move_clause {
        return None;
    }
    let text = piece.text;
    let (written, sign) = MOVES.into_iter().find(|(told, _)| text.starts_with(told))?;
    let rest = text[written.len()..].trim_start();
    if !super::piece::is_number(rest) {
        return None;
    }
    let word = written.trim_end();
    // `down 0.5 to 1` falls at both ends, and a range begins with the smaller one.
    let meant = match rest.split_once(" to ") {
        Some((near, far)) if sign == "-" => {
            let (far, when) = far.split_at(far.find(' ').unwrap_or(far.len()));
            format!("-{far} to -{near}{when}")
        }
        _ => format!("{sign}{rest}"),
    };
    let (message, label, fix) = match sign {
        "" => (
            format!("`{word}` is left out before a move"),
            "nothing belongs here".to_owned(),
            format!("leave `{word}` out"),
        ),
        sign => (
            format!("`{word}` is written `{sign}`"),
            format!("`{sign}` belongs here"),
            format!("write `{sign}`"),
        ),
    };
    let found = piece
        .syntax(0..word.len(), message)
        .label(label)
        .help(format!("write `{}`", short(&meant)));
    Some(Repair::new(vec![piece.replaced(meant)], found).fix(fix))
}
