//! The rule `circular`.

rule! {
    /// A definition leads back to itself.
    CIRCULAR = "circular", Error, Error, fix: None,
    bad: [],
    good: []
}
