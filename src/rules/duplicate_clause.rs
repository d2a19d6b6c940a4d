//! The rule `duplicate-clause`.

rule! {
    /// A clause is given twice where one is allowed.
    DUPLICATE_CLAUSE = "duplicate-clause", Error, Error, fix: None,
    bad: [],
    good: []
}
