//! `assess sql`: a file's verdict as one query over a table.
//!
//! In: a file and the names of a table's columns. Out: a SELECT that gives every row its verdict. What rows
//! can say with truths is computed here, once for each pattern of them; the database looks it up, so that
//! no logarithm of its own makes a difference.

use super::batch::load;
use super::files::Stdin;
use super::{Status, Streams};
use crate::batch::{Batch, Detail, Patterns};
use crate::project::FileSystem;
use std::io;
use std::path::PathBuf;

/// Print a file's verdict as an SQL query over a table
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The query reads columns that say whether an event, factor or assumption of the file is so: TRUE, FALSE,
or NULL: as the file says. Each row keeps its columns and gets those that `assess batch` adds.

Examples:
  assess sql nato.assess --from countries --columns ceasefire,drift > verdict.sql
  assess sql nato.assess --from read_csv('countries.csv') --columns ceasefire --dialect duckdb")]
pub(super) struct Args {
    /// File to read; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The table to read, as written after FROM
    #[arg(long, value_name = "TABLE")]
    from: String,

    /// Columns of the table that say whether something is true [default: all that may be false]
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    columns: Vec<String>,

    /// Dialect of the database
    #[arg(long, value_enum, default_value_t = Dialect::Duckdb)]
    dialect: Dialect,

    /// Prefix of the new columns' names
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    prefix: String,

    /// File name for standard input: shown in messages, and the place from which its `use` paths are followed
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<PathBuf>,
}

/// A dialect of SQL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Dialect {
    /// DuckDB
    Duckdb,
    /// Apache Spark and Databricks
    Spark,
    /// PostgreSQL
    Postgres,
}

impl Dialect {
    /// A name as the dialect quotes it.
    fn name(self, name: &str) -> String {
        match self {
            Dialect::Spark => format!("`{}`", name.replace('`', "``")),
            Dialect::Duckdb | Dialect::Postgres => format!("\"{}\"", name.replace('"', "\"\"")),
        }
    }

    /// A number that the dialect takes for a double, and for the same one.
    fn number(self, x: f64) -> String {
        match self {
            Dialect::Spark => format!("{x:e}D"),
            Dialect::Duckdb => format!("{x:e}"),
            Dialect::Postgres => format!("{x:e}::float8"),
        }
    }

    fn text(self, text: &str) -> String {
        match self {
            // A backslash begins an escape there.
            Dialect::Spark => format!("'{}'", text.replace('\\', "\\\\").replace('\'', "\\'")),
            Dialect::Duckdb | Dialect::Postgres => format!("'{}'", text.replace('\'', "''")),
        }
    }
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
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
    let columns = match args.columns.is_empty() {
        true => Patterns::usual(&assessment),
        false => args.columns.clone(),
    };
    let batch = Batch::new(project, assessment, &columns, &[], Detail::default());
    let patterns = batch.map_err(|wrong| wrong.join("\n")).and_then(|batch| {
        let patterns = Patterns::new(&batch, &columns)?;
        let headings = batch.headings(&args.prefix);
        Ok((patterns, headings))
    });
    match patterns {
        Ok((patterns, headings)) => {
            streams.print(&query(args, &columns, &patterns, &headings))?;
            Ok(Status::Done)
        }
        Err(message) => Ok(streams.fail(&message)),
    }
}

fn query(args: &Args, columns: &[String], patterns: &Patterns, headings: &[String]) -> String {
    let dialect = args.dialect;
    // The last heading is that of errors.
    let names = headings.iter().take(headings.len().saturating_sub(1));
    let names: Vec<String> = names.map(|n| dialect.name(n)).collect();
    let rows = patterns.rows.iter().enumerate().map(|(pattern, cells)| {
        let cells = cells.iter().map(|cell| match cell.parse::<f64>() {
            // An outcome may be named `nan`.
            Ok(x) if cell.starts_with(|c: char| c.is_ascii_digit()) => dialect.number(x),
            _ if cell.is_empty() => "NULL".to_owned(),
            _ => dialect.text(cell),
        });
        let cells: Vec<String> = cells.collect();
        format!("  ({pattern}, {})", cells.join(", "))
    });
    let rows: Vec<String> = rows.collect();
    let places = columns
        .iter()
        .zip(&patterns.steps)
        .map(|(column, (step, unknown))| {
            let column = format!("t.{}", dialect.name(column.trim()));
            let otherwise = match unknown {
                true => format!(
                    "WHEN {column} THEN {step} WHEN NOT {column} THEN {} ELSE 0",
                    2 * step
                ),
                // What holds unless it is said that it does not.
                false => format!("WHEN NOT {column} THEN {step} ELSE 0"),
            };
            format!("CASE {otherwise} END")
        });
    let places: Vec<String> = places.collect();
    let listed: Vec<String> = names.iter().map(|n| format!("v.{n}")).collect();
    format!(
        "WITH assess_verdicts(assess_pattern, {}) AS (VALUES\n{}\n)\nSELECT t.*, {}\nFROM {} AS t\n\
         LEFT JOIN assess_verdicts AS v\n  ON v.assess_pattern = {}\n",
        names.join(", "),
        rows.join(",\n"),
        listed.join(", "),
        args.from,
        places.join("\n   + "),
    )
}
