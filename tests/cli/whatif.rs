//! `--with` and `--without`: what if a number were another, or a reason were left out.

use super::{assess, is_as_its_schema_says, printed};
use assess::cli::Status;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const FILE: &str = r#"assessment "Will it?" { as of: 2025-03-01 }
horizon short: 0 to 6 months
horizon long: 6 to 18 months
outcome stay
outcome drift
final outcome exit
prior { exit: 5% by short, 10% by long, drift: 20%, stay: rest }
event turn { chance: 10% by short, 30% by long, weight for exit: strong }
event push {
  chance given turn: 50% by long
  chance otherwise: 5% by long
  weight for exit, drift: weak
}
factor hope { holds: 60%, weight against exit: strong, moderate in long }
factor seen { likelihood: exit 40%, stay 10%, drift 20% }
change if_turn { when: turn or push, count seen: 200%, weight for exit: weak }
event late {
  chance once turn: 40% within 3 months
  chance otherwise: 2% by long
  weight against exit: weak
}
assumption law { confidence: high, weight for exit if wrong: strong }
expect exit by long: at most 90%
"#;

/// Arguments, and what they stand for in the file: each text by another.
type Same = (
    &'static [&'static str],
    &'static [(&'static str, &'static str)],
);

/// A clause from outside, and the same file as if it had stood there.
const SAME: &[Same] = &[
    (
        &["--with", "turn: 50% by long"],
        &[("chance: 10% by short, 30% by long", "chance: 50% by long")],
    ),
    (
        &["--with", "event turn : likely by long # as the model says"],
        &[(
            "chance: 10% by short, 30% by long",
            "chance: likely by long",
        )],
    ),
    (
        &["--with", "turn chance: 2 times in 75 years"],
        &[(
            "chance: 10% by short, 30% by long",
            "chance: 2 times in 75 years",
        )],
    ),
    (
        &["--with", "push given turn: 80% by long"],
        &[("given turn: 50% by long", "given turn: 80% by long")],
    ),
    (
        &["--with", "push otherwise: 1% by long"],
        &[("otherwise: 5% by long", "otherwise: 1% by long")],
    ),
    (
        &["--with", "push: 9% by long"],
        &[
            ("chance given turn: 50% by long\n", ""),
            ("chance otherwise: 5% by long", "chance: 9% by long"),
        ],
    ),
    (&["--with", "hope: 20%"], &[("holds: 60%", "holds: 20%")]),
    (
        &["--with", "hope against exit: 2:1"],
        &[(
            "weight against exit: strong, moderate in long",
            "weight against exit: 2:1",
        )],
    ),
    (
        &["--with", "push against exit: moderate in long"],
        &[(
            "weight for exit, drift: weak",
            "weight for drift: weak\n  weight against exit: moderate in long",
        )],
    ),
    (
        &["--with", "seen likelihood: exit 10%, stay 20%, drift 20%"],
        &[(
            "exit 40%, stay 10%, drift 20%",
            "exit 10%, stay 20%, drift 20%",
        )],
    ),
    (
        &[
            "--with",
            "if_turn count seen: 50%",
            "--with",
            "if_turn for exit: 20 dB",
        ],
        &[(
            "count seen: 200%, weight for exit: weak",
            "count seen: 50%, weight for exit: 20 dB",
        )],
    ),
    (
        &["--with", "late once turn: 90% within 1 month"],
        &[("40% within 3 months", "90% within 1 month")],
    ),
    (
        &["--with", "late once push: 90% within 1 month"],
        &[(
            "once turn: 40% within 3 months",
            "once push: 90% within 1 month",
        )],
    ),
    (
        &["--with", "if_turn when: turn"],
        &[("when: turn or push", "when: turn")],
    ),
    (
        &["--with", "exit: 20% by long"],
        &[("exit: 5% by short, 10% by long", "exit: 20% by long")],
    ),
    (
        &[
            "--with",
            "drift: 30%",
            "--with",
            "law for exit if wrong: weak",
            "--set",
            "not law",
        ],
        &[
            ("drift: 20%", "drift: 30%"),
            ("exit if wrong: strong", "exit if wrong: weak"),
        ],
    ),
    (
        &["--without", "hope"],
        &[(
            "factor hope { holds: 60%, weight against exit: strong, moderate in long }\n",
            "",
        )],
    ),
    (
        &["--without", "if_turn"],
        &[(
            "change if_turn { when: turn or push, count seen: 200%, weight for exit: weak }\n",
            "",
        )],
    ),
    (
        &["--without", "turn,push"],
        &[
            (
                "chance: 10% by short, 30% by long, weight for exit: strong",
                "chance: 0% per year",
            ),
            ("chance given turn: 50% by long\n", ""),
            (
                "chance otherwise: 5% by long\n  weight for exit, drift: weak",
                "chance: 0% per year",
            ),
        ],
    ),
];

