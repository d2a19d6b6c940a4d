//! e^W for every outcome and state, without an exponential for each state.
//!
//! In: a shape, a layout and one setting of the numbers. Out: a [`Table`]: a factor for the low
//! bits of a state, one for the high bits, and small tables for what spans both. A driver without
//! counts and overlap is one factor on one bit; any other has a table over what it depends on.

use super::closure::Named;
use super::cluster::{Cluster, Place, clusters};
use super::shape::{Shape, Truth};
use crate::infer::question::pick::LOW;
use crate::model::condition::Cond;
use crate::model::{Model, Numbers};

/// Where every driver's push is read from.
#[derive(Debug, Clone)]
pub(crate) struct Weights {
    bits: usize,
    outcomes: usize,
    /// What pushes the same in every state.
    constant: Factor,
    /// A bit and what pushes by it alone, by position.
    factors: Vec<(usize, Factor)>,
    clusters: Vec<Cluster>,
    /// Which clusters span low and high bits.
    spanning: Vec<usize>,
    /// Positions of a state's bits by which nothing pushes, from the top: they are not among the
    /// `bits`, and are summed out before.
    pub(in crate::infer) spared: Vec<usize>,
}

/// What pushes by one bit, or by none.
#[derive(Debug, Clone, Default)]
struct Factor {
    /// Drivers on their own: they push where the bit is set.
    drivers: Vec<usize>,
    /// Clusters that depend on this bit alone.
    clusters: Vec<usize>,
}

/// e^W, or W, for one horizon.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    /// Whether the entries are W itself: where e^W might not be a number.
    pub is_log: bool,
    low: Vec<f64>,
    high: Vec<f64>,
    small: Vec<Vec<f64>>,
    pub(in crate::infer) stated: Vec<f64>,
    pub(in crate::infer) pushes: Vec<f64>,
    pub(in crate::infer) ranked: Vec<usize>,
    pub(in crate::infer) factors: Vec<f64>,
    pub(in crate::infer) terms: Vec<f64>,
    /// The horizon whose entries it has.
    filled: usize,
}

/// The largest sum of pushes whose exponentials are safe to multiply.
pub(in crate::infer) const SAFE: f64 = 200.0;

impl Weights {
    /// The pushes of a shape whose variables stand at `positions` of `bits` bits.
    pub(crate) fn new(model: &Model, shape: &Shape, positions: &[usize], bits: usize) -> Weights {
        let active = active(model, shape);
        Weights::of(model, shape, &active, positions, bits)
    }

    /// The same over the bits of those variables alone by which anything pushes.
    pub(crate) fn spare(
        model: &Model,
        shape: &Shape,
        pushing: &[bool],
        positions: &[usize],
        bits: usize,
    ) -> Weights {
        let active = active(model, shape);
        let mut used = vec![false; bits];
        for (var, _) in pushing.iter().enumerate().filter(|p| *p.1) {
            used[positions[var]] = true;
        }
        let kept = |position: usize| used[..position].iter().filter(|u| **u).count();
        let kept_positions: Vec<usize> = positions.iter().map(|p| kept((*p).min(bits))).collect();
        let mut weights = Weights::of(model, shape, &active, &kept_positions, kept(bits));
        weights.spared = (0..bits).rev().filter(|p| !used[*p]).collect();
        weights
    }

    fn of(
        model: &Model,
        shape: &Shape,
        active: &[usize],
        positions: &[usize],
        bits: usize,
    ) -> Weights {
        let mut weights = Weights {
            bits,
            outcomes: model.outcomes.len(),
            constant: Factor::default(),
            factors: Vec::new(),
            clusters: Vec::new(),
            spanning: Vec::new(),
            spared: Vec::new(),
        };
        let mut factors: Vec<Factor> = vec![Factor::default(); bits];
        for drivers in clusters(model, active) {
            if let [driver] = drivers[..]
                && model.drivers[driver].counted.is_empty()
            {
                let function = shape.pushing(model, driver);
                if function.support.is_empty() {
                    weights.constant.drivers.push(driver);
                    continue;
                }
                if function.values == [0, 1] {
                    let position = positions[function.support[0]];
                    factors[position].drivers.push(driver);
                    continue;
                }
            }
            let cluster = Cluster::new(model, shape, positions, bits, &drivers);
            let place = weights.clusters.len();
            match cluster.support[..] {
                [] => weights.constant.clusters.push(place),
                [var] => factors[positions[var]].clusters.push(place),
                _ if cluster.place == Place::Both => weights.spanning.push(place),
                _ => {}
            }
            weights.clusters.push(cluster);
        }
        weights.factors = factors
            .into_iter()
            .enumerate()
            .filter(|(_, f)| !f.drivers.is_empty() || !f.clusters.is_empty())
            .collect();
        weights
    }

