//! Bets, expectations, what came true, findings, method.
//!
//! In: a verdict and what `check` finds. Out: their part of the report.

use super::model::{Bet, Expectation, Finding, Method, Resolved, Share};
use super::{Gather, number};
use crate::diag::Severity;
use crate::resolve::assessment::Target;
use crate::text::round;

impl Gather<'_> {
    pub(super) fn bets(&mut self) -> Vec<Bet> {
        let all = self.assessment().bets.iter();
        let all = all.zip(&self.evaluated().verdict.bets);
        let each = all.map(|(stated, chance)| {
            let price = stated.price.node;
            let edge = chance.map(|p| (p.value - price) * 100.0);
            Bet {
                title: stated.title.node.clone(),
                on: stated.on.text.clone(),
                price: Share {
                    value: number(price),
                    text: self.say.number(&round::percent(price)),
                },
                chance: self.chance(chance.map(|p| p.value), None),
                edge,
                edge_text: edge.map_or("—".to_owned(), |edge| {
                    self.say.number(&round::change(edge))
                }),
                note: self.remarks(&stated.prose),
                place: self.place(stated.span),
            }
        });
        each.collect()
    }

    pub(super) fn expectations(&self) -> Vec<Expectation> {
        let e = self.evaluated();
        let all = self.assessment().expects.iter();
        let each = all.zip(&e.verdict.expectations).map(|(stated, answer)| {
            let value = answer.value.unwrap_or(f64::NAN);
            Expectation {
                text: stated.text.clone(),
                holds: answer.holds,
                answer: match stated.query.target {
                    Target::Figure(_, of) => Share {
                        value: number(value),
                        text: self.say.number(&of.worded(self.assessment(), value)),
                    },
                    _ => self.share(value),
                },
                instead: (!answer.holds).then(|| e.instead(stated, answer)),
                place: self.place(stated.span),
            }
        });
        each.collect()
    }

    pub(super) fn resolved(&self) -> Vec<Resolved> {
        let each = self.assessment().resolved.iter().map(|stated| {
            let text = self.evaluated().sources.text(stated.span);
            let text = text.trim_start_matches("resolved").trim_start();
            let text = text.trim_start_matches(':').split_whitespace();
            Resolved {
                text: text.collect::<Vec<_>>().join(" "),
                place: self.place(stated.span),
            }
        });
        each.collect()
    }

    pub(super) fn findings(&self) -> Vec<Finding> {
        let all = self.input.findings.iter();
        let warnings = all.filter(|d| d.severity >= Severity::Warning);
        let each = warnings.map(|d| Finding {
            rule: d.rule.name.to_owned(),
            message: d.message.clone(),
            help: d.help.clone(),
            place: self.place(d.primary.span),
        });
        each.collect()
    }

    pub(super) fn method(&self) -> Method {
        let e = self.evaluated();
        let method = &e.verdict.method;
        Method {
            summary: self.say.told(&e.method()),
            confidence: self
                .say
                .told(&crate::render::explain::confidence::rules().join(" ")),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            states: method.states,
            draws: method.draws,
            seed: method.seed,
            sampled: method.sampled.is_some(),
        }
    }
}
