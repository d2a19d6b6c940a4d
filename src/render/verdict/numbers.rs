//! Quantities and the values of outcomes, for people and for programs.
//!
//! In: an evaluated assessment. Out: panels, horizons across, which the text and the Markdown output draw
//! each in its way; lines of CSV; parts of the JSON. Numbers stand in the quantity's own unit.

use super::Evaluated;
use super::json;
use super::sections::{Panel, PanelRow, Tone};
use crate::infer::mixture::numbers;
use crate::infer::mixture::{Mixture, Valued};
use crate::infer::verdict::{QuantityAt, QuantityVerdict};
use crate::phrases::Phrases;
use crate::render::report::view::model;
use crate::resolve::assessment::{Figured, HorizonId, Quantity, QuestionId, with_unit};
use crate::resolve::table::Id;
use crate::text::decimal;
use crate::text::round;

/// The shares whose quantiles are told: those of a fan of 50%, 80% and 90%, and the median.
pub(crate) const FAN: [f64; 7] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/// What is said of a number at one horizon.
pub(crate) struct Said {
    pub(crate) mean: f64,
    pub(crate) median: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl Said {
    fn of_mixture(mixture: &Mixture) -> Said {
        Said {
            mean: mixture.mean(),
            median: mixture.quantile(0.5),
            low: mixture.quantile(0.05),
            high: mixture.quantile(0.95),
        }
    }

    fn of_values(valued: &Valued) -> Said {
        Said {
            mean: valued.mean(),
            median: valued.quantile(0.5),
            low: valued.quantile(0.05),
            high: valued.quantile(0.95),
        }
    }
}

/// "2.9% a year": a number with its unit, where that is short enough to stand beside it.
fn short_unit(text: &str, unit: Option<&str>) -> String {
    match unit {
        Some(unit) if unit.starts_with('%') => format!("{text}%"),
        Some(unit) if unit.chars().count() <= 4 => with_unit(text, Some(unit)),
        _ => text.to_owned(),
    }
}

/// A line of CSV about a number.
pub(super) struct NumberLine {
    /// Which statistic; of `below` the chance stands beside the number.
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) probability: Option<f64>,
    pub(super) number: f64,
}

impl Evaluated {
    /// The numbers of a question whose outcomes have values.
    fn valued(&self, h: HorizonId, question: QuestionId) -> Option<Valued> {
        if !self.is_possible(h) {
            return None;
        }
        let ids = self.assessment.questions[question].ids();
        let found: Vec<f64> = ids.map(|o| self.of(h, o).probability.value).collect();
        numbers::valued(&self.assessment, question, &found)
    }

    /// The questions whose outcomes have values.
    fn valued_questions(&self) -> Vec<QuestionId> {
        let valued = |q: &QuestionId| {
            let mut ids = self.assessment.questions[*q].ids();
            ids.any(|o| self.assessment.outcomes[o].value.is_some())
        };
        self.assessment.questions.ids().filter(valued).collect()
    }

