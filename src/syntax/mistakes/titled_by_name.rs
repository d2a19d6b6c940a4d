//! `bet presence "Presence stays"`: a name where only a title belongs.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "bet presence \"Presence stays\" { on: not exit by short, price: 97% }",
        "bet \"Presence stays\" { on: not exit by short, price: 97% }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let word = head.word;
    let quote = head.rest.find('"').filter(|quote| *quote > 0)?;
    if !head.is_titled() {
        return None;
    }
    let name = head.rest[..quote].trim();
    let at = head.rest_at;
    let found = piece
        .syntax(at..at + name.len(), format!("`{word}` takes no name"))
        .label("its title belongs here")
        .help(format!("write `{word} \"…\"`"));
    let patch = piece.patch(at..at + quote, "");
    Some(Repair::new(vec![patch], found).fix("leave the name out"))
}
