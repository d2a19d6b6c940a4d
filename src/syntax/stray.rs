//! Text outside of every item: clauses behind a brace too early, and what stands behind an item.
//!
//! In: their nodes. Out: one diagnostic each.

use super::lower::Lower;
use super::recover::{first_token, short};
use super::tree::NodeRef;
use super::words::{CLAUSES, ITEMS, Owner};

/// The clause of the assessment that a line's key means: `as of`, which is also `as_of`, `asof` and `date`.
pub(super) fn called(text: &str) -> Option<&'static str> {
    let (key, _) = text.split('\n').next()?.split_once(':')?;
    let key = key.trim().to_lowercase().replace(['_', '-'], " ");
    let words: Vec<&str> = key.split_whitespace().collect();
    match words.join(" ").as_str() {
        "as of" | "asof" | "date" | "as at" | "as of date" => Some(super::items::AS_OF),
        _ => None,
    }
}

impl Lower<'_> {
    /// Whether a line outside every block is a clause, or the brace of a block that has ended.
    pub(super) fn is_adrift(&self, node: NodeRef<'_>) -> bool {
        let text = &self.text[node.range()];
        if text.starts_with('}') {
            return true;
        }
        let word = first_token(text);
        let key = text.split(':').next().unwrap_or_default().trim_end();
        let by_another_name = called(text).is_some();
        by_another_name
            || CLAUSES.iter().any(|c| {
                (c.key == word || c.key == key) && !ITEMS.contains(&c.key)
                    || (c.key == key && text.contains(':') && matches!(key, "scale" | "strengths"))
            })
    }

    /// A clause or a brace outside every block.
    pub(super) fn adrift(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let diagnostic = if text.starts_with('}') {
            self.syntax(range.start..range.start + 1, "this `}` closes nothing")
                .label("no block is open here")
                .help("leave it out, or look for a `}` too early above it")
        } else {
            let key = text.split(':').next().unwrap_or_default().trim_end();
            let named = called(text).unwrap_or(key);
            let clause = CLAUSES.iter().find(|c| c.key == named);
            let word = match clause {
                Some(_) if named != key => key,
                Some(clause) => clause.key,
                None => first_token(text).trim_end_matches(':'),
            };
            let (label, help) = match clause.map(|c| c.owners) {
                Some([Owner::Assessment]) => (
                    "this clause belongs to the assessment",
                    match named == key {
                        true => "move it between the `{` and `}` of `assessment`".to_owned(),
                        false => format!("move it between the `{{` and `}}` of `assessment`, as `{named}:`"),
                    },
                ),
                _ => (
                    "this clause belongs to an item",
                    "move it between the `{` and `}` of the item that it is about; a `}` above may stand too early".to_owned(),
                ),
            };
            self.syntax(
                range.start..range.start + word.len(),
                format!("`{word}` stands outside of every block"),
            )
            .label(label)
            .help(help)
        };
        self.note(diagnostic);
    }

    /// What stands behind an item on its line.
    pub(super) fn stray(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = short(&self.text[range.clone()]);
        let diagnostic = if text.starts_with('}') {
            self.syntax(range.start..range.start + 1, "this `}` closes nothing")
                .label("the item's block is closed already")
                .help("leave it out")
        } else {
            self.syntax(range, format!("`{text}` cannot stand behind an item"))
                .label("the line should end here")
                .help("each item begins on a line of its own; a remark begins with `#`")
        };
        self.note(diagnostic);
    }
}
