//! The rules' thresholds, each registered once: its field, its name in `assess.toml`, its kind and
//! its default.
//!
//! In: `assess.toml`. Out: read by the rules' checks; the pages, the configuration and its schema
//! are made from [`THRESHOLDS`]. To add one: a line in the list below.

use super::measure::Measure;
use crate::record::words::Word;
use jiff::civil::Date;

/// Declares [`Settings`] and [`THRESHOLDS`] from one list.
macro_rules! thresholds {
    ($($(#[doc = $about:literal])+ $field:ident: $measure:ident = $default:literal, $rule:literal $option:literal;)*) => {
        /// What a rule's condition compares with. Chances and points are shares of 1, durations
        /// days, strengths decibans.
        #[derive(Debug, Clone, PartialEq)]
        pub struct Settings {
            /// `--today` or `[lint] today`: without it nothing is overdue.
            pub today: Option<Date>,
            /// What words and ranges turned out to mean, by `[score] history`: without it nothing is known.
            pub record: Option<Vec<Word>>,
            $($(#[doc = $about])+ pub $field: thresholds!(@type $measure),)*
        }

        impl Default for Settings {
            fn default() -> Self {
                Settings { today: None, record: None, $($field: $default,)* }
            }
        }

        /// Every threshold.
        pub static THRESHOLDS: &[Threshold] = &[$(Threshold {
            rule: $rule,
            option: $option,
            measure: Measure::$measure,
            default: $default as f64,
            about: concat!($($about),+),
            set: |settings, value| settings.$field = value as thresholds!(@type $measure),
            get: |settings| settings.$field as f64,
        }),*];
    };
    (@type Count) => { usize };
    // 0 or 1.
    (@type Switch) => { usize };
    (@type $measure:ident) => { f64 };
}

thresholds! {
    /// How many times the yearly hazard may change from one horizon to the next.
    hazard_jump_factor: Factor = 10.0, "hazard-jump" "factor";
    /// How many times apart two files' yearly hazards of one thing may be.
    files_disagree_factor: Factor = 3.0, "files-disagree" "factor";
    /// How far events and changes may move an outcome's odds beside a prior that counts cases.
    unpacked_odds: Decibans = 2.0, "unpacked" "odds";
    /// How far an event and the outcome of the same chances may come to differ.
    twin_event_apart: Points = 0.005, "twin-event" "apart";
    /// How many drivers that push one way are many.
    many_alike_drivers: Count = 5, "many-alike" "drivers";
    /// The most that each of them pushes.
    many_alike_one: Decibans = 5.0, "many-alike" "one";
    /// The most that they may push together.
    many_alike_all: Decibans = 10.0, "many-alike" "all";
    /// Below which largest entry a likelihood table explains nothing.
    unexplained_share: Share = 0.05, "unexplained" "share";
    /// How far a driver moves the last horizon without a weight there.
    partial_weight_moves: Points = 0.005, "partial-weight" "moves";
    /// How far evidence moves the leader in a file that rates nothing.
    unrated_file_moves: Points = 0.1, "unrated-file" "moves";
    /// What outcomes that are not final have at least at the first horizon.
    no_status_quo_share: Share = 0.05, "no-status-quo" "share";
    /// How far an outcome moves that nobody named.
    follows_unnamed_moves: Points = 0.05, "follows-unnamed" "moves";
    /// From which chance on a condition nearly always holds.
    nearly_always_chance: Share = 0.9, "nearly-always" "chance";
    /// How far its absence moves the leader.
    nearly_always_moves: Points = 0.1, "nearly-always" "moves";
    /// How far a factor without evidence must move an outcome.
    missing_evidence_moves: Points = 0.01, "missing-evidence" "moves";
    /// How many items of evidence, all rated alike, are too many.
    halo_items: Count = 5, "halo-grade" "items";
    /// How many levels apart the two parts of a rating are too far.
    split_levels: Count = 3, "split-rating" "levels";
    /// How old evidence may be at `as of`.
    stale_after: Days = 730.0, "stale" "after";
    /// By how much a weight's outcome moves the wrong way.
    backfiring_shift: Points = 0.005, "backfiring-weight" "shift";
    /// The most that one driver pushes an outcome.
    overwhelming_one: Decibans = 20.0, "overwhelming" "one";
    /// The most that all drivers together push an outcome.
    overwhelming_all: Decibans = 30.0, "overwhelming" "all";
    /// How far an outcome's odds move without the factors that rest on no evidence.
    unsupported_shift: Decibans = 10.0, "unsupported-shift" "shift";
    /// With how many factors at least one of them can be dominant.
    dominant_factors: Count = 3, "dominant-factor" "factors";
    /// Below which shift a driver does nothing.
    inert_shift: Points = 0.005, "inert-factor" "shift";
    /// Below which change of any outcome's odds a driver does nothing.
    inert_odds: Decibans = 1.0, "inert-factor" "odds";
    /// How near to a band's edge a checked word stands.
    near_edge: Points = 0.01, "verdict-near-edge" "within";
    /// Whether every "could", "might" and "possible" without a chance is found.
    weasel_wide: Switch = 0, "weasel" "wide";
    /// Below which margin a lead is fragile.
    fragile_margin: Points = 0.02, "fragile-leader" "margin";
}

/// What is known of one threshold.
#[derive(Debug)]
pub struct Threshold {
    /// The rule that compares with it.
    pub rule: &'static str,
    /// Its name among the rule's settings in `assess.toml`.
    pub option: &'static str,
    /// What its number counts, and how it is written.
    pub measure: Measure,
    /// What it is unless configured.
    pub default: f64,
    /// What it is, in a sentence.
    pub(crate) about: &'static str,
    set: fn(&mut Settings, f64),
    get: fn(&Settings) -> f64,
}

impl Threshold {
    /// The thresholds of a rule, in the order of their registration.
    pub fn of(rule: &str) -> impl Iterator<Item = &'static Threshold> {
        THRESHOLDS.iter().filter(move |t| t.rule == rule)
    }

    /// Changes it.
    pub fn set(&self, settings: &mut Settings, value: f64) {
        (self.set)(settings, value);
    }

    /// What it is in these settings.
    pub fn get(&self, settings: &Settings) -> f64 {
        (self.get)(settings)
    }
}
