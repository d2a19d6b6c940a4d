//! Verdicts as CSV (RFC 4180): a line for each horizon and outcome, event, change and scenario.
//!
//! In: evaluated assessments. Out: text. Numbers are full doubles; a cell is empty where there is
//! no number. `base` and `points`, the difference to it, stand where something beyond the verdict
//! was asked. `kind` says what a line is about and `name` whom: an `outcome`; an `event` or a
//! `change` with its own chance; an outcome `given` a change or under a `scenario`.

use super::Evaluated;
use crate::infer::Estimate;
use crate::infer::verdict::{ChangeVerdict, EventAt};
use crate::render::csv::Csv;
use crate::resolve::assessment::{HorizonId, OutcomeId};
use crate::resolve::table::Id;
use std::fmt::Write;

const HEAD: &str = "file,as_of,horizon,from,to,outcome,title,final,probability,low,high,term,\
                    leads,margin,confidence,base,points,low_term,\
                    high_term,kind,name\n";

/// One line; what it has no answer to is empty.
#[derive(Default)]
struct Line<'a> {
    kind: &'static str,
    name: &'a str,
    title: &'a str,
    outcome: Option<OutcomeId>,
    probability: Option<f64>,
    interval: Option<(f64, f64)>,
    leads: bool,
    margin: Option<f64>,
    confidence: &'static str,
    base: Option<f64>,
    number: Option<f64>,
}

/// The whole report of `eval`.
pub fn report(evaluated: &[Evaluated], csv: Csv) -> String {
    let mut out = format!("{}{HEAD}", csv.mark());
    // The column stands there where it was asked for.
    if evaluated.iter().any(|e| e.asked.recalibrated.is_some()) {
        out.truncate(out.len() - 1);
        out += ",recalibrated\n";
    }
    let numbers = evaluated.iter().any(Evaluated::has_numbers);
    if numbers {
        out.truncate(out.len() - 1);
        out += ",number\n";
    }
    for e in evaluated {
        for h in e.horizons() {
            for o in e.outcomes() {
                e.write_line(&mut out, csv, h, &e.of_outcome(h, o), numbers);
            }
        }
        for h in e.horizons() {
            for line in e.of_events(h) {
                e.write_line(&mut out, csv, h, &line, numbers);
            }
            for line in e.of_voices(h) {
                e.write_line(&mut out, csv, h, &line, numbers);
            }
            for line in e.of_changes(h).into_iter().chain(e.of_scenarios(h)) {
                e.write_line(&mut out, csv, h, &line, numbers);
            }
            for number in e.number_lines(h) {
                let line = Line {
                    kind: number.kind,
                    name: &number.name,
                    title: &number.title,
                    probability: number.probability,
                    number: Some(number.number),
                    ..Line::default()
                };
                e.write_line(&mut out, csv, h, &line, numbers);
            }
        }
    }
    out
}

