//! A block of histories, side by side, horizon after horizon.
//!
//! In: a plan, what is forced to come about, points. Out: sums. As many random numbers are taken whatever happens,
//! so that two settings of the numbers meet the same chances: one for the whole course of what lasts, since
//! what is left of it once something has not come is as uniform as it was; one in each horizon for what passes.

use super::Round;
use super::contributions::OrderSums;
use super::controls::Calibrations;
use super::course::{Courses, Open, Together};
use super::history::History;
use super::known::Lean;
use super::points::Points;
use super::sums::Sums;
use crate::infer::question::outcomes::{Shares, Sink};
use crate::infer::question::plan::Plan;
use crate::infer::question::pushes::{Pushes, odds};
use crate::infer::question::replicates::REPLICATES;
use crate::model::What;

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
    places: Places,
    /// What the histories lean on.
    lean: Option<Lean>,
    /// By history its controls, and by horizon and outcome what it shows; empty where there are none.
    controls: Vec<f64>,
    shown: Vec<f64>,
}

/// Which of a history's random numbers each node takes.
struct Places {
    /// By node, in the first horizon.
    of: Vec<usize>,
    /// How many more those are of what passes, horizon by horizon.
    passing: usize,
    /// The way in which it is drawn.
    way: usize,
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
            places: Places::new(plan),
            lean: None,
            controls: Vec::new(),
            shown: Vec::new(),
        }
    }

    /// Follows a block of histories and adds what they show.
    pub(super) fn block(
        &mut self,
        round: &Round<'_>,
        block: u64,
        lean: Option<Lean>,
        sums: &mut Sums,
    ) {
        let (horizons, outcomes) = (self.plan.model.horizons(), self.plan.outcomes);
        if sums.is_controlled() {
            self.control(lean);
        }
        if !sums.controlled.is_empty() {
            self.shown.resize(self.width * horizons * outcomes, 0.0);
        }
        self.start(round, &round.points, block);
        for h in 0..=horizons {
            self.go(h, round);
            if h > 0 {
                self.tally(h, round, sums);
                self.show(h);
            }
        }
        if !sums.controlled.is_empty() {
            let controls = self.controls.chunks_exact(horizons * (outcomes - 1));
            let shown = self.shown.chunks_exact(horizons * outcomes);
            for (i, (controls, shown)) in controls.zip(shown).enumerate() {
                let shown = shown.iter().copied();
                sums.controlled
                    .history((i % REPLICATES, 1.0), controls, shown);
            }
        }
    }

    /// Follows a block of histories, each of which counts as calibrated, and adds what the players add in each of them.
    pub(super) fn orders(
        &mut self,
        round: &Round<'_>,
        block: u64,
        calibration: Option<&(Lean, Calibrations)>,
        orders: &mut OrderSums,
    ) {
        let (horizons, outcomes) = (self.plan.model.horizons(), self.plan.outcomes);
        // By history; by horizon first where something is given.
        let is_given = !self.plan.conds.is_empty();
        let mut weights = vec![1.0; self.width * if is_given { horizons } else { 1 }];
        if let Some((lean, calibration)) = calibration {
            // What a history counts for follows from all of its course.
            self.control(Some(*lean));
            self.start(round, &round.points, block);
            (0..=horizons).for_each(|h| self.go(h, round));
            for (h, weights) in weights.chunks_exact_mut(self.width).enumerate() {
                let controls = self.controls.chunks_exact(horizons * (outcomes - 1));
                let (own, seen) = match is_given {
                    true => (&calibration.given[h], (h + 1) * (outcomes - 1)),
                    false => (&calibration.all, horizons * (outcomes - 1)),
                };
                for (weight, controls) in weights.iter_mut().zip(controls) {
                    *weight = own.weight(&controls[..seen]);
                }
            }
        }
        orders.shuffle(round.seed, round.stream | block);
        self.start(round, &round.points, block);
        for h in 0..=horizons {
            self.go(h, round);
            if h > 0 {
                let first = if is_given { (h - 1) * self.width } else { 0 };
                self.add_shares(h, round, &weights[first..], orders);
            }
        }
    }

    /// Makes room for the controls of a block.
    fn control(&mut self, lean: Option<Lean>) {
        self.lean = lean;
        let each = self.plan.model.horizons() * (self.plan.outcomes - 1);
        self.controls.resize(self.width * each, 0.0);
    }

    /// All histories from the end of one horizon to the end of the next; at 0, their start.
    fn go(&mut self, h: usize, round: &Round<'_>) {
        for i in 0..self.width {
            self.step(i, h, round);
        }
        if h == 0 {
            self.hold();
            return;
        }
        self.settle(h, round.together);
        if self.lean == Some(Lean::Shown) {
            let each = self.plan.outcomes - 1;
            let controls = self
                .controls
                .chunks_exact_mut(self.plan.model.horizons() * each);
            for (i, controls) in controls.enumerate() {
                for (o, x) in controls[(h - 1) * each..][..each].iter_mut().enumerate() {
                    *x = self.out[o * self.width + i];
                }
            }
        }
    }

    /// Remembers what each history shows at the end of horizon `h`, where it has controls.
    fn show(&mut self, h: usize) {
        let outcomes = self.plan.outcomes;
        let each = self.plan.model.horizons() * outcomes;
        for (i, shown) in self.shown.chunks_exact_mut(each.max(1)).enumerate() {
            for o in 0..outcomes {
                shown[(h - 1) * outcomes + o] = self.out[o * self.width + i];
            }
        }
    }

    /// One history from the end of one horizon to the end of the next; at 0, its start.
    fn step(&mut self, i: usize, h: usize, round: &Round<'_>) {
        let (plan, forced, tilt) = (self.plan, &round.forced, &round.tilt);
        let (places, history) = (&self.places, &mut self.histories[i]);
        history.before = plan.watched.is_some_and(|w| history.bits[w]);
        for (members, &place) in plan.nodes.iter().zip(&places.of) {
            let first = members[0];
            match plan.model.drivers[plan.vars[first]].what {
                What::Assumption => history.bits[first] = forced.vars.contains(&first),
                What::Random if h == 0 => history.bits[first] = false,
                What::Random => {
                    let u = history.numbers[place + (h - 1) * places.passing];
                    let p = plan.chance(first, h, &history.moment(h));
                    history.bits[first] = match tilt.is_empty() {
                        true => u < p,
                        false => tilt.holds(&mut history.course, first, p, h, u),
                    };
                }
                _ => {
                    if members.len() == 1 && tilt.is_empty() && (h > 0 || forced.vars.is_empty()) {
                        history.come(plan, first, h, place);
                        continue;
                    }
                    history.happen(plan, members, h, (forced, tilt), place, &mut self.chances);
                }
            }
        }
    }

    /// Follows the histories side by side, and finds what is open among those that held and hold the same.
    pub(super) fn together(&mut self, round: &Round<'_>) -> Together {
        let mut together = Together::default();
        self.start(round, &round.points, 0);
        for h in 0..=self.plan.model.horizons() {
            for i in 0..self.width {
                self.step(i, h, round);
            }
            if h == 0 {
                self.hold();
                continue;
            }
            self.courses.turn(self.plan, h);
            let now = self.histories.iter().map(|h| self.courses.held(&h.bits));
            let all: Vec<_> = self.open.iter().zip(now).collect();
            together.add(h, &all, &self.courses);
            self.weigh(h, &together);
        }
        together
    }

    /// Every history before anything has happened.
    fn start(&mut self, round: &Round<'_>, points: &Points, block: u64) {
        let numbers = self.histories.iter_mut().map(|h| &mut h.numbers);
        points.fill(block, self.width, numbers);
        self.shares = Shares::default();
        for history in &mut self.histories {
            let way = history.numbers[self.places.way];
            round.tilt.start(&mut history.course, way);
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
        let mut past = Vec::new();
        for (i, history) in self.histories.iter().enumerate() {
            let at = history.moment(h);
            let course = &mut self.open[i];
            past.clone_from(&course.own);
            let pushes = &mut self.pushes;
            self.courses.begin(plan, (h, &at), course, pushes, together);
            let (rows, shares) = self.courses.end(plan, (h, &at), course, pushes);
            if self.lean == Some(Lean::Steady) {
                let each = plan.outcomes - 1;
                let first = (i * plan.model.horizons() + h - 1) * each;
                steady(plan, h, rows, &mut self.controls[first..][..each]);
            }
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
    fn add_shares(&self, h: usize, round: &Round<'_>, weights: &[f64], orders: &mut OrderSums) {
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
            let weight = weights[i] * history.weight * round.tilt.weight(&history.course);
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
                sums.plain(i % REPLICATES, h, y);
            }
            let there = forced.vars.iter().all(|v| history.bits[*v]);
            if !there || history.weight == 0.0 {
                continue;
            }
            let weight = history.weight * round.tilt.weight(&history.course);
            let at = history.moment(h);
            let each = plan.outcomes.saturating_sub(1);
            let controls = self.controls.get(i * plan.model.horizons() * each..);
            let controls = controls.and_then(|own| own.get(..h * each)).unwrap_or(&[]);
            for (c, cond) in plan.conds.iter().enumerate() {
                let power = round.needs.power(h, c);
                if power == Some(forced.vars.len()) && plan.holds(cond, &at) {
                    sums.given(i % REPLICATES, (h, c), weight, y, controls);
                }
            }
        }
    }
}

