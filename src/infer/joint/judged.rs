//! What a question's prior and pushes make of its outcomes, place by place of a space.
//!
//! In: a question and a space in which all that it rests on is told apart. Out: e^W, Z, the shares of what
//! is open, and what of it ends (proportional odds; Bennett 1983).

use super::moves::add;
use super::net::Asked;
use super::push::{Pushing, seen, truth};
use super::space::{Space, TooLarge};
use super::test::{Leaf, Test};
use crate::model::{Model, Numbers};
use assess_lanes::LANES;
use assess_lanes::ends::{self, Ended, Ending, Ends};
use assess_lanes::judge::{Eight, States, Sums, judge};
use std::ops::Range;

/// A question in a space.
#[derive(Debug, Clone)]
pub(super) struct Judged {
    asked: Asked,
    pushing: Pushing,
    /// By place the row of the prior in force.
    rows: Vec<u32>,
    /// The same: each row in turn, and before which place it ends.
    stretches: Vec<(usize, usize)>,
    /// By place the outcome that all that is open is in, from 1 on; 0 where none is decided.
    held: Vec<u16>,
    /// Whether any is.
    is_held: bool,
    /// By place the final outcome that is decided likewise.
    ended: Vec<u16>,
    /// How many outcomes are not final.
    open: usize,
}

/// What it is at one horizon, of several settings side by side.
#[derive(Debug, Clone, Default)]
pub(super) struct Now<const N: usize> {
    size: usize,
    /// e^W by outcome and place: so many places, then they repeat.
    width: usize,
    e: Vec<[f64; N]>,
    /// Z by place.
    z: Vec<[f64; N]>,
    /// By row and outcome the share of what is open; all 0 where nothing is.
    shares: Vec<[f64; N]>,
}

impl<const N: usize> Now<N> {
    /// e^W of an outcome at a place.
    fn e(&self, outcome: usize, place: usize) -> &[f64; N] {
        &self.e[outcome * self.width + place % self.width]
    }
}

/// What some propositions make of each place, told the truth of their leaves: found once for all places that
/// they do not tell apart.
fn by_place<'t, T: Copy>(
    space: &Space,
    tests: impl Iterator<Item = &'t Test>,
    make: impl Fn(&dyn Fn(Leaf, bool) -> bool) -> T,
) -> Result<Vec<T>, TooLarge> {
    let mut leaves = Vec::new();
    tests.for_each(|t| t.leaves(&mut |leaf, was| leaves.push((leaf, was))));
    let view = seen(space, &leaves)?;
    let mut at = Vec::new();
    let found = (0..view.size()).map(|place| {
        view.space.values(place, &mut at);
        make(&|leaf, was| truth(&view.space, &at, leaf, was))
    });
    let found: Vec<T> = found.collect();
    let mut places = Vec::new();
    view.places(None, &mut places);
    Ok(places.iter().map(|place| found[*place as usize]).collect())
}

/// Two decided outcomes hold at one place, or none does and nothing is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Clash {
    Both(usize, usize),
    Nothing,
}

impl Judged {
    pub(super) fn new(model: &Model, asked: &Asked, space: &Space) -> Result<Judged, TooLarge> {
        let spec = &model.questions[asked.question];
        let rows = by_place(space, asked.priors.iter().map(|r| &r.0), |is| {
            let row = asked.priors.iter().position(|r| r.0.holds(is));
            row.unwrap_or(0) as u32
        })?;
        let decided = |range: std::ops::Range<usize>| {
            let tests = || asked.decided[range.clone()].iter();
            by_place(space, tests().flatten(), |is| {
                let first = tests().position(|t| t.as_ref().is_some_and(|t| t.holds(is)));
                first.map_or(0, |o| (range.start + o) as u16 + 1)
            })
        };
        let mut held = decided(0..spec.open)?;
        if let Some(o) = asked.fixed.filter(|o| *o < spec.open) {
            let open = held.iter_mut().filter(|held| **held == 0);
            open.for_each(|held| *held = o as u16 + 1);
        }
        let mut stretches: Vec<(usize, usize)> = Vec::new();
        for (place, row) in rows.iter().enumerate() {
            match stretches.last_mut() {
                Some(last) if last.0 == *row as usize => last.1 = place + 1,
                _ => stretches.push((*row as usize, place + 1)),
            }
        }
        Ok(Judged {
            stretches,
            pushing: asked.push.over(space)?,
            asked: asked.clone(),
            rows,
            is_held: held.iter().any(|held| *held > 0),
            held,
            ended: decided(spec.open..spec.outcomes.len())?,
            open: spec.open,
        })
    }

