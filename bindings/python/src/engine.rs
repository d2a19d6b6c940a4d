//! One assessment, batches of rows, threads.
//!
//! In: record batches of one schema. Out: the same with the columns of `assess batch` behind theirs, in their order.
//! What a row is given depends on its own cells alone, whatever the number of threads and the size of the batches.

use crate::coding::{Codes, alike, is_readable};
use crate::source::Source;
use crate::{Told, refused};
use arrow_array::builder::{Float64Builder, StringBuilder};
use arrow_array::{ArrayRef, RecordBatch, RecordBatchReader, UInt32Array};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use arrow_select::take::take;
use assess::batch::{Answered, Batch, Detail, Row, Value, Worker};
use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};

/// No piece has more rows, so that memory beside the table is bounded.
const MOST: usize = 1 << 16;

/// Fewer rows are not worth another thread.
const LEAST: usize = 1 << 12;

/// How many different rows a thread remembers.
const REMEMBERED: usize = 1 << 16;

/// After so many different rows a thread looks whether anybody still waits.
const AT_ONCE: usize = 1 << 10;

/// A separator that no cell holds where rows are compared.
const BETWEEN: char = '\u{1f}';

/// What is wanted of a table.
pub(crate) struct Wanted {
    pub(crate) detail: Detail,
    pub(crate) keep: Vec<String>,
    pub(crate) prefix: String,
    /// How many threads; as many as the machine has where it is 0.
    pub(crate) threads: usize,
}

/// Makes an assessment ready for the rows of a table with these headings.
pub(crate) fn prepare(
    source: &Source,
    headings: &[String],
    wanted: &Wanted,
) -> Result<Batch, Told> {
    let (project, assessment) = source.assessment()?;
    let batch = Batch::new(project, assessment, headings, &wanted.keep, wanted.detail);
    let batch = batch.map_err(|wrong| refused(wrong.join("\n")))?;
    let new = batch.headings(&wanted.prefix);
    let twice = new
        .iter()
        .find(|new| headings.iter().any(|h| h.trim() == **new));
    match twice {
        None => Ok(batch),
        Some(name) => Err(refused(format!(
            "the table has a column `{name}` already; tell the new ones apart with `prefix`"
        ))),
    }
}

type Found = Result<(RecordBatch, usize), ArrowError>;

struct Job {
    place: usize,
    piece: RecordBatch,
    found: Sender<(usize, Found)>,
}

/// Threads that evaluate rows.
pub(crate) struct Engine {
    pub(crate) schema: SchemaRef,
    threads: Vec<Sender<Job>>,
    /// Set where nobody waits any more.
    stopped: Arc<AtomicBool>,
}

impl Drop for Engine {
    fn drop(&mut self) {
        self.stopped.store(true, Ordering::Relaxed);
    }
}

impl Engine {
    /// Starts the threads for tables of a schema.
    pub(crate) fn new(
        source: &Source,
        table: &Schema,
        wanted: &Wanted,
        stopped: Arc<AtomicBool>,
    ) -> Result<Engine, Told> {
        let headings = table.fields().iter().map(|f| f.name().clone());
        let headings: Vec<String> = headings.collect();
        let batch = prepare(source, &headings, wanted)?;
        for &column in batch.columns.named() {
            let kind = table.field(column).data_type();
            if !is_readable(kind) {
                let name = &headings[column];
                return Err(refused(format!(
                    "the column `{name}` holds {kind}: it takes true, false, numbers and texts"
                )));
            }
        }
        let mut fields = table.fields().to_vec();
        let kinds = batch.numeric().into_iter().map(|number| match number {
            true => DataType::Float64,
            false => DataType::Utf8,
        });
        let new = batch.headings(&wanted.prefix).into_iter().zip(kinds);
        fields.extend(new.map(|(name, kind)| Arc::new(Field::new(name, kind, true))));
        let schema = Arc::new(Schema::new_with_metadata(fields, table.metadata().clone()));
        let shared = Arc::new((batch, headings, Arc::clone(&schema)));
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let count = if wanted.threads == 0 {
            cores
        } else {
            wanted.threads
        };
        let start = |_| {
            let (sender, jobs) = channel::<Job>();
            let (shared, stopped) = (Arc::clone(&shared), Arc::clone(&stopped));
            std::thread::spawn(move || {
                let (batch, headings, schema) = &*shared;
                let mut part = Part::new(batch, headings, schema, &stopped);
                for job in jobs {
                    // Whoever asked may have gone.
                    let _ = job.found.send((job.place, part.run(&job.piece)));
                }
            });
            sender
        };
        Ok(Engine {
            schema,
            threads: (0..count).map(start).collect(),
            stopped,
        })
    }

