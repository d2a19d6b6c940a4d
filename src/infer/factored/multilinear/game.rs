//! What pushes, by which of its drivers are there.
//!
//! In: a horizon's end made ready, and a rule over q. Out: for each table the pushes that there are, and what makes the factor of
//! each of its places of them: the sum over all sets of its drivers, and the same by what one of them adds.

use super::Group;
use crate::infer::factored::ready::{Moments, Ready, largest, pushed};
use crate::numeric::legendre::Gauss;

/// All tables at one horizon.
pub(super) struct Game<'r> {
    pub(super) ready: &'r Ready,
    pub(super) gauss: &'r Gauss,
    /// By bucket what it hands on where nothing pushes.
    pub(super) masses: Vec<Vec<f64>>,
    /// The tables with pushes in their order, then what pushes alike in all cases.
    pub(super) tables: Vec<Pushing>,
}

/// One table.
pub(super) struct Pushing {
    /// Its drivers, by their places among all.
    pub(super) players: Vec<usize>,
    /// The pushes that there are, by class.
    pub(super) pushes: Vec<Vec<f64>>,
    /// By place and set of drivers the push.
    pub(super) sets: Vec<Vec<usize>>,
    /// By node of the rule and place how much of each push there is.
    pub(super) present: Vec<Vec<Vec<f64>>>,
    /// By node, driver and place the same of what it adds.
    pub(super) joins: Vec<Vec<Vec<Vec<f64>>>>,
}

impl<'r> Game<'r> {
    pub(super) fn new(
        ready: &'r Ready,
        groups: &[Group],
        classes: usize,
        gauss: &'r Gauss,
    ) -> Game<'r> {
        let tables = ready.pushed.iter().map(|t| (t.cluster, &t.rows[..]));
        let fixed = ready.fixed.iter();
        let fixed = fixed.map(|f| (f.cluster, std::slice::from_ref(&f.row)));
        let table = |(group, rows): (usize, &[Vec<f64>])| {
            let players = groups[group].players.clone();
            Pushing::new(players, rows, classes, gauss)
        };
        let ones = ready.pushed.iter().map(|t| vec![1.0; t.rows.len()]);
        let ones: Vec<Vec<f64>> = ones.collect();
        Game {
            masses: ready.sums(&ones, false).0,
            ready,
            gauss,
            tables: tables.chain(fixed).map(table).collect(),
        }
    }
}

impl Pushing {
    fn new(players: Vec<usize>, rows: &[Vec<f64>], classes: usize, gauss: &Gauss) -> Pushing {
        let mut pushes: Vec<Vec<f64>> = Vec::new();
        let mut of = |w: &[f64]| {
            let known = pushes.iter().position(|own| own == w);
            known.unwrap_or_else(|| {
                pushes.push(w.to_vec());
                pushes.len() - 1
            })
        };
        let row = |row: &Vec<f64>| row.chunks_exact(classes).map(&mut of).collect();
        let sets: Vec<Vec<usize>> = rows.iter().map(row).collect();
        let count = players.len() as i32;
        // How likely it is that a set is there, of so many drivers.
        let chance = |q: f64, set: usize, of: i32| {
            let there = set.count_ones() as i32;
            q.powi(there) * (1.0 - q).powi(of - there)
        };
        let present = |q: &f64| {
            let place = |sets: &Vec<usize>| {
                let mut parts = vec![0.0; pushes.len()];
                for (set, push) in sets.iter().enumerate() {
                    parts[*push] += chance(*q, set, count);
                }
                parts
            };
            sets.iter().map(place).collect()
        };
        let joins = |q: &f64| {
            let player = |j: usize| {
                let place = |sets: &Vec<usize>| {
                    let mut parts = vec![0.0; pushes.len()];
                    for set in (0..sets.len()).filter(|set| set >> j & 1 == 0) {
                        let share = chance(*q, set, count - 1);
                        parts[sets[set | 1 << j]] += share;
                        parts[sets[set]] -= share;
                    }
                    parts
                };
                sets.iter().map(place).collect()
            };
            (0..players.len()).map(player).collect()
        };
        Pushing {
            present: gauss.nodes.iter().map(present).collect(),
            joins: gauss.nodes.iter().map(joins).collect(),
            players,
            pushes,
            sets,
        }
    }
}

impl Moments for Game<'_> {
    /// The largest over all nodes of the rule, with one table's drivers there in the way in which they push most.
    fn log_moment(&self, of: &[(usize, f64)]) -> f64 {
        let ready = self.ready;
        let always = pushed(of, &ready.constant) - libm::log(ready.mass);
        let node = |node: usize| {
            let (mut log, mut more) = (always, 1.0);
            let mut tables = Vec::with_capacity(self.tables.len());
            for table in &self.tables {
                let sizes: Vec<f64> = table.pushes.iter().map(|w| pushed(of, w)).collect();
                let most = largest(&sizes);
                log += most;
                let sizes: Vec<f64> = sizes.iter().map(|w| libm::exp(w - most)).collect();
                let mean = |parts: &Vec<f64>| -> f64 {
                    parts
                        .iter()
                        .zip(&sizes)
                        .map(|(part, size)| part * size)
                        .sum()
                };
                let means: Vec<f64> = table.present[node].iter().map(mean).collect();
                for (sets, mean) in table.sets.iter().zip(&means) {
                    let each = sets.iter().map(|push| sizes[*push] / mean);
                    more = each.fold(more, f64::max);
                }
                tables.push(means);
            }
            let fixed = tables.split_off(ready.pushed.len());
            log += fixed.iter().map(|means| libm::log(means[0])).sum::<f64>();
            log + ready.sums(&tables, true).1 + libm::log(more)
        };
        (0..self.gauss.nodes.len())
            .map(node)
            .fold(f64::NEG_INFINITY, f64::max)
    }
}
