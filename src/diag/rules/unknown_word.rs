//! The rule `unknown-word`.

rule! {
    /// A word is used that the file's scale or strengths do not have.
    ///
    /// A word of likelihood is a number: it is looked up in the scale that `scale:` names, and a word of
    /// strength in the table that `strengths:` names. The same word means different chances in different
    /// fields, so a word of another scale is not guessed at: the report says which scale has it.
    ///
    /// Instead: use a word of the file's own scale, write the number, or name the scale that you mean.
    UNKNOWN_WORD = "unknown-word", Error, Error, fix: Safe,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: probabel by long
}
"#,
        r#"factor congress "Congress resists" {
  weight against exit: stong
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: probable by long
}
"#,
        r#"factor congress "Congress resists" {
  weight against exit: strong
}
"#,
    ],
}
