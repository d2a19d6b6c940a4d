//! What is open and what has ended in the course of one history (`steady`).
//!
//! In: a history's propositions at each horizon's end. Out: what is open, what has ended, and the shares
//! of what is open. Histories that held and hold the same of what outcomes rest on are taken together as
//! far as a first, smaller lot of histories tells what is open among them, and as far as a regression over these does where they are few.

use super::points::{DIMENSIONS, number};
use super::smooth::{Case, Smooth};
use crate::infer::question::closure::Named;
use crate::infer::question::plan::{Moment, Plan};
use crate::infer::question::pushes::{Pushes, odds};
use crate::infer::question::steady::{Chunk, Priors, cap, go_on};
use crate::model::What;
use std::collections::BTreeMap;

/// Combinations of what passes that are summed over at most; with more, some of them are drawn.
const COMBINATIONS: usize = 64;

/// States of which it is kept what follows from them, at most.
const KEPT: usize = 1 << 14;

/// Combinations of what passes for each of which it is kept what follows, at most.
const EACH: usize = 8;

/// Which variables outcomes rest on.
#[derive(Debug, Clone, Default)]
pub(super) struct Rests {
    /// Those that last, rising.
    lasting: Vec<usize>,
    /// Those that pass, parents first.
    passing: Vec<usize>,
    /// Whether something lasting rests on one that passes: it then tells of it.
    entwined: bool,
}

/// What holds of what lasts, as bits.
pub(super) type Held = Vec<u64>;

/// What is open, then what has ended in each final outcome, among the cases that held and hold the same.
#[derive(Debug, Clone, Default)]
pub(super) struct Together {
    /// By horizon: how many histories, and the sums over them.
    groups: BTreeMap<(usize, Held, Held), (f64, Vec<f64>)>,
    /// The same by what held, by horizon from the first.
    smooth: Vec<Smooth>,
}

impl Together {
    /// Takes histories together that are about to go through a horizon, each with what holds at its end.
    pub(super) fn add(&mut self, h: usize, all: &[(&Open, Held)], courses: &Courses) {
        let tells = courses.is_entwined();
        let shares = |open: &'_ Open| match tells {
            true => open.own.clone(),
            false => open.mean.clone(),
        };
        for (open, now) in all {
            let own = shares(open);
            let key = (h, open.held.clone(), now.clone());
            let empty = || (0.0, vec![0.0; own.len()]);
            let (count, sums) = self.groups.entry(key).or_insert_with(empty);
            *count += 1.0;
            sums.iter_mut().zip(&own).for_each(|(sum, x)| *sum += x);
        }
        // Up to the second horizon all that held the same have the same open, but for what passed.
        let cases = all.iter().filter(|_| h > 2 || h == 2 && tells);
        let cases = cases.map(|(open, _)| Case {
            held: &open.held,
            after: &open.after,
            shares: if tells { &open.own } else { &open.mean },
        });
        let cases: Vec<_> = cases.collect();
        self.smooth
            .push(Smooth::new(&cases, courses.rests.lasting.len()));
    }

    /// What is open among the cases that held and hold the same as one, into `out`; false where it stands for itself.
    fn shares(&self, key: &(usize, Held, Held), after: &[f64], out: &mut [f64]) -> bool {
        /// What is known of what held counts for as many histories.
        const WEIGHT: f64 = 8.0;
        let smooth = self.smooth.get(key.0 - 1);
        let is_smooth = smooth.is_some_and(|smooth| smooth.shares(&key.1, after, out));
        let Some((count, sums)) = self.groups.get(key) else {
            return is_smooth;
        };
        let weight = if is_smooth { WEIGHT } else { 0.0 };
        for (share, sum) in out.iter_mut().zip(sums) {
            *share = (sum + weight * *share) / (count + weight);
        }
        true
    }
}

/// One history's course.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    /// What is open, then what has ended in each final outcome.
    pub(super) own: Vec<f64>,
    /// The same on average over what passed.
    pub(super) mean: Vec<f64>,
    pub(super) held: Held,
    /// What would be, had what holds held all along.
    after: Vec<f64>,
}

/// Buffers, and what is known of states.
pub(super) struct Courses {
    rests: Rests,
    priors: Priors,
    chunk: Chunk,
    /// By horizon from the first and what holds: where in `states` it stands what follows.
    known: Vec<BTreeMap<Held, usize>>,
    /// By state: steady shares before and after the horizon, and the ways in it on average over what passes; then by what passes, if
    /// that is kept, e^W by outcome, the ways, and the shares of what stays open.
    states: Vec<f64>,
    /// How many numbers a state has, and where in `states` that of the history at hand stands.
    size: usize,
    place: usize,
    /// Where a history was and is, for looking it up.
    key: (usize, Held, Held),
    log: Vec<f64>,
    /// What follows from the state of the history at hand: e^W, the ways, the shares of what stays open.
    own: Vec<f64>,
    outcomes: usize,
    /// What becomes at once of what is open.
    ways: Vec<f64>,
    group: Vec<f64>,
}

