//! `assess check`: every mistake and every finding of the linter, in one run.
//!
//! In: paths, a selection of rules, and what is to be done about findings. Out: a report, fixed
//! files, a baseline. A broken `assess.toml` is reported and nothing is checked.

mod across;
mod args;
mod cache;
pub(super) mod configs;
mod fixing;
mod held;
pub(in crate::cli) mod watch;

pub(super) use args::Args;
pub(super) use cache::default_folder;

use super::files::{self, Jobs};
use super::places::Places;
use super::{Status, Streams, progress, write};
use crate::diag::Checked;
use crate::diag::{Diagnostic, Severity};
use crate::lint::rules;
use crate::lint::{Found, Policy, Selection, once_each};
use crate::project::{Project, name_of};
use crate::render::format::pick;
use crate::render::{FORMATS, How, Look, diff, statistics};
use crate::text::source::{FileId, Source, SourceMap, Span};
use cache::Cache;
use configs::Configs;
use fixing::Fixed;
use held::Held;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

/// Clears a terminal and what can be scrolled back to.
const CLEAR: &str = "\x1b[2J\x1b[3J\x1b[H";

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    if !args.watch {
        return once(args, streams);
    }
    if args.paths.iter().any(|p| p == Path::new("-")) {
        return Ok(streams.fail("standard input cannot be watched"));
    }
    let failed = |streams: &mut Streams<'_>, error: notify::Error| {
        Ok(streams.fail(&format!("cannot watch: {error}")))
    };
    let watch = match watch::Watch::begin(&args.paths) {
        Ok(watch) => watch,
        Err(error) => return failed(streams, error),
    };
    loop {
        if streams.terminals.output {
            streams.print(CLEAR)?;
        }
        once(args, streams)?;
        streams.flush()?;
        streams.say("watching for changes; Ctrl-C ends\n");
        if let Err(error) = watch.wait() {
            return failed(streams, error);
        }
    }
}

fn once(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    if args.fixes() && !args.diff && args.paths.iter().any(|p| p == Path::new("-")) {
        return Ok(streams.fail("standard input cannot be written; `--diff` shows its fixes"));
    }
    let find = match args.allow_empty {
        true => Jobs::find_any,
        false => Jobs::find,
    };
    let (jobs, mut status) = find(&args.paths, streams, args.stdin_name.as_deref());
    let (mut configs, policies) =
        Configs::of(&jobs.paths, args.config.as_deref(), &args.selection());
    configs.read_records(streams.terminals.error);
    if configs.are_broken() {
        return Ok(configs.say(streams));
    }
    let held = match args.baseline.as_deref().map(Held::read).transpose() {
        Ok(held) => held,
        Err(problem) => return Ok(streams.fail(&problem)),
    };
    let work: Vec<(&PathBuf, &Policy)> = jobs
        .paths
        .iter()
        .zip(policies.iter().map(|&p| configs.policy(p)))
        .collect();
    if args.fixes() || args.diff {
        let fixed = progress::map(
            &work,
            "fixing",
            streams.terminals.error,
            |(path, policy)| {
                let loader = jobs.loader(path);
                fixing::fix(loader, path, policy, args.unsafe_fixes, held.as_ref())
            },
        );
        return write_fixed(args, &jobs, &work, fixed, held.as_ref(), status, streams);
    }
    let cache = match args.no_cache {
        true => None,
        false => streams.cache.as_deref().and_then(Cache::open),
    };
    let results = progress::map(
        &work,
        "checking",
        streams.terminals.error,
        |(path, policy)| check(&jobs, path, policy, cache.as_ref()),
    );
    let mut found = Vec::new();
    for ((path, policy), result) in work.iter().zip(results) {
        match result {
            Ok(one) => found.push((path.as_path(), *policy, one)),
            Err(error) => status = streams.fail(&files::unreadable(path, &error)),
        }
    }
    across::checked(&jobs, &mut found);
    let found: Vec<Found> = found.into_iter().map(|(_, _, found)| found).collect();
    let looked_at = looked_at(&found);
    let mut report = once_each(found);
    if let Some(path) = &args.write_baseline {
        return Ok(match Held::write(path, &report) {
            Ok(count) => {
                let files = match report.len() {
                    1 => "1 file".to_owned(),
                    n => format!("{n} files"),
                };
                let path = path.display();
                streams.say(&match count {
                    1 => format!("1 finding of {files} is in `{path}`\n"),
                    n => format!("{n} findings of {files} are in `{path}`\n"),
                });
                status
            }
            Err(problem) => streams.fail(&problem),
        });
    }
    if let Some(held) = &held {
        held_back(held, &mut report, &looked_at, streams);
    }
    told(args, report, status, streams)
}

