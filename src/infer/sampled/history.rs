//! One history: what has come in it by now, and what comes next.
//!
//! In: a plan, what is forced, a way to draw, random numbers. Out: which of some variables come in a horizon.

use super::forced::Forced;
use super::points::rest;
use super::tilt::{Course, Moves, Tilt, pick};
use crate::infer::question::plan::{Moment, Plan};

/// One history up to now.
#[derive(Debug, Clone, Default)]
pub(super) struct History {
    pub(super) bits: Vec<bool>,
    /// c of the row in force when the horizon before ended, by variable.
    pub(super) level: Vec<f64>,
    /// Random numbers, as far as they are not used up.
    pub(super) numbers: Vec<f64>,
    pub(super) weight: f64,
    pub(super) before: bool,
    pub(super) course: Course,
}

impl History {
    /// The moment at the end of a horizon; 0 is now.
    pub(super) fn moment(&self, h: usize) -> Moment<'_> {
        Moment {
            bits: &self.bits,
            before: self.before,
            now: h == 0,
        }
    }

    /// Whether one thing by itself comes about, as it does; it takes the random number at this place.
    pub(super) fn come(&mut self, plan: &Plan<'_>, var: usize, h: usize, place: usize) {
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
        let (u, p) = (self.numbers[place], rise / divisor);
        self.bits[var] = u < p;
        self.numbers[place] = rest(u, p);
        self.level[var] = chance;
    }

    /// At most one of these comes about, once for all.
    pub(super) fn happen(
        &mut self,
        plan: &Plan<'_>,
        members: &[usize],
        h: usize,
        (forced, tilt): (&Forced, &Tilt),
        place: usize,
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
                    if let Some(k) = pick(come, &mut self.numbers[place]) {
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
                    let came = tilt.choose(&mut course, &moves, h, &mut self.numbers[place]);
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
