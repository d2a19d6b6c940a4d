//! Words of likelihood that are denied, that stand beside numbers in other places, and fixes that read on.

use super::{lint, lint_whole};
use assess::diag::Diagnostic;

fn section(text: &str) -> String {
    format!("section \"S\": \"\"\"\n{text}\n\"\"\"\n")
}

fn of<'d>(found: &'d [Diagnostic], rule: &str) -> Vec<&'d Diagnostic> {
    found.iter().filter(|d| d.rule.name == rule).collect()
}

#[test]
fn what_is_denied_contradicts_no_number() {
    for text in [
        "We do not think a default is likely (20%).",
        "A default is no longer likely (20%).",
        "A default would not be likely (10%).",
        "We doubt that a default is likely (20%).",
        "A default is by no means likely (20%).",
        "A default is far from likely (20%).",
        "A default is anything but likely (20%).",
        "A default cannot be called likely (20%).",
        "Nobody thinks it likely (20%).",
        "Few consider it likely (20%).",
        "A default has ceased to be likely (20%).",
        "A default was thought likely, now at 20%.",
    ] {
        let found = lint(&section(text));
        assert!(of(&found, "word-number").is_empty(), "{text}");
    }
}

#[test]
fn numbers_are_found_on_either_side() {
    for text in [
        "A default is likely (20%).",
        "There is no doubt that a default is likely (20%).",
        "A deal that is not signed by June is likely (20%).",
        "A default (15%) is likely.",
        "**Likely** (15%), at that.",
        "There is a likely, 15% chance of a default.",
        "The chance of a default is 15 %, so likely.",
        "A default is likely (one chance in five).",
    ] {
        let found = lint(&section(text));
        assert_eq!(of(&found, "word-number").len(), 1, "{text}");
    }
    for text in [
        "Growth (2%) is likely.",
        "A cut in the rate (15%) is likely.",
        "A default (2030) is likely.",
    ] {
        let found = lint(&section(text));
        assert!(of(&found, "word-number").is_empty(), "{text}");
    }
}

/// Whether the first finding of a rule has a safe fix, and what the fix writes; none without one.
fn fix(rule: &str, fragment: &str) -> Option<(bool, String)> {
    let found = lint(fragment);
    let all = of(&found, rule);
    let fix = all
        .first()
        .unwrap_or_else(|| panic!("{rule}: {fragment}"))
        .fixes
        .first()?;
    Some((fix.safe, fix.edits[0].text.clone()))
}

#[test]
fn a_fix_reads_on_and_is_safe_on_one_side_of_even_odds() {
    let fix = |text: &str| fix("word-number", &section(text));
    let written = |safe, text: &str| Some((safe, text.to_owned()));
    assert_eq!(
        fix("A default is likely (90%)."),
        written(true, "very likely")
    );
    assert_eq!(
        fix("A default is likely (20%)."),
        written(false, "unlikely")
    );
    assert_eq!(
        fix("It is an unlikely (90%) end."),
        written(false, "a very likely")
    );
    assert_eq!(
        fix("It is a very unlikely (30%) end."),
        written(true, "an unlikely")
    );
    assert_eq!(fix("A default is very unlikely, at 45%."), None);
    assert_eq!(fix("Almost no chance (15%) of it."), None);
    assert_eq!(
        fix("A default (15%) is likely."),
        written(false, "very unlikely")
    );
}

#[test]
fn a_range_is_shown_as_it_is_written() {
    let found = lint(&section("Default: likely (15-20%)."));
    let found = of(&found, "word-number");
    assert_eq!(found[0].message, "`likely` stands beside 15-20%");
}

fn on_scale(scale: &str, text: &str) -> Vec<Diagnostic> {
    let frame = format!(
        "assessment \"Does it hold?\" {{\n  as of: 2025-03-01\n  scale: {scale}\n  resolves: \"It\"\n}}\n{}",
        section(text)
    );
    lint(&frame)
}

#[test]
fn the_nearest_word_means_the_same() {
    let nearest = |scale: &str, text: &str| {
        let found = on_scale(scale, text);
        let found = of(&found, "mixed-lexicon");
        let first = found.first().unwrap_or_else(|| panic!("{text}"));
        (first.help.clone().unwrap_or_default(), first.fixes.len())
    };
    for (scale, text, word, fixes) in [
        (
            "icd203",
            "A default is more likely than not.",
            "`likely`",
            1,
        ),
        ("phia", "A default is more likely than not.", "`likely`", 1),
        (
            "kent",
            "A default is more likely than not.",
            "`probable`",
            1,
        ),
        (
            "ipcc",
            "The pact will almost certainly not hold.",
            "`very unlikely`",
            0,
        ),
        ("ipcc", "The pact will probably not hold.", "`unlikely`", 0),
        (
            "icd203",
            "There is a realistic possibility of a default.",
            "`unlikely`",
            0,
        ),
    ] {
        let (help, count) = nearest(scale, text);
        assert!(help.contains(word), "{scale}: {text}: {help}");
        assert_eq!(count, fixes, "{scale}: {text}");
    }
}

