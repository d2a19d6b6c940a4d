//! `evidence: "Declines to sign"`: evidence takes no colon.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { evidence: \"Declines to sign\" }",
        "factor f { evidence \"Declines to sign\" }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    if clause.kind != Kind::evidence {
        return None;
    }
    let key = clause.key.len();
    let colon = piece.text[key..].trim_start();
    let rest = colon.strip_prefix(':')?.trim_start();
    let (at, end) = (
        piece.text.len() - colon.len(),
        piece.text.len() - rest.len(),
    );
    let found = piece
        .syntax(at..at + 1, "`evidence` takes no colon")
        .label("the text of the evidence stands here")
        .help("write `evidence \"what was seen\" { source: \"…\", rated: B2 }`");
    let patch = piece.patch(key..end, " ");
    Some(Repair::new(vec![patch], found).fix("leave the colon out"))
}
