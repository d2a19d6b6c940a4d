//! The rule `missing-otherwise`.

rule! {
    /// The `given` rows of a chance leave a state uncovered.
    MISSING_OTHERWISE = "missing-otherwise", Error, Error, fix: None,
    bad: [],
    good: []
}
