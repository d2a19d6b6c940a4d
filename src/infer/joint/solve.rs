//! A prior that counts events in: what it must be without them, so that with them it is as stated.
//!
//! In: a plan on which only the counted drivers push, and settings of the numbers with the prior as stated. Out: the
//! numbers with the prior solved for, horizon by horizon, in all settings at once: what one lane finds does not depend on its
//! neighbours.

use super::fill::Told;
use super::moves::add;
use super::newton::{ENOUGH, Search};
use super::plan::{Plan, Step};
use super::question::{Drawn, Scratch};
use super::run::{join, restart};
use crate::model::Numbers;

/// A horizon in which no prior gives the stated shares.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Unsolved {
    pub horizon: usize,
    /// By outcome, in the model's order: what is stated, and the nearest that was found.
    pub stated: Vec<f64>,
    pub found: Vec<f64>,
}

/// The question's last step in one horizon, to be tried with other shares.
struct Trial<'a, const N: usize> {
    drawn: &'a Drawn,
    h: usize,
    cells: &'a [[f64; N]],
    outcomes: usize,
    work: &'a mut Scratch<N>,
    moved: Vec<[f64; N]>,
    /// Whether all was weighed, so that only the prior is new.
    weighed: bool,
}

impl<const N: usize> Trial<'_, N> {
    /// The verdict with these numbers, by outcome.
    fn verdict(&mut self, numbers: &[&Numbers; N]) -> Vec<[f64; N]> {
        let scene = &mut self.work.scene;
        // What pushes, and what passes beside it, is weighed once.
        let is_new = !std::mem::replace(&mut self.weighed, true);
        if is_new {
            self.drawn.scene.weigh_pushes(numbers, self.h, scene);
        }
        if self.drawn.is_counted {
            let (_, found) = self
                .drawn
                .count_weighed(numbers, self.h, self.cells, self.work);
            return found;
        }
        self.drawn.scene.weigh_prior(numbers, self.h, scene);
        self.moved.clear();
        self.moved.extend_from_slice(self.cells);
        self.drawn
            .apply_weighed(numbers, self.h, &mut self.moved, self.work);
        let mut out = vec![[0.0; N]; self.outcomes];
        let go = &self.drawn.go;
        for (i, cells) in self.moved.chunks_exact(go.inner).enumerate() {
            let state = usize::from(self.drawn.states[i % go.to]);
            if let Some(o) = state.checked_sub(1) {
                let mut sum = [0.0; N];
                cells.iter().for_each(|cell| add(&mut sum, cell));
                add(&mut out[o], &sum);
            }
        }
        out
    }
}

/// One setting of the numbers, and what is stated in it.
struct Lane<'a> {
    numbers: &'a mut Numbers,
    /// The prior as stated.
    stated: Vec<f64>,
    /// The horizon in which it could not be solved for.
    failed: Option<Unsolved>,
}

impl Lane<'_> {
    /// The search at a horizon, of so many outcomes from one on.
    fn search(&self, h: usize, (first, outcomes): (usize, usize)) -> Option<Search> {
        if self.failed.is_some() {
            return None;
        }
        let times = self.numbers.times;
        let stated = |o: usize, h: usize| self.stated[(first + o) * times + h];
        let want: Vec<f64> = (0..outcomes).map(|o| stated(o, h)).collect();
        // As far from what is stated as it was in the horizon before.
        let guess = (0..outcomes).map(|o| {
            let before = stated(o, h - 1);
            match h > 1 && before > 0.0 {
                true => want[o] * self.numbers.prior_at(first + o, h - 1) / before,
                false => want[o],
            }
        });
        Some(Search::new(&want, &guess.collect::<Vec<_>>()))
    }

    /// Takes these shares for its prior.
    fn set(&mut self, h: usize, first: usize, shares: &[f64]) {
        let times = self.numbers.times;
        for (o, share) in shares.iter().enumerate() {
            self.numbers.prior[(first + o) * times + h] = *share;
        }
    }

    /// Sees whether a search has come to an end that fits the horizon before.
    fn settle(
        &mut self,
        h: usize,
        (first, outcomes): (usize, usize),
        open: usize,
        search: &Search,
    ) {
        let times = self.numbers.times;
        let want = || -> Vec<f64> {
            let all = (0..outcomes).map(|o| self.stated[(first + o) * times + h]);
            all.collect()
        };
        let mut found = search.failed().cloned();
        if found.is_none() {
            let at = |o: usize, h: usize| self.numbers.prior_at(first + o, h);
            let falls = |o: &usize| at(*o, h) < at(*o, h - 1) - ENOUGH;
            found = (open..outcomes).find(falls).map(|o| {
                let mut found = want();
                found[o] += at(o, h - 1) - at(o, h);
                found
            });
        }
        self.failed = found.map(|found| Unsolved {
            horizon: h,
            stated: want(),
            found,
        });
    }
}

/// The numbers of all lanes.
fn of<'l, const N: usize>(lanes: &'l [Lane<'_>; N]) -> [&'l Numbers; N] {
    lanes.each_ref().map(|lane| &*lane.numbers)
}

