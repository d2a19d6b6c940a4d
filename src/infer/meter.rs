//! How far long work has come, for whoever watches it.
//!
//! In: counts from the threads that work. Out: so many steps done of so many. It changes no number.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Steps done, and steps expected. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<[AtomicU64; 2]>);

impl Meter {
    /// So many more steps are to be done.
    pub(crate) fn expect(&self, steps: u64) {
        self.0[1].fetch_add(steps, Ordering::Relaxed);
    }

    /// One more step is done.
    pub(crate) fn step(&self) {
        self.0[0].fetch_add(1, Ordering::Relaxed);
    }

    /// The steps done, and those expected.
    pub fn read(&self) -> (u64, u64) {
        let [done, expected] = &*self.0;
        (
            done.load(Ordering::Relaxed),
            expected.load(Ordering::Relaxed),
        )
    }
}
