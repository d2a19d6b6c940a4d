//! The rule `by-when`.

rule! {
    /// A lasting thing's chance does not say by when.
    ///
    /// "35%" is no forecast of an event while three horizons end at three dates: by which of them? A base
    /// rate (`1% per year`) needs no date, since it says by when itself. So too an open end (`18+ months`)
    /// may stand for the last horizon only.
    ///
    /// Instead: say by when.
    BY_WHEN = "by-when", Error, Error, fix: Unsafe,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35%
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by long
}
"#,
        r#"event ceasefire "The war ends by negotiation" {
  chance: 8% per year
}
"#,
    ],
}
