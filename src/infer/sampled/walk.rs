//! A block of histories, side by side, horizon after horizon.
//!
//! In: a plan, what is forced to come about, a stream of random numbers. Out: sums. As many random
//! numbers are taken whatever happens, so that two settings of the numbers meet the same chances.

use super::Round;
use super::contributions::OrderSums;
use super::course::{Courses, Open, Together};
use super::forced::Forced;
use super::sums::Sums;
use super::tilt::{Course, Moves, Tilt, pick};
use crate::infer::question::outcomes::{Shares, Sink};
use crate::infer::question::plan::{Moment, Plan};
use crate::infer::question::pushes::{Pushes, odds};
use crate::model::What;
use chacha20::ChaCha8Rng;
use chacha20::rand_core::{Rng, SeedableRng};
use std::collections::BTreeMap;

/// Streams from here on are the histories'; those before belong to the draws of the ranges.
const STREAMS: u64 = 1 << 48;

/// Buffers of a block.
pub(super) struct Walk<'a> {
    plan: &'a Plan<'a>,
    width: usize,
    histories: Vec<History>,
    shares: Shares,
    pushes: Pushes,
    rows: Vec<f64>,
    out: Vec<f64>,
    ones: Vec<f64>,
    /// By history, where outcomes are final.
    courses: Courses,
    open: Vec<Open>,
    log: Vec<f64>,
    chances: Vec<f64>,
}

/// One history up to now.
#[derive(Debug, Clone, Default)]
struct History {
    bits: Vec<bool>,
    /// c of the row in force when the horizon before ended, by variable.
    level: Vec<f64>,
    weight: f64,
    before: bool,
    course: Course,
}

