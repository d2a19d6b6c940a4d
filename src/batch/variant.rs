//! Rows that replace the same numbers: one model for all of them.
//!
//! In: an assessment that has what one of these rows says. Out: a [`Variant`], in which another row's numbers
//! can be put in place, and which evaluates up to [`ROWS`] of them at once.

use crate::infer::{ROWS, Rows};
use crate::model::{Model, Numbers};
use crate::resolve::assessment::{Assessment, DriverId};
use crate::resolve::table::Id;

/// One structure.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) assessment: Assessment,
    pub(super) model: Model,
    pub(super) point: Numbers,
    rows: Rows,
}

impl Variant {
    pub(super) fn new(assessment: Assessment) -> Variant {
        let model = Model::new(&assessment);
        Variant {
            point: Numbers::point(&model),
            model,
            assessment,
            rows: Rows::default(),
        }
    }

    /// A driver's place in the model.
    pub(super) fn place(&self, driver: DriverId) -> usize {
        self.model.places[driver.index()]
    }

    /// Whether two events are made true that exclude each other.
    pub(super) fn clashes(&self, sets: &[(DriverId, bool)]) -> bool {
        let mut made = sets.iter().filter(|s| s.1).map(|s| self.place(s.0));
        let all: Vec<usize> = made.by_ref().collect();
        let pair = |(i, a): (usize, &usize)| all[..i].iter().any(|b| self.model.exclude(*a, *b));
        all.iter().enumerate().any(pair)
    }

    /// The outcomes by horizon, in the file's order, for each setting; none where states are too many.
    pub(super) fn evaluate(
        &mut self,
        sets: &[(DriverId, bool)],
        settings: &[Numbers],
    ) -> Option<Vec<Vec<Vec<f64>>>> {
        let mut places: Vec<(usize, bool)> = sets.iter().map(|s| (self.place(s.0), s.1)).collect();
        places.sort_unstable();
        let (horizons, outcomes) = (self.model.horizons(), self.model.outcomes.len());
        let mut found = Vec::with_capacity(settings.len());
        for some in settings.chunks(ROWS) {
            let all = self.rows.evaluate(&self.model, &places, some).ok()?;
            for row in all.chunks_exact(horizons * outcomes) {
                let by_horizon = row.chunks_exact(outcomes).map(|at| {
                    let mut out = vec![0.0; outcomes];
                    for (p, o) in at.iter().zip(&self.model.outcomes) {
                        out[o.index()] = *p;
                    }
                    out
                });
                found.push(by_horizon.collect());
            }
        }
        Some(found)
    }
}
