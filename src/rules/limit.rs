//! The rule `limit`.

rule! {
    /// Something is larger, deeper or more numerous than `assess` takes on.
    LIMIT = "limit", Error, Error, fix: None,
    bad: [],
    good: []
}
