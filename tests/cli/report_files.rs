//! `assess report` in Markdown and as single charts.

use super::{assess, printed};
use assess::cli::Status;
use pulldown_cmark::{Event, Options, Parser, Tag};
use std::fs;
use std::path::Path;

const FILE: &str = "tests/suite/eval/alliance.assess";

fn report(arguments: &[&str]) -> String {
    printed(&[&["report", FILE], arguments].concat())
}

fn events(markdown: &str) -> Vec<Event<'_>> {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
    Parser::new_ext(markdown, options).collect()
}

#[test]
fn markdown() {
    insta::assert_snapshot!(report(&["--format", "markdown"]));
}

#[test]
fn markdown_in_a_file_has_its_charts_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("the page.md");
    let page = page.to_str().expect("UTF-8");
    assert_eq!(report(&["--format", "markdown", "-o", page]), "");
    let text = fs::read_to_string(page).expect("the page");
    let mut linked: Vec<String> = events(&text)
        .iter()
        .filter_map(|e| match e {
            Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url.replace("%20", " ")),
            _ => None,
        })
        .collect();
    let mut written: Vec<String> = fs::read_dir(folder.path())
        .expect("the folder")
        .map(|f| {
            f.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .filter(|name| name != "the page.md")
        .collect();
    linked.sort();
    written.sort();
    assert_eq!(linked, written);
    assert!(
        written.contains(&"the page-waterfall-short.svg".to_owned()),
        "{written:?}"
    );
    assert_eq!(written.len(), 2 + 3 + 3);
}

#[test]
fn a_chart_alone() {
    for chart in ["outcomes", "events", "waterfall", "tornado"] {
        for more in [&[][..], &["--narrow"]] {
            let svg = report(&[&["--chart", chart], more].concat());
            let document = roxmltree::Document::parse(&svg).expect("XML");
            assert_eq!(document.root_element().tag_name().name(), "svg");
            assert!(
                svg.contains("1 March 2025"),
                "{chart} does not say as of when"
            );
        }
    }
    let long = report(&[
        "--chart",
        "waterfall",
        "--horizon",
        "long",
        "--outcome",
        "exit",
    ]);
    assert_ne!(long, report(&["--chart", "waterfall"]));
    insta::assert_snapshot!(
        long.replace("><", ">\n<")
            .replace(assess::chart::STYLE, "(the style sheet)")
    );
}

#[test]
fn a_chart_that_there_is_not() {
    let refused = |arguments: &[&str]| {
        let run = assess(&[&["report", FILE, "--chart"], arguments].concat());
        assert_eq!((run.status, run.out.as_str()), (Status::Failed, ""));
        run.err
    };
    insta::assert_snapshot!(
        [
            refused(&["tornado", "--horizon", "later"]),
            refused(&["waterfall", "--outcome", "exti"]),
        ]
        .join("\n")
    );
    assert!(refused(&["pie"]).contains("outcomes"));
    assert!(refused(&["events", "--format", "json"]).contains("--chart"));
}

const HOSTILE: &str = r#"assessment "</title><script>alert(1)</script> ![x](http://a.b/c) [y](javascript:z) $a$ | `b" {
  author: "*A* <img src=x onerror=alert(1)>"
  as of: 2025-03-01
  note: "
    # A heading

    - a list

    1. another | <b>bold</b> &lt; ~~struck~~
  "
}
horizon soon "Soon | <u>": until 2026-03-01
outcome a "[a](javascript:alert(1))"
outcome b "<script>alert(2)</script>"
prior { a: 60% in soon, b: rest }
factor f "f **bold**" {
  weight for a: moderate
  evidence "| cell | <iframe src=//a.b> |" {
    source: "javascript:alert(3)"
    rated: B2
  }
}
section "`code` <i>": "{a in soon} <script>alert(4)</script>"
"#;

#[test]
fn text_of_a_file_is_no_markup() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("hostile.assess");
    let text = HOSTILE
        .replace(": \"\n", ": \"\"\"\n")
        .replace("struck~~\n  \"", "struck~~\n  \"\"\"");
    fs::write(&path, text).expect("written");
    let run = assess(&[
        "report",
        path.to_str().expect("UTF-8"),
        "--format",
        "markdown",
    ]);
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""));
    let mut shown = String::new();
    for event in events(&run.out) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html} is HTML"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("{dest_url} is shown"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    ["#checks", "http://a.b/c"].contains(&&*dest_url),
                    "{dest_url}"
                );
            }
            Event::Text(text) | Event::Code(text) => shown.push_str(&text),
            _ => {}
        }
    }
    for part in [
        "<script>alert(1)</script>",
        "![x](http://a.b/c)",
        "<b>bold</b> &lt; ~~struck~~",
        "<iframe src=//a.b> |",
        "# A heading",
        "a list",
    ] {
        assert!(shown.contains(part), "{part} is not shown: {}", run.out);
    }
    assert!(Path::new(FILE).is_file());
}