    /// What clashes at a place, if anything does.
    pub(super) fn clash(&self, space: &Space, place: usize) -> Option<Clash> {
        let mut at = Vec::new();
        space.values(place, &mut at);
        let is = |leaf, was| truth(space, &at, leaf, was);
        let decided = &self.asked.decided;
        let holds = |o: usize| decided[o].as_ref().is_some_and(|t| t.holds(&is));
        let mut any = false;
        for range in [0..self.open, self.open..decided.len()] {
            let all: Vec<usize> = range.filter(|o| holds(*o)).collect();
            any |= !all.is_empty();
            if let [a, b, ..] = all[..] {
                return Some(Clash::Both(a, b));
            }
        }
        let judged = (0..self.open).any(|o| decided[o].is_none());
        (!any && !judged).then_some(Clash::Nothing)
    }

    /// By place the final outcome that is decided, from 1 on.
    pub(super) fn ended(&self) -> &[u16] {
        &self.ended
    }

    fn outcomes(&self) -> usize {
        self.asked.decided.len()
    }

    /// The final outcomes that are judged.
    pub(super) fn finals(&self) -> impl Iterator<Item = usize> + '_ {
        (self.open..self.outcomes()).filter(|o| self.asked.decided[*o].is_none())
    }

    /// S at time `j` in a row.
    fn left(&self, numbers: &Numbers, row: usize, j: usize) -> f64 {
        if j == 0 {
            return 1.0;
        }
        let first = self.asked.priors[row].1;
        let judged = (0..self.open).filter(|o| self.asked.decided[*o].is_none());
        if judged.clone().next().is_none() {
            let ended: f64 = self.finals().map(|a| numbers.prior_at(first + a, j)).sum();
            return (1.0 - ended).max(0.0);
        }
        judged.map(|o| numbers.prior_at(first + o, j)).sum()
    }

    /// Weighs all places at horizon `h`.
    pub(super) fn fill<const N: usize>(&self, numbers: &[&Numbers; N], h: usize, now: &mut Now<N>) {
        self.fill_pushes(numbers, h, now);
        self.fill_prior(numbers, h, now);
    }

    /// e^W alone.
    pub(super) fn fill_pushes<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        now: &mut Now<N>,
    ) {
        now.size = self.rows.len();
        now.width = self.pushing.width();
        self.asked.push.fill(&self.pushing, numbers, h, &mut now.e);
    }

    /// All else, once e^W is there.
    pub(super) fn fill_prior<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        now: &mut Now<N>,
    ) {
        self.fill_shares(numbers, h, now);
        let (outcomes, width) = (self.outcomes(), now.width);
        // What is there is overwritten.
        now.z.resize(now.size, [0.0; N]);
        let shares: Vec<Eight> = now.shares.iter().map(eight).collect();
        for (row, places) in self.pieces(&[width]) {
            let (e, z) = (now.e.as_flattened(), now.z.as_flattened_mut());
            let e = &e[places.start % width * N..];
            let own = &shares[row * outcomes..][..self.open];
            ends::weigh(e, width * N, own, &mut z[places.start * N..places.end * N]);
        }
        let held = self.held.iter().filter(|_| self.is_held);
        for (z, _) in now.z.iter_mut().zip(held).filter(|(_, held)| **held > 0) {
            *z = [1.0; N];
        }
    }

    /// The shares of what is open, by row and outcome.
    fn fill_shares<const N: usize>(&self, numbers: &[&Numbers; N], h: usize, now: &mut Now<N>) {
        now.shares.clear();
        for (row, (_, first)) in self.asked.priors.iter().enumerate() {
            let left = numbers.map(|n| self.left(n, row, h));
            for o in 0..self.outcomes() {
                let is_judged = o < self.open && self.asked.decided[o].is_none();
                let mut share = [0.0; N];
                for (lane, share) in share.iter_mut().enumerate() {
                    if is_judged && left[lane] > 0.0 {
                        *share = numbers[lane].prior_at(first + o, h) / left[lane];
                    }
                }
                now.shares.push(share);
            }
        }
    }

    /// Where nothing ends and nothing is decided: what is in each outcome, of so much mass in each place of the first
    /// `cells`, and all of it; `own` is how likely each place is among those of which it is one. Only e^W need be there;
    /// none where something is decided, or there is nothing to divide by.
    pub(super) fn count<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        (cells, own): (&[[f64; N]], &[[f64; N]]),
        now: &mut Now<N>,
    ) -> Option<([f64; N], Vec<[f64; N]>)> {
        if self.is_held {
            return None;
        }
        self.fill_shares(numbers, h, now);
        let (outcomes, width) = (self.outcomes(), now.width);
        let mut found = Sums {
            whole: [0.0; LANES],
            least: [1.0; LANES],
        };
        let shares: Vec<Eight> = now.shares.iter().map(eight).collect();
        // By row and outcome.
        let mut sums = vec![[0.0; LANES]; shares.len()];
        let (e, mass) = (now.e.as_flattened(), cells.as_flattened());
        let own = own.as_flattened();
        for (row, places) in self.pieces(&[width, cells.len()]) {
            let first = places.start;
            let states = States {
                e: &e[first % width * N..],
                stride: width * N,
                mass: &mass[first % cells.len() * N..][..places.len() * N],
                by: own.get(first * N..).unwrap_or_default(),
            };
            let own = row * outcomes..(row + 1) * outcomes;
            judge(states, &shares[own.clone()], &mut sums[own], &mut found);
        }
        if !found.least.iter().all(|least| *least > 0.0) {
            return None;
        }
        let mut out = vec![[0.0; N]; outcomes];
        for (at, sum) in sums.iter().enumerate() {
            add(&mut out[at % outcomes], &lanes(sum));
        }
        Some((lanes(&found.whole), out))
    }

    /// Whether nothing that is judged can end.
    pub(super) fn is_still(&self) -> bool {
        self.finals().next().is_none() || self.asked.fixed.is_some()
    }

    /// Where nothing ends: adds what is in each outcome, by outcome and place of the first `live`; `own` is how likely
    /// each place is among those of which it is one.
    pub(super) fn still<const N: usize>(
        &self,
        now: &Now<N>,
        own: &[[f64; N]],
        live: usize,
        out: &mut [[f64; N]],
    ) {
        let outcomes = self.outcomes();
        for first in (0..now.size).step_by(live) {
            let (rows, held) = (&self.rows[first..][..live], &self.held[first..][..live]);
            let (z, own) = (&now.z[first..][..live], &own[first..][..live]);
            let is_held = held.iter().any(|held| *held > 0);
            for o in 0..self.open {
                let out = &mut out[o * live..][..live];
                for i in 0..live {
                    let e = now.e(o, first + i);
                    if is_held && held[i] > 0 {
                        if usize::from(held[i]) == o + 1 {
                            add(&mut out[i], &own[i]);
                        }
                        continue;
                    }
                    let r = &now.shares[rows[i] as usize * outcomes + o];
                    for lane in 0..N {
                        let share = r[lane] * e[lane] / z[i][lane];
                        out[i][lane] += match r[lane] > 0.0 {
                            true => own[i][lane] * share,
                            false => 0.0,
                        };
                    }
                }
            }
        }
    }

    /// An outcome's share of what is open at a place.
    #[inline]
    pub(super) fn share<const N: usize>(&self, now: &Now<N>, o: usize, place: usize) -> [f64; N] {
        if self.held[place] > 0 {
            return [f64::from(u8::from(usize::from(self.held[place]) == o + 1)); N];
        }
        let mut out = now.shares[self.rows[place] as usize * self.outcomes() + o];
        let (e, z) = (now.e(o, place), &now.z[place]);
        for lane in 0..N {
            // Beside what ends, all that is open may be too small to be written.
            let x = out[lane];
            out[lane] = if x > 0.0 { x * e[lane] / z[lane] } else { 0.0 };
        }
        out
    }

    /// Whether something may end in an outcome.
    pub(super) fn ends_in(&self, o: usize) -> bool {
        o >= self.open && self.asked.decided[o].is_none() && self.asked.fixed.is_none()
    }

    /// What becomes in horizon `j` of what is open, with all else of the horizon that was filled in: what
    /// stays, then what ends in each outcome in which something may, by place.
    pub(super) fn pass<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        now: &Now<N>,
        j: usize,
        out: &mut Vec<[f64; N]>,
    ) {
        let (size, width) = (now.size, now.width);
        // What is there is overwritten, or not looked at.
        out.resize(size * (1 + self.outcomes()), [0.0; N]);
        if self.is_still() {
            out[..size].as_flattened_mut().fill(1.0);
            return;
        }
        let ends: Vec<Vec<Ending>> = (0..self.asked.priors.len())
            .map(|row| {
                let first = self.asked.priors[row].1;
                let ending = |a: usize| Ending {
                    prior: [j - 1, j].map(|j| eight(&numbers.map(|n| n.prior_at(first + a, j)))),
                    e: a * width * N,
                    out: (1 + a) * size * N,
                };
                self.finals().map(ending).collect()
            })
            .collect();
        let left = |row: usize| [j - 1, j].map(|j| eight(&numbers.map(|n| self.left(n, row, j))));
        let (e, z, out) = (
            now.e.as_flattened(),
            now.z.as_flattened(),
            out.as_flattened_mut(),
        );
        for (row, places) in self.pieces(&[width]) {
            let ends = Ends {
                left: left(row),
                finals: &ends[row],
            };
            let (from, to) = (places.start * N, places.end * N);
            ends.pass(
                &e[places.start % width * N..],
                &z[from..to],
                &mut out[from..],
            );
        }
    }

    /// Where some had ended before: what is in each outcome, of so much mass in each place of the first `cells`, and all of
    /// it; `own` is how likely each place is among those of which it is one. `before` is what was open by place of the
    /// first so many, then by outcome what had ended; `ways` what [`Judged::pass`] found. None where something is decided.
    pub(super) fn settle<const N: usize>(
        &self,
        now: &Now<N>,
        (cells, own): (&[[f64; N]], &[[f64; N]]),
        (before, span): (&[[f64; N]], usize),
        ways: &[[f64; N]],
    ) -> Option<([f64; N], Vec<[f64; N]>)> {
        let none_decided = self.asked.decided[self.open..].iter().all(Option::is_none);
        if !none_decided || self.is_held {
            return None;
        }
        let (outcomes, width, live) = (self.outcomes(), now.width, cells.len());
        let shares: Vec<Eight> = now.shares.iter().map(eight).collect();
        let mut sums = vec![[0.0; LANES]; outcomes];
        let mut whole = [0.0; LANES];
        let (e, mass) = (now.e.as_flattened(), cells.as_flattened());
        let (z, own) = (now.z.as_flattened(), own.as_flattened());
        let (before, ways) = (before.as_flattened(), ways.as_flattened());
        for (row, places) in self.pieces(&[width, live, span]) {
            let first = places.start;
            let states = Ended {
                e: &e[first % width * N..],
                stride: width * N,
                z: &z[first * N..places.end * N],
                mass: &mass[first % live * N..],
                by: own.get(first * N..).unwrap_or_default(),
                before: (&before[first % span * N..], span * N),
                ways: (&ways[first * N..], now.size * N),
            };
            let own = &shares[row * outcomes..][..self.open];
            states.settle(own, &mut sums, &mut whole);
        }
        Some((lanes(&whole), sums.iter().map(lanes).collect()))
    }

    /// All places in their order, in pieces in which one row is in force and that end wherever one of these spans does: its
    /// row, and the places.
    fn pieces(&self, spans: &[usize]) -> impl Iterator<Item = (usize, Range<usize>)> {
        let mut first = 0;
        self.stretches.iter().flat_map(move |&(row, end)| {
            let mut pieces = Vec::new();
            while first < end {
                let to = spans.iter().map(|span| (first / span + 1) * span);
                let next = to.fold(end, usize::min);
                pieces.push((row, first..next));
                first = next;
            }
            pieces
        })
    }
}

/// One setting goes over eight states at once, eight settings over one.
pub(super) fn eight<const N: usize>(lanes: &[f64; N]) -> Eight {
    std::array::from_fn(|i| lanes[i % N])
}

/// What was added up for each setting.
fn lanes<const N: usize>(eight: &Eight) -> [f64; N] {
    std::array::from_fn(|lane| eight.iter().skip(lane).step_by(N).sum())
}
