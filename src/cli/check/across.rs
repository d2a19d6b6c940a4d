//! What several files of one run say of the same things.
//!
//! In: what was found in each file. Out: the same, with what contradicts another file; what the baseline
//! holds of it is held back as elsewhere.

use super::fixing::Fixed;
use super::held::Held;
use crate::cli::files::Jobs;
use crate::diag::Checked;
use crate::lint::across::{compare, settled};
use crate::lint::{Found, Policy};
use crate::project::Project;
use std::path::Path;

/// Adds to files that were checked what each contradicts.
pub(super) fn checked(jobs: &Jobs, found: &mut [(&Path, &Policy, Found)]) {
    let all: Vec<(&Found, &Policy)> = found.iter().map(|(_, p, f)| (f, *p)).collect();
    for (n, apart) in compare(&all) {
        let (path, policy, found) = &mut found[n];
        if let Ok(project) = Project::load(jobs.loader(path), path) {
            let more = settled(&project, policy, &apart);
            found.add(project.sources, more);
        }
    }
}

/// The same of files that were fixed, as they are now.
pub(super) fn after_fixes(jobs: &Jobs, fixed: &mut [(&Path, &Policy, Fixed)], held: Option<&Held>) {
    let all: Vec<(&Found, &Policy)> = fixed.iter().map(|(_, p, f)| (&f.found, *p)).collect();
    for (n, apart) in compare(&all) {
        let (path, policy, fixed) = &mut fixed[n];
        let Fixed {
            found,
            whole,
            texts,
            ..
        } = fixed;
        let name = found.checked.file.clone();
        let project = Project::from_text_with(jobs.loader(path), &name, &texts.1);
        let mut more = settled(&project, policy, &apart);
        if let Some(whole) = whole {
            whole.add(project.sources.clone(), more.clone());
        }
        if let Some(held) = held {
            let mut one = Checked {
                file: name,
                sources: project.sources.clone(),
                diagnostics: more.diagnostics,
                ..Checked::default()
            };
            held.subtract(std::slice::from_mut(&mut one));
            more.diagnostics = one.diagnostics;
        }
        found.add(project.sources, more);
    }
}
