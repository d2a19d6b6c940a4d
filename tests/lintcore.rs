//! The linter's machinery: configuration, levels, suppressions, baselines, fixes, formats, caches.

mod baseline;
mod config;
mod fixing;
mod formats;
mod readings;
mod safety;
mod suppress;

use assess::diag::Checked;
use assess::lint::{self, Policy};
use assess::project::Project;
use assess::render::text;

/// What is found in a text, with what the rules of judgement find.
pub(crate) fn linted(text: &str) -> Checked {
    let project = Project::from_text("a.assess", text);
    let mut policy = Policy::default();
    policy.settings.today = Some(jiff::civil::date(2027, 3, 1));
    let settled = lint::check(&project, &policy);
    Checked {
        sources: project.sources,
        diagnostics: settled.diagnostics,
        ..Checked::default()
    }
}

/// A report at 80 columns without colour.
fn show(checked: &Checked) -> String {
    text::render(&checked.diagnostics, &checked.sources, 80, false)
}
