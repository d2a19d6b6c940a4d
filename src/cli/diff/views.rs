//! `assess diff FILE --view VIEW`: a file on one side, a view of it on the other.
//!
//! In: the command line. Out: both as projects, the one without what other voices say, the other with the
//! view's clauses in place of the file's; or what is wrong with the file, or with the name.

use super::Args;
use super::sides::{Side, on_disk};
use crate::cli::Streams;
use crate::cli::eval::Refusal;
use crate::diag::Severity;
use crate::project::Project;
use crate::rename::mentions::mentions;
use crate::resolve::Asker;
use crate::resolve::voices::{as_seen, find_view, own};
use crate::resolve::with_problems;
use crate::syntax::ast::{Item, Spanned, View};
use crate::text::source::{Source, Span};
use std::path::Path;

/// The sides; what cannot be said of the command line alone is refused.
pub(super) fn sides(
    args: &Args,
    view: &str,
    streams: &mut Streams<'_>,
) -> Result<Result<[Side; 2], String>, Refusal> {
    let [file] = &args.files[..] else {
        return Ok(Err("`--view` takes one file".to_owned()));
    };
    let mut project = match on_disk(file, args, streams) {
        Ok(side) => side.project,
        Err(why) => return Ok(Err(why)),
    };
    let resolved = with_problems(&project);
    let Some(assessment) = resolved
        .assessment
        .filter(|_| !resolved.diagnostics.has_errors())
    else {
        let mut errors = resolved.diagnostics.sorted();
        errors.retain(|d| d.severity == Severity::Error);
        if errors.is_empty() {
            return Ok(Err(format!(
                "`{}` is made for `use`: it has no outcomes, and so no verdict",
                file.display()
            )));
        }
        return Err(Refusal::found(
            project.sources,
            errors,
            crate::cli::Status::Found,
        ));
    };
    let argument = project.sources.add(Source::new("--view", view.trim()));
    let node = view.trim().to_owned();
    let name = Spanned {
        span: Span::new(argument, 0, node.len()),
        node,
    };
    let found = Asker::new(&assessment, &project.sources).view(&name);
    let id = match found {
        Ok(id) => id,
        Err(wrong) => {
            let sources = project.sources;
            return Err(Refusal::found(
                sources,
                wrong.sorted(),
                crate::cli::Status::Failed,
            ));
        }
    };
    let name = assessment.views.name(id).to_owned();
    let Some(view) = find_view(&project, &name) else {
        return Ok(Err(format!("there is no view `{name}`")));
    };
    let (mut seen, _) = as_seen(&project, view);
    without_idle(&mut seen, view);
    let old = Side::new(own(&project), file, Some("own"));
    let new = Side::new(seen, Path::new(file), Some(&format!("view {name}")));
    Ok(Ok([old, new]))
}

/// Takes out what a view leaves out and nothing else names, so that it is told as one thing that is gone.
fn without_idle(seen: &mut Project, view: &View) {
    for name in &view.without {
        let Some(file) = seen.files.first_mut() else {
            return;
        };
        let text = &seen.sources.source(crate::text::source::FileId(0)).text;
        let meant = mentions(&file.ast, text);
        let idle = meant.iter().filter(|m| m.name == name.node).count() == 1;
        if idle {
            file.ast
                .items
                .retain(|item| !matches!(item, Item::Driver(d) if d.name.node == name.node));
        }
    }
}
