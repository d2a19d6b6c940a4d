//! CSV, record by record (RFC 4180), without holding more than a piece of it.
//!
//! In: bytes. Out: pieces of whole records, whose cells are given as they stand and as they read. A quoted
//! cell may hold separators, quotation marks (doubled) and line ends. Blank lines are no records.

use memchr::{memchr, memchr2};
use std::borrow::Cow;
use std::io::{self, Read};

/// How many bytes of records are worked on at once.
const PIECE: usize = 1 << 18;

/// A record larger than this is none: a quotation mark was opened and never closed.
const LONGEST: usize = 1 << 24;

/// Reads a table piece by piece.
pub struct Records<R> {
    input: R,
    separator: u8,
    buffer: Vec<u8>,
    /// How much of the buffer was given out.
    used: usize,
    ended: bool,
    /// Whether a byte-order mark stands before the first record.
    pub marked: bool,
    /// The line at which the next piece begins, from 1.
    line: usize,
}

/// Whole records.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// The line at which it begins.
    pub line: usize,
}

impl<R: Read> Records<R> {
    /// Begins a table, past a byte-order mark.
    ///
    /// # Errors
    ///
    /// As reading.
    pub fn new(input: R, separator: Option<u8>) -> io::Result<Records<R>> {
        let mut records = Records {
            input,
            separator: separator.unwrap_or(b','),
            buffer: Vec::new(),
            used: 0,
            ended: false,
            marked: false,
            line: 1,
        };
        records.more()?;
        // As spreadsheets save "Unicode text".
        if matches!(records.buffer[..], [0xff, 0xfe, ..] | [0xfe, 0xff, ..]) {
            return Err(io::Error::other("it is text in UTF-16; save it as UTF-8"));
        }
        if records.buffer.starts_with(b"\xef\xbb\xbf") {
            records.used = 3;
            records.marked = true;
        }
        let text = &records.buffer[records.used..];
        if memchr(b'\n', text).is_none()
            && memchr(b'\r', text).is_some_and(|at| at + 1 < text.len())
        {
            return Err(io::Error::other(
                "its lines end in a carriage return alone, as on old Macs; save it with line feeds",
            ));
        }
        if separator.is_none() {
            records.separator = guess(&records.buffer[records.used..]);
        }
        Ok(records)
    }

    /// Separator of cells.
    pub fn separator(&self) -> u8 {
        self.separator
    }

    /// The first record, which names the columns; none where there is nothing.
    ///
    /// # Errors
    ///
    /// As reading; a record without end.
    pub fn heading(&mut self) -> io::Result<Option<Vec<String>>> {
        let piece = self.take(1)?;
        let mut cells = Vec::new();
        let Some(record) = records(&piece.bytes, self.separator).next() else {
            return Ok(None);
        };
        split(record.1, self.separator, &mut cells);
        let text = |cell: &&[u8]| {
            let cell = read(cell).into_owned();
            String::from_utf8(cell).map_err(|error| {
                let shown = String::from_utf8_lossy(error.as_bytes()).into_owned();
                io::Error::other(format!(
                    "the heading `{shown}` is no text in UTF-8; save it as UTF-8"
                ))
            })
        };
        cells.iter().map(text).collect::<io::Result<_>>().map(Some)
    }

    /// The next records; empty at the end.
    ///
    /// # Errors
    ///
    /// As reading; a record without end.
    pub fn piece(&mut self) -> io::Result<Piece> {
        self.take(usize::MAX)
    }

    fn take(&mut self, most: usize) -> io::Result<Piece> {
        loop {
            let rest = &self.buffer[self.used..];
            let mut end = 0;
            let mut found = 0;
            for (after, record) in ends(rest, self.separator) {
                end = after;
                found += usize::from(!record.is_empty());
                if found >= most || end >= PIECE {
                    break;
                }
            }
            if found > 0 && (end >= PIECE || found >= most) || self.ended {
                // The last record may end without a line end.
                if self.ended && found < most && end < PIECE {
                    let text = &rest[end..];
                    if is_open(text, self.separator) {
                        return Err(self.unclosed(end));
                    }
                    end = rest.len();
                }
                let bytes = rest[..end].to_vec();
                let line = self.line;
                self.line += memchr::memchr_iter(b'\n', &bytes).count();
                self.used += end;
                return Ok(Piece { bytes, line });
            }
            if rest.len() - end > LONGEST {
                return Err(self.unclosed(end));
            }
            self.more()?;
        }
    }

    fn unclosed(&self, at: usize) -> io::Error {
        let before = &self.buffer[self.used..self.used + at];
        let line = self.line + memchr::memchr_iter(b'\n', before).count();
        io::Error::other(format!(
            "a quotation mark that opens in line {line} is never closed"
        ))
    }

    fn more(&mut self) -> io::Result<()> {
        self.buffer.drain(..self.used);
        self.used = 0;
        let before = self.buffer.len();
        let want = (PIECE + (PIECE >> 2)).max(before);
        let mut input = self.input.by_ref().take(want as u64);
        if input.read_to_end(&mut self.buffer)? < want {
            self.ended = true;
        }
        Ok(())
    }
}

