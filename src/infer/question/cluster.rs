//! Drivers whose pushes depend on one another, through overlap, or on counts.
//!
//! In: the drivers and one setting of the numbers. Out: a small table of their joint factor over
//! what they depend on, each entry evaluated on its own.

use super::shape::{Function, Shape};
use super::weights::{Table, entry};
use crate::infer::question::pick::{LOW, Pick};
use crate::model::condition::Cond;
use crate::model::{Model, Numbers};

/// Drivers whose pushes depend on one another, or on counts.
#[derive(Debug, Clone)]
pub(crate) struct Cluster {
    /// The variables that they depend on.
    pub support: Vec<usize>,
    pub(in crate::infer) pick: Pick,
    pub(in crate::infer) place: Place,
    pub(in crate::infer) drivers: Vec<Pusher>,
    /// The share of each overlap group, by its place in the model, and its members here.
    groups: Vec<(usize, Vec<usize>)>,
    /// The outcomes that any of them pushes.
    pub outcomes: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::infer) enum Place {
    Low,
    High,
    Both,
}

#[derive(Debug, Clone)]
pub(in crate::infer) struct Pusher {
    pub(in crate::infer) driver: usize,
    /// Whether it pushes, by assignment of the cluster's support.
    pushes: Vec<bool>,
    /// The count and whether it is in force.
    pub(in crate::infer) counts: Vec<(usize, Vec<bool>)>,
}

/// Drivers that share an overlap group, directly or through others.
pub(in crate::infer) fn clusters(model: &Model, active: &[usize]) -> Vec<Vec<usize>> {
    let mut root: Vec<usize> = (0..model.drivers.len()).collect();
    fn find(root: &mut [usize], mut d: usize) -> usize {
        while root[d] != d {
            root[d] = root[root[d]];
            d = root[d];
        }
        d
    }
    for (_, members) in &model.overlaps {
        let mut members = members.iter().filter(|m| active.contains(m));
        if let Some(&first) = members.next() {
            for &other in members {
                let (a, b) = (find(&mut root, first), find(&mut root, other));
                root[a.max(b)] = a.min(b);
            }
        }
    }
    let mut clusters: Vec<Vec<usize>> = Vec::new();
    let mut place_of = vec![None; root.len()];
    for &d in active {
        let place = *place_of[find(&mut root, d)].get_or_insert(clusters.len());
        if place == clusters.len() {
            clusters.push(Vec::new());
        }
        clusters[place].push(d);
    }
    clusters
}

/// The overlap groups of which several of these drivers are members: each by its place in the model,
/// with those drivers' places.
pub(in crate::infer) fn groups(model: &Model, drivers: &[usize]) -> Vec<(usize, Vec<usize>)> {
    let mut groups = Vec::new();
    for (g, (_, members)) in model.overlaps.iter().enumerate() {
        let place = |m: &usize| drivers.iter().position(|d| d == m);
        let here: Vec<usize> = members.iter().filter_map(place).collect();
        if here.len() > 1 {
            groups.push((g, here));
        }
    }
    groups
}

/// The outcomes that any of these drivers pushes, rising.
pub(in crate::infer) fn outcomes(model: &Model, drivers: &[usize]) -> Vec<usize> {
    let of = |d: &usize| model.drivers[*d].pushes.iter().map(|p| p.0);
    let mut outcomes: Vec<usize> = drivers.iter().flat_map(of).collect();
    outcomes.sort_unstable();
    outcomes.dedup();
    outcomes
}

/// Pushes that differ by less than this part of the larger one are equally strong.
pub(in crate::infer) const TIE: f64 = assess_lanes::TIE;

/// What overlap leaves of each push, into `factors`: those of a group with one sign go by size, each
/// cut by all before it, and of several groups the one that leaves least counts. Those that are equally
/// strong share the factors of the ranks that they take.
pub(in crate::infer) fn overlap(
    groups: &[(usize, Vec<usize>)],
    numbers: &Numbers,
    pushes: &[f64],
    ranked: &mut Vec<usize>,
    factors: &mut Vec<f64>,
) {
    factors.clear();
    factors.resize(pushes.len(), 1.0);
    let size = |m: usize| pushes[m].abs();
    for (group, members) in groups {
        let keep = 1.0 - numbers.shares[*group];
        for sign in [1.0, -1.0] {
            ranked.clear();
            ranked.extend(members.iter().filter(|m| pushes[**m] * sign > 0.0));
            ranked.sort_unstable_by(|a, b| size(*b).total_cmp(&size(*a)).then(a.cmp(b)));
            let mut factor = 1.0;
            for tied in ranked.chunk_by(|a, b| size(*a) - size(*b) <= TIE * size(*a)) {
                let (mut sum, first) = (0.0, factor);
                for _ in tied {
                    sum += factor;
                    factor *= keep;
                }
                let shared = match tied.len() {
                    1 => first,
                    n => sum / n as f64,
                };
                for &m in tied {
                    factors[m] = factors[m].min(shared);
                }
            }
        }
    }
}

