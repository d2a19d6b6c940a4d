//! The rule `impossible-number`.

rule! {
    /// A number is outside what its unit allows.
    ///
    /// A chance above 100%, a ratio below 1:1, three of two. A driver that speaks against an outcome has
    /// `weight against` and a ratio of at least 1:1, not a ratio below it.
    ///
    /// Instead: write a number within the bounds that the report states.
    IMPOSSIBLE_NUMBER = "impossible-number", Error, Error, fix: None,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 135% by long
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
