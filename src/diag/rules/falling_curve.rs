//! The rule `falling-curve`.

rule! {
    /// A cumulative chance falls from one horizon to the next.
    ///
    /// What has happened by the earlier date has happened by the later one, so a chance stated with `by`
    /// cannot fall. Often the numbers were meant for each horizon alone. A final outcome that takes the
    /// `rest` is held to it too, and so is the prior that is left without what it `counts in`.
    ///
    /// Instead: state how likely it is to have come by each horizon's end: at least as likely as by the one
    /// before.
    FALLING_CURVE = "falling-curve", Error, Error, fix: None,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by medium, 20% by long
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by medium, 45% by long
}
"#,
    ],
}
