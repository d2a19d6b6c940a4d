//! A verdict's history in every output.
//!
//! In: what a file came to at each revision, oldest first. Out: text.

pub mod csv;
pub mod json;
mod spark;
mod text;

use super::Look;
use super::csv::Csv;
use crate::history::{Part, Point, Sound, State};
use crate::render::Format;
use jiff::civil::Date;

/// A file's history, and what is to be shown of it.
#[derive(Debug, Default)]
pub struct History {
    /// The file, as named on the command line.
    pub(crate) file: String,
    /// Oldest first.
    pub(crate) points: Vec<Point>,
    /// How many of the first points serve to compare with, and are not shown.
    pub(crate) hidden: usize,
    /// How many earlier revisions there are.
    pub(crate) earlier: usize,
    /// Whether commits are missing here.
    pub(crate) shallow: bool,
    /// The day to which all revisions were moved.
    pub(crate) as_of: Option<Date>,
    /// Horizons to show; all where it is empty.
    pub(crate) horizons: Vec<String>,
    /// Outcomes to show; all where it is empty.
    pub(crate) outcomes: Vec<String>,
    /// Whether only ASCII is to be drawn with.
    pub(crate) ascii: bool,
}

impl History {
    fn shows(&self, horizon: &str, outcome: &str) -> bool {
        let is_in = |list: &[String], name: &str| list.is_empty() || list.iter().any(|n| n == name);
        is_in(&self.horizons, horizon) && is_in(&self.outcomes, outcome)
    }

    fn shown(&self) -> &[Point] {
        self.points.get(self.hidden..).unwrap_or_default()
    }

    /// The verdicts of what is shown, oldest first.
    fn sound(&self) -> impl DoubleEndedIterator<Item = &Sound> {
        self.shown().iter().filter_map(|p| match &p.state {
            State::Sound(sound) => Some(sound),
            _ => None,
        })
    }

    /// Of the shown parts of an edit's share, the largest.
    fn chief<'a>(&self, parts: &'a [Part]) -> Option<&'a Part> {
        let shown = parts.iter().filter(|p| self.shows(&p.horizon, &p.outcome));
        // The first of equals.
        shown.reduce(|most, p| match p.share.abs() > most.share.abs() + 1e-12 {
            true => p,
            false => most,
        })
    }
}

/// One way to write a history.
pub type HistoryFormat = Format<fn(&History, Look) -> String>;

/// Every format of `log`, the default first. To add one: its file, and its line here.
pub static HISTORY_FORMATS: &[HistoryFormat] = &[
    Format::new("text", text::write),
    Format::new("json", json::write),
    Format::new("csv", |history, _| csv::write(history, Csv::Safe)),
];
