//! `weight for not exit: weak`: a weight against it.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight for not exit: weak }",
        "factor f { weight against exit: weak }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    if clause.kind != Kind::weight {
        return None;
    }
    let colon = piece.text.find(':')?;
    let ways = [("for not ", "against "), ("against not ", "for ")];
    let (at, said, meant) = ways
        .into_iter()
        .find_map(|(said, meant)| Some((piece.text[..colon].find(said)?, said, meant)))?;
    let place = at..at + said.len();
    let found = piece
        .syntax(
            at..at + said.trim_end().len(),
            format!("`{}` is written `{}`", said.trim_end(), meant.trim_end()),
        )
        .label("a weight is for an outcome or against it")
        .help(format!(
            "write `{}`",
            piece.text[..colon].replacen(said, meant, 1)
        ));
    let repair = Repair::new(vec![piece.patch(place, meant)], found);
    Some(repair.fix(format!("write `{}`", meant.trim_end())))
}
