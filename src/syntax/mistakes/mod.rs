//! Values as people say them: one file for each mistake that has an explanation of its own.
//!
//! In: the range of a value that cannot be read. Out: the one diagnostic that says what to write. A
//! mistake is a static with a bad value, the good one that its explanation proposes, and the look at
//! the text; the list below is all that others know of it.

mod bound;
mod end_of;
mod extent;
mod odds;
mod rate;
mod slip;
mod within;
mod word_range;

pub(super) use extent::extent;
pub(super) use odds::{one_in, share_at_end};

use super::broken_values::Want;
use super::lower::Lower;
use crate::diag::Diagnostic;
use std::ops::Range;

/// A mistake in a value.
pub(super) struct Mistake {
    /// A clause that makes it, and the same clause as it is proposed.
    #[cfg_attr(not(test), allow(dead_code))]
    pub(super) pair: (&'static str, &'static str),
    /// Explains it where it is made.
    pub(super) explain: fn(&Lower<'_>, Range<usize>, Want) -> Option<Diagnostic>,
}

/// Every mistake, the surest first.
const ALL: [&Mistake; 7] = [
    &odds::ODDS,
    &bound::BOUND,
    &rate::RATE,
    &word_range::WORD_RANGE,
    &end_of::END_OF,
    &slip::SLIP,
    &within::WITHIN,
];

/// The explanation of what a value that cannot be read has wrong, if it is one of these mistakes.
pub(super) fn explained(lower: &Lower<'_>, range: Range<usize>, want: Want) -> Option<Diagnostic> {
    ALL.iter()
        .find_map(|mistake| (mistake.explain)(lower, range.clone(), want))
}

#[cfg(test)]
mod tests {
    use super::ALL;
    use crate::syntax::parse;
    use crate::text::source::FileId;

    #[test]
    fn each_is_one_mistake_that_says_what_to_write() {
        for mistake in ALL {
            let (bad, good) = mistake.pair;
            let of = |clause: &str| parse(FileId(0), &format!("event e {{\n  {clause}\n}}\n"));
            assert_eq!(of(good).diagnostics.len(), 0, "{good}");
            let found = of(bad).diagnostics.sorted();
            assert_eq!(found.len(), 1, "{bad}: {found:#?}");
            let written = good.split_once(": ").map_or(good, |(_, value)| value);
            let help = found[0].help.clone().unwrap_or_default();
            assert!(help.contains(&format!("`{written}`")), "{bad}: {help}");
        }
    }
}
