//! Steady shares: what would be open, and what would have ended where, had what holds and is stated
//! in a horizon held from the start (proportional odds; Bennett 1983).
//!
//! In: e^W by outcome for some states, the priors, how likely each passing state is. Out: the shares
//! at the end of the horizon before, and what becomes of what is open in this one.

use crate::model::{Model, Numbers};
use assess_lanes::LANES;
use assess_lanes::ends;
use assess_lanes::judge::Eight;
use assess_lanes::stays::{self, Step};

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
    /// e^W by outcome, passing and lasting state.
    pub rows: Vec<f64>,
    /// How likely each passing state is, by passing and lasting state.
    pub passing: Vec<f64>,
    /// What is open, then what has ended in each final outcome, when the horizon begins: by lasting state.
    pub before: Vec<f64>,
    /// The same at its end.
    pub after: Vec<f64>,
    /// Of what is open: what stays open, then what ends in each final outcome, by passing and lasting state.
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

    /// Puts e^W by outcome and lasting state in the place of a passing state.
    pub(crate) fn place(&mut self, p: usize, rows: &[f64]) {
        let (w, n) = (self.width, self.passing.len());
        for (row, all) in rows.chunks_exact(w).zip(self.rows.chunks_exact_mut(n)) {
            all[p * w..][..w].copy_from_slice(row);
        }
    }

    /// What is open and has ended, from `rows` and `passing`.
    pub(crate) fn fill(&mut self, priors: &Priors, outcomes: usize) {
        let (w, h, finals) = (self.width, priors.horizon(), priors.finals.len());
        let step = (1 + finals) * w;
        let n = self.passing.len();
        self.mean.clear();
        self.mean.resize(h * step, 0.0);
        self.ways.resize((1 + finals) * n, 0.0);
        self.z.resize(n, 0.0);
        match priors.open[..] {
            // Everything has ended by then.
            [] => self.z.fill(1.0),
            _ => {
                let shares: Vec<Eight> = priors.open.iter().map(|r| [*r; LANES]).collect();
                ends::weigh(&self.rows, n, &shares, &mut self.z);
            }
        }
        let ends = &self.rows[(outcomes - finals) * n..];
        for (j, mean) in (1..=h).zip(self.mean.chunks_exact_mut(step)) {
            pass(priors, j, ends, &self.z, &mut self.ways);
            let ways = self.ways.chunks_exact(n);
            for (mean, way) in mean.chunks_exact_mut(w).zip(ways) {
                stays::add_products(way, &self.passing, mean);
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
    pub(crate) fn share(&self, priors: &Priors, p: usize, o: usize, i: usize) -> f64 {
        let r = priors.open.get(o).copied().unwrap_or_default();
        let n = self.passing.len();
        match r * self.rows[o * n + p * self.width + i] {
            // Beside what ends, all that is open may be too small to be written.
            share if share > 0.0 => share / self.z[p * self.width + i],
            _ => 0.0,
        }
    }

    /// What is open when the horizon begins, and what of it is open at its end.
    pub(crate) fn stay(&self, p: usize, i: usize) -> (f64, f64) {
        let open = self.before[i];
        (open, open * self.ways[p * self.width + i])
    }

    /// What of the open part ends in a final outcome.
    pub(crate) fn end(&self, p: usize, a: usize, i: usize) -> f64 {
        self.ways[(1 + a) * self.passing.len() + p * self.width + i]
    }

    /// Adds what outcomes have to `now`, of masses by passing and lasting state, and those by lasting state. `parts` is room.
    pub(crate) fn add_up(
        &self,
        priors: &Priors,
        (mass, reach): (&[f64], &[f64]),
        parts: &mut Vec<f64>,
        now: &mut [f64],
    ) {
        let (w, n) = (self.width, self.passing.len());
        let (open, ended) = now.split_at_mut(now.len() - priors.finals.len());
        let before = &self.before[..w];
        parts.resize(n, 0.0);
        stays::divide(mass, (before, &self.ways[..n]), &self.z, parts);
        let rows = self.rows.chunks_exact(n);
        for ((now, r), row) in open.iter_mut().zip(&priors.open).zip(rows) {
            let mut sum = [0.0];
            stays::add_products(row, parts, &mut sum);
            *now += r * sum[0];
        }
        let mut all = vec![0.0; w];
        for (a, now) in ended.iter_mut().enumerate() {
            all.fill(0.0);
            stays::add_products(mass, &self.ways[(1 + a) * n..][..n], &mut all);
            let ended = &self.before[(1 + a) * w..];
            for i in 0..w {
                *now += before[i] * all[i] + reach[i] * ended[i];
            }
        }
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

/// What becomes in horizon `j` of what is open: what stays, then what ends in each final outcome.
fn pass(priors: &Priors, j: usize, ends: &[f64], z: &[f64], ways: &mut [f64]) {
    let w = z.len();
    let (s0, s1) = (priors.left[j - 1], priors.left[j]);
    let (stay, to) = ways.split_at_mut(w);
    if let [curve] = &priors.finals[..] {
        let step = Step {
            left: (s0, s1),
            ended: (curve[j - 1], curve[j]),
        };
        stays::pass(step, (z, ends), stay, to);
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
