//! The rule `range-end`.

rule! {
    /// A range of chances ends at 0% or 100%.
    ///
    /// A range is a 90% interval in log-odds: in 5 cases of 100 the chance is below it, in 5 above. Nothing lies
    /// below 0% or above 100%, and neither has odds, so that the range has no middle: "up to 30%" does not say
    /// whether 15% is meant, or 1%.
    ///
    /// Instead: state the least and the most that you would still bet on. What cannot be is written `0%` alone.
    RANGE_END = "range-end", Error, Error, fix: Unsafe,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 0% to 30% by long
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 1% to 30% by long
}
"#,
    ],
}