    /// A panel for each quantity and each question with values.
    pub(in crate::render) fn number_panels(&self, say: &Phrases) -> Vec<Panel> {
        let values = self.valued_questions().into_iter().map(|q| {
            let question = &self.assessment.questions[q];
            let name = question.name.as_ref().map_or("value", |n| n.node.as_str());
            let unit = question.unit.as_deref();
            Panel {
                title: match question.name {
                    None => "Value".to_owned(),
                    Some(_) => question.title.clone(),
                },
                about: about(name, unit),
                rows: self.said(say, Figured::Question(q), unit, |h| {
                    Some(Said::of_values(&self.valued(h, q)?))
                }),
                notes: Vec::new(),
            }
        });
        let quantities = self.verdict.quantities.iter().map(|found| {
            let quantity = &self.assessment.quantities[found.quantity];
            let unit = quantity.unit.as_deref();
            let at = |h: HorizonId| found.horizons[h.index()].as_ref();
            let of = Figured::Quantity(found.quantity);
            let figure = |x: f64| of.figure(&self.assessment, x);
            let mut rows = self.said(say, of, unit, |h| Some(Said::of_mixture(&at(h)?.mixture)));
            type Range = fn(&QuantityAt) -> Option<(f64, f64)>;
            let ranges: [(&str, Range); 2] = [
                ("mean_range", |at| at.mean_range),
                ("median_range", |at| at.median_range),
            ];
            for (key, range) in ranges {
                let of = |h: HorizonId| at(h).and_then(range);
                if self.horizons().into_iter().any(|h| of(h).is_some()) {
                    rows.push(self.row(say.get(key), &self.horizons(), |h| {
                        let text = of(h).map(|(low, high)| {
                            let (low, high) = (figure(low), short_unit(&figure(high), unit));
                            say.fill("between_cuts", &[("a", &low), ("b", &high)])
                        });
                        (text.unwrap_or_else(|| "—".to_owned()), Tone::Quiet)
                    }));
                }
            }
            let moved = self.assessment.drivers.values();
            let moved = moved.flat_map(|d| &d.moves);
            if moved.into_iter().any(|m| m.quantity == found.quantity) {
                rows.push(self.row(say.get("mean_before"), &self.horizons(), |h| {
                    let before = at(h).map(|at| short_unit(&figure(at.before), unit));
                    (before.unwrap_or_else(|| "—".to_owned()), Tone::Quiet)
                }));
            }
            for cut in self.cuts(quantity, found) {
                let label = say.fill("below_cut", &[("x", &decimal::stated(cut))]);
                rows.push(self.row(&label, &self.horizons(), |h| match at(h) {
                    None => ("—".to_owned(), Tone::Quiet),
                    Some(at) => {
                        let p = at.mixture.below(cut);
                        (round::percent_in(&self.assessment.scale, p), Tone::Plain)
                    }
                }));
            }
            Panel {
                title: quantity.title.clone(),
                about: about(&quantity.name.node, unit),
                rows,
                notes: Vec::new(),
            }
        });
        values.chain(quantities).collect()
    }

    /// The same for a report, with what its charts draw.
    pub(crate) fn number_tables(&self, say: &Phrases) -> Vec<model::Number> {
        let values = self.valued_questions().len();
        let panels = self.number_panels(say).into_iter().enumerate();
        let each = panels.map(|(i, panel)| {
            let found = i
                .checked_sub(values)
                .and_then(|i| self.verdict.quantities.get(i));
            let rows = panel.rows.into_iter().map(|row| model::NumberRow {
                label: say.number(&row.label),
                cells: row.cells.into_iter().map(|c| say.number(&c.0)).collect(),
            });
            model::Number {
                about: panel.about,
                title: panel.title,
                unit: match found {
                    Some(found) => self.assessment.quantities[found.quantity].unit.clone(),
                    None => None,
                },
                rows: rows.collect(),
                note: model::Prose::default(),
                horizons: found.map_or_else(Vec::new, |found| self.number_stops(found, say)),
            }
        });
        each.collect()
    }

    fn number_stops(&self, found: &QuantityVerdict, say: &Phrases) -> Vec<model::NumberAt> {
        let quantity = &self.assessment.quantities[found.quantity];
        let cuts = self.cuts(quantity, found);
        let horizons = self.horizons().into_iter();
        let each = horizons.filter_map(|h| {
            let mixture = &found.horizons[h.index()].as_ref()?.mixture;
            let title = self.horizon(h).title.clone();
            let of = Figured::Quantity(found.quantity);
            let [low, median, high] = [0.05, 0.5, 0.95]
                .map(|share| say.number(&of.figure(&self.assessment, mixture.quantile(share))));
            let gaps = [
                ("title", title.as_str()),
                ("median", &median),
                ("low", &low),
                ("high", &high),
            ];
            let ranges = (0..=cuts.len()).filter(|_| !cuts.is_empty()).map(|i| {
                let from = i.checked_sub(1).map(|i| cuts[i]);
                let to = cuts.get(i).copied();
                let below = |x: Option<f64>, none: f64| x.map_or(none, |x| mixture.below(x));
                let chance = (below(to, 1.0) - below(from, 0.0)).max(0.0);
                let stated = |x: f64| say.number(&decimal::stated(x));
                let label = match (from.map(stated), to.map(stated)) {
                    (None, Some(to)) => say.fill("below_cut", &[("x", &to)]),
                    (Some(from), None) => say.fill("from_cut", &[("x", &from)]),
                    (from, to) => {
                        let (a, b) = (from.unwrap_or_default(), to.unwrap_or_default());
                        say.fill("between_cuts", &[("a", &a), ("b", &b)])
                    }
                };
                model::NumberRange {
                    label,
                    chance,
                    text: say.number(&round::percent_in(&self.assessment.scale, chance)),
                }
            });
            Some(model::NumberAt {
                text: say.fill("fan_says", &gaps),
                quantiles: FAN.iter().map(|share| mixture.quantile(*share)).collect(),
                ranges: ranges.collect(),
                title: title.clone(),
            })
        });
        each.collect()
    }