    /// A batch with its verdicts, in pieces, and how many rows have none.
    pub(crate) fn run(&self, table: &RecordBatch) -> Result<(Vec<RecordBatch>, usize), ArrowError> {
        let rows = table.num_rows();
        let size = rows.div_ceil(self.threads.len()).clamp(LEAST, MOST);
        let (sender, found) = channel();
        let mut count = 0;
        for (place, start) in (0..rows).step_by(size).enumerate() {
            let piece = table.slice(start, size.min(rows - start));
            let job = Job {
                place,
                piece,
                found: sender.clone(),
            };
            let sent = self.threads[place % self.threads.len()].send(job);
            sent.map_err(|_| unfinished())?;
            count += 1;
        }
        drop(sender);
        let mut done: Vec<(usize, Found)> = found.into_iter().collect();
        if done.len() < count {
            return Err(unfinished());
        }
        done.sort_by_key(|d| d.0);
        let done: Result<Vec<_>, ArrowError> = done.into_iter().map(|d| d.1).collect();
        let (pieces, wrong): (Vec<_>, Vec<_>) = done?.into_iter().unzip();
        Ok((pieces, wrong.into_iter().sum()))
    }
}

fn unfinished() -> ArrowError {
    ArrowError::ComputeError("this was not finished".to_owned())
}

/// What one thread knows.
struct Part<'b> {
    batch: &'b Batch,
    headings: &'b [String],
    schema: &'b SchemaRef,
    stopped: &'b AtomicBool,
    worker: Worker<'b>,
    known: HashMap<String, usize, foldhash::fast::FixedState>,
    answers: Vec<Answered>,
}

