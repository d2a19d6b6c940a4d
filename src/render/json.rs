//! Findings as JSON, the shape that scripts and editors rely on.
//!
//! In: diagnostics and their sources. Out: a [`Report`], and its text. The schema that `assess
//! schema` prints is made from the same structs.

use super::Look;
use crate::diag;
use crate::diag::{Checked, Tally};
use crate::text::source;
use crate::text::source::{SourceMap, Span};
use serde::Serialize;

/// What `assess check --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Report {
    /// The version of this shape.
    pub version: u32,
    /// Every finding: by file in path order, then by place.
    pub diagnostics: Vec<Diagnostic>,
    /// How many there are.
    pub summary: Summary,
}

/// One finding.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Diagnostic {
    /// The rule's name, in kebab-case.
    pub rule: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong.
    pub message: String,
    /// The file that it is about, as named on the command line.
    pub file: String,
    /// Where it starts.
    pub start: Position,
    /// One past where it ends.
    pub end: Position,
    /// Places and what is to be said of them, the primary one first.
    pub labels: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// The rule's page.
    pub url: String,
    /// The best fix.
    pub fix: Option<Fix>,
    /// Other ways, where what was written has several readings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, schemars(default))]
    pub alternatives: Vec<Fix>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The file means nothing, or contradicts itself.
    Error,
    /// It means something that its author probably did not intend.
    Warning,
    /// Worth a look.
    Note,
}

/// A place in a file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Position {
    /// From 1.
    pub line: usize,
    /// From 1, in Unicode scalar values.
    pub column: usize,
    /// From 0, in bytes.
    pub offset: usize,
}

/// A place and what is to be said of it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Label {
    /// Why here.
    pub message: String,
    /// The file.
    pub file: String,
    /// Where it starts.
    pub start: Position,
    /// One past where it ends.
    pub end: Position,
}

/// A change of the file that fixes a finding.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Fix {
    /// Whether it may be applied unseen.
    pub safe: bool,
    /// What it does.
    pub message: String,
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
}

/// One replacement of text.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Edit {
    /// The file.
    pub file: String,
    /// Where the replaced text starts.
    pub start: Position,
    /// One past where it ends; the start itself for an insertion.
    pub end: Position,
    /// What stands there afterwards.
    pub text: String,
}

/// How many findings there are.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct Summary {
    /// Files that were looked at.
    pub files: usize,
    /// Findings of severity `error`.
    pub errors: usize,
    /// Findings of severity `warning`.
    pub warnings: usize,
    /// Findings of severity `note`.
    pub notes: usize,
    /// Findings whose `fix` is safe.
    pub fixable: usize,
    /// Findings that the files allow.
    pub suppressed: usize,
}

/// The whole report of `check`.
pub fn report(checked: &[Checked], _: Look) -> String {
    let report = Report::new(checked);
    crate::text::clean::json(&report)
}

impl Report {
    /// The report of several files.
    pub fn new(checked: &[Checked]) -> Self {
        let diagnostics = checked.iter().flat_map(|file| {
            let sources = &file.sources;
            file.diagnostics
                .iter()
                .map(move |d| Diagnostic::new(d, sources))
        });
        Report {
            version: 1,
            diagnostics: diagnostics.collect(),
            summary: Tally::of(checked).into(),
        }
    }
}

impl Diagnostic {
    pub(super) fn new(d: &diag::Diagnostic, sources: &SourceMap) -> Self {
        let (file, start, end) = place(d.primary.span, sources);
        let primary = (!d.primary.message.is_empty()).then_some(&d.primary);
        let labels = primary.into_iter().chain(&d.others);
        let mut fixes = d.fixes.iter().map(|f| Fix::new(f, sources));
        Diagnostic {
            rule: d.rule.name,
            severity: d.severity.into(),
            message: d.message.clone(),
            file,
            start,
            end,
            labels: labels.map(|l| Label::new(l, sources)).collect(),
            help: d.help.clone(),
            url: d.rule.url(),
            fix: fixes.next(),
            alternatives: fixes.collect(),
        }
    }
}

impl Label {
    fn new(label: &diag::Label, sources: &SourceMap) -> Self {
        let (file, start, end) = place(label.span, sources);
        Label {
            message: label.message.clone(),
            file,
            start,
            end,
        }
    }
}

impl Fix {
    fn new(fix: &diag::Fix, sources: &SourceMap) -> Self {
        let edits = fix.edits.iter().map(|edit| {
            let (file, start, end) = place(edit.span, sources);
            Edit {
                file,
                start,
                end,
                text: edit.text.clone(),
            }
        });
        Fix {
            safe: fix.safe,
            message: fix.message.clone(),
            edits: edits.collect(),
        }
    }
}

fn place(span: Span, sources: &SourceMap) -> (String, Position, Position) {
    let source = sources.source(span.file);
    let at = |offset: u32| source.position(offset as usize).into();
    (source.name.clone(), at(span.start), at(span.end))
}

impl From<source::Position> for Position {
    fn from(p: source::Position) -> Self {
        Position {
            line: p.line,
            column: p.column,
            offset: p.offset,
        }
    }
}

impl From<diag::Severity> for Severity {
    fn from(severity: diag::Severity) -> Self {
        match severity {
            diag::Severity::Error => Severity::Error,
            diag::Severity::Warning => Severity::Warning,
            diag::Severity::Note => Severity::Note,
        }
    }
}

impl From<Tally> for Summary {
    fn from(t: Tally) -> Self {
        Summary {
            files: t.files,
            errors: t.errors,
            warnings: t.warnings,
            notes: t.notes,
            fixable: t.fixable,
            suppressed: t.suppressed,
        }
    }
}
