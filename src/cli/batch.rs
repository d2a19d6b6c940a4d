//! `assess batch`: one assessment, a table of rows.
//!
//! In: a file, and a table whose columns are named like the file's things. Out: the table with each row's
//! verdict. It is read and written piece by piece, in order; a file takes its name when it is whole.

use super::eval::Refusal;
use super::files::{self, Stdin};
use super::write::Beside;
use super::{Status, Streams};
use crate::batch::{Batch, Detail, Piece, Records, Table, quoted};
use crate::parallel::*;
use crate::project::{FileSystem, Loader, Project};
use crate::resolve;
use crate::resolve::assessment::Assessment;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

/// How many pieces of a table are worked on at once; the same on every machine, and so the same bytes.
const AT_ONCE: usize = 8;

/// Evaluate a file for every row of a table
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Columns named like an event, factor or assumption say whether it is so: true, false, a chance (0.3
or 30%), or nothing: as the file says. `chance of troops by long`, `weight of congress for exit`
(decibans, or a word) and `prior of exit by long` replace that number. Other columns pass through.

Examples:
  assess batch nato.assess --table countries.csv -o verdicts.csv
  assess batch nato.assess --table countries.csv --intervals
  assess batch nato.assess --table - < countries.csv > verdicts.csv")]
pub(super) struct Args {
    /// File to read; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The table, as CSV; `-` is standard input
    #[arg(long, value_name = "CSV")]
    table: PathBuf,

    /// File to write the table with its verdicts to [default: standard output]
    #[arg(short, long, value_name = "CSV")]
    output: Option<PathBuf>,

    /// Add the interval of each probability
    #[arg(long)]
    intervals: bool,

    /// Add what each driver contributes, in percentage points
    #[arg(long)]
    explain: bool,

    /// Pass this column through, whatever its name means; may be repeated
    #[arg(long, value_name = "COLUMN")]
    keep: Vec<String>,

    /// Prefix of the new columns' names
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    prefix: String,

    /// Separator of cells [default: comma, semicolon or tab, as in the first line]
    #[arg(long, value_name = "SIGN", value_parser = separator)]
    separator: Option<u8>,

