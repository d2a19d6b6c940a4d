//! Tests of the rules of reasoning, of what would change, and of upkeep.

mod fires;
mod fixes;
pub(crate) mod near_misses;
mod seeded;
