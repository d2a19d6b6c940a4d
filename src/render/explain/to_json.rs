//! From explanations to their JSON.
//!
//! In: an explained assessment. Out: a [`Report`], and its text. No number is rounded; what has no
//! answer is null.

use super::super::Look;
use super::super::verdict::json::Probability;
use super::super::verdict::to_json::number;
use super::Explained;
use super::confidence::caps;
use super::json::{
    Driver, DriverAt, Evidence, Grounds, Horizon, Outcome, Overlap, Push, Pushed, PushedAt,
    QuestionOf, Range, RangeAt, Report, Row, RowAt, Share, Watched, WatchedAt,
};
use crate::infer::Estimate;
use crate::infer::confidence::{Cap, Pivot, Width};
use crate::infer::explain::{Part, Reason, Score, Sharpening};
use crate::resolve::assessment::{self as a, DriverId, HorizonId, QuestionId};
use crate::resolve::table::Id;

/// All of it as text.
pub(super) fn report(explained: &Explained, _: Look) -> String {
    crate::text::clean::json(&explained.to_json())
}

impl Explained {
    /// The JSON of an explanation.
    pub fn to_json(&self) -> Report {
        let e = &self.evaluated;
        let horizons = e.horizons().into_iter();
        let mut questions = e.assessment.questions.iter();
        let top = questions.find(|(_, q)| q.name.is_none()).map(|(id, _)| id);
        Report {
            version: 1,
            head: e.json_head(),
            horizons: horizons.map(|h| self.json_horizon(h, top)).collect(),
            questions: self.json_questions(),
            rows: self.json_rows(),
            pushed: self.json_pushed(),
            drivers: self
                .explanation
                .reasons
                .iter()
                .map(|r| self.json_driver(r))
                .collect(),
            ranges: self.json_ranges(),
            noise: self.explanation.noise,
            watch: self.json_watch(),
            score: self
                .explanation
                .watch
                .as_ref()
                .map(|_| match self.explanation.watching.score {
                    Score::Brier => "brier",
                    Score::Log => "log",
                }),
            scored: self.scored(),
            assumed: e.assumed().cloned().collect(),
        }
    }

    /// The names of what `--watch` scores.
    fn scored(&self) -> Vec<String> {
        let e = &self.evaluated;
        let all = match self.explanation.watching.outcomes.as_slice() {
            _ if self.explanation.watch.is_none() => Vec::new(),
            [] => e.assessment.outcomes.ids().collect(),
            some => some.to_vec(),
        };
        all.into_iter()
            .map(|o| e.outcome_name(o).to_owned())
            .collect()
    }

    fn horizon_name(&self, h: HorizonId) -> String {
        self.evaluated.assessment.horizons.name(h).to_owned()
    }

    fn json_questions(&self) -> Vec<QuestionOf> {
        let e = &self.evaluated;
        let named = e.assessment.questions.iter();
        let each = named.filter_map(|(id, question)| {
            let horizons = e.horizons().into_iter();
            Some(QuestionOf {
                id: question.name.as_ref()?.node.clone(),
                title: question.title.clone(),
                horizons: horizons.map(|h| self.json_horizon(h, Some(id))).collect(),
            })
        });
        each.collect()
    }

    fn json_rows(&self) -> Vec<Row> {
        let e = &self.evaluated;
        let each = self.explanation.rows.iter().flat_map(|rows| {
            let question = &e.assessment.questions[rows.question];
            question.priors.iter().enumerate().map(move |(i, row)| Row {
                question: question.name.as_ref().map(|n| n.node.clone()),
                given: row.given.as_ref().map(|given| e.proposition(given)),
                horizons: e
                    .horizons()
                    .into_iter()
                    .map(|h| {
                        let judged = question.ids().filter(|o| e.outcome(*o).decided.is_none());
                        let says = &rows.says[i][h.index()];
                        RowAt {
                            id: self.horizon_name(h),
                            chance: number(rows.chances[i][h.index()]),
                            outcomes: judged
                                .map(|o| Probability {
                                    id: e.outcome_name(o).to_owned(),
                                    probability: number(says[question.place(o)]),
                                    standard_error: None,
                                })
                                .collect(),
                        }
                    })
                    .collect(),
            })
        });
        each.collect()
    }

