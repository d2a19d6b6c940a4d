//! The run over a project: surveys, words, horizons, names, then item by item.
//!
//! In: a project. Out: [`Resolved`]. The order of the steps is all that is decided here.

mod mentions;
mod quantities;
mod questions;
mod voices;

use super::assessment::{
    Assessment, Chain, Condition, ConditionId, Curve, Driver, DriverId, Exclusive, Node, Outcome,
    OutcomeId, Overlap, PriorOf, ProseParts, Quantity, QuantityId, Question, QuestionId, RiskCell,
    Use, What,
};
use super::conditions::{self, each_name};
use super::cover::Groups;
use super::drivers::{Needs, curves};
use super::horizons::{self, Horizons};
use super::names::{DriverFact, Facts, Meaning, OutcomeFact, QuestionFact, Reader, Scope};
use super::order;
use super::quantities::QuantityFact;
use super::reports::Reports;
use super::survey::Survey;
use super::table::Table;
use super::uses::{self, Sources};
use super::vocabulary::{self, Words};
use super::voices::Views;
use super::{Resolved, counted, parts, times};
use crate::diag::suggest;
use crate::limits;
use crate::project::Project;
use crate::syntax::ast::{self, Dated, Guard};
use crate::text::source::FileId;
use jiff::civil::Date;
use questions::Questions;
use std::collections::BTreeSet;

/// What has been read before the assessment is put together.
struct Read {
    horizons: Horizons,
    outcomes: Table<OutcomeId, Outcome>,
    questions: Table<QuestionId, Question>,
    drivers: Vec<Driver>,
    order: Option<Vec<DriverId>>,
    course: Option<Vec<Node>>,
    exclusives: Vec<Exclusive>,
    chains: Vec<Chain>,
    overlaps: Vec<Overlap>,
    quantities: Table<QuantityId, Quantity>,
    risks: Vec<RiskCell>,
}

/// Stands in for an `as of` that is missing or broken, so that other mistakes are still found.
const SOME_DAY: Date = jiff::civil::date(2000, 1, 1);

/// The run over one project.
struct Run<'a> {
    project: &'a Project,
    surveys: Vec<Survey<'a>>,
    words: Vec<Words>,
    sources: Sources<'a>,
    /// By file: its names, where something of it is read.
    scopes: Vec<Option<Scope>>,
    facts: Facts,
    reports: Reports,
    as_of: Option<Date>,
    assumed: Vec<String>,
}

pub(super) fn run(project: &Project, views: &Views) -> Resolved {
    let unread = project
        .files
        .first()
        .is_none_or(|f| f.ast.items.is_empty() && !f.diagnostics.is_empty())
        || project
            .diagnostics
            .iter()
            .any(|d| d.primary.span.file == FileId(0) && is_unread(d.rule.name));
    if unread {
        // What cannot be read at all has said so already.
        return Resolved::default();
    }
    let mut reports = Reports::default();
    let files = 0..project.files.len() as u32;
    let surveys: Vec<Survey<'_>> = files
        .map(|f| Survey::of(project, FileId(f), &mut reports))
        .collect();
    let words = surveys
        .iter()
        .map(|s| vocabulary::read(s, &mut reports))
        .collect();
    let run = Run {
        project,
        surveys,
        words,
        sources: Sources::default(),
        scopes: Vec::new(),
        facts: Facts {
            views: views.seen.clone(),
            ..Facts::default()
        },
        reports,
        as_of: None,
        assumed: Vec::new(),
    };
    run.all()
}

fn is_unread(rule: &str) -> bool {
    rule == crate::diag::rules::ENCODING.name || rule == crate::diag::rules::LIMIT.name
}

