//! What is asked of a verdict on the command line.
//!
//! In: `--given`, `--under`, `--set`, `--with`, `--without`, `--horizon`, `--outcome`, `--as-of`,
//! `--vague`, `--method`, `--samples`. Out: an [`Asking`], which says the same to every caller.

use crate::workspace::asking;
pub(super) use crate::workspace::asking::{Asking, Method};
use jiff::civil::Date;

/// What the file is taken to say in place of what it says, in every command that evaluates it.
#[derive(Debug, Default, Clone, clap::Args)]
struct Edits {
    /// Replace what the file says: `tariffs: 50% by end`, `congress for exit: strong`;
    /// may be repeated
    #[arg(long, value_name = "CLAUSE")]
    with: Vec<String>,

    /// Leave out an event, factor, change or assumption, by name or title; may be repeated
    #[arg(long, value_name = "NAME")]
    without: Vec<String>,
}

/// What is asked beyond the verdict itself, in every command that answers it.
#[derive(Debug, Default, Clone, clap::Args)]
pub(super) struct Beyond {
    /// Condition on this: `ceasefire and not latitude`
    #[arg(long, value_name = "PROP")]
    given: Option<String>,

    /// Evaluate under this scenario or view of the file
    #[arg(long, value_name = "NAME")]
    under: Option<String>,

    /// Assume this is true: `drift` or `not drift`; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    set: Vec<String>,

    #[command(flatten)]
    edits: Edits,

    /// Show these horizons only, by name or title; may be repeated
    #[arg(long, value_name = "NAME")]
    horizon: Vec<String>,
}

/// What is asked of a verdict, and which part of it is shown.
#[derive(Debug, Default, clap::Args)]
pub(super) struct Flags {
    #[command(flatten)]
    pub(super) beyond: Beyond,

    /// Show these outcomes only, by name or title; may be repeated
    #[arg(long, value_name = "NAME")]
    outcome: Vec<String>,

    /// Evaluate as of this date instead of the file's own, `2025-03-01`; evidence dated later is left out
    #[arg(long, value_name = "DATE", value_parser = day)]
    as_of: Option<Date>,

    /// Give each number that has no range one of this many decibans to either side: `3dB`
    #[arg(long, value_name = "DB", value_parser = decibans)]
    vague: Option<f64>,
}

/// How the verdict is computed.
#[derive(Debug, clap::Args)]
pub(super) struct Sampling {
    /// Sum over all states, or sample them [default: exact, and sampled beyond the limit]
    #[arg(long, value_name = "METHOD", value_enum, default_value_t = Method::Auto, hide_default_value = true)]
    pub(super) method: Method,

    /// Number of sampled histories [default: depends on the question's size]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(i64::from(asking::SAMPLES.0)..=i64::from(asking::SAMPLES.1)))]
    pub(super) samples: Option<u32>,
}

/// The day on which the command runs, in UTC. Only whoever writes `today` asks for it.
pub(in crate::cli) fn today() -> Date {
    jiff::tz::Offset::UTC
        .to_datetime(jiff::Timestamp::now())
        .date()
}

/// A day, or `today`.
pub(super) fn exact_day(text: &str) -> Result<Date, String> {
    if text == "today" {
        return Ok(today());
    }
    let date = text.parse::<Date>().ok();
    let date = date.filter(|date| date.to_string() == text);
    date.ok_or_else(|| "write a date as 2026-01-31, or `today`".to_owned())
}

/// A day, or `today`; a month stands for its last day.
pub(super) fn day(text: &str) -> Result<Date, String> {
    match text {
        "today" => Ok(today()),
        text => asking::day(text),
    }
}

/// Half the width of a range, `3dB` or `3 dB`.
pub(super) fn decibans(text: &str) -> Result<f64, String> {
    const MOST: f64 = asking::MOST_VAGUE;
    let number = text
        .trim()
        .trim_end_matches(['d', 'D', 'b', 'B'])
        .trim_end();
    match number.parse::<f64>() {
        Ok(db) if 0.0 < db && db <= MOST => Ok(db),
        _ => Err(format!(
            "write decibans above 0, and at most {MOST}: `3dB`, which doubles the odds or halves them"
        )),
    }
}

impl Flags {
    /// What a command asks that shows every outcome.
    pub(super) fn of(beyond: &Beyond) -> Self {
        Flags {
            beyond: beyond.clone(),
            ..Flags::default()
        }
    }

    /// What is asked.
    pub(super) fn asking(&self) -> Asking {
        let Beyond {
            given,
            under,
            set,
            edits,
            horizon,
        } = self.beyond.clone();
        Asking {
            given,
            under,
            set,
            with: edits.with,
            without: edits.without,
            horizons: horizon,
            outcomes: self.outcome.clone(),
            as_of: self.as_of.map(|day| day.to_string()),
            vague: self.vague,
            ..Asking::default()
        }
    }
}
