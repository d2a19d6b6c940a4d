//! From verdicts to their JSON.
//!
//! In: evaluated assessments. Out: a [`Report`], and its text. No number is rounded; what has no
//! answer is null.

mod voices;

use super::json::{
    Asked, Assessment, Base, BaseAt, BaseOutcome, Bet, Change, Conditional, Confidence,
    Contribution, Event, EventAt, Expectation, Head, Horizon, Method, MethodKind, Outcome,
    Probability, QuestionAt, QuestionOf, QuestionUnder, Ranges, Report, Scenario, ScenarioAt,
};
use super::{Evaluated, Look};
use crate::infer::verdict;
use crate::infer::{Estimate, Given};
use crate::resolve::assessment::{HorizonId, OutcomeId};
use crate::resolve::table::Id;

/// All of it as text.
pub(super) fn report(evaluated: &[Evaluated], _: Look) -> String {
    crate::text::clean::json(&Report::of(evaluated))
}

impl Report {
    /// The verdicts of several files.
    pub fn of(evaluated: &[Evaluated]) -> Self {
        Report {
            version: 1,
            assessments: evaluated.iter().map(Evaluated::to_json).collect(),
        }
    }
}

/// What has no answer is null.
pub(in crate::render) fn number(x: f64) -> Option<f64> {
    (!x.is_nan()).then_some(x)
}

impl From<verdict::Confidence> for Confidence {
    fn from(level: verdict::Confidence) -> Self {
        match level {
            verdict::Confidence::Low => Confidence::Low,
            verdict::Confidence::Moderate => Confidence::Moderate,
            verdict::Confidence::High => Confidence::High,
        }
    }
}

impl Evaluated {
    /// How the verdict was computed.
    pub(crate) fn json_method(&self) -> Method {
        let method = &self.verdict.method;
        let sampled = method.sampled.as_ref();
        Method {
            kind: match sampled {
                None if method.transformed.is_some() => MethodKind::Transform,
                None => MethodKind::Exact,
                Some(_) => MethodKind::Sampled,
            },
            states: method.states,
            draws: method.draws,
            seed: method.seed,
            standard_error: sampled.map(|s| s.standard_error).or(method.transformed),
            samples: sampled.map(|s| s.samples),
            coupled: sampled.map_or(Vec::new(), |s| {
                let names = s.coupled.iter().map(|d| self.driver_name(*d));
                names.map(str::to_owned).collect()
            }),
        }
    }

    /// Whose verdict it is, and what was asked.
    pub(in crate::render) fn json_head(&self) -> Head {
        let a = &self.assessment;
        Head {
            file: self.file().to_owned(),
            title: a.title.node.clone(),
            author: a.author.as_ref().map(|t| t.node.clone()),
            as_of: a.as_of.to_string(),
            scale: a.scale.name.clone(),
            method: self.json_method(),
            asked: self.json_asked(),
        }
    }

    /// One outcome at one horizon.
    pub(in crate::render) fn json_outcome(&self, h: HorizonId, o: OutcomeId) -> Outcome {
        let found = self.of(h, o);
        let p = number(found.probability.value);
        let word = |p| self.assessment.scale.wording(p).word();
        Outcome {
            id: self.outcome_name(o).to_owned(),
            is_final: self.outcome(o).is_final,
            probability: p,
            low: p.and(found.interval).map(|i| i.0),
            high: p.and(found.interval).map(|i| i.1),
            term: p.map(word),
            low_term: p.and(found.interval).map(|i| word(i.0)),
            high_term: p.and(found.interval).map(|i| word(i.1)),
            standard_error: self.error(h, o),
        }
    }

    /// The leader at a horizon; none where what is given cannot hold.
    pub(in crate::render) fn json_leader(&self, h: HorizonId) -> Option<String> {
        let leader = || self.outcome_name(self.at(h).leader).to_owned();
        self.is_possible(h).then(leader)
    }

    /// The JSON of one assessment.
    pub fn to_json(&self) -> Assessment {
        Assessment {
            head: self.json_head(),
            ranges: self.json_ranges(),
            horizons: self.json_horizons(),
            questions: self.json_questions(),
            base: self.json_base(),
            recalibrated: self.json_recalibrated(),
            judgements: self.json_judgements(),
            views: self.json_views(),
            pools: self.json_pools(),
            contributions: self.json_contributions(),
            changes: self.json_changes(),
            events: self.json_events(),
            scenarios: self.json_scenarios(),
            expectations: self.json_expectations(),
            bets: self.json_bets(),
            settled: self.json_settled(),
            settled_events: self.json_settled_events(),
            settled_numbers: self.json_settled_numbers(),
            quantities: self.json_quantities(),
            values: self.json_values(),
            risks: self.json_risks(),
            when: self.json_when(),
            assumed: self.assumed().cloned().collect(),
        }
    }

