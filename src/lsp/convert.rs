//! Values of `ide` as the protocol writes them.

use super::capabilities::{Client, TOKENS};
use super::positions::{Between, Lines};
use super::server::Server;
use crate::diag::Severity;
use crate::ide::diagnostics::Finding;
use crate::ide::tokens::{Piece, Token};
use crate::ide::{Location, Sort, TextEdit, completion, symbols};
use crate::text::source::without_mark;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

/// A finding as it is told.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Diagnostic {
    pub(super) range: Between,
    severity: u8,
    pub(super) code: &'static str,
    source: &'static str,
    pub(super) message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    code_description: Option<Link>,
    #[serde(skip_serializing_if = "<[u8]>::is_empty")]
    tags: &'static [u8],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_information: Vec<Related>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Offer>,
}

/// The page of a rule.
#[derive(Debug, Serialize)]
struct Link {
    href: String,
}

/// Another place, and what it has to do with a finding.
#[derive(Debug, Serialize)]
struct Related {
    location: Place,
    message: String,
}

/// A place in a file.
#[derive(Debug, Serialize)]
pub(super) struct Place {
    uri: String,
    range: Between,
}

/// What a fix does.
#[derive(Debug, Serialize)]
struct Offer {
    fix: String,
    safe: bool,
}

pub(super) fn diagnostic<W: Write>(server: &Server<W>, finding: &Finding) -> Diagnostic {
    let mut message = finding.message.clone();
    for more in [Some(&finding.label), finding.help.as_ref()]
        .into_iter()
        .flatten()
    {
        if !more.is_empty() {
            message += "\n";
            message += more;
        }
    }
    // An address within the project is none that an editor could open: `assess.rule` shows the page.
    let href = Some(&finding.url).filter(|url| url.starts_with("http"));
    let others = finding.others.iter().map(|(at, message)| Related {
        location: location(server, at),
        message: message.clone(),
    });
    Diagnostic {
        range: range(server, &finding.at),
        severity: match finding.severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Note => 3,
        },
        code: finding.rule,
        source: "assess",
        message,
        code_description: href.map(|href| Link { href: href.clone() }),
        tags: if finding.idle { &[1] } else { &[] },
        related_information: others.collect(),
        data: finding.fixes.first().map(|fix| Offer {
            fix: fix.message.clone(),
            safe: fix.safe,
        }),
    }
}

fn range<W: Write>(server: &Server<W>, at: &Location) -> Between {
    server.with_lines(&at.path, |lines| lines.range(&at.range))
}

pub(super) fn location<W: Write>(server: &Server<W>, at: &Location) -> Place {
    Place {
        uri: server.uri_of(&at.path),
        range: range(server, at),
    }
}

/// An edit that may need a file first, which only clients that can make one are sent.
pub(super) fn creating_edit<W: Write>(
    server: &Server<W>,
    new: Option<&PathBuf>,
    edits: &[(PathBuf, TextEdit)],
) -> Value {
    let mut edit = workspace_edit(server, edits);
    if let (Some(new), Some(changes)) = (new, edit["documentChanges"].as_array_mut()) {
        changes.insert(0, json!({"kind": "create", "uri": server.uri_of(new)}));
    }
    edit
}

/// An edit of the whole workspace; of open documents only where they are as they were read.
pub(super) fn workspace_edit<W: Write>(server: &Server<W>, edits: &[(PathBuf, TextEdit)]) -> Value {
    let mut files: BTreeMap<String, (Option<i64>, Vec<Value>)> = BTreeMap::new();
    for (path, edit) in edits {
        let uri = server.uri_of(path);
        let version = server.documents.get(&uri).map(|d| d.version);
        let value = server.with_lines(path, |lines| text_edit(lines, edit));
        let entry = files.entry(uri).or_insert((version, Vec::new()));
        entry.1.push(value);
    }
    if server.client.versioned_edits {
        let each = files.into_iter().map(|(uri, (version, edits))| {
            json!({"textDocument": {"uri": uri, "version": version}, "edits": edits})
        });
        return json!({"documentChanges": each.collect::<Vec<_>>()});
    }
    let each = files.into_iter().map(|(uri, (_, edits))| (uri, edits));
    json!({"changes": each.collect::<BTreeMap<_, _>>()})
}

pub(super) fn text_edit(lines: &Lines<'_>, edit: &TextEdit) -> Value {
    json!({"range": lines.range(&edit.range), "newText": edit.text})
}

/// The edit that makes one text of another: what is alike at both ends is left.
pub(super) fn difference(before: &str, after: &str) -> Option<TextEdit> {
    if before == after {
        return None;
    }
    let alike = |(a, b): &((usize, char), char)| a.1 == *b;
    let pairs = before.char_indices().zip(after.chars());
    let start: usize = pairs.take_while(alike).map(|(a, _)| a.1.len_utf8()).sum();
    let pairs = before[start..]
        .chars()
        .rev()
        .zip(after[start..].chars().rev());
    let end: usize = pairs
        .take_while(|(a, b)| a == b)
        .map(|(a, _)| a.len_utf8())
        .sum();
    Some(TextEdit {
        range: start..before.len() - end,
        text: after[start..after.len() - end].to_owned(),
    })
}

