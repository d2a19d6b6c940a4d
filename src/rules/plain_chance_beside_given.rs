//! The rule `plain-chance-beside-given`.

rule! {
    /// A bare `chance:` stands beside `chance given` rows.
    PLAIN_CHANCE_BESIDE_GIVEN = "plain-chance-beside-given", Error, Error, fix: Safe,
    bad: [],
    good: []
}