impl Cluster {
    pub(in crate::infer) fn new(
        model: &Model,
        shape: &Shape,
        positions: &[usize],
        bits: usize,
        drivers: &[usize],
    ) -> Cluster {
        let holds = |change: usize| shape.function(&Cond::Is(change));
        let mut support = Vec::new();
        for &d in drivers {
            support.extend(shape.pushing(model, d).support);
            for &(change, _) in &model.drivers[d].counted {
                support.extend(holds(change).support);
            }
        }
        support.sort_unstable();
        support.dedup();
        let spread = |function: &Function| -> Vec<bool> {
            let places: Vec<usize> = function
                .support
                .iter()
                .map(|v| support.binary_search(v).unwrap_or(0))
                .collect();
            (0..1usize << support.len())
                .map(|assignment| {
                    let at = places
                        .iter()
                        .enumerate()
                        .fold(0, |at, (j, &p)| at | (assignment >> p & 1) << j);
                    function.values[at] == 1
                })
                .collect()
        };
        let pushers: Vec<Pusher> = drivers
            .iter()
            .map(|&d| Pusher {
                driver: d,
                pushes: spread(&shape.pushing(model, d)),
                counts: model.drivers[d]
                    .counted
                    .iter()
                    .map(|&(change, count)| (count, spread(&holds(change))))
                    .filter(|(_, in_force)| in_force.contains(&true))
                    .collect(),
            })
            .collect();
        let low_bits = bits.min(LOW);
        let at: Vec<usize> = support.iter().map(|v| positions[*v]).collect();
        let high_bits = bits - low_bits;
        let (place, first, width) = if at.iter().all(|p| *p < low_bits) {
            (Place::Low, 0, low_bits)
        } else if at.iter().all(|p| *p >= low_bits) && high_bits <= LOW {
            (Place::High, low_bits, high_bits)
        } else {
            (Place::Both, 0, bits)
        };
        let at: Vec<usize> = at.iter().map(|p| p - first).collect();
        let pick = Pick::new(&at, width);
        Cluster {
            support,
            pick,
            place,
            drivers: pushers,
            groups: groups(model, drivers),
            outcomes: outcomes(model, drivers),
        }
    }

    /// Every driver and outcome with its pushes after counts and overlap, by horizon (from 1) and
    /// assignment; none where the driver does not hold.
    pub(crate) fn pushes(
        &self,
        model: &Model,
        numbers: &Numbers,
    ) -> Vec<(usize, usize, Vec<Option<f64>>)> {
        let mut out = Vec::new();
        let mut table = Table::default();
        for &o in &self.outcomes {
            let start = out.len();
            let of = |p: &Pusher| (p.driver, o, Vec::new());
            out.extend(self.drivers.iter().map(of));
            for h in 1..=model.horizons() {
                self.read(model, numbers, h, o, &mut table);
                for assignment in 0..1usize << self.support.len() {
                    self.push(numbers, h, assignment, &mut table);
                    for (j, pusher) in self.drivers.iter().enumerate() {
                        let push = pusher.pushes[assignment].then(|| table.pushes[j]);
                        out[start + j].2.push(push);
                    }
                }
            }
        }
        out
    }

    pub(in crate::infer) fn fill(
        &self,
        model: &Model,
        numbers: &Numbers,
        h: usize,
        table: &mut Table,
        small: &mut Vec<f64>,
    ) {
        let len = 1usize << self.support.len();
        small.clear();
        small.resize(self.outcomes.len() * len, 0.0);
        for (small, &o) in small.chunks_exact_mut(len).zip(&self.outcomes) {
            self.read(model, numbers, h, o, table);
            for (assignment, e) in small.iter_mut().enumerate() {
                let w = self.push(numbers, h, assignment, table);
                *e = entry(w, table.is_log);
            }
        }
    }

    /// What each driver states for an outcome, before counts and overlap.
    fn read(&self, model: &Model, numbers: &Numbers, h: usize, outcome: usize, table: &mut Table) {
        table.stated.clear();
        for pusher in &self.drivers {
            let pushes = model.drivers[pusher.driver].pushes.iter();
            let own = pushes.filter(|(o, _)| *o == outcome);
            let sum = own.fold(0.0, |sum, (_, push)| sum + numbers.push_at(*push, h));
            table.stated.push(sum);
        }
    }

    /// W of these drivers for the outcome read; their single pushes after overlap are left in `table.pushes`.
    fn push(&self, numbers: &Numbers, h: usize, assignment: usize, table: &mut Table) -> f64 {
        table.pushes.clear();
        for (pusher, &stated) in self.drivers.iter().zip(&table.stated) {
            let mut w = 0.0;
            if pusher.pushes[assignment] {
                w = stated;
                for (count, in_force) in &pusher.counts {
                    if in_force[assignment] {
                        w *= numbers.count_at(*count, h);
                    }
                }
            }
            table.pushes.push(w);
        }
        if self.groups.is_empty() {
            return table.pushes[0];
        }
        let mut pushing = table.pushes.iter().filter(|w| **w != 0.0);
        if let (only, None) = (pushing.next(), pushing.next()) {
            // What pushes alone is cut by nothing.
            return only.copied().unwrap_or(0.0);
        }
        let (ranked, factors) = (&mut table.ranked, &mut table.factors);
        overlap(&self.groups, numbers, &table.pushes, ranked, factors);
        for (push, factor) in table.pushes.iter_mut().zip(&table.factors) {
            *push *= factor;
        }
        // Summed by size, so that the order of items in the file changes no bit.
        table.terms.clear();
        table.terms.extend(&table.pushes);
        table.terms.sort_unstable_by(f64::total_cmp);
        table.terms.iter().sum()
    }
}
