//! Outcomes, events and scenarios over the horizons.
//!
//! In: a verdict. Out: their part of the report.

use super::model::{Event, Outcome, Prior, Scenario, ScenarioAt, Share};
use super::{Gather, at, number, source};
use crate::render::round;
use crate::resolve::assessment::{Curve, HorizonId, Row, What};

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

    pub(super) fn shares(&self, all: &[f64]) -> Vec<Share> {
        all.iter().map(|&p| self.share(p)).collect()
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
                note: self.prose(stated.prose.note.as_ref()),
                horizons: self.horizons().map(|h| self.likelihood(h, o)).collect(),
                place: self.place(stated.span),
            });
        each.collect()
    }

    pub(super) fn prior(&mut self) -> Option<Prior> {
        let prior = self.assessment().prior()?;
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
            outcomes: self.assessment().outcomes.ids().map(by_horizon).collect(),
            source: prior.prose.source.as_ref().map(source),
            evidence: self.evidence(&prior.evidence),
            note: self.prose(prior.prose.note.as_ref()),
            place: self.place(prior.span),
        })
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
                    .map(|&(p, interval)| self.chance(number(p), interval))
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
                note: self.prose(stated.prose.note.as_ref()),
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
