//! The rule `unreadable-use`.

rule! {
    /// A file that `use` names cannot be read, or lies outside.
    UNREADABLE_USE = "unreadable-use", Error, Error, fix: None,
    bad: [],
    good: []
}
