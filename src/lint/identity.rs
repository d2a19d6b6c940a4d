//! What makes a finding the same finding after lines have moved: its rule, its item, its text, and the
//! sentence or clause around it.
//!
//! In: a diagnostic and the sources. Out: an [`Identity`] and numbers made from it, the same on
//! every machine and in every version. Line numbers and the message, whose figures move with the
//! verdict, play no part.

pub use super::within::Within;
use super::within::{Places, words};
use crate::diag::Checked;
use crate::diag::Diagnostic;
use crate::text::source::{FileId, Source, SourceMap, Span};
use std::collections::{BTreeMap, BTreeSet};
use xxhash_rust::xxh3::xxh3_64;

/// What does not change when other lines do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The rule's name.
    pub(crate) rule: &'static str,
    /// The item that the finding stands in: "factor russia"; empty above the first.
    pub(crate) item: String,
    /// The text that it is about, blanks made one; of a long one the beginning, and a number made
    /// from the whole.
    pub(crate) text: String,
    /// The sentence or clause that it stands in.
    pub(crate) within: Within,
    /// The title of its item; of a sentence, which may move from item to item, none.
    pub(crate) title: String,
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

/// Who the findings of a run are.
pub struct Identities<'a> {
    sources: &'a SourceMap,
    places: BTreeMap<u32, Places<'a>>,
}

impl<'a> Identities<'a> {
    /// Of findings in these sources.
    pub fn new(sources: &'a SourceMap) -> Self {
        Identities {
            sources,
            places: BTreeMap::new(),
        }
    }

    /// The identity of a finding.
    pub fn of(&mut self, diagnostic: &Diagnostic) -> Identity {
        let span = diagnostic.primary.span;
        let source = self.sources.source(span.file);
        let within = self.places(span.file).within(span);
        let title = match within {
            Within::Sentence(_) => None,
            _ => head_line(source, span).and_then(title),
        };
        Identity {
            rule: diagnostic.rule.name,
            item: item(source, span),
            text: text(source, span),
            within,
            title: title.map(told).unwrap_or_default(),
        }
    }

    /// The words of a file's code, and which of them name an item.
    pub fn names(&mut self, file: FileId) -> (BTreeSet<&'a str>, BTreeSet<&'a str>) {
        let source = self.sources.source(file);
        let heads = source.text.lines().filter_map(|line| {
            let (_, name) = name(line)?;
            words(name).next()
        });
        (self.places(file).words(), heads.collect())
    }

    fn places(&mut self, file: FileId) -> &mut Places<'a> {
        let source = self.sources.source(file);
        let places = self.places.entry(file.0);
        places.or_insert_with(|| Places::of(file, source))
    }
}

impl Identity {
    /// A number for the `nth` finding of this identity in one file, counted from 0. An item counts by
    /// its title where it has one, which a change of its name leaves, and for a sentence not at all.
    fn fingerprint(&self, file: &str, nth: usize) -> u64 {
        let (sort, within) = match &self.within {
            Within::Head => ("head", ""),
            Within::Sentence(text) => ("sentence", text.as_str()),
            Within::Clause(text) => ("clause", text.as_str()),
        };
        let (kind, name) = self.item.split_once(' ').unwrap_or((&self.item, ""));
        let is_titled = !self.title.is_empty();
        let text = match self.text == name && is_titled {
            true => "its name",
            false => &self.text,
        };
        let item = match self.within {
            Within::Sentence(_) => String::new(),
            _ if is_titled => format!("{kind} \"{}\"", self.title),
            _ => self.item.clone(),
        };
        let all = [file, self.rule, &item, text, sort, within].join("\0");
        xxh3_64(format!("{all}\0{nth}").as_bytes())
    }
}

/// The fingerprint of every finding in its order; each is another, though two findings may look
/// the same.
pub fn fingerprints(checked: &Checked) -> Vec<u64> {
    let mut identities = Identities::new(&checked.sources);
    let mut seen: BTreeMap<(u32, u64), usize> = BTreeMap::new();
    let all = checked.diagnostics.iter().map(|d| {
        let identity = identities.of(d);
        let file = d.primary.span.file;
        let name = &checked.sources.source(file).name;
        let number = |nth| identity.fingerprint(name, nth);
        let count = seen.entry((file.0, number(0))).or_default();
        *count += 1;
        number(*count - 1)
    });
    all.collect()
}

/// The head of the item that a place stands in. Broken items count too, so lines are read, not trees.
fn item(source: &Source, span: Span) -> String {
    head_line(source, span).and_then(head).unwrap_or_default()
}

/// The line that begins the item.
fn head_line(source: &Source, span: Span) -> Option<&str> {
    let line = source.position(span.start as usize).line;
    let mut above = (line.saturating_sub(LINES).max(1)..=line).rev();
    above.find_map(|n| name(source.line(n)).map(|_| source.line(n)))
}

/// An item's keyword and name, where a line begins one.
fn head(line: &str) -> Option<String> {
    let (word, name) = name(line)?;
    // These have no name: what they say tells them apart.
    if matches!(word, "exclusive" | "expect" | "overlap" | "resolved") {
        return Some(told(line));
    }
    Some(told(&format!("{word} {name}")))
}

/// The word that begins an item, and its name, or its title where it has none.
fn name(line: &str) -> Option<(&'static str, &str)> {
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
    let rest = rest.trim_start();
    let name = if let Some(title) = rest.strip_prefix('"') {
        let end = title.find('"').map_or(rest.len(), |n| n + 2);
        &rest[..end]
    } else {
        let rest = rest.strip_prefix("outcome ").unwrap_or(rest).trim_start();
        let end = rest.find([' ', '\t', ':', '{', '"']);
        &rest[..end.unwrap_or(rest.len())]
    };
    Some((word, name))
}

/// The title behind an item's name.
fn title(line: &str) -> Option<&str> {
    let (_, name) = name(line)?;
    let behind = line[line.find(name)? + name.len()..].trim_start();
    let title = behind.strip_prefix('"')?;
    Some(&title[..title.find('"')?]).filter(|t| !t.is_empty() && !name.is_empty())
}

fn text(source: &Source, span: Span) -> String {
    let range = span.start as usize..span.end as usize;
    let text = source.text.get(range).unwrap_or_default();
    if text.trim().is_empty() {
        told(source.line(source.position(span.start as usize).line))
    } else {
        told(text)
    }
}

/// A text with each run of blanks made one; of a long one the beginning and a number.
pub(super) fn told(text: &str) -> String {
    let mut short = squeezed(text);
    let blanks = text.split_whitespace().count().saturating_sub(1);
    let letters = text.chars().filter(|c| !c.is_whitespace()).count() + blanks;
    if letters > LETTERS {
        let whole: Vec<&str> = text.split_whitespace().collect();
        let number = xxh3_64(whole.join(" ").as_bytes());
        short.push_str(&format!("… #{number:016x}"));
    }
    short
}

/// A text as it was told before long ones had a number.
pub(super) fn told_before(text: &str) -> String {
    text.chars().take(LETTERS).collect()
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
        let (one, other) = (told(&format!("{long} a")), told(&format!("{long} b")));
        assert!(one != other && one.starts_with(&squeezed(&long)));
        assert_eq!(told_before(&one), squeezed(&long));
    }
}
