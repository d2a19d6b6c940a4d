//! Answers to queries that stand in no `expect`: those of placeholders, and the rules' own.
//!
//! In: queries. Out: their probabilities. Nothing of the assessment changes.

use super::Context;
use crate::resolve::assessment::{Expect, Query, Test};

impl Context<'_> {
    /// The answer to each query, `None` where its condition cannot hold; nothing at all where the
    /// assessment is beyond exact inference.
    pub fn answers(&self, queries: &[Query]) -> Option<Vec<Option<f64>>> {
        if queries.is_empty() {
            return Some(Vec::new());
        }
        let verdict = self.variant(|assessment| {
            assessment.bets.clear();
            assessment.expects = queries
                .iter()
                .map(|query| Expect {
                    span: query.span,
                    text: query.text.clone(),
                    query: query.clone(),
                    test: Test::Between(0.0, 1.0),
                })
                .collect();
        })?;
        Some(verdict.expectations.iter().map(|a| a.value).collect())
    }
}
