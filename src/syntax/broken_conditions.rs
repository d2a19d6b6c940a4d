//! Conditions and queries that could not be read.
//!
//! In: the range of one. Out: repairs: signs and habits of other languages, parentheses that do not
//! match, an operator with nothing behind it, times where none belong, prepositions that are none.

use super::lower::Lower;
use super::patch::Patch;
use super::recover::{Repair, meant, split_words};
use std::ops::Range;

const SIGNS: [(&str, &str); 5] = [
    ("&&", "and"),
    ("||", "or"),
    ("&", "and"),
    ("|", "or"),
    ("!", "not "),
];

/// Makes one repair of a condition, where its mistake is there.
type Attempt<'a> = fn(&Lower<'a>, Range<usize>) -> Option<Repair>;

impl<'a> Lower<'a> {
    /// What a condition that cannot be read may have meant: each repair alone, then all together.
    pub(super) fn condition_repairs(&self, range: Range<usize>, timeless: bool) -> Vec<Repair> {
        let mut all: Vec<Attempt<'a>> = vec![
            Self::signs,
            Self::needless_if,
            Self::list,
            Self::dangling,
            Self::parentheses,
        ];
        if timeless {
            all.push(Self::time);
        }
        let mut repairs: Vec<Repair> = all
            .iter()
            .filter_map(|make| make(self, range.clone()))
            .collect();
        if repairs.len() > 1 {
            let together = all.iter().filter_map(|make| make(self, range.clone()));
            repairs.extend(together.reduce(Repair::and));
        }
        repairs
    }

    /// `a && !b`, `a AND b`
    fn signs(&self, range: Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let at = |from: usize, len: usize| range.start + from..range.start + from + len;
        let mut patches: Vec<Patch> = Vec::new();
        let mut i = 0;
        while let Some(found) = text[i..].find(['&', '|', '!']) {
            i += found;
            let Some((sign, word)) = SIGNS.iter().find(|(sign, _)| text[i..].starts_with(sign))
            else {
                break;
            };
            let end = i + sign.len();
            let before = text[..i].ends_with(|c: char| !c.is_whitespace() && c != '(' && c != '!');
            let after = text[end..].starts_with(|c: char| !c.is_whitespace());
            let pad = |needed: bool| if needed && *sign != "!" { " " } else { "" };
            patches.push(Patch::new(
                at(i, sign.len()),
                format!("{}{word}{}", pad(before), pad(after)),
            ));
            i = end;
        }
        for (i, word) in split_words(text) {
            let low = word.to_ascii_lowercase();
            if low != word && matches!(low.as_str(), "and" | "or" | "not") {
                patches.push(Patch::new(at(i, word.len()), low));
            }
        }
        patches.sort_by_key(|p| p.range.start);
        let first = patches.first()?;
        let sign = &self.text[first.range.clone()];
        let word = first.text.trim();
        let diagnostic = self
            .syntax(first.range.clone(), format!("`{sign}` is written `{word}`"))
            .label("conditions are joined by words")
            .help("a condition is written with `and`, `or`, `not` and parentheses");
        Some(Repair::new(patches, diagnostic).fix("write `and`, `or` and `not`"))
    }

    /// `when: if a`
    fn needless_if(&self, range: Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let rest = text.strip_prefix("if ")?;
        let word = range.start..range.start + 2;
        let diagnostic = self
            .syntax(word, "a condition stands without `if`")
            .label("the clause says it already");
        let patch = Patch::new(range.start..range.start + text.len() - rest.len(), "");
        Some(Repair::new(vec![patch], diagnostic).fix("leave `if` out"))
    }

    /// `when: a, b`
    fn list(&self, range: Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let comma = text.find(',').filter(|_| !text.contains(" of "))?;
        let at = |i: usize| range.start + i..range.start + i + 1;
        let diagnostic = self
            .syntax(at(comma), "a condition is no list")
            .label("`and` or `or`?")
            .help("join the parts with `and` (all of them) or `or` (any of them)");
        let patches = text
            .match_indices(',')
            .map(|(i, _)| Patch::new(at(i), " and "))
            .collect();
        Some(Repair::new(patches, diagnostic))
    }

    /// `a or`
    fn dangling(&self, range: Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let word = ["and", "or", "not"].into_iter().find(|word| {
            text.strip_suffix(word)
                .is_some_and(|before| before.is_empty() || before.ends_with(char::is_whitespace))
        })?;
        let start = range.end - word.len();
        let before = text[..text.len() - word.len()].trim_end().len();
        let diagnostic = self
            .syntax(
                start..range.end,
                format!("a condition is missing behind `{word}`"),
            )
            .label("nothing stands behind this")
            .help("a condition may go on in the next line, but not end here");
        let patch = Patch::new(range.start + before..range.end, "");
        Some(Repair::new(vec![patch], diagnostic))
    }

    /// `(a or b`, `a)`
    fn parentheses(&self, range: Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let at = |from: usize| range.start + from..range.start + from + 1;
        let opened = text.matches('(').count();
        let closed = text.matches(')').count();
        if opened > closed {
            let diagnostic = self
                .syntax(at(text.rfind('(')?), "this parenthesis is never closed")
                .label("`(` opens here")
                .help("write `)` where the group ends");
            let patch = Patch::new(range.end..range.end, ")".repeat(opened - closed));
            return Some(Repair::new(vec![patch], diagnostic));
        }
        if closed == opened + 1 {
            let last = at(text.rfind(')')?);
            let diagnostic = self
                .syntax(last.clone(), "this parenthesis closes nothing")
                .label("there is no `(` for it");
            return Some(Repair::new(vec![Patch::new(last, "")], diagnostic));
        }
        None
    }

    /// `when: a by long`
    fn time(&self, range: Range<usize>) -> Option<Repair> {
        let text = &self.text[range.clone()];
        let (i, word) = split_words(text).find(|(_, word)| matches!(*word, "by" | "in"))?;
        let end = text[i + word.len()..].trim_start();
        let name = end.split_ascii_whitespace().next()?;
        let stop = text.len() - end.len() + name.trim_end_matches(')').len();
        let place = range.start + i..range.start + stop;
        let diagnostic = self
            .syntax(place.clone(), "a condition takes no time")
            .label("it is looked at in each horizon by itself")
            .help(format!("leave `{}` out", &text[i..stop]));
        Some(Repair::new(vec![Patch::new(place, "")], diagnostic))
    }

    /// `exit until long`, `exit bye long`
    pub(super) fn query_repairs(&self, range: Range<usize>) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let ends = ["by the end of ", "by end of ", "by end-", "by end "];
        let end = ends.iter().find_map(|end| Some((text.find(end)?, *end)));
        let end = end.map(|(i, said)| {
            let place = range.start + i..range.start + i + said.len();
            let behind = &text[i + said.len()..];
            let name: String = behind
                .chars()
                .take_while(|c| *c == '_' || c.is_alphanumeric())
                .collect();
            let found = self
                .syntax(
                    place.clone(),
                    format!("`by {name}` reaches to its end already"),
                )
                .label(format!(
                    "`{}` is not needed",
                    said["by ".len()..].trim_end()
                ))
                .help(format!("write `{}by {name}`", text[..i].trim_start()));
            Repair::new(vec![Patch::new(place, "by ")], found).fix(format!("write `by {name}`"))
        });
        let words = split_words(text).skip(1).take(8).filter_map(|(i, word)| {
            let preposition = match word {
                "until" | "till" | "before" | "at" | "on" | "for" => "by",
                "during" | "within" | "over" | "throughout" => "in",
                "if" | "when" | "assuming" => "given",
                "and" | "or" | "by" | "in" | "given" | "under" => return None,
                other => meant(other, ["by", "given", "under"])?,
            };
            let place = range.start + i..range.start + i + word.len();
            let diagnostic = self
                .syntax(place.clone(), format!("`{word}` cannot stand in a query"))
                .label(format!("`{preposition}` belongs here, if that is meant"))
                .help("a query is written `exit by long given relations under rupture`");
            Some(
                Repair::new(vec![Patch::new(place, preposition)], diagnostic)
                    .fix(format!("write `{preposition}`"))
                    .only_if(strsim::osa_distance(word, preposition) == 1),
            )
        });
        end.into_iter().chain(words).collect()
    }
}
