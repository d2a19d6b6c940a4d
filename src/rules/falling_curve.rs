//! The rule `falling-curve`.

rule! {
    /// A cumulative chance falls from one horizon to the next.
    FALLING_CURVE = "falling-curve", Error, Error, fix: None,
    bad: [],
    good: []
}
