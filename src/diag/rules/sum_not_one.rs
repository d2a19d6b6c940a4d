//! The rule `sum-not-one`.

rule! {
    /// A prior does not sum to 100% in a horizon.
    ///
    /// Before the reasons are counted, one outcome or another must be the case: in each horizon the shares of
    /// the passing outcomes and the cumulative chances of the final ones sum to 100%. Rounding is forgiven:
    /// n shares in whole per cents may miss by n/2 points, and are then scaled.
    ///
    /// Instead: correct a number, or let one outcome have the `rest`.
    SUM_NOT_ONE = "sum-not-one", Error, Error, fix: Unsafe,
    bad: [
        r#"prior "How such alliances have fared" {
  exit: 2% by short, 6% by medium, 15% by long
  weakening: 40%
  commitment: 50%
}
"#,
    ],
    good: [
        r#"prior "How such alliances have fared" {
  exit: 2% by short, 6% by medium, 15% by long
  weakening: 40%
  commitment: rest
}
"#,
    ],
}
