//! `exit by the end of long`: what `by` says already.

use super::end_of::end_of;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::{Repair, split_words};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect exit by the end of long: at most 20%",
        "expect exit by long: at most 20%",
    ),
    made: &[Made::Query(look), Made::Asked(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let (by, end) = split_words(text)
        .filter(|(_, word)| *word == "by")
        .find_map(|(by, _)| {
            let behind = text[by..].strip_prefix("by ")?.trim_start();
            let (end, _) = end_of(behind.strip_prefix("the ").unwrap_or(behind))?;
            Some((by, end))
        })?;
    let at = by + "by ".len();
    let name_at = at + text[at..].find(end)?;
    let name: String = end
        .chars()
        .take_while(|c| *c == '_' || c.is_alphanumeric())
        .collect();
    let found = piece
        .syntax(
            by..name_at,
            format!("`by {name}` reaches to its end already"),
        )
        .label(format!("`{}` is not needed", text[at..name_at].trim()))
        .help(format!("write `{}by {name}`", text[..by].trim_start()));
    let patch = piece.patch(by..name_at, "by ");
    Some(Repair::new(vec![patch], found).fix(format!("write `by {name}`")))
}
