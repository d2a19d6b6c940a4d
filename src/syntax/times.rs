//! Values by horizon or date, and the extents of horizons.
//!
//! In: lists of values and periods. Out: [`ByTime`], [`At`], [`Period`]. Which horizons there are is
//! not known here.

use super::amounts::{Amount, Unit, Written};
use super::ast::{At, ByTime, Duration, Period, Preposition, Spanned, TimeUnit, Timed, When};
use super::broken_values::Want;
use super::dates;
use super::grammar::Kind;
use super::lower::{Broken, Lower, Lowered};
use super::mistakes::{self, Piece};
use super::tree::{Cursor, NodeRef};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};

/// What a horizon's extent looks like.
const PERIOD: &str =
    "a horizon is written `0 to 6 months`, `18+ months`, `90 days` or `until 2025-03-19`";
const UNITS: [&str; 5] = ["days", "weeks", "months", "quarters", "years"];

/// The unit of time that a word names.
pub(super) fn unit(word: &str) -> Option<TimeUnit> {
    Some(match word {
        "day" | "days" => TimeUnit::Days,
        "week" | "weeks" => TimeUnit::Weeks,
        "month" | "months" => TimeUnit::Months,
        "quarter" | "quarters" => TimeUnit::Quarters,
        "year" | "years" => TimeUnit::Years,
        _ => return None,
    })
}

