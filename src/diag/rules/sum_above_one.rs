//! The rule `sum-above-one`.

rule! {
    /// Chances of which at most one can come true sum to more than 100%.
    ///
    /// Of events in one `exclusive` at most one happens, and of the final outcomes at most one comes. So at
    /// each horizon their cumulative chances sum to 100% or less.
    ///
    /// Instead: lower them, or drop the `exclusive` if both may happen.
    SUM_ABOVE_ONE = "sum-above-one", Error, Error, fix: None,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 60% by long
}
event escalation "The war widens" {
  chance: 50% by long
}
exclusive: ceasefire, escalation
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 55% by long
}
event escalation "The war widens" {
  chance: 20% by long
}
exclusive: ceasefire, escalation
"#,
    ],
}
