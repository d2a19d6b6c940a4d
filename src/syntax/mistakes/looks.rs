//! What is looked for at each place, in the order of the list.

use super::piece::{Gap, Head, Key, Piece};
use super::{ALL, Made};
use crate::diag::Diagnostic;
use crate::syntax::broken_values::Want;
use crate::syntax::grammar::Kind;
use crate::syntax::recover::Repair;
use crate::syntax::words::Clause;

pub(in crate::syntax) use super::chain::joined;
pub(in crate::syntax) use super::extent::extent;
pub(in crate::syntax) use super::key_judgement::called;
pub(in crate::syntax) use super::list::no_list;
pub(in crate::syntax) use super::missing_colon::colons;
pub(in crate::syntax) use super::odds::{number, one_in};
pub(in crate::syntax) use super::piece::is_word;

/// What finds a mistake, mistake by mistake.
fn looks() -> impl Iterator<Item = &'static Made> {
    let all = ALL.iter();
    #[cfg(test)]
    let all = all.filter(|mistake| !super::tests::is_left_out(mistake));
    all.flat_map(|mistake| mistake.made)
}

/// The repairs that one kind of looks finds.
fn found(look: impl Fn(&Made) -> Option<Repair>) -> Vec<Repair> {
    let all = looks().filter_map(look);
    all.flat_map(Repair::with_others).collect()
}

/// What may be wrong with an item whose keyword is right.
pub(in crate::syntax) fn of_item(piece: &Piece<'_, '_>, head: &Head<'_>) -> Vec<Repair> {
    found(|made| match made {
        Made::Item(look) => look(piece, head),
        Made::Asked(look) => look(&piece.asked(head)?),
        _ => None,
    })
}

/// What item is meant by a word that begins none.
pub(in crate::syntax) fn of_keyword(piece: &Piece<'_, '_>, word: &str) -> Vec<Repair> {
    if word.is_empty() || word.len() > 30 {
        return Vec::new();
    }
    found(|made| match made {
        Made::Keyword(look) => look(piece, word),
        _ => None,
    })
}

/// What may be wrong with the head of a clause whose key is right.
pub(in crate::syntax) fn of_clause(piece: &Piece<'_, '_>, clause: &Clause) -> Vec<Repair> {
    found(|made| match made {
        Made::Clause(look) => look(piece, clause),
        _ => None,
    })
}

/// What clause is meant by a key that its block has not.
pub(in crate::syntax) fn of_key(piece: &Piece<'_, '_>, key: &Key<'_>) -> Vec<Repair> {
    found(|made| match made {
        Made::Key(look) => look(piece, key),
        _ => None,
    })
}

/// The explanation of a value that cannot be read, where its mistake leaves no doubt.
pub(in crate::syntax) fn explained(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    looks().find_map(|made| match made {
        Made::Said(look) => look(piece, want),
        _ => None,
    })
}

/// What a value that cannot be read may have meant.
pub(in crate::syntax) fn of_value(piece: &Piece<'_, '_>, want: Want) -> Vec<Repair> {
    let gap = (want != Want::Length)
        .then(|| Gap::of(piece.text))
        .flatten();
    found(|made| match (made, &gap) {
        (Made::Value(look), _) => look(piece, want),
        (Made::Between(look), Some(gap)) => look(piece, gap),
        _ => None,
    })
}

/// What a condition that cannot be read may have meant: each repair alone, then all together.
pub(in crate::syntax) fn of_condition(piece: &Piece<'_, '_>, timeless: bool) -> Vec<Repair> {
    let all = || {
        found(|made| match made {
            Made::Condition(look) => look(piece),
            Made::Timeless(look) if timeless => look(piece),
            _ => None,
        })
    };
    let mut repairs = all();
    if repairs.len() > 1 {
        repairs.extend(all().into_iter().reduce(Repair::and));
    }
    repairs
}

/// What a query that cannot be read may have meant.
pub(in crate::syntax) fn of_query(piece: &Piece<'_, '_>) -> Vec<Repair> {
    found(|made| match made {
        Made::Query(look) => look(piece),
        _ => None,
    })
}

/// What is demanded of an expectation.
pub(in crate::syntax) fn of_demand(piece: &Piece<'_, '_>) -> Vec<Repair> {
    let mut repairs = found(|made| match made {
        Made::Demand(look) => look(piece),
        _ => None,
    });
    repairs.extend(of_value(piece, Want::Share));
    repairs
}

/// What a price may have meant.
pub(in crate::syntax) fn of_price(piece: &Piece<'_, '_>) -> Vec<Repair> {
    let mut repairs = found(|made| match made {
        Made::Price(look) => look(piece),
        _ => None,
    });
    repairs.extend(of_value(piece, Want::Share));
    repairs
}

/// What the extent of a horizon may have meant.
pub(in crate::syntax) fn of_extent(piece: &Piece<'_, '_>) -> Vec<Repair> {
    if piece.text.starts_with('"') {
        return Vec::new();
    }
    let mut repairs = found(|made| match made {
        Made::Extent(look) => look(piece),
        _ => None,
    });
    repairs.extend(of_value(piece, Want::Length));
    repairs
}

/// What the figures of a clause about quantities may have meant.
pub(in crate::syntax) fn of_figures(piece: &Piece<'_, '_>, kind: Kind) -> Vec<Repair> {
    if !matches!(kind, Kind::stated | Kind::move_clause) {
        return Vec::new();
    }
    found(|made| match made {
        Made::Figures(look) => look(piece, kind),
        _ => None,
    })
}

/// What a text may have meant.
pub(in crate::syntax) fn of_text(piece: &Piece<'_, '_>, kind: Kind) -> Vec<Repair> {
    found(|made| match made {
        Made::Text(look) => look(piece, kind),
        _ => None,
    })
}

/// Which date is meant.
pub(in crate::syntax) fn of_date(piece: &Piece<'_, '_>) -> Vec<Repair> {
    found(|made| match made {
        Made::Date(look) => look(piece),
        _ => None,
    })
}

/// Which date is meant of what came true, as in `weakening in medium on 01.09.2026`.
pub(in crate::syntax) fn of_settled(piece: &Piece<'_, '_>) -> Vec<Repair> {
    match piece.text.find(" on ") {
        Some(on) => of_date(&piece.part(on + " on ".len()..piece.text.len())),
        None => Vec::new(),
    }
}

/// Which word of several is meant.
pub(in crate::syntax) fn of_option(piece: &Piece<'_, '_>, kind: Kind) -> Vec<Repair> {
    found(|made| match made {
        Made::Option(look) => look(piece, kind),
        _ => None,
    })
}

/// What a clause says that can be read in several ways.
pub(in crate::syntax) fn unsure(piece: &Piece<'_, '_>, kind: Kind) -> Option<Diagnostic> {
    looks().find_map(|made| match made {
        Made::Unsure(look) => look(piece, kind),
        _ => None,
    })
}
