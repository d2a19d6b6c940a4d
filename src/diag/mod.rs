//! What is said of a file: diagnostics as plain data, without a renderer.
//!
//! In: spans and words from the passes and the rules. Out: [`Diagnostic`]s in file order.
//! How they look is decided in `render`; what a rule is, in [`rules`].

mod checked;
pub mod fixes;
pub mod rules;
pub mod suggest;

pub use checked::{Checked, Tally};

use crate::diag::rules::Rule;
use crate::text::source::Span;

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth a look.
    Note,
    /// The file means something that its author probably did not intend.
    Warning,
    /// The file means nothing, or contradicts itself.
    Error,
}

impl Severity {
    /// The word that every output uses.
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Error => "error",
        }
    }
}

/// A place and what is to be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// Why here, in a few words; may be empty.
    pub message: String,
}

/// One replacement of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced; empty to insert.
    pub span: Span,
    /// What stands there afterwards.
    pub text: String,
}

/// A change of the file that fixes a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// Whether the file still means what its author meant, without anybody looking.
    pub safe: bool,
    /// What the fix does, in a few words.
    pub message: String,
    /// The replacements; they do not overlap.
    pub edits: Vec<Edit>,
}

impl Fix {
    /// A fix that can be applied unseen.
    pub fn safe(message: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Fix::new(true, message, span, text)
    }

    /// A fix that a person must look at.
    pub fn risky(message: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        Fix::new(false, message, span, text)
    }

    fn new(safe: bool, message: impl Into<String>, span: Span, text: impl Into<String>) -> Self {
        let text = text.into();
        Fix {
            safe,
            message: message.into(),
            edits: vec![Edit { span, text }],
        }
    }
}

/// One finding.
#[derive(Debug, Clone)]
pub struct Diagnostic {
    /// The rule that it belongs to: its name, page and default severity.
    pub rule: &'static Rule,
    /// How bad it is here.
    pub severity: Severity,
    /// What is wrong, in lower case, names in backticks.
    pub message: String,
    /// The place that it is about.
    pub primary: Label,
    /// Other places that explain it.
    pub others: Vec<Label>,
    /// What to write instead.
    pub help: Option<String>,
    /// Fixes, the best first; more than one where there are several readings.
    pub fixes: Vec<Fix>,
}

impl Diagnostic {
    /// A finding of `rule` at `span`, at the rule's own severity.
    pub fn new(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Diagnostic {
            rule,
            severity: rule.severity,
            message: message.into(),
            primary: Label {
                span,
                message: String::new(),
            },
            others: Vec::new(),
            help: None,
            fixes: Vec::new(),
        }
    }

    /// Says why the finding is at its place.
    pub fn label(mut self, message: impl Into<String>) -> Self {
        self.primary.message = message.into();
        self
    }

    /// Points at another place.
    pub fn other(mut self, span: Span, message: impl Into<String>) -> Self {
        self.others.push(Label {
            span,
            message: message.into(),
        });
        self
    }

    /// Says what to write instead.
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a fix.
    pub fn fix(mut self, fix: Fix) -> Self {
        self.fixes.push(fix);
        self
    }
}

/// The findings of one run, gathered pass by pass.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// No findings.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all findings of another pass.
    pub fn extend(&mut self, others: impl IntoIterator<Item = Diagnostic>) {
        self.list.extend(others);
    }

    /// Whether any finding is an error: such a file has no verdict.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|d| d.severity == Severity::Error)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings in the order of their places: file, then byte, then rule.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.list.sort_by(|a, b| {
            (a.primary.span, a.rule.name, &a.message).cmp(&(
                b.primary.span,
                b.rule.name,
                &b.message,
            ))
        });
        self.list
    }

    /// The findings in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.list.iter()
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;
    fn into_iter(self) -> Self::IntoIter {
        self.list.into_iter()
    }
}
