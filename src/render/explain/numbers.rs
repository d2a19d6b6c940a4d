//! What moves numbers that are not known: from the mean before the reasons to the mean.
//!
//! In: an explained assessment. Out: a panel for each quantity that something moves, in its own unit.

use super::super::verdict::sections::{Panel, PanelRow, Tone};
use super::Explained;
use super::page::Block;
use crate::infer::verdict::QuantityAt;
use crate::resolve::assessment::{DriverId, Figured, HorizonId, Law};
use crate::resolve::table::Id;
use crate::text::decimal;
use crate::text::round;

impl Explained {
    /// The panels of quantities, under their heading.
    pub(super) fn on_numbers(&self) -> Vec<Block> {
        let e = &self.evaluated;
        let found = e.verdict.quantities.iter();
        let panels = found.filter_map(|found| {
            let quantity = &e.assessment.quantities[found.quantity];
            let horizons = e.horizons();
            let at = |h: HorizonId| found.horizons[h.index()].as_ref();
            let mut movers = Vec::new();
            for at in horizons.iter().filter_map(|h| at(*h)) {
                for (driver, _) in &at.contributions {
                    if !movers.contains(driver) {
                        movers.push(*driver);
                    }
                }
            }
            if movers.is_empty() {
                return None;
            }
            let part = |at: &QuantityAt, driver| {
                let mut all = at.contributions.iter();
                all.find(|c| c.0 == driver).map_or(0.0, |c| c.1)
            };
            let size = |driver| {
                let all = horizons.iter().filter_map(|h| at(*h));
                all.map(|at| part(at, driver).abs()).fold(0.0, f64::max)
            };
            movers.sort_by(|a, b| size(*b).total_cmp(&size(*a)).then(a.cmp(b)));
            let row = |label: &str, tone: Tone, text: &dyn Fn(&QuantityAt) -> String| PanelRow {
                label: label.to_owned(),
                cells: horizons
                    .iter()
                    .map(|h| match at(*h) {
                        Some(at) => (text(at), tone),
                        None => ("—".to_owned(), Tone::Quiet),
                    })
                    .collect(),
            };
            let of = Figured::Quantity(found.quantity);
            let mut rows = vec![row("before reasons", Tone::Plain, &|at| {
                of.figure(&e.assessment, at.before)
            })];
            for driver in movers {
                rows.push(row(e.driver_name(driver), Tone::Plain, &|at| {
                    signed(part(at, driver))
                }));
            }
            // What is given of the quantity itself moves its mean, and is no driver.
            let given = |at: &QuantityAt| {
                let all: f64 = at.contributions.iter().map(|c| c.1).sum();
                at.mixture.mean() - at.before - all
            };
            let is_felt = |at: &QuantityAt| {
                let least = 1e-6 * (at.mixture.mean().abs() + at.before.abs());
                given(at).abs() > least.max(1e-9)
            };
            if e.asked.given.is_some() && horizons.iter().filter_map(|h| at(*h)).any(is_felt) {
                rows.push(row("what is given", Tone::Plain, &|at| signed(given(at))));
            }
            rows.push(row("= mean", Tone::Loud, &|at| {
                of.figure(&e.assessment, at.mixture.mean())
            }));
            let name = &quantity.name.node;
            Some(Panel {
                title: quantity.title.clone(),
                about: match &quantity.unit {
                    Some(unit) => format!("{name}, in {unit}"),
                    None => name.clone(),
                },
                rows,
                notes: horizons
                    .iter()
                    .filter_map(|h| at(*h))
                    .find_map(drawn)
                    .into_iter()
                    .collect(),
            })
        });
        let panels: Vec<Block> = panels.map(Block::Panel).collect();
        if panels.is_empty() {
            return panels;
        }
        let heading = Block::Heading(
            "What moves numbers",
            "what each adds to the mean, on average over all orders".to_owned(),
        );
        std::iter::once(heading).chain(panels).collect()
    }
}

impl Explained {
    /// By how much a driver moves each quantity, as stated and as it counts.
    pub(super) fn number_moves(&self, driver: DriverId) -> Vec<String> {
        let a = &self.evaluated.assessment;
        let stated = &a.drivers[driver];
        let each = stated.moves.iter().map(|m| {
            let quantity = &a.quantities[m.quantity];
            let said = |x: f64| match quantity.log {
                true => format!("{}%", signed(100.0 * libm::expm1(x))),
                false => signed(x),
            };
            let amounts = self.by_horizon(|h| match &m.clause.values[h] {
                None => "none".to_owned(),
                Some(number) => match number.law {
                    Law::Normal { low, high } | Law::Split { low, high } => {
                        format!("{} ({} to {})", said(number.point), said(low), said(high))
                    }
                    _ => said(number.point),
                },
            });
            let rated = match stated.discount {
                1.0 => String::new(),
                discount => format!(", × {} for its rating", round::factor(discount)),
            };
            format!("moves `{}` by {amounts}{rated}", quantity.name.node)
        });
        each.collect()
    }
}

/// How contributions were found, where not over all orders.
fn drawn(at: &QuantityAt) -> Option<String> {
    let orders = at.orders?;
    let error = at.errors.iter().copied().fold(0.0, f64::max);
    Some(format!(
        "Means over {orders} orders, not over all; standard errors up to {}.",
        decimal::figure(error)
    ))
}

/// "+0.3", "−0.25".
fn signed(x: f64) -> String {
    let text = decimal::figure(x.abs());
    match x {
        _ if text == "0" => text,
        x if x < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}
