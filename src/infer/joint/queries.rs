//! Answers to queries, by the general engine.
//!
//! In: a query. Out: its probability, or none where its condition cannot hold. What several queries share
//! is computed once.

use super::Condition;
use super::answer::{Found, Joint, MadeSo, ratio};
use crate::diag::Diagnostic;
use crate::infer::answers::Views;
use crate::infer::leader;
use crate::infer::mixture::Mixture;
use crate::infer::mixture::crps::unmoved;
use crate::infer::mixture::numbers;
use crate::infer::verdict::Answer;
use crate::model::condition::Cond;
use crate::model::{Numbers, What};
use crate::resolve::assessment::{
    Expect, Figured, Prop, QuantityId, Query, QuestionId, ScenarioId, Statistic, Target, Test,
};
use crate::resolve::table::Id;

/// How far a sum may miss a stated bound by rounding alone.
const ROUNDING: f64 = 1e-12;

/// So much of what was asked is kept.
const ASKED: usize = 64;

/// By horizon: what was found.
type ByHorizon = Vec<Option<Found>>;

/// A scenario, a question by its place, and what is given.
type Stated = (Option<ScenarioId>, usize, Option<Cond>);

/// A scenario, and two conditions of which one lies within the other.
type Asked = (Option<ScenarioId>, [Condition; 2]);

/// An assessment that answers queries.
#[derive(Clone)]
pub(crate) struct Queries<'a> {
    pub joint: Joint<'a>,
    /// By scenario, question and what is given.
    verdicts: Vec<(Stated, ByHorizon)>,
    /// What was asked about conditions, and found: queries differ in their horizons.
    asked: Vec<(Asked, Vec<Vec<Option<Found>>>)>,
    /// What is made so in every query, before a query's own scenario.
    extra: MadeSo,
    /// What answers for views, once it was asked.
    views: Views<'a>,
}

impl<'a> Queries<'a> {
    pub(crate) fn new(joint: Joint<'a>) -> Self {
        Queries {
            joint,
            verdicts: Vec::new(),
            asked: Vec::new(),
            extra: MadeSo::default(),
            views: Views::default(),
        }
    }

    /// The same with other numbers, and other things made so.
    pub(crate) fn turn_to(&mut self, numbers: &Numbers, extra: &MadeSo) {
        self.joint.point.clone_from(numbers);
        self.extra.clone_from(extra);
        self.verdicts.clear();
        self.asked.clear();
    }

    fn made(&self, under: Option<ScenarioId>) -> MadeSo {
        let own = under.map_or_else(MadeSo::default, |s| self.joint.scenario(s));
        match self.extra.is_empty() {
            true => own,
            false => self.joint.merge(&own, &self.extra),
        }
    }

    /// Takes over a verdict that was computed already.
    pub(crate) fn prime(&mut self, under: Option<ScenarioId>, found: &[ByHorizon]) {
        let each = found.iter().enumerate();
        let each = each.map(|(q, found)| ((under, q, None), found.clone()));
        self.verdicts.extend(each);
    }

    /// The verdict of every question, under a scenario.
    pub(crate) fn verdict(
        &mut self,
        under: Option<ScenarioId>,
    ) -> Result<Vec<ByHorizon>, Box<Diagnostic>> {
        let questions = 0..self.joint.model.questions.len();
        questions
            .map(|q| Ok(self.of_question((under, q, None))?.clone()))
            .collect()
    }

    /// The verdict of a question under a scenario, given a condition.
    fn of_question(&mut self, asked: Stated) -> Result<&ByHorizon, Box<Diagnostic>> {
        let place = match self.verdicts.iter().position(|v| v.0 == asked) {
            Some(place) => place,
            None => {
                let made = self.made(asked.0);
                let found = self.joint.verdict_of(asked.1, &made, asked.2.as_ref())?;
                self.verdicts.push((asked, found));
                self.verdicts.len() - 1
            }
        };
        Ok(&self.verdicts[place].1)
    }

