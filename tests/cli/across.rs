//! What two files of one run say of one thing: the rule `files-disagree`.

use super::{Run, assess, at, folder, is_as_its_schema_says};
use assess::cli::{Status, Streams, Terminals, run_with};
use assess::render::Look;
use serde_json::Value;
use std::ffi::OsString;
use std::fs;
use tempfile::TempDir;

const SOUND: &str = include_str!("../suite/lint/sound.assess");

/// The sound file with a strike of these clauses.
fn with(resolves: &str, chance: &str) -> String {
    format!(
        "{SOUND}\nevent strike \"The pilots strike\" {{\n  resolves: {resolves}\n  {chance}\n  weight for weakening: weak\n}}\n"
    )
}

fn strike(chance: &str) -> String {
    with("\"The union calls them out\"", chance)
}

/// The sound file with another prior of the final outcome.
fn prior(exit: &str) -> String {
    SOUND.replace("exit: 2% per year", exit)
}

fn check(folder: &TempDir, arguments: &[&str]) -> Run {
    let root = at(folder, "");
    let mut all = vec!["check", "--select", "files-disagree,unused-allow"];
    if arguments.iter().all(|a| !a.contains(".assess")) {
        all.push(&root);
    }
    if arguments.iter().all(|a| *a != "--format") {
        all.extend(["--format", "concise"]);
    }
    all.extend(arguments);
    assess(&all)
}

/// What is found in two files, a line each, without the folder's path.
fn lines(a: &str, b: &str) -> Vec<String> {
    let folder = folder(&[("a.assess", a), ("b.assess", b)]);
    told(&folder, &check(&folder, &[]))
}

fn told(folder: &TempDir, run: &Run) -> Vec<String> {
    assert_eq!(run.err, "");
    let text = run.out.replace(&at(folder, ""), "");
    text.lines()
        .filter(|l| l.contains('['))
        .map(str::to_owned)
        .collect()
}

#[test]
fn hazards_more_than_three_times_apart_are_found_in_the_later_file() {
    let year = "chance: 10% by long";
    for (a, b, message) in [
        (
            strike(year),
            strike("chance: 40% by long"),
            "b.assess: `strike` has 4.8 times the yearly rate here that `a.assess` gives it",
        ),
        (
            strike("chance: 40% by long"),
            strike(year),
            "b.assess: `a.assess` gives `strike` 4.8 times the yearly rate that it has here",
        ),
        (
            strike(year),
            strike("chance: 1% per year"),
            "b.assess: `a.assess` gives `strike` 7 times the yearly rate that it has here",
        ),
        (
            strike(year),
            strike("chance: 2 times in 1 year"),
            "b.assess: `strike` has 35.7 times the yearly rate here that `a.assess` gives it",
        ),
        (
            strike(year),
            strike("chance: 0% by long"),
            "b.assess: `strike` has no chance here, and has one in `a.assess`",
        ),
        (
            strike("chance: 0% by long"),
            strike(year),
            "b.assess: `strike` has a chance here, and has none in `a.assess`",
        ),
        (
            strike(year),
            strike("chance: 100% by long"),
            "b.assess: `strike` is certain here, and is not in `a.assess`",
        ),
        (
            strike("chance: 100% by long"),
            strike(year),
            "b.assess: `strike` is not certain here, and is in `a.assess`",
        ),
        (
            prior("exit: 2% per year"),
            prior("exit: 8% per year"),
            "b.assess: the prior of `exit` has 4.1 times the yearly rate here that `a.assess` gives it",
        ),
        // Layout, case and quotes of what is said tell nothing apart.
        (
            strike(year),
            with(
                "\"\"\"\n    the union\n    calls THEM out.\n  \"\"\"",
                "chance: 40% by long",
            ),
            "b.assess: `strike` has 4.8 times the yearly rate here that `a.assess` gives it",
        ),
    ] {
        let found = lines(&a, &b);
        let found: Vec<String> = found.iter().map(|l| shortened(l)).collect();
        assert_eq!(found, [message]);
    }
}

/// "b.assess: the message" of a concise line.
fn shortened(line: &str) -> String {
    let (file, rest) = line.split_once(':').expect("a place");
    let (_, message) = rest.split_once("[files-disagree] ").expect("the rule");
    format!("{file}: {message}")
}

