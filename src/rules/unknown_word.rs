//! The rule `unknown-word`.

rule! {
    /// A word is used that the file's scale or strengths do not have.
    UNKNOWN_WORD = "unknown-word", Error, Error, fix: Safe,
    bad: [],
    good: []
}