/// How bad each finding of one file is, under its own `assess.toml`; none where that cannot be told.
pub(super) fn levels(path: &Path, cache: Option<&Path>) -> Option<Vec<Severity>> {
    let paths = [path.to_path_buf()];
    let (configs, policies) = Configs::of(&paths, None, &Selection::default());
    if configs.are_broken() {
        return None;
    }
    let policy = configs.policy(policies[0]);
    let cache = cache.and_then(Cache::open);
    let found = check(&Jobs::default(), path, policy, cache.as_ref()).ok()?;
    let found = found.checked.diagnostics.iter();
    Some(found.map(|d| d.severity).collect())
}

/// The files of a run, each with whether no error kept the rules from running.
fn looked_at(found: &[Found]) -> Vec<(String, bool)> {
    let has_error = |c: &Checked| c.diagnostics.iter().any(|d| d.severity == Severity::Error);
    let each = found.iter().map(|f| &f.checked);
    each.map(|c| (c.file.clone(), !has_error(c))).collect()
}

/// The same of files as they are after their fixes, whether or not these are written.
fn stale_entries(held: &Held, whole: impl Iterator<Item = Found>, streams: &mut Streams<'_>) {
    let whole: Vec<Found> = whole.collect();
    let looked_at = looked_at(&whole);
    held_back(held, &mut once_each(whole), &looked_at, streams);
}

/// Takes out of a report what the baseline holds, and says how much that was and what the baseline
/// holds in vain.
fn held_back(
    held: &Held,
    report: &mut [Checked],
    looked_at: &[(String, bool)],
    streams: &mut Streams<'_>,
) {
    let (left, taken) = held.subtract(report);
    let name = held.path().display().to_string();
    if let Some(sentence) = held.is_old() {
        streams.say(&sentence);
    }
    match taken {
        0 => {}
        1 => streams.say(&format!("1 finding is in the baseline `{name}`\n")),
        n => streams.say(&format!("{n} findings are in the baseline `{name}`\n")),
    }
    let vain = held.in_vain(&left, looked_at);
    if !vain.is_empty() {
        streams.say(&format!(
            "no longer found, though in the baseline `{name}`:\n"
        ));
        for sentence in vain {
            streams.say(&format!("  {sentence}\n"));
        }
        streams.say("`--write-baseline` writes one without them\n");
    }
}

/// Prints a report, and says how the run ends.
fn told(
    args: &Args,
    mut report: Vec<Checked>,
    mut status: Status,
    streams: &mut Streams<'_>,
) -> io::Result<Status> {
    let format = pick(FORMATS, &args.format);
    if format.from_the_top && !args.statistics {
        let places = Places::default();
        for checked in &mut report {
            places.rename(checked);
        }
    }
    let fails_from = args.fail_on.severity();
    let write = |look| match args.statistics {
        true => statistics::report(&report, look),
        false => (format.write)(&report, How { look, fails_from }),
    };
    match &args.output {
        None => streams.print(&write(streams.look))?,
        Some(path) => {
            let plain = Look {
                width: 80,
                colour: false,
            };
            if let Err(error) = write::atomically(path, write(plain).as_bytes()) {
                let name = path.display();
                status = streams.fail(&format!("`{name}` cannot be written: {error}"));
            }
        }
    }
    let bad = |d: &Diagnostic| fails_from.is_some_and(|level| d.severity >= level);
    if report.iter().flat_map(|c| &c.diagnostics).any(bad) {
        status = status.max(Status::Found);
    }
    Ok(status)
}

