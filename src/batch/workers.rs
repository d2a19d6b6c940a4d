//! Rows in, answers out, on all threads.
//!
//! In: rows that differ. Out: what is made of the answer to each, in their order, whatever the number of threads.

use super::Batch;
use super::row::{Group, Row};
use super::worker::{Answered, Worker};
use crate::parallel::*;
use std::collections::HashMap;
use xxhash_rust::xxh3::Xxh3DefaultBuilder;

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
        let (places, sound) = side_by_side(sound);
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

/// Rows that are evaluated side by side stand side by side: those that replace the same numbers and make the same
/// things so, in the order of the first of each; with the place of each.
fn side_by_side(rows: Vec<(usize, Row)>) -> (Vec<usize>, Vec<Row>) {
    let mut groups: HashMap<Group, usize, Xxh3DefaultBuilder> = HashMap::default();
    let mut members: Vec<Vec<(usize, Row)>> = Vec::new();
    for (place, row) in rows {
        let next = members.len();
        let group = *groups.entry(row.group()).or_insert(next);
        if group == next {
            members.push(Vec::new());
        }
        members[group].push((place, row));
    }
    members.into_iter().flatten().unzip()
}