fn run(text: &str, arguments: &[&str]) -> super::Run {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    fs::write(&path, text).expect("a file");
    let mut all = vec![arguments[0], path.to_str().expect("UTF-8")];
    all.extend(&arguments[1..]);
    let mut run = assess(&all);
    for text in [&mut run.out, &mut run.err] {
        *text = text.replace(path.to_str().expect("UTF-8"), "a.assess");
    }
    run
}

fn eval(text: &str, arguments: &[&str]) -> Value {
    let run = run(
        text,
        &[&["eval", "--format=json", "--draws=0"], arguments].concat(),
    );
    assert_eq!(
        (run.status, run.err.as_str()),
        (Status::Done, ""),
        "{arguments:?}"
    );
    let report = serde_json::from_str(&run.out).expect("JSON");
    is_as_its_schema_says("eval", &report);
    report["assessments"][0].clone()
}

fn probabilities(report: &Value) -> Vec<f64> {
    let horizons = report["horizons"].as_array().expect("horizons").iter();
    let outcomes = horizons.flat_map(|h| h["outcomes"].as_array().expect("outcomes"));
    outcomes.filter_map(|o| o["probability"].as_f64()).collect()
}

#[test]
fn a_clause_from_outside_is_as_if_it_stood_in_the_file() {
    let as_it_stands = probabilities(&eval(FILE, &[]));
    for (arguments, edits) in SAME {
        let mut edited = FILE.to_owned();
        for (old, new) in *edits {
            assert!(edited.contains(old), "{old}");
            edited = edited.replacen(old, new, 1);
        }
        // What is set is set in both.
        let place = arguments.iter().position(|a| *a == "--set");
        let set = place.map_or(&[][..], |at| &arguments[at..]);
        let (asked, wanted) = (eval(FILE, arguments), eval(&edited, set));
        let (found, expected) = (probabilities(&asked), probabilities(&wanted));
        assert_eq!(found.len(), 6);
        for (a, b) in found.iter().zip(&expected) {
            assert!(
                (a - b).abs() < 1e-12,
                "{arguments:?}: {found:?} {expected:?}"
            );
        }
        assert_ne!(found, as_it_stands, "{arguments:?} moves nothing");
        // The verdict as the file stands is beside it, and its expectations are about that.
        let base = asked["base"]["horizons"].as_array().expect("base").iter();
        let base = base.flat_map(|h| h["outcomes"].as_array().expect("outcomes"));
        let base: Vec<f64> = base.filter_map(|o| o["probability"].as_f64()).collect();
        assert_eq!(base, as_it_stands, "{arguments:?}");
        let expected = eval(FILE, &[])["expectations"].clone();
        assert_eq!(asked["expectations"], expected);
    }
}

#[test]
fn what_is_asked_is_said() {
    let report = eval(
        FILE,
        &["--with", " turn:  50%\tby long ", "--without", "hope"],
    );
    assert_eq!(report["asked"]["with"][0], "turn: 50% by long");
    assert_eq!(report["asked"]["without"][0], "hope");
    for command in ["eval", "explain", "flip"] {
        let text = run(
            FILE,
            &[command, "--with", "turn: 50% by long", "--without=hope"],
        )
        .out;
        assert!(
            text.contains("With: turn: 50% by long\nWithout: hope\n"),
            "{text}"
        );
    }
    let text = run(
        FILE,
        &[
            "eval",
            "--draws=0",
            "--horizon=long",
            "--without=if_turn,hope",
        ],
    )
    .out;
    insta::assert_snapshot!(text);
    let flips = run(FILE, &["flip", "--format=json", "--without=hope"]).out;
    let flips: Value = serde_json::from_str(&flips).expect("JSON");
    is_as_its_schema_says("flip", &flips);
    assert_eq!(flips["asked"]["without"][0], "hope");
    let numbers = flips["numbers"].as_array().expect("numbers");
    assert!(
        numbers
            .iter()
            .all(|n| n["id"] != "hope weight against exit")
    );
}

#[test]
fn a_clause_of_a_used_file_is_replaced_there() {
    let folder = TempDir::new().expect("a folder");
    let shared = "event turn { chance: 20% by long }\n";
    fs::write(folder.path().join("shared.assess"), shared).expect("a file");
    let file = "assessment \"Q\" { as of: 2025-03-01 }\nhorizon long: 0 to 18 months\noutcome stay\nfinal outcome exit\n\
                prior { exit: 10% by long, stay: rest }\nuse \"shared.assess\": turn\n\
                change c { when: turn, weight for exit: strong }\n";
    let path = folder.path().join("a.assess");
    fs::write(&path, file).expect("a file");
    let path = path.to_str().expect("UTF-8");
    let low = printed(&[
        "eval",
        path,
        "--draws=0",
        "--format=csv",
        "--with",
        "turn: 5% by long",
    ]);
    let high = printed(&[
        "eval",
        path,
        "--draws=0",
        "--format=csv",
        "--with",
        "turn: 90% by long",
    ]);
    assert_ne!(low, high);
}

