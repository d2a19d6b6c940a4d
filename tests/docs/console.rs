//! Commands shown in a page, run in a folder of their own.
//!
//! In: a line behind `$`. Out: what the built command prints, without colour and 80 columns wide.

use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// A page's folder.
pub(crate) struct Folder(TempDir);

impl Folder {
    /// A folder with copies of `assessments/` and `examples/`.
    pub(crate) fn new(root: &Path) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        for name in ["assessments", "examples"] {
            let to = folder.path().join(name);
            fs::create_dir(&to).expect("folder");
            for entry in fs::read_dir(root.join(name)).expect("folder") {
                let from = entry.expect("entry").path();
                if from.is_file() {
                    fs::copy(&from, to.join(from.file_name().expect("name"))).expect("copy");
                }
            }
        }
        Folder(folder)
    }

    /// Puts a file there.
    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.0.path().join(name), text).expect("write");
    }

    /// Runs `assess …`, by whatever name the page starts it, and gives what it prints and its
    /// exit code.
    pub(crate) fn run(&self, command: &str) -> (String, i32) {
        let arguments = ["assess ", "cargo run -- "]
            .iter()
            .find_map(|name| command.strip_prefix(name))
            .unwrap_or_else(|| panic!("`{command}` is no command of ours"));
        let output = Command::new(env!("CARGO_BIN_EXE_assess"))
            .args(words(arguments))
            .current_dir(self.0.path())
            .env("NO_COLOR", "1")
            .env("COLUMNS", "80")
            .env_remove("CLICOLOR_FORCE")
            .output()
            .expect("the command starts");
        let mut printed = String::from_utf8(output.stdout).expect("UTF-8");
        printed.push_str(&String::from_utf8(output.stderr).expect("UTF-8"));
        (printed, output.status.code().unwrap_or(-1))
    }
}

/// Words of a command line; quotes keep one together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (i, part) in line.split('"').enumerate() {
        if i % 2 == 1 {
            words.push(part.to_string());
        } else {
            words.extend(part.split_whitespace().map(String::from));
        }
    }
    words
}

/// What a page shows of an output: whole lines without blanks at their ends, at most so many.
pub(crate) fn shown(printed: &str, lines: Option<usize>) -> String {
    let printed = printed.trim_end();
    if printed.is_empty() {
        return String::new();
    }
    let all: Vec<&str> = printed.lines().map(str::trim_end).collect();
    let shown = lines.unwrap_or(all.len()).min(all.len());
    let mut out: String = all[..shown].iter().flat_map(|l| [*l, "\n"]).collect();
    if shown < all.len() {
        out.push_str("…\n");
    }
    out
}
