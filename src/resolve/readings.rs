//! `in` where `by` belongs, and `by` where `in` belongs: what each may have meant.
//!
//! In: lists of values and the horizons. Out: one report with every reading that the language can say.
//! A fix is safe only where there is one reading: a figure `in` the second of three horizons may be a
//! part of the whole or the whole, and nobody but the author knows.

use super::names::Reader;
use crate::diag::rules;
use crate::diag::{Diagnostic, Edit, Fix, suggest};
use crate::syntax::ast::{At, ByTime, Chance, Preposition, Spanned, Timed, When};
use crate::text::source::Span;
use std::fmt::Display;

/// A value of a list, its place in time and what it says, as far as they are known.
struct Entry {
    value: Span,
    /// As it is written.
    said: String,
    preposition: Option<Spanned<Preposition>>,
    /// `short`
    time: String,
    horizon: Option<usize>,
    /// The end in days.
    days: f64,
    share: Option<f64>,
}

/// What a list may have meant: the values, each as it is to be written.
struct Reading {
    said: String,
    edits: Vec<Edit>,
}

impl Reader<'_> {
    /// Reports values of a lasting thing that are stated `in` a horizon; whether there are any.
    pub(super) fn stated_in(&mut self, values: &ByTime<Chance>, what: &dyn Display) -> bool {
        let is_in = |e: &&Timed<Chance>| {
            let at = e.at.as_ref();
            at.is_some_and(|at| at.preposition.node == Preposition::In)
        };
        let places: Vec<Span> = values
            .entries
            .iter()
            .filter(is_in)
            .filter_map(|e| Some(e.at.as_ref()?.preposition.span))
            .collect();
        let Some(&first) = places.first() else {
            return false;
        };
        // Of a clause that was mended what stands there is not what was understood: that comes first.
        if places
            .iter()
            .any(|at| !self.written(*at).eq_ignore_ascii_case("in"))
        {
            return true;
        }
        let mut found = Diagnostic::new(
            &rules::WRONG_KIND,
            first,
            format!("{what} is stated with `by`, not `in`"),
        )
        .label("what lasts happens by a time");
        for other in &places[1..] {
            found = found.other(*other, "here too");
        }
        let entries: Option<Vec<Entry>> = values.entries.iter().map(|e| self.entry(e)).collect();
        let readings = entries.as_deref().map(readings_by).unwrap_or_default();
        // Where the sum and the figures as they stand are one text, nothing is left to choose.
        let agreed = |all: &[Entry]| all.len() == 1 || sums(&in_order(all)).is_some();
        let sure = entries
            .as_deref()
            .is_some_and(|all| agreed(all) && !falls(&in_order(all)) && self.leaves_no_gap(all));
        found = match &readings[..] {
            [] => found.help(
                "once it has happened it stays so, so a figure is the chance that it has happened up to \
                 then: say of each horizon how likely it is `by` its end",
            ),
            [only] => found
                .help(format!(
                    "once it has happened it stays so, so the figure is the chance that it has happened \
                     up to then: write `{}`",
                    only.said
                ))
                .fix(only.fix(sure)),
            [parts, whole, ..] => found
                .help(format!(
                    "once it has happened it stays so, so each figure counts from now on: write `{}` if the \
                     parts add up, `{}` if each is the whole up to then",
                    parts.said, whole.said
                ))
                .fix(parts.fix(false))
                .fix(whole.fix(false)),
        };
        self.report(found);
        true
    }

    fn entry(&self, timed: &Timed<Chance>) -> Option<Entry> {
        let at = timed.at.as_ref()?;
        let (time, horizon, days) = match &at.when {
            When::Now(_) => ("now".to_owned(), None, 0.0),
            When::Date(_) => return None,
            When::Horizon(name) => {
                let known = self.facts.horizons.iter();
                let id = known.clone().position(|h| h.0 == name.node)?;
                (name.node.clone(), Some(id), self.facts.horizons[id].1)
            }
        };
        Some(Entry {
            value: timed.value.span,
            said: self.written(timed.value.span),
            preposition: Some(at.preposition.clone()),
            time,
            horizon,
            days,
            share: match timed.value.node {
                Chance::Share(share) => Some(share),
                _ => None,
            },
        })
    }

    /// Whether before every horizon that a figure is said to be `in` the one before is stated too.
    fn leaves_no_gap(&self, entries: &[Entry]) -> bool {
        let stated = |id: usize| entries.iter().any(|e| e.horizon == Some(id));
        entries.iter().all(|e| match (&e.preposition, e.horizon) {
            (Some(at), Some(id)) if at.node == Preposition::In => id == 0 || stated(id - 1),
            _ => true,
        })
    }

    /// Reports a list that says `by` of each horizon up to its last one, where that was meant of each: one mistake;
    /// whether it does.
    fn all_by<T>(
        &mut self,
        values: &ByTime<T>,
        what: &dyn Display,
        named: &[Option<usize>],
        needs: bool,
    ) -> bool {
        let by = |e: &Timed<T>| {
            let at =
                e.at.as_ref()
                    .filter(|at| at.preposition.node == Preposition::By)?;
            let span = at.preposition.span;
            self.written(span)
                .eq_ignore_ascii_case("by")
                .then_some(span)
        };
        let Some(places) = values.entries.iter().map(by).collect::<Option<Vec<Span>>>() else {
            return false;
        };
        let Some(mut ids) = named.iter().copied().collect::<Option<Vec<usize>>>() else {
            return false;
        };
        ids.sort_unstable();
        let all = if needs {
            self.facts.horizons.len()
        } else {
            ids.len()
        };
        if places.len() < 2 || ids != (0..all).collect::<Vec<_>>() {
            return false;
        }
        let mut found = Diagnostic::new(
            &rules::WRONG_KIND,
            places[0],
            format!("{what} is stated with `in`, not `by`"),
        )
        .label("said of a horizon, not up to its end")
        .help("`by` counts up to a time, and is for what lasts: events and final outcomes; write `in`");
        for other in &places[1..] {
            found = found.other(*other, "here too");
        }
        self.report(found.fix(Fix {
            safe: true,
            message: "write `in`".to_owned(),
            edits: places.into_iter().map(|place| edit(place, "in")).collect(),
        }));
        true
    }

    /// Reports values of a passing thing that are stated `by` a horizon. Where it `needs` a value in each
    /// horizon, those without one are named too.
    pub(super) fn stated_by<T>(&mut self, values: &ByTime<T>, what: &dyn Display, needs: bool) {
        let whole = values.entries.iter().any(|e| e.at.is_none());
        let named: Vec<Option<usize>> = values
            .entries
            .iter()
            .map(|e| match &e.at.as_ref()?.when {
                When::Horizon(name) => self.facts.horizons.iter().position(|h| h.0 == name.node),
                _ => None,
            })
            .collect();
        if self.all_by(values, what, &named, needs) {
            return;
        }
        for (entry, horizon) in values.entries.iter().zip(&named) {
            let Some(At {
                preposition,
                when: When::Horizon(name),
                ..
            }) = &entry.at
            else {
                continue;
            };
            // What stands there in place of `by` or `in` has been reported.
            if preposition.node != Preposition::By
                || !self.written(preposition.span).eq_ignore_ascii_case("by")
            {
                continue;
            }
            let mut found = Diagnostic::new(
                &rules::WRONG_KIND,
                preposition.span,
                format!("{what} is stated with `in`, not `by`"),
            )
            .label("said of a horizon, not up to its end");
            let before = 0..horizon.unwrap_or(0);
            let open: Vec<usize> = before.filter(|id| !named.contains(&Some(*id))).collect();
            let only = |sure: bool| Fix {
                safe: sure,
                message: format!("write `in {}`", name.node),
                edits: vec![edit(preposition.span, "in")],
            };
            const WHY: &str =
                "`by` counts up to a time, and is for what lasts: events and final outcomes";
            let after = horizon.map_or(0, |id| id + 1)..self.facts.horizons.len();
            let bare: Vec<usize> = after.filter(|id| !named.contains(&Some(*id))).collect();
            if needs && !whole && open.is_empty() && horizon.is_some() && !bare.is_empty() {
                let names: Vec<&str> = bare
                    .iter()
                    .map(|id| self.facts.horizons[*id].0.as_str())
                    .collect();
                let names = suggest::list(&names, "and");
                let written = self.sources.text(entry.value.span).to_owned();
                found = found.help(format!(
                    "{WHY}; write `{written} in {}` and a value for {names} too",
                    name.node
                ));
                if values.entries.len() == 1 {
                    let rest = found.help.take().unwrap_or_default();
                    let all = entry.value.span.at_end().to(name.span);
                    found = found
                        .help(format!("{rest}, or `{written}` alone for all horizons"))
                        .fix(Fix::risky(
                            format!("write `{written}` for all horizons"),
                            all,
                            "",
                        ));
                }
                self.report(found.fix(only(false)));
                continue;
            }
            found = if horizon.is_none() || open.is_empty() {
                found
                    .help(format!("{WHY}; write `in`"))
                    .fix(only(horizon.is_some() && !whole))
            } else {
                let written = self.sources.text(entry.value.span);
                let each = open.iter().chain(horizon);
                let each: Vec<String> = each
                    .map(|id| format!("{written} in {}", self.facts.horizons[*id].0))
                    .collect();
                let each = each.join(", ");
                let whole = entry.value.span.to(name.span);
                found
                    .help(format!(
                        "{WHY}; write `{each}`, or `{written} in {}` for that horizon alone",
                        name.node
                    ))
                    .fix(Fix::risky(format!("write `{each}`"), whole, each))
                    .fix(only(false))
            };
            self.report(found);
        }
    }
}