    /// Where a quantity is cut: as its file says, and where conditions ask.
    pub(crate) fn cuts(&self, quantity: &Quantity, found: &QuantityVerdict) -> Vec<f64> {
        let mut cuts = quantity.cuts.clone();
        let a = &self.assessment;
        let mut look = |prop: &crate::resolve::assessment::Prop| {
            prop.each_mark(&mut |id, mark| {
                if id == found.quantity {
                    cuts.push(mark.0);
                }
            });
        };
        for (_, prop) in crate::lint::walk::propositions(a) {
            look(prop);
        }
        for outcome in a.outcomes.values() {
            if let Some(crate::resolve::assessment::Decided::When(prop)) = &outcome.decided {
                look(prop);
            }
        }
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
        cuts
    }

    fn said(
        &self,
        say: &Phrases,
        of: Figured,
        unit: Option<&str>,
        at: impl Fn(HorizonId) -> Option<Said>,
    ) -> Vec<PanelRow> {
        let figure = |x: f64| of.figure(&self.assessment, x);
        let horizons = self.horizons();
        let found: Vec<Option<Said>> = horizons.iter().map(|&h| at(h)).collect();
        let row = |label: &str, tone: Tone, text: &dyn Fn(&Said) -> String| PanelRow {
            label: label.to_owned(),
            cells: found
                .iter()
                .map(|said| match said {
                    Some(said) => (text(said), tone),
                    None => ("—".to_owned(), Tone::Quiet),
                })
                .collect(),
        };
        vec![
            row(say.get("median"), Tone::Plain, &|s| {
                short_unit(&figure(s.median), unit)
            }),
            row(say.get("percentiles"), Tone::Plain, &|s| {
                let (low, high) = (figure(s.low), short_unit(&figure(s.high), unit));
                say.fill("between_cuts", &[("a", &low), ("b", &high)])
            }),
            row(say.get("mean"), Tone::Plain, &|s| {
                short_unit(&figure(s.mean), unit)
            }),
        ]
    }

