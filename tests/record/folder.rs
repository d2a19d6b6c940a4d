//! A folder of thirty settled assessments with a history, every figure by plain loops.

use crate::cli::is_as_its_schema_says;
use crate::cli::repository::Repository;
use serde_json::Value;

const DAYS: [&str; 3] = ["2025-01-01", "2025-04-01", "2025-06-01"];

/// What a file says of the outcomes (stay, fade, exit) and of its event at a revision.
fn said(i: usize, r: usize) -> ([f64; 3], f64) {
    let fade = (10 + (i * 7 + r * 13) % 50) as f64;
    let exit = (1 + (i + r) % 9) as f64;
    let event = (5 + (i * 11 + r * 17) % 90) as f64;
    (
        [(100.0 - fade - exit) / 100.0, fade / 100.0, exit / 100.0],
        event / 100.0,
    )
}

fn revisions(i: usize) -> usize {
    if i.is_multiple_of(3) { 3 } else { 2 }
}

fn settled_day(i: usize) -> String {
    format!("2025-07-{:02}", 1 + i % 10)
}

/// How far each outcome came true; none where the question was void.
fn truth(i: usize) -> Option<[f64; 3]> {
    Some(match i {
        5 => [0.15, 0.7, 0.15],
        6 => return None,
        7 => [0.5, 0.5, 0.0],
        i => match i % 4 {
            0 | 1 => [1.0, 0.0, 0.0],
            2 => [0.0, 1.0, 0.0],
            _ => [0.0, 0.0, 1.0],
        },
    })
}

fn happened(i: usize) -> bool {
    ((i * 37 + 11) % 100) as f64 / 100.0 < said(i, revisions(i) - 1).1
}

fn text(i: usize, r: usize) -> String {
    let ([_, fade, exit], event) = said(i, r);
    let author = ["Ann", "Bob"][i % 2];
    let percent = |p: f64| format!("{}%", (p * 100.0).round());
    format!(
        "assessment \"Question {i}?\" {{\n  author: \"{author}\"\n  as of: 2025-01-01\n}}\n\
         horizon short: 2025-01-01 to 2025-06-30\nhorizon long: 2025-07-01 to 2027-12-31\n\
         outcome stay\noutcome fade\nfinal outcome exit\n\
         prior {{\n  fade: {0} in short, {0} in long\n  exit: {1} by short, {1} by long\n  stay: rest\n}}\n\
         event talk {{ chance: {2} by short, {2} by long }}\n",
        percent(fade),
        percent(exit),
        percent(event),
    )
}

fn resolutions(i: usize) -> String {
    let on = settled_day(i);
    let outcome = match i {
        5 => format!("resolved: fade 70% in short on {on}\n"),
        6 => format!("resolved: void in short on {on}\n"),
        7 => format!("resolved: stay in short on {on}\nresolved: fade in short on {on}\n"),
        i => match i % 4 {
            0 | 1 => format!("resolved: stay in short on {on}\n"),
            2 => format!("resolved: fade in short on {on}\n"),
            _ => format!("resolved: exit by short on {on}\n"),
        },
    };
    match happened(i) {
        // Known by the horizon's end: the day before it.
        true => format!("{outcome}resolved: talk on 2025-06-29\n"),
        false => format!("{outcome}resolved: not talk by short on {on}\n"),
    }
}

fn folder() -> Repository {
    let repository = Repository::new();
    let name = |i: usize| format!("forecasts/q{i:02}.assess");
    for (r, day) in DAYS.iter().enumerate() {
        for i in (0..30).filter(|&i| r < revisions(i)) {
            repository.write(&name(i), &text(i, r));
        }
        repository.commit(day, "Say what is thought");
    }
    for i in 0..30 {
        let last = text(i, revisions(i) - 1);
        repository.write(&name(i), &format!("{last}{}", resolutions(i)));
    }
    repository.commit("2025-08-01", "Say what came true");
    repository
}

fn report(repository: &Repository, more: &[&str]) -> Value {
    let arguments = [&["score", "--format=json"], more].concat();
    let report: Value = serde_json::from_str(&repository.printed(&arguments)).expect("JSON");
    is_as_its_schema_says("score", &report);
    report
}

fn near(value: &Value, expected: f64, what: &str) {
    let value = value.as_f64().unwrap_or(f64::NAN);
    assert!(
        (value - expected).abs() < 1e-12,
        "{what}: {value}, by hand {expected}"
    );
}

/// Chances of yes with what came, of all outcomes and events.
fn pairs() -> Vec<(f64, f64, usize)> {
    let mut pairs = Vec::new();
    for i in 0..30 {
        let (outcomes, event) = said(i, revisions(i) - 1);
        if let Some(truth) = truth(i) {
            for o in 0..3 {
                pairs.push((outcomes[o], truth[o], i));
            }
            // A final outcome that has come settles the later horizon, too.
            if truth[2] == 1.0 {
                for o in 0..3 {
                    pairs.push((outcomes[o], truth[o], i));
                }
            }
        }
        let happened = f64::from(u8::from(happened(i)));
        pairs.push((event, happened, i));
        if happened == 1.0 {
            pairs.push((event, 1.0, i));
        }
    }
    pairs
}

