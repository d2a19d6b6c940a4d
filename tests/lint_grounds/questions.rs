//! Rules over several questions, decided outcomes, chains and pushed events: what fires, and what must not.

use crate::found::{lint, settings, shown};
use assess::lint::rules;

/// A second question with these items in its block.
fn oil(block: &str) -> String {
    format!("question oil \"Oil\" {{\n{block}\n}}\n")
}

const STATES: &str = "  outcome low \"Below 80\"\n  outcome high \"Above 80\"\n";
const ENDING: &str = "  outcome runs \"It runs\"\n  final outcome shut \"Shut for good\"\n";
const SIDES: &str = "event fdp { resolves: \"seen\", chance: 40% by long }\nevent bsw { resolves: \"seen\", chance: 45% by long }\n\
    question coalition \"How many?\" {\n  outcome two { when: not fdp and not bsw }\n  outcome three { when: otherwise }\n}\n";
const CHAIN: &str = "event m7 { resolves: \"seen\", chance: 4% by long }\nevent m6 { resolves: \"seen\", chance: 22% by long }\nimplies: m7, m6\n";

fn found(name: &str, fragment: &str) -> (Vec<String>, String) {
    let rule = rules::find(name).expect("a rule");
    let mut found = lint(fragment, &settings(rule));
    found.retain(|d| d.rule == rule);
    let all = shown(&found);
    (found.into_iter().map(|d| d.message).collect(), all)
}

