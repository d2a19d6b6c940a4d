//! Groups of drivers, names taken from other files, and a file's own words.

use super::{DriverId, Name, Text};
use crate::text::source::{FileId, Span};

/// At most one of these events happens.
#[derive(Debug, Clone)]
pub struct Exclusive {
    /// The whole item.
    pub(crate) span: Span,
    /// The events.
    pub members: Vec<DriverId>,
}

/// Drivers that share evidence.
#[derive(Debug, Clone)]
pub struct Overlap {
    /// The whole item.
    pub(crate) span: Span,
    /// How much they share, 0 to 1.
    pub share: f64,
    /// The drivers.
    pub members: Vec<DriverId>,
}

/// Names taken from another file.
#[derive(Debug, Clone)]
pub struct Use {
    /// The whole item.
    pub(crate) span: Span,
    /// The path as written.
    pub path: Text,
    /// The file.
    pub file: FileId,
    /// The names as written, and what each became.
    pub(crate) names: Vec<(Name, Option<DriverId>)>,
}

/// A scale or strength table that the file defines.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    /// The whole item.
    pub(crate) span: Span,
    /// Its name; `strengths { … }` may have none.
    pub(crate) name: Option<Name>,
    /// Whether the file reads its words by it.
    pub in_force: bool,
    /// The words with their places.
    pub(crate) words: Vec<Name>,
}
