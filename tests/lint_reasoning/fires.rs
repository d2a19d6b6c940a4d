//! What else fires a rule than its own examples, and what the message says of it.

use crate::found::{lint, settings, shown};
use assess::lint::rules;

/// Rules, fragments, and what stands in the message.
const FIRES: &[(&str, &str, &str)] = &[
    (
        "double-push",
        r#"quantity growth { unit: "% a year", is: 2 (1 to 3) }
event gas { resolves: "seen", chance: 20% by short, move growth: -1 }
change dear { when: gas, move growth: -0.5 }
"#,
        "both push `growth` down",
    ),
    // From time 0: what holds now in one row.
    (
        "contradicting-curves",
        r#"event truce { resolves: "signed", chance: 20% by short }
event cuts {
  resolves: "published"
  chance given truce: 10% by short
  chance otherwise: 30% by now, 40% by short
  weight for weakening: moderate
}
"#,
        "states 10% by `short`, and 30% comes out",
    ),
    // A passing condition that comes and goes.
    (
        "contradicting-curves",
        r#"factor mood {
  holds: 50%
  weight for weakening: weak
  evidence "a survey" { source: "it" }
}
event cuts {
  resolves: "published"
  chance given mood: 30% by short, 60% by medium, 80% by long
  chance otherwise: 10% by short, 12% by medium, 14% by long
  weight for weakening: moderate
}
"#,
        "would have to un-happen",
    ),
    (
        "backfiring-weight",
        r#"factor law {
  weight against weakening: slight
  weight against commitment: strong
  evidence "a statute" { source: "the journal" }
}
"#,
        "`law` speaks against `weakening`, yet it raises it",
    ),
    // What is hypothetical is judged where it holds.
    (
        "backfiring-weight",
        r#"event crash { resolves: "seen" }
change fall { when: crash, weight for exit: very strong, weight for weakening: slight }
"#,
        "yet where it holds it lowers it",
    ),
    (
        "overwhelming",
        r#"factor a { weight for exit: strong, evidence "e" { source: "s" } }
factor b { weight for exit: strong, evidence "f" { source: "t" } }
factor c { weight for exit: 11 dB, evidence "g" { source: "u" } }
"#,
        "all drivers together push `exit` up by 31 dB in `short`, a ratio of 1259:1",
    ),
    // A count that acts seldom is judged where it acts.
    (
        "overwhelming",
        r#"factor a { weight against exit: strong, evidence "e" { source: "s" } }
event crash { resolves: "seen", chance: 10% by now }
change fall { when: crash, count a: 400% }
"#,
        "`a` alone pushes `exit` by 40 dB in `short` where `fall` holds",
    ),
    // One that cannot be said to come is judged there too.
    (
        "overwhelming",
        r#"factor a { weight against exit: strong, evidence "e" { source: "s" } }
event crash { resolves: "seen" }
change fall { when: crash, count a: 300% }
"#,
        "`a` alone pushes `exit` by 30 dB in `short` where `fall` holds",
    ),
    (
        "overwhelming",
        r#"factor a { weight for exit: 18 dB, evidence "e" { source: "s" } }
factor b { weight for exit: 18 dB, evidence "f" { source: "t" } }
"#,
        "both drivers together push `exit` up by 36 dB",
    ),
    // A count can make a driver overwhelming.
    (
        "overwhelming",
        r#"factor a { weight against exit: 15 dB, evidence "e" { source: "s" } }
event crash { resolves: "seen", chance: 100% by now }
change fall { when: crash, count a: 150% }
"#,
        "`a` alone pushes `exit` by 22.5 dB",
    ),
    (
        "orphan",
        r#"scale house { seldom: 0% to 30%, often: 60% to 90%, sure: 97% to 100% }
"#,
        "no word is read by `house`",
    ),
    (
        "unsupported-shift",
        r#"factor a { weight for exit: 6 dB }
factor b { weight for exit: 6 dB }
"#,
        "without `a` and `b`, which rest on no evidence, `exit`",
    ),
    (
        "inert-factor",
        r#"event crash { resolves: "seen" }
change fall { when: crash, weight for exit: 1.2:1 in short }
"#,
        "even where it holds",
    ),
    // Overlapping reasons that together do nothing are one finding.
    (
        "inert-factor",
        r#"factor a { weight for exit: 1.05:1, evidence "e" { source: "s" } }
factor b { weight for exit: 1.05:1, evidence "f" { source: "t" } }
overlap 50%: a, b
"#,
        "`a` and `b` together move no probability by 0.5 points",
    ),
    // The smallest of several small ones, but not all that add up.
    (
        "inert-factor",
        r#"factor a { weight for exit: 1.2:1, evidence "e" { source: "s" } }
factor b { weight for exit: 1.2:1, evidence "f" { source: "t" } }
factor c { weight for exit: 1.01:1, evidence "g" { source: "u" } }
"#,
        "`c` moves no probability",
    ),
    (
        "unobservable",
        r#"event a { chance: 3% by long, weight for exit: weak }
event b { chance: 4% by long, weight for exit: weak }
event c { chance: 5% by long, weight for exit: weak }
"#,
        "how one would know that `a`, `b` and `c` have happened",
    ),
    (
        "dominant-factor",
        r#"factor a { weight for weakening: 5:1, evidence "e" { source: "s" } }
factor b { weight for exit: slight, evidence "f" { source: "t" } }
factor c { weight against weakening: slight, evidence "g" { source: "u" } }
"#,
        "without `a` alone `commitment` leads in `short`",
    ),
    // Two that turn it each alone, however wide the margin is.
    (
        "fragile-leader",
        r#"factor a { weight for weakening: weak, evidence "e" { source: "s" } }
factor b { weight for weakening: weak, evidence "f" { source: "t" } }
factor c { weight for exit: slight, evidence "g" { source: "u" } }
"#,
        "`weakening` leads in `short` by 26.6 points, yet without `a` or `b` alone it does not",
    ),
    (
        "linchpin",
        r#"assumption treaty { weight for exit if wrong: 80:1 }
"#,
        "if `treaty` is wrong, `exit` leads in `short` with 45%",
    ),
    // An assumption that a question alone names.
    (
        "idle-assumption",
        r#"assumption treaty { confidence: high }
expect exit by long given not treaty: at most 10%
"#,
        "nothing says what follows if `treaty` is wrong",
    ),
    (
        "unreachable",
        r#"event crash { resolves: "seen", chance: 0% by long }
change fall { when: crash, weight for exit: strong }
"#,
        "`crash` has a chance of 0%",
    ),
    (
        "unreachable",
        r#"event crash { resolves: "seen" }
change fall { when: crash and not crash, weight for exit: strong }
"#,
        "`crash` and `not crash` contradict each other",
    ),
    (
        "unreachable",
        r#"event crash { resolves: "seen", chance: 0% by medium, 10% by long }
factor mood { holds: 40%, 0% in long, weight for exit: weak, evidence "e" { source: "s" } }
change fall { when: crash and mood, weight for exit: strong }
"#,
        "`crash` has a chance of 0% up to `medium` and `mood` holds with a chance of 0% in `long`",
    ),
    // Through another event's rows.
    (
        "unreachable",
        r#"event truce { resolves: "signed", chance: 30% by long }
event thaw {
  resolves: "published"
  chance given truce: 40% by long
  chance otherwise: 0% by long
}
change fall { when: thaw and not truce, weight for exit: strong }
"#,
        "`thaw` has no chance but given `truce`",
    ),
    // Through another change.
    (
        "unreachable",
        r#"event truce { resolves: "signed" }
change calm { when: truce, weight against exit: weak }
change fall { when: calm and not truce, weight for exit: strong }
"#,
        "can be in force in no horizon",
    ),
    (
        "unreachable",
        r#"event a { resolves: "seen" }
event b { resolves: "seen" }
event c { resolves: "seen" }
exclusive: a, b, c
change fall { when: at least 2 of (a, b, c), weight for exit: strong }
"#,
        "are exclusive",
    ),
    (
        "always",
        r#"event crash { resolves: "seen", chance: 100% by now }
change fall { when: crash, weight for exit: moderate }
"#,
        "since `crash` has a chance of 100%",
    ),
    (
        "always",
        r#"event a { resolves: "seen" }
event b { resolves: "seen" }
exclusive: a, b
change fall { when: not (a and b), weight for exit: moderate }
"#,
        "since `a` and `b` are exclusive",
    ),
    // The same by what excludes each other.
    (
        "same-when",
        r#"event a { resolves: "seen" }
event b { resolves: "seen" }
exclusive: a, b
change one { when: a, weight for exit: moderate }
change two { when: a and not b, weight for weakening: weak }
"#,
        "in force in the same cases, since `a` and `b` are exclusive",
    ),
    // A count is a push.
    (
        "same-when",
        r#"event a { resolves: "seen" }
event b { resolves: "seen" }
factor law { weight against exit: strong, evidence "e" { source: "s" } }
change one { when: a and b, count law: 50% }
change two { when: a, weight against exit: weak }
"#,
        "where `one` is in force, so is `two`, and they push `exit` in opposite directions",
    ),
    (
        "one-sided",
        r#"event truce { resolves: "signed" }
event thaw { resolves: "published" }
factor law { weight against exit: moderate, evidence "e" { source: "s" } }
change calm { when: truce, weight for exit: moderate }
change trade { when: thaw, count law: 50% }
"#,
        "both changes push for `exit`, and none against it",
    ),
    (
        "fragile-leader",
        r#"outcome x
outcome y
prior { x: 50%, y: 50%, note: "a coin" }
"#,
        "`x` and `y` are level",
    ),
    (
        "failed-expectation",
        "expect weakening in long: leads\n",
        "it has 30%, and `commitment` leads with 64.",
    ),
    (
        "failed-expectation",
        "expect exit by long: above weakening in long\n",
        "`weakening in long` is 30%",
    ),
    (
        "failed-expectation",
        r#"event crash { resolves: "seen", chance: 0% by long }
expect exit by long given crash: at most 50%
"#,
        "asks about what cannot happen",
    ),
    (
        "missing-resolution",
        r#"assessment "q" { author: "a", as of: 2025-01-01 }
outcome x { resolves: "seen" }
outcome y
outcome z
prior { x: 60%, y: 20%, z: rest, source: "s" }
"#,
        "nothing says how `y` and `z` will be told apart",
    ),
    (
        "overdue",
        r#"horizon near: until 2025-05-01
horizon far: until 2025-08-01
resolved: exit by far on 2025-07-20
"#,
        "`near` ended on 2025-05-01",
    ),
    // Of two questions one is settled.
    (
        "overdue",
        r#"horizon near: until 2025-05-01
question second "And then?" {
  outcome up
  outcome down
  prior { up: 30%, down: rest }
}
resolved: exit by near on 2025-04-20
"#,
        "nothing says what came true of `second`",
    ),
];

#[test]
fn these_fire_and_say_why() {
    let mut wrong = String::new();
    for (name, fragment, says) in FIRES {
        let rule = rules::find(name).expect("a rule");
        let mut found = lint(fragment, &settings(rule));
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
