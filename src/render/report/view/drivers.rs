//! Reasons: what each contributes, what it rests on, and why what moves nothing moves nothing.
//!
//! In: an explained assessment. Out: contributions by outcome, drivers with their evidence,
//! assumptions.

use super::model::{Assumption, Contributions, Driver, Moves, Step};
use super::{Gather, number, source};
use crate::admiralty::discount;
use crate::render::explain::Explained;
use crate::render::voice::Voice;
use crate::resolve::assessment::{
    self as a, Dated, DriverId, DriverKind, HorizonId, OutcomeId, What,
};
use crate::resolve::table::Id;
use crate::text::round;

impl<'a> Gather<'a> {
    fn explained(&self) -> &'a Explained {
        self.input.explained
    }

    fn is_explained(&self) -> bool {
        !self.explained().explanation.reasons.is_empty()
    }

    pub(super) fn contributions(&self) -> Vec<Contributions> {
        if !self.is_explained() {
            return Vec::new();
        }
        let (x, e) = (self.explained(), self.evaluated());
        let each = x.outcomes().into_iter().map(|o| {
            let movers = x.movers(&[o]);
            Contributions {
                outcome: e.outcome_name(o).to_owned(),
                title: e.outcome(o).title.clone(),
                prior: self
                    .horizons()
                    .map(|h| self.share(e.of(h, o).prior))
                    .collect(),
                verdict: self
                    .horizons()
                    .map(|h| self.share(e.of(h, o).probability.value))
                    .collect(),
                others: self.assessment().drivers.len()
                    - movers.len()
                    - x.beside_pushes(&movers).len(),
                decided: x.decided(o, self.say),
                rows: movers
                    .into_iter()
                    .map(|d| self.moves(d, |h| self.step(d, h, o)))
                    .collect(),
            }
        });
        each.collect()
    }

    /// The events that are pushed.
    pub(super) fn pushed(&self) -> Vec<Contributions> {
        let (x, e) = (self.explained(), self.evaluated());
        let each = e.verdict.events.iter().filter_map(|found| {
            let event = found.event;
            let movers = x.event_movers(event);
            let chance = |h: HorizonId| self.share(found.horizons[h.index()].chance.value);
            let without = |h| self.share(x.unpushed(event, h).unwrap_or(f64::NAN));
            (!movers.is_empty()).then(|| Contributions {
                outcome: e.driver_name(event).to_owned(),
                title: self.assessment().drivers[event].title.clone(),
                prior: self.horizons().map(without).collect(),
                verdict: self.horizons().map(chance).collect(),
                others: 0,
                decided: None,
                rows: movers
                    .into_iter()
                    .map(|d| {
                        self.moves(d, |h| {
                            let found = x.on_event(d, h, event);
                            self.stepped(found.map(|c| (c.points, c.error, c.decibans)))
                        })
                    })
                    .collect(),
            })
        });
        each.collect()
    }

    fn moves(&self, driver: DriverId, step: impl Fn(HorizonId) -> Step) -> Moves {
        let stated = &self.assessment().drivers[driver];
        let ratings = stated.evidence.iter().filter_map(|e| e.rated.as_ref());
        let ratings = ratings.map(|rated| rated.node);
        let best = ratings.reduce(|a, b| match discount(b) > discount(a) {
            true => b,
            false => a,
        });
        let dates = stated.evidence.iter().filter_map(|e| e.dated.as_ref());
        let latest = dates.map(|d| d.node).max();
        Moves {
            driver: self.evaluated().driver_name(driver).to_owned(),
            title: stated.title.clone(),
            rated: best.map(|r| format!("{}{}", r.source, r.information)),
            dated: latest.map(|d| d.to_string()),
            dated_text: latest.map(Dated::shown),
            horizons: self.horizons().map(step).collect(),
        }
    }

    fn step(&self, driver: DriverId, h: HorizonId, o: OutcomeId) -> Step {
        let found = self.evaluated().verdict.contribution(driver, h, o);
        self.stepped(found.map(|c| (c.points, c.error, c.decibans)))
    }

    /// Points with their error, and decibans.
    fn stepped(&self, found: Option<(f64, Option<f64>, f64)>) -> Step {
        let Some((points, error, decibans)) = found.filter(|c| !c.0.is_nan()) else {
            return Step {
                points: None,
                points_text: "—".to_owned(),
                decibans: 0.0,
                decibans_text: None,
            };
        };
        let error = round::change_error(error);
        Step {
            points: number(points),
            points_text: self
                .say
                .number(&format!("{}{error}", round::change(points))),
            decibans,
            decibans_text: (decibans != 0.0).then(|| {
                let text = round::decibans(decibans, true);
                format!("{} dB", self.say.number(&text))
            }),
        }
    }

    pub(super) fn drivers(&mut self) -> Vec<Driver> {
        let x = self.explained();
        let mut movers = Vec::new();
        if self.is_explained() {
            movers = x.all_movers();
            movers.extend(x.beside_pushes(&movers));
        }
        let all = self.assessment().drivers.ids();
        let others = all.filter(|d| !movers.contains(d));
        let order: Vec<DriverId> = movers.iter().copied().chain(others).collect();
        let kind = |d: &DriverId| self.assessment().drivers[*d].kind();
        let order: Vec<DriverId> = order
            .into_iter()
            .filter(|d| kind(d) != DriverKind::Assumption)
            .collect();
        let each = order
            .into_iter()
            .map(|d| self.driver(d, movers.contains(&d)));
        each.collect()
    }

    /// Why something moves nothing, or what it moves, one after the other.
    fn told_each(&self, english: &str) -> String {
        let whole = self.say.told(english);
        if whole != english {
            return whole;
        }
        let each = english.split("; ").map(|one| self.say.told(one));
        each.collect::<Vec<String>>().join("; ")
    }

    fn driver(&mut self, id: DriverId, moves: bool) -> Driver {
        let (x, e) = (self.explained(), self.evaluated());
        let stated = &self.assessment().drivers[id];
        let reason = x.explanation.reasons.get(id.index());
        Driver {
            id: stated.name.node.clone(),
            title: stated.title.clone(),
            kind: stated.kind().as_str().to_owned(),
            moves,
            idle: reason
                .filter(|_| !moves)
                .map(|r| self.told_each(&x.why_idle(r))),
            pushes: self.pushes(id),
            chance: reason.map_or(String::new(), |r| {
                x.chance(stated, r, Voice::page(self.say))
            }),
            when: match &stated.what {
                What::Change { when, .. } => Some(e.proposition(when)),
                _ => None,
            },
            source: stated.prose.source.as_ref().map(source),
            evidence: self.evidence(&stated.evidence),
            note: self.remarks(&stated.prose),
            place: self.place(stated.span),
        }
    }

    /// A driver's pushes and counts, in lines.
    fn pushes(&self, id: DriverId) -> Vec<String> {
        let (x, e) = (self.explained(), self.evaluated());
        let Some(reason) = x.explanation.reasons.get(id.index()) else {
            return Vec::new();
        };
        let mut lines = x.pushes(reason, Voice::page(self.say));
        if self.beside.contains(&id) {
            lines.extend(x.part_played(id, Voice::page(self.say)));
        }
        if let What::Change { counts, .. } = &self.assessment().drivers[id].what {
            lines.extend(counts.iter().map(|count| {
                let voice = Voice::page(self.say);
                let shares = x.by_horizon(|h| voice.percent(count.shares[h]));
                let title = &self.assessment().drivers[count.driver].title;
                let name = voice.thing(e.driver_name(count.driver), title);
                self.say
                    .fill("push_counts", &[("name", &name), ("shares", &shares)])
            }));
        }
        lines
    }

    pub(super) fn assumptions(&mut self) -> Vec<Assumption> {
        let all = self.assessment().drivers.iter();
        let all = all.filter_map(|(id, stated)| match &stated.what {
            What::Assumption(confidence) => Some((id, stated, confidence.as_ref())),
            _ => None,
        });
        let each = all.map(|(id, stated, confidence)| Assumption {
            id: stated.name.node.clone(),
            title: stated.title.clone(),
            confidence: confidence.map(|c| level(c.node).to_owned()),
            pushes: self.pushes(id),
            evidence: self.evidence(&stated.evidence),
            note: self.remarks(&stated.prose),
            place: self.place(stated.span),
        });
        each.collect()
    }
}

fn level(confidence: a::Confidence) -> &'static str {
    match confidence {
        a::Confidence::Low => "low",
        a::Confidence::Moderate => "moderate",
        a::Confidence::High => "high",
    }
}
