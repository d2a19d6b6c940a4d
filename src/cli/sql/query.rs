//! The query.
//!
//! In: the verdicts of all patterns of truths. Out: one SELECT that looks each row's up, or, where columns hold
//! chances, adds up those of the states that the row leaves open, each times its chance.

use super::chances;
use super::dialect::Dialect;
use crate::batch::{Batch, Patterns};

/// What a query is made of.
pub(super) struct Query<'q> {
    pub(super) dialect: Dialect,
    pub(super) from: &'q str,
    pub(super) prefix: &'q str,
    pub(super) batch: &'q Batch,
    /// The columns, those that hold chances last.
    pub(super) columns: &'q [String],
    pub(super) patterns: &'q Patterns,
    /// How many hold chances.
    pub(super) chances: usize,
}

impl Query<'_> {
    /// Its text.
    pub(super) fn text(&self) -> String {
        match self.chances {
            0 => self.looked_up(),
            _ => self.added_up(),
        }
    }

    /// The names of the new columns, without that of errors.
    fn names(&self) -> Vec<String> {
        let mut headings = self.batch.headings(self.prefix);
        headings.pop();
        headings.iter().map(|n| self.dialect.name(n)).collect()
    }

    /// The patterns' verdicts, of the columns that are wanted.
    fn verdicts(&self, wanted: impl Fn(usize) -> bool) -> String {
        let rows = self.patterns.rows.iter().enumerate();
        let rows = rows.map(|(pattern, cells)| {
            let cells = cells.iter().enumerate().filter(|(at, _)| wanted(*at));
            let cells = cells.map(|(_, cell)| match cell.parse::<f64>() {
                // An outcome may be named `nan`.
                Ok(x) if cell.starts_with(|c: char| c.is_ascii_digit()) => self.dialect.number(x),
                _ if cell.is_empty() => "NULL".to_owned(),
                _ => self.dialect.text(cell),
            });
            let cells: Vec<String> = cells.collect();
            format!("  ({pattern}, {})", cells.join(", "))
        });
        rows.collect::<Vec<_>>().join(",\n")
    }

    /// What the columns of truths add to a row's pattern.
    fn places(&self) -> Vec<String> {
        let truths = &self.columns[..self.columns.len() - self.chances];
        let steps = truths.iter().zip(&self.patterns.steps);
        let place = |(column, (step, unknown)): (&String, &(usize, bool))| {
            let column = format!("t.{}", self.dialect.name(column.trim()));
            let otherwise = match unknown {
                true => format!(
                    "WHEN {column} THEN {step} WHEN NOT {column} THEN {} ELSE 0",
                    2 * step
                ),
                // What holds unless it is said that it does not.
                false => format!("WHEN NOT {column} THEN {step} ELSE 0"),
            };
            format!("CASE {otherwise} END")
        };
        steps.map(place).collect()
    }

    fn looked_up(&self) -> String {
        let names = self.names();
        let listed: Vec<String> = names.iter().map(|n| format!("v.{n}")).collect();
        format!(
            "WITH assess_verdicts(assess_pattern, {}) AS (VALUES\n{}\n)\nSELECT t.*, {}\nFROM {} AS t\n\
             LEFT JOIN assess_verdicts AS v\n  ON v.assess_pattern = {}\n",
            names.join(", "),
            self.verdicts(|_| true),
            listed.join(", "),
            self.from,
            self.places().join("\n   + "),
        )
    }

    fn added_up(&self) -> String {
        let d = self.dialect;
        let outcomes = self.batch.assessment.outcomes.len();
        let group = outcomes + 3;
        let horizons = self.batch.assessment.horizons.len();
        let names = self.names();
        let is_share = |at: usize| at % group < outcomes;
        let shares: Vec<String> = (0..horizons * outcomes).map(|n| format!("p{n}")).collect();
        // What the row says of each event that has a chance.
        let columns = &self.columns[self.columns.len() - self.chances..];
        let mut said: Vec<String> = columns
            .iter()
            .enumerate()
            .map(|(i, column)| {
                let cell = d.double(&format!("t.{}", d.name(column.trim())));
                format!("NULLIF({cell}, {}) AS c{i}", d.double("'NaN'"))
            })
            .collect();
        let places = self.places();
        let place = match places.is_empty() {
            true => "0".to_owned(),
            false => places.join("\n    + "),
        };
        said.push(format!("{place} AS pattern"));
        let steps = &self.patterns.steps[self.columns.len() - self.chances..];
        let states = 1usize << self.chances;
        let (mut weights, mut joins) = (Vec::new(), Vec::new());
        for state in 0..states {
            let weight = (0..self.chances).map(|i| match (state >> i) & 1 {
                0 => format!("CASE WHEN c.c{i} IS NULL THEN 1 WHEN c.c{i} BETWEEN 0 AND 1 THEN c.c{i} END"),
                _ => format!("CASE WHEN c.c{i} IS NULL THEN 0 WHEN c.c{i} BETWEEN 0 AND 1 THEN 1 - c.c{i} END"),
            });
            weights.push(format!(
                "{} AS w{state}",
                weight.collect::<Vec<_>>().join(" * ")
            ));
            let places = steps.iter().enumerate().map(|(i, (step, _))| {
                let place = step * (1 + ((state >> i) & 1));
                format!("CASE WHEN c.c{i} IS NULL THEN 0 ELSE {place} END")
            });
            joins.push(format!(
                "LEFT JOIN assess_verdicts AS v{state}\n  ON v{state}.assess_pattern = c.pattern + {}",
                places.collect::<Vec<_>>().join(" + ")
            ));
        }
        // A state that cannot be has no verdict; where its chance is 0, none is missing.
        let sums = shares.iter().map(|p| {
            let each = (0..states)
                .map(|s| format!("CASE WHEN w.w{s} = 0 THEN 0 ELSE w.w{s} * v{s}.{p} END"));
            format!("{} AS {p}", each.collect::<Vec<_>>().join(" + "))
        });
        let sums: Vec<String> = sums.collect();
        let mut shown = Vec::new();
        for (h, names) in names.chunks(group).enumerate() {
            let own = &shares[h * outcomes..][..outcomes];
            let own: Vec<String> = own.iter().map(|p| format!("p.{p}")).collect();
            let verdict = chances::Verdict::new(d, self.batch, &own);
            let of =
                own.iter()
                    .cloned()
                    .chain([verdict.leader(), verdict.margin(), verdict.word()]);
            shown.extend(of.zip(names).map(|(of, name)| format!("{of} AS {name}")));
        }
        format!(
            "WITH assess_verdicts(assess_pattern, {}) AS (VALUES\n{}\n)\nSELECT t.*,\n  {}\nFROM {} AS t\n\
             CROSS JOIN LATERAL (SELECT {}) AS c\nCROSS JOIN LATERAL (SELECT {}) AS w\n{}\n\
             CROSS JOIN LATERAL (SELECT\n  {}\n) AS p\n",
            shares.join(", "),
            self.verdicts(is_share),
            shown.join(",\n  "),
            self.from,
            said.join(",\n  "),
            weights.join(",\n  "),
            joins.join("\n"),
            sums.join(",\n  "),
        )
    }
}
