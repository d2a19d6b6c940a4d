//! `condition c "C" { when: a and b }`: a block where the condition alone belongs.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "condition c \"C\" { when: a and b }",
        "condition c \"C\": a and b",
    ),
    made: &[Made::Item(look)],
};

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let text = piece.text.trim_end();
    if head.word != "condition" {
        return None;
    }
    let open = text.find('{')?;
    let inner = text[open + 1..].strip_suffix('}')?.trim();
    let said = inner
        .strip_prefix("when")
        .map_or(inner, |rest| rest.trim_start());
    let said = said.strip_prefix(':').unwrap_or(said).trim();
    if said.is_empty() || said.contains(['{', '\n', ':']) {
        return None;
    }
    let head_end = text[..open].trim_end().len();
    let written = format!("{}: {said}", &text[..head_end]);
    let found = piece
        .syntax(open..text.len(), "a condition has no block")
        .label("a colon and the condition belong here")
        .help(format!("write `{}`", short(&written)));
    let patch = piece.patch(head_end..text.len(), format!(": {said}"));
    Some(Repair::new(vec![patch], found).fix("write a colon"))
}