impl Evaluated {
    fn of_outcome(&self, h: HorizonId, o: OutcomeId) -> Line<'_> {
        let found = self.of(h, o);
        let possible = self.is_possible(h);
        let base = self.verdict.base.as_ref();
        let leads = possible && self.leads(h, o);
        let standing = self.standing(h, self.outcome(o).question);
        Line {
            kind: "outcome",
            name: self.outcome_name(o),
            title: &self.outcome(o).title,
            outcome: Some(o),
            probability: possible.then_some(found.probability.value),
            interval: found.interval.filter(|_| possible),
            leads,
            margin: leads.then_some(standing.margin),
            confidence: standing.confidence.as_str(),
            base: base.map(|all| all[h.index()].outcomes[o.index()].value),
            number: self.outcome(o).value,
        }
    }

    fn of_events(&self, h: HorizonId) -> Vec<Line<'_>> {
        let each = self.verdict.events.iter().map(|event| {
            let driver = &self.assessment.drivers[event.event];
            let EventAt { chance, interval } = event.horizons[h.index()];
            let chance = chance.value;
            let is_stated = !chance.is_nan() && !self.is_unstated(event.event, chance);
            Line {
                kind: "event",
                name: self.driver_name(event.event),
                title: &driver.title,
                probability: is_stated.then_some(chance),
                interval: interval.filter(|_| is_stated),
                ..Line::default()
            }
        });
        each.collect()
    }

    fn of_changes(&self, h: HorizonId) -> Vec<Line<'_>> {
        let mut lines = Vec::new();
        let kept = |c: &&ChangeVerdict| !self.asked.without.contains(&c.change);
        for change in self.verdict.changes.iter().filter(kept) {
            let name = self.driver_name(change.change);
            let at = &change.horizons[h.index()];
            lines.push(Line {
                kind: "change",
                name,
                title: &self.assessment.drivers[change.change].title,
                probability: at.stated_chance(),
                ..Line::default()
            });
            if let Some(given) = at.given.outcomes() {
                lines.extend(self.of_each("given", name, given, at.leader));
            }
        }
        lines
    }

    /// Views and pools, a line for each of their outcomes.
    fn of_voices(&self, h: HorizonId) -> Vec<Line<'_>> {
        let a = &self.assessment;
        let mut lines = Vec::new();
        for found in &self.verdict.views {
            let at = &found.verdict.horizons[h.index()];
            for o in self.outcomes() {
                let of = &at.outcomes[o.index()];
                lines.push(Line {
                    kind: "view",
                    name: a.views.name(found.view),
                    title: &self.outcome(o).title,
                    outcome: Some(o),
                    probability: (!of.probability.value.is_nan()).then_some(of.probability.value),
                    interval: of.interval,
                    leads: o == at.leader,
                    confidence: at.confidence.as_str(),
                    ..Line::default()
                });
            }
        }
        for found in &self.verdict.pools {
            let at = &found.horizons[h.index()];
            let name = a.pools.name(found.pool);
            lines.extend(self.of_each("pool", name, &at.outcomes, at.leader));
        }
        lines
    }

    fn of_scenarios(&self, h: HorizonId) -> Vec<Line<'_>> {
        let each = self.verdict.scenarios.iter().flat_map(|scenario| {
            let name = self.assessment.scenarios.name(scenario.scenario);
            let (leader, outcomes) = &scenario.horizons[h.index()];
            self.of_each("scenario", name, outcomes, *leader)
        });
        each.collect()
    }

    /// A line for each outcome that is shown, by its probability.
    fn of_each<'a>(
        &'a self,
        kind: &'static str,
        name: &'a str,
        probabilities: &[Estimate],
        leader: OutcomeId,
    ) -> Vec<Line<'a>> {
        let each = self.outcomes().into_iter().map(|o| {
            let p = probabilities[o.index()].value;
            Line {
                kind,
                name,
                title: &self.outcome(o).title,
                outcome: Some(o),
                probability: (!p.is_nan()).then_some(p),
                leads: o == leader && !p.is_nan(),
                ..Line::default()
            }
        });
        each.collect()
    }

    fn write_line(&self, out: &mut String, csv: Csv, h: HorizonId, line: &Line<'_>, numbers: bool) {
        let cell = |text: &str| csv.cell(text);
        let number = |x: Option<f64>| x.map(|x| x.to_string()).unwrap_or_default();
        let horizon = self.horizon(h);
        let flag = |o: OutcomeId| self.outcome(o).is_final.to_string();
        let points = line.base.zip(line.probability);
        let word = |p: Option<f64>| {
            let word = p.map(|p| cell(&self.assessment.scale.wording(p).word()));
            word.unwrap_or_default()
        };
        let cells = [
            cell(self.file()),
            self.assessment.as_of.to_string(),
            cell(self.assessment.horizons.name(h)),
            horizon.from.to_string(),
            horizon.to.to_string(),
            line.outcome
                .map_or(String::new(), |o| cell(self.outcome_name(o))),
            cell(line.title),
            line.outcome.map(flag).unwrap_or_default(),
            number(line.probability),
            number(line.interval.map(|i| i.0)),
            number(line.interval.map(|i| i.1)),
            word(line.probability),
            line.outcome
                .map_or(String::new(), |_| line.leads.to_string()),
            number(line.margin),
            line.confidence.to_owned(),
            number(line.base),
            number(points.map(|(base, p)| 100.0 * (p - base))),
            word(line.interval.map(|i| i.0)),
            word(line.interval.map(|i| i.1)),
            line.kind.to_owned(),
            cell(line.name),
        ];
        let mut cells = cells.to_vec();
        if self.asked.recalibrated.is_some() {
            let own = match line.kind {
                "outcome" => line.outcome.and_then(|o| self.recalibrated(h, o)),
                "event" => {
                    let mut all = self.recalibrated_events().into_iter();
                    let own = all.find(|(event, _)| self.driver_name(*event) == line.name);
                    own.and_then(|(_, of)| Some(of(h)?.1))
                }
                _ => None,
            };
            cells.push(number(own));
        }
        if numbers {
            cells.push(number(line.number));
        }
        let _ = writeln!(out, "{}", cells.join(","));
    }
}
