//! What change clauses and scenarios do, as tables for people.
//!
//! In: an evaluated assessment. Out: [`Panel`]s, horizons across, which the text and the Markdown
//! output draw each in its way.

use super::asked::set_list;
use super::{ChanceOf, Evaluated};
use crate::infer::verdict::Conditional;
use crate::infer::{Estimate, Given};
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId, Prop, What};
use crate::resolve::table::Id;
use crate::text::round;

/// One change clause or scenario.
pub(in crate::render) struct Panel {
    /// Its title.
    pub(in crate::render) title: String,
    /// Its name and condition: "politics, when latitude".
    pub(in crate::render) about: String,
    /// A row for its chance, each outcome and the leader.
    pub(in crate::render) rows: Vec<PanelRow>,
    /// What else is to be said, in sentences.
    pub(in crate::render) notes: Vec<String>,
}

/// One row, horizons across.
pub(in crate::render) struct PanelRow {
    pub(in crate::render) label: String,
    pub(in crate::render) cells: Vec<(String, Tone)>,
}

/// How much a cell is to stand out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Tone {
    /// Like any other.
    Plain,
    /// Less.
    Quiet,
    /// The leader changes.
    Loud,
}

impl Evaluated {
    /// A panel for each change clause.
    pub(in crate::render) fn change_panels(&self) -> Vec<Panel> {
        let horizons = self.horizons();
        let each = self.verdict.changes.iter();
        let kept = each.filter(|c| !self.asked.without.contains(&c.change));
        let each = kept.map(|change| {
            let at = |h: HorizonId| &change.horizons[h.index()];
            let driver = &self.assessment.drivers[change.change];
            let (moved, more) = self.moved(&horizons, |h| {
                Some((at(h).given.outcomes()?, at(h).absent.outcomes()?))
            });
            let mut rows = vec![self.row("its chance", &horizons, |h| {
                let chance = ChanceOf::new(at(h));
                let tone = match chance {
                    ChanceOf::Stated(_) => Tone::Plain,
                    _ => Tone::Quiet,
                };
                (chance.text(&self.assessment.scale), tone)
            })];
            let mut notes: Vec<String> = change.idle.iter().map(|d| self.idle(*d)).collect();
            if horizons.iter().any(|&h| at(h).given == Given::TooRare) {
                notes.push(
                    "Where — stands, it holds in too few of the sampled histories to say."
                        .to_owned(),
                );
            }
            if horizons.iter().any(|&h| at(h).given.outcomes().is_some()) {
                rows.extend(self.outcome_rows(&moved, &horizons, |h| {
                    (at(h).absent.outcomes(), at(h).given.outcomes())
                }));
                rows.push(
                    self.row("leader", &horizons, |h| match at(h).given.outcomes() {
                        None => ("—".to_owned(), Tone::Quiet),
                        Some(_) => self.leaders_cell(at(h)),
                    }),
                );
                if horizons.iter().all(|&h| !at(h).absent.is_possible()) {
                    notes.push("It always holds.".to_owned());
                } else {
                    notes.extend(moves_note(moved.len(), more));
                }
            }
            let when = match &driver.what {
                What::Change { when, .. } => format!("when {}", self.proposition(when)),
                _ => String::new(),
            };
            Panel {
                title: driver.title.clone(),
                about: self.about(&driver.title, self.driver_name(change.change), &when),
                rows,
                notes,
            }
        });
        each.collect()
    }

    /// A panel for each scenario.
    pub(in crate::render) fn scenario_panels(&self) -> Vec<Panel> {
        let horizons = self.horizons();
        let each = self.verdict.scenarios.iter().map(|found| {
            let scenario = &self.assessment.scenarios[found.scenario];
            let now: Vec<Vec<Estimate>> = self
                .verdict
                .horizons
                .iter()
                .map(|h| h.outcomes.iter().map(|o| o.probability).collect())
                .collect();
            let at = |h: HorizonId| &found.horizons[h.index()];
            let pair = |h: HorizonId| (now[h.index()].as_slice(), at(h).1.as_slice());
            let (moved, more) = self.moved(&horizons, |h| Some(pair(h)));
            let mut rows = self.outcome_rows(&moved, &horizons, |h| {
                let (now, then) = pair(h);
                (self.is_possible(h).then_some(now), Some(then))
            });
            rows.push(self.row("leader", &horizons, |h| {
                if at(h).1.iter().any(|p| p.value.is_nan()) {
                    return ("—".to_owned(), Tone::Quiet);
                }
                let flips = self.is_possible(h) && at(h).0 != self.at(h).leader;
                self.leader_cell(at(h).0, flips)
            }));
            let sets: Vec<_> = scenario.sets.iter().map(|s| (s.driver, s.to)).collect();
            let sets = set_list(&self.assessment, &sets);
            Panel {
                title: scenario.title.clone(),
                about: self.about(
                    &scenario.title,
                    self.assessment.scenarios.name(found.scenario),
                    &sets,
                ),
                rows,
                notes: moves_note(moved.len(), more),
            }
        });
        each.collect()
    }

