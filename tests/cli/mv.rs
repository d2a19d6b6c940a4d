//! `assess mv`: every place of a name, several files, the verdict kept, and every refusal.

use super::{Run, assess, folder};
use assess::cli::Status;
use assess::infer::{
    self,
    verdict::{Options, Question},
};
use assess::project::{FileSystem, Project};
use assess::resolve::resolve;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

const EVERYWHERE: &str = r#"# About `exit`, which a comment may still call exit.
assessment "Will `exit` come, or not?" {
  as of: 2025-03-01
  resolves: "`exit` when notice is given: {exit by long}; {{exit}}."
  tags: exit
}
horizon long "An exit's term": 0 to 18 months
outcome stay "No exit"
final outcome exit "Full exit"
prior { exit: 5% by long, stay: rest }
event drift { chance: 10%, weight for exit, stay: weak }
# allow(inert-factor): about exit
factor hope { weight against exit: weak, note: "Of {(not (exit)) by long}." }
factor seen { likelihood: exit 10%, stay 40% }
assumption law { confidence: high, weight for exit if wrong: strong }
bet "No exit" { on: not exit by long, price: 90% }
expect exit by long: at most 20%
expect not not (exit # exit
) by long given drift: above exit by long
resolved: exit by long on 2026-01-01
section "Summary": "An exit is {exit by long: almost no chance}, `exit` that is."
"#;

fn mv(folder: &TempDir, old: &str, new: &str, files: &[&str]) -> Run {
    let paths: Vec<String> = files
        .iter()
        .map(|f| folder.path().join(f).to_str().expect("UTF-8").to_owned())
        .collect();
    let mut all = vec!["mv", old, new];
    all.extend(paths.iter().map(String::as_str));
    assess(&all)
}

fn read(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(name)).expect("a file")
}

/// The probabilities of a file's verdict, by outcome's place and horizon.
fn verdict(path: &Path) -> Option<Vec<f64>> {
    let project = Project::load(&FileSystem, path).expect("a file");
    let assessment = resolve(&project).assessment?;
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    let verdict = infer::evaluate(&assessment, &Question::default(), &options).ok()?;
    let horizons = verdict.horizons.iter();
    Some(
        horizons
            .flat_map(|h| h.outcomes.iter().map(|o| o.probability.value))
            .collect(),
    )
}

