//! The rule `horizon-gap`.

rule! {
    /// Horizons overlap, leave a gap, or stand out of order.
    ///
    /// Each horizon begins where the one before ends, the first at `as of`. In a gap nobody could say what is
    /// likely, and in an overlap two things would be said.
    ///
    /// Instead: let each begin at the end of the one before. `until` and a plain duration (`90 days`) do so by
    /// themselves.
    HORIZON_GAP = "horizon-gap", Error, Error, fix: Unsafe,
    bad: [
        r#"horizon short "Short term": 0 to 6 months
horizon long  "Long term":  12 to 36 months
"#,
    ],
    good: [
        r#"horizon short "Short term": 0 to 6 months
horizon long  "Long term":  6 to 36 months
"#,
    ],
}
