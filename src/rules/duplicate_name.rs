//! The rule `duplicate-name`.

rule! {
    /// Two things have one name.
    DUPLICATE_NAME = "duplicate-name", Error, Error, fix: None,
    bad: [],
    good: []
}
