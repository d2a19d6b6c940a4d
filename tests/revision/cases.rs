//! Edits of every kind, told and shared out.

use super::{hold_to_the_sum, moved, told};
use assess::revision::Method;
use std::fs;

fn nato() -> String {
    fs::read_to_string("assessments/nato.assess").expect("the file")
}

/// The NATO file after replacements, each of which must apply once.
fn changed(changes: &[(&str, &str)]) -> String {
    let mut text = nato();
    for (old, new) in changes {
        assert_eq!(text.matches(old).count(), 1, "{old}");
        text = text.replace(old, new);
    }
    text
}

#[test]
fn one_weight() {
    let new = changed(&[(
        "weight against exit: strong in short, moderate in medium, moderate in long",
        "weight against exit: moderate in short, weak in medium, weak in long",
    )]);
    let found = moved(&nato(), &new);
    hold_to_the_sum(&found);
    assert_eq!(found.method, Method::Exact);
    insta::assert_snapshot!("one_weight", told(&found));
}

#[test]
fn as_of_alone() {
    let found = moved(
        &nato(),
        &changed(&[("as of: 2025-03-01", "as of: 2025-09-01")]),
    );
    hold_to_the_sum(&found);
    insta::assert_snapshot!("as_of_alone", told(&found));
}
