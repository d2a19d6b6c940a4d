//! What an edit is, in an analyst's words.
//!
//! In: slots that differ. Out: a [`Part`] for each thing that a reader would call one. What stands in
//! an item that came or went is not told again.

mod items;
mod numbers;
mod values;
mod weights;

pub(super) use values::prior_value;

use super::Part;
use super::renames::Renames;
use super::slots::{Entry, Held, Piece, Slot};
use crate::resolve::assessment::Assessment;
use crate::scales::Scale;
use crate::strengths::Strengths;
use crate::syntax::ast::DriverKind;
use items::text;
use std::collections::BTreeSet;
use values::rows;
use weights::weights;

/// The tables that one side's first file is read by.
pub(super) struct Words {
    scale: Scale,
    strengths: Strengths,
    horizons: Vec<String>,
}

impl Words {
    /// Horizons go by their new names.
    pub(super) fn of(assessment: &Assessment, renames: &Renames) -> Words {
        let horizons = assessment.horizons.names();
        Words {
            scale: assessment.scale.clone(),
            strengths: assessment.strengths.clone(),
            horizons: horizons.map(|n| renames.now(n).to_owned()).collect(),
        }
    }
}

/// The tables of both sides, where it is known by which a file is read.
#[derive(Clone, Copy)]
struct Tables<'a> {
    scales: [Option<&'a Scale>; 2],
    strengths: [Option<&'a Strengths>; 2],
}

/// What stands in a slot on both sides.
type Both<'a> = (Option<&'a Piece>, Option<&'a Piece>);

/// The parts of an edit, the chief one first.
pub(super) fn parts(
    entries: &[Entry],
    group: &[usize],
    words: &[Words; 2],
    paths: &[&str],
) -> Vec<Part> {
    let mut group: Vec<usize> = group.to_vec();
    group.sort_unstable();
    let come_or_gone: BTreeSet<(usize, &str)> = group
        .iter()
        .map(|&i| &entries[i])
        .filter(|e| e.old.is_none() || e.new.is_none())
        .filter_map(|e| match &e.slot {
            Slot::Driver(n) | Slot::Outcome(n) | Slot::Horizon(n) | Slot::Question(n) => {
                Some((e.file, n.as_str()))
            }
            _ => None,
        })
        .collect();
    let is_told = |e: &Entry| {
        let has = |name: &str| come_or_gone.contains(&(e.file, name));
        let in_first = |name: &str| come_or_gone.contains(&(0, name));
        match &e.slot {
            Slot::Driver(_) => false,
            Slot::Answer(q, _) | Slot::PriorRow(q, _) => has(q),
            Slot::Weight(d, outcome, horizon) => has(d) || in_first(outcome) || in_first(horizon),
            slot => slot.driver().is_some_and(has),
        }
    };
    let mut parts = Vec::new();
    let mut i = 0;
    while i < group.len() {
        let entry = &entries[group[i]];
        let mut end = i + 1;
        if let Slot::Weight(driver, outcome, _) = &entry.slot {
            // Horizons of one weight follow one another.
            let is_same = |e: &Entry| {
                let same = |d: &String, o: &String| d == driver && o == outcome;
                e.file == entry.file && matches!(&e.slot, Slot::Weight(d, o, _) if same(d, o))
            };
            while end < group.len() && is_same(&entries[group[end]]) {
                end += 1;
            }
        }
        if !is_told(entry) {
            let first = entry.file == 0;
            let tables = Tables {
                scales: [0, 1].map(|s| first.then_some(&words[s].scale)),
                strengths: [0, 1].map(|s| first.then_some(&words[s].strengths)),
            };
            let same: Vec<&Entry> = group[i..end].iter().map(|&i| &entries[i]).collect();
            let mut text = match &entry.slot {
                Slot::Weight(..) => weights(&same, words, tables),
                Slot::Rows(name) if is_factor(entries, entry.file, name) => {
                    format!("`{name}`: {}", rows(pieces(entry), "holds", tables))
                }
                _ => text(entry, paths, tables),
            };
            if let Some(path) = paths.get(entry.file).filter(|p| !p.is_empty()) {
                text.push_str(&format!(" (in `{path}`)"));
            }
            let span = |held: &Option<Held>| held.as_ref().and_then(|h| h.span);
            parts.push(Part {
                text,
                old: span(&entry.old),
                new: span(&entry.new),
            });
        }
        i = end;
    }
    // Things that came or went are what the rest of an edit is about.
    parts.sort_by_key(|p| p.old.is_some() == p.new.is_some());
    parts
}

fn pieces(entry: &Entry) -> Both<'_> {
    (
        entry.old.as_ref().map(|h| &h.piece),
        entry.new.as_ref().map(|h| &h.piece),
    )
}

/// Whether a driver is a factor now, or was one until it went.
fn is_factor(entries: &[Entry], file: usize, name: &str) -> bool {
    let mut own = entries.iter().filter(|e| e.file == file);
    let shell = own.find(|e| matches!(&e.slot, Slot::Driver(n) if n == name));
    let (old, new) = shell.map(pieces).unwrap_or_default();
    matches!(new.or(old), Some(Piece::Driver(d)) if d.kind == DriverKind::Factor)
}

/// "added", "removed" or how it changed.
fn come_or_gone(what: &str, entry: &Entry, changed: impl FnOnce() -> String) -> String {
    match (&entry.old, &entry.new) {
        (None, _) => format!("{what} added"),
        (_, None) => format!("{what} removed"),
        _ => changed(),
    }
}
