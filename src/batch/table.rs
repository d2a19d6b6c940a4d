//! A table with what is computed for each row.
//!
//! In: pieces of records. Out: the same records, each with the cells of its verdict behind it. Rows that say
//! the same are evaluated once. What a row is given does not depend on which piece it came in.

use super::records::{self, Piece};
use super::verdict::Value;
use super::worker::{Answered, Worker};
use super::{Batch, Row};
use std::collections::HashMap;
use std::fmt::Write;
use xxhash_rust::xxh3::Xxh3DefaultBuilder;

/// How many different rows are remembered.
const REMEMBERED: usize = 1 << 16;

/// A separator that no cell holds where rows are compared.
const BETWEEN: u8 = 0x1f;

/// Evaluates the records of one table.
#[derive(Debug)]
pub struct Table<'b> {
    batch: &'b Batch,
    headings: &'b [String],
    separator: u8,
    worker: Worker<'b>,
    /// The place of each row's text among `texts`.
    known: HashMap<Box<[u8]>, usize, Xxh3DefaultBuilder>,
    /// Cells as text, and whether they say that the row is wrong.
    texts: Vec<(String, bool)>,
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
                        Value::Number(Some(x)) => {
                            let _ = write!(out, "{x}");
                        }
                        Value::Text(text) => out.push_str(&quoted(text, separator)),
                    }
                });
                out.push(separator);
            }
            Err(wrong) => {
                let width = self.headings("").len();
                out.extend(std::iter::repeat_n(separator, width));
                let _ = write!(out, "\"{}\"", wrong.replace('"', "\"\""));
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
            worker: Worker::new(batch),
            known: HashMap::default(),
            texts: Vec::new(),
        }
    }

    /// A piece's records with their verdicts, and how many of them are wrong.
    pub fn run(&mut self, piece: &Piece) -> (Vec<u8>, usize) {
        if self.known.len() >= REMEMBERED {
            self.known.clear();
            self.texts.clear();
        }
        let width = self.headings.len();
        let named = self.batch.columns.named();
        let mut cells = Vec::new();
        let mut key = Vec::new();
        let mut lines: Vec<(&[u8], usize, usize)> = Vec::new();
        let mut rows: Vec<(usize, Row)> = Vec::new();
        for (_, record) in records::records(&piece.bytes, self.separator) {
            records::split(record, self.separator, &mut cells);
            if cells.len() != width {
                let place = self.texts.len();
                let wrong = format!("the row has {} cells, the heading {width}", cells.len());
                let text = self.batch.cells(&Err(wrong), char::from(self.separator));
                self.texts.push((text, true));
                lines.push((record, width.saturating_sub(cells.len()), place));
                continue;
            }
            key.clear();
            for &column in named {
                key.extend_from_slice(&records::read(cells[column]));
                key.push(BETWEEN);
            }
            let place = match self.known.get(&key[..]) {
                Some(place) => *place,
                None => {
                    let place = self.texts.len();
                    self.known.insert(key.clone().into_boxed_slice(), place);
                    self.texts.push((String::new(), false));
                    let texts = named
                        .iter()
                        .map(|c| String::from_utf8_lossy(&records::read(cells[*c])).into_owned());
                    let texts: Vec<String> = texts.collect();
                    let texts = texts.iter().map(String::as_str);
                    let a = &self.batch.assessment;
                    match Row::read(a, &self.batch.columns, self.headings, texts) {
                        Ok(row) => rows.push((place, row)),
                        Err(wrong) => self.say(place, &Err(wrong)),
                    }
                    place
                }
            };
            lines.push((record, 0, place));
        }
        let (places, rows): (Vec<usize>, Vec<Row>) = rows.into_iter().unzip();
        let answers = self.worker.answers(&rows);
        for (place, answered) in places.into_iter().zip(&answers) {
            self.say(place, answered);
        }
        let mut out = Vec::with_capacity(piece.bytes.len() * 3);
        let mut wrong = 0;
        for (record, missing, place) in lines {
            let (text, is_wrong) = &self.texts[place];
            out.extend_from_slice(record);
            out.extend(std::iter::repeat_n(self.separator, missing));
            out.extend_from_slice(text.as_bytes());
            out.push(b'\n');
            wrong += usize::from(*is_wrong);
        }
        (out, wrong)
    }

    fn say(&mut self, place: usize, answered: &Answered) {
        let text = self.batch.cells(answered, char::from(self.separator));
        self.texts[place] = (text, answered.is_err());
    }
}

/// A text as one cell.
pub fn quoted(text: &str, separator: char) -> String {
    match text.contains([separator, '"', '\n', '\r']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