impl Places {
    fn new(plan: &Plan<'_>) -> Places {
        let what = |members: &[usize]| &plan.model.drivers[plan.vars[members[0]]].what;
        let passes = |members: &&Vec<usize>| *what(members) == What::Random;
        let passing = plan.nodes.iter().filter(passes).count();
        let (mut lasting, mut after) = (0, plan.nodes.len() - passing);
        let first = after;
        let of = plan.nodes.iter().map(|members| {
            let next = match passes(&members) {
                true => &mut after,
                false => &mut lasting,
            };
            *next += 1;
            *next - 1
        });
        Places {
            of: of.collect(),
            passing,
            way: first + passing * plan.model.horizons(),
        }
    }
}

/// How many random numbers a history takes.
pub(super) fn numbers(plan: &Plan<'_>) -> usize {
    Places::new(plan).way + 1
}

/// What all outcomes but the last have if what holds had held all along, from their e^W.
fn steady(plan: &Plan<'_>, h: usize, rows: &[f64], out: &mut [f64]) {
    let own = |o: usize| plan.numbers.prior_at(o, h) * rows[o];
    let all: f64 = (0..rows.len()).map(own).sum();
    for (o, share) in out.iter_mut().enumerate() {
        *share = if all > 0.0 { own(o) / all } else { 0.0 };
    }
}
