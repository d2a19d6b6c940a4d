//! Messages on a stream: a header with a length, then so many bytes of JSON.
//!
//! In: bytes. Out: one message after another. What is no message is told as such, and the next one is
//! looked for; a length beyond all reason is not believed.

use lsp_server::Message;
use serde::Serialize;
use std::io::{self, BufRead, Read, Write};

/// The longest message that is read, in bytes.
const MOST: usize = 64 << 20;

/// The longest line of a header.
const LINE: u64 = 4096;

/// What was read.
#[derive(Debug)]
pub(super) enum Frame {
    /// A message.
    Message(Message),
    /// A piece that is none: why.
    Broken(String),
    /// Nothing more comes.
    Closed,
}

/// The next message.
pub(super) fn read(input: &mut impl BufRead) -> Frame {
    let mut length: Option<usize> = None;
    loop {
        let mut line = Vec::new();
        match input.by_ref().take(LINE).read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => return Frame::Closed,
            Ok(_) => {}
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        if line.is_empty() {
            match length {
                Some(_) => break,
                // Blank lines between messages are nobody's business.
                None => continue,
            }
        }
        if let Some((key, value)) = line.split_once(':')
            && key.trim().eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().ok();
            if length.is_none() {
                return Frame::Broken("the length of a message is no number".to_owned());
            }
        }
    }
    let length = length.unwrap_or_default();
    if length > MOST {
        let skipped = io::copy(&mut input.by_ref().take(length as u64), &mut io::sink());
        return match skipped {
            Ok(_) => Frame::Broken(format!("a message has {MOST} bytes at most")),
            Err(_) => Frame::Closed,
        };
    }
    let mut bytes = Vec::new();
    match input.by_ref().take(length as u64).read_to_end(&mut bytes) {
        Ok(n) if n == length => {}
        _ => return Frame::Closed,
    }
    match serde_json::from_slice(&bytes) {
        Ok(message) => Frame::Message(message),
        Err(error) => Frame::Broken(format!("this is no message: {error}")),
    }
}

/// Writes a message.
pub(super) fn write(output: &mut impl Write, message: &impl Serialize) -> io::Result<()> {
    write_text(output, &serde_json::to_string(message)?)
}

/// Writes the text of a message.
pub(super) fn write_text(output: &mut impl Write, text: &str) -> io::Result<()> {
    write!(output, "Content-Length: {}\r\n\r\n{text}", text.len())?;
    output.flush()
}
