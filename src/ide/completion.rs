//! What may stand where the cursor is.
//!
//! In: an analysis, a byte, the files that can be used. Out: proposals, the likeliest first. What a clause
//! takes is found by its words, not by its rule of the grammar: `by` is followed by a horizon and
//! `given` by a condition in every clause, those to come included.

use super::names::{self, Declared};
use super::place::{Place, Within, is_of_name, keyword};
use super::{Analysis, Known, Range, explain, hover, snippets};
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

/// The proposals at a byte of the first file. `files` gives the paths that a `use` may name.
pub fn completion(
    analysis: &Analysis,
    offset: usize,
    known: Option<Known<'_>>,
    files: &dyn Fn() -> Vec<String>,
) -> Vec<Proposal> {
    let place = Place::of(analysis.text(), offset);
    let text = analysis.text();
    let offset = text.floor_char_boundary(offset);
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

/// Whether a condition goes on.
fn ends_in_operator(text: &str) -> bool {
    let last = text
        .rsplit(|c: char| !is_of_name(c))
        .next()
        .unwrap_or_default();
    matches!(last, "and" | "or" | "not") || text.ends_with('(')
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

    /// The outcomes of the question whose prior is being written; all where it cannot be told.
    fn outcomes_of(&mut self, place: &Place<'_>) {
        let around = place.owners.iter().rev().nth(1);
        let around = around.filter(|head| keyword(head) == "question");
        let around = around.and_then(|head| own_name(head));
        let items = self.analysis.parsed().ast.items.iter();
        let own = items.filter_map(|item| match (item, around) {
            (Item::Outcome(o), None) => Some(vec![o.name.node.clone()]),
            (Item::Question(q), Some(name)) if q.name.node == name => {
                Some(q.outcomes.iter().map(|o| o.name.node.clone()).collect())
            }
            _ => None,
        });
        let own: Vec<String> = own.flatten().collect();
        let before = self.list.len();
        self.names(names::Sort::is_outcome);
        if !own.is_empty() {
            let mut place = 0..;
            self.list
                .retain(|p| place.next() < Some(before) || own.contains(&p.label));
        }
    }

    /// Whether the file has numbers that are no chances.
    fn has_figures(&self) -> bool {
        let mut items = self.analysis.parsed().ast.items.iter();
        items.any(|item| match item {
            Item::Quantity(_) => true,
            Item::Outcome(o) => o.value.is_some(),
            Item::Question(q) => q.outcomes.iter().any(|o| o.value.is_some()),
            _ => false,
        })
    }

    /// What a condition may speak of.
    fn propositions(&mut self) {
        // Where one question is asked, what pushes it cannot rest on it.
        let outcomes = self.names.values().any(|d| d.sort == names::Sort::Question);
        self.names(|s| {
            s.is_so_or_not() || s == names::Sort::Quantity || outcomes && s.is_outcome()
        });
        self.keyword(&["not", "at least 2 of ("]);
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
    fn used_file(&mut self, place: &Place<'_>, files: &dyn Fn() -> Vec<String>) {
        let head = place.before.trim_start();
        let Some(quoted) = head.strip_prefix("use").map(str::trim_start) else {
            return;
        };
        let Some(typed) = quoted.strip_prefix('"') else {
            return;
        };
        self.range.start = self.range.end - typed.len();
        for file in files() {
            self.add(&file, "", Kind::File, String::new());
        }
    }

    /// A query: what is asked, `by` when, `given` what, `under` which scenario.
    fn query(&mut self, before: &str) {
        let mut words = before.split(|c: char| !is_of_name(c)).rev();
        // The word that is being typed.
        words.next();
        let last = words.find(|w| !w.is_empty()).unwrap_or_default();
        match last {
            "by" => self.names(|s| s == names::Sort::Horizon),
            "in" => {
                self.names(|s| s == names::Sort::Horizon);
                self.keyword(&["any horizon", "every horizon"]);
            }
            "under" => self.names(|s| matches!(s, names::Sort::Scenario | names::Sort::View)),
            "" | "not" | "and" | "or" | "given" | "above" | "below" | "on" | "expect" => {
                self.names(|s| s.is_outcome() || s.is_so_or_not() || s == names::Sort::Quantity);
                self.keyword(&["not"]);
                if self.has_figures() {
                    self.keyword(&["mean of", "median of", "5th percentile of"]);
                }
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
            (Some(owner), None) => self.clause_head(owner, before),
            (Some(owner), Some((key, value))) => self.value(owner, key.trim(), value),
        }
    }

    /// Items, each with places to fill in.
    fn items(&mut self) {
        let all: Vec<&str> = vocabulary::items().map(|(word, _)| word).collect();
        self.within(&all);
    }

    /// Some items, in the block of another or outside of all.
    fn within(&mut self, wanted: &[&str]) {
        for (word, example) in vocabulary::items().filter(|(word, _)| wanted.contains(word)) {
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
                insert: snippets::item(word, example),
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
            "exclusive" | "implies" => self.names(|s| s == names::Sort::Event),
            "overlap" | "use" => self.names(names::Sort::is_driver),
            "condition" if before.contains(':') => {
                let condition = own_name(before).map(str::to_owned);
                self.own = condition;
                self.propositions();
            }
            "prior" if settled.ends_with("given") || ends_in_operator(settled) => {
                self.propositions();
            }
            "prior" => self.keyword(&["given", "otherwise"]),
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
            let (insert, snippet) = snippets::clause(&clause);
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
            self.outcomes_of(place);
        }
        if owner == "question" {
            self.within(&["outcome", "final", "prior"]);
            self.keyword(&["prior given", "prior otherwise"]);
        }
        if owner == "risk" {
            self.scale();
        }
        if owner == "view" {
            self.keyword(&["event", "factor", "change", "assumption", "prior"]);
            self.names(|s| s == names::Sort::Event);
        }
    }

    /// Between a clause's first word and its colon.
    fn clause_head(&mut self, owner: &str, before: &str) {
        let mut words: Vec<&str> = before.split_whitespace().collect();
        if before.ends_with(is_of_name) {
            words.pop();
        }
        match (words.first().copied(), words.last().copied()) {
            (_, Some("and")) if owner == "risk" => {
                for word in self.impacts() {
                    self.add(&word, "", Kind::Word, String::new());
                }
            }
            _ if owner == "risk" => self.keyword(&["and"]),
            (_, Some("for" | "against")) => {
                self.names(names::Sort::is_outcome);
                self.names(|s| s == names::Sort::Event);
            }
            (_, Some("count")) => self.names(names::Sort::is_driver),
            (_, Some("given" | "and" | "or" | "not")) => self.propositions(),
            (_, Some("once")) => self.names(|s| s == names::Sort::Event),
            (Some("move"), Some("move")) => self.names(|s| s == names::Sort::Quantity),
            (Some("move"), _) => self.keyword(&["if wrong"]),
            (Some("in"), Some("in")) => self.names(|s| s == names::Sort::Horizon),
            (Some("weight"), Some("weight")) => self.keyword(&["for", "against"]),
            (Some("weight"), _) => {
                self.names(names::Sort::is_outcome);
                self.keyword(&["if wrong"]);
            }
            (Some("chance"), _) => self.keyword(&["given", "otherwise", "once"]),
            (Some("holds" | "prior"), _) => self.keyword(&["given", "otherwise"]),
            (Some("counts"), _) => self.keyword(&["in"]),
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
                self.propositions();
                if owner == "outcome" && settled.is_empty() {
                    self.keyword(&["otherwise"]);
                }
            }
            ("counts", _) => {
                self.names(names::Sort::is_driver);
                self.keyword(&["all"]);
            }
            ("chance", _)
                if key.starts_with("chance once")
                    && !settled.is_empty()
                    && !settled.ends_with(',') =>
            {
                self.keyword(&["within"]);
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
