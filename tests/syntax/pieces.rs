//! Conditions, queries, settings and expectations given on the command line.

use assess::diag::Diagnostics;
use assess::syntax::{parse_expect, parse_prop, parse_query, parse_set};
use assess::text::source::FileId;

const FILE: FileId = FileId(3);

fn said(diagnostics: Diagnostics) -> Vec<String> {
    diagnostics
        .sorted()
        .into_iter()
        .map(|d| d.message)
        .collect()
}

#[test]
fn pieces_are_read() {
    for text in ["a", "a and not (b or c)", "at least 2 of (a, b, c)", " a "] {
        let (prop, diagnostics) = parse_prop(FILE, text);
        assert!(prop.is_some_and(|p| p.span.file == FILE), "{text}");
        assert!(diagnostics.is_empty(), "{text}");
    }
    let (query, _) = parse_query(FILE, "not x by long given a or b under s");
    let query = query.unwrap();
    assert!(query.at.is_some() && query.given.is_some() && query.under.is_some());
    assert!(parse_set(FILE, "a").0.unwrap().to);
    assert!(!parse_set(FILE, "not a").0.unwrap().to);
    assert!(parse_expect(FILE, "exit by long: at most 20%").0.is_some());
}

#[test]
fn broken_pieces_are_explained() {
    let deep = "(".repeat(20_000);
    let cases = [
        (
            said(parse_prop(FILE, "a and").1),
            "something is missing after `a and`",
        ),
        (
            said(parse_prop(FILE, "a b").1),
            "`b` cannot stand after `a`",
        ),
        (said(parse_prop(FILE, "").1), "a condition is missing"),
        (
            said(parse_prop(FILE, "a and by").1),
            "`by` is a word of the language and cannot be a name",
        ),
        (
            said(parse_query(FILE, "exit by").1),
            "something is missing after `exit by`",
        ),
        (
            said(parse_set(FILE, "a = true").1),
            "`=` cannot stand after `a`",
        ),
        (
            said(parse_expect(FILE, "exit: 20%").1),
            "`20%` alone is nothing to expect",
        ),
        (
            said(parse_prop(FILE, &deep).1),
            "parentheses or braces stand more than 64 deep in each other",
        ),
    ];
    for (messages, wanted) in cases {
        assert_eq!(messages, [wanted]);
    }
}
