//! The command line: arguments in, exit status out. One file for each command.
//!
//! In: this process's arguments, or a test's, and streams. Out: results on the output stream,
//! everything else that is said on the error stream, and a [`Status`]. A reader that goes away
//! (`assess … | head`) ends the run quietly.

mod advance;
mod agenda;
mod asked;
mod batch;
mod check;
mod completions;
mod computed;
mod csv;
mod diff;
mod eval;
mod explain;
mod files;
mod flip;
mod fmt;
mod git;
mod help;
mod hint;
mod log;
mod lsp;
mod man;
mod mv;
mod names;
mod new;
mod places;
mod pool;
mod progress;
mod report;
mod reread;
mod resolve;
mod rule;
mod schema;
mod score;
mod sql;
mod streams;
mod test;
mod write;

pub use streams::{Status, Streams, Terminals};

use clap::{Args as _, FromArgMatches, Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

/// Assessments about the future that can be read, run, questioned and corrected.
#[derive(Debug, Parser)]
#[command(name = "assess", version)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    everywhere: Everywhere,
}

// What every command takes; a doc comment would be the page's own.
#[derive(Debug, clap::Args)]
struct Everywhere {
    /// When to use colour; auto: on a terminal, unless NO_COLOR is set or CLICOLOR_FORCE forces it
    #[arg(
        long,
        value_enum,
        default_value_t,
        global = true,
        value_name = "WHEN",
        display_order = 900
    )]
    color: Colour,
}

type Describe = fn(clap::Command) -> clap::Command;

/// Lists the commands: the module, which holds the rest and is the command's name, and its variant.
macro_rules! commands {
    ($($module:ident: $Variant:ident),* $(,)?) => {
        #[derive(Debug, Subcommand)]
        enum Command {
            $($Variant($module::Args),)*
        }

        /// What each command takes, for [`parse_one`].
        const ARGUMENTS: &[(&str, Describe)] = &[
            $((stringify!($module), $module::Args::augment_args),)*
        ];

        impl Command {
            fn run(&self, streams: &mut Streams<'_>) -> io::Result<Status> {
                match self {
                    $(Command::$Variant(args) => $module::run(args, streams),)*
                }
            }
        }
    };
}

commands! {
    check: Check,
    eval: Eval,
    new: New,
    diff: Diff,
    log: Log,
    lsp: Lsp,
    test: Test,
    agenda: Agenda,
    mv: Mv,
    explain: Explain,
    pool: Pool,
    flip: Flip,
    batch: Batch,
    sql: Sql,
    fmt: Fmt,
    report: Report,
    rule: Rule,
    resolve: Resolve,
    advance: Advance,
    score: Score,
    schema: Schema,
    completions: Completions,
    man: Man,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Colour {
    #[default]
    Auto,
    Always,
    Never,
}

/// Runs the command line of this process.
pub fn run() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    #[cfg(feature = "lsp")]
    if lsp::is_session(&arguments) {
        return lsp::session();
    }
    ExitCode::from(run_these(arguments))
}

/// Runs a command line, the program's name first, on the streams of this process; its exit status.
pub fn run_these(arguments: Vec<OsString>) -> u8 {
    let colour = colour_of(&arguments);
    streams::with_process_streams(colour, |streams| run_with(arguments, streams)) as u8
}

/// Runs a command line, the program's name first, on the given streams.
pub fn run_with(
    arguments: impl IntoIterator<Item = OsString>,
    streams: &mut Streams<'_>,
) -> Status {
    let result = match parse(arguments, streams) {
        Ok(cli) => dispatch(cli, streams),
        Err(result) => result,
    };
    let result = result.and_then(|status| streams.flush().map(|()| status));
    match result {
        Ok(status) => status,
        // Whoever read our output has seen enough.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Status::Done,
        Err(error) => {
            let _ = writeln!(streams.error, "error: cannot write: {error}");
            Status::Failed
        }
    }
}

fn dispatch(cli: Cli, streams: &mut Streams<'_>) -> io::Result<Status> {
    let Some(command) = cli.command else {
        let help = help::command().render_help();
        streams.styled(&help)?;
        return Ok(Status::Done);
    };
    command.run(streams)
}

/// The arguments, or the answer where they ask for help or are wrong.
fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    streams: &mut Streams<'_>,
) -> Result<Cli, io::Result<Status>> {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(cli) = parse_one(&arguments) {
        return Ok(cli);
    }
    let whole = match arguments.get(1).filter(|_| arguments.len() == 2) {
        Some(only) if only == "--version" || only == "-V" => {
            clap::Command::new("assess").version(env!("CARGO_PKG_VERSION"))
        }
        _ => help::command(),
    };
    let matches = whole.try_get_matches_from(&arguments);
    let cli = matches.and_then(|m| Cli::from_arg_matches(&m));
    cli.map_err(|error| {
        let text = error.render();
        if let Some(message) = hint::instead(&error, &arguments) {
            Ok(streams.fail(&message))
        } else if error.use_stderr() {
            let told = streams.styled_error(&text);
            if let Some(hint) = hint::at_hand(&error, &arguments) {
                streams.say(&format!("\n{}\n", crate::text::clean::lines(&hint)));
            }
            told.map(|()| Status::Failed)
        } else {
            streams.styled(&text).map(|()| Status::Done)
        }
    })
}

/// The arguments of the command that comes first, where they are right: to describe all the other
/// commands takes longer than many a command does. Whoever gets no answer asks the whole.
fn parse_one(arguments: &[OsString]) -> Option<Cli> {
    let first = arguments.get(1)?;
    let (name, describe) = ARGUMENTS.iter().find(|(name, _)| first == name)?;
    let command = describe(clap::Command::new(*name));
    let whole = Everywhere::augment_args(clap::Command::new("assess")).subcommand(command);
    let matches = whole.try_get_matches_from(arguments).ok()?;
    Cli::from_arg_matches(&matches).ok()
}

/// What `--color` says, before anything is parsed: help and usage errors obey it too.
fn colour_of(arguments: &[OsString]) -> Colour {
    let mut arguments = arguments.iter().filter_map(|a| a.to_str());
    let mut colour = Colour::Auto;
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--color") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('='),
            None if argument == "--" => break,
            None => None,
        };
        if let Some(found) = value.and_then(|v| Colour::from_str(v, false).ok()) {
            colour = found;
        }
    }
    colour
}
