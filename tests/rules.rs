//! Every rule's examples do what its page says, and the pages are those of the code.

use crate::{found, lint_grounds, lint_reasoning, lint_statements};
use assess::diag::fixes::apply;
use assess::diag::{Diagnostic, Fix};
use assess::lint::rules::frame::frame;
use assess::lint::rules::{ALL, FixKind, Group, LINTS, Lint, Needs, Rule, find, markdown};
use assess::lint::{self, Config, Policy, Selection, Selector};
use assess::project::{Memory, Project};
use assess::record::case::Said;
use assess::record::words::words;
use assess::render::text;
use assess::text::source::{FileId, SourceMap};
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::path::Path;

/// The day on which a rule's examples are read: within the frame's first horizon, or after it.
fn today(rule: &Rule) -> Date {
    match rule.name {
        "overdue" => date(2025, 10, 1),
        _ => date(2025, 3, 1),
    }
}

/// Rules that no example in a page can fire, and why.
const WITHOUT_BAD: &[(&str, &str)] = &[
    ("limit", "an example would fill the page"),
    ("encoding", "a page is text"),
    ("internal-error", "no file is known to fire it"),
    ("configuration", "it is about `assess.toml`"),
    ("files-disagree", "it takes two files"),
];

/// Rules without a good example, and why.
const WITHOUT_GOOD: &[(&str, &str)] = &[
    ("limit", "any other example is one"),
    ("encoding", "any text is one"),
    ("unreadable-use", "it takes two files"),
    ("internal-error", "any other example is one"),
    ("configuration", "any other example is one"),
    ("files-disagree", "any example is one, alone"),
];

/// What is found in an example of a rule, and where. What makes a file mean something is shown with
/// as little around it as can be, and would not please the linter.
fn check(rule: &Rule, text: &str) -> (SourceMap, Vec<Diagnostic>) {
    let project = Project::from_text("example.assess", text);
    let errors = Selection {
        select: vec![Selector::Group(Group::Error)],
        ..Selection::default()
    };
    let selection = match rule.group {
        Group::Error => errors,
        _ => Selection::default(),
    };
    let mut policy = Policy::new(&Config::default(), &selection);
    policy.settings.today = Some(today(rule));
    if rule.name == "miscalibrated-word" {
        policy.settings.record = Some(record());
    }
    let found = lint::check(&project, &policy).diagnostics;
    (project.sources, found)
}

