//! `exit until long`, `exit bye long`: a word that does not stand in a query.

use super::{Made, Mistake, Piece};
use crate::syntax::recover::{Repair, meant, split_words};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect exit until long: at most 20%",
        "expect exit by long: at most 20%",
    ),
    made: &[Made::Query(look), Made::Asked(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let words = split_words(piece.text).skip(1).take(8);
    let repairs = words.filter_map(|(at, word)| {
        let preposition = match word {
            "until" | "till" | "before" | "at" | "on" | "for" => "by",
            "during" | "within" | "over" | "throughout" => "in",
            "if" | "when" | "assuming" => "given",
            "and" | "or" | "by" | "in" | "given" | "under" => return None,
            other => meant(other, ["by", "given", "under"])?,
        };
        let place = at..at + word.len();
        let found = piece
            .syntax(place.clone(), format!("`{word}` cannot stand in a query"))
            .label(format!("`{preposition}` belongs here, if that is meant"))
            .help("a query is written `exit by long given relations under rupture`");
        let repair = Repair::new(vec![piece.patch(place, preposition)], found);
        Some(
            repair
                .fix(format!("write `{preposition}`"))
                .only_if(strsim::osa_distance(word, preposition) == 1),
        )
    });
    repairs.reduce(Repair::or)
}
