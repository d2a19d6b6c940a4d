//! Clauses whose key is right and whose value cannot be read.
//!
//! In: `broken_rest` nodes and the clause or item that they stand in. Out: the mistake, and the clause
//! or item as meant where one repair makes it readable.

use super::broken_values::Want;
use super::clauses::Clauses;
use super::dates;
use super::grammar::Kind;
use super::lower::{Broken, Lower, Lowered};
use super::numbers::is_of_numbers;
use super::patch::Patch;
use super::recover::{Repair, short};
use super::tree::NodeRef;
use super::words::{self, Owner};
use crate::{scales, strengths};
use std::ops::Range;

impl Lower<'_> {
    /// A clause whose value broke: reported, and filled in where its meaning is clear.
    pub(super) fn mended_clause(
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
    pub(super) fn mended_item<T>(&mut self, rest: NodeRef<'_>, item: NodeRef<'_>) -> Lowered<T> {
        let range = self.trimmed(rest);
        let kind = item.kind();
        let repairs = self.rest_repairs(range.clone(), kind);
        let done = self.first_repair(item.range(), Kind::only_item, repairs, |inner, node| {
            let whole = node.kind() == kind && inner.child(node, Kind::broken_rest).is_none();
            whole.then(|| inner.item(node))
        });
        match done {
            Some(()) => Err(Broken::Mended),
            None => self.hopeless(range, kind),
        }
    }

    /// What a clause's value that cannot be read may have meant.
    fn rest_repairs(&self, range: Range<usize>, kind: Kind) -> Vec<Repair> {
        if self.text[range.clone()].trim().is_empty() {
            return Vec::new();
        }
        match kind {
            Kind::author
            | Kind::marking
            | Kind::source
            | Kind::note
            | Kind::resolves
            | Kind::context
            | Kind::section => self.unquoted(range, kind),
            Kind::as_of | Kind::dated => self.date_repairs(range),
            Kind::scale_clause
            | Kind::strengths_clause
            | Kind::confidence
            | Kind::rated
            | Kind::pool_method
            | Kind::lang => self.option_repairs(range, kind),
            Kind::when | Kind::condition => self.condition_repairs(range, true),
            Kind::on => {
                let mut repairs = self.condition_repairs(range.clone(), false);
                repairs.extend(self.query_repairs(range));
                repairs
            }
            Kind::price => self.price_repairs(range),
            Kind::horizon => self.horizon_repairs(range),
            Kind::expect | Kind::says => self.expect_repairs(range),
            Kind::resolved => self.resolution_repairs(range),
            _ => self.number_repairs(range, kind),
        }
    }

    /// Says what belongs in the clause, where no repair helps.
    fn hopeless<T>(&mut self, range: Range<usize>, kind: Kind) -> Lowered<T> {
        if is_of_numbers(kind) {
            return self.hopeless_numbers(range, kind);
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
        let (rule, noun, example) = match kind {
            Kind::author | Kind::source | Kind::marking => {
                (Kind::string, "a text", "in quotes: `\"…\"`")
            }
            Kind::note | Kind::resolves | Kind::context | Kind::section => (
                Kind::prose,
                "a text",
                "in quotes: `\"…\"`, or over several lines between `\"\"\"` and `\"\"\"`",
            ),
            Kind::as_of | Kind::dated => (
                Kind::date,
                "a date",
                "year-month-day, such as `2025-03-01`, or `2025-03` for a month",
            ),
            Kind::scale_clause => (
                Kind::option,
                "a scale's name",
                "`icd203`, `phia`, `ipcc`, `kent`, or the name of a scale of the file's own",
            ),
            Kind::strengths_clause => (
                Kind::option,
                "the name of a table of strengths",
                "`jeffreys`, `kass-raftery`, `acmg`, or one of the file's own",
            ),
            Kind::confidence => (
                Kind::option,
                "a level of confidence",
                "`low`, `moderate` or `high`",
            ),
            Kind::lang => (
                Kind::option,
                "a language of reports",
                "`en`, `de`, `fr` or `es`",
            ),
            Kind::rated => (
                Kind::option,
                "an Admiralty rating",
                "a letter from A to F and a digit from 1 to 6, such as `B2`",
            ),
            Kind::when | Kind::condition => (
                Kind::prop,
                "a condition",
                "with names, `and`, `or`, `not` and parentheses: `a and not (b or c)`",
            ),
            Kind::on => (
                Kind::query,
                "a query",
                "`exit by long` or `not exit by short`",
            ),
            Kind::price => (Kind::value, "a price", "in per cent: `97%`"),
            Kind::says => (
                Kind::test,
                "how likely it is judged",
                "a word of the scale, `at least 60%` or `5% to 20%`",
            ),
            Kind::pool_method => (Kind::option, "a way to pool", "`log` or `linear`"),
            Kind::extremise => (Kind::number, "a number above 0", "`1.5`"),
            Kind::horizon => (Kind::value, Want::Length.noun(), Want::Length.example()),
            Kind::expect => (
                Kind::test,
                "what is expected",
                "`likely`, `at least 20%`, `at most 20%`, `10% to 20%`, `leads`, or `above exit by long`",
            ),
            _ => (
                Kind::resolution,
                "what came true",
                "`weakening in medium on 2026-09-01`, `exit by long on 2026-09-01` or `void in medium on 2026-09-01`",
            ),
        };
        self.unreadable(range, rule, noun, example)
    }

    fn unquoted(&self, range: Range<usize>, kind: Kind) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        if text.contains('"') {
            return self.inner_quotes(range);
        }
        let key = words::clause_of(kind).map_or("section", |c| c.key);
        vec![
            Repair::new(
                vec![
                    Patch::new(range.start..range.start, "\""),
                    Patch::new(range.end..range.end, "\""),
                ],
                self.syntax(
                    range.clone(),
                    format!("the text of `{key}:` stands without quotes"),
                )
                .label("a text stands in quotes")
                .help(format!("write `\"{}\"`", short(text))),
            )
            .fix("put it in quotes"),
        ]
    }

    /// `"The "hawks" win"`: a straight quote ends the text.
    fn inner_quotes(&self, range: Range<usize>) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let inner = text.len() >= 2 && text.starts_with('"') && text.ends_with('"');
        if !inner || text.starts_with("\"\"\"") || text.contains('\n') {
            return Vec::new();
        }
        let mut open = true;
        let mut patches = Vec::new();
        for (i, _) in text.match_indices('"') {
            if i == 0 || i + 1 == text.len() {
                continue;
            }
            let quote = if open { "“" } else { "”" };
            open = !open;
            patches.push(Patch::new(range.start + i..range.start + i + 1, quote));
        }
        let Some(first) = patches.first().map(|p| p.range.clone()) else {
            return Vec::new();
        };
        vec![
            Repair::new(
                patches,
                self.syntax(first, "a text in quotes ends at the next `\"`")
                    .label("this one ends the text")
                    .help("write `“` and `”`, or `'`, for quotes within a text"),
            )
            .fix("write curly quotes within the text"),
        ]
    }

    fn date_repairs(&self, range: Range<usize>) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let Some(date) = dates::meant(text.trim_matches('"')) else {
            return Vec::new();
        };
        vec![
            Repair::new(
                vec![Patch::new(range.clone(), date.as_str())],
                self.syntax(range, "a date is written year-month-day")
                    .label(format!("this is `{date}`"))
                    .help(format!("write `{date}`")),
            )
            .fix(format!("write `{date}`")),
        ]
    }

    /// `weakening in medium on 01.09.2026`
    fn resolution_repairs(&self, range: Range<usize>) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        match text.find(" on ") {
            Some(on) => self.date_repairs(range.start + on + " on ".len()..range.end),
            None => Vec::new(),
        }
    }

    fn option_repairs(&self, range: Range<usize>, kind: Kind) -> Vec<Repair> {
        let text = &self.text[range.clone()];
        let inner = text.trim_matches('"').trim();
        let (word, message) = match kind {
            Kind::rated => {
                let word: String = inner.chars().filter(|c| c.is_alphanumeric()).collect();
                (
                    word.to_uppercase(),
                    "a rating is a letter and a digit, nothing between them",
                )
            }
            Kind::confidence => (inner.to_owned(), "a level of confidence is one word"),
            _ => (
                built_in(inner).unwrap_or_else(|| inner.replace(' ', "-")),
                "this name is written without quotes or blanks",
            ),
        };
        if word == text || (kind == Kind::rated && word.len() != 2) {
            return Vec::new();
        }
        vec![
            Repair::new(
                vec![Patch::new(range.clone(), word.as_str())],
                self.syntax(range, message)
                    .label("one word belongs here")
                    .help(format!("write `{word}`")),
            )
            .fix(format!("write `{word}`")),
        ]
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
        let repairs = self.query_repairs(range.start + 1..range.end - 1);
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

/// The built-in scale or table that is called so, however it is spelled: `ICD 203`.
fn built_in(text: &str) -> Option<String> {
    let bare = |name: &str| -> String {
        let kept = name.chars().filter(|c| c.is_alphanumeric());
        kept.flat_map(char::to_lowercase).collect()
    };
    let mut names = scales::names().chain(strengths::names());
    names
        .find(|name| bare(name) == bare(text))
        .map(str::to_owned)
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
