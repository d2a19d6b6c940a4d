//! Numbers with their units, as written, before anybody asks what they are for.
//!
//! In: a `value` node. Out: [`Written`]: a term, one amount or two, dates. A number is parsed here
//! once; one that no machine holds, or a negative one, is reported here and goes no further.

use super::ast::Dated;
use super::grammar::Kind;
use super::lower::{Broken, Lower, Lowered};
use super::tree::{Cursor, Mismatch, NodeRef};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::text::source::Span;
use jiff::civil::Date;
use std::ops::Range;

/// A value, as written.
#[derive(Debug, Clone)]
pub(super) enum Written {
    /// `very likely`
    Term,
    /// `35%`
    One(Amount),
    /// `20% to 40%`
    Two(Amount, Amount),
    /// `2025-03-01`
    Date(Date),
    /// `2025-03-01 to 2025-06-30`, with the span of each.
    Dates((Date, Span), (Date, Span)),
}

/// A number and its unit.
#[derive(Debug, Clone)]
pub(super) struct Amount {
    pub(super) number: f64,
    pub(super) unit: Unit,
    /// `+` behind the number.
    pub(super) open: bool,
    /// The digits alone, in the text.
    pub(super) digits: Range<usize>,
    /// Number and unit, in the text.
    pub(super) range: Range<usize>,
}

/// What a number counts.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Unit {
    /// Nothing stands there.
    None,
    /// `%`
    Percent,
    /// `% per year`, with the word for the time.
    PercentPer(String),
    /// `:1`
    Ratio(f64),
    /// `of 32`
    Of(f64),
    /// `times in 75 years`, with the word for the time.
    Times(f64, String),
    /// Any other word.
    Word(String),
}

impl Unit {
    /// What an amount with this unit is called.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Unit::None => "a bare number",
            Unit::Percent => "a percentage",
            Unit::PercentPer(_) | Unit::Times(..) => "a rate",
            Unit::Of(_) => "a count",
            Unit::Ratio(_) => "a strength",
            Unit::Word(word) if word == "dB" => "a strength",
            Unit::Word(_) => "a length of time",
        }
    }
}

impl Written {
    /// What such a value is called.
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Written::Term => "a word",
            Written::One(amount) => amount.unit.noun(),
            Written::Two(_, high) => match high.unit {
                Unit::Percent => "a range of percentages",
                Unit::None => "a range without a unit",
                _ => high.unit.noun(),
            },
            Written::Date(_) | Written::Dates(..) => "a date",
        }
    }
}

