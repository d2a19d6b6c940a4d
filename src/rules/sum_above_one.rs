//! The rule `sum-above-one`.

rule! {
    /// Chances of which at most one can come true sum to more than 100%.
    SUM_ABOVE_ONE = "sum-above-one", Error, Error, fix: None,
    bad: [],
    good: []
}
