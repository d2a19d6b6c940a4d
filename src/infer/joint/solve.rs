//! A prior that counts events in: what it must be without them, so that with them it is as stated.
//!
//! In: a plan on which only the counted drivers push, and numbers with the prior as stated. Out: the
//! numbers with the prior solved for, horizon by horizon: Newton's method from the stated shares, kept up
//! by Broyden's (1965) updates.

use super::fill::Told;
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

/// How near the stated shares must come back.
const NEAR: f64 = 1e-13;

/// What is still good enough where rounding allows no better.
const ENOUGH: f64 = 1e-11;

/// Steps of one horizon.
const STEPS: usize = 60;

/// The question's last step in one horizon, to be tried with other shares.
struct Trial<'a> {
    drawn: &'a Drawn,
    h: usize,
    cells: &'a [[f64; 1]],
    days: usize,
    first: usize,
    outcomes: usize,
    work: &'a mut Scratch<1>,
    moved: Vec<[f64; 1]>,
    /// Whether all was weighed, so that only the prior is new.
    weighed: bool,
}

impl Trial<'_> {
    /// The verdict with these shares.
    fn verdict(&mut self, numbers: &mut Numbers, shares: &[f64]) -> Vec<f64> {
        for (o, share) in shares.iter().enumerate() {
            numbers.prior[(self.first + o) * self.days + self.h] = *share;
        }
        let numbers = &[&*numbers];
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
            return found.into_iter().map(|[x]| x).collect();
        }
        self.drawn.scene.weigh_prior(numbers, self.h, scene);
        self.moved.clear();
        self.moved.extend_from_slice(self.cells);
        self.drawn
            .apply_weighed(numbers, self.h, &mut self.moved, self.work);
        let mut out = vec![0.0; self.outcomes];
        let go = &self.drawn.go;
        for (i, cells) in self.moved.chunks_exact(go.inner).enumerate() {
            let state = usize::from(self.drawn.states[i % go.to]);
            if let Some(o) = state.checked_sub(1) {
                out[o] += cells.iter().map(|c| c[0]).sum::<f64>();
            }
        }
        out
    }

    /// The shares that give the stated ones, from a first guess.
    fn solve(
        &mut self,
        numbers: &mut Numbers,
        stated: &[f64],
        guess: &[f64],
    ) -> Result<(), Vec<f64>> {
        let free: Vec<usize> = (0..stated.len()).filter(|o| stated[*o] > 0.0).collect();
        let Some((&last, rest)) = free.split_last() else {
            return Ok(());
        };
        let shares = |y: &[f64]| {
            let mut out = vec![0.0; stated.len()];
            let most = y.iter().copied().fold(0.0, f64::max);
            out[last] = libm::exp(-most);
            for (o, y) in rest.iter().zip(y) {
                out[*o] = libm::exp(y - most);
            }
            let sum: f64 = out.iter().sum();
            out.iter_mut().for_each(|x| *x /= sum);
            out
        };
        let misses = |v: &[f64]| -> Vec<f64> {
            let log = |o: usize| libm::log((v[o] / stated[o]).max(1e-300));
            rest.iter().map(|o| log(*o) - log(last)).collect()
        };
        let off = |v: &[f64]| {
            let each = v.iter().zip(stated).map(|(v, s)| (v - s).abs());
            each.fold(0.0, f64::max)
        };
        let mut y: Vec<f64> = rest
            .iter()
            .map(|o| libm::log(guess[*o].max(1e-300) / guess[last].max(1e-300)))
            .collect();
        let mut v = self.verdict(numbers, &shares(&y));
        let mut jacobian = Vec::new();
        let mut best = off(&v);
        for step in 0..STEPS {
            if off(&v) <= NEAR {
                return Ok(());
            }
            let f = misses(&v);
            if jacobian.is_empty() {
                jacobian = self.slopes(numbers, &y, &f, &shares, &misses);
            }
            let Some(move_by) = linear(&jacobian, &f) else {
                return self.end(numbers, &shares(&y), &off, v);
            };
            // Not further at once than a factor of a hundred in odds.
            let most = move_by.iter().map(|d| d.abs()).fold(0.0, f64::max);
            let scale = (4.6 / most).min(1.0);
            let mut by: Vec<f64> = move_by.iter().map(|d| -d * scale).collect();
            let mut next = v.clone();
            for _ in 0..6 {
                let to: Vec<f64> = y.iter().zip(&by).map(|(y, d)| y + d).collect();
                next = self.verdict(numbers, &shares(&to));
                if off(&next) < off(&v) {
                    break;
                }
                by.iter_mut().for_each(|d| *d *= 0.5);
            }
            if off(&next) >= off(&v) {
                if step > 0 && jacobian.len() == rest.len() && off(&v) < best * 2.0 {
                    return self.end(numbers, &shares(&y), &off, v);
                }
                jacobian.clear();
                best = off(&v);
                continue;
            }
            let g = misses(&next);
            update(&mut jacobian, &by, &f, &g);
            let slow = off(&next) > 0.3 * off(&v);
            y.iter_mut().zip(&by).for_each(|(y, d)| *y += d);
            best = best.min(off(&next));
            v = next;
            if slow {
                jacobian.clear();
            }
        }
        self.end(numbers, &shares(&y), &off, v)
    }

    fn end(
        &mut self,
        numbers: &mut Numbers,
        shares: &[f64],
        off: &dyn Fn(&[f64]) -> f64,
        v: Vec<f64>,
    ) -> Result<(), Vec<f64>> {
        let again = self.verdict(numbers, shares);
        match off(&again) <= ENOUGH {
            true => Ok(()),
            false => Err(v),
        }
    }

    /// How what is missed moves with each coordinate.
    fn slopes(
        &mut self,
        numbers: &mut Numbers,
        y: &[f64],
        f: &[f64],
        shares: &dyn Fn(&[f64]) -> Vec<f64>,
        misses: &dyn Fn(&[f64]) -> Vec<f64>,
    ) -> Vec<Vec<f64>> {
        const STEP: f64 = 1e-6;
        let mut out = vec![vec![0.0; y.len()]; y.len()];
        for j in 0..y.len() {
            let mut to = y.to_vec();
            to[j] += STEP;
            let moved = misses(&self.verdict(numbers, &shares(&to)));
            for (row, (moved, f)) in out.iter_mut().zip(moved.iter().zip(f)) {
                row[j] = (moved - f) / STEP;
            }
        }
        out
    }
}

