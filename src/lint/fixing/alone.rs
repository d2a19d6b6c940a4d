//! Fixes that do harm when they are taken alone, as an editor or a program takes them.
//!
//! In: what was found, and how errors are found. Out: the same, with fixes that are safe only beside
//! others offered as ones to be looked at.

use super::Step;
use crate::diag::Checked;
use crate::diag::fixes::apply;
use crate::text::source::FileId;
use std::collections::BTreeMap;

/// How many bytes are read at most to try fixes; of more nothing is said. Broken text is read many times over.
const BYTES: usize = 2_000_000;

/// Marks each safe fix of the first file that would leave more errors than there are: fixing one
/// mistake may make a piece readable in which others then show. `read` finds the errors of a text.
pub fn doubt(checked: &mut Checked, read: &dyn Fn(&str) -> Checked) {
    let mut fixes = checked.diagnostics.iter().filter_map(|d| d.fixes.first());
    let count = fixes.clone().filter(|fix| fix.safe).count();
    if fixes.all(|fix| !fix.safe) {
        return;
    }
    let text = checked.sources.source(FileId(0)).text.clone();
    if count.saturating_mul(text.len()) > BYTES {
        return;
    }
    let before = Step::of(text, read);
    let sources = checked.sources.clone();
    // Findings of one mistake offer one fix.
    let mut tried: BTreeMap<Vec<(u32, u32, String)>, bool> = BTreeMap::new();
    for d in &mut checked.diagnostics {
        let Some(fix) = d.fixes.first_mut().filter(|fix| fix.safe) else {
            continue;
        };
        let edits = fix.edits.iter();
        let edits = edits.map(|e| (e.span.start, e.span.end, e.text.clone()));
        fix.safe = *tried.entry(edits.collect()).or_insert_with(|| {
            let text = apply(&sources, [&*fix]).texts.remove(&FileId(0));
            text.is_none_or(|text| {
                let after = Step::of(text, read);
                before.is_full() || after.is_full() || after.errors() <= before.errors()
            })
        });
    }
}
