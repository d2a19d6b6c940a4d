//! Likelihood against impact: `eval --matrix`.
//!
//! In: evaluated assessments whose outcomes or events state an `impact`. Out: for each horizon a table, the
//! words of the scale downwards and impacts across, as text, Markdown or CSV. Impacts move no number.

use super::super::Look;
use super::super::csv::Csv;
use super::super::markdown::{escape, head, row};
use super::grid::{Layout, Line, Row};
use super::text::{QUIET, STRONG};
use super::{Evaluated, json};
use crate::phrases::Phrases;
use crate::render::report::view::model;
use crate::resolve::assessment::HorizonId;
use crate::resolve::table::Id;
use crate::scales::Term;
use crate::text::clean::line as clean;
use crate::text::round;
use crate::text::wrap::{columns, wrap};
use anstyle::Style;
use std::fmt::Write;

const HEAD: &str = "file,as_of,horizon,kind,name,title,probability,term,impact,risk\n";

/// Something that states an impact, at one horizon.
struct Placed<'a> {
    kind: &'static str,
    name: &'a str,
    title: &'a str,
    probability: f64,
    impact: usize,
}

/// How a matrix is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Text,
    Markdown,
    Csv(Csv),
}

/// Every assessment's matrices.
pub(crate) fn report(evaluated: &[Evaluated], look: Look, shape: Shape) -> String {
    match shape {
        Shape::Csv(csv) => {
            let mut out = format!("{}{HEAD}", csv.mark());
            evaluated.iter().for_each(|e| e.matrix_csv(&mut out, csv));
            out
        }
        Shape::Text => {
            let pages = evaluated.iter().map(|e| e.matrix_text(look));
            pages.collect::<Vec<_>>().join("\n")
        }
        Shape::Markdown => {
            let pages = evaluated.iter().map(Evaluated::matrix_markdown);
            pages.collect::<Vec<_>>().join("\n")
        }
    }
}

