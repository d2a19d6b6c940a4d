//! `assess log`: the verdict over the file's git history.
//!
//! In: a file in a git repository. Out: its verdict at each commit that touched it or a file that
//! it used then, and what moved it. The disk's own text comes last, where it is another.

use super::git::{GitError, Repository, Revision as Files, Touch};
use super::{Status, Streams, asked, files, progress};
use crate::cli::names;
use crate::diag::suggest;
use crate::history::{self, Point, Revision, Stamp, State};
use crate::project::{FileSystem, Loader, Project, name_of};
use crate::render::format::pick;
use crate::render::history::{HISTORY_FORMATS, History};
use crate::workspace::asking::look_back;
use jiff::civil::Date;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Show how the verdict moved over the file's git history, and why
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess log nato.assess
  assess log nato.assess --horizon long --outcome exit
  assess log nato.assess --as-of 2025-03-01   with what was known then
  assess log nato.assess --max 500 --format csv > history.csv

Oldest first. Commits brought in by a merge are listed under it.")]
pub(super) struct Args {
    /// A file in a git repository
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// Output format
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = HISTORY_FORMATS[0].name,
        value_parser = names::formats(HISTORY_FORMATS)
    )]
    format: String,

    #[command(flatten)]
    csv: super::csv::How,

    /// Number of commits to show, the latest ones
    #[arg(long, value_name = "N", default_value_t = 50, value_parser = clap::value_parser!(u32).range(1..))]
    max: u32,

    /// Show these horizons only; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    horizon: Vec<String>,

    /// Show these outcomes only; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    outcome: Vec<String>,

    /// Evaluate every revision as of this date; evidence dated later is left out
    #[arg(long, value_name = "DATE", value_parser = asked::day)]
    as_of: Option<Date>,

    /// Draw with ASCII characters only
    #[arg(long)]
    ascii: bool,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let csv = match args.csv.asked(&args.format, HISTORY_FORMATS[0].name) {
        Ok(csv) => csv,
        Err(message) => return Ok(streams.fail(&message)),
    };
    let history = match history(args, streams) {
        Ok(history) => history,
        Err(message) => return Ok(streams.fail(&message)),
    };
    if let Some(message) = misnamed(&history) {
        return Ok(streams.fail(&message));
    }
    if history.shallow {
        streams.say("note: this clone is shallow, and what came before is not here\n");
    }
    let format = pick(HISTORY_FORMATS, &args.format);
    let text = match csv {
        Some(csv) => crate::render::history::csv::write(&history, csv),
        None => (format.write)(&history, streams.look),
    };
    streams.print(&text)?;
    Ok(Status::Done)
}

fn history(args: &Args, streams: &mut Streams<'_>) -> Result<History, String> {
    if args.file.is_dir() {
        let error = io::ErrorKind::IsADirectory.into();
        return Err(files::unreadable(&args.file, &error));
    }
    let said = |e: GitError| e.to_string();
    let (repository, path) = Repository::of(&args.file).map_err(said)?;
    let head = repository.commit("HEAD").map_err(|e| match e {
        // A repository without any commit.
        GitError::UnknownRevision { .. } => GitError::NeverCommitted {
            path: path.clone(),
            shallow: false,
        }
        .to_string(),
        other => other.to_string(),
    })?;
    let mut touches = repository.history(&head, &path).map_err(said)?;
    // One more than is shown, to compare the first that is shown with.
    let kept = (args.max as usize).saturating_add(1);
    let mut earlier = touches.len().saturating_sub(kept);
    touches.truncate(kept);
    touches.reverse();
    let shown = streams.terminals.error;
    let mut revisions = progress::map(&touches, "reading", shown, |t| revision(&repository, t));
    let used: BTreeSet<PathBuf> = revisions
        .iter()
        .flat_map(|r| r.project.iter())
        .flat_map(|p| p.paths.iter().skip(1).cloned())
        .collect();
    if !used.is_empty() {
        touches = with_used(&repository, &head, touches, &used).map_err(said)?;
        let cut = touches.len().saturating_sub(kept);
        earlier += cut;
        touches.drain(..cut);
        revisions = progress::map(&touches, "reading", shown, |t| revision(&repository, t));
    }
    let hidden = touches.len().saturating_sub(args.max as usize);
    revisions.extend(uncommitted(&args.file, revisions.last()));
    if let Some(day) = args.as_of {
        for revision in &mut revisions {
            if let Some(project) = &mut revision.project {
                revision.left_out = look_back(project, day);
            }
        }
    }
    let states = progress::map(&revisions, "evaluating", shown, history::state);
    let pairs = history::pairs(&states);
    let moves = progress::map(&pairs, "comparing", shown, |&pair| {
        history::moved(&revisions, pair)
    });
    let mut points: Vec<Point> = revisions
        .into_iter()
        .zip(states)
        .map(|(revision, state)| Point {
            stamp: revision.stamp,
            file: revision.file,
            renamed_from: revision.renamed_from,
            state,
            moved: None,
        })
        .collect();
    for ((_, new), moved) in pairs.into_iter().zip(moves) {
        points[new].moved = moved;
    }
    history::use_last_names(&mut points);
    Ok(History {
        file: name_of(&args.file),
        points,
        hidden,
        earlier: earlier + hidden,
        shallow: repository.is_shallow(),
        as_of: args.as_of,
        horizons: args.horizon.clone(),
        outcomes: args.outcome.clone(),
        ascii: args.ascii,
    })
}

