//! The rule `internal-error`.

rule! {
    /// `assess` reached a state that it did not expect: a bug in `assess`.
    ///
    /// Nothing is wrong with the file that this rule could name. The item is left out, and the rest of the
    /// file is still checked.
    ///
    /// Instead: please report it, with the file if you may share it.
    INTERNAL_ERROR = "internal-error", Error, Error, fix: None,
    bad: [],
    good: [],
}
