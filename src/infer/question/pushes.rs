//! W of every outcome in one state, evaluated directly.
//!
//! In: a plan and the truth of every variable. Out: W by outcome, after counts and overlap.

use super::plan::{Moment, Plan};
use crate::infer::question::cluster::overlap;

/// Buffers, and which drivers overlap.
pub(crate) struct Pushes {
    /// The place of a pusher among those that overlap.
    over: Vec<Option<usize>>,
    /// By overlap group: its place in the model and its members among those that overlap.
    groups: Vec<(usize, Vec<usize>)>,
    /// The drivers that overlap.
    drivers: Vec<usize>,
    /// Their pushes, by outcome and driver.
    pushes: Vec<f64>,
    factors: Vec<f64>,
    ranked: Vec<usize>,
}

impl Pushes {
    pub(crate) fn new(plan: &Plan<'_>) -> Pushes {
        let mut drivers: Vec<usize> = Vec::new();
        let overlaps = &plan.model.overlaps;
        let over = plan.pushers.iter().map(|d| {
            let overlaps = overlaps.iter().any(|(_, members)| members.contains(d));
            overlaps.then(|| {
                drivers.push(*d);
                drivers.len() - 1
            })
        });
        let over = over.collect();
        let groups = overlaps.iter().enumerate().map(|(g, (_, members))| {
            let places = members.iter();
            let places = places.filter_map(|m| drivers.iter().position(|d| d == m));
            (g, places.collect())
        });
        Pushes {
            over,
            groups: groups.collect(),
            pushes: vec![0.0; drivers.len() * plan.outcomes],
            factors: Vec::new(),
            ranked: Vec::new(),
            drivers,
        }
    }

    /// W by outcome at horizon `h`, from the drivers that are playing.
    pub(crate) fn sum(
        &mut self,
        plan: &Plan<'_>,
        h: usize,
        at: &Moment<'_>,
        playing: impl Fn(usize) -> bool,
        out: &mut [f64],
    ) {
        self.of(plan, h, at, (&playing, &playing), out);
    }

    /// The same of some drivers, where those count that may.
    pub(crate) fn of(
        &mut self,
        plan: &Plan<'_>,
        h: usize,
        at: &Moment<'_>,
        (playing, counting): (&dyn Fn(usize) -> bool, &dyn Fn(usize) -> bool),
        out: &mut [f64],
    ) {
        out.fill(0.0);
        self.pushes.fill(0.0);
        let n = self.drivers.len();
        for (&driver, over) in plan.pushers.iter().zip(&self.over) {
            if !playing(driver) || !plan.acts(driver, at) {
                continue;
            }
            let scale = scale(plan, driver, h, at, counting);
            for &(o, push) in &plan.model.drivers[driver].pushes {
                let push = scale * plan.numbers.push_at(push, h);
                match over {
                    None => out[o] += push,
                    Some(place) => self.pushes[o * n + place] += push,
                }
            }
        }
        if n > 0 {
            for (o, w) in out.iter_mut().enumerate() {
                *w += self.overlapped(plan, o);
            }
        }
    }

    /// Visits every driver that pushes, without an outcome, then each of its pushes: before and
    /// after overlap.
    pub(crate) fn each(
        &mut self,
        plan: &Plan<'_>,
        h: usize,
        at: &Moment<'_>,
        visit: &mut dyn FnMut(usize, Option<usize>, f64, f64),
    ) {
        let mut sum = vec![0.0; plan.outcomes];
        self.sum(plan, h, at, |_| true, &mut sum);
        let n = self.drivers.len();
        for o in 0..plan.outcomes {
            if n > 0 {
                self.overlapped(plan, o);
            }
            for (&driver, over) in plan.pushers.iter().zip(&self.over) {
                if !plan.acts(driver, at) {
                    continue;
                }
                if o == 0 {
                    visit(driver, None, 0.0, 0.0);
                }
                let own = plan.model.drivers[driver].pushes.iter();
                let own = own.filter(|(other, _)| *other == o);
                let own: f64 = own.map(|(_, push)| plan.numbers.push_at(*push, h)).sum();
                let counted = own * scale(plan, driver, h, at, &|_| true);
                let factor = over.map_or(1.0, |place| self.factors[place]);
                visit(driver, Some(o), counted, counted * factor);
            }
        }
    }

    /// The sum of the pushes that overlap, for one outcome.
    fn overlapped(&mut self, plan: &Plan<'_>, o: usize) -> f64 {
        let n = self.drivers.len();
        let pushes = &self.pushes[o * n..][..n];
        let (ranked, factors) = (&mut self.ranked, &mut self.factors);
        overlap(&self.groups, plan.numbers, pushes, ranked, factors);
        pushes.iter().zip(&self.factors).map(|(p, f)| p * f).sum()
    }
}

/// e^W of every outcome, up to one factor, into one column of so many of `rows`.
pub(crate) fn odds(log: &[f64], rows: &mut [f64], columns: usize, column: usize) {
    let highest = log.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    for (o, w) in log.iter().enumerate() {
        rows[o * columns + column] = libm::exp(w - highest);
    }
}

/// What the changes in force that are playing make of a driver's pushes.
fn scale(
    plan: &Plan<'_>,
    driver: usize,
    h: usize,
    at: &Moment<'_>,
    playing: &dyn Fn(usize) -> bool,
) -> f64 {
    let counts = plan.model.drivers[driver].counted.iter();
    let counts = counts.filter(|c| playing(c.0) && plan.is(c.0, at));
    counts.fold(1.0, |scale, c| scale * plan.numbers.count_at(c.1, h))
}
