//! The nearest turn of a parameter that changes the answer.
//!
//! In: an evaluation and a parameter. Out: by horizon a [`TippingPoint`], or none within reach. The way there need not
//! be monotone: both directions are walked outwards in steps of at most a deciban, dips between two steps
//! are looked into, and the first change of sides is narrowed down. Both sides were evaluated.

use super::corners::Corners;
use super::evaluating::{Asked, Evaluating, Side};
use super::narrow::WIDTH;
use super::parameter::Parameter;
use super::wide_steps;
use crate::infer::lumped::LANES;
use crate::model::Numbers;
use crate::resolve::assessment::{HorizonId, OutcomeId};
use crate::resolve::table::Id;

/// The walk's step, in decibans: about the least difference in evidence that people notice (Good 1950).
const STEP: f64 = 1.0;
/// The fewest steps in one direction: over a short reach a deciban is a long way.
const STEPS: f64 = 32.0;

/// Where the answer changes.
#[derive(Debug, Clone, PartialEq)]
pub struct TippingPoint {
    /// At which horizon.
    pub horizon: HorizonId,
    /// The turn, in decibans: here the answer is another, a hair nearer to 0 it is not.
    pub turn: f64,
    /// The clause's number there, in its own unit.
    pub value: f64,
    /// Who leads there; none for an expectation.
    pub leader: Option<OutcomeId>,
    /// The leader's probability there, or the expectation's.
    pub(crate) chance: f64,
}

impl TippingPoint {
    /// How far away it is, in decibans: to a millionth, so that what is alike ties.
    pub fn distance(&self) -> f64 {
        libm::round(self.turn.abs() * 1e6) / 1e6
    }
}

/// A parameter that is turned.
pub(super) struct Walk<'p, P> {
    pub(super) evaluation: &'p mut P,
    pub(super) parameter: &'p Parameter,
    pub(super) numbers: Numbers,
    /// Room for those of several turns.
    pub(super) turned: Vec<Numbers>,
    /// A tipping point is told to so many decibans.
    pub(super) width: f64,
    pub(super) horizons: Vec<HorizonId>,
    /// What all other values follow from, while they do.
    pub(super) corners: Option<Corners>,
}

/// A turn, and what was found there.
pub(super) type Seen = (f64, Side);

/// What was found at a turn, by horizon.
pub(super) type Stop = (f64, Vec<Side>);

/// Both directions at once, so that the first find is the nearest.
struct Ways {
    /// Where to go, the furthest first.
    points: Vec<f64>,
    /// What was found already of what comes next, the furthest first.
    ahead: Vec<Stop>,
    /// Up and down what was seen so far, nearest first.
    seen: [Vec<Stop>; 2],
}

impl Ways {
    /// All that lies within any of these reaches.
    fn new(reaches: &[(f64, f64)]) -> Ways {
        let far = |sign: f64| {
            let ends = reaches
                .iter()
                .map(move |r| sign * if sign > 0.0 { r.1 } else { r.0 });
            ends.filter(|end| *end > 0.0)
        };
        let mut points = Vec::new();
        for sign in [-1.0, 1.0] {
            let end = far(sign).fold(0.0, f64::max);
            let mut way: Vec<f64> = (1..if end > 0.0 { i32::MAX } else { 0 })
                .map(|k| f64::from(k) * STEP.min(end / STEPS))
                .take_while(|s| *s < end)
                .chain(far(sign))
                .collect();
            way.sort_by(f64::total_cmp);
            way.dedup();
            points.extend(way.iter().map(|s| s * sign));
        }
        // The sort is stable: at equal distance up comes first, which is last here.
        points.sort_by(|a, b| b.abs().total_cmp(&a.abs()));
        Ways {
            points,
            ahead: Vec::new(),
            seen: [Vec::new(), Vec::new()],
        }
    }

    /// The next stops.
    fn next(&mut self, many: usize) -> Vec<f64> {
        self.points
            .split_off(self.points.len().saturating_sub(many))
    }
}

/// The nearest tipping point of each horizon at which the clause says something. Where questions take long, it is looked for
/// in few of them: at once where all other values follow from some, in steps as wide as the margin proves, or in a few
/// long steps if `is_coarse`.
pub(super) fn nearest<P: Evaluating>(
    evaluation: &mut P,
    parameter: &Parameter,
    is_coarse: bool,
) -> Asked<Vec<TippingPoint>> {
    let corners = Corners::new(evaluation, parameter)?;
    let bend = evaluation.bend(parameter).filter(|_| !is_coarse);
    let mut walk = Walk::new(evaluation, parameter, corners);
    let wanted = walk.wanted();
    let mut found = None;
    if walk.corners.is_some() {
        let foretold = walk.finely(&wanted)?;
        walk.corners = None;
        found = walk.confirmed(foretold)?;
    } else if let Some(bend) = bend {
        found = wide_steps::nearest(&mut walk, &wanted, bend)?;
    }
    let tips = match found {
        Some(found) => found,
        None if is_coarse => walk.coarsely(&wanted)?,
        None => walk.finely(&wanted)?,
    };
    Ok(told(parameter, &walk.horizons, &tips))
}

