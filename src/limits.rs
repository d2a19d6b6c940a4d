//! Every limit that keeps an answer ordinary, in one place; each has its diagnostic, rule `limit`.
//!
//! In: nothing. Out: constants. They lie far above what an assessment needs.

/// Bytes of one file.
pub const FILE_BYTES: usize = 32 << 20;

/// Bytes of a file and all that it uses, together.
pub const PROJECT_BYTES: usize = 64 << 20;

/// Files that one assessment may use, directly and through others.
pub const USED_FILES: usize = 200;

/// Horizons of one assessment.
pub const HORIZONS: usize = 100;

/// Outcomes of one assessment.
pub const OUTCOMES: usize = 1_000;

/// Weights and shares of one assessment, counted by driver, outcome and horizon.
pub const NUMBERS: usize = 2_000_000;

/// Members that an `exclusive` or an `overlap` may have.
pub const MEMBERS: usize = 1_000;

/// Steps of the search for a case that no row covers.
pub const COVER_STEPS: usize = 100_000;

/// Unknown names of one file for which a near one is looked up.
pub const SUGGESTIONS: usize = 200;
