//! What `use` brings: drivers of other files under their own names, read on their file's words.
//!
//! In: a survey of each file. Out: the drivers of the first file, its own and the used ones, each
//! with the file that it stands in, and each file's names as its used items see them.

use super::assessment::{
    ConditionId, DriverId, HorizonId, OutcomeId, PoolId, QuantityId, QuestionId, ScenarioId, ViewId,
};
use super::horizons::own_end;
use super::names::{Entry, Facts, Meaning, Scope};
use super::reports::Reports;
use super::survey::{Declared, Survey};
use super::vocabulary::Words;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::project::Project;
use crate::syntax::ast::{self, Item, Name};
use crate::text::hashed::Named;
use crate::text::source::{FileId, Span};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One driver of the assessment, as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Source<'a> {
    /// Where it is declared.
    pub(super) file: FileId,
    pub(super) item: &'a ast::Driver,
}

/// The drivers of the first file, in its order, and how they came.
#[derive(Debug, Default)]
pub(super) struct Sources<'a> {
    pub(super) drivers: Vec<Source<'a>>,
    /// For a file and a name declared there: the driver that it became.
    pub(super) ids: BTreeMap<(FileId, &'a str), DriverId>,
    /// For each `use` of the first file, by its place: what each name became.
    pub(super) used: BTreeMap<Span, Vec<(Name, Option<DriverId>)>>,
    /// The conditions of every file, as they stand.
    pub(super) conditions: Vec<(FileId, &'a ast::Condition)>,
    /// The files that a used name passes through, with the `use` item of the first file.
    pub(super) through: BTreeMap<FileId, Span>,
}

/// Collects the drivers of the first file.
pub(super) fn collect<'a>(
    project: &'a Project,
    surveys: &[Survey<'a>],
    reports: &mut Reports,
) -> Sources<'a> {
    let conditions = surveys
        .iter()
        .flat_map(|s| s.conditions.iter().map(|c| (FileId(s.file), *c)));
    let mut sources = Sources {
        conditions: conditions.collect(),
        ..Sources::default()
    };
    let Some(root) = surveys.first() else {
        return sources;
    };
    for item in &project.files[0].ast.items {
        match item {
            Item::Driver(d) => {
                // A second driver of one name is reported, and left out.
                if let Some((Declared::Driver(first), _)) = root.names.get(d.name.node.as_str())
                    && first.span == d.span
                {
                    sources.add(FileId(0), d);
                }
            }
            Item::Use(u) => {
                let mut names = Vec::with_capacity(u.names.len());
                for name in &u.names {
                    let id = match root.names.get(name.node.as_str()) {
                        Some((Declared::Used(Some(file)), at)) if *at == name.span => {
                            take(project, surveys, *file, u, name, &mut sources, reports)
                        }
                        _ => None,
                    };
                    names.push((name.clone(), id));
                }
                sources.used.insert(u.span, names);
            }
            _ => {}
        }
    }
    sources
}

impl<'a> Sources<'a> {
    fn add(&mut self, file: FileId, item: &'a ast::Driver) -> DriverId {
        let id = DriverId(self.drivers.len() as u32);
        self.drivers.push(Source { file, item });
        self.ids.insert((file, &item.name.node), id);
        id
    }

