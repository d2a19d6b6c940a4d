//! Lengths of time since a trigger that cannot be read.
//!
//! In: what stands in a row `chance once …`. Out: the mistake, and the length to write where it is plain.

use super::ast::{Duration, TimeUnit};
use super::broken_values::Want;
use super::grammar::Kind;
use super::lower::Lower;
use super::mistakes;
use super::times::unit;
use super::tree::NodeRef;
use crate::diag::Diagnostic;
use crate::diag::rules;

impl Lower<'_> {
    /// Reports `within 1 year and 3 months`; whether it is that.
    pub(super) fn joins_lengths(&mut self, and: NodeRef<'_>) -> bool {
        let range = and.range();
        let mut before = self.text[..range.start].split_whitespace().rev();
        let mut behind = self.text[range.end..]
            .split(|c: char| c.is_whitespace() || ",}#".contains(c))
            .filter(|word| !word.is_empty());
        let (first, n) = (before.next().and_then(unit), before.next());
        let (m, second) = (behind.next(), behind.next().and_then(unit));
        let length = |number: Option<&str>, unit: Option<TimeUnit>| {
            Some((number?.parse::<f64>().ok()?, unit?))
        };
        let (Some((n, first)), Some((m, second))) = (length(n, first), length(m, second)) else {
            return false;
        };
        let sum = units_in(first, second).map(|each| n * each + m);
        let help = match sum {
            Some(count) if libm::trunc(count) == count => {
                let unit = second;
                format!("write `within {}`", Duration { count, unit })
            }
            _ => "write it in one unit, as in `within 15 months`".to_owned(),
        };
        self.note(
            self.syntax(range, "a length of time has one number and one unit")
                .label("two lengths are joined here")
                .help(help),
        );
        true
    }

    /// A step of what follows a trigger that cannot be read.
    pub(super) fn broken_step(&mut self, node: NodeRef<'_>) {
        let range = self.trimmed(node);
        let text = &self.text[range.clone()];
        if let Some((chance, length)) = text.split_once(" within ") {
            let start = range.start + chance.len() + 1;
            let found = self
                .syntax(start..range.end, "`within` takes one length of time")
                .label("a number and a unit belong here")
                .help(match meant(length) {
                    Some(meant) => format!("write `{chance} within {meant}`"),
                    None => {
                        "the clock starts when the trigger comes: write how long after it, as in `within 3 months`"
                            .to_owned()
                    }
                });
            return self.note(found);
        }
        let others = [" by ", " in ", " after ", " until ", " during ", " for "];
        let Some(other) = others.iter().find(|word| text.contains(**word)) else {
            let noun = Want::Chance.noun();
            let example = "`40% within 3 months`";
            let reported = self.unreadable::<()>(range, Kind::only_value, noun, example);
            self.settle(reported);
            return;
        };
        let message = match other.trim() {
            "by" | "in" => "a time since a trigger takes neither `by` nor `in`".to_owned(),
            word => format!("a time since a trigger takes `within`, not `{word}`"),
        };
        self.note(
            Diagnostic::new(&rules::WRONG_KIND, self.place(range), message)
                .label("`within` and a length of time belong here")
                .help("the clock starts when the trigger comes: write `40% within 3 months`"),
        );
    }
}

/// The unit that a word names, or is short for.
pub(super) fn unit_meant(word: &str) -> Option<TimeUnit> {
    Some(match word.to_ascii_lowercase().as_str() {
        "d" | "dy" | "dys" => TimeUnit::Days,
        "w" | "wk" | "wks" => TimeUnit::Weeks,
        "m" | "mo" | "mos" | "mon" | "mth" | "mths" => TimeUnit::Months,
        "q" | "qtr" | "qtrs" => TimeUnit::Quarters,
        "y" | "yr" | "yrs" => TimeUnit::Years,
        other => unit(other)?,
    })
}

/// How many of a smaller unit a unit has, where that is always the same.
fn units_in(unit: TimeUnit, small: TimeUnit) -> Option<f64> {
    Some(match (unit, small) {
        (a, b) if a == b => 1.0,
        (TimeUnit::Years, TimeUnit::Months) => 12.0,
        (TimeUnit::Years, TimeUnit::Quarters) => 4.0,
        (TimeUnit::Quarters, TimeUnit::Months) => 3.0,
        (TimeUnit::Weeks, TimeUnit::Days) => 7.0,
        _ => return None,
    })
}

/// The one length of time that is said in other words: `three months`, `a quarter`, `3-6 months`, `90 d`.
fn meant(said: &str) -> Option<String> {
    // The dash of `3-6 months` stands between two numbers.
    let said = said.replace(['-', '\u{2013}'], " - ");
    let words: Vec<&str> = said.split_whitespace().collect();
    let (number, unit) = match words.as_slice() {
        ["half", "a", "year", ..] => return Some("6 months".to_owned()),
        ["the", "first" | "next", number, unit, ..] => (*number, *unit),
        [_, "to" | "-" | "or", high, unit, ..] => (*high, *unit),
        ["a" | "an" | "the", unit, ..] => ("1", *unit),
        [number, unit, ..] => (*number, *unit),
        _ => return None,
    };
    let count = mistakes::number(&[number])?;
    let unit = unit_meant(unit)?;
    (count > 0.0).then(|| Duration { count, unit }.to_string())
}
