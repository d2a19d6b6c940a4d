//! An agenda as JSON. These structs are what `assess schema agenda` describes.

use super::{Agenda, days};
use crate::render::Look;
use serde::Serialize;

/// What `assess agenda --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Agenda"))]
pub struct Report {
    /// Of this shape; it changes only where a reader of the old one would fail.
    version: u32,
    /// The day against which things are past; null where none is given.
    today: Option<String>,
    /// In order of time.
    due: Vec<Item>,
}

/// One thing that falls due.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct Item {
    /// The last day on which nothing is amiss, as 2026-01-31.
    date: String,
    /// From `today` to `date`; negative where it is past, null where no day is given.
    days: Option<i64>,
    /// `horizon`, `event`, `evidence` or `allow`.
    kind: &'static str,
    /// Names of the file that it is about; of an `allow`, of rules.
    names: Vec<String>,
    /// What comes about on that day.
    what: String,
    /// What is to be done then.
    todo: String,
    /// The assessment's question; null in a shared file.
    title: Option<String>,
    file: String,
    /// From 1.
    line: usize,
    /// The same for the same thing in every run, whatever its date.
    uid: String,
}

/// Writes it.
pub(super) fn write(agenda: &Agenda, _: Look) -> String {
    let due = agenda.due.iter().map(|due| Item {
        date: due.date.to_string(),
        days: agenda.today.map(|today| days(today, due.date)),
        kind: due.kind.as_str(),
        names: due.names.clone(),
        what: due.what.clone(),
        todo: due.todo.clone(),
        title: due.title.clone(),
        file: due.file.clone(),
        line: due.line,
        uid: due.uid.clone(),
    });
    let report = Report {
        version: 1,
        today: agenda.today.map(|d| d.to_string()),
        due: due.collect(),
    };
    crate::text::clean::json(&report)
}
