//! Answers to queries: placeholders, bets, expectations.
//!
//! In: a query. Out: its probability, or none where its condition cannot hold. What several
//! queries share is computed once.

use super::compiled::Compiled;
use super::conditional::{Changed, Found, among, found, share};
use super::engine::{Engine, Sets};
use super::estimate::{Estimate, values};
use super::events;
use super::joint::{Joint, Queries};
use super::mixture::Mixture;
use super::mixture::numbers;
use super::question::shape::Ask;
use super::sampled::Choice;
use super::verdict::{Answer, Verdict};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::model::condition::Cond;
use crate::model::{Model, Numbers, What};
use crate::resolve::assessment::{
    Assessment, Expect, Figured, OutcomeId, Prop, QuantityId, Query, ScenarioId, Statistic, Target,
    Test, ViewId,
};
use crate::resolve::table::Id;

/// How far a sum may miss a stated bound by rounding alone.
const ROUNDING: f64 = 1e-12;

/// By horizon and outcome, in the file's order.
pub(super) type ByHorizon = Vec<Vec<Estimate>>;

/// An assessment that answers queries.
#[derive(Clone)]
pub struct Answers<'a> {
    pub(super) engine: Engine<'a>,
    verdicts: Vec<(Option<ScenarioId>, ByHorizon)>,
    found: Vec<(Key, Vec<Option<Found>>)>,
    /// What is made so in every query, before a query's own scenario.
    extra: Sets,
    /// What answers where only the general engine can, once it was asked.
    wide: Option<Result<Box<Queries<'a>>, Box<Diagnostic>>>,
    /// What answers for views, once it was asked.
    views: Views<'a>,
}

/// What answers for views. Its numbers are its own: what is made so, or turned, in the file itself does not reach it.
#[derive(Clone, Default)]
pub(super) struct Views<'a>(Vec<(ViewId, Answers<'a>)>);

impl<'a> Views<'a> {
    fn of(&mut self, assessment: &'a Assessment, view: ViewId) -> &mut Answers<'a> {
        let place = match self.0.iter().position(|(id, _)| *id == view) {
            Some(place) => place,
            None => {
                let own = Answers::new(&assessment.views[view].assessment);
                self.0.push((view, own));
                self.0.len() - 1
            }
        };
        &mut self.0[place].1
    }

    /// The answer to a query that is put to a view; none where it is put to the file.
    pub(super) fn answer(
        &mut self,
        assessment: &'a Assessment,
        query: &Query,
    ) -> Option<Result<Option<f64>, Box<Diagnostic>>> {
        let viewed = query.viewed.as_ref()?;
        Some(self.of(assessment, viewed.view).answer(&viewed.query))
    }

    /// Whether an outcome leads as a view has it; none of what else is expected, or of the file.
    pub(super) fn leads(
        &mut self,
        assessment: &'a Assessment,
        expect: &Expect,
    ) -> Option<Result<Answer, Box<Diagnostic>>> {
        let viewed = expect.query.viewed.as_ref()?;
        if !matches!(expect.test, Test::Leads) {
            return None;
        }
        let inner = Expect {
            query: viewed.query.clone(),
            ..expect.clone()
        };
        Some(self.of(assessment, viewed.view).test(&inner))
    }
}

/// A condition, a scenario, and whether final outcomes count within the horizon alone.
type Key = (Prop, Option<ScenarioId>, bool);

impl<'a> Answers<'a> {
    /// Of an assessment free of errors.
    pub fn new(assessment: &'a Assessment) -> Self {
        Answers {
            engine: Engine::new(assessment),
            verdicts: Vec::new(),
            found: Vec::new(),
            extra: Sets::new(),
            wide: None,
            views: Views::default(),
        }
    }

    /// Of an assessment that the general engine has been asked about.
    pub(super) fn of(assessment: &'a Assessment, queries: Queries<'a>) -> Self {
        Answers {
            wide: Some(Ok(Box::new(queries))),
            ..Answers::new(assessment)
        }
    }

