//! Placeholders that ask for no chance: `{leader in long}`, `{as of}`, `{date of long}`.
//!
//! In: a placeholder as written. Out: which fact stands there. What the file itself names `leader` is meant
//! by that word; only where nothing is named so does it ask who leads.

use super::assessment::{Fact, HorizonId};
use super::names::{Meaning, Reader, Want};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::syntax::ast::{Name, Preposition, PropKind, Query};
use crate::text::source::Span;

const LEADER: &str = "leader";
/// What is written for a fact in one word.
const MEANT: [(&str, &str); 5] = [
    (LEADER, "leader in"),
    ("leads", "leader in"),
    ("as_of", "as of"),
    ("asof", "as of"),
    ("today", "as of"),
];

impl Reader<'_> {
    /// Whether a placeholder asks for a fact, or means to: then it is no query of a name.
    pub(super) fn asks_fact(&self, query: &Query) -> bool {
        match &query.target.kind {
            PropKind::Name(name) if !self.scope.names.contains_key(name) => {
                name == LEADER || self.meant(name).is_some()
            }
            _ => false,
        }
    }

    /// The fact that a word means, where no name of the file is as near.
    fn meant(&self, word: &str) -> Option<&'static str> {
        let words = MEANT.iter().map(|(word, _)| *word);
        let names = self.scope.names.keys().map(String::as_str);
        if word.len() > 20 || !suggest::nearest(word, names).is_empty() {
            return None;
        }
        let near = suggest::nearest(word, words);
        let near = near.first()?;
        MEANT.iter().find(|(word, _)| word == near).map(|m| m.1)
    }

    /// `{leader in long}`
    pub(super) fn fact(&mut self, query: &Query, word: Option<&Name>) -> Option<Fact> {
        let PropKind::Name(name) = &query.target.kind else {
            return None;
        };
        if name != LEADER {
            self.misspelt(name, query);
            return None;
        }
        if let Some(word) = word {
            self.too_much(word.span, "a leader's title has no word of likelihood");
        }
        for of in query
            .given
            .iter()
            .map(|p| p.span)
            .chain(query.under.iter().map(|n| n.span))
        {
            self.too_much(of, "`leader` is who leads in the verdict as it stands");
        }
        self.led(query).map(Fact::Leader)
    }

    fn led(&mut self, query: &Query) -> Option<HorizonId> {
        let Some(at) = &query.at else {
            let names: Vec<String> = self
                .facts
                .horizons
                .iter()
                .take(6)
                .map(|h| h.0.clone())
                .collect();
            if names.len() < 2 {
                return (names.len() == 1).then_some(HorizonId(0));
            }
            let mut found = Diagnostic::new(
                &rules::BY_WHEN,
                query.span,
                "`leader` does not say in which horizon",
            )
            .label("in which horizon?")
            .help(format!("add a horizon: `leader in {}`", names[0]));
            for name in names {
                found = found.fix(Fix::risky(
                    format!("ask `in {name}`"),
                    query.target.span.at_end(),
                    format!(" in {name}"),
                ));
            }
            self.report(found);
            return None;
        };
        if at.preposition.node == Preposition::By {
            let span = at.preposition.span;
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    span,
                    "`leader` is asked `in` a horizon, not `by` one",
                )
                .label("`in` is needed here")
                .help("who leads may change from horizon to horizon: write `in`")
                .fix(Fix {
                    safe: true,
                    ..Fix::risky("write `in`", span, "in")
                }),
            );
        }
        self.asked_at(at)
    }

    fn misspelt(&mut self, name: &str, query: &Query) {
        let Some(meant) = self.meant(name) else {
            return;
        };
        let span = query.target.span;
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_NAME,
            span,
            format!("there is no outcome or event `{name}`"),
        )
        .label("nothing in this file has this name");
        let horizon = self.facts.horizons.first().map_or("long", |h| h.0.as_str());
        found = match meant {
            "as of" => {
                let found =
                    found.help("did you mean `{as of}`, the day that the assessment speaks of?");
                found.fix(Fix::risky("write `as of`", query.span, "as of"))
            }
            _ => {
                let help = format!(
                    "did you mean `{{leader in {horizon}}}`, the title of the likeliest outcome?"
                );
                found
                    .help(help)
                    .fix(Fix::risky("write `leader`", span, LEADER))
            }
        };
        self.report(found);
    }

    fn too_much(&mut self, span: Span, message: &str) {
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, span, message)
                .label("this says nothing here")
                .help("write the horizon alone, as in `{leader in long}`"),
        );
    }

    /// `{as of}`, `{date of long}`
    pub(super) fn comes(&mut self, of: &Name) -> Option<Fact> {
        match self.look(&of.node, of.span, Want::Coming)? {
            Meaning::Driver(id) => Some(Fact::EventComes(id)),
            Meaning::Outcome(id) => Some(Fact::OutcomeComes(id)),
            _ => None,
        }
    }

    pub(super) fn day(&mut self, of: Option<&Name>) -> Option<Fact> {
        let Some(of) = of else {
            return Some(Fact::AsOf);
        };
        let entry = self.scope.names.get(&of.node).map(|e| e.meaning);
        // What is neither is reported as unknown, among the names that have a day.
        let want = match entry {
            Some(Meaning::Horizon(_) | Meaning::End(_)) => Want::Horizon,
            _ => Want::Dated,
        };
        if let Meaning::Horizon(h) = self.look(&of.node, of.span, want)? {
            return Some(Fact::End(h));
        }
        if let Some(day) = self.facts.settled.get(&of.node) {
            return Some(Fact::Settled(*day));
        }
        let name = &of.node;
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, of.span, format!("no day is stated for `{name}`"))
                .label("nothing says when it was settled")
                .help(format!(
                    "a horizon has a day, its last; an outcome or event has one once it is settled: `resolved: {name} on DATE`"
                )),
        );
        None
    }
}