impl Evaluated {
    fn placed(&self, h: HorizonId) -> Vec<Placed<'_>> {
        let a = &self.assessment;
        let outcomes = self.outcomes().into_iter().filter_map(|o| {
            let outcome = self.outcome(o);
            Some(Placed {
                kind: "outcome",
                name: &outcome.name.node,
                title: &outcome.title,
                probability: self.of(h, o).probability.value,
                impact: outcome.impact?,
            })
        });
        let events = self.verdict.events.iter().filter_map(|event| {
            let driver = &a.drivers[event.event];
            Some(Placed {
                kind: "event",
                name: &driver.name.node,
                title: &driver.title,
                probability: event.horizons[h.index()].chance.value,
                impact: driver.impact?,
            })
        });
        let all = outcomes.chain(events);
        all.filter(|p| !p.probability.is_nan()).collect()
    }

    /// The scale's words, the likeliest first.
    fn rows_of_scale(&self) -> Vec<&Term> {
        self.assessment.scale.core().rev().collect()
    }

    /// What a cell's risk is called.
    fn level(&self, term: &Term, impact: usize) -> Option<&str> {
        let mut cells = self.assessment.risks.iter();
        let found = cells.find(|c| c.impact == impact && term.row(&c.word.node).is_some());
        found.map(|c| c.level.node.as_str())
    }

    fn in_cell<'p, 'a>(
        &'a self,
        placed: &'p [Placed<'a>],
        term: &'p Term,
        impact: usize,
    ) -> impl Iterator<Item = &'p Placed<'a>> {
        let own = move |p: &&Placed<'a>| {
            let worded = self.assessment.scale.wording(p.probability).term;
            p.impact == impact && worded.name == term.name
        };
        placed.iter().filter(own)
    }

    fn no_impacts(&self) -> Option<String> {
        let any = self
            .horizons()
            .into_iter()
            .any(|h| !self.placed(h).is_empty());
        (!any).then(|| {
            "No outcome or event of this file states an `impact`, so that there is no matrix."
                .to_owned()
        })
    }

    fn matrix_text(&self, look: Look) -> String {
        let mut out = String::new();
        let page = super::text::Page { e: self, look };
        page.head(&mut out);
        if let Some(none) = self.no_impacts() {
            page.flow(&mut out, &none, "", "", Style::new());
            return out;
        }
        let impacts = &self.assessment.impacts;
        let terms = self.rows_of_scale();
        let longest = terms.iter().map(|t| columns(&t.name)).max().unwrap_or(0);
        let layout = Layout::new(look, impacts.len(), longest);
        for (i, h) in self.horizons().into_iter().enumerate() {
            if i > 0 {
                out.push('\n');
            }
            let title = &self.horizon(h).title;
            Line::new(clean(title), STRONG).write(&mut out, look.colour);
            out.push('\n');
            let placed = self.placed(h);
            let heads = impacts
                .iter()
                .map(|w| vec![Line::new(clean(&w.node), STRONG)]);
            let mut rows = vec![Row {
                label: vec![Line::new("likelihood", QUIET)],
                cells: heads.collect(),
                gap: true,
            }];
            for term in &terms {
                let cells = (0..impacts.len()).map(|impact| {
                    let mut lines: Vec<Line> = Vec::new();
                    for p in self.in_cell(&placed, term, impact) {
                        let number = round::percent_in(&self.assessment.scale, p.probability);
                        let text = format!("{} {number}", clean(p.name));
                        lines.extend(wrap(&text, layout.cell).into_iter().map(Line::plain));
                    }
                    if let Some(level) = self.level(term, impact) {
                        let text = format!("[{}]", clean(level));
                        let style = if lines.is_empty() {
                            QUIET
                        } else {
                            Style::new()
                        };
                        let level = wrap(&text, layout.cell).into_iter();
                        lines.extend(level.map(|l| Line::new(l, style)));
                    }
                    if lines.is_empty() {
                        lines.push(Line::new("·", QUIET));
                    }
                    lines
                });
                let label = wrap(&term.name, layout.label).into_iter();
                rows.push(Row {
                    label: label.map(Line::plain).collect(),
                    cells: cells.collect(),
                    gap: false,
                });
            }
            layout.write(&mut out, &rows);
        }
        out
    }

    fn matrix_markdown(&self) -> String {
        let mut out = format!("## {}\n", escape(&self.assessment.title.node));
        if let Some(none) = self.no_impacts() {
            let _ = write!(out, "\n{none}\n");
            return out;
        }
        self.matrix_tables(&mut out, "###");
        out
    }

    /// A table for each horizon.
    pub(in crate::render) fn matrix_tables(&self, out: &mut String, level: &str) {
        let impacts = &self.assessment.impacts;
        for h in self.horizons() {
            let placed = self.placed(h);
            let _ = write!(out, "\n{level} {}\n\n", escape(&self.horizon(h).title));
            head(out, impacts.iter().map(|w| escape(&w.node)));
            for term in self.rows_of_scale() {
                let cells = (0..impacts.len()).map(|impact| {
                    let own = self.in_cell(&placed, term, impact).map(|p| {
                        let number = round::percent_in(&self.assessment.scale, p.probability);
                        format!("{} {number}", escape(p.title))
                    });
                    let mut parts: Vec<String> = own.collect();
                    let level = self.level(term, impact);
                    parts.extend(level.map(|level| format!("*{}*", escape(level))));
                    parts.join("<br>")
                });
                row(out, &escape(&term.name), cells);
            }
        }
    }

    /// The same for a report.
    pub(crate) fn matrices(&self, say: &Phrases) -> Vec<model::Matrix> {
        if !self.has_impacts() {
            return Vec::new();
        }
        let impacts = &self.assessment.impacts;
        let each = self.horizons().into_iter().map(|h| {
            let placed = self.placed(h);
            let rows = self.rows_of_scale().into_iter().map(|term| {
                let cells = (0..impacts.len()).map(|impact| {
                    let things = self.in_cell(&placed, term, impact).map(|p| {
                        let number = round::percent_in(&self.assessment.scale, p.probability);
                        format!("{} {}", p.title, say.number(&number))
                    });
                    model::MatrixCell {
                        things: things.collect(),
                        risk: self.level(term, impact).map(str::to_owned),
                    }
                });
                model::MatrixRow {
                    term: term.name.clone(),
                    cells: cells.collect(),
                }
            });
            model::Matrix {
                title: match self.assessment.timeless {
                    true => say.get("now_title").to_owned(),
                    false => self.horizon(h).title.clone(),
                },
                impacts: impacts.iter().map(|w| w.node.clone()).collect(),
                rows: rows.collect(),
            }
        });
        each.collect()
    }

    /// Whether anything states an impact.
    fn has_impacts(&self) -> bool {
        let a = &self.assessment;
        let outcomes = a.outcomes.values().any(|o| o.impact.is_some());
        outcomes || a.drivers.values().any(|d| d.impact.is_some())
    }

    fn matrix_csv(&self, out: &mut String, csv: Csv) {
        for risk in self.json_risks() {
            let cells = [
                csv.cell(self.file()),
                self.assessment.as_of.to_string(),
                csv.cell(&risk.horizon),
                risk.kind.to_owned(),
                csv.cell(&risk.id),
                csv.cell(&risk.title),
                risk.probability.to_string(),
                csv.cell(&risk.term),
                csv.cell(&risk.impact),
                risk.risk.map(|r| csv.cell(&r)).unwrap_or_default(),
            ];
            let _ = writeln!(out, "{}", cells.join(","));
        }
    }

    /// What states an impact, horizon by horizon, as JSON.
    pub(super) fn json_risks(&self) -> Vec<json::Risk> {
        let each = self.horizons().into_iter().flat_map(|h| {
            let placed = self.placed(h).into_iter();
            let each = placed.map(|p| {
                let term = self.assessment.scale.wording(p.probability);
                json::Risk {
                    horizon: self.assessment.horizons.name(h).to_owned(),
                    kind: p.kind,
                    id: p.name.to_owned(),
                    title: p.title.to_owned(),
                    probability: p.probability,
                    term: term.word(),
                    impact: self.assessment.impacts[p.impact].node.clone(),
                    risk: self.level(term.term, p.impact).map(str::to_owned),
                }
            });
            each.collect::<Vec<_>>()
        });
        each.collect()
    }
}
