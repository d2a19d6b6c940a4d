//! A file's own scale, from its words and bands.
//!
//! In: words with the ends of their bands. Out: a [`Scale`]. Whether a word stands there twice is
//! checked by `resolve`.

use super::{EDGE, Scale, Term, term};

/// A scale of a file's own words; bands are shares of 1, in any order.
///
/// As in the built-in scales, 0% reads as 1% and 100% as 99%; where a whole band lies beyond, as a
/// tenth of what is left.
pub fn own(name: &str, words: impl IntoIterator<Item = (String, (f64, f64))>) -> Scale {
    let mut terms: Vec<Term> = words
        .into_iter()
        .map(|(word, (low, high))| {
            let near = |rest: f64| if rest > 0.01 { 0.01 } else { rest / 10.0 };
            let floor = if low <= 0.0 { near(high) } else { low };
            let ceiling = if high >= 1.0 {
                1.0 - near(1.0 - low)
            } else {
                high
            };
            // A band of one point, 0% or 100%, is left with no room: it keeps a sliver.
            let floor = floor.clamp(1e-6, 1.0 - 1e-6);
            let mut term = term(&[word.as_str()], low, high, 0.0);
            term.draws = (floor, ceiling.clamp(floor, 1.0 - 1e-6));
            term.median = super::middle(term.draws.0, term.draws.1);
            term
        })
        .collect();
    terms.sort_by(|a, b| {
        (a.band.0 + a.band.1)
            .total_cmp(&(b.band.0 + b.band.1))
            .then(a.name.cmp(&b.name))
    });
    let nested = terms
        .iter()
        .enumerate()
        .any(|(i, a)| terms[i + 1..].iter().any(|b| b.band.0 < a.band.1 - EDGE));
    Scale {
        name: name.into(),
        terms,
        nested,
    }
}
