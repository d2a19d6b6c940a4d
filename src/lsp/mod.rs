//! The language server: `assess lsp`, on standard input and output.
//!
//! In: messages of the Language Server Protocol. Out: the answers of `ide`, translated. One thread reads,
//! one answers in the order in which it was asked, one computes numbers and findings behind it. An
//! answer is always about the text as it was when it was asked for; what comes too late is dropped.
//! Whatever is received, nothing is written but what a command asks for.

mod capabilities;
mod commands;
mod convert;
mod dispatch;
mod documents;
mod findings;
mod frames;
mod messages;
mod positions;
mod rename;
mod requests;
mod server;
mod uri;
mod worker;

use frames::{Frame, read};
use server::{Event, Server};
use std::io::{BufReader, Read, Write};
use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;

/// How a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// By `shutdown` and `exit`.
    Orderly,
    /// By `exit` alone, or since the client went away.
    Abrupt,
}

/// Stores the verdict of a file, as the command line does: what it says of that, or why it cannot.
pub type Accept = fn(&Path) -> Result<String, String>;

/// Runs a session on this process's standard streams.
pub fn run(accept: Accept) -> End {
    serve(std::io::stdin(), std::io::stdout(), accept)
}

/// Runs a session on any pair of streams.
pub fn serve(input: impl Read + Send + 'static, output: impl Write, accept: Accept) -> End {
    let (send, events) = channel();
    let reader = send.clone();
    // It waits for input until the process ends.
    thread::spawn(move || {
        let mut input = BufReader::new(input);
        loop {
            let frame = read(&mut input);
            let is_last = matches!(frame, Frame::Closed);
            if reader.send(Event::Received(frame)).is_err() || is_last {
                break;
            }
        }
    });
    Server::new(output, send, accept).run(&events)
}
