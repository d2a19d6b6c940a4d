//! The rule `missing-part`.

rule! {
    /// A part without which there is no verdict is missing.
    ///
    /// An assessment needs a question with its date (`as of`), at least one horizon and two outcomes, one of
    /// them not final. A factor or change that pushes nothing, and counts nothing, says nothing. A file of
    /// events, factors and assumptions alone is meant for `use` and needs none of this.
    ///
    /// Instead: add the part that the report names.
    MISSING_PART = "missing-part", Error, Error, fix: None,
    bad: [
        r#"factor congress "Congress resists" {
  evidence "A bill forbids withdrawal without the Senate" { source: "The bill" }
}
"#,
    ],
    good: [
        r#"factor congress "Congress resists" {
  weight against exit: strong
  evidence "A bill forbids withdrawal without the Senate" { source: "The bill" }
}
"#,
    ],
}
