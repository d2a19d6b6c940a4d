//! What makes each push as large as it is.
//!
//! In: a verdict with what it was computed from. Out: for every driver how likely it is to push, its
//! push as stated and what rating, counts and overlap leave of it; and why what moves nothing moves
//! nothing.

use super::super::contributions::{Pushed, decibans};
use super::super::evaluate::Known;
use super::super::events;
use crate::diag::Diagnostic;
use crate::resolve::assessment::{Assessment, DriverId, Prop, What};
use crate::strengths::DECIBAN;

/// Contributions nearer to 0 than this, in percentage points, are rounding.
const NOTHING: f64 = 1e-9;

/// A driver, and what makes its pushes as large as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The driver.
    pub driver: DriverId,
    /// By horizon, how likely it is to push: that it holds, or that an assumption is wrong. NaN
    /// where what is given cannot hold.
    pub chance: Vec<f64>,
    /// By horizon and outcome; empty where the driver states no weight.
    pub parts: Vec<Vec<Part>>,
    /// Why it moves no outcome in any horizon, if it moves none.
    pub idle: Option<Idle>,
    /// The drivers whose `when` or `given` names it.
    pub feeds: Vec<DriverId>,
}

/// One push, taken apart: `stated · discount · count · overlap` is `decibans`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// As the file states it, in decibans; above 0 for, below 0 against.
    pub stated: f64,
    /// What `count` clauses leave of it, on average over the cases in which it pushes.
    pub count: f64,
    /// What overlap leaves of it, on average over the same.
    pub overlap: f64,
    /// The push in the end, in decibans.
    pub decibans: f64,
}

/// Why a driver moves nothing. What is wholly overlapped, or counted for nothing, is no such case: it
/// has its share of what it and the other do together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// It states no weight and counts nothing.
    Silent,
    /// It is an event without a chance.
    Hypothetical,
    /// It is an assumption, and holds.
    Assumed,
    /// It never holds in the verdict.
    Never,
    /// Its ratios are 1:1.
    Even,
    /// Its pushes cancel, or what they push is settled.
    Cancelled,
}

pub(super) fn reasons(known: &mut Known<'_>) -> Result<Vec<Reason>, Box<Diagnostic>> {
    let engine = &mut known.answers.engine;
    let horizons = engine.model.horizons();
    let outcomes = engine.model.outcomes.len();
    let Pushed { all, counted } = match known.pushed.take() {
        Some(pushed) => pushed,
        None => {
            let all = decibans(engine, &known.pass, known.given.as_ref())?;
            // The same without overlap: what then is left of the push, counts leave.
            let shares = std::mem::take(&mut engine.point.shares);
            engine.point.shares = vec![0.0; shares.len()];
            let counted = decibans(engine, &known.pass, known.given.as_ref());
            engine.point.shares = shares;
            let counted = counted?;
            Pushed { all, counted }
        }
    };

    let mut reasons = Vec::new();
    for (driver, stated) in engine.assessment.drivers.iter() {
        let place = engine.place(driver);
        let mut chance = events::chances(engine, &known.sets, known.given.as_ref(), place)?;
        if matches!(stated.what, What::Assumption(_)) {
            chance.iter_mut().for_each(|p| *p = 1.0 - *p);
        }
        let pushes = &engine.model.drivers[place].pushes;
        let part = |h: usize, o: usize| {
            let own = pushes.iter().filter(|p| p.0 == o);
            let full: f64 = own.map(|p| engine.point.push_at(p.1, h + 1)).sum();
            let full = full / DECIBAN;
            let at = (place * horizons + h) * outcomes + o;
            let share = |part: f64, whole: f64| if whole == 0.0 { 1.0 } else { part / whole };
            Part {
                stated: share(full, stated.discount) * f64::from(u8::from(full != 0.0)),
                count: share(counted[at], full),
                overlap: share(all[at], counted[at]),
                decibans: all[at],
            }
        };
        let places: Vec<usize> = engine
            .assessment
            .outcomes
            .ids()
            .map(|o| engine.outcome(o))
            .collect();
        let parts: Vec<Vec<Part>> = match pushes.is_empty() {
            true => Vec::new(),
            false => (0..horizons)
                .map(|h| places.iter().map(|&o| part(h, o)).collect())
                .collect(),
        };
        let all = &known.verdict.contributions;
        let first = all.partition_point(|c| c.driver < driver);
        let mut own = all[first..].iter().take_while(|c| c.driver == driver);
        let moves = own.any(|c| c.points.abs() > NOTHING);
        let counts = matches!(&stated.what, What::Change { counts, .. } if !counts.is_empty());
        let idle = (!moves).then(|| match () {
            () if stated.is_hypothetical() && chance.iter().all(|p| *p <= 0.0) => {
                Idle::Hypothetical
            }
            () if parts.is_empty() && !counts => Idle::Silent,
            () => why(&stated.what, &chance, &parts),
        });
        reasons.push(Reason {
            driver,
            chance,
            parts,
            idle,
            feeds: feeds(engine.assessment, driver),
        });
    }
    Ok(reasons)
}

/// The drivers whose `when` or `given` names one.
fn feeds(assessment: &Assessment, driver: DriverId) -> Vec<DriverId> {
    let all = assessment.drivers.iter();
    let fed = all.filter(|(_, other)| match &other.what {
        What::Event(rows) => rows
            .iter()
            .filter_map(|r| r.given.as_ref())
            .any(|p| names(p, driver)),
        What::Factor(rows) => rows
            .iter()
            .filter_map(|r| r.given.as_ref())
            .any(|p| names(p, driver)),
        What::Change { when, .. } => names(when, driver),
        What::Assumption(_) => false,
    });
    fed.map(|(id, _)| id).collect()
}

fn names(prop: &Prop, driver: DriverId) -> bool {
    match prop {
        Prop::Is(other) => *other == driver,
        Prop::Outcome(_) => false,
        Prop::Not(inner) => names(inner, driver),
        Prop::All(list) | Prop::Any(list) | Prop::AtLeast(_, list) => {
            list.iter().any(|inner| names(inner, driver))
        }
    }
}

/// Why a driver that states something moves nothing.
fn why(what: &What, chance: &[f64], parts: &[Vec<Part>]) -> Idle {
    let mut there = parts
        .iter()
        .zip(chance)
        .filter(|(_, p)| **p > 0.0)
        .flat_map(|(parts, _)| parts)
        .filter(|part| part.stated != 0.0)
        .peekable();
    if chance.iter().all(|p| *p <= 0.0) {
        return match what {
            What::Assumption(_) => Idle::Assumed,
            _ => Idle::Never,
        };
    }
    if there.peek().is_none() {
        return Idle::Even;
    }
    Idle::Cancelled
}
