//! `assess man`: manual pages.

use super::{Status, Streams, help};
use crate::diag::suggest;
use std::io;

/// The manual page of `assess`, or of one of its commands
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess man | man -l -
  assess man check > assess-check.1")]
pub(super) struct Args {
    /// A command; without it, the program's own page
    command: Option<String>,
}

pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let mut command = help::command();
    command.build();
    let page = match &args.command {
        None => clap_mangen::Man::new(command),
        Some(name) => {
            let Some(found) = command.find_subcommand(name) else {
                let names: Vec<&str> = command.get_subcommands().map(|c| c.get_name()).collect();
                let near = suggest::nearest(name, names);
                let hint = suggest::did_you_mean(&near).unwrap_or_default();
                return Ok(streams.fail(&format!("there is no command `{name}`; {hint}")));
            };
            let found = found.clone();
            clap_mangen::Man::new(
                found
                    .display_name(format!("assess-{name}"))
                    .version(env!("CARGO_PKG_VERSION")),
            )
        }
    };
    let source = concat!("assess ", env!("CARGO_PKG_VERSION"));
    page.source(source).render(streams.output)?;
    Ok(Status::Done)
}
