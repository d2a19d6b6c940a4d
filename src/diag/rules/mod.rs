//! What a rule is, and the rules that a file without meaning breaks: one static each, in a file of its own.
//!
//! The static is the only place for a rule's facts. Passes refer to it, `assess rule` prints it, `docs/rules.md` and SARIF
//! metadata are generated from it. To add an error, add its file and one word to the list below. Rules that are looked for
//! in a sound file stand beside what looks for them, in `lint::rules`.

pub mod frame;

pub use frame::frame;

use super::Severity;
use std::fmt;

/// What a rule is about; levels can be set by group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The file means nothing, or contradicts itself.
    Error,
    /// Stated chances and what they imply.
    Probability,
    /// Words of likelihood in prose.
    Words,
    /// Sources, ratings, dates.
    Evidence,
    /// What the verdict rests on.
    Reasoning,
    /// What would change the verdict.
    Change,
    /// Keeping a file alive.
    Upkeep,
}

impl Group {
    /// Every group, in the order of the pages.
    pub const ALL: &[Group] = &[
        Group::Error,
        Group::Probability,
        Group::Words,
        Group::Evidence,
        Group::Reasoning,
        Group::Change,
        Group::Upkeep,
    ];

    /// The name that configuration and pages use.
    pub fn as_str(self) -> &'static str {
        match self {
            Group::Error => "error",
            Group::Probability => "probability",
            Group::Words => "words",
            Group::Evidence => "evidence",
            Group::Reasoning => "reasoning",
            Group::Change => "change",
            Group::Upkeep => "upkeep",
        }
    }

    /// The heading of the group's pages.
    pub fn title(self) -> &'static str {
        match self {
            Group::Error => "Errors",
            Group::Probability => "Probability",
            Group::Words => "Words",
            Group::Evidence => "Evidence",
            Group::Reasoning => "Reasoning",
            Group::Change => "What would change",
            Group::Upkeep => "Upkeep",
        }
    }
}

/// Whether a rule's findings carry a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FixKind {
    /// Never.
    None,
    /// Safe where what was meant is plain.
    Safe,
    /// A person must look at it.
    Unsafe,
}

/// What one rule is: everything but what looks for it.
pub struct Rule {
    /// In kebab-case; what `allow` and `--select` name.
    pub name: &'static str,
    /// What it is about.
    pub group: Group,
    /// Its level unless configured.
    pub severity: Severity,
    /// Whether its findings carry fixes.
    pub fix: FixKind,
    /// The page: the first line says what fires it, the rest why and what to do instead.
    pub page: &'static str,
    /// Files, or fragments of one, that fire this rule and no other.
    pub bad: &'static [&'static str],
    /// The same said well: nothing fires.
    pub good: &'static [&'static str],
}

impl Rule {
    /// The page's first sentence.
    pub fn summary(&self) -> &'static str {
        self.page
            .trim_start()
            .split("\n\n")
            .next()
            .unwrap_or_default()
    }

    /// Where the page is published.
    pub fn url(&self) -> String {
        format!("docs/rules.md#{}", self.name)
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Declares a rule's static: its doc comment is its page.
macro_rules! rule {
    ($(#[doc = $line:literal])+
     $id:ident = $name:literal, $group:ident, $severity:ident, fix: $fix:ident,
     bad: [$($bad:literal),* $(,)?], good: [$($good:literal),* $(,)?] $(,)?) => {
        $(#[doc = $line])+
        pub static $id: $crate::diag::rules::Rule = $crate::diag::rules::Rule {
            name: $name,
            group: $crate::diag::rules::Group::$group,
            severity: $crate::diag::Severity::$severity,
            fix: $crate::diag::rules::FixKind::$fix,
            page: concat!($($line, "\n"),+),
            bad: &[$($bad),*],
            good: &[$($good),*],
        };
    };
}
pub(crate) use rule;

mod contradicting_curves;
pub use contradicting_curves::CONTRADICTING_CURVES;

/// Lists the errors' modules and their statics, in the order of their pages.
macro_rules! errors {
    ($($module:ident :: $id:ident),* $(,)?) => {
        $(pub(crate) mod $module; pub use $module::$id;)*

        /// Every error.
        pub static ERRORS: &[&Rule] = &[$(&$id),*];
    };
}

errors![
    syntax::SYNTAX,
    unknown_name::UNKNOWN_NAME,
    unknown_word::UNKNOWN_WORD,
    unknown_clause::UNKNOWN_CLAUSE,
    unknown_option::UNKNOWN_OPTION,
    duplicate_name::DUPLICATE_NAME,
    duplicate_clause::DUPLICATE_CLAUSE,
    wrong_kind::WRONG_KIND,
    missing_unit::MISSING_UNIT,
    inverted_range::INVERTED_RANGE,
    range_end::RANGE_END,
    sum_not_one::SUM_NOT_ONE,
    falling_curve::FALLING_CURVE,
    by_when::BY_WHEN,
    missing_otherwise::MISSING_OTHERWISE,
    decided_twice::DECIDED_TWICE,
    plain_chance_beside_given::PLAIN_CHANCE_BESIDE_GIVEN,
    sum_above_one::SUM_ABOVE_ONE,
    horizon_gap::HORIZON_GAP,
    impossible_date::IMPOSSIBLE_DATE,
    impossible_number::IMPOSSIBLE_NUMBER,
    contradicting_resolution::CONTRADICTING_RESOLUTION,
    circular::CIRCULAR,
    missing_part::MISSING_PART,
    limit::LIMIT,
    encoding::ENCODING,
    unreadable_use::UNREADABLE_USE,
    configuration::CONFIGURATION,
    internal_error::INTERNAL_ERROR,
];
