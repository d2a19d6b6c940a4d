//! One structure, many rows of numbers and of things made so.
//!
//! In: a model; what is made so, and up to [`ROWS`] settings of the numbers. Out: the outcomes of each. What
//! is made so needs a question of its own; questions are kept, since rows repeat each other.

use super::compiled::Compiled;
use super::engine::Sets;
use super::exact::Scratch;
use super::lumped::LANES;
use super::lumped::batch::Batch;
use super::question::shape::{Ask, TooMany};
use crate::model::{Model, Numbers};
use std::collections::BTreeMap;

/// How many settings are evaluated at once.
pub(crate) const ROWS: usize = LANES;

/// More questions than these are not kept.
const KEPT: usize = 1 << 10;

/// What is kept between rows.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    questions: BTreeMap<Sets, (Compiled, Option<Batch>)>,
    scratch: Scratch,
}

impl Rows {
    /// The outcomes with each setting of the numbers, by setting, horizon and outcome in the model's order.
    ///
    /// # Errors
    ///
    /// More propositions matter together than can be summed over.
    pub(crate) fn evaluate(
        &mut self,
        model: &Model,
        sets: &Sets,
        settings: &[Numbers],
    ) -> Result<Vec<f64>, TooMany> {
        let Some(first) = settings.first() else {
            return Ok(Vec::new());
        };
        if self.questions.len() >= KEPT && !self.questions.contains_key(sets) {
            self.questions.clear();
        }
        if !self.questions.contains_key(sets) {
            let ask = Ask {
                sets: sets.clone(),
                outcomes: true,
                ..Ask::default()
            };
            let compiled = Compiled::new(model, &ask)?;
            let batch = compiled.side_by_side(model, first);
            self.questions.insert(sets.clone(), (compiled, batch));
        }
        let size = model.horizons() * model.outcomes.len();
        let mut found = Vec::with_capacity(settings.len() * size);
        let Some((compiled, batch)) = self.questions.get_mut(sets) else {
            return Ok(found);
        };
        if let Some(batch) = batch
            && batch.run(model, settings)
        {
            for lane in 0..settings.len() {
                found.extend(batch.found(lane));
            }
            return Ok(found);
        }
        for numbers in settings {
            let answer = compiled.run(model, numbers, &mut self.scratch)?;
            found.extend_from_slice(&answer.verdict);
        }
        Ok(found)
    }
}