    pub(super) fn row(
        &self,
        label: &str,
        horizons: &[HorizonId],
        cell: impl Fn(HorizonId) -> (String, Tone),
    ) -> PanelRow {
        PanelRow {
            label: label.to_owned(),
            cells: horizons.iter().map(|&h| cell(h)).collect(),
        }
    }

    /// A row for each outcome, from what it is without to what it is with.
    fn outcome_rows<'a>(
        &self,
        outcomes: &[OutcomeId],
        horizons: &[HorizonId],
        pair: impl Fn(HorizonId) -> (Option<&'a [Estimate]>, Option<&'a [Estimate]>),
    ) -> Vec<PanelRow> {
        let percent = |p: f64| round::percent_in(&self.assessment.scale, p);
        let each = outcomes.iter().map(|&o| {
            self.row(self.outcome_name(o), horizons, |h| match pair(h) {
                (_, None) => ("—".to_owned(), Tone::Quiet),
                (_, Some(with)) if with[o.index()].value.is_nan() => ("—".to_owned(), Tone::Quiet),
                (None, Some(with)) => (percent(with[o.index()].value), Tone::Plain),
                (Some(without), Some(with)) => {
                    let (without, with) = [without, with]
                        .map(|all| percent(all[o.index()].value))
                        .into();
                    if without == with {
                        (with, Tone::Quiet)
                    } else {
                        (format!("{without} → {with}"), Tone::Plain)
                    }
                }
            })
        });
        each.collect()
    }

    fn leader_cell(&self, leader: OutcomeId, flips: bool) -> (String, Tone) {
        let name = self.outcome_name(leader);
        if flips {
            (format!("{name} (changes)"), Tone::Loud)
        } else {
            (name.to_owned(), Tone::Quiet)
        }
    }

    /// Who leads without a condition and with it; both where they differ.
    fn leaders_cell(&self, at: &Conditional) -> (String, Tone) {
        match at.without.filter(|&o| o != at.leader) {
            None => self.leader_cell(at.leader, at.flips),
            Some(without) => {
                let pair = [without, at.leader].map(|o| self.outcome_name(o));
                let pair = pair.join(" → ");
                match which_flips(at) {
                    "" => (pair, Tone::Quiet),
                    which => (format!("{pair} ({which})"), Tone::Loud),
                }
            }
        }
    }

    fn idle(&self, driver: DriverId) -> String {
        format!(
            "`{}` plays no part: the rest can hold without it.",
            self.driver_name(driver)
        )
    }

    fn about(&self, title: &str, name: &str, what: &str) -> String {
        let name = if title == name { "" } else { name };
        match (name, what) {
            (name, "") => name.to_owned(),
            ("", what) => what.to_owned(),
            (name, what) => format!("{name}: {what}"),
        }
    }

    /// A proposition as it would be written.
    pub(crate) fn proposition(&self, prop: &Prop) -> String {
        if let Some(name) = self.assessment.condition_of(prop) {
            return name.to_owned();
        }
        self.spelled_out(prop)
    }

    /// The same, but for its own name.
    pub(crate) fn spelled_out(&self, prop: &Prop) -> String {
        let condition = |prop: &Prop| self.assessment.condition_of(prop);
        let list = |props: &[Prop], between: &str| {
            let each = props.iter().map(|p| match p {
                Prop::All(_) | Prop::Any(_)
                    if props.len() > 1 && between != ", " && condition(p).is_none() =>
                {
                    format!("({})", self.proposition(p))
                }
                p => self.proposition(p),
            });
            each.collect::<Vec<_>>().join(between)
        };
        match prop {
            Prop::Is(driver) => self.driver_name(*driver).to_owned(),
            Prop::Outcome(outcome) => self.outcome_name(*outcome).to_owned(),
            Prop::Reaches(id, mark) => {
                let name = self.assessment.quantities.name(*id);
                format!("{name} at least {}", mark.0)
            }
            Prop::Not(inner) => match **inner {
                Prop::All(_) | Prop::Any(_) if condition(inner).is_none() => {
                    format!("not ({})", self.proposition(inner))
                }
                Prop::Reaches(id, mark) => {
                    let name = self.assessment.quantities.name(id);
                    format!("{name} below {}", mark.0)
                }
                _ => format!("not {}", self.proposition(inner)),
            },
            Prop::All(props) => list(props, " and "),
            Prop::Any(props) => list(props, " or "),
            Prop::AtLeast(n, props) => format!("at least {n} of ({})", list(props, ", ")),
        }
    }
}

/// On which side of a condition another than the verdict's outcome leads.
pub(crate) fn which_flips(at: &Conditional) -> &'static str {
    match (at.flips, at.absence_flips) {
        (true, _) => "changes",
        (false, true) => "changes without it",
        (false, false) => "",
    }
}

fn moves_note(shown: usize, more: usize) -> Vec<String> {
    match (shown, more) {
        (0, _) => vec!["It moves no outcome by 0.1 points.".to_owned()],
        (_, 0) => Vec::new(),
        (_, 1) => vec!["One other outcome moves less.".to_owned()],
        (_, n) => vec![format!("{n} other outcomes move less.")],
    }
}
