//! `exit by any horizon`, `weakening in all horizons`, `exit in any of short, medium`: several horizons at once.

use super::piece::is_word;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect weakening in all horizons: at most 60%",
        "expect weakening in every horizon: at most 60%",
    ),
    made: &[Made::Query(look), Made::Asked(look)],
};

const ALL: [(&str, &str); 12] = [
    ("in all horizons", "in every horizon"),
    ("in all the horizons", "in every horizon"),
    ("in each horizon", "in every horizon"),
    ("by every horizon", "in every horizon"),
    ("by all horizons", "in every horizon"),
    ("at every horizon", "in every horizon"),
    ("at all horizons", "in every horizon"),
    ("by any horizon", "in any horizon"),
    ("in any horizons", "in any horizon"),
    ("in some horizon", "in any horizon"),
    ("at any horizon", "in any horizon"),
    ("in at least one horizon", "in any horizon"),
];

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let spoken = ALL.iter().find_map(|(said, meant)| {
        let at = text.find(said)?;
        let end = at + said.len();
        // `in any horizon` stands in `in any horizons`.
        let whole = !text[end..].starts_with(|c: char| c.is_alphanumeric());
        whole.then(|| (at..end, (*meant).to_owned()))
    });
    let (place, written) = spoken.or_else(|| listed(text))?;
    let said = &text[place.clone()];
    let found = piece
        .syntax(place.clone(), format!("`{said}` is written `{written}`"))
        .label("this asks about several horizons")
        .help("a query of several is `in any horizon`, `in every horizon` or `in any of (short, medium)`");
    let repair = Repair::new(vec![piece.patch(place, written.clone())], found);
    Some(repair.fix(format!("write `{written}`")))
}

/// `in any of short, medium`, without its parentheses.
fn listed(text: &str) -> Option<(std::ops::Range<usize>, String)> {
    let heads = [
        "in any of ",
        "in every of ",
        "by any of ",
        "in each of ",
        "in all of ",
    ];
    let (at, head) = heads
        .iter()
        .find_map(|head| Some((text.find(head)?, *head)))?;
    let list = &text[at + head.len()..];
    let list = list.split(" given ").next()?.split(" under ").next()?;
    let list = list.trim_end();
    let bare = list.trim_start_matches('(').trim_end_matches(')');
    let names = bare
        .split([',', ' '])
        .filter(|name| !matches!(*name, "" | "and" | "or"));
    let names: Vec<&str> = names.collect();
    let word = match head {
        "in any of " | "by any of " => "any",
        _ => "every",
    };
    let is_list = !names.is_empty() && names.iter().all(|name| is_word(name));
    let written = format!("in {word} of ({})", names.join(", "));
    let end = at + head.len() + list.len();
    (is_list && text[at..end] != written).then_some((at..end, written))
}
