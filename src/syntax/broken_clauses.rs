//! Clauses that could not be read, or stand in the wrong block.
//!
//! In: `broken_clause` nodes, nested items, clauses that their block has not. Out: one diagnostic each
//! that says which clause was meant or what may stand there, and the clause as meant where one repair
//! makes it readable.

use super::clauses::Clauses;
use super::grammar::Kind;
use super::lower::Lower;
use super::mistakes::{self, Key, Piece};
use super::recover::{Repair, first_token, short, split_words};
use super::tree::NodeRef;
use super::words::{self, CLAUSES, Clause, Owner};
use std::ops::Range;

impl Lower<'_> {
    /// What stands in a block and is no clause.
    pub(super) fn broken_clause(&mut self, node: NodeRef<'_>, owner: Owner, into: &mut Clauses) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let comma = text.len() - text.trim_start_matches([',', ' ']).len();
        if comma > 0 && comma < text.len() {
            let diagnostic = self
                .syntax(range.start..range.start + 1, "this comma separates nothing")
                .label("nothing stands before it");
            self.note(diagnostic);
            let entry = match owner {
                Owner::Prior | Owner::Scale | Owner::Strengths => Kind::only_row,
                _ => Kind::only_clause,
            };
            self.again(range.start + comma..range.end, &[], entry, |inner, node| {
                if node.kind() == Kind::row {
                    // Rows are read with their block; this one is left out, and so not missed.
                    let key = node.children().peek().map(|k| inner.read(k).to_owned());
                    into.broken.extend(key);
                } else {
                    inner.one_clause(node, owner, into);
                }
                Some(())
            });
            return;
        }
        let word = first_token(text).trim_end_matches('%');
        let key = key_of(text);
        let in_rows = matches!(owner, Owner::Prior | Owner::Scale | Owner::Strengths);
        let exact = CLAUSES.iter().find(|c| {
            c.key == key
                || c.key == word
                || (c.key == "as of" && text.starts_with("as "))
                || (c.key == "counts in" && text.starts_with("counts in"))
        });
        let repairs = match exact {
            Some(clause) if !in_rows || clause.owners.contains(&owner) => {
                self.head_repairs(range.clone(), clause)
            }
            None if !in_rows => {
                let piece = Piece::new(self, range.clone());
                mistakes::of_key(&piece, &Key { key, word, owner })
            }
            _ => Vec::new(),
        };
        let entry = if in_rows {
            Kind::only_row
        } else {
            Kind::only_clause
        };
        let filled = self.first_repair(range.clone(), entry, repairs, |inner, node| {
            let whole = !matches!(
                node.kind(),
                Kind::broken_clause | Kind::nested | Kind::missing_brace
            ) && !words::clause_of(node.kind()).is_some_and(|_| inner.head_only(node));
            whole.then(|| inner.one_clause(node, owner, into))
        });
        if filled.is_some() {
            return;
        }
        if in_rows {
            let first = if key.is_empty() { word } else { key };
            let row = self.broken_row(range, exact, owner);
            into.broken.push(row.unwrap_or_else(|| first.to_owned()));
            return;
        }
        match exact {
            Some(clause) if clause.owners.contains(&owner) => {
                self.bad_head(range, clause);
                into.broken.push(clause.key.to_owned());
            }
            Some(clause) => {
                let key = self.place(range.start..range.start + key_len(text, clause));
                self.misplaced(clause, key, owner);
            }
            None => {
                let text = &self.text[range.clone()];
                let value = text.split_once(':').map_or("", |(_, value)| value);
                if owner == Owner::Scenario {
                    // It was meant to set something.
                    into.broken.push("set".to_owned());
                }
                if owner == Owner::View {
                    // It was meant to restate something.
                    into.broken.push("chance".to_owned());
                }
                if super::unknown_clauses::is_strength(value) {
                    // It was meant to push something.
                    into.broken.push("weight".to_owned());
                }
                self.unknown_clause(range, key, owner);
            }
        }
    }

    /// Whether a clause was read only because everything behind its key counts as broken.
    fn head_only(&self, node: NodeRef<'_>) -> bool {
        self.child(node, Kind::broken_rest)
            .is_some_and(|rest| rest.range().is_empty())
    }

    /// What may be wrong with the head of a clause whose key is right.
    fn head_repairs(&self, range: Range<usize>, clause: &Clause) -> Vec<Repair> {
        let piece = Piece::new(self, range.clone());
        let text = &self.text[range.clone()];
        let second = split_words(text.split('\n').next().unwrap_or_default()).nth(1);
        let mut repairs = Vec::new();
        if matches!(clause.kind, Kind::chance | Kind::holds)
            && let (Some((i, guard @ ("given" | "once"))), Some(colon)) = (second, text.find(':'))
        {
            let behind = i + guard.len();
            let start = text.len() - text[behind..].trim_start().len();
            if start < colon {
                let end = text[..colon].trim_end().len();
                let condition = Piece::new(self, range.start + start..range.start + end);
                repairs.extend(mistakes::of_condition(&condition, true));
            }
        }
        repairs.extend(mistakes::of_clause(&piece, clause));
        repairs
    }

    /// A clause whose key is right and whose head cannot be read.
    fn bad_head(&mut self, range: Range<usize>, clause: &Clause) {
        let text = &self.text[range.clone()];
        if let Some((head, _)) = text.split_once(':') {
            let condition = head[key_len(head, clause)..].trim_start();
            if let Some(condition) = condition.strip_prefix("given ") {
                let start = range.start + head.len() - condition.len();
                let end = start + condition.trim_end().len();
                let reported = self.bad_condition::<()>(start..end);
                self.settle(reported);
                return;
            }
        }
        let value = text[key_len(text, clause)..].trim_start_matches([':', ' ']);
        if clause.kind == Kind::weight
            && text[key_len(text, clause)..].trim_start().starts_with(':')
        {
            let strength = super::unknown_clauses::first_value(value);
            let found = self
                .syntax(range.start..range.start + clause.key.len(), "this weight names no outcome")
                .label("what does it push, and which way?")
                .help(format!(
                    "write `weight for NAME: {strength}` for what makes it likelier, `weight against NAME: {strength}` for what makes it less likely"
                ));
            return self.note(found);
        }
        let diagnostic = self
            .syntax(
                range.start
                    ..range.start + text.split('\n').next().unwrap_or_default().trim_end().len(),
                format!("this `{}` cannot be read", clause.key),
            )
            .label("the clause is not written like this")
            .help(format!("write it like `{}`", clause.example));
        self.note(diagnostic);
    }

    /// A row of a prior, a scale or strengths that cannot be read; its key, where only a colon is
    /// missing.
    fn broken_row(
        &mut self,
        range: Range<usize>,
        clause: Option<&Clause>,
        owner: Owner,
    ) -> Option<String> {
        let text = &self.text[range.clone()];
        if let Some(clause) = clause.filter(|c| !c.owners.contains(&owner)) {
            let key = self.place(range.start..range.start + key_len(text, clause));
            self.misplaced(clause, key, owner);
            return None;
        }
        let (example, what) = match owner {
            Owner::Prior => (
                "exit: 2% by short, 6% by medium",
                "an outcome and its chances",
            ),
            Owner::Scale => ("unlikely: 20% to 45%", "a word and its band"),
            _ => ("strong: 8:1", "a word and its ratio"),
        };
        if !text.contains(':') {
            let piece = Piece::new(self, range.clone());
            let colons = mistakes::colons(&piece, 0, first_token(text), "the row");
            let repairs = colons.into_iter().flat_map(Repair::with_others).collect();
            let entry = Kind::only_row;
            let read = |inner: &mut Lower<'_>, node: NodeRef<'_>| {
                let values = inner.child(node, Kind::values)?;
                let whole = values.children().all(|n| n.kind() != Kind::broken_value);
                let key = node.children().peek()?;
                (node.kind() == Kind::row && whole).then(|| inner.word(key).node)
            };
            if let Some(key) = self.first_repair(range.clone(), entry, repairs, read) {
                return Some(key);
            }
        }
        let key = key_of(text);
        let counted = text[key.len()..].trim_start_matches([':', ' ']);
        if owner == Owner::Prior && super::rows::means_counts_in(key) && !counted.contains('%') {
            let span = self.place(range.start..range.start + key.len());
            self.note(super::rows::counts_in(key, span, counted));
            return None;
        }
        if words::is_reserved(key) {
            let span = self.place(range.start..range.start + key.len());
            if let Some(diagnostic) = super::lower::bad_name(key, span) {
                self.note(diagnostic);
                return None;
            }
        }
        let line = text.split('\n').next().unwrap_or_default().trim_end();
        let diagnostic = self
            .syntax(
                range.start..range.start + line.len(),
                format!("`{}` is not {what}", short(line)),
            )
            .label(format!("{what} belong here"))
            .help(format!("write `{example}`"));
        self.note(diagnostic);
        None
    }
}

/// How much of a clause is its key: `as of` may be cut short.
fn key_len(text: &str, clause: &Clause) -> usize {
    match text.starts_with(clause.key) {
        true => clause.key.len(),
        false => first_token(text).len(),
    }
}

/// What stands before the first colon of a line, if it looks like a key.
fn key_of(text: &str) -> &str {
    let line = text.split('\n').next().unwrap_or_default();
    match line.split_once(':') {
        Some((key, _)) if !key.contains(['"', '{']) => key.trim_end(),
        _ => "",
    }
}