impl Lower<'_> {
    /// A list of values, each read by `read`; every broken one is reported.
    pub(super) fn by_time<T>(
        &mut self,
        node: NodeRef<'_>,
        want: Want,
        read: impl Fn(&mut Lower<'_>, NodeRef<'_>) -> Lowered<Spanned<T>> + Copy,
    ) -> Lowered<ByTime<T>> {
        let span = self.span(node);
        let mut entries = Vec::new();
        let mut whole = true;
        let mut children = node.children();
        while let Some(child) = children.next() {
            if self.is_full() {
                return Err(Broken::Reported);
            }
            match child.kind() {
                Kind::value if want != Want::Strength && self.one_in(child, &children) => {
                    whole = false;
                    children.next();
                }
                Kind::value | Kind::wide => {
                    let value = match (child.kind(), want) {
                        (Kind::wide, Want::Share | Want::Length) => {
                            self.no_wide(child, want.noun())
                        }
                        _ => read(self, child),
                    };
                    let at = match children.peek() {
                        Some(at) if matches!(at.kind(), Kind::at_by | Kind::at_in) => {
                            children.next();
                            self.at(at).map(Some)
                        }
                        _ => Ok(None),
                    };
                    match (self.settle(value), self.settle(at)) {
                        (Some(value), Some(at)) => entries.push(Timed { value, at }),
                        _ => whole = false,
                    }
                }
                Kind::and_word => self.and_for_comma(child),
                Kind::broken_value => match self.repaired_values(child, want, read) {
                    Some(repaired) => entries.extend(repaired),
                    None => whole = false,
                },
                _ => {
                    return Err(Broken::Shape(super::tree::Mismatch {
                        wanted: "a value",
                        at: child.range().start as u32,
                    }));
                }
            }
        }
        if whole && !entries.is_empty() {
            Ok(ByTime { span, entries })
        } else {
            Err(Broken::Reported)
        }
    }

    /// Reports `1 in 10`, which is no chance at a horizon called 10.
    fn one_in(&mut self, value: NodeRef<'_>, after: &Cursor<'_>) -> bool {
        let Some(at) = after.peek().filter(|at| at.kind() == Kind::at_in) else {
            return false;
        };
        let found = mistakes::one_in(self, value.range().start..at.range().end);
        let is_one = found.is_some();
        if let Some(found) = found {
            self.note(found);
        }
        is_one
    }

    /// Reports an `and` where a list has commas; the list goes on.
    pub(super) fn and_for_comma(&mut self, node: NodeRef<'_>) {
        let span = self.span(node);
        let start = node.range().start;
        let before = self.text[..start]
            .trim_end_matches([' ', '\t', '\u{A0}'])
            .len();
        let edit = self.place(before..node.range().end);
        let mut last = self.text[..before].rsplit([' ', '\t']);
        let word = last.next().unwrap_or_default();
        if last.next() == Some("between") {
            let second = self.text[node.range().end..].trim_start();
            let second = second
                .split([' ', ',', '}', '\n'])
                .next()
                .unwrap_or_default();
            return self.note(
                Diagnostic::new(
                    &rules::SYNTAX,
                    span,
                    "a range is written with `to`, not `and`",
                )
                .label("from which value to which?")
                .help(format!("write `{word} to {second}`, without `between`")),
            );
        }
        self.note(
            Diagnostic::new(
                &rules::SYNTAX,
                span,
                "a list is written with commas, not `and`",
            )
            .label("a comma belongs here")
            .fix(Fix::safe("write a comma", edit, ","))
            .help("`and` joins conditions; the members of a list stand between commas"),
        );
    }

    /// `by long`, `in short`, `by 2026-03-31`, `by now`
    pub(super) fn at(&mut self, node: NodeRef<'_>) -> Lowered<At> {
        let span = self.span(node);
        let preposition = Spanned {
            node: match node.kind() {
                Kind::at_by => Preposition::By,
                _ => Preposition::In,
            },
            span: self.keyword(node, 2),
        };
        let child = node.children().any("a horizon or a date")?;
        let when = match child.kind() {
            Kind::date => When::Date(Spanned {
                node: self.date(child)?,
                span: self.span(child),
            }),
            _ if self.read(child) == "now" => {
                let now = self.span(child);
                if preposition.node == Preposition::In {
                    return self.report(
                        Diagnostic::new(&rules::WRONG_KIND, span, "`now` takes `by`, not `in`")
                            .label("what holds already holds by now")
                            .help("write `by now`")
                            .fix(Fix::safe("write `by now`", preposition.span, "by")),
                    );
                }
                When::Now(now)
            }
            _ => {
                if let Some(found) = self.no_horizon(child) {
                    return self.report(found);
                }
                When::Horizon(self.name(child)?)
            }
        };
        Ok(At {
            span,
            preposition,
            when,
        })
    }

    /// What is wrong with a time that is a number: `by 2025`, `by 20251231`.
    fn no_horizon(&self, node: NodeRef<'_>) -> Option<Diagnostic> {
        let (text, span) = (self.read(node), self.span(node));
        if !text.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        let found = |message: String, label: &str| {
            Diagnostic::new(&rules::SYNTAX, span, message).label(label)
        };
        if let (8, Some(date)) = (text.len(), dates::meant(text)) {
            return Some(
                found(
                    "a date is written year-month-day".to_owned(),
                    "its parts stand between hyphens",
                )
                .help(format!("write `{date}`"))
                .fix(Fix::safe(format!("write `{date}`"), span, date)),
            );
        }
        let is_year = text.len() == 4 && matches!(&text[..2], "19" | "20" | "21");
        let end = format!("{text}-12-31");
        is_year.then(|| {
            found(format!("`{text}` is a year, not a day"), "which day of it?")
                .help(format!(
                    "write `{end}` for the year's end, or the name of a horizon"
                ))
                .fix(Fix::risky(format!("write `{end}`"), span, end))
        })
    }

    /// A horizon's extent: a `value` or an `until`.
    pub(super) fn period(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Period>> {
        let span = self.span(node);
        if node.kind() == Kind::until {
            let date = node.children().one(Kind::date, "a date")?;
            return Ok(Spanned {
                node: Period::Until(self.date(date)?),
                span,
            });
        }
        if let Some(said) = mistakes::extent(&Piece::new(self, node.range())) {
            self.repaired(said);
            return Err(Broken::Reported);
        }
        let period = match self.written(node)? {
            Written::One(amount) => {
                let duration = self.duration(node, &amount, None)?;
                if amount.open {
                    Period::From(duration)
                } else {
                    Period::Lasting(duration)
                }
            }
            Written::Two(low, high) => {
                if low.open || high.open {
                    let text = self.read(node);
                    return self.report(
                        Diagnostic::new(
                            &rules::SYNTAX,
                            span,
                            format!("`{text}` has both an end and a `+`"),
                        )
                        .label("`+` leaves the end open")
                        .help("write `18+ months` for an open horizon, `18 to 60 months` for one with an end"),
                    );
                }
                let from = self.duration(node, &low, Some(&high))?;
                let to = self.duration(node, &high, None)?;
                self.in_order(days(from) <= days(to), &low, &high)?;
                Period::Between(from, to)
            }
            Written::Dates((from, first), (to, second)) => {
                if to < from {
                    let written = self.read(node).to_owned();
                    let swapped = format!("{to} to {from}");
                    let _ = (first, second);
                    return self.inverted(node.range(), written, swapped);
                }
                Period::Dates(from, to)
            }
            Written::Date(date) => {
                return self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        span,
                        format!("`{}` is one day, not a horizon", self.read(node)),
                    )
                    .label("from when, or until when?")
                    .help(format!(
                        "write `until {date}` for a horizon that ends there"
                    )),
                );
            }
            written @ Written::Term => {
                return self.wrong_kind(node, &written, "a length of time", PERIOD);
            }
        };
        Ok(Spanned { node: period, span })
    }

    /// A length of time. `0 to 6` without a unit is reported for the whole range.
    fn duration(
        &mut self,
        node: NodeRef<'_>,
        amount: &Amount,
        partner: Option<&Amount>,
    ) -> Lowered<Duration> {
        let span = self.place(amount.range.clone());
        let text = &self.text[amount.range.clone()];
        let word = match &amount.unit {
            Unit::Word(word) => word,
            Unit::None if amount.number == 0.0 && partner.is_some_and(|p| p.unit != Unit::None) => {
                return Ok(Duration {
                    count: 0.0,
                    unit: TimeUnit::Days,
                });
            }
            Unit::None => {
                let whole = self.read(node);
                let readings = ["days", "months", "years"].map(|u| format!("{whole} {u}"));
                return self.missing_unit(node, "days, months or years?", &readings);
            }
            _ => {
                return self.wrong_kind(
                    node,
                    &Written::One(amount.clone()),
                    "a length of time",
                    PERIOD,
                );
            }
        };
        let Some(unit) = unit(word) else {
            let near = suggest::nearest(word, UNITS);
            // `5 to 6 mounths`: the first number takes the unit of the second.
            let written = partner.filter(|_| amount.range == amount.digits);
            let end = written.unwrap_or(amount).range.end;
            let unit_span = self.place(end.saturating_sub(word.len())..end);
            let mut diagnostic = Diagnostic::new(
                &rules::UNKNOWN_OPTION,
                if partner.is_some() { span } else { unit_span },
                format!("`{word}` is no unit of time"),
            )
            .label("a unit of time belongs here")
            .help(
                suggest::did_you_mean(&near)
                    .unwrap_or_else(|| format!("the units are {}", suggest::list(&UNITS, "and"))),
            );
            if let Some(only) = suggest::surely(word, &near) {
                diagnostic = diagnostic.fix(Fix::safe(format!("write `{only}`"), unit_span, only));
            }
            return self.report(diagnostic);
        };
        let whole = libm::trunc(amount.number) == amount.number;
        if !whole && !matches!(unit, TimeUnit::Days | TimeUnit::Weeks) {
            return self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    span,
                    format!("`{text}` is no whole number of {word}"),
                )
                .label("months and years differ in length and cannot be split")
                .help("write whole months, or days: `18 months` for one and a half years"),
            );
        }
        if amount.number > 1_000_000.0 {
            return self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    span,
                    format!("`{text}` reaches beyond any calendar"),
                )
                .label("too long a time"),
            );
        }
        Ok(Duration {
            count: amount.number,
            unit,
        })
    }
}

/// About how long a duration is, to tell which of two is longer.
fn days(duration: Duration) -> f64 {
    duration.count
        * match duration.unit {
            TimeUnit::Days => 1.0,
            TimeUnit::Weeks => 7.0,
            TimeUnit::Months => 30.4,
            TimeUnit::Quarters => 91.3,
            TimeUnit::Years => 365.25,
        }
}
