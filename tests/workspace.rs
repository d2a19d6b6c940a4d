//! The library's one way in gives what the command line gives, from open texts and from the disk.

use crate::cli::{assess, at, folder, printed};
use assess::infer::meter::Meter;
use assess::workspace::{Asking, Checking, ErrorKind, Reporting, Workspace, to_json};

const NATO: &str = "assessments/nato.assess";
const CHANGES: &str = "examples/changes.assess";

/// Every assessment and example that has a verdict.
fn with_a_verdict() -> Vec<String> {
    let of = |folder: &str| {
        let entries = std::fs::read_dir(folder).expect("a folder");
        let paths = entries.map(|e| e.expect("an entry").path().display().to_string());
        let mut paths: Vec<String> = paths.filter(|p| p.ends_with(".assess")).collect();
        paths.sort();
        paths
    };
    let all = of("assessments").into_iter().chain(of("examples"));
    all.filter(|p| !p.ends_with("shared.assess")).collect()
}

fn asking(change: impl FnOnce(&mut Asking)) -> Asking {
    let mut asking = Asking::default();
    change(&mut asking);
    asking
}

#[test]
fn json_is_the_command_lines_byte_for_byte() {
    let disk = Workspace::new();
    for path in with_a_verdict() {
        let found = disk.check(&path).expect("it can be read");
        let printed = assess(&["check", "--no-cache", "--format", "json", &path]).out;
        assert_eq!(to_json(&found), printed, "{path}");
        assert_eq!(found.text("json", 80), Some(printed), "{path}");
        let verdict = disk.evaluate(&path, &Asking::default());
        let printed = assess(&["eval", "--format", "json", &path]).out;
        assert_eq!(to_json(&verdict.expect("a verdict")), printed, "{path}");
    }
    let broken = "outcome a\noutcome a\nprior { a: 30%, c: likley }\n";
    let texts = folder(&[("broken.assess", broken)]);
    let path = at(&texts, "broken.assess");
    let found = disk.check(&path).expect("it can be read");
    assert!(found.has_errors());
    let run = assess(&["check", "--no-cache", "--format", "json", &path]);
    assert_eq!(to_json(&found), run.out);
}

#[test]
fn every_question_is_asked_as_on_the_command_line() {
    let disk = Workspace::new();
    type Case = (fn(&mut Asking), &'static [&'static str]);
    let cases: &[Case] = &[
        (
            |a| a.given = Some("remedy and not rival".into()),
            &["--given", "remedy and not rival"],
        ),
        (
            |a| a.set = vec!["not remedy".into()],
            &["--set", "not remedy"],
        ),
        (
            |a| a.as_of = Some("2024-12".into()),
            &["--as-of", "2024-12"],
        ),
        (
            |a| a.with = vec!["owners for closed: weak".into()],
            &["--with", "owners for closed: weak"],
        ),
        (
            |a| a.without = vec!["owners".into()],
            &["--without", "owners"],
        ),
        (
            |a| a.horizons = vec!["A year".into()],
            &["--horizon", "full"],
        ),
        (
            |a| a.outcomes = vec!["closed".into()],
            &["--outcome", "closed"],
        ),
        (|a| a.vague = Some(3.0), &["--vague", "3dB"]),
        (
            |a| {
                a.draws = Some(500);
                a.seed = Some(9)
            },
            &["--draws", "500", "--seed", "9"],
        ),
        (
            |a| {
                a.method = assess::workspace::Method::Sampled;
                a.samples = Some(4096)
            },
            &["--method", "sampled", "--samples", "4096"],
        ),
    ];
    for (change, arguments) in cases {
        let arguments: Vec<&str> = ["eval", "--format", "json", CHANGES]
            .iter()
            .chain(*arguments)
            .copied()
            .collect();
        let verdict = disk.evaluate(CHANGES, &asking(change)).expect("a verdict");
        assert_eq!(to_json(&verdict), printed(&arguments), "{arguments:?}");
    }
    let explained = disk.explain(CHANGES, &Asking::default()).expect("reasons");
    assert_eq!(
        to_json(&explained),
        printed(&["explain", "--format", "json", CHANGES])
    );
    assert_eq!(
        explained.text("text", 80),
        Some(printed(&["explain", CHANGES]))
    );
    let turned = disk
        .flip(
            CHANGES,
            &Asking::default(),
            Some("closed by full at least 90%"),
        )
        .expect("tips");
    assert_eq!(
        to_json(&turned),
        printed(&[
            "flip",
            "--format",
            "json",
            CHANGES,
            "--until",
            "closed by full at least 90%"
        ])
    );
    let page = disk.report(CHANGES, &Reporting::default()).expect("a page");
    assert_eq!(
        String::from_utf8_lossy(&page),
        printed(&["report", CHANGES])
    );
    let brief = Reporting {
        format: Some("markdown".into()),
        brief: true,
        ..Reporting::default()
    };
    let page = disk.report(CHANGES, &brief).expect("a page");
    assert_eq!(
        String::from_utf8_lossy(&page),
        printed(&["report", "--brief", "--format", "markdown", CHANGES])
    );
}