#[test]
fn what_is_near_or_something_else_is_left_alone() {
    let (ten, forty) = ("chance: 10% by long", "chance: 40% by long");
    for (a, b) in [
        // 1 − 0.9^2.9 = 26.33%: 2.9 times the hazard of 10%.
        (strike(ten), strike("chance: 26.33% by long")),
        (strike(ten), with("\"The company shuts them out\"", forty)),
        (
            strike(ten),
            strike(forty).replace("event strike", "event walkout"),
        ),
        // A rate beside the curve that it makes.
        (
            strike("chance: 10% per year"),
            strike("chance: 5.1% by short, 14.6% by long"),
        ),
        (
            strike(ten),
            strike("chance given upheaval: 40% by long\n  chance otherwise: 39% by long"),
        ),
        (strike(ten), strike("")),
        (
            strike("chance: 100% by long"),
            strike("chance: 100% by long"),
        ),
        (strike("chance: 0% by long"), strike("chance: 0% by long")),
        // Neither says how the outcome resolves, nor does its assessment.
        (
            prior("exit: 2% per year").replace("  resolves: \"`exit`", "  note: \"`exit`"),
            prior("exit: 8% per year").replace("  resolves: \"`exit`", "  note: \"`exit`"),
        ),
        (
            strike(ten),
            strike(forty).replace("2025-03-01\n", "2025-02-30\n"),
        ),
    ] {
        let found: Vec<String> = lines(&a, &b);
        let found: Vec<&String> = found
            .iter()
            .filter(|l| l.contains("files-disagree"))
            .collect();
        assert!(found.is_empty(), "{found:?}");
    }
    let alone = folder(&[("a.assess", &strike(forty))]);
    assert_eq!(told(&alone, &check(&alone, &[])), [""; 0]);
}

/// A curve that rises early is held against that of a year at the horizon of a year and a half alone.
#[test]
fn horizons_of_nearest_length_are_compared() {
    let early = strike("chance: 20% by short, 22% by long");
    let year = SOUND
        .replace(
            "short \"Short term\": 0 to 6",
            "long \"Long term\": 0 to 18",
        )
        .replace("horizon long \"Long term\": 6 to 18 months", "");
    let year = year + &strike("chance: 10% by long")[SOUND.len()..];
    assert_eq!(lines(&early, &year), [""; 0]);
    let half = year.replace("0 to 18 months", "0 to 7 months");
    let found = lines(&early, &half);
    assert_eq!(
        found.len(),
        0,
        "20% in 6 months is 2.5 times 10% in 7: {found:?}"
    );
    let half = half.replace("10% by long", "6% by long");
    let found = lines(&early, &half);
    assert!(
        found[0].contains("`a.assess` gives `strike` 4.2 times"),
        "{found:?}"
    );
}

#[test]
fn neither_the_order_of_paths_nor_a_third_file_matters() {
    let (ten, forty) = (strike("chance: 10% by long"), strike("chance: 40% by long"));
    let shared = folder(&[
        ("a.assess", &ten),
        ("b.assess", &forty),
        ("c.assess", &ten),
        ("d.assess", &strike("chance: 11% by long")),
    ]);
    let all = ["a", "b", "c", "d"].map(|n| at(&shared, &format!("{n}.assess")));
    let found = told(&shared, &check(&shared, &[]));
    let shown: Vec<&str> = found
        .iter()
        .filter_map(|l| l.split_once(':'))
        .map(|l| l.0)
        .collect();
    assert_eq!(shown, ["b.assess", "c.assess", "d.assess"], "{found:?}");
    for order in [[3, 2, 1, 0], [1, 3, 0, 2]] {
        let paths: Vec<&str> = order.iter().map(|&n| all[n].as_str()).collect();
        assert_eq!(told(&shared, &check(&shared, &paths)), found);
    }
}

/// What two files take from a third is one statement; a file of its own beside it is another.
#[test]
fn a_shared_event_is_one_statement() {
    let event = strike("chance: 30% by 2026-03-01")[SOUND.len()..]
        .replace("  weight for weakening: weak\n", "");
    let uses = format!("use \"events.assess\": strike\n{SOUND}");
    let one = folder(&[
        ("events.assess", &event),
        ("m.assess", &uses),
        ("n.assess", &uses.replace("2025-03-01\n", "2025-12-01\n")),
    ]);
    assert_eq!(told(&one, &check(&one, &[])), [""; 0]);
    fs::write(at(&one, "o.assess").as_str(), strike("chance: 1% by long")).expect("a file");
    let found = told(&one, &check(&one, &[]));
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].starts_with("o.assess") && found[0].contains("events.assess"),
        "{found:?}"
    );
}

