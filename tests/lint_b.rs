//! Tests of the rules of reasoning, of what would change, and of upkeep.

mod fires;
mod fixes;
mod near_misses;
mod seeded;

/// The rules that these tests are about.
pub(crate) const OURS: [&str; 23] = [
    "contradicting-curves",
    "backfiring-weight",
    "overwhelming",
    "orphan",
    "missing-base-rate",
    "unsupported-shift",
    "dominant-factor",
    "inert-factor",
    "linchpin",
    "idle-assumption",
    "nothing-would-change",
    "unreachable",
    "always",
    "same-when",
    "one-sided",
    "unobservable",
    "verdict-near-edge",
    "fragile-leader",
    "full-overlap",
    "failed-expectation",
    "missing-resolution",
    "open-horizon",
    "overdue",
];
