//! What leads elsewhere: used files, addresses in texts and comments, rules that are allowed.

use super::{Analysis, Range, range};
use crate::lint::rules;
use crate::syntax::ast::Item;
use crate::text::source::FileId;
use std::path::PathBuf;

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A file of the project.
    File(PathBuf),
    /// An address of the web.
    Address(String),
    /// A rule's page, by its name.
    Rule(&'static str),
}

/// The links of the first file, in order.
pub fn links(analysis: &Analysis) -> Vec<(Range, Target)> {
    let text = analysis.text();
    let mut links = Vec::new();
    for item in &analysis.parsed().ast.items {
        if let Item::Use(used) = item {
            let key = (FileId(0), used.path.node.clone());
            let file = analysis.project.uses.get(&key);
            let path = file.and_then(|f| analysis.project.paths.get(f.0 as usize));
            let inner = range(used.path.span);
            links.extend(path.map(|path| (inner, Target::File(path.clone()))));
        }
    }
    for scheme in ["https://", "http://"] {
        for (start, _) in text.match_indices(scheme) {
            let rest = &text[start..];
            let end = rest.find(|c: char| c.is_whitespace() || "\"<>`{}|\\^".contains(c));
            let address =
                rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ',', ';', ':', ')']);
            if address.len() > scheme.len() {
                let range = start..start + address.len();
                links.push((range, Target::Address(address.to_owned())));
            }
        }
    }
    for comment in analysis.parsed().tree.comments() {
        links.extend(allowed(text, comment));
    }
    links.sort_by_key(|(range, _)| (range.start, range.end));
    links
}

/// The rules that a comment allows, each where it is named.
pub(crate) fn allowed(text: &str, comment: Range) -> Vec<(Range, Target)> {
    let body = text.get(comment.clone()).unwrap_or_default();
    let Some(open) = body.find("allow(") else {
        return Vec::new();
    };
    let from = open + "allow(".len();
    let list = &body[from..];
    let list = &list[..list.find(')').unwrap_or(list.len())];
    let mut at = comment.start + from;
    let mut found = Vec::new();
    for piece in list.split(',') {
        let name = piece.trim();
        let start = at + (piece.len() - piece.trim_start().len());
        if let Some(rule) = rules::find(name) {
            found.push((start..start + name.len(), Target::Rule(rule.name)));
        }
        at += piece.len() + 1;
    }
    found
}
