//! The rule `inverted-range`.

rule! {
    /// A range runs from the larger to the smaller value.
    INVERTED_RANGE = "inverted-range", Error, Error, fix: Safe,
    bad: [],
    good: []
}
