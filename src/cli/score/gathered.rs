//! What many files and their histories give together.
//!
//! In: files. Out: cases, words as they were said, and what failed. Nothing is printed here.

use super::one::{self, Asked, Failed};
use super::revisions::{Histories, History};
use super::{Mode, progress};
use crate::cli::files::{self, Jobs};
use crate::project::Project;
use crate::record::FEW;
use crate::record::case::{Case, Said};
use crate::record::sheet;
use crate::record::words::{Word, words};
use crate::render::score::Record;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What files gave.
pub(super) struct Gathered {
    /// Cases and what is to be said of them; no figures yet.
    pub(super) record: Record,
    /// Words, each with what came of it.
    pub(super) said: Vec<Said>,
    /// Files and histories that gave nothing.
    pub(super) failed: Vec<Failed>,
}

/// Reads files and their histories.
pub(super) fn gather(jobs: &Jobs, mode: Mode, asked: Asked, shown: bool) -> Gathered {
    let mut failed = Vec::new();
    let mut histories = Histories::default();
    let mut work: Vec<(&PathBuf, Option<Arc<History>>)> = Vec::new();
    for path in &jobs.paths {
        match histories.of(path) {
            Ok(history) => work.push((path, history)),
            Err(error) => failed.push(Failed::Unreadable(error.to_string())),
        }
    }
    let results = progress::map(&work, "scoring", shown, |(path, history)| {
        let project: Project = one::load(jobs.loader(path), path)?;
        one::score(path, project, history.as_deref(), mode, asked)
    });
    let shallow = |h: &Option<Arc<History>>| h.as_ref().is_some_and(|h| h.repository.is_shallow());
    let mut record = Record {
        shallow: work.iter().any(|(_, h)| shallow(h)),
        ..Record::default()
    };
    let mut said = Vec::new();
    for ((path, _), result) in work.iter().zip(results) {
        match result {
            Ok(of) => {
                record.files += 1;
                record.void += of.void;
                if of.without_history {
                    record.without_history.push(path.display().to_string());
                }
                record.left_out.extend(of.left_out);
                record.cases.extend(of.cases);
                said.extend(of.words);
            }
            Err(why) => failed.push(why),
        }
    }
    Gathered {
        record,
        said,
        failed,
    }
}

/// The settled past of a folder or a file, as far as it can be read: what is wrong with a file is said
/// where that file is checked.
///
/// # Errors
///
/// Where there is nothing of that name, as a sentence.
fn past(history: &Path, shown: bool) -> Result<Gathered, String> {
    let found = files::follow(&[history.to_path_buf()]);
    if let Some(problem) = found.problems.into_iter().next() {
        return Err(problem);
    }
    let mut jobs = Jobs::default();
    jobs.paths = found.paths;
    Ok(gather(&jobs, Mode::Last, Asked::default(), shown))
}

/// What words and ranges turned out to mean.
pub(in crate::cli) fn words_of(history: &Path, shown: bool) -> Result<Vec<Word>, String> {
    Ok(words(&past(history, shown)?.said, FEW))
}

/// The whole record, with its figures.
pub(in crate::cli) fn record_of(history: &Path, shown: bool) -> Result<Record, String> {
    let Gathered { record, said, .. } = past(history, shown)?;
    let sheet = sheet::sheet(&record.cases, record.how);
    Ok(Record {
        chosen: Mode::Last.words(),
        words: words(&said, FEW),
        sheet: Some(sheet),
        ..record
    })
}

/// Every settled case.
pub(in crate::cli) fn cases_of(history: &Path, shown: bool) -> Result<Vec<Case>, String> {
    Ok(past(history, shown)?.record.cases)
}
