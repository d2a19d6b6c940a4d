//! Verdicts as JSON, the shape that scripts rely on.
//!
//! In: evaluated assessments. Out: a [`Report`], and its text. Numbers are full doubles. The schema
//! that `assess schema` prints is made from the same structs.

use super::{Evaluated, Look};
use crate::infer::verdict;
use crate::resolve::assessment::OutcomeId;
use crate::resolve::table::Id;
use schemars::JsonSchema;
use serde::Serialize;

/// What `assess eval --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Report {
    /// The version of this shape.
    pub version: u32,
    /// One for each file without errors, in the order of the command line.
    pub assessments: Vec<Assessment>,
}

/// One assessment.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Assessment {
    /// As named on the command line.
    pub file: String,
    /// The question.
    pub title: String,
    /// Who says so.
    pub author: Option<String>,
    /// Time 0, as `2025-03-01`.
    pub as_of: String,
    /// The scale of the words.
    pub scale: String,
    /// How it was computed.
    pub method: Method,
    /// What was asked beyond the verdict itself; absent where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
    /// The verdict at each horizon.
    pub horizons: Vec<Horizon>,
    /// What each driver does to each outcome.
    pub contributions: Vec<Contribution>,
    /// Every change clause.
    pub changes: Vec<Change>,
    /// Every event.
    pub events: Vec<Event>,
    /// Every scenario.
    pub scenarios: Vec<Scenario>,
    /// Every expectation.
    pub expectations: Vec<Expectation>,
    /// What was taken for granted, as sentences.
    pub assumed: Vec<String>,
}

/// How a verdict was computed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Method {
    /// All states were summed.
    pub kind: MethodKind,
    /// How many states.
    pub states: u64,
    /// How many draws the intervals rest on; 0 where nothing in the file is a range.
    pub draws: u32,
    /// Their seed.
    pub seed: u64,
}

/// How a verdict was computed.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MethodKind {
    /// All states were summed.
    Exact,
}

/// What was asked beyond the verdict itself.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Asked {
    /// `--given`: the verdict is among the cases in which this holds.
    pub given: Option<String>,
    /// `--under`: a scenario's name.
    pub under: Option<String>,
    /// `--set`: things made so, `drift` or `not drift`.
    pub set: Vec<String>,
}

/// The verdict at one horizon.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Horizon {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// The first day.
    pub from: String,
    /// The last day.
    pub to: String,
    /// The likeliest outcome; null where `--given` cannot hold.
    pub leader: Option<String>,
    /// Its probability less the next one's; null where `--given` cannot hold.
    pub margin: Option<f64>,
    /// How sure the verdict is.
    pub confidence: Confidence,
    /// The chance of what `--given` says; absent without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub given_chance: Option<f64>,
    /// Every outcome.
    pub outcomes: Vec<Outcome>,
}

/// How sure a verdict is.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Little holds it up.
    Low,
    /// Something does.
    Moderate,
    /// It rests on rated, sourced evidence and moves little.
    High,
}

/// One outcome at one horizon.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Outcome {
    /// Its name.
    pub id: String,
    /// Whether it stays once it has come.
    #[serde(rename = "final")]
    pub is_final: bool,
    /// Cumulative for a final outcome, at the horizon's end for another; null where `--given`
    /// cannot hold.
    pub probability: Option<f64>,
    /// The 5th percentile over the draws; null where nothing in the file is a range.
    pub low: Option<f64>,
    /// The 95th percentile.
    pub high: Option<f64>,
    /// The scale's word for the probability.
    pub term: Option<String>,
}

/// What one driver does to one outcome at one horizon.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Contribution {
    /// The driver's name.
    pub id: String,
    /// `event`, `factor`, `change` or `assumption`.
    pub kind: &'static str,
    /// When.
    pub horizon: String,
    /// To what.
    pub outcome: String,
    /// Its push after discount and overlap, where it holds.
    pub decibans: f64,
    /// Its share of verdict minus prior, in percentage points (Shapley).
    pub points: f64,
}

/// A change clause.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Change {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// By horizon.
    pub horizons: Vec<Conditional>,
}

/// A condition at one horizon.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Conditional {
    /// The horizon.
    pub id: String,
    /// How likely it is; 0 for what rests on a hypothetical event.
    pub chance: f64,
    /// Whether it can hold.
    pub possible: bool,
    /// Whether another outcome leads given it.
    pub flips: bool,
    /// The likeliest outcome given it; the verdict's own where it cannot hold.
    pub leader: String,
    /// The verdict given it; null where it cannot hold.
    pub given: Option<Vec<Probability>>,
    /// The verdict given its absence; null where it cannot fail to hold.
    pub absent: Option<Vec<Probability>>,
}

/// An outcome's probability.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Probability {
    /// The outcome.
    pub id: String,
    /// Its probability.
    pub probability: f64,
}

/// An event.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Event {
    /// Its name.
    pub id: String,
    /// By horizon.
    pub horizons: Vec<EventAt>,
}

/// An event at one horizon.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EventAt {
    /// The horizon.
    pub id: String,
    /// Its cumulative chance.
    pub chance: f64,
    /// The 5th percentile over the draws; null where nothing in the file is a range.
    pub low: Option<f64>,
    /// The 95th percentile.
    pub high: Option<f64>,
}

/// A scenario.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Scenario {
    /// Its name.
    pub id: String,
    /// Its title, or its name.
    pub title: String,
    /// By horizon.
    pub horizons: Vec<ScenarioAt>,
}

