//! The rule `syntax`.

rule! {
    /// Text that fits nowhere in the language.
    ///
    /// The report says what may stand there. Reading goes on after the mistake, so one run reports every
    /// mistake in the file. Most often a colon, a comma, a quote or a closing brace is missing, or two
    /// clauses stand on one line without a comma. Where one thing is broken, what it would have declared
    /// counts as declared: using it is no further mistake.
    ///
    /// Instead: write what the report says, or look the clause up in docs/language.md.
    SYNTAX = "syntax", Error, Error, fix: Safe,
    bad: [
        r#"factor congress "Congress resists" {
  weight against exit strong
}
"#,
    ],
    good: [
        r#"factor congress "Congress resists" {
  weight against exit: strong
}
"#,
    ],
}
