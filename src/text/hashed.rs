//! Maps by name, for which the standard library's hashes take long.
//!
//! In: short texts. Out: maps in the order in which entries came, whatever their hashes are. These differ from run to run, so that
//! nobody can write names that all share one.

use indexmap::IndexMap;
use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher, Hasher};
use std::sync::LazyLock;
use xxhash_rust::xxh3::xxh3_64_with_seed;

/// Entries by name, in the order in which they came.
pub(crate) type Named<K, V> = IndexMap<K, V, Build>;

static SEED: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0));

/// Makes a [`Short`].
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Build;

impl BuildHasher for Build {
    type Hasher = Short;

    fn build_hasher(&self) -> Short {
        Short(*SEED)
    }
}

/// A hash that takes few steps of a short text.
pub(crate) struct Short(u64);

impl Hasher for Short {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = xxh3_64_with_seed(bytes, self.0);
    }

    // What ends a text: where another begins, it is hashed with all before it.
    fn write_u8(&mut self, byte: u8) {
        self.0 = self.0.rotate_left(5) ^ u64::from(byte);
    }
}

#[cfg(test)]
mod tests {
    use super::Build;
    use std::hash::BuildHasher as _;

    #[test]
    fn names_are_told_apart() {
        let hash = |key: (&str, &str)| Build.hash_one(key);
        assert_eq!(hash(("a", "bc")), hash(("a", "bc")));
        assert_ne!(hash(("a", "bc")), hash(("ab", "c")));
        assert_ne!(hash(("a", "")), hash(("", "a")));
        assert_ne!(hash(("a", "b")), hash(("a", "c")));
    }
}
