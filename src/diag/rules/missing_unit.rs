//! The rule `missing-unit`.

rule! {
    /// A number stands without the unit that says what it means.
    ///
    /// `12` may be 12%, a ratio of 12:1, 12 decibans or 12 months, and a reader cannot ask. The report says
    /// which of them fit here.
    ///
    /// Instead: write the unit.
    MISSING_UNIT = "missing-unit", Error, Error, fix: Unsafe,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35 by long
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by long
}
"#,
    ],
}
