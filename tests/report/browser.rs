//! Reports in headless Chromium, driven by `tests/browser/run.mjs`: on a telephone, a tablet and a
//! screen, in light, dark and print, nothing is said on the console, nothing is asked of a network,
//! nothing is wider than the page, nothing overlaps in a chart, and axe-core has no complaint. So are
//! the pages of a folder.
//!
//! Skipped, and said so, where Chromium, Node or the driver's packages are not installed; `.ci/run`
//! installs them. `ASSESS_SCREENSHOTS=FOLDER` keeps pages with their pictures and a PDF of each.

use super::{hostile, large, report};
use crate::cli::assess;
use assess::cli::Status;
use serde_json::json;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const DRIVER: &str = "tests/browser";

/// Where a program is, if it answers.
fn found(names: &[&'static str]) -> Option<&'static str> {
    let answers = |name: &&&str| {
        let run = Command::new(name).arg("--version").output();
        run.is_ok_and(|output| output.status.success())
    };
    names.iter().find(answers).copied()
}

#[test]
fn pages_in_a_browser() {
    let chromium = found(&["chromium", "chromium-browser", "google-chrome"]);
    let node = found(&["node"]);
    let driver = Path::new(DRIVER).join("node_modules/playwright-core");
    let (Some(chromium), Some(node), true) = (chromium, node, driver.exists()) else {
        println!(
            "skipped: pages are opened only where chromium, node and `npm ci` in {DRIVER} are"
        );
        return;
    };
    let path = Command::new("sh")
        .args(["-c", &format!("command -v {chromium}")])
        .output()
        .expect("a shell");
    let path = String::from_utf8(path.stdout).expect("a path");
    let folder = tempfile::TempDir::new().expect("a folder");
    let all = &[360, 800, 1440][..];
    let nato = report("assessments/nato.assess", &[]);
    let alliance = report("tests/suite/eval/alliance.assess", &["--draws=41"]);
    let bidders = report("tests/report/bidders.assess", &["--draws=41"]);
    // With two dissents and two pools, and a quantity as a fan.
    let dissents = report("assessments/iraq-nie-2002.assess", &["--draws=41"]);
    let growth = report("assessments/world-growth-2023.assess", &["--draws=41"]);
    let screenshots = std::env::var("ASSESS_SCREENSHOTS").ok();
    let mut pages = Vec::new();
    for (name, text, widths) in [
        ("nato.html", nato.as_str(), all),
        ("alliance.html", alliance.as_str(), &[360]),
        // Five outcomes, in words of a scale with gaps.
        ("bidders.html", bidders.as_str(), &[390, 1440]),
        ("dissents.html", dissents.as_str(), &[390, 800, 1440]),
        ("growth.html", growth.as_str(), &[390]),
        ("hostile.html", &hostile::page(), all),
        ("large.html", large::page(), all),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, text).expect("a page");
        if let Some(kept) = &screenshots {
            fs::write(Path::new(kept).join(name), text).expect("a page");
        }
        pages.push(json!({"file": file, "widths": widths}));
    }
    for file in site(folder.path()) {
        pages.push(json!({"file": file, "widths": all}));
    }
    pages.push(json!({"file": record(folder.path()), "widths": [390, 1440]}));
    let job = json!({
        "screenshots": screenshots,
        "pages": pages,
    });
    let file = folder.path().join("job.json");
    std::fs::write(&file, job.to_string()).expect("a job");
    let run = Command::new(node)
        .arg("run.mjs")
        .arg(path.trim())
        .arg(&file)
        .current_dir(DRIVER)
        .output()
        .expect("node runs");
    let out = String::from_utf8_lossy(&run.stdout);
    let error = String::from_utf8_lossy(&run.stderr);
    assert_eq!(out.trim(), "81 views", "{error}");
}

/// The page of a track record with every part that it may have.
fn record(folder: &Path) -> PathBuf {
    let past = folder.join("past");
    fs::create_dir(&past).expect("a folder");
    for i in 0..48 {
        let (event, exit) = (5 + (i * 11) % 90, 2 + (i * 7) % 40);
        let came = if i % 5 == 0 { "exit" } else { "stay" };
        let not = if (i * 37 + 11) % 100 < event {
            ""
        } else {
            "not "
        };
        let (year, word) = (2021 + i % 4, ["likely", "unlikely", "30% to 40%"][i % 3]);
        let text = format!(
            "assessment \"A question with number {i}?\" {{\n  author: \"{}\"\n  tags: ferries, t{}\n  \
             as of: {year}-01-01\n}}\nhorizon short: {year}-01-01 to {year}-06-30\noutcome stay\noutcome exit\n\
             prior {{\n  exit: {exit}%\n  stay: rest\n}}\nfactor a_rather_long_name {{ weight for exit: 2:1 }}\n\
             event talk {{ chance: {event}% by short }}\nevent ban {{ chance: {word} by short }}\n\
             quantity growth {{ unit: \"% a year\", is: 1 to 3 }}\njudgement \"It stays\" {{ on: stay in short, says: likely }}\n\
             resolved: growth {}.{}% in short on {year}-07-28\nresolved: {came} in short on {year}-07-{:02}\nresolved: {not}talk by short on {year}-{:02}-01\n\
             resolved: not ban by short on {year}-06-30\n",
            ["Ann Author", "Bob Writer"][i % 2],
            i % 3,
            i % 4,
            i % 10,
            1 + i % 28,
            7 + i % 6,
        );
        fs::write(past.join(format!("q{i:02}.assess")), text).expect("a file");
    }
    let path = past.to_str().expect("UTF-8");
    let run = assess(&["score", path, "--format=html", "--reasons", "--weights"]);
    assert_eq!(run.status, Status::Done, "{}", run.err);
    let page = folder.join("record.html");
    fs::write(&page, &run.out).expect("a page");
    if let Ok(kept) = std::env::var("ASSESS_SCREENSHOTS") {
        fs::write(Path::new(&kept).join("record.html"), run.out).expect("a page");
    }
    page
}

/// The pages of a folder: its index, a shared file, and one that uses it.
fn site(folder: &Path) -> [PathBuf; 3] {
    let files = folder.join("files");
    fs::create_dir(&files).expect("a folder");
    for name in ["shared.assess", "use.assess"] {
        fs::copy(Path::new("examples").join(name), files.join(name)).expect("an example");
    }
    fs::write(files.join("hostile.assess"), hostile::file()).expect("a file");
    fs::write(files.join("broken.assess"), "outcome a\n").expect("a file");
    let site = folder.join("site");
    let run = assess(&[
        "report",
        files.to_str().expect("UTF-8"),
        "-o",
        site.to_str().expect("UTF-8"),
        "--draws=41",
    ]);
    assert_eq!(run.status, Status::Found, "{}", run.err);
    ["index.html", "shared.html", "use.html"].map(|page| site.join(page))
}