/// Writes what was fixed, or shows how it would be.
fn write_fixed(
    args: &Args,
    jobs: &Jobs,
    work: &[(&PathBuf, &Policy)],
    fixed: Vec<io::Result<Fixed>>,
    held: Option<&Held>,
    mut status: Status,
    streams: &mut Streams<'_>,
) -> io::Result<Status> {
    let mut all: Vec<(&Path, &Policy, Fixed)> = Vec::new();
    for ((path, policy), result) in work.iter().zip(fixed) {
        match result {
            Ok(one) => all.push((path, *policy, one)),
            Err(error) => status = streams.fail(&files::unreadable(path, &error)),
        }
    }
    if args.diff {
        across::after_fixes(jobs, &mut all, held);
        for (_, _, Fixed { found, texts, .. }) in &all {
            let diff = diff::unified(&found.checked.file, &texts.0, &texts.1, streams.look);
            if !diff.is_empty() {
                status = status.max(Status::Found);
                streams.print(&diff)?;
            }
        }
        if let Some(held) = held {
            stale_entries(
                held,
                all.into_iter().filter_map(|(_, _, f)| f.whole),
                streams,
            );
        }
        return Ok(status);
    }
    let problems = fixing::write_all(all.iter().map(|(path, _, fixed)| (*path, fixed)));
    for (problem, (path, policy, fixed)) in problems.iter().zip(&mut all) {
        if let Some(problem) = problem {
            status = streams.fail(problem);
            // What was to be fixed is still there.
            if let Ok(project) = Project::load(jobs.loader(path), path) {
                *fixed = fixing::as_it_is(project, policy, held);
                fixed.found = std::mem::take(&mut fixed.found).alone(jobs.loader(path));
            }
        }
    }
    across::after_fixes(jobs, &mut all, held);
    if let Some(summary) = fixing::summary(all.iter().map(|(_, _, fixed)| fixed)) {
        streams.say(&format!("{summary}\n"));
    }
    let (found, whole): (Vec<Found>, Vec<Option<Found>>) = all
        .into_iter()
        .map(|(_, _, fixed)| (fixed.found, fixed.whole))
        .unzip();
    if let Some(held) = held {
        stale_entries(held, whole.into_iter().flatten(), streams);
    }
    let report = once_each(found);
    let mut fixes = report
        .iter()
        .flat_map(|c| &c.diagnostics)
        .filter_map(|d| d.fixes.first());
    if !args.unsafe_fixes && fixes.any(|f| !f.safe) {
        streams.say("other fixes should be looked at: `--unsafe-fixes --diff` shows them\n");
    }
    told(args, report, status, streams)
}

fn check(jobs: &Jobs, path: &Path, policy: &Policy, cache: Option<&Cache>) -> io::Result<Found> {
    // One file that brings a rule down must not take the others' findings with it.
    let found = catch_unwind(AssertUnwindSafe(|| match cache {
        Some(cache) if !jobs.is_stdin(path) => cache.check(path, policy),
        _ => {
            let loader = jobs.loader(path);
            Ok(Found::of(Project::load(loader, path)?, policy).alone(loader))
        }
    }));
    found.unwrap_or_else(|_| Ok(brought_down(path)))
}

fn brought_down(path: &Path) -> Found {
    let name = name_of(path);
    let mut sources = SourceMap::new();
    sources.add(Source::new(name.as_str(), ""));
    let message = format!("`assess` could not finish checking `{name}`");
    let bug = Diagnostic::new(&rules::INTERNAL_ERROR, Span::new(FileId(0), 0, 0), message)
        .help("this is a bug of `assess`; please report it with the file");
    Found {
        checked: Checked {
            file: name,
            sources,
            diagnostics: vec![bug],
            ..Checked::default()
        },
        paths: vec![path.to_path_buf()],
        claims: Vec::new(),
    }
}
