//! What rests on what: events and factors in conditions, changes on events, as editors show calls.

use super::names::{self, Declared};
use super::{Analysis, Range, range};
use crate::text::source::FileId;

/// An item and the places that tie it to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    /// The item at the other end.
    pub item: Declared,
    /// Where it is said, in the item that rests on the other.
    pub places: Vec<Range>,
}

/// The item whose name or body is at a byte.
pub fn prepare(analysis: &Analysis, offset: usize) -> Option<Declared> {
    let known = names::declared(analysis);
    if let Some((name, _)) = names::at(analysis, offset) {
        return known.get(&name).cloned();
    }
    let own = known.into_values().filter(|d| d.file == FileId(0));
    let around = own.filter(|d| d.item.start <= offset && offset <= d.item.end);
    around.min_by_key(|d| d.item.len())
}

/// What rests on an item.
pub fn rests_on(analysis: &Analysis, name: &str) -> Vec<Tie> {
    let own = own(analysis);
    let mentions = names::all(analysis, FileId(0));
    let mut ties: Vec<Tie> = Vec::new();
    for mention in mentions.iter().filter(|m| m.name == name) {
        let at = range(mention.span);
        let holders = own
            .iter()
            .filter(|d| d.item.start <= at.start && at.end <= d.item.end);
        let holder = holders.min_by_key(|d| d.item.len());
        let Some(holder) = holder.filter(|d| d.name != name) else {
            continue;
        };
        add(&mut ties, holder, at);
    }
    ties
}

/// What an item rests on.
pub fn rests(analysis: &Analysis, name: &str) -> Vec<Tie> {
    let known = names::declared(analysis);
    let Some(item) = known.get(name).filter(|d| d.file == FileId(0)) else {
        return Vec::new();
    };
    let mut ties = Vec::new();
    for mention in names::all(analysis, FileId(0)) {
        let at = range(mention.span);
        let is_within = item.item.start <= at.start && at.end <= item.item.end;
        if let Some(other) = known
            .get(mention.name)
            .filter(|_| is_within && mention.name != name)
        {
            add(&mut ties, other, at);
        }
    }
    ties
}

fn own(analysis: &Analysis) -> Vec<Declared> {
    let items = analysis.parsed().ast.items.iter();
    items.flat_map(names::of_item).collect()
}

fn add(ties: &mut Vec<Tie>, item: &Declared, at: Range) {
    match ties.iter_mut().find(|t| t.item.name == item.name) {
        Some(tie) => tie.places.push(at),
        None => ties.push(Tie {
            item: item.clone(),
            places: vec![at],
        }),
    }
}