#[test]
fn every_figure_by_plain_loops() {
    let repository = folder();
    let report = report(&repository, &[]);
    assert_eq!(report["void"], 1);
    assert_eq!(report["left_out"].as_array().map(Vec::len), Some(0));
    let (mut brier, mut log, mut spherical, mut n) = (0.0, 0.0, 0.0, 0.0);
    let mut even = 0.0;
    for i in 0..30 {
        let Some(truth) = truth(i) else { continue };
        let times = if truth[2] == 1.0 { 2.0 } else { 1.0 };
        let (p, _) = said(i, revisions(i) - 1);
        let (mut own, mut ln, mut hit, mut norm, mut uniform) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for o in 0..3 {
            own += (p[o] - truth[o]) * (p[o] - truth[o]);
            uniform += (1.0 / 3.0 - truth[o]) * (1.0 / 3.0 - truth[o]);
            if truth[o] > 0.0 {
                ln -= truth[o] * p[o].ln();
            }
            hit += p[o] * truth[o];
            norm += p[o] * p[o];
        }
        n += times;
        brier += times * own;
        log += times * ln;
        spherical += times * hit / norm.sqrt();
        even += times * uniform;
    }
    let outcomes = &report["scores"][0];
    assert_eq!(outcomes["kind"], "outcomes");
    assert_eq!(outcomes["cases"].as_f64(), Some(n));
    near(&outcomes["brier"], brier / n, "Brier score");
    near(&outcomes["log"], log / n, "logarithmic score");
    near(&outcomes["spherical"], spherical / n, "spherical score");
    let skill = &outcomes["skill"][0]["skill"];
    near(
        &skill["value"],
        1.0 - brier / even,
        "skill against even chances",
    );
    let of = |key: &str| skill[key].as_f64().expect("a number");
    assert!(of("low") < of("value") && of("value") < of("high"));
    // Without a reason the prior is the verdict.
    near(
        &outcomes["skill"][1]["skill"]["value"],
        0.0,
        "skill against the prior",
    );

    let pairs = pairs();
    let calibration = &report["calibration"];
    let count = pairs.len() as f64;
    near(&calibration["chances"], count, "chances");
    let (mut brier, mut came, mut z, mut variance) = (0.0, 0.0, 0.0, 0.0);
    for &(p, y, _) in &pairs {
        brier += (p - y) * (p - y) / count;
        came += y / count;
        z += (y - p) * (1.0 - 2.0 * p);
        variance += (1.0 - 2.0 * p) * (1.0 - 2.0 * p) * p * (1.0 - p);
    }
    near(&calibration["brier"], brier, "Brier score of yes");
    near(&calibration["came"], came, "rate");
    near(&calibration["spiegelhalter_z"], z / variance.sqrt(), "z");
    let (mut wins, mut of_pairs) = (0.0, 0.0);
    for &(p, y, _) in &pairs {
        for &(q, x, _) in &pairs {
            of_pairs += y * (1.0 - x);
            wins += y
                * (1.0 - x)
                * if p > q {
                    1.0
                } else if p == q {
                    0.5
                } else {
                    0.0
                };
        }
    }
    near(&calibration["area"], wins / of_pairs, "area");
    let (mut reliability, mut resolution, mut error) = (0.0, 0.0, 0.0);
    for b in 0..10 {
        let (from, to) = (b as f64 / 10.0, (b + 1) as f64 / 10.0);
        let inside = pairs.iter().filter(|c| from <= c.0 && c.0 < to);
        let (mut k, mut said, mut yes) = (0.0, 0.0, 0.0);
        for &(p, y, _) in inside {
            k += 1.0;
            said += p;
            yes += y;
        }
        if k > 0.0 {
            reliability += k / count * (said / k - yes / k) * (said / k - yes / k);
            resolution += k / count * (yes / k - came) * (yes / k - came);
            error += k / count * (said / k - yes / k).abs();
        }
    }
    let murphy = &calibration["murphy"];
    near(&murphy["reliability"], reliability, "reliability");
    near(&murphy["resolution"], resolution, "resolution");
    near(&murphy["uncertainty"], came * (1.0 - came), "uncertainty");
    let rest = brier - (reliability - resolution + came * (1.0 - came));
    near(&murphy["remainder"], rest, "remainder");
    near(
        &calibration["error_equal_width"],
        error,
        "calibration error",
    );
    // Cox's line is where the score is 0.
    let line = |key: &str| calibration[key]["value"].as_f64().expect("a line");
    let (a, b) = (line("intercept"), line("slope"));
    let (mut by_a, mut by_b) = (0.0, 0.0);
    for &(p, y, _) in &pairs {
        let x = (p / (1.0 - p)).ln();
        let miss = y - 1.0 / (1.0 + (-a - b * x).exp());
        by_a += miss;
        by_b += miss * x;
    }
    assert!(by_a.abs() < 1e-9 && by_b.abs() < 1e-9, "{by_a} {by_b}");

    for (name, odd) in [("Ann", 0), ("Bob", 1)] {
        let groups = report["groups"].as_array().expect("groups");
        let group = groups
            .iter()
            .find(|g| g["by"] == "author" && g["name"] == name);
        let (mut sum, mut k) = (0.0, 0.0);
        for &(p, y, i) in &pairs {
            if i % 2 == odd {
                sum += (p - y) * (p - y);
                k += 1.0;
            }
        }
        near(&group.expect("an author")["brier"], sum / k, name);
    }
}

