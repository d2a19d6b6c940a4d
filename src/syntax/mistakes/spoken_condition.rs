//! `a but not b`, `either a or b`, `neither a nor b`, `a unless b`, `no a`, `a happens`: conditions as they are said.

use super::piece::is_word;
use super::{Made, Mistake, Piece};
use crate::syntax::recover::{Repair, split_words};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "condition c \"C\": neither a nor b",
        "condition c \"C\": not (a or b)",
    ),
    made: &[Made::Condition(look)],
};

/// Words behind a name that say what the name says already, and those that say the contrary.
const SO: [&str; 12] = [
    "happens",
    "happened",
    "occurs",
    "occurred",
    "holds",
    "comes",
    "is true",
    "is so",
    "has happened",
    "has come",
    "does happen",
    "comes true",
];
const NOT_SO: [&str; 7] = [
    "is false",
    "is not true",
    "does not happen",
    "does not hold",
    "has not happened",
    "does not occur",
    "is wrong",
];

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text.trim_end();
    let (said, written) = neither(text)
        .or_else(|| both(text))
        .or_else(|| but(text))
        .or_else(|| negated(text))?;
    let found = piece
        .syntax(0..text.len(), format!("{said} cannot stand in a condition"))
        .label("a condition is joined by `and`, `or` and `not`")
        .help(format!("write `{written}`"));
    let patch = piece.patch(0..text.len(), written.clone());
    // `either` may exclude both, and `unless` may say what holds otherwise.
    let is_sure = ![
        "`either`",
        "`unless`",
        "`except`",
        "`but`",
        "`nor`",
        "`without`",
    ]
    .contains(&said.as_str());
    let repair = Repair::new(vec![patch], found).fix(format!("write `{written}`"));
    Some(repair.only_if(is_sure))
}

/// `neither a nor b`
fn neither(text: &str) -> Option<(String, String)> {
    let rest = text.strip_prefix("neither ")?;
    let written = format!("not ({})", rest.replace(" nor ", " or "));
    Some(("`neither`".to_owned(), written))
}

/// `both a and b`, `either a or b`
fn both(text: &str) -> Option<(String, String)> {
    let words = [("both", " and "), ("either", " or ")];
    words.into_iter().find_map(|(word, with)| {
        let rest = text.strip_prefix(word)?.strip_prefix(' ')?;
        rest.contains(with)
            .then(|| (format!("`{word}`"), rest.trim_start().to_owned()))
    })
}

/// `a but not b`, `a unless b`, `a without b`, `a or b but not both`
fn but(text: &str) -> Option<(String, String)> {
    let one_of = match text.strip_suffix(" but not both") {
        Some(either) => either.split_once(" or ").map(|two| (two, "`but not both`")),
        None => text.split_once(" xor ").map(|two| (two, "`xor`")),
    };
    if let Some(((a, b), said)) = one_of {
        let written = format!("({a} or {b}) and not ({a} and {b})");
        return (is_word(a) && is_word(b)).then(|| (said.to_owned(), written));
    }
    let words = [
        ("but not", "and not"),
        ("except", "and not"),
        ("unless", "and not"),
        ("without", "and not"),
        ("but", "and"),
        ("nor", "and not"),
    ];
    words.into_iter().find_map(|(word, meant)| {
        let (before, behind) = text.split_once(&format!(" {word} "))?;
        // Behind `and not` stands one thing, and what joins more of it needs parentheses.
        let behind = match is_word(behind) || meant == "and" {
            true => behind.to_owned(),
            false => format!("({behind})"),
        };
        let before = match before.contains(" or ") {
            true => format!("({before})"),
            false => before.to_owned(),
        };
        Some((format!("`{word}`"), format!("{before} {meant} {behind}")))
    })
}

/// `no a`, `a is false`, `a happens`
fn negated(text: &str) -> Option<(String, String)> {
    let mut words = split_words(text);
    let (_, first) = words.next()?;
    let (at, _) = words.next()?;
    let rest = &text[at..];
    if first == "no" && is_word(rest) {
        return Some(("`no`".to_owned(), format!("not {rest}")));
    }
    let quoted = format!("`{rest}`");
    match () {
        () if SO.contains(&rest) => Some((quoted, first.to_owned())),
        () if NOT_SO.contains(&rest) => Some((quoted, format!("not {first}"))),
        () => None,
    }
}
