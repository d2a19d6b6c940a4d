//! The report as a Word document: a sound package that says what the Markdown says.

use super::report;
use crate::cli::assess;
use assess::cli::Status;
use miniz_oxide::inflate::decompress_to_vec;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use roxmltree::{Document, Node};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

const FILES: [&str; 3] = [
    "tests/suite/eval/alliance.assess",
    "assessments/nato.assess",
    "assessments/nervtag-b117.assess",
];

/// A document's bytes.
fn docx(file: &str, arguments: &[&str]) -> Vec<u8> {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("a.docx");
    let out = out.to_str().expect("UTF-8");
    let run = assess(&[&["report", file, "-o", out], arguments].concat());
    assert_eq!((run.status, run.err.as_str()), (Status::Done, ""), "{file}");
    fs::read(out).expect("the document")
}

/// The files of an archive, read from its own list.
fn unpacked(zip: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let short = |at: usize| usize::from(u16::from_le_bytes([zip[at], zip[at + 1]]));
    let long = |at: usize| short(at) + (short(at + 2) << 16);
    let end = zip.len() - 22;
    assert_eq!(&zip[end..end + 4], b"PK\x05\x06");
    let (count, mut at) = (short(end + 10), long(end + 16));
    let mut files = BTreeMap::new();
    for _ in 0..count {
        assert_eq!(&zip[at..at + 4], b"PK\x01\x02");
        let (packed, size, name) = (long(at + 20), long(at + 24), short(at + 28));
        let text = String::from_utf8(zip[at + 46..at + 46 + name].to_vec()).expect("UTF-8");
        let local = long(at + 42);
        assert_eq!(&zip[local..local + 4], b"PK\x03\x04");
        // No clock is read.
        assert_eq!((short(local + 10), short(local + 12)), (0, 0x21), "{text}");
        let start = local + 30 + short(local + 26) + short(local + 28);
        let content = decompress_to_vec(&zip[start..start + packed]).expect("packed");
        assert_eq!(content.len(), size, "{text}");
        files.insert(text, content);
        at += 46 + name;
    }
    files
}

fn part<'f>(files: &'f BTreeMap<String, Vec<u8>>, name: &str) -> &'f str {
    std::str::from_utf8(&files[name]).expect("UTF-8")
}

/// What a part of the document shows.
fn shown(node: Node<'_, '_>) -> String {
    let texts = node.descendants().filter(|n| {
        n.has_tag_name((
            "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            "t",
        ))
    });
    texts.filter_map(|t| t.text()).collect()
}

/// Every element of a name.
fn all<'a, 'i>(document: &'a Document<'i>, name: &str) -> Vec<Node<'a, 'i>> {
    let each = document.descendants();
    each.filter(|n| n.tag_name().name() == name).collect()
}

fn style<'a>(paragraph: Node<'a, '_>) -> &'a str {
    let style = paragraph
        .descendants()
        .find(|n| n.tag_name().name() == "pStyle");
    let value = style.and_then(|s| s.attributes().next());
    value.map_or("", |a| a.value())
}

/// Letters and digits alone.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

#[test]
fn it_says_what_the_markdown_says() {
    for file in FILES {
        for more in [&[][..], &["--brief"]] {
            let markdown = report(file, &[&["--format", "markdown"], more].concat());
            let files = unpacked(&docx(file, more));
            let xml = part(&files, "word/document.xml");
            let document = Document::parse(xml).expect("XML");
            let (mut text, mut headings, mut cells) = (String::new(), Vec::new(), Vec::new());
            let mut open: Option<String> = None;
            let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
            for event in Parser::new_ext(&markdown, options) {
                match event {
                    Event::Start(Tag::Heading { .. } | Tag::TableCell) => {
                        open = Some(String::new())
                    }
                    Event::End(TagEnd::Heading(_)) => headings.extend(open.take()),
                    Event::End(TagEnd::TableCell) => cells.extend(open.take()),
                    Event::Text(t) | Event::Code(t) | Event::Html(t) | Event::InlineHtml(t) => {
                        text += &t;
                        open.iter_mut().for_each(|o| o.push_str(&t));
                    }
                    Event::SoftBreak => open.iter_mut().for_each(|o| o.push(' ')),
                    Event::FootnoteReference(n) => {
                        text += &n;
                        open.iter_mut().for_each(|o| o.push_str(&n));
                    }
                    Event::Start(Tag::FootnoteDefinition(n)) => text += &n,
                    _ => {}
                }
            }
            assert_eq!(
                letters(&shown(document.root())),
                letters(&text),
                "{file} {more:?}"
            );
            let paragraphs = all(&document, "p");
            let is_heading =
                |p: &&Node<'_, '_>| style(**p).starts_with("Heading") || style(**p) == "Title";
            let found: Vec<_> = paragraphs
                .iter()
                .filter(is_heading)
                .map(|p| shown(*p))
                .collect();
            assert_eq!(found, headings, "{file} {more:?}");
            let found: Vec<_> = all(&document, "tc").into_iter().map(shown).collect();
            assert_eq!(found, cells, "{file} {more:?}");
            let heads = all(&document, "tblHeader").len();
            assert_eq!(
                heads,
                all(&document, "tbl").len(),
                "each table has its head"
            );
        }
    }
}