impl<'a> Walk<'a> {
    pub(super) fn new(plan: &'a Plan<'a>, width: usize) -> Walk<'a> {
        let outcomes = plan.outcomes;
        let history = History {
            bits: vec![false; plan.vars.len()],
            level: vec![0.0; plan.vars.len()],
            ..History::default()
        };
        Walk {
            plan,
            width,
            histories: vec![history; width],
            shares: Shares::default(),
            pushes: Pushes::new(plan),
            rows: vec![0.0; outcomes * width],
            out: vec![0.0; outcomes * width],
            ones: vec![1.0; width],
            courses: Courses::new(plan),
            open: vec![Open::default(); width],
            log: vec![0.0; outcomes],
            chances: Vec::new(),
        }
    }

    /// Follows a block of histories and adds what they show.
    pub(super) fn block(
        &mut self,
        round: &Round<'_>,
        block: u64,
        sums: &mut Sums,
        mut orders: Option<&mut OrderSums>,
    ) {
        if let Some(orders) = &mut orders {
            orders.shuffle(round.seed, round.stream | block);
        }
        let mut rng = ChaCha8Rng::seed_from_u64(round.seed);
        rng.set_stream(STREAMS + (round.stream | block));
        let horizons = self.plan.model.horizons();
        self.start(round, block * self.width as u64);
        self.shares = Shares::default();
        for h in 0..=horizons {
            for i in 0..self.width {
                self.step(i, h, round, &mut rng);
            }
            if h == 0 {
                self.hold();
            } else {
                self.settle(h, round.together);
                self.tally(h, round, sums);
                if let Some(orders) = &mut orders {
                    self.add_shares(h, round, orders);
                }
            }
        }
    }

    /// One history from the end of one horizon to the end of the next; at 0, its start.
    fn step(&mut self, i: usize, h: usize, round: &Round<'_>, rng: &mut ChaCha8Rng) {
        let (plan, forced, tilt) = (self.plan, &round.forced, &round.tilt);
        let history = &mut self.histories[i];
        history.before = plan.watched.is_some_and(|w| history.bits[w]);
        for members in &plan.nodes {
            let first = members[0];
            match plan.model.drivers[plan.vars[first]].what {
                What::Assumption => history.bits[first] = forced.vars.contains(&first),
                What::Random => {
                    let u = uniform(rng);
                    let p = match h {
                        0 => 0.0,
                        h => plan.chance(first, h, &history.moment(h)),
                    };
                    history.bits[first] = match tilt.is_empty() || h == 0 {
                        true => u < p,
                        false => tilt.holds(&mut history.course, first, p, h, u),
                    };
                }
                _ => {
                    let u = uniform(rng);
                    if members.len() == 1 && tilt.is_empty() && (h > 0 || forced.vars.is_empty()) {
                        history.come(plan, first, h, u);
                        continue;
                    }
                    history.happen(plan, members, h, (forced, tilt), u, &mut self.chances);
                }
            }
        }
    }

    /// Follows the histories side by side, and finds what is open among those that held and hold the same.
    pub(super) fn together(&mut self, round: &Round<'_>) -> Together {
        let mut together = Together::new();
        let mut rng = ChaCha8Rng::seed_from_u64(round.seed);
        rng.set_stream(STREAMS - 1);
        self.start(round, 0);
        for h in 0..=self.plan.model.horizons() {
            for i in 0..self.width {
                self.step(i, h, round, &mut rng);
            }
            if h == 0 {
                self.hold();
                continue;
            }
            self.courses.turn(self.plan, h);
            let mut counts: BTreeMap<_, f64> = BTreeMap::new();
            for (open, history) in self.open.iter().zip(&self.histories) {
                let key = (h, open.held.clone(), self.courses.held(&history.bits));
                let shares = match self.courses.is_entwined() {
                    true => &open.own,
                    false => &open.mean,
                };
                *counts.entry(key.clone()).or_default() += 1.0;
                let sums = together.entry(key);
                let sums = sums.or_insert_with(|| vec![0.0; shares.len()]);
                sums.iter_mut().zip(shares).for_each(|(sum, x)| *sum += x);
            }
            for (key, count) in counts {
                let sums = together.get_mut(&key).into_iter().flatten();
                sums.for_each(|sum| *sum /= count);
            }
            self.weigh(h, &together);
        }
        together
    }

    /// Every history before anything has happened.
    fn start(&mut self, round: &Round<'_>, first: u64) {
        for (history, number) in self.histories.iter_mut().zip(first..) {
            round.tilt.start(&mut history.course, number);
            history.bits.fill(false);
            history.level.fill(0.0);
            history.before = false;
            history.weight = round.scale;
        }
        for open in &mut self.open {
            open.start(self.plan.finals());
        }
    }

    /// What holds at time 0.
    fn hold(&mut self) {
        for (open, history) in self.open.iter_mut().zip(&self.histories) {
            open.held = self.courses.held(&history.bits);
        }
    }

    /// The outcomes at the end of horizon `h`, given each history.
    fn settle(&mut self, h: usize, together: &Together) {
        let plan = self.plan;
        if plan.outcomes == 0 {
            return;
        }
        if plan.finals() > 0 {
            self.courses.turn(plan, h);
            self.weigh(h, together);
            return;
        }
        for (i, history) in self.histories.iter().enumerate() {
            let at = history.moment(h);
            self.pushes.sum(plan, h, &at, |_| true, &mut self.log);
            odds(&self.log, &mut self.rows, self.width, i);
        }
        self.shares.read(plan.model, plan.numbers, h);
        let mut sink = Sink::Rows(&mut self.out);
        self.shares.block(&mut self.rows, &self.ones, &mut sink);
    }

    /// The same where outcomes are final.
    fn weigh(&mut self, h: usize, together: &Together) {
        let plan = self.plan;
        let (open, width) = (plan.model.open, self.width);
        let mut shares = vec![0.0; open];
        for (i, history) in self.histories.iter().enumerate() {
            let at = history.moment(h);
            let course = &mut self.open[i];
            let past = course.own.clone();
            let pushes = &mut self.pushes;
            self.courses.begin(plan, (h, &at), course, pushes, together);
            self.pushes.sum(plan, h, &at, |_| true, &mut self.log);
            let rows = &mut self.rows[..plan.outcomes];
            odds(&self.log, rows, 1, 0);
            self.courses.end(rows, course, &mut shares);
            for (o, share) in shares.iter().enumerate() {
                self.out[o * width + i] = course.own[0] * share;
            }
            for a in 1..course.own.len() {
                let past = if plan.within { past[a] } else { 0.0 };
                self.out[(open + a - 1) * width + i] = course.own[a] - past;
            }
        }
    }

    /// Each history's contributions.
    fn add_shares(&self, h: usize, round: &Round<'_>, orders: &mut OrderSums) {
        let plan = self.plan;
        orders.turn(plan, h);
        for (i, history) in self.histories.iter().enumerate() {
            let at = history.moment(h);
            let there = round.forced.vars.iter().all(|v| history.bits[*v]);
            let power = round.forced.vars.len();
            let counts = match plan.conds.first() {
                None => power == 0,
                Some(cond) => {
                    let own = round.needs.power(h, 0) == Some(power);
                    own && there && plan.holds(cond, &at)
                }
            };
            let weight = history.weight * round.tilt.weight(&history.course, round.samples);
            let weight = if counts { weight } else { 0.0 };
            let whole = |o: usize| self.out[o * self.width + i];
            orders.add_shares(plan, i, (h, &at), whole, weight);
        }
    }

    fn tally(&self, h: usize, round: &Round<'_>, sums: &mut Sums) {
        let (plan, forced) = (self.plan, &round.forced);
        for (i, history) in self.histories.iter().enumerate() {
            let y = |o: usize| self.out[o * self.width + i];
            if forced.vars.is_empty() && plan.conds.is_empty() {
                sums.plain(h, plan.outcomes, y);
            }
            let there = forced.vars.iter().all(|v| history.bits[*v]);
            if !there || history.weight == 0.0 {
                continue;
            }
            let weight = history.weight * round.tilt.weight(&history.course, round.samples);
            let at = history.moment(h);
            for (c, cond) in plan.conds.iter().enumerate() {
                let power = round.needs.power(h, c);
                if power == Some(forced.vars.len()) && plan.holds(cond, &at) {
                    sums.given(h, c, weight, plan.outcomes, y);
                }
            }
        }
    }
}