    /// The tables of horizon `h`, horizon after horizon: what pushes as in the one before is not found again.
    pub(crate) fn fill(&self, model: &Model, numbers: &Numbers, h: usize, table: &mut Table) {
        // The first is of another setting.
        let before = std::mem::replace(&mut table.filled, h);
        if h > 1 && before + 1 == h && self.is_same(model, numbers, h) {
            return;
        }
        let low_bits = self.bits.min(LOW);
        let high_bits = self.bits - low_bits;
        table.is_log = self.bound(model, numbers, h) > SAFE;
        let unit = if table.is_log { 0.0 } else { 1.0 };
        for (list, bits) in [(&mut table.low, low_bits), (&mut table.high, high_bits)] {
            list.clear();
            list.resize(self.outcomes << bits, unit);
        }
        table.small.resize(self.clusters.len(), Vec::new());
        for (c, cluster) in self.clusters.iter().enumerate() {
            let mut small = std::mem::take(&mut table.small[c]);
            cluster.fill(model, numbers, h, table, &mut small);
            table.small[c] = small;
        }
        for o in 0..self.outcomes {
            let low = &mut table.low[o << low_bits..][..1 << low_bits];
            let high = &mut table.high[o << high_bits..][..1 << high_bits];
            // What one bit, or none, multiplies by where it is not set and where it is.
            let both = |factor: &Factor| {
                let mut sum = 0.0;
                for &d in &factor.drivers {
                    for &(outcome, push) in &model.drivers[d].pushes {
                        if outcome == o {
                            sum += numbers.push_at(push, h);
                        }
                    }
                }
                let (mut no, mut yes) = (unit, entry(sum, table.is_log));
                for &c in &factor.clusters {
                    let cluster = &self.clusters[c];
                    let Ok(j) = cluster.outcomes.binary_search(&o) else {
                        continue;
                    };
                    let len = 1 << cluster.support.len();
                    let small = &table.small[c][j * len..][..len];
                    if table.is_log {
                        no += small[0];
                        yes += small[len - 1];
                    } else {
                        no *= small[0];
                        yes *= small[len - 1];
                    }
                }
                (no, yes)
            };
            high[0] = both(&self.constant).1;
            // Entries below 2^bit are filled; each bit doubles them.
            let (mut low_done, mut high_done) = (0, 0);
            for (position, factor) in &self.factors {
                let factors = both(factor);
                if *position < low_bits {
                    copy_up(low, low_done, *position);
                    double(low, *position, factors, table.is_log);
                    low_done = position + 1;
                } else {
                    copy_up(high, high_done, position - low_bits);
                    double(high, position - low_bits, factors, table.is_log);
                    high_done = position - low_bits + 1;
                }
            }
            copy_up(low, low_done, low_bits);
            copy_up(high, high_done, high_bits);
        }
        for (cluster, small) in self.clusters.iter().zip(&table.small) {
            if cluster.support.len() < 2 {
                continue;
            }
            for (j, &o) in cluster.outcomes.iter().enumerate() {
                let len = small.len() / cluster.outcomes.len();
                let small = &small[j * len..][..len];
                let (list, bits) = match cluster.place {
                    Place::Low => (&mut table.low, low_bits),
                    Place::High => (&mut table.high, high_bits),
                    Place::Both => continue,
                };
                let list = &mut list[o << bits..][..1 << bits];
                multiply(list, cluster.pick.low(), 0, small, table.is_log);
            }
        }
    }

    /// Whether all pushes and counts of horizon `h` are, to the bit, those of the one before.
    fn is_same(&self, model: &Model, numbers: &Numbers, h: usize) -> bool {
        let same = |at: &dyn Fn(usize) -> f64| at(h).to_bits() == at(h - 1).to_bits();
        let pushes = |driver: usize| {
            let mut pushes = model.drivers[driver].pushes.iter();
            pushes.all(|(_, push)| same(&|h| numbers.push_at(*push, h)))
        };
        let alone = self.factors.iter().map(|f| &f.1).chain([&self.constant]);
        let mut alone = alone.flat_map(|factor| &factor.drivers);
        let mut pushers = self.clusters.iter().flat_map(|c| &c.drivers);
        alone.all(|driver| pushes(*driver))
            && pushers.all(|pusher| {
                let mut counts = pusher.counts.iter();
                pushes(pusher.driver)
                    && counts.all(|(count, _)| same(&|h| numbers.count_at(*count, h)))
            })
    }

