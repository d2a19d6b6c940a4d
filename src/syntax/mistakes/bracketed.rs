//! `2.9 [1.8, 3.9]`, `2.9 (1.8, 3.9)`: an interval as statistics writes it.

use super::piece::is_number;
use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "quantity growth { in y2026: 2.9 [1.8, 3.9] }",
        "quantity growth { in y2026: 2.9 (1.8 to 3.9) }",
    ),
    made: &[Made::Figures(look)],
};

/// What is asked where a range of figures is written otherwise.
pub(super) const LABEL: &str = "from which number to which?";

fn look(piece: &Piece<'_, '_>, _: Kind) -> Option<Repair> {
    let text = piece.text;
    let open = text.find(['[', '('])?;
    let close = open + text[open..].find([']', ')'])?;
    let inner = &text[open + 1..close];
    let (low, high) = inner
        .split_once([',', ';'])
        .or_else(|| inner.split_once(" to "))?;
    let (low, high) = (low.trim(), high.trim());
    let starts = |text: &str| is_number(text.trim_start_matches(['-', '+']));
    let centre = text[..open].trim();
    if !starts(low) || !starts(high) || !(centre.is_empty() || starts(centre)) {
        return None;
    }
    let meant = match centre {
        "" => format!("{low} to {high}"),
        _ => format!("{centre} ({low} to {high})"),
    };
    let tail = &text[close + 1..];
    let found = piece
        .syntax(open..close + 1, "an interval is written with `to`")
        .label(LABEL)
        .help(format!("write `{meant}{}`", tail.trim_end()));
    let patch = piece.patch(0..close + 1, meant);
    Some(Repair::new(vec![patch], found).fix("write `to`"))
}
