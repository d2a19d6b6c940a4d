//! A CSV table with what is computed for each row.
//!
//! In: pieces of records. Out: the same records, each with the cells of its verdict behind it. Rows that say
//! the same are evaluated once. What a row is given does not depend on which piece it came in.

use super::hashed::Hashed;
use super::records::{self, Piece};
use super::verdict::Value;
use super::worker::Answered;
use super::workers::Workers;
use super::{Batch, Row};
use crate::parallel::*;
use crate::text::shortest;
use std::collections::HashMap;

/// About how many bytes of different rows and their verdicts are remembered.
const REMEMBERED: usize = 1 << 26;

/// What a row takes beside its own bytes and those of its verdict.
const BESIDE: usize = 96;

/// A separator that no cell holds where rows are compared.
const BETWEEN: u8 = 0x1f;

/// Evaluates the records of one table.
#[derive(Debug)]
pub struct Table<'b> {
    batch: &'b Batch,
    headings: &'b [String],
    separator: u8,
    workers: Workers<'b>,
    /// The place of each row's text among `texts`.
    known: Places,
    /// Cells as text, and whether they say that the row is wrong.
    texts: Vec<(String, bool)>,
    /// About how many bytes all of them take.
    size: usize,
}

/// Rows by what they say.
type Places = HashMap<Box<[u8]>, usize, Hashed>;

/// A record, and where its verdict stands: among those that are known, or among those that its piece brought.
struct Line {
    at: std::ops::Range<usize>,
    missing: usize,
    place: Result<usize, usize>,
}

/// A key that is new, and its row.
type Fresh = (Box<[u8]>, Result<Row, String>);

/// What a piece's records say.
struct Read {
    lines: Vec<Line>,
    /// What nobody has said yet, in the order of its first record.
    fresh: Vec<Fresh>,
}

impl Batch {
    /// A verdict's cells, each behind a separator.
    fn cells(&self, answered: &Answered, separator: char) -> String {
        let mut out = String::new();
        match answered {
            Ok(answer) => {
                self.values(answer, |value| {
                    out.push(separator);
                    match value {
                        Value::Number(None) => {}
                        Value::Number(Some(x)) => shortest::push(&mut out, x),
                        Value::Text(text) => out.push_str(&quoted(text, separator)),
                    }
                });
                out.push(separator);
            }
            Err(wrong) => {
                let width = self.headings("").len();
                out.extend(std::iter::repeat_n(separator, width));
                out.push('"');
                out.push_str(&wrong.replace('"', "\"\""));
                out.push('"');
            }
        }
        out
    }
}

impl<'b> Table<'b> {
    /// One for a table with these headings.
    pub fn new(batch: &'b Batch, headings: &'b [String], separator: u8) -> Table<'b> {
        Table {
            batch,
            headings,
            separator,
            workers: Workers::new(batch),
            known: HashMap::default(),
            texts: Vec::new(),
            size: 0,
        }
    }

    /// The records of each piece with their verdicts, and how many of them are wrong.
    pub fn run(&mut self, pieces: &[Piece]) -> Vec<(Vec<u8>, usize)> {
        if self.size >= REMEMBERED {
            self.known.clear();
            self.texts.clear();
            self.size = 0;
        }
        let read: Vec<Read> = pieces.par_iter().map(|piece| self.read(piece)).collect();
        let mut rows = Vec::new();
        let mut jobs = Vec::with_capacity(pieces.len());
        for (piece, read) in pieces.iter().zip(read) {
            let mut places = Vec::with_capacity(read.fresh.len());
            for (key, row) in read.fresh {
                let next = self.texts.len() + rows.len();
                self.size += key.len() + BESIDE;
                let place = *self.known.entry(key).or_insert(next);
                if place == next {
                    rows.push(row);
                }
                places.push(place);
            }
            jobs.push((piece, read.lines, places));
        }
        let (batch, separator) = (self.batch, char::from(self.separator));
        let made = self.workers.map(rows, |answered| {
            (batch.cells(answered, separator), answered.is_err())
        });
        self.size += made.iter().map(|m| m.0.len()).sum::<usize>();
        self.texts.extend(made);
        let written = jobs.into_par_iter().map(|(piece, lines, places)| {
            let mut out = Vec::with_capacity(self.width(&lines, &places));
            let mut wrong = 0;
            for line in lines {
                let place = line.place.unwrap_or_else(|fresh| places[fresh]);
                let (text, is_wrong) = &self.texts[place];
                out.extend_from_slice(&piece.bytes[line.at]);
                out.extend(std::iter::repeat_n(self.separator, line.missing));
                out.extend_from_slice(text.as_bytes());
                out.push(b'\n');
                wrong += usize::from(*is_wrong);
            }
            (out, wrong)
        });
        written.collect()
    }

    /// How many bytes are written of a piece.
    fn width(&self, lines: &[Line], places: &[usize]) -> usize {
        let each = lines.iter().map(|line| {
            let place = line.place.unwrap_or_else(|fresh| places[fresh]);
            line.at.len() + line.missing + self.texts[place].0.len() + 1
        });
        each.sum()
    }

    fn read(&self, piece: &Piece) -> Read {
        let width = self.headings.len();
        let named = self.batch.columns.named();
        let mut cells = Vec::new();
        let mut key = Vec::new();
        let mut own = Places::default();
        let mut read = Read {
            lines: Vec::new(),
            fresh: Vec::new(),
        };
        for (start, record) in records::records(&piece.bytes, self.separator) {
            records::split(record, self.separator, &mut cells);
            key.clear();
            match cells.len() == width {
                true => {
                    for &column in named {
                        key.extend_from_slice(&records::read(cells[column]));
                        key.push(BETWEEN);
                    }
                }
                // No other key ends like this.
                false => key.extend(cells.len().to_string().into_bytes()),
            }
            let place = match self.known.get(&key[..]) {
                Some(place) => Ok(*place),
                None => Err(match own.get(&key[..]) {
                    Some(place) => *place,
                    None => {
                        let key: Box<[u8]> = key.as_slice().into();
                        own.insert(key.clone(), read.fresh.len());
                        read.fresh.push((key, self.row(&cells)));
                        read.fresh.len() - 1
                    }
                }),
            };
            read.lines.push(Line {
                at: start..start + record.len(),
                missing: width.saturating_sub(cells.len()),
                place,
            });
        }
        read
    }

    fn row(&self, cells: &[&[u8]]) -> Result<Row, String> {
        let width = self.headings.len();
        if cells.len() != width {
            let cell = if cells.len() == 1 { "cell" } else { "cells" };
            return Err(format!(
                "the row has {} {cell}, the heading {width}",
                cells.len()
            ));
        }
        let columns = &self.batch.columns;
        let texts = columns.named().iter();
        let texts = texts.map(|c| String::from_utf8_lossy(&records::read(cells[*c])).into_owned());
        let texts: Vec<String> = texts.collect();
        let texts = texts.iter().map(String::as_str);
        Row::read(&self.batch.assessment, columns, self.headings, texts)
    }
}

/// A text as one cell.
pub fn quoted(text: &str, separator: char) -> String {
    match text.contains([separator, '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
