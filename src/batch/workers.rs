//! Rows in, answers out, on all threads.
//!
//! In: rows that differ. Out: what is made of the answer to each, in their order, whatever the number of threads.

use super::hashed::Hashed;
use super::row::{Group, Row};
#[cfg(feature = "tables")]
use super::truths::Found;
use super::truths::Truths;
use super::worker::{Answered, Worker};
use super::{Batch, WORKERS};
use crate::parallel::*;
use std::collections::HashMap;

/// Fewer rows than these are not worth another worker, which has to prepare what the first has.
const LEAST: usize = 64;

/// Workers that take a share each.
#[derive(Debug)]
pub(super) struct Workers<'b> {
    workers: Vec<Worker<'b>>,
    truths: Option<Truths>,
}

/// What was read of a row.
type Read = Result<Row, String>;

impl<'b> Workers<'b> {
    pub(super) fn new(batch: &'b Batch) -> Workers<'b> {
        Workers {
            workers: (0..WORKERS).map(|_| Worker::new(batch)).collect(),
            truths: Truths::new(batch),
        }
    }

    /// Evaluates codes of rows that say nothing but what is so; none where that has to be asked row by row.
    #[cfg(feature = "tables")]
    pub(super) fn truths(&mut self, codes: &[u64]) -> Option<Found> {
        self.truths.as_mut().map(|truths| truths.evaluate(codes))
    }

    /// Evaluates rows that could be read, and makes something of each answer or of what is wrong with the row.
    pub(super) fn map<R: Send + Default + Clone>(
        &mut self,
        rows: Vec<Read>,
        make: impl Fn(&Answered) -> R + Send + Sync,
    ) -> Vec<R> {
        let mut made = vec![R::default(); rows.len()];
        let mut sound: Vec<(usize, Row)> = Vec::new();
        let (mut places, mut codes) = (Vec::new(), Vec::new());
        let mut coded = Vec::new();
        for (i, row) in rows.into_iter().enumerate() {
            match row {
                Ok(row) => match self
                    .truths
                    .as_ref()
                    .and_then(|truths| truths.codes.of(&row))
                {
                    Some(code) => {
                        places.push(i);
                        codes.push(code);
                        coded.push(row);
                    }
                    None => sound.push((i, row)),
                },
                Err(wrong) => made[i] = make(&Err(wrong)),
            }
        }
        if let Some(truths) = self.truths.as_mut().filter(|_| !codes.is_empty()) {
            let found = truths.evaluate(&codes);
            let size = truths.size();
            let mut failed = found.failed.iter().peekable();
            let verdicts = found.at.iter().map(|at| *at as usize).enumerate();
            let mut good = Vec::with_capacity(codes.len());
            for (verdict, at) in verdicts {
                match failed.next_if(|f| **f == verdict) {
                    Some(_) => sound.push((places[at], std::mem::take(&mut coded[at]))),
                    None => good.push((verdict, at)),
                }
            }
            let answers = good
                .par_iter()
                .map(|(verdict, _)| make(&Ok(found.answer(*verdict, size))));
            let answers: Vec<R> = answers.collect();
            for ((_, at), answer) in good.iter().zip(answers) {
                made[places[*at]] = answer;
            }
            // In the order in which they were read.
            sound.sort_by_key(|s| s.0);
        }
        self.map_each(sound, make, &mut made);
        made
    }

    fn map_each<R: Send + Default + Clone>(
        &mut self,
        rows: Vec<(usize, Row)>,
        make: impl Fn(&Answered) -> R + Send + Sync,
        made: &mut [R],
    ) {
        let (places, sound) = side_by_side(rows);
        let share = sound.len().div_ceil(WORKERS).max(LEAST);
        let mut jobs: Vec<(&mut Worker<'b>, &[Row])> =
            self.workers.iter_mut().zip(sound.chunks(share)).collect();
        let done = jobs.par_chunks_mut(1).map(|job| match job {
            [(worker, rows)] => worker.answers(rows).iter().map(&make).collect(),
            _ => Vec::new(),
        });
        let done: Vec<Vec<R>> = done.collect();
        for (place, made_of_it) in places.into_iter().zip(done.into_iter().flatten()) {
            made[place] = made_of_it;
        }
    }
}

/// Rows that are evaluated side by side stand side by side: those that replace the same numbers and make the same
/// things so, in the order of the first of each; with the place of each.
fn side_by_side(rows: Vec<(usize, Row)>) -> (Vec<usize>, Vec<Row>) {
    let mut groups: HashMap<Group, usize, Hashed> = HashMap::default();
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
