//! What would change the verdict: change clauses, tipping points, the smallest sets.
//!
//! In: a verdict and what was found to change its leader. Out: their part of the report.

use super::model::{Change, ChangeAt, Sets, Share, Tip, Tipping};
use super::{Gather, at, number};
use crate::infer::verdict::ChangeVerdict;
use crate::render::flip::{Flipped, View, titled, values};
use crate::render::voice::Voice;
use crate::resolve::assessment::{HorizonId, QuestionId, What};

impl Gather<'_> {
    pub(super) fn changes(&mut self) -> Vec<Change> {
        let e = self.evaluated();
        let each = e.verdict.changes.iter().map(|found| {
            let stated = &self.assessment().drivers[found.change];
            let mut remarks: Vec<String> = found
                .idle
                .iter()
                .map(|d| {
                    let name = e.driver_name(*d);
                    self.say.fill("no_part", &[("name", name)])
                })
                .collect();
            if found.horizons.iter().all(|c| !c.absent.is_possible()) {
                remarks.push(self.say.get("always_holds").to_owned());
            }
            Change {
                id: stated.name.node.clone(),
                title: stated.title.clone(),
                when: match &stated.what {
                    What::Change { when, .. } => e.proposition(when),
                    _ => String::new(),
                },
                horizons: self.horizons().map(|h| self.change(found, h)).collect(),
                remarks,
                note: self.remarks(&stated.prose),
                place: self.place(stated.span),
            }
        });
        each.collect()
    }

    fn change(&self, found: &ChangeVerdict, h: HorizonId) -> ChangeAt {
        let e = self.evaluated();
        let now = at(&found.horizons, h);
        let possible = now.given.is_possible();
        let chance = match () {
            () if !possible => Share {
                value: Some(0.0),
                text: self.say.get("chance_impossible").to_owned(),
            },
            () if now.chance.value <= 0.0 => Share {
                value: Some(0.0),
                text: self.say.get("chance_none").to_owned(),
            },
            () => self.share(now.chance.value),
        };
        let flips = self.input.flipped;
        let leader = now.given.outcomes().map(|_| e.outcome_name(now.leader));
        ChangeAt {
            chance,
            possible,
            absent: now.absent.outcomes().map_or(Vec::new(), |p| self.shares(p)),
            given: now.given.outcomes().map_or(Vec::new(), |p| self.shares(p)),
            leader: leader.map(str::to_owned),
            flips: now.flips,
            leader_without: now.without.map(|o| e.outcome_name(o).to_owned()),
            absence_flips: now.absence_flips,
            sentence: flips.and_then(|f| {
                let mut all = f.flips.changes.iter();
                let change = all.find(|c| c.now.change == found.change)?;
                Some(f.first().clause_at(change, h, Voice::page(self.say)))
            }),
        }
    }

    /// What would change the answer to a question, by horizon.
    pub(super) fn tipping(&self, question: QuestionId) -> Vec<Tipping> {
        let views = self.input.flipped.map(Flipped::views).unwrap_or_default();
        let own = views.iter().find(|v| v.flips.question == Some(question));
        let each = own.into_iter();
        each.flat_map(|found| self.horizons().map(|h| self.tipping_at(found, h)))
            .collect()
    }

    fn tipping_at(&self, found: &View<'_>, h: HorizonId) -> Tipping {
        let a = self.assessment();
        let nearest = found.nearest(h);
        let rows = nearest.into_iter().map(|(number_of, tip)| {
            let (today, then) = values::pair(&number_of.parameter, tip);
            let told = |text: &str| self.say.number(&self.say.told(text));
            let (today, then) = (told(&today), told(&then));
            Tip {
                clause: number_of.parameter.label.clone(),
                title: titled(a, &number_of.parameter, self.say),
                within: values::within(&number_of.parameter, tip, self.say),
                driver: number_of
                    .parameter
                    .driver
                    .map(|d| a.drivers.name(d).to_owned()),
                today,
                then,
                decibans: number(tip.turn).unwrap_or_default(),
                distance: self.say.number(&values::distance(tip.turn)),
                leader: tip.leader.map(|o| a.outcomes.name(o).to_owned()),
                leader_title: tip.leader.map(|o| a.outcomes[o].title.clone()),
            }
        });
        Tipping {
            horizon: a.horizons.name(h).to_owned(),
            rows: rows.collect(),
            about: found.about(h, self.say),
            sets: found
                .smallest_sets(h, Voice::page(self.say))
                .into_iter()
                .map(|found| Sets {
                    heading: found.heading,
                    lines: found.lines,
                })
                .collect(),
        }
    }
}
