//! Rows in, answers out, on all threads.
//!
//! In: rows that differ. Out: what is made of the answer to each, in their order, whatever the number of threads.

use super::Batch;
use super::row::Row;
use super::worker::{Answered, Worker};
use crate::parallel::*;

/// How many workers there are; the same on every machine.
const WORKERS: usize = 8;

/// Fewer rows than these are not worth another worker, which has to prepare what the first has.
const LEAST: usize = 64;

/// Workers that take a share each.
#[derive(Debug)]
pub(super) struct Workers<'b>(Vec<Worker<'b>>);

impl<'b> Workers<'b> {
    pub(super) fn new(batch: &'b Batch) -> Workers<'b> {
        Workers((0..WORKERS).map(|_| Worker::new(batch)).collect())
    }

    /// Evaluates rows that could be read, and makes something of each answer or of what is wrong with the row.
    pub(super) fn map<R: Send + Default + Clone>(
        &mut self,
        rows: Vec<Result<Row, String>>,
        make: impl Fn(&Answered) -> R + Send + Sync,
    ) -> Vec<R> {
        let mut made = vec![R::default(); rows.len()];
        let mut sound: Vec<(usize, Row)> = Vec::with_capacity(rows.len());
        for (i, row) in rows.into_iter().enumerate() {
            match row {
                Ok(row) => sound.push((i, row)),
                Err(wrong) => made[i] = make(&Err(wrong)),
            }
        }
        // Rows that are evaluated side by side stand side by side.
        let columns = |row: &Row| row.numbers.iter().map(|n| n.0).collect::<Vec<_>>();
        sound.sort_by_cached_key(|(i, row)| (columns(row), row.sets.clone(), *i));
        let (places, sound): (Vec<usize>, Vec<Row>) = sound.into_iter().unzip();
        let share = sound.len().div_ceil(WORKERS).max(LEAST);
        let mut jobs: Vec<(&mut Worker<'b>, &[Row])> =
            self.0.iter_mut().zip(sound.chunks(share)).collect();
        let done = jobs.par_chunks_mut(1).map(|job| match job {
            [(worker, rows)] => worker.answers(rows).iter().map(&make).collect(),
            _ => Vec::new(),
        });
        let done: Vec<Vec<R>> = done.collect();
        for (place, made_of_it) in places.into_iter().zip(done.into_iter().flatten()) {
            made[place] = made_of_it;
        }
        made
    }
}
