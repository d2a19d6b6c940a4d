//! Views of a file: each is the file with other clauses, resolved like any other.
//!
//! In: a project. Out: for each `view` of its first file the assessment that it makes of the file, and
//! what is wrong with it beyond what is wrong with the file. Pools and key judgements are read with the
//! file itself.

mod items;
mod restate;
mod take;

pub use items::Under;
pub(crate) use restate::leave_out;
pub(crate) use take::{as_seen, find_view, own};

use super::assessment::Assessment;
use super::names::{Facts, Scope};
use crate::diag::rules;
use crate::diag::{Diagnostic, Severity};
use crate::limits;
use crate::project::Project;
use crate::syntax::ast::Item;
use crate::text::source::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What a view makes of the file, with what each name then stands for.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) assessment: Arc<Assessment>,
    pub(super) scope: Scope,
    pub(super) facts: Facts,
}

impl Seen {
    pub(super) fn of(assessment: Arc<Assessment>) -> Seen {
        let (scope, facts) = super::ask::names(&assessment);
        Seen {
            assessment,
            scope,
            facts,
        }
    }
}

/// The views of a file as far as they can be read, in its order.
#[derive(Debug, Default)]
pub(super) struct Views {
    /// What each makes of the file; none where something is wrong.
    pub(super) seen: Vec<Option<Arc<Seen>>>,
    problems: Vec<Diagnostic>,
}

/// Resolves each view by itself.
pub(super) fn resolve(project: &Project) -> Views {
    let mut views = Views::default();
    let Some(file) = project.files.first() else {
        return views;
    };
    let all = file.ast.items.iter();
    let count = all.filter(|item| matches!(item, Item::View(_))).count();
    let items: usize = project.files.iter().map(|f| f.ast.items.len()).sum();
    let is_too_much = count.saturating_mul(items) > limits::VIEWED;
    for item in &file.ast.items {
        let Item::View(view) = item else { continue };
        if is_too_much {
            views.seen.push(None);
            if views.problems.is_empty() {
                views.problems.push(too_much(view.name.span, count, items));
            }
            continue;
        }
        let (seen, wrong) = as_seen(project, view);
        let mut resolved = super::of(&seen, &Views::default());
        let broken = !wrong.is_empty();
        views.problems.extend(wrong);
        let inside = |d: &Diagnostic| {
            let at = d.primary.span;
            at.file == view.span.file && view.span.start <= at.start && at.end <= view.span.end
        };
        let found = resolved.diagnostics.sorted();
        views
            .problems
            .extend(found.into_iter().map(|d| match inside(&d) {
                true => d,
                false => {
                    let how = format!("as `{}` sees it", view.name.node);
                    d.other(view.name.span, how)
                }
            }));
        let assessment = resolved.assessment.take().filter(|_| !broken);
        views.seen.push(assessment.map(|mut a| {
            if let Some(author) = &view.author {
                a.author = Some(author.clone());
            }
            Arc::new(Seen::of(Arc::new(a)))
        }));
    }
    views
}

fn too_much(span: Span, views: usize, items: usize) -> Diagnostic {
    Diagnostic::new(
        &rules::LIMIT,
        span,
        format!(
            "{views} views of {} items are more than {} items together",
            limits::grouped(items),
            limits::grouped(limits::VIEWED)
        ),
    )
    .label("no view of this file is read")
    .help("leave views out, or keep them beside a smaller file")
}

impl Views {
    /// What is wrong with the views alone: nothing that is said of the file already.
    pub(super) fn problems(self, said: &[&Diagnostic]) -> Vec<Diagnostic> {
        let key = |d: &Diagnostic| (d.rule.name, d.primary.span, d.message.clone());
        let mut known: BTreeSet<_> = said.iter().map(|d| key(d)).collect();
        let each = self.problems.into_iter();
        each.filter(|d| known.insert(key(d))).collect()
    }

    /// Whether something is wrong with one.
    pub(super) fn has_errors(&self) -> bool {
        self.problems.iter().any(|d| d.severity == Severity::Error)
    }
}