#[test]
fn it_is_allowed_leveled_and_configured_as_any_rule() {
    let (ten, forty) = (strike("chance: 10% by long"), strike("chance: 40% by long"));
    let allowed = forty.replace(
        "  chance: 40%",
        "  # allow(files-disagree): the other is of last year\n  chance: 40%",
    );
    let allow = folder(&[("a.assess", &ten), ("b.assess", &allowed)]);
    let run = check(&allow, &["--format", "json"]);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(report["summary"]["suppressed"], 1, "{report}");
    assert_eq!(told(&allow, &check(&allow, &[])), [""; 0]);
    // Alone it cannot be told that it allows nothing.
    let b = at(&allow, "b.assess");
    assert_eq!(told(&allow, &check(&allow, &[&b])), [""; 0]);
    for (toml, level) in [
        ("[lint]\nfiles-disagree = \"error\"\n", Some("error[")),
        ("[lint]\nfiles-disagree = \"off\"\n", None),
        ("[lint]\nfiles-disagree = { factor = 5 }\n", None),
        (
            "[lint]\nfiles-disagree = { factor = 4.5 }\n",
            Some("warning["),
        ),
    ] {
        let two = folder(&[
            ("a.assess", &ten),
            ("b.assess", &forty),
            ("assess.toml", toml),
        ]);
        let root = at(&two, "");
        let found = assess(&["check", &root, "--format", "concise"]).out;
        let found = found.lines().find(|l| l.contains("[files-disagree]"));
        assert_eq!(found.is_some(), level.is_some(), "{toml}{found:?}");
        assert!(
            level.is_none_or(|l| found.is_some_and(|f| f.contains(l))),
            "{found:?}"
        );
    }
}

#[test]
fn a_baseline_holds_it_back_and_mending_keeps_it() {
    let (ten, forty) = (strike("chance: 10% by long"), strike("chance: 40% by long"));
    let two = folder(&[("a.assess", &ten), ("b.assess", &forty)]);
    let kept = at(&two, "kept.json");
    let wrote = check(&two, &["--write-baseline", &kept]);
    assert!(wrote.err.contains("1 finding of 2 files"), "{}", wrote.err);
    for arguments in [&[][..], &["--fix"], &["--diff"]] {
        let run = check(&two, &[arguments, &["--baseline", &kept]].concat());
        assert_eq!(run.status, Status::Done, "{}", run.out);
        assert!(
            run.err.contains("1 finding is in the baseline"),
            "{}",
            run.err
        );
        assert!(!run.err.contains("no longer"), "{}", run.err);
    }
    let b = at(&two, "b.assess");
    let run = check(&two, &[&b, "--baseline", &kept]);
    assert_eq!(run.err, "");
    // A fix that moves the clause moves the finding.
    let misspelt = forty
        .replace("outcome exit \"Full exit\"", "outcome exit \"Full exit\"\n")
        .replace("commitment: moderate", "commitment: modrate");
    fs::write(&b, misspelt).expect("a file");
    let run = check(&two, &["--fix"]);
    assert!(run.err.contains("1 fix in 1 file"), "{}", run.err);
    assert!(run.out.contains("4.8 times"), "{}", run.out);
}

#[test]
fn what_is_kept_between_runs_says_the_same_and_so_does_json() {
    let (ten, forty) = (strike("chance: 10% by long"), strike("chance: 40% by long"));
    let two = folder(&[("a.assess", &ten), ("b.assess", &forty)]);
    let cache = at(&two, "cache");
    let run = || {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let look = Look {
            width: 80,
            colour: false,
        };
        let arguments = [
            "assess",
            "check",
            "--format",
            "json",
            "--select",
            "files-disagree",
            &at(&two, ""),
        ]
        .map(OsString::from);
        run_with(
            arguments,
            &mut Streams {
                input: &mut &b""[..],
                output: &mut out,
                error: &mut err,
                look,
                error_look: look,
                terminals: Terminals::default(),
                cache: Some(cache.clone().into()),
            },
        );
        String::from_utf8(out).expect("UTF-8")
    };
    let cold = run();
    let report: Value = serde_json::from_str(&cold).expect("JSON");
    is_as_its_schema_says("check", &report);
    let found = &report["diagnostics"];
    assert_eq!(found.as_array().map(Vec::len), Some(1), "{cold}");
    assert_eq!(found[0]["rule"], "files-disagree");
    assert_eq!(run(), cold);
    assert_eq!(run(), cold);
    // The other file is read anew, and this one's findings are those that are kept.
    fs::write(at(&two, "a.assess"), &forty).expect("a file");
    let report: Value = serde_json::from_str(&run()).expect("JSON");
    assert_eq!(report["diagnostics"].as_array().map(Vec::len), Some(0));
}
