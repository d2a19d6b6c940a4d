//! `chance 15%`, `horizon short 0 to 6 months`: a colon is missing behind one of the first words.

use super::{Head, Made, Mistake, Piece};
use crate::syntax::recover::{Repair, short, split_words};
use crate::syntax::words::Clause;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance 15% by short }",
        "event e { chance: 15% by short }",
    ),
    made: &[Made::Item(in_item), Made::Clause(in_clause)],
};

fn in_item(piece: &Piece<'_, '_>, head: &Head<'_>) -> Option<Repair> {
    let takes_colon = matches!(
        head.word,
        "horizon"
            | "condition"
            | "implies"
            | "section"
            | "use"
            | "exclusive"
            | "overlap"
            | "resolved"
            | "expect"
    );
    takes_colon
        .then(|| colons(piece, head.word.len(), head.word, "the item"))
        .flatten()
}

fn in_clause(piece: &Piece<'_, '_>, clause: &Clause) -> Option<Repair> {
    colons(piece, clause.key.len(), clause.key, "a clause")
}

/// A colon behind each of the first words that end at `from` or later.
pub(in crate::syntax) fn colons(
    piece: &Piece<'_, '_>,
    from: usize,
    key: &str,
    what: &str,
) -> Option<Repair> {
    let line = piece.line();
    let repairs = split_words(line)
        .map(|(at, word)| at + word.len())
        .filter(|end| *end >= from)
        // Behind `chance` in `chance otherwise` no colon is missing, but a value.
        .filter(|end| !begins_guard(&line[*end..]))
        .take(8)
        .map(|end| {
            let message = format!("a colon is missing after `{}`", short(&line[..end]));
            let help = format!("a colon stands between `{key}` and what {what} says");
            let found = piece
                .syntax(end..end, message)
                .label("`:` belongs here")
                .help(help);
            Repair::new(vec![piece.patch(end..end, ":")], found)
                .fix("write the colon")
                .strict()
        });
    repairs.reduce(Repair::or)
}

/// Whether the words that say when a row holds follow.
fn begins_guard(rest: &str) -> bool {
    let mut words = rest.split_ascii_whitespace();
    matches!(words.next(), Some("otherwise" | "given" | "once"))
}
