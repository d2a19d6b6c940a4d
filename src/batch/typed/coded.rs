//! Rows of nothing but true and false: found by their codes.
//!
//! In: batches of columns. Out: the place of each row's verdict among those that are kept.

use super::super::Row;
use super::super::cells::Given;
use super::super::codes::Codes;
use super::super::hashed::Hashed;
use super::super::workers::Workers;
use super::bits::Reader;
use super::kept::Kept;
use super::keys::Column;
use crate::parallel::*;
use std::collections::HashMap;

/// Up to so many codes have a place each in one list.
const LISTED: u64 = 1 << 21;

/// Where nothing is kept yet.
const MISSING: u32 = u32::MAX;

/// Places by code.
#[derive(Debug)]
pub(super) struct Coded {
    codes: Codes,
    reader: Reader,
    known: Known,
}

#[derive(Debug)]
enum Known {
    /// The place and 1 more; 0 where there is none.
    Listed(Vec<u32>),
    Mapped(HashMap<u64, u32, Hashed>),
}

/// What a batch's rows say.
struct Read {
    codes: Vec<u64>,
    places: Vec<u32>,
    /// Whether each of them was said before.
    known: bool,
}

impl Known {
    fn new(codes: &Codes) -> Known {
        match codes.count() {
            count @ ..=LISTED => Known::Listed(vec![0; count as usize]),
            _ => Known::Mapped(HashMap::default()),
        }
    }

    fn get(&self, code: u64) -> u32 {
        match self {
            Known::Listed(places) => places[code as usize].wrapping_sub(1),
            Known::Mapped(places) => places.get(&code).copied().unwrap_or(MISSING),
        }
    }

    fn put(&mut self, code: u64, place: u32) {
        match self {
            Known::Listed(places) => places[code as usize] = place + 1,
            Known::Mapped(places) => {
                places.insert(code, place);
            }
        }
    }
}

impl Coded {
    pub(super) fn new(codes: Codes) -> Coded {
        Coded {
            reader: Reader::new(&codes),
            known: Known::new(&codes),
            codes,
        }
    }

    pub(super) fn clear(&mut self) {
        self.known = Known::new(&self.codes);
    }

    /// The place of each row's verdict, by batch; `row` makes a row of its cells.
    pub(super) fn places(
        &mut self,
        batches: &[(Vec<Column<'_>>, usize)],
        kept: &mut Kept<'_>,
        workers: &mut Workers<'_>,
        row: impl Fn(Vec<Given<'static>>) -> Result<Row, String>,
    ) -> Vec<Vec<u32>> {
        let (reader, known) = (&self.reader, &self.known);
        let read = batches.par_iter().map(|(columns, rows)| {
            let codes = reader.codes(columns, *rows);
            let places: Vec<u32> = codes.iter().map(|code| known.get(*code)).collect();
            Read {
                known: !places.contains(&MISSING),
                codes,
                places,
            }
        });
        let read: Vec<Read> = read.collect();
        let mut fresh = Vec::new();
        for read in read.iter().filter(|read| !read.known) {
            for (code, place) in read.codes.iter().zip(&read.places) {
                if *place == MISSING && self.known.get(*code) == MISSING {
                    self.known.put(*code, 0);
                    fresh.push(*code);
                }
            }
        }
        let width = batches.first().map_or(0, |b| b.0.len());
        self.keep(&fresh, width, kept, workers, row);
        let known = &self.known;
        let places = read.into_par_iter().map(|read| match read.known {
            true => read.places,
            false => read.codes.iter().map(|code| known.get(*code)).collect(),
        });
        places.collect()
    }

    /// Evaluates codes that nobody has said yet.
    fn keep(
        &mut self,
        codes: &[u64],
        width: usize,
        kept: &mut Kept<'_>,
        workers: &mut Workers<'_>,
        row: impl Fn(Vec<Given<'static>>) -> Result<Row, String>,
    ) {
        if codes.is_empty() {
            return;
        }
        let first = kept.len() as u32;
        let of = &self.codes;
        let row = |code: u64| {
            let cell = |column| of.said(code, column).map_or(Given::Empty, Given::Is);
            row((0..width).map(cell).collect())
        };
        let Some(found) = workers.truths(codes) else {
            let rows = codes.iter().map(|code| row(*code)).collect();
            let made = workers.map(rows, |answered| kept.make(answered));
            kept.extend(made);
            for (at, code) in codes.iter().enumerate() {
                self.known.put(*code, first + at as u32);
            }
            return;
        };
        kept.add(&found);
        if !found.failed.is_empty() {
            let code = |verdict: &usize| codes[found.at[*verdict] as usize];
            let rows = found.failed.iter().map(|v| row(code(v))).collect();
            let made = workers.map(rows, |answered| kept.make(answered));
            for (verdict, made) in found.failed.iter().zip(made) {
                kept.replace(first + *verdict as u32, made);
            }
        }
        for (verdict, at) in found.at.iter().enumerate() {
            self.known.put(codes[*at as usize], first + verdict as u32);
        }
    }
}
