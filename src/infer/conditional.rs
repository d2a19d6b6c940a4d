//! The verdict given a condition and given its absence.
//!
//! In: conditions. Out: their chance and the outcomes given each, at the lowest power of ε that
//! has mass (hypothetical events and wrong assumptions cost one each).

use super::compiled::Compiled;
use super::engine::{Engine, Sets};
use super::estimate::{Estimate, Given};
use super::question::answer::{LEAST_EFFECTIVE, Noise, Tally};
use super::question::shape::Ask;
use super::sampled::Choice;
use super::verdict::{ChangeVerdict, Conditional};
use crate::diag::Diagnostic;
use crate::model::What;
use crate::model::condition::Cond;
use crate::resolve::assessment::{DriverId, DriverKind, OutcomeId};

/// Everything that one condition says at one horizon.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// By outcome, in the file's order.
    pub outcomes: Vec<f64>,
    /// The power of ε that it costs.
    pub power: usize,
    /// Its mass at that power.
    pub mass: f64,
    /// How sure it is, where it was sampled; the outcomes in the file's order.
    pub noise: Option<Noise>,
}

impl Found {
    /// The effective number of histories, where it is too small to say anything.
    pub(crate) fn too_rare(&self) -> Option<f64> {
        let noise = self.noise.as_ref()?;
        (noise.effective < LEAST_EFFECTIVE).then_some(noise.effective)
    }

    /// The effective number of histories in which it holds; none where it is exact.
    pub(crate) fn effective(&self) -> Option<f64> {
        let effective = self.noise.as_ref().map(|n| n.effective);
        effective.filter(|n| n.is_finite() && *n > 0.0)
    }

    /// The outcomes, with their standard errors where they were sampled.
    pub(crate) fn estimates(&self) -> Vec<Estimate> {
        let errors = self.noise.as_ref().map(|n| &n.outcomes[..]);
        Estimate::each(&self.outcomes, errors)
    }

    /// The verdict given what holds here, where that has this chance; of nothing found, what cannot hold.
    pub(crate) fn given(found: Option<&Found>, chance: f64) -> Given {
        match found {
            Some(found) if found.too_rare().is_some() => Given::TooRare,
            found => Given::of(found.map(Found::estimates), chance),
        }
    }
}

/// What a tally found, if the condition can hold.
pub(crate) fn found(engine: &Engine<'_>, tally: &Tally) -> Option<Found> {
    // What is possible may still hold in none of the histories.
    let sampled = tally.noise.as_ref().map(|n| n.power);
    let power = tally.power().or(sampled)?;
    let mass = tally.mass(power);
    let outcomes = tally.outcomes(power);
    Some(Found {
        outcomes: match outcomes {
            [] => Vec::new(),
            _ => engine.in_file_order(|o| (outcomes[o] / mass).clamp(0.0, 1.0)),
        },
        power,
        mass,
        noise: tally.noise.clone().map(|noise| Noise {
            outcomes: match noise.outcomes[..] {
                [] => Vec::new(),
                _ => engine.in_file_order(|o| noise.outcomes[o]),
            },
            ..noise
        }),
    })
}

/// The chance of `part` where it lies within `whole`, and its standard error.
pub(crate) fn share(part: Option<&Found>, whole: Option<&Found>) -> Option<Estimate> {
    let value = ratio(part, whole)?;
    Some(Estimate::perhaps(value, ratio_error(part, whole)))
}

/// The chance of `part` where it lies within `whole`.
pub(crate) fn ratio(part: Option<&Found>, whole: Option<&Found>) -> Option<f64> {
    let whole = whole?;
    Some(match part {
        Some(part) if part.power == whole.power => (part.mass / whole.mass).clamp(0.0, 1.0),
        _ => 0.0,
    })
}

