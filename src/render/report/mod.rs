//! Reports in every output of `report`.
//!
//! In: a [`Report`], in which every number has its text already. Out: the bytes of a file. No output
//! computes or rounds anything.

pub mod alone;
mod charts;
#[cfg(feature = "html")]
mod docx;
#[cfg(feature = "html")]
// The pages of a folder are written by the command alone.
#[cfg_attr(not(feature = "cli"), allow(dead_code))]
pub mod html;
pub(crate) mod markdown;
pub mod view;

use crate::render::Format;
use crate::render::report::view::Report;
use crate::render::report::view::model::{Answer, Outcome, QuestionOf};

/// One way to write a report.
pub type ReportFormat = Format<fn(&Report, &Shape) -> Vec<u8>, Kept>;

/// How a report of one format is kept.
#[derive(Debug, Clone, Copy)]
pub struct Kept {
    /// The endings of the files that hold it, the usual one first.
    pub endings: &'static [&'static str],
    /// Whether it is text, which a terminal can show.
    pub is_text: bool,
}

const fn text(endings: &'static [&'static str]) -> Kept {
    let is_text = true;
    Kept { endings, is_text }
}

/// Every section of a page by its name, in order; `text` is what the author wrote besides a summary,
/// and `source` the file.
pub const PARTS: [&str; 20] = [
    "judgements",
    "summary",
    "answer",
    "outcomes",
    "views",
    "numbers",
    "matrix",
    "text",
    "contributions",
    "drivers",
    "events",
    "changes",
    "tipping",
    "scenarios",
    "assumptions",
    "bets",
    "checks",
    "sources",
    "method",
    "source",
];

/// How much of a report a page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shape {
    /// Two pages' worth in place of the whole.
    pub(crate) brief: bool,
    /// The sections that are left out.
    pub(crate) without: Vec<String>,
    /// Whether the page asks its server for a newer one.
    pub(crate) reloads: bool,
}

impl Shape {
    /// Whether a section is wanted.
    pub(crate) fn shows(&self, part: &str) -> bool {
        !self.without.iter().any(|left| left == part)
    }

    /// Whether nothing is left out.
    #[cfg(feature = "html")]
    pub(crate) fn is_whole(&self) -> bool {
        !self.brief && self.without.is_empty()
    }
}

/// Every format of `report`, the default first. To add one: its file, and its line here.
pub static REPORT_FORMATS: &[ReportFormat] = &[
    #[cfg(feature = "html")]
    Format::with("html", text(&["html", "htm"]), |report, shape| {
        html::page(report, shape).into_bytes()
    }),
    Format::with("markdown", text(&["md", "markdown"]), |report, shape| {
        markdown::page(report, shape).into_bytes()
    }),
    Format::with("json", text(&["json"]), json),
    #[cfg(feature = "html")]
    Format::with(
        "docx",
        Kept {
            endings: &["docx"],
            is_text: false,
        },
        docx::document,
    ),
];

/// A question with its answers and outcomes, as a page shows them.
#[derive(Debug, serde::Serialize)]
struct Group<'r> {
    /// Its title, where that is not the assessment's.
    title: Option<&'r str>,
    /// What tells its chart from the first one's.
    id: Option<&'r str>,
    answers: &'r [Answer],
    outcomes: Vec<&'r Outcome>,
    /// How one would know, and what else its author says; those of the assessment stand elsewhere.
    question: Option<&'r QuestionOf>,
}

/// The questions of a report, the first one first.
fn groups(report: &Report) -> Vec<Group<'_>> {
    let named = |o: &&Outcome| report.questions.iter().any(|q| q.outcomes.contains(&o.id));
    let top: Vec<&Outcome> = report.outcomes.iter().filter(|o| !named(o)).collect();
    let top = (!top.is_empty()).then(|| Group {
        title: None,
        id: None,
        answers: &report.answers,
        outcomes: top,
        question: None,
    });
    let named = report.questions.iter().map(|q| Group {
        title: Some(&q.title),
        id: Some(&q.id),
        answers: &q.answers,
        outcomes: {
            let own = |o: &&Outcome| q.outcomes.contains(&o.id);
            report.outcomes.iter().filter(own).collect()
        },
        question: Some(q),
    });
    top.into_iter().chain(named).collect()
}

fn json(report: &Report, _: &Shape) -> Vec<u8> {
    crate::text::clean::json(report).into_bytes()
}
