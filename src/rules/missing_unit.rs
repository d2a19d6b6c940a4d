//! The rule `missing-unit`.

rule! {
    /// A number stands without the unit that says what it means.
    MISSING_UNIT = "missing-unit", Error, Error, fix: Unsafe,
    bad: [],
    good: []
}
