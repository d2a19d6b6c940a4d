//! Reports in every output of `report`.
//!
//! In: a [`Report`], in which every number has its text already. Out: text. No output computes or
//! rounds anything.

pub mod alone;
mod charts;
pub mod html;
pub(crate) mod markdown;

use crate::report::Report;

/// One way to write a report.
pub struct ReportFormat {
    /// What `--format` takes.
    pub name: &'static str,
    /// Writes it.
    pub write: fn(&Report) -> String,
}

/// Every format of `report`, the default first. To add one: its file, and its line here.
pub static REPORT_FORMATS: &[ReportFormat] = &[
    ReportFormat {
        name: "html",
        write: html::page,
    },
    ReportFormat {
        name: "markdown",
        write: markdown::page,
    },
    ReportFormat {
        name: "json",
        write: json,
    },
];

fn json(report: &Report) -> String {
    let mut text = serde_json::to_string_pretty(report).unwrap_or_default();
    text.push('\n');
    text
}
