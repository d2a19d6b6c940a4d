//! `exit by December 1, 2025`: a question about a day, as it is said.

use super::piece::horizons;
use super::{Made, Mistake, Piece};
use crate::diag::suggest;
use crate::syntax::dates;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon h \"H\": 1 year\nexpect exit by 1 December 2025: at most 20%",
        "horizon h \"H\": 1 year\nexpect exit by h: at most 20%",
    ),
    made: &[Made::Query(look), Made::Asked(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let words = [" by ", " before ", " until ", " on ", " in "];
    let (at, word) = words
        .iter()
        .find_map(|word| Some((text.find(word)?, *word)))?;
    let begin = at + word.len();
    let ends = [" given ", " under ", ":", "}"];
    let end = ends.iter().filter_map(|end| text[begin..].find(end)).min();
    let end = begin + end.unwrap_or(text.len() - begin);
    let said = text[begin..end].trim_end();
    let place = at + 1..begin + said.len();
    if dates::meant(said).is_none()
        && dates::either(said).is_empty()
        && dates::without_year(said).is_none()
    {
        return None;
    }
    let declared = horizons(piece.lower);
    let first = declared.first().copied().unwrap_or("long");
    let by: Vec<String> = declared
        .iter()
        .take(6)
        .map(|name| format!("by {name}"))
        .collect();
    let found = piece
        .syntax(
            place.clone(),
            "a question is asked at a horizon, not of a day",
        )
        .label("a horizon's name belongs here")
        .help(match by.is_empty() {
            true => "write the name of a horizon, and declare one that ends on this day".to_owned(),
            false => format!(
                "write {}, or declare a horizon that ends on this day",
                suggest::list(&by, "or")
            ),
        });
    Some(Repair::new(
        vec![piece.patch(place, format!("by {first}"))],
        found,
    ))
}
