//! What each name of a file stands for, and what is said where it stands for nothing, or for
//! another kind of thing.
//!
//! In: declarations, then uses. Out: ids. One name space a file: events, factors, changes,
//! assumptions, outcomes, horizons and scenarios share it. An unknown name is reported once.

use super::assessment::{DriverId, DriverKind, HorizonId, OutcomeId, Prop, ScenarioId};
use super::figures::a_driver;
use crate::diag::{Diagnostic, Diagnostics, Fix, suggest};
use crate::limits;
use crate::rules;
use crate::scales::Scale;
use crate::source::{FileId, SourceMap, Span};
use crate::strengths::Strengths;
use crate::syntax::ast::Name;
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Meaning {
    Horizon(HorizonId),
    Outcome(OutcomeId),
    Driver(DriverId),
    Scenario(ScenarioId),
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
    Scenario,
    /// Anything that may push outcomes.
    Driver,
    Event,
    /// What a proposition may speak of.
    Proposition,
    /// What a scenario may set.
    Settable,
    /// An outcome or what a proposition may speak of.
    Queried,
    /// An outcome or an event.
    Settled,
}

impl Want {
    fn words(self) -> &'static str {
        match self {
            Want::Horizon => "a horizon",
            Want::Outcome => "an outcome",
            Want::Scenario => "a scenario",
            Want::Driver => "an event, factor, change or assumption",
            Want::Event => "an event",
            Want::Proposition => "something that holds or does not",
            Want::Settable => "an event, a factor with `holds` or an assumption",
            Want::Queried => "an outcome or something that holds or does not",
            Want::Settled => "an outcome or an event",
        }
    }

    /// The noun of "there is no …".
    fn noun(self) -> &'static str {
        match self {
            Want::Horizon => "horizon",
            Want::Outcome => "outcome",
            Want::Scenario => "scenario",
            Want::Event => "event",
            Want::Queried | Want::Settled => "outcome or event",
            Want::Driver | Want::Proposition | Want::Settable => "event, factor or assumption",
        }
    }
}

/// What is known of a driver before it is resolved.
#[derive(Debug, Clone)]
pub(crate) struct DriverFact {
    pub(crate) name: String,
    pub(crate) kind: DriverKind,
    /// Whether it has rows: an event that is not hypothetical, a factor that may not hold.
    pub(crate) has_rows: bool,
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
    pub(crate) drivers: Vec<DriverFact>,
    /// The conditions of changes, as far as resolved.
    pub(crate) whens: BTreeMap<DriverId, Prop>,
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

    fn fits(&self, meaning: Meaning, want: Want) -> bool {
        match (meaning, want) {
            (Meaning::Broken | Meaning::NotTaken(_), _)
            | (Meaning::Horizon(_) | Meaning::End(_), Want::Horizon)
            | (
                Meaning::Outcome(_) | Meaning::Elsewhere,
                Want::Outcome | Want::Queried | Want::Settled,
            )
            | (Meaning::Scenario(_), Want::Scenario)
            | (Meaning::Driver(_), Want::Driver) => true,
            (Meaning::Driver(id), want) => {
                let fact = self.driver(id);
                let fails = fact.kind != DriverKind::Factor || fact.has_rows;
                match want {
                    Want::Event | Want::Settled => fact.kind == DriverKind::Event,
                    Want::Proposition | Want::Queried => fails,
                    Want::Settable => fails && fact.kind != DriverKind::Change,
                    _ => false,
                }
            }
            _ => false,
        }
    }

    fn what(&self, meaning: Meaning) -> &'static str {
        match meaning {
            Meaning::Horizon(_) | Meaning::End(_) => "a horizon",
            Meaning::Outcome(_) | Meaning::Elsewhere => "an outcome",
            Meaning::Scenario(_) => "a scenario",
            Meaning::Driver(id) => a_driver(self.driver(id).kind),
            Meaning::NotTaken(kind) => a_driver(kind),
            Meaning::Broken => "broken",
        }
    }
}

/// The names of one file as its items see them, and the words that it is read by.
#[derive(Debug, Clone)]
pub(crate) struct Scope {
    pub(crate) names: IndexMap<String, Entry>,
    pub(crate) scale: Scale,
    pub(crate) strengths: Strengths,
    /// A shared file on its own: outcomes are its users', and not looked up.
    pub(crate) open_outcomes: bool,
    /// Likewise its horizons, where it has none.
    pub(crate) open_horizons: bool,
    /// For a used file: the `use` item that brings it.
    pub(crate) used_at: Option<Span>,
}

/// Findings, and what was reported already.
#[derive(Debug, Default)]
pub(crate) struct Reports {
    pub(crate) list: Diagnostics,
    said: BTreeSet<(FileId, String)>,
    suggested: usize,
}

impl Reports {
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Whether something is said of a file for the first time.
    pub(crate) fn first(&mut self, file: FileId, what: String) -> bool {
        self.said.insert((file, what))
    }

