//! Every rule: the errors that passes report, and those that are looked for in a sound file, each in a file of its own.
//!
//! A rule's file holds its static (the facts, see [`crate::diag::rules`]) and what looks for it. To add one, add its file
//! and one word to the list below.

mod page;

pub use crate::diag::rules::*;
pub use page::{markdown, page};
pub(crate) use page::{rule_markdown, rule_text};

use super::Context;
use crate::diag::Diagnostic;
use crate::text::source::SourceMap;

/// A rule with what looks for it.
#[derive(Debug)]
pub struct Lint {
    /// Its facts.
    pub rule: &'static Rule,
    /// What finds it in a file without errors; none where the run itself does.
    pub check: Option<Check>,
    /// What makes one finding of all that a file has, where many would say the same.
    pub(crate) join: Option<Join>,
    /// What must be known besides the file.
    pub needs: Needs,
}

/// What a rule must know besides the file that it looks at; where that is not known, nobody can tell that a
/// comment which allows the rule is not needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Needs {
    /// Nothing.
    Nothing,
    /// Which day it is.
    Today,
    /// What became of other files.
    Record,
    /// The other files of the run.
    Others,
}

/// Looks for one defect in an assessment that means something.
pub type Check = fn(&Context) -> Vec<Diagnostic>;

/// One finding in place of two or more of one rule, in the file's order.
pub type Join = fn(&[Diagnostic], &SourceMap) -> Option<Diagnostic>;

/// Declares a rule's static, whose doc comment is its page, and what looks for it.
macro_rules! rule {
    ($(#[doc = $line:literal])+
     $id:ident = $name:literal, $group:ident, $severity:ident, fix: $fix:ident,
     bad: [$($bad:literal),* $(,)?], good: [$($good:literal),* $(,)?] $(, check: $check:path)? $(, join: $join:path)?
     $(, needs: $needs:ident)? $(,)?) => {
        $crate::diag::rules::rule! {
            $(#[doc = $line])+
            $id = $name, $group, $severity, fix: $fix, bad: [$($bad),*], good: [$($good),*]
        }

        pub(super) const LINT: $crate::lint::rules::Lint = $crate::lint::rules::Lint {
            rule: &$id,
            check: rule!(@or_none $($check)?),
            join: rule!(@or_none $($join)?),
            needs: rule!(@needs $($needs)?),
        };
    };
    (@or_none) => {
        None
    };
    (@or_none $path:path) => {
        Some($path)
    };
    (@needs) => {
        $crate::lint::rules::Needs::Nothing
    };
    (@needs $needs:ident) => {
        $crate::lint::rules::Needs::$needs
    };
}

/// Lists the rules' modules and their statics, in the order of their pages.
macro_rules! rules {
    ($($module:ident :: $id:ident),* $(,)?) => {
        $(pub(crate) mod $module; pub use $module::$id;)*

        /// Every rule that is looked for in a sound file.
        pub static LINTS: &[Lint] = &[$($module::LINT),*];
    };
}

rules![
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
    thousands_point::THOUSANDS_POINT,
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

/// Every rule, errors first.
pub static ALL: &[&Rule] = &all::<{ ERRORS.len() + LINTS.len() }>();

const fn all<const N: usize>() -> [&'static Rule; N] {
    let mut all = [ERRORS[0]; N];
    let mut at = 0;
    while at < N {
        all[at] = match at < ERRORS.len() {
            true => ERRORS[at],
            false => LINTS[at - ERRORS.len()].rule,
        };
        at += 1;
    }
    all
}

/// The rule of that name.
pub fn find(name: &str) -> Option<&'static Rule> {
    ALL.iter().copied().find(|r| r.name == name)
}
