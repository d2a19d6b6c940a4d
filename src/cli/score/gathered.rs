//! What many files and their histories give together.
//!
//! In: files. Out: cases, words as they were said, and what failed. Nothing is printed here.

use super::one::{self, Asked, Failed, Of};
use super::revisions::{Histories, History};
use super::{Mode, progress};
use crate::cli::files::{self, Jobs};
use crate::project::{Project, name_of};
use crate::record::FEW;
use crate::record::case::Case;
use crate::record::credit::reasons;
use crate::record::sheet::How;
use crate::record::tally::Tally;
use crate::record::weights::ratios;
use crate::record::words::{Counted, Word};
use crate::render::score::Record;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Of what is only listed, so many are named; the others are counted.
const LISTED: usize = 100;

/// What files gave.
pub(super) struct Gathered {
    /// Figures, and what is to be said of them.
    pub(super) record: Record,
    /// Files and histories that gave nothing.
    pub(super) failed: Vec<Failed>,
}

/// What is gathered of files, one after another.
struct Gathering {
    record: Record,
    failed: Vec<Failed>,
    tally: Tally,
    words: Counted,
    keep: bool,
}

impl Gathering {
    fn take(&mut self, file: &Path, result: Result<Of, Failed>) {
        let of = match result {
            Ok(of) => of,
            Err(why) => return self.failed.push(why),
        };
        let record = &mut self.record;
        record.files += 1;
        record.void += of.void;
        if of.without_history {
            let name = file.display().to_string();
            record.more_without += listed(&mut record.without_history, [name], self.keep);
        }
        record.more_left_out += listed(&mut record.left_out, of.left_out, self.keep);
        self.tally.add(&of.cases);
        of.words.into_iter().for_each(|said| self.words.add(said));
        record.scored += of.cases.len() as u64;
        let said = of.cases.iter().filter_map(|c| {
            let said = c.said.as_deref()?;
            Some(format!("{}, `{}`: {said}.", c.file, c.horizon))
        });
        record.more_said += listed(&mut record.said, said, self.keep);
        if self.keep {
            record.cases.extend(of.cases);
        }
    }
}

/// Takes what is new into a list that is kept whole, or to a length; how many are left out.
fn listed<T>(list: &mut Vec<T>, new: impl IntoIterator<Item = T>, keep: bool) -> usize {
    let mut more = 0;
    for item in new {
        match keep || list.len() < LISTED {
            true => list.push(item),
            false => more += 1,
        }
    }
    more
}

/// How files are read and scored.
#[derive(Clone, Copy)]
pub(super) struct Task {
    pub(super) mode: Mode,
    pub(super) asked: Asked,
    pub(super) how: How,
    /// Whether every case is kept, which takes memory.
    pub(super) keep: bool,
}

/// Reads files and their histories. Sums follow the order of the files' names, whatever order they
/// are named in.
pub(super) fn gather(jobs: &Jobs, task: Task, shown: bool) -> Gathered {
    let mut failed = Vec::new();
    let mut histories = Histories::default();
    let mut work: Vec<(&PathBuf, Option<Arc<History>>)> = Vec::new();
    for path in &jobs.paths {
        match histories.of(path) {
            Ok(history) => work.push((path, history)),
            Err(error) => failed.push(Failed::Unreadable(error.to_string())),
        }
    }
    work.sort_by_cached_key(|(path, _)| name_of(path));
    let shallow = |h: &Option<Arc<History>>| h.as_ref().is_some_and(|h| h.repository.is_shallow());
    let gathering = Gathering {
        record: Record {
            shallow: work.iter().any(|(_, h)| shallow(h)),
            chosen: task.mode.chosen(),
            how: task.how,
            ..Record::default()
        },
        failed,
        tally: Tally::new(task.how),
        words: Counted::default(),
        keep: task.keep,
    };
    let one = |(path, history): &(&PathBuf, Option<Arc<History>>)| {
        let project: Project = one::load(jobs.loader(path), path)?;
        one::score(path, project, history.as_deref(), task.mode, task.asked)
    };
    let take = |gathering: &mut Gathering, item: &(&PathBuf, _), result| {
        gathering.take(item.0, result);
    };
    let gathering = progress::fold(&work, "scoring", shown, one, (gathering, take));
    let mut record = gathering.record;
    record.is_rounded = gathering.tally.is_rounded();
    record.reasons = reasons(record.cases.iter().flat_map(|c| &c.credits));
    if task.asked.weights {
        record.ratios = Some(ratios(&record.cases));
    }
    record.words = gathering.words.words(FEW);
    record.sheet = Some(gathering.tally.sheet());
    Gathered {
        record,
        failed: gathering.failed,
    }
}

/// The settled past of a folder or a file, as far as it can be read: what is wrong with a file is said
/// where that file is checked.
///
/// # Errors
///
/// Where there is nothing of that name, as a sentence.
fn past(history: &Path, keep: bool, shown: bool) -> Result<Record, String> {
    let found = files::follow(&[history.to_path_buf()]);
    if let Some(problem) = found.problems.into_iter().next() {
        return Err(problem);
    }
    let mut jobs = Jobs::default();
    jobs.paths = found.paths;
    let task = Task {
        mode: Mode::Last,
        asked: Asked::default(),
        how: How::default(),
        keep,
    };
    Ok(gather(&jobs, task, shown).record)
}

/// What words and ranges turned out to mean.
pub(in crate::cli) fn words_of(history: &Path, shown: bool) -> Result<Vec<Word>, String> {
    Ok(past(history, false, shown)?.words)
}

/// The whole record, with its figures.
pub(in crate::cli) fn record_of(history: &Path, shown: bool) -> Result<Record, String> {
    past(history, false, shown)
}

/// Every settled case.
pub(in crate::cli) fn cases_of(history: &Path, shown: bool) -> Result<Vec<Case>, String> {
    Ok(past(history, true, shown)?.cases)
}
