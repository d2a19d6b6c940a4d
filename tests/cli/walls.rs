//! Small things in the way of somebody who has just begun, and what is read besides `.assess` files.

use super::repository::{Repository, assess_in};
use super::{assess, assess_with, at, folder, printed};
use assess::cli::Status;
use assess::render::SHAPES;
use serde_json::Value;
use std::fs;

const PORT: &str = include_str!("../suite/ops/port.assess");
const NOTE: &str = include_str!("../suite/ops/note.assess");

#[test]
fn whatever_begins_a_file_it_is_laid_out_already() {
    let note = fs::read_to_string("README.md").expect("a long note");
    let outcomes = [
        "",
        "a, b",
        "final a, b, c",
        "Stays, final Full exit, x: The third one of all",
    ];
    let horizons = [
        "",
        "1 year",
        "june: until 2025-06-30, By the autumn: until 2025-09-30",
    ];
    let notes = [
        "",
        "# A\n\nOne {b}.\n  \"\"\"Soon\"\"\"\n\n\n\nTwo \\ \t three.\n",
        &note,
    ];
    for outcomes in outcomes {
        for horizons in horizons {
            for note in notes {
                let folder = folder(&[("note.txt", note)]);
                let (name, from) = (at(&folder, "p.assess"), at(&folder, "note.txt"));
                let mut arguments = vec!["new", &name, "--as-of", "2025-03-01"];
                for (flag, value) in [
                    ("--outcomes", outcomes),
                    ("--horizons", horizons),
                    ("--from", note),
                ] {
                    if !value.is_empty() {
                        arguments.extend([flag, if flag == "--from" { &from } else { value }]);
                    }
                }
                assert_eq!(assess(&arguments).err, "", "{outcomes} / {horizons}");
                let run = assess(&["fmt", "--check", &name]);
                let text = fs::read_to_string(&name).expect("a file");
                assert_eq!(run.status, Status::Done, "{outcomes} / {horizons}:\n{text}");
            }
        }
    }
}

/// Every `format` of a schema, wherever it stands.
fn formats(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            found.extend(map.get("format").and_then(Value::as_str).map(str::to_owned));
            map.values().for_each(|v| formats(v, found));
        }
        Value::Array(list) => list.iter().for_each(|v| formats(v, found)),
        _ => {}
    }
}

#[test]
fn schemas_use_only_formats_that_json_schema_knows() {
    // JSON Schema Validation, draft 2020-12, section 7.3.
    let known = "date-time date time duration email idn-email hostname idn-hostname ipv4 ipv6 uri \
                 uri-reference iri iri-reference uuid uri-template json-pointer \
                 relative-json-pointer regex";
    let list = printed(&["schema"]);
    assert!(list.lines().count() <= 24, "{list}");
    for shape in SHAPES {
        assert!(list.contains(&format!("{} ", shape.command)), "{list}");
        let schema: Value =
            serde_json::from_str(&printed(&["schema", shape.command])).expect("JSON");
        let mut found = Vec::new();
        formats(&schema, &mut found);
        found.retain(|format| !known.split_whitespace().any(|k| k == format));
        assert!(found.is_empty(), "{}: {found:?}", shape.command);
    }
}

#[test]
fn a_byte_order_mark_changes_nothing() {
    let folder = folder(&[("a.assess", NOTE), ("b.assess", PORT)]);
    let (root, baseline) = (at(&folder, ""), at(&folder, "baseline.json"));
    let mark = |path: &str| {
        let text = fs::read_to_string(path).expect("text");
        fs::write(path, format!("\u{feff}{}", text.replace('\n', "\r\n"))).expect("written");
    };
    assert_eq!(
        assess(&["check", &root, "--write-baseline", &baseline]).status,
        Status::Done
    );
    mark(&baseline);
    let run = assess(&["check", &root, "--baseline", &baseline, "--fail-on=note"]);
    assert_eq!(run.status, Status::Done, "{}{}", run.out, run.err);
    assert_eq!(assess(&["test", &root, "--accept"]).status, Status::Done);
    for name in ["a.verdict", "b.verdict", "a.assess"] {
        mark(&at(&folder, name));
    }
    fs::write(
        folder.path().join("assess.toml"),
        "\u{feff}[lint]\r\nweasel = \"off\"\r\n",
    )
    .expect("written");
    fs::write(folder.path().join(".gitignore"), "\u{feff}none\r\n").expect("written");
    let run = assess(&["test", &root, "--locked"]);
    assert_eq!(run.status, Status::Done, "{}{}", run.out, run.err);
    // One that did change is stored all the same.
    let text = fs::read_to_string(at(&folder, "a.assess")).expect("text");
    fs::write(at(&folder, "a.assess"), text.replace("12.5%", "60%")).expect("written");
    let run = assess(&["test", &root, "--accept"]);
    assert!(
        run.out.contains("STORED a::verdict"),
        "{}{}",
        run.out,
        run.err
    );
}

