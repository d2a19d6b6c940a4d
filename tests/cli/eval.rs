//! `assess eval`: every format, every question, several files, and how it ends.

use super::{assess, assess_with, is_as_its_schema_says};
use assess::cli::Status;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

const FILE: &str = "tests/suite/eval/alliance.assess";

/// Runs `assess eval` on the one file of the suite. Some of its expectations fail, which a
/// question leaves aside, since they are not about it.
fn eval(arguments: &[&str]) -> super::Run {
    let run = assess(&[&["eval", FILE], arguments].concat());
    let asked = |a: &&str| {
        ["--given", "--set", "--under"]
            .iter()
            .any(|q| a.starts_with(q))
    };
    let asked = arguments.iter().any(asked);
    let status = if asked { Status::Done } else { Status::Found };
    assert_eq!((run.status, run.err.as_str()), (status, ""));
    run
}

fn json(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// The chance of an outcome at a horizon.
fn chance(report: &Value, horizon: usize, outcome: usize) -> f64 {
    let outcome = &report["assessments"][0]["horizons"][horizon]["outcomes"][outcome];
    outcome["probability"].as_f64().expect("a number")
}

#[test]
fn text() {
    insta::assert_snapshot!(eval(&[]).out);
}

#[test]
fn markdown() {
    insta::assert_snapshot!(eval(&["--format", "markdown"]).out);
}

#[test]
fn csv_has_a_line_for_each_horizon_and_outcome() {
    let report = json(&eval(&["--format", "json"]).out);
    let csv = eval(&["--format", "csv"]).out;
    let outcomes = |line: &&str| line.starts_with("file,") || line.contains(",outcome,");
    let lines: Vec<&str> = csv.lines().filter(outcomes).collect();
    assert_eq!(lines.len(), 1 + 3 * 3);
    assert!(lines[0].starts_with("file,as_of,horizon,"));
    let exit = format!(",exit,Full exit,true,{},", chance(&report, 2, 2));
    assert!(lines[9].contains(&exit), "{} lacks {exit}", lines[9]);
    assert!(lines[2].contains(",\"Gradual disengagement, short of exit\","));
}

#[test]
fn json_is_as_its_schema_says() {
    let report = json(&eval(&["--format", "json"]).out);
    is_as_its_schema_says("eval", &report);
    let a = &report["assessments"][0];
    for key in [
        "contributions",
        "changes",
        "events",
        "scenarios",
        "expectations",
        "assumed",
    ] {
        assert!(!a[key].as_array().expect("a list").is_empty(), "{key}");
    }
    assert_eq!(a["method"]["kind"], "exact");
    assert_eq!(a["changes"][1]["horizons"][0]["chance"], Value::Null);
    assert_eq!(a["changes"][2]["horizons"][0]["given"], Value::Null);
    assert_eq!(a["changes"][2]["horizons"][0]["possible"], false);
    assert_eq!(a["expectations"][6]["value"], Value::Null);
    assert_eq!(a["expectations"][0]["line"], 66);
    let sum: f64 = (0..3).map(|o| chance(&report, 1, o)).sum();
    assert!((sum - 1.0).abs() < 1e-12);
    let never = eval(&["--format", "json", "--given", "drift and not drift"]);
    let never = json(&never.out);
    is_as_its_schema_says("eval", &never);
    let horizon = &never["assessments"][0]["horizons"][0];
    assert_eq!(horizon["leader"], Value::Null);
    assert_eq!(horizon["given_chance"], 0.0);
    let asked = eval(&["--format=json", "--under=rupture", "--set=not latitude"]);
    let asked = json(&asked.out);
    is_as_its_schema_says("eval", &asked);
    assert_eq!(
        asked["assessments"][0]["asked"],
        serde_json::json!({"given": null, "under": "rupture", "set": ["not latitude"]})
    );
}

#[test]
fn questions_in_text() {
    insta::assert_snapshot!(
        "given",
        eval(&[
            "--given",
            "latitude  and\nnot ceasefire",
            "--horizon",
            "long",
            "--draws=0"
        ])
        .out
    );
    insta::assert_snapshot!(
        "made_so",
        eval(&[
            "--set",
            "eu_cuts,drift",
            "--under",
            "rupture",
            "--outcome",
            "exit",
            "--draws=0"
        ])
        .out
    );
}

/// The verdict as it stands is beside what was asked, and only then.
#[test]
fn the_base_is_what_the_file_says_unasked() {
    let plain = json(&eval(&["--format", "json", "--draws=0"]).out);
    assert_eq!(plain["assessments"][0].get("base"), None);
    for arguments in [
        &["--given", "latitude"][..],
        &["--set", "eu_cuts"],
        &["--under", "rupture", "--given", "politics"],
    ] {
        let asked = &[&["--format", "json", "--draws=0"], arguments].concat();
        let asked = json(&eval(asked).out);
        is_as_its_schema_says("eval", &asked);
        let base = &asked["assessments"][0]["base"]["horizons"];
        for h in 0..3 {
            let unasked = &plain["assessments"][0]["horizons"][h];
            assert_eq!(base[h]["leader"], unasked["leader"]);
            assert_eq!(base[h]["margin"], unasked["margin"]);
            for o in 0..3 {
                let at = &base[h]["outcomes"][o];
                assert_eq!(at["probability"].as_f64(), Some(chance(&plain, h, o)));
                let points = 100.0 * (chance(&asked, h, o) - chance(&plain, h, o));
                assert_eq!(at["points"].as_f64(), Some(points));
            }
        }
        let csv = eval(&[&["--format", "csv", "--draws=0"], arguments].concat()).out;
        let last = csv.lines().rfind(|line| line.contains(",outcome,"));
        let last = last.expect("a line");
        assert!(
            last.contains(&format!(",{},", chance(&plain, 2, 2))),
            "{last}"
        );
    }
    let csv = eval(&["--format", "csv", "--draws=0"]).out;
    assert!(
        csv.lines().skip(1).all(|line| line
            .rsplitn(4, ',')
            .nth(3)
            .is_some_and(|l| l.ends_with(','))),
        "{csv}"
    );
}

#[test]
fn what_contradicts_itself_or_cannot_happen_is_said() {
    let twice = assess(&["eval", FILE, "--set", "drift", "--set", "not drift"]);
    assert_eq!((twice.status, twice.out.as_str()), (Status::Failed, ""));
    insta::assert_snapshot!("set_twice", twice.err);
    let never = [
        "--given",
        "drift and not drift",
        "--set=latitude",
        "--draws=0",
    ];
    insta::assert_snapshot!("never", eval(&never).out);
    let over = [
        "--under=rupture",
        "--set=not drift",
        "--horizon=long",
        "--draws=0",
    ];
    insta::assert_snapshot!("over_a_scenario", eval(&over).out);
    let markdown = ["--under=rupture", "--given=latitude", "--draws=0"];
    let markdown = [
        &markdown[..],
        &["--format=markdown", "--horizon=short,long"],
    ]
    .concat();
    insta::assert_snapshot!("asked_in_markdown", eval(&markdown).out);
}

#[test]
fn questions_answer_what_the_file_states() {
    let plain = json(&eval(&["--format", "json"]).out);
    let set = json(
        &eval(&[
            "--format",
            "json",
            "--set",
            "eu_cuts",
            "--set",
            "drift",
            "--set",
            "not ceasefire",
        ])
        .out,
    );
    let under = json(&eval(&["--format", "json", "--under", "rupture"]).out);
    assert_eq!(
        set["assessments"][0]["horizons"],
        under["assessments"][0]["horizons"]
    );
    let scenario = &plain["assessments"][0]["scenarios"][0]["horizons"][2]["outcomes"][2];
    assert_eq!(scenario["probability"].as_f64(), Some(chance(&under, 2, 2)));
    let given = json(&eval(&["--format", "json", "--given", "politics"]).out);
    let change = &plain["assessments"][0]["changes"][0]["horizons"][2]["given"][2];
    let stated = change["probability"].as_f64().expect("a number");
    assert!((chance(&given, 2, 2) - stated).abs() < 1e-12);
    let shown = json(&eval(&["--format", "json", "--horizon", "long", "--outcome", "exit"]).out);
    assert_eq!(chance(&shown, 0, 0), chance(&plain, 2, 2));
    let horizons = shown["assessments"][0]["horizons"].as_array();
    assert_eq!(horizons.map(Vec::len), Some(1));
}

#[test]
fn as_of_moves_the_horizons() {
    let moved = json(&eval(&["--format", "json", "--as-of", "2025-04"]).out);
    let a = &moved["assessments"][0];
    assert_eq!(a["as_of"], "2025-04-30");
    assert_eq!(a["horizons"][0]["to"], "2025-10-30");
}

#[test]
fn draws_and_seed_decide_the_intervals_and_nothing_else() {
    let low = |arguments: &[&str]| {
        let report = json(&eval(&[&["--format", "json"], arguments].concat()).out);
        let outcome = &report["assessments"][0]["horizons"][0]["outcomes"][0];
        (outcome["low"].as_f64(), chance(&report, 0, 0))
    };
    let (first, p) = low(&["--draws", "101"]);
    assert!(first.is_some());
    assert_eq!(low(&["--draws", "101"]), (first, p));
    assert_ne!(low(&["--draws", "101", "--seed", "2"]).0, first);
    assert_eq!(low(&["--draws", "0"]), (None, p));
}

#[test]
fn wrong_names_are_reported_at_their_place_in_the_argument() {
    let run = assess(&[
        "eval",
        FILE,
        "--given",
        "latitude and ceasfire",
        "--under",
        "ruptur",
        "--set",
        "congress",
        "--horizon",
        "longer,exit",
        "--outcome",
        "latitude",
    ]);
    assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
    insta::assert_snapshot!(run.err);
}

#[test]
fn files_with_mistakes_do_not_keep_the_others_back() {
    let folder = TempDir::new().expect("a folder");
    let bad = folder.path().join("bad.assess");
    fs::write(&bad, "outcome a\n").expect("a file");
    let shared = folder.path().join("shared.assess");
    fs::write(&shared, "event e\n").expect("a file");
    let [bad, shared] = [&bad, &shared].map(|p| p.to_str().expect("UTF-8"));
    let run = assess(&["eval", bad, FILE]);
    assert_eq!(run.status, Status::Found);
    assert!(
        run.out.starts_with("Does the alliance hold?"),
        "{}",
        run.out
    );
    assert!(run.err.contains("error[missing-part]"), "{}", run.err);
    for (path, says) in [
        (shared, "is made for `use`"),
        ("none.assess", "there is no file"),
    ] {
        let run = assess(&["eval", path, bad, FILE]);
        assert_eq!(run.status, Status::Failed, "{path}");
        assert!(run.err.contains(says), "{}", run.err);
        assert!(!run.out.is_empty());
    }
}

#[test]
fn several_files_and_standard_input() {
    let text = fs::read(FILE).expect("the file");
    let run = assess_with(
        &[
            "eval",
            FILE,
            "-",
            "--stdin-name",
            "b.assess",
            "--format",
            "csv",
        ],
        &text,
        false,
    );
    assert_eq!((run.status, run.err.as_str()), (Status::Found, ""));
    let files: Vec<&str> = run
        .out
        .lines()
        .filter(|l| l.contains(",outcome,") && !l.starts_with("file,"))
        .filter_map(|l| l.split(',').next())
        .collect();
    assert_eq!(files.len(), 18);
    assert_eq!((files[0], files[17]), (FILE, "b.assess"));
}

#[test]
fn colour_adds_nothing_but_colour() {
    let coloured = assess_with(&["eval", FILE], b"", true).out;
    assert!(coloured.contains("\u{1b}["));
    let plain = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(plain, eval(&[]).out);
}

#[test]
fn events_and_bets_are_shown() {
    let nato = "assessments/nato.assess";
    let page = assess(&["eval", nato, "--draws=0", "--horizon=short,long"]).out;
    let (_, rest) = page.split_once("\nEvents").expect("a table of events");
    insta::assert_snapshot!("events_and_bets", format!("Events{rest}"));
    let markdown = assess(&["eval", nato, "--draws=0", "--format=markdown"]).out;
    let (_, rest) = markdown.split_once("### Events").expect("a table");
    insta::assert_snapshot!("events_and_bets_markdown", format!("### Events{rest}"));
    let report = json(&assess(&["eval", nato, "--format=json", "--draws=0"]).out);
    is_as_its_schema_says("eval", &report);
    let bets = &report["assessments"][0]["bets"];
    assert_eq!(bets.as_array().map(Vec::len), Some(11));
    let first = |key: &str| bets[0][key].as_f64().expect("a number");
    assert_eq!(bets[0]["on"], "not exit by short");
    assert_eq!(first("chance"), 1.0 - chance(&report, 0, 2));
    assert_eq!(first("edge"), first("chance") - first("price"));
    // Bets are about the file as it stands.
    let asked = assess(&["eval", nato, "--draws=0", "--set=drift"]).out;
    assert!(!asked.contains("\nBets"), "{asked}");
}

/// At a terminal `eval` says how much is found in the file; in a pipe, and in what programs read, it does not.
#[test]
fn at_a_terminal_it_names_check() {
    use assess::cli::{Streams, Terminals, run_with};
    use assess::render::Look;
    let said = |output: bool, arguments: &[&str]| {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let look = Look {
            width: 80,
            colour: false,
        };
        let all = ["assess", "eval"].iter().chain(arguments);
        run_with(
            all.map(std::ffi::OsString::from),
            &mut Streams {
                input: &mut &b""[..],
                output: &mut out,
                error: &mut err,
                look,
                error_look: look,
                terminals: Terminals {
                    output,
                    ..Terminals::default()
                },
                cache: None,
            },
        );
        String::from_utf8(err).expect("UTF-8")
    };
    let checked = assess(&["check", FILE, "--format", "json"]).out;
    let checked: Value = serde_json::from_str(&checked).expect("JSON");
    let found = checked["diagnostics"].as_array().expect("findings");
    let warnings = found.iter().filter(|d| d["severity"] != "note").count();
    assert!(found.len() > warnings && warnings > 1, "{found:#?}");
    let line = format!(
        "{} findings in it, {warnings} of them warnings",
        found.len()
    );
    let line = format!("\n{line}: `assess check {FILE}`\n");
    assert_eq!(said(true, &[FILE]), line);
    assert_eq!(said(true, &["tests/suite/lint/sound.assess"]), "");
    // What `assess.toml` says counts, and where it cannot be read nothing is counted.
    let folder = TempDir::new().expect("a folder");
    let (file, toml) = (
        folder.path().join("a.assess"),
        folder.path().join("assess.toml"),
    );
    fs::copy(FILE, &file).expect("a copy");
    let file = file.to_str().expect("UTF-8");
    fs::write(&toml, "[lint]\nselect = []\nignore = [\"probability\", \"words\", \"evidence\", \"reasoning\", \"change\", \"upkeep\"]\n").expect("a file");
    assert_eq!(said(true, &[file]), "");
    fs::write(&toml, "[lint]\nstael = \"off\"\n").expect("a file");
    assert_eq!(
        said(true, &[file]),
        format!("\nWhat is weak in it: `assess check {file}`\n")
    );
    assert!(said(true, &[FILE, FILE]).contains("`assess check FILE`"));
    assert_eq!(said(true, &["--format", "json", FILE]), "");
    assert_eq!(said(false, &[FILE]), "");
}

/// How it was computed is said where that is asked for: what is the same for several files, once.
#[test]
fn how_it_was_computed_is_said_once_where_asked_for() {
    let quiet = eval(&[]).out;
    assert!(!quiet.contains("draws with seed") && !quiet.contains("Confidence is high where"));
    let both = assess(&["eval", FILE, FILE, "--verbose"]).out;
    assert_eq!(both.matches("draws with seed").count(), 1, "{both}");
    assert_eq!(both.matches("Confidence is high where").count(), 1);
    let sampled = eval(&["--method", "sampled"]).out;
    assert!(sampled.contains("Sampled, not exact"), "{sampled}");
}

#[test]
fn what_plays_no_part_is_told_beside_a_quantity_too() {
    let text = "assessment \"A\" { as of: 2025-03-01 }
horizon y: until 2026-03-01
outcome a
outcome b
prior { a: 50%, b: rest }
event h
event q { chance: 10% by y }
change c { when: h or q, weight for a: strong }
change d { when: h and q, weight for a: strong }
";
    let part = |more: &str| {
        let run = assess_with(&["eval", "-"], format!("{text}{more}").as_bytes(), false);
        let lines = run
            .out
            .lines()
            .filter(|line| line.contains("plays no part"));
        lines.map(str::to_owned).collect::<Vec<_>>()
    };
    let plain = part("");
    assert_eq!(plain.len(), 1, "{plain:?}");
    assert_eq!(part("quantity g { unit: \"x\", is: 1 to 2 }\n"), plain);
}
