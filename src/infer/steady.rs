//! Steady shares: what would be open, and what would have ended where, had what holds and is stated
//! in a horizon held from the start (proportional odds; Bennett 1983).
//!
//! In: e^W by outcome for some states, the priors, how likely each passing state is. Out: the shares
//! at the end of the horizon before, and what becomes of what is open in this one.

use crate::model::{Model, Numbers};

/// The priors of one horizon and of those before, as the states need them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Priors {
    /// r_o of the outcomes that are not final; none where everything has ended.
    open: Vec<f64>,
    /// By final outcome and time 0 … h, π_a.
    finals: Vec<Vec<f64>>,
    /// By time 0 … h, S.
    left: Vec<f64>,
}

/// States side by side, and what becomes of them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Chunk {
    /// How many lasting states stand side by side.
    pub width: usize,
    /// e^W by passing state, outcome and lasting state.
    pub rows: Vec<f64>,
    /// How likely each passing state is, by passing and lasting state.
    pub passing: Vec<f64>,
    /// What is open, then what has ended in each final outcome, when the horizon begins: by lasting state.
    pub before: Vec<f64>,
    /// The same at its end.
    pub after: Vec<f64>,
    /// Of what is open, by passing state: what stays open, then what ends in each final outcome, by
    /// lasting state.
    pub ways: Vec<f64>,
    /// Z by passing and lasting state.
    z: Vec<f64>,
    /// By horizon up to this one as `ways`, over the passing states.
    mean: Vec<f64>,
}

impl Priors {
    /// Reads the priors of horizon `h` and of those before.
    pub(crate) fn read(&mut self, model: &Model, numbers: &Numbers, h: usize) {
        let open = |j: usize| (0..model.open).map(|o| numbers.prior_at(o, j)).sum::<f64>();
        self.left.clear();
        self.left.push(1.0);
        self.left.extend((1..=h).map(open));
        self.open.clear();
        let all = self.left[h];
        if all > 0.0 {
            let shares = (0..model.open).map(|o| numbers.prior_at(o, h) / all);
            self.open.extend(shares);
        }
        let finals = model.open..model.outcomes.len();
        self.finals.resize_with(finals.len(), Vec::new);
        for (curve, a) in self.finals.iter_mut().zip(finals) {
            curve.clear();
            curve.extend((0..=h).map(|j| numbers.prior_at(a, j)));
        }
    }

    fn horizon(&self) -> usize {
        self.left.len() - 1
    }
}

impl Chunk {
    /// Makes room for so many lasting states side by side, with so many passing ones each.
    pub(crate) fn reset(&mut self, width: usize, passing: usize, outcomes: usize) {
        self.width = width;
        self.rows.resize(passing * outcomes * width, 0.0);
        self.passing.resize(passing * width, 1.0);
    }

    /// What is open and has ended, from `rows` and `passing`.
    pub(crate) fn fill(&mut self, priors: &Priors, outcomes: usize) {
        let (w, h, finals) = (self.width, priors.horizon(), priors.finals.len());
        let step = (1 + finals) * w;
        let states = self.rows.len() / (outcomes * w);
        self.mean.clear();
        self.mean.resize(h * step, 0.0);
        self.ways.clear();
        self.ways.resize(states * step, 0.0);
        self.z.clear();
        for p in 0..states {
            let rows = &self.rows[p * outcomes * w..][..outcomes * w];
            weigh(rows, priors, w, &mut self.z);
            let z = &self.z[p * w..];
            let ends = &rows[(outcomes - finals) * w..];
            let ways = &mut self.ways[p * step..][..step];
            for j in 1..=h {
                pass(priors, j, ends, z, ways);
                let mean = self.mean[(j - 1) * step..][..step].chunks_exact_mut(w);
                let shares = &self.passing[p * w..][..w];
                for (mean, way) in mean.zip(ways.chunks_exact(w)) {
                    for ((mean, way), share) in mean.iter_mut().zip(way).zip(shares) {
                        *mean += way * share;
                    }
                }
            }
        }
        self.before.clear();
        self.before.resize(step, 0.0);
        self.before[..w].fill(1.0);
        for (j, mean) in self.mean.chunks_exact(step).enumerate() {
            if j + 1 == h {
                self.after.clone_from(&self.before);
                go_on(&mut self.after, mean, w);
            } else {
                go_on(&mut self.before, mean, w);
            }
        }
    }

    /// What becomes of what is open in this horizon, over the passing states: as [`Chunk::ways`].
    pub(crate) fn mean(&self) -> &[f64] {
        let step = self.before.len();
        &self.mean[self.mean.len() - step..]
    }

    /// An outcome's share of what is open in a state.
    pub(crate) fn share(
        &self,
        priors: &Priors,
        outcomes: usize,
        p: usize,
        o: usize,
        i: usize,
    ) -> f64 {
        let r = priors.open.get(o).copied().unwrap_or_default();
        match r * self.rows[(p * outcomes + o) * self.width + i] {
            // Beside what ends, all that is open may be too small to be written.
            share if share > 0.0 => share / self.z[p * self.width + i],
            _ => 0.0,
        }
    }

