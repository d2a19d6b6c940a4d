//! `m7 implies m6`, `m7 -> m6`: a chain names its events behind the keyword.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("m7 implies m6", "implies: m7, m6"),
    made: &[Made::Item(in_item), Made::Keyword(look)],
};

/// What is written between an event and the one that it implies.
const IMPLIES: [&str; 7] = ["implies:", "implies", "->", "=>", "→", "⇒", ">"];

fn in_item(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    match head.word {
        "implies" => look(piece, head.word),
        _ => None,
    }
}

fn look(piece: &Piece<'_, '_>, _: &str) -> Option<Repair> {
    let line = piece.line().trim_end();
    let bare = line
        .strip_prefix("implies")
        .map(|l| l.trim_start_matches(':'));
    let members = joined(bare.unwrap_or(line))?;
    // `a and b` alone says nothing of a chain.
    let says = IMPLIES.iter().any(|word| line.contains(word));
    let meant = format!("implies: {}", members.join(", "));
    if !says {
        return None;
    }
    let place = 0..line.len();
    let found = piece
        .syntax(place.clone(), "an implication is written as one list")
        .label("a chain begins with `implies:`")
        .help(format!(
            "write `{meant}`: the strongest first, each implies the next"
        ));
    let patch = piece.patch(place, meant.as_str());
    Some(Repair::new(vec![patch], found).fix(format!("write `{meant}`")))
}

/// The names that a text joins by `implies`, by arrows or by `and`; none where it does not.
pub(in crate::syntax) fn joined(text: &str) -> Option<Vec<&str>> {
    let mut members: Vec<&str> = Vec::new();
    let mut joined = false;
    for word in text.split([' ', ',', '\t']) {
        match word {
            "" => {}
            "and" | "&" => joined = true,
            word if IMPLIES.contains(&word) => joined = true,
            word => {
                // `m7->m6`
                let arrow = IMPLIES[2..6].iter().find(|a| word.contains(**a));
                match arrow {
                    Some(arrow) => {
                        joined = true;
                        members.extend(word.split(arrow).filter(|w| !w.is_empty()));
                    }
                    None => members.push(word),
                }
            }
        }
    }
    let is_name = |w: &&str| {
        super::piece::is_word(w) && w.starts_with(|c: char| c.is_alphabetic() || c == '_')
    };
    (joined && members.len() > 1 && members.iter().all(is_name)).then_some(members)
}
