//! The rule `contradicting-resolution`.

rule! {
    /// Two `resolved` lines cannot both be true.
    ///
    /// What is final, and an event, stays once it has come: nothing else of the question comes true after it, and `not`
    /// cannot be said of a later day. Shares of one question in one horizon sum to 100% or less. Lines that contradict
    /// each other would be scored all the same, each against a forecast.
    ///
    /// Instead: look up what came true, and take out the line that is wrong. What cannot be told is `void`.
    CONTRADICTING_RESOLUTION = "contradicting-resolution", Error, Error, fix: None,
    bad: [
        r#"resolved: exit by short on 2025-08-01
resolved: commitment in medium on 2026-08-30
"#,
        r#"resolved: commitment 60% in short on 2025-08-30
resolved: weakening 60% in short on 2025-08-30
"#,
    ],
    good: [
        r#"resolved: commitment 60% in short on 2025-08-30
resolved: weakening 40% in short on 2025-08-30
resolved: exit by medium on 2026-08-30
"#,
    ],
}
