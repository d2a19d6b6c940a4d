//! What a trigger does to an event, and what its other rows then may say.
//!
//! In: `chance once …` as written. Out: a [`Once`], with days since the trigger; `impossible` where an
//! event says nothing of the time before it.

use super::assessment::{
    After, Clause, Curve, CurvePoint, Driver, DriverId, Once, Prop, Row, Step,
};
use super::curves::YEAR;
use super::figures::percent;
use super::names::Reader;
use super::words::{Stated, fixed};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::syntax::ast::{self, DriverKind, Duration, Guard, TimeUnit};
use crate::text::source::Span;
use jiff::civil::Date;

/// A chance that falls by less than this does not fall.
const SLACK: f64 = 1e-9;

impl Reader<'_> {
    /// What a trigger does to an event.
    pub(super) fn once(&mut self, item: &ast::Driver, _as_of: Option<Date>) -> Option<Once> {
        let mut found = None;
        for (i, row) in item.once.iter().enumerate() {
            let read = self.one_trigger(item, row);
            match i {
                0 => found = read,
                _ => self.second_trigger(item, row),
            }
        }
        let first = item.once.first()?;
        if self.facts.timeless {
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    first.head,
                    "a file without a horizon asks what is so, and no trigger can come",
                )
                .label("nothing happens over time here")
                .help("state a horizon, as in `horizon short: 0 to 6 months`, or write `chance given`"),
            );
            return None;
        }
        // A row that is asked about stands in a text of its own.
        let stands_before =
            |row: &&ast::ChanceRow| row.span.file == first.span.file && row.span < first.span;
        if let Some(row) = item.rows.iter().find(stands_before) {
            self.report(
                Diagnostic::new(
                    &rules::SYNTAX,
                    first.head,
                    "what a trigger does comes before the other rows",
                )
                .label("the first row that fits is in force, and this one fits first")
                .other(row.head, "this stands before it")
                .help("move `chance once` above the other rows"),
            );
        }
        found
    }

    fn second_trigger(&mut self, item: &ast::Driver, row: &ast::Once) {
        let first = item.once[0].head;
        self.report(
            Diagnostic::new(
                &rules::DUPLICATE_CLAUSE,
                row.head,
                format!("`{}` has two triggers", item.name.node),
            )
            .label("a second clock")
            .other(first, "the first")
            .help(
                "one event sets the clock; for a second one write `chance given`, or an event of its own that follows it",
            ),
        );
    }

    fn one_trigger(&mut self, item: &ast::Driver, row: &ast::Once) -> Option<Once> {
        let name = &item.name.node;
        let trigger = self.trigger(row);
        let steps = self.steps(name, row);
        let trigger = trigger?;
        let id = |group: &(usize, Span)| group.1;
        if let Some(own) = self.own_id(name) {
            let group = self.facts.groups.get(&own).map(id);
            let chain = self.facts.chained.get(&own).map(|link| link.span);
            if let Some(span) = group.or(chain) {
                let what = if group.is_some() {
                    "excludes other events"
                } else {
                    "is in a chain"
                };
                self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        row.head,
                        format!("`{name}` {what} and can follow no trigger"),
                    )
                    .label("such events are drawn together, each by its own curve")
                    .other(span, "because of this")
                    .help("take the event out of the group, or write `chance given` in place of `chance once`"),
                );
                return None;
            }
        }
        for other in &item.rows {
            let Guard::Given(prop) = &other.guard else {
                continue;
            };
            if let Some(given) = self.quiet_prop(prop)
                && self.rests_on(&given, trigger)
            {
                let event = self.facts.driver(trigger).name.clone();
                self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        prop.span,
                        format!("this row rests on `{event}`, which is the trigger"),
                    )
                    .label("such rows say what goes on before the trigger")
                    .other(row.head, "the trigger")
                    .help(format!(
                        "what `{event}` does stands in `chance once {event}`: take it out of this condition"
                    )),
                );
                return None;
            }
        }
        let words = &self.facts.driver(trigger).name;
        Some(Once {
            trigger,
            clause: Clause {
                span: row.span,
                key: format!("{name} chance once {words}"),
                values: steps?,
            },
        })
    }

    /// The id of a driver of this file.
    fn own_id(&self, name: &str) -> Option<DriverId> {
        match self.scope.names.get(name)?.meaning {
            super::names::Meaning::Driver(id) => Some(id),
            _ => None,
        }
    }

    /// A proposition that was or will be reported elsewhere, where something is wrong with it.
    fn quiet_prop(&self, prop: &ast::Prop) -> Option<Prop> {
        let mut reports = super::reports::Reports::default();
        let mut reader = Reader {
            scope: self.scope,
            facts: self.facts,
            sources: self.sources,
            reports: &mut reports,
        };
        reader.prop(prop)
    }

    /// Whether a proposition names a driver, also through changes.
    fn rests_on(&self, prop: &Prop, id: DriverId) -> bool {
        let mut todo = vec![prop];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(prop) = todo.pop() {
            let mut found = false;
            prop.each(&mut |other| {
                found |= other == id;
                if seen.insert(other) {
                    todo.extend(self.facts.whens.get(&other));
                }
            });
            if found {
                return true;
            }
        }
        false
    }

    /// The event that a row waits for.
    fn trigger(&mut self, row: &ast::Once) -> Option<DriverId> {
        let found = self.prop(&row.trigger)?;
        if let Prop::Is(id) = found
            && self.facts.driver(id).kind == DriverKind::Event
        {
            return Some(id);
        }
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                row.trigger.span,
                format!("`{}` is not one event", self.written(row.trigger.span)),
            )
            .label("the day on which one event comes sets the clock")
            .help("name an event; where several may set it off, declare an event with `chance given a or b: certain` and name that"),
        );
        None
    }

    fn steps(&mut self, name: &str, row: &ast::Once) -> Option<After> {
        let what = format!("the chance of `{name}` after the trigger");
        let mut steps: Vec<Step> = Vec::new();
        let mut complete = true;
        for step in &row.steps {
            let rate = match self.stated(&step.chance) {
                None => {
                    complete = false;
                    continue;
                }
                Some(Stated::Chance(chance)) => {
                    match (&step.within, row.steps.len()) {
                        (Some(within), _) => steps.push(Step {
                            days: days(within.node),
                            chance,
                        }),
                        (None, _) => {
                            complete = false;
                            self.within_which(&step.chance.span, &what);
                        }
                    }
                    continue;
                }
                Some(Stated::PerYear(rate)) => After::PerYear(rate),
                Some(Stated::Times(rate)) => After::Times(rate),
            };
            if row.steps.len() > 1 || step.within.is_some() {
                self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        step.chance.span,
                        "a rate must be alone in its clause",
                    )
                    .label("a rate says for every time since the trigger how likely the event is")
                    .help("state either the rate, or chances `within` so long after the trigger"),
                );
                return None;
            }
            return Some(rate);
        }
        steps.sort_by(|a, b| a.days.total_cmp(&b.days));
        for pair in steps.windows(2) {
            let [early, late] = pair else { continue };
            let message = if early.days == late.days {
                format!("{what} is stated twice for one length of time")
            } else if late.chance.point < early.chance.point - SLACK {
                format!(
                    "{what} falls from {} to {}",
                    percent(early.chance.point),
                    percent(late.chance.point)
                )
            } else {
                continue;
            };
            let rule = match early.days == late.days {
                true => &rules::DUPLICATE_CLAUSE,
                false => &rules::FALLING_CURVE,
            };
            let (first, second) = match early.chance.span < late.chance.span {
                true => (early.chance.span, late.chance.span),
                false => (late.chance.span, early.chance.span),
            };
            self.report(
                Diagnostic::new(rule, second, message)
                    .label("stated again, or lower than before")
                    .other(first, "stated first")
                    .help("`within` counts everything up to then, so a longer time has at least as high a chance"),
            );
            complete = false;
        }
        (complete && !steps.is_empty()).then_some(After::Steps(steps))
    }

    fn within_which(&mut self, span: &Span, what: &str) {
        self.report(
            Diagnostic::new(
                &rules::BY_WHEN,
                *span,
                format!("{what} does not say within which time"),
            )
            .label("within which time of the trigger?")
            .help("write a length of time behind it, as in `40% within 3 months`"),
        );
    }

    /// Beside a trigger a bare `chance:` is what goes on before it, and nothing does where none is
    /// stated.
    pub(super) fn before_trigger(&mut self, item: &ast::Driver, rows: &mut Vec<Row<Curve>>) {
        let Some(once) = item.once.first() else {
            return;
        };
        let plain = item.rows.iter().find(|r| matches!(r.guard, Guard::Plain));
        let has_given = item.rows.iter().any(|r| matches!(r.guard, Guard::Given(_)));
        if let Some(plain) = plain.filter(|_| !has_given) {
            self.report(
                Diagnostic::new(
                    &rules::PLAIN_CHANCE_BESIDE_GIVEN,
                    plain.head,
                    "a bare `chance:` beside `chance once` reads as the overall chance",
                )
                .label("meant for the time before the trigger?")
                .other(once.head, "beside this row")
                .help("write `chance otherwise:` for what goes on before the trigger, or leave it out for nothing")
                .fix(Fix::risky("write `otherwise`", plain.head.at_end(), " otherwise")),
            );
        }
        if item.rows.is_empty() && !item.broken.iter().any(|b| b == "chance") {
            rows.push(Row {
                given: None,
                clause: Clause {
                    span: once.span,
                    key: format!("{} chance otherwise", item.name.node),
                    values: impossible(once.span),
                },
            });
        }
    }

    /// Reports `by now` where a row rests on what may pass: nothing is drawn before the first horizon then.
    pub(super) fn not_by_now(&mut self, item: &ast::Driver, rows: &[Row<Curve>]) {
        let passing = rows
            .iter()
            .find(|r| r.given.as_ref().is_some_and(|g| !self.facts.lasts(g)));
        let Some(passing) = passing else { return };
        let now = rows.iter().find_map(|row| match &row.clause.values {
            Curve::Points(points) => {
                let first = points.first()?;
                let stated = !first.chance.is_definite() && first.chance.point > 0.0;
                (first.days == 0.0 && stated).then_some(first.chance.span)
            }
            _ => None,
        });
        let Some(now) = now else { return };
        let passing = passing.clause.span;
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                now,
                format!(
                    "`{}` rests on what may pass, and cannot have come `by now`",
                    item.name.node
                ),
            )
            .label("what may pass is not known before the first horizon")
            .other(passing, "this row rests on what may pass")
            .help(
                "leave the `by now` out, or write the fact that is in doubt as an event of its own",
            ),
        );
    }
}

/// `impossible`, always.
fn impossible(span: Span) -> Curve {
    let mut chance = fixed(0.0, span);
    chance.word = Some("impossible".to_owned());
    Curve::Points(vec![CurvePoint {
        days: 0.0,
        horizon: None,
        chance,
    }])
}

/// Days since a trigger: a month is a twelfth of a year.
fn days(length: Duration) -> f64 {
    let unit = match length.unit {
        TimeUnit::Days => 1.0,
        TimeUnit::Weeks => 7.0,
        TimeUnit::Months => YEAR / 12.0,
        TimeUnit::Quarters => YEAR / 4.0,
        TimeUnit::Years => YEAR,
    };
    length.count * unit
}

impl Driver {
    /// Its rows, where the file states some: not the `impossible` that stands beside a trigger alone.
    pub fn is_triggered_only(&self) -> bool {
        let super::assessment::What::Event(rows) = &self.what else {
            return false;
        };
        let once = self.once.as_ref().map(|o| o.clause.span);
        matches!(rows.as_slice(), [row] if Some(row.clause.span) == once)
    }
}
