//! A table with types, and what is computed for each row.
//!
//! In: batches of columns. Out: for each batch the columns of its verdicts, in the order of [`Batch::headings`].
//! Rows that say the same are evaluated once; columns of true and false are compared as patterns of bits.

mod kept;
mod keys;

use super::workers::Workers;
use super::{Batch, Row};
use crate::parallel::*;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use kept::Kept;
use keys::{Column, Keys, Kind};
use std::collections::HashMap;
use std::sync::Arc;
use xxhash_rust::xxh3::Xxh3DefaultBuilder;

/// About how many bytes of different rows and their verdicts are remembered.
const REMEMBERED: usize = 1 << 26;

/// Marks the place of a row that its batch brought, among those that it did.
const FRESH: u32 = 1 << 31;

/// Evaluates the batches of one table.
#[derive(Debug)]
pub struct Typed<'b> {
    batch: &'b Batch,
    headings: Vec<String>,
    kinds: Vec<Kind>,
    workers: Workers<'b>,
    known: Known,
    kept: Kept<'b>,
}

/// Places of rows by their key: a key of one word is common, and is found quickest.
#[derive(Debug)]
enum Known {
    One(HashMap<u64, u32, Xxh3DefaultBuilder>),
    Many(HashMap<Box<[u64]>, u32, Xxh3DefaultBuilder>),
}

/// A key that is new, and its row.
type Fresh = (Box<[u64]>, Result<Row, String>);

/// What a batch's rows say.
struct Read {
    places: Vec<u32>,
    /// What nobody has said yet, in the order of its first row.
    fresh: Vec<Fresh>,
}

impl<'b> Typed<'b> {
    /// One for tables of this schema, whose columns' names are the headings that the batch was made with.
    ///
    /// # Errors
    ///
    /// A sentence for each column whose type cannot say what its name means.
    pub fn new(batch: &'b Batch, schema: &Schema) -> Result<Typed<'b>, Vec<String>> {
        let kinds = keys::kinds(batch, schema)?;
        let known = match keys::fit_a_word(&kinds) {
            true => Known::One(HashMap::default()),
            false => Known::Many(HashMap::default()),
        };
        Ok(Typed {
            batch,
            headings: schema.fields().iter().map(|f| f.name().clone()).collect(),
            kinds,
            workers: Workers::new(batch),
            known,
            kept: Kept::new(batch),
        })
    }

    /// The fields of what is added, named so.
    pub fn fields(&self, headings: &[String]) -> Vec<Field> {
        let numeric = self.batch.numeric().into_iter();
        let typed = headings.iter().zip(numeric);
        let field = |(name, is_number): (&String, bool)| {
            let kind = match is_number {
                true => DataType::Float64,
                false => DataType::Utf8,
            };
            Field::new(name.clone(), kind, true)
        };
        typed.map(field).collect()
    }

    /// What is added to each batch, and how many of its rows are wrong.
    pub fn run(&mut self, batches: &[RecordBatch]) -> Vec<(Vec<ArrayRef>, usize)> {
        if self.kept.size() >= REMEMBERED {
            self.known.clear();
            self.kept.clear();
        }
        let read: Vec<Read> = batches.par_iter().map(|batch| self.read(batch)).collect();
        let mut rows = Vec::new();
        let mut jobs = Vec::with_capacity(batches.len());
        for read in read {
            let mut places = Vec::with_capacity(read.fresh.len());
            for (key, row) in read.fresh {
                let next = (self.kept.len() + rows.len()) as u32;
                let words = key.len();
                let place = self.known.place(key, next);
                if place == next {
                    self.kept.count(words);
                    rows.push(row);
                }
                places.push(place);
            }
            jobs.push((read.places, places));
        }
        let kept = &self.kept;
        let made = self.workers.map(rows, |answered| kept.make(answered));
        self.kept.extend(made);
        let kept = &self.kept;
        let columns = jobs.into_par_iter().map(|(mut places, fresh)| {
            for place in places.iter_mut().filter(|p| **p & FRESH != 0) {
                *place = fresh[(*place & !FRESH) as usize];
            }
            kept.columns(&places)
        });
        columns.collect()
    }

    fn read(&self, batch: &RecordBatch) -> Read {
        let named = self.batch.columns.named().iter().zip(&self.kinds);
        let columns: Vec<Column<'_>> = named
            .map(|(&at, kind)| Column::new(batch.column(at), *kind))
            .collect();
        let keys = Keys::new(&columns, batch.num_rows(), self.known.is_one());
        let mut read = Read {
            places: Vec::with_capacity(batch.num_rows()),
            fresh: Vec::new(),
        };
        let mut own = self.known.like();
        for row in 0..batch.num_rows() {
            let key = keys.of(row);
            let known = self.known.get(key);
            read.places.push(match known {
                Some(place) => place,
                None => {
                    let next = read.fresh.len() as u32;
                    let place = own.get(key).unwrap_or(next);
                    if place == next {
                        own.place(key.into(), next);
                        read.fresh.push((key.into(), self.row(&columns, row)));
                    }
                    place | FRESH
                }
            });
        }
        read
    }

    fn row(&self, columns: &[Column<'_>], row: usize) -> Result<Row, String> {
        let cells = columns.iter().map(|c| c.given(row));
        let a = &self.batch.assessment;
        Row::of(a, &self.batch.columns, &self.headings, cells)
    }
}

impl Known {
    fn is_one(&self) -> bool {
        matches!(self, Known::One(_))
    }

    /// An empty one for the same keys.
    fn like(&self) -> Known {
        match self {
            Known::One(_) => Known::One(HashMap::default()),
            Known::Many(_) => Known::Many(HashMap::default()),
        }
    }

    fn get(&self, key: &[u64]) -> Option<u32> {
        match self {
            Known::One(places) => places.get(key.first()?).copied(),
            Known::Many(places) => places.get(key).copied(),
        }
    }

    /// The place of a key; the next one, where it has none yet.
    fn place(&mut self, key: Box<[u64]>, next: u32) -> u32 {
        match self {
            Known::One(places) => *places
                .entry(key.first().copied().unwrap_or(0))
                .or_insert(next),
            Known::Many(places) => *places.entry(key).or_insert(next),
        }
    }

    fn clear(&mut self) {
        *self = self.like();
    }
}

/// A schema with more fields behind its own.
pub fn widened(schema: &Schema, fields: Vec<Field>) -> Schema {
    let own = schema.fields().iter().cloned();
    let all: Vec<_> = own.chain(fields.into_iter().map(Arc::new)).collect();
    Schema::new_with_metadata(all, schema.metadata().clone())
}
