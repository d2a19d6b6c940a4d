//! A run of the command below the binary, on buffers.

use assess::cli::{Status, Streams, Terminals, run_with};
use assess::render::Look;
use std::ffi::OsString;

/// Its status, output and messages, 80 columns wide.
pub(crate) fn run(arguments: &[&str], mut input: &[u8], colour: bool) -> (Status, Vec<u8>, String) {
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
    let err = String::from_utf8(err).expect("messages are UTF-8");
    (status, out, err)
}