    /// Of an assessment whose verdict is computed already: what asks for nothing more is taken from it.
    pub fn knowing(assessment: &'a Assessment, verdict: &Verdict) -> Self {
        let mut answers = Answers::new(assessment);
        let as_it_stands = verdict.base.is_none();
        let at: ByHorizon = match &verdict.base {
            None => {
                let each = verdict.horizons.iter().map(|h| &h.outcomes);
                each.map(|all| all.iter().map(|o| o.probability).collect())
                    .collect()
            }
            Some(base) => base.iter().map(|at| at.outcomes.clone()).collect(),
        };
        answers.prime(None, &at);
        // Where something was made so, scenarios came on top of it.
        for found in verdict.scenarios.iter().filter(|_| as_it_stands) {
            let at = found.horizons.iter().map(|at| at.1.clone()).collect();
            answers.prime(Some(found.scenario), &at);
        }
        answers
    }

    /// Forgets every answer, and goes on with other numbers and other things made so.
    pub(super) fn turn_to(&mut self, numbers: &Numbers, extra: &Sets) {
        self.engine.point.clone_from(numbers);
        self.extra.clone_from(extra);
        self.verdicts.clear();
        self.found.clear();
    }

    /// Takes over a verdict that was computed already.
    pub(super) fn prime(&mut self, under: Option<ScenarioId>, at: &ByHorizon) {
        self.verdicts.push((under, at.clone()));
    }

    /// Takes over the verdict given each change clause.
    pub(super) fn prime_changes(&mut self, changes: &[Changed]) {
        for change in changes {
            let given = Prop::Is(change.verdict.change);
            self.found
                .push(((given, None, false), change.found.clone()));
        }
    }

    /// The probability that a query asks for; none where its condition cannot hold.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn answer(&mut self, query: &Query) -> Result<Option<f64>, Box<Diagnostic>> {
        Ok(self.estimate(query)?.map(|found| found.value))
    }

    /// The same with its standard error.
    ///
    /// # Errors
    ///
    /// As [`Answers::answer`].
    pub fn estimate(&mut self, query: &Query) -> Result<Option<Estimate>, Box<Diagnostic>> {
        let exact = |found: Option<f64>| found.map(Estimate::exact);
        if let Some(answer) = self.views.answer(self.engine.assessment, query) {
            return answer.map(exact);
        }
        if self.is_wide(query) {
            match self.wide().and_then(|wide| wide.answer(query)) {
                Err(limit) if self.is_left_to_sampling(query, &limit) => {}
                found => return found.map(exact),
            }
        }
        let found = match &query.target {
            Target::Outcome(outcome) => self.outcome(query, *outcome)?,
            Target::Prop(prop) => self.prop(query, prop)?,
            Target::Figure(statistic, of) => self.figure(query, *statistic, *of)?,
        };
        Ok(match query.negated {
            true => found.map(Estimate::negated),
            false => found,
        })
    }

    /// What a quantity is at each horizon, and what it was before the reasons.
    ///
    /// # Errors
    ///
    /// As [`Answers::answer`].
    pub fn mixtures(
        &mut self,
        id: QuantityId,
    ) -> Result<Vec<Option<(Mixture, Mixture)>>, Box<Diagnostic>> {
        self.wide()?.mixtures(id)
    }

    /// Whether only the general engine can answer a query.
    fn is_wide(&self, query: &Query) -> bool {
        let prop = match &query.target {
            Target::Prop(prop) => Some(prop),
            Target::Outcome(_) | Target::Figure(..) => None,
        };
        let mut props = prop.into_iter().chain(&query.given);
        self.engine.model.wide || query.over.is_some() || props.any(Prop::names_outcomes)
    }

    /// Whether what the general engine cannot sum over is transformed or sampled.
    fn is_left_to_sampling(&self, query: &Query, limit: &Diagnostic) -> bool {
        let prop = match &query.target {
            Target::Prop(prop) => Some(prop),
            Target::Outcome(_) | Target::Figure(..) => None,
        };
        let mut props = prop.into_iter().chain(&query.given);
        limit.rule.name == rules::LIMIT.name
            && self.engine.sampling.choice != Choice::Exact
            && query.over.is_none()
            && !props.any(Prop::names_outcomes)
            && Model::is_pushed_alone(self.engine.assessment)
    }

