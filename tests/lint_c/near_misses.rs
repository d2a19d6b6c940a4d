//! What comes near to a rule and must not fire it.

use super::{OURS, factors, with_prior};
use crate::found::assert_near_misses;

/// Rules and fragments.
fn near_misses() -> Vec<(&'static str, String)> {
    vec![
        // A count of what the plain per cents rest on, wherever it stands.
        (
            "bare-prior",
            with_prior("prior { exit: 4% by short, 9% by long, commitment: 60%, weakening: rest, source: \"s\", note: \"About one in ten left.\" }\n"),
        ),
        (
            "bare-prior",
            with_prior("prior \"12 of 40 alliances\" { exit: 4% by short, 9% by long, commitment: 60%, weakening: rest, source: \"s\" }\n"),
        ),
        (
            "bare-prior",
            with_prior("prior { exit: 4% by short, 9% by long, commitment: 60%, weakening: rest, evidence \"12 members out of the 40 left\" { source: \"s\" } }\n"),
        ),
        // An even prior without a source is `lazy-fifty`'s.
        (
            "bare-prior",
            "outcome holds \"It holds\"\noutcome fails \"It fails\"\nprior { fails: 50%, holds: rest }\n".into(),
        ),
        // A word has the width of its band.
        (
            "bare-prior",
            with_prior("prior { exit: very unlikely by long, commitment: likely, weakening: rest, source: \"s\" }\n"),
        ),
        // What is neither final nor leads.
        (
            "bare-prior",
            with_prior("prior { exit: 2% per year, weakening: 20%, commitment: rest, source: \"s\" }\n"),
        ),
    ]
}

#[test]
fn near_misses_do_not_fire() {
    assert_near_misses(&OURS, &near_misses());
}
