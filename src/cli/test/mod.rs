//! `assess test`: what files hold themselves to, and their stored verdicts.
//!
//! In: paths, which tests, and which verdicts to store. Out: a report; with `--accept` a `.verdict`
//! beside each `.assess` whose verdict is not the stored one, written whole or not at all.

mod accept;
pub(super) mod moved;
mod one;
mod origin;
mod stale;

use super::files::{self, Stdin};
use super::places::Places;
use super::{Status, Streams, progress};
use crate::cli::names;
use crate::project::{FileSystem, Loader, name_of};
use crate::render::format::pick;
use crate::render::test::{Body, Run, TEST_FORMATS, Tested};
use accept::Accept;
use one::Wanted;
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};

/// Test expectations, words in prose, bets and stored verdicts
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess test
  assess test assessments --filter nato::expect
  assess test nato.assess --accept    store its current verdict
  assess test --coverage --quiet
  assess test --locked --format junit > tests.xml

A file without a stored verdict is listed as new, and passes; with --locked it fails.")]
pub(super) struct Args {
    /// Files or folders to test; `-` reads standard input [default: current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Store new and changed verdicts: of every tested file, or of one, by its path or its name without the extension; may be repeated
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "")]
    accept: Vec<String>,

    /// For CI: a file without a stored verdict fails, and so does a stored verdict without its file
    #[arg(long, conflicts_with = "accept")]
    locked: bool,

    /// Run only tests whose name contains this; may be repeated
    #[arg(long, value_name = "TEXT")]
    filter: Vec<String>,

    /// Also list the changes, events, rows and scenarios that no expectation exercises
    #[arg(long)]
    coverage: bool,

    /// Output format
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = TEST_FORMATS[0].name,
        value_parser = names::formats(TEST_FORMATS)
    )]
    format: String,

    /// Do not list tests that pass
    #[arg(long, short)]
    quiet: bool,

    /// File name for standard input; its stored verdict is looked for beside it
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let mut status = Status::Done;
    let accept = Accept::of(&args.accept);
    let stdin = match Stdin::among(&args.paths, streams, args.stdin_name.as_deref()) {
        Ok(stdin) => stdin,
        Err(message) => return Ok(streams.fail(&message)),
    };
    let mut roots: Vec<PathBuf> = args.paths.clone();
    roots.retain(|p| p != Path::new("-"));
    if args.paths.is_empty() {
        roots = accept.roots();
    }
    let mut all: Vec<PathBuf> = stdin.iter().map(|s| s.path().to_path_buf()).collect();
    if stdin.is_none() || !roots.is_empty() {
        let found = files::find(&roots);
        for problem in &found.problems {
            status = streams.fail(problem);
        }
        all.extend(found.paths);
    }
    let taken: BTreeSet<PathBuf> = match accept.among(&all) {
        Ok(taken) => taken.into_iter().map(Path::to_path_buf).collect(),
        Err(problem) => return Ok(streams.fail(&problem)),
    };
    if args.paths.is_empty() && accept.is_named() {
        all.retain(|path| taken.contains(path));
    }
    let names = names(&all);
    let work: Vec<(&PathBuf, &String)> = all.iter().zip(&names).collect();
    let results = progress::map(&work, "testing", streams.terminals.error, |(path, name)| {
        let is_stdin = stdin.as_ref().is_some_and(|s| s.path() == path.as_path());
        let loader: &dyn Loader = match &stdin {
            Some(stdin) if is_stdin => stdin,
            _ => &FileSystem,
        };
        let wanted = Wanted {
            filter: &args.filter,
            names: &names,
            coverage: args.coverage,
            // What has no name has no place for a stored verdict.
            stored: !is_stdin || args.stdin_name.is_some(),
            accepted: !is_stdin && taken.contains(*path),
        };
        one::test(loader, path, name, &wanted)
    });
    let mut run = Run {
        locked: args.locked,
        quiet: args.quiet,
        ..Run::default()
    };
    for (path, result) in all.iter().zip(results) {
        match result {
            Ok(mut tested) => {
                let is_stdin = stdin.as_ref().is_some_and(|s| s.path() == path.as_path());
                let is_taken = !is_stdin && taken.contains(path);
                let stored = is_taken.then(|| accept::store(&mut tested));
                if let Some(Err(problem)) = stored {
                    status = streams.fail(&problem);
                }
                run.files.push(tested);
            }
            Err(error) => status = streams.fail(&files::unreadable(path, &error)),
        }
    }
    if args.filter.is_empty() {
        run.stale = stale::find(&roots, args.paths.is_empty() && accept.is_named());
        run.stale.extend(stale::of_shared(&run.files));
        run.stale.sort();
    } else if run.count() == 0 && status == Status::Done {
        let texts: Vec<String> = args.filter.iter().map(|t| format!("`{t}`")).collect();
        status = streams.fail(&format!("no test's name holds {}", texts.join(" or ")));
    }
    if !run.is_good() {
        status = status.max(Status::Found);
    }
    let format = pick(TEST_FORMATS, &args.format);
    if format.from_the_top {
        let places = Places::default();
        for tested in &mut run.files {
            tested.file = places
                .seen_from_the_top(&tested.file)
                .unwrap_or(tested.file.clone());
        }
    }
    streams.print(&(format.write)(&run, streams.look))?;
    Ok(status)
}

/// What the names of files' tests begin with: the file's own name, or its path where two files
/// would share that.
fn names(paths: &[PathBuf]) -> Vec<String> {
    let stem = |path: &PathBuf| {
        path.file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for path in paths {
        *count.entry(stem(path)).or_default() += 1;
    }
    let each = paths.iter().map(|path| match count[&stem(path)] {
        1 => stem(path),
        _ => name_of(&path.with_extension("")),
    });
    each.collect()
}

/// Where the stored verdict of a file stands.
fn verdict_of(path: &Path) -> PathBuf {
    path.with_extension(crate::snapshot::EXTENSION)
}

/// Whether a file was found to have no verdict.
fn is_without_verdict(tested: &Tested) -> bool {
    matches!(tested.body, Body::Nothing)
}
