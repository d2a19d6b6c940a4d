//! The rule `encoding`.

rule! {
    /// A file is not UTF-8 text.
    ///
    /// The report shows the first byte that is not. Often the file was saved in an older encoding, or is no
    /// text at all.
    ///
    /// Instead: save the file as UTF-8.
    ENCODING = "encoding", Error, Error, fix: None,
    bad: [],
    good: [],
}
