//! Lines above items: the verdict over the file, what a change does, what can be asked.

use super::{Analysis, Known, Range, range};
use crate::resolve::table::Id;
use crate::syntax::ast::{DriverKind, Item};
use crate::text::round;

/// What a click on a lens asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// Why the verdict is so.
    Explain {
        /// Of which outcome; of the file unless stated.
        outcome: Option<String>,
    },
    /// What would change it.
    Flip,
    /// The page.
    Report,
}

/// A line above an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lens {
    /// The item's first line.
    pub range: Range,
    /// What it says.
    pub title: String,
    /// What a click asks.
    pub ask: Ask,
}

/// The lenses of the first file, in order.
pub fn lenses(analysis: &Analysis, known: Option<Known<'_>>) -> Vec<Lens> {
    let mut lenses = Vec::new();
    for item in &analysis.parsed().ast.items {
        match item {
            Item::Assessment(a) => {
                let at = range(a.keyword);
                let title = known.and_then(verdict);
                let title = title.unwrap_or_else(|| "no verdict yet".to_owned());
                lenses.push(lens(&at, title, Ask::Report));
                if known.is_some() {
                    lenses.push(lens(
                        &at,
                        "explain".to_owned(),
                        Ask::Explain { outcome: None },
                    ));
                    lenses.push(lens(&at, "flip".to_owned(), Ask::Flip));
                }
            }
            Item::Driver(d) if d.kind == DriverKind::Change => {
                if let Some(title) = known.and_then(|k| change(k, &d.name.node)) {
                    let ask = Ask::Explain { outcome: None };
                    lenses.push(lens(&range(d.keyword), title, ask));
                }
            }
            Item::Outcome(o) if known.is_some() => {
                let at = range(o.span.at_start());
                let outcome = Some(o.name.node.clone());
                lenses.push(lens(&at, "explain".to_owned(), Ask::Explain { outcome }));
                lenses.push(lens(&at, "flip".to_owned(), Ask::Flip));
            }
            _ => {}
        }
    }
    lenses
}

fn lens(at: &Range, title: String, ask: Ask) -> Lens {
    Lens {
        range: at.clone(),
        title,
        ask,
    }
}

/// "short: presence 64% · medium: disengagement 61%".
pub fn verdict(known: Known<'_>) -> Option<String> {
    let numbers = known.numbers;
    let a = numbers.assessment();
    let each = numbers.horizons().map(|h| {
        let leader = numbers.verdict().horizons[h.index()].leader;
        let p = numbers.chance_of(leader, h);
        format!(
            "{}: {} {}",
            a.horizons.name(h),
            a.outcomes.name(leader),
            numbers.percent(p)
        )
    });
    let mut line = each.collect::<Vec<_>>().join(" · ");
    if line.is_empty() {
        return None;
    }
    if known.stale {
        line += " (before the mistakes that the file has now)";
    }
    Some(line)
}

/// "exit 14% → 23%": where a change moves an outcome most, at the horizon where it does.
fn change(known: Known<'_>, name: &str) -> Option<String> {
    let numbers = known.numbers;
    let a = numbers.assessment();
    let id = a.drivers.id(name)?;
    let found = numbers.verdict().changes.iter().find(|c| c.change == id)?;
    let mut best: Option<(f64, String)> = None;
    for h in numbers.horizons() {
        let at = found.horizons.get(h.index())?;
        let (Some(given), Some(absent)) = (&at.given, &at.absent) else {
            continue;
        };
        for o in a.outcomes.ids() {
            let (with, without) = (given[o.index()], absent[o.index()]);
            let size = (with - without).abs();
            if best.as_ref().is_none_or(|(most, _)| size > *most) {
                let flips = if at.flips { ", another leader" } else { "" };
                let text = format!(
                    "{}: {} {} → {}{flips}",
                    a.horizons.name(h),
                    a.outcomes.name(o),
                    numbers.percent(without),
                    numbers.percent(with)
                );
                best = Some((size, text));
            }
        }
    }
    let (_, text) = best?;
    let chances = found.horizons.iter().filter_map(|h| h.stated_chance());
    let likeliest = chances.reduce(f64::max);
    let chance = likeliest.map_or(String::new(), |p| {
        format!(" · chance {} at most", round::percent(p))
    });
    Some(format!("{text}{chance}"))
}
