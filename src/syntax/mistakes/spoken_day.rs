//! `as of: 1 March 2025`: a day as it is said.

use super::{Made, Mistake, Piece};
use crate::syntax::dates;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "assessment \"A?\" { as of: 1 March 2025 }",
        "assessment \"A?\" { as of: 2025-03-01 }",
    ),
    made: &[Made::Date(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let date = dates::meant(piece.text.trim_matches('"'))?;
    let found = piece
        .all_syntax("a date is written year-month-day")
        .label(format!("this is `{date}`"))
        .help(format!("write `{date}`"));
    let patch = piece.replaced(date.as_str());
    Some(Repair::new(vec![patch], found).fix(format!("write `{date}`")))
}
