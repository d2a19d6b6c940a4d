//! `assess.toml`: what is read, what is refused, and its schema.

use super::show;
use assess::diag::Severity;
use assess::lint::config::{self, Config};
use assess::lint::rules;
use assess::lint::{Policy, Selection, Selector, Settings, THRESHOLDS, Threshold};
use assess::project::Memory;
use jiff::civil::date;
use std::path::Path;

fn mistakes(text: &str) -> String {
    show(&Config::read("assess.toml", text).1)
}

#[test]
fn levels_thresholds_and_lists_are_read() {
    let text = "[lint]\ntoday = 2026-01-31\nselect = [\"upkeep\", \"evidence\"]\nignore = [\"expired-allow\"]\n\
                upkeep = \"note\"\n[lint.unused-allow]\nlevel = \"error\"\n";
    let (config, checked) = Config::read("assess.toml", text);
    assert!(checked.diagnostics.is_empty(), "{}", show(&checked));
    let policy = Policy::new(&config, &Selection::default());
    assert_eq!(policy.settings.today, Some(date(2026, 1, 31)));
    assert_eq!(policy.level(&rules::UNUSED_ALLOW), Some(Severity::Error));
    assert_eq!(policy.level(&rules::EXPIRED_ALLOW), None);
    // The command line's day wins.
    let selection = Selection {
        today: Some(date(2027, 2, 3)),
        ..Selection::default()
    };
    assert_eq!(
        Policy::new(&config, &selection).settings.today,
        selection.today
    );
}

#[test]
fn every_mistake_is_shown_at_its_place() {
    insta::assert_snapshot!(mistakes(
        r#"lnt = 1
stale = "off"
[lint]
today = 2026-13-01
"#
    ));
    insta::assert_snapshot!(mistakes(
        r#"[lint]
today = "31 January 2026"
select = "words"
ignore = ["wirds", 3, "unknown-name", "zzzzzz"]
unused-alow = "off"
unknown-name = "note"
error = "off"
expired-allow = "of"
upkeep = true
unused-allow = { levle = "off", after = "180 days" }
todai = 2026-01-31
"#
    ));
}

#[test]
fn what_is_no_toml_is_not_looked_into() {
    for text in [
        "[lint\n",
        "[lint]\nstale = \n",
        "\"",
        "a = [[[[[[",
        "[lint]\na=1\na=2\n",
    ] {
        let (config, checked) = Config::read("assess.toml", text);
        assert!(!checked.diagnostics.is_empty(), "{text}");
        assert_eq!(config, Config::default(), "{text}");
        for d in &checked.diagnostics {
            assert!(d.message.starts_with("this is not TOML: "), "{}", d.message);
        }
    }
    let deep = format!("a = {}", "[".repeat(100_000));
    assert!(!Config::read("assess.toml", &deep).1.diagnostics.is_empty());
    let large = "#".repeat(config::LIMIT + 1);
    assert_eq!(Config::read("assess.toml", &large).1.diagnostics.len(), 1);
}

#[test]
fn the_nearest_file_upwards_counts() {
    let files = Memory::new([
        ("assess.toml", "top"),
        ("a/b/assess.toml", "near"),
        ("a/b/c/d/x.assess", ""),
    ]);
    let find = |folder: &str| {
        let found = config::find(&files, Path::new(folder)).expect("readable");
        found.map(|f| String::from_utf8(f.bytes).expect("text"))
    };
    assert_eq!(find("a/b/c/d").as_deref(), Some("near"));
    assert_eq!(find("a").as_deref(), Some("top"));
    let none = config::find(&Memory::default(), Path::new("a/b"));
    assert!(none.expect("readable").is_none());
}

