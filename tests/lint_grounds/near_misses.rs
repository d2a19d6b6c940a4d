//! What comes near to a rule and must not fire it.

use super::{factors, with_prior};

/// Rules and fragments.
pub(crate) fn near_misses() -> Vec<(&'static str, String)> {
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
        // Another thing, and another year.
        (
            "nested",
            "event m7 \"A shock of magnitude 7 or more\" { resolves: \"The catalogue\", chance: 4% by long, weight for weakening: weak }\n\
             event m6 \"A flood of 6 metres or more\" { resolves: \"The gauge\", chance: 22% by long, weight for weakening: weak }\n".into(),
        ),
        (
            "nested",
            "event first \"Talks in 2026\" { resolves: \"The minutes\", chance: 4% by long, weight for weakening: weak }\n\
             event second \"Talks in 2027\" { resolves: \"The minutes\", chance: 22% by long, weight for weakening: weak }\n".into(),
        ),
        (
            "no-status-quo",
            "outcome open \"Still open\"\nfinal outcome signed \"Signed\"\n\
             prior { source: \"s\", signed: 94% by short, 98% by medium, 99% by long, open: rest }\n".into(),
        ),
        // What holds in some cases only may well end them.
        (
            "no-status-quo",
            "outcome open \"Still open\"\nfinal outcome signed \"Signed\"\n\
             event vote \"A vote\" { resolves: \"The minutes\", chance: 30% by short }\n\
             prior given vote { signed: 97% by short, 98% by medium, 99% by long, open: rest, source: \"s\" }\n\
             prior otherwise { signed: 20% by short, 30% by medium, 40% by long, open: rest, source: \"s\" }\n".into(),
        ),
        // For all horizons, and for the last one too.
        (
            "partial-weight",
            "factor storm { weight for exit: 9:1, evidence \"e\" { source: \"s\" } }\n".into(),
        ),
        (
            "partial-weight",
            "factor storm { weight for exit: 9:1 in short, 3:1 in medium, 2:1 in long, evidence \"e\" { source: \"s\" } }\n".into(),
        ),
        // A little likelier, or without one of the reasons.
        (
            "same-view",
            "event drift { resolves: \"seen\", chance: 4% by short, 9% by medium, 16% by long, weight for weakening: moderate }\n\
             view staff \"The staff\" { drift: 4.2% by short, 9% by medium, 16% by long }\n".into(),
        ),
        (
            "same-view",
            "event drift { resolves: \"seen\", chance: 4% by short, 9% by medium, 16% by long, weight for weakening: moderate }\n\
             view staff \"The staff\" { without: drift }\n".into(),
        ),
        // The threshold itself, and one outcome that explains it.
        (
            "unexplained",
            "factor flight { likelihood: commitment 1%, weakening 2%, exit 5%, evidence \"e\" { source: \"s\", rated: A2 } }\n".into(),
        ),
        (
            "unexplained",
            "factor flight { likelihood: commitment 1%, weakening 30%, exit 2%, evidence \"e\" { source: \"s\", rated: A2 } }\n".into(),
        ),
        // One level apart, and no level stated.
        (
            "confidence-gap",
            "factor speech { weight for weakening: weak, evidence \"e\" { source: \"s\", rated: C3 } }\n\
             judgement \"It does not end\" { on: exit by short, says: at most 60%, confidence: moderate, rests on: speech }\n".into(),
        ),
        (
            "confidence-gap",
            "factor speech { weight for weakening: weak, evidence \"e\" { source: \"s\", rated: C3 } }\n\
             judgement \"It does not end\" { on: exit by short, says: at most 60%, rests on: speech }\n".into(),
        ),
    ]
}
