//! Tests of `format`: nothing is lost, nothing moves a number, and a second run changes nothing.

mod layout;
mod ugly;

use crate::docs::blocks;
use assess::diag::Diagnostics;
use assess::format;
use assess::infer::evaluate;
use assess::infer::verdict::{Options, Question};
use assess::project::{FileSystem, Project};
use assess::resolve::resolve;
use assess::syntax::{Kind, parse};
use assess::text::source::FileId;
use std::fs;
use std::path::{Path, PathBuf};

fn laid_out(text: &str) -> Result<String, Diagnostics> {
    format::format(FileId(0), text)
}

/// Lays out a text that has no mistakes, and holds the result to what is promised of it.
fn format_checked(name: &str, text: &str) -> String {
    let wrong = |d: Diagnostics| panic!("{name} is refused: {:?}\n{text}", d.sorted());
    let out = laid_out(text).unwrap_or_else(wrong);
    let again = laid_out(&out).unwrap_or_else(wrong);
    assert_eq!(out, again, "{name}: a second run changes it");
    assert_eq!(
        comments(text),
        comments(&out),
        "{name}: comments of\n{text}\n{out}"
    );
    assert_eq!(words(text), words(&out), "{name}: words of\n{text}\n{out}");
    out
}

/// The comments, in order.
fn comments(text: &str) -> Vec<String> {
    let tree = parse(FileId(0), text).tree;
    let comment = |range: std::ops::Range<usize>| text[range].trim_end().to_owned();
    tree.comments().map(comment).collect()
}

/// All else, without blanks and commas: clauses in order, texts without their indentation.
fn words(text: &str) -> Vec<String> {
    let tree = parse(FileId(0), text).tree;
    let leaves = tree.iter().filter(|node| node.is_leaf());
    let leaves = leaves.filter(|n| !matches!(n.kind(), Kind::comment | Kind::EOI));
    let word = |text: &str| {
        text.split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .replace("{ }", "{}")
    };
    leaves
        .map(|node| format!("{:?} {}", node.kind(), word(&text[node.range()])))
        .collect()
}

/// The numbers of a verdict, to the last bit; none where the file has none.
fn numbers(project: &Project) -> Option<Vec<f64>> {
    let resolved = resolve(project);
    let wrong = project
        .problems()
        .any(|d| d.rule.group == assess::lint::rules::Group::Error);
    if wrong || resolved.diagnostics.has_errors() {
        return None;
    }
    let assessment = resolved.assessment?;
    let options = Options {
        intervals: false,
        ..Options::default()
    };
    let verdict = evaluate(&assessment, &Question::default(), &options).ok()?;
    let outcomes = verdict.horizons.iter().flat_map(|h| &h.outcomes);
    Some(outcomes.map(|o| o.probability.value).collect())
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(folder).expect("a folder");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|e| e == "assess"))
        .collect();
    files.sort();
    files
}

#[test]
fn our_own_files_are_laid_out() {
    for path in [files("assessments"), files("examples")].concat() {
        let text = fs::read_to_string(&path).expect("a file");
        let name = path.display().to_string();
        assert_eq!(
            format_checked(&name, &text),
            text,
            "{name}: run `assess fmt`"
        );
    }
}

#[test]
fn verdicts_stay() {
    let folders = [
        "assessments",
        "examples",
        "tests/reference",
        "tests/suite/eval",
        "tests/suite/syntax/good",
        "tests/suite/resolve/good",
    ];
    let mut evaluated = 0;
    for path in folders.map(files).concat() {
        let name = path.display().to_string();
        let text = fs::read_to_string(&path).expect("a file");
        let out = format_checked(&name, &text);
        let before = numbers(&Project::from_text_with(&FileSystem, &name, &text));
        let after = numbers(&Project::from_text_with(&FileSystem, &name, &out));
        assert_eq!(before, after, "{name}");
        evaluated += usize::from(before.is_some());
    }
    assert!(evaluated > 40, "only {evaluated} verdicts");
}

/// The pages show the layout that `fmt` writes. `UPDATE_DOCS=1` lays their blocks out.
#[test]
fn blocks_of_the_pages_are_laid_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut seen = 0;
    for page in [
        "README.md",
        "docs/language.md",
        "docs/linting.md",
        "docs/method.md",
    ] {
        let path = root.join(page);
        let mut text = fs::read_to_string(&path).expect("a page");
        for block in blocks::of(&text.clone()).into_iter().rev() {
            // What shows a mistake may show it in the layout too.
            let is_ugly = block.value("error").is_some() || block.has("unformatted");
            if block.tag() != "assess" || is_ugly {
                continue;
            }
            let name = format!("{page}:{}", block.line);
            let out = format_checked(&name, &block.body);
            seen += 1;
            if std::env::var_os("UPDATE_DOCS").is_some() {
                text.replace_range(block.range, &out);
            } else {
                assert_eq!(block.body, out, "{name}: `UPDATE_DOCS=1` lays it out");
            }
        }
        if std::env::var_os("UPDATE_DOCS").is_some() {
            fs::write(&path, text).expect("written");
        }
    }
    assert!(seen > 20, "only {seen} blocks");
}
