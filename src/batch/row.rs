//! What one row says.
//!
//! In: the cells of the columns that mean something. Out: a [`Row`], or why it means nothing.

use super::cells::{Cell, Given};
use super::columns::Columns;
use super::heading::{Meaning, Thing};
use crate::resolve::assessment::{Assessment, DriverId, What};

/// A row's meaning.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// What is made true or false.
    pub(super) sets: Vec<(DriverId, bool)>,
    /// Factors that always hold in the file, and do not here.
    pub(super) off: Vec<DriverId>,
    /// Numbers by column.
    pub(super) numbers: Vec<(usize, f64)>,
    /// Words of the language by column.
    pub(super) texts: Vec<(usize, String)>,
}

/// What rows share that are evaluated side by side: the columns whose numbers they replace, and what they make so.
pub(super) type Group = (Vec<usize>, Vec<(DriverId, bool)>);

impl Row {
    /// The rows among which it is evaluated.
    pub(super) fn group(&self) -> Group {
        (
            self.numbers.iter().map(|n| n.0).collect(),
            self.sets.clone(),
        )
    }

    /// Whether both are in the same group.
    pub(super) fn is_beside(&self, other: &Row) -> bool {
        let columns = self.numbers.iter().zip(&other.numbers);
        self.sets == other.sets
            && self.numbers.len() == other.numbers.len()
            && columns.into_iter().all(|(a, b)| a.0 == b.0)
    }

    /// Reads the cells of [`Columns::named`], in that order.
    ///
    /// # Errors
    ///
    /// Every cell that says nothing its column can mean.
    pub fn read<'t>(
        a: &Assessment,
        columns: &Columns,
        headings: &[String],
        cells: impl IntoIterator<Item = &'t str>,
    ) -> Result<Row, String> {
        Row::of(a, columns, headings, cells.into_iter().map(Given::Text))
    }

    /// The same of cells that need not be text.
    pub(super) fn of<'t>(
        a: &Assessment,
        columns: &Columns,
        headings: &[String],
        cells: impl IntoIterator<Item = Given<'t>>,
    ) -> Result<Row, String> {
        let mut row = Row::default();
        let mut all = Vec::new();
        for (&column, given) in columns.named.iter().zip(cells) {
            let mut wrong = |what: &str| {
                let heading = headings.get(column).map_or("", |h| h.trim());
                all.push(format!("`{heading}`: `{}` {what}", given.shown()));
            };
            match columns.meanings[column] {
                Meaning::Nothing => {}
                Meaning::Is(driver) => match (given.truth(), &a.drivers[driver].what) {
                    (Cell::Empty, _) => {}
                    (Cell::Is(is), What::Factor(rows)) if rows.is_empty() => {
                        if !is {
                            row.off.push(driver);
                        }
                    }
                    (Cell::Is(is), _) => row.sets.push((driver, is)),
                    // So write those true and false who keep them among numbers.
                    (Cell::Number(x), What::Assumption(_)) if x == 1.0 || x == 0.0 => {
                        row.sets.push((driver, x == 1.0));
                    }
                    (_, What::Assumption(_)) => wrong("is neither true nor false"),
                    (Cell::Number(share), _) if is_share(share) => {
                        row.numbers.push((column, share))
                    }
                    (Cell::Number(_), _) => {
                        wrong("is neither true, false nor a chance such as 0.3 or 30%");
                    }
                    (Cell::Text(text), _) => row.texts.push((column, text)),
                },
                Meaning::Number { thing, .. } => match (given.number(), thing) {
                    (Cell::Number(x), Thing::Weight(..)) => row.numbers.push((column, x)),
                    (Cell::Number(x), _) if is_share(x) => row.numbers.push((column, x)),
                    (Cell::Number(_), _) => wrong("is no chance; write 0.3 or 30%"),
                    (Cell::Text(text), _) => row.texts.push((column, text)),
                    (Cell::Empty | Cell::Is(_), _) => {}
                },
            }
        }
        match all.is_empty() {
            true => Ok(row),
            false => Err(all.join("; ")),
        }
    }
}

fn is_share(x: f64) -> bool {
    (0.0..=1.0).contains(&x)
}