/// Of 40 cases each: 30 that were unlikely came true, 30 that were given 10% to 20%, and all else as said.
pub(crate) fn record() -> Vec<assess::record::words::Word> {
    let said = [
        ("unlikely", "", (0.0, 0.0), 30),
        ("very unlikely", "", (0.0, 0.0), 5),
        ("", "10% to 20%", (0.1, 0.2), 30),
        ("", "30% to 40%", (0.3, 0.4), 14),
    ];
    let scale = assess::scales::find(assess::scales::DEFAULT).expect("a scale");
    let each = said.into_iter().flat_map(|(word, range, band, came)| {
        let (name, word, band) = match scale.term(word) {
            Some(term) => (scale.name.clone(), term.name.clone(), term.means),
            None => (String::new(), range.to_owned(), band),
        };
        (0..40).map(move |i| Said {
            author: None,
            scale: name.clone(),
            word: word.clone(),
            band,
            truth: f64::from(u8::from(i < came)),
        })
    });
    words(&each.collect::<Vec<_>>(), 20)
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
            let (sources, found) = check(rule, &frame(bad));
            let report = text::render(&found, &sources, 80, false);
            insta::assert_snapshot!(format!("{}-{}", rule.name, i + 1), report);
            if found.is_empty() || names(&found).iter().any(|name| *name != rule.name) {
                wrong += &format!("{}\n{bad}{}", rule.name, lines(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_no_page_can_show_is_reported_too() {
    let deep = format!(
        "change c {{ when: {}a{} }}",
        "(".repeat(100),
        ")".repeat(100)
    );
    let (sources, found) = check(find("limit").expect("a rule"), &deep);
    assert_eq!(names(&found), ["limit"]);
    insta::assert_snapshot!("limit", text::render(&found, &sources, 80, false));
    let mut files = Memory::default();
    let bytes = b"outcome cafe \"The caf\xe9 closes\"".to_vec();
    files.files.insert("latin.assess".into(), bytes);
    let project = Project::load(&files, Path::new("latin.assess")).expect("it is there");
    let found = lint::check(&project, &Policy::default()).diagnostics;
    assert_eq!(names(&found), ["encoding"]);
    insta::assert_snapshot!(
        "encoding",
        text::render(&found, &project.sources, 80, false)
    );
}

#[test]
fn a_good_example_is_clean() {
    let mut wrong = String::new();
    for rule in ALL {
        let exempt = WITHOUT_GOOD.iter().any(|(name, _)| *name == rule.name);
        assert_eq!(rule.good.is_empty(), exempt, "{}", rule.name);
        for good in rule.good {
            let (_, found) = check(rule, &frame(good));
            if !found.is_empty() {
                wrong += &format!("{}\n{good}{}", rule.name, lines(&found));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// The rules that look at one sound file alone.
fn of_one_file() -> impl Iterator<Item = &'static Rule> {
    let alone = |lint: &&Lint| matches!(lint.needs, Needs::Nothing | Needs::Today);
    let looked_for = LINTS.iter().filter(|lint| lint.check.is_some());
    looked_for.filter(alone).map(|lint| lint.rule)
}

#[test]
fn rules_stand_by_group_in_the_order_of_the_groups() {
    let mut groups: Vec<Group> = ALL.iter().map(|rule| rule.group).collect();
    groups.dedup();
    assert_eq!(
        groups,
        Group::ALL,
        "a rule stands among those of another group"
    );
}

#[test]
fn near_misses_do_not_fire_and_each_rule_has_two() {
    let reasoning = lint_reasoning::near_misses::NEAR_MISSES.iter();
    let mut all: Vec<(&str, String)> = lint_statements::near_misses::near_misses();
    all.extend(reasoning.map(|(name, text)| (*name, (*text).to_owned())));
    all.extend(lint_grounds::near_misses::near_misses());
    let mut wrong = String::new();
    for (name, fragment) in &all {
        let rule = find(name).unwrap_or_else(|| panic!("there is no rule `{name}`"));
        let mut found = found::lint(fragment, &found::settings(rule));
        found.retain(|d| d.rule == rule);
        if !found.is_empty() {
            wrong += &format!("{name}:\n{}\n{fragment}\n", found::shown(&found));
        }
    }
    for rule in of_one_file() {
        let count = all.iter().filter(|(name, _)| *name == rule.name).count();
        if count < 2 {
            wrong += &format!("`{}` has {count} near misses\n", rule.name);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// On no day but the one that a rule waits for, and each example has a verdict.
#[test]
fn the_rules_alone_find_as_much_in_examples() {
    let mut wrong = String::new();
    for rule in of_one_file() {
        let name = rule.name;
        let settings = found::settings(rule);
        let bad = rule.bad.iter().map(|example| (example, vec![rule.name]));
        let good = rule.good.iter().map(|example| (example, vec![]));
        for (example, fires) in bad.chain(good) {
            let found = found::lint(example, &settings);
            if found::names(&found) != fires {
                wrong += &format!("{name}:\n{}\n{example}\n", found::shown(&found));
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
            let (sources, found) = check(rule, &frame(bad));
            let fixes: Vec<&Fix> = found.iter().flat_map(|d| &d.fixes).collect();
            for fix in fixes {
                offered += 1;
                safe += usize::from(fix.safe);
                let applied = apply(&sources, [fix]);
                assert_eq!((applied.applied, applied.left), (1, 0), "{fix:?}");
                let text = &applied.texts[&FileId(0)];
                let (_, after) = check(rule, text);
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
        let paragraphs = rule.page.split("\n\n").count();
        let says_what_to_do = match rule.group {
            Group::Error => rule.page.contains("Instead: "),
            _ => paragraphs >= 2,
        };
        assert!(says_what_to_do, "{}: {}", rule.name, rule.page);
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
