//! Outcomes, events and scenarios over the horizons.
//!
//! In: a verdict. Out: their part of the report.

use super::model::{Event, Outcome, Prior, PriorRow, Scenario, ScenarioAt, Share};
use super::{Gather, at, number, source};
use crate::infer::Estimate;
use crate::resolve::assessment::{Curve, HorizonId, Row, What};
use crate::resolve::table::Id;
use crate::text::round;

impl Gather<'_> {
    pub(super) fn share(&self, p: f64) -> Share {
        let value = number(p);
        Share {
            value,
            text: value.map_or("—".to_owned(), |p| {
                let text = round::percent_in(&self.assessment().scale, p);
                self.say.number(&text)
            }),
        }
    }

    pub(super) fn shares(&self, all: &[Estimate]) -> Vec<Share> {
        all.iter().map(|p| self.share(p.value)).collect()
    }

    pub(super) fn outcomes(&mut self) -> Vec<Outcome> {
        let each = self
            .assessment()
            .outcomes
            .iter()
            .map(|(o, stated)| Outcome {
                id: stated.name.node.clone(),
                title: stated.title.clone(),
                is_final: stated.is_final,
                resolves: self.prose(stated.prose.resolves.as_ref()),
                note: self.remarks(&stated.prose),
                horizons: self.horizons().map(|h| self.likelihood(h, o)).collect(),
                place: self.place(stated.span),
            });
        each.collect()
    }

    pub(super) fn prior(&mut self) -> Option<Prior> {
        let question = self.assessment().questions.values().next()?;
        let [row] = question.priors.as_slice() else {
            return None;
        };
        let prior = &row.prior;
        let e = self.evaluated();
        let by_horizon = |o| {
            let shares = self.horizons().map(|h: HorizonId| e.of(h, o).prior);
            shares
                .map(|p| Share {
                    value: number(p),
                    text: self.say.number(&round::percent(p)),
                })
                .collect()
        };
        Some(Prior {
            title: prior.title.as_ref().map(|t| t.node.clone()),
            outcomes: question.ids().map(by_horizon).collect(),
            source: prior.prose.source.as_ref().map(source),
            evidence: self.evidence(&prior.evidence),
            note: self.remarks(&prior.prose),
            place: self.place(prior.span),
        })
    }

    /// The rows of priors that have several, and those of questions but the first.
    pub(super) fn prior_rows(&mut self) -> Vec<PriorRow> {
        let (a, x) = (self.assessment(), self.input.explained);
        let mut out = Vec::new();
        for (i, (id, question)) in a.questions.iter().enumerate() {
            if i == 0 && question.priors.len() == 1 {
                continue;
            }
            let rows = x.explanation.rows.iter().find(|r| r.question == id);
            for (i, row) in question.priors.iter().enumerate() {
                let percent = |p: f64| match p.is_nan() {
                    true => "—".to_owned(),
                    false => self.say.number(&round::percent(p)),
                };
                let in_force = rows.map(|rows| {
                    let chance = x.by_horizon(|h| percent(rows.chances[i][h]));
                    self.say.fill("row_in_force", &[("chance", &chance)])
                });
                let judged = question.ids().filter(|o| a.outcomes[*o].decided.is_none());
                let says = judged.map(|o| {
                    let at = |h: usize| match rows {
                        Some(rows) => rows.says[i][h][question.place(o)],
                        None => self.evaluated().of(HorizonId::new(h), o).prior,
                    };
                    let shares = x.by_horizon(|h| percent(at(h)));
                    format!("{}: {shares}", a.outcomes[o].title)
                });
                let says = says.collect();
                let given = row
                    .given
                    .as_ref()
                    .map(|given| x.evaluated.proposition(given));
                let given = match (given, rows) {
                    (Some(given), _) => Some(self.say.fill("row_given", &[("given", &given)])),
                    (None, Some(_)) => Some(self.say.get("row_otherwise").to_owned()),
                    (None, None) => None,
                };
                let title = row.prior.title.as_ref().map(|t| t.node.clone());
                let title = title.unwrap_or_else(|| self.say.get("prior").to_owned());
                let asked = question.name.as_ref().map(|_| question.title.clone());
                let title: Vec<String> = asked.into_iter().chain([title]).chain(given).collect();
                out.push(PriorRow {
                    title: title.join(" · "),
                    in_force,
                    says,
                    source: row.prior.prose.source.as_ref().map(source),
                    evidence: self.evidence(&row.prior.evidence),
                    note: self.remarks(&row.prior.prose),
                    place: self.place(row.prior.span),
                });
            }
        }
        out
    }

    pub(super) fn events(&mut self) -> Vec<Event> {
        let all = &self.evaluated().verdict.events;
        let each = all.iter().map(|found| {
            let stated = &self.assessment().drivers[found.event];
            let rows = match &stated.what {
                What::Event(rows) => rows.as_slice(),
                _ => &[],
            };
            let horizons = found.horizons.iter();
            Event {
                id: stated.name.node.clone(),
                title: stated.title.clone(),
                hypothetical: stated.is_hypothetical(),
                now: now(rows),
                horizons: horizons
                    .map(|at| self.chance(number(at.chance.value), at.interval))
                    .collect(),
                resolves: self.prose(stated.prose.resolves.as_ref()),
                place: self.place(stated.span),
            }
        });
        each.collect()
    }

    pub(super) fn scenarios(&mut self) -> Vec<Scenario> {
        let e = self.evaluated();
        let all = &e.verdict.scenarios;
        let each = all.iter().map(|found| {
            let stated = &self.assessment().scenarios[found.scenario];
            let horizons = self.horizons().map(|h| {
                let (leader, outcomes) = at(&found.horizons, h);
                ScenarioAt {
                    leader: e.outcome_name(*leader).to_owned(),
                    flips: *leader != e.at(h).leader,
                    outcomes: self.shares(outcomes),
                }
            });
            Scenario {
                id: stated.name.node.clone(),
                title: stated.title.clone(),
                sets: self.sets(stated),
                horizons: horizons.collect(),
                note: self.remarks(&stated.prose),
                place: self.place(stated.span),
            }
        });
        each.collect()
    }
}

/// How likely an event is to hold already: 0 where nothing says otherwise, none where that hangs on
/// other events.
fn now(rows: &[Row<Curve>]) -> Option<f64> {
    let stated = |row: &Row<Curve>| match &row.clause.values {
        Curve::Points(points) => {
            let first = points.first().filter(|p| p.days <= 0.0);
            first.map_or(0.0, |p| p.chance.point)
        }
        Curve::PerYear(_) | Curve::Times(_) => 0.0,
    };
    let first = rows.first().map_or(0.0, stated);
    rows.iter().all(|row| stated(row) == first).then_some(first)
}
