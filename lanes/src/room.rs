//! Room for numbers of which there are more or fewer from one use to the next.

use crate::Lanes;
use std::ops::{Deref, DerefMut};

/// Numbers that are overwritten again and again: memory is neither cleared nor given back where there are fewer.
#[derive(Debug, Clone, Default)]
pub struct Room {
    all: Vec<Lanes>,
    count: usize,
}

impl Room {
    /// Room for so many, with whatever was there.
    pub fn take(&mut self, count: usize) -> &mut [Lanes] {
        if self.all.capacity() < count {
            // What was there need not be kept.
            self.all = Vec::with_capacity(count.next_power_of_two());
        }
        if self.all.len() < count {
            self.all.resize(count, Lanes::ZERO);
        }
        self.count = count;
        &mut self.all[..count]
    }

    /// So many, all the same.
    pub fn fill(&mut self, count: usize, x: Lanes) -> &mut [Lanes] {
        let all = self.take(count);
        all.fill(x);
        all
    }

    /// The same numbers as these.
    pub fn copy(&mut self, from: &[Lanes]) {
        self.take(from.len()).copy_from_slice(from);
    }
}

impl Deref for Room {
    type Target = [Lanes];

    fn deref(&self) -> &[Lanes] {
        &self.all[..self.count]
    }
}

impl DerefMut for Room {
    fn deref_mut(&mut self) -> &mut [Lanes] {
        &mut self.all[..self.count]
    }
}