#[test]
fn every_place_and_no_other() {
    let folder = folder(&[("a.assess", EVERYWHERE)]);
    let run = mv(&folder, "exit", "break_off", &["a.assess"]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    assert!(
        run.out.ends_with("`exit` is `break_off` in 17 places\n"),
        "{}",
        run.out
    );
    insta::assert_snapshot!(read(&folder, "a.assess"));
    let run = mv(&folder, "break_off", "exit", &["a.assess"]);
    assert_eq!(run.status, Status::Done);
    assert_eq!(read(&folder, "a.assess"), EVERYWHERE);
}

#[test]
fn horizons_scenarios_and_drivers() {
    let file = "tests/suite/eval/alliance.assess";
    let text = fs::read_to_string(file).expect("the file");
    let folder = folder(&[("a.assess", &text)]);
    for (old, new) in [
        ("long", "far"),
        ("rupture", "split"),
        ("ceasefire", "truce"),
        ("politics", "upset"),
        ("treaty", "pact"),
    ] {
        let run = mv(&folder, old, new, &["a.assess"]);
        assert_eq!((run.status, run.err.as_str()), (Status::Done, ""), "{old}");
    }
    let diff = similar_lines(&text, &read(&folder, "a.assess"));
    insta::assert_snapshot!(diff);
}

/// The lines that differ, new ones only.
fn similar_lines(before: &str, after: &str) -> String {
    let pairs = before.lines().zip(after.lines()).filter(|(b, a)| b != a);
    pairs.map(|(_, a)| format!("{a}\n")).collect()
}

#[test]
fn every_name_of_every_assessment_can_be_changed_and_the_verdict_stays() {
    let mut changed = 0;
    for dir in ["assessments", "examples", "tests/suite/eval"] {
        for entry in fs::read_dir(dir).expect("a folder") {
            let path = entry.expect("an entry").path();
            let Some(before) = path
                .extension()
                .filter(|e| *e == "assess")
                .and_then(|_| verdict(&path))
            else {
                continue;
            };
            let text = fs::read_to_string(&path).expect("a file");
            if text.contains("\nuse \"") {
                continue;
            }
            let folder = folder(&[("a.assess", &text)]);
            let project = Project::load(&FileSystem, &path).expect("a file");
            let assessment = resolve(&project).assessment.expect("sound");
            let names = assessment.drivers.iter().map(|(_, d)| &d.name.node);
            let names = names.chain(assessment.outcomes.iter().map(|(_, o)| &o.name.node));
            // A file without a horizon is about now, which nobody named.
            let horizons = assessment.horizons.iter().map(|(_, h)| &h.name.node);
            let names = names.chain(horizons.filter(|name| *name != "now"));
            for name in names {
                // At the end of the alphabet and at its beginning: no order may matter.
                let new = format!("zz_{name}");
                let run = mv(&folder, name, &new, &["a.assess"]);
                assert_eq!(
                    (run.status, run.err.as_str()),
                    (Status::Done, ""),
                    "{}: {name}",
                    path.display()
                );
                changed += 1;
            }
            let after = verdict(&folder.path().join("a.assess")).expect("sound");
            assert_eq!(before.len(), after.len());
            for (a, b) in before.iter().zip(&after) {
                assert!((a - b).abs() < 1e-12, "{}: {a} {b}", path.display());
            }
        }
    }
    assert!(changed > 100, "{changed}");
}

const SHARED: &str = "event ceasefire { chance: 20% by 2025-12-31, weight for exit: weak }\nfactor unrest { weight for exit: weak }\n";
const USER: &str = r#"assessment "Will it?" { as of: 2025-03-01 }
use "shared/europe.assess": ceasefire
horizon long: 0 to 18 months
outcome stay
final outcome exit
prior { exit: 5% by long, stay: rest }
change peace { when: ceasefire, weight against exit: weak }
"#;

#[test]
fn files_that_use_one_another() {
    let files = [
        ("shared/europe.assess", SHARED),
        ("a.assess", USER),
        ("b.assess", USER),
    ];
    let all: Vec<&str> = files.iter().map(|f| f.0).collect();
    for (old, new) in [("ceasefire", "truce"), ("exit", "leave")] {
        let folder = folder(&files);
        let before = verdict(&folder.path().join("a.assess"));
        let run = mv(&folder, old, new, &all);
        assert_eq!((run.status, run.err.as_str()), (Status::Done, ""), "{old}");
        for (name, text) in files {
            assert_eq!(read(&folder, name), text.replace(old, new));
        }
        assert_eq!(verdict(&folder.path().join("a.assess")), before);
    }
    // Without the used file, the others would no longer find the name.
    for (old, some) in [
        ("ceasefire", &all[1..]),
        ("exit", &all[1..2]),
        ("exit", &all[..1]),
    ] {
        let folder = folder(&files);
        let run = mv(&folder, old, "other", some);
        assert_eq!(run.status, Status::Failed, "{old} {some:?}");
        assert!(
            run.err.contains("name both files") || run.err.contains("name that file too"),
            "{}",
            run.err
        );
        for (name, text) in files {
            assert_eq!(read(&folder, name), text);
        }
    }
}

#[test]
fn refusals_change_nothing() {
    let mut said = BTreeMap::new();
    for (old, new) in [
        ("exti", "leave"),
        ("nothing", "leave"),
        ("exit", "stay"),
        ("exit", "given"),
        ("exit", "two words"),
        ("exit", "a-b"),
        ("exit", ""),
        ("exit", "exit"),
    ] {
        let folder = folder(&[("a.assess", EVERYWHERE)]);
        let run = mv(&folder, old, new, &["a.assess"]);
        assert_eq!(
            (run.status, run.out.as_str()),
            (Status::Failed, ""),
            "{old} {new}"
        );
        assert_eq!(read(&folder, "a.assess"), EVERYWHERE);
        let place = folder.path().to_str().expect("UTF-8").to_owned() + "/";
        said.insert(format!("{old} → {new}"), run.err.replace(&place, ""));
    }
    // Its width depends on the folder's name, and so do line breaks.
    let heads = said.iter().map(|(what, err)| {
        let words = err
            .split_whitespace()
            .filter(|w| !w.contains(['│', '╭', '·', '╰', '─']));
        format!("{what}\n  {}\n", words.collect::<Vec<_>>().join(" "))
    });
    insta::assert_snapshot!(heads.collect::<String>());
    let folder = folder(&[("a.assess", &EVERYWHERE.replace("when", "{when"))]);
    let run = mv(&folder, "exit", "leave", &["a.assess"]);
    assert_eq!(run.status, Status::Found, "{}", run.err);
    assert!(run.err.contains("fix the file first"), "{}", run.err);
    let run = mv(&folder, "exit", "leave", &["none.assess"]);
    assert_eq!(run.status, Status::Failed);
}

#[test]
fn a_diff_writes_nothing() {
    let folder = folder(&[("a.assess", EVERYWHERE)]);
    let path = folder.path().join("a.assess");
    let run = assess(&[
        "mv",
        "drift",
        "tide",
        path.to_str().expect("UTF-8"),
        "--diff",
    ]);
    assert_eq!(run.status, Status::Done);
    assert!(run.out.contains("\n-event drift {"), "{}", run.out);
    assert!(run.out.contains("\n+event tide {"), "{}", run.out);
    assert_eq!(read(&folder, "a.assess"), EVERYWHERE);
}

/// However far an earlier run came, the same command does the rest.
#[test]
fn a_run_that_was_ended_midway_is_finished() {
    let shared = "event tick \"A tick\" { chance: 1% by 2026-01-01 }\n";
    let user = |i: usize| {
        format!("use \"shared.assess\": tick\nevent own{i} {{ chance: 1% by 2026-01-01 }}\n")
    };
    let names = ["shared.assess", "a.assess", "b.assess"];
    let texts = [shared.to_owned(), user(1), user(2)];
    for done in 1..7usize {
        let folder = tempfile::tempdir().expect("a folder");
        for (i, (name, text)) in names.iter().zip(&texts).enumerate() {
            let text = match done & (1 << i) {
                0 => text.clone(),
                _ => text.replace("tick", "tock"),
            };
            fs::write(folder.path().join(name), text.replace("A tock", "A tick")).expect("a file");
        }
        let paths = names.map(|name| folder.path().join(name).to_str().expect("UTF-8").to_owned());
        let all: Vec<&str> = ["mv", "tick", "tock"]
            .into_iter()
            .chain(paths.iter().map(String::as_str))
            .collect();
        let run = assess(&all);
        assert_eq!((run.status, run.err.as_str()), (Status::Done, ""), "{done}");
        for (path, text) in paths.iter().zip(&texts) {
            let expected = text.replace("tick", "tock").replace("A tock", "A tick");
            assert_eq!(
                fs::read_to_string(path).expect("a file"),
                expected,
                "{done}"
            );
        }
        // All is done: there is nothing of that name any more.
        assert_eq!(assess(&all).status, Status::Failed);
    }
    // Another thing of that name is no sign of an earlier run.
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("a file");
        path.to_str().expect("UTF-8").to_owned()
    };
    let one = write(
        "one.assess",
        "event tick { chance: 1% by 2026-01-01 }\nevent tock { chance: 1% by 2026-01-01 }\n",
    );
    let two = write(
        "two.assess",
        &user(2).replace("shared.assess", "one.assess"),
    );
    assert_eq!(
        assess(&["mv", "tick", "tock", &one, &two]).status,
        Status::Failed
    );
}

