//! Rows: a chance, or what holds, under conditions and otherwise; and values in every horizon.
//!
//! In: rows as written. Out: rows with a condition first, then the one without. A row that can
//! never be in force is reported; whether rows cover every case is checked in `cover`.

use super::assessment::{Clause, HorizonId, Number, Row};
use super::names::Reader;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::syntax::ast::{self, Guard, Spanned};
use crate::text::source::Span;
use std::collections::BTreeMap;
use std::fmt::Display;

impl Reader<'_> {
    /// The rows of a chance or of `holds`, those with a condition first.
    pub(super) fn rows<T>(
        &mut self,
        item: &ast::Driver,
        key: &str,
        mut read: impl FnMut(&mut Self, &ast::ChanceRow) -> Option<T>,
    ) -> Vec<Row<T>> {
        let name = &item.name.node;
        let has_given = item.rows.iter().any(|r| matches!(r.guard, Guard::Given(_)));
        let mut seen: BTreeMap<String, Span> = BTreeMap::new();
        let (mut rows, mut last) = (Vec::new(), Vec::new());
        for row in &item.rows {
            let (given, words) = match &row.guard {
                Guard::Given(prop) => match self.prop(prop) {
                    Some(prop) => {
                        let words = format!("{key} given {}", prop.words(self.facts));
                        (Some(prop), words)
                    }
                    None => {
                        read(self, row);
                        continue;
                    }
                },
                // Reported by the parser; what it means is clear.
                Guard::Plain if has_given => (None, format!("{key} otherwise")),
                Guard::Plain => (None, key.to_string()),
                Guard::Otherwise => (None, format!("{key} otherwise")),
            };
            let values = read(self, row);
            let slot = if given.is_none() {
                String::new()
            } else {
                words.clone()
            };
            if let Some(first) = seen.insert(slot, row.head) {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        row.head,
                        format!("`{name}` says `{}` twice", self.written(row.head)),
                    )
                    .label("never in force: the first such row decides")
                    .other(first, "the first")
                    .help("keep one of the two"),
                );
                continue;
            }
            let Some(values) = values else { continue };
            let clause = Clause {
                span: row.span,
                key: format!("{name} {words}"),
                values,
            };
            let into = if given.is_some() {
                &mut rows
            } else {
                &mut last
            };
            into.push(Row { given, clause });
        }
        rows.extend(last);
        rows
    }

    /// A chance in every horizon.
    pub(super) fn shares(
        &mut self,
        values: &ast::ByTime<ast::Chance>,
        what: &dyn Display,
        at: Span,
    ) -> Option<Vec<Number>> {
        let (stated, wrong) = self.in_horizons(values, what, true);
        let missing: Vec<HorizonId> = (0u32..)
            .zip(&stated)
            .filter(|(_, s)| s.is_none())
            .map(|(i, _)| HorizonId(i))
            .collect();
        // Where a time is a mistake, or nothing at all is left, that is reported already.
        if !wrong && !missing.is_empty() && missing.len() < stated.len() {
            self.unstated(at, what, &missing);
        }
        let numbers = self.each_once(stated, |reader, value| reader.chance(value, what));
        numbers.into_iter().collect()
    }

    /// Reads the value of each horizon; one that holds in several is read, and its mistakes are
    /// reported, once.
    pub(super) fn each_once<T>(
        &mut self,
        stated: Vec<Option<&Spanned<T>>>,
        mut read: impl FnMut(&mut Self, &Spanned<T>) -> Option<Number>,
    ) -> Vec<Option<Number>> {
        let mut known: Vec<(Span, Option<Number>)> = Vec::new();
        let mut numbers = Vec::with_capacity(stated.len());
        for value in stated {
            numbers.push(value.and_then(|value| {
                if let Some((_, number)) = known.iter().find(|(span, _)| *span == value.span) {
                    return number.clone();
                }
                let number = read(self, value);
                known.push((value.span, number.clone()));
                number
            }));
        }
        numbers
    }
}
