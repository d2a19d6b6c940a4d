//! What each name of a file stands for, and what is said where it stands for nothing, or for
//! another kind of thing.
//!
//! In: declarations, then uses. Out: ids. One name space a file: events, factors, changes,
//! assumptions, outcomes, questions, conditions, horizons, scenarios, views and pools share it. An unknown name is reported once.

use super::assessment::{
    ConditionId, Dated, DriverId, DriverKind, HorizonId, OutcomeId, PoolId, Prop, QuantityId,
    QuestionId, ScenarioId, ViewId,
};
use super::figures::a_driver;
use super::quantities::QuantityFact;
use super::reports::Reports;
use super::voices::Seen;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::scales::Scale;
use crate::strengths::Strengths;
use crate::syntax::ast::Name;
use crate::text::hashed::Named;
use crate::text::source::{SourceMap, Span};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    Horizon(HorizonId),
    Outcome(OutcomeId),
    Driver(DriverId),
    Scenario(ScenarioId),
    Question(QuestionId),
    Condition(ConditionId),
    View(ViewId),
    Pool(PoolId),
    Quantity(QuantityId),
    /// A horizon of a used file that its user has not: its end, in days from `as of`.
    End(f64),
    /// An outcome of a used file that its user has not.
    Elsewhere,
    /// A driver of a used file that its user did not take.
    NotTaken(DriverKind),
    /// What is broken or could not be read: nothing more is said of it.
    Broken,
}

/// A name's meaning and the place that gives it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) meaning: Meaning,
    pub(crate) span: Span,
}

/// Which meanings fit a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    Horizon,
    Outcome,
    /// A view.
    View,
    /// What a query may be put under: a scenario or a view.
    Under,
    /// Anything that may push outcomes.
    Driver,
    /// What may be pushed: an outcome or an event.
    Pushed,
    /// What has numbers: an outcome, whose prior is one, a quantity, or anything that may push outcomes.
    Held,
    Event,
    /// What a proposition may speak of.
    Proposition,
    /// What a scenario may set.
    Settable,
    /// An outcome or what a proposition may speak of.
    Queried,
    /// An outcome or an event.
    Settled,
    /// What may have a day: a horizon, an outcome or an event.
    Dated,
    /// What is moved.
    Quantity,
    /// What has a number: a quantity, or a question whose outcomes have values.
    Compared,
    /// What comes for good: an event or a final outcome.
    Coming,
}

/// What is known of a driver before it is resolved.
#[derive(Debug, Clone)]
pub(crate) struct DriverFact {
    pub(crate) name: String,
    pub(crate) kind: DriverKind,
    /// Whether it has rows: an event that is not hypothetical, a factor that may not hold.
    pub(crate) has_rows: bool,
    /// Where it says what a trigger does to it.
    pub(crate) once: Option<Span>,
}

/// What is known of a question before it is resolved.
#[derive(Debug, Clone, Default)]
pub(crate) struct QuestionFact {
    /// Its name; empty for the one at the top level.
    pub(crate) name: String,
    /// Where its outcomes stand among all.
    pub(crate) outcomes: std::ops::Range<usize>,
}

/// What is known of an outcome besides its name and whether it is final.
#[derive(Debug, Clone)]
pub(crate) struct OutcomeFact {
    pub(crate) question: QuestionId,
    /// Where its `when:` stands.
    pub(crate) decided: Option<Span>,
    /// Its `value:`.
    pub(crate) value: Option<crate::syntax::ast::Figure>,
}

/// The place of an event in a chain of `implies`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Link {
    /// The chain's number.
    pub(crate) chain: usize,
    /// How many stronger events stand before it.
    pub(crate) place: usize,
    /// The chain.
    pub(crate) span: Span,
}

