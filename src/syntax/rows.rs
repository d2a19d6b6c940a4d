//! Keys and values of the blocks whose keys are the user's own words.
//!
//! In: the parts of a `row`. Out: names and words, not yet looked up; what an `expect` demands.

use super::amounts::{Unit, Written};
use super::ast::{Name, Spanned, Test};
use super::grammar::Kind;
use super::lower::{Lower, Lowered, bad_name};
use super::mistakes;
use super::recover::short;
use super::tree::NodeRef;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::text::source::Span;

impl Lower<'_> {
    /// Reports a prior's `counts: strike` and `includes: strike`, which mean `counts in`; whether it is that.
    pub(super) fn counted_otherwise(&mut self, key: NodeRef<'_>, values: NodeRef<'_>) -> bool {
        let (said, list) = (self.read(key), self.read(values));
        let mut names = list.split([',', ' ']);
        let is_list = names.all(|name| mistakes::is_word(name) && name != "rest");
        let is_other = is_list && means_counts_in(said);
        if is_other {
            let found = counts_in(said, self.span(key), list);
            self.note(found);
        }
        is_other
    }

    /// An outcome's name, or an event's, as the key of a row; `example` is a row.
    pub(super) fn row_name(
        &mut self,
        key: NodeRef<'_>,
        noun: &str,
        example: &str,
    ) -> Lowered<Name> {
        let text = self.read(key);
        let span = self.span(key);
        if let Some(diagnostic) = bad_name(text, span) {
            return self.report(diagnostic);
        }
        let is_name = text.chars().all(|c| c == '_' || c.is_alphanumeric());
        if key.kind() == Kind::string || !is_name {
            return self.report(
                Diagnostic::new(
                    &rules::SYNTAX,
                    span,
                    format!("`{}` is not the name of {noun}", text.trim_matches('"')),
                )
                .label("a name is one word, as it stands before a title")
                .help(format!("write the name, not the title: `{example}`")),
            );
        }
        Ok(Name {
            node: text.to_owned(),
            span,
        })
    }

    /// A word of a scale or of strengths, with or without quotes, which must be new.
    pub(super) fn row_word<T>(&mut self, key: NodeRef<'_>, before: &[(Name, T)]) -> Lowered<Name> {
        let mut word = self.word(key);
        word.node = word.node.trim_matches('"').trim().to_owned();
        if word.node.is_empty() {
            return self.report(
                Diagnostic::new(
                    &rules::SYNTAX,
                    word.span,
                    "a word is missing between the quotes",
                )
                .label("which word?"),
            );
        }
        if let Some((first, _)) = before.iter().find(|(w, _)| w.node == word.node) {
            let first = first.span;
            self.duplicate(&word.node, word.span, first);
            return Err(super::lower::Broken::Reported);
        }
        Ok(word)
    }

    /// The only value of a list.
    pub(super) fn one_value<'t>(
        &mut self,
        values: NodeRef<'t>,
        noun: &str,
        example: &str,
    ) -> Lowered<NodeRef<'t>> {
        let mut children = values.children();
        let first = children.any("a value")?;
        if first.kind() == Kind::broken_value {
            let range = self.trimmed(first);
            return self.unreadable(range, Kind::value, noun, example);
        }
        if let Some(second) = children.next() {
            let span = self.span(second);
            return self.report(
                Diagnostic::new(
                    &rules::SYNTAX,
                    span,
                    format!(
                        "`{}` is too much: one value belongs here",
                        self.read(second)
                    ),
                )
                .label("a word of a scale or of strengths has one meaning, for every horizon")
                .help("write one range, such as `5% to 20%`"),
            );
        }
        Ok(first)
    }

    /// What an `expect` demands.
    pub(super) fn test(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Test>> {
        let span = self.span(node);
        let test = match node.kind() {
            Kind::floor | Kind::ceiling => {
                let value = node.children().one(Kind::value, "a chance")?;
                let share = self.share(value, Some("a chance"))?.node;
                match node.kind() {
                    Kind::floor => Test::AtLeast(share),
                    _ => Test::AtMost(share),
                }
            }
            Kind::leads => Test::Leads,
            Kind::above | Kind::below => {
                let query = node.children().one(Kind::query, "a query")?;
                let query = self.query(query)?;
                match node.kind() {
                    Kind::above => Test::Above(query),
                    _ => Test::Below(query),
                }
            }
            _ => match self.written(node)? {
                Written::Term => Test::Word(self.word(node).node),
                Written::Two(low, high) if high.unit == Unit::Percent => {
                    if low.unit != Unit::Percent {
                        return self.not_a_test(node);
                    }
                    let ends = (
                        self.share_of(&low, Some("a chance")),
                        self.share_of(&high, Some("a chance")),
                    );
                    let (a, b) = (ends.0?, ends.1?);
                    self.in_order(a <= b, &low, &high)?;
                    Test::Between(a, b)
                }
                _ => return self.not_a_test(node),
            },
        };
        Ok(Spanned { node: test, span })
    }

    /// What a search goes for: a test, the sign of one, or one number.
    pub(super) fn until(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Test>> {
        let span = self.span(node);
        let kind = node.kind();
        let signed = matches!(kind, Kind::no_less | Kind::no_more | Kind::target);
        let value = match signed {
            true => node.children().one(Kind::value, "a chance")?,
            false => node,
        };
        let is_number = || {
            let text = self.read(value);
            text.ends_with('%') && !text.contains(" to ")
        };
        if !signed && (kind != Kind::value || !is_number()) {
            return self.test(node);
        }
        let share = self.share(value, Some("a chance"))?.node;
        let node = match kind {
            Kind::no_less => Test::AtLeast(share),
            Kind::no_more => Test::AtMost(share),
            _ => Test::Between(share, share),
        };
        Ok(Spanned { node, span })
    }

    fn not_a_test<T>(&mut self, node: NodeRef<'_>) -> Lowered<T> {
        let span = self.span(node);
        let text = self.read(node);
        let diagnostic = Diagnostic::new(
            &rules::WRONG_KIND,
            span,
            format!("`{text}` alone is nothing to expect"),
        )
        .label("a computed chance is never exactly this")
        .help("write a word (`likely`), `at least 20%`, `at most 20%`, `10% to 20%`, `leads`, or `above exit by long`");
        self.report(diagnostic)
    }
}

/// Whether a prior's key is another name for `counts in`.
pub(super) fn means_counts_in(key: &str) -> bool {
    const CALLED: [&str; 8] = [
        "counts",
        "counts in",
        "count in",
        "counted in",
        "counting in",
        "includes",
        "included",
        "includes in",
    ];
    let plain = key.trim().to_lowercase().replace(['_', '-'], " ");
    CALLED.contains(&plain.as_str())
}

/// What is said of another name for `counts in`, and of the list behind it.
pub(super) fn counts_in(key: &str, span: Span, list: &str) -> Diagnostic {
    let list = short(list.trim().trim_end_matches(['}', ',']).trim());
    Diagnostic::new(
        &rules::UNKNOWN_CLAUSE,
        span,
        format!("the prior has no clause `{key}`"),
    )
    .label("this is called `counts in`")
    .help(format!("write `counts in: {list}`"))
    .fix(Fix::safe("write `counts in`", span, "counts in"))
}