    /// The driver that a name of a file became, where it was taken.
    fn id(&self, surveys: &[Survey<'a>], file: FileId, name: &str) -> Option<DriverId> {
        let (file, item) = follow(surveys, file, name)?;
        self.ids.get(&(file, item.name.node.as_str())).copied()
    }
}

/// The file and item that a name of a file stands for, through the uses that pass it on.
fn follow<'a>(
    surveys: &[Survey<'a>],
    mut file: FileId,
    name: &str,
) -> Option<(FileId, &'a ast::Driver)> {
    // No chain is longer than there are files, since uses do not lead back.
    for _ in 0..surveys.len() {
        match surveys[file.0 as usize].names.get(name)?.0 {
            Declared::Driver(item) => return Some((file, item)),
            Declared::Used(Some(next)) => file = next,
            _ => return None,
        }
    }
    None
}

/// Takes one name over from another file.
fn take<'a>(
    project: &Project,
    surveys: &[Survey<'a>],
    file: FileId,
    item: &ast::Use,
    name: &Name,
    sources: &mut Sources<'a>,
    reports: &mut Reports,
) -> Option<DriverId> {
    let path = &item.path.node;
    let mut at = file;
    let mut chain = vec![file];
    loop {
        let survey = &surveys[at.0 as usize];
        match survey.names.get(name.node.as_str()) {
            Some((Declared::Driver(driver), _)) => {
                if sources.ids.contains_key(&(at, driver.name.node.as_str())) {
                    return None;
                }
                for file in chain {
                    sources.through.entry(file).or_insert(item.span);
                }
                return Some(sources.add(at, driver));
            }
            Some((Declared::Used(Some(next)), _)) if chain.len() <= surveys.len() => {
                at = *next;
                chain.push(at);
            }
            Some((Declared::Used(_) | Declared::Broken, _)) => return None,
            Some((declared, span)) => {
                let what = match declared {
                    Declared::Horizon => "a horizon",
                    Declared::Outcome => "an outcome",
                    Declared::Question => "a question",
                    Declared::Condition => "a condition",
                    Declared::View => "a view",
                    Declared::Pool => "a pool",
                    Declared::Quantity => "a quantity",
                    _ => "a scenario",
                };
                reports.push(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        name.span,
                        format!("`{}` is {what} of `{path}`, and cannot be used", name.node),
                    )
                    .label("only events, factors, changes and assumptions are taken over")
                    .other(*span, "declared here")
                    .help("only what pushes or happens is shared: declare it in this file"),
                );
                return None;
            }
            None => {
                // A file that is broken all over has said enough.
                let ast = &project.files[at.0 as usize].ast;
                if ast.items.is_empty() {
                    return None;
                }
                let drivers: Vec<&str> = survey
                    .names
                    .iter()
                    .filter(|(_, (d, _))| matches!(d, Declared::Driver(_) | Declared::Used(_)))
                    .map(|(n, _)| *n)
                    .collect();
                let near = reports.nearest(&name.node, drivers.iter().copied());
                let mut found = Diagnostic::new(
                    &rules::UNKNOWN_NAME,
                    name.span,
                    format!("there is no `{}` in `{path}`", name.node),
                )
                .label("nothing in that file has this name");
                found = match suggest::did_you_mean(&near) {
                    Some(help) => found.help(help),
                    None => found.help(match drivers.len() {
                        0 => "that file declares nothing that could be used".to_string(),
                        _ => {
                            let first = &drivers[..drivers.len().min(6)];
                            let and_more = if drivers.len() > 6 {
                                ", among others"
                            } else {
                                ""
                            };
                            format!("it has {}{and_more}", suggest::list(first, "and"))
                        }
                    }),
                };
                if let [one] = near[..] {
                    found = found.fix(Fix::risky(format!("write `{one}`"), name.span, one));
                }
                reports.push(found);
                return None;
            }
        }
    }
}

