//! Which of the numbers that an assessment states have a range, and ranges lent to those that have
//! none.
//!
//! In: an assessment. Out: how many clauses state a range, and how many a plain number, which an
//! interval takes to be exact; or the assessment with a range about every plain number. What is 0% or
//! 100% has no odds and stays so.

use super::assessment::{
    Assessment, Clause, Curve, Driver, Law, Number, Prior, PriorOf, Weight, What,
};
use crate::phrases::Phrases;
use crate::strengths::DECIBAN;
use crate::text::decimal;
use crate::text::lang::Lang;
use std::collections::BTreeSet;

/// How many clauses state their numbers with a range, and how many without.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ranges {
    /// Clauses with a range: words, counts and ranges.
    pub(crate) stated: usize,
    /// Rows of the prior without one.
    pub(crate) prior: usize,
    /// Whether no row of the prior has one.
    pub(crate) whole_prior: bool,
    /// Rows of `chance` and `holds` without one.
    pub(crate) chances: usize,
    /// Clauses of weights without one.
    pub(crate) weights: usize,
    /// Likelihoods without one.
    pub(crate) likelihoods: usize,
}

/// Ranges that a reader lent to plain numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct Lent {
    /// Half the width of each, in decibans of odds or of a ratio.
    pub(crate) decibans: f64,
    /// What had a range before, and what had none.
    pub(crate) before: Ranges,
}

/// What one clause states.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    Prior,
    Chance,
    Weight,
    Likelihood,
}

impl Ranges {
    /// Of an assessment as it stands.
    pub fn of(assessment: &Assessment) -> Ranges {
        let mut found = Ranges::default();
        let mut ranged_prior = 0;
        let mut seen = BTreeSet::new();
        each(assessment, &mut |kind, key, numbers| {
            if !seen.insert(key.to_owned()) {
                return;
            }
            // Where some of a clause's numbers have a range, those without are one judgement with it.
            if numbers.iter().any(|n| n.law != Law::Fixed) {
                found.stated += 1;
                ranged_prior += usize::from(kind == Kind::Prior);
            } else if numbers.iter().any(|n| is_open(kind, n)) {
                match kind {
                    Kind::Prior => found.prior += 1,
                    Kind::Chance => found.chances += 1,
                    Kind::Weight => found.weights += 1,
                    Kind::Likelihood => found.likelihoods += 1,
                }
            }
        });
        found.whole_prior = found.prior > 0 && ranged_prior == 0;
        found
    }

    /// Whether every number has a range.
    pub fn is_complete(&self) -> bool {
        self.prior + self.chances + self.weights + self.likelihoods == 0
    }

    /// "the prior and 9 chances", "one weight"; nothing where every number has a range.
    pub fn plain(&self, say: &Phrases) -> Option<String> {
        let some = |n: usize, key: &str| (n > 0).then(|| say.count(key, n));
        let prior = match self.whole_prior {
            true => Some(say.get("cover_prior").to_owned()),
            false => some(self.prior, "cover_shares"),
        };
        let parts = [
            prior,
            some(self.chances, "cover_chances"),
            some(self.weights, "cover_weights"),
            some(self.likelihoods, "cover_likelihoods"),
        ];
        let parts: Vec<String> = parts.into_iter().flatten().collect();
        (!parts.is_empty()).then(|| say.list(&parts))
    }

    /// Whether what has no range is one thing.
    fn is_one(&self) -> bool {
        let counted = self.chances + self.weights + self.likelihoods;
        match (self.whole_prior, self.prior + counted) {
            (_, 1) => true,
            (whole, _) => whole && counted == 0,
        }
    }

    /// "has", or "have", as what has no range asks.
    fn has(&self) -> &'static str {
        if self.is_one() { "has" } else { "have" }
    }

    /// What an interval covers, in a sentence.
    fn sentence(&self, say: &Phrases) -> String {
        if self.stated == 0 {
            return say.get("cover_none").to_owned();
        }
        let stated = say.count("cover_stated", self.stated);
        match self.plain(say) {
            None => say.fill("cover_all", &[("stated", &stated)]),
            Some(plain) => {
                let key = if self.is_one() {
                    "cover_has"
                } else {
                    "cover_have"
                };
                say.fill(key, &[("stated", &stated), ("plain", &plain)])
            }
        }
    }
}

impl Assessment {
    /// What the intervals cover, in a sentence or two.
    pub fn coverage(&self, say: &Phrases) -> String {
        let Some(lent) = &self.lent else {
            let ranges = Ranges::of(self);
            // A quantity has a distribution, and percentiles, whatever chances have.
            return match ranges.stated == 0 && !self.quantities.is_empty() {
                true => say.get("cover_none_chances").to_owned(),
                false => ranges.sentence(say),
            };
        };
        let english = Phrases::of(Lang::En);
        let half = decimal::short(lent.decibans, 2);
        let stated = match lent.before.stated {
            0 => String::new(),
            1 => "the one stated range, and ".to_owned(),
            n => format!("the {n} stated ranges, and "),
        };
        match lent.before.plain(english) {
            None => format!(
                "`--vague {half}dB` lends nothing: every number is stated with a range. {}",
                lent.before.sentence(english)
            ),
            Some(plain) => format!(
                "The intervals cover {stated}what `--vague {half}dB` lends: a range of {half} dB to either side \
                 of {plain}, which {} none.",
                lent.before.has()
            ),
        }
    }

