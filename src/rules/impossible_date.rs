//! The rule `impossible-date`.

rule! {
    /// A date is in no calendar.
    IMPOSSIBLE_DATE = "impossible-date", Error, Error, fix: None,
    bad: [],
    good: []
}
