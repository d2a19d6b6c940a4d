//! The small parts of the package: what it holds, what it is called, what stands on every sheet.
//!
//! In: a report. Out: XML.

use super::body::run;
use super::pictures::logo_drawn;
use super::{PROLOGUE, Relations, SPACES, escape};
use crate::phrases::Phrases;
use crate::render::report::view::Report;
use crate::text::lang::Lang;
use std::fmt::Write;

/// What the text refers to, in the order of its ids: the header is the third, the footer the fourth.
pub(super) const OWN: [(&str, &str); 5] = [
    ("styles", "styles.xml"),
    ("numbering", "numbering.xml"),
    ("header", "header1.xml"),
    ("footer", "footer1.xml"),
    ("settings", "settings.xml"),
];

pub(super) fn content_types() -> String {
    let mut out = format!(
        "{PROLOGUE}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">"
    );
    for (ending, kind) in [
        (
            "rels",
            "application/vnd.openxmlformats-package.relationships+xml",
        ),
        ("xml", "application/xml"),
        ("png", "image/png"),
        ("svg", "image/svg+xml"),
    ] {
        let _ = write!(
            out,
            r#"<Default Extension="{ending}" ContentType="{kind}"/>"#
        );
    }
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    for (part, kind) in [
        ("document", "document.main"),
        ("styles", "styles"),
        ("settings", "settings"),
        ("numbering", "numbering"),
        ("header1", "header"),
        ("footer1", "footer"),
    ] {
        let _ = write!(
            out,
            r#"<Override PartName="/word/{part}.xml" ContentType="{word}.{kind}+xml"/>"#
        );
    }
    out.push_str(concat!(
        r#"<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>"#,
        r#"<Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/>"#,
        "</Types>"
    ));
    out
}

pub(super) fn top_relations() -> String {
    let mut links = Relations::default();
    links.add("officeDocument", "word/document.xml", false);
    links.add("extended-properties", "docProps/app.xml", false);
    let mut xml = links.into_xml();
    let core = r#"<Relationship Id="rId3" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>"#;
    xml = xml.replace("</Relationships>", core);
    xml
}

/// What the document says of itself.
pub(super) fn core(report: &Report) -> String {
    let mut out = format!(
        concat!(
            r#"{}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" "#,
            r#"xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" "#,
            r#"xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{}</dc:title>"#
        ),
        PROLOGUE,
        escape(&report.title)
    );
    if let Some(author) = &report.author {
        let _ = write!(out, "<dc:creator>{}</dc:creator>", escape(author));
    }
    if !report.tags.is_empty() {
        let tags = escape(&report.tags.join(", "));
        let _ = write!(out, "<cp:keywords>{tags}</cp:keywords>");
    }
    if let Some(marking) = &report.marking {
        let _ = write!(out, "<cp:category>{}</cp:category>", escape(marking));
    }
    // No clock is read: it is as old as what it says.
    for name in ["created", "modified"] {
        let _ = write!(
            out,
            r#"<dcterms:{name} xsi:type="dcterms:W3CDTF">{}T00:00:00Z</dcterms:{name}>"#,
            report.as_of
        );
    }
    let lang = escape(&report.lang);
    let _ = write!(out, "<dc:language>{lang}</dc:language></cp:coreProperties>");
    out
}

pub(super) fn app(report: &Report) -> String {
    let company = report.organisation.iter();
    let company: String = company
        .map(|name| format!("<Company>{}</Company>", escape(name)))
        .collect();
    format!(
        r#"{PROLOGUE}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>assess</Application>{company}</Properties>"#
    )
}

pub(super) fn settings(lang: &str) -> String {
    let lang = escape(lang);
    format!(
        concat!(
            r#"{}<w:settings {}><w:defaultTabStop w:val="425"/><w:compat>"#,
            r#"<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>"#,
            r#"</w:compat><w:themeFontLang w:val="{}"/></w:settings>"#
        ),
        PROLOGUE, SPACES, lang
    )
}

/// A numbering for each list, since each counts from its own start.
pub(super) fn numbering(lists: &[Option<u64>]) -> String {
    let mut out = format!("{PROLOGUE}<w:numbering {SPACES}>");
    for (kind, is_numbered) in [(0, false), (1, true)] {
        let _ = write!(
            out,
            r#"<w:abstractNum w:abstractNumId="{kind}"><w:multiLevelType w:val="hybridMultilevel"/>"#
        );
        for level in 0..9 {
            let (format, text) = match is_numbered {
                true => ("decimal", format!("%{}.", level + 1)),
                false => ("bullet", ["•", "–", "◦"][level % 3].to_owned()),
            };
            let left = 425 * (level + 1);
            let _ = write!(
                out,
                concat!(
                    r#"<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/>"#,
                    r#"<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{}" w:hanging="425"/></w:pPr></w:lvl>"#
                ),
                level, format, text, left
            );
        }
        out.push_str("</w:abstractNum>");
    }
    for (i, first) in lists.iter().enumerate() {
        let _ = write!(
            out,
            r#"<w:num w:numId="{}"><w:abstractNumId w:val="{}"/>"#,
            i + 1,
            u8::from(first.is_some())
        );
        if let Some(first) = first {
            for level in 0..9 {
                let _ = write!(
                    out,
                    r#"<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride>"#
                );
            }
        }
        out.push_str("</w:num>");
    }
    out.push_str("</w:numbering>");
    out
}

/// Who may see it, whose it is, and its sign; and what that refers to.
pub(super) fn header(report: &Report) -> (String, Option<String>) {
    let (mut right, used) = match logo_drawn(report) {
        Some((xml, used)) => (xml, Some(used)),
        None => (String::new(), None),
    };
    let organisation = report.organisation.iter().map(|o| run("", o));
    let mut left: String = organisation.collect();
    if !right.is_empty() {
        right = format!("<w:r><w:tab/></w:r>{right}");
    }
    left += &right;
    let text = format!("{}{}", marking(report), line(&left));
    (format!("{PROLOGUE}<w:hdr {SPACES}>{text}</w:hdr>"), used)
}

/// Who may see it, what it is, and the number of the sheet.
pub(super) fn footer(report: &Report) -> String {
    let say = Phrases::of(Lang::find(&report.lang).unwrap_or_default());
    let about = format!(
        "{} · {} {}",
        report.title,
        say.get("as_of"),
        report.as_of_words
    );
    let field = |code: &str| {
        format!(
            r#"<w:fldSimple w:instr="{code}">{}</w:fldSimple>"#,
            run("", "1")
        )
    };
    let text = line(&format!(
        "{}<w:r><w:tab/></w:r>{}{}{}",
        run("", &about),
        field("PAGE"),
        run("", " / "),
        field("NUMPAGES")
    ));
    format!(
        "{PROLOGUE}<w:ftr {SPACES}>{text}{}</w:ftr>",
        marking(report)
    )
}

fn marking(report: &Report) -> String {
    let marking = report.marking.iter();
    let marking = marking.map(|marking| {
        let text = run("<w:b/>", marking);
        format!(r#"<w:p><w:pPr><w:pStyle w:val="Marking"/></w:pPr>{text}</w:p>"#)
    });
    marking.collect()
}

fn line(text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="Edge"/></w:pPr>{text}</w:p>"#)
}
