//! A file as of a later day on which nothing that is not `resolved` has happened.
//!
//! In: a project, its assessment and a day. Out: edits of the first file. Cumulative chances become
//! those of what is left, durations become dates, what has happened holds by now. Evidence stays, and
//! so does what is stated for horizons that are over. Nothing is written here.
//!
//! Events afterwards have the chances that they had before, given that nothing has happened, as long as
//! nothing that may not hold stands in a `given`; outcomes, too, where none is final or no driver
//! pushes any. The prior is moved before the reasons: what pushes goes on to push what is left.

mod left;

use crate::diag::rules;
use crate::diag::{Diagnostic, Edit};
use crate::project::Project;
use crate::record::truth::Truth;
use crate::resolve::assessment::{Assessment, Curve, DriverId, OutcomeId, PriorOf, What};
use crate::resolve::calendar;
use crate::resolve::table::Id;
use crate::syntax::ast::{self, At, ByTime, Chance, Item, Period, PriorValue, Timed, When};
use crate::text::decimal;
use crate::text::source::{FileId, Span};
use jiff::civil::Date;
use left::Left;
use std::collections::BTreeMap;

/// How many significant digits numbers are written with, unless more are asked for.
pub const DIGITS: usize = 4;

/// What moving a file takes.
#[derive(Debug, Default)]
pub struct Advanced {
    /// Edits of the first file, in order of place.
    pub edits: Vec<Edit>,
    /// What the file's own text cannot say, as sentences.
    pub notes: Vec<String>,
}

/// Moves a file to a later day.
///
/// # Errors
///
/// Where the day is not after `as of`, or no horizon is left.
pub fn advance(
    project: &Project,
    assessment: &Assessment,
    to: Date,
    digits: usize,
) -> Result<Advanced, Box<Diagnostic>> {
    let span = assessment.as_of_span.unwrap_or(assessment.span);
    let refuse = |message: String, help: &str| {
        let found = Diagnostic::new(&rules::IMPOSSIBLE_DATE, span, message);
        Err(Box::new(found.label("the day of the file").help(help)))
    };
    if to <= assessment.as_of {
        let day = assessment.as_of;
        return refuse(
            format!("{to} is not after `as of`, {day}"),
            "name a later day",
        );
    }
    let live = assessment.horizons.iter().filter(|(_, h)| h.to > to);
    let live: Vec<String> = live
        .map(|(id, _)| assessment.horizons.name(id).to_owned())
        .collect();
    if live.is_empty() {
        return refuse(
            format!("every horizon is over by {to}"),
            "add a horizon that ends later, or leave the file as it is and say what came true: `assess resolve`",
        );
    }
    let mut run = Run {
        project,
        assessment,
        to,
        digits,
        now: calendar::days(assessment.as_of, to),
        live,
        out: Advanced::default(),
        happened: BTreeMap::new(),
    };
    run.all(span);
    run.out.edits.sort_by_key(|e| e.span);
    Ok(run.out)
}

struct Run<'a> {
    project: &'a Project,
    assessment: &'a Assessment,
    to: Date,
    digits: usize,
    /// Days from `as of` to the later day.
    now: f64,
    /// Names of the horizons that are left.
    live: Vec<String>,
    out: Advanced,
    /// Events that have happened by the later day.
    happened: BTreeMap<DriverId, bool>,
}

