//! `assess score --csv`: forecasts of others.

use crate::cli::{assess, assess_with};
use assess::cli::Status;
use assess::record::rules;
use serde_json::Value;

const GAMES: &str = "tests/data/forecasts/nfl_games.csv";

fn report(arguments: &[&str]) -> Value {
    let all = [&["score", "--format=json", "--csv"], arguments].concat();
    let run = assess(&all);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    serde_json::from_str(&run.out).expect("JSON")
}

#[test]
fn games_of_football_by_plain_loops() {
    let report = report(&[
        GAMES,
        "--probability=prob1",
        "--result=prob1_outcome",
        "--date=season",
    ]);
    let text = std::fs::read_to_string(GAMES).expect("the games");
    let rows: Vec<(String, f64, f64)> = text
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split(',').collect();
            let number = |i: usize| cells[i].parse().expect("a number");
            (cells[0].to_owned(), number(4), number(5))
        })
        .collect();
    let n = rows.len() as f64;
    let mean = |of: &dyn Fn(f64, f64) -> f64| rows.iter().map(|r| of(r.1, r.2)).sum::<f64>() / n;
    let brier = mean(&|p, y| (p - y) * (p - y));
    let rate = mean(&|_, y| y);
    let log = mean(&|p, y| -y * p.ln() - (1.0 - y) * (1.0 - p).ln());
    let base = mean(&|_, y| rules::brier_of_one(rate, y));
    let scores = &report["scores"][0];
    let near = |value: &Value, by_hand: f64| {
        let value = value.as_f64().unwrap_or(f64::NAN);
        assert!((value - by_hand).abs() < 1e-9, "{value}, by hand {by_hand}");
    };
    assert_eq!(scores["cases"], 1889);
    near(&scores["brier"], brier);
    near(&scores["log"], log);
    // A draw, 0.5, costs a half nothing.
    let even = mean(&|_, y| rules::brier_of_one(0.5, y));
    near(&scores["skill"][0]["skill"]["value"], 1.0 - brier / even);
    near(&scores["skill"][1]["skill"]["value"], 1.0 - brier / base);
    // pandas and scikit-learn over the same file.
    near(&scores["brier"], 0.220_105_897_176_473_6);
    near(
        &scores["skill"][1]["skill"]["value"],
        0.108_355_140_646_371_2,
    );
    let years = report["groups"].as_array().expect("groups");
    assert_eq!(years.iter().filter(|g| g["by"] == "year").count(), 7);
    // Chances have more decimals than cells: the area is right to a millionth.
    let whole: Vec<&(String, f64, f64)> = rows.iter().collect();
    let (mut wins, mut pairs) = (0.0, 0.0);
    for a in &whole {
        for b in &whole {
            pairs += a.2 * (1.0 - b.2);
            wins += a.2
                * (1.0 - b.2)
                * if a.1 > b.1 {
                    1.0
                } else if a.1 == b.1 {
                    0.5
                } else {
                    0.0
                };
        }
    }
    let area = report["calibration"]["area"].as_f64().expect("an area");
    assert!((area - wins / pairs).abs() < 1e-5, "{area}");
}

#[test]
fn bad_rows_are_named_and_the_others_count() {
    let text = "question,p,happened\nq1,70%,yes\nq2,1.2,no\nq3,0.4\nq4,\"0.25\",0\nq5,x,1\n\"a\nb\",0.5,maybe\nq6,0.1,no\n";
    let arguments = [
        "score",
        "--csv=-",
        "--probability=p",
        "--result=happened",
        "--format=json",
    ];
    let run = assess_with(&arguments, text.as_bytes(), false);
    assert_eq!(run.status, Status::Found);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    assert_eq!(report["scores"][0]["cases"], 3);
    let brier = (0.09 + 0.0625 + 0.01) / 3.0;
    let found = report["scores"][0]["brier"].as_f64().expect("a number");
    assert!((found - brier).abs() < 1e-12);
    for said in [
        "<stdin>:3: `1.2` is no chance between 0 and 1",
        "<stdin>:4: 2 cells where the first line names 3",
        "<stdin>:6: `x` is no number",
        "<stdin>:7: `maybe` is no number",
    ] {
        assert!(run.err.contains(said), "{said} in {}", run.err);
    }
    assert_eq!(run.err.lines().count(), 4);
}

#[test]
fn several_outcomes_in_order() {
    let text = "low,middle,high,result\n0.2,0.5,0.3,middle\n0.6,0.3,0.1,low\n0.6,0.3,0.1,none\n0.9,0.3,0.1,low\n";
    let arguments = [
        "score",
        "--csv=-",
        "--outcomes=low,middle,high",
        "--ordered",
        "--format=json",
    ];
    let run = assess_with(&arguments, text.as_bytes(), false);
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let scores = &report["scores"][0];
    assert_eq!(scores["cases"], 2);
    let near = |key: &str, by_hand: f64| {
        let value = scores[key].as_f64().unwrap_or(f64::NAN);
        assert!(
            (value - by_hand).abs() < 1e-12,
            "{key}: {value}, by hand {by_hand}"
        );
    };
    near("brier", (0.04 + 0.25 + 0.09 + 0.16 + 0.09 + 0.01) / 2.0);
    near("ranked", (0.04 + 0.09 + 0.16 + 0.01) / 2.0);
    near("ranked_per_step", (0.04 + 0.09 + 0.16 + 0.01) / 4.0);
    assert!(run.err.contains("`none` is not one of the outcomes"));
    assert!(run.err.contains("not to 1"));
}

#[test]
fn what_cannot_be_read_ends_with_2() {
    for (arguments, said) in [
        (vec!["score", "--csv", "none.csv"], "there is no file"),
        (vec!["score", "--csv", GAMES], "has no column `probability`"),
        (vec!["score", "--csv", "tests"], "is a folder"),
    ] {
        let run = assess(&arguments);
        assert_eq!(run.status, Status::Failed);
        assert!(run.err.contains(said), "{}", run.err);
    }
    let run = assess_with(&["score", "--csv=-"], b"", false);
    assert_eq!(run.status, Status::Failed);
}