    /// e^W of every outcome for the states whose high bits are `high`, outcome by outcome into
    /// `rows`, up to one factor for each state.
    pub(crate) fn rows(&self, table: &Table, high: usize, rows: &mut [f64]) {
        let low_bits = self.bits.min(LOW);
        let block = 1usize << low_bits;
        let high_bits = self.bits - low_bits;
        for o in 0..self.outcomes {
            let above = table.high[(o << high_bits) + high];
            let low = &table.low[o << low_bits..][..block];
            let row = &mut rows[o << low_bits..][..block];
            if table.is_log {
                for (x, w) in row.iter_mut().zip(low) {
                    *x = w + above;
                }
            } else {
                for (x, e) in row.iter_mut().zip(low) {
                    *x = e * above;
                }
            }
        }
        for &c in &self.spanning {
            let cluster = &self.clusters[c];
            let base = cluster.pick.high(high);
            let len = table.small[c].len() / cluster.outcomes.len();
            for (j, &o) in cluster.outcomes.iter().enumerate() {
                let small = &table.small[c][j * len..][..len];
                let row = &mut rows[o << low_bits..][..block];
                multiply(row, cluster.pick.low(), base, small, table.is_log);
            }
        }
        if table.is_log {
            for i in 0..block {
                let highest = (0..self.outcomes)
                    .map(|o| rows[(o << low_bits) + i])
                    .fold(f64::NEG_INFINITY, f64::max);
                for o in 0..self.outcomes {
                    let x = &mut rows[(o << low_bits) + i];
                    *x = libm::exp(*x - highest);
                }
            }
        }
    }

    /// Drivers that depend on one another, or on counts.
    pub(crate) fn clusters(&self) -> &[Cluster] {
        &self.clusters
    }

    /// No state's pushes for any outcome sum to more than this, up or down.
    fn bound(&self, model: &Model, numbers: &Numbers, h: usize) -> f64 {
        let mut bound = 0.0;
        let mut add = |driver: usize, scale: f64| {
            let pushes = model.drivers[driver].pushes.iter();
            bound += pushes
                .map(|p| numbers.push_at(p.1, h).abs())
                .fold(0.0, f64::max)
                * scale;
        };
        let factors = self.factors.iter().map(|f| &f.1);
        for factor in factors.chain([&self.constant]) {
            for &driver in &factor.drivers {
                add(driver, 1.0);
            }
        }
        for pusher in self.clusters.iter().flat_map(|c| &c.drivers) {
            let counts = pusher.counts.iter();
            let scale = counts
                .map(|c| numbers.count_at(c.0, h).max(1.0))
                .product::<f64>();
            add(pusher.driver, scale);
        }
        bound
    }
}

/// The variables by which anything pushes.
pub(in crate::infer) fn pushing(model: &Model, shape: &Shape) -> Vec<bool> {
    let mut pushing = vec![false; shape.vars.len()];
    for d in active(model, shape) {
        let counted = model.drivers[d].counted.iter();
        let counts = counted.map(|(change, _)| shape.function(&Cond::Is(*change)));
        for function in counts.chain([shape.pushing(model, d)]) {
            for var in function.support {
                pushing[var] = true;
            }
        }
    }
    pushing
}

/// The variables that outcomes rest on where some are final: those by which anything pushes, the lasting
/// ones that are named with these, and what costs ε, by which cases are never taken together.
pub(in crate::infer) fn resting(model: &Model, shape: &Shape, pushing: &[bool]) -> Vec<bool> {
    let lasting = Named::of(model).lasting;
    let vars = shape.vars.iter().zip(pushing).zip(&shape.costly);
    vars.map(|((driver, pushing), costly)| *pushing || *costly || lasting[*driver])
        .collect()
}

/// The drivers that can push.
pub(in crate::infer) fn active(model: &Model, shape: &Shape) -> Vec<usize> {
    let active = |d: &usize| {
        !model.drivers[*d].pushes.is_empty()
            && match &shape.truth[*d] {
                Truth::Unused => false,
                Truth::Var(_) | Truth::NotVar(_) => true,
                Truth::Fixed(_) | Truth::When(_) => shape.pushing(model, *d).values != [0],
            }
    };
    (0..model.drivers.len()).filter(active).collect()
}

pub(in crate::infer) fn entry(w: f64, is_log: bool) -> f64 {
    if is_log {
        w
    } else if w == 0.0 {
        1.0
    } else {
        libm::exp(w)
    }
}

/// Repeats the first 2^done entries up to 2^bits.
fn copy_up(list: &mut [f64], done: usize, bits: usize) {
    for bit in done..bits {
        list.copy_within(..1 << bit, 1 << bit);
    }
}

fn double(list: &mut [f64], bit: usize, (no, yes): (f64, f64), is_log: bool) {
    let (done, new) = list.split_at_mut(1 << bit);
    if is_log {
        for (to, from) in new.iter_mut().zip(done) {
            *to = *from + yes;
            *from += no;
        }
    } else {
        for (to, from) in new.iter_mut().zip(done) {
            *to = *from * yes;
            *from *= no;
        }
    }
}

fn multiply(list: &mut [f64], pick: &[u32], base: u32, small: &[f64], is_log: bool) {
    if is_log {
        for (x, at) in list.iter_mut().zip(pick) {
            *x += small[(base | at) as usize];
        }
    } else {
        for (x, at) in list.iter_mut().zip(pick) {
            *x *= small[(base | at) as usize];
        }
    }
}
