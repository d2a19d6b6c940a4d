//! The rule `missing-otherwise`.

rule! {
    /// The `given` rows of a chance leave a state uncovered.
    ///
    /// Rows are tried in order, and the first whose condition holds is in force. Where none holds there is no
    /// chance to compute with. All combinations of the conditions are tried, but for those that `exclusive`
    /// rules out.
    ///
    /// Instead: add `chance otherwise:` (or `holds otherwise:`).
    MISSING_OTHERWISE = "missing-otherwise", Error, Error, fix: None,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by long
}
event latitude "The presidency gains wider latitude" {
  chance given ceasefire: 30% by long
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by long
}
event latitude "The presidency gains wider latitude" {
  chance given ceasefire: 30% by long
  chance otherwise: 15% by long
}
"#,
    ],
}
