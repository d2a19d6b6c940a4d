//! One number for all that a row makes so.
//!
//! In: which columns say whether something is so. Out: for what a row says of them its code, from 0 on without gaps: in
//! the lowest bits which factors that always hold it takes away, above them what it makes true or false, in threes.

use super::Batch;
use super::heading::Meaning;
use super::row::Row;
use crate::resolve::assessment::{DriverId, What};

/// No code has more columns.
pub(super) const MOST: usize = 32;

/// The codes of a batch's rows.
#[derive(Debug)]
pub(super) struct Codes {
    /// The columns that make something so, by their places among those that mean something.
    pub(super) makes: Vec<(usize, DriverId)>,
    /// The columns of factors that always hold in the file likewise.
    pub(super) holds: Vec<(usize, DriverId)>,
}

impl Codes {
    /// None where there are too many columns.
    pub(super) fn new(batch: &Batch) -> Option<Codes> {
        let (mut makes, mut holds) = (Vec::new(), Vec::new());
        for (at, &column) in batch.columns.named.iter().enumerate() {
            let Meaning::Is(driver) = batch.columns.meanings[column] else {
                continue;
            };
            if at >= MOST {
                return None;
            }
            let what = &batch.assessment.drivers[driver].what;
            match matches!(what, What::Factor(rows) if rows.is_empty()) {
                true => holds.push((at, driver)),
                false => makes.push((at, driver)),
            }
        }
        Some(Codes { makes, holds })
    }

    /// How many codes there are.
    #[cfg(feature = "tables")]
    pub(super) fn count(&self) -> u64 {
        3u64.pow(self.makes.len() as u32) << self.holds.len()
    }

    /// What a row that knows a column adds to its code, and what it adds where that is true. Both may wrap around.
    #[cfg(feature = "tables")]
    pub(super) fn steps(&self, column: usize) -> (u64, u64) {
        if let Some(place) = self.holds.iter().position(|h| h.0 == column) {
            return (1 << place, (1u64 << place).wrapping_neg());
        }
        match self.makes.iter().position(|m| m.0 == column) {
            Some(place) => {
                let step = 3u64.pow(place as u32) << self.holds.len();
                (2 * step, step.wrapping_neg())
            }
            None => (0, 0),
        }
    }

    /// The code of a row; none where it says more.
    pub(super) fn of(&self, row: &Row) -> Option<u64> {
        if !row.numbers.is_empty() || !row.texts.is_empty() {
            return None;
        }
        let made = row.sets.iter().map(|&(driver, is)| {
            let place = self.makes.iter().position(|m| m.1 == driver)?;
            Some((if is { 1 } else { 2 } * 3u64.pow(place as u32)) << self.holds.len())
        });
        let off = row.off.iter().map(|driver| {
            let place = self.holds.iter().position(|h| h.1 == *driver)?;
            Some(1 << place)
        });
        made.chain(off).try_fold(0, |code, step| Some(code + step?))
    }

    /// What a code takes away: a bit for each factor that always holds.
    pub(super) fn silent(&self, code: u64) -> u64 {
        code & ((1 << self.holds.len()) - 1)
    }

    /// What it makes so: the number above these bits.
    pub(super) fn made(&self, code: u64) -> u64 {
        code >> self.holds.len()
    }

    /// Whether something is true by the number of what is made so; none where that is not said.
    pub(super) fn is(&self, made: u64, place: usize) -> Option<bool> {
        match made / 3u64.pow(place as u32) % 3 {
            0 => None,
            one => Some(one == 1),
        }
    }

    /// What a code says of a column.
    #[cfg(feature = "tables")]
    pub(super) fn said(&self, code: u64, column: usize) -> Option<bool> {
        if let Some(place) = self.makes.iter().position(|m| m.0 == column) {
            return self.is(self.made(code), place);
        }
        let place = self.holds.iter().position(|h| h.0 == column)?;
        (self.silent(code) >> place & 1 == 1).then_some(false)
    }
}
