//! Any text at all: parsing returns, and every place that it names lies in the text.

use super::files;
use assess::diag::Diagnostic;
use assess::syntax::parse;
use assess::text::source::FileId;
use proptest::prelude::*;

/// Parses a text and checks all places.
fn check(text: &str) {
    let parsed = parse(FileId(0), text);
    let ok = |start: usize, end: usize| {
        start <= end
            && end <= text.len()
            && text.is_char_boundary(start)
            && text.is_char_boundary(end)
    };
    for node in parsed.tree.iter() {
        assert!(ok(node.range().start, node.range().end), "{text:?}");
    }
    let places = |d: &Diagnostic| {
        let mut spans = vec![d.primary.span];
        spans.extend(d.others.iter().map(|o| o.span));
        spans.extend(d.fixes.iter().flat_map(|f| &f.edits).map(|e| e.span));
        spans
    };
    for diagnostic in parsed.diagnostics.iter() {
        assert_ne!(
            diagnostic.rule.name, "internal-error",
            "{text:?}\n{diagnostic:#?}"
        );
        for span in places(diagnostic) {
            assert!(
                ok(span.start as usize, span.end as usize),
                "{text:?}\n{diagnostic:#?}"
            );
        }
        for fix in &diagnostic.fixes {
            let mut edits = fix.edits.clone();
            edits.sort_by_key(|e| e.span.start);
            assert!(
                edits.windows(2).all(|w| w[0].span.end <= w[1].span.start),
                "{diagnostic:#?}"
            );
        }
    }
}

fn corpus() -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for folder in [
        "tests/suite/syntax/good",
        "tests/suite/syntax/bad",
        "assessments",
        "examples",
    ] {
        all.extend(files(folder).into_iter().map(|(_, text)| text));
    }
    all.extend(files("tests/reference").into_iter().map(|(_, text)| text));
    assert!(all.len() > 10);
    all
}

/// Every file cut off at some 20 places, spread evenly, and the shortest at all of them.
#[test]
fn prefixes() {
    for text in corpus() {
        let step = if text.len() < 400 { 1 } else { text.len() / 20 };
        for at in (0..text.len()).step_by(step) {
            let at = text.floor_char_boundary(at);
            check(&text[..at]);
            if at % 4 == 0 {
                check(&text[at..]);
            }
        }
    }
}

/// Texts that once went wrong.
#[test]
fn found_before() {
    for text in [
        "prior {\n  a: 1% by b\n , c: 2% by b\n  note x\n}",
        "scale s { , a: 1% to 2% }",
        "final outcomée x \"X\"",
        "factor f { weight for a: 2:-1\n weight for b: -1:1 to 2:1 }",
        "assessment \"A\" { as é: 2025 }",
        "event e { as é }",
        "event e { chance%:45% by long }",
        "event e { chance: in a }",
    ] {
        check(text);
    }
}

const PIECES: [&str; 40] = [
    "{",
    "}",
    "\"",
    "\"\"\"",
    "(",
    ")",
    ",",
    ":",
    "\n",
    "#",
    "%",
    "=",
    ";",
    "“",
    "'",
    "//",
    " ",
    "and",
    "or",
    "not",
    "by",
    "in",
    "given",
    "event x ",
    "prior {",
    "weight ",
    "chance",
    "1e999%",
    "40% to 20%",
    "-",
    "1,000",
    "2025-02-30",
    "at least ",
    "\r",
    "\u{FEFF}",
    "é",
    "{{",
    "{a by b}",
    "section \"S\": \"\"\"",
    "expect ",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    /// A few pieces put in, taken out or exchanged anywhere.
    #[test]
    fn mutations(seed in any::<u64>(), edits in prop::collection::vec((any::<u32>(), any::<u32>(), 0usize..PIECES.len(), 0u8..4), 1..6)) {
        let corpus = corpus();
        // Every case changes a few lines of many files.
        for n in 0..16 {
            let file = &corpus[(seed as usize).wrapping_add(n * 7) % corpus.len()];
            let lines: Vec<&str> = file.split_inclusive('\n').collect();
            let first = (seed >> 20) as usize % lines.len();
            let mut text: String = lines[first..].iter().take(25).copied().collect();
            for (place, length, piece, kind) in &edits {
                let from = text.floor_char_boundary(*place as usize % (text.len() + 1));
                let to = text.floor_char_boundary((from + *length as usize % 30).min(text.len())).max(from);
                match kind {
                    0 => text.insert_str(from, PIECES[*piece]),
                    1 => text.replace_range(from..to, ""),
                    2 => text.replace_range(from..to, PIECES[*piece]),
                    _ => {
                        let part = text[from..to].to_owned();
                        let at = text.floor_char_boundary(*length as usize % (text.len() + 1));
                        text.insert_str(at, &part);
                    }
                }
            }
            check(&text);
        }
    }

    /// Pieces of the language in any order.
    #[test]
    fn heaps(pieces in prop::collection::vec(0usize..PIECES.len(), 0..60)) {
        let text: String = pieces.iter().map(|i| PIECES[*i]).collect();
        check(&text);
    }

    /// Any characters.
    #[test]
    fn noise(text in "\\PC{0,200}|[\\x00-\\x7f]{0,200}") {
        check(&text);
    }
}
