//! A row in the words of `--set`, `--with` and `--without`, and what the file then means.
//!
//! In: a row. Out: the assessment that says so. This is what a row means; numbers that are put in place
//! directly ([`super::fill`]) must come to the same. Where a thing has several columns and a row fills some,
//! the others stay as the file has them.

use super::Batch;
use super::heading::{Meaning, Thing};
use super::row::Row;
use crate::diag::{Diagnostic, Diagnostics, Severity};
use crate::project::Project;
use crate::resolve;
use crate::resolve::assessment::{
    Assessment, Clause, Curve, DriverId, DriverKind, HorizonId, Number, OutcomeId, PriorOf, What,
};
use crate::resolve::table::Id;
use crate::text::source::Source;
use crate::whatif;
use std::collections::BTreeSet;

/// What a row says of one thing: by column.
struct Said<'r> {
    column: usize,
    number: Option<f64>,
    text: Option<&'r str>,
}

/// A clause, and the columns that it is made of.
struct Spelt {
    text: String,
    columns: Vec<usize>,
}

impl Batch {
    /// What the file means with a row's numbers and words; what the row makes true or false is not in it.
    pub(super) fn assessment_of(&self, row: &Row) -> Result<Assessment, String> {
        let clauses = self.clauses(row)?;
        let mut project = self.project.clone();
        let sources = &mut project.sources;
        let with = clauses.iter();
        let with = with.map(|clause| sources.add(Source::new("row", clause.text.clone())));
        let with: Vec<_> = with.collect();
        let name = |d: &DriverId| self.assessment.drivers.name(*d).to_owned();
        let off = row
            .off
            .iter()
            .map(|d| sources.add(Source::new("row", name(d))));
        let off: Vec<_> = off.collect();
        let said = |project: &Project, of: Option<usize>, d: &Diagnostic| match of
            .map(|at| &clauses[at].columns[..])
        {
            None => sentence(project.sources.text(d.primary.span), d),
            Some(&[column]) if self.columns.truth(column).is_some() => self.no_truth(row, column),
            Some(columns) => {
                let headings = columns.iter().map(|c| self.columns.headings[*c].as_str());
                let headings: Vec<String> = headings.map(|h| format!("`{h}`")).collect();
                said_of(&headings.join(", "), d)
            }
        };
        // One sentence for each clause: what else is wrong with it mostly follows.
        let all = |project: &Project, found: Diagnostics| {
            let mut told = BTreeSet::new();
            let mut out = Vec::new();
            let errors = found.sorted().into_iter();
            for d in errors.filter(|d| d.severity == Severity::Error) {
                let of = with.iter().position(|file| *file == d.primary.span.file);
                if told.insert(of) {
                    out.push(said(project, of, &d));
                }
            }
            match out.is_empty() {
                true => "this cannot be read".to_owned(),
                false => out.join("; "),
            }
        };
        let applied = whatif::apply(&mut project, &self.assessment, &with, &off);
        if let Err(wrong) = applied {
            return Err(all(&project, wrong));
        }
        let resolved = resolve::resolve(&project);
        let found = resolved.diagnostics;
        resolved.assessment.ok_or_else(|| all(&project, found))
    }

    /// A clause for each thing of which the row says anything.
    fn clauses(&self, row: &Row) -> Result<Vec<Spelt>, String> {
        let mut clauses = Vec::new();
        for (thing, columns) in &self.columns.things {
            let said: Vec<Said<'_>> = columns.iter().filter_map(|&c| said(row, c)).collect();
            if !said.is_empty() {
                clauses.push(Spelt {
                    text: self.clause(*thing, &said)?,
                    columns: said.iter().map(|s| s.column).collect(),
                });
            }
        }
        Ok(clauses)
    }

    /// What is said of a cell of a column of truths that says nothing of the kind.
    fn no_truth(&self, row: &Row, column: usize) -> String {
        let text = row.texts.iter().find(|t| t.0 == column);
        let text = text.map_or(String::new(), |t| format!("`{}`", t.1.trim()));
        let words = self.words.get(self.words.len() * 2 / 3);
        let word = words.map_or(String::new(), |w| format!(" or `{}`", w.1));
        let heading = &self.columns.headings[column];
        format!("`{heading}`: {text} is neither true, false nor a chance such as 0.3, 30%{word}")
    }

