//! The search for shares that give stated ones: Newton's method from the stated shares, kept up by Broyden's (1965) updates.
//!
//! In: what is stated, a first guess, and what each try came to. Out: the shares to try next, until it has ended. It never
//! evaluates anything itself, so that the searches of several settings go on side by side.

/// How near the stated shares must come back.
const NEAR: f64 = 1e-13;

/// What is still good enough where rounding allows no better.
pub(super) const ENOUGH: f64 = 1e-11;

/// Steps of one horizon.
const STEPS: usize = 60;

/// So often a step is halved that leads further away.
const HALVES: usize = 6;

/// How far a coordinate is moved to see what that does.
const STEP: f64 = 1e-6;

/// What a verdict is waited for.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Wait {
    /// Where the search begins.
    First,
    /// How what is missed moves with this coordinate.
    Slope(usize),
    /// How far a step leads that was halved so often.
    Line(usize),
    /// Whether what was found is good enough.
    Again,
    /// Nothing: it has ended.
    Nothing,
}

/// One search.
#[derive(Debug, Clone)]
pub(super) struct Search {
    stated: Vec<f64>,
    /// The outcomes with a share of their own but the last, and that one.
    rest: Vec<usize>,
    last: usize,
    /// The coordinates: log odds against the last.
    y: Vec<f64>,
    /// What they come to.
    v: Vec<f64>,
    /// What they miss.
    f: Vec<f64>,
    jacobian: Vec<Vec<f64>>,
    by: Vec<f64>,
    best: f64,
    step: usize,
    wait: Wait,
    asked: Vec<f64>,
    /// The nearest that was found, where nothing is near enough.
    failed: Option<Vec<f64>>,
}

impl Search {
    /// The search from a first guess.
    pub(super) fn new(stated: &[f64], guess: &[f64]) -> Search {
        let mut rest: Vec<usize> = (0..stated.len()).filter(|o| stated[*o] > 0.0).collect();
        let last = rest.pop();
        let mut search = Search {
            stated: stated.to_vec(),
            rest,
            last: last.unwrap_or_default(),
            y: Vec::new(),
            v: Vec::new(),
            f: Vec::new(),
            jacobian: Vec::new(),
            by: Vec::new(),
            best: f64::INFINITY,
            step: 0,
            wait: Wait::Nothing,
            asked: Vec::new(),
            failed: None,
        };
        if last.is_some() {
            let odds = |o: usize| guess[o].max(1e-300) / guess[search.last].max(1e-300);
            search.y = search.rest.iter().map(|o| libm::log(odds(*o))).collect();
            search.ask(search.y.clone(), Wait::First);
        }
        search
    }

    /// The shares to try; none once it has ended.
    pub(super) fn wanted(&self) -> Option<&[f64]> {
        (self.wait != Wait::Nothing).then_some(&self.asked[..])
    }

    /// The nearest that was found, where the search has failed.
    pub(super) fn failed(&self) -> Option<&Vec<f64>> {
        self.failed.as_ref()
    }

    /// Takes the verdict with the shares that were tried.
    pub(super) fn told(&mut self, found: Vec<f64>) {
        match self.wait {
            Wait::First => {
                self.best = self.off(&found);
                self.v = found;
                self.round();
            }
            Wait::Slope(j) => {
                let moved = self.misses(&found);
                for (row, (moved, f)) in self.jacobian.iter_mut().zip(moved.iter().zip(&self.f)) {
                    row[j] = (moved - f) / STEP;
                }
                self.slope(j + 1);
            }
            Wait::Line(halved) => {
                if self.off(&found) < self.off(&self.v) {
                    return self.take(found);
                }
                self.by.iter_mut().for_each(|d| *d *= 0.5);
                match halved + 1 < HALVES {
                    true => self.line(halved + 1),
                    false => self.astray(),
                }
            }
            Wait::Again => {
                self.wait = Wait::Nothing;
                if self.off(&found) > ENOUGH || self.off(&found).is_nan() {
                    self.failed = Some(std::mem::take(&mut self.v));
                }
            }
            Wait::Nothing => {}
        }
    }

    /// Begins a step.
    fn round(&mut self) {
        if self.step == STEPS {
            return self.end();
        }
        if self.off(&self.v) <= NEAR {
            self.wait = Wait::Nothing;
            return;
        }
        self.f = self.misses(&self.v);
        match self.jacobian.is_empty() {
            true => {
                self.jacobian = vec![vec![0.0; self.y.len()]; self.y.len()];
                self.slope(0);
            }
            false => self.aim(),
        }
    }

    /// Asks for the slopes along a coordinate, or goes on once all are known.
    fn slope(&mut self, j: usize) {
        if j == self.y.len() {
            return self.aim();
        }
        let mut to = self.y.clone();
        to[j] += STEP;
        self.ask(to, Wait::Slope(j));
    }

    /// Where the slopes lead.
    fn aim(&mut self) {
        let Some(move_by) = linear(&self.jacobian, &self.f) else {
            return self.end();
        };
        // Not further at once than a factor of a hundred in odds.
        let most = move_by.iter().map(|d| d.abs()).fold(0.0, f64::max);
        let scale = (4.6 / most).min(1.0);
        self.by = move_by.iter().map(|d| -d * scale).collect();
        self.line(0);
    }

    fn line(&mut self, halved: usize) {
        let to = self.y.iter().zip(&self.by).map(|(y, d)| y + d);
        self.ask(to.collect(), Wait::Line(halved));
    }

    /// A step that leads nowhere, however short: by slopes that are found anew, if these were not.
    fn astray(&mut self) {
        let off = self.off(&self.v);
        if self.step > 0 && self.jacobian.len() == self.rest.len() && off < self.best * 2.0 {
            return self.end();
        }
        self.jacobian.clear();
        self.best = off;
        self.step += 1;
        self.round();
    }

    /// A step that leads nearer.
    fn take(&mut self, next: Vec<f64>) {
        let g = self.misses(&next);
        update(&mut self.jacobian, &self.by, &self.f, &g);
        let off = self.off(&next);
        let slow = off > 0.3 * self.off(&self.v);
        self.y.iter_mut().zip(&self.by).for_each(|(y, d)| *y += d);
        self.best = self.best.min(off);
        self.v = next;
        if slow {
            self.jacobian.clear();
        }
        self.step += 1;
        self.round();
    }

    fn end(&mut self) {
        self.ask(self.y.clone(), Wait::Again);
    }

    /// Asks for the verdict at these coordinates.
    fn ask(&mut self, y: Vec<f64>, wait: Wait) {
        let most = y.iter().copied().fold(0.0, f64::max);
        let out = &mut self.asked;
        out.clear();
        out.resize(self.stated.len(), 0.0);
        out[self.last] = libm::exp(-most);
        for (o, y) in self.rest.iter().zip(y) {
            out[*o] = libm::exp(y - most);
        }
        let sum: f64 = out.iter().sum();
        out.iter_mut().for_each(|x| *x /= sum);
        self.wait = wait;
    }

    /// By how much a verdict misses the stated odds.
    fn misses(&self, v: &[f64]) -> Vec<f64> {
        let log = |o: usize| libm::log((v[o] / self.stated[o]).max(1e-300));
        let last = log(self.last);
        self.rest.iter().map(|o| log(*o) - last).collect()
    }

    /// How far a verdict is from what is stated.
    fn off(&self, v: &[f64]) -> f64 {
        let each = v.iter().zip(&self.stated).map(|(v, s)| (v - s).abs());
        each.fold(0.0, f64::max)
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
