//! What may stand where the cursor is.
//!
//! In: an analysis, a byte, the files that can be used. Out: proposals, the likeliest first. What a clause
//! takes is found by its words, not by its rule of the grammar: `by` is followed by a horizon and
//! `given` by a condition in every clause, those to come included.

use super::names::{self, Declared};
use super::place::{Place, Within, is_of_name, keyword};
use super::{Analysis, Known, Range, explain, hover};
use crate::lint::rules;
use crate::scales;
use crate::strengths;
use crate::syntax::ast::Item;
use crate::syntax::vocabulary;
use crate::text::lang::Lang;
use crate::text::round;
use std::collections::BTreeMap;

/// What a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An item with places to fill in.
    Item,
    /// A clause.
    Clause,
    /// A name of the file.
    Name(names::Sort),
    /// A word of the scale, of the strengths, of a closed list.
    Word,
    /// A file.
    File,
    /// A rule.
    Rule,
    /// A word of the language.
    Keyword,
}

/// A proposal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// What is shown.
    pub label: String,
    /// Beside it.
    pub detail: String,
    /// What it is.
    pub kind: Kind,
    /// What is put in; with `$1` and `$0` for places to fill in where it is a snippet.
    pub insert: String,
    /// Whether it has places to fill in.
    pub snippet: bool,
    /// In Markdown.
    pub documentation: String,
    /// What it replaces.
    pub range: Range,
}

/// The proposals at a byte of the first file. `files` are the paths that a `use` may name.
pub fn completion(
    analysis: &Analysis,
    offset: usize,
    known: Option<Known<'_>>,
    files: &[String],
) -> Vec<Proposal> {
    let place = Place::of(analysis.text(), offset);
    let text = analysis.text();
    let offset = super::place::boundary(text, offset);
    let mut from = Filling {
        analysis,
        names: names::declared(analysis),
        known,
        range: place.word.start.min(offset)..offset,
        own: place
            .owners
            .last()
            .and_then(|head| own_name(head))
            .map(str::to_owned),
        list: Vec::new(),
    };
    match place.within {
        Within::Comment => from.allow(&place),
        Within::Text => from.used_file(&place, files),
        Within::Placeholder => from.query(place.before),
        Within::Code => from.code(&place),
    }
    from.list
}

struct Filling<'a> {
    analysis: &'a Analysis,
    names: BTreeMap<String, Declared>,
    known: Option<Known<'a>>,
    range: Range,
    /// The name of the item around the cursor, which can rest on anything but itself.
    own: Option<String>,
    list: Vec<Proposal>,
}

/// The name in an item's head: `event drift "Drift"`.
fn own_name(head: &str) -> Option<&str> {
    let mut words = head.split_whitespace().filter(|w| *w != "final");
    words.next();
    words.next().filter(|w| w.chars().all(is_of_name))
}