    pub(super) fn wide(&mut self) -> Result<&mut Queries<'a>, Box<Diagnostic>> {
        let assessment = self.engine.assessment;
        let made = self.wide.get_or_insert_with(|| {
            let joint = Joint::new(assessment)?;
            Ok(Box::new(Queries::new(joint)))
        });
        made.as_deref_mut().map_err(|e| e.clone())
    }

    /// Whether an expectation is borne out.
    ///
    /// # Errors
    ///
    /// As [`Answers::answer`].
    pub fn test(&mut self, expect: &Expect) -> Result<Answer, Box<Diagnostic>> {
        let other = match &expect.test {
            Test::Above(other) | Test::Below(other) => self.is_wide(other),
            _ => false,
        };
        if let Some(answer) = self.views.leads(self.engine.assessment, expect) {
            return answer;
        }
        if other || self.is_wide(&expect.query) {
            match self.wide().and_then(|wide| wide.test(expect)) {
                Err(limit) if self.is_left_to_sampling(&expect.query, &limit) => {}
                found => return found,
            }
        }
        let found = self.estimate(&expect.query)?;
        let value = found.map(|found| found.value);
        let other = match &expect.test {
            Test::Above(other) | Test::Below(other) => self.answer(other)?,
            _ => None,
        };
        let holds = match (&expect.test, value) {
            (_, None) => false,
            (Test::Word(word), Some(p)) => {
                let scale = &self.engine.assessment.scale;
                scale.satisfies(&word.node, p).unwrap_or(false)
            }
            (Test::Between(low, high), Some(p)) => *low - ROUNDING <= p && p <= *high + ROUNDING,
            (Test::Above(_), Some(p)) => other.is_some_and(|other| p > other + ROUNDING),
            (Test::Below(_), Some(p)) => other.is_some_and(|other| p < other - ROUNDING),
            (Test::Number { .. }, Some(x)) => numbers::lies(&expect.test, x),
            (Test::Leads, Some(_)) => self.leads(&expect.query)?,
        };
        Ok(Answer {
            value,
            error: found.and_then(|found| found.error),
            other,
            holds,
        })
    }

    /// A statistic of the question's values.
    fn figure(
        &mut self,
        query: &Query,
        statistic: Statistic,
        of: Figured,
    ) -> Result<Option<Estimate>, Box<Diagnostic>> {
        let Figured::Question(question) = of else {
            return Ok(None);
        };
        let assessment = self.engine.assessment;
        let Some(all) = self.outcomes(query, false)? else {
            return Ok(None);
        };
        let valued = numbers::valued(assessment, question, &values(&all));
        let value = valued.map(|v| numbers::of_values(&v, statistic));
        // As sure as the least sure of its outcomes.
        let error = all.iter().filter_map(|found| found.error).reduce(f64::max);
        Ok(value.map(|value| Estimate { value, error }))
    }

    fn leads(&mut self, query: &Query) -> Result<bool, Box<Diagnostic>> {
        let Target::Outcome(outcome) = query.target else {
            return Ok(false);
        };
        let all = self.outcomes(query, false)?;
        let leads = all.is_some_and(|all| self.engine.leader(&values(&all)).0 == outcome);
        Ok(leads != query.negated)
    }

    /// The outcomes at a query's horizon, in the file's order.
    fn outcomes(
        &mut self,
        query: &Query,
        within: bool,
    ) -> Result<Option<Vec<Estimate>>, Box<Diagnostic>> {
        let h = query.horizon.index();
        match &query.given {
            None => {
                let verdict = self.verdict(query.under)?;
                let mut at = verdict[h].clone();
                if within && h > 0 {
                    for (p, before) in at.iter_mut().zip(&verdict[h - 1]) {
                        p.value -= before.value;
                    }
                }
                Ok(Some(at))
            }
            Some(given) => {
                let key = (given.clone(), query.under, within);
                let place = match self.found.iter().position(|(k, _)| *k == key) {
                    Some(place) => place,
                    None => {
                        let found = self.given(&key)?;
                        self.found.push((key, found));
                        self.found.len() - 1
                    }
                };
                let found = self.found[place].1[h].as_ref();
                if let Some(effective) = found.and_then(Found::too_rare) {
                    return Err(self
                        .engine
                        .too_rare(&format!("`{}`", query.text), effective));
                }
                Ok(found.map(Found::estimates))
            }
        }
    }

    fn given(&mut self, key: &Key) -> Result<Vec<Option<Found>>, Box<Diagnostic>> {
        let ask = Ask {
            sets: self.sets(key.1),
            conds: vec![self.engine.cond(&key.0)],
            outcomes: true,
            costly: true,
            within: key.2,
            ..Ask::default()
        };
        let (_, answer) = self.engine.run(&ask)?;
        let tallies = answer.tallies.iter();
        Ok(tallies.map(|t| found(&self.engine, t)).collect())
    }

    /// By horizon and outcome, in the file's order.
    pub(super) fn verdict(
        &mut self,
        under: Option<ScenarioId>,
    ) -> Result<&ByHorizon, Box<Diagnostic>> {
        let place = match self.verdicts.iter().position(|v| v.0 == under) {
            Some(place) => place,
            None => {
                let sets = self.sets(under);
                let (_, verdict) = plain(&mut self.engine, &sets)?;
                self.verdicts.push((under, verdict));
                self.verdicts.len() - 1
            }
        };
        Ok(&self.verdicts[place].1)
    }

    fn sets(&self, under: Option<ScenarioId>) -> Sets {
        let base = under.map_or_else(Vec::new, |s| self.engine.scenario(s));
        if self.extra.is_empty() {
            return base;
        }
        self.engine.merge(&base, &self.extra)
    }

    fn outcome(
        &mut self,
        query: &Query,
        outcome: OutcomeId,
    ) -> Result<Option<Estimate>, Box<Diagnostic>> {
        let within = query.within && self.engine.assessment.outcomes[outcome].is_final;
        let all = self.outcomes(query, within)?;
        Ok(all.map(|all| {
            let Estimate { value, error } = all[outcome.index()];
            let value = value.clamp(0.0, 1.0);
            Estimate { value, error }
        }))
    }

    fn prop(&mut self, query: &Query, prop: &Prop) -> Result<Option<Estimate>, Box<Diagnostic>> {
        let h = query.horizon.index();
        let sets = self.sets(query.under);
        let given = query.given.as_ref().map(|g| self.engine.cond(g));
        let (mut cond, mut negated) = (self.engine.cond(prop), false);
        let watched = match (query.within, single(&cond)) {
            (true, Some((driver, not))) => {
                negated = not;
                cond = Cond::All(vec![Cond::Is(driver), Cond::Before.negated()]);
                Some(driver)
            }
            _ => None,
        };
        // What is set does not come within any horizon.
        let still = watched.is_some_and(|d| {
            let lasting = matches!(
                self.engine.model.drivers[d].what,
                What::Event | What::Hypothetical
            );
            !lasting || events::is_fixed(&self.engine.model, &sets, d)
        });
        if still {
            cond = Cond::Any(Vec::new());
        }
        let whole = given.clone().unwrap_or(Cond::All(Vec::new()));
        let ask = Ask {
            sets,
            conds: vec![whole, among(given.as_ref(), cond)],
            costly: given.is_some(),
            watched: watched.filter(|_| !still),
            ..Ask::default()
        };
        let (_, answer) = self.engine.run(&ask)?;
        let tallies = &answer.tallies[2 * h..][..2];
        let whole = found(&self.engine, &tallies[0]);
        let part = found(&self.engine, &tallies[1]);
        if let (Some(effective), true) = (whole.as_ref().and_then(Found::too_rare), given.is_some())
        {
            return Err(self
                .engine
                .too_rare(&format!("`{}`", query.text), effective));
        }
        let found = share(part.as_ref(), whole.as_ref());
        Ok(match negated {
            true => found.map(Estimate::negated),
            false => found,
        })
    }
}

/// A single driver, and whether it is negated.
fn single(cond: &Cond) -> Option<(usize, bool)> {
    match cond {
        Cond::Is(driver) => Some((*driver, false)),
        Cond::Not(inner) => single(inner).map(|(d, not)| (d, !not)),
        Cond::All(list) | Cond::Any(list) if list.len() == 1 => single(&list[0]),
        _ => None,
    }
}

/// The verdict by horizon and outcome, in the file's order.
pub(super) fn plain(
    engine: &mut Engine<'_>,
    sets: &Sets,
) -> Result<(Compiled, ByHorizon), Box<Diagnostic>> {
    let ask = Ask {
        sets: sets.clone(),
        outcomes: true,
        ..Ask::default()
    };
    let (compiled, answer) = engine.run(&ask)?;
    // Sums over states may miss 1 by rounding.
    let found = answer.verdict.iter().map(|p| p.clamp(0.0, 1.0));
    let at = engine.by_horizon(&found.collect::<Vec<f64>>());
    let errors = engine.by_horizon(&answer.errors);
    let each = at.iter().enumerate();
    let each = each.map(|(h, at)| Estimate::each(at, errors.get(h).map(Vec::as_slice)));
    Ok((compiled, each.collect()))
}
