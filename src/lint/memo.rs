//! What evaluating an assessment found, kept for a text that means the same: who types in prose waits for no inference.
//!
//! In: what a [`Context`](super::Context) was asked. Out: the same for the next one. It is right as long as all that
//! numbers rest on is as it was, which is for the one who keeps it to know.

use super::effect::Effect;
use super::prose::Sentences;
use crate::infer::reach::Reach;
use crate::infer::verdict::Verdict;
use crate::infer::{Probabilities, Push, Sides};
use crate::resolve::assessment::{DriverId, Query, Target};
use crate::resolve::table::Id as _;
use std::collections::BTreeMap;
use std::fmt::Debug;

/// More answers than this are not kept: they are about texts that are gone.
const MOST: usize = 4096;

/// Answers by what was asked. Where none is kept, nothing was asked; what is kept may be that there is no answer.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    pub(super) verdict: Option<Option<Verdict>>,
    /// By change.
    pub(super) sides: Option<Option<BTreeMap<DriverId, Vec<Sides>>>>,
    pub(super) probabilities: Option<Option<Probabilities>>,
    pub(super) reach: Option<Option<Reach>>,
    /// By driver.
    pub(super) without: Vec<Option<Option<Probabilities>>>,
    /// By driver.
    pub(super) effects: Vec<Option<Option<Effect>>>,
    pub(super) affordable: Option<bool>,
    pub(super) variants: BTreeMap<String, Option<Vec<Probabilities>>>,
    pub(super) answers: Asked,
    /// Of prose, which no number changes.
    pub(super) sentences: Sentences,
    /// By what is given.
    pub(super) pushes: BTreeMap<String, Option<Vec<Push>>>,
}

impl Memo {
    /// What holds of a text with other numbers.
    pub(crate) fn without_numbers(self) -> Memo {
        Memo {
            sentences: self.sentences,
            ..Memo::default()
        }
    }

    /// Drops answers, where there are too many.
    pub(super) fn trim(mut self) -> Memo {
        if self.answers.count > MOST {
            self.answers = Asked::default();
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

/// A query with its answer: none where the engine failed, none within where nothing can be said.
type Answered = (Query, Option<Option<f64>>);

/// What was answered, by what was asked.
#[derive(Debug, Default)]
pub(super) struct Asked {
    /// By the horizon, and by what is asked about as far as a number says it.
    by_place: BTreeMap<(usize, usize), Vec<Answered>>,
    count: usize,
}

impl Asked {
    fn place(query: &Query) -> (usize, usize) {
        let target = match &query.target {
            Target::Outcome(outcome) => 1 + outcome.index(),
            _ => 0,
        };
        (query.horizon.index(), target)
    }

    /// The answer to the same query, wherever it stands.
    pub(super) fn get(&self, query: &Query) -> Option<Option<Option<f64>>> {
        let there = self.by_place.get(&Asked::place(query))?;
        let known = there.iter().find(|(other, _)| is_same(other, query))?;
        Some(known.1)
    }

    pub(super) fn insert(&mut self, query: &Query, answer: Option<Option<f64>>) {
        let there = self.by_place.entry(Asked::place(query)).or_default();
        there.push((query.clone(), answer));
        self.count += 1;
    }
}

/// Whether two queries ask the same, wherever they stand and however they are written.
fn is_same(one: &Query, other: &Query) -> bool {
    let Query {
        span: _,
        text: _,
        target,
        negated,
        horizon,
        over,
        within,
        given,
        under,
        viewed,
    } = one;
    *horizon == other.horizon
        && *under == other.under
        && *negated == other.negated
        && *within == other.within
        && *target == other.target
        && *over == other.over
        && *given == other.given
        && match (viewed, &other.viewed) {
            (None, None) => true,
            (Some(one), Some(other)) => one.view == other.view && is_same(&one.query, &other.query),
            _ => false,
        }
}
