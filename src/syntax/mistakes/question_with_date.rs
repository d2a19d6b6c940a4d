//! `question "Will it happen?" { as of: … }`: what the file is about is asked by its `assessment`.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "question \"Will it happen?\" { as of: 2025-03-01 }",
        "assessment \"Will it happen?\" { as of: 2025-03-01 }",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let word = 0..head.word.len();
    let asks = head.word == "question"
        && piece.line()[word.end..].trim_start().starts_with('"')
        && piece.text.contains("as of");
    if !asks {
        return None;
    }
    let found = piece
        .syntax(word.clone(), "what the file asks is its `assessment`")
        .label("`assessment` belongs here")
        .help("write `assessment \"…\" { as of: 2025-03-01 }`; a `question` of its own has a name");
    let patch = piece.patch(word, "assessment");
    Some(Repair::new(vec![patch], found).fix("write `assessment`"))
}
