//! The rule `decided-twice`.

rule! {
    /// Two outcomes of one question are decided in one case.
    ///
    /// An outcome with a `when:` is so wherever its condition holds. Of the outcomes of a question one is so at each
    /// horizon's end, so two conditions may not hold together. All combinations of the names in them are tried, but
    /// for those that `exclusive`, `implies` and one outcome a question rule out; the message shows one.
    ///
    /// Instead: take the case out of one of the two with `and not`, or say with `exclusive` that it cannot be.
    DECIDED_TWICE = "decided-twice", Error, Error, fix: None,
    bad: [
        r#"event fdp "The liberals pass the threshold" { chance: 40% by long }
event bsw "The alliance passes the threshold" { chance: 45% by long }
question coalition "What the coalition needs" {
  outcome liberal "The liberals are in" { when: fdp }
  outcome alliance "The alliance is in" { when: bsw }
  outcome two "Two parties are enough" { when: otherwise }
}
"#,
    ],
    good: [
        r#"event fdp "The liberals pass the threshold" { chance: 40% by long }
event bsw "The alliance passes the threshold" { chance: 45% by long }
"#,
    ],
}
