//! Every rule's examples do what its page says, and the pages are those of the code.

use assess::diag::fixes::apply;
use assess::diag::{Diagnostic, Fix};
use assess::project::Project;
use assess::render::text;
use assess::resolve::resolve;
use assess::rules::frame::frame;
use assess::rules::{ALL, FixKind, find, markdown};
use assess::source::{FileId, SourceMap};
use std::collections::BTreeSet;

/// Rules that no example in a page can fire, and why.
const WITHOUT_BAD: &[(&str, &str)] = &[
    ("limit", "an example would fill the page"),
    ("encoding", "a page is text"),
    ("internal-error", "no file is known to fire it"),
];

/// Rules without a good example, and why.
const WITHOUT_GOOD: &[(&str, &str)] = &[
    ("limit", "any other example is one"),
    ("encoding", "any text is one"),
    ("unreadable-use", "it takes two files"),
    ("internal-error", "any other example is one"),
];

/// What is found in a fragment, and where.
fn check(text: &str) -> (SourceMap, Vec<Diagnostic>) {
    let project = Project::from_text("example.assess", text);
    let mut found = resolve(&project).diagnostics;
    found.extend(project.problems().cloned());
    (project.sources, found.sorted())
}

/// What is wrong, a line each.
fn lines(found: &[Diagnostic]) -> String {
    let each = found
        .iter()
        .map(|d| format!("  {}: {}\n", d.rule.name, d.message));
    each.collect()
}

fn names(found: &[Diagnostic]) -> Vec<&'static str> {
    found.iter().map(|d| d.rule.name).collect()
}

#[test]
fn a_bad_example_fires_its_rule_and_no_other() {
    let mut wrong = String::new();
    for rule in ALL {
        let exempt = WITHOUT_BAD.iter().any(|(name, _)| *name == rule.name);
        assert_eq!(rule.bad.is_empty(), exempt, "{}", rule.name);
        for (i, bad) in rule.bad.iter().enumerate() {
            let (sources, found) = check(&frame(bad));
            let report = text::render(&found, &sources, 80, false);
            insta::assert_snapshot!(format!("{}-{}", rule.name, i + 1), report);
            if names(&found) != [rule.name] {
                wrong += &format!("{}\n{bad}{}", rule.name, lines(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn a_good_example_is_clean() {
    let mut wrong = String::new();
    for rule in ALL {
        let exempt = WITHOUT_GOOD.iter().any(|(name, _)| *name == rule.name);
        assert_eq!(rule.good.is_empty(), exempt, "{}", rule.name);
        for good in rule.good {
            let (_, found) = check(&frame(good));
            if !found.is_empty() {
                wrong += &format!("{}\n{good}{}", rule.name, lines(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn fixes_are_as_safe_as_the_rule_says_and_mend() {
    let mut wrong = String::new();
    for rule in ALL {
        let (mut offered, mut safe) = (0, 0);
        for bad in rule.bad {
            let (sources, found) = check(&frame(bad));
            let fixes: Vec<&Fix> = found.iter().flat_map(|d| &d.fixes).collect();
            for fix in fixes {
                offered += 1;
                safe += usize::from(fix.safe);
                let applied = apply(&sources, [fix]);
                assert_eq!((applied.applied, applied.left), (1, 0), "{fix:?}");
                let text = &applied.texts[&FileId(0)];
                let (_, after) = check(text);
                if names(&after).contains(&rule.name) || fix.safe && !after.is_empty() {
                    wrong += &format!("{}: after its fix\n{text}{}", rule.name, lines(&after));
                }
            }
        }
        let as_said = match rule.fix {
            FixKind::None => offered == 0,
            FixKind::Safe => safe > 0,
            FixKind::Unsafe => offered > 0 && safe == 0,
        };
        if !as_said {
            wrong += &format!("{}: {offered} fixes, {safe} safe\n", rule.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn names_are_unique_and_found() {
    let names: BTreeSet<&str> = ALL.iter().map(|r| r.name).collect();
    assert_eq!(names.len(), ALL.len());
    for rule in ALL {
        assert_eq!(find(rule.name), Some(*rule));
        let kebab = |c: char| c.is_ascii_lowercase() || c == '-';
        assert!(rule.name.chars().all(kebab), "{}", rule.name);
        assert!(
            rule.page.contains("Instead: "),
            "{} says not what to do",
            rule.name
        );
    }
    assert_eq!(find("no-such-rule"), None);
}

#[test]
fn the_generated_page_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md");
    let now = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        now.replace("\r\n", "\n") == markdown(),
        "docs/rules.md is stale: cargo run -- rule --format markdown > docs/rules.md"
    );
}
