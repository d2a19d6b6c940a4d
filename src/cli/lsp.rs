//! `assess lsp`: the language server, on standard input and output.
//!
//! An editor starts it. Without the feature `lsp` it says how to have it.

use super::{Status, Streams};
use std::io;
#[cfg(feature = "lsp")]
use std::{ffi::OsString, process::ExitCode};

/// Run the language server for an editor
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess lsp

An editor starts it and talks to it over standard input and output; docs/editors.md says how to set one up.")]
pub(super) struct Args {
    /// Talk over standard input and output, which is what it does in any case
    #[arg(long)]
    stdio: bool,
}

/// Whether the process is to be a server and nothing else: its streams are then not taken up here.
#[cfg(feature = "lsp")]
pub(super) fn is_session(arguments: &[OsString]) -> bool {
    match arguments {
        [_, command] => command == "lsp",
        [_, command, option] => command == "lsp" && option == "--stdio",
        _ => false,
    }
}

/// The session of this process; how it ended is what the protocol asks for.
#[cfg(feature = "lsp")]
pub(super) fn session() -> ExitCode {
    match crate::lsp::run() {
        crate::lsp::End::Orderly => ExitCode::SUCCESS,
        crate::lsp::End::Abrupt => ExitCode::FAILURE,
    }
}

/// A session over other streams.
#[cfg(feature = "lsp")]
pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let _ = args.stdio;
    let mut input = Vec::new();
    streams.input.read_to_end(&mut input)?;
    let end = crate::lsp::serve(io::Cursor::new(input), &mut *streams.output);
    Ok(match end {
        crate::lsp::End::Orderly => Status::Done,
        crate::lsp::End::Abrupt => Status::Found,
    })
}

/// There is none in this build.
#[cfg(not(feature = "lsp"))]
pub(super) fn run(args: &Args, streams: &mut Streams<'_>) -> io::Result<Status> {
    let _ = args.stdio;
    Ok(streams.fail(
        "this `assess` was built without its language server; \
         `cargo install --path . --features lsp` builds it with one",
    ))
}
