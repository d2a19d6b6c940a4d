//! What in a file contributes most to a claim that fails.
//!
//! In: a claim and what the verdict says to it. Out: for each side of the claim the prior and the
//! drivers that push it most to where it should not be, in percentage points (Shapley); of what no
//! weight pushes, an event or a proposition, the clauses that state its chances.

use super::Claim;
use crate::infer::evaluate;
use crate::infer::verdict::{Answer, Options, Question, Verdict};
use crate::lint::walk::names;
use crate::resolve::assessment::{
    Assessment, DriverId, OutcomeId, Prop, Query, ScenarioId, Target, Test, What,
};
use crate::resolve::table::Id;
use crate::text::source::Span;
use std::collections::BTreeSet;

/// How many drivers are named.
const SHOWN: usize = 3;

/// Under how many different conditions claims that fail are looked into.
const CONDITIONS: usize = 32;

/// Contributions nearer to 0 than this, in percentage points, are rounding.
const NOTHING: f64 = 1e-9;

/// Where one side of a claim comes from.
#[derive(Debug, Clone, PartialEq)]
pub struct Grounds {
    /// The query that it is about, as written; of a leader, its name and horizon.
    pub(crate) query: String,
    /// Whether it is too low, rather than too high, for what is claimed.
    pub(crate) low: bool,
    /// What comes out, a share of 1.
    pub(crate) value: f64,
    /// The prior, a share of 1; none where no weight pushes what is asked about, and where the
    /// verdict is sampled.
    pub(crate) prior: Option<f64>,
    /// The drivers that push it most to that side, the largest first.
    pub(crate) steps: Vec<Step>,
    /// What its chance is stated by.
    pub(crate) rests: Vec<Rest>,
}

/// What one driver does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Step {
    pub(crate) driver: DriverId,
    /// Where it stands.
    pub(crate) span: Span,
    /// In percentage points.
    pub points: f64,
}

/// A driver whose chances a probability rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rest {
    pub(crate) driver: DriverId,
    /// Where its chance is stated.
    pub(crate) span: Span,
    /// An event's chance by that horizon, as the file stands; none for a factor.
    pub(crate) chance: Option<f64>,
}

/// Finds grounds, claim by claim; what claims have in common is computed once.
pub struct Finder<'a> {
    assessment: &'a Assessment,
    verdicts: Vec<(Condition, Option<Verdict>)>,
}

/// What a query is given, and under which scenario.
type Condition = (Option<Prop>, Option<ScenarioId>);

impl<'a> Finder<'a> {
    /// Of an assessment free of errors.
    pub fn new(assessment: &'a Assessment) -> Self {
        Finder {
            assessment,
            verdicts: Vec::new(),
        }
    }

    /// What contributes most to a claim that fails; nothing where it asks about what cannot happen.
    pub fn grounds(&mut self, claim: &Claim, answer: &Answer) -> Vec<Grounds> {
        let Some(value) = answer.value else {
            return Vec::new();
        };
        let expect = match claim {
            Claim::Bet(bet) => return self.one(&bet.on, value, true).into_iter().collect(),
            Claim::Expect(expect) => expect,
        };
        let query = &expect.query;
        let found = match &expect.test {
            Test::Between(low, _) => vec![self.one(query, value, value < *low)],
            // What moves a number is what `explain` says of it.
            Test::Number { .. } => Vec::new(),
            Test::Word(word) => {
                let term = self.assessment.scale.term(&word.node);
                let low = term.is_some_and(|t| value < (t.means.0 + t.means.1) / 2.0);
                vec![self.one(query, value, low)]
            }
            Test::Above(other) | Test::Below(other) => {
                let low = matches!(expect.test, Test::Above(_));
                let second = answer.other.and_then(|p| self.one(other, p, !low));
                vec![self.one(query, value, low), second]
            }
            Test::Leads => {
                let low = !query.negated;
                vec![self.one(query, value, low), self.leader(query, !low)]
            }
        };
        found.into_iter().flatten().collect()
    }

    /// The verdict that a query is about, with contributions; none of more than a few conditions.
    fn verdict(&mut self, query: &Query) -> Option<&Verdict> {
        let key = (query.given.clone(), query.under);
        let place = match self.verdicts.iter().position(|(k, _)| *k == key) {
            Some(place) => place,
            None if self.verdicts.len() >= CONDITIONS => return None,
            None => {
                let question = Question {
                    given: query.given.clone(),
                    under: query.under,
                    ..Question::default()
                };
                let options = Options {
                    intervals: false,
                    contributions: true,
                    ..Options::default()
                };
                let verdict = evaluate(self.assessment, &question, &options).ok();
                self.verdicts.push((key, verdict));
                self.verdicts.len() - 1
            }
        };
        self.verdicts[place].1.as_ref()
    }

