//! Answers as values: plain data, JSON, and every other form that the command line prints.
//!
//! In: what was computed. Out: data to read, which serialises to what `--format json` prints, and texts
//! in the formats of the command line.

use super::LOOK;
use crate::diag::Checked;
use crate::render::explain::{EXPLAIN_FORMATS, Explained};
use crate::render::flip::{FLIP_FORMATS, Flipped};
use crate::render::format::find;
use crate::render::verdict::{EVAL_FORMATS, Evaluated};
use crate::render::{FORMATS, How, Look};
use serde::{Serialize, Serializer};

/// What `check` found in one file or several.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    pub(crate) checked: Vec<Checked>,
}

/// A verdict.
#[derive(Debug)]
pub struct Evaluation {
    pub(crate) evaluated: Evaluated,
}

/// Why a verdict is what it is.
#[derive(Debug)]
pub struct Explanation {
    pub(crate) explained: Explained,
}

/// What would change a verdict.
#[derive(Debug)]
pub struct TippingPoints {
    pub(crate) flipped: Flipped,
}

/// How wide lines are in a text, and whether it has colours.
fn look(width: usize) -> Look {
    Look { width, ..LOOK }
}

impl Findings {
    /// The findings as data.
    pub fn data(&self) -> crate::render::json::Report {
        crate::render::json::Report::new(&self.checked)
    }

    /// Whether a file has an error, and so no verdict.
    pub fn has_errors(&self) -> bool {
        self.data().summary.errors > 0
    }

    /// The text of `check --format NAME`, lines as wide as stated; none where there is no such format.
    pub fn text(&self, format: &str, width: usize) -> Option<String> {
        let format = find(FORMATS, format)?;
        let how = How {
            look: look(width),
            fails_from: Some(crate::diag::Severity::Error),
        };
        Some((format.write)(&self.checked, how))
    }
}

impl Evaluation {
    /// The verdict as data.
    pub fn data(&self) -> crate::render::verdict::json::Assessment {
        self.evaluated.to_json()
    }

    /// The text of `eval --format NAME`, lines as wide as stated; none where there is no such format.
    pub fn text(&self, format: &str, width: usize) -> Option<String> {
        let format = find(EVAL_FORMATS, format)?;
        let one = std::slice::from_ref(&self.evaluated);
        Some((format.write)(one, look(width)))
    }
}

impl Explanation {
    /// The reasons as data.
    pub fn data(&self) -> crate::render::explain::json::Report {
        self.explained.to_json()
    }

    /// The text of `explain --format NAME`, lines as wide as stated; none where there is no such format.
    pub fn text(&self, format: &str, width: usize) -> Option<String> {
        let format = find(EXPLAIN_FORMATS, format)?;
        Some((format.write)(&self.explained, look(width)))
    }
}

impl TippingPoints {
    /// What would change it, as data.
    pub fn data(&self) -> crate::render::flip::json::Report {
        self.flipped.to_json()
    }

    /// The text of `flip --format NAME`, lines as wide as stated; none where there is no such format.
    pub fn text(&self, format: &str, width: usize) -> Option<String> {
        let write = find(FLIP_FORMATS, format)?.write;
        Some(write(&self.flipped, look(width)))
    }
}

impl Serialize for Findings {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.data().serialize(to)
    }
}

impl Serialize for Evaluation {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        crate::render::verdict::json::Report::of(std::slice::from_ref(&self.evaluated))
            .serialize(to)
    }
}

impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.data().serialize(to)
    }
}

impl Serialize for TippingPoints {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.data().serialize(to)
    }
}

/// Any of the results as the very bytes that `--format json` prints.
pub fn to_json(result: &impl Serialize) -> String {
    crate::text::clean::json(result)
}
