//! Columns of true and false as one code for each row.
//!
//! In: no more columns than a code has. Out: by row its code. Eight rows of eight columns are turned at once, and what
//! eight columns add to a code is looked up.

use super::super::codes::{Codes, MOST};
use super::keys::Column;
use arrow_array::Array;

/// What eight columns of one row add to its code.
type Sums = Vec<[u64; 256]>;

/// Reads codes off columns.
#[derive(Debug)]
pub(super) struct Reader {
    /// By eight columns what those that are known add, and those that are true.
    known: Sums,
    truth: Sums,
}

impl Reader {
    pub(super) fn new(codes: &Codes) -> Reader {
        let sums = |step: &dyn Fn(usize) -> u64| -> Sums {
            let groups = (0..MOST / 8).map(|group| {
                let steps: [u64; 8] = std::array::from_fn(|at| step(8 * group + at));
                std::array::from_fn(|bits| {
                    let those = steps.iter().enumerate().filter(|s| bits >> s.0 & 1 == 1);
                    those.fold(0u64, |sum, (_, step)| sum.wrapping_add(*step))
                })
            });
            groups.collect()
        };
        Reader {
            known: sums(&|column| codes.steps(column).0),
            truth: sums(&|column| codes.steps(column).1),
        }
    }

    /// The code of every row.
    pub(super) fn codes(&self, columns: &[Column<'_>], rows: usize) -> Vec<u64> {
        let words = rows.div_ceil(64);
        let mut codes = vec![0u64; rows];
        for (group, columns) in columns.chunks(8).enumerate() {
            let mut values = [const { Vec::new() }; 8];
            let mut known = [const { Vec::new() }; 8];
            let mut always = 0;
            for (at, column) in columns.iter().enumerate() {
                let Column::Bits(bits) = column else { continue };
                values[at].extend(bits.values().bit_chunks().iter_padded().take(words));
                match bits.nulls().filter(|n| n.null_count() > 0) {
                    None => always |= 1 << at,
                    Some(nulls) => {
                        known[at].extend(nulls.inner().bit_chunks().iter_padded().take(words));
                        let both = values[at].iter_mut().zip(&known[at]);
                        both.for_each(|(value, known)| *value &= known);
                    }
                }
            }
            add(&values, &self.truth[group], &mut codes);
            add(&known, &self.known[group], &mut codes);
            let always = self.known[group][always];
            for code in &mut codes {
                *code = code.wrapping_add(always);
            }
        }
        codes
    }
}

/// Adds what the bits of eight columns come to; columns without words have none.
fn add(columns: &[Vec<u64>; 8], sums: &[u64; 256], codes: &mut [u64]) {
    if columns.iter().all(Vec::is_empty) {
        return;
    }
    for (word, codes) in codes.chunks_mut(64).enumerate() {
        let words = columns
            .each_ref()
            .map(|column| column.get(word).copied().unwrap_or(0));
        for (byte, codes) in codes.chunks_mut(8).enumerate() {
            let mut block = 0;
            for (column, word) in words.iter().enumerate() {
                block |= ((word >> (8 * byte)) & 0xff) << (8 * column);
            }
            let rows = turned(block).to_le_bytes();
            for (code, bits) in codes.iter_mut().zip(rows) {
                *code = code.wrapping_add(sums[usize::from(bits)]);
            }
        }
    }
}

/// Eight by eight bits with rows for columns (Warren, Hacker's Delight, 7-3).
fn turned(mut block: u64) -> u64 {
    for (by, mask) in [
        (7, 0x00aa_00aa_00aa_00aa),
        (14, 0x0000_cccc_0000_cccc),
        (28, 0x0000_0000_f0f0_f0f0),
    ] {
        let swapped = (block ^ (block >> by)) & mask;
        block ^= swapped ^ (swapped << by);
    }
    block
}

#[cfg(test)]
mod tests {
    use super::super::super::codes::Codes;
    use super::{Column, Reader};
    use crate::resolve::assessment::DriverId;
    use crate::resolve::table::Id;
    use arrow_array::Array;
    use arrow_array::BooleanArray;

    #[test]
    fn codes_say_what_the_columns_say() {
        let mut seed = 1u64;
        let mut dice = || {
            seed = seed
                .wrapping_mul(0x5851_f42d_4c95_7f2d)
                .wrapping_add(0x1405_7b7e_f767_814f);
            seed >> 33
        };
        for (width, rows, offset) in [(1, 1, 0), (3, 64, 0), (9, 65, 3), (17, 200, 61), (32, 7, 5)]
        {
            let columns: Vec<BooleanArray> = (0..width)
                .map(|column| {
                    let cells = (0..rows + offset).map(|_| match dice() % 3 {
                        0 if column % 3 != 1 => None,
                        n => Some(n == 1),
                    });
                    cells.collect::<BooleanArray>().slice(offset, rows)
                })
                .collect();
            let all = (0..width).map(|at| (at, DriverId::new(at)));
            let (makes, holds) = all.partition(|(at, _)| at % 4 != 2);
            let codes = Codes { makes, holds };
            let given: Vec<Column<'_>> = columns.iter().map(Column::Bits).collect();
            let read = Reader::new(&codes).codes(&given, rows);
            for (row, code) in read.into_iter().enumerate() {
                assert!(code < codes.count());
                for (at, column) in columns.iter().enumerate() {
                    let mut cell = (!column.is_null(row)).then(|| column.value(row));
                    if at % 4 == 2 && cell == Some(true) {
                        // It holds in any case.
                        cell = None;
                    }
                    assert_eq!(codes.said(code, at), cell, "row {row}, column {at}");
                }
            }
        }
    }
}
