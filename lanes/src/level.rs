//! Which vectors the machine has: what goes over many numbers is compiled for each kind, and chosen when it runs.
//!
//! No kind fuses a multiplication with an addition, so that all give the same bytes.

use fearless_simd::{Level as Machine, Simd};
use std::sync::atomic::{AtomicU8, Ordering};

/// A kind of vectors.
#[derive(Debug, Clone, Copy)]
pub struct Level(Machine);

/// Which of the machine's kinds everything has to use: its place in [`Level::all`] from 1 on, 0 for the best.
static FORCED: AtomicU8 = AtomicU8::new(0);

impl Level {
    /// The kinds that this machine has, the simplest first.
    #[must_use]
    pub fn all() -> Vec<Level> {
        let best = Machine::new();
        #[cfg(any(target_arch = "x86", target_arch = "x86_64"))]
        let kinds = [
            best.as_sse2().map(|kind| kind.level()),
            best.as_sse4_2().map(|kind| kind.level()),
            best.as_avx2().map(|kind| kind.level()),
            best.as_avx512().map(|kind| kind.level()),
        ];
        #[cfg(not(any(target_arch = "x86", target_arch = "x86_64")))]
        let kinds = [Some(best)];
        kinds.into_iter().flatten().map(Level).collect()
    }

    /// Makes everything in this process use one kind, or the best again: what tests compare. Numbers do not change.
    #[doc(hidden)]
    pub fn force(level: Option<Level>) {
        let place =
            level.and_then(|level| Level::all().iter().position(|l| l.name() == level.name()));
        FORCED.store(place.map_or(0, |place| place as u8 + 1), Ordering::Relaxed);
    }

    /// What it is called.
    #[must_use]
    pub fn name(self) -> String {
        let name = format!("{:?}", self.0);
        name.split(['(', ' ']).next().unwrap_or_default().to_owned()
    }
}

/// The kind to use.
pub(crate) fn now() -> Machine {
    match FORCED.load(Ordering::Relaxed) {
        0 => Machine::new(),
        place => {
            let all = Level::all();
            all.get(usize::from(place) - 1)
                .map_or_else(Machine::new, |level| level.0)
        }
    }
}
