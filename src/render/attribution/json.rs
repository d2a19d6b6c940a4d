//! A comparison as JSON. These structs are what `assess schema diff` describes.

use serde::Serialize;

/// What `assess diff --format json` prints.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Diff"))]
pub struct Report {
    /// Of this shape; it changes only where a reader of the old one would fail.
    pub(super) version: u32,
    /// The question, as the new side asks it.
    pub(super) title: String,
    pub(super) old: Revision,
    pub(super) new: Revision,
    pub(super) method: Method,
    /// In the new file's order, those that are gone at the end.
    pub(super) horizons: Vec<Horizon>,
    /// Edits that can move a verdict, the largest share first.
    pub(super) edits: Vec<Edit>,
    /// Edits that can move no verdict.
    pub(super) quiet: Vec<Quiet>,
}

/// One side.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Revision {
    pub(super) file: String,
    /// As named on the command line; null for the file as it lies there.
    pub(super) revision: Option<String>,
}

/// How shares were computed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Method {
    /// `exact`: over all subsets of the edits; `sampled`: over some orders of them.
    pub(super) kind: &'static str,
    /// How many orders; null where exact.
    pub(super) orders: Option<u64>,
    /// The largest standard error of a share, in percentage points; null where exact.
    pub(super) standard_error: Option<f64>,
    /// The largest standard error of the two verdicts, in percentage points; null where both are
    /// exact.
    pub(super) verdict_standard_error: Option<f64>,
}

/// One horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Horizon {
    /// The new name, where it was renamed.
    pub(super) id: String,
    pub(super) title: String,
    /// The likeliest outcome before, by its new name; null where the horizon is new.
    pub(super) old_leader: Option<String>,
    /// The likeliest outcome now; null where the horizon is gone.
    pub(super) new_leader: Option<String>,
    pub(super) outcomes: Vec<Outcome>,
}

/// One outcome at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Outcome {
    /// The new name, where it was renamed.
    pub(super) id: String,
    /// A share of 1; null where outcome or horizon is new.
    pub(super) old: Option<f64>,
    /// A share of 1; null where outcome or horizon is gone.
    pub(super) new: Option<f64>,
    /// New less old in percentage points; null where one of them is.
    pub(super) points: Option<f64>,
}

/// One edit, or several that only make sense together.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Edit {
    /// All parts in one line.
    pub(super) text: String,
    pub(super) parts: Vec<Part>,
    /// Where a horizon and an outcome stand on both sides; over all edits they sum to the move.
    pub(super) shares: Vec<Share>,
}

/// One changed, added or removed clause or item.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Part {
    pub(super) text: String,
    /// Where it stands on the old side; null where it was added.
    pub(super) old: Option<Place>,
    /// Where it stands on the new side; null where it was removed.
    pub(super) new: Option<Place>,
}

/// A place.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Place {
    pub(super) file: String,
    /// From 1.
    pub(super) line: usize,
}

/// What an edit did to one outcome at one horizon.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Share {
    pub(super) horizon: String,
    pub(super) outcome: String,
    /// Percentage points.
    pub(super) points: f64,
}

/// One edit that can move no verdict.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Quiet {
    pub(super) text: String,
    pub(super) old: Option<Place>,
    pub(super) new: Option<Place>,
}