const FRAME: &str = "assessment \"A\" {\n  as of: 2025-03-01\n  resolves: \"R\"\n}\nhorizon q1 \"Q1\": 0 to 3 months\n\
horizon q2 \"Q2\": 3 to 6 months\nhorizon q3 \"Q3\": 6 to 9 months\noutcome stay \"Stays\"\noutcome weak1 \"Weakens\"\n\
final outcome exit \"Exit\"\nprior { exit: 5% by q1, 10% by q2, 15% by q3, weak1: 30%, stay: rest }\n";

#[test]
fn typed_numbers_are_linked_to_the_horizon_that_is_meant() {
    for (text, placeholder, safe) in [
        ("Exit is very unlikely in q3.", "{exit in q3}", true),
        ("Exit is very unlikely by q3.", "{exit by q3}", true),
        (
            "Exit is very unlikely by the end of November 2025.",
            "{exit by q3}",
            true,
        ),
        ("We put exit at 15%.", "{exit by q3}", false),
        ("Chance of exit by q3: 60%.", "{exit by q3}", false),
        ("Exit: 60% by q3.", "{exit by q3}", false),
        ("Exit by Q3: 60 per cent.", "{exit by q3}", false),
        ("By q3 exit is almost certain.", "{exit by q3}", false),
    ] {
        let found = lint_whole(&format!("{FRAME}{}", section(text)));
        let found = of(&found, "unlinked-number");
        let first = found.first().unwrap_or_else(|| panic!("{text}"));
        let fix = &first.fixes[0];
        assert_eq!(
            (fix.edits[0].text.as_str(), fix.safe),
            (placeholder, safe),
            "{text}"
        );
    }
    for text in [
        "Exit: 60 units by q3.",
        "If all fails, exit by q3: 60%.",
        "Exit by q3.",
    ] {
        let found = lint_whole(&format!("{FRAME}{}", section(text)));
        assert!(of(&found, "unlinked-number").is_empty(), "{text}");
    }
}

#[test]
fn what_is_said_to_lead_is_held_to_the_verdict() {
    let found = |text: &str| {
        let found = lint_whole(&format!("{FRAME}{}", section(text)));
        let found: Vec<String> = of(&found, "unlinked-number")
            .iter()
            .map(|d| d.message.clone())
            .collect();
        found
    };
    assert_eq!(
        found("Weakens leads in q1."),
        ["\"Weakens\" is said to lead, and by the verdict `stay` leads in `q1`"]
    );
    for text in [
        "Stays leads in q1.",
        "If all fails, weakens leads in q1.",
        "Weakens leads to trouble.",
        "Weakens leads the way.",
    ] {
        assert_eq!(found(text), [""; 0], "{text}");
    }
}

#[test]
fn confidence_beside_a_likelihood() {
    for text in [
        "We have a fair degree of confidence that a default is likely.",
        "Our confidence in the judgement that a default is likely is moderate.",
        "Our confidence that a default is likely is low.",
    ] {
        assert_eq!(
            of(&lint(&section(text)), "confidence-likelihood").len(),
            1,
            "{text}"
        );
    }
    let text =
        "Investors have a fair degree of confidence in the bonds, so that a default is unlikely.";
    let found = lint(&section(text));
    assert!(of(&found, "confidence-likelihood").is_empty(), "{text}");
}

#[test]
fn an_empty_it_refers_back_to_nothing() {
    let weasels = |text: &str| of(&lint(&section(text)), "weasel").len();
    let claim = "A spillover could trigger a recession.";
    assert_eq!(
        weasels(&format!(
            "{claim}\n\nIt is highly likely **that** the pact holds."
        )),
        1
    );
    assert_eq!(
        weasels(&format!("{claim} It is unlikely that the pact holds.")),
        1
    );
    assert_eq!(weasels(&format!("{claim} It is unlikely.")), 0);
    assert_eq!(weasels(&format!("{claim} That is unlikely.")), 0);
}

#[test]
fn what_is_over_or_has_come_is_no_certainty() {
    let text = "assessment \"A\" {\n  as of: 2025-09-01\n  resolves: \"R\"\n}\nhorizon y: 2025-03-01 to 2025-08-31\n\
                horizon z: 2025-09-01 to 2026-03-01\noutcome stay\noutcome weak\nfinal outcome exit\n\
                prior {\n  exit: 5% by y, 10% by z\n  weak: 30%\n  stay: rest\n}\n\
                event e {\n  resolves: \"R\"\n  chance: 40% by y\n  weight for exit: weak\n}\n";
    let found = lint_whole(text);
    assert!(of(&found, "certainty").is_empty(), "{found:?}");
    let found = lint_whole(&format!("{text}resolved: exit by y on 2025-08-31\n"));
    assert!(of(&found, "no-status-quo").is_empty(), "{found:?}");
}

#[test]
fn a_sentence_without_end_is_read_at_once() {
    let text = section(&"It could be likely 30% or ".repeat(10_000));
    let started = std::time::Instant::now();
    lint(&text);
    // In the debug build of a slow machine; before, minutes.
    assert!(started.elapsed().as_secs() < 40, "{:?}", started.elapsed());
}
