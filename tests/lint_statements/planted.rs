//! Mistakes planted in a real assessment are found, each at its place.

use assess::diag::Diagnostic;
use assess::lint::rules::Group;
use assess::lint::{Policy, check};
use assess::project::Project;

const NATO: &str = include_str!("../../assessments/nato.assess");

/// What is found in the NATO assessment after these replacements, but for what is found before.
fn planted(replacements: &[(&str, &str)]) -> (String, Vec<Diagnostic>) {
    let mut text = NATO.to_owned();
    for (before, after) in replacements {
        assert_eq!(text.matches(before).count(), 1, "{before}");
        text = text.replace(before, after);
    }
    let find = |text: &str| {
        let project = Project::from_text("nato.assess", text);
        check(&project, &Policy::default()).diagnostics
    };
    let known: Vec<String> = find(NATO).into_iter().map(|d| d.message).collect();
    let mut found = find(&text);
    // Without the overlap the verdict moves, and what rests on it with it: that is not planted.
    let moved = [Group::Reasoning, Group::Change, Group::Upkeep];
    found.retain(|d| !moved.contains(&d.rule.group) && !known.contains(&d.message));
    (text, found)
}

#[test]
fn four_planted_mistakes_are_four_findings() {
    let (text, found) = planted(&[
        (
            "overlap 50%: russia, rhetoric  # \"switched sides\" is said of both\n",
            "",
        ),
        (
            "\"European officials, as reported in the note\", rated: C4",
            "\"President Trump, as reported in the note\", rated: C4",
        ),
        (
            "section \"Summary\": \"\"\"\n",
            "section \"Summary\": \"\"\"\n  Presence this summer is likely (90%).\n",
        ),
        (
            "\"The note's own analysis of defence interests\", rated: C3",
            "\"The note's own analysis of defence interests\", rated: C3, dated: 2026-02",
        ),
        (
            "on: not exit by short,       price: 96%",
            "on: not exit by short,       price: 99.9%",
        ),
    ]);
    let places: Vec<(&str, &str)> = found
        .iter()
        .map(|d| {
            (
                d.rule.name,
                &text[d.primary.span.start as usize..d.primary.span.end as usize],
            )
        })
        .collect();
    assert_eq!(
        places,
        [
            ("double-count", "President Trump, as reported in the note"),
            ("hindsight", "2026-02"),
            ("bet-mismatch", "99.9%"),
            ("word-number", "likely"),
        ],
        "{found:#?}"
    );
}
