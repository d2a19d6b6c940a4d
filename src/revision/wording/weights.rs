//! Weights: one change over the horizons.
//!
//! In: the slots of one weight that differ. Out: text.

use super::super::phrases::{names, strength};
use super::super::slots::{Entry, Held, Piece, Slot, WeightAt};
use super::values::from_to;
use super::{Tables, Words};

/// One weight over the horizons in which it changed.
pub(super) fn weights(same: &[&Entry], words: &[Words; 2], tables: Tables<'_>) -> String {
    let Some(Slot::Weight(driver, outcome, _)) = same.first().map(|e| &e.slot) else {
        return String::new();
    };
    let weight = |held: &Option<Held>| -> Option<WeightAt> {
        match &held.as_ref()?.piece {
            Piece::Weight(w) => Some(w.clone()),
            _ => None,
        }
    };
    // By horizon in order of time: what it was and is.
    let mut changes: Vec<(String, Vec<&str>)> = Vec::new();
    let all: Vec<&String> = words[1]
        .horizons
        .iter()
        .chain(
            words[0]
                .horizons
                .iter()
                .filter(|h| !words[1].horizons.contains(h)),
        )
        .collect();
    for horizon in &all {
        let entry = same
            .iter()
            .find(|e| matches!(&e.slot, Slot::Weight(_, _, h) if h == *horizon || h.is_empty()));
        let Some(entry) = entry else { continue };
        let said = |held: &Option<Held>, side: usize| match weight(held) {
            Some(w) => strength(&w.value.node, w.against, tables.strengths[side]),
            None => "none".to_owned(),
        };
        let change = match (&entry.old, &entry.new) {
            (None, new) => format!("{} added", said(new, 1)),
            (old, None) => format!("{} removed", said(old, 0)),
            (old, new) => from_to(&said(old, 0), &said(new, 1)),
        };
        match changes.iter_mut().find(|(c, _)| *c == change) {
            Some((_, horizons)) => horizons.push(horizon),
            None => changes.push((change, vec![horizon])),
        }
    }
    let each = changes
        .iter()
        .map(|(change, horizons)| match horizons.len() == all.len() {
            true => change.clone(),
            false => format!("{change} in {}", names(horizons.iter().copied())),
        });
    let each: Vec<String> = each.collect();
    let held = same.iter().flat_map(|e| [&e.old, &e.new]);
    let if_wrong = match held.filter_map(weight).any(|w| w.if_wrong.is_some()) {
        true => " if wrong",
        false => "",
    };
    let each = each.join(", ");
    format!("`{driver}`: weight on `{outcome}`{if_wrong} {each}")
}
