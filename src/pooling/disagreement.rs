//! Where files are furthest apart, and which of their clauses make it so.
//!
//! In: matched files. Out: by horizon the outcome on which they differ most, the two files that do, and each
//! clause's share of that by the machinery of `diff`.

use super::matching::Matched;
use super::{HorizonAt, One};
use crate::resolve::voices::own;
use crate::revision::{Attribution, attribute};
use std::collections::BTreeMap;

/// Differences up to this are none.
const NOTHING: f64 = 1e-9;

/// Where files are furthest apart at one horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Disagreement {
    /// On which outcome, by its place in the first file.
    pub(crate) outcome: usize,
    /// The file that holds it least likely, and the one that holds it likeliest.
    pub(crate) files: (usize, usize),
    /// Each clause's share of the difference, the largest first; empty where it could not be told.
    pub(crate) clauses: Vec<Clause>,
}

/// One clause in which two files differ.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// From the lower file's to the higher one's: "`congress`: weight on `exit` from −20 dB to −10 dB".
    pub(crate) text: String,
    /// Its share of the difference, as a share of 1.
    pub(crate) share: f64,
}

/// Fills in where the files are furthest apart.
pub(super) fn find(files: &[One], matched: &Matched, horizons: &mut [HorizonAt]) {
    let mut known: BTreeMap<(usize, usize), Option<Attribution>> = BTreeMap::new();
    for (at, horizon) in horizons.iter_mut().enumerate() {
        let widths = horizon.outcomes.iter().map(|o| {
            let (low, high) = o.range();
            high - low
        });
        let widest =
            widths.enumerate().fold(
                (0, 0.0),
                |best: (usize, f64), (o, width)| {
                    if width > best.1 { (o, width) } else { best }
                },
            );
        if widest.1 <= NOTHING {
            continue;
        }
        let outcome = widest.0;
        let (low, high) = horizon.outcomes[outcome].apart();
        let found = known.entry((low, high)).or_insert_with(|| {
            attribute(&own(&files[low].project), &own(&files[high].project)).ok()
        });
        // The new side of the comparison is the higher file.
        let name = files[high]
            .assessment
            .horizons
            .name(matched.horizons[at][high]);
        let answer = files[high]
            .assessment
            .outcomes
            .name(matched.outcomes[high][outcome]);
        horizon.disagreement = Some(Disagreement {
            outcome,
            files: (low, high),
            clauses: found
                .as_ref()
                .map_or(Vec::new(), |a| clauses(a, name, answer)),
        });
    }
}

fn clauses(found: &Attribution, horizon: &str, outcome: &str) -> Vec<Clause> {
    let Some(h) = found.horizons.iter().position(|h| h.name == horizon) else {
        return Vec::new();
    };
    let Some(o) = found.horizons[h]
        .outcomes
        .iter()
        .position(|o| o.name == outcome)
    else {
        return Vec::new();
    };
    let shares = found.edits.iter().filter_map(|share| {
        let of = share.moves.get(h)?.get(o).copied().flatten()?;
        (of.abs() > NOTHING).then(|| Clause {
            text: share.edit.to_string(),
            share: of,
        })
    });
    let mut all: Vec<Clause> = shares.collect();
    all.sort_by(|a, b| {
        b.share
            .abs()
            .total_cmp(&a.share.abs())
            .then(a.text.cmp(&b.text))
    });
    all
}
