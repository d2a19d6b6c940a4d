//! Items that could not be read, and text that belongs to no item.
//!
//! In: `broken_item` and `stray` nodes. Out: one diagnostic each, and the item as meant where one
//! repair makes it readable, so that its name is known and its clauses are checked.

use super::ast::{Item, Name};
use super::grammar::Kind;
use super::lower::Lower;
use super::mistakes::{self, Head, Piece};
use super::recover::{first_token, short, split_words};
use super::tree::NodeRef;
use super::words::{self, ITEMS};
use crate::diag::suggest;
use std::ops::Range;

impl Lower<'_> {
    /// What begins a line outside every block and is no item.
    pub(super) fn broken_item(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let word = first_token(text).trim_end_matches(':');
        let piece = Piece::new(self, range.clone());
        let repairs = if ITEMS.contains(&word) {
            mistakes::of_item(&piece, &Head::of(text, word))
        } else {
            mistakes::of_keyword(&piece, word)
        };
        // What a repair had to invent a name for is checked, and then left out.
        let nameless = repairs.iter().any(|r| r.invented);
        let before = self.out.ast.items.len();
        let read = |inner: &mut Lower<'_>, node: NodeRef<'_>| {
            (node.kind() != Kind::broken_item).then(|| inner.item(node))
        };
        if self
            .first_repair(range.clone(), Kind::only_item, repairs, read)
            .is_some()
        {
            if nameless {
                // Uses of the name that was proposed are no mistakes of their own.
                let lost = self.out.ast.items.drain(before..);
                let names: Vec<_> = lost.filter_map(|item| name_of(&item)).collect();
                self.out.ast.broken.extend(names);
                if let Some(kind) = item_kind(word) {
                    self.lost_kind(kind);
                }
            }
            return;
        }
        let kind = item_kind(word);
        if kind.is_none() {
            // A keyword that is both misspelt and misused: explained by the keyword as meant.
            let misspelt = mistakes::of_keyword(&Piece::new(self, range.clone()), word);
            let known = |inner: &mut Lower<'_>, node: NodeRef<'_>| {
                let word = first_token(&inner.text[node.range()]);
                (node.kind() == Kind::broken_item && ITEMS.contains(&word))
                    .then(|| inner.broken_item(node))
            };
            if word.len() > 2
                && self
                    .first_repair(range.clone(), Kind::only_item, misspelt, known)
                    .is_some()
            {
                return;
            }
        }
        self.remember(range.clone(), word);
        self.unknown_item(range, word);
    }

    /// Keeps the name and kind of an item that cannot be read, so that its uses are no mistakes.
    fn remember(&mut self, range: Range<usize>, word: &str) {
        let text = &self.text[range.clone()];
        let is_final = word == "final";
        if let Some(kind) = item_kind(word) {
            self.lost_kind(kind);
        }
        let named = split_words(text).nth(1 + usize::from(is_final && text.contains(" outcome ")));
        if let Some((at, name)) = named {
            let name = name.trim_end_matches(':');
            if !name.is_empty() && name.chars().all(|c| c == '_' || c.is_alphanumeric()) {
                let span = self.place(range.start + at..range.start + at + name.len());
                self.out.ast.broken.push(super::ast::Spanned {
                    node: name.to_owned(),
                    span,
                });
            }
        }
    }

    fn unknown_item(&mut self, range: Range<usize>, word: &str) {
        let text = &self.text[range.clone()];
        let line = text.split('\n').next().unwrap_or_default().trim_end();
        let whole = range.start..range.start + line.len();
        let diagnostic = match words::item_example(word) {
            Some(example) => self
                .syntax(whole, format!("this `{word}` cannot be read"))
                .label("the item is not written like this")
                .help(format!("write it like `{example}`")),
            None if text.starts_with('{') => self
                .syntax(
                    range.start..range.start + 1,
                    "this block belongs to no item",
                )
                .label("an item's keyword and name belong before it")
                .help("write, for example, `event drift \"Major members drift\" { … }`"),
            None if mistakes::called(text).is_some() => {
                let (said, item) = mistakes::called(text).unwrap_or_default();
                let example = words::item_example(item).unwrap_or_default();
                self.syntax(
                    range.start..range.start + said.len(),
                    format!("no item is called `{said}`"),
                )
                .label("an item's keyword belongs here")
                .help(format!(
                    "this is called `{item}`, and written like `{example}`"
                ))
            }
            None => self
                .syntax(whole, format!("`{}` is not an item", short(line)))
                .label("an item's keyword belongs at the beginning")
                .help(format!(
                    "the items are {}; a remark begins with `#`",
                    suggest::list(
                        &ITEMS.map(|w| if w == "final" { "final outcome" } else { w }),
                        "and"
                    )
                )),
        };
        self.note(diagnostic);
    }
}

/// The name that an item declares.
fn name_of(item: &Item) -> Option<Name> {
    match item {
        Item::Horizon(h) => Some(h.name.clone()),
        Item::Outcome(o) => Some(o.name.clone()),
        Item::Scenario(s) => Some(s.name.clone()),
        Item::Driver(d) => Some(d.name.clone()),
        Item::Question(q) => Some(q.name.clone()),
        Item::Condition(c) => Some(c.name.clone()),
        Item::View(v) => Some(v.name.clone()),
        Item::Pool(p) => Some(p.name.clone()),
        Item::Quantity(q) => Some(q.name.clone()),
        _ => None,
    }
}

/// The kind of node that a keyword begins.
fn item_kind(word: &str) -> Option<Kind> {
    Some(match word {
        "assessment" => Kind::assessment,
        "horizon" => Kind::horizon,
        "outcome" | "final" => Kind::outcome,
        "prior" => Kind::prior,
        "event" => Kind::event,
        "factor" => Kind::factor,
        "change" => Kind::change,
        "assumption" => Kind::assumption,
        "scenario" => Kind::scenario,
        "bet" => Kind::bet,
        "expect" => Kind::expect,
        "section" => Kind::section,
        "use" => Kind::use_item,
        "exclusive" => Kind::exclusive,
        "overlap" => Kind::overlap,
        "scale" => Kind::scale,
        "strengths" => Kind::strengths,
        "resolved" => Kind::resolved,
        "question" => Kind::question,
        "condition" => Kind::condition,
        "implies" => Kind::implies,
        "view" => Kind::view,
        "pool" => Kind::pool,
        "judgement" => Kind::judgement,
        "quantity" => Kind::quantity,
        "impacts" => Kind::impacts,
        "risk" => Kind::risk,
        _ => return None,
    })
}
