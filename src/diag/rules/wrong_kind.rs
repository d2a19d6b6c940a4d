//! The rule `wrong-kind`.

rule! {
    /// A thing of one kind stands where another kind belongs.
    ///
    /// An event where an outcome is pushed, a strength where a chance is stated, an outcome inside a
    /// condition. And `by` and `in`: what lasts (events, final outcomes) has come *by* a horizon's end, what
    /// may pass (what holds, the other outcomes) is so *in* a horizon. With the wrong one a cumulative chance
    /// would be read as a share, or the other way round.
    ///
    /// Instead: write the kind that the report asks for.
    WRONG_KIND = "wrong-kind", Error, Error, fix: Safe,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 15% in short, 35% by long
}
"#,
        r#"event ceasefire "The war ends by negotiation" {
  resolves: "A treaty is signed"
}
factor troops "Troops are reduced" {
  weight for ceasefire: weak
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by long
}
factor troops "Troops are reduced" {
  weight for weakening: weak
}
"#,
    ],
}
