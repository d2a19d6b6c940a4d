//! Places as the protocol counts them: lines from 0, and columns in the units that were agreed on.

use crate::ide::Range;
use serde::Serialize;
use serde_json::Value;
use std::sync::Arc;

/// A place: its line from 0, and units of the agreed encoding since the line's beginning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Position {
    pub(super) line: usize,
    pub(super) character: usize,
}

/// From a place up to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Between {
    pub(super) start: Position,
    pub(super) end: Position,
}

/// In what columns are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Encoding {
    /// Bytes.
    Utf8,
    /// Units of 16 bits: what every client knows.
    #[default]
    Utf16,
    /// Characters.
    Utf32,
}

impl Encoding {
    /// The one to use of those that a client offers; its silence is no offer.
    pub(super) fn agreed(offered: &Value) -> Encoding {
        let offers = |name: &str| {
            let list = offered.as_array();
            list.is_some_and(|l| l.iter().any(|e| e.as_str() == Some(name)))
        };
        match () {
            () if offers("utf-8") => Encoding::Utf8,
            () if offers("utf-32") && !offers("utf-16") => Encoding::Utf32,
            () => Encoding::Utf16,
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf32 => "utf-32",
        }
    }

    fn units(self, c: char) -> usize {
        match self {
            Encoding::Utf8 => c.len_utf8(),
            Encoding::Utf16 => c.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }

    /// How many units begin in these bytes, of which the first may lie within a character.
    fn count(self, bytes: &[u8]) -> usize {
        let leads = |b: &&u8| **b & 0xc0 != 0x80;
        match self {
            Encoding::Utf8 => bytes.len(),
            Encoding::Utf32 => bytes.iter().filter(leads).count(),
            // What takes four bytes takes two units.
            Encoding::Utf16 => {
                let pairs = bytes.iter().filter(|b| **b >= 0xf0).count();
                bytes.iter().filter(leads).count() + pairs
            }
        }
    }
}

/// How far apart units are counted, so that places on a very long line stay cheap.
const STRIDE: usize = 4096;

/// What is counted once for a text.
#[derive(Debug)]
pub(super) struct Index {
    /// Where each line begins.
    starts: Vec<usize>,
    /// The units before each [`STRIDE`] bytes.
    counted: Vec<usize>,
}

impl Index {
    pub(super) fn of(text: &str, encoding: Encoding) -> Index {
        let mut starts = vec![0];
        let bytes = text.as_bytes();
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            // A return alone ends a line as well.
            if bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n') {
                starts.push(at + 1);
            }
        }
        let mut sum = 0;
        let counted = bytes.chunks(STRIDE).map(|stride| {
            let before = sum;
            sum += encoding.count(stride);
            before
        });
        let mut counted: Vec<usize> = counted.collect();
        // For the end of a text that fills its last stride.
        counted.push(sum);
        Index { starts, counted }
    }
}

/// A text's lines, ready to be counted.
#[derive(Debug)]
pub(super) struct Lines<'t> {
    text: &'t str,
    encoding: Encoding,
    index: Arc<Index>,
}

impl<'t> Lines<'t> {
    pub(super) fn new(text: &'t str, encoding: Encoding) -> Self {
        Lines::indexed(text, Arc::new(Index::of(text, encoding)), encoding)
    }

    /// With what was counted of the text before.
    pub(super) fn indexed(text: &'t str, index: Arc<Index>, encoding: Encoding) -> Self {
        Lines {
            text,
            encoding,
            index,
        }
    }

    fn line(&self, line: usize) -> &'t str {
        let starts = &self.index.starts;
        let start = starts.get(line).copied();
        let end = starts.get(line + 1).copied();
        let start = start.unwrap_or(self.text.len());
        let text = &self.text[start..end.unwrap_or(self.text.len())];
        text.trim_end_matches(['\n', '\r'])
    }

    /// The units before a byte.
    fn before(&self, offset: usize) -> usize {
        let stride = offset / STRIDE;
        let rest = &self.text.as_bytes()[stride * STRIDE..offset];
        self.index.counted.get(stride).copied().unwrap_or_default() + self.encoding.count(rest)
    }

    /// A byte as line and column; one inside a character counts as its start.
    pub(super) fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let starts = &self.index.starts;
        let line = starts.partition_point(|&s| s <= offset) - 1;
        // Between a return and a new line there is no place.
        let offset = offset.min(starts[line] + self.line(line).len());
        let start = starts[line];
        let column = match offset - start < STRIDE {
            true => {
                let bytes = &self.text.as_bytes()[start..offset];
                self.encoding.count(bytes)
            }
            false => self.before(offset) - self.before(start),
        };
        Position {
            line,
            character: column,
        }
    }

    pub(super) fn range(&self, range: &Range) -> Between {
        Between {
            start: self.position(range.start),
            end: self.position(range.end),
        }
    }

    /// The byte of a line and column; the nearest one where there is none.
    pub(super) fn offset(&self, position: &Value) -> usize {
        let number = |key: &str| position[key].as_u64().unwrap_or(0) as usize;
        let (line, column) = (number("line"), number("character"));
        let Some(&start) = self.index.starts.get(line) else {
            return self.text.len();
        };
        let mut left = column;
        let mut at = start;
        for c in self.line(line).chars() {
            let units = self.encoding.units(c);
            if left < units {
                break;
            }
            left -= units;
            at += c.len_utf8();
        }
        at
    }

    /// The bytes of a range; an empty one where it ends before it begins.
    pub(super) fn bytes(&self, range: &Value) -> Range {
        let (start, end) = (self.offset(&range["start"]), self.offset(&range["end"]));
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn places_go_there_and_back_in_every_encoding() {
        let text = "a é🙂b\r\n\n日本\rx";
        for encoding in [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32] {
            let lines = Lines::new(text, encoding);
            for (at, c) in text.char_indices() {
                // Between a return and a new line there is no place.
                if c == '\n' && text[..at].ends_with('\r') {
                    continue;
                }
                let place = json!(lines.position(at));
                assert_eq!(lines.offset(&place), at, "{encoding:?} {at}");
            }
        }
        let long = "é🙂".repeat(5_000);
        let lines = Lines::new(&long, Encoding::Utf16);
        assert_eq!(
            json!(lines.position(24_000)),
            json!({"line": 0, "character": 12_000})
        );
        let lines = Lines::new(text, Encoding::Utf16);
        assert_eq!(
            json!(lines.position(10)),
            json!({"line": 0, "character": 6})
        );
        let far = json!({"line": 9, "character": 9});
        assert_eq!(lines.offset(&far), text.len());
        assert_eq!(lines.offset(&json!({"line": 1, "character": 99})), 11);
        assert_eq!(lines.offset(&json!({"line": -1})), 0);
        // In the middle of a pair.
        assert_eq!(lines.offset(&json!({"line": 0, "character": 4})), 4);
    }
}
