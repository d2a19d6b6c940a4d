//! From what a search found to its JSON.
//!
//! In: what was found. Out: a [`Report`], and its text. No number is rounded.

use super::super::Look;
use super::super::verdict::to_json::asked;
use super::Flipped;
use super::json::{
    Change, ChangeAt, Coarse, Horizon, Member, Need, Number, NumberAt, QuestionOf, Report, Set,
    Sets, SetsAt, Tip, Until,
};
use super::page::View;
use crate::infer::flip::parameter::{Kind, Parameter};
use crate::infer::flip::{self, search, sets};
use crate::resolve::assessment::{HorizonId, OutcomeId};
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;

pub(super) fn report(flipped: &Flipped, _: Look) -> String {
    crate::text::clean::json(&flipped.to_json())
}

/// A value in the unit of the JSON.
fn unit(parameter: &Parameter, value: f64) -> f64 {
    match parameter.kind {
        Kind::Weight => value / DECIBAN,
        Kind::Move if parameter.is_of_itself() => libm::expm1(value),
        _ => value,
    }
}

impl Flipped {
    /// The JSON of what was found.
    pub fn to_json(&self) -> Report {
        let a = &self.assessment;
        let is_named = |view: &View<'_>| {
            let question = view.flips.question.map(|id| &a.questions[id]);
            question.and_then(|q| q.name.as_ref()).is_some()
        };
        let (named, top): (Vec<View<'_>>, Vec<View<'_>>) =
            self.views().into_iter().partition(is_named);
        let top = top.first().map(View::json);
        let until = self.until.as_ref().zip(self.flips.answer);
        let top = top.unwrap_or_else(Told::nothing);
        Report {
            version: 1,
            file: self.sources.source(a.file).name.clone(),
            title: a.title.node.clone(),
            asked: asked(&self.asked, a),
            until: until.map(|(until, answer)| Until {
                text: until.text.clone(),
                holds: answer.holds,
                value: answer.value,
            }),
            horizons: top.horizons,
            numbers: top.numbers,
            events: top.events,
            evidence: top.evidence,
            changes: top.changes,
            questions: named.iter().filter_map(View::json_of_block).collect(),
            coarse: self.json_of_effort(),
        }
    }
}

impl Flipped {
    fn json_of_effort(&self) -> Option<Coarse> {
        let all = std::iter::once(&self.flips).chain(&self.flips.others);
        let efforts: Vec<_> = all.map(|flips| flips.effort).collect();
        efforts
            .iter()
            .any(|effort| effort.is_coarse)
            .then(|| Coarse {
                histories: efforts.iter().find_map(|effort| effort.histories),
                left_out: efforts.iter().map(|effort| effort.left_out).sum(),
            })
    }
}

/// What is told of one question.
struct Told {
    horizons: Vec<Horizon>,
    numbers: Vec<Number>,
    events: Sets,
    evidence: Sets,
    changes: Vec<Change>,
}

impl Told {
    /// Where nothing stands at the top level.
    fn nothing() -> Self {
        let none = || Sets {
            candidates: 0,
            tried: 0,
            horizons: Vec::new(),
        };
        Told {
            horizons: Vec::new(),
            numbers: Vec::new(),
            events: none(),
            evidence: none(),
            changes: Vec::new(),
        }
    }
}