impl<'b> Part<'b> {
    fn new(
        batch: &'b Batch,
        headings: &'b [String],
        schema: &'b SchemaRef,
        stopped: &'b AtomicBool,
    ) -> Part<'b> {
        Part {
            stopped,
            batch,
            headings,
            schema,
            worker: Worker::new(batch),
            known: HashMap::default(),
            answers: Vec::new(),
        }
    }

    fn run(&mut self, piece: &RecordBatch) -> Found {
        let named = self.batch.columns.named().iter();
        let columns: Result<Vec<Codes>, ArrowError> =
            named.map(|c| Codes::new(piece.column(*c))).collect();
        let columns = columns?;
        let (ids, firsts) = alike(&columns, piece.num_rows());
        let places = self.places(&columns, &firsts)?;
        let mut out = Out::new(self.batch, places.len());
        for &place in &places {
            out.push(self.batch, &self.answers[place]);
        }
        let new = out.finish();
        let mut wrong = vec![0usize; places.len()];
        for (count, place) in wrong.iter_mut().zip(&places) {
            *count = usize::from(self.answers[*place].is_err());
        }
        let wrong = ids.iter().map(|id| wrong[*id as usize]).sum();
        let mut arrays = piece.columns().to_vec();
        let ids = UInt32Array::from(ids);
        for array in new {
            arrays.push(match firsts.len() == piece.num_rows() {
                true => array,
                false => take(&array, &ids, None)?,
            });
        }
        let table = RecordBatch::try_new(Arc::clone(self.schema), arrays)?;
        Ok((table, wrong))
    }

    /// Where the answers to some different rows stand.
    fn places(&mut self, columns: &[Codes], firsts: &[u32]) -> Result<Vec<usize>, ArrowError> {
        if self.known.len() >= REMEMBERED {
            self.known.clear();
            self.answers.clear();
        }
        let mut places = Vec::with_capacity(firsts.len());
        let (mut rows, mut waiting) = (Vec::new(), Vec::new());
        for &first in firsts {
            let mut key = String::new();
            for column in columns {
                key.push_str(column.text(first));
                key.push(BETWEEN);
            }
            let next = self.answers.len();
            let place = *self.known.entry(key).or_insert(next);
            places.push(place);
            if place < next {
                continue;
            }
            let texts = columns.iter().map(|column| column.text(first));
            let of = &self.batch.columns;
            let row = Row::read(&self.batch.assessment, of, self.headings, texts);
            // What stands here until the answer is there is replaced below.
            self.answers.push(Err(String::new()));
            match row {
                Ok(row) => {
                    rows.push(row);
                    waiting.push(place);
                }
                Err(wrong) => self.answers[place] = Err(wrong),
            }
        }
        for (places, rows) in waiting.chunks(AT_ONCE).zip(rows.chunks(AT_ONCE)) {
            if self.stopped.load(Ordering::Relaxed) {
                return Err(unfinished());
            }
            for (place, answer) in places.iter().zip(self.worker.answers(rows)) {
                self.answers[*place] = answer;
            }
        }
        Ok(places)
    }
}

enum Builder {
    Number(Float64Builder),
    Text(StringBuilder),
}

/// The columns of verdicts; the last says what is wrong.
struct Out(Vec<Builder>);

impl Out {
    fn new(batch: &Batch, rows: usize) -> Out {
        let builders = batch.numeric().into_iter().map(|number| match number {
            true => Builder::Number(Float64Builder::with_capacity(rows)),
            false => Builder::Text(StringBuilder::with_capacity(rows, rows * 8)),
        });
        Out(builders.collect())
    }

    fn push(&mut self, batch: &Batch, answered: &Answered) {
        match answered {
            Ok(answer) => {
                let mut builders = self.0.iter_mut();
                batch.values(answer, |value| match (builders.next(), value) {
                    (Some(Builder::Number(to)), Value::Number(x)) => to.append_option(x),
                    (Some(Builder::Text(to)), Value::Text(text)) => to.append_value(text),
                    // The headings have the same order.
                    _ => {}
                });
                if let Some(Builder::Text(wrong)) = builders.next() {
                    wrong.append_null();
                }
            }
            Err(wrong) => {
                let last = self.0.len() - 1;
                for (i, builder) in self.0.iter_mut().enumerate() {
                    match builder {
                        Builder::Text(to) if i == last => to.append_value(wrong),
                        Builder::Text(to) => to.append_null(),
                        Builder::Number(to) => to.append_null(),
                    }
                }
            }
        }
    }

    fn finish(self) -> Vec<ArrayRef> {
        let arrays = self.0.into_iter().map(|builder| match builder {
            Builder::Number(mut b) => Arc::new(b.finish()) as ArrayRef,
            Builder::Text(mut b) => Arc::new(b.finish()),
        });
        arrays.collect()
    }
}

/// A table's batches, evaluated as they are read.
pub(crate) struct Reading {
    pub(crate) table: Box<dyn RecordBatchReader + Send>,
    pub(crate) engine: Engine,
    pub(crate) ready: VecDeque<RecordBatch>,
}

impl Iterator for Reading {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(Ok(piece));
            }
            let found = self.table.next()?.and_then(|batch| self.engine.run(&batch));
            match found {
                Ok((pieces, _)) => self.ready.extend(pieces),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl RecordBatchReader for Reading {
    fn schema(&self) -> SchemaRef {
        Arc::clone(&self.engine.schema)
    }
}
