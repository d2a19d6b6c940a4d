//! Values and members of lists that could not be read.
//!
//! In: `broken_value` nodes and what was wanted there. Out: the mistake, and the values as meant where
//! one repair makes them readable.

use super::ast::{Name, Spanned, Timed};
use super::grammar::Kind;
use super::lower::{Lower, Lowered, bad_name};
use super::mistakes::{self, Piece};
use super::recover::{first_token, short};
use super::tree::{NodeRef, Tree};
use crate::diag::Fix;
use std::ops::Range;

/// What belongs in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Want {
    Chance,
    Strength,
    Share,
    Length,
}

impl Want {
    /// With its article.
    pub(super) fn noun(self) -> &'static str {
        match self {
            Want::Chance => "a chance",
            Want::Strength => "a strength",
            Want::Share => "a percentage",
            Want::Length => "a horizon's extent",
        }
    }

    /// How it is written.
    pub(super) fn example(self) -> &'static str {
        match self {
            Want::Chance => {
                "`35%`, `likely` or `20% to 40%`, followed by `by` or `in` and a horizon"
            }
            Want::Strength => {
                "`strong`, `10:1`, `5 dB` or `2:1 to 6:1`, followed by `in` and a horizon"
            }
            Want::Share => "`50%`",
            Want::Length => "`0 to 6 months`, `18+ months`, `90 days` or `until 2025-03-19`",
        }
    }
}