#[test]
fn wrong_arguments_are_told_as_in_a_file() {
    let mut text = String::new();
    for arguments in [
        &["--with", "turm: 50% by long"][..],
        &["--with", "turn: 50% by lomg", "--without", "hop"],
        &["--with", "turn: 50%"],
        &["--with", "turn: 50% by long by long"],
        &["--with", "turn: lkely by long"],
        &["--with", "turn 50% by long"],
        &["--with", "turn"],
        &["--with", ""],
        &["--with", ": 50%"],
        &["--with", "turn: 50% by long", "--with", "turn: 40% by long"],
        &["--with", "turn: 50% by long", "--without", "turn"],
        &["--with", "if_turn: 50%"],
        &["--with", "law: 50%"],
        &["--with", "hope for exit: strng"],
        &["--with", "hope note: \"x\""],
        &["--with", "hope: 20% by long"],
        &["--with", "exit in long: 20%"],
        &["--with", "exit: 120% by long"],
        &["--with", "drift: 99%"],
        &["--with", "turn: 50% by long }"],
        &[
            "--with",
            "turn: 50% by long\nevent x { chance: 10% by long }",
        ],
        &["--with", "long: 50%"],
        &["--without", "exit"],
        &["--without", "hope", "--without", "hope"],
    ] {
        let run = run(FILE, &[&["eval"], arguments].concat());
        assert_eq!(
            (run.status, run.out.as_str()),
            (Status::Failed, ""),
            "{arguments:?}"
        );
        let shown: Vec<String> = arguments.iter().map(|a| format!("{a:?}")).collect();
        text += &format!("$ assess eval a.assess {}\n{}\n", shown.join(" "), run.err);
    }
    let text: Vec<&str> = text.lines().collect();
    insta::assert_snapshot!(text.join("\n"));
}

#[test]
fn a_search_for_one_number_finds_it_and_titles_stand_for_names() {
    let found = |until: &str| -> Vec<(String, f64)> {
        let run = run(FILE, &["flip", "--format=json", "--until", until]);
        assert_eq!(
            (run.status, run.err.as_str()),
            (Status::Done, ""),
            "{until}"
        );
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        is_as_its_schema_says("flip", &report);
        let numbers = report["numbers"].as_array().expect("numbers").iter();
        let tips = numbers.filter_map(|n| {
            let at = n["horizons"].as_array()?.iter();
            let tip = at.map(|h| &h["tip"]).find(|tip| !tip.is_null())?;
            Some((n["id"].to_string(), tip["probability"].as_f64()?))
        });
        tips.collect()
    };
    for until in [
        "exit by long: = 30%",
        "exit by long = 30%",
        "exit by long: 30% to 30%",
        "exit by long 30%",
    ] {
        let tips = found(until);
        assert!(!tips.is_empty(), "{until}");
        for (id, p) in tips {
            assert!((p - 0.3).abs() < 1e-6, "{until}: {id} comes to {p}");
        }
    }
    assert_eq!(
        found("exit by long >= 30%"),
        found("exit by long: at least 30%")
    );
    let titled = FILE.replace("horizon long:", "horizon long \"End of 2026, or so\":");
    let by_title = run(
        &titled,
        &["eval", "--draws=0", "--horizon", "end of 2026, or  so"],
    );
    let by_name = run(&titled, &["eval", "--draws=0", "--horizon=long"]);
    assert_eq!(by_title.out, by_name.out);
    let wrong = run(&titled, &["eval", "--horizon", "End of 2062"]).err;
    assert!(
        wrong.contains("there is no horizon `End of 2062`"),
        "{wrong}"
    );
}

/// What moves a number, and what is expected of it, are replaced like a chance.
#[test]
fn moves_and_quantities_are_replaced_too() {
    let more = "quantity growth { unit: \"x\", is: 2 (1 to 3) }\nfactor boom { move growth: +10% }\n\
                event after { chance once turn: 40% within 3 months, move growth: -10% }\n";
    let of = |text: &str, arguments: &[&str]| {
        let folder = super::folder(&[("a.assess", &format!("{FILE}{text}"))]);
        let path = super::at(&folder, "a.assess");
        let run = assess(&[&["eval", path.as_str(), "--format=json"], arguments].concat());
        assert_eq!(run.status, Status::Done, "{}", run.err);
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        report["assessments"][0]["quantities"].clone()
    };
    for (argument, old, new) in [
        (
            "boom move growth: +50%",
            "move growth: +10%",
            "move growth: +50%",
        ),
        ("growth: 5 (4 to 6)", "is: 2 (1 to 3)", "is: 5 (4 to 6)"),
        ("growth is: 5 (4 to 6)", "is: 2 (1 to 3)", "is: 5 (4 to 6)"),
        (
            "growth in long: 5 (4 to 6)",
            "is: 2 (1 to 3)",
            "in short: 2 (1 to 3)\nin long: 5 (4 to 6)",
        ),
        (
            "after once turn: 90% within 1 months",
            "40% within 3 months",
            "90% within 1 months",
        ),
    ] {
        let written = more.replace(old, new);
        assert_ne!(written, more, "{old}");
        assert_eq!(
            of(more, &["--with", argument]),
            of(&written, &[]),
            "{argument}"
        );
    }
}
