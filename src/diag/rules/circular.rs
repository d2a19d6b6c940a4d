//! The rule `circular`.

rule! {
    /// A definition leads back to itself.
    ///
    /// A chance `given` an event whose own chance depends on the first, a change that counts on itself, files
    /// that use one another: there is no first one to begin with. The ring is drawn in the report.
    ///
    /// Instead: decide which comes first, and let only the other depend on it. For files: move what both need
    /// into a third.
    CIRCULAR = "circular", Error, Error, fix: None,
    bad: [
        r#"event ceasefire "The war ends by negotiation" {
  chance given latitude: 40% by long
  chance otherwise: 30% by long
}
event latitude "The presidency gains wider latitude" {
  chance given ceasefire: 30% by long
  chance otherwise: 15% by long
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
