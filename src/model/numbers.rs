//! One setting of all numbers: the point values, or one draw.
//!
//! In: a [`Model`] and its random numbers. Out: plain arrays, overwritten in place from draw to
//! draw. To drop a driver or to try another number, change them here: the structure stays.

use super::curve::Normals;
use super::{After, Draws, Model, PriorSpec, PushSpec, RowSpec, What};
use std::ops::Range;

/// Every number that inference reads.
#[derive(Debug, Clone)]
pub struct Numbers {
    /// Times 0 … H, so that `row * times + h` is a row's number at h.
    pub(crate) times: usize,
    /// π: by outcome and time; at time 0 nothing has ended.
    pub(crate) prior: Vec<f64>,
    /// An event's cumulative chance or a factor's chance: by row and time.
    pub(crate) rows: Vec<f64>,
    /// ± d·ln ratio: by push and time; 0 at time 0.
    pub(crate) pushes: Vec<f64>,
    /// What a count clause scales by: by count and time.
    pub(crate) counts: Vec<f64>,
    /// How much each overlap group shares.
    pub(crate) shares: Vec<f64>,
    /// F of each `once` row.
    pub(crate) afters: Vec<After>,
    normals: Vec<f64>,
    scratch: Vec<f64>,
}

impl Numbers {
    /// The point values.
    pub fn point(model: &Model) -> Numbers {
        let times = model.days.len();
        let mut numbers = Numbers {
            times,
            prior: vec![0.0; model.prior.len() * times],
            rows: vec![0.0; model.rows.len() * times],
            pushes: vec![0.0; model.pushes.len() * times],
            counts: Vec::with_capacity(model.counts.len() * times),
            shares: model.overlaps.iter().map(|o| o.0).collect(),
            afters: model.afters.iter().map(|a| a.at(None)).collect(),
            normals: vec![0.0; model.slots],
            scratch: Vec::new(),
        };
        for shares in &model.counts {
            numbers.counts.push(1.0);
            numbers.counts.extend(shares);
        }
        numbers.fill(model, true);
        numbers
    }

    /// Overwrites these numbers with draw `index`. Only what has a range is computed anew, so they
    /// must be the model's own point values, or an earlier draw of them.
    pub(crate) fn draw(&mut self, model: &Model, draws: &Draws, index: u64) {
        let (normals, _) = self.normals.as_chunks_mut::<1>();
        draws.fill(index, normals);
        self.fill(model, false);
    }

    /// The same with random numbers that are given, one for each of [`Model::slots`].
    pub(crate) fn set(&mut self, model: &Model, normals: impl IntoIterator<Item = f64>) {
        self.normals.clear();
        self.normals.extend(normals);
        self.fill(model, false);
    }

    /// The prior of an outcome at time `h`.
    pub fn prior_at(&self, outcome: usize, h: usize) -> f64 {
        self.prior[outcome * self.times + h]
    }

    /// A row's number at time `h`.
    pub fn row_at(&self, row: usize, h: usize) -> f64 {
        self.rows[row * self.times + h]
    }

    /// A push at time `h`.
    pub fn push_at(&self, push: usize, h: usize) -> f64 {
        self.pushes[push * self.times + h]
    }

    /// A count's share at time `h`.
    pub fn count_at(&self, count: usize, h: usize) -> f64 {
        self.counts[count * self.times + h]
    }

    /// The same, without pushes.
    pub(crate) fn set_curves(&mut self, model: &Model, normals: impl IntoIterator<Item = f64>) {
        self.normals.clear();
        self.normals.extend(normals);
        self.fill_rows(model, false);
        self.fill_prior(model, false);
    }

    /// Becomes the same as others, in the room that it has.
    pub(crate) fn copy(&mut self, other: &Numbers) {
        self.times = other.times;
        self.prior.clone_from(&other.prior);
        self.rows.clone_from(&other.rows);
        self.pushes.clone_from(&other.pushes);
        self.counts.clone_from(&other.counts);
        self.shares.clone_from(&other.shares);
        self.afters.clone_from(&other.afters);
        self.normals.clone_from(&other.normals);
        self.scratch.clone_from(&other.scratch);
    }

