//! The rule `syntax`.

rule! {
    /// Something stands where the grammar knows no such thing.
    SYNTAX = "syntax", Error, Error, fix: None,
    bad: [],
    good: []
}
