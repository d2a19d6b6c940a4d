//! The rule `inverted-range`.

rule! {
    /// A range runs from the larger to the smaller value.
    ///
    /// A range is read as the 5th and the 95th percentile. The other way round it may be a slip of the hand
    /// or a wrong number, so it is not swapped silently.
    ///
    /// Instead: write the smaller value first.
    INVERTED_RANGE = "inverted-range", Error, Error, fix: Safe,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 40% to 20% by long
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 20% to 40% by long
}
"#,
    ],
}