/// Broyden's update: the slopes fit the last step.
fn update(jacobian: &mut [Vec<f64>], by: &[f64], f: &[f64], g: &[f64]) {
    let length: f64 = by.iter().map(|d| d * d).sum();
    if length <= 0.0 {
        return;
    }
    for (row, (f, g)) in jacobian.iter_mut().zip(f.iter().zip(g)) {
        let guessed: f64 = row.iter().zip(by).map(|(a, d)| a * d).sum();
        let miss = (g - f - guessed) / length;
        row.iter_mut().zip(by).for_each(|(a, d)| *a += miss * d);
    }
}

/// Solves a system of linear equations by Gauss's elimination with pivots; none where it is singular.
fn linear(matrix: &[Vec<f64>], right: &[f64]) -> Option<Vec<f64>> {
    let n = right.len();
    let mut rows: Vec<Vec<f64>> = matrix
        .iter()
        .zip(right)
        .map(|(row, r)| row.iter().copied().chain([*r]).collect())
        .collect();
    for i in 0..n {
        let pivot = (i..n).max_by(|a, b| rows[*a][i].abs().total_cmp(&rows[*b][i].abs()))?;
        if rows[pivot][i].abs() < 1e-12 || !rows[pivot][i].is_finite() {
            return None;
        }
        rows.swap(i, pivot);
        let (above, below) = rows.split_at_mut(i + 1);
        let top = &above[i][i..];
        for row in below {
            let by = row[i] / top[0];
            for (x, t) in row[i..].iter_mut().zip(top) {
                *x -= by * t;
            }
        }
    }
    let mut out = vec![0.0; n];
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|j| rows[i][j] * out[j]).sum();
        out[i] = (rows[i][n] - known) / rows[i][i];
    }
    Some(out)
}