    fn json_ranges(&self) -> Ranges {
        let lent = self.assessment.lent.as_ref();
        let found = match lent {
            Some(lent) => lent.before.clone(),
            None => crate::resolve::ranges::Ranges::of(&self.assessment),
        };
        Ranges {
            stated: found.stated,
            prior: found.prior,
            chances: found.chances,
            weights: found.weights,
            likelihoods: found.likelihoods,
            vague: lent.map(|lent| lent.decibans),
        }
    }

    pub(in crate::render) fn json_asked(&self) -> Option<Asked> {
        asked(&self.asked, &self.assessment)
    }

    fn json_horizons(&self) -> Vec<Horizon> {
        let each = self.horizons().into_iter().map(|h| {
            let (horizon, at) = (self.horizon(h), self.at(h));
            let possible = self.is_possible(h);
            let outcomes = self
                .outcomes()
                .into_iter()
                .filter(|o| self.is_at_the_top(*o));
            let outcomes = outcomes.map(|o| self.json_outcome(h, o));
            let top = self.assessment.questions.values().any(|q| q.name.is_none());
            Horizon {
                id: self.assessment.horizons.name(h).to_owned(),
                title: horizon.title.clone(),
                from: horizon.from.to_string(),
                to: horizon.to.to_string(),
                leader: self.json_leader(h).filter(|_| top),
                margin: (possible && top).then_some(at.margin),
                confidence: at.confidence.into(),
                given_chance: at.given_chance.map(|found| found.value),
                given_standard_error: at.given_chance.and_then(|found| found.error),
                effective_samples: at.effective,
                outcomes: outcomes.collect(),
            }
        });
        each.collect()
    }

    fn at_the_top(&self) -> Vec<OutcomeId> {
        let shown = self.outcomes().into_iter();
        shown.filter(|o| self.is_at_the_top(*o)).collect()
    }

    /// The outcomes of each `question` block under a scenario.
    fn json_under(&self, probabilities: &[Estimate]) -> Vec<QuestionUnder> {
        let named = self.assessment.questions.iter();
        let each = named.filter_map(|(_, q)| {
            let own = self.outcomes().into_iter().filter(|o| q.has(*o));
            Some(QuestionUnder {
                id: q.name.as_ref()?.node.clone(),
                outcomes: self.json_probabilities(&own.collect::<Vec<_>>(), probabilities),
            })
        });
        each.collect()
    }

    /// Whether an outcome is one of the question at the top level.
    fn is_at_the_top(&self, o: OutcomeId) -> bool {
        let question = self.outcome(o).question;
        self.assessment.questions[question].name.is_none()
    }

    /// The `question` blocks.
    fn json_questions(&self) -> Vec<QuestionOf> {
        let named = self.assessment.questions.iter();
        let each = named.filter_map(|(id, q)| {
            let name = q.name.as_ref()?;
            let horizons = self.horizons().into_iter().map(|h| {
                let standing = self.standing(h, id);
                let possible = self.is_possible(h);
                let own = self.outcomes().into_iter().filter(|o| q.has(*o));
                QuestionAt {
                    id: self.assessment.horizons.name(h).to_owned(),
                    leader: possible.then(|| self.outcome_name(standing.leader).to_owned()),
                    margin: possible.then_some(standing.margin),
                    confidence: standing.confidence.into(),
                    outcomes: own.map(|o| self.json_outcome(h, o)).collect(),
                }
            });
            Some(QuestionOf {
                id: name.node.clone(),
                title: q.title.clone(),
                horizons: horizons.collect(),
            })
        });
        each.collect()
    }

    fn json_base(&self) -> Option<Base> {
        let base = self.verdict.base.as_ref()?;
        let each = self.horizons().into_iter().map(|h| {
            let at = &base[h.index()];
            let outcomes = self.outcomes().into_iter().map(|o| {
                let Estimate { value, error } = at.outcomes[o.index()];
                BaseOutcome {
                    id: self.outcome_name(o).to_owned(),
                    probability: value,
                    standard_error: error,
                    points: number(100.0 * (self.of(h, o).probability.value - value)),
                }
            });
            BaseAt {
                id: self.assessment.horizons.name(h).to_owned(),
                leader: self.outcome_name(at.leader).to_owned(),
                margin: at.margin,
                outcomes: outcomes.collect(),
            }
        });
        Some(Base {
            horizons: each.collect(),
        })
    }

    fn json_contributions(&self) -> Vec<Contribution> {
        let a = &self.assessment;
        let (horizons, outcomes) = (self.horizons(), self.outcomes());
        let shown = self.verdict.contributions.iter();
        let shown =
            shown.filter(|c| horizons.contains(&c.horizon) && outcomes.contains(&c.outcome));
        let each = shown.map(|c| Contribution {
            id: self.driver_name(c.driver).to_owned(),
            kind: a.drivers[c.driver].kind().as_str(),
            horizon: a.horizons.name(c.horizon).to_owned(),
            outcome: self.outcome_name(c.outcome).to_owned(),
            decibans: c.decibans,
            points: number(c.points),
        });
        each.collect()
    }

