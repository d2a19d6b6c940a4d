//! The rule `horizon-gap`.

rule! {
    /// Horizons overlap, leave a gap, or stand out of order.
    HORIZON_GAP = "horizon-gap", Error, Error, fix: Unsafe,
    bad: [],
    good: []
}
