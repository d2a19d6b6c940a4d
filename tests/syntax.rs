//! Tests of `syntax`.

mod any_text;
mod bad;
mod braces;
mod good;
mod limits;
mod linear;
mod pieces;

use assess::diag::Diagnostic;
use assess::syntax::parse;
use assess::text::source::FileId;
use std::path::{Path, PathBuf};

/// The findings of a text.
fn findings(text: &str) -> Vec<Diagnostic> {
    parse(FileId(0), text).diagnostics.sorted()
}

/// The rules and messages of a text's findings, a line each.
fn messages(text: &str) -> Vec<String> {
    findings(text)
        .iter()
        .map(|d| format!("{}: {}", d.rule.name, d.message))
        .collect()
}

/// The `.assess` files of a folder of the project, in order, with their texts.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<(PathBuf, String)> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "assess"))
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            (path, text)
        })
        .collect();
    files.sort();
    files
}
