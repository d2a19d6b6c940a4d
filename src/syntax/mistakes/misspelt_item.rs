//! `evnt drift "…"`: a keyword with a slip.

use super::{Made, Mistake, Piece};
use crate::diag::suggest;
use crate::syntax::recover::Repair;
use crate::syntax::words::ITEMS;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "evnt drift \"Drift\" { chance: 15% by short }",
        "event drift \"Drift\" { chance: 15% by short }",
    ),
    made: &[Made::Keyword(look)],
};

fn look(piece: &Piece<'_, '_>, word: &str) -> Option<Repair> {
    let near = suggest::nearest(word, ITEMS);
    let help = suggest::did_you_mean(&near).unwrap_or_default();
    let repairs = near.iter().map(|to| {
        let patch = piece.patch(0..word.len(), *to);
        let found = super::item_called_otherwise::unknown(piece, word, help.clone());
        Repair::new(vec![patch], found)
            .fix(format!("write `{to}`"))
            .only_if(suggest::surely(word, &near).is_some())
    });
    repairs.reduce(Repair::or)
}
