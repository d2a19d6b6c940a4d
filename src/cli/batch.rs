//! `assess batch`: one assessment, a table of rows.
//!
//! In: a file, and a table whose columns are named like the file's things. Out: the table with each row's
//! verdict. It is read and written piece by piece, in order; a file takes its name when it is whole. Which formats
//! there are is told by `batch::formats`.

use super::eval::Refusal;
use super::files::{self, Stdin};
use super::write::Beside;
use super::{Status, Streams};
use crate::batch::formats::{FIRST, Format, Input, Opened, Trouble};
use crate::batch::{Batch, Detail};
use crate::project::{FileSystem, Loader, Project};
use crate::resolve;
use crate::resolve::assessment::Assessment;
use std::fs::File;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

/// Evaluate a file for every row of a table
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Columns named like an event, factor or assumption give its value: true, false, a chance (0.3
or 30%), or nothing: as the file says. `chance of troops by long`, `weight of congress for exit`
(decibans, or a word) and `prior of exit by long` replace that number. Other columns pass through.

Tables are CSV, Parquet (`.parquet`) or Arrow (`.arrow`, `.feather`; `.arrows` is a stream). Columns with
types keep them, and new ones are numbers and text.

Examples:
  assess batch nato.assess --table countries.csv -o verdicts.csv
  assess batch nato.assess --table countries.parquet -o verdicts.parquet
  assess batch nato.assess --table countries.csv --intervals
  assess batch nato.assess --table - < countries.csv > verdicts.csv")]
pub(super) struct Args {
    /// File to read; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The table: CSV, Parquet or Arrow; `-` is standard input
    #[arg(long, value_name = "TABLE")]
    table: PathBuf,

    /// File to write the table with its verdicts to [default: standard output]
    #[arg(short, long, value_name = "TABLE")]
    output: Option<PathBuf>,

    /// Format of what has no ending that says it: csv, parquet, arrow or arrows [default: standard input by its first bytes, output as the table]
    #[arg(long, value_name = "FORMAT", value_parser = Format::named)]
    format: Option<&'static Format>,

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

    /// Separator of a CSV table's cells [default: comma, semicolon, tab or `|`, as in the first line]
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
    let (project, assessment) = match load(&args.file, args.stdin_name.as_deref(), streams) {
        Ok(loaded) => loaded,
        Err(status) => return Ok(status),
    };
    let table = match is_stdin(&args.table) {
        true => Source::piped(args, args.format, Box::new(&mut *streams.input)),
        false => Source::file(args),
    };
    match table
        .and_then(|mut table| evaluate(args, project, assessment, &mut table, streams.output))
    {
        Ok(0) => Ok(Status::Done),
        Ok(wrong) => {
            let rows = if wrong == 1 { "row has" } else { "rows have" };
            streams.say(&format!("{wrong} {rows} no verdict: see the last column\n"));
            Ok(Status::Found)
        }
        Err(Trouble::Write(error)) => match &args.output {
            None => Err(error),
            Some(path) => Ok(streams.fail(&unwritable(path, &error))),
        },
        Err(Trouble::Read(error)) => Ok(streams.fail(&unreadable(&args.table, &error))),
        Err(Trouble::Empty) => {
            let name = called(&args.table);
            Ok(streams.fail(&format!(
                "{name} is empty: its first line names the columns"
            )))
        }
        Err(Trouble::Said(wrong)) => {
            for message in wrong {
                streams.fail(&message);
            }
            Ok(Status::Failed)
        }
    }
}

/// A file without mistakes, or standard input under a name; what is wrong with it is said.
pub(super) fn load(
    file: &PathBuf,
    stdin_name: Option<&Path>,
    streams: &mut Streams<'_>,
) -> Result<(Project, Assessment), Status> {
    let loaded = match Stdin::among(std::slice::from_ref(file), streams, stdin_name) {
        Ok(Some(stdin)) => load_from(&stdin, stdin.path()),
        Ok(None) => load_from(&FileSystem, file),
        Err(message) => return Err(streams.fail(&message)),
    };
    loaded.map_err(|refusal| refusal.say(streams))
}

fn load_from(loader: &dyn Loader, path: &Path) -> Result<(Project, Assessment), Refusal> {
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

/// A table that has begun to be read.
struct Source<'i> {
    format: &'static Format,
    opened: Box<dyn Opened + 'i>,
}

