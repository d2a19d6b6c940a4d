//! From views, pools and key judgements to their JSON.

use super::super::Evaluated;
use super::super::json::{
    Confidence, EventAt, Judgement, Outcome, Pool, PoolAt, QuestionAt, QuestionOf, View,
    ViewedEvent,
};
use super::number;
use crate::infer::verdict::Verdict;
use crate::resolve::assessment::{self, Assessment, HorizonId, OutcomeId, QuestionId};
use crate::resolve::table::Id;

impl From<assessment::Confidence> for Confidence {
    fn from(level: assessment::Confidence) -> Self {
        match level {
            assessment::Confidence::Low => Confidence::Low,
            assessment::Confidence::Moderate => Confidence::Moderate,
            assessment::Confidence::High => Confidence::High,
        }
    }
}

impl Evaluated {
    pub(super) fn json_views(&self) -> Vec<View> {
        let each = self.verdict.views.iter().map(|found| {
            let view = &self.assessment.views[found.view];
            let (a, v) = (&*view.assessment, &found.verdict);
            let top = a.questions.iter().find(|(_, q)| q.name.is_none());
            let horizons = self.horizons().into_iter();
            let horizons = horizons.map(|h| self.json_viewed(a, v, h, top.map(|(id, _)| id)));
            let named = a.questions.iter().filter_map(|(id, q)| {
                let each = self.horizons().into_iter();
                Some(QuestionOf {
                    id: q.name.as_ref()?.node.clone(),
                    title: q.title.clone(),
                    horizons: each.map(|h| self.json_viewed(a, v, h, Some(id))).collect(),
                })
            });
            let events = v.events.iter().map(|event| ViewedEvent {
                id: a.drivers.name(event.event).to_owned(),
                horizons: self
                    .horizons()
                    .into_iter()
                    .map(|h| {
                        let crate::infer::verdict::EventAt { chance, interval } =
                            event.horizons[h.index()];
                        let hypothetical = a.drivers[event.event].is_hypothetical();
                        EventAt {
                            id: a.horizons.name(h).to_owned(),
                            chance: number(chance.value).filter(|_| !hypothetical),
                            low: interval.map(|i| i.0),
                            high: interval.map(|i| i.1),
                            standard_error: None,
                        }
                    })
                    .collect(),
            });
            View {
                id: self.assessment.views.name(found.view).to_owned(),
                title: view.title.clone(),
                author: view.author.as_ref().map(|t| t.node.clone()),
                confidence: view.confidence.as_ref().map(|c| c.node.into()),
                without: self.names(&view.without),
                horizons: horizons.collect(),
                questions: named.collect(),
                events: events.collect(),
            }
        });
        each.collect()
    }

    fn names(&self, drivers: &[assessment::DriverId]) -> Vec<String> {
        let names = drivers.iter().map(|d| self.driver_name(*d).to_owned());
        names.collect()
    }

    /// A question as a view has it; nothing where the file asks none at the top.
    fn json_viewed(
        &self,
        a: &Assessment,
        v: &Verdict,
        h: HorizonId,
        question: Option<QuestionId>,
    ) -> QuestionAt {
        let at = &v.horizons[h.index()];
        let of = v.questions.iter().find(|q| Some(q.question) == question);
        let (leader, margin, confidence) = match of {
            Some(of) => {
                let at = of.horizons[h.index()];
                (at.leader, at.margin, at.confidence)
            }
            None => (at.leader, at.margin, at.confidence),
        };
        let shown = self.outcomes().into_iter();
        let own = shown.filter(|o| question.is_some_and(|q| a.questions[q].has(*o)));
        let outcomes = own.map(|o| {
            let found = &at.outcomes[o.index()];
            self.json_numbers(o, found.probability.value, found.interval)
        });
        QuestionAt {
            id: a.horizons.name(h).to_owned(),
            leader: question.map(|_| a.outcomes.name(leader).to_owned()),
            margin: question.map(|_| margin),
            confidence: confidence.into(),
            outcomes: outcomes.collect(),
        }
    }

    fn json_numbers(&self, o: OutcomeId, p: f64, interval: Option<(f64, f64)>) -> Outcome {
        let p = number(p);
        let word = |p| self.assessment.scale.wording(p).word();
        let interval = p.and(interval);
        Outcome {
            id: self.outcome_name(o).to_owned(),
            is_final: self.outcome(o).is_final,
            probability: p,
            low: interval.map(|i| i.0),
            high: interval.map(|i| i.1),
            term: p.map(word),
            low_term: interval.map(|i| word(i.0)),
            high_term: interval.map(|i| word(i.1)),
            standard_error: None,
        }
    }

    pub(super) fn json_pools(&self) -> Vec<Pool> {
        let a = &self.assessment;
        let each = self.verdict.pools.iter().map(|found| {
            let pool = &a.pools[found.pool];
            let horizons = self.horizons().into_iter().map(|h| {
                let at = &found.horizons[h.index()];
                let is_whole =
                    !at.outcomes.is_empty() && !at.outcomes[at.leader.index()].value.is_nan();
                let outcomes = self.outcomes().into_iter();
                PoolAt {
                    id: a.horizons.name(h).to_owned(),
                    leader: is_whole.then(|| a.outcomes.name(at.leader).to_owned()),
                    margin: is_whole.then_some(at.margin),
                    outcomes: outcomes
                        .map(|o| self.json_numbers(o, at.outcomes[o.index()].value, None))
                        .collect(),
                }
            });
            Pool {
                id: a.pools.name(found.pool).to_owned(),
                title: pool.title.clone(),
                of: pool.of.iter().map(|v| a.voice(*v).to_owned()).collect(),
                weights: pool.weights.clone(),
                method: pool.method.as_str(),
                extremise: pool.extremise,
                horizons: horizons.collect(),
            }
        });
        each.collect()
    }

    pub(super) fn json_judgements(&self) -> Vec<Judgement> {
        let each = self.judged().map(|(judgement, answer)| Judgement {
            text: judgement.title.node.clone(),
            on: judgement.expect.query.text.clone(),
            says: judgement.says.clone(),
            line: self.line(judgement.span),
            holds: answer.holds,
            value: answer.value,
            confidence: judgement.confidence.as_ref().map(|c| c.node.into()),
            computed_confidence: self.computed_for(judgement).map(Into::into),
            rests_on: self.names(&judgement.rests_on),
        });
        each.collect()
    }
}