impl History {
    fn moment(&self, h: usize) -> Moment<'_> {
        Moment {
            bits: &self.bits,
            before: self.before,
            now: h == 0,
        }
    }

    /// Whether one thing by itself comes about, as it does.
    fn come(&mut self, plan: &Plan<'_>, var: usize, h: usize, u: f64) {
        if self.bits[var] {
            return;
        }
        let chance = plan.chance(var, h, &self.moment(h));
        let rise = (chance - self.level[var]).max(0.0);
        let left = 1.0 - self.level[var];
        let divisor = if left > 0.0 {
            left.max(rise)
        } else {
            f64::INFINITY
        };
        self.bits[var] = u < rise / divisor;
        self.level[var] = chance;
    }

    /// At most one of these comes about, once for all.
    fn happen(
        &mut self,
        plan: &Plan<'_>,
        members: &[usize],
        h: usize,
        (forced, tilt): (&Forced, &Tilt),
        u: f64,
        chances: &mut Vec<f64>,
    ) {
        // What is forced comes at time 0, where nothing that excludes it holds by then.
        let comes = |m: &usize| h == 0 && forced.vars.contains(m);
        let coming = match h == 0 && !forced.vars.is_empty() {
            true => members.iter().copied().filter(comes).collect::<Vec<_>>(),
            false => Vec::new(),
        };
        // What has come stays, whatever its chance.
        if coming.is_empty() && members.iter().any(|&m| self.bits[m]) {
            return;
        }
        chances.clear();
        chances.extend(members.iter().map(|&m| plan.chance(m, h, &self.moment(h))));
        if members.iter().any(|&m| self.bits[m]) {
            if !coming.is_empty() {
                self.weight = 0.0;
            }
        } else {
            let rise = |k: usize| (chances[k] - self.level[members[k]]).max(0.0);
            let rises: f64 = (0..members.len()).map(rise).sum();
            let left = 1.0 - members.iter().map(|&m| self.level[m]).sum::<f64>();
            let divisor = match left > 0.0 {
                true => left.max(rises),
                false => f64::INFINITY,
            };
            match coming[..] {
                [m] => {
                    self.weight *= (1.0 - rises / divisor).max(0.0);
                    self.bits[m] = true;
                }
                [] if tilt.is_empty() => {
                    let come = (0..members.len()).map(|k| rise(k) / divisor);
                    if let Some(k) = pick(come, u) {
                        self.bits[members[k]] = true;
                    }
                }
                [] => {
                    let come: Vec<f64> = (0..members.len()).map(|k| rise(k) / divisor).collect();
                    let mut course = std::mem::take(&mut self.course);
                    let by_then = |k: usize, end: usize| {
                        let rows = plan.model.drivers[plan.vars[members[k]]].rows.iter();
                        let then = rows.map(|(_, row)| plan.numbers.row_at(*row, end));
                        let most = then.fold(0.0, f64::max);
                        (most - self.level[members[k]]).max(0.0) / divisor
                    };
                    let moves = Moves {
                        members,
                        come: &come,
                        by_then: &by_then,
                    };
                    let came = tilt.choose(&mut course, &moves, h, u);
                    self.course = course;
                    if let Some(k) = came {
                        self.bits[members[k]] = true;
                    }
                }
                // Two that exclude each other.
                _ => self.weight = 0.0,
            }
        }
        for (k, &m) in members.iter().enumerate() {
            self.level[m] = chances[k];
        }
    }
}

/// Uniform in 0 … 1.
fn uniform(rng: &mut ChaCha8Rng) -> f64 {
    (rng.next_u64() >> 11) as f64 / 9_007_199_254_740_992.0
}
