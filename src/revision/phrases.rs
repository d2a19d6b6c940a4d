//! Values as people read them, words with their numbers.
//!
//! In: what was written, and the tables that it is read by. Out: text.

use crate::resolve::figures::{duration, percent};
use crate::scales::Scale;
use crate::strengths::{DECIBAN, Strengths};
use crate::syntax::ast::{Chance, Duration, Period, Prop, PropKind, Strength, Wide};
use crate::text::round;

/// A chance: "35%", "likely (68%)".
pub(super) fn chance(chance: &Chance, scale: Option<&Scale>) -> String {
    match chance {
        Chance::Share(p) => percent(*p),
        Chance::Range(low, high) => format!("{} to {}", percent(*low), percent(*high)),
        Chance::Word(word) => match scale.and_then(|s| s.term(word)) {
            Some(term) => format!("{word} ({})", round::percent(term.median)),
            None => word.clone(),
        },
        Chance::PerYear(p) => format!("{} per year", percent(*p)),
        Chance::PerYearRange(low, high) => {
            format!("{} to {} per year", percent(*low), percent(*high))
        }
        Chance::Wide(wide) => wide_range(wide, percent),
        Chance::PerYearWide(wide) => format!("{} per year", wide_range(wide, percent)),
        Chance::Words(w) => format!("{} to {}{}", w.low.node, w.high.node, at_level(w.level)),
        Chance::Times { count, years } => format!("{count} times in {years} years"),
        Chance::Of { count, total } => format!("{count} of {total}"),
    }
}

/// A weight with its sign: "−20 dB", "strong (+10 dB)".
pub(super) fn strength(strength: &Strength, against: bool, table: Option<&Strengths>) -> String {
    let sign = if against { -1.0 } else { 1.0 };
    let decibans = |log: f64| {
        let value = sign * log / DECIBAN;
        round::decibans(value, true)
    };
    match strength {
        Strength::Log(log) => format!("{} dB", decibans(*log)),
        Strength::Range(low, high) => format!("{} to {} dB", decibans(*low), decibans(*high)),
        Strength::Wide(wide) => format!("{} dB", wide_range(wide, decibans)),
        Strength::Words(w) => {
            let side = if against { "against" } else { "for" };
            let (low, high) = (&w.low.node, &w.high.node);
            format!("{low} to {high}{} {side}", at_level(w.level))
        }
        Strength::Word(word) => match table.and_then(|t| t.word(word)) {
            Some(found) => format!("{word} ({} dB)", decibans(found.log)),
            None => format!("{word} {}", if against { "against" } else { "for" }),
        },
    }
}

/// "9% (5% to 20%)", "17% to 25% at 70%".
fn wide_range(wide: &Wide, number: impl Fn(f64) -> String) -> String {
    let range = format!("{} to {}", number(wide.low), number(wide.high));
    let level = at_level(wide.level);
    match wide.centre {
        Some(centre) => format!("{} ({range}{level})", number(centre)),
        None => format!("{range}{level}"),
    }
}

/// " at 70%", where it is not the 90% that need not be said.
fn at_level(level: f64) -> String {
    match (level - 0.9).abs() < 1e-9 {
        true => String::new(),
        false => format!(" at {}", percent(level)),
    }
}

/// A horizon's extent as one would write it.
pub(super) fn period(period: &Period) -> String {
    let between = |from: Duration, to: Duration| match from.unit == to.unit || from.count == 0.0 {
        true => format!("{} to {}", from.count, duration(to)),
        false => format!("{} to {}", duration(from), duration(to)),
    };
    match *period {
        Period::Between(from, to) => between(from, to),
        Period::From(from) => {
            let text = duration(from);
            match text.split_once(' ') {
                Some((count, unit)) => format!("{count}+ {unit}"),
                None => text,
            }
        }
        Period::Lasting(length) => duration(length),
        Period::Until(date) => format!("until {date}"),
        Period::Dates(from, to) => format!("{from} to {to}"),
    }
}

/// A proposition as one would write it.
pub(super) fn prop(prop: &Prop) -> String {
    match &prop.kind {
        PropKind::Name(name) => name.clone(),
        PropKind::Compared(name, with) => format!("{} {with}", name.node),
        PropKind::Not(inner) => format!("not {}", operand(inner)),
        PropKind::And(all) => joined(all, " and ", operand),
        PropKind::Or(all) => joined(all, " or ", operand),
        PropKind::AtLeast(least, all) => {
            format!(
                "at least {} of ({})",
                least.node,
                joined(all, ", ", self::prop)
            )
        }
    }
}

fn operand(prop: &Prop) -> String {
    let text = self::prop(prop);
    match &prop.kind {
        PropKind::And(all) | PropKind::Or(all) if all.len() > 1 => format!("({text})"),
        _ => text,
    }
}

fn joined(all: &[Prop], word: &str, each: fn(&Prop) -> String) -> String {
    all.iter().map(each).collect::<Vec<_>>().join(word)
}

/// "`a`", "`a` and `b`", "`a`, `b` and `c`".
pub(super) fn names<'a>(names: impl IntoIterator<Item = &'a str>) -> String {
    let names: Vec<String> = names.into_iter().map(|n| format!("`{n}`")).collect();
    match &names[..] {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}
