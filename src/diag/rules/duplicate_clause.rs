//! The rule `duplicate-clause`.

rule! {
    /// A clause is given twice where one is allowed.
    ///
    /// Of two values only one can hold, and which one must not depend on their order. `evidence`, `weight`,
    /// `count` and `chance given` may repeat, as long as no driver has two weights for one outcome and no two
    /// rows have the same condition.
    ///
    /// Instead: keep one. Values for several horizons go into one clause: `weight for exit: weak, strong in
    /// long`.
    DUPLICATE_CLAUSE = "duplicate-clause", Error, Error, fix: None,
    bad: [
        r#"assumption treaty "Withdrawal needs notice under Article 13" {
  confidence: high
  confidence: moderate
  weight for exit if wrong: strong
}
"#,
    ],
    good: [
        r#"assumption treaty "Withdrawal needs notice under Article 13" {
  confidence: moderate
  weight for exit if wrong: strong
}
"#,
    ],
}
