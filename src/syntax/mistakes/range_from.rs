//! `between 20% and 40%`, `from 20% to 40%`: a range in words.

use super::{Made, Mistake, Piece};
use crate::syntax::broken_values::Want;
use crate::syntax::recover::{Repair, short};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: between 20% and 40% by short }",
        "event e { chance: 20% to 40% by short }",
    ),
    made: &[Made::Value(look)],
};

fn look(piece: &Piece<'_, '_>, want: Want) -> Option<Repair> {
    let text = piece.text;
    let first = text.split_ascii_whitespace().next().unwrap_or_default();
    if first != "between" && first != "from" {
        return None;
    }
    let mut patches = vec![piece.patch(0..first.len() + 1, "")];
    let meant = text[first.len()..].trim().replace(" and ", " to ");
    if let Some(and) = text.find(" and ") {
        patches.push(piece.patch(and..and + 5, " to "));
    }
    // `from 5% to 10% by h3` may be a rise.
    let plain = first == "between" || want == Want::Length;
    let found = piece
        .syntax(
            0..first.len(),
            format!("a range is written without `{first}`"),
        )
        .label("the lower end belongs here")
        .help(match plain {
            true => format!("write `{}`", short(&meant)),
            false => format!(
                "write `{}` for a range; what rises is stated for each horizon",
                short(&meant)
            ),
        });
    let repair = Repair::new(patches, found);
    Some(repair.fix("write the range with `to`").only_if(plain))
}
