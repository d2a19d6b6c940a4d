//! `assess schema`: JSON Schema of every JSON output.

use super::{Status, Streams};
use crate::render::SHAPES;
use clap::builder::PossibleValuesParser;
use std::fmt::Write;
use std::io;

/// Print the JSON Schema of what commands write with `--format json`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess schema               the names of all schemas
  assess schema check > check.schema.json
  assess schema config        the settings of `assess.toml`, for editors
  assess schema all           one object with the schema of each")]
pub(super) struct Args {
    /// A command, `baseline`, `config`, or `all` of them in one object [default: list the names]
    #[arg(value_parser = PossibleValuesParser::new(SHAPES.iter().map(|s| s.command).chain([ALL])))]
    name: Option<String>,
}

/// The name of all schemas together.
const ALL: &str = "all";

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let Some(name) = args.name.as_deref() else {
        streams.print(&list())?;
        return Ok(Status::Done);
    };
    if let Some(shape) = SHAPES.iter().find(|s| s.command == name) {
        streams.print(&shape.schema())?;
        return Ok(Status::Done);
    }
    let all = SHAPES.iter().map(|shape| {
        let schema: serde_json::Value = serde_json::from_str(&shape.schema())?;
        Ok((shape.command.to_owned(), schema))
    });
    let all: serde_json::Map<_, _> = all.collect::<serde_json::Result<_>>()?;
    streams.print(&format!("{:#}\n", serde_json::Value::from(all)))?;
    Ok(Status::Done)
}

/// What there is, a line each.
fn list() -> String {
    let mut out = String::new();
    for shape in SHAPES {
        let _ = writeln!(out, "{:<10}{}", shape.command, shape.about);
    }
    let _ = writeln!(out, "{ALL:<10}one object with all of them, by name");
    out
}