#[test]
fn an_open_text_wins_over_its_file_and_every_used_one() {
    let main = std::fs::read_to_string("examples/use.assess").expect("a file");
    let shared = std::fs::read_to_string("examples/shared.assess").expect("a file");
    let texts = folder(&[("use.assess", &main), ("shared.assess", &shared)]);
    let (path, used) = (at(&texts, "use.assess"), at(&texts, "shared.assess"));
    let mut files = Workspace::new();
    let before = to_json(&files.check(&path).expect("it can be read"));
    files
        .open(&used, "event nothing_of_the_kind\n")
        .expect("a path");
    assert!(files.check(&path).expect("it can be read").has_errors());
    assert!(files.close(&used) && !files.close(&used));
    assert_eq!(
        to_json(&files.check(&path).expect("it can be read")),
        before
    );
    // Nothing is written, and a file that is not there can be open.
    assert_eq!(std::fs::read_to_string(&used).expect("a file"), shared);
    let new = at(&texts, "new.assess");
    assert!(files.change(&new, "").is_err());
    files.open(&new, &main).expect("a path");
    files.change(&new, &main).expect("it is open");
    let verdict = files.evaluate(&new, &Asking::default()).expect("a verdict");
    let there = files
        .evaluate(&path, &Asking::default())
        .expect("a verdict");
    assert_eq!(
        to_json(&verdict).replace("new.assess", "use.assess"),
        to_json(&there)
    );
}

#[test]
fn in_memory_nothing_is_read() {
    let main = std::fs::read_to_string("examples/use.assess").expect("a file");
    let shared = std::fs::read_to_string("examples/shared.assess").expect("a file");
    let mut files = Workspace::in_memory();
    let unread = files
        .check("examples/use.assess")
        .expect_err("nothing is open");
    assert_eq!(unread.kind(), ErrorKind::Unreadable);
    files.open("examples/use.assess", &main).expect("a path");
    assert!(
        files
            .check("examples/use.assess")
            .expect("it is open")
            .has_errors()
    );
    files
        .open("examples/./shared.assess", &shared)
        .expect("a path");
    let verdict = files.evaluate("examples/use.assess", &Asking::default());
    let printed = printed(&["eval", "--format", "json", "examples/use.assess"]);
    assert_eq!(to_json(&verdict.expect("a verdict")), printed);
    // Its own configuration holds, as on disk.
    let coin = "assessment \"Heads?\" { as of: 2025-01-01 }\nhorizon h: until 2025-02-01\noutcome a\noutcome b\nprior { a: 50%, b: rest }\n";
    files.open("coin.assess", coin).expect("a path");
    let asks_how = |files: &Workspace| {
        let found = files.check("coin.assess").expect("it is open").data();
        let rules = found.diagnostics.iter();
        rules.filter(|d| d.rule == "missing-resolution").count()
    };
    assert_eq!(asks_how(&files), 1);
    files
        .open("assess.toml", "[lint]\nignore = [\"missing-resolution\"]\n")
        .expect("a path");
    assert_eq!(asks_how(&files), 0);
    files
        .open("assess.toml", "[lint]\nignor = 3\n")
        .expect("a path");
    let wrong = files.check("examples/use.assess").expect_err("a mistake");
    assert_eq!(wrong.kind(), ErrorKind::Configuration);
    assert!(
        wrong.findings().has_errors() && wrong.to_string().starts_with("assess.toml:2:"),
        "{wrong}"
    );
    assert!(files.open("../out.assess", "").is_err());
}

