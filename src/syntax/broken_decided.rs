//! Outcomes and chains that are written as one would say them: `outcome x when m7`, `m7 implies m6`.
//!
//! In: an item that cannot be read. Out: the repair that reads it as it was meant.

use super::lower::Lower;
use super::patch::Patch;
use super::recover::{Repair, first_token};
use std::ops::Range;

/// What is written before a condition, and whether that can only mean `when:`.
const BEFORE: [(&str, bool); 8] = [
    ("when:", true),
    ("when", true),
    ("if:", true),
    ("if", true),
    ("given", false),
    ("where", false),
    ("is", false),
    ("=", false),
];

/// What is written between an event and the one that it implies.
const IMPLIES: [&str; 7] = ["implies:", "implies", "->", "=>", "→", "⇒", ">"];

impl Lower<'_> {
    /// `outcome x "X" when m7`, `outcome y otherwise`: what decides an outcome stands in its block.
    pub(super) fn decided_repair(
        &self,
        range: &Range<usize>,
        (rest_at, rest): (usize, &str),
    ) -> Option<Repair> {
        let name = first_token(rest).trim_end_matches(':');
        let mut behind = &rest[name.len()..];
        let colon = behind.starts_with(':');
        behind = behind.trim_start_matches(':').trim_start();
        if let Some(title) = behind.strip_prefix('"') {
            behind = title.split_once('"')?.1;
        }
        let tail = behind.trim_start();
        let tail_at = rest_at + (rest.len() - tail.len());
        let begins = |word: &str| {
            let after = tail.strip_prefix(word)?;
            let ends = word.ends_with([':', '=']) || after.starts_with(char::is_whitespace);
            ends.then_some(after.trim())
        };
        let spoken = BEFORE
            .iter()
            .find_map(|(w, sure)| Some((begins(w)?, *sure)));
        let (prop, sure) = match (spoken, tail) {
            (Some(found), _) => found,
            (None, "otherwise") => (tail, true),
            (None, "else" | "rest") => (tail, false),
            (None, _) if colon && self.is_proposition(tail) => (tail, true),
            _ => return None,
        };
        let prop = match prop {
            "else" | "rest" => "otherwise",
            prop => prop,
        };
        if prop.is_empty() || prop.contains('"') {
            return None;
        }
        let text = &self.text[range.clone()];
        let place = range.start + tail_at..range.start + tail_at + tail.len();
        let head = range.start + rest_at + name.len()..place.start;
        let between = &self.text[head.clone()];
        let between = between.strip_prefix(':').unwrap_or(between).to_owned();
        let before = &self.text[range.start..head.start];
        let said = format!("{before}{}", between.trim_end());
        // A block that stands there already takes the clause.
        let mut patches = vec![Patch::new(head, between)];
        match text.find('{') {
            Some(open) => {
                let open = range.start + open + 1;
                let comma = match self.text[open..].trim_start().starts_with('}') {
                    true => " ",
                    false => ",",
                };
                patches.push(Patch::new(place.clone(), ""));
                patches.push(Patch::new(open..open, format!(" when: {prop}{comma}")));
            }
            None => patches.push(Patch::new(place.clone(), format!("{{ when: {prop} }}"))),
        }
        let repair = Repair::new(
            patches,
            self.syntax(place, "what decides an outcome stands in its block")
                .label("this is its `when:`")
                .help(format!("write `{said} {{ when: {prop} }}`")),
        );
        Some(repair.fix("write it as a clause").only_if(sure))
    }

    /// Whether every word of a text is a name that the file declares, or joins such names.
    fn is_proposition(&self, text: &str) -> bool {
        const KEYWORDS: [&str; 6] = [
            "event",
            "factor",
            "change",
            "assumption",
            "condition",
            "outcome",
        ];
        let names = text.split(|c: char| !(c == '_' || c.is_alphanumeric()));
        let mut names = names.filter(|w| !w.is_empty() && !matches!(*w, "and" | "or" | "not"));
        let declared = |name: &str| {
            KEYWORDS.iter().any(|word| {
                let item = format!("{word} {name}");
                let mut found = self.text.match_indices(&item);
                found.any(|(at, _)| {
                    let behind = self.text[at + item.len()..].chars().next();
                    !behind.is_some_and(|c| c == '_' || c.is_alphanumeric())
                })
            })
        };
        names.all(declared)
    }

    /// `m7 implies m6`, `m7 -> m6`: a chain names its events behind the keyword.
    pub(super) fn chain_repair(&self, range: &Range<usize>) -> Option<Repair> {
        let line = self.text[range.clone()].split('\n').next()?.trim_end();
        let bare = line
            .strip_prefix("implies")
            .map(|l| l.trim_start_matches(':'));
        let members = joined(bare.unwrap_or(line))?;
        // `a and b` alone says nothing of a chain.
        let says = IMPLIES.iter().any(|word| line.contains(word));
        let meant = format!("implies: {}", members.join(", "));
        if !says {
            return None;
        }
        let place = range.start..range.start + line.len();
        let repair = Repair::new(
            vec![Patch::new(place.clone(), meant.as_str())],
            self.syntax(place, "an implication is written as one list")
                .label("a chain begins with `implies:`")
                .help(format!(
                    "write `{meant}`: the strongest first, each implies the next"
                )),
        );
        Some(repair.fix(format!("write `{meant}`")))
    }
}

/// The names that a text joins by `implies`, by arrows or by `and`; none where it does not.
pub(super) fn joined(text: &str) -> Option<Vec<&str>> {
    let mut members: Vec<&str> = Vec::new();
    let mut joined = false;
    for word in text.split([' ', ',', '\t']) {
        match word {
            "" => {}
            "and" | "&" => joined = true,
            word if IMPLIES.contains(&word) => joined = true,
            word => {
                // `m7->m6`
                let arrow = IMPLIES[2..6].iter().find(|a| word.contains(**a));
                match arrow {
                    Some(arrow) => {
                        joined = true;
                        members.extend(word.split(arrow).filter(|w| !w.is_empty()));
                    }
                    None => members.push(word),
                }
            }
        }
    }
    let is_name = |w: &&str| {
        w.chars().all(|c| c == '_' || c.is_alphanumeric())
            && w.starts_with(|c: char| c.is_alphabetic() || c == '_')
    };
    (joined && members.len() > 1 && members.iter().all(is_name)).then_some(members)
}
