//! Rows that may say anything: found by keys of as many words as that takes.
//!
//! In: batches of columns. Out: the place of each row's verdict among those that are kept.

use super::super::Row;
use super::super::cells::Given;
use super::super::hashed::Hashed;
use super::super::workers::Workers;
use super::kept::Kept;
use super::keys::{Column, Keys};
use crate::parallel::*;
use std::collections::HashMap;

/// Marks the place of a row that its batch brought, among those that it did.
const FRESH: u32 = 1 << 31;

/// Places by key.
#[derive(Debug, Default)]
pub(super) struct Keyed(Places);

type Places = HashMap<Box<[u64]>, u32, Hashed>;

/// A key that is new, and its row.
type Fresh = (Box<[u64]>, Result<Row, String>);

/// What a batch's rows say.
struct Read {
    places: Vec<u32>,
    /// What nobody has said yet, in the order of its first row.
    fresh: Vec<Fresh>,
}

impl Keyed {
    pub(super) fn clear(&mut self) {
        self.0.clear();
    }

    /// The place of each row's verdict, by batch; `row` makes a row of its cells.
    pub(super) fn places(
        &mut self,
        batches: &[(Vec<Column<'_>>, usize)],
        kept: &mut Kept<'_>,
        workers: &mut Workers<'_>,
        row: impl Fn(Vec<Given<'_>>) -> Result<Row, String> + Sync,
    ) -> Vec<Vec<u32>> {
        let read = batches
            .par_iter()
            .map(|(columns, rows)| self.read(columns, *rows, &row));
        let read: Vec<Read> = read.collect();
        let mut rows = Vec::new();
        let mut all = Vec::with_capacity(batches.len());
        for read in read {
            let mut own = Vec::with_capacity(read.fresh.len());
            for (key, row) in read.fresh {
                let next = (kept.len() + rows.len()) as u32;
                let words = key.len();
                let place = *self.0.entry(key).or_insert(next);
                if place == next {
                    kept.count(words);
                    rows.push(row);
                }
                own.push(place);
            }
            let mut places = read.places;
            for place in places.iter_mut().filter(|p| **p & FRESH != 0) {
                *place = own[(*place & !FRESH) as usize];
            }
            all.push(places);
        }
        let made = workers.map(rows, |answered| kept.make(answered));
        kept.extend(made);
        all
    }

    fn read(
        &self,
        columns: &[Column<'_>],
        rows: usize,
        make: &(impl Fn(Vec<Given<'_>>) -> Result<Row, String> + Sync),
    ) -> Read {
        let keys = Keys::new(columns, rows);
        let mut read = Read {
            places: Vec::with_capacity(rows),
            fresh: Vec::new(),
        };
        let mut own = Places::default();
        for row in 0..rows {
            let key = keys.of(row);
            read.places.push(match self.0.get(key) {
                Some(place) => *place,
                None => {
                    let next = read.fresh.len() as u32;
                    let place = own.get(key).copied().unwrap_or(next);
                    if place == next {
                        own.insert(key.into(), next);
                        let cells = columns.iter().map(|c| c.given(row)).collect();
                        read.fresh.push((key.into(), make(cells)));
                    }
                    place | FRESH
                }
            });
        }
        read
    }
}
