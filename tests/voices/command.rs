//! Views, pools and judgements on the command line.

use super::ORIGINS;
use crate::cli::{assess, is_as_its_schema_says, printed};
use assess::cli::Status;
use serde_json::Value;

const IRAQ: &str = "assessments/iraq-nie-2002.assess";

#[test]
fn eval_sets_views_beside_each_other() {
    insta::assert_snapshot!("eval", printed(&["eval", ORIGINS]));
    insta::assert_snapshot!(
        "eval_markdown",
        printed(&["eval", ORIGINS, "--format=markdown"])
    );
    insta::assert_snapshot!("eval_under", printed(&["eval", ORIGINS, "--under", "fbi"]));
    insta::assert_snapshot!("judgements", printed(&["eval", ORIGINS, "--judgements"]));
    let csv = printed(&["eval", ORIGINS, "--format=csv"]);
    let lines: Vec<&str> = csv
        .lines()
        .filter(|l| l.contains(",view,") || l.contains(",pool,"))
        .collect();
    assert_eq!(lines.len(), 2 * 4 * 3, "{csv}");
}

#[test]
fn json_is_as_its_schema_says() {
    let report: Value =
        serde_json::from_str(&printed(&["eval", ORIGINS, "--format=json"])).expect("JSON");
    is_as_its_schema_says("eval", &report);
    let of = &report["assessments"][0];
    assert_eq!(of["views"][0]["id"], "fbi");
    assert_eq!(of["views"][0]["without"][0], "rumour");
    assert_eq!(
        of["pools"][0]["weights"],
        serde_json::json!([2.0, 1.0, 1.0])
    );
    assert_eq!(of["judgements"][0]["confidence"], "low");
    // What is asked of a view is the view's own verdict.
    let asked = printed(&["eval", ORIGINS, "--under", "fbi", "--format=json"]);
    let asked: Value = serde_json::from_str(&asked).expect("JSON");
    let asked = &asked["assessments"][0];
    assert_eq!(asked["asked"]["view"], "fbi");
    assert_eq!(
        asked["horizons"][1]["outcomes"][1]["probability"],
        of["views"][0]["horizons"][1]["outcomes"][1]["probability"]
    );
}

#[test]
fn why_two_disagree() {
    insta::assert_snapshot!("diff", printed(&["diff", ORIGINS, "--view", "fbi"]));
    let report = printed(&["diff", ORIGINS, "--view", "fbi", "--format=json"]);
    let report: Value = serde_json::from_str(&report).expect("JSON");
    is_as_its_schema_says("diff", &report);
    insta::assert_snapshot!(
        "explain",
        printed(&["explain", ORIGINS, "--view", "who", "--brief"])
    );
}

#[test]
fn a_view_that_is_not_there() {
    let run = assess(&["diff", ORIGINS, "--view", "fbbi"]);
    assert_eq!(run.status, Status::Failed);
    insta::assert_snapshot!("no_such_view", run.err);
    for arguments in [
        &["eval", ORIGINS, "--under", "fbbi"][..],
        &["explain", ORIGINS, "--view", "all"],
        &["diff", ORIGINS, ORIGINS, "--view", "fbi"],
        &["report", ORIGINS, "--under", "fbbi"],
    ] {
        let run = assess(arguments);
        assert_eq!(run.status, Status::Failed, "{arguments:?}");
        assert!(
            run.err.contains("fbi") || run.err.contains("one file"),
            "{}",
            run.err
        );
    }
}

#[test]
fn judgements_are_tests() {
    let text = printed(&["test", ORIGINS]);
    assert!(text.contains("7 passed") || text.contains('7'), "{text}");
    let listed = printed(&["test", ORIGINS, "--format=json"]);
    assert_eq!(listed.matches("judgement::").count(), 2, "{listed}");
}

#[test]
fn the_report_begins_with_judgements() {
    let text = printed(&["report", ORIGINS, "--format=markdown"]);
    let first = text.find("\n## ").expect("a heading");
    assert!(text[first..].starts_with("\n## Key judgements"), "{text}");
    insta::assert_snapshot!("report", text);
    let brief = printed(&["report", ORIGINS, "--format=markdown", "--brief"]);
    assert!(brief.contains("## Key judgements"), "{brief}");
    let json: Value =
        serde_json::from_str(&printed(&["report", ORIGINS, "--format=json"])).expect("JSON");
    is_as_its_schema_says("report", &json);
    for lang in ["de", "fr", "es"] {
        let page = printed(&["report", ORIGINS, "--lang", lang]);
        assert!(
            page.contains("id=\"views\"") && page.contains("id=\"judgements\""),
            "{lang}"
        );
    }
    let page = printed(&["report", ORIGINS, "--under", "fbi", "--format=markdown"]);
    assert!(page.contains("One element"), "{page}");
}