    /// What a query is given.
    fn given(&self, query: &Query) -> Option<Cond> {
        query.given.as_ref().map(|given| self.joint.cond(given))
    }

    /// The probability that a query asks for; none where its condition cannot hold.
    pub(crate) fn answer(&mut self, query: &Query) -> Result<Option<f64>, Box<Diagnostic>> {
        if let Some(answer) = self.views.answer(self.joint.assessment, query) {
            return answer;
        }
        if let Target::Figure(statistic, of) = query.target {
            return self.figure(query, statistic, of);
        }
        let h = query.horizon.index();
        let named = query.given.as_ref().is_some_and(Prop::names_outcomes);
        if let (Target::Outcome(o), None, false, false) =
            (&query.target, &query.over, query.within, named)
        {
            let given = self.given(query);
            let question = &self.joint.assessment.outcomes[*o].question;
            let place = self.joint.assessment.questions[*question].place(*o);
            let q = self.joint.question(*question);
            let found = &self.of_question((query.under, q, given))?[h];
            let p = found.as_ref().map(|f| f.outcomes[place].clamp(0.0, 1.0));
            return Ok(p.map(|p| if query.negated { 1.0 - p } else { p }));
        }
        let (mut of, mut negated) = match &query.target {
            Target::Outcome(o) => (Cond::Outcome(self.joint.outcome(*o)), query.negated),
            Target::Prop(prop) => (self.joint.cond(prop), query.negated),
            Target::Figure(..) => return Ok(None),
        };
        let mut comes = query.within;
        let over = query.over.as_ref().map(|over| {
            let horizons = over.horizons.iter().map(|h| h.index() + 1);
            (over.every, horizons.collect::<Vec<usize>>())
        });
        if over.is_some() {
            comes = lasts(&self.joint, &of);
        }
        if comes {
            let (inner, not) = unwrap(&of);
            let inner = inner.clone();
            negated ^= not;
            of = inner;
        }
        let whole = Condition {
            given: self.given(query),
            ..Condition::default()
        };
        let part = Condition {
            of: Some(of),
            comes,
            over,
            ..whole.clone()
        };
        let key = (query.under, [whole, part]);
        let known = self.asked.iter().find(|known| known.0 == key);
        let p = match known {
            Some((_, found)) => at_horizon(&found[h]),
            None => {
                let made = self.made(query.under);
                let costly = query.given.is_some();
                let found = self.joint.ask(&made, None, key.1.to_vec(), costly)?;
                let p = at_horizon(&found[h]);
                if self.asked.len() < ASKED {
                    self.asked.push((key, found));
                }
                p
            }
        };
        Ok(p.map(|p| if negated { 1.0 - p } else { p }))
    }

    /// What a quantity is at each horizon, and what it was before the reasons; none where nothing can be.
    pub(crate) fn mixtures(
        &mut self,
        id: QuantityId,
    ) -> Result<Vec<Option<(Mixture, Mixture)>>, Box<Diagnostic>> {
        let place = self.joint.model.quantity_places[id.index()];
        let made = self.made(None);
        let found = super::of_quantity(&mut self.joint, place, (&made, None), None)?;
        let spec = &self.joint.model.quantities[place];
        let each = found.into_iter().zip(&spec.lines);
        let each = each.map(|(at, line)| Some((at?.mixture, unmoved(line.clone(), spec.log))));
        Ok(each.collect())
    }

