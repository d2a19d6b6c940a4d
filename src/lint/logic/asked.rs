//! What questions settle of their outcomes: one is so at a time, and what decides them.
//!
//! In: an assessment and the outcomes in play. Out: [`Fact`]s of the end of each horizon.

use super::facts::{Atom, Fact};
use crate::diag::suggest::list;
use crate::lint::say;
use crate::resolve::assessment::{Assessment, Decided, OutcomeId, PriorOf, Prop, Question};
use std::collections::BTreeSet;

fn not(prop: Prop) -> Prop {
    Prop::Not(Box::new(prop))
}

/// What is known of one outcome by itself.
pub(super) fn facts(assessment: &Assessment, outcome: OutcomeId) -> Vec<Fact> {
    let question = assessment.question_of(outcome);
    match &assessment.outcomes[outcome].decided {
        Some(Decided::When(when)) => {
            vec![decided(assessment, question, outcome, when.clone(), || {
                let when = say::proposition(assessment, when);
                format!(
                    "`{}` is decided by `{when}`",
                    assessment.outcomes.name(outcome)
                )
            })]
        }
        Some(Decided::Otherwise) => {
            let others = question
                .ids()
                .filter_map(|o| match &assessment.outcomes[o].decided {
                    Some(Decided::When(when)) => Some(not(when.clone())),
                    _ => None,
                });
            let when = Prop::All(others.collect());
            vec![decided(assessment, question, outcome, when, || {
                format!("`{}` is what else is so", assessment.outcomes.name(outcome))
            })]
        }
        None => never(assessment, question, outcome).into_iter().collect(),
    }
}

/// A decided outcome is so only where its condition holds; and where that holds, so is it, or the question
/// has ended for good.
fn decided(
    assessment: &Assessment,
    question: &Question,
    outcome: OutcomeId,
    when: Prop,
    text: impl Fn() -> String,
) -> Fact {
    let is = Prop::Outcome(outcome);
    let only = Prop::Any(vec![not(is.clone()), when.clone()]);
    let finals = question
        .ids()
        .filter(|o| *o != outcome && assessment.outcomes[*o].is_final);
    let mut open = vec![not(when), is];
    open.extend(finals.map(Prop::Outcome));
    let holds = Prop::All(vec![only, Prop::Any(open)]);
    Fact {
        text: text(),
        by_horizon: vec![holds; assessment.horizons.len()],
    }
}

/// The horizons in which every row of the prior gives a judged outcome nothing: no weight changes that.
fn never(assessment: &Assessment, question: &Question, outcome: OutcomeId) -> Option<Fact> {
    if question.priors.is_empty() || question.counts_in.is_some() {
        return None;
    }
    let place = question.place(outcome);
    let none = |(h, days): (usize, f64)| {
        question
            .priors
            .iter()
            .all(|row| match &row.prior.outcomes[place] {
                PriorOf::Curve(clause) => clause.values.at(days) <= 0.0,
                PriorOf::Shares(clause) => clause.values[h].point <= 0.0,
                PriorOf::Rest(_) | PriorOf::Decided => false,
            })
    };
    let horizons = assessment.horizons.values().map(|h| h.days).enumerate();
    let at: Vec<bool> = horizons.map(none).collect();
    let names = assessment
        .horizons
        .ids()
        .zip(&at)
        .filter(|(_, none)| **none);
    let names: Vec<&str> = names.map(|(h, _)| assessment.horizons.name(h)).collect();
    if names.is_empty() {
        return None;
    }
    let text = format!("the prior of `{}` is 0%", assessment.outcomes.name(outcome));
    let by_horizon = at.iter().map(|none| match none {
        true => not(Prop::Outcome(outcome)),
        false => Prop::All(Vec::new()),
    });
    Some(Fact {
        text: match names.len() == at.len() {
            true => text,
            false => format!("{text} in {}", list(&names, "and")),
        },
        by_horizon: by_horizon.collect(),
    })
}

/// Of the outcomes of a question in play at most one is so, and one is where all are in play.
pub(super) fn together(assessment: &Assessment, atoms: &BTreeSet<Atom>) -> Vec<Fact> {
    let always = |text: String, prop: Prop| Fact {
        text,
        by_horizon: vec![prop; assessment.horizons.len()],
    };
    let name = |o: OutcomeId| format!("`{}`", assessment.outcomes.name(o));
    let mut facts = Vec::new();
    for question in assessment.questions.values() {
        let here = question
            .ids()
            .filter(|o| atoms.contains(&Atom::Outcome(*o)));
        let here: Vec<OutcomeId> = here.collect();
        for (index, a) in here.iter().enumerate() {
            for b in &here[index + 1..] {
                let both = Prop::All(vec![Prop::Outcome(*a), Prop::Outcome(*b)]);
                let text = format!("{} and {} answer one question", name(*a), name(*b));
                facts.push(always(text, not(both)));
            }
        }
        if here.len() == question.ids().len() && !here.is_empty() {
            let names: Vec<String> = here.iter().map(|o| name(*o)).collect();
            let any = Prop::Any(here.into_iter().map(Prop::Outcome).collect());
            facts.push(always(
                format!("one of {} is so", say::list(&names, "and")),
                any,
            ));
        }
    }
    facts
}
