//! `outcome x "X" when m7`, `outcome y otherwise`: what decides an outcome stands in its block.

use super::piece::first_word;
use super::{Head, Made, Mistake, Piece};
use crate::syntax::lower::Lower;
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("outcome x \"X\" when m7", "outcome x \"X\" { when: m7 }"),
    made: &[Made::Item(look)],
};

/// What is written before a condition, and whether that can only mean `when:`.
const BEFORE: [(&str, bool); 8] = [
    ("when:", true),
    ("when", true),
    ("if:", true),
    ("if", true),
    ("given", false),
    ("where", false),
    ("is", false),
    ("=", false),
];

fn look(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    if !matches!(head.word, "outcome" | "final") {
        return None;
    }
    let name = first_word(head.rest);
    let mut behind = &head.rest[name.len()..];
    let colon = behind.starts_with(':');
    behind = behind.trim_start_matches(':').trim_start();
    if let Some(title) = behind.strip_prefix('"') {
        behind = title.split_once('"')?.1;
    }
    let tail = behind.trim_start();
    let tail_at = head.rest_at + (head.rest.len() - tail.len());
    let begins = |word: &str| {
        let after = tail.strip_prefix(word)?;
        let ends = word.ends_with([':', '=']) || after.starts_with(char::is_whitespace);
        ends.then_some(after.trim())
    };
    let spoken = BEFORE
        .iter()
        .find_map(|(w, sure)| Some((begins(w)?, *sure)));
    let (prop, sure) = match (spoken, tail) {
        (Some(found), _) => found,
        (None, "otherwise") => (tail, true),
        (None, "else" | "rest") => (tail, false),
        (None, _) if colon && is_proposition(piece.lower, tail) => (tail, true),
        _ => return None,
    };
    let prop = match prop {
        "else" | "rest" => "otherwise",
        prop => prop,
    };
    if prop.is_empty() || prop.contains('"') {
        return None;
    }
    let place = tail_at..tail_at + tail.len();
    let between = head.rest_at + name.len()..tail_at;
    let before = &piece.text[..between.start];
    let title = &piece.text[between.clone()];
    let title = title.strip_prefix(':').unwrap_or(title);
    let said = format!("{before}{}", title.trim_end());
    // A block that stands there already takes the clause.
    let mut patches = vec![piece.patch(between, title)];
    match piece.text.find('{') {
        Some(open) => {
            let open = open + 1;
            let is_empty = piece.lower.text[piece.range.start + open..]
                .trim_start()
                .starts_with('}');
            let comma = if is_empty { " " } else { "," };
            patches.push(piece.patch(place.clone(), ""));
            patches.push(piece.patch(open..open, format!(" when: {prop}{comma}")));
        }
        None => patches.push(piece.patch(place.clone(), format!("{{ when: {prop} }}"))),
    }
    let found = piece
        .syntax(place, "what decides an outcome stands in its block")
        .label("this is its `when:`")
        .help(format!("write `{said} {{ when: {prop} }}`"));
    let repair = Repair::new(patches, found);
    Some(repair.fix("write it as a clause").only_if(sure))
}

/// Whether every word of a text is a name that the file declares, or joins such names.
fn is_proposition(lower: &Lower<'_>, text: &str) -> bool {
    const KEYWORDS: [&str; 6] = [
        "event",
        "factor",
        "change",
        "assumption",
        "condition",
        "outcome",
    ];
    let names = text.split(|c: char| !(c == '_' || c.is_alphanumeric()));
    let mut names = names.filter(|w| !w.is_empty() && !matches!(*w, "and" | "or" | "not"));
    let declared = |name: &str| {
        KEYWORDS.iter().any(|word| {
            let item = format!("{word} {name}");
            let mut places = lower.text.match_indices(&item);
            places.any(|(at, _)| {
                let behind = lower.text[at + item.len()..].chars().next();
                !behind.is_some_and(|c| c == '_' || c.is_alphanumeric())
            })
        })
    };
    names.all(declared)
}
