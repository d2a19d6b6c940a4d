//! `assess schema`: JSON Schema of every JSON output.

use super::{Status, Streams};
use crate::render::SHAPES;
use clap::builder::PossibleValuesParser;
use std::io;

/// JSON Schema of what the commands print with `--format json`
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess schema check > check.schema.json
  assess schema config        what `assess.toml` may hold, for editors
  assess schema               one object with the schema of each")]
pub(super) struct Args {
    /// A command; without one, all schemas in one object, by command
    #[arg(value_parser = PossibleValuesParser::new(SHAPES.iter().map(|s| s.command)))]
    name: Option<String>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let wanted = SHAPES
        .iter()
        .find(|s| Some(s.command) == args.name.as_deref());
    let json = match wanted {
        Some(shape) => (shape.schema)().to_value(),
        None => SHAPES
            .iter()
            .map(|shape| (shape.command.to_owned(), (shape.schema)().to_value()))
            .collect::<serde_json::Map<_, _>>()
            .into(),
    };
    streams.print(&format!("{json:#}\n"))?;
    Ok(Status::Done)
}
