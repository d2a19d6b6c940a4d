//! The rule `impossible-date`.

rule! {
    /// A date is in no calendar.
    ///
    /// 30 February, a 13th month, the 29th of February in a year that has none.
    ///
    /// Instead: write a date that exists. A month (`2025-02`) stands for its last day.
    IMPOSSIBLE_DATE = "impossible-date", Error, Error, fix: None,
    bad: [
        r#"factor congress "Congress resists" {
  weight against exit: strong
  evidence "A bill forbids withdrawal without the Senate" { dated: 2025-02-30 }
}
"#,
    ],
    good: [
        r#"factor congress "Congress resists" {
  weight against exit: strong
  evidence "A bill forbids withdrawal without the Senate" { dated: 2025-02-28 }
}
"#,
    ],
}
