//! A file as of a later day on which nothing that is not `resolved` has happened.
//!
//! In: a project, its assessment and a day. Out: edits of the first file. Cumulative chances become
//! those of what is left, durations become dates, what has happened holds by now. Evidence stays, and
//! so does what is stated for horizons that are over. Nothing is written here.
//!
//! Events afterwards have the chances that they had before, given that nothing has happened, as long as
//! nothing that may not hold stands in a `given`; outcomes, too, where none is final or no driver
//! pushes any. The prior is moved before the reasons: what pushes goes on to push what is left.

mod events;
mod left;
mod prior;
mod values;

use crate::diag::rules;
use crate::diag::{Diagnostic, Edit};
use crate::project::Project;
use crate::record::truth::Truth;
use crate::resolve::assessment::{Assessment, DriverId, What};
use crate::resolve::calendar;
use crate::syntax::ast::{self, Item, Period, Restated};
use crate::text::decimal;
use crate::text::source::{FileId, Span};
use jiff::civil::Date;
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
    /// The file's own, or what a view makes of it while that is moved.
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
                Item::Question(question) => question.priors.iter().for_each(|p| self.prior(p)),
                _ => {}
            }
        }
        for item in &items {
            if let Item::View(view) = item {
                self.view(view);
            }
        }
        for (id, driver) in self.assessment.drivers.iter() {
            let rests_on_time = matches!(&driver.what, What::Event(rows) if !rows.is_empty());
            if rests_on_time && driver.span.file != FileId(0) {
                let name = self.assessment.drivers.name(id);
                let note = format!("`{name}` stands in another file, which is left as it is");
                self.note(note);
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

    /// What a view states is moved by what the view makes of the file.
    fn view(&mut self, item: &ast::View) {
        let own = self.assessment;
        let Some(id) = own.views.id(&item.name.node) else {
            return;
        };
        self.assessment = &own.views[id].assessment;
        let happened = self.events();
        let of_file = std::mem::replace(&mut self.happened, happened);
        for said in &item.says {
            match said {
                Restated::Driver(driver) => self.driver(driver),
                Restated::Prior(prior) => self.prior(prior),
                Restated::Chance { span, name, values } => self.restated(*span, name, values),
            }
        }
        self.happened = of_file;
        self.assessment = own;
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

    fn note(&mut self, text: String) {
        if !self.out.notes.contains(&text) {
            self.out.notes.push(text);
        }
    }
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
