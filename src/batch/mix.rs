//! A hash of whole numbers that takes one multiplication.
//!
//! In: numbers. Out: a hash whose high and low bits depend on all of theirs.

use std::hash::{BuildHasherDefault, Hasher};

/// Makes hashes for maps whose keys are numbers.
pub(super) type Mixed = BuildHasherDefault<Mix>;

/// The hash of what was written.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Mix(u64);

impl Hasher for Mix {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64(u64::from(*byte));
        }
    }

    fn write_u64(&mut self, number: u64) {
        // The golden ratio's bits; the product's upper half folded into its lower.
        let product = u128::from(self.0 ^ number) * 0x9e37_79b9_7f4a_7c15;
        self.0 = (product >> 64) as u64 ^ product as u64;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
