//! What is worth watching: the value of knowing each event.
//!
//! In: a verdict with what it was computed from, a score, and the outcomes that are scored. Out: for every event and
//! horizon the expected drop of the score that the verdict expects of itself, from learning whether the event happens
//! by then. For Brier's, summed over the outcomes, Σ p(1 − p) drops by q(1 − q)·Σ (p given − p absent)²: the resolution
//! of Murphy (1973), and the value of information (Raiffa and Schlaifer 1961) under the quadratic score. For the
//! logarithmic one, −Σ p·log₂ p drops by what event and outcomes tell of each other (Shannon 1948).

use super::super::conditional;
use super::super::evaluate::Known;
use crate::diag::Diagnostic;
use crate::infer::verdict::{ChangeVerdict, Verdict};
use crate::resolve::assessment::{Assessment, DriverId, DriverKind, OutcomeId};
use crate::resolve::table::Id;
use std::ops::Range;

/// How a forecast is scored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Score {
    /// Brier's, quadratic: points in the middle count most.
    #[default]
    Brier,
    /// The logarithm of the probability of what comes, in bits: tails count, too.
    Log,
}

/// By what the value of knowing an event is measured.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Watching {
    pub(crate) score: Score,
    /// The outcomes that are told apart, all others as one; every outcome where it is empty.
    pub(crate) outcomes: Vec<OutcomeId>,
}

/// What it is worth to learn of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct Watched {
    /// The event.
    pub event: DriverId,
    /// By horizon.
    pub horizons: Vec<Sharpening>,
}

/// How much learning of an event by a horizon sharpens the verdict there.
#[derive(Debug, Clone, PartialEq)]
pub struct Sharpening {
    /// How likely the event is.
    pub(crate) chance: f64,
    /// The expected drop of the score: of Brier's, summed over the outcomes, 0 to 2; of the logarithmic one, in
    /// bits. NaN where what is given cannot hold.
    pub drop: f64,
    /// The score that the verdict expects of itself as it stands, to which the drop compares.
    pub score: f64,
    /// The outcomes given the event and given its absence; none where it cannot happen, or cannot
    /// fail to.
    pub(crate) outcomes: Option<(Vec<f64>, Vec<f64>)>,
}

/// What rounding alone makes of two numbers that are equal: an event that tells nothing drops nothing.
const NOISE: f64 = 1e-13;

pub(super) fn watch(known: &mut Known<'_>, by: &Watching) -> Result<Vec<Watched>, Box<Diagnostic>> {
    let drivers = known.answers.engine.assessment.drivers.iter();
    let ids: Vec<DriverId> = drivers
        .filter(|(_, d)| d.kind() == DriverKind::Event)
        .map(|(id, _)| id)
        .collect();
    let leaders: Vec<OutcomeId> = known.verdict.horizons.iter().map(|h| h.leader).collect();
    let found = conditional::each(
        &mut known.answers.engine,
        &known.sets,
        known.given.as_ref(),
        &leaders,
        ids,
    )?;
    let (a, verdict) = (known.answers.engine.assessment, &known.verdict);
    let all = found.into_iter().map(|of| of.verdict);
    Ok(all.map(|of| Watched::new(by, a, verdict, of)).collect())
}

impl Watched {
    /// What it is worth to learn of an event, from the verdict given it and given its absence.
    pub(in crate::infer) fn new(
        by: &Watching,
        assessment: &Assessment,
        verdict: &Verdict,
        of: ChangeVerdict,
    ) -> Self {
        let questions = assessment.questions.values();
        let questions = questions.map(|q| q.outcomes.start as usize..q.outcomes.end as usize);
        let questions: Vec<Range<usize>> = questions.collect();
        let horizons = of.horizons.into_iter().zip(&verdict.horizons);
        let horizons = horizons.map(|(at, verdict)| {
            let now: Vec<f64> = verdict
                .outcomes
                .iter()
                .map(|o| o.probability.value)
                .collect();
            let outcomes = at.given.values().zip(at.absent.values());
            let chance = at.chance.value;
            let (score, drop) = by.sharpened(&questions, chance, &now, outcomes.as_ref());
            Sharpening {
                chance,
                drop,
                score,
                outcomes,
            }
        });
        Watched {
            event: of.change,
            horizons: horizons.collect(),
        }
    }
}

