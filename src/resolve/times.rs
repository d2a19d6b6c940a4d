//! Values by horizon or date: `V`, `V in h, W in k`, `V, W in k`, `V by h, W by 2026-03-31`.
//!
//! In: a list as written. Out: for a lasting thing a curve, for a passing one a value in each
//! horizon. `by` and `in` are held to their kind here, and curves to never falling.

use super::assessment::{Curve, CurvePoint, HorizonId, Number};
use super::calendar;
use super::figures::percent;
use super::names::{Meaning, Reader, Want};
use super::words::Stated;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::syntax::ast::{
    At, ByTime, Chance, Duration, Preposition, Spanned, TimeUnit, Timed, When,
};
use crate::text::decimal;
use crate::text::source::Span;
use jiff::civil::Date;
use std::fmt::Display;

/// Curves that fall by less than this do not fall.
const SLACK: f64 = 1e-9;

/// When a value of a list holds.
enum Time {
    Days(f64),
    Horizon(HorizonId),
}

impl Reader<'_> {
    /// The curve of a lasting thing; `what` names it: "the chance of `troops`".
    pub(super) fn curve(
        &mut self,
        values: &ByTime<Chance>,
        what: &dyn Display,
        as_of: Option<Date>,
    ) -> Option<Curve> {
        let mut points: Vec<CurvePoint> = Vec::new();
        let mut complete = !self.stated_in(values, what);
        for entry in &values.entries {
            let stated = self.stated(&entry.value);
            // The parser has refused a rate with a `by` or beside other values.
            match stated {
                // What is left out never comes, with time or without.
                Some(Stated::PerYear(rate)) if self.facts.timeless && rate.point == 0.0 => {
                    return Some(Curve::Points(vec![CurvePoint {
                        days: self.facts.horizons.first()?.1,
                        horizon: Some(HorizonId(0)),
                        chance: rate,
                    }]));
                }
                Some(Stated::PerYear(_) | Stated::Times(_)) if self.facts.timeless => {
                    self.no_time(entry.value.span, "a rate needs a horizon");
                    return None;
                }
                Some(Stated::PerYear(rate)) => return Some(Curve::PerYear(rate)),
                Some(Stated::Times(rate)) => return Some(Curve::Times(rate)),
                _ => {}
            }
            let definite =
                matches!(&stated, Some(Stated::Chance(n)) if entry.at.is_none() && n.is_definite());
            let time = match definite && !self.facts.timeless {
                // It says by itself when: always, or never.
                true => Some(Time::Days(0.0)),
                false => self.by(entry, what, as_of),
            };
            let (Some(Stated::Chance(chance)), Some(time)) = (stated, time) else {
                complete = false;
                continue;
            };
            let (days, horizon) = match time {
                Time::Days(days) => (days, None),
                Time::Horizon(id) => (self.facts.horizon(id).1, Some(id)),
            };
            points.push(CurvePoint {
                days,
                horizon,
                chance,
            });
        }
        if !complete || points.is_empty() || !self.facts.sound {
            return None;
        }
        points.sort_by(|a, b| a.days.total_cmp(&b.days));
        let mut good = true;
        for pair in points.windows(2) {
            good &= self.follows(&pair[0], &pair[1], what, as_of);
        }
        good.then_some(Curve::Points(points))
    }

    /// By when a value of a lasting thing holds.
    fn by<T>(&mut self, entry: &Timed<T>, what: &dyn Display, as_of: Option<Date>) -> Option<Time> {
        let Some(at) = &entry.at else {
            return self.only_horizon(entry.value.span, what).map(Time::Horizon);
        };
        if self.facts.timeless {
            self.no_time(at.span, "a file without a horizon takes no time");
            return None;
        }
        match &at.when {
            When::Now(_) => Some(Time::Days(0.0)),
            When::Horizon(name) => match self.look(&name.node, name.span, Want::Horizon)? {
                Meaning::Horizon(id) => Some(Time::Horizon(id)),
                Meaning::End(days) if days > 0.0 => Some(Time::Days(days)),
                Meaning::End(_) => {
                    self.report(
                        Diagnostic::new(
                            &rules::IMPOSSIBLE_DATE,
                            name.span,
                            format!("`{}` is over at the date of `as of`", name.node),
                        )
                        .label("a horizon of the used file, and an earlier one")
                        .help("give the using file a horizon of this name, or bring the used file up to date"),
                    );
                    None
                }
                _ => None,
            },
            When::Date(date) => {
                let as_of = as_of?;
                let days = calendar::days(as_of, date.node);
                if days > 0.0 {
                    return Some(Time::Days(days));
                }
                self.report(
                    Diagnostic::new(
                        &rules::IMPOSSIBLE_DATE,
                        date.span,
                        format!("{} does not lie after `as of`, {as_of}", date.node),
                    )
                    .label("a chance is about what is to come")
                    .help("for what may have happened already write `by now`"),
                );
                None
            }
        }
    }

    /// Reports what only makes sense over time, in a file that asks what is so.
    pub(super) fn no_time(&mut self, span: Span, message: &str) {
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, span, message)
                .label("this file asks what is so, not what comes")
                .help("leave it out, or state a horizon: `horizon short \"Short term\": 0 to 6 months`"),
        );
    }

    /// The horizon of a value without `by`: the only one there is.
    fn only_horizon(&mut self, value: Span, what: &dyn Display) -> Option<HorizonId> {
        let names: Vec<String> = self.facts.horizons.iter().map(|h| h.0.clone()).collect();
        match names.len() {
            1 => Some(HorizonId(0)),
            0 => None,
            _ => {
                let mut found = Diagnostic::new(
                    &rules::BY_WHEN,
                    value,
                    format!("{what} does not say by when"),
                )
                .label("by when?")
                .help(format!(
                    "it can only grow with time, so say up to when the figure counts: {}",
                    suggest::list(
                        &names
                            .iter()
                            .take(4)
                            .map(|n| format!("by {n}"))
                            .collect::<Vec<_>>(),
                        "or"
                    )
                ));
                for name in names.iter().take(6) {
                    found = found.fix(Fix::risky(
                        format!("say `by {name}`"),
                        value.at_end(),
                        format!(" by {name}"),
                    ));
                }
                self.report(found);
                None
            }
        }
    }

    /// Whether one point of a curve may follow another; if not, says so.
    fn follows(
        &mut self,
        a: &CurvePoint,
        b: &CurvePoint,
        what: &dyn Display,
        as_of: Option<Date>,
    ) -> bool {
        let (when_a, when_b) = (self.when(a, as_of), self.when(b, as_of));
        if a.days == b.days {
            let (early, late) = in_file_order(&a.chance, &b.chance);
            self.report(
                Diagnostic::new(
                    &rules::DUPLICATE_CLAUSE,
                    late,
                    format!("{what} is stated twice {when_b}"),
                )
                .label("stated again")
                .other(early, "stated first")
                .help("keep one of the two"),
            );
            return false;
        }
        let (low, high) = (a.chance.point, b.chance.point);
        if high >= low - SLACK {
            return true;
        }
        let (low, high) = (said(&a.chance), said(&b.chance));
        self.report(
            Diagnostic::new(
                &rules::FALLING_CURVE,
                b.chance.span,
                format!("{what} falls from {low} {when_a} to {high} {when_b}"),
            )
            .label("lower than before")
            .other(a.chance.span, format!("{low} {when_a}"))
            .help(format!(
                "`by` counts everything up to then, so a later chance is at least as high: \
                 write {low} or more {when_b}"
            )),
        );
        false
    }

    /// "by `short`", "now", "by 2026-03-31".
    fn when(&self, point: &CurvePoint, as_of: Option<Date>) -> String {
        let date = || {
            let days = Duration {
                count: point.days,
                unit: TimeUnit::Days,
            };
            calendar::after(as_of?, days)
        };
        match (point.horizon, date()) {
            (Some(id), _) => format!("by `{}`", self.facts.horizon(id).0),
            (None, _) if point.chance.is_definite() && point.days == 0.0 => "at all times".into(),
            (None, _) if point.days == 0.0 => "now".into(),
            (None, Some(date)) => format!("by {date}"),
            (None, None) => format!("after {} days", point.days),
        }
    }

    /// For each horizon the value that a passing thing has there; `what` names it: "`holds` of
    /// `rhetoric`", "a weight".
    pub(super) fn by_horizon<'v, T>(
        &mut self,
        values: &'v ByTime<T>,
        what: &dyn Display,
    ) -> Vec<Option<&'v Spanned<T>>> {
        self.in_horizons(values, what, false).0
    }

    /// The same, and whether the time of some value is a mistake, which is reported. What `needs` a value in each
    /// horizon is told of those that have none.
    pub(super) fn in_horizons<'v, T>(
        &mut self,
        values: &'v ByTime<T>,
        what: &dyn Display,
        needs: bool,
    ) -> (Vec<Option<&'v Spanned<T>>>, bool) {
        self.stated_by(values, what, needs);
        let by = |at: &At| at.preposition.node == Preposition::By;
        let mut wrong = values.entries.iter().any(|e| e.at.as_ref().is_some_and(by));
        let mut base: Option<&Spanned<T>> = None;
        let mut stated: Vec<Option<&Spanned<T>>> = vec![None; self.facts.horizons.len()];
        for entry in &values.entries {
            let slot = match &entry.at {
                None => &mut base,
                Some(at) => match self.within(at, what) {
                    Some(id) => &mut stated[id.0 as usize],
                    None => {
                        wrong = true;
                        continue;
                    }
                },
            };
            if let Some(before) = slot.replace(&entry.value) {
                let before = before.span;
                let when = match &entry.at {
                    Some(At {
                        when: When::Horizon(name),
                        ..
                    }) => format!(" in `{}`", name.node),
                    _ => " for all horizons".into(),
                };
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        entry.value.span,
                        format!("{what} is stated twice{when}"),
                    )
                    .label("stated again")
                    .other(before, "stated first")
                    .help("say `in HORIZON` after each value, or keep one of the two"),
                );
            }
        }
        (stated.into_iter().map(|s| s.or(base)).collect(), wrong)
    }

    /// In which horizon a value of a passing thing holds.
    fn within(&mut self, at: &At, what: &dyn Display) -> Option<HorizonId> {
        if self.facts.timeless {
            self.no_time(at.span, "a file without a horizon takes no time");
            return None;
        }
        if let When::Horizon(name) = &at.when {
            return match self.look(&name.node, name.span, Want::Horizon)? {
                Meaning::Horizon(id) => Some(id),
                Meaning::End(_) => {
                    let text = format!("there is no horizon `{}` in the using file", name.node);
                    self.report(
                        Diagnostic::new(&rules::UNKNOWN_NAME, name.span, text)
                            .label("a horizon of this file only")
                            .help("what may pass is stated by the using file's horizons: give it one of this name"),
                    );
                    None
                }
                _ => None,
            };
        }
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                at.span,
                format!("{what} is stated by horizon"),
            )
            .label("only the chance of something that lasts has dates")
            .help("write `in` and a horizon's name"),
        );
        None
    }

    /// Reports the horizons in which nothing is stated for a passing thing that needs it.
    pub(super) fn unstated(&mut self, span: Span, what: &dyn Display, missing: &[HorizonId]) {
        let names: Vec<&str> = missing
            .iter()
            .map(|id| self.facts.horizon(*id).0.as_str())
            .collect();
        let found = Diagnostic::new(
            &rules::MISSING_PART,
            span,
            format!("{what} is not stated for {}", suggest::list(&names, "and")),
        )
        .label("these horizons have a value, and others have none")
        .help(format!(
            "what may pass is not carried over: add a value, as in `… in {}`, or one for all horizons first",
            names[0]
        ));
        self.report(found);
    }
}