    /// The nearest candidates; none once a file has had its share of suggestions.
    pub(crate) fn nearest<'n>(
        &mut self,
        written: &str,
        candidates: impl IntoIterator<Item = &'n str>,
    ) -> Vec<&'n str> {
        self.suggested += 1;
        if self.suggested > limits::SUGGESTIONS || written.len() > 200 {
            return Vec::new();
        }
        suggest::nearest(written, candidates)
    }
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

    /// What a name stands for, where it is `want`ed; otherwise the mistake is reported.
    pub(crate) fn look(&mut self, text: &str, span: Span, want: Want) -> Option<Meaning> {
        match self.scope.names.get(text).copied() {
            None => {
                let open = match want {
                    Want::Outcome => self.scope.open_outcomes,
                    Want::Horizon => self.scope.open_horizons,
                    _ => false,
                };
                if !open && self.reports.first(span.file, format!("name {text}")) {
                    self.unknown(text, span, want);
                }
                None
            }
            Some(entry) if !self.facts.fits(entry.meaning, want) => {
                self.wrong_kind(text, span, want, entry);
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

    pub(crate) fn scenario(&mut self, name: &Name) -> Option<ScenarioId> {
        match self.look(&name.node, name.span, Want::Scenario)? {
            Meaning::Scenario(id) => Some(id),
            _ => None,
        }
    }

    fn unknown(&mut self, text: &str, span: Span, want: Want) {
        let (facts, names) = (self.facts, &self.scope.names);
        let that_fit = || {
            let fits = |m: Meaning| m != Meaning::Broken && facts.fits(m, want);
            let fitting = names.iter().filter(move |(_, e)| fits(e.meaning));
            fitting.map(|(n, _)| n.as_str())
        };
        let near = self.reports.nearest(text, that_fit());
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_NAME,
            span,
            format!("there is no {} `{text}`", want.noun()),
        )
        .label("nothing in this file has this name");
        if let Some(help) = suggest::did_you_mean(&near) {
            found = found.help(help);
            if let [one] = near[..] {
                found = found.fix(Fix::safe(format!("write `{one}`"), span, one));
            }
        } else {
            let others = self.reports.nearest(text, names.keys().map(String::as_str));
            let all: Vec<&str> = that_fit().take(7).collect();
            found = found.help(if let Some(other) = others.first() {
                let what = facts.what(names[*other].meaning);
                format!(
                    "`{other}` is near, but it is {what}, and {} is needed here",
                    want.words()
                )
            } else if (1..=6).contains(&all.len()) {
                let list = suggest::list(&all, "and");
                let (noun, is) = (want.noun(), if all.len() == 1 { "is" } else { "are" });
                let s = if all.len() == 1 { "" } else { "s" };
                format!("the {noun}{s} of this file {is} {list}")
            } else {
                match want {
                    Want::Outcome | Want::Horizon | Want::Scenario | Want::Event => {
                        format!("declare it: `{} {text} \"…\"`", want.noun())
                    }
                    _ => format!("declare it: `event {text} \"…\"`"),
                }
            });
        }
        self.report(found);
    }

    fn wrong_kind(&mut self, text: &str, span: Span, want: Want, entry: Entry) {
        let is = self.facts.what(entry.meaning);
        let always = matches!(entry.meaning, Meaning::Driver(id)
            if self.facts.driver(id).kind == DriverKind::Factor && !self.facts.driver(id).has_rows);
        let message = match (want, always) {
            (Want::Proposition | Want::Queried | Want::Settable, true) => {
                format!("`{text}` always holds, so nothing can depend on whether it does")
            }
            _ => format!("`{text}` is {is}, and {} is needed here", want.words()),
        };
        let help = match (entry.meaning, want) {
            _ if always && want != Want::Outcome && want != Want::Horizon => {
                "a factor without `holds:` is a fact of the assessment; give it `holds: 70%` if it may not hold"
            }
            (Meaning::Outcome(_), Want::Proposition | Want::Settable | Want::Event) => {
                "outcomes are what the assessment computes; nothing in it may rest on them. \
                 Declare an event for what would bring the outcome about"
            }
            (Meaning::Driver(_), Want::Outcome) => {
                "a weight or a prior is about outcomes, which are declared with `outcome`"
            }
            (Meaning::Driver(_), Want::Settable) => {
                "a change is a condition: set the events that its `when:` names"
            }
            (Meaning::Scenario(_), Want::Proposition | Want::Queried) => {
                "ask what happens in a scenario with `under`: `… by long under NAME`"
            }
            (Meaning::Driver(_), Want::Scenario) => {
                "ask what follows if it holds with `given` instead of `under`"
            }
            (Meaning::Horizon(_), _) => "a horizon stands after `by` or `in`",
            (Meaning::Driver(_), Want::Event) => "only an event happens once and for all",
            _ => "use a name of that kind, or declare one",
        };
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, span, message)
                .label(format!("{is} cannot stand here"))
                .other(entry.span, format!("`{text}` is declared here"))
                .help(help),
        );
    }

    fn not_taken(&mut self, text: &str, span: Span, kind: DriverKind, declared: Span) {
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_NAME,
            span,
            format!("`{text}` is not taken over from this file"),
        )
        .label("what is used rests on it");
        if declared != span {
            found = found.other(declared, format!("{} of this file", a_driver(kind)));
        }
        if let Some(used_at) = self.scope.used_at {
            found = found
                .other(used_at, format!("this `use` leaves `{text}` out"))
                .help(format!("add `{text}` to the names of that `use`"))
                .fix(Fix::risky(
                    format!("use `{text}` too"),
                    used_at.at_end(),
                    format!(", {text}"),
                ));
        }
        self.report(found);
    }
}
