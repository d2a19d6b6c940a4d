//! Tests of `syntax`.

use assess::diag::{Diagnostic, Severity};
use assess::source::{FileId, Source, SourceMap};
use assess::syntax::parse;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A finding in plain lines: place, rule and message; label, other places, help, fixes.
fn plain(source: &Source, d: &Diagnostic) -> String {
    let place = |span: assess::source::Span| {
        let start = source.position(span.start as usize);
        let end = source.position(span.end as usize);
        let text = &source.text[start.offset..end.offset];
        let text = text.lines().next().unwrap_or_default();
        format!("{}:{} ‹{text}›", start.line, start.column)
    };
    let severity = match d.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "note",
    };
    let mut out = format!(
        "{} {severity}[{}] {}\n",
        place(d.primary.span),
        d.rule.name,
        d.message
    );
    if !d.primary.message.is_empty() {
        let _ = writeln!(out, "    - {}", d.primary.message);
    }
    for other in &d.others {
        let _ = writeln!(out, "    - {}: {}", place(other.span), other.message);
    }
    if let Some(help) = &d.help {
        let _ = writeln!(out, "    help: {help}");
    }
    for fix in &d.fixes {
        let edits: Vec<String> = fix
            .edits
            .iter()
            .map(|e| format!("{} → ‹{}›", place(e.span), e.text.escape_debug()))
            .collect();
        let safe = if fix.safe { "fix" } else { "unsafe fix" };
        let _ = writeln!(out, "    {safe}: {} ({})", fix.message, edits.join("; "));
    }
    out
}

fn report(text: &str) -> String {
    let source = Source::new("", text);
    let found = parse(FileId(0), text).diagnostics.sorted();
    found.iter().map(|d| plain(&source, d)).collect()
}

/// The `.assess` files of a folder of the tests, in order.
fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "assess"))
        .collect();
    files.sort();
    files
}

#[test]
fn correct_files_have_no_mistakes() {
    let good = files("tests/suite/syntax/good");
    assert!(!good.is_empty());
    for path in good {
        let text = std::fs::read_to_string(&path).unwrap();
        assert_eq!(report(&text), "", "{}", path.display());
    }
}

#[test]
fn bad_files_are_explained() {
    insta::glob!("suite/syntax/bad/*.assess", |path| {
        let text = std::fs::read_to_string(path).unwrap();
        insta::assert_snapshot!(report(&text));
    });
}

#[test]
fn one_map_serves_all_files() {
    let mut map = SourceMap::new();
    let first = map.add(Source::new("a", "outcome x"));
    let second = map.add(Source::new("b", "outcome y"));
    let items = [(first, "outcome x"), (second, "outcome y")]
        .map(|(id, text)| parse(id, text).ast.items.len());
    assert_eq!(items, [1, 1]);
}
