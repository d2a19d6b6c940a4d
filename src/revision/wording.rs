//! What an edit is, in an analyst's words.
//!
//! In: slots that differ. Out: a [`Part`] for each thing that a reader would call one. What stands in
//! an item that came or went is not told again.

use super::Part;
use super::canon::{guard, time};
use super::phrases::{chance, names, period, prop, strength};
use super::renames::Renames;
use super::slots::{Entry, Held, Piece, Slot, WeightAt};
use crate::admiralty;
use crate::render::round;
use crate::resolve::assessment::Assessment;
use crate::resolve::figures::percent;
use crate::scales::{self, Scale};
use crate::strengths::{self, Strengths};
use crate::syntax::ast::{
    ByTime, Chance, ChanceRow, Count, DriverKind, Evidence, Guard, Likelihood, Prior, PriorValue,
    Rating,
};
use std::collections::BTreeSet;

/// The tables that one side's first file is read by.
pub(super) struct Words {
    scale: Scale,
    strengths: Strengths,
    horizons: Vec<String>,
}

impl Words {
    /// Horizons go by their new names.
    pub(super) fn of(assessment: &Assessment, renames: &Renames) -> Words {
        let horizons = assessment.horizons.names();
        Words {
            scale: assessment.scale.clone(),
            strengths: assessment.strengths.clone(),
            horizons: horizons.map(|n| renames.now(n).to_owned()).collect(),
        }
    }
}