/// The standard error of [`ratio`]; 0 where both are exact.
fn ratio_error(part: Option<&Found>, whole: Option<&Found>) -> f64 {
    let (Some(part), Some(whole)) = (part, whole) else {
        return 0.0;
    };
    if part.power != whole.power {
        return 0.0;
    }
    let p = part.mass / whole.mass;
    match (&part.noise, &whole.noise) {
        (Some(a), Some(b)) if a.mass > 0.0 && b.mass > 0.0 => {
            let error = a.error_beside(b, p) / whole.mass;
            error.max(a.floor(p, b.effective))
        }
        (a, b) => {
            let error = |n: &Option<Noise>| n.as_ref().map_or(0.0, |n| n.mass);
            let (a, b) = (error(a), p * error(b));
            (a * a + b * b).sqrt() / whole.mass
        }
    }
}

/// `cond`, among the cases in which `given` holds.
pub(crate) fn among(given: Option<&Cond>, cond: Cond) -> Cond {
    match given {
        Some(given) => Cond::All(vec![given.clone(), cond]),
        None => cond,
    }
}

/// What a change clause does.
#[derive(Debug, Clone)]
pub(crate) struct Changed {
    pub verdict: ChangeVerdict,
    /// What was found where it holds, by horizon.
    pub found: Vec<Option<Found>>,
}

pub(crate) type Changes = Vec<Changed>;

/// Every change clause: its chance, and the verdict given it and given its absence. `leaders` are
/// the verdict's own.
pub(crate) fn changes(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    leaders: &[OutcomeId],
) -> Result<Changes, Box<Diagnostic>> {
    let ids: Vec<DriverId> = engine
        .assessment
        .drivers
        .iter()
        .filter(|(_, d)| d.kind() == DriverKind::Change)
        .map(|(id, _)| id)
        .collect();
    each(engine, sets, given, leaders, ids)
}

/// Every change clause of an assessment as it stands: its chance, and whether it can hold and can fail to, without the
/// verdicts then, which take far more states.
pub(crate) fn chances(
    engine: &mut Engine<'_>,
    leaders: &[OutcomeId],
) -> Result<Vec<ChangeVerdict>, Box<Diagnostic>> {
    let drivers = engine.assessment.drivers.iter();
    let changes = drivers.filter(|(_, d)| d.kind() == DriverKind::Change);
    let ids: Vec<DriverId> = changes.map(|(id, _)| id).collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let found = separately(engine, &Sets::new(), None, leaders, (&ids, false))?;
    Ok(found.into_iter().map(|change| change.verdict).collect())
}

/// The same of any drivers, each by its own truth.
pub(crate) fn each(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    leaders: &[OutcomeId],
    ids: Vec<DriverId>,
) -> Result<Changes, Box<Diagnostic>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let choice = engine.sampling.choice;
    if choice != Choice::Sampled {
        engine.sampling.choice = Choice::Exact;
        let exact = separately(engine, sets, given, leaders, (&ids, true));
        engine.sampling.choice = choice;
        match (exact, choice) {
            (Err(limit), Choice::Exact) => return Err(limit),
            (Err(_), _) => {}
            (exact, _) => return exact,
        }
    }
    together(engine, sets, given, leaders, (&ids, true))
}

/// All at once, or where that is too much, each for itself.
fn separately(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    leaders: &[OutcomeId],
    (ids, outcomes): (&[DriverId], bool),
) -> Result<Changes, Box<Diagnostic>> {
    if let Ok(all) = together(engine, sets, given, leaders, (ids, outcomes)) {
        return Ok(all);
    }
    let mut out = Vec::new();
    for id in ids {
        out.extend(together(engine, sets, given, leaders, (&[*id], outcomes))?);
    }
    Ok(out)
}