    fn json_changes(&self) -> Vec<Change> {
        let each = self.verdict.changes.iter();
        let kept = each.filter(|c| !self.asked.without.contains(&c.change));
        let each = kept.map(|change| {
            let at = self.horizons().into_iter().map(|h| {
                let c = &change.horizons[h.index()];
                let outcomes = |given: &Given| {
                    let all = given.outcomes()?;
                    Some(self.json_probabilities(&self.outcomes(), all))
                };
                Conditional {
                    id: self.assessment.horizons.name(h).to_owned(),
                    chance: c.stated_chance(),
                    standard_error: c.chance.error,
                    effective_samples: c.effective,
                    too_rare: c.given == Given::TooRare,
                    possible: c.given.is_possible(),
                    flips: c.flips,
                    leader: self.outcome_name(c.leader).to_owned(),
                    absence_flips: c.absence_flips,
                    leader_without: c.without.map(|o| self.outcome_name(o).to_owned()),
                    given: outcomes(&c.given),
                    absent: outcomes(&c.absent),
                }
            });
            Change {
                id: self.driver_name(change.change).to_owned(),
                title: self.assessment.drivers[change.change].title.clone(),
                horizons: at.collect(),
            }
        });
        each.collect()
    }

    /// Probabilities by outcome.
    pub(in crate::render) fn json_probabilities(
        &self,
        outcomes: &[OutcomeId],
        probabilities: &[Estimate],
    ) -> Vec<Probability> {
        let each = outcomes.iter().map(|&o| Probability {
            id: self.outcome_name(o).to_owned(),
            probability: number(probabilities[o.index()].value),
            standard_error: probabilities[o.index()].error,
        });
        each.collect()
    }

    fn json_events(&self) -> Vec<Event> {
        let each = self.verdict.events.iter().map(|event| {
            let at = self.horizons().into_iter().map(|h| {
                let verdict::EventAt { chance, interval } = event.horizons[h.index()];
                EventAt {
                    id: self.assessment.horizons.name(h).to_owned(),
                    chance: number(chance.value).filter(|p| !self.is_unstated(event.event, *p)),
                    low: interval.map(|i| i.0),
                    high: interval.map(|i| i.1),
                    standard_error: chance.error,
                }
            });
            Event {
                id: self.driver_name(event.event).to_owned(),
                horizons: at.collect(),
            }
        });
        each.collect()
    }

    fn json_scenarios(&self) -> Vec<Scenario> {
        let each = self.verdict.scenarios.iter().map(|scenario| {
            let at = self.horizons().into_iter().map(|h| {
                let (leader, probabilities) = &scenario.horizons[h.index()];
                ScenarioAt {
                    id: self.assessment.horizons.name(h).to_owned(),
                    leader: (!probabilities.iter().any(|p| p.value.is_nan())
                        && !probabilities.is_empty())
                    .then(|| self.outcome_name(*leader).to_owned()),
                    outcomes: self.json_probabilities(&self.at_the_top(), probabilities),
                    questions: self.json_under(probabilities),
                }
            });
            Scenario {
                id: self.assessment.scenarios.name(scenario.scenario).to_owned(),
                title: self.assessment.scenarios[scenario.scenario].title.clone(),
                horizons: at.collect(),
            }
        });
        each.collect()
    }

    fn json_bets(&self) -> Vec<Bet> {
        let each = self.assessment.bets.iter().zip(&self.verdict.bets);
        let each = each.map(|(bet, chance)| Bet {
            title: bet.title.node.clone(),
            on: bet.on.text.clone(),
            line: self.line(bet.span),
            price: bet.price.node,
            chance: chance.map(|p| p.value),
            standard_error: chance.and_then(|p| p.error),
            edge: chance.map(|p| p.value - bet.price.node),
        });
        each.collect()
    }

    fn json_expectations(&self) -> Vec<Expectation> {
        let answered = self
            .assessment
            .expects
            .iter()
            .zip(&self.verdict.expectations);
        let each = answered.map(|(expect, answer)| Expectation {
            text: expect.text.clone(),
            line: self.line(expect.span),
            holds: answer.holds,
            value: answer.value,
            standard_error: answer.error,
        });
        each.collect()
    }
}

/// What was asked beyond the verdict itself; none where nothing was.
pub(in crate::render) fn asked(
    asked: &super::Asked,
    a: &crate::resolve::assessment::Assessment,
) -> Option<Asked> {
    let under = asked.under.map(|s| a.scenarios.name(s).to_owned());
    let without = asked.without.iter();
    let found = Asked {
        given: asked.given.clone(),
        under,
        view: asked.view.as_ref().map(|v| v.name.clone()),
        set: asked.made_so(a),
        with: asked.with.clone(),
        without: without.map(|&d| a.drivers.name(d).to_owned()).collect(),
    };
    asked.is_anything().then_some(found)
}