    fn json_pushed(&self) -> Vec<Pushed> {
        let e = &self.evaluated;
        let all = &e.verdict.event_contributions;
        let events = e.verdict.events.iter();
        let events = events.filter(|found| all.iter().any(|c| c.event == found.event));
        let each = events.map(|found| Pushed {
            id: e.driver_name(found.event).to_owned(),
            horizons: e
                .horizons()
                .into_iter()
                .map(|h| PushedAt {
                    id: self.horizon_name(h),
                    chance: number(found.horizons[h.index()].chance.value),
                    without: self.unpushed(found.event, h),
                })
                .collect(),
        });
        each.collect()
    }

    /// A question at a horizon, or what there is where nothing is asked at the top level.
    fn json_horizon(&self, h: HorizonId, question: Option<QuestionId>) -> Horizon {
        let e = &self.evaluated;
        let own = |o: &a::OutcomeId| Some(e.outcome(*o).question) == question;
        let outcomes = self.outcomes().into_iter().filter(own).map(|o| Outcome {
            verdict: e.json_outcome(h, o),
            prior: number(e.of(h, o).prior),
            decided: self.holds_when(o),
        });
        let leader = question.filter(|_| e.is_possible(h)).map(|question| {
            let leader = e.standing(h, question).leader;
            e.outcome_name(leader).to_owned()
        });
        Horizon {
            id: self.horizon_name(h),
            title: e.horizon(h).title.clone(),
            leader,
            confidence: question.and_then(|question| self.json_grounds(h, question)),
            outcomes: outcomes.collect(),
        }
    }

    fn json_grounds(&self, h: HorizonId, question: QuestionId) -> Option<Grounds> {
        let e = &self.evaluated;
        let at = e.standing(h, question);
        let grounds = self.explanation.grounds(question, h)?;
        Some(Grounds {
            level: at.confidence.into(),
            unsourced: grounds.unsourced,
            unsourced_allows: grounds.unsourced_level().map(Into::into),
            quality: grounds.quality,
            quality_allows: grounds.quality_level().into(),
            width: e
                .of(h, at.leader)
                .interval
                .and_then(|(low, high)| number(high - low)),
            width_decibans: match grounds.width {
                Width::Decibans(x) => number(x),
                Width::NoRange | Width::NotDrawn => None,
            },
            width_allows: grounds.width.level().into(),
            unrated: grounds.unrated,
            rated: grounds.rated,
            unrated_allows: grounds.unrated_level().into(),
            sources: grounds.sources,
            margin: number(grounds.margin),
            prior_is_ranged: grounds.prior_is_ranged,
            turned_alone_by: grounds.pivots.as_ref().map(|all| {
                let each = all.iter().map(|pivot| match pivot {
                    Pivot::Source(name, _) => name.clone(),
                    Pivot::Assumption(id) => e.driver_name(*id).to_owned(),
                });
                each.collect()
            }),
            held_back_by: caps(grounds)
                .map(|cap| match cap {
                    Cap::Sources => "sources",
                    Cap::Margin => "margin",
                    Cap::Prior => "prior",
                    Cap::Pivot => "turned_alone",
                })
                .collect(),
            prior_is_sourced: grounds.prior_is_sourced,
            is_decided: grounds.is_decided,
        })
    }

    fn json_driver(&self, reason: &Reason) -> Driver {
        let e = &self.evaluated;
        let (id, drivers) = (reason.driver, &e.assessment.drivers);
        let stated = &drivers[id];
        let name = |d: DriverId| e.driver_name(d).to_owned();
        let evidence = stated.evidence.iter().map(|evidence| Evidence {
            text: evidence.text.node.clone(),
            source: evidence.source.as_ref().map(|s| s.node.clone()),
            rated: evidence
                .rated
                .as_ref()
                .map(|r| format!("{}{}", r.node.source, r.node.information)),
            dated: evidence.dated.as_ref().map(|d| d.node.to_string()),
        });
        let overlaps = e.assessment.overlaps.iter();
        let overlaps = overlaps
            .filter(|g| g.members.contains(&id))
            .map(|g| Overlap {
                share: g.share,
                with: g
                    .members
                    .iter()
                    .filter(|d| **d != id)
                    .map(|&d| name(d))
                    .collect(),
            });
        let counted_by = drivers.iter().filter(|(_, other)| match &other.what {
            a::What::Change { counts, .. } => counts.iter().any(|c| c.driver == id),
            _ => false,
        });
        let horizons = e.horizons().into_iter().map(|h| DriverAt {
            id: self.horizon_name(h),
            chance: number(reason.chance[h.index()]).filter(|p| !e.is_unstated(id, *p)),
            outcomes: self
                .outcomes()
                .into_iter()
                .map(|o| self.json_push(reason, h, o))
                .collect(),
            events: self.json_event_pushes(reason, h),
        });
        Driver {
            id: name(id),
            title: stated.title.clone(),
            kind: stated.kind().as_str(),
            idle: reason.idle.map(|_| self.why_idle(reason)),
            discount: stated.discount,
            evidence: evidence.collect(),
            overlaps: overlaps.collect(),
            counted_by: counted_by.map(|(d, _)| name(d)).collect(),
            horizons: horizons.collect(),
        }
    }

