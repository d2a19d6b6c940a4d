//! A first file for a new question: it checks, it evaluates, and it asks what an analyst must answer.
//!
//! In: a question, a day, horizons, outcomes, the passages of a note. Out: the text of an `.assess`
//! file. Nothing is read or written here.

mod note;
mod outline;
mod text;
pub(crate) mod waiting;

pub use note::{Passage, passages};
pub use outline::{Planned, default_horizons, default_outcomes, horizons, outcomes};
pub use text::write;

use jiff::civil::Date;

/// What a starter is made of.
#[derive(Debug, Clone)]
pub struct Starter {
    pub(crate) question: String,
    /// Name of the author.
    pub(crate) author: Option<String>,
    /// Time 0.
    pub(crate) as_of: Date,
    /// At least one; what they say is their period: `0 to 6 months`.
    pub(crate) horizons: Vec<Planned>,
    /// At least two, at least one of them not final.
    pub(crate) outcomes: Vec<Planned>,
    /// A note's passages, to be encoded.
    pub(crate) passages: Vec<Passage>,
}
