//! The rule `unknown-name`.

rule! {
    /// A name is used that nothing in the file declares.
    UNKNOWN_NAME = "unknown-name", Error, Error, fix: Safe,
    bad: [],
    good: []
}
