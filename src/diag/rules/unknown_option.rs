//! The rule `unknown-option`.

rule! {
    /// A value is not one of the few that may stand there.
    ///
    /// Some clauses take one of a closed list: `scale:` a scale, `strengths:` a table, `confidence:` one of
    /// low, moderate and high. The report lists what may stand there.
    ///
    /// Instead: choose one of them.
    UNKNOWN_OPTION = "unknown-option", Error, Error, fix: Safe,
    bad: [
        r#"assumption treaty "Withdrawal needs notice under Article 13" {
  confidence: hihg
  weight for exit if wrong: strong
}
"#,
    ],
    good: [
        r#"assumption treaty "Withdrawal needs notice under Article 13" {
  confidence: high
  weight for exit if wrong: strong
}
"#,
    ],
}