impl Filling<'_> {
    fn add(&mut self, label: &str, detail: &str, kind: Kind, documentation: String) {
        self.list.push(Proposal {
            label: label.to_owned(),
            detail: detail.to_owned(),
            kind,
            insert: label.to_owned(),
            snippet: false,
            documentation,
            range: self.range.clone(),
        });
    }

    fn keyword(&mut self, words: &[&str]) {
        for word in words {
            self.add(word, "", Kind::Keyword, String::new());
        }
    }

    fn names(&mut self, fits: impl Fn(names::Sort) -> bool) {
        let fitting: Vec<Declared> = self
            .names
            .values()
            .filter(|d| fits(d.sort) && self.own.as_deref() != Some(d.name.as_str()))
            .cloned()
            .collect();
        for declared in fitting {
            let title = declared.title.clone().unwrap_or_default();
            let said = explain::name(&declared, self.known);
            self.add(&declared.name, &title, Kind::Name(declared.sort), said);
        }
    }

    /// Whether a word is the name of a quantity.
    fn quantity(&self, word: &str) -> bool {
        let found = self.names.get(word);
        found.is_some_and(|d| d.sort == names::Sort::Quantity)
    }

    /// The words of `impacts`.
    fn impacts(&self) -> Vec<String> {
        let items = self.analysis.parsed().ast.items.iter();
        let words = items.filter_map(|item| match item {
            Item::Impacts(i) => Some(&i.words),
            _ => None,
        });
        words.flatten().map(|w| w.node.clone()).collect()
    }

    /// Rules in `# allow(`.
    fn allow(&mut self, place: &Place<'_>) {
        let open = place.before.rfind("allow(");
        if open.is_none_or(|open| place.before[open..].contains(')')) {
            if place.before.trim_start_matches('#').trim().len() < 5 {
                self.add(
                    "allow(",
                    "allow a finding, with a reason",
                    Kind::Keyword,
                    String::new(),
                );
            }
            return;
        }
        let start = place.before.rfind(['(', ',']).map_or(0, |n| n + 1);
        let typed = place.before[start..].trim_start().len();
        self.range.start = self.range.end - typed;
        for rule in rules::ALL.iter().filter(|r| r.group != rules::Group::Error) {
            self.add(
                rule.name,
                rule.group.as_str(),
                Kind::Rule,
                rule.summary().to_owned(),
            );
        }
    }

    /// Files in the quotes behind `use`.
    fn used_file(&mut self, place: &Place<'_>, files: &[String]) {
        let head = place.before.trim_start();
        let Some(quoted) = head.strip_prefix("use").map(str::trim_start) else {
            return;
        };
        let Some(typed) = quoted.strip_prefix('"') else {
            return;
        };
        self.range.start = self.range.end - typed.len();
        for file in files {
            self.add(file, "", Kind::File, String::new());
        }
    }

    /// A query: what is asked, `by` when, `given` what, `under` which scenario.
    fn query(&mut self, before: &str) {
        let mut words = before.split(|c: char| !is_of_name(c)).rev();
        // The word that is being typed.
        words.next();
        let last = words.find(|w| !w.is_empty()).unwrap_or_default();
        match last {
            "by" | "in" => self.names(|s| s == names::Sort::Horizon),
            "under" => self.names(|s| matches!(s, names::Sort::Scenario | names::Sort::View)),
            "" | "not" | "and" | "or" | "given" | "above" | "below" | "on" | "expect" => {
                self.names(|s| s.is_outcome() || s.is_driver() || s == names::Sort::Quantity);
                self.keyword(&["not", "mean of", "median of"]);
            }
            "of" => self.names(|s| s == names::Sort::Quantity),
            _ if self.quantity(last) => {
                self.keyword(&["below", "above", "at least", "at most", "between", "in"])
            }
            _ => self.keyword(&["by", "in", "given", "under", "and", "or"]),
        }
    }

    fn code(&mut self, place: &Place<'_>) {
        let before = place.before.trim_start();
        let owner = place.owner();
        // Behind the colon of a key, unless in a list that goes on with another key.
        let key = before.split_once(':');
        match (owner, key) {
            (None, None) if !before.contains(char::is_whitespace) => self.items(),
            (None, _) => self.item_head(before),
            (Some(owner), None) if !before.contains(char::is_whitespace) => {
                self.clauses(owner, place);
            }
            (Some(_), None) => self.clause_head(before),
            (Some(owner), Some((key, value))) => self.value(owner, key.trim(), value),
        }
    }

    /// Items, each with places to fill in.
    fn items(&mut self) {
        for (word, example) in vocabulary::items() {
            let documentation = format!("```assess\n{example}\n```");
            let label = if word == "final" {
                "final outcome"
            } else {
                word
            };
            self.list.push(Proposal {
                label: label.to_owned(),
                detail: String::new(),
                kind: Kind::Item,
                insert: snippet(word, example),
                snippet: true,
                documentation,
                range: self.range.clone(),
            });
        }
    }

    /// What stands in an item's own line.
    fn item_head(&mut self, before: &str) {
        let typed = before
            .rsplit(|c: char| !is_of_name(c))
            .next()
            .unwrap_or_default();
        let settled = before[..before.len() - typed.len()].trim_end();
        match keyword(before) {
            "expect" if !before.contains(':') => self.query(before),
            "expect" if settled.ends_with(':') => {
                self.keyword(&["at least", "at most", "leads", "above", "below"]);
                self.scale();
            }
            "expect" if settled.ends_with("above") || settled.ends_with("below") => {
                self.query(before)
            }
            "exclusive" | "overlap" | "use" => self.names(names::Sort::is_driver),
            "resolved" => self.query(&before.replacen("resolved", "", 1)),
            "horizon" if settled.ends_with(':') => {
                self.keyword(&["until"]);
                for example in [
                    "0 to 6 months",
                    "6 to 12 months",
                    "until 2026-12-31",
                    "18+ months",
                ] {
                    self.add(example, "", Kind::Word, String::new());
                }
            }
            _ => {}
        }
    }

    /// Clauses that may still stand here; in a prior, outcomes.
    fn clauses(&mut self, owner: &str, place: &Place<'_>) {
        let start = place.braces.last().map_or(0, |brace| brace + 1);
        let body = self.analysis.text().get(start..).unwrap_or_default();
        let body = &body[..closing(body)];
        let is_there = |key: &str| {
            let mut places = body.match_indices(key);
            places.any(|(at, _)| {
                let line = body[..at]
                    .rsplit(['\n', ',', '{'])
                    .next()
                    .unwrap_or_default();
                line.trim().is_empty() && body[at + key.len()..].trim_start().starts_with(':')
            })
        };
        let clauses: Vec<_> = vocabulary::clauses(owner).collect();
        for clause in clauses {
            if !clause.repeats && is_there(clause.key) {
                continue;
            }
            let documentation = format!("```assess\n{}\n```", clause.example);
            let (insert, snippet) = match clause.key {
                "weight" => ("weight for ${1:outcome}: $0".to_owned(), true),
                "count" => ("count ${1:name}: ${0:50%}".to_owned(), true),
                "move" => ("move ${1:quantity}: $0".to_owned(), true),
                "in" => ("in ${1:horizon}: ${0:2.9 (1.8 to 3.9)}".to_owned(), true),
                "evidence" => (
                    "evidence \"$1\" { source: \"$2\", rated: ${3:B2}, dated: $0 }".to_owned(),
                    true,
                ),
                key if clause.example.contains(": \"") => (format!("{key}: \"$0\""), true),
                key => (format!("{key}: "), false),
            };
            self.list.push(Proposal {
                label: clause.key.to_owned(),
                detail: clause.example.to_owned(),
                kind: Kind::Clause,
                insert,
                snippet,
                documentation,
                range: self.range.clone(),
            });
        }
        if owner == "prior" {
            self.names(names::Sort::is_outcome);
        }
        if owner == "view" {
            self.keyword(&["event", "factor", "change", "assumption", "prior"]);
            self.names(|s| s == names::Sort::Event);
        }
    }

    /// Between a clause's first word and its colon.
    fn clause_head(&mut self, before: &str) {
        let mut words: Vec<&str> = before.split_whitespace().collect();
        if before.ends_with(is_of_name) {
            words.pop();
        }
        match (words.first().copied(), words.last().copied()) {
            (_, Some("for" | "against")) => self.names(names::Sort::is_outcome),
            (_, Some("given" | "and" | "or" | "not" | "count")) => {
                self.names(names::Sort::is_driver);
                self.keyword(&["not"]);
            }
            (Some("move"), Some("move")) => self.names(|s| s == names::Sort::Quantity),
            (Some("move"), _) => self.keyword(&["if wrong"]),
            (Some("in"), Some("in")) => self.names(|s| s == names::Sort::Horizon),
            (Some("weight"), Some("weight")) => self.keyword(&["for", "against"]),
            (Some("weight"), _) => {
                self.names(names::Sort::is_outcome);
                self.keyword(&["if wrong"]);
            }
            (Some("chance" | "holds"), _) => self.keyword(&["given", "otherwise"]),
            _ => {}
        }
    }

    /// Behind a clause's colon.
    fn value(&mut self, owner: &str, key: &str, value: &str) {
        let typed = value
            .rsplit(|c: char| !is_of_name(c))
            .next()
            .unwrap_or_default();
        let settled = value[..value.len() - typed.len()].trim_end();
        let last = settled
            .rsplit(|c: char| !is_of_name(c))
            .next()
            .unwrap_or_default();
        let first = key.split_whitespace().next().unwrap_or_default();
        match (first, last) {
            ("note" | "resolves" | "context" | "source" | "author" | "marking" | "dated", _) => {}
            ("on", _) => self.query(value),
            ("when", quantity) if self.quantity(quantity) => {
                self.keyword(&["below", "above", "at least", "at most", "between"]);
            }
            ("when", _) => {
                self.names(|s| s.is_driver() || s == names::Sort::Quantity);
                self.keyword(&["not"]);
            }
            ("shape", _) => self.keyword(&["normal", "lognormal"]),
            ("impact", _) => {
                for word in self.impacts() {
                    self.add(&word, "", Kind::Word, String::new());
                }
            }
            ("unit" | "cuts" | "value", _) => {}
            ("move" | "is", _) | ("in", _) if last != "in" => {}
            ("set", _) => {
                self.names(names::Sort::is_driver);
                self.keyword(&["not"]);
            }
            (_, "by" | "in") => self.names(|s| s == names::Sort::Horizon),
            ("rated", _) => self.ratings(),
            ("of", _) if owner == "pool" => {
                self.names(|s| s == names::Sort::View);
                self.keyword(&["own"]);
            }
            ("method", _) => self.keyword(&["log", "linear"]),
            ("weights" | "extremise", _) => {}
            ("without" | "rests", _) => self.names(names::Sort::is_driver),
            ("says", _) => {
                self.keyword(&["at least", "at most"]);
                self.scale();
            }
            ("confidence", _) => self.keyword(&["low", "moderate", "high"]),
            ("scale", _) => {
                for name in scales::names() {
                    self.add(name, "", Kind::Word, String::new());
                }
            }
            ("strengths", _) => {
                for name in strengths::names() {
                    self.add(name, "", Kind::Word, String::new());
                }
            }
            ("lang", _) => {
                for lang in Lang::ALL {
                    self.add(lang.code(), "", Kind::Word, String::new());
                }
            }
            ("likelihood", _) if settled.is_empty() || settled.ends_with(',') => {
                self.names(names::Sort::is_outcome);
            }
            ("weight", _) if settled.is_empty() || settled.ends_with(',') => self.strengths(),
            _ if settled.is_empty() || settled.ends_with(',') || first == "likelihood" => {
                self.scale();
                if owner == "prior" {
                    self.keyword(&["rest"]);
                }
            }
            _ => self.keyword(&["by", "in"]),
        }
    }

    fn scale(&mut self) {
        let scale = hover::scale_of(self.analysis);
        for term in &scale.terms {
            let detail = format!(
                "{} ({})",
                round::percent(term.median),
                round::interval(term.band.0, term.band.1)
            );
            let said = explain::word(&scale, &term.name).unwrap_or_default();
            self.add(&term.name, &detail, Kind::Word, said);
        }
    }

    fn strengths(&mut self) {
        let strengths = hover::strengths_of(self.analysis);
        for strength in &strengths.words {
            let detail = explain::decibans(&strengths, &strength.name).unwrap_or_default();
            let said = explain::strength(&strengths, &strength.name).unwrap_or_default();
            self.add(&strength.name, &detail, Kind::Word, said);
        }
    }

    fn ratings(&mut self) {
        for letter in 'A'..='F' {
            for digit in 1..=6 {
                let name = format!("{letter}{digit}");
                if let Some((rating, said)) = explain::rating(&name) {
                    let (source, information) = crate::admiralty::words(rating);
                    self.add(&name, &format!("{source}, {information}"), Kind::Word, said);
                }
            }
        }
    }
}