/// All at once; with `outcomes` the verdicts where each holds and where it does not, else lists without any.
fn together(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    leaders: &[OutcomeId],
    (ids, outcomes): (&[DriverId], bool),
) -> Result<Changes, Box<Diagnostic>> {
    // In the model's order, so that the file's order changes no bit.
    let mut sorted: Vec<(usize, usize)> = ids
        .iter()
        .enumerate()
        .map(|(i, id)| (engine.place(*id), i))
        .collect();
    sorted.sort_unstable();
    let mut conds = vec![given.cloned().unwrap_or(Cond::All(Vec::new()))];
    for (place, _) in &sorted {
        conds.push(among(given, Cond::Is(*place)));
        conds.push(among(given, Cond::Is(*place).negated()));
    }
    let count = conds.len();
    let ask = Ask {
        sets: sets.clone(),
        conds,
        outcomes,
        costly: true,
        ..Ask::default()
    };
    let (compiled, answer) = engine.run(&ask)?;
    let wholes = answer.tallies.iter().step_by(count);
    let wholes: Vec<Option<Found>> = wholes.map(|tally| found(engine, tally)).collect();
    let mut out = vec![None; ids.len()];
    for (j, &(_, i)) in sorted.iter().enumerate() {
        let mut horizons = Vec::new();
        let mut all = Vec::new();
        for (h, own) in leaders.iter().enumerate() {
            let tallies = &answer.tallies[h * count..][..count];
            let whole = wholes[h].as_ref();
            let there = found(engine, &tallies[1 + 2 * j]);
            let absent = found(engine, &tallies[2 + 2 * j]);
            let of_absence = ratio(absent.as_ref(), whole).unwrap_or(0.0);
            let chance = share(there.as_ref(), whole).unwrap_or(Estimate::exact(0.0));
            let given = Found::given(there.as_ref(), chance.value);
            let absent = Found::given(absent.as_ref(), of_absence);
            let leads = |at: Vec<f64>| match outcomes {
                true => engine.leader(&at).0,
                false => *own,
            };
            let leader = given.values().map_or(*own, leads);
            let without = absent.values().map(leads);
            horizons.push(Conditional {
                chance,
                effective: there.as_ref().and_then(Found::effective),
                given,
                absent,
                leader,
                flips: leader != *own,
                without,
                absence_flips: without.is_some_and(|o| o != *own),
            });
            all.push(there);
        }
        let tallies: Vec<&Tally> = answer
            .tallies
            .chunks_exact(count)
            .map(|tallies| &tallies[1 + 2 * j])
            .collect();
        let verdict = ChangeVerdict {
            change: ids[i],
            horizons,
            idle: match outcomes {
                true => idle(engine, &compiled, 1 + 2 * j, &tallies),
                false => Vec::new(),
            },
        };
        out[i] = Some(Changed {
            verdict,
            found: all,
        });
    }
    Ok(out.into_iter().flatten().collect())
}

/// Names whose coming would help the condition to hold, but which it never waits for.
fn idle(
    engine: &Engine<'_>,
    compiled: &Compiled,
    cond: usize,
    tallies: &[&Tally],
) -> Vec<DriverId> {
    let function = &compiled.structure.shape.conds[cond];
    let mut used = Vec::new();
    let mut possible = false;
    for tally in tallies {
        if let Some(power) = tally.power() {
            possible = true;
            used.extend(compiled.used(tally, power));
        }
    }
    let mut idle: Vec<DriverId> = function
        .support
        .iter()
        .enumerate()
        .filter(|&(j, &var)| {
            let helps = |a: usize| {
                a >> j & 1 == 0 && function.values[a] == 0 && function.values[a | 1 << j] == 1
            };
            let driver = compiled.structure.shape.vars.get(var);
            driver.is_some_and(|d| {
                matches!(
                    engine.model.drivers[*d].what,
                    What::Hypothetical | What::Assumption
                ) && !used.contains(d)
            }) && (0..function.values.len()).any(helps)
        })
        .map(|(_, &var)| engine.model.drivers[compiled.structure.shape.vars[var]].id)
        .collect();
    idle.sort_unstable();
    if possible { idle } else { Vec::new() }
}
