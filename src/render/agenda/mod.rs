//! An agenda in every output.
//!
//! In: what falls due, in order of time, and which day it is, where that is known. Out: text.

mod ics;
pub mod json;
mod text;

use super::Look;
use crate::agenda::Due;
use crate::render::Format;
use jiff::civil::Date;

/// What falls due in some files.
#[derive(Debug, Clone, Default)]
pub struct Agenda {
    /// In order of time.
    pub(crate) due: Vec<Due>,
    /// The day against which things are past.
    pub(crate) today: Option<Date>,
    /// How many files were looked at.
    pub(crate) files: usize,
}

/// One way to write an agenda.
pub type AgendaFormat = Format<fn(&Agenda, Look) -> String>;

/// Every format of `agenda`, the default first. To add one: its file, and its line here.
pub static AGENDA_FORMATS: &[AgendaFormat] = &[
    Format::new("text", text::write),
    Format::new("json", json::write),
    Format::from_the_top("ics", ics::write),
];

/// How many days from `today` to a day; negative where it is past.
fn days(today: Date, date: Date) -> i64 {
    today
        .until(date)
        .map_or(0, |span| i64::from(span.get_days()))
}
