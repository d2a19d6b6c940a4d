//! Finding what falls due in one project.

use super::{Due, Kind, uid};
use crate::diag::rules::Rule;
use crate::diag::suggest;
use crate::lint::allow::Allow;
use crate::lint::rules;
use crate::lint::{Policy, evidence};
use crate::project::Project;
use crate::resolve::assessment::{
    Assessment, Curve, Dated, Driver, DriverId, HorizonId, OutcomeId, PriorOf, Resolved,
    ResolvedWhat, What,
};
use crate::text::source::{FileId, Span};
use jiff::Span as Time;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How many names a line lists.
const NAMES: usize = 4;

/// One project under search.
pub(super) struct Finder<'a> {
    pub(super) project: &'a Project,
    pub(super) policy: &'a Policy,
    pub(super) assessment: Option<&'a Assessment>,
    pub(super) allows: Vec<Allow>,
}

impl Finder<'_> {
    pub(super) fn run(&self) -> Vec<Due> {
        let mut found = Vec::new();
        if let Some(assessment) = self.assessment {
            // What is so falls due on no day.
            if !assessment.timeless {
                self.horizons(assessment, &mut found);
                self.events(assessment, &mut found);
                self.endings(assessment, &mut found);
            }
            self.evidence(assessment, &mut found);
        }
        self.suppressions(&mut found);
        found
    }

    /// Horizons that end, but for those that are settled and those without an end.
    fn horizons(&self, assessment: &Assessment, found: &mut Vec<Due>) {
        for (id, horizon) in assessment.horizons.iter() {
            let name = &horizon.name;
            let of = assessment.unsettled_words(id);
            let numbers = assessment.unsettled_numbers(id);
            if horizon.open || of.is_none() && numbers.is_empty() {
                continue;
            }
            if !self.is_reported(&rules::OVERDUE, name.span) {
                continue;
            }
            let what = format!("`{}` ends", name.node);
            let numbers = numbers.into_iter().map(|q| {
                let quantity = assessment.quantities.name(q);
                format!(
                    "say what `{quantity}` came to: `resolved: {quantity} NUMBER in {} on DATE`",
                    name.node
                )
            });
            let came = of.map(|of| {
                format!(
                    "say what came true{of}: `resolved: OUTCOME in {} on DATE`",
                    name.node
                )
            });
            let todo = came
                .into_iter()
                .chain(numbers)
                .collect::<Vec<_>>()
                .join("; ");
            let names = vec![name.node.clone()];
            found.push(self.due(
                horizon.to,
                Kind::Horizon,
                name.span,
                names,
                &name.node,
                (what, todo),
            ));
        }
    }

    /// Events by the times at which their chances are stated, but for those that are settled.
    fn events(&self, assessment: &Assessment, found: &mut Vec<Due>) {
        let mut by_time: BTreeMap<(Date, String), BTreeSet<DriverId>> = BTreeMap::new();
        for (id, driver) in assessment.drivers.iter() {
            for (date, label) in stated(assessment, driver) {
                if !is_settled(assessment, id, date) {
                    by_time.entry((date, label)).or_default().insert(id);
                }
            }
        }
        for ((date, label), events) in by_time {
            let drivers: Vec<&Driver> = events.iter().map(|id| &assessment.drivers[*id]).collect();
            let names: Vec<String> = drivers.iter().map(|d| d.name.node.clone()).collect();
            let what = format!("{} by `{label}`", some(&names));
            let (asks, first) = match names.as_slice() {
                [one] => ("has it happened", one),
                all => ("have they happened", &all[0]),
            };
            // What did not happen by a date between two horizons may still happen by the second.
            let not = match label.parse::<Date>() {
                Ok(_) => String::new(),
                Err(_) => format!(", or `resolved: not {first} by {label} on DATE`"),
            };
            let todo = format!("{asks}? `resolved: {first} on DATE`{not}");
            let span = drivers[0].name.span;
            // In a shared file nothing else tells one event from another file's.
            let key = match span.file {
                FileId(0) => label,
                _ => format!("{first} {} {label}", drivers[0].title),
            };
            found.push(self.due(date, Kind::Event, span, names, &key, (what, todo)));
        }
    }

    /// Final outcomes by the dates at which their priors are stated, but for those that are settled by then.
    fn endings(&self, assessment: &Assessment, found: &mut Vec<Due>) {
        let rows = assessment.questions.values().flat_map(|question| {
            let rows = question.priors.iter().map(|row| &row.prior.outcomes);
            rows.flat_map(|prior| question.ids().zip(prior))
        });
        // Rows that state the same day ask the same.
        let mut seen: BTreeSet<(OutcomeId, Date)> = BTreeSet::new();
        for (id, prior) in rows {
            let PriorOf::Curve(clause) = prior else {
                continue;
            };
            let name = assessment.outcomes.name(id);
            for (date, label) in times(assessment, &clause.values) {
                // The ends of horizons fall due themselves.
                let within = assessment.horizons.iter().find(|(_, h)| date <= h.to);
                let Some((horizon, within)) = within.filter(|(_, h)| h.name.node != label) else {
                    continue;
                };
                let has_come = |r: &Resolved| {
                    let on = r.on.as_ref().map(|on| on.node.last());
                    matches!(r.what, ResolvedWhat::Outcome { outcome, .. } if outcome == id)
                        && on.is_some_and(|on| on <= date)
                };
                let question = assessment.outcomes[id].question;
                let settled = assessment.is_settled(question, horizon)
                    || assessment.resolved.iter().any(has_come);
                if settled || !seen.insert((id, date)) {
                    continue;
                }
                let what = format!("`{name}` by `{label}`");
                let todo = format!(
                    "has it come? `resolved: {name} in {} on DATE`",
                    within.name.node
                );
                let key = format!("{name} {label}");
                let names = vec![name.to_owned()];
                found.push(self.due(date, Kind::Event, clause.span, names, &key, (what, todo)));
            }
        }
    }

    /// Evidence by the last day on which it is fresh, what grows stale together in one line.
    fn evidence(&self, assessment: &Assessment, found: &mut Vec<Due>) {
        let limit = rules::stale::limit(assessment, &self.policy.settings).floor() as i64;
        let mut by_day: BTreeMap<(Date, Dated, Option<DriverId>), Vec<evidence::Item>> =
            BTreeMap::new();
        for item in evidence::items(assessment) {
            let Some(dated) = &item.evidence.dated else {
                continue;
            };
            let last = Time::new().try_days(limit).ok();
            let last = last.and_then(|limit| dated.node.last().checked_add(limit).ok());
            if let Some(last) = last.filter(|_| self.is_reported(&rules::STALE, dated.span)) {
                by_day
                    .entry((last, dated.node, item.driver))
                    .or_default()
                    .push(item);
            }
        }
        for ((date, dated, driver), items) in by_day {
            let holder = items[0].holder(assessment);
            let what = match items.len() {
                1 => format!("the evidence for {holder} of {} grows stale", dated.shown()),
                n => format!(
                    "{n} items of evidence for {holder} of {} grow stale",
                    dated.shown()
                ),
            };
            let names = driver.map(|d| assessment.drivers.name(d).to_owned());
            let texts: Vec<&str> = items
                .iter()
                .map(|i| i.evidence.text.node.as_str())
                .collect();
            let key = format!("{holder} {}", texts.join(" "));
            let todo = "look for something newer, or say why it still holds".to_owned();
            let names = names.into_iter().collect();
            found.push(self.due(
                date,
                Kind::Evidence,
                items[0].span(),
                names,
                &key,
                (what, todo),
            ));
        }
    }

    /// `allow` comments that hold until some day.
    fn suppressions(&self, found: &mut Vec<Due>) {
        if self.policy.level(&rules::EXPIRED_ALLOW).is_none() {
            return;
        }
        for allow in &self.allows {
            let Some((until, _)) = allow.until else {
                continue;
            };
            let names: Vec<String> = allow.rules.iter().map(|r| r.rule.name.to_owned()).collect();
            let what = format!("{} allowed for the last day: {}", are(&names), allow.reason);
            let todo = "fix what it allows, or state again why not".to_owned();
            let key = format!("{} {}", names.join(" "), allow.reason);
            found.push(self.due(until, Kind::Allow, allow.span, names, &key, (what, todo)));
        }
    }

    /// Whether a rule would report something at a place.
    fn is_reported(&self, rule: &'static Rule, span: Span) -> bool {
        let today = self.policy.settings.today;
        let allows = |allow: &&Allow| {
            allow.rules.iter().any(|r| std::ptr::eq(r.rule, rule))
                && allow.scope.contains(span.at_start())
                && !allow.is_expired(today)
        };
        self.policy.level(rule).is_some() && !self.allows.iter().any(|a| allows(&a))
    }

    fn due(
        &self,
        date: Date,
        kind: Kind,
        span: Span,
        names: Vec<String>,
        key: &str,
        (what, todo): (String, String),
    ) -> Due {
        let source = self.project.sources.source(span.file);
        let own = self.assessment.filter(|_| span.file == FileId(0));
        let question = own.map_or("", |a| a.title.node.as_str());
        Due {
            date,
            kind,
            file: source.name.clone(),
            line: source.position(span.start as usize).line,
            names,
            in_titles: self
                .assessment
                .map_or_else(|| what.clone(), |a| in_titles(a, &what)),
            what,
            todo,
            title: self.assessment.map(|a| a.title.node.clone()),
            as_of: self.assessment.map_or(date, |a| a.as_of),
            uid: uid(&[kind.as_str(), question, key]),
        }
    }
}

