//! `a or`: an operator with nothing behind it.

use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("condition c \"C\": a or", "condition c \"C\": a"),
    made: &[Made::Condition(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let word = ["and", "or", "not"].into_iter().find(|word| {
        text.strip_suffix(word)
            .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
    })?;
    let start = text.len() - word.len();
    let found = piece
        .syntax(
            start..text.len(),
            format!("a condition is missing behind `{word}`"),
        )
        .label("nothing stands behind this")
        .help("a condition may go on in the next line, but not end here");
    let patch = piece.patch(text[..start].trim_end().len()..text.len(), "");
    Some(Repair::new(vec![patch], found))
}
