//! Clauses whose key is right and whose value cannot be read.
//!
//! In: `broken_rest` nodes and the clause or item that they stand in. Out: the mistake, and the clause
//! or item as meant where one repair makes it readable.

use super::clauses::Clauses;
use super::grammar::Kind;
use super::lower::{Broken, Lower, Lowered};
use super::mistakes::{self, Piece};
use super::patch::Patch;
use super::recover::{Repair, short};
use super::table::{Value, item_wants, value_of};
use super::tree::NodeRef;
use super::words::Owner;
use std::ops::Range;

impl Lower<'_> {
    /// A clause whose value broke: reported, and filled in where its meaning is clear.
    pub(super) fn repaired_clause(
        &mut self,
        rest: NodeRef<'_>,
        clause: NodeRef<'_>,
        owner: Owner,
        into: &mut Clauses,
    ) -> Lowered<()> {
        let range = self.trimmed(rest);
        let kind = clause.kind();
        let repairs = self.rest_repairs(range.clone(), kind);
        let filled =
            self.first_repair(clause.range(), Kind::only_clause, repairs, |inner, node| {
                let whole = node.kind() == kind && inner.child(node, Kind::broken_rest).is_none();
                whole.then(|| inner.fill(node, owner, into))
            });
        match filled {
            Some(filled) => filled,
            None => self.hopeless(range, kind),
        }
    }

    /// An item whose value broke: reported, and lowered where its meaning is clear.
    pub(super) fn repaired_item<T>(&mut self, rest: NodeRef<'_>, item: NodeRef<'_>) -> Lowered<T> {
        let range = self.trimmed(rest);
        let kind = item.kind();
        let repairs = self.rest_repairs(range.clone(), kind);
        let done = self.first_repair(item.range(), Kind::only_item, repairs, |inner, node| {
            let whole = node.kind() == kind && inner.child(node, Kind::broken_rest).is_none();
            whole.then(|| inner.item(node))
        });
        match done {
            Some(()) => Err(Broken::Repaired),
            None => self.hopeless(range, kind),
        }
    }

    /// What a clause's value that cannot be read may have meant.
    fn rest_repairs(&self, range: Range<usize>, kind: Kind) -> Vec<Repair> {
        if self.text[range.clone()].trim().is_empty() {
            return Vec::new();
        }
        let piece = Piece::new(self, range);
        match (kind, value_of(kind)) {
            (Kind::horizon, _) => mistakes::of_extent(&piece),
            (Kind::expect, _) | (_, Some(Value::Demand)) => mistakes::of_demand(&piece),
            (Kind::resolved, _) => mistakes::of_settled(&piece),
            (_, Some(Value::Text | Value::Prose)) => mistakes::of_text(&piece, kind),
            (_, Some(Value::Date)) => mistakes::of_date(&piece),
            (_, Some(Value::Word(..))) => mistakes::of_option(&piece, kind),
            (_, Some(Value::Condition)) => mistakes::of_condition(&piece, true),
            (_, Some(Value::Query)) => {
                let mut repairs = mistakes::of_condition(&piece, false);
                repairs.extend(mistakes::of_query(&piece));
                repairs
            }
            (_, Some(Value::Price)) => mistakes::of_price(&piece),
            (_, Some(Value::Figures(_))) => mistakes::of_figures(&piece, kind),
            (_, Some(Value::Number | Value::Parts) | None) => Vec::new(),
        }
    }

    /// Says what belongs in the clause, where no repair helps.
    fn hopeless<T>(&mut self, range: Range<usize>, kind: Kind) -> Lowered<T> {
        let value = value_of(kind);
        if let Some(Value::Figures(example)) = value {
            return self.hopeless_numbers(range, example);
        }
        if let Some(unsure) = mistakes::unsure(&Piece::new(self, range.clone()), kind) {
            return self.report(unsure);
        }
        let text = &self.text[range.clone()];
        if kind == Kind::confidence && text.split_whitespace().count() > 1 {
            let span = self.place(range);
            return self.unknown_option(
                span,
                text,
                "a level of confidence",
                &["low", "moderate", "high"],
            );
        }
        if kind == Kind::horizon && text.starts_with('"') {
            return self.report(
                self.syntax(range, "the title of a horizon stands before the colon")
                    .label("its extent belongs here")
                    .help("write `horizon short \"Short term\": 0 to 6 months`"),
            );
        }
        let wanted = value.and_then(Value::wanted);
        let (rule, noun, example) = wanted.unwrap_or_else(|| item_wants(kind));
        self.unreadable(range, rule, noun, example)
    }

    /// A condition that no repair makes readable.
    pub(super) fn bad_condition<T>(&mut self, range: Range<usize>) -> Lowered<T> {
        self.unreadable(
            range,
            Kind::only_prop,
            "a condition",
            "with names, `and`, `or`, `not` and parentheses: `a and not (b or c)`",
        )
    }

    /// What stands behind a piece of evidence.
    pub(super) fn after_evidence(&mut self, rest: NodeRef<'_>) {
        let range = self.trimmed(rest);
        let text = short(&self.text[range.clone()]);
        let diagnostic = self
            .syntax(
                range,
                format!("`{text}` cannot stand behind a piece of evidence"),
            )
            .label("the line should end here")
            .help(
                "details of evidence go in braces: `evidence \"…\" { source: \"…\", rated: B2 }`",
            );
        self.note(diagnostic);
    }

    /// A broken placeholder in prose: lines may break in it; anything else is reported.
    pub(super) fn broken_placeholder(&mut self, node: NodeRef<'_>) -> Lowered<super::ast::Piece> {
        let range = node.range();
        let text = &self.text[range.clone()];
        if !text.ends_with('}') {
            let line = range.start + text.split('\n').next().unwrap_or_default().trim_end().len();
            return self.report(
                self.syntax(
                    range.start..line,
                    "this brace opens a placeholder that never closes",
                )
                .label("a query and `}` belong behind it")
                .help(
                    "write `{exit by long}` to have the verdict stand there, or `{{` for a brace",
                ),
            );
        }
        // A placeholder may run over the end of a line.
        let breaks: Vec<Patch> = text
            .match_indices(['\n', '\r'])
            .map(|(i, _)| Patch::new(range.start + i..range.start + i + 1, " "))
            .collect();
        let read = |inner: &mut Lower<'_>, node: NodeRef<'_>| Some(inner.placeholder(node));
        if !breaks.is_empty()
            && let Some(piece) = self.again(range.clone(), &breaks, Kind::only_placeholder, read)
        {
            return piece;
        }
        if let Some((message, help)) = broken_day(&text[1..text.len() - 1]) {
            return self.report(self.syntax(range, message).help(help));
        }
        let piece = Piece::new(self, range.start + 1..range.end - 1);
        let repairs = mistakes::of_query(&piece);
        if let Some(piece) = self.first_repair(range.clone(), Kind::only_placeholder, repairs, read)
        {
            return piece;
        }
        if text[1..text.len() - 1].trim().is_empty() {
            return self.report(
                self.syntax(range, "this placeholder asks nothing")
                    .label("a query belongs between the braces")
                    .help("write `{exit by long}` to have the verdict stand there, or `{{` for a brace"),
            );
        }
        self.unreadable(
            range,
            Kind::only_placeholder,
            "a placeholder",
            "`{exit by long}` or `{exit by long: unlikely}`; a brace itself is written `{{`",
        )
    }
}

/// What is wrong in a placeholder that means a day: `{as off}`, `{date of}`, `{date of exit by long}`.
fn broken_day(inner: &str) -> Option<(&'static str, &'static str)> {
    let mut words = inner
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty());
    let first = words.next()?;
    let second = words.next();
    match (first, second, words.next()) {
        ("as", Some("of" | "off" | "at"), _) => Some((
            "the day that the assessment speaks of is `{as of}`, and no more",
            "did you mean `{as of}`?",
        )),
        ("date", None, _) | ("date", Some("of"), None) => Some((
            "this placeholder does not say whose day is asked",
            "write `{date of NAME}`: a horizon's last day, or the day on which an outcome or event was settled",
        )),
        ("date", Some("of" | "off" | "for" | "on"), _) => Some((
            "a day is asked with `date of` and one name",
            "write `{date of NAME}`: a horizon's last day, or the day on which an outcome or event was settled",
        )),
        _ => None,
    }
}