/// The tables of both sides, where it is known by which a file is read.
#[derive(Clone, Copy)]
struct Tables<'a> {
    scales: [Option<&'a Scale>; 2],
    strengths: [Option<&'a Strengths>; 2],
}

/// The parts of an edit, the chief one first.
pub(super) fn parts(
    entries: &[Entry],
    group: &[usize],
    words: &[Words; 2],
    paths: &[&str],
) -> Vec<Part> {
    let mut group: Vec<usize> = group.to_vec();
    group.sort_unstable();
    let come_or_gone: BTreeSet<(usize, &str)> = group
        .iter()
        .map(|&i| &entries[i])
        .filter(|e| e.old.is_none() || e.new.is_none())
        .filter_map(|e| match &e.slot {
            Slot::Driver(n) | Slot::Outcome(n) | Slot::Horizon(n) => Some((e.file, n.as_str())),
            _ => None,
        })
        .collect();
    let is_told = |e: &Entry| {
        let has = |name: &str| come_or_gone.contains(&(e.file, name));
        let in_first = |name: &str| come_or_gone.contains(&(0, name));
        match &e.slot {
            Slot::Driver(_) => false,
            Slot::Weight(d, outcome, horizon) => has(d) || in_first(outcome) || in_first(horizon),
            slot => slot.driver().is_some_and(has),
        }
    };
    let mut parts = Vec::new();
    let mut i = 0;
    while i < group.len() {
        let entry = &entries[group[i]];
        let mut end = i + 1;
        if let Slot::Weight(driver, outcome, _) = &entry.slot {
            // Horizons of one weight follow one another.
            let is_same = |e: &Entry| {
                let same = |d: &String, o: &String| d == driver && o == outcome;
                e.file == entry.file && matches!(&e.slot, Slot::Weight(d, o, _) if same(d, o))
            };
            while end < group.len() && is_same(&entries[group[end]]) {
                end += 1;
            }
        }
        if !is_told(entry) {
            let first = entry.file == 0;
            let tables = Tables {
                scales: [0, 1].map(|s| first.then_some(&words[s].scale)),
                strengths: [0, 1].map(|s| first.then_some(&words[s].strengths)),
            };
            let same: Vec<&Entry> = group[i..end].iter().map(|&i| &entries[i]).collect();
            let mut text = match &entry.slot {
                Slot::Weight(..) => weights(&same, words, tables),
                _ => text(entry, paths, tables),
            };
            if let Some(path) = paths.get(entry.file).filter(|p| !p.is_empty()) {
                text.push_str(&format!(" (in `{path}`)"));
            }
            let span = |held: &Option<Held>| held.as_ref().and_then(|h| h.span);
            parts.push(Part {
                text,
                old: span(&entry.old),
                new: span(&entry.new),
            });
        }
        i = end;
    }
    // Things that came or went are what the rest of an edit is about.
    parts.sort_by_key(|p| p.old.is_some() == p.new.is_some());
    parts
}

fn pieces(entry: &Entry) -> (Option<&Piece>, Option<&Piece>) {
    (
        entry.old.as_ref().map(|h| &h.piece),
        entry.new.as_ref().map(|h| &h.piece),
    )
}

/// "added", "removed" or how it changed.
fn come_or_gone(what: &str, entry: &Entry, changed: impl FnOnce() -> String) -> String {
    match (&entry.old, &entry.new) {
        (None, _) => format!("{what} added"),
        (_, None) => format!("{what} removed"),
        _ => changed(),
    }
}

fn text(entry: &Entry, paths: &[&str], tables: Tables<'_>) -> String {
    let both = pieces(entry);
    match &entry.slot {
        Slot::AsOf => match both {
            (Some(Piece::AsOf(old)), Some(Piece::AsOf(new))) => {
                let word = if new.node > old.node {
                    "time passed"
                } else {
                    "time turned back"
                };
                format!("{word}: `as of` from {} to {}", old.node, new.node)
            }
            _ => come_or_gone("`as of`", entry, String::new),
        },
        Slot::ScaleName => table_name("words of likelihood", scales::DEFAULT, both),
        Slot::StrengthsName => table_name("words of strength", strengths::DEFAULT, both),
        Slot::Scale(name) => come_or_gone(&format!("scale `{name}`"), entry, || {
            table(&format!("scale `{name}`"), both)
        }),
        Slot::Strengths(name) => {
            let what = match name {
                Some(name) => format!("strengths `{name}`"),
                None => "strengths".to_owned(),
            };
            come_or_gone(&what, entry, || table(&what, both))
        }
        Slot::Horizon(name) => come_or_gone(&format!("horizon `{name}`"), entry, || match both {
            (Some(Piece::Horizon(old)), Some(Piece::Horizon(new))) => format!(
                "horizon `{name}` from {} to {}",
                quoted(&period(&old.period.node)),
                quoted(&period(&new.period.node))
            ),
            _ => String::new(),
        }),
        Slot::Outcome(name) => come_or_gone(&format!("outcome `{name}`"), entry, || match both.1 {
            Some(Piece::Outcome(o)) if o.is_final.is_some() => {
                format!("outcome `{name}` is final now")
            }
            _ => format!("outcome `{name}` is final no more"),
        }),
        Slot::Prior => come_or_gone("prior", entry, || match both {
            (Some(Piece::Prior(old)), Some(Piece::Prior(new))) => prior(old, new, tables),
            _ => String::new(),
        }),
        Slot::Use(name) => {
            let path = |piece: Option<&Piece>| match piece {
                Some(Piece::Use(_, _, from)) => paths.get(*from).copied().unwrap_or_default(),
                _ => "",
            };
            match (&entry.old, &entry.new) {
                (None, _) => format!("`{name}` taken from `{}`", path(both.1)),
                (_, None) => format!("`{name}` taken from `{}` no more", path(both.0)),
                _ => format!(
                    "`{name}` taken from `{}`, not `{}`",
                    path(both.1),
                    path(both.0)
                ),
            }
        }
        Slot::Driver(name) => {
            let kind = |piece: Option<&Piece>| match piece {
                Some(Piece::Driver(d)) => d.kind,
                _ => DriverKind::Factor,
            };
            let one = kind(both.1.or(both.0)).as_str();
            come_or_gone(&format!("{one} `{name}`"), entry, || {
                let (old, new) = (kind(both.0).as_str(), kind(both.1).as_str());
                format!("`{name}` from {old} to {new}")
            })
        }
        Slot::Rows(name) => format!("`{name}`: {}", rows(both, tables)),
        Slot::When(name) => {
            let when = |piece: Option<&Piece>| match piece {
                Some(Piece::When(p)) => quoted(&prop(p)),
                _ => "nothing".to_owned(),
            };
            format!("`{name}`: when from {} to {}", when(both.0), when(both.1))
        }
        Slot::Weight(..) => String::new(),
        Slot::Likelihood(name) => {
            let what = format!("`{name}`: likelihood");
            come_or_gone(&what, entry, || match both {
                (Some(Piece::Likelihood(old)), Some(Piece::Likelihood(new))) => {
                    format!("{what} {}", likelihood(old, new, tables))
                }
                _ => String::new(),
            })
        }
        Slot::Count(name, of) => {
            let shares = |piece: Option<&Piece>| match piece {
                Some(Piece::Count(c)) => count(c),
                _ => "100%".to_owned(),
            };
            format!(
                "`{name}`: counts `{of}` {} instead of {}",
                shares(both.1),
                shares(both.0)
            )
        }
        Slot::Evidence(name) => format!("`{name}`: {}", evidence(both)),
        Slot::Exclusive(_) => {
            let members = |piece: Option<&Piece>| match piece {
                Some(Piece::Exclusive(e)) => names(e.members.iter().map(|m| m.node.as_str())),
                _ => String::new(),
            };
            let (old, new) = (members(both.0), members(both.1));
            let one = if new.is_empty() { &old } else { &new };
            come_or_gone(&format!("exclusive {one}"), entry, || {
                format!("exclusive from {old} to {new}")
            })
        }
        Slot::Overlap(_) => overlap(entry, both),
        Slot::Order => "items in another order: of equal pushes that overlap, the file's first \
                        counts in full"
            .to_owned(),
    }
}

fn quoted(text: &str) -> String {
    format!("`{text}`")
}

fn table_name(what: &str, default: &str, both: (Option<&Piece>, Option<&Piece>)) -> String {
    let name = |piece: Option<&Piece>| match piece {
        Some(Piece::Name(name)) => name.node.clone(),
        _ => default.to_owned(),
    };
    format!("{what} read on `{}`, not `{}`", name(both.1), name(both.0))
}

/// Which words of a table changed.
fn table(what: &str, both: (Option<&Piece>, Option<&Piece>)) -> String {
    let (old, new) = match both {
        (Some(Piece::Scale(old)), Some(Piece::Scale(new))) => {
            let words = |s: &crate::syntax::ast::Scale| {
                let word = |(w, band): &(_, crate::syntax::ast::Spanned<(f64, f64)>)| {
                    let name: &crate::syntax::ast::Name = w;
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
            let words = |s: &crate::syntax::ast::Strengths| {
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
fn from_to(old: &str, new: &str) -> String {
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

fn rows(both: (Option<&Piece>, Option<&Piece>), tables: Tables<'_>) -> String {
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
            Some((.., was)) => parts.push(format!("chance{head} {}", differences(was, values))),
            None => parts.push(format!("chance{head} {} added", list(values))),
        }
    }
    for (guard, head, values) in &before {
        if !after.iter().any(|a| a.0 == *guard) {
            parts.push(format!("chance{head} {} removed", list(values)));
        }
    }
    match parts.len() {
        0 => "rows of its chance in another order".to_owned(),
        _ => parts.join("; "),
    }
}

fn prior(old: &Prior, new: &Prior, tables: Tables<'_>) -> String {
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
    let (old, new) = (rows(old, 0), rows(new, 1));
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
    format!("prior {}", parts.join("; "))
}

/// A prior's value as a text to compare.
pub(super) fn prior_value(value: &PriorValue) -> String {
    match value {
        PriorValue::Rest(_) => "rest".to_owned(),
        PriorValue::Chances(values) => list(&timed(values, None)),
    }
}

/// One weight over the horizons in which it changed.
fn weights(same: &[&Entry], words: &[Words; 2], tables: Tables<'_>) -> String {
    let Some(Slot::Weight(driver, outcome, _)) = same.first().map(|e| &e.slot) else {
        return String::new();
    };
    let weight = |held: &Option<Held>| -> Option<WeightAt> {
        match &held.as_ref()?.piece {
            Piece::Weight(w) => Some(w.clone()),
            _ => None,
        }
    };
    // By horizon in order of time: what it was and is.
    let mut changes: Vec<(String, Vec<&str>)> = Vec::new();
    let all: Vec<&String> = words[1]
        .horizons
        .iter()
        .chain(
            words[0]
                .horizons
                .iter()
                .filter(|h| !words[1].horizons.contains(h)),
        )
        .collect();
    for horizon in &all {
        let entry = same
            .iter()
            .find(|e| matches!(&e.slot, Slot::Weight(_, _, h) if h == *horizon));
        let Some(entry) = entry else { continue };
        let said = |held: &Option<Held>, side: usize| match weight(held) {
            Some(w) => strength(&w.value.node, w.against, tables.strengths[side]),
            None => "none".to_owned(),
        };
        let change = match (&entry.old, &entry.new) {
            (None, new) => format!("{} added", said(new, 1)),
            (old, None) => format!("{} removed", said(old, 0)),
            (old, new) => from_to(&said(old, 0), &said(new, 1)),
        };
        match changes.iter_mut().find(|(c, _)| *c == change) {
            Some((_, horizons)) => horizons.push(horizon),
            None => changes.push((change, vec![horizon])),
        }
    }
    let each = changes
        .iter()
        .map(|(change, horizons)| match horizons.len() == all.len() {
            true => change.clone(),
            false => format!("{change} in {}", names(horizons.iter().copied())),
        });
    let each: Vec<String> = each.collect();
    format!("`{driver}`: weight on `{outcome}` {}", each.join(", "))
}

fn likelihood(old: &Likelihood, new: &Likelihood, tables: Tables<'_>) -> String {
    let list = |l: &Likelihood, side: usize| {
        let each = l.chances.iter().map(|(outcome, c)| {
            let value = chance(&c.node, tables.scales[side]);
            (format!("of `{}`", outcome.node), value)
        });
        each.collect::<Vec<_>>()
    };
    differences(&list(old, 0), &list(new, 1))
}

fn count(count: &Count) -> String {
    let entries = count.values.entries.iter().map(|e| {
        let at = e.at.as_ref().map(time).unwrap_or_default();
        (at, percent(e.value.node))
    });
    list(&entries.collect::<Vec<_>>())
}

fn evidence(both: (Option<&Piece>, Option<&Piece>)) -> String {
    let best = |piece: Option<&Piece>| -> Option<Rating> {
        let Some(Piece::Evidence(all)) = piece else {
            return None;
        };
        let rated = all
            .iter()
            .filter_map(|e: &Evidence| Some(e.rated.as_ref()?.node));
        rated.reduce(
            |a, b| match admiralty::discount(b) > admiralty::discount(a) {
                true => b,
                false => a,
            },
        )
    };
    let said = |rating: Option<Rating>| match rating {
        Some(r) => format!("{}{}", r.source, r.information),
        None => "unrated".to_owned(),
    };
    let factor = |rating: Option<Rating>| round::factor(rating.map_or(1.0, admiralty::discount));
    let (old, new) = (best(both.0), best(both.1));
    format!(
        "best evidence from {} to {}, so that its weights count {} instead of {}",
        said(old),
        said(new),
        factor(new),
        factor(old)
    )
}

/// Share, members, and the members as a list.
fn shared(piece: Option<&Piece>) -> Option<(String, BTreeSet<&str>, String)> {
    let Some(Piece::Overlap(o)) = piece else {
        return None;
    };
    let members: BTreeSet<&str> = o.members.iter().map(|m| m.node.as_str()).collect();
    let list = names(members.iter().copied());
    Some((percent(o.share.node), members, list))
}

fn overlap(entry: &Entry, both: (Option<&Piece>, Option<&Piece>)) -> String {
    match (shared(both.0), shared(both.1)) {
        (Some(old), Some(new)) if old.1 == new.1 => {
            format!("overlap of {} from {} to {}", new.2, old.0, new.0)
        }
        (Some(old), Some(new)) if old.0 == new.0 => {
            format!("overlap of {} instead of {}", new.2, old.2)
        }
        (Some(old), Some(new)) => {
            format!(
                "overlap {} of {} instead of {} of {}",
                new.0, new.2, old.0, old.2
            )
        }
        (old, new) => match new.or(old) {
            Some((share, _, members)) => {
                come_or_gone(&format!("overlap {share} of {members}"), entry, String::new)
            }
            None => String::new(),
        },
    }
}
