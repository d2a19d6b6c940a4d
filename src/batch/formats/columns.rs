//! What the formats whose columns have types share.
//!
//! In: batches of rows from one format. Out: the same with more columns, to the same or another such format. While
//! some batches are worked on, the next are read.

use super::guard::guarded;
use super::{AT_ONCE, Format, Opened, Trouble};
use crate::batch::Batch;
use crate::batch::typed::{Typed, Verdicts, widened};
use crate::parallel::join;
use arrow_array::RecordBatch;
use arrow_schema::SchemaRef;
use std::fmt::Display;
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

/// How many rows a batch has at most.
pub(super) const ROWS: usize = 8_192;

/// Batches in the order of their rows.
pub(super) type Batches = Box<dyn Iterator<Item = Result<RecordBatch, String>> + Send>;

/// Begins to write a table of a schema.
pub(super) type Begin = fn(&SchemaRef, Pipe) -> Result<Box<dyn Sink>, Trouble>;

/// Takes what is to be written.
pub(super) trait Sink: Send {
    /// Takes more batches with the verdicts of their rows; how many of these are wrong.
    fn write(&mut self, batches: &[RecordBatch], verdicts: &Verdicts<'_>)
    -> Result<usize, Trouble>;

    /// Ends the table.
    fn finish(self: Box<Self>) -> Result<(), Trouble>;
}

/// Bytes on their way from whoever writes a format to whoever takes them.
#[derive(Debug, Clone, Default)]
pub(super) struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    /// What has come since.
    fn take(&self) -> Vec<u8> {
        let taken = self.0.lock().map(|mut bytes| std::mem::take(&mut *bytes));
        taken.unwrap_or_default()
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let Ok(mut held) = self.0.lock() else {
            return Err(io::Error::other("writing was broken off"));
        };
        held.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Batches with the columns of their verdicts, in this schema, and how many rows are wrong.
pub(super) fn widen(
    schema: &SchemaRef,
    batches: &[RecordBatch],
    verdicts: &Verdicts<'_>,
) -> Result<(Vec<RecordBatch>, usize), Trouble> {
    let mut wrong = 0;
    let mut wider = Vec::with_capacity(batches.len());
    for (batch, (columns, bad)) in batches.iter().zip(verdicts.columns()) {
        let all = batch.columns().iter().cloned().chain(columns).collect();
        let made = RecordBatch::try_new(schema.clone(), all);
        wider.push(made.map_err(unwritable)?);
        wrong += bad;
    }
    Ok((wider, wrong))
}

pub(super) fn unreadable(error: impl Display) -> Trouble {
    Trouble::Read(io::Error::other(error.to_string()))
}

pub(super) fn unwritable(error: impl Display) -> Trouble {
    Trouble::Write(io::Error::other(error.to_string()))
}

/// A table of columns with types.
pub(super) struct Source {
    schema: SchemaRef,
    headings: Vec<String>,
    batches: Batches,
}

impl Source {
    pub(super) fn new(schema: SchemaRef, batches: Batches) -> Source {
        let headings = schema.fields().iter().map(|f| f.name().clone()).collect();
        Source {
            schema,
            headings,
            batches,
        }
    }
}

/// The next batches; none at the end.
fn next(batches: &mut Batches) -> Result<Vec<RecordBatch>, Trouble> {
    let read = || {
        let some = batches.by_ref();
        let some = some.filter(|b| !matches!(b, Ok(b) if b.num_rows() == 0));
        some.take(AT_ONCE).collect()
    };
    guarded(read).map_err(unreadable)
}

impl Opened for Source {
    fn headings(&self) -> &[String] {
        &self.headings
    }

    fn run(
        &mut self,
        batch: &Batch,
        new: &[String],
        into: &'static Format,
        out: &mut dyn Write,
    ) -> Result<usize, Trouble> {
        let Some(begin) = into.write else {
            return Err(Trouble::Said(vec![format!(
                "the columns of this table have types, which {} has not: write `.parquet`, `.arrow` or `.arrows`",
                into.title
            )]));
        };
        let mut typed = Typed::new(batch, &self.schema).map_err(Trouble::Said)?;
        let schema = Arc::new(widened(&self.schema, typed.fields(new)));
        let pipe = Pipe::default();
        let mut sink = begin(&schema, pipe.clone())?;
        let mut wrong = 0;
        let mut batches = next(&mut self.batches)?;
        while !batches.is_empty() {
            let work = || {
                let verdicts = typed.evaluate(&batches);
                sink.write(&batches, &verdicts)
            };
            let (done, after) = join(work, || next(&mut self.batches));
            wrong += done?;
            out.write_all(&pipe.take())?;
            batches = after?;
        }
        sink.finish()?;
        out.write_all(&pipe.take())?;
        Ok(wrong)
    }
}
