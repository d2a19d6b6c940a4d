//! Which edit moved a verdict: the earlier text comes from git.
//!
//! In: a file and its stored verdict. Out: what moved since the newest revision whose text has that
//! verdict, by edit; or why that cannot be said. The repository is only read.

use crate::cli::git::{GitError, Repository, Revision};
use crate::infer;
use crate::infer::verdict::{Options, Question};
use crate::project::Project;
use crate::render::test::{Move, Origin, Share, Since};
use crate::resolve::with_problems;
use crate::revision::{Attribution, Edit, attribute};
use crate::snapshot::Snapshot;
use std::path::Path;

/// How many revisions are tried: further back, too many edits came between.
const REVISIONS: usize = 20;

/// What moved the verdict of a file whose stored one is another.
pub(super) fn find(path: &Path, stored: &str, now: &Project) -> Origin {
    let unknown = |why: String| {
        let why = why.trim_end_matches('.');
        Origin::Unknown(format!(
            "Which edit moved it cannot be said, since the earlier text is not at hand: {why}."
        ))
    };
    let earlier = match earlier(path, stored) {
        Ok(Earlier::Found(earlier)) => earlier,
        Ok(Earlier::Nowhere { shallow }) => {
            return unknown(match shallow {
                true => "no revision of this shallow clone has the stored verdict; \
                         `git fetch --unshallow` brings what is missing"
                    .to_owned(),
                false => format!("none of the last {REVISIONS} revisions has the stored verdict"),
            });
        }
        Err(GitError::UnknownRevision { .. }) => {
            return unknown("nothing is committed yet".to_owned());
        }
        Err(error) => return unknown(error.to_string()),
    };
    match attribute(&earlier.project, now) {
        Ok(found) => Origin::Known(Since {
            revision: earlier.revision,
            moves: moves(&found, now),
        }),
        // Both have verdicts, or nobody would ask.
        Err(_) => unknown(format!("{} has no verdict", earlier.revision)),
    }
}

/// A search for the text that has the stored verdict.
enum Earlier {
    Found(Box<Found>),
    Nowhere { shallow: bool },
}

/// A revision of the file that has it.
struct Found {
    revision: String,
    project: Project,
}

/// The newest one, among the last few.
fn earlier(path: &Path, stored: &str) -> Result<Earlier, GitError> {
    let (repository, inside) = Repository::of(path)?;
    let head = repository.commit("HEAD")?;
    // A used file may have changed since the file itself did.
    let first = ("HEAD".to_owned(), head.clone(), inside.clone());
    let history = repository.history(&head, &inside)?.into_iter();
    let touches = history.filter(|touch| !touch.deleted).map(|touch| {
        let commit = touch.commit;
        let day = commit.date.get(..10).unwrap_or_default();
        let name = format!("{} of {day}", commit.short);
        (name, commit.hash, touch.path)
    });
    for (name, commit, path) in std::iter::once(first).chain(touches).take(REVISIONS) {
        let files = Revision::new(&repository, &commit);
        let Ok(project) = Project::load(&files, &path) else {
            continue;
        };
        if has(&project, stored) {
            return Ok(Earlier::Found(Box::new(Found {
                revision: name,
                project,
            })));
        }
    }
    let shallow = repository.is_shallow();
    Ok(Earlier::Nowhere { shallow })
}

/// Whether a project's verdict is the stored one.
fn has(project: &Project, stored: &str) -> bool {
    snapshot(project).is_some_and(|snapshot| snapshot.compare(stored).same)
}

/// A project's verdict as it would be stored; none where it has none.
pub(super) fn snapshot(project: &Project) -> Option<Snapshot> {
    let resolved = with_problems(project);
    let found = resolved.diagnostics;
    let mut assessment = resolved.assessment.filter(|_| !found.has_errors())?;
    let expectations = assessment.expects.len();
    crate::testing::ask(&mut assessment, &[]);
    let options = Options {
        voices: true,
        ..Options::default()
    };
    let verdict = infer::evaluate(&assessment, &Question::default(), &options).ok()?;
    Some(Snapshot::new(&assessment, &verdict, expectations))
}

/// What moved, the largest move first.
fn moves(found: &Attribution, now: &Project) -> Vec<Move> {
    let mut moves = Vec::new();
    for (h, horizon) in found.horizons.iter().enumerate() {
        for (o, outcome) in horizon.outcomes.iter().enumerate() {
            let (Some(from), Some(to)) = (outcome.old, outcome.new) else {
                continue;
            };
            if (to - from).abs() <= crate::revision::NOTHING {
                continue;
            }
            let mut shares: Vec<Share> = found
                .edits
                .iter()
                .filter_map(|share| {
                    Some(Share {
                        edit: share.edit.to_string(),
                        line: line(&share.edit, now),
                        points: 100.0 * share.moves[h][o]?,
                    })
                })
                .collect();
            shares.sort_by(|a, b| b.points.abs().total_cmp(&a.points.abs()));
            moves.push(Move {
                horizon: horizon.name.clone(),
                outcome: outcome.name.clone(),
                from,
                to,
                shares,
            });
        }
    }
    moves.sort_by(|a, b| (b.to - b.from).abs().total_cmp(&(a.to - a.from).abs()));
    moves
}

/// The line that an edit stands on now, in the file itself.
fn line(edit: &Edit, now: &Project) -> Option<usize> {
    let span = edit.parts.iter().find_map(|part| part.new)?;
    let is_own = span.file.0 == 0;
    is_own.then(|| {
        now.sources
            .source(span.file)
            .position(span.start as usize)
            .line
    })
}
