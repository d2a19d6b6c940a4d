//! Why there is no answer.
//!
//! In: what stood in the way. Out: one value that says it in a sentence, and carries the findings where
//! a file or what was asked is mistaken.

use super::Findings;
use crate::diag::Checked;
use crate::diag::Diagnostic;
use crate::project::Project;
use crate::render::concise;
use crate::text::source::SourceMap;
use std::fmt;

/// Why there is no answer.
#[derive(Clone)]
pub struct Error {
    kind: ErrorKind,
    message: String,
    findings: Findings,
}

/// What stood in the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// A file cannot be read.
    Unreadable,
    /// The file has no verdict, being made for `use`.
    Shared,
    /// Something is wrong with a file.
    Mistaken,
    /// Something is wrong with `assess.toml`.
    Configuration,
    /// Something is wrong with what was asked.
    Asked,
}

impl ErrorKind {
    /// Its word for programs: `mistaken`.
    pub fn as_str(self) -> &'static str {
        match self {
            ErrorKind::Unreadable => "unreadable",
            ErrorKind::Shared => "shared",
            ErrorKind::Mistaken => "mistaken",
            ErrorKind::Configuration => "configuration",
            ErrorKind::Asked => "asked",
        }
    }
}

impl Error {
    /// What stood in the way.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// What is wrong, with places and fixes; nothing where there is no place.
    pub fn findings(&self) -> &Findings {
        &self.findings
    }

    #[cfg(feature = "cli")]
    pub(crate) fn into_checked(self) -> Vec<Checked> {
        self.findings.checked
    }

    fn plain(kind: ErrorKind, message: String) -> Error {
        Error {
            kind,
            message,
            findings: Findings::default(),
        }
    }

    fn found(kind: ErrorKind, checked: Checked) -> Error {
        let message = concise::report(std::slice::from_ref(&checked), super::LOOK);
        Error {
            kind,
            message: message.trim_end().to_owned(),
            findings: Findings {
                checked: vec![checked],
            },
        }
    }

    pub(crate) fn unreadable(name: &str, why: &std::io::Error) -> Error {
        let message = match why.kind() {
            std::io::ErrorKind::NotFound => format!("there is no file `{name}`"),
            std::io::ErrorKind::IsADirectory => format!("`{name}` is a folder; name a file"),
            _ => format!("`{name}` cannot be read: {why}"),
        };
        Error::plain(ErrorKind::Unreadable, message)
    }

    pub(crate) fn shared(project: &Project) -> Error {
        let first = project.sources.iter().next();
        let name = first.map_or("", |(_, source)| source.name.as_str());
        Error::plain(
            ErrorKind::Shared,
            format!("`{name}` is made for `use`: it has no outcomes, and so no verdict"),
        )
    }

    pub(crate) fn mistaken(sources: SourceMap, diagnostics: Vec<Diagnostic>) -> Error {
        Error::found(ErrorKind::Mistaken, checked(sources, diagnostics))
    }

    pub(crate) fn asked(sources: SourceMap, diagnostics: Vec<Diagnostic>) -> Error {
        Error::found(ErrorKind::Asked, checked(sources, diagnostics))
    }

    pub(crate) fn of(kind: ErrorKind, checked: Checked) -> Error {
        Error::found(kind, checked)
    }

    /// Something in a sentence about what was asked.
    pub(crate) fn refused(message: String) -> Error {
        Error::plain(ErrorKind::Asked, message)
    }

    /// Something in a sentence about a configuration.
    pub(crate) fn configuration(message: String) -> Error {
        Error::plain(ErrorKind::Configuration, message)
    }
}

/// Findings that point into some sources.
fn checked(sources: SourceMap, diagnostics: Vec<Diagnostic>) -> Checked {
    let first = sources.iter().next();
    Checked {
        file: first
            .map(|(_, source)| source.name.clone())
            .unwrap_or_default(),
        sources,
        diagnostics,
        ..Checked::default()
    }
}

impl fmt::Display for Error {
    /// In a sentence or, where there are findings, one line for each.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl fmt::Debug for Error {
    /// What `main` prints of it: the sentence alone, and not the files.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}: {}", self.kind, self.message)
    }
}

impl std::error::Error for Error {}