impl Run<'_> {
    fn edit(&mut self, span: Span, text: impl Into<String>) {
        self.out.edits.push(Edit {
            span,
            text: text.into(),
        });
    }

    fn all(&mut self, as_of: Span) {
        let to = self.to;
        self.edit(as_of, to.to_string());
        self.happened = self.events();
        let items: Vec<Item> = self.project.files[0].ast.items.clone();
        for item in &items {
            match item {
                Item::Horizon(horizon) => self.horizon(horizon),
                Item::Driver(driver) => self.driver(driver),
                Item::Prior(prior) => self.prior(prior),
                _ => {}
            }
        }
        for (id, driver) in self.assessment.drivers.iter() {
            let rests_on_time = matches!(&driver.what, What::Event(rows) if !rows.is_empty());
            if rests_on_time && driver.span.file != FileId(0) {
                let name = self.assessment.drivers.name(id);
                let note = format!("`{name}` stands in another file, which is left as it is");
                self.out.notes.push(note);
            }
        }
    }

    /// Which events have happened by the later day: resolved, and known by then.
    fn events(&self) -> BTreeMap<DriverId, bool> {
        let truth = Truth::new(self.assessment);
        let ids = self.assessment.drivers.iter();
        let events = ids.filter(|(_, d)| matches!(d.what, What::Event(_)));
        events
            .map(|(id, _)| (id, truth.happened_by(id, self.to)))
            .collect()
    }

    /// Durations count from `as of`: dates do not.
    fn horizon(&mut self, item: &ast::Horizon) {
        if matches!(item.period.node, Period::Dates(..) | Period::Until(_)) {
            return;
        }
        let Some(id) = self.assessment.horizons.id(&item.name.node) else {
            return;
        };
        let horizon = &self.assessment.horizons[id];
        self.edit(
            item.period.span,
            format!("{} to {}", horizon.from, horizon.to),
        );
    }

    fn driver(&mut self, item: &ast::Driver) {
        let Some(id) = self.assessment.drivers.id(&item.name.node) else {
            return;
        };
        let driver = &self.assessment.drivers[id];
        let What::Event(rows) = &driver.what else {
            return;
        };
        if rows.is_empty() {
            return;
        }
        if self.happened.get(&id) == Some(&true) {
            for (i, row) in item.rows.iter().enumerate() {
                match i {
                    0 => self.edit(row.span, "chance: 100% by now"),
                    _ => self.remove(row.span),
                }
            }
            return;
        }
        let Some(left) = Left::of_event(self.assessment, id, self.now, &self.happened) else {
            return;
        };
        let group = self.assessment.exclusives.iter();
        let in_group = group.into_iter().any(|g| g.members.contains(&id));
        for (i, (row, stated)) in rows.iter().zip(&item.rows).enumerate() {
            let curve = &row.clause.values;
            let own = left.row == i && !in_group;
            // A constant hazard remembers nothing.
            if own && !matches!(curve, Curve::Points(_)) {
                continue;
            }
            let (text, cut) = self.curve(curve, &stated.values, &left, own, self.digits);
            self.edit(stated.values.span, text);
            if let Some(first) = cut {
                let name = &item.name.node;
                let head = self.project.sources.text(stated.head);
                let row = head.strip_prefix("chance").unwrap_or_default();
                let row = row
                    .split_whitespace()
                    .fold(String::new(), |all, word| all + " " + word);
                let (passed, to) = (percent(left.passed(), self.digits), self.to);
                self.out.notes.push(format!(
                    "`{name}`{row}: the chance {first} lies below the {passed} that has passed by {to} in the \
                     row in force, so that nothing is left: 0% is written; see whether it still fits"
                ));
            }
        }
    }

    /// Takes a clause out together with its line.
    fn remove(&mut self, span: Span) {
        let text = &self.project.sources.source(span.file).text;
        let start = text[..span.start as usize]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let is_alone = text[start..span.start as usize].trim().is_empty();
        let after = &text[span.end as usize..];
        let end = after.find('\n').filter(|at| after[..*at].trim().is_empty());
        let whole = match (is_alone, end) {
            (true, Some(at)) => Span::new(span.file, start, span.end as usize + at + 1),
            _ => span,
        };
        self.edit(whole, "");
    }

    /// The chances of what is left, as a list of values; what is stated for time that is over stays.
    /// And when first one lies below what has passed, if any does.
    fn curve(
        &self,
        curve: &Curve,
        stated: &ByTime<Chance>,
        left: &Left,
        own: bool,
        digits: usize,
    ) -> (String, Option<String>) {
        let mut parts: Vec<String> = Vec::new();
        let mut times: Vec<(String, f64)> = Vec::new();
        let is_rate = !matches!(curve, Curve::Points(_));
        for entry in stated.entries.iter().filter(|_| !is_rate) {
            match self.time(entry) {
                Time::Over(text) => parts.push(text),
                Time::Gone => {}
                Time::At(text, days) => times.push((text, days)),
            }
        }
        if !own || is_rate {
            // Between stated points another row's hazard would be another from the later day on.
            for name in &self.live {
                let text = format!("by {name}");
                if let Some(id) = self.assessment.horizons.id(name)
                    && times.iter().all(|t| t.0 != text)
                {
                    times.push((text, self.assessment.horizons[id].days));
                }
            }
            times.sort_by(|a, b| a.1.total_cmp(&b.1));
        }
        if times.is_empty() && parts.is_empty() {
            let last = self.live.last().cloned().unwrap_or_default();
            return (format!("0% by {last}"), None);
        }
        let mut cut = None;
        for (when, days) in times {
            if cut.is_none() && left.is_below(curve, days) {
                cut = Some(when.clone());
            }
            parts.push(format!("{} {when}", left.chance(curve, days, digits)));
        }
        (parts.join(", "), cut)
    }

    fn time(&self, entry: &Timed<Chance>) -> Time {
        let days_of = |name: &str| {
            let id = self.assessment.horizons.id(name)?;
            Some(self.assessment.horizons[id].days)
        };
        match entry.at.as_ref().map(|at| &at.when) {
            Some(When::Now(_)) => Time::Gone,
            Some(When::Date(date)) if date.node <= self.to => Time::Gone,
            Some(When::Date(date)) => Time::At(
                format!("by {}", date.node),
                calendar::days(self.assessment.as_of, date.node),
            ),
            Some(When::Horizon(name)) if self.live.contains(&name.node) => Time::At(
                format!("by {}", name.node),
                days_of(&name.node).unwrap_or(0.0),
            ),
            Some(When::Horizon(_)) => Time::Over(self.text(entry)),
            None => {
                let last = self.live.last().cloned().unwrap_or_default();
                let days = days_of(&last).unwrap_or(0.0);
                // The only horizon needs no name.
                match self.assessment.horizons.len() + self.assessment.past.len() {
                    1 => Time::At(String::new(), days),
                    _ => Time::At(format!("by {last}"), days),
                }
            }
        }
    }

    fn text<T>(&self, entry: &Timed<T>) -> String {
        let at = entry.at.as_ref().map_or(entry.value.span, |at| at.span);
        let span = Span::new(at.file, entry.value.span.start as usize, at.end as usize);
        self.project.sources.text(span).to_owned()
    }

    /// Final outcomes have what is left of their curves; the others keep their shares of the rest.
    fn prior(&mut self, item: &ast::Prior) {
        let Some(prior) = self.assessment.prior() else {
            return;
        };
        let finals = |o: OutcomeId| self.assessment.outcomes[o].is_final;
        let mut come = 0.0;
        for (o, of) in self.assessment.outcomes.ids().zip(&prior.outcomes) {
            match of {
                PriorOf::Curve(clause) => come += clause.values.at(self.now),
                PriorOf::Rest(_) if finals(o) => {
                    let name = self.assessment.outcomes.name(o);
                    self.out.notes.push(format!(
                        "the prior of `{name}` is what the others leave: see whether it still fits"
                    ));
                }
                _ => {}
            }
        }
        if come <= 0.0 {
            return;
        }
        let has_rest = prior
            .outcomes
            .iter()
            .any(|of| matches!(of, PriorOf::Rest(_)));
        // Rows that must sum to 100% bear no rounding.
        let digits = if has_rest { self.digits } else { 15 };
        for row in &item.rows {
            let Some(o) = self.assessment.outcomes.id(&row.outcome.node) else {
                continue;
            };
            let PriorValue::Chances(values) = &row.value else {
                continue;
            };
            let Some(of) = prior.outcomes.get(o.index()) else {
                continue;
            };
            match of {
                PriorOf::Decided => {}
                PriorOf::Curve(clause) => {
                    let left = Left::shared(self.now, come, &clause.values);
                    // Of several final outcomes none has a constant hazard of its own.
                    let (text, _) = self.curve(&clause.values, values, &left, true, digits);
                    self.edit(values.span, text);
                }
                PriorOf::Shares(clause) => {
                    let mut parts = Vec::new();
                    for entry in &values.entries {
                        let at = entry.at.as_ref();
                        let name = match at.map(|at: &At| &at.when) {
                            Some(When::Horizon(name)) => Some(&name.node),
                            _ => None,
                        };
                        if name.is_some_and(|n| !self.live.contains(n)) {
                            parts.push(self.text(entry));
                            continue;
                        }
                        let id = name.and_then(|n| self.assessment.horizons.id(n));
                        let h = id.or_else(|| {
                            // A value for all horizons.
                            self.live
                                .first()
                                .and_then(|n| self.assessment.horizons.id(n))
                        });
                        let Some(number) = h.and_then(|h| clause.values.get(h.index())) else {
                            continue;
                        };
                        let scaled = left::scaled(number, 1.0 - come, digits);
                        match name {
                            Some(n) => parts.push(format!("{scaled} in {n}")),
                            None => parts.push(scaled),
                        }
                    }
                    self.edit(values.span, parts.join(", "));
                }
                PriorOf::Rest(_) => {}
            }
        }
    }
}

/// When a value of a list holds, seen from the later day.
enum Time {
    /// In a horizon that is over: the value stays as it is written.
    Over(String),
    /// Before the later day.
    Gone,
    /// After it.
    At(String, f64),
}

/// Less than this is left of no chance: it is what two equal points of a curve differ by.
const NOISE: f64 = 1e-12;

/// A chance as it is written: `12.34%`.
fn percent(p: f64, digits: usize) -> String {
    if p < NOISE {
        return "0%".to_owned();
    }
    let x = 100.0 * p.clamp(0.0, 1.0);
    if digits >= decimal::DIGITS {
        return format!("{}%", decimal::significant(x, digits));
    }
    let places = decimal::places(x / 100.0, digits).saturating_sub(2);
    format!("{}%", decimal::short(x, places))
}

/// A text with edits made.
pub fn edited(text: &str, edits: &[Edit]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for edit in edits {
        let (start, end) = (edit.span.start as usize, edit.span.end as usize);
        if start < at {
            continue;
        }
        out.push_str(&text[at..start]);
        out.push_str(&edit.text);
        at = end;
    }
    out.push_str(&text[at..]);
    out
}
