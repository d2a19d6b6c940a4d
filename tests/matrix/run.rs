//! Each command on each file, as a process of its own.

use super::made::{self, Made};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// An answer takes less than this on the machine that tests run on, which is not optimised for: a release build takes a
/// tenth.
const ANSWER: Duration = Duration::from_secs(100);

/// A word on why there is none.
const REFUSAL: Duration = Duration::from_secs(10);

/// Kilobytes at the peak.
const MEMORY: u64 = 300_000;

#[test]
#[ignore = "slow; .ci/run runs it"]
fn every_command_answers_on_every_structure() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut wrong = Vec::new();
    // One structure in so many; all unless said.
    let share = std::env::var("MATRIX").ok().and_then(|n| n.parse().ok());
    for made in made::all().into_iter().step_by(share.unwrap_or(1)) {
        wrong.extend(all(folder.path(), &made));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every command on one file; what went wrong.
fn all(folder: &Path, made: &Made) -> Vec<String> {
    let path = folder.join(format!("{}.assess", made.name));
    let other = folder.join("other.assess");
    std::fs::write(&path, &made.text).expect("a file");
    let moved = made
        .text
        .replacen("weight for stay: 3 dB", "weight for stay: 5 dB", 1);
    std::fs::write(&other, moved).expect("a file");
    let (file, other) = (path.display().to_string(), other.display().to_string());
    let page = folder.join("page.html").display().to_string();
    let commands: [&[&str]; 7] = [
        &["check", "--no-cache", &file],
        &["eval", &file],
        &["explain", &file],
        &["flip", &file],
        &["report", &file, "-o", &page],
        &["test", &file],
        &["diff", &file, &other],
    ];
    let found = commands
        .iter()
        .filter_map(|command| one(&made.name, command));
    found.collect()
}

fn one(name: &str, command: &[&str]) -> Option<String> {
    // An optimised build where there is one.
    let built = std::env::var_os("ASSESS");
    let mut run = Command::new(built.unwrap_or_else(|| env!("CARGO_BIN_EXE_assess").into()));
    let mut child = run
        .args(command)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("it starts");
    let (start, mut memory) = (Instant::now(), 0);
    let status = loop {
        if let Some(status) = child.try_wait().expect("it runs") {
            break Some(status);
        }
        if start.elapsed() > ANSWER {
            let _ = child.kill();
            let _ = child.wait();
            break None;
        }
        memory = memory.max(peak(&child));
        std::thread::sleep(Duration::from_millis(10));
    };
    let (took, what) = (start.elapsed(), command[0]);
    eprintln!(
        "{name} {what}: {:.2} s, {} MB",
        took.as_secs_f64(),
        memory / 1024
    );
    let Some(status) = status else {
        return Some(format!("{name}: `{what}` does not end"));
    };
    let refused = !status.success() && what != "test" && what != "check";
    if refused && took > REFUSAL {
        return Some(format!("{name}: `{what}` says no after {took:?}"));
    }
    (memory > MEMORY).then(|| format!("{name}: `{what}` takes {memory} kB"))
}

/// The most memory that a process has had so far, in kilobytes; 0 where the system does not say.
fn peak(child: &Child) -> u64 {
    let status =
        std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
    let line = status.lines().find(|l| l.starts_with("VmHWM"));
    let number = line.and_then(|l| l.split_whitespace().nth(1));
    number.and_then(|n| n.parse().ok()).unwrap_or(0)
}
