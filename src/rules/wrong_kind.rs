//! The rule `wrong-kind`.

rule! {
    /// A thing of one kind stands where another kind belongs.
    WRONG_KIND = "wrong-kind", Error, Error, fix: Safe,
    bad: [],
    good: []
}
