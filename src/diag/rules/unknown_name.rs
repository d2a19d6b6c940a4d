//! The rule `unknown-name`.

rule! {
    /// A name is used that nothing in the file declares.
    ///
    /// A misspelt name would silently push nothing. So every name must be that of an outcome, a horizon, an
    /// event, a factor, a change, an assumption or a scenario of this file, or one that `use` brings from
    /// another. The report names the nearest that would fit. It comes once for each unknown name, however
    /// often the name is used.
    ///
    /// Instead: correct the spelling, or declare the thing.
    UNKNOWN_NAME = "unknown-name", Error, Error, fix: Unsafe,
    bad: [
        r#"factor congress "Congress resists" {
  weight against exti: strong
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