impl Lower<'_> {
    /// A value as written; `5 to 10 dB` takes the unit of the second number for both.
    pub(super) fn written(&mut self, node: NodeRef<'_>) -> Lowered<Written> {
        let mut children = node.children();
        if children.maybe(Kind::term).is_some() {
            children.finish("the end of a term")?;
            return Ok(Written::Term);
        }
        if let Some(date) = children.maybe(Kind::date) {
            let first = (self.date(date), self.span(date));
            let Some(second) = children.maybe(Kind::date) else {
                if let Some(number) = children.peek() {
                    return self.mixed(node, number);
                }
                return first.0.map(Written::Date);
            };
            let second = (self.date(second), self.span(second));
            return Ok(Written::Dates((first.0?, first.1), (second.0?, second.1)));
        }
        let first = self.amount(&mut children);
        if let Some(date) = children.maybe(Kind::date) {
            return self.mixed(node, date);
        }
        if children.peek().is_none() {
            return first.map(Written::One);
        }
        let second = self.amount(&mut children);
        children.finish("the end of a value")?;
        let (mut first, second) = (first?, second?);
        if first.unit == Unit::None
            && matches!(
                second.unit,
                Unit::Percent | Unit::PercentPer(_) | Unit::Word(_)
            )
        {
            first.unit = second.unit.clone();
        }
        if first.unit == Unit::Percent && matches!(second.unit, Unit::PercentPer(_)) {
            first.unit = second.unit.clone();
        }
        Ok(Written::Two(first, second))
    }

    fn mixed<T>(&mut self, value: NodeRef<'_>, second: NodeRef<'_>) -> Lowered<T> {
        let span = self.span(value);
        let second = self.span(second);
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                span,
                format!("`{}` mixes a date and a number", self.read(value)),
            )
            .other(second, "not the same kind as the first")
            .help("both ends of a range are of one kind: `2025-03-01 to 2025-06-30` or `0 to 6 months`"),
        )
    }

    fn amount(&mut self, children: &mut Cursor<'_>) -> Lowered<Amount> {
        let node = children.one(Kind::number, "a number")?;
        let digits = node.range();
        let mut end = digits.end;
        let mut number = self.number(node);
        let mut open = false;
        let mut unit = Unit::None;
        while let Some(next) = children.peek() {
            if matches!(next.kind(), Kind::number | Kind::date) {
                break;
            }
            // Taken before it is looked at: one broken number must not be read twice.
            children.next();
            unit = match next.kind() {
                Kind::plus => {
                    open = true;
                    Unit::None
                }
                Kind::percent => match self.child(next, Kind::unit) {
                    Some(word) => Unit::PercentPer(self.read(word).to_owned()),
                    None => Unit::Percent,
                },
                Kind::unit => Unit::Word(self.read(next).to_owned()),
                kind @ (Kind::ratio | Kind::of | Kind::times) => {
                    let mut inner = next.children();
                    let node = inner.one(Kind::number, "a second number")?;
                    let second = self.number(node);
                    let word = inner.maybe(Kind::unit).map(|w| self.read(w).to_owned());
                    // Both numbers are looked at before either stops the clause.
                    let (first, second) = (number?, second?);
                    number = Ok(first);
                    match (kind, word) {
                        (Kind::ratio, _) => Unit::Ratio(second),
                        (Kind::of, _) => Unit::Of(second),
                        (_, word) => Unit::Times(second, word.unwrap_or_default()),
                    }
                }
                _ => {
                    return Err(Broken::Shape(Mismatch {
                        wanted: "a unit",
                        at: next.range().start as u32,
                    }));
                }
            };
            end = next.range().end;
        }
        Ok(Amount {
            number: number?,
            unit,
            open,
            range: digits.start..end,
            digits,
        })
    }

    /// A finite number of at least 0, with all its digits.
    pub(super) fn number(&mut self, node: NodeRef<'_>) -> Lowered<f64> {
        let text = self.read(node);
        let span = self.span(node);
        let number: f64 = text.parse().unwrap_or(f64::INFINITY);
        if text.starts_with('-') && number != 0.0 {
            return self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    span,
                    format!("`{text}` is negative"),
                )
                .label("chances, strengths, times and counts are not below zero")
                .help("a chance lies between 0% and 100%; what speaks against an outcome is written `weight against`, with a strength such as `3 dB` or `2:1`"),
            );
        }
        if !number.is_finite() {
            return self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    span,
                    format!("`{text}` is too large a number"),
                )
                .label("larger than any number that can be computed with"),
            );
        }
        if is_lost(text, number) {
            return self.report(too_small(text, span));
        }
        Ok(number.abs())
    }

    /// A day of the calendar; a month stands for its last day.
    pub(super) fn date(&mut self, node: NodeRef<'_>) -> Lowered<Date> {
        self.dated(node).map(Dated::last)
    }

    /// A day of the calendar, or a month.
    pub(super) fn dated(&mut self, node: NodeRef<'_>) -> Lowered<Dated> {
        let text = self.read(node);
        let mut parts = text.split('-').map(|p| p.parse::<i16>().unwrap_or(0));
        let year = parts.next().unwrap_or(0);
        let month = parts.next().unwrap_or(0);
        let day = parts.next();
        let first = i8::try_from(month)
            .ok()
            .and_then(|month| Date::new(year, month, 1).ok());
        let date = first.and_then(|first| match day {
            None => Some(Dated::month(first)),
            Some(day) => {
                let day = Date::new(year, first.month(), i8::try_from(day).ok()?);
                day.ok().map(Dated::day)
            }
        });
        match (date, first) {
            (Some(date), _) => Ok(date),
            (None, first) => {
                let (label, help) = match first {
                    None => (
                        "there is no such month".to_owned(),
                        "a date is written year-month-day, such as `2025-03-01`".to_owned(),
                    ),
                    Some(first) => (
                        "there is no such day".to_owned(),
                        format!("this month ends on `{}`", first.last_of_month()),
                    ),
                };
                let span = self.span(node);
                self.report(
                    Diagnostic::new(
                        &rules::IMPOSSIBLE_DATE,
                        span,
                        format!("`{text}` is in no calendar"),
                    )
                    .label(label)
                    .help(help),
                )
            }
        }
    }
}

/// Whether a number was written that lies between 0 and all that a machine computes with.
pub(super) fn is_lost(text: &str, number: f64) -> bool {
    let mantissa = text.split(['e', 'E', ' ', '%']).next().unwrap_or_default();
    number.abs() < f64::MIN_POSITIVE && mantissa.contains(|c| matches!(c, '1'..='9'))
}

/// That such a number was written.
pub(super) fn too_small(text: &str, span: Span) -> Diagnostic {
    Diagnostic::new(
        &rules::IMPOSSIBLE_NUMBER,
        span,
        format!("`{text}` is too small a number"),
    )
    .label("so near to 0 that it cannot be computed with")
    .help("write `0` where nothing is meant, else a number of which somebody could be sure")
}
