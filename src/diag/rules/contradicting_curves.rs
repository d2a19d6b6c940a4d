//! The rule `contradicting-curves`: inference finds it too, where it meets the rows.

rule! {
    /// `given` rows under which an event would have to un-happen.
    ///
    /// An event lasts. Where one row gives it 30% by a horizon, and another, which may take over afterwards, gives it 15% by the
    /// next, some of what has happened would have to be undone. No probabilities do that (they are not coherent: de Finetti
    /// 1937), so the event's chance stays where it was, above what the second row states. The rule asks for the event's chance where
    /// each row is in force, and compares it with what the row states.
    ///
    /// Instead: state curves that do not fall where one row follows another; or condition on what lasts, so that
    /// the higher row, once in force, stays in force.
    CONTRADICTING_CURVES = "contradicting-curves", Probability, Warning, fix: None,
    bad: [
        r#"event truce "A truce" {
  resolves: "Signed by both sides"
  chance: 20% by short, 40% by medium, 60% by long
}
event cuts "Members cut their budgets" {
  resolves: "Published figures fall by a tenth"
  chance given not truce: 30% by short, 35% by medium, 45% by long
  chance otherwise: 2% by short, 4% by medium, 6% by long
  weight for weakening: moderate
}
"#,
    ],
    good: [
        r#"event truce "A truce" {
  resolves: "Signed by both sides"
  chance: 20% by short, 40% by medium, 60% by long
}
event cuts "Members cut their budgets" {
  resolves: "Published figures fall by a tenth"
  chance given truce: 30% by short, 35% by medium, 45% by long
  chance otherwise: 2% by short, 4% by medium, 6% by long
  weight for weakening: moderate
}
"#,
    ],
}
