//! Every rule that a file can break: one static each, in a file of its own.
//!
//! The static is the only place for a rule's facts. Passes refer to it, `assess rule` prints it,
//! `docs/rules.md` and SARIF metadata are generated from it. To add a rule, add its file and one
//! word to the list below.

pub mod frame;
mod page;

pub use frame::frame;
pub use page::{markdown, page};
pub(crate) use page::{rule_markdown, rule_text};

use crate::diag::{Diagnostic, Severity};
use crate::lint::Context;
use crate::source::SourceMap;
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

/// One rule.
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
    /// What finds it in a file without errors; none for what the passes find.
    pub check: Option<Check>,
    /// What makes one finding of all that a file has, where many would say the same.
    pub join: Option<Join>,
}

/// Looks for one defect in an assessment that means something.
pub type Check = fn(&Context) -> Vec<Diagnostic>;

/// One finding in place of two or more of one rule, in the file's order.
pub type Join = fn(&[Diagnostic], &SourceMap) -> Option<Diagnostic>;

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
     bad: [$($bad:literal),* $(,)?], good: [$($good:literal),* $(,)?] $(, check: $check:path)? $(, join: $join:path)? $(,)?) => {
        $(#[doc = $line])+
        pub static $id: $crate::rules::Rule = $crate::rules::Rule {
            name: $name,
            group: $crate::rules::Group::$group,
            severity: $crate::diag::Severity::$severity,
            fix: $crate::rules::FixKind::$fix,
            page: concat!($($line, "\n"),+),
            bad: &[$($bad),*],
            good: &[$($good),*],
            check: rule!(@check $($check)?),
            join: rule!(@check $($join)?),
        };
    };
    (@check) => {
        None
    };
    (@check $check:path) => {
        Some($check)
    };
}

/// Lists the rules' modules and their statics, in the order of their pages.
macro_rules! rules {
    ($($module:ident :: $id:ident),* $(,)?) => {
        $(pub(crate) mod $module; pub use $module::$id;)*

        /// Every rule, errors first.
        pub static ALL: &[&Rule] = &[$(&$id),*];
    };
}

rules![
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
    circular::CIRCULAR,
    missing_part::MISSING_PART,
    limit::LIMIT,
    encoding::ENCODING,
    unreadable_use::UNREADABLE_USE,
    configuration::CONFIGURATION,
    internal_error::INTERNAL_ERROR,
    certainty::CERTAINTY,
    squeezed_rest::SQUEEZED_REST,
    unpacked::UNPACKED,
    twin_event::TWIN_EVENT,
    nested::NESTED,
    same_curve::SAME_CURVE,
    many_alike::MANY_ALIKE,
    bare_prior::BARE_PRIOR,
    unexplained::UNEXPLAINED,
    partial_weight::PARTIAL_WEIGHT,
    false_precision::FALSE_PRECISION,
    lazy_fifty::LAZY_FIFTY,
    hazard_jump::HAZARD_JUMP,
    stalled_curve::STALLED_CURVE,
    bet_mismatch::BET_MISMATCH,
    contradicting_curves::CONTRADICTING_CURVES,
    files_disagree::FILES_DISAGREE,
    backfiring_weight::BACKFIRING_WEIGHT,
    overwhelming::OVERWHELMING,
    word_number::WORD_NUMBER,
    miscalibrated_word::MISCALIBRATED_WORD,
    prose_contradicts::PROSE_CONTRADICTS,
    mixed_lexicon::MIXED_LEXICON,
    confidence_likelihood::CONFIDENCE_LIKELIHOOD,
    weasel::WEASEL,
    off_scale::OFF_SCALE,
    unlinked_number::UNLINKED_NUMBER,
    scale_gap::SCALE_GAP,
    missing_evidence::MISSING_EVIDENCE,
    unsourced::UNSOURCED,
    unrated_file::UNRATED_FILE,
    ungraded::UNGRADED,
    halo_grade::HALO_GRADE,
    split_rating::SPLIT_RATING,
    false_confirmed::FALSE_CONFIRMED,
    stale::STALE,
    hindsight::HINDSIGHT,
    double_count::DOUBLE_COUNT,
    one_channel::ONE_CHANNEL,
    single_source::SINGLE_SOURCE,
    non_diagnostic::NON_DIAGNOSTIC,
    unopposed_leader::UNOPPOSED_LEADER,
    orphan::ORPHAN,
    missing_base_rate::MISSING_BASE_RATE,
    no_status_quo::NO_STATUS_QUO,
    follows_unnamed::FOLLOWS_UNNAMED,
    unsupported_shift::UNSUPPORTED_SHIFT,
    dominant_factor::DOMINANT_FACTOR,
    inert_factor::INERT_FACTOR,
    linchpin::LINCHPIN,
    confidence_gap::CONFIDENCE_GAP,
    same_view::SAME_VIEW,
    idle_assumption::IDLE_ASSUMPTION,
    nothing_would_change::NOTHING_WOULD_CHANGE,
    unreachable::UNREACHABLE,
    always::ALWAYS,
    nearly_always::NEARLY_ALWAYS,
    double_push::DOUBLE_PUSH,
    same_when::SAME_WHEN,
    one_sided::ONE_SIDED,
    unobservable::UNOBSERVABLE,
    verdict_near_edge::VERDICT_NEAR_EDGE,
    fragile_leader::FRAGILE_LEADER,
    full_overlap::FULL_OVERLAP,
    failed_expectation::FAILED_EXPECTATION,
    missing_resolution::MISSING_RESOLUTION,
    open_horizon::OPEN_HORIZON,
    unfilled_text::UNFILLED_TEXT,
    overdue::OVERDUE,
    unused_allow::UNUSED_ALLOW,
    expired_allow::EXPIRED_ALLOW,
];

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|r| r.name == name)
}