#[test]
fn the_advice_stores_the_verdict_that_was_looked_at() {
    let folder = folder(&[
        ("a/nato.assess", PORT),
        ("b/nato.assess", PORT),
        ("b/it's here.assess", PORT),
    ]);
    let run = |from: &str, arguments: &[&str]| {
        let output = assess_in(&folder.path().join(from), arguments);
        let text = [output.stdout, output.stderr].concat();
        (
            output.status.code(),
            String::from_utf8(text).expect("UTF-8"),
        )
    };
    run("", &["test", ".", "--accept"]);
    for name in ["a/nato.assess", "b/nato.assess", "b/it's here.assess"] {
        let path = at(&folder, name);
        let text = fs::read_to_string(&path)
            .expect("text")
            .replace("20% by far", "60% by far");
        fs::write(&path, text).expect("written");
    }
    let verdict = |name: &str| fs::read_to_string(folder.path().join(name)).expect("a verdict");
    let before = verdict("a/nato.verdict");
    for (from, path, words) in [
        ("", "b/nato.assess", &["b/nato.assess"][..]),
        ("a", "../b/nato.assess", &["../b/nato.assess"]),
        ("b", "it's here.assess", &["it's here.assess"]),
    ] {
        let (_, said) = run(from, &["test", path]);
        let shown = match words[0].contains(' ') {
            true => r"'it'\''s here.assess'",
            false => words[0],
        };
        let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            said.contains(&format!(
                "`assess test {shown} --accept` stores this verdict"
            )),
            "{said}"
        );
    }
    // A name that two files share is nobody's.
    let (code, said) = run("", &["test", "--accept", "nato"]);
    assert_eq!(code, Some(2), "{said}");
    assert!(
        said.contains("`a/nato.assess` or `b/nato.assess`"),
        "{said}"
    );
    assert_eq!(
        run("a", &["test", "../b/nato.assess", "--accept"]).0,
        Some(0)
    );
    assert_eq!(verdict("a/nato.verdict"), before);
    assert_ne!(verdict("b/nato.verdict"), before);
    assert_eq!(run("", &["test", "--accept", "a/nato"]).0, Some(0));
    assert_ne!(verdict("a/nato.verdict"), before);
    // One file beside a folder of its name is the file.
    fs::write(folder.path().join("a.assess"), PORT).expect("written");
    let (_, said) = run("", &["test", "--accept", "a", "--filter", "verdict"]);
    assert!(
        said.contains("STORED a::verdict") && said.contains("1 test "),
        "{said}"
    );
}

#[test]
fn a_folders_own_levels_do_not_cut_it_off() {
    let shared = "event ceasefire \"A ceasefire\" { chance: 15% by near, 55% by far }\n";
    let peace = include_str!("../suite/ops/peace.assess");
    let files = [
        ("shared/eu.assess", shared),
        ("desk/a.assess", peace),
        ("desk/assess.toml", "[lint]\nweasel = \"off\"\n"),
        ("secret/b.assess", shared),
    ];
    for mark in [".git/HEAD", "assess.toml", "notes.txt"] {
        let outer = folder(&[("outside.assess", shared)]);
        let project = outer.path().join("project");
        for (name, text) in files.iter().chain(&[(mark, "")]) {
            let path = project.join(name);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        }
        let run = assess(&[
            "eval",
            project.join("desk/a.assess").to_str().expect("UTF-8"),
        ]);
        assert_eq!((run.status, run.err.as_str()), (Status::Done, ""), "{mark}");
        let out = peace.replace("../shared/eu", "../../outside");
        fs::write(project.join("desk/a.assess"), out).expect("a file");
        let run = assess(&[
            "eval",
            project.join("desk/a.assess").to_str().expect("UTF-8"),
        ]);
        assert!(
            run.err.contains("leads outside this project"),
            "{mark}: {}",
            run.err
        );
    }
}

