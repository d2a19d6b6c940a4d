//! The rule `duplicate-name`.

rule! {
    /// Two things have one name.
    ///
    /// Outcomes, horizons, events, factors, changes, assumptions and scenarios share one name space, names
    /// that `use` brings in included. Otherwise a condition such as `when: ceasefire` could mean two things.
    /// Both places are shown.
    ///
    /// Instead: rename one of them. If both are the same thing, keep one and gather the clauses in it.
    DUPLICATE_NAME = "duplicate-name", Error, Error, fix: None,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by long
}
factor ceasefire "A ceasefire frees troops" {
  weight for weakening: weak
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by long
  weight for weakening: weak
}
"#,
    ],
}
