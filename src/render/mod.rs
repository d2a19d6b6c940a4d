//! How results look: one file for each output.
//!
//! In: diagnostics and verdicts. Out: text. Nothing is computed here that another output could
//! contradict, and nothing is printed: the caller writes.

pub mod agenda;
pub mod attribution;
#[cfg(feature = "html")]
pub(crate) mod base64;
pub(crate) mod clean;
pub mod concise;
pub mod csv;
pub mod diff;
mod excerpt;
pub mod explain;
pub mod flip;
pub mod github;
pub mod gitlab;
pub mod history;
pub mod json;
pub mod junit;
pub(crate) mod markdown;
pub mod pooling;
pub mod report;
pub mod round;
pub mod sarif;
pub mod score;
mod shapes;
pub mod statistics;
pub mod test;
pub mod text;
pub mod verdict;
pub(crate) mod voice;
pub mod wrap;
pub(crate) mod xml;
#[cfg(feature = "html")]
pub(crate) mod zip;

pub use shapes::{SHAPES, Shape};

use crate::diag::{Diagnostic, Severity};
use crate::scales::{Place, Scale};
use crate::source::SourceMap;
use std::fmt;

/// What was found in one file and those that it uses.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// The file that was looked at, as named on the command line.
    pub file: String,
    /// The files that the findings point into; may be empty where there is no finding.
    pub sources: SourceMap,
    /// The findings, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// How many findings the files allow, with a reason.
    pub suppressed: usize,
}

/// How findings are counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Files that were looked at.
    pub files: usize,
    /// Findings that leave a file without meaning.
    pub errors: usize,
    /// Findings that its author probably did not intend.
    pub warnings: usize,
    /// Findings worth a look.
    pub notes: usize,
    /// Findings with a safe fix.
    pub fixable: usize,
    /// Findings that the file allows, with a reason.
    pub suppressed: usize,
}

impl Tally {
    /// Counts the findings of several files.
    pub fn of(checked: &[Checked]) -> Self {
        let mut tally = Tally {
            files: checked.len(),
            suppressed: checked.iter().map(|c| c.suppressed).sum(),
            ..Tally::default()
        };
        for diagnostic in checked.iter().flat_map(|c| &c.diagnostics) {
            match diagnostic.severity {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Note => tally.notes += 1,
            }
            tally.fixable += usize::from(diagnostic.fixes.first().is_some_and(|f| f.safe));
        }
        tally
    }
}

impl fmt::Display for Tally {
    /// "2 errors and 1 warning in 3 files", or that there is nothing to say.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let count = |n: usize, what: &str| match n {
            0 => None,
            1 => Some(format!("1 {what}")),
            n => Some(format!("{n} {what}s")),
        };
        let files = count(self.files, "file").unwrap_or("no file".to_owned());
        let found: Vec<String> = [
            count(self.errors, "error"),
            count(self.warnings, "warning"),
            count(self.notes, "note"),
        ]
        .into_iter()
        .flatten()
        .collect();
        match found.split_last() {
            None => return write!(f, "{files} checked, nothing found"),
            Some((last, [])) => write!(f, "{last} in {files}")?,
            Some((last, rest)) => write!(f, "{} and {last} in {files}", rest.join(", "))?,
        }
        match self.fixable {
            0 => Ok(()),
            n => write!(f, ", {n} with a safe fix"),
        }
    }
}

/// What the place that a text is written to can show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// In columns.
    pub width: usize,
    /// Whether ANSI colours are wanted.
    pub colour: bool,
}

/// What a report of `check` is written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct How {
    /// What the place that it goes to can show.
    pub look: Look,
    /// From which level on a finding fails the run; none where none does.
    pub fails_from: Option<Severity>,
}

/// One way to write what `check` found.
pub struct Format {
    /// What `--format` takes.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Whether whoever reads it looks for files from the top of their repository, not from the
    /// folder that `assess` ran in.
    pub from_the_top: bool,
    /// Writes it.
    pub write: fn(&[Checked], How) -> String,
}

/// Every format of `check`, the default first. To add one: its file, and its line here.
pub static FORMATS: &[Format] = &[
    Format {
        name: "text",
        about: "a report that shows each place in its file",
        from_the_top: false,
        write: |checked, how| text::report(checked, how.look),
    },
    Format {
        name: "concise",
        about: "one line for each finding",
        from_the_top: false,
        write: |checked, how| concise::report(checked, how.look),
    },
    Format {
        name: "json",
        about: "for programs; see `assess schema check`",
        from_the_top: false,
        write: |checked, how| json::report(checked, how.look),
    },
    Format {
        name: "sarif",
        about: "SARIF 2.1.0, for code scanning",
        from_the_top: true,
        write: |checked, how| sarif::report(checked, how.look),
    },
    Format {
        name: "github",
        about: "annotations of GitHub Actions",
        from_the_top: true,
        write: |checked, how| github::report(checked, how.look),
    },
    Format {
        name: "gitlab",
        about: "a GitLab Code Quality report",
        from_the_top: true,
        write: |checked, how| gitlab::report(checked, how.look),
    },
    Format {
        name: "junit",
        about: "a JUnit report, for CI servers",
        from_the_top: true,
        write: |checked, how| junit::report(checked, how.fails_from),
    },
];

/// A chance's word, and whether it lies outside the scale: "likely", "almost no chance (below the
/// scale)". Every output takes its word from here or, where its place has a field or brackets of its
/// own, from [`Scale::wording`]; never from an interval.
pub(crate) fn wording(scale: &Scale, p: f64) -> String {
    let wording = scale.wording(p);
    match wording.place {
        Place::Below => format!("{} (below the scale)", wording.word()),
        Place::Above => format!("{} (above the scale)", wording.word()),
        Place::Within | Place::Near => wording.word(),
    }
}
