//! A table with types, and what is computed for each row.
//!
//! In: batches of columns. Out: for each batch the columns of its verdicts, in the order of [`Batch::headings`].
//! Rows that say the same are evaluated once; columns of true and false are compared as bits.

mod bits;
mod coded;
mod kept;
mod keyed;
mod keys;

use super::cells::Given;
use super::codes::Codes;
use super::workers::Workers;
use super::{Batch, Row};
use crate::parallel::*;
use arrow_array::{ArrayRef, RecordBatch};
use arrow_schema::{DataType, Field, Schema};
use coded::Coded;
use kept::Kept;
use keyed::Keyed;
use keys::{Column, Kind};
use std::sync::Arc;

/// About how many bytes of different rows and their verdicts are remembered.
const REMEMBERED: usize = 1 << 26;

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

/// Places of rows by what they say.
#[derive(Debug)]
enum Known {
    Coded(Coded),
    Keyed(Keyed),
}

impl<'b> Typed<'b> {
    /// One for tables of this schema, whose columns' names are the headings that the batch was made with.
    ///
    /// # Errors
    ///
    /// A sentence for each column whose type cannot say what its name means.
    pub fn new(batch: &'b Batch, schema: &Schema) -> Result<Typed<'b>, Vec<String>> {
        let kinds = keys::kinds(batch, schema)?;
        let codes = Codes::new(batch).filter(|_| keys::are_truths(&kinds));
        let known = match codes {
            Some(codes) => Known::Coded(Coded::new(codes)),
            None => Known::Keyed(Keyed::default()),
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
        self.evaluate(batches).columns()
    }

    /// Evaluates batches.
    pub fn evaluate(&mut self, batches: &[RecordBatch]) -> Verdicts<'_> {
        if self.kept.size() >= REMEMBERED {
            match &mut self.known {
                Known::Coded(known) => known.clear(),
                Known::Keyed(known) => known.clear(),
            }
            self.kept.clear();
        }
        let (a, columns, headings) = (&self.batch.assessment, &self.batch.columns, &self.headings);
        let row = |cells: Vec<Given<'_>>| Row::of(a, columns, headings, cells);
        let (named, kinds) = (columns.named(), &self.kinds);
        let read = batches.par_iter().map(|batch| {
            let named = named.iter().zip(kinds);
            let columns = named.map(|(&at, kind)| Column::new(batch.column(at), *kind));
            (columns.collect(), batch.num_rows())
        });
        let read: Vec<(Vec<Column<'_>>, usize)> = read.collect();
        let (kept, workers) = (&mut self.kept, &mut self.workers);
        let places = match &mut self.known {
            Known::Coded(known) => known.places(&read, kept, workers, row),
            Known::Keyed(known) => known.places(&read, kept, workers, row),
        };
        Verdicts {
            kept: &self.kept,
            places,
        }
    }
}

/// The verdicts of some batches.
#[derive(Debug)]
pub struct Verdicts<'t> {
    kept: &'t Kept<'t>,
    /// By batch and row.
    places: Vec<Vec<u32>>,
}

impl Verdicts<'_> {
    /// The columns that each batch is given, and how many of its rows are wrong.
    pub fn columns(&self) -> Vec<(Vec<ArrayRef>, usize)> {
        let places = self.places.par_iter();
        places.map(|places| self.kept.columns(places)).collect()
    }

    /// Goes through what stands in a batch's rows: which verdict, told by a number that is the row's as long as
    /// [`Verdicts::since`] stays the same.
    pub(super) fn rows(&self, batch: usize) -> &[u32] {
        &self.places[batch]
    }

    /// Changes when verdicts that were remembered are forgotten.
    pub(super) fn since(&self) -> u64 {
        self.kept.since()
    }

    /// A verdict's numbers, not a number where there is none; its texts, places among [`Verdicts::words`], if any; and
    /// why there are none.
    pub(super) fn of(&self, row: u32) -> (&[f64], &[u32], Option<&str>) {
        self.kept.of(row)
    }

    /// Names and words that stand in columns of text.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.kept.words()
    }

    /// Whether each column holds numbers, without that of errors.
    pub(super) fn numeric(&self) -> &[bool] {
        self.kept.numeric()
    }
}

/// A schema with more fields behind its own.
pub fn widened(schema: &Schema, fields: Vec<Field>) -> Schema {
    let own = schema.fields().iter().cloned();
    let all: Vec<_> = own.chain(fields.into_iter().map(Arc::new)).collect();
    Schema::new_with_metadata(all, schema.metadata().clone())
}
