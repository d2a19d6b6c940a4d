//! Whether more may be open of a final outcome once something has come.
//!
//! In: a shape and one setting of the numbers. Out: a guess from the signs of the pushes, made before anything is
//! evaluated. A wrong one costs time, never a result.

use crate::infer::question::shape::{Function, Shape};
use crate::infer::question::weights::active;
use crate::model::{Model, Numbers};

/// Whether something that lasts pushes away from a final outcome as it comes: where several are final, whatever pushes at all does.
pub(crate) fn may_rise(model: &Model, shape: &Shape, numbers: &Numbers) -> bool {
    if !model.has_finals() {
        return false;
    }
    let horizons = 2..=model.horizons();
    active(model, shape).into_iter().any(|driver| {
        let holds = shape.pushing(model, driver);
        let (comes, goes) = as_things_come(shape, &holds);
        (comes || goes)
            && horizons.clone().any(|h| {
                let (away, towards) = pushed(model, numbers, driver, h);
                comes && away || goes && towards
            })
    })
}

/// Whether a truth may come to hold, and may cease to, as something that lasts comes.
fn as_things_come(shape: &Shape, holds: &Function) -> (bool, bool) {
    let lasting = (0..holds.support.len()).filter(|j| shape.lasts(holds.support[*j]));
    let (mut comes, mut goes) = (false, false);
    for bit in lasting.map(|j| 1usize << j) {
        let without = (0..holds.values.len()).filter(|at| at & bit == 0);
        for at in without {
            comes |= holds.values[at] < holds.values[at | bit];
            goes |= holds.values[at] > holds.values[at | bit];
        }
    }
    (comes, goes)
}

/// Whether a driver pushes some other outcome more than a final one, and whether less.
fn pushed(model: &Model, numbers: &Numbers, driver: usize, h: usize) -> (bool, bool) {
    let pushes = &model.drivers[driver].pushes;
    let sum = |outcome: usize| -> f64 {
        let own = pushes.iter().filter(|p| p.0 == outcome);
        own.map(|p| numbers.push_at(p.1, h)).sum()
    };
    let finals = model.open..model.outcomes.len();
    let pairs = finals.flat_map(|last| (0..model.outcomes.len()).map(move |other| (last, other)));
    pairs.fold((false, false), |(away, towards), (last, other)| {
        let more = sum(other) - sum(last);
        (away || more > 0.0, towards || more < 0.0)
    })
}
