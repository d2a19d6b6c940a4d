//! Lists of values: what of them changed.
//!
//! In: rows, priors, tables, counts of both sides. Out: text.

use super::super::canon::{guard, time};
use super::super::phrases::{chance, names, prop, strength};
use super::super::slots::Piece;
use super::{Both, Tables};
use crate::resolve::figures::percent;
use crate::scales::Scale;
use crate::syntax::ast::{
    self, ByTime, Chance, ChanceRow, Count, Guard, Likelihood, Prior, PriorValue,
};

/// Which words of a table changed.
pub(super) fn table(what: &str, both: Both<'_>) -> String {
    let (old, new) = match both {
        (Some(Piece::Scale(old)), Some(Piece::Scale(new))) => {
            let words = |s: &ast::Scale| {
                let word = |(w, band): &(_, ast::Spanned<(f64, f64)>)| {
                    let name: &ast::Name = w;
                    let (low, high) = band.node;
                    (
                        name.node.clone(),
                        format!("{} to {}", percent(low), percent(high)),
                    )
                };
                s.words.iter().map(word).collect::<Vec<_>>()
            };
            (words(old), words(new))
        }
        (Some(Piece::Strengths(old)), Some(Piece::Strengths(new))) => {
            let words = |s: &ast::Strengths| {
                let words = s.words.iter();
                let word = words.map(|(w, s)| (w.node.clone(), strength(&s.node, false, None)));
                word.collect::<Vec<_>>()
            };
            (words(old), words(new))
        }
        _ => return what.to_owned(),
    };
    format!("{what}: {}", differences(&old, &new))
}

/// "from 5% to 8%"; of ranges, "now 5% to 10%, was 3% to 8%".
pub(super) fn from_to(old: &str, new: &str) -> String {
    match old.contains(" to ") || new.contains(" to ") {
        true => format!("now {new}, was {old}"),
        false => format!("from {old} to {new}"),
    }
}

/// What differs between two lists of names and values.
fn differences(old: &[(String, String)], new: &[(String, String)]) -> String {
    let find = |list: &[(String, String)], name: &str| {
        let found = list.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.clone())
    };
    let mut said: Vec<String> = Vec::new();
    for (name, value) in new {
        let name_and = if name.is_empty() {
            String::new()
        } else {
            format!("{name} ")
        };
        match find(old, name) {
            Some(was) if was == *value => {}
            Some(was) => said.push(format!("{name_and}{}", from_to(&was, value))),
            None => said.push(format!("{name_and}{value} added")),
        }
    }
    for (name, value) in old {
        if find(new, name).is_none() {
            let name_and = if name.is_empty() {
                String::new()
            } else {
                format!("{name} ")
            };
            said.push(format!("{name_and}{value} removed"));
        }
    }
    match said.len() {
        0 => "in another order".to_owned(),
        _ => said.join(", "),
    }
}

fn timed(values: &ByTime<Chance>, scale: Option<&Scale>) -> Vec<(String, String)> {
    let entries = values.entries.iter();
    let entry = entries.map(|e| {
        let at = e.at.as_ref().map(time).unwrap_or_default();
        (at, chance(&e.value.node, scale))
    });
    entry.collect()
}

/// A list as one would write it.
fn list(values: &[(String, String)]) -> String {
    let one = |(at, value): &(String, String)| match at.as_str() {
        "" => value.clone(),
        at => format!("{value} {at}"),
    };
    values.iter().map(one).collect::<Vec<_>>().join(", ")
}

pub(super) fn rows(both: Both<'_>, key: &str, tables: Tables<'_>) -> String {
    let rows = |piece: Option<&Piece>| match piece {
        Some(Piece::Rows(rows)) => rows.clone(),
        _ => Vec::new(),
    };
    let (old, new) = (rows(both.0), rows(both.1));
    let said = |rows: &[ChanceRow], side: usize| {
        let row = |r: &ChanceRow| {
            let head = match &r.guard {
                Guard::Plain => String::new(),
                Guard::Otherwise => " otherwise".to_owned(),
                Guard::Given(given) => format!(" given {}", prop(given)),
            };
            (guard(&r.guard), head, timed(&r.values, tables.scales[side]))
        };
        rows.iter().map(row).collect::<Vec<_>>()
    };
    let (before, after) = (said(&old, 0), said(&new, 1));
    let mut parts = Vec::new();
    for (guard, head, values) in &after {
        match before.iter().find(|b| b.0 == *guard) {
            Some((.., was)) if was == values => {}
            Some((.., was)) => parts.push(format!("{key}{head} {}", differences(was, values))),
            None => parts.push(format!("{key}{head} {} added", list(values))),
        }
    }
    for (guard, head, values) in &before {
        if !after.iter().any(|a| a.0 == *guard) {
            parts.push(format!("{key}{head} {} removed", list(values)));
        }
    }
    match parts.len() {
        0 => format!("rows of `{key}` in another order"),
        _ => parts.join("; "),
    }
}

pub(super) fn prior(was: &Prior, now: &Prior, tables: Tables<'_>) -> String {
    let rows = |prior: &Prior, side: usize| {
        let rows = prior.rows.iter().map(|row| {
            let values = match &row.value {
                PriorValue::Rest(_) => vec![(String::new(), "the rest".to_owned())],
                PriorValue::Chances(values) => timed(values, tables.scales[side]),
            };
            (row.outcome.node.clone(), values)
        });
        rows.collect::<Vec<_>>()
    };
    let (old, new) = (rows(was, 0), rows(now, 1));
    let mut parts = Vec::new();
    for (outcome, values) in &new {
        match old.iter().find(|o| o.0 == *outcome) {
            Some((_, was)) if was == values => {}
            Some((_, was)) => parts.push(format!("of `{outcome}` {}", differences(was, values))),
            None => parts.push(format!("of `{outcome}` {} added", list(values))),
        }
    }
    for (outcome, values) in &old {
        if !new.iter().any(|n| n.0 == *outcome) {
            parts.push(format!("of `{outcome}` {} removed", list(values)));
        }
    }
    let counted = |prior: &Prior| {
        let members = prior.counts_in.iter().flat_map(|c| &c.members);
        let members: Vec<&str> = members.map(|m| m.node.as_str()).collect();
        match members.is_empty() {
            true => "nothing".to_owned(),
            false => names(members),
        }
    };
    let (before, after) = (counted(was), counted(now));
    if before != after {
        parts.push(format!("counts in {after} instead of {before}"));
    }
    format!("prior {}", parts.join("; "))
}

/// A prior's value as a text to compare.
pub(in crate::revision) fn prior_value(value: &PriorValue) -> String {
    match value {
        PriorValue::Rest(_) => "rest".to_owned(),
        PriorValue::Chances(values) => list(&timed(values, None)),
    }
}

pub(super) fn likelihood(old: &Likelihood, new: &Likelihood, tables: Tables<'_>) -> String {
    let list = |l: &Likelihood, side: usize| {
        let each = l.chances.iter().map(|(outcome, c)| {
            let value = chance(&c.node, tables.scales[side]);
            (format!("of `{}`", outcome.node), value)
        });
        each.collect::<Vec<_>>()
    };
    differences(&list(old, 0), &list(new, 1))
}

pub(super) fn count(count: &Count) -> String {
    let entries = count.values.entries.iter().map(|e| {
        let at = e.at.as_ref().map(time).unwrap_or_default();
        (at, percent(e.value.node))
    });
    list(&entries.collect::<Vec<_>>())
}