impl Reading {
    fn fix(&self, safe: bool) -> Fix {
        Fix {
            safe,
            message: format!("write `{}`", self.said),
            edits: self.edits.clone(),
        }
    }
}

/// What a list with `in` may say with `by`: its parts added up, then each figure as it stands; those
/// that a curve may say, each once.
fn readings_by(entries: &[Entry]) -> Vec<Reading> {
    let order = in_order(entries);
    let twice = order.windows(2).any(|w| w[0].days == w[1].days);
    if twice {
        return Vec::new();
    }
    let summed = sums(&order).map(|sums| Reading::of(&order, Some(&sums)));
    let plain = (!falls(&order)).then(|| Reading::of(&order, None));
    let mut all: Vec<Reading> = summed.into_iter().chain(plain).collect();
    all.dedup_by(|a, b| a.said == b.said);
    all
}

fn in_order(entries: &[Entry]) -> Vec<&Entry> {
    let mut order: Vec<&Entry> = entries.iter().collect();
    order.sort_by(|a, b| a.days.total_cmp(&b.days));
    order
}

/// Whether a figure is lower than one before it.
fn falls(order: &[&Entry]) -> bool {
    order
        .windows(2)
        .any(|w| matches!((w[0].share, w[1].share), (Some(a), Some(b)) if b < a))
}