/// Where the brace that is open at the start of a text closes; its end where it never does.
fn closing(body: &str) -> usize {
    let mut depth = 0;
    let mut quoted = false;
    for (at, c) in body.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted && depth == 0 => return at,
            '}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    body.len()
}

/// An item with places to fill in, where its example has a name, a title and values.
fn snippet(word: &str, example: &str) -> String {
    match word {
        "assessment" => "assessment \"${1:Will it happen?}\" {\n  as of: ${2:2025-03-01}\n  resolves: \"$3\"\n}$0".to_owned(),
        "horizon" => "horizon ${1:short} \"${2:Short term}\": ${0:0 to 6 months}".to_owned(),
        "outcome" => "outcome ${1:name} \"${2:Title}\" {\n  resolves: \"$0\"\n}".to_owned(),
        "final" => "final outcome ${1:name} \"${2:Title}\" {\n  resolves: \"$0\"\n}".to_owned(),
        "prior" => "prior {\n  ${1:outcome}: $2\n  ${3:other}: rest\n  source: \"$0\"\n}".to_owned(),
        "event" => "event ${1:name} \"${2:Title}\" {\n  resolves: \"$3\"\n  chance: $0\n}".to_owned(),
        "factor" => "factor ${1:name} \"${2:Title}\" {\n  weight for ${3:outcome}: $4\n  evidence \"$5\" { source: \"$6\", rated: ${0:B2} }\n}".to_owned(),
        "change" => "change ${1:name} \"${2:Title}\" {\n  when: $3\n  weight for ${4:outcome}: $0\n}".to_owned(),
        "assumption" => "assumption ${1:name} \"${2:Title}\" {\n  confidence: ${3:moderate}\n  weight against ${4:outcome} if wrong: $0\n}".to_owned(),
        "scenario" => "scenario ${1:name} \"${2:Title}\" { set: $0 }".to_owned(),
        "bet" => "bet \"${1:Title}\" { on: $2, price: ${0:50%} }".to_owned(),
        "judgement" => "judgement \"${1:We judge that …}\" {\n  on: $2\n  says: $3\n  confidence: ${4:moderate}\n  rests on: $0\n}".to_owned(),
        "view" => "view ${1:name} \"${2:Title}\" {\n  author: \"$3\"\n  $0\n}".to_owned(),
        "pool" => "pool ${1:name} \"${2:Title}\" { of: own, $0 }".to_owned(),
        "expect" => "expect ${1:outcome} by ${2:horizon}: $0".to_owned(),
        "section" => "section \"${1:Title}\": \"\"\"\n  $0\n\"\"\"".to_owned(),
        "use" => "use \"$1\": $0".to_owned(),
        // As it is written, with signs of snippets taken literally.
        _ => example.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}"),
    }
}