    /// File name for standard input: shown in messages, and the place from which its `use` paths are followed
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

fn separator(text: &str) -> Result<u8, String> {
    match text {
        "," | "comma" => Ok(b','),
        ";" | "semicolon" => Ok(b';'),
        "\t" | "\\t" | "tab" => Ok(b'\t'),
        "|" => Ok(b'|'),
        _ => Err("write `,`, `;`, `|` or `tab`".to_owned()),
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let is_stdin = |path: &Path| path.as_os_str() == "-";
    if is_stdin(&args.file) && is_stdin(&args.table) {
        return Ok(streams.fail("standard input is either the file or the table"));
    }
    let files = std::slice::from_ref(&args.file);
    let loaded = match Stdin::among(files, streams, args.stdin_name.as_deref()) {
        Ok(Some(stdin)) => load(&stdin, stdin.path()),
        Ok(None) => load(&FileSystem, &args.file),
        Err(message) => return Ok(streams.fail(&message)),
    };
    let (project, assessment) = match loaded {
        Ok(loaded) => loaded,
        Err(refusal) => return Ok(refusal.say(streams)),
    };
    if is_stdin(&args.table) {
        let mut others = Streams {
            input: &mut io::empty(),
            output: &mut *streams.output,
            error: &mut *streams.error,
            look: streams.look,
            error_look: streams.error_look,
            terminals: streams.terminals,
            cache: None,
        };
        return evaluate(args, project, assessment, streams.input, &mut others);
    }
    match File::open(&args.table) {
        Ok(mut file) => evaluate(args, project, assessment, &mut file, streams),
        Err(error) => Ok(streams.fail(&files::unreadable(&args.table, &error))),
    }
}

/// A file without mistakes.
pub(super) fn load(loader: &dyn Loader, path: &Path) -> Result<(Project, Assessment), Refusal> {
    let project = match Project::load(loader, path) {
        Ok(project) => project,
        Err(error) => return Err(Refusal::Unreadable(files::unreadable(path, &error))),
    };
    let resolved = resolve::with_problems(&project);
    let diagnostics = resolved.diagnostics;
    match resolved.assessment.filter(|_| !diagnostics.has_errors()) {
        Some(assessment) => Ok((project, assessment)),
        None if !diagnostics.has_errors() => Err(Refusal::Shared(format!(
            "`{}` is made for `use`: it has no outcomes, and so no verdict",
            path.display()
        ))),
        None => {
            let sources = project.sources;
            Err(Refusal::found(sources, diagnostics.sorted(), Status::Found))
        }
    }
}

fn evaluate(
    args: &Args,
    project: Project,
    assessment: Assessment,
    input: &mut dyn Read,
    streams: &mut Streams<'_>,
) -> io::Result<Status> {
    let unreadable = |error: &io::Error| files::unreadable(&args.table, error);
    let mut records = match Records::new(input, args.separator) {
        Ok(records) => records,
        Err(error) => return Ok(streams.fail(&unreadable(&error))),
    };
    let headings = match records.heading() {
        Ok(Some(headings)) => headings,
        Ok(None) => {
            let name = args.table.display();
            return Ok(streams.fail(&format!(
                "`{name}` is empty: its first line names the columns"
            )));
        }
        Err(error) => return Ok(streams.fail(&unreadable(&error))),
    };
    let detail = Detail {
        intervals: args.intervals,
        contributions: args.explain,
    };
    let batch = match Batch::new(project, assessment, &headings, &args.keep, detail) {
        Ok(batch) => batch,
        Err(wrong) => {
            for message in wrong {
                streams.fail(&message);
            }
            return Ok(Status::Failed);
        }
    };
    let new = batch.headings(&args.prefix);
    let twice: Vec<&String> = new
        .iter()
        .filter(|n| headings.iter().any(|h| h.trim() == **n))
        .collect();
    if let Some(first) = twice.first() {
        return Ok(streams.fail(&format!(
            "the table has a column `{first}` already; tell the new ones apart with `--prefix`"
        )));
    }
    let separator = records.separator();
    let cells = headings.iter().chain(&new);
    let cells: Vec<String> = cells.map(|c| quoted(c, char::from(separator))).collect();
    let heading = cells.join(&char::from(separator).to_string());
    let mut tables: Vec<Table<'_>> = Vec::new();
    tables.resize_with(AT_ONCE, || Table::new(&batch, &headings, separator));
    let mut work = |out: &mut dyn Write| write(&heading, &mut records, &mut tables, out);
    let wrong = match &args.output {
        None => work(streams.output),
        Some(path) => Beside::new(path)
            .map_err(Trouble::Write)
            .and_then(|mut file| {
                let wrong = work(&mut file)?;
                file.persist(path)?;
                Ok(wrong)
            }),
    };
    match (wrong, &args.output) {
        (Ok(0), _) => Ok(Status::Done),
        (Ok(wrong), _) => {
            let rows = if wrong == 1 { "row has" } else { "rows have" };
            streams.say(&format!("{wrong} {rows} no verdict: see the last column\n"));
            Ok(Status::Found)
        }
        (Err(Trouble::Read(error)), _) => Ok(streams.fail(&unreadable(&error))),
        (Err(Trouble::Write(error)), None) => Err(error),
        (Err(Trouble::Write(error)), Some(path)) => {
            let name = path.display();
            Ok(streams.fail(&format!("`{name}` cannot be written: {error}")))
        }
    }
}

/// Why a table was not finished.
enum Trouble {
    Read(io::Error),
    Write(io::Error),
}

impl From<io::Error> for Trouble {
    fn from(error: io::Error) -> Trouble {
        Trouble::Write(error)
    }
}

/// Writes everything; how many rows are wrong.
fn write<R: Read>(
    heading: &str,
    records: &mut Records<R>,
    tables: &mut [Table<'_>],
    out: &mut dyn Write,
) -> Result<usize, Trouble> {
    out.write_all(heading.as_bytes())?;
    out.write_all(b"\n")?;
    let mut wrong = 0;
    loop {
        let mut pieces = Vec::new();
        while pieces.len() < tables.len() {
            let piece = records.piece().map_err(Trouble::Read)?;
            if piece.bytes.is_empty() {
                break;
            }
            pieces.push(piece);
        }
        if pieces.is_empty() {
            return Ok(wrong);
        }
        let mut jobs: Vec<(&mut Table<'_>, Piece)> = tables.iter_mut().zip(pieces).collect();
        let done = jobs.par_chunks_mut(1).map(|job| match job {
            [(table, piece)] => table.run(piece),
            _ => (Vec::new(), 0),
        });
        let done: Vec<(Vec<u8>, usize)> = done.collect();
        for (bytes, bad) in done {
            out.write_all(&bytes)?;
            wrong += bad;
        }
    }
}
