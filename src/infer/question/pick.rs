//! Bits picked out of the place of a state: what a truth, a row or a table rests on.
//!
//! In: where the bits stand. Out: their assignment for any place, most of it from one table.

/// How many low bits of a cell's index are looked up in one table.
pub(crate) const LOW: usize = 10;

/// Picks some bits out of a cell's index: the assignment of a function's support.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pick {
    /// What the low bits of an index contribute.
    low: Vec<u32>,
    /// For each picked high bit: its position above the low ones, and its place.
    high: Vec<(u32, u32)>,
    /// So many neighbours are picked alike.
    run: usize,
}

impl Pick {
    /// Bit `positions[j]` of an index of `bits` bits becomes bit j.
    pub(crate) fn new(positions: &[usize], bits: usize) -> Pick {
        let low_bits = bits.min(LOW);
        let mut pick = Pick {
            low: vec![0; 1 << low_bits],
            high: Vec::new(),
            run: 1 << positions.iter().copied().min().unwrap_or(LOW).min(low_bits),
        };
        for (j, &position) in positions.iter().enumerate() {
            if position < low_bits {
                for (index, low) in pick.low.iter_mut().enumerate() {
                    *low |= ((index >> position & 1) << j) as u32;
                }
            } else {
                pick.high.push(((position - low_bits) as u32, j as u32));
            }
        }
        pick
    }

    /// What the high part of an index contributes.
    pub(crate) fn high(&self, high: usize) -> u32 {
        self.high.iter().fold(0, |sum, &(from, to)| {
            sum | ((high >> from & 1) as u32) << to
        })
    }

    /// What each low part contributes.
    pub(crate) fn low(&self) -> &[u32] {
        &self.low
    }

    /// So many neighbours are picked alike.
    pub(crate) fn run(&self) -> usize {
        self.run
    }

    /// How many low parts there are.
    pub(crate) fn block(&self) -> usize {
        self.low.len()
    }
}
