//! Events that exclude each other, drivers that share evidence, and scenarios.
//!
//! In: lists of names. Out: lists of ids, each member once, an event in one exclusive group at most.

use super::assessment::{Chain, DriverId, Exclusive, Fix, OutcomeId, Overlap, Scenario, Set};
use super::names::{Meaning, Reader, Want};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;
use crate::syntax::ast::{self, Name};
use crate::text::source::Span;
use std::collections::BTreeMap;

impl Reader<'_> {
    /// The members of a group, each once, at least two of them.
    fn members(
        &mut self,
        span: Span,
        names: &[Name],
        want: Want,
        what: &str,
    ) -> Option<Vec<DriverId>> {
        // Every member of a chain is one more state of it.
        let limit = match what {
            "`implies`" => limits::CHAINED,
            _ => limits::MEMBERS,
        };
        if let Some(name) = names.get(limit) {
            self.report(
                Diagnostic::new(
                    &rules::LIMIT,
                    name.span,
                    format!("more than {limit} names in {what}"),
                )
                .label("this one and those after it are not read")
                .help("split the group"),
            );
            return None;
        }
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        let mut members = Vec::with_capacity(names.len());
        let mut complete = true;
        let mut twice = false;
        for name in names {
            if let Some(first) = seen.insert(&name.node, name.span) {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_NAME,
                        name.span,
                        format!("`{}` appears twice in {what}", name.node),
                    )
                    .label("named again")
                    .other(first, "named first")
                    .help("leave one of the two out"),
                );
                twice = true;
                continue;
            }
            match self.driver(name, want) {
                Some(id) => members.push(id),
                None => complete = false,
            }
        }
        if complete && !twice && members.len() < 2 {
            self.report(
                Diagnostic::new(
                    &rules::MISSING_PART,
                    span,
                    format!("{what} needs two names or more"),
                )
                .label(if members.is_empty() {
                    "no name"
                } else {
                    "one name alone"
                })
                .help(match what {
                    "`implies`" => "name the events that each imply the next, the strongest first: `implies: m7, m67, m6`",
                    _ => "add what it is shared with, or leave the line out",
                }),
            );
        }
        complete.then_some(members)
    }

    pub(super) fn exclusive(&mut self, item: &ast::Exclusive) -> Option<Exclusive> {
        let members = self.members(item.span, &item.members, Want::Event, "`exclusive`")?;
        Some(Exclusive {
            span: item.span,
            members,
        })
    }

    /// Adds a group unless one of its events stands in another already; `taken` is by event the
    /// group that it stands in.
    pub(super) fn add_exclusive(
        &mut self,
        groups: &mut Vec<Exclusive>,
        taken: &mut BTreeMap<DriverId, (usize, Span)>,
        group: Exclusive,
    ) {
        let first = group
            .members
            .iter()
            .find_map(|m| Some((*m, *taken.get(m)?)));
        if let Some((member, (other, span))) = first {
            // A used file may say the same as its user.
            let same = group.members.len() == groups[other].members.len()
                && group
                    .members
                    .iter()
                    .all(|m| taken.get(m).is_some_and(|t| t.0 == other));
            if same && group.span.file != span.file {
                return;
            }
            let name = &self.facts.driver(member).name;
            let message = format!("`{name}` is in two exclusive groups");
            self.report(
                Diagnostic::new(&rules::DUPLICATE_NAME, group.span, message)
                    .label("grouped again")
                    .other(span, "grouped first")
                    .help("events that all exclude each other stand in one `exclusive` line"),
            );
            return;
        }
        for member in &group.members {
            taken.insert(*member, (groups.len(), group.span));
        }
        groups.push(group);
    }

    pub(super) fn overlap(&mut self, item: &ast::Overlap) -> Option<Overlap> {
        let members = self.members(item.span, &item.members, Want::Driver, "`overlap`")?;
        Some(Overlap {
            span: item.span,
            share: item.share.node,
            members,
        })
    }

    pub(super) fn scenario_item(&mut self, item: &ast::Scenario) -> Scenario {
        let name = &item.name.node;
        if item.sets.is_empty() && !item.broken {
            self.report(
                Diagnostic::new(
                    &rules::MISSING_PART,
                    item.name.span,
                    format!("the scenario `{name}` sets nothing"),
                )
                .label("no `set:`")
                .help("say what is made true or false: `set: drift, not ceasefire`"),
            );
        }
        let (sets, fixes) = self.settings(&item.sets, &format!("`{name}`"));
        Scenario {
            span: item.span,
            name: item.name.clone(),
            title: item.title.as_ref().map_or(name.clone(), |t| t.node.clone()),
            sets,
            fixes,
            prose: self.prose_parts(&item.prose),
        }
    }

    /// What is set, each thing once; of events that exclude each other and of the outcomes of a question
    /// at most one is made true.
    pub(super) fn settings(&mut self, sets: &[ast::Set], whose: &str) -> (Vec<Set>, Vec<Fix>) {
        let mut result: Vec<Set> = Vec::new();
        let mut fixes: Vec<Fix> = Vec::new();
        let mut seen: BTreeMap<DriverId, Span> = BTreeMap::new();
        for set in sets {
            let driver = match self.look(&set.name.node, set.name.span, Want::Settable) {
                Some(Meaning::Driver(driver)) => driver,
                Some(Meaning::Outcome(outcome)) => {
                    fixes.extend(self.fix(set, outcome, &fixes, whose));
                    continue;
                }
                _ => continue,
            };
            if let Some(first) = seen.insert(driver, set.span) {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        set.span,
                        format!("{whose} sets `{}` twice", set.name.node),
                    )
                    .label("set again")
                    .other(first, "set first")
                    .help("leave one of the two out"),
                );
                continue;
            }
            result.push(Set {
                span: set.span,
                driver,
                to: set.to,
            });
        }
        let mut made_true: BTreeMap<usize, &Set> = BTreeMap::new();
        for set in result.iter().filter(|s| s.to) {
            let Some((group, span)) = self.facts.groups.get(&set.driver) else {
                continue;
            };
            let Some(first) = made_true.insert(*group, set) else {
                continue;
            };
            let name = |s: &Set| &self.facts.driver(s.driver).name;
            let message = format!(
                "{whose} makes both `{}` and `{}` true, which exclude each other",
                name(first),
                name(set)
            );
            self.reports.push(
                Diagnostic::new(&rules::SUM_ABOVE_ONE, set.span, message)
                    .label("ruled out by the other")
                    .other(first.span, "made true here")
                    .other(*span, "at most one of these happens")
                    .help("set one of them; the others are then ruled out by themselves"),
            );
        }
        self.against_chains(&result, whose);
        (result, fixes)
    }

    /// Reports a stronger event that is made true beside a weaker one that is made false.
    fn against_chains(&mut self, sets: &[Set], whose: &str) {
        let linked = |to: bool| {
            let sets = sets.iter().filter(move |s| s.to == to);
            sets.filter_map(|s| Some((s, *self.facts.chained.get(&s.driver)?)))
        };
        let mut found = Vec::new();
        for (weak, below) in linked(false) {
            let Some((strong, _)) =
                linked(true).find(|(_, at)| at.chain == below.chain && at.place < below.place)
            else {
                continue;
            };
            let name = |s: &Set| &self.facts.driver(s.driver).name;
            let (a, b) = (name(strong), name(weak));
            let later = strong.span.max(weak.span);
            let message =
                format!("{whose} makes `{a}` true and `{b}` false, and `{a}` implies `{b}`");
            found.push(
                Diagnostic::new(&rules::WRONG_KIND, later, message)
                    .label("this cannot be beside the other")
                    .other(strong.span.min(weak.span), "the other is set here")
                    .other(below.span, "the chain")
                    .help(format!(
                        "set one of them: where `{a}` is true `{b}` is so by itself, and where `{b}` is false `{a}` is"
                    )),
            );
        }
        for diagnostic in found {
            self.report(diagnostic);
        }
    }

    /// An outcome that is made so; nothing where that cannot be.
    fn fix(
        &mut self,
        set: &ast::Set,
        outcome: OutcomeId,
        before: &[Fix],
        whose: &str,
    ) -> Option<Fix> {
        let name = &set.name.node;
        let question = self.facts.question_of(outcome);
        let other = before
            .iter()
            .find(|f| self.facts.question_of(f.outcome) == question);
        let found = if let Some(when) = self.facts.asked[outcome.0 as usize].decided {
            Diagnostic::new(
                &rules::WRONG_KIND,
                set.span,
                format!("`{name}` is decided by its `when:` and cannot be set"),
            )
            .label("it follows from other things")
            .other(when, "decided here")
            .help("set what decides it: the events that its `when:` names")
        } else if !set.to {
            Diagnostic::new(
                &rules::WRONG_KIND,
                set.span,
                format!("the outcome `{name}` cannot be set to false"),
            )
            .label("what would be so in its place?")
            .help("set another outcome of the question, or ask with `given not` among the cases in which it is not so")
        } else if let Some(first) = other {
            let one = &self.facts.outcome(first.outcome).0;
            Diagnostic::new(
                &rules::SUM_ABOVE_ONE,
                set.span,
                match first.outcome == outcome {
                    true => format!("{whose} sets `{name}` twice"),
                    false => format!("{whose} sets both `{one}` and `{name}`, of which one is so"),
                },
            )
            .label("ruled out by the other")
            .other(first.span, "set here")
            .help("set one outcome of a question; the others are then ruled out by themselves")
        } else {
            return Some(Fix {
                span: set.span,
                outcome,
            });
        };
        self.report(found);
        None
    }

    /// Events each of which implies the next.
    pub(super) fn chain(&mut self, item: &ast::Implies) -> Option<Chain> {
        let members = self.members(item.span, &item.members, Want::Event, "`implies`")?;
        (members.len() > 1).then_some(Chain {
            span: item.span,
            members,
        })
    }
}
