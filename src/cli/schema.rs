//! `assess schema`: JSON Schema of every JSON output.

use super::{Status, Streams};
use crate::render::SHAPES;
use clap::builder::PossibleValuesParser;
use std::fmt::Write;
use std::io;

/// JSON Schema of what the commands print with `--format json`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess schema               the names of all schemas
  assess schema check > check.schema.json
  assess schema config        what `assess.toml` may hold, for editors
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
    let json = match SHAPES.iter().find(|s| s.command == name) {
        Some(shape) => shape.schema().to_value(),
        None => SHAPES
            .iter()
            .map(|shape| (shape.command.to_owned(), shape.schema().to_value()))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    };
    streams.print(&format!("{json:#}\n"))?;
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
