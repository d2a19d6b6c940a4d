//! A project without what moves no verdict: prose, expectations, bets, scenarios, resolutions.
//!
//! In: a project and its assessment. Out: its files by their path as seen from the first one, with
//! those drivers alone that the assessment takes.

use crate::project::{Project, join_name};
use crate::resolve::assessment::Assessment;
use crate::syntax::ast::{Item, ProseClauses};
use crate::text::source::FileId;
use std::collections::{BTreeMap, BTreeSet};

/// A file's items that can move a verdict.
#[derive(Debug, Clone, Default)]
pub(super) struct Bare {
    pub(super) items: Vec<Item>,
    /// For a path as written in a `use`: the file that it names, as seen from the first one.
    pub(super) uses: BTreeMap<String, String>,
}

/// The files of a project by their path as seen from the first, which has none.
pub(super) fn bare(project: &Project, assessment: &Assessment) -> BTreeMap<String, Bare> {
    let paths = paths(project);
    let drivers = assessment.drivers.values();
    let taken: BTreeSet<(FileId, &str)> = drivers
        .map(|d| (d.name.span.file, d.name.node.as_str()))
        .collect();
    let names: BTreeSet<&str> = taken.iter().map(|(_, name)| *name).collect();
    let mut files = BTreeMap::new();
    for (&file, path) in &paths {
        let is_first = file == FileId(0);
        let parsed = &project.files[file.0 as usize];
        let mut items = parsed.ast.items.clone();
        items.retain_mut(strip);
        if !is_first {
            let is_taken = |name: &String| names.contains(name.as_str());
            items.retain_mut(|item| match item {
                Item::Driver(d) => taken.contains(&(file, d.name.node.as_str())),
                Item::Prior(_) => false,
                Item::Use(u) => {
                    u.names.retain(|n| is_taken(&n.node));
                    !u.names.is_empty()
                }
                Item::Exclusive(e) => {
                    e.members.retain(|n| is_taken(&n.node));
                    e.members.len() > 1
                }
                Item::Overlap(o) => {
                    o.members.retain(|n| is_taken(&n.node));
                    o.members.len() > 1
                }
                _ => true,
            });
        }
        let uses = project.uses.iter().filter(|((from, _), _)| *from == file);
        let uses =
            uses.filter_map(|((_, written), to)| Some((written.clone(), paths.get(to)?.clone())));
        let uses = uses.collect();
        files.insert(path.clone(), Bare { items, uses });
    }
    files
}

/// Every file's path as seen from the first one.
fn paths(project: &Project) -> BTreeMap<FileId, String> {
    let mut paths = BTreeMap::from([(FileId(0), String::new())]);
    let mut open = vec![FileId(0)];
    while let Some(from) = open.pop() {
        let uses = project.uses.iter().filter(|((file, _), _)| *file == from);
        for ((_, written), &to) in uses {
            if !paths.contains_key(&to) {
                let path = join_name(&paths[&from], written);
                paths.insert(to, path);
                open.push(to);
            }
        }
    }
    paths
}

/// Takes prose off an item; whether the item can move a verdict at all.
fn strip(item: &mut Item) -> bool {
    let none = ProseClauses::default;
    match item {
        Item::Assessment(a) => a.prose = none(),
        Item::Outcome(o) => o.prose = none(),
        Item::Prior(p) => {
            p.prose = none();
            p.evidence.clear();
        }
        Item::Driver(d) => {
            d.prose = none();
            d.evidence.iter_mut().for_each(|e| e.note = None);
        }
        Item::Quantity(q) => q.prose = none(),
        Item::Scale(s) => s.prose = none(),
        Item::Strengths(s) => s.prose = none(),
        Item::Question(q) => {
            q.prose = none();
            q.outcomes.iter_mut().for_each(|o| o.prose = none());
            for prior in &mut q.priors {
                prior.prose = none();
                prior.evidence.clear();
            }
        }
        Item::Horizon(_)
        | Item::Use(_)
        | Item::Exclusive(_)
        | Item::Overlap(_)
        | Item::Condition(_)
        | Item::Impacts(_)
        | Item::Risk(_)
        | Item::Implies(_) => {}
        Item::Scenario(_)
        | Item::Bet(_)
        | Item::Expect(_)
        | Item::Section(_)
        | Item::View(_)
        | Item::Pool(_)
        | Item::Judgement(_)
        | Item::Resolved(_) => return false,
    }
    true
}