/// A scenario at one horizon.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ScenarioAt {
    /// The horizon.
    pub id: String,
    /// The likeliest outcome.
    pub leader: String,
    /// Every outcome.
    pub outcomes: Vec<Probability>,
}

/// An expectation.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Expectation {
    /// As written, without the keyword.
    pub text: String,
    /// Where it stands, from 1.
    pub line: usize,
    /// Whether the verdict bears it out.
    pub holds: bool,
    /// The queried probability; null where its condition cannot hold.
    pub value: Option<f64>,
}

/// All of it as text.
pub(super) fn report(evaluated: &[Evaluated], _: Look) -> String {
    let report = Report {
        version: 1,
        assessments: evaluated.iter().map(Evaluated::to_json).collect(),
    };
    let mut text = serde_json::to_string_pretty(&report).unwrap_or_default();
    text.push('\n');
    text
}

impl Evaluated {
    /// The JSON of one assessment.
    pub fn to_json(&self) -> Assessment {
        let a = &self.assessment;
        let method = &self.verdict.method;
        Assessment {
            file: self.file().to_owned(),
            title: a.title.node.clone(),
            author: a.author.as_ref().map(|t| t.node.clone()),
            as_of: a.as_of.to_string(),
            scale: a.scale.name.clone(),
            method: Method {
                kind: MethodKind::Exact,
                states: method.states,
                draws: method.draws,
                seed: method.seed,
            },
            asked: self.json_asked(),
            horizons: self.json_horizons(),
            contributions: self.json_contributions(),
            changes: self.json_changes(),
            events: self.json_events(),
            scenarios: self.json_scenarios(),
            expectations: self.json_expectations(),
            assumed: self.assumed().cloned().collect(),
        }
    }

    fn json_asked(&self) -> Option<Asked> {
        let asked = &self.asked;
        let sets = asked.sets.iter();
        let found = Asked {
            given: asked.given.clone(),
            under: asked
                .under
                .map(|s| self.assessment.scenarios.name(s).to_owned()),
            set: sets.map(|&s| self.set_list(std::iter::once(s))).collect(),
        };
        let anything = found.given.is_some() || found.under.is_some() || !found.set.is_empty();
        anything.then_some(found)
    }

    fn json_horizons(&self) -> Vec<Horizon> {
        let each = self.horizons().into_iter().map(|h| {
            let (horizon, at) = (self.horizon(h), self.at(h));
            let possible = self.is_possible(h);
            let outcomes = self.outcomes().into_iter().map(|o| {
                let found = self.of(h, o);
                let p = (!found.probability.is_nan()).then_some(found.probability);
                Outcome {
                    id: self.outcome_name(o).to_owned(),
                    is_final: self.outcome(o).is_final,
                    probability: p,
                    low: p.and(found.interval).map(|i| i.0),
                    high: p.and(found.interval).map(|i| i.1),
                    term: p.map(|p| self.assessment.scale.wording(p).word()),
                }
            });
            Horizon {
                id: self.assessment.horizons.name(h).to_owned(),
                title: horizon.title.clone(),
                from: horizon.from.to_string(),
                to: horizon.to.to_string(),
                leader: possible.then(|| self.outcome_name(at.leader).to_owned()),
                margin: possible.then_some(at.margin),
                confidence: match at.confidence {
                    verdict::Confidence::Low => Confidence::Low,
                    verdict::Confidence::Moderate => Confidence::Moderate,
                    verdict::Confidence::High => Confidence::High,
                },
                given_chance: at.given_chance,
                outcomes: outcomes.collect(),
            }
        });
        each.collect()
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
            points: c.points,
        });
        each.collect()
    }

    fn json_changes(&self) -> Vec<Change> {
        let each = self.verdict.changes.iter().map(|change| {
            let at = self.horizons().into_iter().map(|h| {
                let c = &change.horizons[h.index()];
                Conditional {
                    id: self.assessment.horizons.name(h).to_owned(),
                    chance: c.chance,
                    possible: c.given.is_some(),
                    flips: c.flips,
                    leader: self.outcome_name(c.leader).to_owned(),
                    given: c.given.as_ref().map(|p| self.json_probabilities(p)),
                    absent: c.absent.as_ref().map(|p| self.json_probabilities(p)),
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

    fn json_probabilities(&self, probabilities: &[f64]) -> Vec<Probability> {
        let each = self.outcomes().into_iter().map(|o: OutcomeId| Probability {
            id: self.outcome_name(o).to_owned(),
            probability: probabilities[o.index()],
        });
        each.collect()
    }

    fn json_events(&self) -> Vec<Event> {
        let each = self.verdict.events.iter().map(|event| {
            let at = self.horizons().into_iter().map(|h| {
                let (chance, interval) = event.horizons[h.index()];
                EventAt {
                    id: self.assessment.horizons.name(h).to_owned(),
                    chance,
                    low: interval.map(|i| i.0),
                    high: interval.map(|i| i.1),
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
                    leader: self.outcome_name(*leader).to_owned(),
                    outcomes: self.json_probabilities(probabilities),
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

    fn json_expectations(&self) -> Vec<Expectation> {
        let answered = self
            .assessment
            .expects
            .iter()
            .zip(&self.verdict.expectations);
        let each = answered.map(|(expect, answer)| Expectation {
            text: expect.text.clone(),
            line: self.line(expect),
            holds: answer.holds,
            value: answer.value,
        });
        each.collect()
    }
}