/// Solves a question's prior in place, in every setting; `first` is where its row stands.
pub(crate) fn solve<const N: usize>(
    plan: &Plan,
    numbers: [&mut Numbers; N],
    days: &[f64],
    first: usize,
) -> [Result<(), Unsolved>; N] {
    let outcomes = plan.outcomes;
    let mut lanes = numbers.map(|numbers| Lane {
        stated: numbers.prior.clone(),
        numbers,
        failed: None,
    });
    let mut work = Scratch::<N>::default();
    let mut told = Told::new(plan.stages.len() - 1, plan.nodes);
    let mut cells = vec![[1.0; N]];
    let mut alone = vec![vec![[1.0; N]]; plan.alone];
    for (h, steps) in plan.stages.iter().enumerate() {
        for step in steps {
            match step {
                Step::Question(drawn) if drawn.is_target => {
                    let mut trial = Trial {
                        drawn,
                        h,
                        cells: &cells,
                        outcomes,
                        work: &mut work,
                        moved: Vec::new(),
                        weighed: false,
                    };
                    let mut searches = lanes
                        .each_ref()
                        .map(|lane| lane.search(h, (first, outcomes)));
                    loop {
                        let mut is_over = true;
                        for (lane, search) in lanes.iter_mut().zip(&searches) {
                            if let Some(shares) = search.as_ref().and_then(Search::wanted) {
                                lane.set(h, first, shares);
                                is_over = false;
                            }
                        }
                        if is_over {
                            break;
                        }
                        let found = trial.verdict(&of(&lanes));
                        let open = searches.iter_mut().enumerate();
                        for (lane, search) in open.filter_map(|(i, s)| Some((i, s.as_mut()?))) {
                            if search.wanted().is_some() {
                                search.told(found.iter().map(|x| x[lane]).collect());
                            }
                        }
                    }
                    for (lane, search) in lanes.iter_mut().zip(&searches) {
                        if let Some(search) = search {
                            lane.settle(h, (first, outcomes), drawn.open, search);
                        }
                    }
                    if lanes.iter().all(|lane| lane.failed.is_some()) {
                        return lanes.map(|lane| lane.failed.map_or(Ok(()), Err));
                    }
                    if !drawn.is_counted {
                        drawn.apply(&of(&lanes), h, &mut cells, &mut work);
                    }
                }
                Step::Question(drawn) => drawn.apply(&of(&lanes), h, &mut cells, &mut work),
                Step::Draw(moved, fill) => {
                    fill.fill(&of(&lanes), days, h, &mut told, &mut work.chances);
                    moved.apply(&cells, &work.chances, &mut work.places, &mut work.cells);
                    std::mem::swap(&mut cells, &mut work.cells);
                }
                Step::Alone(place, moved, fill) => {
                    fill.fill(&of(&lanes), days, h, &mut told, &mut work.chances);
                    let own = &mut alone[*place];
                    moved.apply(own, &work.chances, &mut work.places, &mut work.cells);
                    std::mem::swap(own, &mut work.cells);
                }
                Step::Join(place) => join(&mut cells, &alone[*place]),
                Step::Restart => restart(&mut cells),
                Step::Merge(merge) => {
                    merge.apply(&cells, &mut work.cells);
                    std::mem::swap(&mut cells, &mut work.cells);
                }
                Step::Tally(_) => {}
            }
        }
    }
    lanes.map(|lane| lane.failed.map_or(Ok(()), Err))
}

#[cfg(test)]
mod tests {
    use crate::infer::joint::Joint;
    use crate::model::{Draws, Numbers};
    use crate::project::Project;
    use crate::resolve::resolve;

    /// A fifth of the settings has a prior that cannot count in what it does.
    #[test]
    fn settings_side_by_side_are_solved_as_each_alone() {
        let text = include_str!("../../../assessments/us-rating-2023.assess");
        let assessment = resolve(&Project::from_text("a.assess", text)).assessment;
        let assessment = assessment.expect("a file that checks");
        let joint = Joint::new(&assessment).expect("a prior");
        let stream = Draws::new(&joint.model, &joint.stated, 7);
        let drawn = |i: u64| {
            let mut numbers = joint.stated.clone();
            numbers.draw(&joint.model, &stream, i);
            if i % 5 == 3 {
                let times = numbers.times;
                let cut = numbers.prior.len() - times;
                numbers.prior[cut..].swap(1, times - 1);
            }
            numbers
        };
        let mut all: Vec<Numbers> = (0..21).map(drawn).collect();
        let solved = joint.solve_all(&mut all);
        for (i, (together, is_solved)) in (0..).zip(all.iter().zip(&solved)) {
            let mut alone = drawn(i);
            assert_eq!(joint.solve(&mut alone).is_ok(), *is_solved, "{i}");
            if *is_solved {
                let bits = |n: &Numbers| n.prior.iter().map(|x| x.to_bits()).collect::<Vec<_>>();
                assert_eq!(bits(&alone), bits(together), "{i}");
            }
        }
        assert!(
            solved.contains(&true) && solved.contains(&false),
            "{solved:?}"
        );
    }
}
