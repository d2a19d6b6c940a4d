//! When what lasts comes: `eval --when`, and `{when exit}` in prose.
//!
//! In: the cumulative chances of an event or a final outcome at the horizons' ends. Out: the days by which it has
//! come with 5%, 50% and 95%, with constant hazard within a horizon; none where the last horizon ends before.

use super::Evaluated;
use super::json;
use crate::infer::mixture::numbers::reaches;
use crate::phrases::Phrases;
use crate::resolve::assessment::{DriverId, OutcomeId, What};
use crate::resolve::table::Id;
use jiff::ToSpan;
use jiff::civil::Date;

/// What may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coming {
    Event(DriverId),
    Outcome(OutcomeId),
}

/// By when something has come: with 5%, 50% and 95%.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Comes {
    pub(crate) days: [Option<Date>; 3],
    /// The last horizon's end.
    last: Date,
}

impl Comes {
    /// "1 March 2027 (90% interval: 2 May 2026 to not by 1 March 2030)".
    pub(crate) fn worded(&self, say: &Phrases) -> String {
        let never = || say.fill("comes_never", &[("day", &say.date(self.last))]);
        let [low, median, high] = self
            .days
            .map(|day| day.map_or_else(never, |day| say.date(day)));
        match self.days[0] {
            None => median,
            Some(_) => say.fill(
                "comes",
                &[("median", &median), ("low", &low), ("high", &high)],
            ),
        }
    }
}

impl Evaluated {
    /// All that may come, in the file's order.
    fn comings(&self) -> Vec<(Coming, &str, &str)> {
        if self.assessment.timeless {
            return Vec::new();
        }
        let outcomes = self.outcomes().into_iter();
        let finals = outcomes.filter(|o| self.outcome(*o).is_final);
        let finals = finals.map(|o| {
            let outcome = self.outcome(o);
            (
                Coming::Outcome(o),
                outcome.name.node.as_str(),
                outcome.title.as_str(),
            )
        });
        let events = self.verdict.events.iter().filter(|e| {
            let driver = &self.assessment.drivers[e.event];
            !driver.is_hypothetical()
        });
        let events = events.map(|e| {
            let driver = &self.assessment.drivers[e.event];
            (
                Coming::Event(e.event),
                driver.name.node.as_str(),
                driver.title.as_str(),
            )
        });
        finals.chain(events).collect()
    }

    /// By when it comes.
    pub(crate) fn comes(&self, what: Coming) -> Comes {
        let a = &self.assessment;
        let chance = |h: crate::resolve::assessment::HorizonId| match what {
            Coming::Outcome(o) => self.of(h, o).probability.value,
            Coming::Event(d) => {
                let found = self.verdict.events.iter().find(|e| e.event == d);
                found.map_or(f64::NAN, |e| e.horizons[h.index()].chance.value)
            }
        };
        // What holds already holds from the first day.
        let now = match what {
            Coming::Outcome(_) => 0.0,
            Coming::Event(d) => match &a.drivers[d].what {
                What::Event(rows) => match &rows[..] {
                    [row] if row.given.is_none() => row.clause.values.at(0.0),
                    _ => 0.0,
                },
                _ => 0.0,
            },
        };
        let first = a.horizons.ids().next().map_or(f64::NAN, chance);
        let mut curve = vec![(0.0, if now <= first { now } else { 0.0 })];
        for (h, horizon) in a.horizons.iter() {
            let p = chance(h);
            let before = curve.last().map_or(0.0, |c| c.1);
            // A chance given something may fall; it has come no less for that.
            curve.push((
                horizon.days,
                if p.is_nan() { before } else { p.max(before) },
            ));
        }
        let day = |share: f64| {
            let days = libm::ceil(reaches(&curve, share)?) as i64;
            a.as_of.checked_add(days.days()).ok()
        };
        Comes {
            days: [day(0.05), day(0.5), day(0.95)],
            last: a.horizons.values().last().map_or(a.as_of, |h| h.to),
        }
    }

    /// A line for each thing that may come, for people.
    pub(super) fn coming_lines(&self, say: &Phrases) -> Vec<String> {
        let each = self.comings().into_iter().map(|(what, name, title)| {
            let name = match name == title {
                true => title.to_owned(),
                false => format!("{title} ({name})"),
            };
            format!("{name}: {}", self.comes(what).worded(say))
        });
        each.collect()
    }

    /// The same for programs, where it was asked for.
    pub(super) fn json_when(&self) -> Vec<json::When> {
        if !self.asked.when {
            return Vec::new();
        }
        let each = self.comings().into_iter().map(|(what, name, _)| {
            let [low, median, high] = self.comes(what).days.map(|d| d.map(|d| d.to_string()));
            json::When {
                id: name.to_owned(),
                kind: match what {
                    Coming::Event(_) => "event",
                    Coming::Outcome(_) => "outcome",
                },
                median,
                low,
                high,
            }
        });
        each.collect()
    }
}
