//! How large, deep and numerous things may be: every limit, and its diagnostic.
//!
//! Limits keep any input to an ordinary answer in linear time and bounded memory. They are far
//! above what an assessment needs.

use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::text::source::Span;

/// The size of a file in bytes: 64 MiB.
pub const FILE_BYTES: usize = 64 << 20;
/// How deep parentheses and braces may stand in each other.
pub const DEPTH: usize = 64;
/// How often the bytes of a file may be read again, on average, in search of what a mistake means.
pub const READ_AGAIN: usize = 100;
/// The bytes that a short file counts for there, on top of its own.
pub const READ_AT_LEAST: usize = 4_000;
/// How many repairs may stand in each other: a clause within an item within another.
pub const REPAIRS_DEEP: usize = 4;
/// The length of a name in bytes.
pub const NAME_BYTES: usize = 100;
/// The length of a title, a source or an author in bytes.
pub const TITLE_BYTES: usize = 2_000;
/// How many mistakes are reported of one file.
pub const MISTAKES: usize = 1_000;
/// How many horizons a file may have.
pub const HORIZONS: usize = 100;
/// How many outcomes a file may have.
pub const OUTCOMES: usize = 1_000;
/// How many events, factors, changes and assumptions a file may have, together.
pub const DRIVERS: usize = 100_000;
/// How many scenarios a file may have.
pub const SCENARIOS: usize = 1_000;
/// How many views a file may have.
pub const VIEWS: usize = 100;
/// How many pools a file may have.
pub const POOLS: usize = 100;
/// The items of a file, counted once for each of its views.
pub const VIEWED: usize = 1_000_000;
/// How many items of any other kind a file may have, of each.
pub const OTHERS: usize = 100_000;
/// How many `allow` comments a file may have.
pub const ALLOWS: usize = 10_000;
/// With how many different statements of one thing in other files a file's own is compared.
pub const COMPARED: usize = 100;
/// Bytes of a file and all that it uses, together.
pub const PROJECT_BYTES: usize = 128 << 20;
/// The size of a note that a starter takes its paragraphs from, in bytes.
pub const NOTE_BYTES: usize = 1_000_000;
/// Files that one assessment may use, directly and through others.
pub const USED_FILES: usize = 200;
/// Weights and shares of one assessment, counted by driver, outcome and horizon.
pub const NUMBERS: usize = 2_000_000;
/// Members that an `exclusive` or an `overlap` may have.
pub const MEMBERS: usize = 1_000;
/// Members that an `implies` may have.
pub const CHAINED: usize = 100;
/// Steps of the search for a case that no row covers.
pub const COVER_STEPS: usize = 1_000_000;
/// Names that a condition may stand for, those in its conditions counted.
pub const NESTED: usize = 10_000;
/// Names that all uses of conditions may stand for together.
pub const EXPANDED: usize = 1_000_000;
/// How many words are compared in search of near ones, before none is suggested any more.
pub const COMPARISONS: usize = 100_000;
/// Propositions that may matter together in an exact verdict, as bits of a state's index.
pub const CELL_BITS: usize = 24;
/// Numbers that exact inference may keep for its states at once: 128 MB.
pub const CELLS: usize = 1 << CELL_BITS;
/// The same, times the states that outcomes rest on, where what has ended does not follow from the state.
pub const PAIRED_CELLS: usize = 1 << 27;
/// States that are carried at once where a file has several questions, decided outcomes and the like.
pub const JOINT_CELLS: usize = 1 << 22;
/// Pairs of states, one at a horizon's end and one at the next one's, that are gone through there and not kept.
pub const JOINT_PAIRS: usize = 1 << 24;
/// Steps of evaluating a file without each of its drivers in turn, beyond which no rule does so.
pub const LINT_STEPS: u64 = 1 << 28;
/// Steps of turning every number of a file, beyond which `assess flip` turns fewer, in longer steps.
pub const FLIP_STEPS: u64 = 1 << 30;
/// Pairs of changes whose conditions are compared, before no more are.
pub const LINT_PAIRS: usize = 10_000;
/// At how many numbers the conditions of a file may cut one quantity.
pub const MARKS: usize = 100;
/// How large the mean of a quantity above 0 may be, as a power of ten.
pub const MEAN_POWER: u32 = 200;
/// How far all that moves a quantity above 0 may take it together, as a power of ten.
pub const MOVED_POWER: u32 = 30;
/// How many uncertain things that hang together are told apart where they move one quantity; of more, the
/// weaker ones are replaced by how likely they are.
pub const MOVERS: usize = 16;
/// How strong a weight may be, in decibans.
pub const DECIBANS: u32 = 300;
/// How many times a day something may come.
pub const TIMES_A_DAY: u32 = 1;
/// What one `count` may make of a driver, in per cent.
pub const COUNT_PERCENT: u32 = 1_000;
/// What all that counts a driver may make of it together, in per cent.
pub const COUNTED_PERCENT: u32 = 100_000;
/// Cases, or years, that may be counted: `3 of 32`, `2 times in 75 years`.
pub const CASES: usize = 1_000_000_000;
/// The odds of a chance, for or against it, but for 0% and 100%, to 1.
pub const ODDS: u64 = 1_000_000_000_000;
/// The size of a file that a report still shows line by line, in bytes.
pub const REPORT_SOURCE_BYTES: usize = 1 << 20;

/// Something is longer than it may be.
pub(crate) fn too_long(span: Span, what: &str, bytes: usize, limit: usize) -> Diagnostic {
    Diagnostic::new(
        &rules::LIMIT,
        span,
        format!("{what} of {} bytes is too long", grouped(bytes)),
    )
    .label(format!("at most {} bytes are read", grouped(limit)))
}

/// There are more of something than there may be.
pub(crate) fn too_many(span: Span, what: &str, limit: usize) -> Diagnostic {
    Diagnostic::new(
        &rules::LIMIT,
        span,
        format!("more than {} {what}", grouped(limit)),
    )
    .label("this one and those after it are not read")
    .help(format!("a file may have {} {what} at most", grouped(limit)))
}

/// A file has more mistakes than are reported.
pub(crate) fn too_many_mistakes(span: Span) -> Diagnostic {
    Diagnostic::new(
        &rules::LIMIT,
        span,
        format!("more than {} mistakes", grouped(MISTAKES)),
    )
    .label("mistakes from here on are not shown")
    .help("fix those above first")
}

/// Parentheses or braces stand deeper in each other than they may.
pub(crate) fn too_deep(span: Span) -> Diagnostic {
    Diagnostic::new(
        &rules::LIMIT,
        span,
        format!("parentheses or braces stand more than {DEPTH} deep in each other"),
    )
    .label("this one is too deep; the file is not read")
    .help("give parts of the condition names of their own, as events or changes")
}

/// The file is too large.
pub(crate) fn too_large(span: Span, bytes: usize) -> Diagnostic {
    Diagnostic::new(
        &rules::LIMIT,
        span,
        format!("a file of {} bytes is too large", grouped(bytes)),
    )
    .label(format!("at most {} bytes are read", grouped(FILE_BYTES)))
    .help("split the file, and take what several assessments share with `use`")
}

/// A number with commas between thousands.
pub(crate) fn grouped(number: impl ToString) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
