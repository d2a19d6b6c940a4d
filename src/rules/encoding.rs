//! The rule `encoding`.

rule! {
    /// A file is not UTF-8 text.
    ENCODING = "encoding", Error, Error, fix: None,
    bad: [],
    good: []
}
