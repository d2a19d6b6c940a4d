//! What one driver does: the verdict with it beside the verdict without it.
//!
//! In: a context and a driver. Out: both, by horizon and outcome. What can only hold where a
//! hypothetical event happens is judged among the cases in which it holds, since in the verdict it
//! never does.

use super::leads::lead;
use super::{Context, figures};
use crate::infer::verdict::Verdict;
use crate::infer::{Probabilities, Probable};
use crate::resolve::assessment::{
    Assessment, DriverId, HorizonId, OutcomeId, Prop, QuestionId, What,
};
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;

/// Probabilities nearer to each other than this count as equal: sums of doubles miss by less.
pub(crate) const TIE: f64 = 1e-9;

/// One driver's effect.
#[derive(Debug, Clone)]
pub struct Effect {
    /// By horizon; none where the driver cannot hold there.
    pub(crate) horizons: Vec<Option<Both>>,
    /// Whether these are verdicts given that the driver holds.
    pub(crate) given: bool,
}

/// The probabilities of one horizon, by outcome.
#[derive(Debug, Clone)]
pub struct Both {
    /// With the driver.
    pub(crate) with: Vec<f64>,
    /// Without its weights, counts and likelihood.
    pub(crate) without: Vec<f64>,
}

impl Both {
    /// What the driver adds to an outcome, a share of 1.
    pub fn shift(&self, outcome: OutcomeId) -> f64 {
        self.with[outcome.index()] - self.without[outcome.index()]
    }
}

impl Effect {
    /// The largest change of an outcome's odds, in decibans without a sign.
    pub fn largest_odds(&self) -> f64 {
        let both = self.horizons.iter().flatten();
        let each = both.flat_map(|b| b.with.iter().zip(&b.without));
        each.fold(0.0, |most, (with, without)| {
            most.max(odds(*with, *without).abs())
        })
    }

    /// The largest shift, and where: of equals the first horizon and outcome.
    pub fn largest(&self) -> Option<(f64, HorizonId, OutcomeId)> {
        let mut largest: Option<(f64, HorizonId, OutcomeId)> = None;
        for (h, both) in self.horizons.iter().enumerate() {
            for o in 0..both.as_ref().map_or(0, |b| b.with.len()) {
                let outcome = OutcomeId::new(o);
                let shift = both.as_ref().map_or(0.0, |b| b.shift(outcome));
                if largest.is_none_or(|(most, ..)| shift.abs() > most.abs() + TIE) {
                    largest = Some((shift, HorizonId::new(h), outcome));
                }
            }
        }
        largest
    }
}

/// By how many decibans the odds of `with` exceed those of `without`; 0 where neither can come.
pub(crate) fn odds(with: f64, without: f64) -> f64 {
    let log = |p: f64| libm::log(p / (1.0 - p));
    if (with - without).abs() < 1e-15 {
        return 0.0;
    }
    (log(with) - log(without)) / DECIBAN
}

/// By horizon and outcome; none where what is given cannot hold.
pub(super) type ByHorizon = Vec<Option<Vec<f64>>>;

/// The verdict given a driver, where that alone says what it does: where it can hold, but never does as the file stands.
pub(super) fn given(context: &Context, driver: DriverId) -> Option<Option<ByHorizon>> {
    let is = Prop::Is(driver);
    Some(match &context.assessment.drivers[driver].what {
        What::Factor(rows) if rows.iter().all(|row| row.given.is_none()) => None,
        What::Assumption(_) => None,
        _ if happens(context.verdict()?, driver) => None,
        What::Change { .. } => {
            let sides = context.sides(driver);
            sides.map(|at| at.iter().map(|h| h.given.values()).collect())
        }
        _ => {
            let given = context.silent(&[], Some(&is))?;
            let hypothetical = |at: &Probable| at.chance <= 0.0;
            let all = given.horizons.iter().flatten().all(hypothetical);
            all.then(|| outcomes(&given))
        }
    })
}

