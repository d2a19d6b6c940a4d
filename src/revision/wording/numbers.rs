//! Quantities, moves, values and triggers that differ, in words.
//!
//! In: what stands in a slot on both sides. Out: text, from what to what.

use super::super::phrases::{self, prop};
use super::super::slots::Piece;
use super::Both;
use super::values::from_to;
use crate::syntax::ast::{At, Move, Once, Point, Quantity, Spread, When};
use crate::text::decimal;

/// What is said of all horizons alike.
const EACH: &str = "in each horizon";

/// What of a quantity changed: its numbers by horizon, its cuts, its unit, its shape.
pub(super) fn quantity(both: Both<'_>) -> String {
    let (Some(Piece::Quantity(old)), Some(Piece::Quantity(new))) = both else {
        return String::new();
    };
    let mut said = Vec::new();
    let (was, now) = (stated(old), stated(new));
    let mut horizons: Vec<&String> = now.iter().map(|(horizon, _)| horizon).collect();
    let gone = was.iter().map(|(horizon, _)| horizon);
    horizons.extend(gone.filter(|h| now.iter().all(|(other, _)| other != *h)));
    for horizon in horizons {
        // What is said of all horizons is said of each that the other side names.
        let at = |all: &[(String, String)]| {
            let own = all.iter().find(|(other, _)| other == horizon);
            let found = own.or_else(|| all.iter().find(|(other, _)| other == EACH));
            found.map(|(_, points)| points.clone())
        };
        let (was, now) = (at(&was), at(&now));
        if horizon == EACH && (was.is_none() || now.is_none()) {
            continue;
        }
        let nothing = || "nothing".to_owned();
        let (was, now) = (was.unwrap_or_else(nothing), now.unwrap_or_else(nothing));
        if was != now {
            said.push(format!("{horizon} {}", differs(&was, &now)));
        }
    }
    let text = |t: &Option<crate::syntax::ast::Text>| {
        t.as_ref()
            .map_or_else(|| "none".to_owned(), |t| format!("“{}”", t.node))
    };
    let shape = |q: &Quantity| {
        q.shape
            .as_ref()
            .map_or("its own", |s| s.node.as_str())
            .to_owned()
    };
    let cuts = |q: &Quantity| {
        let cuts: Vec<String> = q.cuts.iter().map(ToString::to_string).collect();
        match cuts.is_empty() {
            true => "none".to_owned(),
            false => cuts.join(", "),
        }
    };
    let others = [
        ("cuts", cuts(old), cuts(new)),
        ("unit", text(&old.unit), text(&new.unit)),
        ("shape", shape(old), shape(new)),
    ];
    let others = others.into_iter().filter(|(_, was, now)| was != now);
    said.extend(others.map(|(what, was, now)| format!("{what} {}", differs(&was, &now))));
    said.join(", ")
}

/// What is stated, by horizon in words.
fn stated(quantity: &Quantity) -> Vec<(String, String)> {
    let each = quantity.stated.iter().map(|s| {
        let points: Vec<String> = s.points.iter().map(point).collect();
        let horizon = match &s.horizon {
            Some(horizon) => format!("in {}", horizon.node),
            None => EACH.to_owned(),
        };
        (horizon, points.join(", "))
    });
    each.collect()
}

fn point(point: &Point) -> String {
    match point {
        Point::Spread(s) => spread(&s.node),
        Point::Below { share, at, .. } => {
            format!("{}% below {at}", decimal::short(100.0 * share, 6))
        }
    }
}

fn spread(spread: &Spread) -> String {
    let range = spread.ends.as_ref().map(|(low, high)| {
        let level = match spread.level == 0.9 {
            true => String::new(),
            false => format!(" at {}%", decimal::short(100.0 * spread.level, 6)),
        };
        format!("{low} to {high}{level}")
    });
    match (&spread.centre, range) {
        (Some(centre), Some(range)) => format!("{centre} ({range})"),
        (Some(centre), None) => centre.to_string(),
        (None, range) => range.unwrap_or_default(),
    }
}

/// How a driver's moves differ.
pub(super) fn moves(both: Both<'_>) -> String {
    let text = |piece: Option<&Piece>| match piece {
        Some(Piece::Moves(all)) => all.iter().map(moved).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    differs(&text(both.0), &text(both.1))
}

fn moved(moved: &Move) -> String {
    let values = moved.values.entries.iter().map(|entry| {
        let at = match &entry.at {
            Some(At {
                when: When::Horizon(h),
                ..
            }) => format!(" in {}", h.node),
            _ => String::new(),
        };
        format!("{}{at}", spread(&entry.value.node))
    });
    let values: Vec<String> = values.collect();
    let wrong = if moved.if_wrong.is_some() {
        " if wrong"
    } else {
        ""
    };
    format!("{}{wrong} by {}", moved.quantity.node, values.join(", "))
}

/// How what follows a trigger differs.
pub(super) fn once(both: Both<'_>) -> String {
    let text = |piece: Option<&Piece>| match piece {
        Some(Piece::Once(all)) => all.iter().map(after).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    let trigger = |piece: Option<&Piece>| match piece {
        Some(Piece::Once(all)) => all.first().map(|o| prop(&o.trigger)).unwrap_or_default(),
        _ => String::new(),
    };
    let (old, new) = (trigger(both.0), trigger(both.1));
    let chances = differs(&text(both.0), &text(both.1));
    match (old == new, text(both.0) == text(both.1)) {
        (true, _) => format!("once `{new}` {chances}"),
        (false, true) => format!("once `{new}`, not `{old}`"),
        (false, false) => format!("once `{new}`, not `{old}`, and {chances}"),
    }
}

fn after(once: &Once) -> String {
    let steps = once.steps.iter().map(|step| {
        let chance = phrases::chance(&step.chance.node, None);
        match &step.within {
            None => chance,
            Some(within) => format!("{chance} within {}", within.node),
        }
    });
    steps.collect::<Vec<_>>().join(", ")
}

/// The value of an outcome that differs; nothing where it does not.
pub(super) fn value(both: Both<'_>) -> Option<String> {
    let text = |piece: Option<&Piece>| match piece {
        Some(Piece::Outcome(o)) => o
            .value
            .as_ref()
            .map_or_else(|| "none".to_owned(), ToString::to_string),
        _ => String::new(),
    };
    let (old, new) = (text(both.0), text(both.1));
    (old != new).then(|| format!("has the value {new}, not {old}"))
}

/// "from 5 to 8"; of what is long, "now 5 to 8, was 4 to 8".
fn differs(old: &str, new: &str) -> String {
    match old.contains([',', '(']) || new.contains([',', '(']) {
        true => format!("now {new}, was {old}"),
        false => from_to(old, new),
    }
}