    /// Takes away what a driver pushes, and what it makes of others' pushes.
    pub(crate) fn silence(&mut self, model: &Model, driver: usize) {
        let times = self.times;
        let own = &model.drivers[driver];
        let all = own.pushes.iter().chain(&own.event_pushes).chain(&own.moves);
        for &(_, push) in all {
            self.pushes[push * times..][..times].fill(0.0);
        }
        for &count in &model.scales[driver] {
            self.counts[count * times..][..times].fill(1.0);
        }
    }

    /// Gives a driver that was silenced back what it pushes, and what it makes of others' pushes.
    pub(crate) fn join(&mut self, model: &Model, from: &Numbers, driver: usize) {
        let own = &model.drivers[driver];
        let all = own.pushes.iter().chain(&own.event_pushes).chain(&own.moves);
        for &(_, push) in all {
            let at = push * self.times..(push + 1) * self.times;
            self.pushes[at.clone()].copy_from_slice(&from.pushes[at]);
        }
        for &count in &model.scales[driver] {
            let at = count * self.times..(count + 1) * self.times;
            self.counts[at.clone()].copy_from_slice(&from.counts[at]);
        }
    }

    /// Takes away what a driver pushes, but for what it pushes outcomes of one question.
    pub(crate) fn silence_beyond(&mut self, model: &Model, driver: usize, own: &Range<usize>) {
        let times = self.times;
        let spec = &model.drivers[driver];
        let beyond = spec.pushes.iter().filter(|p| !own.contains(&p.0));
        for &(_, push) in beyond.chain(&spec.event_pushes).chain(&spec.moves) {
            self.pushes[push * times..][..times].fill(0.0);
        }
    }

    /// Multiplies what a driver pushes.
    pub(crate) fn scale(&mut self, model: &Model, driver: usize, factor: f64) {
        let times = self.times;
        let own = &model.drivers[driver];
        let all = own.pushes.iter().chain(&own.event_pushes).chain(&own.moves);
        for &(_, push) in all {
            let pushes = &mut self.pushes[push * times..][..times];
            pushes.iter_mut().for_each(|w| *w *= factor);
        }
    }

    /// The same with events made so, true from time 0 on or false for good; none where numbers alone
    /// cannot say that.
    pub(crate) fn made_so(&self, model: &Model, sets: &[(usize, bool)]) -> Option<Numbers> {
        let mut numbers = self.clone();
        let mut make = |driver: usize, chance: f64| {
            for &(_, row) in &model.drivers[driver].rows {
                numbers.rows[row * self.times..][..self.times].fill(chance);
            }
        };
        for &(driver, to) in sets {
            let rows = &model.drivers[driver].rows;
            let whole = rows.iter().any(|row| row.0.is_none());
            if model.drivers[driver].what != What::Event || to && !whole {
                return None;
            }
            make(driver, if to { 1.0 } else { 0.0 });
            let groups = model.exclusives.iter().filter(|g| g.contains(&driver));
            let others = groups.flatten().filter(|d| to && **d != driver);
            others.for_each(|&d| make(d, 0.0));
        }
        Some(numbers)
    }

    fn fill(&mut self, model: &Model, all: bool) {
        self.fill_rows(model, all);
        self.fill_pushes(model, all);
        self.fill_prior(model, all);
    }

    fn fill_rows(&mut self, model: &Model, all: bool) {
        let times = self.times;
        let normals: Normals<'_> = (!all).then_some(&self.normals);
        for (row, out) in model.rows.iter().zip(self.rows.chunks_exact_mut(times)) {
            match row {
                RowSpec::Curve(curve) if all || curve.is_random() => {
                    curve.fill(normals, &mut self.scratch, out);
                }
                RowSpec::Holds(values) => {
                    for (p, value) in out[1..].iter_mut().zip(values) {
                        if all || value.is_random() {
                            *p = value.at(normals);
                        }
                    }
                }
                RowSpec::Curve(_) => {}
            }
        }
        for (spec, after) in model.afters.iter().zip(&mut self.afters) {
            if all || spec.is_random() {
                *after = spec.at(normals);
            }
        }
        self.keep_in_order(model);
    }