/// The same step by step, for tests that compare.
#[cfg(test)]
pub(super) fn step_by_step<P: Evaluating>(
    evaluation: &mut P,
    parameter: &Parameter,
) -> Asked<Vec<TippingPoint>> {
    let mut walk = Walk::new(evaluation, parameter, None);
    let wanted = walk.wanted();
    let tips = walk.finely(&wanted)?;
    Ok(told(parameter, &walk.horizons, &tips))
}

impl<'p, P: Evaluating> Walk<'p, P> {
    fn new(evaluation: &'p mut P, parameter: &'p Parameter, corners: Option<Corners>) -> Self {
        Walk {
            numbers: evaluation.point().clone(),
            turned: Vec::new(),
            width: WIDTH,
            horizons: evaluation.horizons().to_vec(),
            evaluation,
            parameter,
            corners,
        }
    }

    /// The horizons at which the clause says something.
    fn wanted(&self) -> Vec<usize> {
        let all = 0..self.horizons.len();
        let says = |h: &usize| self.parameter.today[self.horizons[*h].index()].is_some();
        all.filter(says).collect()
    }
}

impl<P: Evaluating> Walk<'_, P> {
    /// How far the parameter can be turned for a horizon.
    pub(super) fn reach(&self, h: usize) -> (f64, f64) {
        self.parameter.reach[self.horizons[h].index()]
    }

    /// Steps of at most a deciban.
    fn finely(&mut self, wanted: &[usize]) -> Asked<Vec<Option<Seen>>> {
        let walk = self;
        let reaches: Vec<(f64, f64)> = (0..walk.horizons.len()).map(|h| walk.reach(h)).collect();
        let reach = |h: usize| reaches[h];
        let mut ways = Ways::new(&wanted.iter().map(|&h| reach(h)).collect::<Vec<_>>());
        let mut tips: Vec<Option<Seen>> = vec![None; walk.horizons.len()];
        let Some(today) = walk.start(&mut ways)? else {
            return Ok(tips);
        };
        for &h in wanted {
            if today[h].turned {
                tips[h] = Some((0.0, today[h]));
            }
        }
        loop {
            let place = |point: f64| usize::from(point < 0.0);
            // What a stop cannot tell any more is not asked for.
            let tells = |point: f64, h: usize, ways: &Ways, tips: &[Option<(f64, Side)>]| {
                let came = ways.seen[place(point)].last().map_or(0.0, |s| s.0.abs());
                within(point, reach(h)) && tips[h].is_none_or(|t| t.0.abs() > came)
            };
            if ways.ahead.is_empty() {
                let mut points = ways.next(walk.together());
                if points.is_empty() {
                    break;
                }
                points.retain(|&point| wanted.iter().any(|&h| tells(point, h, &ways, &tips)));
                let found = walk.all(&points)?;
                ways.ahead.extend(points.into_iter().zip(found));
            }
            let Some(mut stop) = ways.ahead.pop() else {
                continue;
            };
            if stop.1.iter().any(|side| side.lost) {
                // Further on that way there is no answer either.
                let from = ways.seen[place(stop.0)].last().map_or(0.0, |s| s.0);
                let way = place(stop.0);
                stop = walk.edge(from, stop.0)?;
                ways.points.retain(|&p| place(p) != way);
                ways.ahead.retain(|s| place(s.0) != way);
                if stop.0 == from {
                    continue;
                }
            }
            let point = stop.0;
            let telling = wanted.iter().filter(|&&h| tells(point, h, &ways, &tips));
            let telling: Vec<usize> = telling.copied().collect();
            ways.seen[place(point)].push(stop);
            let seen = &ways.seen[place(point)];
            for h in telling {
                let (last, before) = (&seen[seen.len() - 1], &seen[seen.len() - 2]);
                let tip = if last.1[h].turned && !before.1[h].turned {
                    Some(walk.narrow(h, (before.0, before.1[h]), (last.0, last.1[h]))?)
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
        Ok(tips)
    }

    /// What was foretold, evaluated on both sides; none where rounding made it otherwise.
    fn confirmed(&mut self, foretold: Vec<Option<Seen>>) -> Asked<Option<Vec<Option<Seen>>>> {
        let mut tips = foretold;
        let before = |turn: f64| turn - turn.signum() * self.width;
        let mut turns: Vec<f64> = tips.iter().flatten().map(|tip| tip.0).collect();
        turns.extend(turns.clone().into_iter().map(before));
        let found: Vec<Vec<Side>> = match self.together() {
            1 => turns
                .iter()
                .map(|turn| self.at(*turn))
                .collect::<Asked<_>>()?,
            many => {
                let mut found = Vec::with_capacity(turns.len());
                for some in turns.chunks(many) {
                    found.extend(self.all(some)?);
                }
                found
            }
        };
        let (on, before) = found.split_at(turns.len() / 2);
        let mut each = on.iter().zip(before);
        for (h, tip) in tips.iter_mut().enumerate() {
            let Some((turn, _)) = *tip else { continue };
            let Some((on, before)) = each.next() else {
                return Ok(None);
            };
            if !on[h].turned || turn != 0.0 && before[h].turned {
                return Ok(None);
            }
            *tip = Some((turn, on[h]));
        }
        Ok(Some(tips))
    }

    /// How many turns are best asked about together.
    pub(super) fn together(&self) -> usize {
        match self.corners {
            Some(_) => LANES,
            None => self.evaluation.together(),
        }
    }
}

/// What was found, by horizon, with the number that it stands for.
fn told(
    parameter: &Parameter,
    horizons: &[HorizonId],
    tips: &[Option<(f64, Side)>],
) -> Vec<TippingPoint> {
    let found = horizons.iter().zip(tips).filter_map(|(&horizon, tip)| {
        let (turn, side) = (*tip)?;
        Some(TippingPoint {
            horizon,
            turn,
            value: parameter.value(horizon.index(), turn)?,
            leader: side.leader,
            chance: side.value,
        })
    });
    found.collect()
}

fn within(point: f64, reach: (f64, f64)) -> bool {
    reach.0 <= point && point <= reach.1
}

impl<P: Evaluating> Walk<'_, P> {
    /// Asks with the parameter turned.
    pub(super) fn at(&mut self, turn: f64) -> Asked<Vec<Side>> {
        self.parameter
            .turn(self.evaluation.point(), turn, &mut self.numbers);
        if let Some(corners) = &self.corners {
            return Ok(self.evaluation.stand(&corners.at(&self.numbers)));
        }
        self.evaluation.ask(&self.numbers)
    }

    /// The same of many turns.
    pub(super) fn all(&mut self, turns: &[f64]) -> Asked<Vec<Vec<Side>>> {
        let point = self.evaluation.point();
        if let Some(corners) = &self.corners {
            let side = |turn: &f64| {
                let (row, numbers) = (corners.row(), &mut self.numbers);
                self.parameter.turn_row(point, row, *turn, numbers);
                self.evaluation.stand(&corners.at(numbers))
            };
            return Ok(turns.iter().map(side).collect());
        }
        while self.turned.len() < turns.len() {
            self.turned.push(point.clone());
        }
        for (turn, numbers) in turns.iter().zip(&mut self.turned) {
            match *turn == 0.0 {
                true => numbers.copy(point),
                false => self.parameter.turn(point, *turn, numbers),
            }
        }
        self.evaluation.ask_all(&self.turned[..turns.len()])
    }

    /// What holds today, which both ways start from; none where the parameter moves nothing at all: far
    /// turns of what nothing hangs on give today's bits.
    fn start(&mut self, ways: &mut Ways) -> Asked<Option<Vec<Side>>> {
        let end = |sign: f64| {
            let own = ways.points.iter().filter(|p| **p * sign > 0.0);
            own.copied().max_by(|a, b| a.abs().total_cmp(&b.abs()))
        };
        let (high, low) = (end(1.0), end(-1.0));
        let third = |x: Option<f64>| x.map(|x| x / 3.0);
        let far = [high, low, third(high), third(low)];
        let mut turns = vec![0.0];
        turns.extend(far.iter().flatten());
        let start = turns.len();
        let together = self.together();
        // What is asked together with these is found for nothing.
        let mut first = ways.next(together.saturating_sub(start));
        first.reverse();
        turns.extend(&first);
        let moved = |(a, b): (&Side, &Side)| {
            (a.trace - b.trace).abs() > 1e-14 || a.trace.is_nan() != b.trace.is_nan()
        };
        let mut found: Vec<Vec<Side>> = Vec::new();
        let mut matters = false;
        for some in turns.chunks(together) {
            found.extend(self.all(some)?);
            let (today, far) = (&found[0], &found[1..]);
            matters = far.iter().any(|far| far.iter().zip(today).any(moved));
            if matters {
                break;
            }
        }
        if !matters {
            return Ok(None);
        }
        let stops = first.into_iter().zip(found.drain(start.min(found.len())..));
        ways.ahead.extend(stops);
        ways.ahead.reverse();
        let today = found.swap_remove(0);
        ways.seen = [vec![(0.0, today.clone())], vec![(0.0, today.clone())]];
        Ok(Some(today))
    }
}
