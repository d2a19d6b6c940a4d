//! What is over at the date of `as of`, and what has come true by then.
//!
//! In: a project. Out: the same as a file that speaks of what is still to come: without what is
//! stated for horizons that are over, with what is `resolved` by now as happened. Nothing where a
//! file has neither, which costs a look at its items.

mod settle;
mod strip;

use super::assessment::{Assessment, Past, ResolvedWhat};
use super::table::Id;
use crate::diag::Diagnostic;
use crate::project::Project;
use crate::syntax::ast::{self, Item, Period};
use crate::text::source::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// A project made to speak of what is to come.
pub(super) struct ToCome {
    pub(super) project: Project,
    past: Vec<Past>,
    /// The `resolved` items of horizons that are over, by their spans.
    of_past: BTreeMap<Span, usize>,
    assumed: Vec<String>,
    /// What only the horizons that are over had.
    pub(super) problems: Vec<Diagnostic>,
}

/// What the run needs to know.
struct Frame {
    as_of: Date,
    /// Names of horizons that are over, with their last day.
    over: BTreeMap<String, Date>,
    /// The first and the last horizon that are not.
    first: ast::Name,
    last: ast::Name,
}

/// The project as of what is still to come; none where that is all of it.
pub(super) fn take_out(project: &Project) -> Option<ToCome> {
    let items = &project.files.first()?.ast.items;
    let as_of = items.iter().find_map(|item| match item {
        Item::Assessment(block) => block.as_of.as_ref().map(|d| d.node.last()),
        _ => None,
    })?;
    let horizons: Vec<&ast::Horizon> = items
        .iter()
        .filter_map(|item| match item {
            Item::Horizon(h) => Some(h),
            _ => None,
        })
        .collect();
    let past = over(&horizons, as_of);
    let (first, last) = (horizons.get(past.len())?, horizons.last()?);
    let has_come = items.iter().any(|item| match item {
        Item::Resolved(r) => settle::acts(r, as_of),
        _ => false,
    });
    if past.is_empty() && !has_come {
        return None;
    }
    let frame = Frame {
        as_of,
        over: past.iter().map(|p| (p.name.node.clone(), p.to)).collect(),
        first: first.name.clone(),
        last: last.name.clone(),
    };
    let mut to_come = ToCome {
        project: Project {
            sources: project.sources.clone(),
            files: project.files.clone(),
            uses: project.uses.clone(),
            diagnostics: project.diagnostics.clone(),
            paths: project.paths.clone(),
        },
        past,
        of_past: BTreeMap::new(),
        assumed: Vec::new(),
        problems: Vec::new(),
    };
    to_come.leave_out(&frame);
    if has_come {
        settle::settle(&mut to_come.project, &frame);
    }
    Some(to_come)
}

/// What a quantity is known to have come to by `as of` is all that is left of its distribution in that
/// horizon, and nothing moves it there any more.
fn known_numbers(assessment: &mut Assessment) {
    let as_of = assessment.as_of;
    for resolved in &assessment.resolved {
        let ResolvedWhat::Number { quantity, number } = resolved.what else {
            continue;
        };
        let on = resolved.on.as_ref();
        let (Some(h), true) = (
            resolved.horizon,
            on.is_some_and(|on| on.node.last() <= as_of),
        ) else {
            continue;
        };
        assessment.quantities[quantity].known[h.index()] = Some(number);
        for id in assessment.drivers.ids() {
            let moves = &mut assessment.drivers[id].moves;
            let own = moves.iter_mut().filter(|m| m.quantity == quantity);
            own.for_each(|m| m.clause.values[h.index()] = None);
        }
    }
}

/// The horizons at the file's start that are over. Durations count from `as of`, and never are.
fn over(horizons: &[&ast::Horizon], as_of: Date) -> Vec<Past> {
    let mut past: Vec<Past> = Vec::new();
    for horizon in horizons {
        let (from, to) = match horizon.period.node {
            Period::Dates(from, to) if from < to && to <= as_of => (Some(from), to),
            Period::Until(to) if to <= as_of => (past.last().map(|p| p.to), to),
            _ => break,
        };
        // What stands out of order is reported as of any file.
        if past.last().is_some_and(|before| before.to >= to) {
            break;
        }
        let name = &horizon.name;
        past.push(Past {
            span: horizon.span,
            name: name.clone(),
            title: horizon
                .title
                .as_ref()
                .map_or(name.node.clone(), |t| t.node.clone()),
            from,
            to,
            resolved: Vec::new(),
        });
    }
    past
}

impl ToCome {
    fn leave_out(&mut self, frame: &Frame) {
        let mut files = std::mem::take(&mut self.project.files);
        for (i, file) in files.iter_mut().enumerate() {
            let mut strip = strip::Strip::new(frame, i == 0);
            file.ast.items.retain_mut(|item| strip.keeps(item));
            self.assumed.append(&mut strip.assumed);
            self.problems.append(&mut strip.problems);
        }
        // Whether names fit is checked as of any other; the horizon is put back afterwards.
        let items = files.iter_mut().take(1).flat_map(|f| &mut f.ast.items);
        for item in items {
            if let Item::Resolved(resolved) = item
                && let Some(ast::At {
                    when: ast::When::Horizon(name),
                    ..
                }) = &mut resolved.at
                && let Some(at) = self.past.iter().position(|p| p.name.node == name.node)
            {
                self.of_past.insert(resolved.span, at);
                name.node.clone_from(&frame.first.node);
            }
        }
        self.project.files = files;
    }

    /// Puts what is over into the assessment.
    pub(super) fn put_back(self, assessment: &mut Assessment) {
        let mut past = self.past;
        assessment.resolved.retain_mut(|resolved| {
            let Some(&at) = self.of_past.get(&resolved.span) else {
                return true;
            };
            let mut moved = resolved.clone();
            moved.horizon = None;
            past[at].resolved.push(moved);
            false
        });
        assessment.past = past;
        assessment.assumed.extend(self.assumed);
        known_numbers(assessment);
    }
}