#[test]
fn days_count_as_long_as_a_forecast_stood() {
    let repository = folder();
    let report = report(&repository, &["--time-weighted"]);
    let cases = report["cases"].as_array().expect("cases");
    // Days from 1 January to 1 April, from there to 1 June, from there to July.
    for (i, days) in [
        (0, vec![90.0, 61.0, 30.0]),
        (1, vec![90.0, 92.0]),
        (3, vec![90.0, 61.0, 33.0]),
    ] {
        let file = format!("forecasts/q{i:02}.assess");
        let case = cases
            .iter()
            .find(|c| c["file"] == *file && c["kind"] == "outcomes" && c["horizon"] == "short");
        let case = case.expect("a case");
        let truth = truth(i).expect("an answer");
        let (mut brier, mut all) = (0.0, 0.0);
        for (r, days) in days.iter().enumerate() {
            let (p, _) = said(i, r);
            near(&case["forecasts"][r]["days"], *days, &file);
            for o in 0..3 {
                brier += days * (p[o] - truth[o]) * (p[o] - truth[o]);
            }
            all += days;
        }
        near(&case["brier"], brier / all, &file);
    }
}

#[test]
fn another_day_and_another_order() {
    let repository = folder();
    let early = report(&repository, &["--as-of", "2025-02-01"]);
    let case = &early["cases"][0];
    let (p, _) = said(0, 0);
    near(
        &case["forecasts"][0]["probabilities"][0],
        p[0],
        "as of February",
    );
    let forth = report(
        &repository,
        &["forecasts/q03.assess", "forecasts/q11.assess"],
    );
    let back = report(
        &repository,
        &["forecasts/q11.assess", "forecasts/q03.assess"],
    );
    assert_eq!(forth, back);
    let none = report(&repository, &["--as-of", "2024-01-01"]);
    assert_eq!(none["cases"].as_array().map(Vec::len), Some(0));
    assert!(none["left_out"].as_array().is_some_and(|l| l.len() > 50));
}

#[test]
fn a_renamed_file_keeps_its_history() {
    let repository = folder();
    let before = report(&repository, &["forecasts/q02.assess"]);
    repository.git(
        "2025-08-02",
        &["mv", "forecasts/q02.assess", "moved.assess"],
    );
    repository.commit("2025-08-02", "Move a file");
    let after = report(&repository, &["moved.assess"]);
    assert_eq!(before["scores"], after["scores"]);
    assert_eq!(before["cases"][0]["commit"], after["cases"][0]["commit"]);
}

#[test]
fn a_file_without_history_is_scored_without_what_came_to_be_known() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let path = folder.path().join("a.assess");
    std::fs::write(&path, format!("{}{}", text(8, 0), resolutions(8))).expect("a file");
    let output = crate::cli::repository::assess_in(folder.path(), &["score", "--format=json"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["without_history"].as_array().map(Vec::len), Some(1));
    let (p, _) = said(8, 0);
    let cases = report["cases"].as_array().expect("cases");
    let case = cases.iter().find(|c| c["kind"] == "outcomes");
    near(
        &case.expect("a case")["forecasts"][0]["probabilities"][0],
        p[0],
        "as written",
    );
}

#[test]
fn every_format_says_the_same() {
    let repository = folder();
    let text = repository.printed(&["score"]);
    let markdown = repository.printed(&["score", "--format=markdown"]);
    let csv = repository.printed(&["score", "--format=csv"]);
    for said in [
        "1 question was void",
        "several came true",
        "a share is left over",
    ] {
        assert!(text.replace('\n', " ").contains(said), "{said}");
        assert!(markdown.contains(said), "{said}");
    }
    assert_eq!(
        csv.lines()
            .filter(|l| l.contains("q00.assess,event"))
            .count(),
        // What has happened has also happened by the end of the later horizon.
        2
    );
    insta::assert_snapshot!("text", text);
}

#[test]
fn the_reliability_diagram_is_one_drawing_with_words() {
    let repository = folder();
    repository.printed(&["score", "--chart=record.svg"]);
    let svg = std::fs::read_to_string(repository.path("record.svg")).expect("a drawing");
    let drawing = roxmltree::Document::parse(&svg).expect("XML");
    let marks = drawing.descendants().filter(|n| n.has_tag_name("circle"));
    let text = repository.printed(&["score"]);
    let table = text.split("Calibration\n").nth(1).expect("a table");
    let rows = table.lines().skip(1).take_while(|l| !l.is_empty()).count();
    assert_eq!(marks.count(), rows);
    assert!(svg.contains("came true"));
}