/// A chance as messages say it: `40%`, "`likely` (68.9%)".
fn said(chance: &Number) -> String {
    match &chance.word {
        Some(word) => {
            let percent = chance.point * 100.0;
            let places = decimal::places(percent, 2).max(1);
            format!("`{word}` ({}%)", decimal::fixed(percent, places))
        }
        None => percent(chance.point),
    }
}

fn in_file_order(a: &Number, b: &Number) -> (Span, Span) {
    (a.span.min(b.span), a.span.max(b.span))
}

/// Whether a file says of anything by when it comes, so that it needs a horizon: it names one, states a
/// rate or a trigger, or has a final outcome.
pub(super) fn is_timed(survey: &super::survey::Survey<'_>) -> bool {
    use crate::syntax::ast::{PriorValue, Query, Test};
    fn timed<T>(values: &ByTime<T>) -> bool {
        let at = |e: &Timed<T>| {
            e.at.as_ref()
                .is_some_and(|at| !matches!(at.when, When::Now(_)))
        };
        values.entries.iter().any(at)
    }
    fn chances(values: &ByTime<Chance>) -> bool {
        let rate = |e: &Timed<Chance>| {
            matches!(
                e.value.node,
                Chance::PerYear(_)
                    | Chance::PerYearRange(..)
                    | Chance::PerYearWide(_)
                    | Chance::Times { .. }
            )
        };
        timed(values) || values.entries.iter().any(rate)
    }
    // Where there is no horizon, `now` is what the file asks about; that it is to be left out is said there.
    let later = |q: &Query| {
        let at = q.at.as_ref();
        at.is_some_and(|at| !matches!(at.when, When::Now(_)))
    };
    let asks = |q: &Query| later(q) || q.over.is_some();
    let drivers = survey.names.values().filter_map(|(d, _)| match d {
        super::survey::Declared::Driver(driver) => Some(*driver),
        _ => None,
    });
    for driver in drivers {
        let broken = driver
            .broken
            .iter()
            .any(|b| b == "chance" || b == "chance once");
        if !driver.once.is_empty()
            || broken
            || driver.rows.iter().any(|r| chances(&r.values))
            || driver.weights.iter().any(|w| timed(&w.values))
            || driver.counts.iter().any(|c| timed(&c.values))
        {
            return true;
        }
    }
    let priors = survey.asked().flat_map(|a| &a.priors);
    let rows = priors.flat_map(|p| &p.rows).any(|row| match &row.value {
        PriorValue::Chances(values) => chances(values),
        PriorValue::Rest(_) => false,
    });
    rows || survey.outcomes().any(|o| o.is_final.is_some())
        || survey.resolved.iter().any(|r| r.at.is_some())
        || survey.bets.iter().filter_map(|b| b.on.as_ref()).any(asks)
        || survey.expects.iter().any(|e| {
            let other = match &e.test.node {
                Test::Above(q) | Test::Below(q) => asks(q),
                _ => false,
            };
            asks(&e.query) || other
        })
        || survey.assessment.is_none()
        || survey.asked().next().is_none() && survey.names.is_empty()
        || survey
            .broken_kinds
            .iter()
            .any(|k| matches!(*k, "outcome" | "prior" | "expect"))
}
