//! How the document looks, by named styles that a house may replace with its own.
//!
//! In: the language. Out: XML.

use super::{PROLOGUE, SPACES, escape};
use std::fmt::Write;

/// A style of paragraphs: its id, its name, what its paragraphs and its letters are like.
const PARAGRAPHS: [(&str, &str, &str, &str); 12] = [
    (
        "Title",
        "Title",
        r#"<w:keepNext/><w:spacing w:before="0" w:after="120" w:line="240" w:lineRule="auto"/>"#,
        r#"<w:b/><w:sz w:val="40"/>"#,
    ),
    (
        "Heading1",
        "heading 1",
        r#"<w:keepNext/><w:keepLines/><w:spacing w:before="360" w:after="100"/><w:outlineLvl w:val="0"/>"#,
        r#"<w:b/><w:sz w:val="30"/>"#,
    ),
    (
        "Heading2",
        "heading 2",
        r#"<w:keepNext/><w:keepLines/><w:spacing w:before="240" w:after="80"/><w:outlineLvl w:val="1"/>"#,
        r#"<w:b/><w:sz w:val="24"/>"#,
    ),
    (
        "Heading3",
        "heading 3",
        r#"<w:keepNext/><w:keepLines/><w:spacing w:before="180" w:after="60"/><w:outlineLvl w:val="2"/>"#,
        r#"<w:b/><w:color w:val="444B54"/>"#,
    ),
    (
        "Quote",
        "Quote",
        r#"<w:pBdr><w:left w:val="single" w:sz="18" w:space="8" w:color="9199A3"/></w:pBdr><w:ind w:left="240"/>"#,
        "",
    ),
    (
        "ListParagraph",
        "List Paragraph",
        r#"<w:spacing w:after="40"/>"#,
        "",
    ),
    (
        "Note",
        "Note",
        r#"<w:spacing w:after="40"/><w:ind w:left="425" w:hanging="425"/>"#,
        r#"<w:sz w:val="18"/>"#,
    ),
    (
        "Cell",
        "Cell",
        r#"<w:spacing w:before="30" w:after="30" w:line="240" w:lineRule="auto"/>"#,
        r#"<w:sz w:val="18"/>"#,
    ),
    (
        "Gap",
        "Gap",
        r#"<w:spacing w:after="0" w:line="160" w:lineRule="exact"/>"#,
        r#"<w:sz w:val="8"/>"#,
    ),
    (
        "Marking",
        "Marking",
        r#"<w:spacing w:before="0" w:after="40"/><w:jc w:val="center"/>"#,
        r#"<w:b/>"#,
    ),
    (
        "Edge",
        "Edge",
        r#"<w:tabs><w:tab w:val="right" w:pos="9298"/></w:tabs><w:spacing w:after="0"/>"#,
        r#"<w:color w:val="5A626C"/><w:sz w:val="16"/>"#,
    ),
    ("Caption", "caption", "", ""),
];

pub(super) fn styles(lang: &str) -> String {
    let lang = escape(lang);
    let mut out = format!(
        concat!(
            r#"{}<w:styles {}><w:docDefaults><w:rPrDefault><w:rPr>"#,
            r#"<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:cs="Calibri"/><w:sz w:val="21"/><w:szCs w:val="21"/>"#,
            r#"<w:lang w:val="{}"/></w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>"#,
            r#"<w:spacing w:after="120" w:line="264" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>"#,
            r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>"#
        ),
        PROLOGUE, SPACES, lang
    );
    for (id, name, paragraph, letters) in PARAGRAPHS {
        let next = match id {
            "Title" | "Heading1" | "Heading2" | "Heading3" => r#"<w:next w:val="Normal"/>"#,
            _ => "",
        };
        let _ = write!(
            out,
            r#"<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>{next}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{letters}</w:rPr></w:style>"#
        );
    }
    out.push_str(concat!(
        r#"<w:style w:type="character" w:default="1" w:styleId="Plain"><w:name w:val="Default Paragraph Font"/></w:style>"#,
        r#"<w:style w:type="character" w:styleId="Code"><w:name w:val="Code"/><w:rPr>"#,
        r#"<w:rFonts w:ascii="Consolas" w:hAnsi="Consolas" w:cs="Consolas"/><w:sz w:val="18"/></w:rPr></w:style>"#,
        r#"<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr>"#,
        r#"<w:color w:val="0B57A4"/><w:u w:val="single"/></w:rPr></w:style>"#,
        r#"<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:tblPr>"#,
        r#"<w:tblCellMar><w:left w:w="70" w:type="dxa"/><w:right w:w="70" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>"#,
        r#"<w:style w:type="table" w:styleId="Rows"><w:name w:val="Rows"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>"#,
        r#"<w:top w:val="single" w:sz="8" w:color="5A626C"/><w:bottom w:val="single" w:sz="8" w:color="5A626C"/>"#,
        r#"<w:insideH w:val="single" w:sz="4" w:color="C9CED4"/></w:tblBorders></w:tblPr>"#,
        r#"<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="EEF0F3"/></w:tcPr></w:tblStylePr></w:style>"#,
        "</w:styles>"
    ));
    out
}
