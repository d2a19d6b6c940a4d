//! What comes near to a rule and must not fire it.

/// Rules and fragments.
pub(crate) const NEAR_MISSES: &[(&str, &str)] = &[
    // One moves it up, the other down.
    (
        "double-push",
        r#"quantity growth { unit: "% a year", is: 2 (1 to 3) }
event gas { resolves: "seen", chance: 20% by short, move growth: -1 }
change aid { when: gas, move growth: +0.5 }
"#,
    ),
    // Each moves a quantity of its own.
    (
        "double-push",
        r#"quantity growth { unit: "% a year", is: 2 (1 to 3) }
quantity prices { unit: "% a year", is: 2 (1 to 3) }
event gas { resolves: "seen", chance: 20% by short, move growth: -1 }
change dear { when: gas, move prices: +1 }
"#,
    ),
    // It stands in the matrix.
    (
        "orphan",
        r#"impacts { minor, severe }
event gas { resolves: "seen", chance: 20% by short, impact: severe }
"#,
    ),
    // Rows that rise from one to the next, and a higher row that cannot be left.
    (
        "contradicting-curves",
        r#"event truce { resolves: "signed", chance: 20% by short, 40% by medium, 60% by long }
event cuts {
  resolves: "published"
  chance given truce: 30% by short, 35% by medium, 45% by long
  chance otherwise: 2% by short, 30% by medium, 34% by long
  weight for weakening: moderate
}
"#,
    ),
    // The higher row comes first and lasts: what is lower is never returned to.
    (
        "contradicting-curves",
        r#"event truce { resolves: "signed", chance: 20% by short, 40% by medium, 60% by long }
event cuts {
  resolves: "published"
  chance given truce: 80% by short, 85% by medium, 88% by long
  chance otherwise: 2% by short, 4% by medium, 6% by long
  weight for weakening: moderate
}
"#,
    ),
    // A fall below the other row's *later* chance alone is no contradiction.
    (
        "contradicting-curves",
        r#"event truce { resolves: "signed", chance: 20% by short, 40% by medium, 60% by long }
event cuts {
  resolves: "published"
  chance given not truce: 10% by short, 20% by medium, 30% by long
  chance otherwise: 8% by short, 12% by medium, 25% by long
  weight for weakening: moderate
}
"#,
    ),
    // Lower, but by less than half a point.
    (
        "backfiring-weight",
        r#"factor mood {
  weight for weakening, commitment: moderate
  evidence "a survey" { source: "it" }
}
"#,
    ),
    // The outcome falls in a horizon for which the weight is not stated.
    (
        "backfiring-weight",
        r#"factor mood {
  weight for commitment: moderate in short
  weight for weakening: moderate in medium, moderate in long
  evidence "a survey" { source: "it" }
}
"#,
    ),
    // An assumption's weights push where it is wrong, which in the verdict it is not.
    (
        "backfiring-weight",
        r#"assumption treaty {
  confidence: high
  weight for commitment if wrong: slight
  weight for exit if wrong: 80:1
}
"#,
    ),
    // 20 dB exactly, and two that cancel each other.
    (
        "overwhelming",
        r#"factor mood { weight for weakening: 100:1, evidence "a survey" { source: "it" } }
factor law { weight against weakening: 100:1, evidence "a statute" { source: "the journal" } }
"#,
    ),
    // 30:1 rated B3 is 10.3 dB each.
    (
        "overwhelming",
        r#"factor mood { weight for weakening: 30:1, evidence "a survey" { source: "it", rated: B3 } }
factor money { weight for weakening: 30:1, evidence "a plan" { source: "the office", rated: B3 } }
factor law { weight for weakening: 30:1, evidence "a statute" { source: "the journal", rated: C4 } }
"#,
    ),
    // Events that add up to more than 30 dB, but seldom happen.
    (
        "overwhelming",
        r#"event a { resolves: "seen", chance: 8% by long, weight for exit: decisive }
event b { resolves: "seen", chance: 8% by long, weight for exit: decisive }
event c { resolves: "seen", chance: 8% by long, weight for exit: decisive }
"#,
    ),
    (
        "orphan",
        r#"event a { resolves: "seen", chance: 30% by long }
event b {
  resolves: "seen"
  chance given a: 40% by long
  chance otherwise: 10% by long
  weight for exit: moderate
}
"#,
    ),
    (
        "orphan",
        r#"event a { resolves: "seen", chance: 30% by long }
resolved: a on 2025-04-01
"#,
    ),
    (
        "orphan",
        r#"event a { resolves: "seen", chance: 30% by long }
section "Summary": """Happens {a by long}."""
"#,
    ),
    (
        "orphan",
        r#"event a { resolves: "seen", chance: 30% by long }
bet "It happens" { on: a by long, price: 30% }
"#,
    ),
    (
        "orphan",
        r#"event a { resolves: "seen", chance: 30% by long }
scenario done { set: a }
expect exit by long under done: at most 20%
"#,
    ),
    // `eval` prints every scenario.
    ("orphan", "scenario alone { set: upheaval }\n"),
    // Claims of their own.
    (
        "orphan",
        r#"event a { resolves: "seen", chance: 30% by long, source: "The bank's survey" }
"#,
    ),
    (
        "orphan",
        r#"event a {
  resolves: "seen"
  chance: 30% by long
  evidence "a panel of forty" { source: "The bank's survey", rated: B2 }
}
"#,
    ),
    (
        "orphan",
        r#"strengths { telling: 7:1 }
factor mood { weight for weakening: Telling, evidence "a survey" { source: "it" } }
"#,
    ),
    (
        "missing-base-rate",
        r#"prior { exit: 2% per year, weakening: 30%, commitment: rest }
"#,
    ),
    (
        "missing-base-rate",
        r#"outcome a
outcome b
prior { a: 50%, b: 50%, note: "a coin" }
"#,
    ),
    (
        "unsupported-shift",
        r#"factor mood { weight for exit: 9 dB }
"#,
    ),
    // Two that cancel.
    (
        "unsupported-shift",
        r#"factor mood { weight for exit: 12 dB }
factor law { weight against exit: 9 dB }
"#,
    ),
    // An event is no factor.
    (
        "unsupported-shift",
        r#"event crash { resolves: "seen", chance: 95% by short, weight for exit: 19 dB }
"#,
    ),
    // Two factors only.
    (
        "dominant-factor",
        r#"factor a { weight for weakening: strong, evidence "e" { source: "s" } }
factor b { weight for weakening: slight, evidence "f" { source: "t" } }
"#,
    ),
    // Two that turn it each alone: none dominates.
    (
        "dominant-factor",
        r#"factor a { weight for weakening: weak, evidence "e" { source: "s" } }
factor b { weight for weakening: weak, evidence "f" { source: "t" } }
factor c { weight for exit: slight, evidence "g" { source: "u" } }
"#,
    ),
    // One alone turns it: that is another finding.
    (
        "fragile-leader",
        r#"factor a { weight for weakening: 5:1, evidence "e" { source: "s" } }
factor b { weight for exit: slight, evidence "f" { source: "t" } }
factor c { weight against weakening: slight, evidence "g" { source: "u" } }
"#,
    ),
    // What changes the leader is an event.
    (
        "dominant-factor",
        r#"event e { resolves: "seen", chance: 95% by short, weight for weakening: strong }
factor a { weight against exit: weak, evidence "e" { source: "s" } }
factor b { weight against exit: slight, evidence "f" { source: "t" } }
factor c { weight against exit: slight, evidence "g" { source: "u" } }
"#,
    ),
    // Without it the two are level, which is no change.
    (
        "dominant-factor",
        r#"outcome x
outcome y
prior { x: 50%, y: 50%, note: "a coin" }
factor a { weight for y: moderate, evidence "e" { source: "s" } }
factor b { weight for y: weak, evidence "f" { source: "t" } }
factor c { weight against y: weak, evidence "g" { source: "u" } }
"#,
    ),
    // Where either is gone the other takes its place; together they decide.
    (
        "inert-factor",
        r#"factor a { weight for weakening: strong, evidence "e" { source: "s" } }
factor b { weight for weakening: strong, evidence "f" { source: "t" } }
overlap 100%: a, b
"#,
    ),
    // A tenth of a point, and half as much again of a rare outcome's odds.
    (
        "inert-factor",
        r#"factor a { weight for exit: slight in short, evidence "e" { source: "s" } }
"#,
    ),
    // Small ones that add up.
    (
        "inert-factor",
        r#"outcome x
outcome y
prior { x: 99.7%, y: rest, source: "s" }
factor a { weight for y: 1.2:1, evidence "e" { source: "s" } }
factor b { weight for y: 1.2:1, evidence "f" { source: "t" } }
factor c { weight for y: 1.2:1, evidence "g" { source: "u" } }
factor d { weight for y: 1.2:1, evidence "h" { source: "v" } }
factor e { weight for y: 1.2:1, evidence "i" { source: "w" } }
"#,
    ),
    // Hypothetical, so nothing in the verdict; but it moves the verdict given it.
    (
        "inert-factor",
        r#"event crash { resolves: "seen", weight for exit: strong }
"#,
    ),
    (
        "inert-factor",
        r#"event crash { resolves: "seen" }
change fall { when: crash, weight for exit: strong }
"#,
    ),
    (
        "inert-factor",
        r#"factor mood { weight for weakening: 1.03:1, evidence "a survey" { source: "it" } }
"#,
    ),
    // A change that only counts.
    (
        "inert-factor",
        r#"factor law { weight against exit: strong, evidence "a statute" { source: "the journal" } }
event repeal { resolves: "published" }
change free { when: repeal, count law: 0% }
"#,
    ),
    // An event without weights states nothing that could be inert.
    (
        "inert-factor",
        r#"event a { resolves: "seen", chance: 30% by long }
expect a by long: at most 40%
"#,
    ),
    (
        "linchpin",
        r#"assumption treaty { confidence: high, weight for exit if wrong: 80:1 }
"#,
    ),
    (
        "linchpin",
        r#"assumption treaty { weight for exit if wrong: strong }
"#,
    ),
    (
        "linchpin",
        r#"assumption treaty { confidence: low, weight for commitment if wrong: decisive }
"#,
    ),
    (
        "idle-assumption",
        r#"assumption treaty { confidence: high }
event truce {
  resolves: "signed"
  chance given treaty: 10% by long
  chance otherwise: 30% by long
  weight for weakening: moderate
}
"#,
    ),
    (
        "idle-assumption",
        r#"assumption treaty { confidence: high, weight against commitment if wrong: slight }
"#,
    ),
    (
        "nothing-would-change",
        r#"assessment "q" { author: "a", as of: 2025-01-01, resolves: "seen" }
horizon year: 0 to 12 months
outcome x
outcome y
prior { x: 60%, y: rest, source: "s" }
event crash { resolves: "seen", weight for y: strong }
"#,
    ),
    (
        "nothing-would-change",
        r#"change fall { when: upheaval, weight for exit: strong }
event upheaval { resolves: "seen" }
"#,
    ),
    // What is hypothetical can happen, an assumption can be wrong.
    (
        "unreachable",
        r#"event crash { resolves: "seen" }
assumption treaty { confidence: high }
change fall { when: crash and not treaty, weight for exit: strong }
"#,
    ),
    // It can hold in the last horizon alone.
    (
        "unreachable",
        r#"event crash { resolves: "seen", chance: 0% by medium, 5% by long }
change fall { when: crash, weight for exit: strong }
"#,
    ),
    // Exclusive events, one and then not the other.
    (
        "unreachable",
        r#"event truce { resolves: "signed", chance: 20% by long }
event advance { resolves: "seen", chance: 20% by long }
exclusive: truce, advance
change fall { when: truce and not advance, weight for exit: strong }
"#,
    ),
    // In the verdict it holds, and it need not: the assumption may be wrong, the event may happen.
    (
        "always",
        r#"assumption treaty { confidence: high }
change fall { when: treaty, weight against exit: moderate }
"#,
    ),
    (
        "always",
        r#"event crash { resolves: "seen" }
change calm { when: not crash, weight against exit: moderate }
"#,
    ),
    (
        "always",
        r#"event crash { resolves: "seen", chance: 99% by short }
change fall { when: crash, weight for exit: moderate }
"#,
    ),
    // One implies the other, and both push the same way.
    (
        "same-when",
        r#"event truce { resolves: "signed" }
event thaw { resolves: "published" }
change calm { when: truce, weight for weakening: moderate }
change trade { when: truce and thaw, weight for weakening: moderate }
"#,
    ),
    // Opposite pushes, and neither implies the other.
    (
        "same-when",
        r#"event truce { resolves: "signed" }
event thaw { resolves: "published" }
change calm { when: truce, weight for weakening: moderate }
change trade { when: thaw, weight against weakening: moderate }
"#,
    ),
    // Two of three is not the same as the first and any other.
    (
        "same-when",
        r#"event a { resolves: "seen" }
event b { resolves: "seen" }
event c { resolves: "seen" }
change most { when: at least 2 of (a, b, c), weight for weakening: moderate }
change led { when: a and (b or c), weight for weakening: weak }
"#,
    ),
    // A single change.
    (
        "one-sided",
        r#"event truce { resolves: "signed" }
change calm { when: truce, weight for weakening: moderate }
"#,
    ),
    // The second counts a reason against the outcome for more.
    (
        "one-sided",
        r#"event truce { resolves: "signed" }
event thaw { resolves: "published" }
factor law { weight against weakening: moderate, evidence "a statute" { source: "the journal" } }
change calm { when: truce, weight for weakening: moderate }
change trade { when: thaw, count law: 200% }
"#,
    ),
    // The tables stand above their means for `weakening`, and lower it all the same.
    (
        "one-sided",
        r#"outcome weakening
outcome commitment
outcome exit
prior { weakening: 30%, commitment: 65%, exit: 5% }
event truce { resolves: "signed", chance: 20% by long }
event thaw { resolves: "published", chance: 20% by long }
change calm { when: truce, weight against commitment: slight, weight for weakening: slight }
change trade { when: thaw, likelihood: weakening 60%, commitment 80%, exit 5% }
"#,
    ),
    // Different outcomes.
    (
        "one-sided",
        r#"event truce { resolves: "signed" }
event thaw { resolves: "published" }
change calm { when: truce, weight for weakening: moderate }
change trade { when: thaw, weight for exit: strong }
"#,
    ),
    (
        "unobservable",
        r#"event truce { resolves: "signed", weight for weakening: moderate }
"#,
    ),
    // A factor is seen already.
    (
        "unobservable",
        r#"factor mood { weight for weakening: weak, evidence "a survey" { source: "it" } }
"#,
    ),
    // The words at the ends of a scale reach to 0% and 100%.
    (
        "verdict-near-edge",
        r#"expect exit by short: almost no chance
"#,
    ),
    // Unchecked.
    (
        "verdict-near-edge",
        r#"outcome x
outcome y
prior { x: 79.5%, y: rest, source: "s" }
section "Summary": """x is {x in long}."""
"#,
    ),
    // At the wrong side of the edge: another rule says so.
    (
        "verdict-near-edge",
        r#"outcome x
outcome y
prior { x: 80.5%, y: rest, source: "s" }
expect x in long: likely
"#,
    ),
    (
        "fragile-leader",
        r#"outcome x
outcome y
prior { x: 51.1%, y: rest, source: "s" }
"#,
    ),
    (
        "fragile-leader",
        r#"outcome x
outcome y
outcome z
prior { x: 37%, y: 32%, z: rest, source: "s" }
"#,
    ),
    (
        "full-overlap",
        r#"factor a { weight for weakening: moderate, evidence "e" { source: "s" } }
factor b { weight for weakening: weak, evidence "f" { source: "t" } }
overlap 99%: a, b
"#,
    ),
    (
        "full-overlap",
        r#"factor a { weight for weakening: moderate, evidence "e" { source: "s" } }
factor b { weight for weakening: weak, evidence "f" { source: "t" } }
"#,
    ),
    (
        "failed-expectation",
        r#"expect exit by long: at most 6%
expect commitment in long: leads
expect exit by long: above exit by medium
"#,
    ),
    (
        "failed-expectation",
        r#"expect exit by short: almost no chance
expect commitment in long: likely
"#,
    ),
    // Every outcome but one says how one would know.
    (
        "missing-resolution",
        r#"assessment "q" { author: "a", as of: 2025-01-01 }
outcome x { resolves: "seen" }
outcome y
prior { x: 60%, y: rest, source: "s" }
"#,
    ),
    (
        "missing-resolution",
        r#"assessment "q" { author: "a", as of: 2025-01-01, resolves: "as judged by the editor" }
"#,
    ),
    (
        "open-horizon",
        r#"horizon near: 0 to 6 months
horizon far: 6 months to 10 years
"#,
    ),
    (
        "open-horizon",
        r#"horizon only: until 2026-03-01
"#,
    ),
    // The day is the last of the horizon.
    (
        "overdue",
        r#"horizon only: until 2025-10-01
"#,
    ),
    // A final outcome settles the later horizons too.
    (
        "overdue",
        r#"horizon near: until 2025-05-01
horizon far: until 2025-08-01
resolved: exit by near on 2025-04-20
"#,
    ),
    (
        "overdue",
        r#"horizon near: until 2025-05-01
resolved: void in near on 2025-05-02
"#,
    ),
    // Both questions are settled.
    (
        "overdue",
        r#"horizon near: until 2025-05-01
question second "And then?" {
  outcome up
  outcome down
  prior { up: 30%, down: rest }
}
resolved: exit by near on 2025-04-20
resolved: up in near on 2025-05-01
"#,
    ),
];