impl<'a> Run<'a> {
    fn all(mut self) -> Resolved {
        let shared = self.surveys[0].is_shared();
        if !shared {
            let is_empty = self.project.files[0].ast.items.is_empty();
            parts::check(&self.surveys[0], is_empty, &mut self.reports);
        }
        let horizons = self.horizons();
        self.sources = uses::collect(self.project, &self.surveys, &mut self.reports);
        self.names(&horizons);
        self.conditions();
        self.whens();
        let exclusives = self.exclusives();
        let chains = self.chains();
        let (outcomes, decided) = self.outcomes();
        let drivers = self.drivers();
        counted::check(&drivers, &mut self.reports);
        let mentions = self.mentions();
        let course = order::order(&self.facts, &mentions, &exclusives, &mut self.reports);
        let order: Option<Vec<DriverId>> = course.as_ref().map(|course| {
            let drivers = course.iter().filter_map(|node| match node {
                Node::Driver(id) => Some(*id),
                Node::Question(_) => None,
            });
            drivers.collect()
        });
        let Questions {
            table: questions,
            uncovered,
        } = self.questions(&drivers);
        {
            // A ring forbids an order, and some mistakes are found without.
            let any: Vec<DriverId> = (0..drivers.len() as u32).map(DriverId).collect();
            let in_order = order.as_ref().unwrap_or(&any);
            let whole: Vec<bool> = self
                .sources
                .drivers
                .iter()
                .zip(&drivers)
                .map(|(s, d)| is_whole(s.item, d))
                .collect();
            let groups = Groups::new(drivers.len(), in_order, &exclusives, &chains);
            self.reading(0, |r| {
                if order.is_some() {
                    r.cover(&drivers, &decided, &groups, |i| whole[i]);
                    r.exclusive_sums(&drivers, &decided, &groups);
                }
                r.check_chains(&chains, &drivers, |i| whole[i]);
                r.decided_once(&outcomes, &drivers, &decided, &groups);
                r.cover_priors(&uncovered, &drivers, &decided, &groups);
            });
        }
        let overlaps = self.overlaps();
        let (quantities, risks) = self.numbers(&drivers, &outcomes, &questions);
        let read = Read {
            horizons,
            outcomes,
            questions,
            drivers,
            order,
            course,
            exclusives,
            chains,
            overlaps,
            quantities,
            risks,
        };
        let assessment = self.assessment(read);
        let errors = self.reports.has_errors()
            || self.project.diagnostics.has_errors()
            || self
                .project
                .files
                .iter()
                .any(|f| f.diagnostics.has_errors());
        Resolved {
            assessment: assessment.filter(|_| !errors && !shared),
            diagnostics: self.reports.into_diagnostics(),
        }
    }

