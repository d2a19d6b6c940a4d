//! Scores that others published for the same forecasts.

use crate::cli::assess_with;
use assess::cli::Status;
use jiff::civil::{Date, date};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;

/// The Brier score of each week of American football in 2015, by `assess score --csv`.
fn by_week() -> BTreeMap<i32, (u64, f64)> {
    let games = std::fs::read_to_string("tests/data/forecasts/nfl_games.csv").expect("the games");
    let mut table = String::from("week,probability,result\n");
    for line in games.lines().filter(|line| line.starts_with("2015,")) {
        let cells: Vec<&str> = line.split(',').collect();
        let day: Date = cells[1].parse().expect("a date");
        // Weeks of play begin on a Tuesday.
        let week = (day - date(2015, 9, 8)).get_days() / 7 + 1;
        writeln!(table, "{week},{},{}", cells[4], cells[5]).expect("a text grows");
    }
    let run = assess_with(
        &["score", "--csv=-", "--group=week", "--format=json"],
        table.as_bytes(),
        false,
    );
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    let report: Value = serde_json::from_str(&run.out).expect("JSON");
    let groups = report["groups"].as_array().expect("groups").iter();
    groups
        .filter(|group| group["by"] == "group")
        .map(|group| {
            let week = group["name"].as_str().expect("a name").parse();
            let score = group["brier"].as_f64().expect("a score");
            let cases = group["cases"].as_u64().expect("a count");
            (week.expect("a week"), (cases, score))
        })
        .collect()
}

#[test]
fn a_season_of_football_week_by_week() {
    let found = by_week();
    let text = std::fs::read_to_string("tests/data/forecasts/nfl_2015_weeks.csv").expect("scores");
    let published: BTreeMap<i32, f64> = text
        .lines()
        .skip(1)
        .map(|line| {
            let (week, score) = line.split_once(',').expect("two cells");
            (
                week.parse().expect("a week"),
                score.parse().expect("a score"),
            )
        })
        .collect();
    assert!(found.keys().eq(published.keys()), "{found:?}");
    assert_eq!(found.values().map(|(games, _)| games).sum::<u64>(), 267);
    for (week, (games, score)) in found {
        // They read the chances for themselves, of which one is all that the last week has.
        let near = if games == 1 { 0.006 } else { 0.0025 };
        let theirs = published[&week];
        assert!(
            (score - theirs).abs() < near,
            "week {week}: {score}, published {theirs}"
        );
    }
}
