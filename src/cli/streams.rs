//! Where a command reads and writes, and how it ends.
//!
//! In: the process's streams, or a test's buffers. Out: [`Streams`] that know their width and
//! whether colour is wanted.

use super::Colour;
use crate::render::Look;
use clap::builder::StyledStr;
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::PathBuf;
use std::process::ExitCode;

/// How a run ended; the worst of several counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// The work was done and nothing was found: 0.
    Done,
    /// The work was done and something was found: 1.
    Found,
    /// The work could not be done: 2.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(status as u8)
    }
}

/// Where a command reads and writes.
pub struct Streams<'a> {
    /// What `-` reads.
    pub input: &'a mut dyn Read,
    /// Results.
    pub output: &'a mut dyn Write,
    /// Everything else that is said.
    pub error: &'a mut dyn Write,
    /// What the output can show.
    pub look: Look,
    /// What the error stream can show.
    pub error_look: Look,
    /// Which streams are a terminal.
    pub terminals: Terminals,
    /// The folder where results are kept between runs; none to keep nothing.
    pub cache: Option<PathBuf>,
}

/// Which streams are a terminal, where a screen can be cleared and progress be shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Terminals {
    /// The output.
    pub output: bool,
    /// The error stream.
    pub error: bool,
}

impl Streams<'_> {
    /// Writes a result.
    pub(super) fn print(&mut self, text: &str) -> io::Result<()> {
        self.output.write_all(text.as_bytes())
    }

    /// Writes a result that need not be text.
    pub(super) fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.output.write_all(bytes)
    }

    /// Says something that is no result. Where nobody listens, nothing is lost.
    pub(super) fn say(&mut self, text: &str) {
        let _ = self.error.write_all(text.as_bytes());
    }

    /// Says why the work could not be done.
    pub(super) fn fail(&mut self, message: &str) -> Status {
        // Names of files and what other programs say may hold anything.
        let message = crate::text::clean::lines(message);
        self.say(&format!("error: {message}\n"));
        Status::Failed
    }

    /// Writes help.
    pub(super) fn styled(&mut self, text: &StyledStr) -> io::Result<()> {
        let text = paint(text, self.look);
        self.output.write_all(text.as_bytes())
    }

    /// Writes what is wrong with the arguments.
    pub(super) fn styled_error(&mut self, text: &StyledStr) -> io::Result<()> {
        let text = paint(text, self.error_look);
        self.error.write_all(text.as_bytes())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.output.flush()
    }
}

fn paint(text: &StyledStr, look: Look) -> String {
    let mut text = if look.colour {
        text.ansi().to_string()
    } else {
        text.to_string()
    };
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// Runs something on this process's own streams.
pub(super) fn with_process_streams(
    colour: Colour,
    run: impl FnOnce(&mut Streams<'_>) -> Status,
) -> Status {
    let output = io::stdout().lock();
    let error = io::stderr();
    let width = width(&output);
    let look = |wanted| Look {
        width,
        colour: match colour {
            Colour::Auto => wanted,
            Colour::Always => true,
            Colour::Never => false,
        },
    };
    let wants_colour = |choice| choice != anstream::ColorChoice::Never;
    let terminals = Terminals {
        output: output.is_terminal(),
        error: error.is_terminal(),
    };
    run(&mut Streams {
        terminals,
        cache: super::check::default_folder(),
        look: look(wants_colour(anstream::AutoStream::choice(&output))),
        error_look: look(wants_colour(anstream::AutoStream::choice(&error))),
        input: &mut io::stdin(),
        output: &mut BufWriter::new(output),
        error: &mut error.lock(),
    })
}

/// The width to write for, within reason: what COLUMNS says, the terminal's, or 80 columns.
pub(super) fn width(output: &impl IsTerminal) -> usize {
    let stated = std::env::var("COLUMNS").ok();
    let stated = stated.and_then(|columns| columns.trim().parse::<usize>().ok());
    let terminal = || {
        let size = output.is_terminal().then(terminal_size::terminal_size);
        size.flatten().map(|(width, _)| usize::from(width.0))
    };
    let columns = stated.filter(|&n| n > 0).or_else(terminal);
    columns.unwrap_or(80).clamp(60, 120)
}
