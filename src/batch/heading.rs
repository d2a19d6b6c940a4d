//! What a heading names.
//!
//! In: an assessment and a heading: a driver's name or title, `chance of troops by long`, `weight of congress for
//! exit`, `prior of exit by long`. Out: its [`Meaning`], or what is wrong with it.

use crate::diag::suggest;
use crate::resolve::assessment::{Assessment, Driver, DriverId, DriverKind, HorizonId, OutcomeId};
use crate::resolve::table::{Id, Table};

/// A thing with numbers that rows may replace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// An event's chance.
    Chance(DriverId),
    /// How often a factor holds.
    Holds(DriverId),
    /// A driver's weight for an outcome.
    Weight(DriverId, OutcomeId),
    /// An outcome's prior.
    Prior(OutcomeId),
}

/// What a column means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meaning {
    /// Nothing: it is passed through.
    Nothing,
    /// Whether something is so.
    Is(DriverId),
    /// A number; for all horizons where none is named.
    Number {
        /// Of what.
        thing: Thing,
        /// Whether a positive weight pushes downwards.
        against: bool,
        /// When.
        horizon: Option<HorizonId>,
    },
}

/// Reads one heading.
pub(super) fn read(a: &Assessment, heading: &str, may_pass: bool) -> Result<Meaning, String> {
    let text = heading.trim();
    if let Some(driver) = named(a, text) {
        return match a.drivers[driver].kind() {
            DriverKind::Change => Err(format!(
                "the column `{text}` is named like a change, which follows from its `when`: name the \
                 events of the `when` instead"
            )),
            _ => Ok(Meaning::Is(driver)),
        };
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    match words[..] {
        ["chance", "of", name, ref rest @ ..] => chance(a, text, name, rest),
        ["weight", "of", name, ref rest @ ..] => weight(a, text, name, rest),
        ["prior", "of", name, ref rest @ ..] => prior(a, text, name, rest),
        _ => {
            let nothing = |meant: &str| {
                let through = match may_pass {
                    true => format!(" (`--keep \"{text}\"` passes it through)"),
                    false => String::new(),
                };
                Err(format!(
                    "the column `{text}` names nothing in the file; did you mean `{meant}`?{through}"
                ))
            };
            if let Some(meant) = meant(a, text) {
                return nothing(&meant);
            }
            let names = a.drivers.values().map(|d| d.name.node.as_str());
            // Of two letters any word is near.
            match suggest::surely(text, &suggest::nearest(text, names)) {
                Some(meant) if text.chars().count() > 2 => nothing(meant),
                _ => Ok(Meaning::Nothing),
            }
        }
    }
}

/// What a heading says in other letters or with other signs between its words: `Chance_of_strike_by_june`. Whoever makes
/// tables by program writes headings so, and one that is passed through in silence is one whose numbers are not used.
fn meant(a: &Assessment, text: &str) -> Option<String> {
    let folded = |text: &str| -> String {
        let signs = text.chars().filter(|c| c.is_alphanumeric());
        signs.flat_map(char::to_lowercase).collect()
    };
    let wanted = folded(text);
    let is_it = |heading: &String| folded(heading) == wanted;
    if wanted.is_empty() {
        return None;
    }
    let names = a.drivers.values().map(|d| d.name.node.clone());
    let titles = a.drivers.values().map(|d| d.title.clone());
    if let Some(found) = names.chain(titles).find(is_it) {
        return Some(found);
    }
    let name = |d: &Driver| d.name.node.clone();
    let outcomes = || a.outcomes.values().map(|o| &o.name.node);
    let numbers: Vec<String> = match &wanted {
        w if w.starts_with("chanceof") => a
            .drivers
            .values()
            .map(|d| format!("chance of {}", name(d)))
            .collect(),
        w if w.starts_with("priorof") => outcomes().map(|o| format!("prior of {o}")).collect(),
        w if w.starts_with("weightof") => {
            let sides = |d: &Driver| {
                let name = name(d);
                let both = outcomes().flat_map(move |o| {
                    ["for", "against"].map(|side| format!("weight of {name} {side} {o}"))
                });
                both.collect::<Vec<_>>()
            };
            a.drivers.values().flat_map(sides).collect()
        }
        _ => return None,
    };
    let mut timed = numbers.into_iter().flat_map(|number| {
        let horizons = a.horizons.values().map(|h| &h.name.node);
        let timed = horizons.flat_map(|h| ["by", "in"].map(|word| format!("{number} {word} {h}")));
        timed.chain([number.clone()]).collect::<Vec<_>>()
    });
    timed.find(is_it)
}

/// A driver by its name or title.
fn named(a: &Assessment, text: &str) -> Option<DriverId> {
    a.drivers.id(text).or_else(|| {
        let titled = a.drivers.iter().find(|(_, d)| d.title == text);
        titled.map(|(id, _)| id)
    })
}

fn chance(a: &Assessment, text: &str, name: &str, rest: &[&str]) -> Result<Meaning, String> {
    let driver = look(&a.drivers, text, name, "event or factor")?;
    let (thing, lasts) = match a.drivers[driver].kind() {
        DriverKind::Event => (Thing::Chance(driver), true),
        DriverKind::Factor => (Thing::Holds(driver), false),
        _ => {
            return Err(format!(
                "`{text}`: `{name}` is no event and no factor, and has no chance"
            ));
        }
    };
    Ok(Meaning::Number {
        thing,
        against: false,
        horizon: time(a, text, rest, lasts)?,
    })
}

fn prior(a: &Assessment, text: &str, name: &str, rest: &[&str]) -> Result<Meaning, String> {
    let outcome = look(&a.outcomes, text, name, "outcome")?;
    Ok(Meaning::Number {
        thing: Thing::Prior(outcome),
        against: false,
        horizon: time(a, text, rest, a.outcomes[outcome].is_final)?,
    })
}

fn weight(a: &Assessment, text: &str, name: &str, rest: &[&str]) -> Result<Meaning, String> {
    let driver = look(
        &a.drivers,
        text,
        name,
        "event, factor, change or assumption",
    )?;
    let [side @ ("for" | "against"), outcome, rest @ ..] = rest else {
        return Err(format!(
            "`{text}` does not say for which outcome: `weight of {name} for {}`",
            a.outcomes.values().next().map_or("", |o| &o.name.node)
        ));
    };
    let outcome = look(&a.outcomes, text, outcome, "outcome")?;
    Ok(Meaning::Number {
        thing: Thing::Weight(driver, outcome),
        against: *side == "against",
        horizon: time(a, text, rest, false)?,
    })
}

/// `by long`, `in long`, or nothing where that has a meaning.
fn time(
    a: &Assessment,
    text: &str,
    rest: &[&str],
    lasts: bool,
) -> Result<Option<HorizonId>, String> {
    let (word, other, why) = match lasts {
        true => ("by", "in", "lasts once it has come"),
        false => ("in", "by", "counts in each horizon by itself"),
    };
    match rest {
        [] if !lasts => Ok(None),
        [said, horizon] if *said == word => look(&a.horizons, text, horizon, "horizon").map(Some),
        [said, horizon] if *said == other => Err(format!(
            "`{text}`: what it is about {why}; write `{word} {horizon}`"
        )),
        [] => {
            let last = a.horizons.values().last().map_or("", |h| &h.name.node);
            Err(format!(
                "`{text}` does not say by when: end it with `by {last}`"
            ))
        }
        rest => Err(format!(
            "`{}` is not understood in `{text}`",
            rest.join(" ")
        )),
    }
}

fn look<I: Id, T>(table: &Table<I, T>, text: &str, name: &str, what: &str) -> Result<I, String> {
    table.id(name).ok_or_else(|| {
        let near = suggest::nearest(name, table.ids().map(|id| table.name(id)));
        let near = suggest::did_you_mean(&near).map_or(String::new(), |near| format!("; {near}"));
        format!("`{text}` names no {what} of the file{near}")
    })
}