/// What the names of an assessment stand for, by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Facts {
    /// Names and t_h in days, from the nearest.
    pub(crate) horizons: Vec<(String, f64)>,
    /// Whether the horizons' dates can be relied on: what follows from wrong ones is not reported.
    pub(crate) sound: bool,
    /// Names, and whether final.
    pub(crate) outcomes: Vec<(String, bool)>,
    /// What else is known of each outcome.
    pub(crate) asked: Vec<OutcomeFact>,
    pub(crate) questions: Vec<QuestionFact>,
    pub(crate) quantities: Vec<QuantityFact>,
    /// The words of `impacts`.
    pub(crate) impacts: Vec<Name>,
    /// What each condition stands for, as far as resolved.
    pub(crate) conditions: Vec<Option<Prop>>,
    /// The file states no horizon: one without length stands for what is so.
    pub(crate) timeless: bool,
    /// For each event in a chain of `implies`: where in it the event stands.
    pub(crate) chained: BTreeMap<DriverId, Link>,
    pub(crate) drivers: Vec<DriverFact>,
    /// For each event in an exclusive group: the group's number and place.
    pub(crate) groups: BTreeMap<DriverId, (usize, Span)>,
    /// By name, the last day on which an outcome or event was settled.
    pub(crate) settled: BTreeMap<String, Dated>,
    /// The conditions of changes, as far as resolved.
    pub(crate) whens: BTreeMap<DriverId, Prop>,
    /// What each view makes of the file, where nothing is wrong with it.
    pub(crate) views: Vec<Option<Arc<Seen>>>,
}

impl Facts {
    pub(crate) fn driver(&self, id: DriverId) -> &DriverFact {
        &self.drivers[id.0 as usize]
    }

    pub(crate) fn horizon(&self, id: HorizonId) -> &(String, f64) {
        &self.horizons[id.0 as usize]
    }

    pub(crate) fn outcome(&self, id: OutcomeId) -> &(String, bool) {
        &self.outcomes[id.0 as usize]
    }

    pub(crate) fn is_final(&self, id: OutcomeId) -> bool {
        self.outcome(id).1
    }

    /// The question of an outcome.
    pub(crate) fn question_of(&self, id: OutcomeId) -> QuestionId {
        self.asked[id.0 as usize].question
    }

    /// Whether an outcome is decided rather than judged.
    pub(crate) fn is_decided(&self, id: OutcomeId) -> bool {
        self.asked[id.0 as usize].decided.is_some()
    }

    /// The outcomes of a question.
    pub(crate) fn outcomes_of(&self, id: QuestionId) -> std::ops::Range<usize> {
        self.questions
            .get(id.0 as usize)
            .map_or(0..0, |q| q.outcomes.clone())
    }

    pub(super) fn fits(&self, meaning: Meaning, want: Want) -> bool {
        match (meaning, want) {
            (Meaning::Broken | Meaning::NotTaken(_), _)
            | (Meaning::Horizon(_) | Meaning::End(_), Want::Horizon | Want::Dated)
            | (
                Meaning::Outcome(_) | Meaning::Elsewhere,
                Want::Outcome
                | Want::Queried
                | Want::Settled
                | Want::Dated
                | Want::Held
                | Want::Pushed
                | Want::Proposition
                | Want::Settable,
            )
            | (Meaning::Condition(_), Want::Proposition | Want::Queried)
            | (Meaning::Scenario(_), Want::Under)
            | (Meaning::View(_), Want::View | Want::Under)
            | (
                Meaning::Quantity(_),
                Want::Quantity | Want::Compared | Want::Held | Want::Settled,
            )
            | (Meaning::Question(_), Want::Compared)
            | (Meaning::Driver(_), Want::Driver | Want::Held) => true,
            (Meaning::Outcome(id), Want::Coming) => self.is_final(id),
            (Meaning::Driver(id), want) => {
                let fact = self.driver(id);
                let fails = fact.kind != DriverKind::Factor || fact.has_rows;
                match want {
                    Want::Coming => fact.kind == DriverKind::Event,
                    Want::Event | Want::Settled | Want::Dated | Want::Pushed => {
                        fact.kind == DriverKind::Event
                    }
                    Want::Proposition | Want::Queried => fails,
                    Want::Settable => fails && fact.kind != DriverKind::Change,
                    _ => false,
                }
            }
            _ => false,
        }
    }

    pub(super) fn what(&self, meaning: Meaning) -> &'static str {
        match meaning {
            Meaning::Horizon(_) | Meaning::End(_) => "a horizon",
            Meaning::Outcome(_) | Meaning::Elsewhere => "an outcome",
            Meaning::Scenario(_) => "a scenario",
            Meaning::Question(_) => "a question",
            Meaning::Condition(_) => "a condition",
            Meaning::View(_) => "a view",
            Meaning::Pool(_) => "a pool",
            Meaning::Quantity(_) => "a quantity",
            Meaning::Driver(id) => a_driver(self.driver(id).kind),
            Meaning::NotTaken(kind) => a_driver(kind),
            Meaning::Broken => "broken",
        }
    }
}

