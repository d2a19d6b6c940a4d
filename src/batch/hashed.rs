//! Maps by XXH3, which takes short keys in one go.
//!
//! In: what a key writes. Out: its hash. The crate's own hasher sets up a buffer of 256 bytes for each key, which takes longer
//! than hashing a row of ours does.

use std::hash::{BuildHasherDefault, Hasher};
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Makes hashes for maps.
pub(super) type Hashed = BuildHasherDefault<Xxh3>;

/// The hash of what was written: each piece with that of those before it for a seed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Xxh3(u64);

impl Hasher for Xxh3 {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}
