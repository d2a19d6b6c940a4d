//! The text of the document.
//!
//! In: the Markdown of the report. Out: paragraphs, lists and tables of Word, with what they refer to.

use super::pictures::Pictures;
use super::table::Table;
use super::{PROLOGUE, SPACES, escape};
use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::fmt::Write;

/// An address that the text leads to.
pub(super) struct Link {
    pub(super) id: String,
    pub(super) url: String,
}

/// What is written so far.
pub(super) struct Body<'a> {
    pictures: &'a Pictures,
    out: String,
    /// Every address, once.
    pub(super) links: Vec<Link>,
    /// By list the number that it begins with; none for one without numbers.
    pub(super) lists: Vec<Option<u64>>,
    /// Lists that are open, the outermost first: which it is, and whether its sign is still to come.
    open: Vec<(usize, bool)>,
    paragraph: bool,
    style: Option<&'static str>,
    quoted: bool,
    strong: usize,
    emphasis: usize,
    linked: bool,
    table: Option<Table>,
    /// A picture whose title is being read.
    picture: Option<String>,
    /// A note whose number is still to come.
    note: Option<String>,
    headings: Vec<String>,
    heading: Option<String>,
    bookmarks: usize,
}

impl<'a> Body<'a> {
    pub(super) fn new(pictures: &'a Pictures) -> Self {
        Body {
            pictures,
            out: String::new(),
            links: Vec::new(),
            lists: Vec::new(),
            open: Vec::new(),
            paragraph: false,
            style: None,
            quoted: false,
            strong: 0,
            emphasis: 0,
            linked: false,
            table: None,
            picture: None,
            note: None,
            headings: Vec::new(),
            heading: None,
            bookmarks: 0,
        }
    }

