//! The rule `internal-error`.

rule! {
    /// `assess` met a shape of its own that it did not expect: our bug.
    INTERNAL_ERROR = "internal-error", Error, Error, fix: None,
    bad: [],
    good: []
}
