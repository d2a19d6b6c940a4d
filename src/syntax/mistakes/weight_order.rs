//! `weight: strong for leave`, `strong for leave`, `weight leave for: strong`: a weight in another order.

use super::piece::is_word;
use super::{Key, Made, Mistake, Piece};
use crate::syntax::braces::first_word;
use crate::syntax::broken_values::value_end;
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;
use crate::syntax::words::{CLAUSES, Clause};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "factor f { weight: strong for leave }",
        "factor f { weight for leave: strong }",
    ),
    made: &[Made::Clause(of_clause), Made::Key(of_key)],
};

fn of_clause(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    (clause.kind == Kind::weight)
        .then(|| look(piece, "weight"))
        .flatten()
}

fn of_key(piece: &Piece<'_, '_>, key: &Key<'_>) -> Option<Repair> {
    let mut clauses = CLAUSES.iter().filter(|c| c.kind == Kind::weight);
    let pushes = clauses.any(|c| c.owners.contains(&key.owner));
    pushes.then(|| look(piece, "")).flatten()
}

fn look(piece: &Piece<'_, '_>, keyword: &str) -> Option<Repair> {
    let line = piece.line().trim_end();
    // A colon may stand anywhere, and a ratio has one of its own.
    let mut said = line[keyword.len()..].trim_start_matches([':', ' ']);
    let mut way = None;
    let mut names = "";
    for word in ["for", "against"] {
        if let Some((before, behind)) = apart(said, word) {
            let (name, rest) = first_word(behind);
            let rest = rest.trim_start_matches([':', ' ']);
            let strength = before.trim_end_matches([':', ' ']);
            way = Some((word, strength, rest));
            names = name;
            break;
        }
    }
    let (way, before, rest) = way?;
    // `weight leave for: strong`
    let (name, strength, behind) = match names {
        "" => (before, rest, ""),
        name if before.is_empty() => (name, rest, ""),
        name => (name, before, rest),
    };
    said = name.trim();
    let is_time = behind.is_empty() || behind.starts_with("in ") || behind.starts_with("by ");
    if said.is_empty() || !is_word(said) || strength.is_empty() || !is_time {
        return None;
    }
    value_end(strength)?;
    let time = if behind.is_empty() {
        String::new()
    } else {
        format!(" {behind}")
    };
    let meant = format!("weight {way} {said}: {strength}{time}");
    // Only its colon may be missing, or nothing.
    if meant == line || meant.replacen(": ", " ", 1) == line {
        return None;
    }
    let found = piece
        .syntax(
            0..line.len(),
            "a weight says first what it pushes, then how hard",
        )
        .label("in another order")
        .help(format!("write `{meant}`"));
    let repair = Repair::new(vec![piece.patch(0..line.len(), meant.as_str())], found);
    Some(repair.fix(format!("write `{meant}`")).strict())
}

/// What stands before a word and behind it.
fn apart<'t>(text: &'t str, word: &str) -> Option<(&'t str, &'t str)> {
    let ends = |text: &str| text.is_empty() || text.starts_with([' ', ':']);
    let mut places = text.match_indices(word).map(|(at, _)| at);
    let at = places.find(|at| {
        let before = &text[..*at];
        (before.is_empty() || before.ends_with([' ', ':'])) && ends(&text[at + word.len()..])
    })?;
    Some((
        text[..at].trim(),
        text[at + word.len()..].trim_start_matches(' '),
    ))
}