#[test]
fn several_files_as_one() {
    let files = [
        "tests/suite/voices/files/okoro.assess",
        "tests/suite/voices/files/vance.assess",
    ];
    let pool = |more: &[&str]| printed(&[&["pool", files[0], files[1]], more].concat());
    insta::assert_snapshot!("pool", pool(&["--weights", "2,1"]));
    insta::assert_snapshot!(
        "pool_markdown",
        pool(&["--format=markdown", "--method=linear"])
    );
    insta::assert_snapshot!("pool_csv", pool(&["--format=csv", "--extremise=2"]));
    let report: Value = serde_json::from_str(&pool(&["--format=json"])).expect("JSON");
    is_as_its_schema_says("pool", &report);
    let at = &report["horizons"][0]["outcomes"][0];
    let each: Vec<f64> = at["each"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(Value::as_f64)
        .collect();
    let odds = |p: f64| (p / (1.0 - p)).ln();
    let mean = (odds(each[0]) + odds(each[1])) / 2.0;
    let pooled = at["probability"].as_f64().expect("a number");
    assert!((odds(pooled) - mean).abs() < 1e-12);
    // The clauses' shares make up the difference.
    let apart = &report["horizons"][0]["disagreement"];
    let shares: f64 = apart["clauses"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|c| c["points"].as_f64())
        .sum();
    assert!((shares - apart["points"].as_f64().expect("a number")).abs() < 1e-6);
}

#[test]
fn files_that_do_not_match_say_where() {
    let folder = "tests/suite/voices/files";
    let file = |name: &str| format!("{folder}/{name}.assess");
    let run = assess(&["pool", &file("okoro"), &file("other")]);
    assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
    insta::assert_snapshot!("unmatched", run.err);
    for (arguments, says) in [
        (
            &["pool", "tests/suite/voices/files/okoro.assess"][..],
            "two files or more",
        ),
        (
            &[
                "pool",
                "tests/suite/voices/files/okoro.assess",
                "tests/suite/voices/files/vance.assess",
                "--weights",
                "1,2,3",
            ],
            "3 weights for 2 files",
        ),
        (
            &[
                "pool",
                "tests/suite/voices/files/okoro.assess",
                "tests/suite/voices/files/vance.assess",
                "--weights",
                "1,0",
            ],
            "above 0",
        ),
        (
            &[
                "pool",
                "tests/suite/voices/files/okoro.assess",
                "tests/suite/voices/files/none.assess",
            ],
            "none.assess",
        ),
    ] {
        let run = assess(arguments);
        assert_eq!(run.status, Status::Failed, "{}", run.err);
        assert!(run.err.contains(says), "{}", run.err);
    }
}

#[test]
fn the_estimate_with_two_dissents() {
    let text = printed(&["eval", IRAQ]);
    assert!(text.contains("inr") && text.contains("seats"), "{text}");
    let diff = printed(&["diff", IRAQ, "--view", "inr"]);
    assert!(diff.contains("rockets"), "{diff}");
}

#[test]
fn what_else_is_asked_is_asked_of_the_view() {
    let eval = |more: &[&str]| {
        let text = printed(&[&["eval", ORIGINS, "--format=json"], more].concat());
        let report: Value = serde_json::from_str(&text).expect("JSON");
        let at = &report["assessments"][0]["horizons"][1]["outcomes"][1];
        at["probability"].as_f64().expect("a number")
    };
    let plain = eval(&["--under", "fbi"]);
    // By its title, too.
    assert_eq!(eval(&["--under", "One element"]).to_bits(), plain.to_bits());
    assert!(eval(&["--under", "fbi", "--with", "leak: 1% by long"]) < plain);
    assert!(eval(&["--under", "fbi", "--set", "confession"]) > plain);
    assert!(eval(&["--under", "fbi", "--given", "not confession"]) < plain);
    // What only the view has is unknown to the file.
    let run = assess(&["eval", ORIGINS, "--set", "confession"]);
    assert_eq!(run.status, Status::Failed, "{}", run.err);
}

#[test]
fn how_far_voices_lie_apart_is_drawn() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let to = |name: &str| folder.path().join(name).to_str().expect("UTF-8").to_owned();
    let views = to("views.svg");
    let run = assess(&["report", IRAQ, "--draws=41", "--chart=views", "-o", &views]);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    let svg = std::fs::read_to_string(&views).expect("a chart");
    // A mark in the legend and one for each of two outcomes, of three voices and two pools.
    let marks = |class: &str| svg.matches(&format!("class=\"{class}\"")).count();
    assert_eq!((marks("m"), marks("o")), (3 * 3, 2 * 3), "{svg}");
    for text in ["The file itself", "Department of Energy", "All three alike"] {
        assert!(svg.contains(&format!(">{text}</text>")), "{text}: {svg}");
    }
    let pooled = to("pool.svg");
    let files = ["okoro", "vance"].map(|n| format!("tests/suite/voices/files/{n}.assess"));
    let run = assess(&["pool", &files[0], &files[1], "--chart", &pooled]);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    let svg = std::fs::read_to_string(&pooled).expect("a chart");
    assert!(
        svg.contains(">okoro</text>") && svg.contains(">pooled</text>"),
        "{svg}"
    );
    let none = assess(&[
        "report",
        "assessments/nato.assess",
        "--chart=views",
        "--draws=41",
    ]);
    assert!(none.err.contains("it has no view"), "{}", none.err);
}
