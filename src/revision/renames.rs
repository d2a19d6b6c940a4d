//! Names that were changed wherever they are meant, as `assess mv` does.
//!
//! In: both sides taken apart. Out: old and new names, and the old side under its new names. A name
//! is another's new one where a thing of its kind went and one came with the same title, or with the
//! same content; where that is true of several, none is taken.

use super::collect::{Files, collect};
use super::names;
use super::slots::{Entry, Held, Piece, Slot};
use crate::syntax::ast::{Item, Text};

/// Old names and new ones.
#[derive(Debug, Clone, Default)]
pub(super) struct Renames(pub(super) Vec<Rename>);

#[derive(Debug, Clone)]
pub(super) struct Rename {
    pub(super) old: String,
    pub(super) new: String,
    pub(super) places: [Option<crate::text::source::Span>; 2],
}

/// More than this many rounds would follow names that only other new names tell.
const ROUNDS: usize = 4;

impl Renames {
    /// The new name of what had this one.
    pub(super) fn now<'a>(&'a self, old: &'a str) -> &'a str {
        let renamed = self.0.iter().find(|r| r.old == old);
        renamed.map_or(old, |r| r.new.as_str())
    }

    /// Finds the names that were changed, and gives the old side its new ones.
    pub(super) fn settle(files: &mut Files) -> Renames {
        let mut all = Renames::default();
        for _ in 0..ROUNDS {
            let found = find(&collect(files, 0));
            if found.is_empty() {
                break;
            }
            found.iter().for_each(|rename| apply(files, rename));
            all.0.extend(found);
        }
        all
    }
}

/// What went and what came, one to one.
fn find(entries: &[Entry]) -> Vec<Rename> {
    let gone: Vec<&Entry> = declared(entries, |e| e.old.is_some() && e.new.is_none());
    let come: Vec<&Entry> = declared(entries, |e| e.old.is_none() && e.new.is_some());
    let fits = |a: &Entry, b: &Entry| a.file == b.file && is_same(entries, a, b);
    let mut found: Vec<Rename> = Vec::new();
    for a in &gone {
        let new: Vec<&&Entry> = come.iter().filter(|b| fits(a, b)).collect();
        let [b] = new[..] else { continue };
        if gone.iter().filter(|other| fits(other, b)).count() > 1 {
            continue;
        }
        if let (Some(old), Some(new)) = (a.slot.declares(), b.slot.declares()) {
            let span = |held: &Option<Held>| held.as_ref()?.span;
            found.push(Rename {
                old: old.to_owned(),
                new: new.to_owned(),
                places: [span(&a.old), span(&b.new)],
            });
        }
    }
    found
}

fn declared(entries: &[Entry], is: impl Fn(&Entry) -> bool) -> Vec<&Entry> {
    let named = |e: &&Entry| {
        matches!(
            e.slot,
            Slot::Horizon(_)
                | Slot::Outcome(_)
                | Slot::Driver(_)
                | Slot::Question(_)
                | Slot::Answer(..)
                | Slot::Condition(_)
                | Slot::Quantity(_)
        )
    };
    entries.iter().filter(named).filter(|e| is(e)).collect()
}

/// Whether what went and what came are one thing but for its name.
fn is_same(entries: &[Entry], a: &Entry, b: &Entry) -> bool {
    let (Some(old), Some(new)) = (&a.old, &b.new) else {
        return false;
    };
    let titles = (title(&old.piece), title(&new.piece));
    match (&a.slot, &b.slot) {
        (Slot::Horizon(_), Slot::Horizon(_)) => old.canon == new.canon,
        (Slot::Condition(_), Slot::Condition(_)) | (Slot::Quantity(_), Slot::Quantity(_)) => {
            old.canon == new.canon
        }
        (Slot::Question(_), Slot::Question(_)) => {
            matches!(titles, (Some(x), Some(y)) if x.node == y.node)
        }
        (Slot::Answer(p, _), Slot::Answer(q, _)) => {
            p == q && matches!(titles, (Some(x), Some(y)) if x.node == y.node)
        }
        (Slot::Outcome(x), Slot::Outcome(y)) => match titles {
            (Some(x), Some(y)) => x.node == y.node,
            _ => old.canon == new.canon && prior(entries, x, true) == prior(entries, y, false),
        },
        (Slot::Driver(x), Slot::Driver(y)) => {
            let is_titled = matches!(titles, (Some(x), Some(y)) if x.node == y.node);
            let (x, y) = (
                body(entries, a.file, x, true),
                body(entries, a.file, y, false),
            );
            old.canon == new.canon && (is_titled || x == y && x.len() > 1)
        }
        _ => false,
    }
}

fn title(piece: &Piece) -> Option<&Text> {
    match piece {
        Piece::Outcome(o) => o.title.as_ref(),
        Piece::Question(q) => q.title.as_ref(),
        Piece::Driver(d) => d.title.as_ref(),
        _ => None,
    }
}

/// What a side says of a driver besides its kind, its evidence last.
fn body<'e>(entries: &'e [Entry], file: usize, name: &str, old: bool) -> Vec<(String, &'e str)> {
    let own = entries.iter().filter(|e| e.file == file);
    let own = own.filter(|e| e.slot.driver() == Some(name));
    let own = own.filter_map(|e| {
        let held = if old { &e.old } else { &e.new };
        let part = match &e.slot {
            Slot::Driver(_) => return None,
            Slot::Rows(_) => "rows".to_owned(),
            Slot::When(_) => "when".to_owned(),
            Slot::Once(_) => "once".to_owned(),
            Slot::Weight(_, outcome, horizon) => format!("weight {outcome} {horizon}"),
            Slot::Likelihood(_) => "likelihood".to_owned(),
            Slot::Count(_, driver) => format!("count {driver}"),
            _ => "evidence".to_owned(),
        };
        Some((part, held.as_ref()?.canon.as_str()))
    });
    own.collect()
}

/// What a side's prior says of an outcome.
fn prior(entries: &[Entry], outcome: &str, old: bool) -> Option<String> {
    let mut entries = entries.iter().filter(|e| e.slot == Slot::Prior);
    let entry = entries.next()?;
    let held = if old { &entry.old } else { &entry.new };
    let Piece::Prior(prior) = &held.as_ref()?.piece else {
        return None;
    };
    let row = prior.rows.iter().find(|r| r.outcome.node == outcome)?;
    Some(super::wording::prior_value(&row.value))
}

/// Gives the old side a new name, wherever the new side has the old one no more.
fn apply(files: &mut Files, rename: &Rename) {
    for [old, new] in files.values_mut() {
        let Some(old) = old else { continue };
        let mut keeps = false;
        for item in new.iter_mut().flat_map(|b| &mut b.items) {
            if let Item::Question(q) = item {
                let mut names = q.outcomes.iter().map(|o| &o.name).chain([&q.name]);
                keeps |= names.any(|name| name.node == rename.old);
            }
            let declares = matches!(
                item,
                Item::Horizon(_)
                    | Item::Outcome(_)
                    | Item::Driver(_)
                    | Item::Condition(_)
                    | Item::Quantity(_)
                    | Item::Use(_)
            );
            if declares {
                // The first name of such an item is its own; a `use` has no other kind.
                let mut first = true;
                let is_use = matches!(item, Item::Use(_));
                names::each(item, &mut |name| {
                    keeps |= (first || is_use) && *name == rename.old;
                    first = false;
                });
            }
        }
        if keeps {
            continue;
        }
        for item in &mut old.items {
            names::each(item, &mut |name| {
                if *name == rename.old {
                    rename.new.clone_into(name);
                }
            });
        }
    }
}
