//! What an expectation says that is no word of the scale, and what it may have meant.
//!
//! In: the words. Out: one report. A word that the scale has never comes here.

use super::names::Reader;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::text::source::Span;

/// How else one says that an outcome leads.
const LEADS: [&str; 13] = [
    "lead",
    "leader",
    "leading",
    "leads",
    "ahead",
    "first",
    "top",
    "win",
    "wins",
    "winner",
    "highest",
    "likeliest",
    "most likely",
];

/// What is said in speech before a word, and left out here. A word of likelihood is rough by itself.
const SAID: [&str; 11] = [
    "about ",
    "around ",
    "roughly ",
    "approximately ",
    "is ",
    "are ",
    "be ",
    "will be ",
    "should be ",
    "to be ",
    "the ",
];

/// A word without what is said in speech before it.
fn bare(word: &str) -> &str {
    let mut rest = word;
    while let Some(behind) = SAID.iter().find_map(|said| rest.strip_prefix(said)) {
        rest = behind.trim_start();
    }
    rest
}

impl Reader<'_> {
    /// The word of the scale that was meant by one that it lacks: "about likely" is `likely`.
    pub(super) fn rough_term(&self, word: &str) -> Option<String> {
        let rest = bare(word);
        let known = rest != word && self.scope.scale.term(rest).is_some();
        known.then(|| rest.to_owned())
    }

    /// Reports the word of an expectation that is none of the scale's.
    pub(super) fn unknown_test(&mut self, word: &str, span: Span) {
        let rest = bare(word);
        let leads = LEADS.contains(&rest);
        let meant = if leads { "leads" } else { rest };
        if !leads && (rest == word || self.scope.scale.term(rest).is_none()) {
            return self.unknown_term(word, span);
        }
        let message = if leads {
            format!("that an outcome is the likeliest is written `leads`, not `{word}`")
        } else {
            format!("what is expected is written `{meant}`, not `{word}`")
        };
        self.report(
            Diagnostic::new(&rules::UNKNOWN_WORD, span, message)
                .label("not known here")
                .help(format!("write `{meant}`"))
                .fix(Fix::safe(format!("write `{meant}`"), span, meant)),
        );
    }
}
