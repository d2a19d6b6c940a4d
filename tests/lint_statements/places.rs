//! Where findings stand: on the very words of the file that they are about.

use super::{lint, lint_whole};
use crate::found::shown;
use assess::lint::rules;

/// A section of a text block whose lines are indented.
fn block(text: &str) -> String {
    format!("section \"Summary\": \"\"\"\n    {text}\n\"\"\"\n")
}

/// The texts on which a rule fires in a fragment, in order.
fn fired(rule: &str, fragment: &str) -> Vec<String> {
    let text = rules::frame(fragment);
    let found = lint(fragment);
    let here = found.iter().filter(|d| d.rule.name == rule);
    here.map(|d| text[d.primary.span.start as usize..d.primary.span.end as usize].to_owned())
        .collect()
}

#[test]
fn words_and_numbers_are_found_where_they_stand() {
    for (rule, text, words) in [
        (
            "word-number",
            "Élan: an exit is likely\n    (90%), they say.",
            &["likely"][..],
        ),
        (
            "word-number",
            "An exit is Very Unlikely [about 40%].",
            &["Very Unlikely"],
        ),
        (
            "word-number",
            "90% (likely), and 2% (almost no chance).",
            &["likely"],
        ),
        (
            "word-number",
            "It is likely, at 90%, that it holds.",
            &["likely"],
        ),
        (
            "word-number",
            "It is likely (85–95%), and unlikely (50% to 60%).",
            &["likely", "unlikely"],
        ),
        (
            "word-number",
            "Probable (a 90% chance); unlikely (10 per cent).",
            &["Probable", "unlikely"],
        ),
        ("word-number", "It will probably (90%) hold.", &["probably"]),
        (
            "word-number",
            "An exit by then is {exit by long} (likely).",
            &["likely"],
        ),
        (
            "mixed-lexicon",
            "It is highly\n    likely, and HIGHLY UNLIKELY.",
            &["highly\n    likely", "HIGHLY UNLIKELY"],
        ),
        (
            "mixed-lexicon",
            "“No”: more likely than not, about as likely as not.",
            &["more likely than not", "about as likely as not"],
        ),
        (
            "mixed-lexicon",
            "It is likely, very likely and improbable; probably not.",
            &["improbable"],
        ),
        (
            "mixed-lexicon",
            "It is virtually certain.",
            &["virtually certain"],
        ),
        (
            "confidence-likelihood",
            "With low to moderate confidence we judge it likely.",
            &["moderate confidence"],
        ),
        (
            "confidence-likelihood",
            "It is likely; our confidence in this judgement is low.",
            &["confidence in this judgement is low"],
        ),
        (
            "confidence-likelihood",
            "We have high analytic confidence in a probability of 20%.",
            &["high analytic confidence"],
        ),
        (
            "confidence-likelihood",
            "High confidence: it is almost\n    certain.",
            &["High confidence"],
        ),
        (
            "confidence-likelihood",
            "We have moderate confidence that it is not likely.",
            &["moderate confidence"],
        ),
        (
            "weasel",
            "The U.S. economy could stall. It might rain.",
            &["could", "might"],
        ),
        (
            "weasel",
            "It is\n    possible that it could rain.",
            &["possible"],
        ),
        (
            "weasel",
            "War cannot\n    be ruled out.",
            &["cannot\n    be ruled out"],
        ),
        (
            "weasel",
            "- It could rain\n    - It is {exit by long}",
            &["could"],
        ),
        (
            "weasel",
            "It remains possible. Possibly it rains.",
            &["possible"],
        ),
        ("weasel", "It might not rain.", &["might"]),
    ] {
        for crlf in [false, true] {
            let mut fragment = block(text);
            let mut expected: Vec<String> = words.iter().map(ToString::to_string).collect();
            if crlf {
                fragment = fragment.replace('\n', "\r\n");
                expected
                    .iter_mut()
                    .for_each(|w| *w = w.replace('\n', "\r\n"));
            }
            assert_eq!(
                fired(rule, &fragment),
                expected,
                "{rule}: {text}\n{}",
                shown(&lint(&fragment))
            );
        }
    }
}