#[test]
fn it_is_a_sound_package() {
    let files = unpacked(&docx(FILES[1], &[]));
    for (name, content) in &files {
        if name.ends_with(".png") {
            assert!(content.starts_with(b"\x89PNG\r\n\x1a\n"), "{name}");
            continue;
        }
        let text = std::str::from_utf8(content).expect("UTF-8");
        if let Err(error) = Document::parse(text) {
            panic!("{name}: {error}");
        }
    }
    // What is referred to is there, and only that.
    let relations = Document::parse(part(&files, "word/_rels/document.xml.rels")).expect("XML");
    let document = Document::parse(part(&files, "word/document.xml")).expect("XML");
    let mut ids = Vec::new();
    for relation in all(&relations, "Relationship") {
        ids.push(relation.attribute("Id").expect("an id"));
        let target = relation.attribute("Target").expect("a target");
        let is_inside = relation.attribute("TargetMode").is_none();
        assert!(
            !is_inside || files.contains_key(&format!("word/{target}")),
            "{target}"
        );
    }
    let anchors: Vec<&str> = all(&document, "bookmarkStart")
        .iter()
        .filter_map(|b| {
            b.attributes()
                .find(|a| a.name() == "name")
                .map(|a| a.value())
        })
        .collect();
    for link in all(&document, "hyperlink") {
        let to = link.attributes().next().expect("where to");
        match to.name() {
            "anchor" => assert!(anchors.contains(&to.value()), "{}", to.value()),
            _ => assert!(ids.contains(&to.value()), "{}", to.value()),
        }
    }
    let pictures = all(&document, "docPr");
    assert_eq!(
        pictures.len(),
        files.keys().filter(|f| f.ends_with(".png")).count()
    );
    for picture in pictures {
        let said = picture.attribute("descr").expect("an alternative text");
        assert!(said.len() > 40 && said.contains('%'), "{said}");
    }
    let core = Document::parse(part(&files, "docProps/core.xml")).expect("XML");
    let title = all(&core, "title")[0].text();
    assert_eq!(
        title,
        Some("Will Trump withdraw the U.S. from NATO in 2025?")
    );
}

#[test]
fn the_same_file_gives_the_same_bytes() {
    assert!(docx(FILES[0], &[]) == docx(FILES[0], &[]));
}

#[test]
fn marking_organisation_logo_and_language() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(FILES[0]).expect("the file");
    let marked = text.replacen("as of:", "marking: \"TLP:AMBER <&>\"\n  as of:", 1);
    assert_ne!(marked, text);
    let file = folder.path().join("a.assess");
    fs::write(&file, marked).expect("a file");
    fs::write(
        folder.path().join("logo.svg"),
        "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='30'/>",
    )
    .expect("a file");
    let config = "[report]\norganisation = \"Ministry of Ferries\"\nlogo = \"logo.svg\"\n";
    fs::write(folder.path().join("assess.toml"), config).expect("a file");
    let files = unpacked(&docx(file.to_str().expect("UTF-8"), &["--lang", "de"]));
    let header = Document::parse(part(&files, "word/header1.xml")).expect("XML");
    let footer = Document::parse(part(&files, "word/footer1.xml")).expect("XML");
    assert_eq!(shown(header.root()), "TLP:AMBER <&>Ministry of Ferries");
    assert!(shown(footer.root()).ends_with("TLP:AMBER <&>"));
    assert!(files.contains_key("word/media/logo.svg") && files.contains_key("word/media/logo.png"));
    assert!(part(&files, "word/styles.xml").contains("<w:lang w:val=\"de\"/>"));
    // They stand on every sheet, and not in the text again.
    assert!(!part(&files, "word/document.xml").contains("<w:t xml:space=\"preserve\">TLP:AMBER"));
}

/// Where LibreOffice is at hand, it reads the document without loss of a heading.
#[test]
fn libreoffice_reads_it() {
    if Command::new("soffice").arg("--version").output().is_err() {
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("a.docx");
    fs::write(&file, docx(FILES[0], &[])).expect("a file");
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.path().join("p").display()
    );
    let run = Command::new("soffice")
        .args([
            &profile,
            "--headless",
            "--convert-to",
            "txt:Text (encoded):UTF8",
            "--outdir",
        ])
        .args([folder.path(), Path::new(&file)])
        .output();
    assert!(run.is_ok_and(|run| run.status.success()));
    let read = fs::read_to_string(folder.path().join("a.txt")).expect("the text");
    let markdown = report(FILES[0], &["--format", "markdown"]);
    for heading in markdown.lines().filter_map(|l| l.strip_prefix("## ")) {
        assert!(read.contains(heading), "{heading}");
    }
}
