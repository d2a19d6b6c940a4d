//! The rule `sum-not-one`.

rule! {
    /// A prior does not sum to 100% in a horizon.
    SUM_NOT_ONE = "sum-not-one", Error, Error, fix: Unsafe,
    bad: [],
    good: []
}
