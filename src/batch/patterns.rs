//! Every row that truths alone can make.
//!
//! In: a batch whose columns say whether something is so. Out: the cells of each pattern of them: unknown, true
//! or false by column, the first counting fastest; what always holds in the file is either so or not.

use super::Batch;
use super::heading::Meaning;
use super::records::{self, Piece};
use super::table::Table;
use crate::limits::grouped;
use crate::resolve::assessment::{Assessment, DriverKind, What};

/// More patterns than these make no query.
const MOST: usize = 1 << 14;

/// The verdicts of all patterns.
#[derive(Debug)]
pub struct Patterns {
    /// By pattern the cells of the verdict, without that of errors; empty cells where it has none.
    pub rows: Vec<Vec<String>>,
    /// By column what its truth adds to the pattern's number, and whether it may be unknown.
    pub steps: Vec<(usize, bool)>,
}

impl Patterns {
    /// The names of all that may be so or not.
    pub fn usual(a: &Assessment) -> Vec<String> {
        let each = a
            .drivers
            .values()
            .filter(|d| d.kind() != DriverKind::Change);
        each.map(|d| d.name.node.clone()).collect()
    }

    /// Evaluates every pattern.
    ///
    /// # Errors
    ///
    /// Columns that say no truth; too many patterns.
    pub fn new(batch: &Batch, columns: &[String]) -> Result<Patterns, String> {
        let a = &batch.assessment;
        let (mut steps, mut size) = (Vec::new(), 1usize);
        for (column, meaning) in columns.iter().zip(&batch.columns.meanings) {
            let Meaning::Is(driver) = meaning else {
                return Err(format!(
                    "`{column}` is no event, factor or assumption: a query knows what is so and what is \
                     not; numbers by row are for `assess batch`"
                ));
            };
            let always = matches!(&a.drivers[*driver].what, What::Factor(rows) if rows.is_empty());
            steps.push((size, !always));
            size = size.saturating_mul(if always { 2 } else { 3 });
        }
        if size > MOST {
            return Err(format!(
                "{} columns make {} patterns, and a query may have {}: name the columns that the table has \
                 with `--columns`",
                columns.len(),
                grouped(size),
                grouped(MOST)
            ));
        }
        let mut bytes = Vec::new();
        for pattern in 0..size {
            let cells = steps
                .iter()
                .map(|(step, unknown)| match (unknown, pattern / step) {
                    (false, n) if n % 2 == 1 => "false",
                    (true, n) if n % 3 == 1 => "true",
                    (true, n) if n % 3 == 2 => "false",
                    _ => "",
                });
            let cells: Vec<&str> = cells.collect();
            // An empty line would be no record.
            let line = match cells.as_slice() {
                [""] => "NA".to_owned(),
                cells => cells.join(","),
            };
            bytes.extend(line.into_bytes());
            bytes.push(b'\n');
        }
        let pieces = [Piece { bytes, line: 1 }];
        let found = Table::new(batch, columns, b',').run(&pieces);
        let found = found.into_iter().flat_map(|f| f.0).collect::<Vec<u8>>();
        let mut rows = Vec::with_capacity(size);
        let mut cells = Vec::new();
        for (_, record) in records::records(&found, b',') {
            records::split(record, b',', &mut cells);
            let text = |cell: &&[u8]| String::from_utf8_lossy(&records::read(cell)).into_owned();
            let last = cells.len().saturating_sub(1);
            rows.push(cells[columns.len()..last].iter().map(text).collect());
        }
        Ok(Patterns { rows, steps })
    }
}