impl Watching {
    /// The expected score, and by how much it drops.
    fn sharpened(
        &self,
        questions: &[Range<usize>],
        q: f64,
        now: &[f64],
        outcomes: Option<&(Vec<f64>, Vec<f64>)>,
    ) -> (f64, f64) {
        let score = self.expected(&self.told_apart(questions, now));
        let Some((given, absent)) = outcomes else {
            return (score, if score.is_nan() { f64::NAN } else { 0.0 });
        };
        let [given, absent] = [given, absent].map(|p| self.told_apart(questions, p));
        let drop = match self.score {
            Score::Brier => {
                let pairs = given.iter().zip(&absent);
                let apart = pairs.map(|(a, b)| (a - b).abs()).filter(|d| *d > NOISE);
                q * (1.0 - q) * apart.fold(0.0, |sum, d| sum + d * d)
            }
            // What is learned is about their mixture, which the verdict is but for rounding and sampling.
            Score::Log => {
                let pairs = given.iter().zip(&absent);
                let mixed: Vec<f64> = pairs.map(|(a, b)| q * a + (1.0 - q) * b).collect();
                let left = q * self.expected(&given) + (1.0 - q) * self.expected(&absent);
                let drop = self.expected(&mixed) - left;
                if drop > NOISE { drop } else { 0.0 }
            }
        };
        (score, if score.is_nan() { f64::NAN } else { drop })
    }

    /// The outcomes that are told apart, and all others of their question as one.
    fn told_apart(&self, questions: &[Range<usize>], all: &[f64]) -> Vec<f64> {
        if self.outcomes.is_empty() || self.outcomes.len() >= all.len() {
            return all.to_vec();
        }
        let mut apart = Vec::new();
        for question in questions {
            let is_own = |o: &&OutcomeId| question.contains(&o.index());
            let own = self.outcomes.iter().filter(is_own);
            apart.extend(own.clone().map(|o| all[o.index()]));
            let is_rest = |i: &usize| self.outcomes.iter().all(|o| o.index() != *i);
            if own.count() > 0 {
                let rest = question.clone().filter(is_rest);
                apart.push(rest.map(|i| all[i]).sum());
            }
        }
        apart
    }

    /// The score that a forecast expects of itself.
    fn expected(&self, all: &[f64]) -> f64 {
        let each = all.iter().map(|&p| match self.score {
            Score::Brier => p * (1.0 - p),
            Score::Log if p <= 0.0 => 0.0,
            Score::Log => -p * libm::log2(p),
        });
        each.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{OutcomeId, Score, Watching};
    use crate::resolve::table::Id;
    use std::slice::from_ref;

    fn by(score: Score, outcomes: &[usize]) -> Watching {
        Watching {
            score,
            outcomes: outcomes.iter().map(|&o| OutcomeId::new(o)).collect(),
        }
    }

    /// An event of 50% that settles a question of 50%: everything is learned.
    #[test]
    fn what_settles_all_is_worth_all() {
        let outcomes = (vec![1.0, 0.0], vec![0.0, 1.0]);
        for score in [Score::Brier, Score::Log] {
            let (score, drop) =
                by(score, &[]).sharpened(from_ref(&(0..2)), 0.5, &[0.5, 0.5], Some(&outcomes));
            assert!((score - drop).abs() < 1e-12, "{score} {drop}");
        }
    }

    /// What moves two outcomes against each other teaches nothing about the third alone.
    #[test]
    fn an_outcome_alone() {
        let outcomes = (vec![0.1, 0.8, 0.1], vec![0.1, 0.1, 0.8]);
        let now = [0.1, 0.45, 0.45];
        for score in [Score::Brier, Score::Log] {
            let of = |o: &[usize]| {
                by(score, o)
                    .sharpened(from_ref(&(0..3)), 0.5, &now, Some(&outcomes))
                    .1
            };
            assert!(of(&[0]).abs() < 1e-12);
            assert!(of(&[]) > 0.1 && of(&[1]) > 0.1);
        }
    }

    /// 1% or 0.01%: next to nothing for Brier, much of what there is to know for the logarithm.
    #[test]
    fn the_logarithm_counts_tails() {
        let outcomes = (vec![0.02, 0.98], vec![0.0, 1.0]);
        let share = |score| {
            let (score, drop) =
                by(score, &[]).sharpened(from_ref(&(0..2)), 0.5, &[0.01, 0.99], Some(&outcomes));
            drop / score
        };
        assert!(share(Score::Brier) < 0.011, "{}", share(Score::Brier));
        assert!(share(Score::Log) > 0.1, "{}", share(Score::Log));
    }
}
