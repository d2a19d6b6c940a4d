//! `hypothesis exit "…"`: an item by another name, in plain speech.

use super::{Made, Mistake, Piece};
use crate::diag::rules;
use crate::diag::{Diagnostic, suggest};
use crate::syntax::recover::Repair;
use crate::syntax::words::ITEMS;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: ("hypothesis exit \"Exit\"", "outcome exit \"Exit\""),
    made: &[Made::Keyword(look)],
};

/// Other names for items.
const MEANT: [(&str, &str); 29] = [
    ("hypothesis", "outcome"),
    ("option", "outcome"),
    ("result", "outcome"),
    ("driver", "factor"),
    ("reason", "factor"),
    ("indicator", "event"),
    ("trigger", "event"),
    ("period", "horizon"),
    ("timeframe", "horizon"),
    ("term", "horizon"),
    ("question", "assessment"),
    ("title", "assessment"),
    ("import", "use"),
    ("include", "use"),
    ("assume", "assumption"),
    ("wager", "bet"),
    ("variable", "quantity"),
    ("distribution", "quantity"),
    ("nested", "implies"),
    ("chain", "implies"),
    ("chained", "implies"),
    ("entails", "implies"),
    ("levels", "implies"),
    ("thresholds", "implies"),
    ("dissent", "view"),
    ("opinion", "view"),
    ("voice", "view"),
    ("judgment", "judgement"),
    ("finding", "judgement"),
];

fn look(piece: &Piece<'_, '_>, word: &str) -> Option<Repair> {
    let to = meant(word).filter(|_| suggest::nearest(word, ITEMS).is_empty())?;
    // Beside the assessment a line `title: "…"` is not another one.
    if to == "assessment"
        && piece
            .lower
            .text
            .lines()
            .any(|line| line.starts_with("assessment "))
    {
        return None;
    }
    let found = unknown(piece, word, format!("this is called `{to}`"));
    Some(Repair::new(vec![piece.patch(0..word.len(), to)], found))
}

/// What an item is called that is called so elsewhere.
fn meant(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    let (_, to) = MEANT.iter().find(|(from, _)| *from == word)?;
    Some(to)
}

/// That no item is called so.
pub(super) fn unknown(piece: &Piece<'_, '_>, word: &str, help: String) -> Diagnostic {
    let help = match meant(word) {
        Some("implies") => format!(
            "{help}; the strongest event stands first, and each implies the next: \
             `implies: m7, m67, m6`"
        ),
        _ => help,
    };
    Diagnostic::new(
        &rules::UNKNOWN_CLAUSE,
        piece.lower.place(piece.at(0..word.len())),
        format!("no item is called `{word}`"),
    )
    .label("an item's keyword belongs here")
    .help(help)
}