#[test]
fn renaming_and_layout_give_texts_and_write_nothing() {
    let shared = "event drift \"Drift\" { chance: 10% by long }\n";
    let main = "use \"s.assess\": drift\nassessment \"A?\" { as of: 2025-01-01 }\nhorizon long: until 2026-01-01\noutcome a\noutcome b\nprior { a: 50%, b: rest }\nchange c { when: drift\n weight for a: weak }\n";
    let mut files = Workspace::in_memory();
    files.open("s.assess", shared).expect("a path");
    files.open("m.assess", main).expect("a path");
    let renamed = files
        .rename("drift", "slide", &["s.assess", "m.assess"])
        .expect("renamed");
    let texts: Vec<&str> = renamed.iter().map(|r| r.text.as_str()).collect();
    assert_eq!(
        texts,
        [
            shared.replacen("drift", "slide", 1),
            main.replace("drift", "slide")
        ]
    );
    let refused = files
        .rename("drift", "a", &["s.assess", "m.assess"])
        .expect_err("it is taken");
    assert_eq!(refused.kind(), ErrorKind::Asked);
    assert!(files.rename("drift", "slide", &["m.assess"]).is_err());
    let laid_out = files.format("m.assess").expect("it is sound");
    assert!(laid_out.contains("\n  weight for a: weak"), "{laid_out}");
    files.open("m.assess", "outcome {{").expect("a path");
    let wrong = files.format("m.assess").expect_err("it is broken");
    assert_eq!(wrong.kind(), ErrorKind::Mistaken);
    assert!(!wrong.findings().data().diagnostics.is_empty());
}

#[test]
fn what_cannot_be_answered_says_why() {
    let disk = Workspace::new();
    let kind = |asking: &Asking| disk.evaluate(NATO, asking).expect_err("refused").kind();
    assert_eq!(
        kind(&asking(|a| a.given = Some("ceasfire".into()))),
        ErrorKind::Asked
    );
    assert_eq!(
        kind(&asking(|a| a.as_of = Some("yesterday".into()))),
        ErrorKind::Asked
    );
    assert_eq!(
        kind(&asking(|a| a.vague = Some(f64::NAN))),
        ErrorKind::Asked
    );
    assert_eq!(
        kind(&asking(|a| a.draws = Some(u32::MAX))),
        ErrorKind::Asked
    );
    assert_eq!(kind(&asking(|a| a.samples = Some(1))), ErrorKind::Asked);
    let shared = disk.evaluate("examples/shared.assess", &Asking::default());
    assert_eq!(shared.expect_err("no verdict").kind(), ErrorKind::Shared);
    let none = disk.check("assessments/none.assess").expect_err("no file");
    assert_eq!(
        none.to_string(),
        "there is no file `assessments/none.assess`"
    );
    let rule = Checking {
        select: vec!["stael".into()],
        ..Checking::default()
    };
    assert!(disk.check_all(&[NATO], &rule).is_err());
    assert_eq!(
        disk.ask(NATO, "exit by long")
            .expect("it has a chance")
            .map(|p| p > 0.1),
        Some(true)
    );
    assert!(disk.ask(NATO, "exit by lung").is_err());
    assert_eq!(
        disk.ask(NATO, "exit by long given ceasefire and not ceasefire")
            .ok()
            .flatten(),
        None
    );
}

#[test]
fn what_nobody_waits_for_can_be_stopped() {
    let text = "assessment \"Q\" { as of: 2025-01-01 }\nhorizon h: until 2026-01-01\noutcome a\noutcome b\n\
                prior { a: 50%, b: 50% }\nevent e { chance: 30% by h, weight for a: strong }\n\
                event g { chance given e: 50% by h, chance otherwise: 5% by h, weight for b: weak }\n";
    let mut files = Workspace::in_memory();
    files.open("q.assess", text).expect("a place");
    let given = asking(|a| a.given = Some("g".to_owned()));
    let meter = Meter::default();
    let whole = files.watched(&meter).evaluate("q.assess", &given);
    let (done, expected) = meter.read();
    assert!(done > 0 && done == expected, "{done} of {expected}");
    let usual = files.evaluate("q.assess", &given).expect("a verdict");
    assert_eq!(to_json(&whole.expect("a verdict")), to_json(&usual));
    meter.stop();
    assert!(files.watched(&meter).evaluate("q.assess", &given).is_err());
}