pub(super) fn symbol(lines: &Lines<'_>, symbol: &symbols::Symbol) -> Value {
    let children = symbol.children.iter().map(|s| self::symbol(lines, s));
    let mut value = json!({
        // A name may not be empty.
        "name": if symbol.name.trim().is_empty() { "…" } else { &symbol.name },
        "kind": symbol_kind(symbol.kind),
        "range": lines.range(&symbol.range),
        "selectionRange": lines.range(&within(&symbol.selection, &symbol.range)),
        "children": children.collect::<Vec<_>>(),
    });
    if let Some(detail) = &symbol.detail {
        value["detail"] = json!(detail);
    }
    value
}

fn within(inner: &crate::ide::Range, outer: &crate::ide::Range) -> crate::ide::Range {
    let start = inner.start.clamp(outer.start, outer.end);
    start..inner.end.clamp(start, outer.end.max(start))
}

pub(super) fn symbol_kind(kind: symbols::Kind) -> u32 {
    match kind {
        symbols::Kind::Section => 3,
        symbols::Kind::Prior => 8,
        symbols::Kind::Claim => 17,
        symbols::Kind::Words => 10,
        symbols::Kind::Evidence => 15,
        symbols::Kind::Named(sort) => sort_kind(sort),
    }
}

pub(super) fn sort_kind(sort: Sort) -> u32 {
    match sort {
        Sort::Horizon => 14,
        Sort::Outcome | Sort::FinalOutcome => 5,
        Sort::Event => 24,
        Sort::Factor => 13,
        Sort::Change => 12,
        Sort::Assumption => 7,
        Sort::Scenario => 2,
        Sort::View | Sort::Pool => 3,
        Sort::Quantity => 16,
        Sort::Question => 11,
        Sort::Condition => 17,
    }
}

pub(super) fn proposal(
    lines: &Lines<'_>,
    p: &completion::Proposal,
    place: usize,
    client: &Client,
) -> Value {
    let snippets = client.snippets;
    let kind = match p.kind {
        completion::Kind::Item | completion::Kind::Clause if p.snippet && snippets => 15,
        completion::Kind::Item | completion::Kind::Clause => 10,
        completion::Kind::Name(_) => 6,
        completion::Kind::Word => 20,
        completion::Kind::File => 17,
        completion::Kind::Rule => 21,
        completion::Kind::Keyword => 14,
    };
    let is_snippet = p.snippet && snippets;
    let text = match (p.snippet, is_snippet) {
        (true, false) => bare(&p.insert),
        _ => p.insert.clone(),
    };
    let mut item = json!({
        "label": p.label,
        "kind": kind,
        // They come in a meant order.
        "sortText": format!("{place:04}"),
        "textEdit": {"range": lines.range(&p.range), "newText": text},
        "insertTextFormat": if is_snippet { 2 } else { 1 },
    });
    if !p.detail.is_empty() {
        item["detail"] = json!(p.detail);
        // What is short stands beside each; the rest beside the one that is chosen.
        if client.label_details && p.kind == completion::Kind::Word {
            item["labelDetails"] = json!({"description": p.detail});
        }
    }
    if !p.documentation.is_empty() {
        item["documentation"] = json!({"kind": "markdown", "value": p.documentation});
    }
    item
}

/// A snippet's text without its places: `${1:short}` is `short`.
fn bare(snippet: &str) -> String {
    let mut out = String::new();
    let mut chars = snippet.chars().peekable();
    let mut open = 0;
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next()),
            '$' => match chars.peek() {
                Some('{') => {
                    chars.next();
                    open += 1;
                    while chars
                        .peek()
                        .is_some_and(|c| c.is_ascii_digit() || *c == ':')
                    {
                        if chars.next() == Some(':') {
                            break;
                        }
                    }
                }
                Some(c) if c.is_ascii_digit() => {
                    chars.next();
                }
                _ => out.push('$'),
            },
            '}' if open > 0 => open -= 1,
            c => out.push(c),
        }
    }
    out
}

/// Tokens as five numbers each: lines and columns since the one before, length, kind, marks.
pub(super) fn tokens(lines: &Lines<'_>, pieces: &[Piece]) -> Vec<u64> {
    let mut data = Vec::with_capacity(pieces.len() * 5);
    let (mut line, mut column) = (0, 0);
    for piece in pieces {
        let start = lines.position(piece.range.start);
        let end = lines.position(piece.range.end);
        let (l, c) = (start.line as u64, start.character as u64);
        let length = (end.character as u64).saturating_sub(c);
        let name = match piece.token {
            Token::Comment => "comment",
            Token::Text => "string",
            Token::Number => "number",
            Token::Word | Token::Option => "enumMember",
            Token::Keyword => "keyword",
            Token::Name(sort) => match sort {
                Sort::Horizon => "type",
                Sort::Outcome | Sort::FinalOutcome => "class",
                Sort::Event => "event",
                Sort::Factor => "variable",
                Sort::Change => "function",
                Sort::Assumption => "property",
                Sort::Scenario | Sort::View | Sort::Pool => "namespace",
                Sort::Quantity | Sort::Condition => "variable",
                Sort::Question => "class",
            },
        };
        let kind = TOKENS.iter().position(|t| *t == name).unwrap_or(0) as u64;
        let since = if l == line {
            c.saturating_sub(column)
        } else {
            c
        };
        data.extend([l - line, since, length, kind, u64::from(piece.declares)]);
        (line, column) = (l, c);
    }
    data
}

/// A text as Markdown in a hover.
pub(super) fn markdown(text: &str) -> Value {
    json!({"kind": "markdown", "value": without_mark(text)})
}
