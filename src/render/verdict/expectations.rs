//! What the verdict says to each expectation, in words.
//!
//! In: expectations and their answers. Out: a phrase for each that fails. The printed number lies
//! on the same side of what was expected as the exact one.

use super::Evaluated;
use crate::infer::verdict::Answer;
use crate::resolve::assessment::{Expect, Query, Target, Test};
use crate::text::round;
use crate::text::source::Span;

impl Evaluated {
    /// The line that an item stands on.
    pub(super) fn line(&self, span: Span) -> usize {
        let source = self.sources.source(span.file);
        source.position(span.start as usize).line
    }

    /// The expectations that fail, each with what is the case instead.
    pub(super) fn failed(&self) -> Vec<(&Expect, String)> {
        let answered = self
            .assessment
            .expects
            .iter()
            .zip(&self.verdict.expectations);
        let failed = answered.filter(|(_, answer)| !answer.holds);
        failed
            .map(|(e, answer)| (e, self.instead(e, answer)))
            .collect()
    }

    /// What is the case instead of what a failed expectation says.
    pub(crate) fn instead(&self, expect: &Expect, answer: &Answer) -> String {
        let scale = &self.assessment.scale;
        let Some(p) = answer.value else {
            return "what it is given cannot happen".to_owned();
        };
        let in_words = |p: f64| {
            format!(
                "{}, {}",
                round::percent_in(scale, p),
                crate::scales::wording(scale, p)
            )
        };
        match &expect.test {
            Test::Word(word) => {
                let same = |q: f64| {
                    scale.satisfies(&word.node, q) == Some(false)
                        && scale.wording(q).reads_as(&scale.wording(p))
                };
                format!(
                    "it is {}, {}",
                    round::percent_where(p, same),
                    crate::scales::wording(scale, p)
                )
            }
            Test::Number { low, high, .. } => match &expect.query.target {
                Target::Figure(_, of) => {
                    format!(
                        "it is {}",
                        of.told_from(&self.assessment, p, &[*low, *high])
                    )
                }
                _ => format!("it is {}", in_words(p)),
            },
            Test::Above(_) | Test::Below(_)
                if let (Target::Figure(_, of), Some(other)) =
                    (&expect.query.target, answer.other) =>
            {
                let told = |x: f64, from: f64| of.told_from(&self.assessment, x, &[from]);
                let (p, other) = (told(p, other), told(other, p));
                format!("it is {p}, the other {other}")
            }
            Test::Between(low, high) => {
                let same = |q: f64| q < *low || q > *high;
                let number = round::percent_where(p, same);
                let side = if p < *low { "less" } else { "more" };
                format!("it is {number}, {side} than that")
            }
            Test::Leads => match self.leader_of(&expect.query) {
                Some((leader, lead)) => format!(
                    "`{leader}` leads with {}; it is {}",
                    in_words(lead),
                    in_words(p)
                ),
                None => format!("it is {}, and another leads", in_words(p)),
            },
            Test::Above(_) | Test::Below(_) => match answer.other {
                Some(other) => {
                    let (p, other) = apart(p, other);
                    format!("it is {p}, the other {other}")
                }
                None => "what the other is given cannot happen".to_owned(),
            },
        }
    }

    /// Who leads at a plain query's horizon, where the verdict itself says so.
    fn leader_of(&self, query: &Query) -> Option<(&str, f64)> {
        let plain = query.given.is_none() && query.under.is_none();
        let unasked = !self.is_asked();
        if !plain || !unasked || !matches!(query.target, Target::Outcome(_)) {
            return None;
        }
        let leader = self.at(query.horizon).leader;
        let found = self.of(query.horizon, leader);
        Some((self.outcome_name(leader), found.probability.value))
    }
}

/// Two shares with as many digits as tell them apart, where they differ.
pub(crate) fn apart(a: f64, b: f64) -> (String, String) {
    let printed = (round::percent(a), round::percent(b));
    if printed.0 != printed.1 || a == b {
        return printed;
    }
    (format!("{}%", a * 100.0), format!("{}%", b * 100.0))
}