    pub(super) fn read(&mut self, markdown: &str) {
        let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES;
        for event in Parser::new_ext(markdown, options) {
            match event {
                Event::Start(tag) => self.start(&tag),
                Event::End(tag) => self.end(tag),
                Event::Text(text) => self.text(&text, false),
                Event::Code(text) => self.text(&text, true),
                Event::SoftBreak => self.text(" ", false),
                Event::HardBreak => self.raw("<w:r><w:br/></w:r>"),
                Event::FootnoteReference(name) => self.reference(&name),
                // The page has no markup; were there some, it would be text.
                Event::Html(text) | Event::InlineHtml(text) => self.text(&text, false),
                Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, true),
                Event::Rule | Event::TaskListMarker(_) => {}
            }
        }
        self.close();
    }

    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph => self.close(),
            Tag::Heading { level, .. } => {
                self.close();
                self.style = Some(match level {
                    HeadingLevel::H1 => "Title",
                    HeadingLevel::H2 => "Heading1",
                    HeadingLevel::H3 => "Heading2",
                    _ => "Heading3",
                });
                self.heading = Some(String::new());
            }
            Tag::BlockQuote(_) => self.quoted = true,
            Tag::List(first) => {
                self.close();
                self.lists.push(*first);
                self.open.push((self.lists.len() - 1, false));
            }
            Tag::Item => {
                self.close();
                if let Some((_, sign)) = self.open.last_mut() {
                    *sign = true;
                }
            }
            Tag::Table(_) => {
                self.close();
                self.table = Some(Table::default());
            }
            Tag::TableHead | Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.row();
                }
            }
            Tag::Emphasis => self.emphasis += 1,
            Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, .. } => self.link(dest_url),
            Tag::Image { dest_url, .. } => self.picture = Some(dest_url.to_string()),
            Tag::FootnoteDefinition(name) => {
                self.close();
                self.note = Some(name.to_string());
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Item => self.close(),
            TagEnd::Heading(_) => {
                self.close();
                self.style = None;
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quoted = false;
            }
            TagEnd::List(_) => {
                self.close();
                self.open.pop();
            }
            TagEnd::TableCell => {
                if let Some(table) = &mut self.table {
                    table.end_cell();
                }
            }
            TagEnd::Table => {
                if let Some(table) = self.table.take() {
                    table.write(&mut self.out);
                }
            }
            TagEnd::Emphasis => self.emphasis -= 1,
            TagEnd::Strong => self.strong -= 1,
            TagEnd::Link => {
                self.raw("</w:hyperlink>");
                self.linked = false;
            }
            TagEnd::Image => {
                if let Some(file) = self.picture.take()
                    && let Some(picture) = self.pictures.drawn(&file)
                {
                    self.raw(&picture);
                }
            }
            _ => {}
        }
    }

    /// Adds XML to the paragraph, which begins where none is open.
    fn raw(&mut self, xml: &str) {
        if let Some(table) = &mut self.table {
            return table.push(xml, 0);
        }
        self.begin();
        self.out.push_str(xml);
    }

    fn text(&mut self, text: &str, code: bool) {
        if self.picture.is_some() {
            return;
        }
        if let Some(heading) = &mut self.heading {
            heading.push_str(text);
        }
        let style = match (code, self.linked) {
            (true, _) => r#"<w:rStyle w:val="Code"/>"#,
            (_, true) => r#"<w:rStyle w:val="Hyperlink"/>"#,
            _ => "",
        };
        let strong = if self.strong > 0 { "<w:b/>" } else { "" };
        let slanted = if self.emphasis > 0 { "<w:i/>" } else { "" };
        let run = run(&format!("{style}{strong}{slanted}"), text);
        match &mut self.table {
            Some(table) => table.push(&run, text.chars().count()),
            None => self.raw(&run),
        }
    }

    fn begin(&mut self) {
        if std::mem::replace(&mut self.paragraph, true) {
            return;
        }
        self.out.push_str("<w:p>");
        let depth = self.open.len();
        let style = match self.style {
            Some(style) => Some(style),
            None if self.quoted => Some("Quote"),
            None if self.note.is_some() => Some("Note"),
            None if depth > 0 => Some("ListParagraph"),
            None => None,
        };
        let mut about = String::new();
        if let Some(style) = style {
            let _ = write!(about, r#"<w:pStyle w:val="{style}"/>"#);
        }
        if let Some((list, sign)) = self.open.last_mut() {
            let level = (depth - 1).min(8);
            match std::mem::take(sign) {
                true => {
                    let list = *list + 1;
                    let _ = write!(
                        about,
                        r#"<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr>"#
                    );
                }
                false => {
                    let left = 425 * (level + 1);
                    let _ = write!(about, r#"<w:ind w:left="{left}" w:firstLine="0"/>"#);
                }
            }
        }
        if !about.is_empty() {
            let _ = write!(self.out, "<w:pPr>{about}</w:pPr>");
        }
        if let Some(name) = self.note.take() {
            self.bookmark(&note_name(&name));
            self.out.push_str(&run("", &format!("{name}. ")));
        }
    }

    /// Ends the paragraph, where one is open.
    fn close(&mut self) {
        if let Some(heading) = self.heading.take() {
            let name = heading_name(&heading);
            self.begin();
            if !self.headings.contains(&name) {
                self.bookmark(&name);
                self.headings.push(name);
            }
        }
        if std::mem::take(&mut self.paragraph) {
            self.out.push_str("</w:p>");
        }
    }

    fn bookmark(&mut self, name: &str) {
        self.bookmarks += 1;
        let n = self.bookmarks;
        let _ = write!(
            self.out,
            r#"<w:bookmarkStart w:id="{n}" w:name="{name}"/><w:bookmarkEnd w:id="{n}"/>"#
        );
    }

    fn link(&mut self, url: &str) {
        self.linked = true;
        let start = match url.strip_prefix('#') {
            Some(heading) => format!(r#"<w:hyperlink w:anchor="{}">"#, heading_name(heading)),
            None => {
                let known = self.links.iter().position(|link| link.url == url);
                let at = known.unwrap_or(self.links.len());
                if known.is_none() {
                    self.links.push(Link {
                        id: format!("link{}", at + 1),
                        url: url.to_owned(),
                    });
                }
                format!(r#"<w:hyperlink r:id="{}">"#, self.links[at].id)
            }
        };
        self.raw(&start);
    }

    /// The number of a note, which leads to it.
    fn reference(&mut self, name: &str) {
        let number = run(
            r#"<w:rStyle w:val="Hyperlink"/><w:vertAlign w:val="superscript"/>"#,
            name,
        );
        let anchor = note_name(name);
        self.raw(&format!(
            r#"<w:hyperlink w:anchor="{anchor}">{number}</w:hyperlink>"#
        ));
    }

    pub(super) fn into_document(self) -> String {
        format!(
            concat!(
                r#"{}<w:document {}><w:body>{}<w:sectPr>"#,
                r#"<w:headerReference w:type="default" r:id="rId3"/>"#,
                r#"<w:footerReference w:type="default" r:id="rId4"/>"#,
                r#"<w:pgSz w:w="11906" w:h="16838"/>"#,
                r#"<w:pgMar w:top="1417" w:right="1304" w:bottom="1247" w:left="1304" "#,
                r#"w:header="624" w:footer="567" w:gutter="0"/>"#,
                r#"</w:sectPr></w:body></w:document>"#
            ),
            PROLOGUE, SPACES, self.out
        )
    }
}

/// A piece of text with its look.
pub(super) fn run(look: &str, text: &str) -> String {
    let look = match look {
        "" => String::new(),
        look => format!("<w:rPr>{look}</w:rPr>"),
    };
    format!(
        r#"<w:r>{look}<w:t xml:space="preserve">{}</w:t></w:r>"#,
        escape(text)
    )
}

fn note_name(name: &str) -> String {
    format!("note_{name}")
}

/// A name for a heading that a document may have: forty characters at most.
fn heading_name(heading: &str) -> String {
    let plain = heading.to_lowercase();
    let plain = plain
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' });
    "h_".chars().chain(plain).take(40).collect()
}
