//! Answers to queries that stand in no `expect`: those of placeholders, and the rules' own.
//!
//! In: queries. Out: their probabilities. Nothing of the assessment changes.

use super::Context;
use crate::resolve::assessment::Query;

impl Context<'_> {
    /// The answer to each query, `None` where its condition cannot hold; nothing at all where the
    /// assessment is beyond exact inference.
    pub fn answers(&self, queries: &[Query]) -> Option<Vec<Option<f64>>> {
        queries.iter().map(|query| self.answer(query)).collect()
    }
}
