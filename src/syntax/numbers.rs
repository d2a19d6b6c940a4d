//! Quantities, values, moves and impacts, from their nodes.
//!
//! In: their nodes. Out: [`Quantity`], [`Move`], [`Figure`], [`Comparison`], [`Bounds`], [`Impacts`],
//! [`Risk`]. Unlike elsewhere, numbers may be negative here.

use super::ast::*;
use super::clauses::Clauses;
use super::grammar::Kind;
use super::lower::{Broken, Lower, Lowered};
use super::table::{Value, value_of};
use super::tree::NodeRef;
use super::words::Owner;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::text::source::Span;
use std::ops::Range;

/// The largest number of a quantity, up or down.
const LARGEST: f64 = 1e100;
/// The level of a range that states none.
const LEVEL: f64 = 0.9;

/// The clauses of a block that are about numbers.
#[derive(Debug, Default)]
pub(super) struct NumberClauses {
    pub(super) moves: Vec<Move>,
    pub(super) stated: Vec<Stated>,
    pub(super) unit: Option<Text>,
    pub(super) shape: Option<Name>,
    pub(super) cuts: Vec<Figure>,
    pub(super) value: Option<Figure>,
    pub(super) impact: Option<Name>,
}

/// Whether a clause is about numbers.
pub(super) fn is_of_numbers(kind: Kind) -> bool {
    matches!(value_of(kind), Some(Value::Figures(_)))
}

