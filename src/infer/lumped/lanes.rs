//! Several settings of the numbers side by side, so that one walk over the states serves them all
//! and the machine computes two or more of them at once.
//!
//! In: settings, lane by lane. Out: for each number its values in all lanes. What one lane holds
//! does not depend on its neighbours.

use crate::model::curve::Value;
use crate::model::{Model, Numbers, PriorSpec, PushSpec, RowSpec};

use assess_lanes::Mask;
pub(crate) use assess_lanes::{LANES, Lanes};
pub(super) use assess_lanes::{larger, where_positive};

/// Settings of all numbers, as [`Numbers`] holds one.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(super) times: usize,
    pub(super) prior: Vec<Lanes>,
    pub(super) rows: Vec<Lanes>,
    pub(super) pushes: Vec<Lanes>,
    pub(super) counts: Vec<Lanes>,
    pub(super) shares: Vec<Lanes>,
    /// What pushes in every state, added up.
    pub(super) sums: Option<Sums>,
}

/// What pushes in every state, added up, while drivers join one by one.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    /// By push the outcome that it pushes in every state.
    of: Vec<Option<usize>>,
    outcomes: usize,
    /// The same as `all` before any driver joins.
    silent: Vec<Lanes>,
    /// By time and outcome.
    pub all: Vec<Lanes>,
}

impl Settings {
    /// The same numbers in every lane.
    pub(crate) fn of(numbers: &Numbers) -> Settings {
        let wide = |list: &[f64]| list.iter().map(|x| Lanes::splat(*x)).collect();
        Settings {
            times: numbers.times,
            prior: wide(&numbers.prior),
            rows: wide(&numbers.rows),
            pushes: wide(&numbers.pushes),
            counts: wide(&numbers.counts),
            shares: wide(&numbers.shares),
            sums: None,
        }
    }

    /// Adds up from now on what pushes in every state, each an outcome and a push, as drivers join.
    pub(super) fn add_up(&mut self, outcomes: usize, constant: &[(usize, usize)]) {
        let mut of = vec![None; self.pushes.len() / self.times.max(1)];
        let mut all = vec![Lanes::ZERO; outcomes * self.times];
        for &(o, push) in constant {
            of[push] = Some(o);
            for h in 0..self.times {
                all[h * outcomes + o] += self.push_at(push, h);
            }
        }
        self.sums = Some(Sums {
            of,
            outcomes,
            silent: all.clone(),
            all,
        });
    }

    /// Lets no driver of these push or count, in any lane.
    pub(crate) fn silence(&mut self, model: &Model, drivers: &[usize]) {
        let times = self.times;
        for &driver in drivers {
            for &(_, push) in &model.drivers[driver].pushes {
                self.pushes[push * times..][..times].fill(Lanes::ZERO);
            }
            for &count in &model.scales[driver] {
                self.counts[count * times..][..times].fill(Lanes::ONE);
            }
        }
        if let Some(sums) = &mut self.sums {
            sums.all.clone_from(&sums.silent);
        }
    }

    /// Lets a driver that was silent push and count as in `point`, in the lanes between these.
    pub(crate) fn join(
        &mut self,
        model: &Model,
        point: &Numbers,
        driver: usize,
        lanes: std::ops::Range<usize>,
    ) {
        let times = self.times;
        for &(_, push) in &model.drivers[driver].pushes {
            let of = self.sums.as_ref().and_then(|sums| sums.of[push]);
            for h in 0..times {
                let at = push * times + h;
                let own = point.pushes[at];
                self.pushes[at].as_mut_array()[lanes.clone()].fill(own);
                if let (Some(o), Some(sums)) = (of, &mut self.sums) {
                    let all = sums.all[h * sums.outcomes + o].as_mut_array();
                    all[lanes.clone()].iter_mut().for_each(|sum| *sum += own);
                }
            }
        }
        for &count in &model.scales[driver] {
            for at in count * times..(count + 1) * times {
                self.counts[at].as_mut_array()[lanes.clone()].fill(point.counts[at]);
            }
        }
    }

    /// Overwrites one lane.
    pub(crate) fn load(&mut self, lane: usize, numbers: &Numbers) {
        load(&mut self.prior, lane, &numbers.prior);
        load(&mut self.rows, lane, &numbers.rows);
        load(&mut self.pushes, lane, &numbers.pushes);
        load(&mut self.counts, lane, &numbers.counts);
        load(&mut self.shares, lane, &numbers.shares);
    }

