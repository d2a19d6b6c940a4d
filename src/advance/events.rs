//! The rows of an event, moved to a later day.

use super::left::Left;
use super::{Run, percent};
use crate::resolve::assessment::{Curve, DriverId, What};
use crate::syntax::ast::{self, ByTime, Chance, Name};
use crate::text::source::Span;

/// One row as the file states it.
struct Stated<'s> {
    /// The whole clause.
    span: Span,
    /// What stands behind `chance` in it: ` given talk`.
    guard: String,
    values: &'s ByTime<Chance>,
}

impl Run<'_> {
    /// An event's own rows, in the file or in a view.
    pub(super) fn driver(&mut self, item: &ast::Driver) {
        let rows = item.rows.iter().map(|row| {
            let head = self.project.sources.text(row.head);
            let guard = head.strip_prefix("chance").unwrap_or_default();
            Stated {
                span: row.span,
                guard: guard
                    .split_whitespace()
                    .fold(String::new(), |all, word| all + " " + word),
                values: &row.values,
            }
        });
        let rows: Vec<Stated<'_>> = rows.collect();
        self.event(&item.name, &rows, "chance");
    }

    /// `leak: 20% by short` in a view.
    pub(super) fn restated(&mut self, span: Span, name: &Name, values: &ByTime<Chance>) {
        let row = Stated {
            span,
            guard: String::new(),
            values,
        };
        self.event(name, &[row], &name.node);
    }

    fn event(&mut self, name: &Name, stated: &[Stated<'_>], key: &str) {
        let Some(id) = self.assessment.drivers.id(&name.node) else {
            return;
        };
        let What::Event(rows) = &self.assessment.drivers[id].what else {
            return;
        };
        if stated.is_empty() || rows.is_empty() {
            return;
        }
        if self.happened.get(&id) == Some(&true) {
            for (i, row) in stated.iter().enumerate() {
                match i {
                    0 => self.edit(row.span, format!("{key}: 100% by now")),
                    _ => self.remove(row.span),
                }
            }
            return;
        }
        let Some(left) = Left::of_event(self.assessment, id, self.now, &self.happened) else {
            return;
        };
        if left.is_used_up() {
            self.used_up(&name.node, stated, &left, rows[left.row].clause.span);
            return;
        }
        let in_group = self.is_in_group(id);
        for row in stated {
            let found = rows.iter().position(|r| r.clause.span == row.span);
            // What cannot come any more stands as another row.
            let Some(i) = found else {
                self.still_to_come(row.values);
                continue;
            };
            let curve = &rows[i].clause.values;
            let own = left.row == i && !in_group;
            // A constant hazard remembers nothing, and what is so by definition stays so.
            if own && !matches!(curve, Curve::Points(_)) || is_definite(row.values) {
                continue;
            }
            let moved = self.curve(curve, row.values, &left, own, self.digits);
            self.edit(row.values.span, moved.text);
            let (name, guard) = (&name.node, &row.guard);
            if let Some(first) = moved.below {
                let (passed, to) = (percent(left.passed(), self.digits), self.to);
                self.note(format!(
                    "`{name}`{guard}: the chance {first} lies below the {passed} that has passed by {to} in the \
                     row in force, so that nothing is left: 0% is written; see whether it still fits"
                ));
            } else if moved.lost {
                self.note(format!(
                    "`{name}`{guard}: a range would end at 0% or 100%, so that its middle alone is written"
                ));
            }
        }
    }

    /// Takes a clause out together with its line.
    fn remove(&mut self, span: Span) {
        let text = &self.project.sources.source(span.file).text;
        let start = text[..span.start as usize]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let is_alone = text[start..span.start as usize].trim().is_empty();
        let after = &text[span.end as usize..];
        let end = after.find('\n').filter(|at| after[..*at].trim().is_empty());
        let whole = match (is_alone, end) {
            (true, Some(at)) => Span::new(span.file, start, span.end as usize + at + 1),
            _ => span,
        };
        self.edit(whole, "");
    }

    fn is_in_group(&self, event: DriverId) -> bool {
        let groups = &self.assessment.exclusives;
        groups.iter().any(|g| g.members.contains(&event))
    }

    /// An event that is certain to have come by the later day, or whose group is, and is not resolved.
    fn used_up(&mut self, name: &str, stated: &[Stated<'_>], left: &Left, in_force: Span) {
        let to = self.to;
        for row in stated.iter().filter(|row| !is_definite(row.values)) {
            match left.has_come() && row.span == in_force {
                true => {
                    self.edit(row.values.span, "100% by now");
                    self.note(format!(
                        "`{name}` was certain to come by {to} and is not `resolved`: it is written as having happened"
                    ));
                }
                false => {
                    self.still_to_come(row.values);
                    self.note(format!(
                        "`{name}`{}: something else was certain to come by {to}, so that nothing is left; the row is \
                         left as it is: see whether it still fits",
                        row.guard
                    ));
                }
            }
        }
    }

    /// Leaves out the values of days that are over.
    fn still_to_come(&mut self, values: &ByTime<Chance>) {
        let left: Vec<String> = values
            .entries
            .iter()
            .filter(|entry| !self.is_gone(entry))
            .map(|entry| self.text(entry))
            .collect();
        if left.len() < values.entries.len() && !left.is_empty() {
            self.edit(values.span, left.join(", "));
        }
    }
}

/// Whether a row says no more than `certain` or `impossible`.
fn is_definite(values: &ByTime<Chance>) -> bool {
    values.entries.iter().all(|entry| {
        let word =
            matches!(&entry.value.node, Chance::Word(word) if super::values::is_definite(word));
        word && entry.at.is_none()
    })
}
