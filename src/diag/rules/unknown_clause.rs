//! The rule `unknown-clause`.

rule! {
    /// A clause or item has a key that does not belong there.
    ///
    /// Each kind of item has its own clauses: an event has `chance`, a factor `holds`, a change `when`. A
    /// clause that nothing reads would be lost without a word. The report names the nearest clause, or the
    /// kind of item that has this one.
    ///
    /// Instead: correct the key, or move the clause to the item that it belongs to. What is only to be read
    /// by people goes into `note:`.
    UNKNOWN_CLAUSE = "unknown-clause", Error, Error, fix: Safe,
    bad: [
        r#"factor congress "Congress resists" {
  wieght against exit: strong
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