    /// Draws all lanes; `numbers` are overwritten, one lane after the other.
    pub(crate) fn draw(&mut self, model: &Model, normals: &[[f64; LANES]], numbers: &mut Numbers) {
        let curves = model.rows.iter().any(RowSpec::is_random)
            || model.prior.iter().any(PriorSpec::is_random);
        let wide = self.draw_pushes(model, normals);
        if wide && !curves {
            return;
        }
        for lane in 0..LANES {
            let normals = normals.iter().map(|z| z[lane]);
            if wide {
                numbers.set_curves(model, normals);
                load(&mut self.rows, lane, &numbers.rows);
                load(&mut self.prior, lane, &numbers.prior);
            } else {
                numbers.set(model, normals);
                self.load(lane, numbers);
            }
        }
    }

    /// Draws the pushes in all lanes at once; whether all are such that this can be done.
    fn draw_pushes(&mut self, model: &Model, normals: &[[f64; LANES]]) -> bool {
        for (push, out) in model
            .pushes
            .iter()
            .zip(self.pushes.chunks_exact_mut(self.times))
        {
            let PushSpec::Weight(values, factor) = push else {
                if push.is_random() {
                    return false;
                }
                continue;
            };
            for (w, value) in out[1..].iter_mut().zip(values) {
                if let Some(value) = value.filter(Value::is_random) {
                    let Some(drawn) = value.wide(normals) else {
                        return false;
                    };
                    *w = Lanes::new(drawn) * Lanes::splat(*factor);
                }
            }
        }
        true
    }

    /// Lets a driver push and count in one lane as in `point`, or not at all.
    pub(crate) fn play(
        &mut self,
        model: &Model,
        point: &Numbers,
        driver: usize,
        lane: usize,
        plays: bool,
    ) {
        let times = self.times;
        for &(_, push) in &model.drivers[driver].pushes {
            for at in push * times..(push + 1) * times {
                self.pushes[at].as_mut_array()[lane] = if plays { point.pushes[at] } else { 0.0 };
            }
        }
        for &count in &model.scales[driver] {
            for at in count * times..(count + 1) * times {
                self.counts[at].as_mut_array()[lane] = if plays { point.counts[at] } else { 1.0 };
            }
        }
    }

    /// Takes away, in the lanes of a mask, what a driver pushes, and what it makes of others' pushes.
    pub(crate) fn mute(&mut self, model: &Model, driver: usize, mutes: Mask) {
        let times = self.times;
        let own = &model.drivers[driver];
        let all = own.pushes.iter().chain(&own.event_pushes).chain(&own.moves);
        for &(_, push) in all {
            for w in &mut self.pushes[push * times..][..times] {
                *w = mutes.select(Lanes::ZERO, *w);
            }
        }
        for &count in &model.scales[driver] {
            for share in &mut self.counts[count * times..][..times] {
                *share = mutes.select(Lanes::ONE, *share);
            }
        }
    }

    /// Lets a driver push and count as in others, in every lane.
    pub(crate) fn restore(&mut self, model: &Model, driver: usize, others: &Settings) {
        let times = self.times;
        let own = &model.drivers[driver];
        let all = own.pushes.iter().chain(&own.event_pushes).chain(&own.moves);
        for &(_, push) in all {
            let places = push * times..(push + 1) * times;
            self.pushes[places.clone()].copy_from_slice(&others.pushes[places]);
        }
        for &count in &model.scales[driver] {
            let places = count * times..(count + 1) * times;
            self.counts[places.clone()].copy_from_slice(&others.counts[places]);
        }
    }

    pub(super) fn prior_at(&self, outcome: usize, h: usize) -> Lanes {
        self.prior[outcome * self.times + h]
    }

    pub(super) fn row_at(&self, row: usize, h: usize) -> Lanes {
        self.rows[row * self.times + h]
    }

    pub(super) fn push_at(&self, push: usize, h: usize) -> Lanes {
        self.pushes[push * self.times + h]
    }

    /// The priors of the outcomes that are not final, added up.
    pub(super) fn open(&self, model: &Model, h: usize) -> Lanes {
        let open = (0..model.open).map(|o| self.prior_at(o, h));
        open.fold(Lanes::ZERO, |sum, prior| sum + prior)
    }
}

fn load(wide: &mut [Lanes], lane: usize, list: &[f64]) {
    for (to, from) in wide.iter_mut().zip(list) {
        to.as_mut_array()[lane] = *from;
    }
}
