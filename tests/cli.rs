//! The commands, from arguments to output and exit code: below the binary, on buffers.

mod agenda;
mod as_of;
mod binary;
mod chart;
mod check;
mod diff;
mod eval;
mod explain;
mod fmt;
mod help;
#[cfg(unix)]
mod kill;
mod linting;
mod log;
mod mv;
mod new;
mod report_files;
mod repository;
mod site;
mod testing;

use assess::cli::{Status, Streams, Terminals, run_with};
use assess::render::Look;
use std::ffi::OsString;

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) status: Status,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `assess` with these arguments and nothing on standard input, 80 columns wide and plain.
pub(crate) fn assess(arguments: &[&str]) -> Run {
    assess_with(arguments, b"", false)
}

pub(crate) fn assess_with(arguments: &[&str], mut input: &[u8], colour: bool) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let look = Look { width: 80, colour };
    let arguments = std::iter::once("assess").chain(arguments.iter().copied());
    let status = run_with(
        arguments.map(OsString::from),
        &mut Streams {
            input: &mut input,
            output: &mut out,
            error: &mut err,
            look,
            error_look: look,
            terminals: Terminals::default(),
            cache: None,
        },
    );
    Run {
        status,
        out: String::from_utf8(out).expect("output is UTF-8"),
        err: String::from_utf8(err).expect("messages are UTF-8"),
    }
}
