//! The rule `plain-chance-beside-given`.

rule! {
    /// A bare `chance:` stands beside `chance given` rows.
    ///
    /// It would read as the overall chance, but it is used only where no row's condition holds. The two
    /// differ, and a reader would take one for the other.
    ///
    /// Instead: write `chance otherwise:`, and state there what is likely where no condition holds.
    PLAIN_CHANCE_BESIDE_GIVEN = "plain-chance-beside-given", Error, Error, fix: Unsafe,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by long
}
event latitude "The presidency gains wider latitude" {
  chance given ceasefire: 30% by long
  chance: 15% by long
}
"#,
    ],
    good: [
        r#"event ceasefire "The war ends by negotiation" {
  chance: 35% by long
}
event latitude "The presidency gains wider latitude" {
  chance given ceasefire: 30% by long
  chance otherwise: 15% by long
}
"#,
    ],
}