    /// What is open when the horizon begins, and what of it is open at its end.
    pub(crate) fn stay(&self, finals: usize, p: usize, i: usize) -> (f64, f64) {
        let open = self.before[i];
        (open, open * self.ways[p * (1 + finals) * self.width + i])
    }

    /// What of the open part ends in a final outcome.
    pub(crate) fn end(&self, finals: usize, p: usize, a: usize, i: usize) -> f64 {
        self.ways[(p * (1 + finals) + 1 + a) * self.width + i]
    }
}

/// What becomes at once of what is open among cases that held and hold the same: what stays, then what ends in each
/// final outcome, in proportion to what has not ended there yet; false where all stays. `before` are the steady shares
/// and `group` the cases' masses, of `all`: what is open, then what has ended by final outcome.
pub(crate) fn cap(before: &[f64], group: &[f64], all: f64, ways: &mut [f64]) -> bool {
    ways.fill(0.0);
    ways[0] = 1.0;
    if all <= 0.0 || group[0] <= before[0] * all {
        return false;
    }
    let stay = before[0] * all / group[0];
    let gap = |a: usize| (before[a] - group[a] / all).max(0.0);
    let gaps: f64 = (1..before.len()).map(gap).sum();
    if gaps <= 0.0 || stay >= 1.0 {
        return false;
    }
    ways[0] = stay;
    for (a, way) in ways.iter_mut().enumerate().skip(1) {
        *way = (1.0 - stay) * gap(a) / gaps;
    }
    true
}

/// What is open loses what ends, in `w` states side by side: the shares and the ways are what is open, then by final
/// outcome.
pub(crate) fn go_on(shares: &mut [f64], ways: &[f64], w: usize) {
    let (open, ended) = shares.split_at_mut(w);
    let (stay, ends) = ways.split_at(w);
    for (ended, end) in ended.chunks_exact_mut(w).zip(ends.chunks_exact(w)) {
        for ((sum, open), end) in ended.iter_mut().zip(&*open).zip(end) {
            *sum += open * end;
        }
    }
    for (open, stay) in open.iter_mut().zip(stay) {
        *open *= stay;
    }
}

/// Adds Z of some states; 1 where everything has ended by then.
fn weigh(rows: &[f64], priors: &Priors, w: usize, z: &mut Vec<f64>) {
    let first = z.len();
    if priors.open.is_empty() {
        z.resize(first + w, 1.0);
        return;
    }
    z.resize(first + w, 0.0);
    for (row, r) in rows.chunks_exact(w).zip(&priors.open) {
        for (z, e) in z[first..].iter_mut().zip(row) {
            *z += r * e;
        }
    }
}

/// What becomes in horizon `j` of what is open: what stays, then what ends in each final outcome.
fn pass(priors: &Priors, j: usize, ends: &[f64], z: &[f64], ways: &mut [f64]) {
    let w = z.len();
    let (s0, s1) = (priors.left[j - 1], priors.left[j]);
    let (stay, to) = ways.split_at_mut(w);
    if let [curve] = &priors.finals[..] {
        let (p0, p1) = (curve[j - 1], curve[j]);
        for (((stay, to), e), z) in stay.iter_mut().zip(to).zip(ends).zip(z) {
            // G(j)/G(j−1) = S(j)·N(j−1) / (S(j−1)·N(j)).
            let above = s1 * (s0 * z + p0 * e);
            let below = s0 * (s1 * z + p1 * e);
            let ratio = above / below;
            let ratio = if ratio < 1.0 { ratio } else { 1.0 };
            *stay = if below > 0.0 { ratio } else { 0.0 };
            *to = 1.0 - *stay;
        }
        return;
    }
    for i in 0..w {
        let (mut n0, mut n1) = (s0 * z[i], s1 * z[i]);
        for (a, curve) in priors.finals.iter().enumerate() {
            n0 += curve[j - 1] * ends[a * w + i];
            n1 += curve[j] * ends[a * w + i];
        }
        let below = s0 * n1;
        let ratio = match below > 0.0 {
            true => (s1 * n0 / below).min(1.0),
            false => 0.0,
        };
        let mut rises = 0.0;
        for (a, curve) in priors.finals.iter().enumerate() {
            let e = ends[a * w + i];
            let share = |p: f64, n: f64| if n > 0.0 { p * e / n } else { 0.0 };
            let rise = (share(curve[j], n1) - share(curve[j - 1], n0)).max(0.0);
            to[a * w + i] = rise;
            rises += rise;
        }
        // Where nothing rises, nothing ends.
        let part = match rises > 0.0 && ratio < 1.0 {
            true => (1.0 - ratio) / rises,
            false => 0.0,
        };
        stay[i] = if part > 0.0 { ratio } else { 1.0 };
        for a in 0..priors.finals.len() {
            to[a * w + i] *= part;
        }
    }
}
