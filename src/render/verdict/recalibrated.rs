//! The verdict through its author's own record, beside it in every output of `eval`.
//!
//! In: an evaluated assessment with a record. Out: a panel for people, and the same for programs.

use super::Evaluated;
use super::json::{Recalibrated, RecalibratedAt, RecalibratedEvent, RecalibratedOutcome};
use super::sections::{Panel, Tone};
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId};
use crate::resolve::table::Id;
use crate::text::decimal::fixed;
use crate::text::round;

/// What is said at a horizon, and the same through the record.
type ThroughRecord<'a> = Box<dyn Fn(HorizonId) -> Option<(f64, f64)> + 'a>;

/// What stands above it.
pub(super) const HEADING: &str = "Recalibrated by the record";

/// What its arrow means.
pub(super) const ARROW: &str = "as said → recalibrated";

impl Evaluated {
    /// An outcome's chance through the record; none where that was not asked or there is no verdict.
    pub(super) fn recalibrated(&self, h: HorizonId, o: OutcomeId) -> Option<f64> {
        let own = self.asked.recalibrated.as_ref()?;
        let question = &self.assessment.questions[self.outcome(o).question];
        let all = question.ids().map(|o| self.of(h, o).probability.value);
        let through = own.through(&all.collect::<Vec<f64>>());
        Some(through[question.place(o)]).filter(|p| !p.is_nan())
    }

    /// Events whose chance is not settled, with what is said of each at a horizon and that through the record.
    pub(super) fn recalibrated_events(&self) -> Vec<(DriverId, ThroughRecord<'_>)> {
        let Some(own) = self.asked.recalibrated.as_ref() else {
            return Vec::new();
        };
        let open = self.verdict.events.iter().filter(|event| {
            let mut all = event.horizons.iter();
            !self.assessment.drivers[event.event].is_hypothetical()
                && all.any(|at| at.chance.value > 0.0 && at.chance.value < 1.0)
        });
        let each = open.map(|event| {
            let of = move |h: HorizonId| {
                let said = event.horizons.get(h.index())?.chance.value;
                (!said.is_nan()).then(|| (said, own.shrunk.apply(said)))
            };
            (event.event, Box::new(of) as ThroughRecord<'_>)
        });
        each.collect()
    }

    /// The panel, for people.
    pub(super) fn recalibrated_panel(&self) -> Option<Panel> {
        let own = self.asked.recalibrated.as_ref()?;
        let percent = |p: f64| round::percent_in(&self.assessment.scale, p);
        let horizons = self.horizons();
        let rows = self.outcomes().into_iter().map(|o| {
            self.row(self.outcome_name(o), &horizons, |h| {
                match self.recalibrated(h, o) {
                    None => ("—".to_owned(), Tone::Quiet),
                    Some(then) => {
                        let said = percent(self.of(h, o).probability.value);
                        (format!("{said} → {}", percent(then)), Tone::Plain)
                    }
                }
            })
        });
        let events = self.recalibrated_events().into_iter().map(|(event, of)| {
            self.row(self.driver_name(event), &horizons, |h| match of(h) {
                None => ("—".to_owned(), Tone::Quiet),
                Some((said, then)) => (
                    format!("{} → {}", percent(said), percent(then)),
                    Tone::Plain,
                ),
            })
        });
        let rows = rows.chain(events).collect();
        let whose = match &own.author {
            Some(author) => format!("of {author}"),
            None => "of files without an author".to_owned(),
        };
        let cases = match own.cases {
            1 => "1 settled case".to_owned(),
            n => format!("{n} settled cases"),
        };
        let note = match &own.line {
            None => format!(
                "The record has {cases} {whose}, through which no line can be drawn: nothing is moved."
            ),
            Some(line) => format!(
                "The record has {cases} {whose}: log-odds of what came have slope {} and intercept {}, of \
                 which {} is believed, so that slope {} and intercept {} are used.",
                fixed(line.slope.value, 2),
                fixed(line.intercept.value, 2),
                round::percent(own.shrunk.belief),
                fixed(own.shrunk.slope, 2),
                fixed(own.shrunk.intercept, 2)
            ),
        };
        Some(Panel {
            title: String::new(),
            about: String::new(),
            rows,
            notes: vec![note],
        })
    }

    /// The same for programs.
    pub(in crate::render) fn json_recalibrated(&self) -> Option<Recalibrated> {
        let own = self.asked.recalibrated.as_ref()?;
        let horizons = self.horizons().into_iter().map(|h| RecalibratedAt {
            id: self.assessment.horizons.name(h).to_owned(),
            outcomes: self
                .outcomes()
                .into_iter()
                .map(|o| {
                    let p = self.recalibrated(h, o);
                    RecalibratedOutcome {
                        id: self.outcome_name(o).to_owned(),
                        probability: p,
                        term: p.map(|p| self.assessment.scale.wording(p).word()),
                    }
                })
                .collect(),
            events: self
                .recalibrated_events()
                .into_iter()
                .map(|(event, of)| RecalibratedEvent {
                    id: self.driver_name(event).to_owned(),
                    chance: of(h).map(|both| both.1),
                })
                .collect(),
        });
        Some(Recalibrated {
            author: own.author.clone(),
            cases: own.cases,
            fitted_slope: own.line.map(|l| l.slope.value),
            fitted_intercept: own.line.map(|l| l.intercept.value),
            spread: own.spread,
            belief: own.shrunk.belief,
            slope: own.shrunk.slope,
            intercept: own.shrunk.intercept,
            horizons: horizons.collect(),
        })
    }
}
