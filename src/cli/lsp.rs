//! `assess lsp`: the language server, on standard input and output.
//!
//! An editor starts it. Without the feature `lsp` it says how to have it.

use super::{Status, Streams};
use std::io;
#[cfg(feature = "lsp")]
use std::{ffi::OsString, path::Path, process::ExitCode};

/// Run the language server for an editor
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  assess lsp

An editor starts it and talks to it over standard input and output; docs/editors.md says how to set one up.")]
pub(super) struct Args {
    /// Use standard input and output; this is the default
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
    match crate::lsp::run(accept) {
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
    let end = crate::lsp::serve(io::Cursor::new(input), &mut *streams.output, accept);
    Ok(match end {
        crate::lsp::End::Orderly => Status::Done,
        crate::lsp::End::Abrupt => Status::Found,
    })
}

/// Stores a file's verdict for the server.
#[cfg(feature = "lsp")]
fn accept(path: &Path) -> Result<String, String> {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = ["assess", "test", "--accept"].map(OsString::from);
    let arguments = arguments.into_iter().chain([path.as_os_str().to_owned()]);
    let look = crate::workspace::LOOK;
    let mut streams = Streams {
        input: &mut io::empty(),
        output: &mut out,
        error: &mut err,
        look,
        error_look: look,
        terminals: super::Terminals::default(),
        cache: None,
    };
    let status = super::run_with(arguments, &mut streams);
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    match status {
        Status::Failed => Err(said(&err)),
        _ => Ok(format!("{}{}", said(&out), said(&err))),
    }
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
