//! A text that swallowed the clause behind it: `source: "S&P Global, rated: B2"`.
//!
//! In: a text in quotes. Out: where its closing quote belongs, with the diagnostic and the fix.

use super::lower::Lower;
use super::options::is_rating;
use crate::diag::{Diagnostic, Edit, Fix};
use std::ops::Range;

impl Lower<'_> {
    /// What is said of a text, quotes and all, that ends with a rating or a date of evidence.
    pub(super) fn swallowed(&self, range: Range<usize>) -> Option<Diagnostic> {
        let text = self.text.get(range.clone())?;
        let inner = text.strip_prefix('"')?.strip_suffix('"')?;
        let comma = inner.match_indices(',').find(|(i, _)| {
            let mut clauses = inner[i + 1..].split(',').map(str::trim);
            clauses.all(is_clause)
        });
        let Some((comma, _)) = comma else {
            return self.swallowed_rating(range, inner);
        };
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
                safe: self.is_in_evidence(range.start),
                message: "close the quotes before it".to_owned(),
                edits,
            }),
        )
    }

    /// A rating that a text ends with in other words: `Reuters, rated B2`, `Reuters (rated: B2)`. Brackets alone may hold
    /// a road or a model.
    fn swallowed_rating(&self, range: Range<usize>, inner: &str) -> Option<Diagnostic> {
        let text = inner.trim_end_matches(')').trim_end();
        let (before, rating) = text.rsplit_once(' ')?;
        let said = before.trim_end().trim_end_matches(':').trim_end();
        let whole = said.strip_suffix("rated");
        let whole = whole.or_else(|| said.strip_suffix("rating"))?;
        let kept = whole.trim_end_matches([',', ';', '(', ' ']);
        // Bonds are rated A2 too, but sources are not.
        let is_apart = kept.len() < whole.trim_end().len();
        let is_source = self.text[..range.start].trim_end().ends_with("source:");
        if !is_rating(rating) || kept.is_empty() || !is_apart || !is_source {
            return None;
        }
        let start = range.start + 1 + kept.len();
        let found = self
            .syntax(
                start..range.end - 1,
                format!("the rating `{rating}` stands within the quotes, and is read as text"),
            )
            .label("the text should end before this")
            .help(format!(
                "write `\"{}\", rated: {rating}`",
                super::recover::short(kept)
            ));
        let place = self.place(start..range.end);
        let fix = format!("\", rated: {rating}");
        Some(found.fix(Fix {
            safe: self.is_in_evidence(range.start),
            ..Fix::risky("close the quotes before it", place, fix)
        }))
    }

    /// Whether a text stands in the block of a piece of evidence, where a rating may stand behind it.
    fn is_in_evidence(&self, at: usize) -> bool {
        /// A block is no longer than so many bytes up to there.
        const BACK: usize = 4_000;
        let from = self.text.ceil_char_boundary(at.saturating_sub(BACK));
        let before = &self.text[from..at];
        let block = before
            .rfind('{')
            .filter(|open| !before[*open..].contains('}'));
        let head = block.and_then(|open| before[..open].rsplit_once("evidence"));
        head.is_some_and(|(_, text)| {
            let text = text.trim();
            text.starts_with('"') && text.ends_with('"') && !text.contains(['{', '}', '\n'])
        })
    }
}

/// Whether a text is `rated: B2` or `dated: 2025-02-14`, whole.
fn is_clause(text: &str) -> bool {
    let Some((key, value)) = text.split_once(':') else {
        return false;
    };
    let value = value.trim();
    match key.trim_end() {
        "rated" => is_rating(value),
        "dated" => {
            value.len() >= 6
                && value.contains('-')
                && value.bytes().all(|b| b.is_ascii_digit() || b == b'-')
        }
        _ => false,
    }
}
