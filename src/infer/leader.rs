//! Which outcome is likeliest, and by how much.
//!
//! In: probabilities by outcome. Out: the leader and its margin; a tie goes to the name that is
//! first in the alphabet.

use crate::resolve::assessment::{Assessment, OutcomeId, QuestionId};
use crate::resolve::table::Id;

/// Probabilities nearer than this are a tie: sums differ by as much.
const TIE: f64 = 1e-12;

/// The likeliest outcome and its probability less the next one's.
pub(crate) fn leader(assessment: &Assessment, probabilities: &[f64]) -> (OutcomeId, f64) {
    likeliest(assessment, assessment.outcomes.ids(), &|o| {
        probabilities[o.index()]
    })
}

/// The same of one question, told the probabilities of its outcomes.
pub(crate) fn of_question(
    assessment: &Assessment,
    question: QuestionId,
    probabilities: &[f64],
) -> (OutcomeId, f64) {
    let spec = &assessment.questions[question];
    likeliest(assessment, spec.ids(), &|o| probabilities[spec.place(o)])
}

/// The likeliest of some outcomes by a number of each, and that number less the next one's; of none the first there is.
pub(crate) fn likeliest(
    assessment: &Assessment,
    ids: impl Iterator<Item = OutcomeId> + Clone,
    of: &dyn Fn(OutcomeId) -> f64,
) -> (OutcomeId, f64) {
    let mut most: Option<(OutcomeId, f64)> = None;
    let mut next = f64::NEG_INFINITY;
    for id in ids.clone() {
        let number = of(id);
        match most {
            Some((_, most)) if number <= most => next = next.max(number),
            _ => next = most.replace((id, number)).map_or(next, |(_, last)| last),
        }
    }
    match most {
        None => (OutcomeId::new(0), 0.0),
        // Only what is about level is told apart by names.
        Some((_, most)) if most - next <= 2.0 * TIE => {
            let mut ids: Vec<OutcomeId> = ids.collect();
            ids.sort_by_key(|&o| assessment.outcomes.name(o));
            first(&ids, of)
        }
        Some((best, most)) => (best, most - next),
    }
}

/// The likeliest of outcomes that stand in the order of their names, and its number less the next one's.
pub(crate) fn first<O: Copy + PartialEq>(ids: &[O], of: impl Fn(O) -> f64) -> (O, f64) {
    let mut best = ids[0];
    for &o in &ids[1..] {
        if of(o) > of(best) + TIE {
            best = o;
        }
    }
    let others = ids.iter().filter(|&&o| o != best);
    let next = others.map(|&o| of(o)).fold(f64::NEG_INFINITY, f64::max);
    (best, (of(best) - next).max(0.0))
}
