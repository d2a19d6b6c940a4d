//! What a report takes the file to say: `--with`, `--without`, `--vague`.
//!
//! In: the arguments and a file without mistakes. Out: what the report is of, and the file as it
//! stands beside it. `--without` names sections of the page, too: those are a closed list.

use super::Args;
use crate::cli::Status;
use crate::cli::eval::Refusal;
use crate::diag::suggest;
use crate::project::Project;
use crate::render::report::PARTS;
use crate::resolve::Asker;
use crate::resolve::assessment::Assessment;
use crate::text::source::SourceMap;
use crate::workspace::asking::{Asking, as_viewed, edited, listed, viewed};
use crate::workspace::paper::Taken;

/// The sections among what is left out.
pub(super) fn sections(without: &[String]) -> Vec<String> {
    let parts = without.iter().flat_map(|text| text.split(','));
    let sections = parts.map(str::trim).filter(|part| PARTS.contains(part));
    sections.map(str::to_owned).collect()
}

/// Everything else among it.
pub(super) fn names(without: &[String]) -> Vec<String> {
    let parts = without.iter().flat_map(|text| text.split(','));
    let names = parts.map(str::trim).filter(|part| !PARTS.contains(part));
    names.map(str::to_owned).collect()
}

/// Every section, as a list.
pub(super) fn all() -> String {
    suggest::list(&PARTS, "and")
}

/// Takes the file as it is asked to be taken.
pub(super) fn apply(
    args: &Args,
    project: &mut Project,
    assessment: Assessment,
) -> Result<Taken, Refusal> {
    let without: Vec<String> = listed(&args.without, &assessment)
        .into_iter()
        .map(|name| name.trim().to_owned())
        .filter(|name| !PARTS.contains(&name.as_str()))
        .collect();
    let none = SourceMap::new();
    let asker = Asker::new(&assessment, &none);
    if let Some(unknown) = without.iter().find(|name| !asker.knows(name)) {
        return Err(Refusal::Unreadable(neither(unknown, &assessment)));
    }
    let asking = Asking {
        under: args.under.clone(),
        ..Asking::default()
    };
    let seen = viewed(&asking, &assessment, &mut project.sources)
        .map_err(|wrong| Refusal::found(project.sources.clone(), wrong.sorted(), Status::Failed))?
        .and_then(|id| as_viewed(project, &assessment, id));
    let mut assessment = assessment;
    let mut as_file = None;
    let view = seen.map(|(by_view, called)| {
        as_file = Some(std::mem::replace(&mut assessment, by_view));
        called
    });
    let edited = edited(&args.with, &without, project, &assessment)
        .map_err(|wrong| Refusal::found(project.sources.clone(), wrong.sorted(), Status::Failed))?;
    let mut taken = match edited {
        None => Taken {
            as_it_stands: as_file,
            view,
            ..Taken::as_is(assessment)
        },
        Some(edited) => Taken {
            assessment: edited.assessment,
            as_it_stands: Some(as_file.unwrap_or(assessment)),
            view,
            with: edited.with,
            without: edited.left_out,
        },
    };
    let lent = Asking {
        vague: args.vague,
        ..Asking::default()
    };
    lent.lend(&mut taken.assessment);
    Ok(taken)
}

/// What `--without` takes, where a name is none of it.
fn neither(name: &str, assessment: &Assessment) -> String {
    let drivers: Vec<&str> = assessment.drivers.names().collect();
    let near = suggest::nearest(name, PARTS.into_iter().chain(drivers.iter().copied()));
    let meant = suggest::did_you_mean(&near).map_or(String::new(), |meant| format!("; {meant}"));
    let of_file = match drivers.is_empty() {
        true => "the file has nothing else to leave out".to_owned(),
        false => format!(
            "of what the verdict rests on {}",
            suggest::list(&drivers, "and")
        ),
    };
    format!(
        "`--without {name}`: nothing has this name{meant}; of the page it takes {}; {of_file}",
        all()
    )
}
