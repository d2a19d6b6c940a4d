//! `assess agenda`: what falls due.
//!
//! In: paths and, where it is given, the day. Out: a table or a calendar. A file with mistakes is
//! reported and left out; the others are shown.

use super::check::configs::Configs;
use super::files::{self, Jobs};
use super::places::Places;
use super::{Status, Streams, progress};
use crate::agenda::{Due, agenda, merge};
use crate::cli::names;
use crate::diag::Checked;
use crate::diag::Severity;
use crate::lint::{Policy, Selection};
use crate::project::{self, Loader, Project};
use crate::render::agenda::{AGENDA_FORMATS, Agenda};
use crate::render::format::pick;
use crate::render::text;
use jiff::civil::Date;
use std::io;
use std::path::{Path, PathBuf};

/// List what falls due: horizons, events, evidence, suppressions
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess agenda
  assess agenda --today 2026-01-31 --until 2026-12-31
  assess agenda assessments --format ics > agenda.ics")]
pub(super) struct Args {
    /// Files or folders to test; `-` reads standard input [default: current folder]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Output format: a table, JSON, or a calendar (RFC 5545)
    #[arg(
        long,
        value_name = "FORMAT",
        default_value = AGENDA_FORMATS[0].name,
        value_parser = names::formats(AGENDA_FORMATS)
    )]
    format: String,

    /// Date that decides what is past: 2026-01-31, or `today` [default: `[lint] today`]
    #[arg(long, value_name = "DATE", value_parser = super::asked::day)]
    today: Option<Date>,

    /// Leave out what falls due after this day
    #[arg(long, value_name = "DATE", value_parser = super::asked::day)]
    until: Option<Date>,

    /// Use this `assess.toml` for all files instead of the nearest one
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,

    /// File name for standard input
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let (jobs, mut status) = Jobs::find(&args.paths, streams, args.stdin_name.as_deref());
    let selection = Selection {
        today: args.today,
        ..Selection::default()
    };
    let (configs, policies) = Configs::of(&jobs.paths, args.config.as_deref(), &selection);
    if configs.are_broken() {
        return Ok(configs.say(streams));
    }
    let work: Vec<(&PathBuf, &Policy)> = jobs
        .paths
        .iter()
        .zip(policies.iter().map(|&p| configs.policy(p)))
        .collect();
    let results = progress::map(
        &work,
        "reading",
        streams.terminals.error,
        |(path, policy)| of_one(jobs.loader(path), path, policy),
    );
    let mut agendas = Vec::new();
    for ((path, _), result) in work.iter().zip(results) {
        match result {
            Ok(Ok(due)) => agendas.push(due),
            Ok(Err(mistakes)) => {
                let report = text::report(&[mistakes], streams.error_look);
                streams.say(&report);
                status = status.max(Status::Found);
            }
            Err(error) => status = streams.fail(&files::unreadable(path, &error)),
        }
    }
    let files = agendas.len();
    let mut due = merge(agendas);
    if let Some(until) = args.until {
        due.retain(|d| d.date <= until);
    }
    let agenda = Agenda {
        due,
        // Where one configuration's day differs from another's, none is everybody's.
        today: one(work.iter().map(|(_, policy)| policy.settings.today)),
        files,
    };
    let format = pick(AGENDA_FORMATS, &args.format);
    let mut agenda = agenda;
    if format.from_the_top {
        let places = Places::default();
        for due in &mut agenda.due {
            due.file = places
                .seen_from_the_top(&due.file)
                .unwrap_or(due.file.clone());
        }
        // Their order is that of their names.
        agenda.due.sort();
    }
    streams.print(&(format.write)(&agenda, streams.look))?;
    Ok(status)
}

/// What all of them are, where they are alike.
fn one(mut days: impl Iterator<Item = Option<Date>>) -> Option<Date> {
    let first = days.next()?;
    first.filter(|first| days.all(|day| day == Some(*first)))
}

fn of_one(
    loader: &dyn Loader,
    path: &Path,
    policy: &Policy,
) -> io::Result<Result<Vec<Due>, Checked>> {
    let project = Project::load(loader, path)?;
    Ok(agenda(&project, policy).map_err(|mut diagnostics| {
        diagnostics.retain(|d| d.severity == Severity::Error);
        Checked {
            file: project::name_of(path),
            sources: project.sources,
            diagnostics,
            ..Checked::default()
        }
    }))
}
