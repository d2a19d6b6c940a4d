//! One structure, many rows of numbers and of things made so.
//!
//! In: a model; what is made so, and up to [`ROWS`] settings of the numbers. Out: the outcomes of each. What
//! is made so needs a pass of its own; passes are kept, since rows repeat each other.

use super::batch::Batch;
use super::engine::Sets;
use super::pass::{Pass, Work};
use super::shape::{Ask, TooMany};
use super::sweep::LANES;
use crate::model::{Model, Numbers};
use std::collections::BTreeMap;

/// How many settings are evaluated at once.
pub(crate) const ROWS: usize = LANES;

/// More passes than these are not kept.
const KEPT: usize = 1 << 10;

/// What is kept between rows.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    passes: BTreeMap<Sets, (Pass, Option<Batch>)>,
    work: Work,
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
        if self.passes.len() >= KEPT && !self.passes.contains_key(sets) {
            self.passes.clear();
        }
        if !self.passes.contains_key(sets) {
            let ask = Ask {
                sets: sets.clone(),
                outcomes: true,
                ..Ask::default()
            };
            let pass = Pass::new(model, &ask)?;
            let batch = Batch::new(model, first, &pass);
            self.passes.insert(sets.clone(), (pass, batch));
        }
        let size = model.horizons() * model.outcomes.len();
        let mut found = Vec::with_capacity(settings.len() * size);
        let Some((pass, batch)) = self.passes.get_mut(sets) else {
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
            pass.run(model, numbers, &mut self.work)?;
            found.extend_from_slice(&self.work.verdict);
        }
        Ok(found)
    }
}