/// The effect of a factor, event or change; none beyond exact inference, and where it can hold in
/// no horizon.
pub(super) fn effect(context: &Context, driver: DriverId) -> Option<Effect> {
    let is = Prop::Is(driver);
    let effect = match given(context, driver)? {
        Some(given) => Effect {
            horizons: both(given, outcomes(&context.silent(&[driver], Some(&is))?)),
            given: true,
        },
        None => Effect {
            horizons: both(
                outcomes(context.probabilities()?),
                outcomes(context.without(driver)?),
            ),
            given: false,
        },
    };
    effect
        .horizons
        .iter()
        .any(Option::is_some)
        .then_some(effect)
}

/// Whether the verdict gives an event or change a chance.
fn happens(verdict: &Verdict, driver: DriverId) -> bool {
    let change = verdict.changes.iter().filter(|c| c.change == driver);
    let mut chances = change.flat_map(|c| &c.horizons).map(|h| h.chance.value);
    let event = verdict.events.iter().filter(|e| e.event == driver);
    let mut others = event.flat_map(|e| &e.horizons).map(|h| h.chance.value);
    chances.any(|p| p > 0.0) || others.any(|p| p > 0.0)
}

/// By horizon and outcome.
pub(super) fn outcomes(all: &Probabilities) -> ByHorizon {
    let horizons = all.horizons.iter();
    horizons
        .map(|at| at.as_ref().map(|at| at.outcomes.clone()))
        .collect()
}

fn both(with: ByHorizon, without: ByHorizon) -> Vec<Option<Both>> {
    let pairs = with.into_iter().zip(without);
    pairs
        .map(|(with, without)| {
            Some(Both {
                with: with?,
                without: without?,
            })
        })
        .collect()
}

/// A question's leader that a change turns in a horizon; a tie, before or after, is no change.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Turn {
    /// When.
    pub(crate) horizon: HorizonId,
    /// Whose leader.
    pub(crate) question: QuestionId,
    /// What leads before.
    pub(crate) old: OutcomeId,
    /// What leads after.
    pub(crate) new: OutcomeId,
}

/// Every turn of a leader, by horizon and question.
pub(crate) fn turns(
    assessment: &Assessment,
    before: &Probabilities,
    after: &Probabilities,
) -> Vec<Turn> {
    let pairs = before.horizons.iter().zip(&after.horizons);
    let mut found = Vec::new();
    for (horizon, (before, after)) in assessment.horizons.ids().zip(pairs) {
        let (Some(before), Some(after)) = (before, after) else {
            continue;
        };
        let (before, after) = (&before.outcomes, &after.outcomes);
        for (question, asked) in assessment.questions.iter() {
            let both = lead(assessment, asked, before).zip(lead(assessment, asked, after));
            let Some((old, new)) = both.map(|(a, b)| (a.leader, b.leader)) else {
                continue;
            };
            let led = before[old.index()] - before[new.index()] > TIE;
            let leads = after[new.index()] - after[old.index()] > TIE;
            if led && leads {
                found.push(Turn {
                    horizon,
                    question,
                    old,
                    new,
                });
            }
        }
    }
    found
}

/// The first of some turns in words, with how many more horizons there are.
pub(crate) fn told(
    assessment: &Assessment,
    before: &Probabilities,
    after: &Probabilities,
    turns: &[Turn],
) -> Option<(HorizonId, String)> {
    let first = turns.first()?;
    let share = |all: &Probabilities, o: OutcomeId| {
        let at = all.horizons[first.horizon.index()].as_ref();
        at.map_or_else(String::new, |at| figures::percent(at.outcomes[o.index()]))
    };
    let mut others: Vec<HorizonId> = turns.iter().map(|turn| turn.horizon).collect();
    others.dedup();
    let more = match others.len() - 1 {
        0 => String::new(),
        1 => ", and another horizon's leader changes too".to_owned(),
        n => format!(", and the leader of {n} other horizons changes too"),
    };
    let text = format!(
        "`{}` leads in `{}` with {}, where `{}` now has {}{more}",
        assessment.outcomes.name(first.new),
        assessment.horizons.name(first.horizon),
        share(after, first.new),
        assessment.outcomes.name(first.old),
        share(before, first.old),
    );
    Some((first.horizon, text))
}

/// The first horizon whose leader a change turns, and how, with how many more it turns.
pub(crate) fn turn(
    assessment: &Assessment,
    before: &Probabilities,
    after: &Probabilities,
) -> Option<(HorizonId, String)> {
    let turns = turns(assessment, before, after);
    told(assessment, before, after, &turns)
}
