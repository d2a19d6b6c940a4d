//! The rule `by-when`.

rule! {
    /// A lasting thing's chance does not say by when.
    BY_WHEN = "by-when", Error, Error, fix: Unsafe,
    bad: [],
    good: []
}
