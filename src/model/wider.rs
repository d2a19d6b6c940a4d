//! What the second edition adds to the model: questions, chains, triggers, weights on events.
//!
//! In: an assessment. Out: parts of a [`Model`](super::Model), and whether it has any of them.

use super::build::Builder;
use super::curve::Value;
use super::{AfterSpec, OnceSpec, PriorSpec, PushSpec, QuestionSpec};
use crate::resolve::assessment::{self as a, Assessment, OutcomeId, Prop, QuestionId};
use crate::resolve::table::Id;

/// Whether a file says what the engines of the first edition do not read.
pub(super) fn is_wide(assessment: &Assessment) -> bool {
    let mut questions = assessment.questions.values();
    let plain = |q: &a::Question| {
        q.name.is_none() && q.counts_in.is_none() && q.priors.iter().all(|r| r.given.is_none())
    };
    let [Some(first), None] = [questions.next(), questions.next()] else {
        return true;
    };
    assessment.timeless
        || !assessment.quantities.is_empty()
        || !plain(first)
        || assessment.outcomes.values().any(|o| o.decided.is_some())
        || !assessment.chains.is_empty()
        || assessment.drivers.values().any(is_wide_driver)
        || assessment.scenarios.values().any(|s| !s.fixes.is_empty())
}

/// Whether weights on events are all by which a file is wide.
pub(super) fn is_pushed_alone(assessment: &Assessment) -> bool {
    let narrow = |driver: &a::Driver| {
        let alone = a::Driver {
            event_weights: Vec::new(),
            ..driver.clone()
        };
        !is_wide_driver(&alone)
    };
    let mut questions = assessment.questions.values();
    let plain = |q: &a::Question| {
        q.name.is_none() && q.counts_in.is_none() && q.priors.iter().all(|r| r.given.is_none())
    };
    matches!([questions.next(), questions.next()], [Some(first), None] if plain(first))
        && !assessment.timeless
        && assessment.quantities.is_empty()
        && assessment.chains.is_empty()
        && assessment.outcomes.values().all(|o| o.decided.is_none())
        && assessment.scenarios.values().all(|s| s.fixes.is_empty())
        && assessment.drivers.values().all(narrow)
}

fn is_wide_driver(driver: &a::Driver) -> bool {
    let names = |prop: &Prop| prop.names_outcomes();
    let given = match &driver.what {
        a::What::Event(rows) => rows.iter().filter_map(|r| r.given.as_ref()).any(names),
        a::What::Factor(rows) => rows.iter().filter_map(|r| r.given.as_ref()).any(names),
        a::What::Change { when, .. } => names(when),
        a::What::Assumption(_) => false,
    };
    given || driver.once.is_some() || !driver.event_weights.is_empty()
}

/// Ranges of a chain share the random number of its weakest member: by the keys of their clauses.
pub(super) fn shared(assessment: &Assessment) -> Vec<(&str, &str)> {
    let key = |d: &a::DriverId| match &assessment.drivers[*d].what {
        a::What::Event(rows) => rows.first().map(|r| r.clause.key.as_str()),
        _ => None,
    };
    let mut out = Vec::new();
    for chain in &assessment.chains {
        let mut keys = chain.members.iter().rev().filter_map(key);
        if let Some(first) = keys.next() {
            out.extend(keys.map(|k| (k, first)));
        }
    }
    out
}

/// Whether an event is not drawn at time 0: there no passing thing holds that its rows rest on, or
/// time has no length.
pub(super) fn is_late(assessment: &Assessment, rows: &[a::Row<a::Curve>]) -> bool {
    let mut given = rows.iter().filter_map(|r| r.given.as_ref());
    assessment.timeless || given.any(|g| rests_on_passing(assessment, g))
}

fn rests_on_passing(assessment: &Assessment, prop: &Prop) -> bool {
    match prop {
        Prop::Is(d) => match &assessment.drivers[*d].what {
            a::What::Factor(_) => true,
            a::What::Change { when, .. } => rests_on_passing(assessment, when),
            a::What::Event(_) | a::What::Assumption(_) => false,
        },
        Prop::Outcome(o) => !assessment.outcomes[*o].is_final,
        Prop::Reaches(..) => true,
        Prop::Not(inner) => rests_on_passing(assessment, inner),
        Prop::All(list) | Prop::Any(list) | Prop::AtLeast(_, list) => {
            list.iter().any(|p| rests_on_passing(assessment, p))
        }
    }
}

/// For how many days an event has been so at time 0, where it is resolved by then.
pub(super) fn settled(assessment: &Assessment, event: a::DriverId) -> Option<f64> {
    assessment.resolved.iter().find_map(|r| {
        let on = r.on.as_ref()?.node.last();
        let of = matches!(r.what, a::ResolvedWhat::Event { event: of, happened: true }
            if of == event);
        let days = on.until(assessment.as_of).ok()?.get_days();
        (of && days >= 0).then_some(f64::from(days))
    })
}