/// The shares with what is said `in` a horizon added to what came before; none where one is no plain
/// percentage, or they make more than 100%.
fn sums(order: &[&Entry]) -> Option<Vec<f64>> {
    let mut sum: f64 = 0.0;
    let mut sums = Vec::new();
    for entry in order {
        let share = entry.share?;
        let part = entry.preposition.as_ref()?.node == Preposition::In;
        let next = if part { sum + share } else { share };
        if next < sum || next > 1.0 + 1e-9 {
            return None;
        }
        sum = next;
        sums.push(sum);
    }
    Some(sums)
}

impl Reading {
    /// Of entries in the order of time, with other shares where there are some.
    fn of(order: &[&Entry], shares: Option<&[f64]>) -> Reading {
        let mut edits = Vec::new();
        let mut said = Vec::new();
        for (i, entry) in order.iter().enumerate() {
            let share = shares.map(|shares| plain(shares[i]));
            let value = share.as_ref().unwrap_or(&entry.said);
            said.push(format!("{value} by {}", entry.time));
            if let Some(share) = share
                && entry.share.map(plain) != Some(share.clone())
            {
                edits.push(edit(entry.value, &share));
            }
            if let Some(at) = entry
                .preposition
                .as_ref()
                .filter(|at| at.node == Preposition::In)
            {
                edits.push(edit(at.span, "by"));
            }
        }
        Reading {
            said: said.join(", "),
            edits,
        }
    }
}

fn edit(span: Span, text: &str) -> Edit {
    Edit {
        span,
        text: text.to_owned(),
    }
}

/// A share as a person would write it: without what adding leaves behind.
fn plain(share: f64) -> String {
    format!("{}%", libm::round(share * 1e11) / 1e9)
}
