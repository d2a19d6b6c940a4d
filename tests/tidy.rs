//! What every source file keeps to, and what no file in the project may say.

use std::fs;
use std::path::{Path, PathBuf};

/// The longest that a source file may be, in lines.
const LONGEST: usize = 700;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(under: &str, endings: &[&str]) -> Vec<PathBuf> {
    let found: Vec<PathBuf> = ignore::WalkBuilder::new(root().join(under))
        .hidden(false)
        .filter_entry(|e| e.file_name() != ".git")
        .sort_by_file_path(|a, b| a.cmp(b))
        .build()
        .filter_map(Result::ok)
        .map(ignore::DirEntry::into_path)
        .filter(|p| p.is_file() && endings.iter().any(|e| p.to_string_lossy().ends_with(e)))
        .collect();
    assert!(
        !found.is_empty(),
        "nothing ends in {endings:?} under {under}"
    );
    found
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

#[test]
fn source_files_say_what_they_are() {
    for path in files("src", &[".rs"]) {
        assert!(
            read(&path).starts_with("//! "),
            "{} does not begin with `//!`",
            path.display()
        );
    }
}

#[test]
fn source_files_are_small() {
    let mut lengths = Vec::new();
    for under in ["src", "tests", "benches", "examples"] {
        if !root().join(under).exists() {
            continue;
        }
        for path in files(under, &[".rs", ".assess"]) {
            // Fixtures may be of any length, and no text.
            if path.components().any(|c| c.as_os_str() == "suite") {
                continue;
            }
            let lines = read(&path).lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines", path.display());
            if under == "src" {
                lengths.push(lines);
            }
        }
    }
    lengths.sort_unstable();
    let (median, p90) = (lengths[lengths.len() / 2], lengths[lengths.len() * 9 / 10]);
    assert!(median <= 160, "the median source file has {median} lines");
    assert!(p90 <= 400, "one source file in ten has over {p90} lines");
}

#[test]
fn numbers_come_from_the_same_functions_everywhere() {
    // A platform's own `exp` or `ln` may differ in the last bit from another's.
    for part in [
        "infer",
        "model",
        "numeric",
        "resolve",
        "scales",
        "strengths",
    ] {
        if !root().join("src").join(part).exists() {
            continue;
        }
        for path in files(&format!("src/{part}"), &[".rs"]) {
            for call in [
                ".exp()",
                ".ln()",
                ".powf(",
                ".log10()",
                ".exp_m1()",
                ".ln_1p()",
                ".log2()",
            ] {
                assert!(
                    !read(&path).contains(call),
                    "{} calls {call}: use libm",
                    path.display()
                );
            }
        }
    }
}

#[test]
fn one_place_rounds_numbers_to_decimals() {
    for path in files("src", &[".rs"]) {
        if path.ends_with("decimal.rs") {
            continue;
        }
        let text = read(&path);
        // What tests say of failures is nobody's output.
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in text.lines().filter(|l| !l.trim_start().starts_with("//")) {
            let after: Vec<&str> = line.split(":.").skip(1).collect();
            let rounds = after.iter().any(|rest| {
                let spec: String = rest.chars().take_while(|c| *c != '}').collect();
                let known = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '*');
                rest.contains('}') && !spec.is_empty() && spec.chars().all(known)
            });
            assert!(
                !rounds,
                "{} rounds by itself, where `decimal` does: {line}",
                path.display()
            );
        }
    }
    for path in files("src/render", &[".html", ".md"]) {
        let text = read(&path);
        assert!(!text.contains("|round"), "{}", path.display());
    }
}

#[test]
fn no_file_names_a_machine() {
    let home = ["/ro", "ot/"].concat();
    let work = ["/wo", "rk/"].concat();
    let temp = ["/tm", "p/"].concat();
    let endings = [
        ".rs", ".md", ".toml", ".assess", ".snap", ".pest", ".yml", ".yaml", ".json", "run",
    ];
    for path in files(".", &endings) {
        if path.file_name().is_some_and(|n| n == "Cargo.lock") {
            continue;
        }
        // A fixture may be no text at all.
        let text = String::from_utf8_lossy(&fs::read(&path).expect("a file")).into_owned();
        for machine in [&home, &work, &temp] {
            assert!(
                !text.contains(machine.as_str()),
                "{} names {machine}",
                path.display()
            );
        }
    }
}

#[test]
fn every_rule_stands_in_a_file_of_its_name() {
    for rule in assess::lint::rules::ALL {
        let file = format!("{}.rs", rule.name.replace('-', "_"));
        let folders = ["src/diag/rules", "src/lint/rules"].map(|folder| root().join(folder));
        assert!(
            folders.iter().any(|folder| folder.join(&file).exists()),
            "{} has no file {file}",
            rule.name
        );
    }
}