#[test]
fn what_was_probably_meant_is_said() {
    let folder = folder(&[
        ("ecb.assess", PORT),
        ("shared.assess", "event x { chance: 1% by 2026-01-01 }\n"),
    ]);
    let root = at(&folder, "");
    for (arguments, says) in [
        (&["check", "ecb"][..], "did you mean `ecb.assess`?"),
        (&["check", "ebc.assess"], "did you mean `ecb.assess`?"),
        (&["explain", "ecb"], "did you mean `ecb.assess`?"),
        (
            &["explain", "."],
            "name one of its files: `ecb.assess`, `shared.assess`",
        ),
        (&["ecb.assess"], "assess eval ecb.assess"),
        (&["ecb"], "assess eval ecb.assess"),
        (&["."], "assess check ."),
        (&["eval"], "`ecb.assess`"),
        (&["flip"], "`ecb.assess`"),
        (&["mv", "a", "b"], "`ecb.assess`"),
        (&["eval", "ecb.assess", "--outcome"], "`shut`, `open`"),
        (&["eval", "ecb.assess", "--horizon"], "`near`, `far`"),
        (&["flip", "ecb.assess", "--set"], "`strike`"),
    ] {
        let output = assess_in(folder.path(), arguments);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
        assert!(said.contains(says), "{arguments:?}: {said}");
    }
    // A folder stands for its files with a verdict.
    let run = assess(&["eval", &root, "--draws=0"]);
    assert_eq!(run.err, "");
    let file = at(&folder, "ecb.assess");
    assert_eq!(run.out, assess(&["eval", &file, "--draws=0"]).out);
    assert!(run.out.contains("Will the port reopen?"), "{}", run.out);
}

#[test]
fn today_is_a_day() {
    let folder = folder(&[("a.assess", PORT)]);
    let file = at(&folder, "a.assess");
    for arguments in [
        &["check", &file, "--today", "today", "--fail-on=never"][..],
        &["agenda", &file, "--today=today", "--until=today"],
        &["report", &file, "--today=today", "--format=json"],
    ] {
        let run = assess(arguments);
        assert_eq!(
            (run.status, run.err.as_str()),
            (Status::Done, ""),
            "{arguments:?}"
        );
    }
    // Long after its last horizon, so that the clock is known to have been read.
    let run = assess(&[
        "check",
        &file,
        "--today",
        "today",
        "--select=overdue",
        "--fail-on=never",
    ]);
    assert!(run.out.contains("overdue"), "{}", run.out);
}

#[test]
fn one_file_is_compared_with_the_last_commit() {
    let repository = Repository::new();
    repository.write("port.assess", PORT);
    repository.commit("2025-03-01", "begin");
    repository.write("port.assess", &PORT.replace("20% by far", "60% by far"));
    let short = repository.printed(&["diff", "port.assess"]);
    assert_eq!(
        short,
        repository.printed(&["diff", "port.assess", "--rev", "HEAD"])
    );
    assert!(short.contains("strike"), "{short}");
    let folder = folder(&[("a.assess", PORT)]);
    let said = assess(&["diff", &at(&folder, "a.assess")]).err;
    assert!(
        said.contains("lies in no git repository; name two files"),
        "{said}"
    );
    let folder = repository.refused(&["diff", "."]);
    assert!(
        folder.contains("`.` is a folder; name one of its files"),
        "{folder}"
    );
}

