//! Reports in headless Chromium, driven by `tests/browser/run.mjs`: on a telephone, a tablet and a
//! screen, in light, dark and print, nothing is said on the console, nothing is asked of a network,
//! nothing is wider than the page, nothing overlaps in a chart, and axe-core has no complaint.
//!
//! Skipped, and said so, where Chromium, Node or the driver's packages are not installed; `.ci/run`
//! installs them. `ASSESS_SCREENSHOTS=FOLDER` keeps pictures and a PDF of each page.

use super::{hostile, large, report};
use serde_json::json;
use std::path::Path;
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
    let page = |name: &str, text: &str, axe: &[&str], widths: &[u32]| {
        let file = folder.path().join(name);
        std::fs::write(&file, text).expect("a page");
        // Six horizons side by side are not for paper as narrow as a telephone.
        let paper = if name == "large.html" { 700 } else { 0 };
        json!({"file": file, "axe": axe, "widths": widths, "paper": paper})
    };
    let all = &[360, 800, 1440][..];
    let nato = report("assessments/nato.assess", &[]);
    let alliance = report("tests/suite/eval/alliance.assess", &["--draws=41"]);
    let job = json!({
        "screenshots": std::env::var("ASSESS_SCREENSHOTS").ok(),
        "pages": [
            page("nato.html", &nato, &["light", "dark", "print"], all),
            page("alliance.html", &alliance, &["light"], &[360]),
            page("hostile.html", &hostile::page(), &["light"], &[360]),
            page("large.html", large::page(), &["light"], all),
        ],
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
    assert_eq!(out.trim(), "23 views", "{error}");
}
