//! Files that are far too large, deep or many: ordinary answers, in ordinary time.

use assess::project::Project;
use assess::resolve::resolve;
use std::fmt::Write;

const HEAD: &str = "assessment \"Will it?\" { as of: 2025-03-01 }\n\
    horizon short: 0 to 6 months\nhorizon long: 6 to 18 months\n\
    outcome yes\noutcome no\n";

/// How often each rule fires on a text, and whether it has an assessment.
fn rules(text: &str) -> (Vec<(&'static str, usize)>, bool) {
    let project = Project::from_text("a.assess", text);
    let found = resolve(&project);
    let mut counts = std::collections::BTreeMap::new();
    for d in project.problems().chain(found.diagnostics.iter()) {
        *counts.entry(d.rule.name).or_insert(0) += 1;
    }
    (counts.into_iter().collect(), found.assessment.is_some())
}

#[test]
fn ten_thousand_outcomes_pass_a_limit() {
    let mut text = HEAD.to_string();
    for i in 0..10_000 {
        writeln!(text, "outcome o{i}").expect("a string grows");
    }
    let (rules, whole) = rules(&text);
    assert_eq!((rules, whole), (vec![("limit", 1)], false));
}

#[test]
fn ten_thousand_unknown_names_are_not_all_told() {
    let mut text = HEAD.to_string();
    for i in 0..10_000 {
        writeln!(text, "factor f{i} {{ weight for o{i}: weak }}").expect("a string grows");
    }
    let (rules, whole) = rules(&text);
    assert_eq!(
        (rules, whole),
        (vec![("limit", 1), ("unknown-name", 1_000)], false)
    );
}

#[test]
fn weights_are_counted_by_outcome_and_horizon() {
    let mut text = HEAD.to_string();
    for i in 0..98 {
        writeln!(text, "horizon h{i}: until {}-01-01", 2027 + i).expect("a string grows");
    }
    let names: Vec<String> = (0..900).map(|i| format!("o{i}")).collect();
    for name in &names {
        writeln!(text, "outcome {name}").expect("a string grows");
    }
    for i in 0..30 {
        writeln!(
            text,
            "factor f{i} {{ weight for {}: weak }}",
            names.join(", ")
        )
        .expect("a string grows");
    }
    let (rules, whole) = rules(&text);
    assert_eq!((rules, whole), (vec![("limit", 1)], false));
}

#[test]
fn two_hundred_events_that_all_rest_on_each_other_resolve() {
    let mut text = HEAD.to_string();
    for i in 0..200 {
        let before: Vec<String> = (0..i).map(|j| format!("e{j}")).collect();
        match i {
            0 => writeln!(text, "event e0 {{ chance: 10% by long }}"),
            1 => writeln!(
                text,
                "event e1 {{\n chance given e0: 20% by long\n chance otherwise: 10% by long\n}}"
            ),
            _ => writeln!(
                text,
                "event e{i} {{\n chance given {}: 20% by long\n chance otherwise: 10% by long\n}}",
                before.join(" or ")
            ),
        }
        .expect("a string grows");
    }
    assert_eq!(rules(&text), (vec![], true));
}

#[test]
fn the_search_for_an_uncovered_case_comes_to_an_end() {
    let names: Vec<String> = (0..500).map(|i| format!("e{i}")).collect();
    let mut text = HEAD.to_string();
    for name in &names {
        writeln!(text, "event {name} {{ chance: 10% by long }}").expect("a string grows");
    }
    let list = names.join(", ");
    // Opposites cover everything, and that is seen at once.
    let mut good = text.clone();
    writeln!(
        good,
        "event x {{\n chance given at least 20 of ({list}): 10% by long\n \
         chance given not at least 20 of ({list}): 5% by long\n}}"
    )
    .expect("a string grows");
    assert_eq!(rules(&good), (vec![], true));
    // These cover everything too, but no bounded search can tell.
    writeln!(
        text,
        "event x {{\n chance given at least 20 of ({list}): 10% by long\n \
         chance given not at least 19 of ({list}): 5% by long\n \
         chance given at least 19 of ({list}) and e0: 5% by long\n \
         chance given at least 19 of ({list}) and not e0: 5% by long\n}}"
    )
    .expect("a string grows");
    assert_eq!(rules(&text), (vec![("missing-otherwise", 1)], false));
}

#[test]
fn a_long_chain_of_changes_resolves() {
    let mut text = HEAD.to_string();
    writeln!(text, "event e {{ chance: 10% by long }}").expect("a string grows");
    writeln!(text, "change c0 {{\n when: e\n weight for yes: weak\n}}").expect("a string grows");
    for i in 1..5_000 {
        let j = i - 1;
        writeln!(
            text,
            "change c{i} {{\n when: c{j} and c{j}\n weight for yes: weak\n}}"
        )
        .expect("a string grows");
    }
    writeln!(
        text,
        "event last {{\n chance given c4999: 10% by long\n chance given not e: 5% by long\n}}\n\
         expect c4999 by long: at most 90%"
    )
    .expect("a string grows");
    assert_eq!(rules(&text), (vec![], true));
}

#[test]
fn five_thousand_exclusive_groups_resolve() {
    let mut text = HEAD.to_string();
    for i in 0..4_500 {
        writeln!(
            text,
            "event a{i} {{ chance: 10% by long }}\nevent b{i} {{ chance: 10% by long }}\n\
             exclusive: a{i}, b{i}\n"
        )
        .expect("a string grows");
    }
    assert_eq!(rules(&text), (vec![], true));
}
