//! All steps, one after the other.
//!
//! In: a plan, and the numbers of some settings side by side. Out: what each condition has at each horizon,
//! for each setting.

use super::fill::Told;
use super::plan::{Plan, Step};
use super::question::Work;
use super::tally::Counted;
use crate::model::Numbers;

/// By horizon, then by condition.
pub(crate) type Results = Vec<Vec<Counted>>;

impl Plan {
    /// Runs it; `days` are those of the model.
    pub(crate) fn run<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        days: &[f64],
    ) -> [Results; N] {
        let mut work = Work::<N>::default();
        let mut told = Told::new(self.stages.len() - 1, self.nodes);
        let mut cells = vec![[1.0; N]];
        let mut results: [Results; N] = std::array::from_fn(|_| Vec::new());
        let mut counted: [Vec<Counted>; N] = std::array::from_fn(|_| Vec::new());
        for (h, steps) in self.stages.iter().enumerate() {
            for step in steps {
                match step {
                    Step::Draw(moved, fill) => {
                        fill.fill(numbers, days, h, &mut told, &mut work.chances);
                        moved.apply(&cells, &work.chances, &mut work.places, &mut work.cells);
                        std::mem::swap(&mut cells, &mut work.cells);
                    }
                    Step::Merge(merge) => {
                        merge.apply(&cells, &mut work.cells);
                        std::mem::swap(&mut cells, &mut work.cells);
                    }
                    Step::Question(drawn) => drawn.apply(numbers, h, &mut cells, &mut work),
                    Step::Tally(tally) => {
                        tally.count(&cells, self.outcomes, &mut work.places, &mut counted);
                        for (results, counted) in results.iter_mut().zip(&mut counted) {
                            results.push(std::mem::take(counted));
                        }
                    }
                }
            }
        }
        results
    }
}
