//! How likely each driver is to hold, horizon by horizon.
//!
//! In: a driver. Out: its chance, on the propositions that it depends on alone.

use super::compiled::Compiled;
use super::conditional::{among, found, share};
use super::engine::{Engine, Sets};
use super::estimate::Estimate;
use super::exact::Scratch;
use super::factored;
use super::question::plan::Plan;
use super::question::shape::{Ask, TooMany, Truth};
use super::sampled::Choice;
use crate::diag::Diagnostic;
use crate::model::condition::Cond;
use crate::model::{Model, Numbers, What};

/// A driver's chance over the horizons, for any setting of the numbers.
#[derive(Debug, Clone)]
pub(crate) enum Chance {
    /// Always the same.
    Fixed(f64),
    /// One row's own number.
    Row(usize),
    /// A question with one condition.
    Compiled(Box<Compiled>),
}

impl Chance {
    pub(crate) fn new(model: &Model, sets: &Sets, driver: usize) -> Result<Chance, TooMany> {
        let mut ask = Ask {
            sets: sets.clone(),
            conds: vec![Cond::Is(driver)],
            ..Ask::default()
        };
        let grouped = model.exclusives.iter().any(|g| g.contains(&driver));
        let set = sets.iter().find(|(d, _)| *d == driver);
        Ok(match (&model.drivers[driver].what, set) {
            (_, Some((_, to))) => Chance::Fixed(f64::from(u8::from(*to))),
            (What::Hypothetical, _) => Chance::Fixed(0.0),
            (What::Always | What::Assumption, _) => Chance::Fixed(1.0),
            (What::Event | What::Random, _)
                if !grouped
                    && model.drivers[driver].rows.len() == 1
                    && model.pushed_by[driver].is_empty() =>
            {
                Chance::Row(model.drivers[driver].rows[0].1)
            }
            (What::Change(when), _) => {
                ask.conds = vec![when.clone()];
                Chance::Compiled(Box::new(Compiled::new(model, &ask)?))
            }
            _ => Chance::Compiled(Box::new(Compiled::new(model, &ask)?)),
        })
    }

    /// Whether ranges move it, more than one number of them.
    pub(crate) fn is_drawn(&self, model: &Model) -> bool {
        let Chance::Compiled(compiled) = self else {
            return false;
        };
        let nodes = compiled.structure.shape.nodes.iter();
        let mut rows = nodes.flat_map(|n| n.combinations.iter().flatten().flatten());
        rows.any(|row| model.rows[*row].is_random())
    }

    /// The chances at horizons 1 … H.
    pub(crate) fn at(
        &mut self,
        model: &Model,
        numbers: &Numbers,
        scratch: &mut Scratch,
        out: &mut [f64],
    ) -> Result<(), TooMany> {
        match self {
            Chance::Fixed(p) => out.fill(*p),
            Chance::Row(row) => {
                for (h, p) in out.iter_mut().enumerate() {
                    *p = numbers.row_at(*row, h + 1);
                }
            }
            Chance::Compiled(compiled) => {
                let answer = compiled.run(model, numbers, scratch)?;
                for (p, tally) in out.iter_mut().zip(&answer.tallies) {
                    *p = tally.chance().clamp(0.0, 1.0);
                }
            }
        }
        Ok(())
    }
}

/// A driver's chance at every horizon; among the cases in which `given` holds, NaN where it
/// cannot.
pub(crate) fn chances(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    driver: usize,
) -> Result<Vec<f64>, Box<Diagnostic>> {
    // Nobody asks for this number itself, so that sampling it would gain nothing.
    let choice = engine.sampling.choice;
    if choice == Choice::Sampled {
        engine.sampling.choice = Choice::Either;
    }
    let all = all_chances(engine, sets, given, &[driver]);
    engine.sampling.choice = choice;
    let all = all?;
    Ok(all.into_iter().flatten().map(|c| c.value).collect())
}

