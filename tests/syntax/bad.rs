//! Files with mistakes: each is reported once, in file order, in words that help.

use super::{files, findings, messages};
use assess::diag::{Diagnostic, Fix};
use assess::render::text;
use assess::text::source::{Source, SourceMap};
use std::fmt::Write as _;

/// What a fix does to a text.
fn fixed(source: &str, fix: &Fix) -> String {
    let mut edits = fix.edits.clone();
    edits.sort_by_key(|e| e.span.start);
    let mut out = source.to_owned();
    for edit in edits.iter().rev() {
        out.replace_range(edit.span.start as usize..edit.span.end as usize, &edit.text);
    }
    out
}

/// The lines that a fix changes, as they are afterwards.
fn after(source: &str, diagnostic: &Diagnostic) -> String {
    let mut out = String::new();
    for fix in &diagnostic.fixes {
        let new = fixed(source, fix);
        let old: Vec<&str> = source.lines().collect();
        let kind = if fix.safe { "fix" } else { "unsafe fix" };
        let _ = writeln!(out, "{kind}: {}", fix.message);
        let same = new.lines().zip(&old).take_while(|(a, b)| a == *b).count();
        let count = (new.lines().count() + 1).saturating_sub(old.len()).max(1);
        for line in new.lines().skip(same).take(count) {
            let _ = writeln!(out, "  | {line}");
        }
    }
    out
}

#[test]
fn mistakes_are_explained() {
    let settings = {
        let mut settings = insta::Settings::clone_current();
        settings.set_snapshot_path("../suite/syntax/bad");
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings
    };
    let _scope = settings.bind_to_scope();
    insta::glob!("../suite/syntax/bad", "*.assess", |path| {
        let source = std::fs::read_to_string(path).unwrap();
        let mut map = SourceMap::new();
        let name = path.file_name().unwrap().to_string_lossy();
        map.add(Source::new(name, source.as_str()));
        let mut out = format!("{source}\n{}\n\n", "═".repeat(80));
        for diagnostic in findings(&source) {
            out.push_str(&text::render(
                std::slice::from_ref(&diagnostic),
                &map,
                80,
                false,
            ));
            out.truncate(out.trim_end().len());
            out.push('\n');
            out.push_str(&after(&source, &diagnostic));
            out.push('\n');
        }
        insta::assert_snapshot!("explained", out);
    });
}

/// Applying a safe fix takes its finding away and brings no other.
#[test]
fn safe_fixes_mend_what_they_are_for() {
    let mut fixes = 0;
    for (path, text) in files("tests/suite/syntax/bad") {
        let before = findings(&text);
        for diagnostic in &before {
            for fix in diagnostic.fixes.iter().filter(|f| f.safe) {
                fixes += 1;
                let mended = fixed(&text, fix);
                let left = messages(&mended);
                assert!(
                    left.len() < before.len(),
                    "{}: `{}` mends nothing of: {}\n{mended}\n{left:#?}",
                    path.display(),
                    fix.message,
                    diagnostic.message,
                );
            }
        }
    }
    assert!(fixes > 50);
}

#[test]
fn findings_stand_in_file_order_and_once() {
    for (path, text) in files("tests/suite/syntax/bad") {
        let all: Vec<(u32, u32, String)> =
            assess::syntax::parse(assess::text::source::FileId(0), &text)
                .diagnostics
                .iter()
                .map(|d| (d.primary.span.start, d.primary.span.end, d.message.clone()))
                .collect();
        let mut sorted = all.clone();
        sorted.sort();
        sorted.dedup();
        assert_eq!(all, sorted, "{}", path.display());
        for (start, end, _) in all {
            assert!(start <= end && end as usize <= text.len());
            assert!(text.is_char_boundary(start as usize) && text.is_char_boundary(end as usize));
        }
    }
}

/// What a mistake leaves whole is still known: later passes report nothing for it.
#[test]
fn mended_items_are_known() {
    let text = "horizn short \"S\": 0 to 6 months\nfactor a-b A title {\n  weight for x: 12\n}\n\
                outcome \"No name\"\nevent 2x \"Digits\"\n";
    let parsed = assess::syntax::parse(assess::text::source::FileId(0), text);
    assert_eq!(parsed.ast.items.len(), 2, "{:#?}", parsed.ast.items);
    assert_eq!(parsed.ast.broken_kinds, ["outcome", "event"]);
    // The name that is proposed counts as declared, too.
    let names: Vec<&str> = parsed.ast.broken.iter().map(|n| n.node.as_str()).collect();
    assert_eq!(names, ["name", "2x"]);
}
