//! All steps, one after the other.
//!
//! In: a plan, and the numbers of some settings side by side. Out: what each condition has at each horizon,
//! for each setting.

use super::fill::Told;
use super::plan::{Plan, Step};
use super::push::times;
use super::question::Scratch;
use super::tally::Counted;
use crate::model::{Model, Numbers};

/// By horizon, then by condition.
pub(crate) type Results = Vec<Vec<Counted>>;

impl Plan {
    /// Runs it.
    pub(crate) fn run<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        model: &Model,
    ) -> [Results; N] {
        // Numbers that raise what is open where there are too many pairs: nothing can be said.
        self.try_run(numbers, model).unwrap_or_else(|| {
            let none = vec![vec![Counted::default(); self.conditions]; model.horizons()];
            std::array::from_fn(|_| none.clone())
        })
    }

    /// None where what has ended does not follow from what lasts, and there are too many pairs of states.
    pub(super) fn try_run<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        model: &Model,
    ) -> Option<[Results; N]> {
        let days = &model.days;
        let mut work = Scratch::<N>::default();
        let mut told = Told::new(self.stages.len() - 1, self.nodes);
        let mut cells = vec![[1.0; N]];
        let mut alone = vec![vec![[1.0; N]]; self.alone];
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
                    Step::Alone(place, moved, fill) => {
                        fill.fill(numbers, days, h, &mut told, &mut work.chances);
                        let own = &mut alone[*place];
                        if let Some(pairs) = self.pairs.as_ref().filter(|_| h > 1) {
                            let ways = (moved, &work.chances[..]);
                            pairs.add_up(*place, ways, own, &mut work.paired);
                        }
                        moved.apply(own, &work.chances, &mut work.places, &mut work.cells);
                        std::mem::swap(own, &mut work.cells);
                    }
                    Step::Join(place) => join(&mut cells, &alone[*place]),
                    Step::Restart => restart(&mut cells),
                    Step::Merge(merge) => {
                        merge.apply(&cells, &mut work.cells);
                        std::mem::swap(&mut cells, &mut work.cells);
                    }
                    Step::Question(drawn) if drawn.is_counted => {
                        let pairs = self.pairs.as_ref();
                        let found = drawn.count(numbers, h, &cells, &mut work, pairs)?;
                        for (lane, results) in results.iter_mut().enumerate() {
                            let each = found.iter().map(|(mass, outcomes)| Counted {
                                mass: vec![mass[lane]],
                                outcomes: vec![outcomes.iter().map(|o| o[lane]).collect()],
                                case: 0,
                            });
                            results.push(each.collect());
                        }
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
        Some(results)
    }
}

/// Draws what goes its own way: an axis behind all others.
pub(super) fn join<const N: usize>(cells: &mut Vec<[f64; N]>, own: &[[f64; N]]) {
    let length = cells.len();
    cells.reserve(length * (own.len() - 1));
    for by in &own[1..] {
        for place in 0..length {
            let mut cell = cells[place];
            times(&mut cell, by);
            cells.push(cell);
        }
    }
    for cell in &mut cells[..length] {
        times(cell, &own[0]);
    }
}

/// All that there is, in one place.
pub(super) fn restart<const N: usize>(cells: &mut Vec<[f64; N]>) {
    cells.clear();
    cells.push([1.0; N]);
}
