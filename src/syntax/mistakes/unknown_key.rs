//! `chnace: 15%`, `probability: 15%`: a key with a slip, or another name for it.

use super::{Key, Made, Mistake, Piece};
use crate::diag::rules;
use crate::diag::{Diagnostic, suggest};
use crate::syntax::recover::Repair;
use crate::syntax::words::CLAUSES;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { probability: 15% by short }",
        "event e { chance: 15% by short }",
    ),
    made: &[Made::Key(look)],
};

/// Other names for clauses, in other tools and in plain speech.
const MEANT: [(&str, &str); 28] = [
    ("probability", "chance"),
    ("prob", "chance"),
    ("odds", "chance"),
    ("credence", "chance"),
    ("date", "as of"),
    ("date", "dated"),
    ("rating", "rated"),
    ("grade", "rated"),
    ("reliability", "rated"),
    ("condition", "when"),
    ("if", "when"),
    ("description", "note"),
    ("comment", "note"),
    ("remark", "note"),
    ("notes", "note"),
    ("criteria", "resolves"),
    ("resolution", "resolves"),
    ("background", "context"),
    ("analyst", "author"),
    ("authors", "author"),
    ("keywords", "tags"),
    ("classification", "marking"),
    ("tlp", "marking"),
    ("language", "lang"),
    ("strength", "weight"),
    ("impact", "weight"),
    ("discount", "count"),
    ("sets", "set"),
];

fn look(piece: &Piece<'_, '_>, key: &Key<'_>) -> Option<Repair> {
    let own = || CLAUSES.iter().filter(|c| c.owners.contains(&key.owner));
    let written = [key.key, key.word].into_iter();
    let repairs = written.filter_map(|written| {
        if written.is_empty() || written.len() > 30 {
            return None;
        }
        let near = suggest::nearest(written, own().map(|c| c.key));
        let place = 0..written.len();
        let unknown = |help: String| {
            Diagnostic::new(
                &rules::UNKNOWN_CLAUSE,
                piece.lower.place(piece.at(place.clone())),
                format!("{} has no clause `{written}`", key.owner.noun()),
            )
            .label("no clause is called this")
            .help(help)
        };
        if let Some(to) = near.first() {
            let help = suggest::did_you_mean(&near).unwrap_or_default();
            let repair = Repair::new(vec![piece.patch(place.clone(), *to)], unknown(help));
            let sure = suggest::surely(written, &near).is_some();
            return Some(repair.fix(format!("write `{to}`")).only_if(sure));
        }
        let low = written.to_lowercase();
        let mut called = MEANT.iter().filter(|(from, _)| *from == low);
        let (_, to) = called.find(|(_, to)| own().any(|c| c.key == *to))?;
        let found = unknown(format!("this is called `{to}`"));
        Some(Repair::new(vec![piece.patch(place.clone(), *to)], found))
    });
    repairs.reduce(Repair::or)
}