/// The records of some bytes with how many bytes end with each; blank lines are left out.
pub(super) fn records(bytes: &[u8], separator: u8) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let rest = &bytes[at..];
            let (length, text) = ends(rest, separator).next().unwrap_or((rest.len(), rest));
            let start = at;
            at += length;
            if !text.is_empty() {
                return Some((start, text));
            }
        }
        None
    })
}

/// Every record that ends with a line end: where it ends, and its bytes without that.
fn ends(bytes: &[u8], separator: u8) -> impl Iterator<Item = (usize, &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        loop {
            let rest = &bytes[at..];
            let next = memchr2(b'\n', b'"', rest)?;
            if rest[next] == b'\n' {
                let text = &bytes[start..at + next];
                at += next + 1;
                return Some((at, text.strip_suffix(b"\r").unwrap_or(text)));
            }
            let mark = at + next;
            at = mark + 1;
            // A mark within a cell that does not begin with one is a sign like any other.
            let opens = mark == start || bytes[mark - 1] == separator;
            if opens {
                at = close(bytes, at)?;
            }
        }
    })
}

/// Past the mark that closes a quoted cell.
fn close(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        at += memchr(b'"', &bytes[at..])? + 1;
        if bytes.get(at) != Some(&b'"') {
            return Some(at);
        }
        at += 1;
    }
}

/// Whether a record's last cell is quoted and has no end.
fn is_open(text: &[u8], separator: u8) -> bool {
    let mut text = text.to_vec();
    text.push(b'\n');
    ends(&text, separator).next().is_none()
}

/// The cells of a record as they stand.
pub(super) fn split<'t>(record: &'t [u8], separator: u8, cells: &mut Vec<&'t [u8]>) {
    cells.clear();
    let mut at = 0;
    loop {
        let start = at;
        if record.get(at) == Some(&b'"') {
            at = close(record, at + 1).unwrap_or(record.len());
        }
        match memchr(separator, &record[at..]) {
            Some(next) => {
                cells.push(&record[start..at + next]);
                at += next + 1;
            }
            None => {
                cells.push(&record[start..]);
                return;
            }
        }
    }
}

/// A cell as it reads: without its quotation marks.
pub(super) fn read(cell: &[u8]) -> Cow<'_, [u8]> {
    let inner = cell.strip_prefix(b"\"").and_then(|c| c.strip_suffix(b"\""));
    match inner {
        None => Cow::Borrowed(cell),
        Some(inner) if !inner.contains(&b'"') => Cow::Borrowed(inner),
        Some(inner) => {
            let mut out = Vec::with_capacity(inner.len());
            let mut marks = 0;
            for &byte in inner {
                marks = if byte == b'"' { marks + 1 } else { 0 };
                if marks != 2 {
                    out.push(byte);
                } else {
                    marks = 0;
                }
            }
            Cow::Owned(out)
        }
    }
}

/// The separator that the first line has most of.
fn guess(bytes: &[u8]) -> u8 {
    let line = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |sign: u8| line.iter().filter(|b| **b == sign).count();
    let signs = [b'|', b'\t', b';', b','];
    signs.into_iter().max_by_key(|s| count(*s)).unwrap_or(b',')
}

#[cfg(test)]
mod tests {
    use super::{Records, read, records, split};

    fn all(text: &str) -> Vec<Vec<String>> {
        let mut reader = Records::new(text.as_bytes(), None).expect("a table");
        let mut rows = vec![reader.heading().expect("a heading").unwrap_or_default()];
        let separator = reader.separator();
        loop {
            let piece = reader.piece().expect("a piece");
            if piece.bytes.is_empty() {
                return rows;
            }
            for (_, record) in records(&piece.bytes, separator) {
                let mut cells = Vec::new();
                split(record, separator, &mut cells);
                let text = |c: &&[u8]| String::from_utf8_lossy(&read(c)).into_owned();
                rows.push(cells.iter().map(text).collect());
            }
        }
    }

    #[test]
    fn cells_may_hold_anything() {
        let rows = all("\u{feff}a,b\r\n\"x,\"\"y\"\"\nz\",2\n\n5\" pipe,4");
        assert_eq!(rows[0], ["a", "b"]);
        assert_eq!(rows[1], ["x,\"y\"\nz", "2"]);
        assert_eq!(rows[2], ["5\" pipe", "4"]);
        assert_eq!(rows.len(), 3);
        assert_eq!(all("a;b;c\n1,5;2;3\n")[1], ["1,5", "2", "3"]);
        assert_eq!(all(""), [Vec::<String>::new()]);
    }

    #[test]
    fn large_tables_come_in_pieces_and_lose_nothing() {
        let mut text = String::from("n,text\n");
        for n in 0..100_000 {
            text.push_str(&format!("{n},\"a\nb\"\n"));
        }
        let rows = all(&text);
        assert_eq!(rows.len(), 100_001);
        assert!(
            rows.iter()
                .skip(1)
                .enumerate()
                .all(|(n, r)| r[0] == n.to_string())
        );
    }

    #[test]
    fn a_mark_that_is_never_closed_is_an_error() {
        let text = "a,b\n1,2\n3,\"4\n5,6\n";
        let mut reader = Records::new(text.as_bytes(), None).expect("a table");
        reader.heading().expect("a heading");
        let wrong = reader.piece().expect_err("never closed").to_string();
        assert!(wrong.contains("line 3"), "{wrong}");
    }
}