    fn clause(&self, thing: Thing, said: &[Said<'_>]) -> Result<String, String> {
        let a = &self.assessment;
        match thing {
            Thing::Chance(event) => {
                let stated = match &a.drivers[event].what {
                    What::Event(rows) => match &rows[..] {
                        [row] if row.given.is_none() => Some(&row.clause),
                        _ => None,
                    },
                    _ => None,
                };
                self.curve(a.drivers.name(event), stated, said)
            }
            Thing::Holds(factor) => {
                let stated = match &a.drivers[factor].what {
                    What::Factor(rows) => match &rows[..] {
                        [row] if row.given.is_none() => self.stated(&row.clause.values),
                        _ => self.unstated(),
                    },
                    _ => self.unstated(),
                };
                self.each(a.drivers.name(factor), stated, said)
            }
            Thing::Prior(outcome) => {
                let of = a.prior().and_then(|p| p.outcomes.get(outcome.index()));
                let name = a.outcomes.name(outcome);
                match of {
                    Some(PriorOf::Curve(clause)) => self.curve(name, Some(clause), said),
                    _ if a.outcomes[outcome].is_final => self.curve(name, None, said),
                    Some(PriorOf::Shares(clause)) => {
                        self.each(name, self.stated(&clause.values), said)
                    }
                    _ => self.each(name, self.unstated(), said),
                }
            }
            Thing::Weight(driver, outcome) => self.weight(driver, outcome, said),
        }
    }

    /// A cumulative chance: the file's points, and the row's in their place.
    fn curve(
        &self,
        name: &str,
        stated: Option<&Clause<Curve>>,
        said: &[Said<'_>],
    ) -> Result<String, String> {
        let a = &self.assessment;
        let now = said.iter().find(|s| self.columns.truth(s.column).is_some());
        if let Some(now) = now {
            if said.len() > 1 {
                return Err(format!(
                    "`{name}` is given a chance in two columns of one row"
                ));
            }
            return Ok(format!("{name}: {} by now", self.text(now)));
        }
        let mut points: Vec<(f64, String)> = Vec::new();
        if let Some(Curve::Points(stated)) = stated.map(|clause| &clause.values) {
            for point in stated {
                let label = match point.horizon {
                    Some(h) => a.horizons.name(h).to_owned(),
                    None if point.days == 0.0 => "now".to_owned(),
                    None => {
                        let days = jiff::Span::new().days(point.days as i64);
                        let day = a.as_of.checked_add(days);
                        day.map_err(|e| e.to_string())?.to_string()
                    }
                };
                let text = self.project.sources.text(point.chance.span);
                points.push((point.days, format!("{text} by {label}")));
            }
        }
        for s in said {
            let Some(h) = self.horizon(s.column) else {
                continue;
            };
            let days = a.horizons[h].days;
            let text = format!("{} by {}", self.text(s), a.horizons.name(h));
            match points.iter_mut().find(|p| p.0 == days) {
                Some(point) => point.1 = text,
                None => points.push((days, text)),
            }
        }
        points.sort_by(|x, y| x.0.total_cmp(&y.0));
        let points: Vec<String> = points.into_iter().map(|p| p.1).collect();
        Ok(format!("{name}: {}", points.join(", ")))
    }

    /// A number for each horizon.
    fn each(
        &self,
        name: &str,
        mut stated: Vec<Option<String>>,
        said: &[Said<'_>],
    ) -> Result<String, String> {
        let truths = said
            .iter()
            .filter(|s| self.columns.truth(s.column).is_some());
        if truths.count() > 0 && said.len() > 1 {
            return Err(format!(
                "`{name}` is given a chance in two columns of one row"
            ));
        }
        for s in said.iter().filter(|s| self.horizon(s.column).is_none()) {
            stated.fill(Some(self.text(s)));
        }
        for s in said {
            if let Some(h) = self.horizon(s.column) {
                stated[h.index()] = Some(self.text(s));
            }
        }
        Ok(format!("{name}: {}", self.listed(&stated)))
    }

    fn weight(
        &self,
        driver: DriverId,
        outcome: OutcomeId,
        said: &[Said<'_>],
    ) -> Result<String, String> {
        let a = &self.assessment;
        let own = a.drivers[driver]
            .weights
            .iter()
            .find(|w| w.outcome == outcome);
        let stated = own.map(|w| {
            let texts = w.clause.values.iter();
            let texts = texts.map(|n| n.as_ref().map(|n| self.text_of(n)));
            (w.against, texts.collect::<Vec<_>>())
        });
        let mut sides: Vec<Option<bool>> = vec![None; a.horizons.len()];
        let mut texts = self.unstated();
        if let Some((against, own)) = stated {
            for (h, text) in own.into_iter().enumerate().filter(|t| t.1.is_some()) {
                sides[h] = Some(against);
                texts[h] = text;
            }
        }
        let (whole, single): (Vec<&Said<'_>>, Vec<&Said<'_>>) =
            said.iter().partition(|s| self.horizon(s.column).is_none());
        for s in whole.into_iter().chain(single) {
            let against = self.against(s);
            let all = match self.horizon(s.column) {
                None => 0..sides.len(),
                Some(h) => h.index()..h.index() + 1,
            };
            for h in all {
                // A weight of nothing has no side.
                if s.number != Some(0.0) || sides[h].is_none() {
                    sides[h] = Some(against);
                }
                texts[h] = Some(self.text(s));
            }
        }
        let mut known = sides.iter().flatten();
        let side = known.next().copied().unwrap_or(false);
        let (name, outcome) = (a.drivers.name(driver), a.outcomes.name(outcome));
        if known.any(|s| *s != side) {
            return Err(format!(
                "`{name}` is to push for `{outcome}` at one horizon and against it at another"
            ));
        }
        let side = if side { "against" } else { "for" };
        let wrong = match a.drivers[driver].kind() {
            DriverKind::Assumption => " if wrong",
            _ => "",
        };
        Ok(format!(
            "{name} {side} {outcome}{wrong}: {}",
            self.listed(&texts)
        ))
    }

    /// Whether what is said of a weight pushes downwards.
    fn against(&self, said: &Said<'_>) -> bool {
        let negative = said.number.is_some_and(|x| x < 0.0);
        match self.columns.meanings[said.column] {
            Meaning::Number { against, .. } => against != negative,
            _ => negative,
        }
    }

    fn horizon(&self, column: usize) -> Option<HorizonId> {
        match self.columns.meanings[column] {
            Meaning::Number { horizon, .. } => horizon,
            _ => None,
        }
    }

    /// As the language writes it.
    fn text(&self, said: &Said<'_>) -> String {
        let thing = match self.columns.meanings[said.column] {
            Meaning::Number { thing, .. } => Some(thing),
            _ => None,
        };
        match (said.number, thing) {
            (None, _) => said.text.unwrap_or_default().to_owned(),
            (Some(x), Some(Thing::Weight(..))) => format!("{} dB", x.abs()),
            (Some(x), _) => format!("{}%", x * 100.0),
        }
    }

    fn text_of(&self, number: &Number) -> String {
        self.project.sources.text(number.span).to_owned()
    }

    fn stated(&self, numbers: &[Number]) -> Vec<Option<String>> {
        numbers.iter().map(|n| Some(self.text_of(n))).collect()
    }

    fn unstated(&self) -> Vec<Option<String>> {
        vec![None; self.assessment.horizons.len()]
    }

    /// `5 dB`, or `5 dB in short, 3 dB in long`.
    fn listed(&self, texts: &[Option<String>]) -> String {
        if let [Some(first), rest @ ..] = texts
            && rest.iter().all(|t| t.as_ref() == Some(first))
        {
            return first.clone();
        }
        let names = self.assessment.horizons.values().map(|h| &h.name.node);
        let each = names
            .zip(texts)
            .filter_map(|(h, text)| Some(format!("{} in {h}", text.as_ref()?)));
        each.collect::<Vec<_>>().join(", ")
    }
}

fn said(row: &Row, column: usize) -> Option<Said<'_>> {
    let number = row.numbers.iter().find(|n| n.0 == column).map(|n| n.1);
    let text = row
        .texts
        .iter()
        .find(|t| t.0 == column)
        .map(|t| t.1.as_str());
    (number.is_some() || text.is_some()).then_some(Said {
        column,
        number,
        text,
    })
}

/// A diagnostic on one line.
pub(super) fn sentence(at: &str, d: &Diagnostic) -> String {
    said_of(&format!("`{at}`"), d)
}

/// The same of what is quoted already.
fn said_of(what: &str, d: &Diagnostic) -> String {
    let help = d
        .help
        .as_ref()
        .map_or(String::new(), |help| format!("; {help}"));
    let text = format!("{what}: {}{help}", d.message);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