/// The names of one file as its items see them in the assessment of the first file.
pub(super) fn scope(
    surveys: &[Survey<'_>],
    file: FileId,
    sources: &Sources<'_>,
    facts: &Facts,
    words: &Words,
    as_of: Date,
) -> Scope {
    let survey = &surveys[file.0 as usize];
    let root = &surveys[0];
    let is_root = file.0 == 0;
    let horizon = |name: &str| {
        let id = facts.horizons.iter().position(|h| h.0 == name)?;
        Some(Meaning::Horizon(HorizonId(id as u32)))
    };
    let outcomes: BTreeMap<&str, u32> = (0u32..)
        .zip(&facts.outcomes)
        .map(|(i, o)| (o.0.as_str(), i))
        .collect();
    let outcome = |name: &str| Some(Meaning::Outcome(OutcomeId(*outcomes.get(name)?)));
    let questions: BTreeMap<&str, u32> = (0u32..)
        .zip(&facts.questions)
        .map(|(i, q)| (q.name.as_str(), i))
        .collect();
    let question = |name: &str| {
        let id = questions.get(name);
        id.map_or(Meaning::Broken, |i| Meaning::Question(QuestionId(*i)))
    };
    let conditions: BTreeMap<&str, u32> = (0u32..)
        .zip(&sources.conditions)
        .filter(|(_, (of, _))| *of == file)
        .map(|(i, (_, c))| (c.name.node.as_str(), i))
        .collect();
    let condition = |name: &str| {
        let id = conditions.get(name);
        id.map_or(Meaning::Broken, |i| Meaning::Condition(ConditionId(*i)))
    };
    let scenarios: BTreeMap<&str, u32> = (0u32..)
        .zip(&root.scenarios)
        .map(|(i, s)| (s.name.node.as_str(), i))
        .collect();
    let views = (0u32..).zip(&root.views);
    let views: BTreeMap<&str, u32> = views.map(|(i, v)| (v.name.node.as_str(), i)).collect();
    let pools = (0u32..).zip(&root.pools);
    let pools: BTreeMap<&str, u32> = pools.map(|(i, p)| (p.name.node.as_str(), i)).collect();
    let own_as_of = survey
        .assessment
        .and_then(|a| a.as_of.as_ref())
        .map_or(as_of, |d| d.node.last());
    let mut names: Named<String, Entry> = Named::default();
    names.reserve(survey.names.len());
    for (name, (declared, span)) in &survey.names {
        let meaning = match declared {
            Declared::Horizon => horizon(name).unwrap_or_else(|| {
                let end = own_end(&survey.horizons, name, own_as_of, as_of);
                end.filter(|_| !is_root)
                    .map_or(Meaning::Broken, Meaning::End)
            }),
            Declared::Outcome => outcome(name).unwrap_or(Meaning::Elsewhere),
            Declared::Question if is_root => question(name),
            Declared::Condition => condition(name),
            Declared::Quantity if is_root => {
                let found = facts.quantities.iter().position(|q| q.name == **name);
                found.map_or(Meaning::Broken, |i| Meaning::Quantity(QuantityId(i as u32)))
            }
            Declared::Scenario if is_root => scenarios
                .get(name)
                .map_or(Meaning::Broken, |i| Meaning::Scenario(ScenarioId(*i))),
            Declared::View if is_root => views
                .get(name)
                .map_or(Meaning::Broken, |i| Meaning::View(ViewId(*i))),
            Declared::Pool if is_root => pools
                .get(name)
                .map_or(Meaning::Broken, |i| Meaning::Pool(PoolId(*i))),
            Declared::Driver(_) | Declared::Used(_) => match sources.id(surveys, file, name) {
                Some(id) => Meaning::Driver(id),
                None => match follow(surveys, file, name) {
                    Some((_, item)) if !is_root => Meaning::NotTaken(item.kind),
                    _ => Meaning::Broken,
                },
            },
            Declared::Question
            | Declared::Quantity
            | Declared::Scenario
            | Declared::View
            | Declared::Pool
            | Declared::Broken => Meaning::Broken,
        };
        names.insert(
            (*name).to_string(),
            Entry {
                meaning,
                span: *span,
            },
        );
    }
    if !is_root {
        // What the using file alone declares, outcomes and horizons, is seen by its used items.
        for (name, (declared, span)) in &root.names {
            let meaning = match declared {
                Declared::Horizon => horizon(name),
                Declared::Outcome => outcome(name),
                Declared::Broken => Some(Meaning::Broken),
                _ => None,
            };
            if let Some(meaning) = meaning {
                names.entry((*name).to_string()).or_insert(Entry {
                    meaning,
                    span: *span,
                });
            }
        }
    }
    let shared = root.is_shared();
    Scope {
        names,
        scale: words.scale.clone(),
        strengths: words.strengths.clone(),
        open_outcomes: shared || !is_root && surveys[0].broken_kinds.contains(&"outcome"),
        open_horizons: shared && facts.horizons.is_empty(),
        used_at: sources.through.get(&file).copied().filter(|_| !is_root),
    }
}

/// For each used driver the outcomes of its own file that it pushes and the using file has not.
pub(super) fn dropped(
    surveys: &[Survey<'_>],
    sources: &Sources<'_>,
    scopes: &[Option<Scope>],
    project: &Project,
) -> Vec<String> {
    let mut said = BTreeSet::new();
    for source in &sources.drivers {
        let Some(scope) = &scopes[source.file.0 as usize] else {
            continue;
        };
        if source.file.0 == 0 || surveys[source.file.0 as usize].outcomes().next().is_none() {
            continue;
        }
        for outcome in source.item.weights.iter().flat_map(|w| &w.outcomes) {
            let meaning = scope.names.get(&outcome.node).map(|e| e.meaning);
            if meaning == Some(Meaning::Elsewhere) {
                let file = &project.sources.source(source.file).name;
                said.insert(format!(
                    "`{}` of `{file}` pushes `{}` there, which is no outcome here: that weight is left out",
                    source.item.name.node, outcome.node
                ));
            }
        }
    }
    said.into_iter().collect()
}
