//! One assessment, batches of rows: the engine of `assess batch` on Arrow's columns.
//!
//! In: record batches of one schema, whose columns are read where they lie. Out: the same with the columns of `assess
//! batch` behind theirs, in their order. What a row is given depends on its own cells alone, whatever the number of
//! threads and the size of the batches.

use crate::source::Source;
use crate::threads::Threads;
use crate::{Told, refused, unfinished};
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, Schema, SchemaRef};
use assess::batch::typed::{Typed, widened};
use assess::batch::{Batch, Detail};
use assess::infer::meter::Meter;
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

/// No piece has more rows, and no more pieces are worked on at once: as in the command, so that memory beside the table
/// is bounded.
const ROWS: usize = 1 << 13;
const AT_ONCE: usize = 8;

/// What is wanted of a table.
pub(crate) struct Wanted {
    pub(crate) detail: Detail,
    pub(crate) keep: Vec<String>,
    pub(crate) prefix: String,
    /// How many threads; as many as the machine has where it is 0.
    pub(crate) threads: usize,
}

/// Makes an assessment ready for the rows of a table with these headings; whoever stops the meter wants no more of them.
pub(crate) fn prepare(
    source: &Source,
    headings: &[String],
    wanted: &Wanted,
    meter: &Meter,
) -> Result<Batch, Told> {
    let (project, assessment) = source.assessment()?;
    let batch = Batch::new(project, assessment, headings, Some(&wanted.keep), wanted.detail);
    let batch = batch.map_err(|wrong| refused(options(&wrong)))?;
    let new = batch.headings(&wanted.prefix);
    let twice = new
        .iter()
        .find(|new| headings.iter().any(|h| h.trim() == **new));
    match twice {
        None => Ok(batch.watched(meter)),
        Some(name) => Err(refused(format!(
            "the table has a column `{name}` already; tell the new ones apart with `prefix`"
        ))),
    }
}

/// Sentences of the command, with its options as Python has them.
fn options(wrong: &[String]) -> String {
    let own = wrong.iter().map(|text| {
        let mut parts = text.split("`--keep \"");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            out.push_str("`keep=[\"");
            out.push_str(&part.replacen("\"`", "\"]`", 1));
        }
        out
    });
    own.collect::<Vec<_>>().join("\n")
}

/// Pieces with their verdicts, and how many of their rows have none.
type Found = Result<(Vec<RecordBatch>, usize), ArrowError>;

struct Job {
    pieces: Vec<RecordBatch>,
    found: Sender<Found>,
}

/// A thread that holds the model, and hands rows to others.
pub(crate) struct Engine {
    pub(crate) schema: SchemaRef,
    jobs: Sender<Job>,
    meter: Meter,
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.meter.stop();
    }
}

impl Engine {
    /// Starts it for tables of a schema.
    pub(crate) fn new(
        source: Source,
        table: SchemaRef,
        wanted: Wanted,
        meter: Meter,
    ) -> Result<Engine, Told> {
        let (jobs, todo) = channel();
        let (told, heard) = channel();
        let own = meter.clone();
        std::thread::spawn(move || serve(&source, &table, &wanted, &own, &told, &todo));
        let schema = heard.recv().map_err(|_| unfinished())??;
        Ok(Engine {
            schema,
            jobs,
            meter,
        })
    }

    /// Pieces with their verdicts.
    fn run(&self, pieces: Vec<RecordBatch>) -> Found {
        let (found, heard) = channel();
        let broken = || ArrowError::ComputeError(unfinished().0);
        let sent = self.jobs.send(Job { pieces, found });
        sent.map_err(|_| broken())?;
        heard.recv().map_err(|_| broken())?
    }
}

/// Prepares the model, says what the table will look like, and evaluates what comes.
fn serve(
    source: &Source,
    table: &Schema,
    wanted: &Wanted,
    meter: &Meter,
    told: &Sender<Result<SchemaRef, Told>>,
    todo: &Receiver<Job>,
) {
    let headings: Vec<String> = table.fields().iter().map(|f| f.name().clone()).collect();
    let batch = prepare(source, &headings, wanted, meter);
    let begun = batch.as_ref().map_err(Told::clone).and_then(|batch| {
        let typed = Typed::new(batch, table);
        let typed = typed.map_err(|wrong| refused(options(&wrong)))?;
        let fields = typed.fields(&batch.headings(&wanted.prefix));
        let threads = Threads::new(wanted.threads)?;
        Ok((typed, threads, Arc::new(widened(table, fields))))
    });
    let (mut typed, threads, schema) = match begun {
        Ok((typed, threads, schema)) => {
            // Whoever asked may have gone.
            let _ = told.send(Ok(Arc::clone(&schema)));
            (typed, threads, schema)
        }
        Err(error) => {
            let _ = told.send(Err(error));
            return;
        }
    };
    for job in todo {
        let new = threads.run(|| typed.run(&job.pieces));
        let _ = job.found.send(match meter.is_stopped() {
            // What was left out on the way has no verdict.
            true => Err(ArrowError::ComputeError(unfinished().0)),
            false => wider(&schema, &job.pieces, new),
        });
    }
}

/// Pieces with more columns.
fn wider(
    schema: &SchemaRef,
    pieces: &[RecordBatch],
    new: Vec<(Vec<arrow_array::ArrayRef>, usize)>,
) -> Found {
    let mut out = Vec::with_capacity(pieces.len());
    let mut wrong = 0;
    for (piece, (columns, bad)) in pieces.iter().zip(new) {
        let all = piece.columns().iter().cloned().chain(columns).collect();
        out.push(RecordBatch::try_new(Arc::clone(schema), all)?);
        wrong += bad;
    }
    Ok((out, wrong))
}

/// A table's pieces with their verdicts, evaluated as they are read.
pub(crate) struct Reading {
    table: Box<dyn RecordBatchReader + Send>,
    engine: Engine,
    /// Pieces that were read and are not evaluated yet, and those that are.
    waiting: VecDeque<RecordBatch>,
    ready: VecDeque<RecordBatch>,
    ended: bool,
    /// How many rows had no verdict so far.
    pub(crate) wrong: usize,
}

impl Reading {
    pub(crate) fn new(table: Box<dyn RecordBatchReader + Send>, engine: Engine) -> Reading {
        Reading {
            table,
            engine,
            waiting: VecDeque::new(),
            ready: VecDeque::new(),
            ended: false,
            wrong: 0,
        }
    }

    /// Reads as much as is worked on at once.
    fn read(&mut self) -> Result<(), ArrowError> {
        while self.waiting.len() < AT_ONCE && !self.ended {
            match self.table.next() {
                None => self.ended = true,
                Some(batch) => {
                    let batch = batch?;
                    let rows = batch.num_rows();
                    let starts = (0..rows).step_by(ROWS);
                    self.waiting
                        .extend(starts.map(|at| batch.slice(at, ROWS.min(rows - at))));
                }
            }
        }
        Ok(())
    }
}

impl Iterator for Reading {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty() {
            let read = self.read();
            let some = self.waiting.len().min(AT_ONCE);
            let pieces: Vec<RecordBatch> = self.waiting.drain(..some).collect();
            let found = read.and_then(|()| self.engine.run(pieces));
            match found {
                Ok((pieces, wrong)) => {
                    self.ready.extend(pieces);
                    self.wrong += wrong;
                }
                Err(error) => return Some(Err(error)),
            }
        }
        self.ready.pop_front().map(Ok)
    }
}

impl RecordBatchReader for Reading {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.engine.schema)
    }
}
