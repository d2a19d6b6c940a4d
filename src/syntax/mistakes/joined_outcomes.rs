//! `weight for exit & weakening: weak`: a list with signs for commas.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight for exit & weakening: weak }",
        "factor f { weight for exit, weakening: weak }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    let said = "the members of a list stand between commas";
    let signs = [
        (" &", ","),
        (" +", ","),
        (" or ", ", "),
        (" /", ","),
        ("/", ", "),
    ];
    let repairs = signs
        .into_iter()
        .filter_map(|(sign, comma)| replaced(piece, clause, sign, comma, said));
    repairs.reduce(Repair::or)
}

/// Writes in a weight's head what belongs there.
pub(super) fn replaced(
    piece: &Piece<'_, '_>,
    clause: &Clause,
    wrong: &str,
    right: &str,
    said: &str,
) -> Option<Repair> {
    if clause.kind != Kind::weight {
        return None;
    }
    let colon = piece.text.find(':')?;
    let at = piece.text[..colon].find(wrong)?;
    let end = at + wrong.len();
    let found = piece
        .syntax(end - wrong.trim_start().len()..end, said)
        .label(format!("`{}` belongs here", right.trim_end()))
        .help(format!(
            "write `{}`",
            piece.text[..=colon].replacen(wrong, right, 1)
        ));
    let repair = Repair::new(vec![piece.patch(at..end, right)], found);
    Some(repair.fix(format!("write `{}`", right.trim_end())))
}
