//! Ever larger pieces of the text around a place.

use super::place::word_at;
use super::{Analysis, Range};

/// The pieces around a byte, from the smallest to the whole file; each holds the one before.
pub fn around(analysis: &Analysis, offset: usize) -> Vec<Range> {
    let text = analysis.text();
    let offset = text.floor_char_boundary(offset);
    let mut ranges = vec![word_at(text, offset)];
    let nodes = analysis.path(offset);
    let trimmed = nodes.iter().rev().map(|n| {
        let range = n.range();
        let inner = text.get(range.clone()).unwrap_or_default();
        let start = range.start + (inner.len() - inner.trim_start().len());
        start..range.start + inner.trim_end().len()
    });
    ranges.extend(trimmed);
    ranges.push(0..text.len());
    let mut kept: Vec<Range> = Vec::new();
    for range in ranges {
        let fits = kept
            .last()
            .is_none_or(|k| range.start <= k.start && k.end <= range.end && range != *k);
        if fits && !range.is_empty() && range.start <= offset && offset <= range.end {
            kept.push(range);
        }
    }
    if kept.is_empty() {
        kept.push(offset..offset);
    }
    kept
}