#[test]
fn every_kind_of_prose_is_read() {
    let text = "It is likely (90%).";
    let fragments = [
        format!("section \"Summary\": \"{text}\""),
        format!(
            "outcome a {{ note: \"{text}\" }}\noutcome b {{ resolves: \"It ends\" }}\nprior {{ a: 40%\n b: rest }}"
        ),
        format!("event veto {{\n  chance: 1% per year\n  resolves: \"{text}\"\n}}"),
        format!("factor veto {{\n  weight for exit: weak\n  context: \"{text}\"\n}}"),
        format!(
            "factor veto {{\n  weight for exit: weak\n  evidence \"It\" {{ source: \"Us\", note: \"{text}\" }}\n}}"
        ),
        format!("bet \"It\" {{\n  on: exit by long, price: 1%\n  note: \"{text}\"\n}}"),
        format!(
            "event veto {{ chance: 1% per year }}\nscenario calm {{\n  set: not veto\n  note: \"{text}\"\n}}"
        ),
        format!(
            "prior {{\n  exit: 2% per year\n  weakening: 30%\n  commitment: rest\n  note: \"{text}\"\n}}"
        ),
        format!(
            "assessment \"Does it hold?\" {{\n  as of: 2025-03-01\n  resolves: \"It ends\"\n  note: \"{text}\"\n}}"
        ),
        format!(
            "question oil {{\n  outcome low\n  outcome high\n  prior {{ low: 40%, high: rest }}\n  context: \"{text}\"\n}}"
        ),
        format!("quantity growth {{\n  is: 2 (1 to 3)\n  note: \"{text}\"\n}}"),
        format!(
            "view fbi {{\n  prior {{ exit: 2% per year, weakening: 30%, commitment: rest }}\n  note: \"{text}\"\n}}"
        ),
        format!(
            "judgement \"It holds\" {{\n  on: exit by long, says: at most 90%\n  note: \"{text}\"\n}}"
        ),
        format!("judgement \"{text}\" {{ on: exit by long, says: at most 90% }}"),
    ];
    for fragment in fragments {
        assert_eq!(fired("word-number", &fragment), ["likely"], "{fragment}");
    }
}

