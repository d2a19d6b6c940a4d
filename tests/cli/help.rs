//! Help, rule pages, schemas, completions, manual pages.

use super::assess;
use assess::cli::Status;
use assess::rules;

/// Every command.
const COMMANDS: &[&str] = &[
    "check",
    "eval",
    "new",
    "diff",
    "test",
    "agenda",
    "mv",
    "log",
    "explain",
    "flip",
    "report",
    "fmt",
    "rule",
    "schema",
    "completions",
    "man",
];

#[test]
fn help_of_every_command() {
    let page = assess(&["--help"]);
    assert_eq!((page.status, page.err.as_str()), (Status::Done, ""));
    insta::assert_snapshot!("help", page.out);
    for command in COMMANDS {
        assert!(page.out.contains(&format!("\n  {command} ")), "{command}");
        let page = assess(&[command, "--help"]);
        assert_eq!((page.status, page.err.as_str()), (Status::Done, ""));
        insta::assert_snapshot!(format!("help_{command}"), page.out);
    }
}

#[test]
fn no_command_is_help() {
    let page = assess(&[]);
    assert_eq!((page.status, page.err.as_str()), (Status::Done, ""));
    assert_eq!(page.out, assess(&["-h"]).out);
}

#[test]
fn wrong_usage_is_2() {
    for (arguments, says) in [
        (&["chekc"][..], "'check'"),
        (
            &["check", "--format", "yaml"],
            "possible values: text, concise, json",
        ),
        (&["eval"], "<FILE>"),
        (
            &["eval", "a.assess", "--as-of", "2025-02-30"],
            "write a day as",
        ),
        (&["eval", "a.assess", "--draws", "x"], "invalid value 'x'"),
        (&["rule", "by-wen"], "did you mean `by-when`?"),
        (&["rule", "x"], "`assess rule` lists them all"),
        (&["man", "chekc"], "did you mean `check`?"),
        (&["schema", "x"], "possible values: check, eval"),
    ] {
        let run = assess(arguments);
        assert_eq!(run.status, Status::Failed, "{arguments:?}");
        assert!(run.err.contains(says), "{arguments:?}: {}", run.err);
        assert_eq!(run.out, "", "{arguments:?}");
    }
}

#[test]
fn rules_are_listed_and_have_a_page() {
    let list = assess(&["rule"]).out;
    for rule in rules::ALL {
        assert!(list.contains(&format!("{} ", rule.name)), "{}", rule.name);
        let page = assess(&["rule", rule.name]);
        assert_eq!(page.status, Status::Done);
        assert!(page.out.starts_with(rule.name));
        assert!(
            // An example is shown as it is written.
            page.out
                .lines()
                .all(|l| l.chars().count() <= 100 || l.starts_with("    ")),
            "{}",
            page.out
        );
    }
    insta::assert_snapshot!("rule_page", assess(&["rule", "missing-otherwise"]).out);
    let one = assess(&["rule", "by-when", "--format", "markdown"]).out;
    assert!(assess(&["rule", "--format", "markdown"]).out.contains(&one));
}

#[test]
fn shells_get_their_script() {
    for (shell, says) in [
        ("bash", "complete -F _assess"),
        ("zsh", "#compdef assess"),
        ("fish", "complete -c assess"),
        ("elvish", "edit:completion"),
        ("powershell", "Register-ArgumentCompleter"),
    ] {
        let script = assess(&["completions", shell]);
        assert_eq!(script.status, Status::Done);
        assert!(script.out.contains(says), "{shell}: {}", script.out);
    }
}

#[test]
fn manual_pages() {
    let page = assess(&["man"]).out;
    assert!(page.contains(".TH assess 1"), "{page}");
    for command in COMMANDS {
        let page = assess(&["man", command]).out;
        assert!(page.contains(&format!(".TH assess-{command} 1")), "{page}");
    }
}

#[test]
fn schemas_are_objects_by_command() {
    let all: serde_json::Value =
        serde_json::from_str(&assess(&["schema", "all"]).out).expect("JSON");
    for command in ["check", "eval"] {
        let one = assess(&["schema", command]).out;
        let one: serde_json::Value = serde_json::from_str(&one).expect("JSON");
        assert_eq!(all[command], one);
        jsonschema::validator_for(&one).expect("a schema");
    }
}