    fn one(&mut self, query: &Query, value: f64, low: bool) -> Option<Grounds> {
        let text = query.text.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut grounds = Grounds::new(text, low, value);
        match &query.target {
            Target::Outcome(outcome) => {
                let assessment = self.assessment;
                let verdict = self.verdict(query)?;
                grounds.fill(assessment, verdict, query, *outcome);
            }
            Target::Prop(prop) => grounds.rests = self.rests(query, prop),
            Target::Figure(..) => return None,
        }
        Some(grounds)
    }

    /// The other outcome, which leads.
    fn leader(&mut self, query: &Query, low: bool) -> Option<Grounds> {
        let assessment = self.assessment;
        let verdict = self.verdict(query)?;
        let at = &verdict.horizons[query.horizon.index()];
        if query.target == Target::Outcome(at.leader) {
            return None;
        }
        let name = assessment.outcomes.name(at.leader);
        let horizon = assessment.horizons.name(query.horizon);
        let word = match assessment.outcomes[at.leader].is_final {
            true => "by",
            false => "in",
        };
        let value = at.outcomes[at.leader.index()].probability.value;
        let mut grounds = Grounds::new(format!("{name} {word} {horizon}"), low, value);
        let plain = Query {
            negated: false,
            within: false,
            ..query.clone()
        };
        grounds.fill(assessment, verdict, &plain, at.leader);
        Some(grounds)
    }

    /// The drivers that a proposition rests on, those that it names first.
    fn rests(&mut self, query: &Query, prop: &Prop) -> Vec<Rest> {
        let assessment = self.assessment;
        let mut order: Vec<DriverId> = Vec::new();
        let mut seen: BTreeSet<DriverId> = BTreeSet::new();
        let mut add = |prop: &Prop, order: &mut Vec<DriverId>| {
            names(prop, &mut |driver| {
                if seen.insert(driver) {
                    order.push(driver);
                }
            });
        };
        add(prop, &mut order);
        let mut next = 0;
        while let Some(&driver) = order.get(next) {
            next += 1;
            for given in conditions(assessment, driver) {
                add(given, &mut order);
            }
        }
        let plain = query.given.is_none() && query.under.is_none();
        let verdict = if plain { self.verdict(query) } else { None };
        let chance = |driver: DriverId| {
            let events = &verdict?.events;
            let found = events.iter().find(|e| e.event == driver)?;
            Some(found.horizons[query.horizon.index()].chance.value)
        };
        let each = order.into_iter().filter_map(|driver| {
            let span = match &assessment.drivers[driver].what {
                What::Event(rows) => rows.first()?.clause.span,
                What::Factor(rows) => rows.first()?.clause.span,
                What::Change { .. } | What::Assumption(_) => return None,
            };
            Some(Rest {
                driver,
                span,
                chance: chance(driver),
            })
        });
        each.take(SHOWN).collect()
    }
}

impl Grounds {
    fn new(query: String, low: bool, value: f64) -> Self {
        Grounds {
            query,
            low,
            value,
            prior: None,
            steps: Vec::new(),
            rests: Vec::new(),
        }
    }

    fn fill(
        &mut self,
        assessment: &Assessment,
        verdict: &Verdict,
        query: &Query,
        outcome: OutcomeId,
    ) {
        // Contributions are left out where the verdict is sampled.
        if verdict.method.sampled.is_some() {
            return;
        }
        let h = query.horizon.index();
        // `in h` of a final outcome is its growth within that horizon.
        let before =
            (query.within && assessment.outcomes[outcome].is_final && h > 0).then(|| h - 1);
        let sign = if query.negated { -1.0 } else { 1.0 };
        let prior = |h: usize| verdict.horizons[h].outcomes[outcome.index()].prior;
        let prior = prior(h) - before.map_or(0.0, prior);
        self.prior = Some(if query.negated { 1.0 - prior } else { prior });
        let points = |driver: DriverId, h: usize| {
            let found = verdict.contribution(driver, Id::new(h), outcome);
            found.map_or(0.0, |c| c.points)
        };
        let towards = if self.low { -1.0 } else { 1.0 };
        let mut steps: Vec<Step> = assessment
            .drivers
            .iter()
            .map(|(driver, stated)| Step {
                driver,
                span: stated.span,
                points: sign * (points(driver, h) - before.map_or(0.0, |h| points(driver, h))),
            })
            .filter(|step| towards * step.points > NOTHING)
            .collect();
        steps.sort_by(|a, b| {
            let larger = (towards * b.points).total_cmp(&(towards * a.points));
            larger.then(a.driver.cmp(&b.driver))
        });
        steps.truncate(SHOWN);
        self.steps = steps;
    }
}

/// The `when` of a change and the `given` of rows.
pub(super) fn conditions(
    assessment: &Assessment,
    driver: DriverId,
) -> Box<dyn Iterator<Item = &Prop> + '_> {
    match &assessment.drivers[driver].what {
        What::Event(rows) => Box::new(rows.iter().filter_map(|r| r.given.as_ref())),
        What::Factor(rows) => Box::new(rows.iter().filter_map(|r| r.given.as_ref())),
        What::Change { when, .. } => Box::new(std::iter::once(when)),
        What::Assumption(_) => Box::new(std::iter::empty()),
    }
}