impl Rests {
    pub(super) fn new(plan: &Plan<'_>) -> Rests {
        let drivers = &plan.model.drivers;
        let named = Named::of(plan.model);
        let found = |v: &usize| named.lasting[plan.vars[*v]] || named.passing[plan.vars[*v]];
        let passes = |v: &usize| drivers[plan.vars[*v]].what == What::Random;
        let order = plan.nodes.iter().flatten().copied();
        let mut tells = plan
            .vars
            .iter()
            .filter(|d| drivers[**d].what != What::Random);
        let told = |name: usize| plan.var(name).is_some_and(|v| found(&v) && passes(&v));
        let entwined = tells.any(|d| {
            let given = drivers[*d].rows.iter().filter_map(|row| row.0.as_ref());
            let mut names = Vec::new();
            given.for_each(|given| plan.all_names(given, &mut names));
            names.into_iter().any(told)
        });
        Rests {
            entwined,
            lasting: (0..plan.vars.len())
                .filter(|v| (found(v) || plan.costly[*v]) && !passes(v))
                .collect(),
            passing: order.filter(|v| found(v) && passes(v)).collect(),
        }
    }

    /// Of how many states there are the most beside what lasts.
    pub(super) fn combinations(&self) -> usize {
        self.all().min(COMBINATIONS)
    }

    /// In how many ways what passes may stand.
    fn all(&self) -> usize {
        let all = 1usize.checked_shl(self.passing.len() as u32);
        all.unwrap_or(usize::MAX)
    }

    /// Which of those is so.
    fn combination(&self, bits: &[bool]) -> usize {
        let each = self.passing.iter().enumerate();
        each.fold(0, |all, (j, var)| all | usize::from(bits[*var]) << j)
    }

    /// What may pass beside what lasts in these bits, and how likely that is.
    pub(super) fn states(&self, plan: &Plan<'_>, h: usize, bits: &[bool]) -> Vec<(Vec<bool>, f64)> {
        let all = self.all();
        let count = all.min(COMBINATIONS);
        // The same draws for every state, by a lattice.
        let mut dice = Dice(h as u64);
        let shifts: Vec<u64> = self.passing.iter().map(|_| dice.roll()).collect();
        let mut states = Vec::with_capacity(count);
        for combination in 0..count {
            let mut bits = bits.to_vec();
            let mut share = 1.0;
            for (j, &var) in self.passing.iter().enumerate() {
                let p = plan.chance(var, h, &moment(&bits)).clamp(0.0, 1.0);
                let is = match count == all {
                    true => combination >> j & 1 == 1,
                    false if j < DIMENSIONS => number(combination as u32, j, shifts[j]) < p,
                    false => number(0, j, dice.roll()) < p,
                };
                share *= if is { p } else { 1.0 - p };
                bits[var] = is;
            }
            if count < all {
                share = 1.0 / count as f64;
            }
            states.push((bits, share));
        }
        states
    }

    fn held(&self, bits: &[bool], held: &mut Held) {
        held.clear();
        held.resize(self.lasting.len().div_ceil(64), 0);
        for (j, var) in self.lasting.iter().enumerate() {
            held[j / 64] |= u64::from(bits[*var]) << (j % 64);
        }
    }
}

impl Open {
    /// Nothing has ended.
    pub(super) fn start(&mut self, finals: usize) {
        for shares in [&mut self.own, &mut self.mean, &mut self.after] {
            shares.clear();
            shares.resize(1 + finals, 0.0);
            shares[0] = 1.0;
        }
        self.held.clear();
    }
}

impl Courses {
    pub(super) fn new(plan: &Plan<'_>) -> Courses {
        let rests = Rests::new(plan);
        let own = plan.outcomes + 1 + plan.finals() + plan.model.open;
        let kept = if rests.all() <= EACH { rests.all() } else { 0 };
        Courses {
            rests,
            priors: Priors::default(),
            chunk: Chunk::default(),
            known: vec![BTreeMap::new(); plan.model.horizons()],
            states: Vec::new(),
            size: 3 * (1 + plan.finals()) + kept * own,
            place: 0,
            own: vec![0.0; own],
            outcomes: plan.outcomes,
            key: (0, Held::new(), Held::new()),
            log: vec![0.0; plan.outcomes],
            ways: vec![0.0; 1 + plan.finals()],
            group: vec![0.0; 1 + plan.finals()],
        }
    }

    /// What holds of what outcomes rest on.
    pub(super) fn held(&self, bits: &[bool]) -> Held {
        let mut held = Held::new();
        self.rests.held(bits, &mut held);
        held
    }

    /// Whether something lasting tells of what passes.
    pub(super) fn is_entwined(&self) -> bool {
        self.rests.entwined
    }

    /// Reads the priors of a horizon.
    pub(super) fn turn(&mut self, plan: &Plan<'_>, h: usize) {
        self.priors.read(plan.model, plan.numbers, h);
    }