#[test]
fn every_threshold_belongs_to_a_rule_and_is_read_back() {
    for (n, threshold) in THRESHOLDS.iter().enumerate() {
        let Threshold {
            rule,
            option,
            measure,
            ..
        } = threshold;
        let same = |t: &&Threshold| t.rule == *rule && t.option == *option;
        assert_eq!(THRESHOLDS.iter().filter(same).count(), 1, "{rule} {option}");
        assert_eq!(
            threshold.get(&Settings::default()),
            threshold.default,
            "{rule} {option}"
        );
        assert_ne!(*option, "level");
        let written = measure.write(threshold.default);
        assert_eq!(
            measure.read(written.trim_matches('"')),
            Ok(threshold.default),
            "{written}"
        );
        // Each field is its own: setting one moves no other.
        let mut settings = Settings::default();
        threshold.set(&mut settings, 1.0);
        for (m, other) in THRESHOLDS.iter().enumerate() {
            let expected = if m == n { 1.0 } else { other.default };
            assert_eq!(
                other.get(&settings),
                expected,
                "{} {}",
                other.rule,
                other.option
            );
        }
        if rules::find(rule).is_some() {
            let text = format!("[lint]\n{rule} = {{ level = \"note\", {option} = {written} }}\n");
            let (config, checked) = Config::read("assess.toml", &text);
            assert!(checked.diagnostics.is_empty(), "{}", show(&checked));
            assert_eq!(config.settings, Settings::default());
        }
    }
}

#[test]
fn names_of_rules_and_groups_differ() {
    let mut names: Vec<&str> = Selector::names().collect();
    let all = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), all);
    assert!(
        !names
            .iter()
            .any(|n| ["today", "select", "ignore", "level"].contains(n))
    );
}

#[test]
fn the_schema_takes_what_is_read() {
    let schema = config::schema();
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    for (json, text) in [
        (serde_json::json!({}), ""),
        (
            serde_json::json!({"lint": {"today": "2026-01-31", "select": ["words", "syntax"], "ignore": ["upkeep"],
                "unused-allow": "off", "expired-allow": {"level": "error"}, "evidence": "note"}}),
            "[lint]\ntoday = 2026-01-31\nselect = [\"words\", \"syntax\"]\nignore = [\"upkeep\"]\n\
             unused-allow = \"off\"\nexpired-allow = { level = \"error\" }\nevidence = \"note\"",
        ),
    ] {
        assert!(validator.is_valid(&json), "{json}");
        assert_eq!(mistakes(text), "", "{text}");
    }
    for (json, text) in [
        (serde_json::json!({"lnt": {}}), "[lnt]"),
        (
            serde_json::json!({"lint": {"unknown-name": "off"}}),
            "[lint]\nunknown-name = \"off\"",
        ),
        (
            serde_json::json!({"lint": {"ignore": ["syntax"]}}),
            "[lint]\nignore = [\"syntax\"]",
        ),
        (
            serde_json::json!({"lint": {"unused-allow": "of"}}),
            "[lint]\nunused-allow = \"of\"",
        ),
        (
            serde_json::json!({"lint": {"unused-allow": {"after": 1}}}),
            "[lint]\nunused-allow = { after = 1 }",
        ),
        (
            serde_json::json!({"lint": {"today": 3}}),
            "[lint]\ntoday = 3",
        ),
    ] {
        assert!(!validator.is_valid(&json), "{json}");
        assert_ne!(mistakes(text), "", "{text}");
    }
}

/// The page, and what is in its fenced blocks of TOML.
fn page() -> (String, Vec<String>) {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/linting.md");
    let text = std::fs::read_to_string(path).expect("the page");
    let blocks = text.split("```toml\n").skip(1);
    let block = |b: &str| b.split("```").next().unwrap_or_default().to_owned();
    let blocks = blocks.map(block).collect();
    (text, blocks)
}

#[test]
fn the_page_lists_every_threshold() {
    let (text, _) = page();
    let (before, rest) = text.split_once("<!-- thresholds -->\n").expect("a mark");
    let (_, after) = rest
        .split_once("<!-- end of thresholds -->")
        .expect("a mark");
    let reference = config::reference();
    let now =
        format!("{before}<!-- thresholds -->\n\n{reference}\n<!-- end of thresholds -->{after}");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/linting.md");
        std::fs::write(path, now).expect("written");
    } else {
        assert!(
            text == now,
            "docs/linting.md is stale: UPDATE_DOCS=1 cargo test thresholds"
        );
    }
}

#[test]
fn the_configurations_on_the_page_are_sound() {
    let (_, blocks) = page();
    assert!(blocks.len() >= 2);
    for block in blocks {
        assert_eq!(mistakes(&block), "", "{block}");
    }
}
