//! Correct files: nothing is said of them, and nothing of them is lost.

use super::{files, messages};
use assess::syntax::ast::{Item, Piece, PropKind};
use assess::syntax::{Kind, parse};
use assess::text::source::{FileId, Source, SourceMap};

fn good() -> Vec<(std::path::PathBuf, String)> {
    let mut all = files("tests/suite/syntax/good");
    assert!(all.len() >= 2);
    all.extend(files("tests/reference"));
    all.extend(files("assessments"));
    all
}

#[test]
fn correct_files_have_no_mistakes() {
    for (path, text) in good() {
        assert_eq!(messages(&text), Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn line_ends_and_byte_order_mark_change_nothing() {
    for (path, text) in good() {
        let windows = format!("\u{FEFF}{}", text.replace('\n', "\r\n"));
        let (a, b) = (parse(FileId(0), &text), parse(FileId(0), &windows));
        assert!(b.diagnostics.is_empty(), "{}", path.display());
        let shape = |tree: &assess::syntax::tree::Tree| -> Vec<Kind> {
            tree.iter().map(|n| n.kind()).collect()
        };
        assert_eq!(shape(&a.tree), shape(&b.tree), "{}", path.display());
    }
}

/// What stands between leaves is blank, punctuation or one of the language's own words: no number,
/// name, text or comment is missing from the tree.
#[test]
fn the_tree_holds_every_word() {
    const SILENT: &[&str] = &[
        "assessment",
        "horizon",
        "outcome",
        "prior",
        "event",
        "factor",
        "change",
        "assumption",
        "scenario",
        "bet",
        "expect",
        "section",
        "use",
        "exclusive",
        "overlap",
        "scale",
        "strengths",
        "resolved",
        "weight",
        "for",
        "evidence",
        "chance",
        "holds",
        "given",
        "source",
        "rated",
        "note",
        "count",
        "when",
        "resolves",
        "question",
        "condition",
        "implies",
        "view",
        "pool",
        "judgement",
        "says",
        "rests",
        "without",
        "weights",
        "method",
        "extremise",
        "quantity",
        "impacts",
        "risk",
        "move",
        "unit",
        "shape",
        "cuts",
        "value",
        "impact",
        "once",
        "within",
        "counts",
        "likelihood",
        "dated",
        "confidence",
        "as",
        "of",
        "author",
        "context",
        "tags",
        "set",
        "on",
        "price",
        "to",
        "by",
        "in",
        "until",
        "per",
        "times",
        "time",
        "at",
        "least",
        "most",
        "above",
        "below",
        "under",
        "if",
        "wrong",
        "not",
        "and",
        "or",
        "dB",
    ];
    for (path, text) in good() {
        let parsed = parse(FileId(0), &text);
        let mut covered = vec![false; text.len()];
        let nodes: Vec<_> = parsed.tree.iter().collect();
        for (i, node) in nodes.iter().enumerate() {
            let is_leaf = nodes.get(i + 1).is_none_or(|next| {
                !node.range().contains(&next.range().start) || next.range().end > node.range().end
            });
            if is_leaf {
                covered[node.range()].fill(true);
            }
        }
        let rest: String = text
            .char_indices()
            .map(|(i, c)| if covered[i] { ' ' } else { c })
            .collect();
        for word in rest
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
        {
            assert!(
                SILENT.contains(&word),
                "{}: `{word}` is in no leaf",
                path.display()
            );
        }
    }
}

#[test]
fn spans_know_their_file() {
    let mut map = SourceMap::new();
    map.add(Source::new("a", "outcome x"));
    let second = map.add(Source::new("b", "outcome y"));
    let parsed = parse(second, "outcome y");
    let [Item::Outcome(outcome)] = parsed.ast.items.as_slice() else {
        panic!("one outcome");
    };
    assert_eq!(map.text(outcome.name.span), "y");
    assert_eq!(outcome.name.span.file, second);
}

#[test]
fn and_binds_tighter_than_or() {
    let text = "change c { when: a or b and not not c and not (d or e) }";
    let parsed = parse(FileId(0), text);
    let [Item::Driver(change)] = parsed.ast.items.as_slice() else {
        panic!("one change");
    };
    fn show(prop: &assess::syntax::ast::Prop) -> String {
        let all = |props: &[assess::syntax::ast::Prop], word: &str| {
            let parts: Vec<String> = props.iter().map(show).collect();
            format!("({})", parts.join(word))
        };
        match &prop.kind {
            PropKind::Name(name) => name.clone(),
            PropKind::Compared(name, with) => format!("{} {with}", name.node),
            PropKind::Not(inner) => format!("!{}", show(inner)),
            PropKind::And(parts) => all(parts, "&"),
            PropKind::Or(parts) => all(parts, "|"),
            PropKind::AtLeast(n, parts) => format!("{}{}", n.node, all(parts, ",")),
        }
    }
    assert_eq!(show(change.when.as_ref().unwrap()), "(a|(b&c&!(d|e)))");
}

#[test]
fn a_text_block_loses_its_indentation_and_no_place() {
    let text = "section \"S\": \"\"\"\n    One {{two}\n      three {exit by long: very likely}.\n\n    four\n  \"\"\"\n";
    let parsed = parse(FileId(0), text);
    assert!(parsed.diagnostics.is_empty());
    let [Item::Section(section)] = parsed.ast.items.as_slice() else {
        panic!("one section");
    };
    let mut said = String::new();
    for piece in &section.prose.pieces {
        match piece {
            Piece::Day { .. } | Piece::Comes { .. } => {}
            Piece::Text(piece) => {
                let raw = &text[piece.span.start as usize..piece.span.end as usize];
                assert!(
                    raw.starts_with(&piece.node),
                    "{raw:?} is not {:?}",
                    piece.node
                );
                said.push_str(&piece.node);
            }
            Piece::Placeholder { word, .. } => {
                said.push_str(&format!("<{}>", word.as_ref().unwrap().node));
            }
        }
    }
    assert_eq!(said, "One {two}\n  three <very likely>.\n\nfour");
}