/// The names of one file as its items see them, and the words that it is read by.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    pub(crate) names: Named<String, Entry>,
    pub(crate) scale: Scale,
    pub(crate) strengths: Strengths,
    /// A shared file on its own: outcomes are its users', and not looked up.
    pub(crate) open_outcomes: bool,
    /// Likewise its horizons, where it has none.
    pub(crate) open_horizons: bool,
    /// For a used file: the `use` item that brings it.
    pub(crate) used_at: Option<Span>,
}

/// One item being read: what its names and words mean, and where findings go.
pub(crate) struct Reader<'a> {
    pub(crate) scope: &'a Scope,
    pub(crate) facts: &'a Facts,
    pub(crate) sources: &'a SourceMap,
    pub(crate) reports: &'a mut Reports,
}

impl Reader<'_> {
    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        self.reports.push(diagnostic);
    }

    /// Reports what an item with a title lacks: of each part its key, whether it is there, what its place asks, and an example.
    pub(crate) fn lacking(
        &mut self,
        (item, title): (&str, Span),
        broken: &[String],
        parts: [(&str, bool, &str, &str); 2],
        why: &str,
    ) {
        let lacks = |key: &str, there: bool| !there && !broken.iter().any(|b| b == key);
        let lacking = parts.iter().filter(|part| lacks(part.0, part.1));
        let keys: Vec<String> = lacking
            .clone()
            .map(|part| format!("`{}:`", part.0))
            .collect();
        if keys.is_empty() {
            return;
        }
        let asks: Vec<&str> = lacking.clone().map(|part| part.2).collect();
        let examples: Vec<&str> = lacking.map(|part| part.3).collect();
        let message = format!("this {item} has no {}", keys.join(" and no "));
        self.report(
            Diagnostic::new(&rules::MISSING_PART, title, message)
                .label(format!("{}?", asks.join(", and ")))
                .help(format!("add `{}`: {why}", examples.join(", "))),
        );
    }

    /// What a name stands for, where it is `want`ed; otherwise the mistake is reported.
    pub(crate) fn look(&mut self, text: &str, span: Span, want: Want) -> Option<Meaning> {
        match self.scope.names.get(text).copied() {
            None => {
                let open = match want {
                    Want::Outcome | Want::Pushed => self.scope.open_outcomes,
                    Want::Horizon => self.scope.open_horizons,
                    _ => false,
                };
                let key = format!("name {text}");
                if !open && self.reports.first(span.file, key.clone()) {
                    self.unknown(text, span, want);
                } else if !open {
                    let (facts, names) = (self.facts, &self.scope.names);
                    let fits = |n: &str| names.get(n).is_some_and(|e| facts.fits(e.meaning, want));
                    self.reports.again(key, span, fits);
                }
                None
            }
            Some(entry) if !self.facts.fits(entry.meaning, want) => {
                // Where two things have the name, the other one is meant.
                if !self.reports.was_said(span.file, twice(text)) {
                    self.wrong_kind(text, span, want, entry);
                }
                None
            }
            Some(Entry {
                meaning: Meaning::NotTaken(kind),
                span: declared,
            }) => {
                if self.reports.first(span.file, format!("name {text}")) {
                    self.not_taken(text, span, kind, declared);
                }
                None
            }
            Some(Entry {
                meaning: Meaning::Broken,
                ..
            }) => None,
            Some(entry) => Some(entry.meaning),
        }
    }

    pub(crate) fn outcome(&mut self, name: &Name) -> Option<OutcomeId> {
        match self.look(&name.node, name.span, Want::Outcome)? {
            Meaning::Outcome(id) => Some(id),
            _ => None,
        }
    }

    pub(crate) fn driver(&mut self, name: &Name, want: Want) -> Option<DriverId> {
        match self.look(&name.node, name.span, want)? {
            Meaning::Driver(id) => Some(id),
            _ => None,
        }
    }
}

/// What is said once of a name that several things have.
pub(super) fn twice(name: &str) -> String {
    format!("twice {name}")
}
