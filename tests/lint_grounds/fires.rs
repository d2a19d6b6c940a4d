//! What else fires a rule than its own examples, and what the message says of it.

use super::{factors, with_prior};
use crate::found::{lint, settings, shown};
use assess::lint::rules;

/// Rules, fragments, and what stands in the message.
fn fires() -> Vec<(&'static str, String, &'static str)> {
    vec![
        // Plain shares of the leader, each horizon its own.
        (
            "bare-prior",
            with_prior("prior { exit: 2% per year, commitment: 60% in short, 55% in medium, 50% in long, weakening: rest, source: \"s\" }\n"),
            "the prior of `commitment` is a plain per cent",
        ),
        // A range at one outcome does not speak of the other.
        (
            "bare-prior",
            with_prior("prior { exit: 4% by short, 9% by long, commitment: 50% to 70%, weakening: rest, source: \"s\" }\n"),
            "the prior of `exit` is a plain per cent",
        ),
        (
            "bare-prior",
            with_prior("prior { exit: 4% by short, 9% by long, commitment: 60%, weakening: rest, source: \"Votes of 2024\" }\n"),
            "the priors of `commitment` and `exit` are plain per cents: no range, no rate, no count",
        ),
        // The rest of plain per cents is as plain as they are.
        (
            "bare-prior",
            "outcome holds \"It holds\"\noutcome fails \"It fails\"\nprior { fails: 28%, holds: rest, source: \"s\" }\n".into(),
            "the prior of `holds` is what plain per cents leave",
        ),
        // A rate says as much as a curve.
        (
            "twin-event",
            with_prior("prior { exit: 9% per year, commitment: 50% to 70%, weakening: rest, source: \"s\" }\n\
                factor law { weight against exit: strong, evidence \"e\" { source: \"t\" } }\n\
                event exit_notice { resolves: \"seen\", chance: 9% per year }\n"),
            "`exit_notice` has the chances of the prior of `exit`",
        ),
        // The event pushes as well.
        (
            "twin-event",
            with_prior("prior { exit: 4% by short, 10% by medium, 18% by long, commitment: 60%, weakening: rest, source: \"s\" }\n\
                event notice { resolves: \"seen\", chance: 4% by short, 10% by medium, 18% by long, weight for exit: moderate }\n"),
            "`notice` has the chances of the prior of `exit`",
        ),
        // No one of them does it alone.
        (
            "unpacked",
            "event a { resolves: \"seen\", chance: 10% by short, 20% by medium, 30% by long, weight for weakening: moderate }\n\
             event b { resolves: \"seen\", chance: 12% by short, 22% by medium, 32% by long, weight for weakening: moderate }\n\
             event c { resolves: \"seen\", chance: 14% by short, 24% by medium, 34% by long, weight for weakening: moderate }\n".into(),
            "`a`, `b` and `c` raise `weakening`",
        ),
        // A change with a chance is as good as an event.
        (
            "unpacked",
            "event a { resolves: \"seen\", chance: 20% by short, 35% by medium, 50% by long }\n\
             change c { when: a, weight against commitment: strong }\n".into(),
            "`c` lowers `commitment`",
        ),
        // A count in the prior is a source.
        (
            "unpacked",
            with_prior("prior { exit: 2% per year, weakening: 12 of 40, commitment: rest }\n\
                event a { resolves: \"seen\", chance: 20% by short, 35% by medium, 50% by long, weight for weakening: strong }\n"),
            "`a` raises `weakening`",
        ),
        (
            "one-channel",
            "factor a { weight for exit: weak, evidence \"e\" { source: \"A minister (via Reuters)\" } }\n\
             factor b { weight for exit: weak, evidence \"f\" { source: \"A general, as quoted by the Reuters, 3 May\" } }\n".into(),
            "through one channel, \"Reuters\"",
        ),
        // What is cited by itself is a channel too, where others came through it.
        (
            "one-channel",
            "factor a { weight for exit: weak, evidence \"e\" { source: \"An aide via Reuters\" } }\n\
             factor b { weight for exit: weak, evidence \"f\" { source: \"Reuters\" } }\n".into(),
            "`a` and `b` push the same way, `exit` up, on",
        ),
        // The source of a whole block.
        (
            "one-channel",
            "factor a { weight against exit: weak, source: \"A minister, citing the survey\", evidence \"e\" }\n\
             factor b { weight against exit: weak, source: \"A member, citing the survey\", evidence \"f\" }\n".into(),
            "`exit` down, on",
        ),
        // Asked about, not weighted; blanks do not set them apart.
        (
            "same-curve",
            "event a { resolves: \"seen\", chance: likely by short, 90% by long }\n\
             event b { resolves: \"seen\", chance: likely by short,  90% by long }\n\
             event c { resolves: \"seen\", chance: likely by short, 90% by long }\n\
             bet \"A\" { on: b by long, price: 90% }\n".into(),
            "`a`, `b` and `c` have the same chances",
        ),
        (
            "many-alike",
            factors("exit", &["weak"; 8]),
            "push `exit` up by 24",
        ),
        // Down as well as up, and six as well as five; the seventh is no weak one.
        (
            "many-alike",
            factors("exit", &["weak", "weak", "weak", "weak", "weak", "weak", "strong"]).replace("for exit", "against exit"),
            "`f4` and `f5` push `exit` down",
        ),
        // The leader moves by ten points and stays.
        (
            "nearly-always",
            "event talks { resolves: \"held\", chance: 95% by short, 98% by medium, 99% by long }\n\
             change c { when: talks, weight against exit: slight, weight for commitment: weak }\n".into(),
            "`commitment` has",
        ),
        // So do two of which one mostly comes.
        (
            "nearly-always",
            "event a { resolves: \"seen\", chance: 70% by short, 80% by medium, 90% by long }\n\
             event b { resolves: \"seen\", chance: 70% by short, 80% by medium, 90% by long }\n\
             change c { when: a or b, weight for weakening: strong }\n".into(),
            "`commitment` leads",
        ),
        // The leader changes; a hint that no rule counts as a rating does not help.
        (
            "unrated-file",
            "factor a { weight for weakening: strong, evidence \"e\" { source: \"s\", note: \"Rated B2 elsewhere.\" } }\n".into(),
            "nothing is rated, and the evidence moves `weakening` from 30% to 81",
        ),
        // A table moves as a weight does, and the source of a block is one.
        (
            "unrated-file",
            "factor a { likelihood: commitment 10%, weakening 40%, exit 30%, source: \"s\", evidence \"e\" }\n".into(),
            "nothing is rated",
        ),
        // Each a little, together much.
        (
            "unrated-file",
            factors("weakening", &["slight"; 4]),
            "nothing is rated",
        ),
        // In the middle of three: those before and after it are helped, and it pays for both.
        (
            "follows-unnamed",
            with_prior("prior { exit: 10% by long, weakening: 40%, commitment: rest, source: \"s\" }\n\
                factor a { weight for commitment: moderate, evidence \"e\" { source: \"t\", rated: A2 } }\n\
                factor b { weight for exit: strong, evidence \"f\" { source: \"u\", rated: A2 } }\n"),
            "`weakening` falls from 40%",
        ),
        // What lowers one stage makes the break likelier.
        (
            "follows-unnamed",
            with_prior("prior { exit: 10% by short, 20% by medium, 30% by long, weakening: 50%, commitment: rest, source: \"s\" }\n\
                event a { resolves: \"seen\", chance: 90% by short, weight against weakening: strong }\n"),
            "`exit` rises from",
        ),
    ]
}

#[test]
fn these_fire_and_say_why() {
    let mut wrong = String::new();
    for (name, fragment, says) in fires() {
        let rule = rules::find(name).expect("a rule");
        let mut found = lint(&fragment, &settings(rule));
        found.retain(|d| d.rule == rule);
        if !found.iter().any(|d| d.message.contains(says)) {
            wrong += &format!(
                "{name}: \"{says}\" is not in\n{}\n{fragment}\n",
                shown(&found)
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
