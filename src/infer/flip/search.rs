//! The nearest turn of a dial that changes the answer.
//!
//! In: a probe and a dial. Out: by horizon a [`Tip`], or none within reach. The way there need not
//! be monotone: both directions are walked outwards in steps of at most a deciban, dips between two steps
//! are looked into, and the first change of sides is bisected. Both sides were evaluated.

use super::dial::Dial;
use super::probe::{Probe, Side};
use crate::diag::Diagnostic;
use crate::resolve::assessment::{HorizonId, OutcomeId};
use crate::resolve::table::Id;

/// The walk's step, in decibans.
const STEP: f64 = 1.0;
/// The fewest steps in one direction: over a short reach a deciban is a long way.
const STEPS: f64 = 32.0;
/// Bisection ends at this width, in decibans.
const WIDTH: f64 = 1e-9;

/// Where the answer changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tip {
    /// At which horizon.
    pub horizon: HorizonId,
    /// The turn, in decibans: here the answer is another, a hair nearer to 0 it is not.
    pub turn: f64,
    /// The clause's number there, in its own unit.
    pub value: f64,
    /// Who leads there; none for an expectation.
    pub leader: Option<OutcomeId>,
    /// The leader's probability there, or the expectation's.
    pub chance: f64,
}

struct Walk<'p, 'a> {
    probe: &'p mut Probe<'a>,
    dial: &'p Dial,
    numbers: crate::model::Numbers,
}

type Asked<T> = Result<T, Box<Diagnostic>>;

/// One direction: what was seen so far, nearest first.
struct Way {
    points: Vec<f64>,
    seen: Vec<(f64, Vec<Side>)>,
}

/// The nearest tipping point of each horizon at which the clause says something.
pub(super) fn nearest(probe: &mut Probe<'_>, dial: &Dial) -> Asked<Vec<Tip>> {
    let horizons = probe.horizons.clone();
    let reach = |h: usize| dial.reach[horizons[h].index()];
    let wanted: Vec<usize> = (0..horizons.len())
        .filter(|&h| dial.today[horizons[h].index()].is_some())
        .collect();
    let numbers = probe.point.clone();
    let mut walk = Walk {
        probe,
        dial,
        numbers,
    };
    let today = walk.at(0.0)?;
    let mut tips: Vec<Option<(f64, Side)>> = vec![None; horizons.len()];
    for &h in &wanted {
        if today[h].turned {
            tips[h] = Some((0.0, today[h]));
        }
    }
    let low = wanted.iter().map(|&h| reach(h).0).fold(0.0, f64::min);
    let high = wanted.iter().map(|&h| reach(h).1).fold(0.0, f64::max);
    if !walk.matters(&today, low, high)? {
        return Ok(Vec::new());
    }
    let way = |sign: f64| {
        let far = if sign > 0.0 { high } else { -low };
        let mut points: Vec<f64> = (1..=if far > 0.0 { i32::MAX } else { 0 })
            .map(|k| f64::from(k) * STEP.min(far / STEPS))
            .take_while(|s| *s < far)
            .collect();
        points.extend(
            wanted
                .iter()
                .map(|&h| if sign > 0.0 { reach(h).1 } else { -reach(h).0 }),
        );
        points.retain(|s| *s > 0.0);
        points.sort_by(f64::total_cmp);
        points.dedup();
        points.reverse();
        Way {
            points: points.iter().map(|s| s * sign).collect(),
            seen: vec![(0.0, today.clone())],
        }
    };
    let mut ways = [way(1.0), way(-1.0)];
    loop {
        // The direction that has come less far goes on, so that the first find is the nearest.
        let next = (0..2)
            .filter(|&w| !ways[w].points.is_empty())
            .min_by(|&a, &b| {
                let next = |w: usize| ways[w].points.last().map_or(0.0, |s| s.abs());
                next(a).total_cmp(&next(b))
            });
        let Some(w) = next else { break };
        let Some(point) = ways[w].points.pop() else {
            break;
        };
        let came = ways[w].seen.last().map_or(0.0, |s| s.0.abs());
        let open = |h: usize| tips[h].is_none_or(|t| t.0.abs() > came);
        if !wanted.iter().any(|&h| open(h) && within(point, reach(h))) {
            continue;
        }
        let sides = walk.at(point)?;
        ways[w].seen.push((point, sides));
        let seen = &ways[w].seen;
        for &h in wanted.iter().filter(|&&h| within(point, reach(h))) {
            if tips[h].is_some_and(|t| t.0.abs() <= came) {
                continue;
            }
            let (last, before) = (&seen[seen.len() - 1], &seen[seen.len() - 2]);
            let tip = if last.1[h].turned && !before.1[h].turned {
                Some(walk.bisect(h, before.0, last.0, last.1[h])?)
            } else {
                walk.dip(h, seen)?
            };
            if let Some(tip) = tip
                && tips[h].is_none_or(|old| tip.0.abs() < old.0.abs())
            {
                tips[h] = Some(tip);
            }
        }
    }
    let found = wanted.iter().filter_map(|&h| {
        let (turn, side) = tips[h]?;
        Some(Tip {
            horizon: horizons[h],
            turn,
            value: dial.value(horizons[h].index(), turn)?,
            leader: side.leader,
            chance: side.value,
        })
    });
    Ok(found.collect())
}