    /// Reads items of one file.
    fn reading<T>(&mut self, file: usize, f: impl FnOnce(&mut Reader<'_>) -> T) -> Option<T> {
        let scope = self.scopes[file].as_ref()?;
        Some(f(&mut Reader {
            scope,
            facts: &self.facts,
            sources: &self.project.sources,
            reports: &mut self.reports,
        }))
    }

    fn horizons(&mut self) -> Horizons {
        let block = self.surveys[0].assessment;
        self.as_of = block.and_then(|b| b.as_of.as_ref()).map(|d| d.node.last());
        let items = &self.surveys[0].horizons;
        let broken = self.surveys[0].broken_kinds.contains(&"horizon");
        let whole = !items.is_empty() && !broken && self.as_of.is_some();
        let as_of = self.as_of.unwrap_or(SOME_DAY);
        if items.is_empty() && !broken && !times::is_timed(&self.surveys[0]) {
            self.facts.timeless = true;
            return horizons::timeless(self.surveys[0].assessment, as_of, self.as_of.is_some());
        }
        let mut found = horizons::read(
            items,
            as_of,
            whole,
            &self.project.sources,
            &mut self.reports,
        );
        self.assumed.append(&mut found.assumed);
        found
    }

    /// Fills in what each name stands for, file by file.
    fn names(&mut self, horizons: &Horizons) {
        self.facts.sound = horizons.sound;
        self.facts.horizons = horizons
            .table
            .values()
            .map(|h| (h.name.node.clone(), h.days))
            .collect();
        for (index, asked) in self.surveys[0].asked().enumerate() {
            let first = self.facts.outcomes.len();
            for o in &asked.outcomes {
                self.facts
                    .outcomes
                    .push((o.name.node.clone(), o.is_final.is_some()));
                let when = o.when.as_ref().map(ast::Decides::span);
                let broken = o.broken.iter().any(|b| b == "when").then_some(o.name.span);
                self.facts.asked.push(OutcomeFact {
                    question: QuestionId(index as u32),
                    decided: when.or(broken),
                    value: o.value.clone(),
                });
            }
            self.facts.questions.push(QuestionFact {
                name: asked.item.map_or_else(String::new, |q| q.name.node.clone()),
                outcomes: first..self.facts.outcomes.len(),
            });
        }
        let quantities = self.surveys[0].quantities.iter();
        self.facts.quantities = quantities.map(|q| QuantityFact::of(q)).collect();
        let impacts = self.surveys[0].impacts;
        self.facts.impacts = impacts.map_or_else(Vec::new, |i| i.words.clone());
        self.facts.conditions = vec![None; self.sources.conditions.len()];
        for item in &self.surveys[0].resolved {
            if let (ast::ResolvedWhat::Name { name, .. }, Some(on)) = (&item.what, &item.on) {
                let day = self
                    .facts
                    .settled
                    .entry(name.node.clone())
                    .or_insert(on.node);
                if day.last() < on.node.last() {
                    *day = on.node;
                }
            }
        }
        self.facts.drivers = self
            .sources
            .drivers
            .iter()
            .map(|s| DriverFact {
                name: s.item.name.node.clone(),
                kind: s.item.kind,
                // A broken `holds:` or `chance:` was meant, and is there for its users.
                has_rows: !s.item.rows.is_empty()
                    || !s.item.once.is_empty()
                    || s.item.broken.iter().any(|b| b == "holds" || b == "chance"),
                once: s.item.once.first().map(|o| o.head),
            })
            .collect();
        let as_of = self.as_of.unwrap_or(SOME_DAY);
        for file in 0..self.surveys.len() {
            let id = FileId(file as u32);
            let involved = file == 0 || self.sources.through.contains_key(&id);
            self.scopes.push(involved.then(|| {
                uses::scope(
                    &self.surveys,
                    id,
                    &self.sources,
                    &self.facts,
                    &self.words[file],
                    as_of,
                )
            }));
        }
        let dropped = uses::dropped(&self.surveys, &self.sources, &self.scopes, self.project);
        self.assumed.extend(dropped);
    }

    /// Resolves conditions, each after those that it names.
    fn conditions(&mut self) {
        if self.sources.conditions.is_empty() {
            return;
        }
        let (order, rings) = conditions::order(&self.sources, &self.scopes);
        rings.into_iter().for_each(|ring| self.reports.push(ring));
        for index in order {
            let (file, item) = self.sources.conditions[index];
            let found = self.reading(file.0 as usize, |r| r.prop(&item.prop));
            let Some(Some(found)) = found else { continue };
            match conditions::too_much(&found, item) {
                Some(limit) => self.reports.push(limit),
                None => self.facts.conditions[index] = Some(found),
            }
        }
    }

    /// The conditions of the first file, for those who name them.
    fn named_conditions(&self) -> Table<ConditionId, Condition> {
        let mut table = Table::new();
        for (index, (file, item)) in self.sources.conditions.iter().enumerate() {
            let Some(prop) = self.facts.conditions[index].clone() else {
                continue;
            };
            if *file != FileId(0) {
                continue;
            }
            let name = &item.name.node;
            table.insert(
                name,
                Condition {
                    span: item.span,
                    name: item.name.clone(),
                    title: item.title.as_ref().map_or(name.clone(), |t| t.node.clone()),
                    prop,
                    is_named: self.reports.names_condition(index),
                    prose: ProseParts::default(),
                },
            );
        }
        table
    }

    /// Resolves the conditions of changes, which other propositions rest on.
    fn whens(&mut self) {
        for index in 0..self.sources.drivers.len() {
            let source = self.sources.drivers[index];
            if let Some(when) = &source.item.when
                && let Some(Some(found)) = self.reading(source.file.0 as usize, |r| r.prop(when))
            {
                self.facts.whens.insert(DriverId(index as u32), found);
            }
        }
    }

    fn drivers(&mut self) -> Vec<Driver> {
        let mut named: BTreeSet<&str> = BTreeSet::new();
        for source in &self.sources.drivers {
            conditions_of(source.item).for_each(|p| {
                each_name(p, &mut |n, _| {
                    named.insert(n);
                })
            });
        }
        // What a condition names, a prior or an outcome rests on, matters without weights too.
        let others = self.sources.conditions.iter().map(|(_, c)| &c.prop);
        let asked = self.surveys[0].asked().flat_map(|asked| {
            let whens = asked
                .outcomes
                .iter()
                .filter_map(|o| o.when.as_ref()?.prop());
            whens.chain(asked.priors.iter().filter_map(|p| guard_of(&p.guard)))
        });
        others.chain(asked).for_each(|p| {
            each_name(p, &mut |n, _| {
                named.insert(n);
            })
        });
        let mut budget = limits::NUMBERS;
        let as_of = self.as_of;
        let mut result = Vec::with_capacity(self.sources.drivers.len());
        for index in 0..self.sources.drivers.len() {
            let source = self.sources.drivers[index];
            let when = self.facts.whens.get(&DriverId(index as u32)).cloned();
            let found = self.reading(source.file.0 as usize, |r| {
                let mut needs = Needs {
                    as_of,
                    named: &|n| named.contains(n),
                    budget: &mut budget,
                };
                r.driver_item(source.item, when.as_ref(), &mut needs)
            });
            result.extend(found);
        }
        result
    }

    fn exclusives(&mut self) -> Vec<Exclusive> {
        let mut groups = Vec::new();
        let mut taken_by = std::collections::BTreeMap::new();
        for file in 0..self.surveys.len() {
            for item in self.surveys[file].exclusives.clone() {
                let taken = self.taken(file, &item.members);
                let item = ast::Exclusive {
                    members: taken,
                    ..item.clone()
                };
                if file != 0 && item.members.len() < 2 {
                    continue;
                }
                self.reading(file, |r| {
                    if let Some(group) = r.exclusive(&item) {
                        r.add_exclusive(&mut groups, &mut taken_by, group);
                    }
                });
            }
        }
        self.facts.groups = taken_by;
        groups
    }

    fn overlaps(&mut self) -> Vec<Overlap> {
        let mut groups = Vec::new();
        for file in 0..self.surveys.len() {
            for item in self.surveys[file].overlaps.clone() {
                let taken = self.taken(file, &item.members);
                let item = ast::Overlap {
                    members: taken,
                    ..item.clone()
                };
                if file != 0 && item.members.len() < 2 {
                    continue;
                }
                let found = self.reading(file, |r| r.overlap(&item));
                groups.extend(found.flatten());
            }
        }
        groups
    }

    /// Of the members of a used file's group, those that are used; of the first file's, all.
    fn taken(&self, file: usize, members: &[ast::Name]) -> Vec<ast::Name> {
        let is_taken = |name: &&ast::Name| {
            let meaning = |s: &Scope| s.names.get(&name.node).map(|e| e.meaning);
            let meaning = self.scopes[file].as_ref().and_then(meaning);
            file == 0 || matches!(meaning, Some(Meaning::Driver(_)))
        };
        members.iter().filter(is_taken).cloned().collect()
    }

    fn chains(&mut self) -> Vec<Chain> {
        let mut chains = Vec::new();
        let mut taken_by = std::collections::BTreeMap::new();
        for file in 0..self.surveys.len() {
            for item in self.surveys[file].chains.clone() {
                let taken = self.taken(file, &item.members);
                let item = ast::Implies {
                    members: taken,
                    ..item.clone()
                };
                if file != 0 && item.members.len() < 2 {
                    continue;
                }
                self.reading(file, |r| {
                    if let Some(chain) = r.chain(&item) {
                        r.add_chain(&mut chains, &mut taken_by, chain);
                    }
                });
            }
        }
        self.facts.chained = taken_by;
        chains
    }

    /// Reads what is left and puts the assessment together.
    fn assessment(&mut self, read: Read) -> Option<Assessment> {
        let Read {
            horizons,
            mut outcomes,
            mut questions,
            drivers,
            order,
            course,
            exclusives,
            chains,
            overlaps,
            quantities,
            risks,
        } = read;
        let as_of = self.as_of;
        let block = self.surveys[0].assessment;
        let prose = block.and_then(|b| self.reading(0, |r| r.prose_parts(&b.prose)));
        self.prose_of_questions(&mut outcomes, &mut questions);
        self.interpolated(&drivers, &questions);
        let mut scenarios = Table::new();
        for item in self.surveys[0].scenarios.clone() {
            if let Some(found) = self.reading(0, |r| r.scenario_item(item)) {
                scenarios.insert(&item.name.node, found);
            }
        }
        let views = self.views();
        let pools = self.pools();
        let judgements = self.each(|s| &s.judgements, |r, item| r.judgement(item));
        let bets = self.each(|s| &s.bets, |r, item| r.bet(item));
        let expects = self.each(|s| &s.expects, |r, item| r.expect(item));
        let sections = self.each(|s| &s.sections, |r, item| Some(r.section(item)));
        let resolved = self.each(|s| &s.resolved, |r, item| r.resolved(item));
        let uses = self.uses();
        // Now that all is read that may name one.
        let conditions = self.named_conditions();
        let mut vocabularies = std::mem::take(&mut self.words[0].own);
        vocabularies.sort_by_key(|v| v.span);
        let block = block?;
        let mut table = Table::new();
        for driver in drivers {
            table.insert(driver.name.node.clone(), driver);
        }
        Some(Assessment {
            file: FileId(0),
            span: block.span,
            title: block.title.clone(),
            author: block.author.clone(),
            as_of: as_of?,
            as_of_dated: block.as_of.as_ref().map_or(Dated::day(as_of?), |d| d.node),
            as_of_span: block.as_of.as_ref().map(|d| d.span),
            scale: self.words[0].scale.clone(),
            strengths: self.words[0].strengths.clone(),
            tags: block.tags.clone(),
            marking: block.marking.clone(),
            lang: block.lang.as_ref().map(|l| l.node),
            prose: prose?,
            horizons: horizons.table,
            timeless: self.facts.timeless,
            questions,
            outcomes,
            drivers: table,
            order: order?,
            course: course?,
            exclusives,
            chains,
            quantities,
            impacts: self.facts.impacts.clone(),
            risks,
            conditions,
            overlaps,
            scenarios,
            views,
            pools,
            judgements,
            bets,
            expects,
            sections,
            resolved,
            past: Vec::new(),
            uses,
            vocabularies,
            assumed: std::mem::take(&mut self.assumed),
            lent: None,
        })
    }

    /// Reads every item of a kind of the first file.
    fn each<T: 'a, U>(
        &mut self,
        items: impl for<'s> Fn(&'s Survey<'a>) -> &'s Vec<&'a T>,
        read: impl Fn(&mut Reader<'_>, &T) -> Option<U>,
    ) -> Vec<U> {
        let items = items(&self.surveys[0]).clone();
        items
            .into_iter()
            .filter_map(|item| self.reading(0, |r| read(r, item)).flatten())
            .collect()
    }

    fn uses(&mut self) -> Vec<Use> {
        let mut result = Vec::new();
        for item in self.surveys[0].uses.clone() {
            let key = (FileId(0), item.path.node.clone());
            if let (Some(file), Some(names)) = (
                self.project.uses.get(&key),
                self.sources.used.remove(&item.span),
            ) {
                result.push(Use {
                    span: item.span,
                    path: item.path.clone(),
                    file: *file,
                    names,
                });
            }
        }
        result
    }

    /// Says which chances are interpolated, in alphabetical order.
    fn interpolated(&mut self, drivers: &[Driver], questions: &Table<QuestionId, Question>) {
        let rows = drivers
            .iter()
            .filter_map(curves)
            .flatten()
            .map(|row| &row.clause);
        let finals = questions
            .values()
            .flat_map(|q| &q.priors)
            .flat_map(|row| &row.prior.outcomes)
            .filter_map(|of| match of {
                PriorOf::Curve(clause) => Some(clause),
                _ => None,
            });
        let mut said = BTreeSet::new();
        for clause in rows.chain(finals) {
            let Curve::Points(points) = &clause.values else {
                continue;
            };
            let Some(last) = points.last() else { continue };
            let between: Vec<&str> = self
                .facts
                .horizons
                .iter()
                .filter(|(_, t)| *t < last.days && points.iter().all(|p| p.days != *t))
                .map(|(n, _)| n.as_str())
                .collect();
            if let (Some((of, what)), false) = (clause.key.split_once(' '), between.is_empty()) {
                // A prior's key is `prior: exit`, a row's `troops chance given coup`.
                let whose = match of {
                    "prior:" => match what.split_once(' ') {
                        None => format!("the prior of `{what}`"),
                        Some((outcome, row)) => format!("the prior of `{outcome}` {row}"),
                    },
                    _ => format!("`{what}` of `{of}`"),
                };
                let list = suggest::list(&between, "and");
                // No finite hazard reaches 100%: what is taken in its place is said.
                let horizons = self.facts.horizons.iter();
                let sure = horizons.filter(|(n, _)| between.contains(&n.as_str()));
                let sure = sure.clone().any(|(_, t)| {
                    let after = points.partition_point(|p| p.days < *t);
                    let before = after.checked_sub(1).map_or(0.0, |i| points[i].chance.point);
                    points[after].chance.point >= 1.0 && before < 1.0
                });
                let towards = if sure {
                    ", towards 99.9% where 100% is stated"
                } else {
                    ""
                };
                said.insert(format!(
                    "{whose} is interpolated for {list}, at a constant hazard{towards}"
                ));
            }
        }
        self.assumed.extend(said);
    }
}

/// Whether all rows of a driver could be read.
fn is_whole(item: &ast::Driver, driver: &Driver) -> bool {
    let rows = match &driver.what {
        // What stands beside a trigger alone is not written.
        What::Event(_) if driver.is_triggered_only() => 0,
        What::Event(rows) => rows.len(),
        What::Factor(rows) => rows.len(),
        _ => item.rows.len(),
    };
    rows == item.rows.len() && !item.broken.iter().any(|b| b == "chance" || b == "holds")
}

/// The propositions that a driver's truth rests on: of its rows, its trigger and its `when`.
fn conditions_of(item: &ast::Driver) -> impl Iterator<Item = &ast::Prop> {
    let triggers = item.once.iter().map(|o| &o.trigger);
    let guards = item.rows.iter().filter_map(|r| guard_of(&r.guard));
    triggers.chain(guards).chain(&item.when)
}

fn guard_of(guard: &Guard) -> Option<&ast::Prop> {
    match guard {
        Guard::Given(prop) => Some(prop),
        Guard::Plain | Guard::Otherwise => None,
    }
}