    /// What implies another is never likelier.
    fn keep_in_order(&mut self, model: &Model) {
        let row = |d: usize| model.drivers[d].rows.first().map(|r| r.1);
        for pair in model.chains.iter().flat_map(|chain| chain.windows(2)) {
            let (Some(weaker), Some(stronger)) = (row(pair[0]), row(pair[1])) else {
                continue;
            };
            for h in 0..self.times {
                let most = self.row_at(weaker, h);
                let chance = &mut self.rows[stronger * self.times + h];
                *chance = chance.min(most);
            }
        }
    }

    fn fill_pushes(&mut self, model: &Model, all: bool) {
        let times = self.times;
        let normals: Normals<'_> = (!all).then_some(&self.normals);
        for (push, out) in model.pushes.iter().zip(self.pushes.chunks_exact_mut(times)) {
            match push {
                PushSpec::Weight(values, factor) => {
                    for (w, value) in out[1..].iter_mut().zip(values) {
                        if let Some(value) = value
                            && (all || value.is_random())
                        {
                            *w = factor * value.at(normals);
                        }
                    }
                }
                PushSpec::Likelihood {
                    chances,
                    outcome,
                    discount,
                } => {
                    if all || push.is_random() {
                        let log = |c: &super::Value| libm::log(c.at(normals));
                        let mean = chances.iter().map(log).sum::<f64>() / chances.len() as f64;
                        out[1..].fill(discount * (log(&chances[*outcome]) - mean));
                    }
                }
            }
        }
    }

    fn fill_prior(&mut self, model: &Model, all: bool) {
        let times = self.times;
        let normals: Normals<'_> = (!all).then_some(&self.normals);
        if all || model.prior.iter().any(PriorSpec::is_random) {
            for (spec, out) in model.prior.iter().zip(self.prior.chunks_exact_mut(times)) {
                match spec {
                    PriorSpec::Rest => out.fill(f64::NAN),
                    PriorSpec::Curve(curve) => curve.fill(normals, &mut self.scratch, out),
                    PriorSpec::Shares(values) => {
                        for (p, value) in out[1..].iter_mut().zip(values) {
                            *p = value.at(normals);
                        }
                    }
                }
            }
            self.level(model);
        }
    }

    /// Puts numbers in place of some outcomes' priors, by place and time; the rest and the sum follow.
    pub(crate) fn replace_prior(&mut self, model: &Model, given: &[(usize, Vec<f64>)]) {
        let times = self.times;
        self.fill_prior(model, true);
        for (outcome, values) in given {
            self.prior[outcome * times..][..times].copy_from_slice(values);
        }
        self.level(model);
    }

    /// Fills in the rest, and makes every horizon's prior sum to 1.
    fn level(&mut self, model: &Model) {
        for question in &model.questions {
            let judged = question.decided.iter().any(Option::is_none);
            for &(_, first) in question.priors.iter().filter(|_| judged) {
                self.level_row(model, first..first + question.outcomes.len());
            }
        }
        // At time 0 nothing has ended yet, whatever a curve says of `now`.
        for o in 0..model.prior.len() {
            self.prior[o * self.times] = 0.0;
        }
    }

    fn level_row(&mut self, model: &Model, outcomes: Range<usize>) {
        for h in 1..self.times {
            let mut stated = 0.0;
            let mut rest = None;
            for o in outcomes.clone() {
                match model.prior[o] {
                    PriorSpec::Rest => rest = Some(o),
                    _ => stated += self.prior_at(o, h),
                }
            }
            let scale = match rest {
                Some(rest) => {
                    self.prior[rest * self.times + h] = (1.0 - stated).max(0.0);
                    if stated > 1.0 { 1.0 / stated } else { 1.0 }
                }
                None => 1.0 / stated,
            };
            if scale != 1.0 {
                for o in outcomes.clone() {
                    self.prior[o * self.times + h] *= scale;
                }
            }
        }
    }
}
