//! The rule `impossible-number`.

rule! {
    /// A number is outside what its unit allows.
    IMPOSSIBLE_NUMBER = "impossible-number", Error, Error, fix: None,
    bad: [],
    good: []
}
