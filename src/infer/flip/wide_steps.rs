//! A walk in steps as wide as the margin proves: between two turns nothing can have changed and come back.
//!
//! In: a walk, and by how much a margin bends at most. Out: by horizon where the answer changes. Between two turns a margin is
//! above the lesser of both by no less than −B d²/8, d being how far they are apart and B the most that it bends. The share
//! of what a weight pushes is a mean of logistic curves of the weight, of which each bends by at most 1/(6√3) a neper squared
//! (at a share of ½ ± 1/(2√3)); what does not lead shares the rest, so that a margin bends at most twice as much.

use super::evaluating::{Asked, Evaluating, Side};
use super::parameter::Parameter;
use super::search::{Seen, Stop, Walk};
use crate::model::Model;
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;

/// 1/(3√3): how much a margin bends at most, by the square of a neper.
const BEND: f64 = 0.192_450_089_729_875_25;

/// Steps are no narrower than this, in decibans: less is no difference in evidence that anybody would notice.
const LEAST: f64 = 0.25;

/// Of a step that would just do so much is taken.
const SHARE: f64 = 0.8;

/// About how many verdicts one number takes, its tipping points among them.
pub(super) const QUESTIONS: u64 = 40;

/// By how much a margin bends at most, by the square of a deciban; none where that is not known.
pub(super) fn bend(model: &Model, parameter: &Parameter) -> Option<f64> {
    if model.has_finals() {
        return None;
    }
    if let Some((_, others)) = parameter.prior_of() {
        // Odds that are multiplied push as a weight does, where all others make room in proportion.
        let all = others.len() + 1 == model.outcomes.len();
        return all.then_some(BEND * DECIBAN * DECIBAN);
    }
    let factor = parameter.weighs()?;
    let place = model.places[parameter.driver?.index()];
    let driver = &model.drivers[place];
    let own = |push: &usize| driver.pushes.iter().filter(|p| p.1 == *push).count() == 1;
    let alone = driver.counted.is_empty()
        && !model.overlaps.iter().any(|group| group.1.contains(&place))
        && parameter.pushes().iter().all(own);
    let each = factor * DECIBAN;
    alone.then_some(BEND * each * each)
}

/// Where the answer changes, by horizon; none where the margins cannot be told.
pub(super) fn nearest<P: Evaluating>(
    walk: &mut Walk<'_, P>,
    wanted: &[usize],
    bend: f64,
) -> Asked<Option<Vec<Option<Seen>>>> {
    let today = walk.at(0.0)?;
    let mut tips: Vec<Option<Seen>> = vec![None; today.len()];
    for &h in wanted {
        if today[h].margin.is_nan() {
            return Ok(None);
        }
        if today[h].turned {
            tips[h] = Some((0.0, today[h]));
        }
    }
    let mut moved = false;
    for sign in [1.0, -1.0] {
        let mut here: Stop = (0.0, today.clone());
        let mut slope: f64 = 0.0;
        loop {
            let limit = |h: usize, tips: &[Option<Seen>]| {
                let (low, high) = walk.reach(h);
                let end = if sign > 0.0 { high } else { -low };
                tips[h].map_or(end, |tip| end.min(tip.0.abs()))
            };
            let at: f64 = here.0.abs();
            let open = wanted.iter().copied();
            let open: Vec<usize> = open.filter(|&h| limit(h, &tips) > at).collect();
            let end = open.iter().map(|&h| limit(h, &tips)).fold(0.0, f64::max);
            if open.is_empty() {
                break;
            }
            let margin = |sides: &[Side]| {
                let all = open.iter().map(|&h| sides[h].margin);
                all.fold(f64::INFINITY, f64::min)
            };
            let step = widest(margin(&here.1), slope, bend);
            let turn = sign * (at + step.max(LEAST)).min(end);
            let next = (turn, walk.at(turn)?);
            let differs = |(a, b): (&Side, &Side)| (a.trace - b.trace).abs() > 1e-14;
            moved |= next.1.iter().zip(&today).any(differs);
            slope = ((margin(&here.1) - margin(&next.1)) / (next.0 - here.0).abs()).max(0.0);
            between(walk, &open, (&here, &next), bend, &mut tips)?;
            here = next;
        }
    }
    let turned_at_once = wanted.iter().all(|&h| today[h].turned);
    if !moved && turned_at_once {
        return Ok(None);
    }
    Ok(Some(if moved { tips } else { vec![None; today.len()] }))
}

/// The step d for which m − s d = B d²/8, more or less.
fn widest(margin: f64, slope: f64, bend: f64) -> f64 {
    let k = bend / 8.0;
    let margin = margin.max(0.0);
    SHARE * 2.0 * margin / (slope + (slope * slope + 4.0 * k * margin).sqrt()).max(1e-300)
}

/// What changes between two turns, looked into until nothing can be missed.
fn between<P: Evaluating>(
    walk: &mut Walk<'_, P>,
    open: &[usize],
    (near, far): (&Stop, &Stop),
    bend: f64,
    tips: &mut [Option<Seen>],
) -> Asked<()> {
    let width = (far.0 - near.0).abs();
    let still =
        |h: &usize, tips: &[Option<Seen>]| tips[*h].is_none_or(|tip| tip.0.abs() > near.0.abs());
    let unsure = open.iter().any(|&h| {
        let least = near.1[h].margin.min(far.1[h].margin);
        let changes = far.1[h].turned && !near.1[h].turned;
        still(&h, tips) && !near.1[h].turned && !changes && least <= bend * width * width / 8.0
    });
    if unsure && width > 2.0 * LEAST {
        let turn = f64::midpoint(near.0, far.0);
        let middle = (turn, walk.at(turn)?);
        between(walk, open, (near, &middle), bend, tips)?;
        return between(walk, open, (&middle, far), bend, tips);
    }
    for &h in open {
        if far.1[h].turned && !near.1[h].turned && still(&h, tips) {
            let between = ((near.0, near.1[h]), (far.0, far.1[h]));
            walk.tell(h, between, &mut tips[h])?;
        }
    }
    Ok(())
}