impl<'i> Source<'i> {
    fn file(args: &Args) -> Result<Source<'i>, Trouble> {
        let mut file = File::open(&args.table).map_err(Trouble::Read)?;
        let told = Format::ending(&args.table).or(args.format);
        // What is no ordinary file, such as a named pipe, is read once.
        if !file.metadata().map_err(Trouble::Read)?.is_file() {
            return Source::piped(args, told, Box::new(file));
        }
        let first = first(&mut file).map_err(Trouble::Read)?;
        file.rewind().map_err(Trouble::Read)?;
        Source::begin(args, told, &first, Input::File(file))
    }

    fn piped(
        args: &Args,
        told: Option<&'static Format>,
        mut input: Box<dyn Read + 'i>,
    ) -> Result<Source<'i>, Trouble> {
        let first = first(&mut input).map_err(Trouble::Read)?;
        let format = told.unwrap_or_else(|| Format::of(&first));
        let mut input = io::Cursor::new(first.clone()).chain(input);
        if !format.whole || !format.is_built() {
            return Source::begin(args, Some(format), &first, Input::Stream(Box::new(input)));
        }
        // Its end says where its columns are: it is put aside, into a file without a name.
        let mut file = tempfile::tempfile().map_err(Trouble::Read)?;
        io::copy(&mut input, &mut file).map_err(Trouble::Read)?;
        file.rewind().map_err(Trouble::Read)?;
        Source::begin(args, Some(format), &first, Input::File(file))
    }

    fn begin(
        args: &Args,
        told: Option<&'static Format>,
        first: &[u8],
        input: Input<'i>,
    ) -> Result<Source<'i>, Trouble> {
        let format = told.unwrap_or_else(|| Format::of(first));
        let opened = format.open(&called(&args.table), first, input, args.separator)?;
        Ok(Source { format, opened })
    }
}

/// A table as messages call it.
fn called(table: &Path) -> String {
    match table.as_os_str() == "-" {
        true => "standard input".to_owned(),
        false => format!("`{}`", table.display()),
    }
}

fn unreadable(table: &Path, error: &io::Error) -> String {
    if table.as_os_str() == "-" {
        return format!("standard input cannot be read: {error}");
    }
    match error.kind() {
        // Its files that are assessments are no tables.
        io::ErrorKind::IsADirectory => {
            format!("`{}` is a folder; name the table in it", table.display())
        }
        _ => files::unreadable(table, error),
    }
}

fn unwritable(path: &Path, error: &io::Error) -> String {
    let name = path.display();
    match path.parent() {
        _ if path.is_dir() => format!("`{name}` is a folder; name a file in it"),
        Some(folder) if error.kind() == io::ErrorKind::NotFound => {
            format!(
                "`{name}` cannot be written: there is no folder `{}`",
                folder.display()
            )
        }
        _ => format!("`{name}` cannot be written: {error}"),
    }
}

fn said(message: String) -> Trouble {
    Trouble::Said(vec![message])
}

/// What a table begins with.
fn first(input: &mut dyn Read) -> io::Result<Vec<u8>> {
    let mut first = Vec::new();
    input.take(FIRST as u64).read_to_end(&mut first)?;
    Ok(first)
}

/// Writes everything; how many rows are wrong.
fn evaluate(
    args: &Args,
    project: Project,
    assessment: Assessment,
    table: &mut Source<'_>,
    output: &mut dyn Write,
) -> Result<usize, Trouble> {
    let detail = Detail {
        intervals: args.intervals,
        contributions: args.explain,
    };
    let headings = table.opened.headings();
    let batch = Batch::new(project, assessment, headings, Some(&args.keep), detail);
    let batch = batch.map_err(Trouble::Said)?;
    let new = batch.headings(&args.prefix);
    let is_there = |name: &&String| headings.iter().any(|h| h.trim() == **name);
    if let Some(first) = new.iter().find(is_there) {
        return Err(said(format!(
            "the table has a column `{first}` already; tell the new ones apart with `--prefix`"
        )));
    }
    let ending = args.output.as_deref().and_then(Format::ending);
    let into = ending.or(args.format).unwrap_or(table.format);
    let Some(path) = &args.output else {
        return table.opened.run(&batch, &new, into, output);
    };
    if !into.is_built() {
        return Err(said(into.missing(&called(path))));
    }
    if let Some(wrong) = Format::misnamed(path, &called(path)) {
        return Err(said(wrong));
    }
    let mut file = Beside::new(path)?;
    let wrong = table.opened.run(&batch, &new, into, &mut file)?;
    file.persist(path)?;
    Ok(wrong)
}
