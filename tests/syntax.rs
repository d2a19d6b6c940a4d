//! Tests of `syntax`.

use assess::diag::Diagnostic;
use assess::source::{FileId, Source, SourceMap};
use assess::syntax::parse;
use std::path::{Path, PathBuf};

/// One line a finding: where, which rule, what.
fn concise(text: &str) -> Vec<String> {
    let source = Source::new("", text);
    let line = |d: &Diagnostic| {
        let at = source.position(d.primary.span.start as usize);
        format!(
            "{}:{} {}[{}] {}",
            at.line,
            at.column,
            d.severity.as_str(),
            d.rule.name,
            d.message
        )
    };
    let parsed = parse(FileId(0), text);
    parsed.diagnostics.sorted().iter().map(line).collect()
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
        assert_eq!(concise(&text), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn one_map_serves_all_files() {
    let mut map = SourceMap::new();
    let first = map.add(Source::new("a", "outcome x"));
    let second = map.add(Source::new("b", "outcome y"));
    let spans = [(first, "outcome x"), (second, "outcome y")]
        .map(|(id, text)| parse(id, text).ast.items.len());
    assert_eq!(spans, [1, 1]);
}
