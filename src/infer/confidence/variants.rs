//! Where the outcomes would stand without one source, or with one assumption wrong.
//!
//! In: what the verdict was computed by. Out: the outcomes by horizon, in the file's order.

use super::super::engine::{Engine, Sets};
use super::super::lumped::LANES;
use super::super::sampled;
use super::settle::Basis;
use super::sources::Sources;
use crate::admiralty;
use crate::diag::Diagnostic;
use crate::model::Numbers;
use crate::model::condition::Cond;
use crate::resolve::assessment::{Assessment, DriverId, DriverKind};

/// By horizon and outcome, in the file's order.
pub(super) type ByHorizon = Vec<Vec<f64>>;

/// Evaluates with some things set and something given.
pub(super) type Evaluate<'a> =
    dyn Fn(&mut Engine<'_>, &Sets, Option<&Cond>) -> Result<ByHorizon, Box<Diagnostic>> + 'a;

/// What a driver's weights are multiplied by once a source's items are taken away. A factor left with
/// none is dropped; an event or a change rests on more than its evidence, and keeps its weights.
pub(crate) fn scale(
    assessment: &Assessment,
    sources: &Sources<'_>,
    driver: DriverId,
    source: usize,
) -> f64 {
    let Some(left) = sources.left(driver, source) else {
        return 1.0;
    };
    let driver = &assessment.drivers[driver];
    if left.is_empty() {
        return f64::from(u8::from(driver.kind() != DriverKind::Factor));
    }
    let ratings = left
        .iter()
        .filter_map(|&i| driver.evidence[i].rated.as_ref());
    admiralty::best(ratings.map(|r| r.node)) / driver.discount
}

/// The numbers without a source; none where it changes none.
pub(super) fn without(
    engine: &Engine<'_>,
    sources: &Sources<'_>,
    pushing: &[DriverId],
    source: usize,
) -> Option<Numbers> {
    let assessment = engine.assessment;
    let mut scales = pushing
        .iter()
        .filter(|&&d| sources.of[crate::resolve::table::Id::index(d)].contains(&source))
        .map(|&d| (d, scale(assessment, sources, d, source)))
        .filter(|s| s.1 != 1.0)
        .peekable();
    scales.peek()?;
    let mut numbers = engine.point.clone();
    for (driver, factor) in scales {
        numbers.scale(&engine.model, engine.place(driver), factor);
    }
    Some(numbers)
}

/// The outcomes with other numbers; none where they cannot be compared with the verdict.
pub(super) fn with(
    engine: &mut Engine<'_>,
    basis: &Basis<'_>,
    all: &[Numbers],
) -> Result<Option<Vec<ByHorizon>>, Box<Diagnostic>> {
    if basis.is_sampled {
        if basis.given.is_some() {
            return Ok(None);
        }
        let middle = sampled::few(
            &engine.model,
            &engine.point,
            basis.ask,
            engine.sampling.seed,
        );
        let moved = all.iter().map(|numbers| {
            let found = sampled::few(&engine.model, numbers, basis.ask, engine.sampling.seed);
            moved(engine, basis, &middle, &found)
        });
        return Ok(Some(moved.collect()));
    }
    let batch = match all.len() {
        0 | 1 => None,
        _ => basis.compiled.side_by_side(&engine.model, &engine.point),
    };
    if let Some(mut batch) = batch {
        let mut found = Vec::with_capacity(all.len());
        for some in all.chunks(LANES) {
            if !batch.run(&engine.model, some) {
                break;
            }
            found.extend((0..some.len()).map(|lane| engine.by_horizon(&batch.found(lane))));
        }
        if found.len() == all.len() {
            return Ok(Some(found));
        }
    }
    let mut compiled = basis.compiled.clone();
    let mut out = vec![0.0; engine.model.horizons() * engine.model.outcomes.len()];
    let mut found = Vec::with_capacity(all.len());
    for numbers in all {
        let run = compiled.run(&engine.model, numbers, &mut engine.scratch);
        let answer = run.cloned().map_err(|many| engine.too_many(&many))?;
        answer.read(basis.given.is_some(), &mut out);
        found.push(engine.by_horizon(&out));
    }
    Ok(Some(found))
}

/// The outcomes with an assumption wrong; none where that cannot be compared with the verdict.
pub(super) fn wrong(
    engine: &mut Engine<'_>,
    basis: &Basis<'_>,
    assumption: DriverId,
    verdict: &Evaluate<'_>,
) -> Result<Option<ByHorizon>, Box<Diagnostic>> {
    let own = vec![(engine.place(assumption), false)];
    let sets = engine.merge(basis.sets, &own);
    if !basis.is_sampled {
        return verdict(engine, &sets, basis.given).map(Some);
    }
    if basis.given.is_some() {
        return Ok(None);
    }
    let seed = engine.sampling.seed;
    let mut ask = basis.ask.clone();
    let middle = sampled::few(&engine.model, &engine.point, &ask, seed);
    ask.sets = sets;
    let found = sampled::few(&engine.model, &engine.point, &ask, seed);
    Ok(Some(moved(engine, basis, &middle, &found)))
}

/// The verdict, moved by the difference between two sets of few histories.
fn moved(engine: &Engine<'_>, basis: &Basis<'_>, middle: &[f64], found: &[f64]) -> ByHorizon {
    let differences: Vec<f64> = found.iter().zip(middle).map(|(a, b)| a - b).collect();
    let by_horizon = engine.by_horizon(&differences).into_iter().zip(basis.at);
    by_horizon
        .map(|(by, at)| by.iter().zip(at).map(|(by, p)| p + by).collect())
        .collect()
}