#[test]
fn what_could_not_be_written_is_not_said_to_be() {
    let ugly = "event   e {chance:1% by 2026-01-01}\n";
    let folder = folder(&[
        ("a.assess", ugly),
        ("b.assess", "event e { chance 1% by 2026-01-01 }\n"),
    ]);
    for name in ["a.assess", "b.assess"] {
        let path = folder.path().join(name);
        let mut permissions = fs::metadata(&path).expect("a file").permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).expect("set");
    }
    let run = assess(&["fmt", &at(&folder, "a.assess")]);
    assert_eq!(run.status, Status::Failed);
    assert!(
        run.err.contains("is left as it was: permission denied"),
        "{}",
        run.err
    );
    assert!(!run.err.contains("reformatted"), "{}", run.err);
    let run = assess(&["check", "--fix", &at(&folder, "b.assess")]);
    assert_eq!(run.status, Status::Failed);
    assert!(!run.err.contains("1 fix in"), "{}", run.err);
    assert!(
        run.out.contains("1 error"),
        "what is still there is reported: {}",
        run.out
    );
}

#[test]
fn columns_hold_in_a_pipe_and_nothing_is_wider_than_the_narrowest() {
    let run = |columns: &str, arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_assess"));
        command
            .args(arguments)
            .env("COLUMNS", columns)
            .env("NO_COLOR", "1")
            .env_remove("CLICOLOR_FORCE")
            .current_dir(env!("CARGO_MANIFEST_DIR"));
        let output = command.output().expect("it runs");
        String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8")
    };
    let file = "tests/suite/eval/alliance.assess";
    for arguments in [
        &["eval", file, "--draws=0"][..],
        &["eval", file, "--draws=0", "--chart"],
        &["eval", file, "--draws=0", "--chart", "--ascii"],
        &[
            "agenda",
            "tests/suite/agenda/alliance.assess",
            "--today=2026-03-01",
        ],
        &["check", "tests/suite/ops", "--no-cache"],
        &["explain", file, "--draws=0"],
        &["flip", file],
        &["resolve", file, "--today=2031-01-01"],
        &["test", "tests/suite/ops"],
        &["eval", "examples/views.assess", "--draws=0"],
        &["eval", "examples/views.assess", "--matrix"],
        &["eval", "assessments/oil-2023.assess", "--draws=0", "--when"],
        &["rule"],
        &["--help"],
    ] {
        let text = run("60", arguments);
        for line in text.lines() {
            // A place and a command are one word, to be clicked on or copied.
            let words = line.trim().split(' ').count();
            let is_command = line.contains("assess ") || line.contains("──[");
            let is_command = is_command || line.contains(".assess: ");
            assert!(
                line.chars().count() <= 60 || words == 1 || is_command,
                "{} columns of {arguments:?}: {line}",
                line.chars().count()
            );
        }
    }
    assert_ne!(
        run("60", &["rule", "stale"]),
        run("110", &["rule", "stale"])
    );
    assert_eq!(run("x", &["rule", "stale"]), run("80", &["rule", "stale"]));
}

#[test]
fn stale_entries_are_listed_for_a_difference_too() {
    let folder = folder(&[("a.assess", &NOTE.replace("chance: ", "chance "))]);
    let (file, baseline) = (at(&folder, "a.assess"), at(&folder, "baseline.json"));
    fs::write(folder.path().join("a.assess"), NOTE).expect("written");
    assess(&["check", &file, "--write-baseline", &baseline]);
    let text = NOTE
        .replace("12.5%", "12%")
        .replace("source: \"Lines\"", "source: \"Lines since 1990\"");
    fs::write(&file, text.replace("chance: ", "chance ")).expect("written");
    let shown = assess(&["check", &file, "--fix", "--diff", "--baseline", &baseline]);
    assert!(
        shown.err.contains("no longer found"),
        "{}{}",
        shown.out,
        shown.err
    );
    let fixed = assess(&["check", &file, "--fix", "--baseline", &baseline]);
    let stale = |text: &str| -> Vec<String> {
        text.lines()
            .filter(|l| l.starts_with("  "))
            .map(str::to_owned)
            .collect()
    };
    assert_eq!(stale(&shown.err), stale(&fixed.err));
    let run = assess_with(&["check", "-"], b"", false);
    assert_eq!(run.err, "");
}

#[test]
fn eval_says_where_a_file_is_made() {
    for option in ["-o", "--output"] {
        let run = assess(&["eval", "assessments/nato.assess", option, "x.png"]);
        assert_eq!(run.status, Status::Failed);
        for ending in [".html", ".docx", ".md", ".json", ".svg"] {
            assert!(run.err.contains(ending), "{option}: {}", run.err);
        }
    }
}