    fn json_push(&self, reason: &Reason, h: HorizonId, o: a::OutcomeId) -> Push {
        let found = self.evaluated.verdict.contribution(reason.driver, h, o);
        let part = reason.parts.get(h.index()).map(|at| at[o.index()]);
        push(
            self.evaluated.outcome_name(o),
            part,
            found.map(|c| (c.points, c.error)),
        )
    }

    fn json_event_pushes(&self, reason: &Reason, h: HorizonId) -> Vec<Push> {
        let e = &self.evaluated;
        let events = e.verdict.events.iter().filter_map(|found| {
            let moved = self.on_event(reason.driver, h, found.event);
            let own = reason.on_events.iter().find(|on| on.event == found.event);
            (moved.is_some() || own.is_some()).then(|| {
                push(
                    e.driver_name(found.event),
                    own.map(|on| on.parts[h.index()]),
                    moved.map(|c| (c.points, c.error)),
                )
            })
        });
        events.collect()
    }

    fn json_ranges(&self) -> Vec<Range> {
        let e = &self.evaluated;
        let each = self.explanation.ranges.iter().map(|range| {
            let source = range.span.map(|span| (e.sources.source(span.file), span));
            let horizons = e.horizons().into_iter().map(|h| RangeAt {
                id: self.horizon_name(h),
                outcomes: self
                    .outcomes()
                    .into_iter()
                    .map(|o| Share {
                        id: e.outcome_name(o).to_owned(),
                        variance: range.shares[h.index()][o.index()],
                    })
                    .collect(),
            });
            Range {
                clause: range.key.clone(),
                file: source.map(|(source, _)| source.name.clone()),
                line: source.map(|(source, span)| source.position(span.start as usize).line),
                horizons: horizons.collect(),
            }
        });
        each.collect()
    }

    fn json_watch(&self) -> Option<Vec<Watched>> {
        let watch = self.explanation.watch.as_ref()?;
        let each = watch.iter().map(|watched| Watched {
            id: self.evaluated.driver_name(watched.event).to_owned(),
            horizons: self
                .evaluated
                .horizons()
                .into_iter()
                .map(|h| self.json_watched(h, &watched.horizons[h.index()]))
                .collect(),
        });
        Some(each.collect())
    }

    fn json_watched(&self, h: HorizonId, at: &Sharpening) -> WatchedAt {
        let shown = self.outcomes();
        let list = |all: &Vec<f64>| {
            let all = Estimate::each(all, None);
            self.evaluated.json_probabilities(&shown, &all)
        };
        WatchedAt {
            id: self.horizon_name(h),
            chance: at.chance,
            drop: number(at.drop),
            score: number(at.score),
            given: at.outcomes.as_ref().map(|o| list(&o.0)),
            absent: at.outcomes.as_ref().map(|o| list(&o.1)),
        }
    }
}

/// A push, taken apart, with what it does in points.
fn push(id: &str, part: Option<Part>, moves: Option<(f64, Option<f64>)>) -> Push {
    Push {
        id: id.to_owned(),
        stated: part.map_or(0.0, |p| p.stated),
        count: part.map_or(1.0, |p| p.count),
        overlap: part.map_or(1.0, |p| p.overlap),
        decibans: part.map_or(0.0, |p| p.decibans),
        points: moves.map_or(Some(0.0), |m| number(m.0)),
        error: moves.and_then(|m| m.1).and_then(number),
    }
}
