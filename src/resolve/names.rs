//! What each name of a file stands for, and what is said where it stands for nothing, or for
//! another kind of thing.
//!
//! In: declarations, then uses. Out: ids. One name space a file: events, factors, changes,
//! assumptions, outcomes, horizons and scenarios share it. An unknown name is reported once.

use super::assessment::{DriverId, DriverKind, HorizonId, OutcomeId, Prop, ScenarioId};
use super::figures::a_driver;
use crate::diag::{Diagnostic, Diagnostics, Edit, Fix, Severity, suggest};
use crate::limits;
use crate::rules;
use crate::scales::Scale;
use crate::source::{FileId, SourceMap, Span};
use crate::strengths::Strengths;
use crate::syntax::ast::Name;
use indexmap::IndexMap;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry as Slot;

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
            Want::Proposition => "an event, factor, change or assumption",
            Want::Settable => "an event, a factor with `holds` or an assumption",
            Want::Queried => "an outcome, event, factor, change or assumption",
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
            Want::Driver | Want::Proposition | Want::Settable => {
                "event, factor, change or assumption"
            }
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
    /// For each event in an exclusive group: the group's number and place.
    pub(crate) groups: BTreeMap<DriverId, (usize, Span)>,
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
    list: Vec<Diagnostic>,
    /// For what is reported once in a file: the finding, none where it was one too many.
    said: BTreeMap<(FileId, String), Option<usize>>,
    /// How many words were compared in search of near ones.
    compared: usize,
}

impl Reports {
    /// Adds a finding; past a limit only that there are more.
    pub(crate) fn push(&mut self, diagnostic: Diagnostic) {
        match self.list.len().cmp(&limits::MISTAKES) {
            Ordering::Less => self.list.push(diagnostic),
            Ordering::Equal => self.list.push(
                Diagnostic::new(
                    &rules::LIMIT,
                    diagnostic.primary.span,
                    format!("more than {} mistakes", limits::MISTAKES),
                )
                .label("those from here on are not reported")
                .help("mend the others first"),
            ),
            Ordering::Greater => {}
        }
    }

    /// Whether `what` is said of a file for the first time; the finding must then be pushed next.
    pub(crate) fn first(&mut self, file: FileId, what: String) -> bool {
        let next = (self.list.len() < limits::MISTAKES).then_some(self.list.len());
        match self.said.entry((file, what)) {
            Slot::Vacant(slot) => {
                slot.insert(next);
                true
            }
            Slot::Occupied(_) => false,
        }
    }

    /// Lets the fix of what was said before mend this place too, where `fits` its replacement.
    pub(crate) fn again(&mut self, what: String, span: Span, fits: impl Fn(&str) -> bool) {
        let Some(Some(at)) = self.said.get(&(span.file, what)) else {
            return;
        };
        if let Some([fix]) = self.list.get_mut(*at).map(|d| &mut d.fixes[..])
            && let Some(text) = fix.edits.first().map(|e| e.text.clone())
            && fits(&text)
            && fix.edits.iter().all(|e| e.span != span)
        {
            fix.edits.push(Edit { span, text });
        }
    }

    /// Whether no more findings are taken: then none need be worded.
    fn is_full(&self) -> bool {
        self.list.len() > limits::MISTAKES
    }

    /// All findings.
    pub(crate) fn into_diagnostics(self) -> Diagnostics {
        let mut all = Diagnostics::new();
        all.extend(self.list);
        all
    }

    /// Whether anything was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// Whether anything that was found is an error.
    pub(crate) fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// The nearest candidates; none once a file has had its share of suggestions.
    pub(crate) fn nearest<'n>(
        &mut self,
        written: &str,
        candidates: impl IntoIterator<Item = &'n str>,
    ) -> Vec<&'n str> {
        if self.compared > limits::COMPARISONS || written.len() > limits::NAME_BYTES {
            return Vec::new();
        }
        let compared = &mut self.compared;
        suggest::nearest(written, candidates.into_iter().inspect(|_| *compared += 1))
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
        if self.reports.is_full() {
            return;
        }
        let (facts, names) = (self.facts, &self.scope.names);
        let that_fit = || {
            let named = |m: Meaning| !matches!(m, Meaning::Broken | Meaning::NotTaken(_));
            let fits = move |m: Meaning| named(m) && facts.fits(m, want);
            let fitting = names.iter().filter(move |(_, e)| fits(e.meaning));
            fitting.map(|(n, _)| n.as_str())
        };
        let near = self.reports.nearest(text, that_fit());
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_NAME,
            span,
            format!("there is no {} `{text}`", want.noun()),
        )
        .label(match self.scope.used_at {
            None => "nothing in this file has this name",
            Some(_) => "nothing here has this name, nor in the file that uses it",
        });
        if let Some(used_at) = self.scope.used_at {
            found = found.other(used_at, "used from here");
        }
        if let Some(help) = suggest::did_you_mean(&near) {
            found = found.help(help);
            if let ([one], None) = (&near[..], self.scope.used_at) {
                let one = *one;
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
                format!("what may stand here: {}", suggest::list(&all, "or"))
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
            (_, Want::Horizon) => "write the name of a horizon, which is declared with `horizon`",
            (_, Want::Settled) => "what comes true, or not, is an outcome or an event",
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