impl Lower<'_> {
    /// A clause about numbers whose value no repair makes readable.
    pub(super) fn hopeless_numbers<T>(&mut self, range: Range<usize>, example: &str) -> Lowered<T> {
        let text = &self.text[range.clone()];
        let found = match text.is_empty() {
            true => self
                .syntax(range, "nothing stands behind the colon")
                .label("what is missing here?"),
            false => {
                let message = format!("`{}` cannot be read here", super::recover::short(text));
                self.syntax(range, message).label("not understood")
            }
        };
        self.report(found.help(example))
    }

    /// A clause about numbers.
    pub(super) fn number_clause(&mut self, node: NodeRef<'_>, into: &mut Clauses) -> Lowered<()> {
        let into = &mut into.numbers;
        let mut children = node.children();
        match node.kind() {
            Kind::move_clause => into.moves.push(self.moved(node)?),
            Kind::stated => into.stated.push(self.stated(node)?),
            Kind::unit_clause => {
                let text = children.one(Kind::string, "a unit")?;
                into.unit = Some(self.string(text)?);
            }
            Kind::shape => into.shape = Some(self.word(children.any("a word")?)),
            Kind::impact => into.impact = Some(self.word(children.any("a word")?)),
            Kind::value_clause => {
                let figure = children.one(Kind::figure, "a number")?;
                into.value = Some(self.figure(figure.range())?);
            }
            _ => {
                for child in node.children().filter(|c| c.kind() == Kind::figure) {
                    let figure = self.figure(child.range());
                    into.cuts.extend(self.settle(figure));
                }
            }
        }
        Ok(())
    }

    /// A number and what stands behind it.
    pub(super) fn figure(&mut self, range: Range<usize>) -> Lowered<Figure> {
        let text = self.text[range.clone()].trim();
        let start =
            range.start + self.text[range.clone()].len() - self.text[range].trim_start().len();
        let span = self.place(start..start + text.len());
        let digits = number_end(text);
        let number: f64 = text[..digits].parse().unwrap_or(f64::NAN);
        let unit = text[digits..].trim();
        if number.is_nan() {
            return self.report(
                Diagnostic::new(&rules::WRONG_KIND, span, format!("`{text}` is no number"))
                    .label("a number is needed here")
                    .help("write a number, with or without its unit: `2.5`"),
            );
        }
        if number.is_infinite() || number.abs() > LARGEST {
            return self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    span,
                    format!("`{text}` is too large a number"),
                )
                .label("larger than any number that can be computed with")
                .help("choose a larger unit: `unit: \"million tonnes\"`"),
            );
        }
        if super::amounts::is_lost(text, number) {
            return self.report(super::amounts::too_small(text, span));
        }
        Ok(Figure {
            span,
            number,
            unit: (!unit.is_empty()).then(|| unit.to_owned()),
        })
    }

    /// `1.8 to 3.9 at 80%`, `2.9 (1.8 to 3.9)`
    fn spread(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Spread>> {
        let span = self.span(node);
        let figures: Vec<NodeRef<'_>> = node
            .children()
            .filter(|c| c.kind() == Kind::figure)
            .collect();
        let read: Vec<Lowered<Figure>> = figures.iter().map(|f| self.figure(f.range())).collect();
        let mut read = read.into_iter().collect::<Lowered<Vec<Figure>>>()?;
        let level = match self.child(node, Kind::level) {
            Some(level) => self.level_of(level)?,
            None => LEVEL,
        };
        let ends = match (read.pop(), read.pop()) {
            (Some(only), None) => {
                return Ok(Spanned {
                    node: Spread {
                        centre: Some(only),
                        ends: None,
                        level,
                    },
                    span,
                });
            }
            (Some(mut high), Some(mut low)) => {
                // `10 to 20%` takes the unit of the second number.
                if low.unit.is_none() {
                    low.unit.clone_from(&high.unit);
                }
                if high.unit.is_none() {
                    high.unit.clone_from(&low.unit);
                }
                (low, high)
            }
            (None, _) => {
                return Err(super::tree::Mismatch {
                    wanted: "a number",
                    at: node.range().start as u32,
                }
                .into());
            }
        };
        let mut centre = read.pop();
        if let Some(centre) = &mut centre
            && centre.unit.is_none()
        {
            centre.unit.clone_from(&ends.0.unit);
        }
        let (low, high) = (ends.0.number, ends.1.number);
        if low > high {
            let place = |f: &NodeRef<'_>| f.range();
            let all = figures.len();
            let range = place(&figures[all - 2]).start..place(&figures[all - 1]).end;
            let (a, b) = (place(&figures[all - 2]), place(&figures[all - 1]));
            let swapped = format!(
                "{}{}{}",
                &self.text[b.clone()],
                &self.text[a.end..b.start],
                &self.text[a]
            );
            let written = self.text[range.clone()].to_owned();
            return self.inverted(range, written, swapped);
        }
        if low == high {
            return self.report(
                Diagnostic::new(
                    &rules::INVERTED_RANGE,
                    ends.0.span.to(ends.1.span),
                    "both ends of the interval are equal",
                )
                .label("nothing lies between them")
                .help(format!(
                    "write two different numbers, such as `{} to {}`",
                    low - 1.0,
                    high + 1.0
                )),
            );
        }
        if let Some(centre) = &centre
            && !(low < centre.number && centre.number < high)
        {
            return self.report(
                Diagnostic::new(
                    &rules::INVERTED_RANGE,
                    centre.span,
                    format!("`{centre}` does not lie inside its range"),
                )
                .label("beyond its own ends")
                .other(ends.0.span.to(ends.1.span), "the range")
                .help("write the middle value first, then its range: `2.9 (1.8 to 3.9)`"),
            );
        }
        Ok(Spanned {
            node: Spread {
                centre,
                ends: Some(ends),
                level,
            },
            span,
        })
    }

    fn level_of(&mut self, node: NodeRef<'_>) -> Lowered<f64> {
        let number = node.children().one(Kind::number, "a level")?;
        let level = self.number(number)? / 100.0;
        if !(0.5..=0.99).contains(&level) {
            let span = self.span(node);
            return self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    span,
                    "the level of a range lies between 50% and 99%",
                )
                .label("how sure is it that the number lies inside?")
                .help("write `1.8 to 3.9 at 80%`; without a level a range is a 90% interval"),
            );
        }
        Ok(level)
    }

    /// `move growth: -0.8 to -0.3, -0.2 in y2027`
    fn moved(&mut self, node: NodeRef<'_>) -> Lowered<Move> {
        let mut children = node.children();
        let name = children.one(Kind::name, "a quantity")?;
        let if_wrong = children.maybe(Kind::if_wrong).map(|n| self.span(n));
        let list = children.one(Kind::shifts, "by how much")?;
        let name = self.name(name);
        let mut entries = Vec::new();
        let mut whole = true;
        let mut parts = list.children();
        while let Some(child) = parts.next() {
            match child.kind() {
                Kind::spread => {
                    let value = self.spread(child);
                    let at = match parts.peek() {
                        Some(at) if matches!(at.kind(), Kind::at_by | Kind::at_in) => {
                            parts.next();
                            self.at(at).map(Some)
                        }
                        _ => Ok(None),
                    };
                    match (self.settle(value), self.settle(at)) {
                        (Some(value), Some(at)) => entries.push(Timed { value, at }),
                        _ => whole = false,
                    }
                }
                _ => self.and_for_comma(child),
            }
        }
        if !whole || entries.is_empty() {
            return Err(Broken::Reported);
        }
        Ok(Move {
            span: self.span(node),
            head: self.head(node, list),
            quantity: name?,
            if_wrong,
            values: ByTime {
                span: self.span(list),
                entries,
            },
        })
    }

    /// `in y2026: 15% below 2.0, 80% below 3.8`
    fn stated(&mut self, node: NodeRef<'_>) -> Lowered<Stated> {
        let mut children = node.children();
        let horizon = match children.maybe(Kind::name) {
            Some(name) => Some(self.name(name)),
            None => {
                children.maybe(Kind::always);
                None
            }
        };
        let list = children.one(Kind::points, "numbers")?;
        let mut points = Vec::new();
        let mut whole = true;
        for child in list.children() {
            let point = match child.kind() {
                Kind::spread => self.spread(child).map(Point::Spread),
                Kind::share_beyond => self.share_beyond(child),
                _ => {
                    self.and_for_comma(child);
                    continue;
                }
            };
            match self.settle(point) {
                Some(point) => points.push(point),
                None => whole = false,
            }
        }
        if !whole || points.is_empty() {
            return Err(Broken::Reported);
        }
        Ok(Stated {
            span: self.span(node),
            head: self.head(node, list),
            horizon: horizon.transpose()?,
            points,
        })
    }

    /// `15% below 2.0`
    fn share_beyond(&mut self, node: NodeRef<'_>) -> Lowered<Point> {
        let mut children = node.children();
        let number = children.one(Kind::number, "a percentage")?;
        let span = self.span(node);
        let above = children.maybe(Kind::cmp_above).is_some();
        if !above {
            children.one(Kind::cmp_below, "`below` or `above`")?;
        }
        let figure = children.one(Kind::figure, "a number")?;
        let at = self.figure(figure.range());
        let share = self.number(number)? / 100.0;
        let at = at?;
        if share <= 0.0 || share >= 1.0 {
            let place = self.span(number).to(span);
            let side = if above { "above" } else { "below" };
            return self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    place,
                    format!("`{}` cannot be", self.read(node).trim()),
                )
                .label("some chance lies on either side of every number")
                .help(format!(
                    "write a share between 0% and 100%, such as `{}% {side} {at}`",
                    if share <= 0.0 { "1" } else { "99" }
                )),
            );
        }
        Ok(Point::Below {
            span,
            share: if above { 1.0 - share } else { share },
            at,
        })
    }

    /// `quantity growth "World growth" { … }`
    pub(super) fn quantity(&mut self, node: NodeRef<'_>) -> Lowered<Quantity> {
        let mut children = node.children();
        let (name, title, clauses) = self.head_and_clauses(&mut children, Owner::Quantity)?;
        let numbers = clauses.numbers;
        Ok(Quantity {
            span: self.span(node),
            keyword: self.keyword(node, "quantity".len()),
            name,
            title,
            unit: numbers.unit,
            shape: numbers.shape,
            stated: numbers.stated,
            cuts: numbers.cuts,
            prose: clauses.prose,
            broken: clauses.broken,
        })
    }

    /// `impacts { limited, significant, catastrophic }`
    pub(super) fn impacts(&mut self, node: NodeRef<'_>) -> Lowered<Impacts> {
        let names = node.children().one(Kind::names, "words")?;
        Ok(Impacts {
            span: self.span(node),
            words: self.names(names)?,
        })
    }

    /// `risk { likely and catastrophic: "very high" }`
    pub(super) fn risk(&mut self, node: NodeRef<'_>) -> Lowered<Risk> {
        let mut cells = Vec::new();
        for cell in node.children().filter(|c| c.kind() == Kind::risk_cell) {
            let mut children = cell.children();
            let mut word = self.word(children.any("a word of the scale")?);
            word.node = word.node.trim_matches('"').to_owned();
            let impact = self.word(children.one(Kind::option, "an impact")?);
            let level = children.one(Kind::string, "a text in quotes")?;
            cells.push(RiskCell {
                span: self.span(cell),
                word,
                impact,
                level: self.string(level)?,
            });
        }
        Ok(Risk {
            span: self.span(node),
            cells,
        })
    }

    /// `below 2.0`, of a name.
    pub(super) fn compared(&mut self, name: Name, node: NodeRef<'_>) -> Lowered<Prop> {
        let mut children = node.children();
        let kind = children.any("a comparison")?.kind();
        let first = children.one(Kind::figure, "a number")?;
        let second = children.maybe(Kind::figure);
        let first = self.figure(first.range());
        let second = second.map(|f| self.figure(f.range())).transpose()?;
        let first = first?;
        let comparison = match (kind, second) {
            (Kind::cmp_below, _) => Comparison::Below(first),
            (Kind::cmp_above, _) => Comparison::Above(first),
            (Kind::cmp_least, _) => Comparison::AtLeast(first),
            (Kind::cmp_most, _) => Comparison::AtMost(first),
            (_, Some(second)) => {
                if first.number >= second.number {
                    return self.report(
                        Diagnostic::new(
                            &rules::INVERTED_RANGE,
                            first.span.to(second.span),
                            format!("nothing lies between {first} and {second}"),
                        )
                        .label("the smaller end comes first")
                        .help(format!("write `between {second} and {first}`")),
                    );
                }
                Comparison::Between(first, second)
            }
            (_, None) => {
                return Err(super::tree::Mismatch {
                    wanted: "a second number",
                    at: node.range().end as u32,
                }
                .into());
            }
        };
        Ok(Prop {
            span: name.span.to(self.span(node)),
            kind: PropKind::Compared(name, Box::new(comparison)),
        })
    }

    /// `median of`
    pub(super) fn statistic(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Statistic>> {
        let text = self.read(node);
        let span = self.span(node);
        let statistic = match text.split_whitespace().next().unwrap_or_default() {
            "mean" => Statistic::Mean,
            "median" => Statistic::Median,
            number => {
                let digits = number.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                match digits.parse() {
                    Ok(n @ 1..=99) => Statistic::Percentile(n),
                    _ => {
                        return self.report(
                            Diagnostic::new(
                                &rules::IMPOSSIBLE_NUMBER,
                                span,
                                format!("there is no {number} percentile"),
                            )
                            .label("a whole number from 1 to 99")
                            .help("write `5th percentile of growth`"),
                        );
                    }
                }
            }
        };
        Ok(Spanned {
            node: statistic,
            span,
        })
    }

    /// What an `expect` demands of a number: `2 to 3`, `at least 2`, `below 1`.
    pub(super) fn number_test(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Test>> {
        let span = self.span(node);
        let inner = |node: NodeRef<'_>| node.children().peek().map_or(node.range(), |c| c.range());
        let none = || Bounds {
            low: None,
            high: None,
            strict: false,
        };
        let bounds = match node.kind() {
            Kind::floor => Bounds {
                low: Some(self.figure(inner(node))?),
                ..none()
            },
            Kind::ceiling => Bounds {
                high: Some(self.figure(inner(node))?),
                ..none()
            },
            Kind::no_less => Bounds {
                low: Some(self.figure(inner(node))?),
                ..none()
            },
            Kind::no_more => Bounds {
                high: Some(self.figure(inner(node))?),
                ..none()
            },
            Kind::target => {
                let figure = self.figure(inner(node))?;
                Bounds {
                    low: Some(figure.clone()),
                    high: Some(figure),
                    strict: false,
                }
            }
            Kind::above_figure => Bounds {
                low: Some(self.figure(inner(node))?),
                strict: true,
                ..none()
            },
            Kind::below_figure => Bounds {
                high: Some(self.figure(inner(node))?),
                strict: true,
                ..none()
            },
            Kind::above | Kind::below => {
                let query = node.children().one(Kind::query, "a query")?;
                if self.child(query, Kind::statistic).is_none() {
                    return self.not_a_number_test(span, self.read(node));
                }
                let query = self.query(query)?;
                let test = match node.kind() {
                    Kind::above => Test::Above(query),
                    _ => Test::Below(query),
                };
                return Ok(Spanned { node: test, span });
            }
            Kind::value => {
                let range = node.range();
                let text = &self.text[range.clone()];
                let Some(at) = text.find(" to ") else {
                    return self.not_a_number_test(span, text);
                };
                let low = self.figure(range.start..range.start + at);
                let high = self.figure(range.start + at + 4..range.end);
                let (low, high) = (low?, high?);
                if low.number > high.number {
                    let swapped = format!("{high} to {low}");
                    return self.inverted(range, text.to_owned(), swapped);
                }
                Bounds {
                    low: Some(low),
                    high: Some(high),
                    strict: false,
                }
            }
            _ => return self.not_a_number_test(span, self.read(node)),
        };
        Ok(Spanned {
            node: Test::Number(bounds),
            span,
        })
    }

    fn not_a_number_test<T>(&mut self, span: Span, text: &str) -> Lowered<T> {
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                span,
                format!("`{text}` is nothing to expect of a number"),
            )
            .label("a number in the quantity's own unit is needed here")
            .help("write `2 to 3`, `at least 2`, `at most 3`, `below 1`, `above 2` or `above median of growth in y2026`"),
        )
    }
}

/// Where a number at the beginning of a text ends.
fn number_end(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = usize::from(matches!(bytes.first(), Some(b'+' | b'-')));
    let digits = |mut at: usize| {
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        at
    };
    at = digits(at);
    if bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
        at = digits(at + 1);
    }
    if matches!(bytes.get(at), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        if bytes.get(at + 1 + sign).is_some_and(u8::is_ascii_digit) {
            at = digits(at + 1 + sign);
        }
    }
    at
}
