//! Where text comes from: files by id, spans into them, and lines and columns.
//!
//! In: names and texts. Out: [`Span`]s that know their file, and [`Position`]s for people and JSON.
//! No file is read here; `project` does that.

use std::ops::Range;
use std::sync::OnceLock;

/// How the lines of a text end.
pub(crate) fn line_end(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}

/// A text without the byte-order mark that some editors put in front.
pub(crate) fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

/// A file of a [`SourceMap`], by the order of its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A half-open range of bytes in one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file that the bytes stand in.
    pub file: FileId,
    /// The first byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span of `file` from byte `start` to byte `end`.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Span {
            file,
            start: start as u32,
            end: end as u32,
        }
    }

    /// From this span's start to the end of `other`, which stands later in the same file.
    pub fn to(self, other: Span) -> Self {
        Span {
            end: other.end.max(self.end),
            ..self
        }
    }

    /// The empty span at this span's start.
    pub fn at_start(self) -> Self {
        Span {
            end: self.start,
            ..self
        }
    }

    /// The empty span at this span's end.
    pub fn at_end(self) -> Self {
        Span {
            start: self.end,
            ..self
        }
    }

    /// Whether `other` lies within this span.
    pub fn contains(self, other: Span) -> bool {
        self.file == other.file && self.start <= other.start && other.end <= self.end
    }
}

/// A place in a file, as people and editors count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalar values.
    pub column: usize,
    /// From 0, in bytes.
    pub offset: usize,
}

/// One file's name and text.
#[derive(Debug, Clone)]
pub struct Source {
    /// As the user wrote it on the command line, with `/` between folders.
    pub name: String,
    /// The whole text, a byte-order mark and carriage returns included.
    pub text: String,
    lines: Vec<u32>,
    /// Characters before each [`STRIDE`] bytes, counted once a long line needs it.
    counted: OnceLock<Vec<u32>>,
}

/// How far apart characters are counted, so that columns of a very long line stay cheap.
const STRIDE: usize = 4096;

impl Source {
    /// A source with its table of lines.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let mut lines = vec![0];
        lines.extend(memchr::memchr_iter(b'\n', text.as_bytes()).map(|i| i as u32 + 1));
        Source {
            name: name.into(),
            text,
            lines,
            counted: OnceLock::new(),
        }
    }

    /// Line and column of a byte offset; one inside a character counts as its start.
    pub fn position(&self, offset: usize) -> Position {
        let offset = self.text.floor_char_boundary(offset);
        let line = self
            .lines
            .partition_point(|&start| start as usize <= offset);
        let start = self.lines[line - 1] as usize;
        Position {
            line,
            column: self.characters(start, offset) + 1,
            offset,
        }
    }

    /// How many characters stand between two of their boundaries.
    fn characters(&self, start: usize, end: usize) -> usize {
        if end - start < 2 * STRIDE {
            return self.text[start..end].chars().count();
        }
        let counted = self.counted.get_or_init(|| {
            let mut sum = 0;
            let strides = self.text.as_bytes().chunks(STRIDE).map(|stride| {
                let before = sum;
                sum += leading(stride) as u32;
                before
            });
            strides.collect()
        });
        let before = |offset: usize| {
            let stride = offset / STRIDE;
            let rest = &self.text.as_bytes()[stride * STRIDE..offset];
            counted.get(stride).map_or(0, |&n| n as usize) + leading(rest)
        };
        before(end) - before(start)
    }

    /// How many lines there are; what follows the last line end is one, even if empty.
    pub fn line_count(&self) -> usize {
        self.lines.len()
    }

    /// The bytes of a line, counted from 1, without its line end.
    pub fn line_range(&self, line: usize) -> Range<usize> {
        let text = self.line(line);
        let start = self
            .lines
            .get(line - 1)
            .map_or(self.text.len(), |&s| s as usize);
        start..start + text.len()
    }

    /// The text of a line, counted from 1, without its line end.
    pub fn line(&self, line: usize) -> &str {
        let start = self
            .lines
            .get(line - 1)
            .map_or(self.text.len(), |&s| s as usize);
        let end = self
            .lines
            .get(line)
            .map_or(self.text.len(), |&s| s as usize);
        self.text[start..end].trim_end_matches(['\n', '\r'])
    }
}

/// How many characters start in these bytes.
fn leading(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| b & 0xc0 != 0x80).count()
}

/// All files of one run.
#[derive(Debug, Clone, Default)]
pub struct SourceMap {
    sources: Vec<Source>,
}

impl SourceMap {
    /// An empty map.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file and gives its id.
    pub fn add(&mut self, source: Source) -> FileId {
        self.sources.push(source);
        FileId(self.sources.len() as u32 - 1)
    }

    /// Gives files other names; those that get none keep theirs.
    pub fn rename(&mut self, new: impl Fn(&str) -> Option<String>) {
        for source in &mut self.sources {
            if let Some(name) = new(&source.name) {
                source.name = name;
            }
        }
    }

    /// The file of an id that this map gave.
    pub fn source(&self, file: FileId) -> &Source {
        &self.sources[file.0 as usize]
    }

    /// The bytes that a span covers.
    pub fn text(&self, span: Span) -> &str {
        &self.source(span.file).text[span.start as usize..span.end as usize]
    }

    /// All files in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.sources
            .iter()
            .enumerate()
            .map(|(i, s)| (FileId(i as u32), s))
    }
}
