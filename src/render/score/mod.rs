//! The track record in every output of `score`.
//!
//! In: cases and their figures. Out: text. Every figure names its rule and its range.

pub mod chart;
pub mod csv;
pub mod json;
pub(in crate::render) mod lines;
mod markdown;
mod text;
mod to_json;

use super::Look;
use super::csv::Csv;
use crate::phrases::Phrases;
use crate::record::case::Case;
use crate::record::credit::Reasons;
use crate::record::sheet::{How, Sheet};
use crate::record::weights::Ratio;
use crate::record::words::Word;
use crate::render::Format;
use crate::text::lang::Lang;
use jiff::civil::Date;

/// Which forecast counts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Chosen {
    /// The last before the day on which a question was settled.
    #[default]
    Last,
    /// The last up to a day.
    AsOf(Date),
    /// Every one, by the days that it stood.
    Daily,
    /// Each row of a file from elsewhere.
    Rows,
}

impl Chosen {
    /// In words.
    pub fn words(self, say: &Phrases) -> String {
        match self {
            Chosen::Last => say.get("rec_last").to_owned(),
            Chosen::AsOf(day) => {
                let day = match say.get("decimal_mark") {
                    "." => day.to_string(),
                    _ => say.date(day),
                };
                say.fill("rec_as_of_day", &[("day", &day)])
            }
            Chosen::Daily => say.get("rec_daily").to_owned(),
            Chosen::Rows => say.get("rec_rows").to_owned(),
        }
    }
}

/// What was scored, and how.
#[derive(Debug, Default)]
pub struct Record {
    /// How many files were looked at.
    pub(crate) files: usize,
    /// Which forecast counts.
    pub(crate) chosen: Chosen,
    /// The language of its page.
    pub(crate) lang: Lang,
    /// Whether chances were taken to a millionth, being so many.
    pub(crate) is_rounded: bool,
    /// How figures were computed.
    pub(crate) how: How,
    /// Whether early commits are missing here.
    pub(crate) shallow: bool,
    /// Files whose own text had to serve.
    pub(crate) without_history: Vec<String>,
    /// Questions that turned out to have no answer.
    pub(crate) void: usize,
    /// What was settled and could not be scored, and why.
    pub(crate) left_out: Vec<(String, String)>,
    /// What else is to be said of the whole, in sentences.
    pub(crate) remarks: Vec<String>,
    /// How many rows were scored, where they are not kept.
    pub(crate) rows: Option<u64>,
    /// How many cases were scored.
    pub(crate) scored: u64,
    /// What was scored, where it was to be kept.
    pub(crate) cases: Vec<Case>,
    /// What was done with shares, ties and the like, as sentences.
    pub(crate) said: Vec<String>,
    /// How many more than those named had to serve with their own text.
    pub(crate) more_without: usize,
    /// How many more than those listed could not be scored.
    pub(crate) more_left_out: usize,
    /// How many more of these sentences there would be.
    pub(crate) more_said: usize,
    /// Words as written, with what came of them.
    pub(crate) words: Vec<Word>,
    /// What reasons brought towards what came true; empty unless asked for.
    pub(crate) reasons: Vec<Reasons>,
    /// Which strengths it supports; none unless asked for.
    pub(crate) ratios: Option<Vec<Ratio>>,
    /// The figures.
    pub(crate) sheet: Option<Sheet>,
}

/// One way to write a track record.
pub type ScoreFormat = Format<fn(&Record, Look) -> String, Cases>;

/// What a format of `score` shows of the cases.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cases {
    /// Their sums alone.
    Summed,
    /// Each of them, which takes memory.
    Listed,
}

/// Every format of `score`, the default first. To add one: its file, and its line here.
pub static SCORE_FORMATS: &[ScoreFormat] = &[
    Format::with("text", Cases::Summed, text::write),
    Format::with("json", Cases::Listed, |record, _| to_json::write(record)),
    Format::with("csv", Cases::Listed, |record, _| {
        csv::write(record, Csv::Safe)
    }),
    Format::with("markdown", Cases::Summed, |record, _| {
        markdown::write(record)
    }),
    #[cfg(feature = "html")]
    Format::with("html", Cases::Summed, |record, _| {
        super::report::html::record::page(record, None)
    }),
];
