//! `exit given strike by long`: what is given before the horizon.

use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect exit given strike by long: at most 20%",
        "expect exit by long given strike: at most 20%",
    ),
    made: &[Made::Query(look), Made::Asked(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let given = text.find(" given ")?;
    let (before, behind) = text.split_at(given);
    let time = [" by ", " in "]
        .iter()
        .filter_map(|word| behind.rfind(word));
    let time = time.max()?;
    if [" by ", " in "].iter().any(|word| before.contains(word)) {
        return None;
    }
    let (condition, place) = behind.split_at(time);
    let end = place.find(" under ").unwrap_or(place.trim_end().len());
    let written = format!("{}{condition}", &place[..end]);
    let found = piece
        .syntax(
            given + 1..given + time + end,
            "the horizon of a query stands before what is given",
        )
        .label("swap the two")
        .help(format!("write `{}{written}`", before.trim_start()));
    let patch = piece.patch(given..given + time + end, written);
    Some(Repair::new(vec![patch], found).fix("write the horizon first"))
}