/// The chance of each of these drivers at every horizon. What cannot be summed is sampled, all at once.
pub(crate) fn all_chances(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    drivers: &[usize],
) -> Result<Vec<Vec<Estimate>>, Box<Diagnostic>> {
    let choice = engine.sampling.choice;
    if choice != Choice::Sampled
        && let Some(found) = thinly(engine, sets, given, drivers)
    {
        return Ok(found);
    }
    let mut out = vec![Vec::new(); drivers.len()];
    let mut left = Vec::new();
    for (i, &driver) in drivers.iter().enumerate() {
        if choice == Choice::Sampled {
            left.push(i);
            continue;
        }
        engine.sampling.choice = Choice::Exact;
        let exact = exactly(engine, sets, given, driver);
        engine.sampling.choice = choice;
        match exact {
            Ok(chances) => out[i] = chances.into_iter().map(Estimate::exact).collect(),
            Err(limit) if choice == Choice::Exact => return Err(limit),
            Err(_) => left.push(i),
        }
    }
    if left.is_empty() {
        return Ok(out);
    }
    let mut conds = vec![given.cloned().unwrap_or(Cond::All(Vec::new()))];
    conds.extend(left.iter().map(|&i| among(given, Cond::Is(drivers[i]))));
    let count = conds.len();
    let ask = Ask {
        sets: sets.clone(),
        conds,
        costly: given.is_some(),
        ..Ask::default()
    };
    let (_, answer) = engine.run(&ask)?;
    for tallies in answer.tallies.chunks_exact(count) {
        let whole = found(engine, &tallies[0]);
        for (&i, tally) in left.iter().zip(&tallies[1..]) {
            let part = found(engine, tally);
            let chance = share(part.as_ref(), whole.as_ref());
            out[i].push(chance.unwrap_or(Estimate::exact(f64::NAN)));
        }
    }
    Ok(out)
}

/// All at once, exactly, where they are many and hang together thinly.
fn thinly(
    engine: &Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    drivers: &[usize],
) -> Option<Vec<Vec<Estimate>>> {
    let mut conds: Vec<Cond> = drivers.iter().map(|d| Cond::Is(*d)).collect();
    conds.extend(given.cloned());
    let ask = Ask {
        sets: sets.clone(),
        conds,
        costly: given.is_some(),
        ..Ask::default()
    };
    let plan = Plan::new(&engine.model, &engine.point, &ask);
    let is_plain = |d: &&usize| !matches!(plan.truth[**d], Truth::When(_));
    if plan.vars.len() < factored::FEW || drivers.iter().filter(is_plain).count() < drivers.len() {
        return None;
    }
    let found = factored::chances(&plan, given)?;
    if found.iter().any(|at| at.mass <= 0.0) {
        return None;
    }
    let of = |d: &usize| {
        let at = found.iter().map(|at| match plan.truth[*d] {
            Truth::Fixed(is) => f64::from(u8::from(is)),
            Truth::Var(var) => at.of[var],
            Truth::NotVar(var) => 1.0 - at.of[var],
            Truth::Unused | Truth::When(_) => 0.0,
        });
        at.map(|p| Estimate::exact(p.clamp(0.0, 1.0))).collect()
    };
    Some(drivers.iter().map(of).collect())
}

fn exactly(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    driver: usize,
) -> Result<Vec<f64>, Box<Diagnostic>> {
    let horizons = engine.model.horizons();
    let Some(given) = given else {
        let mut out = vec![0.0; horizons];
        let mut chance =
            Chance::new(&engine.model, sets, driver).map_err(|m| engine.too_many(&m))?;
        chance
            .at(&engine.model, &engine.point, &mut engine.scratch, &mut out)
            .map_err(|m| engine.too_many(&m))?;
        return Ok(out);
    };
    let ask = Ask {
        sets: sets.clone(),
        conds: vec![given.clone(), among(Some(given), Cond::Is(driver))],
        costly: true,
        ..Ask::default()
    };
    let (_, answer) = engine.run(&ask)?;
    let tallies = answer.tallies.chunks_exact(2);
    Ok(tallies
        .map(|t| {
            let (whole, part) = (found(engine, &t[0]), found(engine, &t[1]));
            share(part.as_ref(), whole.as_ref()).map_or(f64::NAN, |found| found.value)
        })
        .collect())
}

/// Whether a driver's truth is set, or ruled out by what is.
pub(crate) fn is_fixed(model: &Model, sets: &Sets, driver: usize) -> bool {
    sets.iter()
        .any(|(set, to)| *set == driver || (*to && model.exclude(*set, driver)))
}
