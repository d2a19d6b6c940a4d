//! `--with`, `--without` and `--vague`: a page that says it is a what-if.

use super::report;
use crate::cli::assess;
use assess::cli::Status;
use serde_json::Value;

const FILE: &str = "assessments/nato.assess";

fn json(arguments: &[&str]) -> Value {
    let text = report(FILE, &[&["--format", "json"], arguments].concat());
    serde_json::from_str(&text).expect("JSON")
}

#[test]
#[ignore = "slow; .ci/run runs it"]
fn the_numbers_are_those_of_eval() {
    for edits in [
        &["--with", "ceasefire: 90% by long"][..],
        &["--without", "congress"],
        &["--without", "congress", "--with", "ceasefire: 90% by long"],
    ] {
        let evaluated = assess(&[&["eval", FILE, "--format", "json"], edits].concat());
        let evaluated: Value = serde_json::from_str(&evaluated.out).expect("JSON");
        let (page, plain) = (json(edits), json(&[]));
        let asked = &evaluated["assessments"][0]["horizons"];
        for (h, at) in asked.as_array().expect("horizons").iter().enumerate() {
            for (o, outcome) in at["outcomes"]
                .as_array()
                .expect("outcomes")
                .iter()
                .enumerate()
            {
                let shown = page["outcomes"][o]["horizons"][h]["value"]
                    .as_f64()
                    .expect("a number");
                let expected = outcome["probability"].as_f64().expect("a number");
                assert!((shown - expected).abs() < 1e-9, "{edits:?} {h} {o}");
            }
        }
        assert_ne!(page["outcomes"], plain["outcomes"], "{edits:?}");
        // The page shows the file as it stands.
        assert_eq!(page["files"], plain["files"]);
        assert_eq!(page["findings"], plain["findings"]);
        assert_eq!(plain["what_if"], Value::Array(Vec::new()));
    }
}

#[test]
fn every_output_says_so() {
    for more in [
        &[][..],
        &["--brief"],
        &["--format", "markdown"],
        &["--brief", "--format", "markdown"],
    ] {
        let edits = [
            "--with",
            "ceasefire: 90% by long",
            "--without",
            "congress,checks",
            "--vague",
            "3dB",
        ];
        let page = report(FILE, &[&edits[..], more].concat());
        for says in [
            "What if:",
            "ceasefire: 90% by long",
            "Opposition in Congress",
            "3 dB",
            "is a what-if",
            "As the file stands,",
        ] {
            assert!(page.contains(says), "{more:?}: {says}");
        }
        assert!(!page.contains("id=checks"), "{more:?}");
        let plain = report(FILE, more);
        assert!(!plain.contains("What if:"), "{more:?}");
    }
}

#[test]
fn an_unknown_name_lists_sections_and_what_the_verdict_rests_on() {
    let run = assess(&["report", FILE, "--without", "cheks,congres"]);
    assert_eq!(run.status, Status::Failed);
    for says in [
        "`--without cheks`",
        "did you mean `checks`?",
        "`summary`",
        "`congress`",
    ] {
        assert!(run.err.contains(says), "{}", run.err);
    }
    let run = assess(&["report", FILE, "--with", "ceasefir: 90% by long"]);
    assert_eq!(run.status, Status::Failed);
    assert!(run.err.contains("ceasefire"), "{}", run.err);
    let run = assess(&["report", "assessments", "-o", "x", "--without", "congress"]);
    assert_eq!(run.status, Status::Failed);
    assert!(run.err.contains("only sections"), "{}", run.err);
}