fn within(point: f64, reach: (f64, f64)) -> bool {
    reach.0 <= point && point <= reach.1
}

impl Walk<'_, '_> {
    fn at(&mut self, turn: f64) -> Asked<Vec<Side>> {
        if turn == 0.0 {
            self.numbers.clone_from(&self.probe.point);
        } else {
            self.dial.turn(&self.probe.point, turn, &mut self.numbers);
        }
        self.probe.ask(&self.numbers, None)
    }

    /// Whether the dial moves anything at all: far turns of what nothing hangs on give today's bits.
    fn matters(&mut self, today: &[Side], low: f64, high: f64) -> Asked<bool> {
        for turn in [high, low, high / 3.0, low / 3.0] {
            let there = self.at(turn)?;
            let moved = |(a, b): (&Side, &Side)| {
                (a.trace - b.trace).abs() > 1e-14 || a.trace.is_nan() != b.trace.is_nan()
            };
            if turn != 0.0 && there.iter().zip(today).any(moved) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The turn between one that has not changed the answer and one that has.
    fn bisect(&mut self, h: usize, mut near: f64, mut far: f64, side: Side) -> Asked<(f64, Side)> {
        let mut turned = side;
        while (far - near).abs() > WIDTH {
            let middle = f64::midpoint(near, far);
            let side = self.at(middle)?[h];
            if side.turned {
                (far, turned) = (middle, side);
            } else {
                near = middle;
            }
        }
        Ok((far, turned))
    }

    /// Between the last three points the margin may dip below 0 and come back.
    fn dip(&mut self, h: usize, seen: &[(f64, Vec<Side>)]) -> Asked<Option<(f64, Side)>> {
        const ROUNDS: usize = 24;
        let [.., a, b, c] = seen else { return Ok(None) };
        let margin = |s: &(f64, Vec<Side>)| s.1[h].margin;
        let (ma, mb, mc) = (margin(a), margin(b), margin(c));
        let is_low = mb <= ma && mb <= mc && mb < 2.0 * (ma - mb).max(mc - mb);
        if !is_low || [a, b, c].iter().any(|s| s.1[h].turned) {
            return Ok(None);
        }
        let (mut low, mut high) = (a.0, c.0);
        for _ in 0..ROUNDS {
            let (left, right) = ((2.0 * low + high) / 3.0, (low + 2.0 * high) / 3.0);
            let (at_left, at_right) = (self.at(left)?[h], self.at(right)?[h]);
            for (point, side) in [(left, at_left), (right, at_right)] {
                if side.turned {
                    return self.bisect(h, a.0, point, side).map(Some);
                }
            }
            if at_left.margin < at_right.margin {
                high = right;
            } else {
                low = left;
            }
        }
        Ok(None)
    }
}