/// The times by which an event's chance is stated, each with its name in the file; an assumed end
/// is none.
fn stated(assessment: &Assessment, driver: &Driver) -> Vec<(Date, String)> {
    let What::Event(rows) = &driver.what else {
        return Vec::new();
    };
    let curves = rows.iter().map(|row| &row.clause.values);
    curves.flat_map(|curve| times(assessment, curve)).collect()
}

/// The times by which a curve is stated.
fn times(assessment: &Assessment, curve: &Curve) -> Vec<(Date, String)> {
    let points = match curve {
        Curve::Points(points) => points.as_slice(),
        Curve::PerYear(_) | Curve::Times(_) => &[],
    };
    let later = points.iter().filter(|point| point.days > 0.0);
    let times = later.filter_map(|point| {
        if let Some(horizon) = point.horizon.map(|h| &assessment.horizons[h]) {
            return (!horizon.open).then(|| (horizon.to, horizon.name.node.clone()));
        }
        let days = Time::new().try_days(point.days as i64).ok()?;
        let date = assessment.as_of.checked_add(days).ok()?;
        Some((date, date.to_string()))
    });
    times.collect()
}

/// A text with the titles of what it names between backquotes.
fn in_titles(assessment: &Assessment, text: &str) -> String {
    let title = |name: &str| -> Option<&str> {
        let horizon = assessment.horizons.values().find(|h| h.name.node == name);
        let outcome = assessment.outcomes.values().find(|o| o.name.node == name);
        let driver = assessment.drivers.values().find(|d| d.name.node == name);
        let found = horizon.map(|h| &h.title);
        let found = found.or(outcome.map(|o| &o.title));
        found.or(driver.map(|d| &d.title)).map(String::as_str)
    };
    // Every second piece stood between two of them.
    let pieces = text.split('`').enumerate().map(|(i, piece)| match i % 2 {
        0 => piece.to_owned(),
        _ => match title(piece) {
            Some(title) if title != piece => format!("“{title}”"),
            _ => piece.to_owned(),
        },
    });
    pieces.collect()
}

/// Whether a resolution says what became of an event by a day.
fn is_settled(assessment: &Assessment, driver: DriverId, date: Date) -> bool {
    assessment
        .resolved
        .iter()
        .any(|resolved| match resolved.what {
            ResolvedWhat::Event { event, happened } if event == driver => {
                let end = |h: HorizonId| assessment.horizons[h].to;
                happened || resolved.horizon.is_none_or(|h| date <= end(h))
            }
            _ => false,
        })
}

/// Names for a line, the first few of many.
fn some(names: &[String]) -> String {
    match names.len() {
        n if n <= NAMES => suggest::list(names, "and"),
        n => {
            let first: Vec<String> = names[..NAMES - 1]
                .iter()
                .map(|n| format!("`{n}`"))
                .collect();
            format!("{} and {} more", first.join(", "), n + 1 - NAMES)
        }
    }
}

fn are(names: &[String]) -> String {
    let verb = if names.len() == 1 { "is" } else { "are" };
    format!("{} {verb}", some(names))
}
