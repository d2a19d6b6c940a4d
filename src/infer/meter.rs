//! How far long work has come, for whoever watches it.
//!
//! In: counts from the threads that work. Out: so many steps done of so many. It changes no number; who no longer
//! wants what is being worked on can stop it.

use super::question::shape::TooMany;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Steps done, and steps expected; whether to stop. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<([AtomicU64; 2], AtomicBool)>);

impl Meter {
    /// So many more steps are to be done.
    pub(crate) fn expect(&self, steps: u64) {
        self.0.0[1].fetch_add(steps, Ordering::Relaxed);
    }

    /// One more step is done.
    pub(crate) fn step(&self) {
        self.0.0[0].fetch_add(1, Ordering::Relaxed);
    }

    /// One more step is done, of work that can be stopped.
    ///
    /// # Errors
    ///
    /// Where it was: it has no result, as where there is too much of it.
    pub(crate) fn go_on(&self) -> Result<(), TooMany> {
        self.step();
        self.unless_stopped()
    }

    /// Nothing, of work that can be stopped.
    ///
    /// # Errors
    ///
    /// As [`Meter::go_on`].
    pub(crate) fn unless_stopped(&self) -> Result<(), TooMany> {
        match self.is_stopped() {
            true => Err(TooMany::default()),
            false => Ok(()),
        }
    }

    /// Ends the work at its next step; it then has no result.
    pub fn stop(&self) {
        self.0.1.store(true, Ordering::Relaxed);
    }

    /// Whether the work was stopped.
    pub fn is_stopped(&self) -> bool {
        self.0.1.load(Ordering::Relaxed)
    }

    /// The steps done, and those expected.
    pub fn read(&self) -> (u64, u64) {
        let [done, expected] = &self.0.0;
        (
            done.load(Ordering::Relaxed),
            expected.load(Ordering::Relaxed),
        )
    }
}