impl Builder<'_> {
    /// The chance of what has happened by now.
    pub(super) fn certain(&self, span: crate::text::source::Span) -> super::CurveSpec {
        let chance = a::Number {
            point: 1.0,
            law: a::Law::Fixed,
            word: None,
            span,
        };
        let point = a::CurvePoint {
            days: 0.0,
            horizon: None,
            chance,
        };
        super::CurveSpec::new(&a::Curve::Points(vec![point]), 0, &self.model.days)
    }

    /// All questions, by name.
    pub(super) fn questions(&mut self, assessment: &Assessment) {
        let mut ids: Vec<QuestionId> = assessment.questions.ids().collect();
        ids.sort_by_key(|&q| assessment.questions.name(q));
        let mut from = 0;
        for id in ids {
            let count = assessment.questions[id].ids().len();
            let spec = self.question(assessment, id, from..from + count);
            self.model.questions.push(spec);
            from += count;
        }
    }

    fn question(
        &mut self,
        assessment: &Assessment,
        id: QuestionId,
        outcomes: std::ops::Range<usize>,
    ) -> QuestionSpec {
        let question = &assessment.questions[id];
        let ids: Vec<OutcomeId> = self.model.outcomes[outcomes.clone()].to_vec();
        let decided = ids.iter().map(|o| self.decided(assessment, question, *o));
        let decided: Vec<_> = decided.collect();
        let judged = decided.iter().filter(|d| d.is_none()).count();
        let mut priors = Vec::new();
        for row in &question.priors {
            let given = row.given.as_ref().map(|g| self.cond(g));
            priors.push((given, self.model.prior.len()));
            for &o in &ids {
                let spec = self.prior_of(row.prior.outcomes.get(question.place(o)));
                self.model.prior.push(spec);
            }
        }
        if priors.is_empty() {
            priors.push((None, self.model.prior.len()));
            for decided in &decided {
                let share = match decided {
                    None => 1.0 / judged as f64,
                    Some(_) => 0.0,
                };
                let spec = self.even(share);
                self.model.prior.push(spec);
            }
        }
        let members = question.counts_in.iter().flat_map(|c| &c.members);
        let mut counts_in: Vec<usize> = members.map(|d| self.model.places[d.index()]).collect();
        counts_in.sort_unstable();
        QuestionSpec {
            id,
            outcomes,
            open: ids
                .iter()
                .filter(|o| !assessment.outcomes[**o].is_final)
                .count(),
            decided,
            priors,
            counts_in,
        }
    }

    fn even(&self, share: f64) -> PriorSpec {
        PriorSpec::Shares(vec![Value::fixed(share); self.model.horizons()])
    }

    fn prior_of(&self, stated: Option<&a::PriorOf>) -> PriorSpec {
        match stated {
            Some(a::PriorOf::Rest(_)) => PriorSpec::Rest,
            Some(a::PriorOf::Curve(clause)) => PriorSpec::Curve(self.curve(clause)),
            Some(a::PriorOf::Shares(clause)) => PriorSpec::Shares(self.values(clause)),
            Some(a::PriorOf::Decided) | None => self.even(0.0),
        }
    }

    fn decided(
        &self,
        assessment: &Assessment,
        question: &a::Question,
        outcome: OutcomeId,
    ) -> Option<super::Cond> {
        match assessment.outcomes[outcome].decided.as_ref()? {
            a::Decided::When(prop) => Some(self.cond(prop)),
            a::Decided::Otherwise => {
                let others = question.ids().filter(|o| *o != outcome);
                let whens = others.filter_map(|o| match &assessment.outcomes[o].decided {
                    Some(a::Decided::When(prop)) => Some(self.cond(prop)),
                    _ => None,
                });
                Some(super::Cond::Any(whens.collect()).negated())
            }
        }
    }

    /// The events that a driver pushes.
    pub(super) fn event_pushes(&mut self, driver: &a::Driver) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        for weight in &driver.event_weights {
            let slot = self.slot(&weight.clause.key);
            let sign = if weight.against { -1.0 } else { 1.0 };
            let values = weight.clause.values.iter();
            let values = values.map(|v| v.as_ref().map(|n| Value::new(n, slot)));
            let spec = PushSpec::Weight(values.collect(), sign * driver.discount);
            out.push((
                self.model.places[weight.event.index()],
                self.model.pushes.len(),
            ));
            self.model.pushes.push(spec);
        }
        out.sort_unstable();
        out
    }

    /// The quantities that a driver moves.
    pub(super) fn moves(&mut self, driver: &a::Driver) -> Vec<(usize, usize)> {
        let mut out = Vec::new();
        for moved in &driver.moves {
            let slot = self.slot(&moved.clause.key);
            let values = moved.clause.values.iter();
            let values = values.map(|v| v.as_ref().map(|n| Value::new(n, slot)));
            let spec = PushSpec::Weight(values.collect(), driver.discount);
            out.push((
                self.model.quantity_places[moved.quantity.index()],
                self.model.pushes.len(),
            ));
            self.model.pushes.push(spec);
        }
        out.sort_unstable();
        out
    }

    /// What a trigger does to an event.
    pub(super) fn once(&mut self, assessment: &Assessment, driver: &a::Driver) -> Option<OnceSpec> {
        let once = driver.once.as_ref()?;
        let slot = self.slot(&once.clause.key);
        self.model
            .afters
            .push(AfterSpec::new(&once.clause.values, slot));
        Some(OnceSpec {
            trigger: self.model.places[once.trigger.index()],
            after: self.model.afters.len() - 1,
            since: settled(assessment, once.trigger),
        })
    }
}