#[test]
fn what_fires() {
    let change = |when: &str| format!("change c {{ when: {when}, weight for weakening: weak }}\n");
    let fires: Vec<(&str, String, &str)> = vec![
        ("bare-prior", oil(&format!("{STATES}  prior {{ high: 35%, low: rest, source: \"s\" }}")), "the prior of `low`"),
        (
            "bare-prior",
            format!("event a {{ resolves: \"seen\", chance: 30% by long }}\n{}", oil(&format!(
                "{STATES}  prior given a {{ high: 10% to 20%, low: rest, source: \"s\" }}\n  prior otherwise {{ high: 35%, low: rest, source: \"s\" }}"
            ))),
            "the prior of `low`",
        ),
        ("no-status-quo", oil(&format!("{ENDING}  prior {{ shut: 97% by short, 99% by long, runs: rest, source: \"s\" }}")), "by the prior `runs` has 3%"),
        (
            "twin-event",
            oil(&format!("{ENDING}  prior {{ shut: 4% by short, 10% by medium, 18% by long, runs: rest, source: \"s\" }}"))
                + "factor law { weight against shut: strong, evidence \"e\" { source: \"t\" } }\n\
                   event notice { resolves: \"seen\", chance: 4% by short, 10% by medium, 18% by long }\n",
            "`notice` has the chances of the prior of `shut`",
        ),
        (
            "unpacked",
            oil(&format!("{STATES}  prior {{ high: 35%, low: rest, source: \"A count since 1990\" }}"))
                + "event a { resolves: \"seen\", chance: 20% by short, 35% by medium, 48% by long, weight for high: strong }\n",
            "`a` lowers `low`",
        ),
        ("lazy-fifty", oil(&format!("{STATES}  prior {{ high: 50%, low: rest }}")), "gives each of 2 outcomes the same"),
        ("certainty", oil(&format!("{STATES}  outcome mid \"Between\"\n  prior {{ high: 60%, mid: 40%, low: rest, source: \"s\" }}")), "the prior of `low` is left exactly 0%"),
        (
            "squeezed-rest",
            oil(&format!("{STATES}  outcome mid \"Between\"\n  prior {{ high: 30% to 70%, mid: 40% to 60%, low: rest, source: \"s\" }}")),
            "nothing is left for the rest of `low`",
        ),
        (
            "fragile-leader",
            oil(&format!("{STATES}  prior {{ high: 50.5%, low: rest, source: \"s\" }}")),
            "`high` leads in `short` by 1 point only: 50.5%, and `low` 49.5%",
        ),
        (
            "dominant-factor",
            oil(&format!("{STATES}  prior {{ high: 40%, low: rest, source: \"s\" }}"))
                + "factor a { weight for high: strong, evidence \"e\" { source: \"t\" } }\n\
                   factor b { weight for low: slight, evidence \"f\" { source: \"u\" } }\n\
                   factor d { weight for low: slight, evidence \"g\" { source: \"v\" } }\n",
            "without `a` alone `low` leads in `short`",
        ),
        (
            "single-source",
            oil(&format!("{STATES}  prior {{ high: 40%, low: rest, source: \"s\" }}"))
                + "factor a { weight for high: strong, evidence \"e\" { source: \"One paper\" } }\n",
            "`low` leads in `short`",
        ),
        (
            "non-diagnostic",
            oil(&format!("{STATES}  prior {{ high: 40%, low: rest, source: \"s\" }}"))
                + "factor a { weight for high, low: weak, evidence \"e\" { source: \"t\" } }\n",
            "`a` pushes all outcomes alike",
        ),
        // One answer to a question at a time.
        ("unreachable", oil(&format!("{STATES}  prior {{ high: 35%, low: rest }}")) + &change("low and high"), "`low` and `high` answer one question"),
        ("always", oil(&format!("{STATES}  prior {{ high: 35%, low: rest }}")) + &change("low or high"), "one of `low` and `high` is so"),
        ("unreachable", format!("{SIDES}{}", change("two and fdp")), "`two` is decided by `not fdp and not bsw`"),
        ("unreachable", format!("{SIDES}{}", change("three and not fdp and not bsw")), "`three` is what else is so"),
        (
            "same-when",
            format!("{SIDES}{}change d {{ when: not fdp and not bsw, weight for exit: weak }}\n", change("two")),
            "`c` and `d` are in force in the same cases",
        ),
        ("unreachable", oil(&format!("{STATES}  prior {{ high: impossible, low: rest }}")) + &change("high"), "the prior of `high` is 0%"),
        ("unreachable", format!("{CHAIN}{}", change("m7 and not m6")), "`m7` implies `m6`"),
        (
            "unreachable",
            format!("event t {{ resolves: \"seen\", chance: 20% by long }}\nevent x {{ resolves: \"seen\", chance once t: 40% within 3 months }}\n{}", change("x and not t")),
            "`x` comes only once `t` has",
        ),
        (
            "nested",
            "event big \"The river rises above 9.5 m\" { resolves: \"seen\", chance: 5% by long }\n\
             event flood \"The river rises above 8 m\" { resolves: \"seen\", chance: 15% by long }\n\
             event high \"The river rises above 6 m\" { resolves: \"seen\", chance: 40% by long }\n".into(),
            "`big`, `flood` and `high` are drawn apart, so that `big` may come without `flood`",
        ),
        // Less is stronger, and the file's order says nothing.
        (
            "nested",
            "event weak \"Fewer than 40 seats\" { resolves: \"seen\", chance: 25% by long }\n\
             event strong \"Fewer than 30 seats\" { resolves: \"seen\", chance: 5% by long }\n".into(),
            "`strong` and `weak` are drawn apart, so that `strong` may come without `weak`",
        ),
    ];
    let mut wrong = String::new();
    for (name, fragment, says) in fires {
        let (messages, all) = found(name, &fragment);
        if !messages.iter().any(|m| m.contains(says)) {
            wrong += &format!("{name}: \"{says}\" is not in\n{all}\n{fragment}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_does_not() {
    let change = |when: &str| format!("change c {{ when: {when}, weight for weakening: weak }}\n");
    let prior = "  prior { high: 20% to 40%, low: rest, source: \"s\" }";
    let near: Vec<(&str, String)> = vec![
        // What leads elsewhere leads nothing here: outcomes of two questions are no rivals.
        ("fragile-leader", oil(&format!("{STATES}  prior {{ high: 32%, low: rest, source: \"s\" }}"))),
        // A prior that holds in some cases may end all in them.
        (
            "no-status-quo",
            format!("event a {{ resolves: \"seen\", chance: 30% by long }}\n{}", oil(&format!(
                "{ENDING}  prior given a {{ shut: 97% by short, runs: rest }}\n  prior otherwise {{ shut: 2% by short, runs: rest }}"
            ))),
        ),
        // A driver of the first question says nothing of the second one's base rate.
        (
            "unpacked",
            oil(&format!("{STATES}  prior {{ high: 35%, low: rest, source: \"A count since 1990\" }}"))
                + "prior { exit: 2% per year, weakening: 30%, commitment: rest }\n\
                   outcome commitment\noutcome weakening\nfinal outcome exit\n\
                   event a { resolves: \"seen\", chance: 20% by short, 48% by long, weight for weakening: strong }\n",
        ),
        (
            "unpacked",
            oil(&format!("{STATES}  prior {{ high: 35%, low: rest, source: \"A count since 1990\", counts in: a }}"))
                + "event a { resolves: \"seen\", chance: 20% by short, 48% by long, weight for high: strong }\n",
        ),
        // Ranges of two questions do not add up.
        (
            "squeezed-rest",
            oil(&format!("{STATES}  prior {{ high: 40% to 70%, low: rest, source: \"s\" }}"))
                + "question gas \"Gas\" {\n  outcome dear\n  outcome cheap\n  prior { dear: 40% to 70%, cheap: rest, source: \"s\" }\n}\n",
        ),
        // What can be so, is not called impossible.
        ("unreachable", oil(&format!("{STATES}{prior}")) + &change("high")),
        ("unreachable", oil(&format!("{STATES}{prior}")) + &change("not high")),
        ("unreachable", oil(&format!("{STATES}  outcome mid\n  prior {{ high: 20% to 40%, mid: 20%, low: rest, source: \"s\" }}")) + &change("not high and not low")),
        ("unreachable", format!("{SIDES}{}", change("three and not fdp"))),
        ("unreachable", format!("{CHAIN}{}", change("m6 and not m7"))),
        // Impossible before its trigger, and after it not.
        (
            "unreachable",
            format!("event t {{ resolves: \"seen\", chance: 20% by long }}\nevent x {{ resolves: \"seen\", chance once t: 40% within 3 months }}\n{}", change("x")),
        ),
        ("always", oil(&format!("{STATES}{prior}")) + &change("not high")),
        ("always", oil(&format!("{STATES}  outcome mid\n  prior {{ high: 20% to 40%, mid: 20%, low: rest, source: \"s\" }}")) + &change("low or high")),
        ("same-when", format!("{SIDES}{}change d {{ when: not fdp, weight for exit: weak }}\n", change("two"))),
        (
            "same-when",
            oil(&format!("{STATES}{prior}")) + &change("high") + "change d { when: low, weight for exit: weak }\n",
        ),
        // Pushed events are a use and an effect.
        (
            "inert-factor",
            "event truce { resolves: \"seen\", chance: 15% by short, 40% by long }\n\
             factor talks { weight for truce: moderate, evidence \"e\" { source: \"t\" } }\n".into(),
        ),
        (
            "non-diagnostic",
            "event truce { resolves: \"seen\", chance: 15% by short, 40% by long }\n\
             factor talks { weight for truce, exit, weakening, commitment: weak, evidence \"e\" { source: \"t\" } }\n".into(),
        ),
        (
            "idle-assumption",
            "event truce { resolves: \"seen\", chance: 15% by short, 40% by long }\n\
             assumption calm { weight against truce if wrong: strong }\n".into(),
        ),
        (
            "idle-assumption",
            "assumption calm\nquestion q \"Q\" {\n  outcome yes { when: calm }\n  outcome no { when: otherwise }\n}\n".into(),
        ),
        // The other way that it could be said.
        (
            "nested",
            "event flood \"The river rises above 8 m\" { resolves: \"seen\", chance given high: 15% by long, chance otherwise: impossible }\n\
             event high \"The river rises above 6 m\" { resolves: \"seen\", chance: 40% by long }\n".into(),
        ),
        // Another number than the threshold.
        (
            "nested",
            "event a \"Growth above 3% in 2026\" { resolves: \"seen\", chance: 15% by long }\n\
             event b \"Growth above 3% in 2027\" { resolves: \"seen\", chance: 40% by long }\n".into(),
        ),
        (
            "nested",
            "event a \"Rates rise above 4%\" { resolves: \"seen\", chance: 15% by long }\n\
             event b \"Rates fall below 3%\" { resolves: \"seen\", chance: 40% by long }\n".into(),
        ),
        (
            "nested",
            "event a \"The second of 3 talks\" { resolves: \"seen\", chance: 15% by long }\n\
             event b \"The second of 4 talks\" { resolves: \"seen\", chance: 40% by long }\n".into(),
        ),
    ];
    let mut wrong = String::new();
    for (name, fragment) in near {
        let (messages, all) = found(name, &fragment);
        if !messages.is_empty() {
            wrong += &format!("{name}:\n{all}\n{fragment}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