impl View<'_> {
    fn json_of_block(&self) -> Option<QuestionOf> {
        let question = &self.whole.assessment.questions[self.flips.question?];
        let told = self.json();
        Some(QuestionOf {
            id: question.name.as_ref()?.node.clone(),
            title: question.title.clone(),
            horizons: told.horizons,
            numbers: told.numbers,
            events: told.events,
            evidence: told.evidence,
            changes: told.changes,
        })
    }

    fn json(&self) -> Told {
        let a = &self.whole.assessment;
        let f = self.flips;
        let shown: Vec<HorizonId> = match &self.whole.until {
            Some(until) => vec![until.query.horizon],
            None => self.whole.horizons(),
        };
        let nearest = |n: &flip::Number| {
            let tips = n.tips.iter().filter(|t| shown.contains(&t.horizon));
            tips.map(search::TippingPoint::distance)
                .fold(f64::INFINITY, f64::min)
        };
        let mut numbers: Vec<&flip::Number> = f.numbers.iter().collect();
        numbers.sort_by(|x, y| {
            nearest(x)
                .total_cmp(&nearest(y))
                .then_with(|| x.parameter.label.cmp(&y.parameter.label))
        });
        Told {
            horizons: match self.whole.until {
                Some(_) => Vec::new(),
                None => shown.iter().map(|&h| self.horizon(h)).collect(),
            },
            numbers: numbers
                .into_iter()
                .map(|n| self.number(n, &shown))
                .collect(),
            events: self.sets(&f.events, &shown, |&(d, to)| Member::Event {
                event: a.drivers.name(d).to_owned(),
                to,
            }),
            evidence: self.sets(&f.evidence, &shown, |&(d, i)| Member::Evidence {
                driver: a.drivers.name(d).to_owned(),
                text: a.drivers[d].evidence[i].text.node.clone(),
            }),
            changes: f.changes.iter().map(|c| self.change(c, &shown)).collect(),
        }
    }

    fn id(&self, h: HorizonId) -> String {
        self.whole.assessment.horizons.name(h).to_owned()
    }

    fn leader(&self, o: OutcomeId) -> String {
        self.whole.assessment.outcomes.name(o).to_owned()
    }

    fn horizon(&self, h: HorizonId) -> Horizon {
        let standing = self.flips.standings[h.index()].as_ref();
        Horizon {
            id: self.id(h),
            leader: standing.map(|s| self.leader(s.leader)),
            margin: standing.map(|s| s.margin),
        }
    }

    fn number(&self, number: &flip::Number, shown: &[HorizonId]) -> Number {
        let parameter = &number.parameter;
        let at = |&h: &HorizonId| {
            let today = parameter.today[h.index()]?;
            let (down, up) = parameter.reach[h.index()];
            let value = |by: f64| parameter.value(h.index(), by).unwrap_or(today);
            let tip = number.tips.iter().find(|t| t.horizon == h);
            Some(NumberAt {
                id: self.id(h),
                today: unit(parameter, today),
                tried: (unit(parameter, value(down)), unit(parameter, value(up))),
                tip: tip.map(|t| self.tip(parameter, t)),
            })
        };
        Number {
            id: parameter.label.clone(),
            kind: parameter.kind,
            horizons: shown.iter().filter_map(at).collect(),
        }
    }

    fn tip(&self, parameter: &Parameter, tip: &search::TippingPoint) -> Tip {
        Tip {
            value: unit(parameter, tip.value),
            decibans: tip.turn,
            leader: tip.leader.map(|o| self.leader(o)),
            probability: tip.chance,
            within_range: parameter.is_within(tip.horizon.index(), tip.value),
        }
    }

    fn sets<T>(
        &self,
        found: &sets::Smallest<T>,
        shown: &[HorizonId],
        member: impl Fn(&T) -> Member,
    ) -> Sets {
        let set = |t: &sets::Turning<T>| Set {
            members: t.members.iter().map(&member).collect(),
            leader: t.leader.map(|o| self.leader(o)),
            probability: t.chance,
        };
        let horizons = found.horizons.iter().filter(|(h, _)| shown.contains(h));
        Sets {
            candidates: found.candidates,
            tried: found.tried,
            horizons: horizons
                .map(|(h, sets)| SetsAt {
                    id: self.id(*h),
                    sets: sets.iter().map(set).collect(),
                })
                .collect(),
        }
    }

    fn change(&self, change: &flip::Change, shown: &[HorizonId]) -> Change {
        let at = |&h: &HorizonId| {
            let now = &change.now.horizons[h.index()];
            let need = |n: &flip::Number| {
                let tip = n.tips.iter().find(|t| t.horizon == h)?;
                Some(Need {
                    id: n.parameter.label.clone(),
                    tip: self.tip(&n.parameter, tip),
                })
            };
            ChangeAt {
                id: self.id(h),
                chance: now.stated_chance(),
                possible: now.given.is_possible(),
                leader: self.leader(now.leader),
                flips: now.flips,
                needs: change.needs.iter().filter_map(need).collect(),
            }
        };
        Change {
            id: self
                .whole
                .assessment
                .drivers
                .name(change.now.change)
                .to_owned(),
            horizons: shown.iter().map(at).collect(),
        }
    }
}