    /// Gives every plain number a range of so many decibans to either side.
    pub fn lend(&mut self, decibans: f64) {
        self.lent = Some(Lent {
            decibans,
            before: Ranges::of(self),
        });
        let half = decibans * DECIBAN;
        let questions: Vec<_> = self.questions.ids().collect();
        for question in questions {
            let rows = self.questions[question].priors.iter_mut();
            rows.flat_map(|row| &mut row.prior.outcomes)
                .for_each(|of| match of {
                    PriorOf::Rest(_) | PriorOf::Decided => {}
                    PriorOf::Curve(clause) => of_curve(&mut clause.values, half),
                    PriorOf::Shares(clause) => of_chances(&mut clause.values, half),
                });
        }
        let ids: Vec<_> = self.drivers.ids().collect();
        for id in ids {
            let driver = &mut self.drivers[id];
            match &mut driver.what {
                What::Event(rows) => rows
                    .iter_mut()
                    .for_each(|row| of_curve(&mut row.clause.values, half)),
                What::Factor(rows) => rows
                    .iter_mut()
                    .for_each(|row| of_chances(&mut row.clause.values, half)),
                What::Change { .. } | What::Assumption(_) => {}
            }
            for weight in &mut driver.weights {
                for number in weight.clause.values.iter_mut().flatten() {
                    if number.law == Law::Fixed {
                        number.law = Law::Normal {
                            low: number.point - half,
                            high: number.point + half,
                        };
                    }
                }
            }
            for likelihood in &mut driver.likelihoods {
                of_chances(&mut likelihood.clause.values, half);
            }
        }
    }
}

/// Whether a plain number could have a range.
fn is_open(kind: Kind, number: &Number) -> bool {
    kind == Kind::Weight || 0.0 < number.point && number.point < 1.0
}

fn of_curve(curve: &mut Curve, half: f64) {
    match curve {
        Curve::Points(points) => points
            .iter_mut()
            .for_each(|p| of_chance(&mut p.chance, half)),
        Curve::PerYear(rate) => of_chance(rate, half),
        // A count has its range.
        Curve::Times(_) => {}
    }
}

fn of_chances(numbers: &mut [Number], half: f64) {
    numbers.iter_mut().for_each(|n| of_chance(n, half));
}

fn of_chance(number: &mut Number, half: f64) {
    if number.law != Law::Fixed || !is_open(Kind::Chance, number) {
        return;
    }
    let odds = number.point / (1.0 - number.point);
    let share = |odds: f64| odds / (1.0 + odds);
    number.law = Law::LogitNormal {
        low: share(odds * libm::exp(-half)),
        high: share(odds * libm::exp(half)),
    };
}

/// Calls `f` with every clause that states judgements: its kind, its key and its numbers.
pub(super) fn each(assessment: &Assessment, f: &mut impl FnMut(Kind, &str, &[&Number])) {
    for of in assessment.priors().flat_map(|p: &Prior| &p.outcomes) {
        match of {
            PriorOf::Rest(_) | PriorOf::Decided => {}
            PriorOf::Curve(clause) => curve(Kind::Prior, clause, f),
            PriorOf::Shares(clause) => {
                f(
                    Kind::Prior,
                    &clause.key,
                    &clause.values.iter().collect::<Vec<_>>(),
                );
            }
        }
    }
    for driver in assessment.drivers.values() {
        of_driver(driver, f);
    }
}

fn of_driver(driver: &Driver, f: &mut impl FnMut(Kind, &str, &[&Number])) {
    match &driver.what {
        What::Event(rows) => rows
            .iter()
            .for_each(|row| curve(Kind::Chance, &row.clause, f)),
        What::Factor(rows) => rows.iter().for_each(|row| {
            let values: Vec<&Number> = row.clause.values.iter().collect();
            f(Kind::Chance, &row.clause.key, &values);
        }),
        What::Change { .. } | What::Assumption(_) => {}
    }
    let weights = driver.weights.iter().map(|w: &Weight| &w.clause);
    for clause in weights {
        let values: Vec<&Number> = clause.values.iter().flatten().collect();
        f(Kind::Weight, &clause.key, &values);
    }
    // A move without a range is an amount, and no weight that lacks one.
    for clause in driver.moves.iter().map(|m| &m.clause) {
        let values: Vec<&Number> = clause.values.iter().flatten().collect();
        if values.iter().any(|n| n.law != Law::Fixed) {
            f(Kind::Weight, &clause.key, &values);
        }
    }
    for clause in driver.likelihoods.iter().map(|l| &l.clause) {
        f(
            Kind::Likelihood,
            &clause.key,
            &clause.values.iter().collect::<Vec<_>>(),
        );
    }
}

fn curve(kind: Kind, clause: &Clause<Curve>, f: &mut impl FnMut(Kind, &str, &[&Number])) {
    let numbers: Vec<&Number> = match &clause.values {
        Curve::Points(points) => points.iter().map(|p| &p.chance).collect(),
        Curve::PerYear(rate) | Curve::Times(rate) => vec![rate],
    };
    f(kind, &clause.key, &numbers);
}