    /// The quantities as JSON.
    pub(in crate::render) fn json_quantities(&self) -> Vec<json::Quantity> {
        let each = self.verdict.quantities.iter().map(|found| {
            let quantity = &self.assessment.quantities[found.quantity];
            let cuts = self.cuts(quantity, found);
            let at = self.horizons().into_iter().map(|h| {
                let at = found.horizons[h.index()].as_ref();
                let mixture = at.map(|at| &at.mixture);
                let said = mixture.map(Said::of_mixture);
                let quantiles = mixture.into_iter().flat_map(|m| {
                    let each = FAN.iter().map(|share| json::Quantile {
                        share: *share,
                        value: m.quantile(*share),
                    });
                    each.collect::<Vec<_>>()
                });
                let below = mixture.into_iter().flat_map(|m| {
                    let each = cuts.iter().map(|cut| json::Cut {
                        at: *cut,
                        below: m.below(*cut),
                    });
                    each.collect::<Vec<_>>()
                });
                let contributions = at.into_iter().flat_map(|at| {
                    let errors = at
                        .errors
                        .iter()
                        .copied()
                        .map(Some)
                        .chain(std::iter::repeat(None));
                    at.contributions.iter().zip(errors)
                });
                json::QuantityAt {
                    id: self.assessment.horizons.name(h).to_owned(),
                    mean: said.as_ref().map(|s| s.mean),
                    median: said.as_ref().map(|s| s.median),
                    low: said.as_ref().map(|s| s.low),
                    high: said.as_ref().map(|s| s.high),
                    before: at.map(|at| at.before),
                    mean_range: at.and_then(|at| at.mean_range),
                    median_range: at.and_then(|at| at.median_range),
                    off: at.map(|at| at.off).filter(|off| *off > 0.0),
                    quantiles: quantiles.collect(),
                    cuts: below.collect(),
                    contributions: contributions
                        .map(|((driver, mean), error)| json::MeanContribution {
                            id: self.driver_name(*driver).to_owned(),
                            mean: *mean,
                            standard_error: error,
                        })
                        .collect(),
                }
            });
            json::Quantity {
                id: quantity.name.node.clone(),
                title: quantity.title.clone(),
                unit: quantity.unit.clone(),
                horizons: at.collect(),
            }
        });
        each.collect()
    }

    /// The questions with values as JSON.
    pub(in crate::render) fn json_values(&self) -> Vec<json::Value> {
        let each = self.valued_questions().into_iter().map(|q| {
            let question = &self.assessment.questions[q];
            let at = self.horizons().into_iter().map(|h| {
                let said = self.valued(h, q).map(|v| Said::of_values(&v));
                json::ValueAt {
                    id: self.assessment.horizons.name(h).to_owned(),
                    mean: said.as_ref().map(|s| s.mean),
                    median: said.as_ref().map(|s| s.median),
                    low: said.as_ref().map(|s| s.low),
                    high: said.as_ref().map(|s| s.high),
                }
            });
            json::Value {
                question: question.name.as_ref().map(|n| n.node.clone()),
                unit: question.unit.clone(),
                horizons: at.collect(),
            }
        });
        each.collect()
    }

    /// Lines of numbers at a horizon.
    pub(super) fn number_lines(&self, h: HorizonId) -> Vec<NumberLine> {
        let mut out = Vec::new();
        let mut say = |name: &str, title: &str, said: &Said| {
            let each = [
                ("mean", said.mean),
                ("median", said.median),
                ("5th percentile", said.low),
                ("95th percentile", said.high),
            ];
            out.extend(each.map(|(kind, number)| NumberLine {
                kind,
                name: name.to_owned(),
                title: title.to_owned(),
                probability: None,
                number,
            }));
        };
        for q in self.valued_questions() {
            let question = &self.assessment.questions[q];
            let name = question.name.as_ref().map_or("value", |n| n.node.as_str());
            if let Some(valued) = self.valued(h, q) {
                say(name, &question.title, &Said::of_values(&valued));
            }
        }
        let mut below = Vec::new();
        for found in &self.verdict.quantities {
            let quantity = &self.assessment.quantities[found.quantity];
            let Some(at) = &found.horizons[h.index()] else {
                continue;
            };
            let name = &quantity.name.node;
            say(name, &quantity.title, &Said::of_mixture(&at.mixture));
            below.extend(
                self.cuts(quantity, found)
                    .into_iter()
                    .map(|cut| NumberLine {
                        kind: "below",
                        name: name.clone(),
                        title: quantity.title.clone(),
                        probability: Some(at.mixture.below(cut)),
                        number: cut,
                    }),
            );
        }
        out.extend(below);
        out
    }

    /// Whether there is any number to be shown.
    pub(super) fn has_numbers(&self) -> bool {
        !self.verdict.quantities.is_empty() || !self.valued_questions().is_empty()
    }
}

fn about(name: &str, unit: Option<&str>) -> String {
    match unit {
        Some(unit) if unit != name => format!("{name}, in {unit}"),
        _ => name.to_owned(),
    }
}
