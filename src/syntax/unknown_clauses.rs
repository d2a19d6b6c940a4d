//! Clauses that no block has, or another one, and items inside items.
//!
//! In: their keys and the block that they stand in. Out: which clause was meant, or where it belongs.

use super::grammar::Kind;
use super::lower::Lower;
use super::recover::{first_token, short};
use super::tree::NodeRef;
use super::words::{CLAUSES, Clause, Owner};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::strengths::{self, Strengths};
use crate::text::source::Span;
use std::ops::Range;

impl Lower<'_> {
    pub(super) fn unknown_clause(&mut self, range: Range<usize>, key: &str, owner: Owner) {
        let text = &self.text[range.clone()];
        let own: Vec<&str> = CLAUSES
            .iter()
            .filter(|c| c.owners.contains(&owner))
            .map(|c| c.key)
            .collect();
        let help = format!("{} may have {}", owner.noun(), suggest::list(&own, "and"));
        if key.is_empty() || !text.contains(':') {
            let line = text.split('\n').next().unwrap_or_default().trim_end();
            let message = match line {
                "," => "this comma separates nothing".to_owned(),
                _ => format!("`{}` is not a clause", short(line)),
            };
            let names = line
                .split(',')
                .map(|name| name.trim().trim_start_matches("not ").trim());
            let is_name = |name: &str| {
                !name.is_empty() && name.chars().all(|c| c == '_' || c.is_alphanumeric())
            };
            let (first, behind) = line.split_once(' ').unwrap_or((line, ""));
            let is_chance = is_name(first) && behind.starts_with(|c: char| c.is_ascii_digit());
            let help = match owner {
                Owner::Scenario if names.clone().all(is_name) => {
                    format!("write `set: {}`", line.trim_end_matches(',').trim())
                }
                Owner::View if is_chance => format!("write `{first}: {}`", short(behind)),
                _ => help,
            };
            let diagnostic = self
                .syntax(range.start..range.start + line.len(), message)
                .label("a clause is written `key: value`")
                .help(help);
            return self.note(diagnostic);
        }
        let span = self.place(range.start..range.start + key.len());
        let value = text[key.len()..].trim_start_matches([' ', ':']);
        let near = suggest::nearest(key, CLAUSES.iter().map(|c| c.key));
        let elsewhere = near
            .first()
            .copied()
            .and_then(|near| CLAUSES.iter().find(|c| c.key == near));
        let help = match elsewhere {
            Some(clause) => {
                let homes: Vec<&str> = clause.owners.iter().map(|o| o.word()).collect();
                format!(
                    "did you mean `{}`? it belongs in {}",
                    clause.key,
                    suggest::list(&homes, "or")
                )
            }
            None if owner == Owner::Event && key.starts_with("once ") => {
                format!("write `chance {}: {}`", short(key), short(value))
            }
            None if owner == Owner::Scenario && value.starts_with("true") => {
                format!("write `set: {key}`")
            }
            None if owner == Owner::Scenario && value.starts_with("false") => {
                format!("write `set: not {key}`")
            }
            None if own.contains(&"weight") && is_strength(value) => {
                let strength = first_value(value);
                format!(
                    "write `weight for {key}: {strength}` for what makes it likelier, `weight against {key}: {strength}` for what makes it less likely"
                )
            }
            None => help,
        };
        self.note(
            Diagnostic::new(
                &rules::UNKNOWN_CLAUSE,
                span,
                format!("{} has no clause `{}`", owner.noun(), short(key)),
            )
            .label("no clause is called this")
            .help(help),
        );
    }

    /// A clause that its block has not: says where it belongs.
    pub(super) fn misplaced(&mut self, clause: &Clause, key: Span, owner: Owner) {
        if clause.kind == Kind::as_of {
            // It is there, if not in its place.
            self.out.ast.broken_kinds.push(super::items::AS_OF);
        }
        let homes: Vec<&str> = clause.owners.iter().map(|o| o.word()).collect();
        let instead = match (clause.kind, owner) {
            (Kind::holds, Owner::Event) => Some("an event happens, and has a `chance:`"),
            (Kind::chance, Owner::Factor) => Some("a factor holds or not: write `holds:`"),
            (Kind::when, Owner::Event | Owner::Factor) => Some(
                "a condition under which something changes makes it a `change`; an event's chance may be `chance given …:`",
            ),
            (Kind::chance, Owner::Change) => Some(
                "a change is as likely as its `when:`; the chance belongs to the event that it names",
            ),
            (Kind::rated | Kind::dated, _) => Some(
                "it belongs to a piece of evidence: `evidence \"…\" { rated: B2, dated: 2025-02-14 }`",
            ),
            (Kind::count, Owner::Prior) => {
                Some("what the prior holds already is written `counts in: ceasefire, eu_cuts`")
            }
            (Kind::chance | Kind::once, Owner::Question) => {
                Some("an outcome's chance stands in the question's `prior`")
            }
            (Kind::weight, Owner::Pool) => {
                Some("how much each view counts is written `weights: 2, 1`")
            }
            (Kind::chance, Owner::Outcome) => Some("an outcome's chance stands in the `prior`"),
            (
                Kind::pool_weights,
                Owner::Factor | Owner::Event | Owner::Change | Owner::Assumption,
            ) => Some("each weight is a clause of its own: `weight for exit: strong`"),
            _ => None,
        };
        let fix = match (clause.kind, owner) {
            (Kind::holds, Owner::Event) => Some("chance"),
            (Kind::chance, Owner::Factor) => Some("holds"),
            (
                Kind::pool_weights,
                Owner::Factor | Owner::Event | Owner::Change | Owner::Assumption,
            ) => Some("weight"),
            _ => None,
        };
        let mut diagnostic = Diagnostic::new(
            &rules::UNKNOWN_CLAUSE,
            key,
            format!("{} has no clause `{}`", owner.noun(), clause.key),
        )
        .label("the clause belongs elsewhere")
        .help(match instead {
            Some(help) => help.to_owned(),
            None => format!("it belongs in {}", suggest::list(&homes, "or")),
        });
        if let Some(to) = fix {
            diagnostic = diagnostic.fix(Fix::risky(format!("write `{to}`"), key, to));
        }
        self.note(diagnostic);
    }

    /// An item inside another: reported, and read where it stands.
    pub(super) fn nested(&mut self, node: NodeRef<'_>, owner: Owner) {
        let Some(item) = node.children().peek() else {
            return;
        };
        if item.kind() == Kind::broken_item {
            return self.broken_item(item);
        }
        let range = item.range();
        let text = &self.text[range.clone()];
        let word = first_token(text);
        // Inside an event the event itself is meant to be the first.
        if word == "implies" && !text.contains(',') {
            let rest = text[word.len()..].trim_start_matches(':').trim();
            let found = self
                .syntax(
                    range.clone(),
                    format!("`implies` cannot stand inside {}", owner.noun()),
                )
                .label("a chain is an item of its own")
                .help(format!(
                    "write it outside, with what implies the others first: `implies: m7, {rest}`"
                ));
            return self.note(found);
        }
        if owner == Owner::View {
            let place = self.place(range.start..range.start + word.len());
            let found = no_views(word, place);
            self.note(found);
            return self.lost(item);
        }
        let diagnostic = self
            .syntax(
                range.start..range.start + word.len(),
                format!("`{word}` cannot stand inside {}", owner.noun()),
            )
            .label("this begins an item of its own")
            .help(format!(
                "close {} with `}}` before it, or move it out",
                owner.this()
            ));
        self.note(diagnostic);
        self.item(item);
    }

    /// The end of the file inside a block.
    pub(super) fn missing_brace(&mut self, node: NodeRef<'_>, owner: Owner) {
        let diagnostic = self
            .syntax(
                node.range(),
                format!("the file ends inside {}", owner.noun()),
            )
            .label("a `}` is missing");
        self.note(diagnostic);
    }
}

/// The first of a clause's values.
pub(super) fn first_value(values: &str) -> &str {
    let first = values.split(['\n', ',', '}']).next();
    first.unwrap_or_default().trim()
}

/// Whether a text begins with a strength: what cannot be read then was meant to push something.
pub(super) fn is_strength(value: &str) -> bool {
    let value = first_value(value);
    let table = strengths::find(strengths::DEFAULT);
    let mut words = table.iter().flat_map(Strengths::names);
    let is_word = words.any(|word| {
        value
            .strip_prefix(word)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
    });
    let digits = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    is_word
        || digits.len() < value.len()
            && (digits.trim_start().starts_with(':')
                || digits.trim_start().to_lowercase().starts_with("db"))
}

/// What is said of an item that no view has.
pub(super) fn no_views(word: &str, place: Span) -> Diagnostic {
    let help = match word {
        "view" | "pool" => "a view is of the file, and of no other view: write it beside this one",
        _ => {
            "a view restates events, factors, changes, assumptions and the prior; all else is the file's: \
             write it outside"
        }
    };
    Diagnostic::new(
        &rules::SYNTAX,
        place,
        format!("`{word}` cannot stand inside a view"),
    )
    .label("this is no view's to say")
    .help(help)
}