#[test]
fn a_stored_verdict_need_not_be_looked_at_again() {
    let text = include_str!("../suite/ops/port.assess");
    for (old, new) in [
        ("near", "soon"),
        ("open", "reopened"),
        ("stop", "halt"),
        ("strike", "walkout"),
        ("crews", "men"),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("port.assess");
        fs::write(&path, text).expect("a file");
        let file = path.to_str().expect("UTF-8");
        assert_eq!(assess(&["test", file, "--accept"]).status, Status::Done);
        assert_eq!(assess(&["mv", old, new, file]).status, Status::Done);
        let run = assess(&["test", file, "--locked"]);
        assert_eq!(run.status, Status::Done, "{old}: {}{}", run.out, run.err);
        let stored = fs::read_to_string(path.with_extension("verdict")).expect("a verdict");
        let has = |name: &str| stored.split_whitespace().any(|word| word == name);
        assert!(!has(old), "{old} in\n{stored}");
        // One that is not the file's stays another.
        let moved = fs::read_to_string(&path)
            .expect("a file")
            .replace("20% by far", "70% by far");
        fs::write(&path, moved).expect("a file");
        assert_eq!(assess(&["test", file]).status, Status::Found);
        assert_eq!(assess(&["mv", new, old, file]).status, Status::Done);
        assert_eq!(assess(&["test", file]).status, Status::Found, "{old}");
    }
}
