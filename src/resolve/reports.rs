//! Findings as resolving gathers them: each name and word once, a bounded number in all.
//!
//! In: findings, and what they are about. Out: [`Diagnostics`]. What was said once of a file is not
//! said again; its fix grows to fix the other places too.

use crate::diag::rules;
use crate::diag::{Diagnostic, Diagnostics, Edit, Severity, suggest};
use crate::limits;
use crate::text::source::{FileId, Span};
use std::cmp::Ordering;
use std::collections::btree_map::Entry as Slot;
use std::collections::{BTreeMap, BTreeSet};

/// Findings, and what was reported already.
#[derive(Debug, Default)]
pub(crate) struct Reports {
    list: Vec<Diagnostic>,
    /// For what is reported once in a file: the finding, none where it was one too many.
    said: BTreeMap<(FileId, String), Option<usize>>,
    /// How many words were compared in search of near ones.
    compared: usize,
    /// How many names conditions were expanded to.
    expanded: usize,
    /// The conditions that something names.
    named: BTreeSet<usize>,
}

impl Reports {
    /// Adds a finding; past a limit only that there are more.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        match self.list.len().cmp(&limits::MISTAKES) {
            Ordering::Less => self.list.push(diagnostic),
            Ordering::Equal => self.list.push(
                Diagnostic::new(
                    &rules::LIMIT,
                    diagnostic.primary.span,
                    format!("more than {} mistakes", limits::MISTAKES),
                )
                .label("those from here on are not reported")
                .help("fix the others first"),
            ),
            Ordering::Greater => {}
        }
    }

    /// Whether `what` is said of a file for the first time; the finding must then be pushed next.
    pub(crate) fn first(&mut self, file: FileId, what: String) -> bool {
        let next = (self.list.len() < limits::MISTAKES).then_some(self.list.len());
        match self.said.entry((file, what)) {
            Slot::Vacant(slot) => {
                slot.insert(next);
                true
            }
            Slot::Occupied(_) => false,
        }
    }

    /// Counts `what` as said of a file, since another finding covers it.
    pub(crate) fn silence(&mut self, file: FileId, what: String) {
        self.said.entry((file, what)).or_insert(None);
    }

    /// Notes that something names a condition.
    pub(crate) fn name_condition(&mut self, index: usize) {
        self.named.insert(index);
    }

    /// Whether something names a condition, as far as was read.
    pub(crate) fn names_condition(&self, index: usize) -> bool {
        self.named.contains(&index)
    }

    /// Counts what a condition is expanded to; whether it may be.
    pub(crate) fn expand(&mut self, names: usize) -> bool {
        self.expanded = self.expanded.saturating_add(names);
        self.expanded <= limits::EXPANDED
    }

    /// Whether an error stands within a place.
    pub(crate) fn has_errors_in(&self, span: Span) -> bool {
        self.list.iter().any(|d| {
            let at = d.primary.span;
            d.severity == Severity::Error
                && at.file == span.file
                && span.start <= at.start
                && at.end <= span.end
        })
    }

    /// Whether `what` was said of a file.
    pub(crate) fn was_said(&self, file: FileId, what: String) -> bool {
        self.said.contains_key(&(file, what))
    }

    /// Lets the fix of what was said before fix this place too, where `fits` its replacement.
    pub(crate) fn again(&mut self, what: String, span: Span, fits: impl Fn(&str) -> bool) {
        let Some(Some(at)) = self.said.get(&(span.file, what)) else {
            return;
        };
        if let Some([fix]) = self.list.get_mut(*at).map(|d| &mut d.fixes[..])
            && let Some(text) = fix.edits.first().map(|e| e.text.clone())
            && fits(&text)
            && fix.edits.iter().all(|e| e.span != span)
        {
            fix.edits.push(Edit { span, text });
        }
    }

    /// Whether no more findings are taken: then none need be worded.
    pub(crate) fn is_full(&self) -> bool {
        self.list.len() > limits::MISTAKES
    }

    /// All findings.
    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        let mut all = Diagnostics::new();
        all.extend(self.list);
        all
    }

    /// Whether anything was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether anything that was found is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// The nearest candidates; none once a file has had its share of suggestions.
    pub(crate) fn nearest<'n>(
        &mut self,
        written: &str,
        candidates: impl IntoIterator<Item = &'n str>,
    ) -> Vec<&'n str> {
        if self.compared > limits::COMPARISONS || written.len() > limits::NAME_BYTES {
            return Vec::new();
        }
        let compared = &mut self.compared;
        suggest::nearest(written, candidates.into_iter().inspect(|_| *compared += 1))
    }
}