/// The file at one commit.
fn revision(repository: &Repository, touch: &Touch) -> Revision {
    let commit = &touch.commit;
    let files = Files::new(repository, &commit.hash);
    let stamp = Stamp {
        hash: commit.hash.clone(),
        short: commit.short.clone(),
        date: commit.date.clone(),
        author: commit.author.clone(),
        subject: commit.subject.clone(),
    };
    Revision {
        stamp: Some(stamp),
        renamed_from: touch.renamed_from.as_deref().map(name_of),
        ..loaded(&files, &touch.path, touch.deleted)
    }
}

/// A file as it is read from somewhere.
fn loaded(loader: &dyn Loader, path: &Path, deleted: bool) -> Revision {
    let project = (!deleted).then(|| Project::load(loader, path));
    let (project, unreadable) = match project {
        None => (None, None),
        Some(Ok(project)) => (Some(project), None),
        Some(Err(error)) => (None, Some(files::unreadable(path, &error))),
    };
    Revision {
        stamp: None,
        file: name_of(path),
        renamed_from: None,
        project,
        unreadable,
        left_out: history::LeftOut::default(),
    }
}

/// The commits that touched the file or what it used, oldest first like the former.
fn with_used(
    repository: &Repository,
    head: &str,
    touches: Vec<Touch>,
    used: &BTreeSet<PathBuf>,
) -> Result<Vec<Touch>, GitError> {
    let names = touches.iter().map(|t| t.path.as_path());
    let paths: BTreeSet<&Path> = names.chain(used.iter().map(PathBuf::as_path)).collect();
    let paths: Vec<&Path> = paths.into_iter().collect();
    let mut all = Vec::new();
    let mut own = touches.iter().peekable();
    let mut last: Option<&Touch> = None;
    for (commit, changed) in repository.touching(head, &paths)?.into_iter().rev() {
        if let Some(touch) = own.next_if(|t| t.commit.hash == commit.hash) {
            last = Some(touch);
            all.push(touch.clone());
        } else if let Some(last) = last.filter(|_| changed.iter().any(|c| used.contains(c))) {
            all.push(Touch {
                commit,
                path: last.path.clone(),
                renamed_from: None,
                deleted: last.deleted,
            });
        }
    }
    Ok(all)
}

/// The file on the disk, where it says something else than the last commit.
fn uncommitted(path: &Path, last: Option<&Revision>) -> Option<Revision> {
    let is_gone = |e: io::Error| e.kind() == io::ErrorKind::NotFound;
    let now = loaded(&FileSystem, path, FileSystem.read(path).is_err_and(is_gone));
    last.is_none_or(|last| !now.is_alike(last)).then_some(now)
}

/// What is wrong with a name that was asked for and that no revision has.
fn misnamed(history: &History) -> Option<String> {
    let sound = || {
        history.points.iter().filter_map(|p| match &p.state {
            State::Sound(sound) => Some(sound),
            _ => None,
        })
    };
    sound().next()?;
    let horizons: BTreeSet<&str> = sound()
        .flat_map(|s| s.horizons.iter().map(|h| h.name.as_str()))
        .collect();
    let outcomes: BTreeSet<&str> = sound()
        .flat_map(|s| &s.horizons)
        .flat_map(|h| h.outcomes.iter().map(|o| o.name.as_str()))
        .collect();
    let asked = [
        ("a horizon", &history.horizons, horizons),
        ("an outcome", &history.outcomes, outcomes),
    ];
    for (what, names, known) in asked {
        if let Some(name) = names.iter().find(|n| !known.contains(n.as_str())) {
            let near = suggest::nearest(name, known.iter().copied());
            let near = suggest::did_you_mean(&near);
            let near = near.map_or_else(String::new, |n| format!("; {n}"));
            return Some(format!("no revision has {what} `{name}`{near}"));
        }
    }
    None
}
