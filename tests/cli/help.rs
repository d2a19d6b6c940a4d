//! Help, rule pages, schemas, completions, manual pages.

use super::assess;
use assess::cli::Status;
use assess::lint::rules;

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
    "lsp",
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
        (&["man", "zzzzzz"], "`assess --help` lists them all"),
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
    let names = std::iter::once(None).chain(COMMANDS.iter().map(|c| Some(*c)));
    for name in names {
        let page = match name {
            None => assess(&["man"]).out,
            Some(name) => assess(&["man", name]).out,
        };
        let title = name.map_or("ASSESS".to_owned(), |n| {
            format!("ASSESS-{}", n.to_uppercase())
        });
        // A date, and not the version, stands where the date belongs.
        let head = page.lines().next().expect("a head");
        let words: Vec<&str> = head.split(' ').collect();
        assert_eq!(&words[..3], &[".TH", &title, "1"], "{head}");
        assert!(words[3].parse::<jiff::civil::Date>().is_ok(), "{head}");
        let headings: Vec<&str> = page
            .lines()
            .filter_map(|l| l.strip_prefix(".SH "))
            .collect();
        for heading in [
            "NAME",
            "SYNOPSIS",
            "DESCRIPTION",
            "OPTIONS",
            "EXIT STATUS",
            "ENVIRONMENT",
            "SEE ALSO",
        ] {
            assert!(headings.contains(&heading), "{heading} of {name:?}");
        }
        assert!(name.is_none() || headings.contains(&"EXAMPLES"), "{name:?}");
        for line in page.lines() {
            assert!(line.len() <= 160 && line.is_ascii(), "{line}");
            let known = [".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".BR", ".nf", ".fi"];
            let request = line.split(' ').next().unwrap_or_default();
            assert!(
                !request.starts_with('.') || known.contains(&request),
                "{line}"
            );
            assert!(!request.is_empty(), "{name:?} has an empty line");
        }
    }
    let check = assess(&["man", "check"]).out;
    for words in [
        r"[\fB\-\-format\fR \fIFORMAT\fR]",
        r"[\fIPATH\fR\|.\|.\|.]",
        "One of text, concise, json,",
    ] {
        assert!(check.contains(words), "{words}\n{check}");
    }
    insta::assert_snapshot!("man_mv", assess(&["man", "mv"]).out);
}

/// What bash completes behind these words.
#[cfg(unix)]
fn completed(words: &[&str]) -> Vec<String> {
    let script = assess(&["completions", "bash"]).out;
    let list = words
        .iter()
        .map(|w| format!("'{w}'"))
        .collect::<Vec<_>>()
        .join(" ");
    let last = words.len() - 1;
    let ask = format!(
        "{script}\nCOMP_WORDS=({list}); COMP_CWORD={last}\n_assess assess \"${{COMP_WORDS[{last}]}}\" \
         \"${{COMP_WORDS[{}]}}\"\nprintf '%s\\n' \"${{COMPREPLY[@]}}\"\n",
        last - 1
    );
    let output = std::process::Command::new("bash")
        .args(["--norc", "-c", &ask])
        .output();
    let text = String::from_utf8(output.expect("bash runs").stdout).expect("UTF-8");
    text.lines().map(str::to_owned).collect()
}

#[cfg(unix)]
#[test]
fn shells_complete_rules_and_groups() {
    let groups = rules::Group::ALL.iter().map(|g| g.as_str());
    let names: Vec<&str> = rules::ALL.iter().map(|r| r.name).chain(groups).collect();
    let rule = completed(&["assess", "rule", ""]);
    let select = completed(&["assess", "check", "--select", ""]);
    let (zsh, fish) = (
        assess(&["completions", "zsh"]).out,
        assess(&["completions", "fish"]).out,
    );
    let all = names.join(" ");
    assert!(zsh.contains(&format!(":RULE:({all})")), "{zsh}");
    assert!(zsh.contains(&format!(":({all})")), "{zsh}");
    let position = format!("-n \"__fish_assess_using_subcommand rule\" -f -a \"{all}\"");
    assert!(fish.contains(&position), "{fish}");
    for name in &names {
        assert!(rule.iter().any(|n| n == name), "{name} in {rule:?}");
        assert!(select.iter().any(|n| n == name), "{name} in {select:?}");
        assert!(fish.contains(&format!("{name}\\t''")), "{name} in {fish}");
        // Whatever is completed is taken.
        assert_eq!(assess(&["rule", name]).status, Status::Done, "{name}");
        assert_ne!(
            assess(&["check", "--select", name, "examples"]).status,
            Status::Failed
        );
    }
    let ignored = completed(&["assess", "check", "--ignore", "un"]);
    assert!(ignored.contains(&"unsourced".to_owned()), "{ignored:?}");
    assert!(
        !ignored.contains(&"unknown-name".to_owned()),
        "an error cannot be ignored"
    );
    assert!(completed(&["assess", "man", ""]).contains(&"check".to_owned()));
    // Help does not list them.
    assert!(
        !assess(&["check", "--help"])
            .out
            .contains("possible values: falling-curve")
    );
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