/// Solves a question's prior in place; `first` is where its row stands.
pub(crate) fn solve(
    plan: &Plan,
    numbers: &mut Numbers,
    days: &[f64],
    first: usize,
) -> Result<(), Unsolved> {
    let outcomes = plan.outcomes;
    let times = days.len();
    let stated = numbers.clone();
    let mut work = Scratch::<1>::default();
    let mut told = Told::new(plan.stages.len() - 1, plan.nodes);
    let mut cells = vec![[1.0]];
    let mut alone = vec![vec![[1.0]]; plan.alone];
    for (h, steps) in plan.stages.iter().enumerate() {
        for step in steps {
            match step {
                Step::Question(drawn) if drawn.is_target => {
                    let want: Vec<f64> = (0..outcomes)
                        .map(|o| stated.prior_at(first + o, h))
                        .collect();
                    // As far from what is stated as it was in the horizon before.
                    let guess: Vec<f64> = (0..outcomes)
                        .map(|o| {
                            let before = stated.prior_at(first + o, h - 1);
                            match h > 1 && before > 0.0 {
                                true => want[o] * numbers.prior_at(first + o, h - 1) / before,
                                false => want[o],
                            }
                        })
                        .collect();
                    let mut trial = Trial {
                        drawn,
                        h,
                        cells: &cells,
                        days: times,
                        first,
                        outcomes,
                        work: &mut work,
                        moved: Vec::new(),
                        weighed: false,
                    };
                    let unsolved = |found: Vec<f64>| Unsolved {
                        horizon: h,
                        stated: want.clone(),
                        found,
                    };
                    trial.solve(numbers, &want, &guess).map_err(unsolved)?;
                    let open = drawn.open;
                    let falls = |o: &usize| {
                        let before = numbers.prior_at(first + o, h - 1);
                        numbers.prior_at(first + o, h) < before - ENOUGH
                    };
                    if let Some(o) = (open..outcomes).find(falls) {
                        let mut found = want.clone();
                        found[o] +=
                            numbers.prior_at(first + o, h - 1) - numbers.prior_at(first + o, h);
                        return Err(Unsolved {
                            horizon: h,
                            stated: want,
                            found,
                        });
                    }
                    if !drawn.is_counted {
                        drawn.apply(&[&*numbers], h, &mut cells, &mut work);
                    }
                }
                Step::Question(drawn) => drawn.apply(&[&*numbers], h, &mut cells, &mut work),
                Step::Draw(moved, fill) => {
                    fill.fill(&[&*numbers], days, h, &mut told, &mut work.chances);
                    moved.apply(&cells, &work.chances, &mut work.places, &mut work.cells);
                    std::mem::swap(&mut cells, &mut work.cells);
                }
                Step::Alone(place, moved, fill) => {
                    fill.fill(&[&*numbers], days, h, &mut told, &mut work.chances);
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
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::linear;

    #[test]
    fn a_system_is_solved_and_a_singular_one_is_not() {
        let a = vec![
            vec![0.0, 2.0, 1.0],
            vec![1.0, 1.0, 0.0],
            vec![3.0, 0.0, 1.0],
        ];
        let x = linear(&a, &[7.0, 3.0, 6.0]).unwrap();
        for (row, right) in a.iter().zip([7.0, 3.0, 6.0]) {
            let sum: f64 = row.iter().zip(&x).map(|(a, x)| a * x).sum();
            assert!((sum - right).abs() < 1e-12);
        }
        assert_eq!(linear(&[vec![1.0, 2.0], vec![2.0, 4.0]], &[1.0, 2.0]), None);
    }
}
