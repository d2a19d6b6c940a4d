//! `15% until short`, `15% during short`: a word that does not say when a value holds.

use super::piece::Gap;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: 15% until short }",
        "event e { chance: 15% by short }",
    ),
    made: &[Made::Between(look)],
};

fn look(piece: &Piece<'_, '_>, gap: &Gap<'_>) -> Option<Repair> {
    if is_in(piece)
        && matches!(
            gap.word,
            "at" | "for" | "on" | "during" | "within" | "over" | "throughout"
        )
    {
        let (word, horizon) = (gap.word, gap.second?);
        let place = gap.at..gap.at + word.len();
        let found = piece
            .syntax(
                place.clone(),
                format!("`{word}` does not say when a value holds"),
            )
            .label("`in` belongs here")
            .help(format!("write `in {horizon}`"));
        return Some(
            Repair::new(vec![piece.patch(place, "in")], found).fix(format!("write `in {horizon}`")),
        );
    }
    let preposition = match gap.word {
        "until" | "till" | "before" | "at" | "for" | "on" | "to" => "by",
        "during" | "within" | "over" | "throughout" => "in",
        _ => return None,
    };
    let (word, horizon) = (gap.word, gap.second?);
    let place = gap.at..gap.at + word.len();
    let found = piece
        .syntax(
            place.clone(),
            format!("`{word}` does not say when a value holds"),
        )
        .label("`by` or `in` belongs here")
        .help(format!(
            "write `by {horizon}` for up to its end, `in {horizon}` for during it"
        ));
    Some(Repair::new(vec![piece.patch(place, preposition)], found))
}

/// Whether a value is of a clause that is stated in each horizon, and never by one.
fn is_in(piece: &Piece<'_, '_>) -> bool {
    const BACK: usize = 200;
    let text = piece.lower.text;
    let from = text.floor_char_boundary(piece.range.start.saturating_sub(BACK));
    let before = text[from..piece.range.start]
        .rsplit(['\n', '{'])
        .next()
        .unwrap_or_default();
    // The last key before the value.
    let Some((before, _)) = before.rsplit_once(':') else {
        return false;
    };
    let key = before.rsplit(',').next().unwrap_or_default().trim_start();
    let words = ["weight ", "count ", "holds"];
    words.iter().any(|word| key.starts_with(word))
        || before.trim_start().starts_with("weight ") && !before.contains(':')
}
