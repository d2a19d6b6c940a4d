//! The findings of a run: file by file, and how many there are.
//!
//! In: diagnostics. Out: [`Checked`], which every output is written from, and a [`Tally`] of several.

use super::{Diagnostic, Severity};
use crate::text::source::SourceMap;
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
