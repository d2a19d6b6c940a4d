//! One pair of a name and a value as it is written elsewhere: `stay: 10%`, `P(stay) = 10%`, `10% if stay`, `q2: `.
//!
//! In: a place in a text. Out: what was read there, and what of it has to be written elsewise; the place moves behind it.
//! Nothing is said of it here.

use super::braces::first_word;
use super::patch::Patch;
use super::words::{CLAUSES, ITEMS};
use std::ops::Range;

/// A pair, and what has to be written elsewise in it.
pub(super) struct Pair {
    pub(super) place: Range<usize>,
    /// The pair as it should have been written.
    pub(super) said: String,
    pub(super) patches: Vec<Patch>,
}

/// A place in a text at which pairs may stand.
#[derive(Clone, Copy)]
pub(super) struct Reader<'t> {
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t> Reader<'t> {
    pub(super) fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn blanks(&mut self, lines: bool) {
        let rest = self.rest();
        let is_blank = |c: char| matches!(c, ' ' | '\t' | '\r') || lines && c == '\n';
        self.at += rest.len() - rest.trim_start_matches(is_blank).len();
    }

    pub(super) fn eats(&mut self, text: &str) -> bool {
        let is = self.rest().starts_with(text);
        if is {
            self.at += text.len();
        }
        is
    }

    /// A word and a blank behind it.
    fn eats_word(&mut self, words: &[&str]) {
        let rest = self.rest();
        let word = words.iter().find(|w| {
            rest.strip_prefix(**w)
                .is_some_and(|r| r.starts_with([' ', '\t']))
        });
        if let Some(word) = word {
            self.at += word.len();
            self.blanks(false);
        }
    }

    /// What stands between the key and the first pair; whether that is a brace.
    pub(super) fn head(&mut self) -> bool {
        self.blanks(false);
        self.eats_word(&["of"]);
        self.eats(":");
        self.blanks(true);
        let brace = self.eats("{");
        self.blanks(true);
        brace
    }

    fn name(&mut self) -> Option<&'t str> {
        let name = first_word(self.rest()).0;
        let is_clause = CLAUSES.iter().any(|c| c.key == name) || ITEMS.contains(&name);
        if is_clause || !name.starts_with(|c: char| c == '_' || c.is_alphabetic()) {
            return None;
        }
        self.at += name.len();
        Some(name)
    }

    /// `q2: `
    pub(super) fn horizon(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let rest = rest
            .strip_prefix("by ")
            .or(rest.strip_prefix("in "))
            .unwrap_or(rest);
        self.at += self.rest().len() - rest.len();
        // Seldom is it one.
        let behind = rest[first_word(rest).0.len()..].trim_start_matches([' ', '\t', '\r']);
        if !behind.starts_with(':') {
            return None;
        }
        let name = self.name()?;
        self.blanks(false);
        let is = self.eats(":");
        self.blanks(false);
        is.then_some(name)
    }

    /// `10%`, `10% to 20%`
    fn share(&mut self) -> Option<&'t str> {
        let start = self.at;
        self.percentage()?;
        let end = self.at;
        self.blanks(false);
        let ranged = self.eats("to ") && {
            self.blanks(false);
            self.percentage().is_some()
        };
        if !ranged {
            self.at = end;
        }
        Some(&self.text[start..self.at])
    }

    fn percentage(&mut self) -> Option<()> {
        let rest = self.rest();
        let behind = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        if behind.len() == rest.len() || rest.starts_with('.') {
            return None;
        }
        self.at += rest.len() - behind.len();
        self.blanks(false);
        self.eats("%").then_some(())
    }

    /// A word of likelihood, up to the pair's end.
    fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let end = rest
            .find([',', ';', '\n', '}', ')', '#', ':', '='])
            .unwrap_or(rest.len());
        let word = rest[..end].trim_end();
        let fits = word
            .split(' ')
            .all(|w| !w.is_empty() && w.chars().all(char::is_alphabetic))
            && word.split(' ').count() < 5
            && !word
                .split(' ')
                .any(|w| matches!(w, "by" | "in" | "rest" | "to"));
        self.at += word.len();
        (fits && !rest[end..].starts_with([':', '='])).then_some(word)
    }

    /// One pair, in whatever order.
    pub(super) fn pair(&mut self) -> Option<Pair> {
        let start = self.at;
        if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let value = self.share()?;
            self.blanks(false);
            self.eats_word(&["if", "given", "under", "for", "of", "in"]);
            let name = self.name()?;
            let said = format!("{name} {value}");
            let place = start..self.at;
            let patches = vec![Patch::new(place.clone(), said.as_str())];
            return Some(Pair {
                place,
                said,
                patches,
            });
        }
        self.eats_word(&["if", "given", "under"]);
        let called = self.eats("P(") || self.eats("p(");
        let name_at = self.at;
        let name = self.name()?;
        if called && !self.eats(")") {
            return None;
        }
        let name_end = name_at + name.len();
        self.blanks(false);
        let sign = self.eats(":") || self.eats("=");
        self.blanks(false);
        self.eats_word(&["is", "at"]);
        let paren = self.eats("(");
        let value_at = self.at;
        let is_number = self.rest().starts_with(|c: char| c.is_ascii_digit());
        let value = match is_number {
            true => self.share()?,
            false if sign => self.word()?,
            false => return None,
        };
        let value_end = self.at;
        if paren && !self.eats(")") {
            return None;
        }
        let mut patches = Vec::new();
        if start < name_at {
            patches.push(Patch::new(start..name_at, ""));
        }
        if !self.text[name_end..value_at].trim().is_empty() {
            patches.push(Patch::new(name_end..value_at, " "));
        }
        if value_end < self.at {
            patches.push(Patch::new(value_end..self.at, ""));
        }
        let said = format!("{name} {value}");
        Some(Pair {
            place: start..self.at,
            said,
            patches,
        })
    }

    /// What stands between two pairs.
    pub(super) fn separator(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        self.blanks(false);
        let sign = self.eats(",") || self.eats(";");
        self.blanks(false);
        let and = !sign && self.rest().starts_with("and ");
        if and {
            self.at += "and ".len();
        }
        self.blanks(true);
        (self.at > start).then_some(start..self.at)
    }

    /// Whether a pair stands here.
    pub(super) fn begins_pair(&self) -> bool {
        let mut ahead = *self;
        ahead.pair().is_some()
    }
}
