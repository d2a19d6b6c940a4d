//! `assess sql`: a file's verdict as one query over a table.
//!
//! In: a file and the names of a table's columns. Out: a SELECT that gives every row its verdict. What rows
//! can say with truths is computed here, once for each pattern of them; the database looks it up, so that
//! no logarithm of its own makes a difference. Chances are weights of what was computed so.

mod chances;
mod dialect;
mod query;

use super::batch::load;
use super::{Status, Streams};
use crate::batch::{Batch, Detail, Patterns};
use crate::resolve::assessment::Assessment;
use dialect::Dialect;
use std::io;
use std::path::PathBuf;

/// Print a file's verdict as an SQL query over a table
#[derive(Debug, clap::Args)]
#[command(after_help = "\
The query reads columns that say whether an event, factor or assumption of the file is so: TRUE, FALSE,
or NULL: as the file says. With `--chances` they hold an event's chance, from 0 to 1, that it is so
already. Each row keeps its columns and gets those that `assess batch` adds.

Examples:
  assess sql nato.assess --from countries --columns ceasefire,drift > verdict.sql
  assess sql nato.assess --from countries --columns drift --chances ceasefire --dialect spark
  assess sql nato.assess --from read_csv('countries.csv') --columns ceasefire --dialect duckdb")]
pub(super) struct Args {
    /// File to read; `-` reads standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The table to read, as written after FROM
    #[arg(long, value_name = "TABLE")]
    from: String,

    /// Columns of the table that say whether something is true, with commas between them; may be repeated [default: all that may be false]
    #[arg(long, value_name = "NAMES")]
    columns: Vec<String>,

    /// Columns of the table that hold the chance of an event, likewise
    #[arg(long, value_name = "NAMES")]
    chances: Vec<String>,

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

/// Names between commas; a title that has some is one name.
fn listed(a: &Assessment, given: &[String]) -> Vec<String> {
    let names = given.iter().flat_map(|text| {
        let is_title = a.drivers.values().any(|d| d.title == text.trim());
        match is_title {
            true => vec![text.clone()],
            false => text.split(',').map(str::to_owned).collect(),
        }
    });
    names.collect()
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let (project, assessment) = match load(&args.file, args.stdin_name.as_deref(), streams) {
        Ok(loaded) => loaded,
        Err(status) => return Ok(status),
    };
    let mut columns = match args.columns.is_empty() && args.chances.is_empty() {
        true => Patterns::usual(&assessment),
        false => listed(&assessment, &args.columns),
    };
    let chances = listed(&assessment, &args.chances);
    let held = chances.len();
    columns.extend(chances);
    // Every column was named to be read: none is passed through.
    let batch = Batch::new(project, assessment, &columns, None, Detail::default());
    let printed = batch.and_then(|batch| {
        let chances = chances::events(&batch, &columns, held);
        let chances = chances.map_err(|wrong| vec![wrong])?;
        let patterns = Patterns::new(&batch, &columns).map_err(|wrong| vec![wrong])?;
        Ok(query::Query {
            dialect: args.dialect,
            from: &args.from,
            prefix: &args.prefix,
            batch: &batch,
            columns: &columns,
            patterns: &patterns,
            chances,
        }
        .text())
    });
    match printed {
        Ok(query) => {
            streams.print(&query)?;
            Ok(Status::Done)
        }
        Err(wrong) => {
            for message in wrong {
                streams.fail(&message);
            }
            Ok(Status::Failed)
        }
    }
}
