//! Which outcome of each question leads.
//!
//! In: probabilities by outcome. Out: by question the likeliest outcome, the next, and what lies
//! between them. Of a tie the name that is first in the alphabet leads, as in verdicts.

use crate::infer::likeliest;
use crate::resolve::assessment::{Assessment, OutcomeId, Question};
use crate::resolve::table::Id;

/// Who leads in one question.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Lead {
    /// The likeliest outcome.
    pub(crate) leader: OutcomeId,
    /// The likeliest of the others.
    pub(crate) second: OutcomeId,
    /// The leader's probability less the other's.
    pub(crate) margin: f64,
}

/// Who leads in a question.
pub(crate) fn lead(assessment: &Assessment, question: &Question, shares: &[f64]) -> Option<Lead> {
    let share = |o: OutcomeId| shares[o.index()];
    if question.ids().len() < 2 {
        return None;
    }
    let (leader, margin) = likeliest(assessment, question.ids(), &share);
    // Of equals the first of the file.
    let others = question.ids().filter(|&o| o != leader);
    let second = others.reduce(|a, b| if share(b) > share(a) { b } else { a })?;
    Some(Lead {
        leader,
        second,
        margin,
    })
}

/// Who leads in each question, in their order.
pub(crate) fn leads(assessment: &Assessment, shares: &[f64]) -> Vec<Lead> {
    let all = assessment.questions.values();
    all.filter_map(|question| lead(assessment, question, shares))
        .collect()
}
