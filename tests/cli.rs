//! The commands, from arguments to output and exit code: below the binary, on buffers.

mod across;
mod agenda;
mod as_of;
mod batch;
mod binary;
mod chart;
mod check;
mod ci;
mod diff;
mod eval;
mod explain;
mod fmt;
mod help;
mod hooks;
#[cfg(unix)]
mod kill;
#[cfg(unix)]
mod links;
mod linting;
mod log;
mod mv;
mod new;
mod other_tables;
mod report_files;
pub(crate) mod repository;
mod site;
mod spreadsheet;
mod testing;
mod walls;
mod whatif;

use crate::running;
use assess::cli::Status;
use serde_json::Value;
use std::fs;
use tempfile::TempDir;

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) status: Status,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Runs `assess` with these arguments and nothing on standard input, 80 columns wide and plain.
pub(crate) fn assess(arguments: &[&str]) -> Run {
    assess_with(arguments, b"", false)
}

/// What a run prints that ends well and says nothing else.
pub(crate) fn printed(arguments: &[&str]) -> String {
    let run = assess(arguments);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    run.out
}

/// Holds the JSON of a command against the schema that `assess schema` prints for it.
pub(crate) fn is_as_its_schema_says(command: &str, report: &Value) {
    let schema = serde_json::from_str(&assess(&["schema", command]).out).expect("JSON");
    let validator = jsonschema::validator_for(&schema).expect("a schema");
    let errors: Vec<String> = validator
        .iter_errors(report)
        .map(|e| e.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

/// A folder with files of these names and texts.
pub(crate) fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

/// The path of a file in it, as an argument.
pub(crate) fn at(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_str().expect("UTF-8").to_owned()
}

pub(crate) fn assess_with(arguments: &[&str], input: &[u8], colour: bool) -> Run {
    let (status, out, err) = running::run(arguments, input, colour);
    Run {
        status,
        out: String::from_utf8(out).expect("output is UTF-8"),
        err,
    }
}
