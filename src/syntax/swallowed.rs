//! A text that swallowed the clause behind it: `source: "S&P Global, rated: B2"`.
//!
//! In: a text in quotes. Out: where its closing quote belongs, with the diagnostic and the fix.

use super::lower::Lower;
use crate::diag::{Diagnostic, Edit, Fix};
use std::ops::Range;

impl Lower<'_> {
    /// What is said of a text, quotes and all, that ends with a rating or a date of evidence.
    pub(super) fn swallowed(&self, range: Range<usize>) -> Option<Diagnostic> {
        let text = self.text.get(range.clone())?;
        let inner = text.strip_prefix('"')?.strip_suffix('"')?;
        let (comma, _) = inner.match_indices(',').find(|(i, _)| {
            let mut clauses = inner[i + 1..].split(',').map(str::trim);
            clauses.all(is_clause)
        })?;
        let kept = inner[..comma].trim_end();
        let clause = inner[comma + 1..].trim();
        let key = clause.split(':').next().unwrap_or_default().trim();
        if kept.is_empty() {
            return None;
        }
        let at = |from: usize, to: usize| range.start + 1 + from..range.start + 1 + to;
        let start = inner.len() - inner[comma + 1..].trim_start().len();
        let edits = vec![
            Edit {
                span: self.place(at(kept.len(), kept.len())),
                text: "\"".to_owned(),
            },
            Edit {
                span: self.place(at(inner.len(), inner.len() + 1)),
                text: String::new(),
            },
        ];
        Some(
            self.syntax(
                at(start, inner.len()),
                format!("`{key}` stands within the quotes, and is read as text"),
            )
            .label("the text should end before this")
            .help(format!(
                "write `\"{}\", {clause}`",
                super::recover::short(kept)
            ))
            .fix(Fix {
                safe: true,
                message: "close the quotes before it".to_owned(),
                edits,
            }),
        )
    }
}

/// Whether a text is `rated: B2` or `dated: 2025-02-14`, whole.
fn is_clause(text: &str) -> bool {
    let Some((key, value)) = text.split_once(':') else {
        return false;
    };
    let value = value.trim();
    match key.trim_end() {
        "rated" => matches!(value.as_bytes(), [b'A'..=b'F', b'1'..=b'6']),
        "dated" => {
            value.len() >= 6
                && value.contains('-')
                && value.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        }
        _ => false,
    }
}