#[test]
fn clauses_are_found_where_they_stand() {
    let event = |chance: &str| {
        format!("event veto {{\n  resolves: \"It\"\n  weight for exit: weak\n  {chance}\n}}\n")
    };
    let factor =
        |evidence: &str| format!("factor veto {{\n  weight for exit: weak\n  {evidence}\n}}\n");
    let phia = "assessment \"Does it hold?\" {\n  as of: 2025-03-01\n  scale: phia\n  resolves: \"It\"\n}\n";
    for (rule, fragment, places) in [
        (
            "certainty",
            event("chance: 1% by short, 100% by long"),
            &["100%"][..],
        ),
        ("certainty", event("chance: 0% per year"), &["0% per year"]),
        (
            "certainty",
            "factor a {\n  weight for exit: weak\n  holds: 100%, 70% in long\n}".into(),
            &["100%"],
        ),
        (
            "certainty",
            "prior {\n  exit: 2% per year\n  weakening: 30%\n  commitment: rest\n}\n"
                .replace(
                    "weakening: 30%",
                    "weakening: 98% in short, 94% in medium, 90% in long",
                )
                .replace("2% per year", "2% by short, 4% by medium, 6% by long"),
            &["rest"],
        ),
        (
            "false-precision",
            event("chance: 10.5 to 20.5% by short, 33.3% by long"),
            &["10.5"],
        ),
        (
            "lazy-fifty",
            event("chance: 20% by short, 50% by long"),
            &["50%"],
        ),
        (
            "hazard-jump",
            event("chance: 0.1% by short, 40% by medium, 60% by long"),
            &["chance: 0.1% by short, 40% by medium, 60% by long"],
        ),
        (
            "stalled-curve",
            event("chance: 10% by short, 20% by medium"),
            &["chance: 10% by short, 20% by medium"],
        ),
        (
            "stalled-curve",
            event("chance: 10% by 2025-05-31"),
            &["chance: 10% by 2025-05-31"],
        ),
        (
            "bet-mismatch",
            "bet \"Exit\" { on: exit by long, price: 6% }".into(),
            &["6%"],
        ),
        (
            "scale-gap",
            format!(
                "{phia}outcome holds \"It holds\"\noutcome exit \"It ends\"\n\
                 prior {{ source: \"S\", holds: 47%, exit: rest }}\n\
                 expect holds in long: realistic possibility\n{}",
                event("chance: 7% by short, 45% by medium, 52.5% by long")
            ),
            &["expect holds in long: realistic possibility"],
        ),
        ("missing-evidence", factor(""), &["veto"]),
        (
            "unsourced",
            factor("evidence \"It\" { rated: B2 }"),
            &["\"It\""],
        ),
        (
            "ungraded",
            factor(
                "evidence \"It\" { source: \"Us\", rated: B2 }\n  evidence \"That\" { source: \"Them\" }",
            ),
            &["\"That\""],
        ),
        (
            "split-rating",
            factor("evidence \"It\" { source: \"Us\", rated: E2 }"),
            &["E2"],
        ),
        (
            "false-confirmed",
            factor(
                "evidence \"It\" { source: \"Us\", rated: B1 }\n  evidence \"It\" { source: \"us.\" }",
            ),
            &["B1"],
        ),
        (
            "stale",
            factor("evidence \"It\" { source: \"Us\", dated: 2023-02-28 }"),
            &["2023-02-28"],
        ),
        (
            "hindsight",
            factor("evidence \"It\" { source: \"Us\", dated: 2025-04 }"),
            &["2025-04"],
        ),
        (
            "non-diagnostic",
            "factor a {\n  likelihood: commitment 40%, weakening 40%, exit 40%\n}".into(),
            &["likelihood: commitment 40%, weakening 40%, exit 40%"],
        ),
        (
            "unopposed-leader",
            "factor a {\n  weight for commitment: weak\n}".into(),
            &["commitment"],
        ),
    ] {
        let found = fired(rule, &fragment);
        let found: Vec<String> = found
            .iter()
            .map(|f| f.trim_matches('"').to_owned())
            .collect();
        let places: Vec<String> = places
            .iter()
            .map(|p| p.trim_matches('"').to_owned())
            .collect();
        assert_eq!(
            found,
            places,
            "{rule}\n{fragment}\n{}",
            shown(&lint(&fragment))
        );
    }
}

#[test]
fn stale_goes_by_the_time_ahead_where_that_is_shorter() {
    let file = |dated: &str, last: &str| {
        format!(
            "horizon near \"Near\": 0 to 6 months\n{last}\nfactor a {{\n  weight for exit: weak\n  evidence \"It\" \
             {{ source: \"Us\", dated: {dated} }}\n}}\n"
        )
    };
    let open = "horizon far \"Far\": 6+ months";
    assert_eq!(fired("stale", &file("2024-08-01", open)), ["2024-08-01"]);
    assert!(fired("stale", &file("2024-10-01", open)).is_empty());
    let closed = "horizon far \"Far\": 6 to 12 months";
    assert!(fired("stale", &file("2024-08-01", closed)).is_empty());
    assert_eq!(fired("stale", &file("2024-02-01", closed)), ["2024-02-01"]);
}

#[test]
fn sources_are_one_whatever_their_case_and_blanks() {
    let found = fired(
        "double-count",
        "factor a {\n  weight for exit: weak in long\n  evidence \"It\" { source: \"The  Gazette.\" }\n}\n\
         factor b {\n  weight for exit, weakening: slight\n  evidence \"That\" { source: \"the gazette\" }\n}\n\
         factor c {\n  source: \"The gazette\"\n  weight for exit: weak\n}\n",
    );
    assert_eq!(found.len(), 1, "{found:?}");
}

#[test]
fn three_factors_of_which_an_overlap_holds_two_count_double_all_the_same() {
    let factors: String = ["a", "b", "c"]
        .map(|n| format!("factor {n} {{\n  weight for exit: weak\n  evidence \"{n}\" {{ source: \"Us\" }}\n}}\n"))
        .concat();
    let found = |rest: &str| fired("double-count", &format!("{factors}{rest}")).len();
    assert_eq!(found(""), 1);
    assert_eq!(found("overlap 50%: a, b\n"), 1);
    assert_eq!(found("overlap 50%: a, b, c\n"), 0);
    assert_eq!(
        found("overlap 50%: a, b\noverlap 20%: a, c\noverlap 20%: b, c\n"),
        0
    );
}

