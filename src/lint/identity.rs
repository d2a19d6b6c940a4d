//! What makes a finding the same finding after lines have moved: its rule, its item, its text.
//!
//! In: a diagnostic and the sources. Out: an [`Identity`] and numbers made from it, the same on
//! every machine and in every version. Line numbers and the message, whose figures move with the
//! verdict, play no part.

use crate::diag::Diagnostic;
use crate::render::Checked;
use crate::source::{Source, SourceMap, Span};
use std::collections::BTreeMap;
use xxhash_rust::xxh3::xxh3_64;

/// What does not change when other lines do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The rule's name.
    pub rule: &'static str,
    /// The item that the finding stands in: "factor russia"; empty above the first.
    pub item: String,
    /// The text that it is about, blanks made one, cut where it is long.
    pub text: String,
}

/// How many letters of a text tell it from others.
const LETTERS: usize = 200;

/// How many lines above a finding its item is looked for.
const LINES: usize = 2_000;

/// The words that begin an item.
const ITEMS: &[&str] = &[
    "assessment",
    "assumption",
    "bet",
    "change",
    "event",
    "exclusive",
    "expect",
    "factor",
    "final",
    "horizon",
    "outcome",
    "overlap",
    "prior",
    "resolved",
    "scale",
    "scenario",
    "section",
    "strengths",
    "use",
];

impl Identity {
    /// Of a finding.
    pub fn of(diagnostic: &Diagnostic, sources: &SourceMap) -> Identity {
        let span = diagnostic.primary.span;
        let source = sources.source(span.file);
        Identity {
            rule: diagnostic.rule.name,
            item: item(source, span),
            text: text(source, span),
        }
    }

    /// A number for the `nth` finding of this identity in one file, counted from 0.
    pub fn fingerprint(&self, file: &str, nth: usize) -> u64 {
        let parts = [file, self.rule, &self.item, &self.text];
        let mut all = parts.join("\0");
        all.push_str(&format!("\0{nth}"));
        xxh3_64(all.as_bytes())
    }
}

/// The fingerprint of every finding in its order; each is another, though two findings may look
/// the same.
pub fn fingerprints(checked: &Checked) -> Vec<u64> {
    let mut seen: BTreeMap<(u32, Identity), usize> = BTreeMap::new();
    let all = checked.diagnostics.iter().map(|d| {
        let identity = Identity::of(d, &checked.sources);
        let file = d.primary.span.file;
        let count = seen.entry((file.0, identity.clone())).or_default();
        *count += 1;
        identity.fingerprint(&checked.sources.source(file).name, *count - 1)
    });
    all.collect()
}

/// The head of the item that a place stands in. Broken items count too, so lines are read, not trees.
fn item(source: &Source, span: Span) -> String {
    let line = source.position(span.start as usize).line;
    let above = (line.saturating_sub(LINES).max(1)..=line).rev();
    above
        .filter_map(|n| head(source.line(n)))
        .next()
        .unwrap_or_default()
}

/// An item's keyword and name, where a line begins one.
fn head(line: &str) -> Option<String> {
    // One long line need not be read to its end.
    let line = line.trim_start_matches('\u{feff}').trim_start();
    let word = ITEMS.iter().find(|w| line.starts_with(**w))?;
    let rest = &line[word.len()..];
    let own = match *word {
        "scale" | "strengths" => rest.starts_with([' ', '\t', '{']),
        _ => rest.starts_with([' ', '\t', '{', ':']),
    };
    if !own {
        return None;
    }
    // These have no name: what they say tells them apart.
    if matches!(*word, "exclusive" | "expect" | "overlap" | "resolved") {
        return Some(squeezed(line));
    }
    let rest = rest.trim_start();
    let name = if let Some(title) = rest.strip_prefix('"') {
        let end = title.find('"').map_or(rest.len(), |n| n + 2);
        &rest[..end]
    } else {
        let rest = rest.strip_prefix("outcome ").unwrap_or(rest).trim_start();
        let end = rest.find([' ', '\t', ':', '{', '"']);
        &rest[..end.unwrap_or(rest.len())]
    };
    Some(squeezed(&format!("{word} {name}")))
}

fn text(source: &Source, span: Span) -> String {
    let range = span.start as usize..span.end as usize;
    let text = source.text.get(range).unwrap_or_default();
    if text.trim().is_empty() {
        squeezed(source.line(source.position(span.start as usize).line))
    } else {
        squeezed(text)
    }
}

/// The first letters of a text, each run of blanks made one.
fn squeezed(text: &str) -> String {
    let mut out = String::new();
    let mut letters = 0;
    for word in text.split_whitespace() {
        if letters > 0 {
            out.push(' ');
            letters += 1;
        }
        let left = LETTERS.saturating_sub(letters);
        out.extend(word.chars().take(left));
        letters += word.chars().take(left).count();
        if letters >= LETTERS {
            break;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_name_their_items() {
        for (line, expected) in [
            ("factor russia \"Shift\" {", Some("factor russia")),
            ("  event troops{", Some("event troops")),
            ("final outcome exit \"Full exit\"", Some("final exit")),
            (
                "section \"Summary: all\": \"\"\"",
                Some("section \"Summary: all\""),
            ),
            ("prior {", Some("prior")),
            ("horizon long: 18+ months", Some("horizon long")),
            (
                "expect exit  by long: at most 20%",
                Some("expect exit by long: at most 20%"),
            ),
            ("exclusive: a, b", Some("exclusive: a, b")),
            ("scale house {", Some("scale house")),
            ("  scale: icd203", None),
            ("  strengths: acmg", None),
            ("events are many", None),
            ("  evidence \"x\" {", None),
            ("}", None),
        ] {
            assert_eq!(head(line).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn long_texts_are_cut_between_letters() {
        let long = "ä".repeat(500);
        assert_eq!(squeezed(&long).chars().count(), LETTERS);
        assert_eq!(squeezed("  a \n\t b  "), "a b");
    }
}
