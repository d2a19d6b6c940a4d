//! `chance if strike: 40%`, `chance else: 5%`: the words that say when a row holds.

use super::{Made, Mistake, Piece};
use crate::syntax::grammar::Kind;
use crate::syntax::recover::{Repair, meant, split_words};
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance if strike: 40% by short }",
        "event e { chance given strike: 40% by short }",
    ),
    made: &[Made::Clause(look)],
};

fn look(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    if !matches!(clause.kind, Kind::chance | Kind::holds) {
        return None;
    }
    let (at, word) = split_words(piece.line()).nth(1)?;
    let bare = word.trim_end_matches(':');
    let timed = piece.text.contains(" within ");
    let guard = match bare {
        "after" | "since" | "when" | "if" | "following" if timed => "once",
        "if" | "when" | "under" | "with" | "after" | "assuming" => "given",
        "else" | "default" | "unless" | "elsewise" => "otherwise",
        other => meant(other, ["given", "otherwise"]).filter(|meant| *meant != other)?,
    };
    let place = at..at + bare.len();
    let found = piece
        .syntax(place.clone(), format!("`{bare}` is written `{guard}`"))
        .label(format!("`{guard}` belongs here"))
        .help(match guard {
            "once" => "a row is `chance once EVENT: 40% within 3 months`",
            _ => "a row is `chance given CONDITION: …` or `chance otherwise: …`",
        });
    let repair = Repair::new(vec![piece.patch(place, guard)], found);
    Some(repair.fix(format!("write `{guard}`")))
}
