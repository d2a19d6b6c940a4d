//! The rule `unknown-clause`.

rule! {
    /// A clause or item has a key that does not belong there.
    UNKNOWN_CLAUSE = "unknown-clause", Error, Error, fix: Safe,
    bad: [],
    good: []
}