    /// A statistic of a number, in its unit.
    fn figure(
        &mut self,
        query: &Query,
        statistic: Statistic,
        of: Figured,
    ) -> Result<Option<f64>, Box<Diagnostic>> {
        let h = query.horizon.index();
        let given = self.given(query);
        match of {
            Figured::Quantity(id) => {
                let made = self.made(query.under);
                let place = self.joint.model.quantity_places[id.index()];
                let about = (&made, given.as_ref());
                let found = super::of_quantity(&mut self.joint, place, about, None)?;
                Ok(found[h]
                    .as_ref()
                    .map(|m| numbers::of_mixture(&m.mixture, statistic)))
            }
            Figured::Question(id) => {
                let q = self.joint.question(id);
                let a = self.joint.assessment;
                let found = self.of_question((query.under, q, given))?[h].as_ref();
                let valued = found.and_then(|f| numbers::valued(a, id, &f.outcomes));
                Ok(valued.map(|v| numbers::of_values(&v, statistic)))
            }
        }
    }

    /// Whether an expectation is borne out.
    pub(crate) fn test(&mut self, expect: &Expect) -> Result<Answer, Box<Diagnostic>> {
        if let Some(answer) = self.views.leads(self.joint.assessment, expect) {
            return answer;
        }
        let value = self.answer(&expect.query)?;
        let other = match &expect.test {
            Test::Above(other) | Test::Below(other) => self.answer(other)?,
            _ => None,
        };
        let holds = match (&expect.test, value) {
            (_, None) => false,
            (Test::Word(word), Some(p)) => {
                let scale = &self.joint.assessment.scale;
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
            error: None,
            other,
            holds,
        })
    }

    /// Whether an outcome leads its question, at a query's horizon or at each that it names.
    fn leads(&mut self, query: &Query) -> Result<bool, Box<Diagnostic>> {
        let Target::Outcome(outcome) = query.target else {
            return Ok(false);
        };
        let id = self.joint.assessment.outcomes[outcome].question;
        let q = self.joint.question(id);
        let given = self.given(query);
        let found = self.of_question((query.under, q, given))?.clone();
        let horizons: Vec<usize> = match &query.over {
            None => vec![query.horizon.index()],
            Some(over) => over.horizons.iter().map(|h| h.index()).collect(),
        };
        let leads = |h: &usize| self.leads_at(id, found[*h].as_ref(), outcome);
        let every = query.over.as_ref().is_none_or(|o| o.every);
        let leads = match every {
            true => horizons.iter().all(leads),
            false => horizons.iter().any(leads),
        };
        Ok(leads != query.negated)
    }

    fn leads_at(
        &self,
        question: QuestionId,
        found: Option<&Found>,
        outcome: crate::resolve::assessment::OutcomeId,
    ) -> bool {
        let a = self.joint.assessment;
        found.is_some_and(|f| leader::of_question(a, question, &f.outcomes).0 == outcome)
    }
}

/// The chance of the second of two conditions, which lies within the first.
fn at_horizon(found: &[Option<Found>]) -> Option<f64> {
    ratio(found[1].as_ref(), found[0].as_ref())
}

/// Whether a condition is about lasting things alone.
pub(super) fn lasts(joint: &Joint<'_>, cond: &Cond) -> bool {
    let model = &joint.model;
    match cond {
        Cond::Is(d) => match &model.drivers[*d].what {
            What::Random | What::Always => false,
            What::Change(when) => lasts(joint, when),
            What::Event | What::Hypothetical | What::Assumption => true,
        },
        Cond::Outcome(o) => joint.assessment.outcomes[model.outcomes[*o]].is_final,
        Cond::Before => true,
        Cond::Reaches(..) => false,
        Cond::Not(inner) => lasts(joint, inner),
        Cond::All(list) | Cond::Any(list) | Cond::AtLeast(_, list) => {
            list.iter().all(|c| lasts(joint, c))
        }
    }
}

/// A condition without the negations around it, and whether they negate it.
fn unwrap(cond: &Cond) -> (&Cond, bool) {
    match cond {
        Cond::Not(inner) => {
            let (inner, not) = unwrap(inner);
            (inner, !not)
        }
        Cond::All(list) | Cond::Any(list) if list.len() == 1 => unwrap(&list[0]),
        other => (other, false),
    }
}
