//! Prose as CommonMark: what is markup, and what stays text.

use super::Marked;
use crate::render::report::view::model::{Block, Piece};

/// Blocks, written with `*`, `**`, backticks and links around what they mean; `N` is a number.
fn read(text: &str) -> String {
    let mut marked = Marked::default();
    for (i, part) in text.split("{N}").enumerate() {
        if i > 0 {
            marked.hold(Piece {
                query: Some(0),
                ..Piece::plain("N")
            });
        }
        marked.text(part);
    }
    shown(&marked.blocks())
}

fn shown(blocks: &[Block]) -> String {
    let each = blocks.iter().map(|block| match block {
        Block::Paragraph { pieces } => pieces.iter().map(piece).collect(),
        Block::List { start, items } => {
            let items: Vec<String> = items.iter().map(|item| shown(item)).collect();
            let start = start.map_or("-".to_owned(), |n| format!("{n}."));
            format!("{start}[{}]", items.join("; "))
        }
    });
    each.collect::<Vec<String>>().join(" / ")
}

fn piece(piece: &Piece) -> String {
    let mut text = piece.text.clone();
    for (is_so, sign) in [
        (piece.code, "`"),
        (piece.emphasis, "*"),
        (piece.strong, "**"),
    ] {
        if is_so {
            text = format!("{sign}{text}{sign}");
        }
    }
    match &piece.link {
        Some(url) => format!("[{text}]({url})"),
        None => text,
    }
}

#[test]
fn an_empty_line_ends_a_paragraph() {
    let text = "\n  One\n  two {N}.\n\n  Three\n  {N}\n\n\n\n{N} four.\n";
    assert_eq!(read(text), "One two N. / Three N / N four.");
    assert_eq!(read("\n \n\n"), "");
}

#[test]
fn lists_emphasis_and_links_are_markup() {
    for (text, wanted) in [
        (
            "So:\n- *a* {N}\n- **b**\n  c\n\nEnd",
            "So: / -[*a* N; **b** c] / End",
        ),
        ("1. a\n2. b\n   - c", "1.[a; b / -[c]]"),
        ("7) a\n8) b", "7.[a; b]"),
        // A year is no item of the list before it.
        (
            "1. a\n2. b\n\n2025. A year of change",
            "1.[a; b] / 2025. A year of change",
        ),
        ("_a_ and __b {N}__", "*a* and **b ****N**"),
        ("`a_b` *c*", "`a_b` *c*"),
        (
            "[a *b*](https://c.d/e_f)",
            "[a ](https://c.d/e_f)[*b*](https://c.d/e_f)",
        ),
        (
            "<https://c.d> <a@b.c>",
            "[https://c.d](https://c.d) [a@b.c](mailto:a@b.c)",
        ),
        (
            "see https://c.d/x*y*z, {N}",
            "see [https://c.d/x*y*z](https://c.d/x*y*z), N",
        ),
        ("[m](mailto:a@b.c)", "[m](mailto:a@b.c)"),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
}

#[test]
fn all_else_is_text() {
    for text in [
        "~5% to ~7% in all",
        "~~gone~~",
        "2025. A year of change",
        "> 20% is much",
        "# 5 on the list",
        "---",
        "* * *",
        "<b>bold</b> <script>alert(1)</script>",
        "a < b & c > d &copy; &lt; &#65;",
        "[a](javascript:alert%281%29)",
        "[a](data:text/html,x)",
        "[a](//evil.example)",
        "![a](https://b.c/d.png)",
        "snake_case_name and eu_cuts",
        "5 * 3 * 2",
        "{ } [1] (2) | a | b |",
        "```",
        "\u{fffd}",
    ] {
        assert_eq!(read(text), text, "{text}");
        let within = format!("One.\n\n{text}\n\nTwo.");
        assert_eq!(read(&within), format!("One. / {text} / Two."), "{text}");
    }
    for (text, wanted) in [
        ("a\n---\nb", "a --- b"),
        ("a\n===", "a ==="),
        ("> a\n> b\n> > c", "> a > b > > c"),
        ("```\n*a*\n```", "``` *a* ```"),
        ("a\n\n    b\n    c", "a / b c"),
        ("<div>\n<p>*a*\n</div>", "<div> <p>*a* </div>"),
        (
            "[1]: https://a.b/c\n\nsee [1]",
            "[1]: [https://a.b/c](https://a.b/c) / see [1]",
        ),
        ("- > a\n- # b", "-[> a; # b]"),
        ("\u{f0005}x", "\u{fffd}x"),
        ("2025. a\n2026. b", "2025. a 2026. b"),
    ] {
        assert_eq!(read(text), wanted, "{text}");
    }
}

#[test]
fn nothing_is_lost_however_deep() {
    let quotes = format!("{}x", "> ".repeat(3000));
    assert_eq!(read(&quotes), quotes);
    let lists: String = (0..40)
        .map(|i| format!("{}- x\n", "  ".repeat(i)))
        .collect();
    assert_eq!(read(&lists).matches('x').count(), 40);
    let fences = "```\n".repeat(2001);
    assert_eq!(read(&fences).matches("```").count(), 2001);
    let defined = "[a]: <b>\n".repeat(500);
    assert_eq!(read(&defined).matches("[a]:").count(), 500);
}
