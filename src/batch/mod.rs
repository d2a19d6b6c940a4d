//! One assessment, many rows: a table whose columns are named like the file's things.
//!
//! In: a project without mistakes, the headings of a table, rows of cells as text. Out: for every row the
//! outcomes by horizon, or why there are none. A row means what `assess eval` with `--set`, `--with` and
//! `--without` would mean by the same words: `spelt` writes these, and is asked wherever numbers alone
//! cannot tell. Nothing is read or written here but by `formats`, from and to what it is handed.

mod cells;
mod codes;
mod columns;
mod fill;
pub mod formats;
mod hashed;
mod heading;
mod patterns;
mod records;
mod row;
mod spelt;
mod table;
mod truths;
#[cfg(feature = "tables")]
pub mod typed;
mod variant;
mod verdict;
mod worker;
mod workers;

pub use columns::Columns;
pub use heading::{Meaning, Thing};
pub use patterns::Patterns;
pub use records::{Piece, Records};
pub use row::Row;
pub use table::{Table, quoted};
pub use verdict::Value;
pub use worker::{Answer, Answered, At, Detail, Worker};

use crate::infer::meter::Meter;
use crate::project::Project;
use crate::resolve::assessment::Assessment;

/// How many take a share of the rows each; the same on every machine.
const WORKERS: usize = 8;

/// An assessment made ready for rows.
#[derive(Debug)]
pub struct Batch {
    project: Project,
    /// What the file says.
    pub assessment: Assessment,
    /// What each column of the table means.
    pub columns: Columns,
    /// What is computed beside the probabilities.
    pub detail: Detail,
    /// Whoever stops it wants no more rows.
    meter: Meter,
    /// The scale's words, each with the least chance that it is given.
    words: Vec<(f64, String)>,
}

impl Batch {
    /// Reads a table's headings; those in `keep` mean nothing, whatever they are. It is none where all columns are to be read.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them, a sentence each.
    pub fn new(
        project: Project,
        assessment: Assessment,
        headings: &[String],
        keep: Option<&[String]>,
        detail: Detail,
    ) -> Result<Batch, Vec<String>> {
        let columns = Columns::read(&assessment, headings, keep)?;
        let words = assessment.scale.steps().into_iter();
        Ok(Batch {
            words: words.map(|(p, word)| (p, word.to_owned())).collect(),
            project,
            assessment,
            columns,
            detail,
            meter: Meter::default(),
        })
    }

    /// The same with a meter: once it is stopped, rows that are not evaluated yet have no verdict.
    pub fn watched(self, meter: &Meter) -> Batch {
        Batch {
            meter: meter.clone(),
            ..self
        }
    }

    /// The scale's words, each with the least chance that it is given.
    pub fn words(&self) -> &[(f64, String)] {
        &self.words
    }
}
