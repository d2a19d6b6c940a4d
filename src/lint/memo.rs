//! What evaluating an assessment found, kept for a text that means the same: who types in prose waits for no inference.
//!
//! In: what a [`Context`](super::Context) was asked. Out: the same for the next one. It is right as long as all that
//! numbers rest on is as it was, which is for the one who keeps it to know.

use super::effect::Effect;
use crate::infer::{Probabilities, Push};
use crate::infer::verdict::Verdict;
use crate::resolve::assessment::Query;
use crate::text::source::{FileId, Span};
use std::collections::BTreeMap;
use std::fmt::Debug;

/// More answers than this are not kept: they are about texts that are gone.
const MOST: usize = 4096;

/// Answers by what was asked. Where none is kept, nothing was asked; what is kept may be that there is no answer.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    pub(super) verdict: Option<Option<Verdict>>,
    pub(super) probabilities: Option<Option<Probabilities>>,
    /// By driver.
    pub(super) without: Vec<Option<Option<Probabilities>>>,
    /// By driver.
    pub(super) effects: Vec<Option<Option<Effect>>>,
    pub(super) affordable: Option<bool>,
    pub(super) variants: BTreeMap<String, Option<Vec<Probabilities>>>,
    pub(super) answers: BTreeMap<String, Option<Option<f64>>>,
    /// By what is given.
    pub(super) pushes: BTreeMap<String, Option<Vec<Push>>>,
}

impl Memo {
    /// Drops answers, where there are too many.
    pub(super) fn trim(mut self) -> Memo {
        if self.answers.len() > MOST {
            self.answers.clear();
        }
        if self.variants.len() > MOST {
            self.variants.clear();
        }
        if self.pushes.len() > MOST {
            self.pushes.clear();
        }
        self
    }
}

/// What tells one question from another.
pub(super) fn key(asked: &dyn Debug) -> String {
    format!("{asked:?}")
}

/// The same of a query, wherever it stands.
pub(super) fn query_key(query: &Query) -> String {
    let query = Query {
        span: Span::new(FileId(0), 0, 0),
        text: String::new(),
        ..query.clone()
    };
    key(&query)
}
