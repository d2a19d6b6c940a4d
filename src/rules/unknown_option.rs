//! The rule `unknown-option`.

rule! {
    /// A value is not one of the few that may stand there.
    UNKNOWN_OPTION = "unknown-option", Error, Error, fix: Safe,
    bad: [],
    good: []
}
