//! Lines above items: the verdict over the file, what a change does, what can be asked.

use super::{Analysis, Known, Numbers, Range, range};
use crate::resolve::assessment::{Assessment, HorizonId, QuestionId};
use crate::resolve::table::Id;
use crate::syntax::ast::{self, DriverKind, Item};
use crate::text::round;

/// Of more claims than this the likeliest stand in a line.
const MOST_CLAIMS: usize = 4;

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
            Item::Outcome(o) if known.is_some() => outcome(&mut lenses, o),
            Item::Question(q) if known.is_some() => {
                let line = known.and_then(|k| {
                    let question = k.numbers.question(&q.name.node)?;
                    leaders(k.numbers, question)
                });
                if let Some(line) = line {
                    let ask = Ask::Explain { outcome: None };
                    lenses.push(lens(&range(q.keyword), line, ask));
                }
                q.outcomes.iter().for_each(|o| outcome(&mut lenses, o));
            }
            _ => {}
        }
    }
    lenses
}

fn outcome(lenses: &mut Vec<Lens>, outcome: &ast::Outcome) {
    let at = range(outcome.span.at_start());
    let name = Some(outcome.name.node.clone());
    let ask = Ask::Explain { outcome: name };
    lenses.push(lens(&at, "explain".to_owned(), ask));
    lenses.push(lens(&at, "flip".to_owned(), Ask::Flip));
}

fn lens(at: &Range, title: String, ask: Ask) -> Lens {
    Lens {
        range: at.clone(),
        title,
        ask,
    }
}

/// "short: presence 64% · medium: disengagement 61%"; of a file that states claims alone the likeliest of these.
pub fn verdict(known: Known<'_>) -> Option<String> {
    let numbers = known.numbers;
    let first = numbers.assessment().questions.ids().next();
    let line = first.and_then(|question| leaders(numbers, question));
    let mut line = line.or_else(|| claims(numbers))?;
    if known.stale {
        line += " (before the mistakes that the file has now)";
    }
    Some(line)
}

/// Who leads a question at each horizon.
fn leaders(numbers: &Numbers, question: QuestionId) -> Option<String> {
    let a = numbers.assessment();
    if a.questions[question].outcomes.is_empty() {
        return None;
    }
    let each = numbers.horizons().map(|h| {
        let (leader, p) = numbers.leads(question, h);
        let said = format!("{} {}", a.outcomes.name(leader), numbers.percent(p));
        at_horizon(a, h, said)
    });
    Some(each.collect::<Vec<_>>().join(" · "))
}

/// "flood 35% · drought 12%": the likeliest events at the last horizon.
fn claims(numbers: &Numbers) -> Option<String> {
    let a = numbers.assessment();
    let last = numbers.horizons().last()?;
    let mut events: Vec<(f64, &str)> = numbers
        .verdict()
        .events
        .iter()
        .filter_map(|e| {
            Some((
                e.horizons.get(last.index())?.chance.value,
                a.drivers.name(e.event),
            ))
        })
        .collect();
    events.sort_by(|a, b| b.0.total_cmp(&a.0));
    let shown = events.iter().take(MOST_CLAIMS);
    let shown: Vec<String> = shown
        .map(|(p, name)| format!("{name} {}", numbers.percent(*p)))
        .collect();
    let line = shown.join(" · ");
    (!line.is_empty()).then(|| at_horizon(a, last, line))
}

/// What is said of a horizon, under its name where it has one.
fn at_horizon(a: &Assessment, horizon: HorizonId, said: String) -> String {
    match a.timeless {
        true => said,
        false => format!("{}: {said}", a.horizons.name(horizon)),
    }
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
        let (Some(given), Some(absent)) = (at.given.outcomes(), at.absent.outcomes()) else {
            continue;
        };
        for o in a.outcomes.ids() {
            let (with, without) = (given[o.index()].value, absent[o.index()].value);
            let size = (with - without).abs();
            if best.as_ref().is_none_or(|(most, _)| size > *most) {
                let flips = if at.flips { ", another leader" } else { "" };
                let text = format!(
                    "{} {} → {}{flips}",
                    a.outcomes.name(o),
                    numbers.percent(without),
                    numbers.percent(with)
                );
                best = Some((size, at_horizon(a, h, text)));
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
