//! Edits by what is written: slots that differ, gathered where names tie them together.
//!
//! In: every slot. Out: *atoms*, sets of slots that are changed at once. What a driver says goes with
//! a driver that came or went; what names a thing goes with that thing; one change of a weight in
//! several horizons is one.

use super::names;
use super::slots::{Entry, Held, Piece, Slot};
use crate::syntax::ast::{Item, Name};
use std::collections::{BTreeMap, BTreeSet};

/// Sets of places among the entries, each in order, by their first.
pub(super) fn atoms(entries: &[Entry]) -> Vec<Vec<usize>> {
    let changed: Vec<usize> = (0..entries.len())
        .filter(|&i| !entries[i].is_kept())
        .collect();
    let mut union = Union::new(entries.len());
    drivers(entries, &changed, &mut union);
    weights(entries, &changed, &mut union);
    mentions(entries, &changed, &mut union);
    let mut sets: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &i in &changed {
        sets.entry(union.root(i)).or_default().push(i);
    }
    let mut sets: Vec<Vec<usize>> = sets.into_values().collect();
    sets.sort();
    sets
}

/// Sets that grow together.
#[derive(Debug, Clone)]
pub(super) struct Union(Vec<usize>);

impl Union {
    pub(super) fn new(n: usize) -> Self {
        Union((0..n).collect())
    }

    pub(super) fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    pub(super) fn join(&mut self, i: usize, j: usize) {
        let (i, j) = (self.root(i), self.root(j));
        self.0[i.max(j)] = i.min(j);
    }
}

/// Parts of a driver that came, went or became another kind.
fn drivers(entries: &[Entry], changed: &[usize], union: &mut Union) {
    let mut shells: BTreeMap<(usize, &str), usize> = BTreeMap::new();
    for &i in changed {
        if let Slot::Driver(name) = &entries[i].slot {
            shells.insert((entries[i].file, name), i);
        }
    }
    for &i in changed {
        let entry = &entries[i];
        let shell = entry
            .slot
            .driver()
            .and_then(|d| shells.get(&(entry.file, d)));
        if let Some(&shell) = shell {
            union.join(shell, i);
        }
    }
}

/// One weight: the same change in several horizons; all of them where its side changes.
fn weights(entries: &[Entry], changed: &[usize], union: &mut Union) {
    type Change<'a> = (Option<&'a str>, Option<&'a str>);
    let mut alike: BTreeMap<(usize, &str, &str, Change<'_>), usize> = BTreeMap::new();
    type Members = (BTreeSet<(bool, bool)>, Vec<usize>);
    let mut all: BTreeMap<(usize, &str, &str), Members> = BTreeMap::new();
    let canon = |held: &'_ Option<Held>| held.as_ref().map(|h| h.canon.clone());
    let texts: Vec<(Option<String>, Option<String>)> = entries
        .iter()
        .map(|e| (canon(&e.old), canon(&e.new)))
        .collect();
    for &i in changed {
        let entry = &entries[i];
        let Slot::Weight(driver, outcome, _) = &entry.slot else {
            continue;
        };
        let change = (texts[i].0.as_deref(), texts[i].1.as_deref());
        let first = *alike
            .entry((entry.file, driver, outcome, change))
            .or_insert(i);
        union.join(first, i);
        let (sides, members) = all.entry((entry.file, driver, outcome)).or_default();
        for held in [&entry.old, &entry.new].into_iter().flatten() {
            if let Piece::Weight(w) = &held.piece {
                sides.insert((w.against, w.if_wrong.is_some()));
            }
        }
        members.push(i);
    }
    for (sides, members) in all.into_values() {
        if sides.len() > 1 {
            members.iter().for_each(|&i| union.join(members[0], i));
        }
    }
}

/// What names a thing that came or went.
fn mentions(entries: &[Entry], changed: &[usize], union: &mut Union) {
    let mut declared: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for &i in changed {
        let entry = &entries[i];
        if let Some(name) = entry.slot.declares()
            && (entry.old.is_none() || entry.new.is_none())
        {
            declared.entry(name).or_default().push(i);
        }
    }
    for places in declared.values() {
        places.iter().for_each(|&i| union.join(places[0], i));
    }
    for &i in changed {
        let entry = &entries[i];
        for (held, is_old) in [(&entry.old, true), (&entry.new, false)] {
            let Some(held) = held else { continue };
            for name in meant(&entry.slot, &held.piece) {
                for &j in declared.get(name.as_str()).into_iter().flatten() {
                    let stands_here = match is_old {
                        true => entries[j].old.is_some(),
                        false => entries[j].new.is_some(),
                    };
                    if stands_here {
                        union.join(i, j);
                    }
                }
            }
        }
    }
}

/// The names that a piece means, its own among them.
fn meant(slot: &Slot, piece: &Piece) -> Vec<String> {
    let mut found: Vec<String> = slot.driver().map(str::to_owned).into_iter().collect();
    let mut see = |name: &mut String| found.push(name.clone());
    let of = |names: &[Name]| names.iter().map(|n| n.node.clone()).collect::<Vec<_>>();
    match piece.clone() {
        Piece::Name(name) => found.push(name.node),
        Piece::Prior(p) => {
            if let Slot::PriorRow(question, _) = slot {
                see(&mut question.clone());
            }
            names::each(&mut Item::Prior(*p), &mut see);
        }
        Piece::Rows(mut rows) => rows.iter_mut().for_each(|r| names::row(r, &mut see)),
        Piece::Once(mut rows) => {
            let triggers = rows.iter_mut().map(|o| &mut o.trigger);
            triggers.for_each(|t| names::prop(t, &mut see));
        }
        Piece::Condition(c) => names::each(&mut Item::Condition(c), &mut see),
        Piece::Quantity(q) => names::each(&mut Item::Quantity(*q), &mut see),
        Piece::Moves(moves) => found.extend(moves.into_iter().map(|m| m.quantity.node)),
        Piece::Question(q) => see(&mut q.name.node.clone()),
        Piece::Outcome(mut o) => {
            if let Slot::Answer(question, _) = slot {
                see(&mut question.clone());
            }
            names::outcome(&mut o, &mut see);
        }
        Piece::Implies(i) => found.extend(of(&i.members)),
        Piece::When(mut when) => names::prop(&mut when, &mut see),
        Piece::Weight(w) => {
            found.push(w.outcome.node);
            if let Slot::Weight(_, _, horizon) = slot {
                found.push(horizon.clone());
            }
        }
        Piece::Likelihood(l) => found.extend(l.chances.into_iter().map(|(o, _)| o.node)),
        Piece::Count(mut c) => {
            names::times(&mut c.values, &mut see);
            found.push(c.driver.node);
        }
        Piece::Exclusive(e) => found.extend(of(&e.members)),
        Piece::Overlap(o) => found.extend(of(&o.members)),
        Piece::Driver(_) | Piece::AsOf(_) | Piece::Scale(_) | Piece::Strengths(_) => {}
        Piece::Horizon(_) | Piece::Use(..) | Piece::Evidence(_) => {}
        Piece::Order => {}
    }
    found
}
