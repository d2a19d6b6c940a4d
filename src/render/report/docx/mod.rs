//! The report as a Word document (Office Open XML, ISO/IEC 29500).
//!
//! In: a [`Report`]. Out: the file's bytes, the same for the same report. Its text is that of the
//! Markdown page, read back: what one says, the other says. Charts are pictures, with what they show as
//! their alternative text; the marking, the organisation and its logo stand on every sheet.
//!
//! The parts are written here. The crate for them, docx-rs, brings some fifty others, and knows
//! neither heading rows nor alternative texts.

mod body;
mod parts;
mod pictures;
mod styles;
mod table;

use super::{Shape, markdown};
use crate::render::report::view::Report;
use crate::render::{xml, zip};
use body::Body;
use pictures::Pictures;
use std::fmt::Write;

/// Namespaces of the parts that hold text.
const SPACES: &str = concat!(
    r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" "#,
    r#"xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" "#,
    r#"xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" "#,
    r#"xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" "#,
    r#"xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture""#
);

const PROLOGUE: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;

/// The document.
pub(super) fn document(report: &Report, shape: &Shape) -> Vec<u8> {
    let pictures = Pictures::of(report, shape);
    // These stand on every sheet.
    let mut plain = report.clone();
    (plain.marking, plain.organisation) = (None, None);
    let text = markdown::with_pictures(&plain, shape, &pictures.links());
    let mut body = Body::new(&pictures);
    body.read(&text);
    let numbering = parts::numbering(&body.lists);
    let mut links = Relations::default();
    for (kind, target) in parts::OWN {
        links.add(kind, target, false);
    }
    for address in &body.links {
        links.named(&address.id, "hyperlink", &address.url, true);
    }
    for (id, file) in pictures.files() {
        links.named(&id, "image", &file, false);
    }
    let mut files = vec![
        ("[Content_Types].xml".to_owned(), parts::content_types()),
        ("_rels/.rels".to_owned(), parts::top_relations()),
        ("docProps/core.xml".to_owned(), parts::core(report)),
        ("docProps/app.xml".to_owned(), parts::app(report)),
        ("word/document.xml".to_owned(), body.into_document()),
        ("word/_rels/document.xml.rels".to_owned(), links.into_xml()),
        ("word/styles.xml".to_owned(), styles::styles(&report.lang)),
        (
            "word/settings.xml".to_owned(),
            parts::settings(&report.lang),
        ),
        ("word/numbering.xml".to_owned(), numbering),
        ("word/footer1.xml".to_owned(), parts::footer(report)),
    ];
    let (header, used) = parts::header(report);
    files.push(("word/header1.xml".to_owned(), header));
    if let Some(used) = used {
        files.push(("word/_rels/header1.xml.rels".to_owned(), used));
    }
    let mut files: Vec<(String, Vec<u8>)> = files
        .into_iter()
        .map(|(name, text)| (name, text.into_bytes()))
        .collect();
    files.extend(pictures.into_files());
    files.extend(pictures::logo_files(report));
    zip::archive(&files)
}

/// What a part refers to.
#[derive(Default)]
struct Relations {
    xml: String,
    count: usize,
}

impl Relations {
    fn add(&mut self, kind: &str, target: &str, outside: bool) {
        self.count += 1;
        self.named(&format!("rId{}", self.count), kind, target, outside);
    }

    fn named(&mut self, id: &str, kind: &str, target: &str, outside: bool) {
        let mode = if outside {
            r#" TargetMode="External""#
        } else {
            ""
        };
        let _ = write!(
            self.xml,
            r#"<Relationship Id="{id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{}"{mode}/>"#,
            escape(target)
        );
    }

    fn into_xml(self) -> String {
        format!(
            r#"{PROLOGUE}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>"#,
            self.xml
        )
    }
}

/// Text in XML; what leaves a line is a blank.
fn escape(text: &str) -> String {
    xml::escaped(&text.replace(['\t', '\n', '\r'], " "))
}
