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
        // The same chances, and nothing moves the outcome away from them.
        (
            "twin-event",
            with_prior("prior { exit: 4% by short, 10% by medium, 18% by long, commitment: 60%, weakening: rest, source: \"s\" }\n\
                event notice { resolves: \"seen\", chance: 4% by short, 10% by medium, 18% by long }\n\
                bet \"Exit\" { on: notice by long, price: 17% }\n"),
        ),
        // One point differs.
        (
            "twin-event",
            with_prior("prior { exit: 4% by short, 10% by medium, 18% by long, commitment: 60%, weakening: rest, source: \"s\" }\n\
                factor law { weight against exit: strong, evidence \"e\" { source: \"t\" } }\n\
                event notice { resolves: \"seen\", chance: 4% by short, 10% by medium, 17% by long }\n"),
        ),
        // One horizon is too little to tell a copy from a coincidence, where the names have nothing in common.
        (
            "twin-event",
            "horizon year: 0 to 12 months\noutcome open \"Open\"\nfinal outcome shut \"Shut\"\nprior { shut: 20% by year, open: rest, source: \"s\" }\n\
             factor law { weight against shut: strong, evidence \"e\" { source: \"t\" } }\n\
             event storm \"A storm\" { resolves: \"seen\", chance: 20% by year }\n".into(),
        ),
        // No base rate: a guess holds nothing.
        (
            "unpacked",
            with_prior("prior { exit: 2% per year, weakening: 30%, commitment: rest }\n\
                event a { resolves: \"seen\", chance: 20% by short, 35% by medium, 50% by long, weight for weakening: strong }\n"),
        ),
        (
            "unpacked",
            with_prior("prior \"If nothing below happens\" { exit: 2% per year, weakening: 30%, commitment: rest, source: \"s\" }\n\
                event a { resolves: \"seen\", chance: 20% by short, 35% by medium, 50% by long, weight for weakening: strong }\n"),
        ),
        // A factor is a reason of this case, whose like the base rate does not count.
        (
            "unpacked",
            "factor a { weight for weakening: strong, evidence \"e\" { source: \"t\" } }\n".into(),
        ),
        // One up, the other down: nothing is left of both.
        (
            "unpacked",
            "event a { resolves: \"seen\", chance: 20% by short, 35% by medium, 50% by long, weight for weakening: moderate }\n\
             event b { resolves: \"seen\", chance: 20% by short, 35% by medium, 50% by long, weight against weakening: moderate }\n".into(),
        ),
        // What holds whatever happens is no case beside others; `always` asks about it.
        (
            "unpacked",
            "event a { resolves: \"seen\", chance: 40% by long }\n\
             change c { when: a or not a, weight for weakening: strong }\n".into(),
        ),
        // A hypothetical event has no chance.
        (
            "unpacked",
            "event a { resolves: \"seen\" }\nchange c { when: a, weight for weakening: strong }\n".into(),
        ),
        // An overlap says that they share something.
        (
            "one-channel",
            "factor a { weight for exit: weak, evidence \"e\" { source: \"A minister via Reuters\" } }\n\
             factor b { weight for exit: weak, evidence \"f\" { source: \"A general via Reuters\" } }\n\
             overlap 50%: a, b\n".into(),
        ),
        // Opposite ways.
        (
            "one-channel",
            "factor a { weight for exit: weak, evidence \"e\" { source: \"A minister via Reuters\" } }\n\
             factor b { weight against exit: weak, evidence \"f\" { source: \"A general via Reuters\" } }\n".into(),
        ),
        // Until when, not through whom; and two that end alike without such a word.
        (
            "one-channel",
            "factor a { weight for exit: weak, evidence \"e\" { source: \"Trade counts through March 2024\" } }\n\
             factor b { weight for exit: weak, evidence \"f\" { source: \"Polls through March 2024\" } }\n".into(),
        ),
        (
            "one-channel",
            "factor a { weight for exit: weak, evidence \"e\" { source: \"The ministry of trade\" } }\n\
             factor b { weight for exit: weak, evidence \"f\" { source: \"The ministry of trade\" } }\n".into(),
        ),
        // Two only.
        (
            "same-curve",
            "event a { resolves: \"seen\", chance: 4% by short, 8% by long, weight for exit: weak }\n\
             event b { resolves: \"seen\", chance: 4% by short, 8% by long, weight for exit: weak }\n".into(),
        ),
        // One source says it of all three.
        (
            "same-curve",
            "event a { resolves: \"seen\", chance: 4% by short, 8% by long, weight for exit: weak, source: \"The survey, p. 3\" }\n\
             event b { resolves: \"seen\", chance: 4% by short, 8% by long, weight for exit: weak, source: \"The survey, p. 4\" }\n\
             event c { resolves: \"seen\", chance: 4% by short, 8% by long, evidence \"e\" { source: \"The survey\" } }\n".into(),
        ),
        // Of a kind: one of three candidates.
        (
            "same-curve",
            "event a { resolves: \"seen\", chance: 20% by long, weight for exit: weak }\n\
             event b { resolves: \"seen\", chance: 20% by long, weight for exit: weak }\n\
             event c { resolves: \"seen\", chance: 20% by long, weight for exit: weak }\n\
             exclusive: a, b, c\n".into(),
        ),
        // Four, or an overlap, or as much on the other side.
        ("many-alike", factors("exit", &["weak"; 4])),
        (
            "many-alike",
            factors("exit", &["weak"; 6]) + "overlap 40%: f0, f1, f2\n",
        ),
        (
            "many-alike",
            factors("exit", &["weak"; 6])
                + &factors("exit", &["weak"; 6]).replace("factor f", "factor g").replace("for exit", "against exit"),
        ),
        // Five of a tenth of a chance each push little.
        (
            "many-alike",
            (0..6)
                .map(|i| format!("event e{i} {{ resolves: \"seen\", chance: {}% by long, weight for exit: moderate }}\n", 8 + i))
                .collect(),
        ),
        // Its absence is rare and does little.
        (
            "nearly-always",
            "event talks { resolves: \"held\", chance: 95% by short, 98% by medium, 99% by long }\n\
             change c { when: talks, weight against exit: slight }\n".into(),
        ),
        // Below nine in ten.
        (
            "nearly-always",
            "event talks { resolves: \"held\", chance: 80% by short, 85% by medium, 89% by long }\n\
             change c { when: talks, weight for weakening: strong }\n".into(),
        ),
        // One rating, of anything: the others are `ungraded`'s.
        (
            "unrated-file",
            factors("weakening", &["weak", "weak"]) + "factor c { weight for exit: slight, evidence \"e\" { source: \"s\", rated: C3 } }\n",
        ),
        // It moves the leader by less than ten points.
        ("unrated-file", factors("weakening", &["slight"])),
        // Evidence without a source cannot be rated.
        (
            "unrated-file",
            "factor a { weight for weakening: strong, evidence \"e\" }\n".into(),
        ),
        // What an assumption rests on moves nothing while it holds.
        (
            "unrated-file",
            "assumption a { confidence: high, weight for exit if wrong: strong, evidence \"e\" { source: \"s\" } }\n".into(),
        ),
        // Somebody named it, if for little.
        (
            "follows-unnamed",
            with_prior("prior { exit: 10% by short, 20% by medium, 30% by long, weakening: 20%, commitment: rest, source: \"s\" }\n\
                factor a { weight for weakening: moderate, weight for exit: 1.05:1, evidence \"e\" { source: \"t\", rated: A2 } }\n"),
        ),
        // Rivals: what helps one does take from the other.
        (
            "follows-unnamed",
            "outcome nobody \"Nobody\"\nfinal outcome red \"Red\"\nfinal outcome blue \"Blue\"\n\
             prior { red: 20% by short, 40% by long, blue: 20% by short, 40% by long, nobody: rest, source: \"s\" }\n\
             factor a { weight for red: strong, weight against nobody: weak, evidence \"e\" { source: \"t\", rated: A2 } }\n".into(),
        ),
        // A break that is hardly likely has little to lose.
        (
            "follows-unnamed",
            "factor a { weight for weakening: strong, evidence \"e\" { source: \"t\", rated: A2 } }\n".into(),
        ),
        // The first stage is where one is: it pays for all.
        (
            "follows-unnamed",
            "factor a { weight for weakening, exit: strong, evidence \"e\" { source: \"t\", rated: A2 } }\n".into(),
        ),
    ]
}

#[test]
fn near_misses_do_not_fire() {
    assert_near_misses(&OURS, &near_misses());
}