impl Lower<'_> {
    /// A value that could not be read: reported, and read as it was meant where that is clear.
    pub(super) fn repaired_values<T>(
        &mut self,
        node: NodeRef<'_>,
        want: Want,
        read: impl Fn(&mut Lower<'_>, NodeRef<'_>) -> Lowered<Spanned<T>> + Copy,
    ) -> Option<Vec<Timed<T>>> {
        let range = self.trimmed(node);
        let piece = Piece::new(self, range.clone());
        if let Some(explained) = mistakes::explained(&piece, want) {
            self.note(explained);
            return None;
        }
        let repairs = mistakes::of_value(&piece, want);
        let repaired = self.first_repair(
            range.clone(),
            Kind::only_values,
            repairs,
            |inner, values| {
                let whole = values.children().all(|n| n.kind() != Kind::broken_value);
                whole.then(|| inner.by_time(values, want, read).map(|list| list.entries))
            },
        );
        match repaired {
            Some(entries) => self.settle(entries),
            None => {
                let unreadable =
                    self.unreadable::<()>(range, Kind::only_value, want.noun(), want.example());
                self.settle(unreadable);
                None
            }
        }
    }

    /// A node's range without blanks at its end.
    pub(super) fn trimmed(&self, node: NodeRef<'_>) -> Range<usize> {
        let range = node.range();
        range.start..range.start + self.text[range].trim_end().len()
    }

    /// A member of a list of names that is no name; the names that are plainly meant.
    pub(super) fn broken_name(&mut self, node: NodeRef<'_>) -> Vec<Name> {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let wanted = "a name is one word of letters, digits and `_`; several stand between commas";
        let mut meant: Vec<&str> = Vec::new();
        let start = range.start;
        let diagnostic = if text.is_empty() {
            self.syntax(range, "a name is missing")
                .label("nothing stands here")
                .help(wanted)
        } else if text.starts_with('"') {
            let inner = text.trim_matches('"');
            meant.extend(is_name(inner).then_some(inner));
            self.syntax(range, format!("`{}` is a text, not a name", short(text)))
                .label("a name belongs here")
                .help(match is_name(inner) {
                    true => format!("write `{inner}`, without quotes"),
                    false => {
                        "write the name that stands before the title where the thing is declared"
                            .to_owned()
                    }
                })
        } else if let Some(name) = text.strip_prefix("not ") {
            let name = name.trim();
            meant.extend(is_name(name).then_some(name));
            self.syntax(range, "`not` cannot stand in a list of names")
                .label("a name belongs here")
                .help(format!("write `{name}`"))
        } else if let Some(all) = mistakes::joined(text).or_else(|| either(text)) {
            let list = all.join(", ");
            let place = self.place(range.clone());
            meant = all;
            self.syntax(range, format!("`{}` is not a name", short(text)))
                .label("commas belong between the names")
                .help(format!("write `{list}`"))
                .fix(Fix::safe(format!("write `{list}`"), place, list))
        } else {
            let two = text
                .split_once(' ')
                .filter(|(a, b)| is_name(a) && is_name(b));
            let mut words = text.split([':', '=', ' ']).map(str::trim);
            let named = words.find(|word| is_name(word));
            self.syntax(range, format!("`{}` is not a name", short(text)))
                .label("a name belongs here")
                .help(match (two, named) {
                    (Some((a, b)), _) => {
                        format!("write `{a}, {b}` if two things are meant; a name is one word")
                    }
                    (None, Some(name)) if text.contains([':', '=', '%']) => {
                        format!("names stand here alone: write `{name}`")
                    }
                    (None, _) => wanted.to_owned(),
                })
        };
        self.note(diagnostic);
        let mut end = 0;
        let named = meant.into_iter().filter_map(|name| {
            let at = end + text[end..].find(name)?;
            end = at + name.len();
            let span = self.place(start + at..start + end);
            bad_name(name, span).is_none().then(|| Name {
                node: name.to_owned(),
                span,
            })
        });
        named.collect()
    }

    /// A member of `set:` that is neither `a` nor `not a`.
    pub(super) fn broken_setting(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let what = if text.is_empty() {
            "a setting is missing".to_owned()
        } else {
            format!("`{}` is not a setting", short(text))
        };
        let negated = ["no ", "non ", "!", "without "]
            .iter()
            .find_map(|no| text.strip_prefix(no))
            .map(str::trim);
        let stated = text.split_once(['=', ':']).map(|(name, to)| {
            let name = name.trim();
            match to.trim() {
                "false" | "no" | "0" => format!("not {name}"),
                _ => name.to_owned(),
            }
        });
        let diagnostic = self
            .syntax(range, what)
            .label("a name, or `not` and a name, belongs here")
            .help(match (negated, stated) {
                (Some(name), _) => format!("write `not {name}`"),
                (None, Some(meant)) => format!("write `{meant}`"),
                _ => "`set: eu_cuts, not ceasefire` sets the first true and the second false"
                    .to_owned(),
            });
        self.note(diagnostic);
    }

    /// A member of `likelihood:` that is not an outcome and its chance.
    pub(super) fn broken_pair(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        let what = if text.is_empty() {
            "an outcome and its chance are missing".to_owned()
        } else {
            format!("`{}` is not an outcome and its chance", short(text))
        };
        let diagnostic = self
            .syntax(range, what)
            .label("an outcome's name and a chance belong here")
            .help("write `likelihood: exit 10%, weakening 60%`: how likely the evidence is under each outcome");
        self.note(diagnostic);
    }
}

/// How far a text is a value.
pub(super) fn value_end(text: &str) -> Option<usize> {
    Some(Tree::read(Kind::value, text).ok()?.root()?.range().end)
}

/// How far a text is `by` or `in` and a time.
pub(super) fn time_end(text: &str) -> Option<usize> {
    let kind = match first_token(text) {
        "by" => Kind::at_by,
        "in" => Kind::at_in,
        _ => return None,
    };
    Some(Tree::read(kind, text).ok()?.root()?.range().end)
}

/// Whether a text is one word that may be a name.
fn is_name(text: &str) -> bool {
    let begins = text.starts_with(|c: char| c == '_' || c.is_alphabetic());
    begins && mistakes::is_word(text)
}

/// The names of `a or b`.
fn either(text: &str) -> Option<Vec<&str>> {
    let names: Vec<&str> = text.split(" or ").map(str::trim).collect();
    (names.len() > 1 && names.iter().all(|name| is_name(name))).then_some(names)
}
