//! The rule `missing-part`.

rule! {
    /// A part without which there is no verdict is missing.
    MISSING_PART = "missing-part", Error, Error, fix: None,
    bad: [],
    good: []
}