#[test]
fn reasons_that_move_one_quantity_or_event_on_one_source_count_double() {
    let frame = "quantity growth \"Growth\" { unit: \"%\", in short: 2 (1 to 3), in medium: 2 (1 to 3), in long: 2 (1 to 3) }\n\
                 event talks \"Talks\" { resolves: \"They meet\", chance: 20% by short, 30% by medium, 40% by long, weight for exit: weak }\n";
    let factor = |name: &str, clause: &str| {
        format!(
            "factor {name} {{\n  {clause}\n  evidence \"{name}\" {{ source: \"Us\", rated: A2 }}\n}}\n"
        )
    };
    let found = |first: &str, second: &str| {
        let file = format!("{frame}{}{}", factor("a", first), factor("b", second));
        let found = lint(&file)
            .into_iter()
            .filter(|d| d.rule.name == "double-count");
        found.map(|d| d.message).collect::<Vec<String>>()
    };
    let moved = found("move growth: +0.5", "move growth: +0.3");
    assert_eq!(moved.len(), 1, "{moved:?}");
    assert!(moved[0].contains("push `growth` up"), "{moved:?}");
    let pushed = found(
        "weight against talks: weak",
        "weight against talks: moderate",
    );
    assert_eq!(pushed.len(), 1, "{pushed:?}");
    assert!(pushed[0].contains("push `talks` down"), "{pushed:?}");
    for (first, second) in [
        ("move growth: +0.5", "move growth: -0.3"),
        ("move growth: +0.5 in short", "move growth: +0.3 in long"),
        ("move growth: +0.5", "weight for talks: weak"),
        ("weight for talks: weak", "weight for exit: weak"),
        ("weight for talks: weak", "weight against talks: weak"),
    ] {
        assert_eq!(found(first, second).len(), 0, "{first}, {second}");
    }
}

#[test]
fn a_condition_that_nothing_names_is_an_orphan() {
    let frame = "event a \"A\" { resolves: \"It\", chance: 20% by short, 30% by medium, 40% by long, weight for exit: weak }\n\
                 event b \"B\" { resolves: \"It\", chance: 20% by short, 30% by medium, 40% by long, weight for exit: weak }\n\
                 condition both \"Both\": a and b\n";
    let found = |rest: &str| fired("orphan", &format!("{frame}{rest}"));
    assert_eq!(found("").len(), 1);
    for used in [
        "change c \"C\" { when: both, weight for exit: weak }\n",
        "expect both by long: at most 20%\n",
        "section \"S\": \"It is {both by long}.\"\n",
        "bet \"B\" { on: both by long, price: 10% }\n",
        "scenario s \"S\" { set: a }\nexpect exit by long given both: at most 90%\n",
        "view v \"V\" { factor f \"F\" { holds given both: 90%, holds otherwise: 10%, weight for exit: weak } }\n",
    ] {
        let found = found(used);
        assert_eq!(found.len(), 0, "{used}: {found:?}");
    }
    // Of two of which one names the other, the outer one is idle.
    let outer = found("condition neither \"Neither\": not both\n");
    assert_eq!(outer, ["neither"]);
}

#[test]
fn a_source_that_lends_a_factor_its_rating_can_change_the_leader() {
    // Without the A2 item the factor keeps its E4 one, and a seventh of its weight.
    let file = "factor a {\n  weight for weakening: strong\n  evidence \"One\" { source: \"Good\", rated: A2 }\n  \
                evidence \"Two\" { source: \"Poor\", rated: E4 }\n}\n";
    assert_eq!(fired("single-source", file).len(), 1);
}

#[test]
fn a_file_without_prose_or_evidence_is_quiet() {
    let found = lint_whole(&rules::frame(""));
    assert!(found.is_empty(), "{}", shown(&found));
}