    /// Caps what is open where the horizon begins, and takes its average on.
    pub(super) fn begin(
        &mut self,
        plan: &Plan<'_>,
        (h, at): (usize, &Moment<'_>),
        open: &mut Open,
        pushes: &mut Pushes,
        together: &Together,
    ) {
        let step = open.own.len();
        self.key.0 = h;
        self.key.1.clone_from(&open.held);
        self.rests.held(at.bits, &mut self.key.2);
        self.place = match self.known[h - 1].get(&self.key.2) {
            Some(place) => *place,
            None => self.steady(plan, h, at, pushes),
        };
        let [before, after, mean] =
            [0, 1, 2].map(|i| &self.states[self.place + i * step..][..step]);
        let group = match together.shares(&self.key, &open.after, &mut self.group) {
            true => &self.group,
            false => &open.mean,
        };
        if cap(before, group, 1.0, &mut self.ways) {
            go_on(&mut open.own, &self.ways, 1);
            go_on(&mut open.mean, &self.ways, 1);
        }
        go_on(&mut open.mean, mean, 1);
        open.held.clone_from(&self.key.2);
        open.after.copy_from_slice(after);
    }

    /// What ends in the horizon, by this history's own odds, once it was begun: e^W by outcome and the shares of what stays open are returned.
    pub(super) fn end(
        &mut self,
        plan: &Plan<'_>,
        (h, at): (usize, &Moment<'_>),
        open: &mut Open,
        pushes: &mut Pushes,
    ) -> (&[f64], &[f64]) {
        let finals = open.own.len() - 1;
        let size = self.own.len();
        let first = self.place + 3 * open.own.len() + self.rests.combination(at.bits) * size;
        let own = match self.size > 3 * open.own.len() {
            true => &self.states[first..][..size],
            false => {
                self.chunk.reset(1, 1, self.outcomes);
                pushes.sum(plan, h, at, |_| true, &mut self.log);
                odds(&self.log, &mut self.chunk.rows, 1, 0);
                self.chunk.passing.fill(1.0);
                self.chunk.fill(&self.priors, self.outcomes);
                follow(&self.chunk, (&self.priors, finals), 0, &mut self.own);
                &self.own
            }
        };
        let (rows, rest) = own.split_at(self.outcomes);
        let (ways, shares) = rest.split_at(1 + finals);
        go_on(&mut open.own, ways, 1);
        (rows, shares)
    }

    /// Finds what follows from what holds, and returns where it stands.
    fn steady(&mut self, plan: &Plan<'_>, h: usize, at: &Moment<'_>, pushes: &mut Pushes) -> usize {
        let outcomes = plan.outcomes;
        let states = self.rests.states(plan, h, at.bits);
        self.chunk.reset(1, states.len(), outcomes);
        let mut rows = vec![0.0; outcomes];
        for (p, (bits, share)) in states.iter().enumerate() {
            pushes.sum(plan, h, &moment(bits), |_| true, &mut self.log);
            odds(&self.log, &mut rows, 1, 0);
            self.chunk.place(p, &rows);
            self.chunk.passing[p] = *share;
        }
        self.chunk.fill(&self.priors, outcomes);
        // Where hardly any two are alike nothing is gained by more: the first place is for what is not kept.
        let count = self.states.len().div_ceil(self.size).max(1);
        let place = match count <= KEPT {
            true => {
                self.known[h - 1].insert(self.key.2.clone(), count * self.size);
                self.states.resize((count + 1) * self.size, 0.0);
                count * self.size
            }
            false => 0,
        };
        let own = &mut self.states[place..][..self.size];
        let chunk = &self.chunk;
        let steady = [&chunk.before, &chunk.after, chunk.mean()];
        let each = own.chunks_exact_mut(chunk.before.len());
        each.zip(steady)
            .for_each(|(own, all)| own.copy_from_slice(all));
        let kept = own[3 * chunk.before.len()..].chunks_exact_mut(self.own.len());
        for (p, own) in kept.enumerate() {
            follow(chunk, (&self.priors, plan.finals()), p, own);
        }
        place
    }
}

/// What follows from one of a chunk's states: e^W by outcome, the ways, the shares of what stays open.
fn follow(chunk: &Chunk, (priors, finals): (&Priors, usize), p: usize, out: &mut [f64]) {
    let n = chunk.passing.len();
    let outcomes = chunk.rows.len() / n;
    let (rows, rest) = out.split_at_mut(outcomes);
    let (ways, shares) = rest.split_at_mut(1 + finals);
    let own = chunk.rows.iter().skip(p).step_by(n);
    rows.iter_mut().zip(own).for_each(|(row, own)| *row = *own);
    let own = chunk.ways.iter().skip(p).step_by(n);
    ways.iter_mut().zip(own).for_each(|(way, own)| *way = *own);
    for (o, share) in shares.iter_mut().enumerate() {
        *share = chunk.share(priors, p, o, 0);
    }
}

/// Whether something lasting tells of what passes and pushes.
pub(super) fn is_entwined(plan: &Plan<'_>) -> bool {
    Rests::new(plan).entwined
}

/// What holds at a horizon's end.
pub(super) fn moment(bits: &[bool]) -> Moment<'_> {
    Moment {
        bits,
        before: false,
        now: false,
    }
}

/// Random bits, the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        // Steele, Lea and Flood 2014 (SplitMix).
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }
}
