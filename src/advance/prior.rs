//! The rows of a prior, moved to a later day.

use super::Run;
use super::left::{Left, scaled, written};
use crate::resolve::assessment::{Clause, Curve, Number, OutcomeId, Prior, PriorOf};
use crate::resolve::table::Id;
use crate::syntax::ast::{self, ByTime, Chance, PriorValue, When};

/// Less of all final outcomes is left than can be told from nothing.
const SLACK: f64 = 1e-12;

impl Run<'_> {
    /// Final outcomes have what is left of their curves; the others keep their shares of the rest. Each
    /// row of a prior with conditions is what holds at both ends of a horizon, and is moved by itself.
    pub(super) fn prior(&mut self, item: &ast::Prior) {
        let assessment = self.assessment;
        let rows = assessment
            .questions
            .values()
            .flat_map(|q| q.priors.iter().map(move |row| (q, &row.prior)));
        let Some((question, prior)) = rows.into_iter().find(|(_, p)| p.span == item.span) else {
            return;
        };
        let finals = |o: OutcomeId| assessment.outcomes[o].is_final;
        let (mut come, mut coming) = (0.0, 0);
        for (o, of) in question.ids().zip(&prior.outcomes) {
            match of {
                PriorOf::Curve(clause) => {
                    let passed = clause.values.at(self.now);
                    come += passed;
                    coming += usize::from(passed > 0.0);
                }
                PriorOf::Rest(_) if finals(o) => {
                    let name = assessment.outcomes.name(o);
                    self.note(format!(
                        "the prior of `{name}` is what the others leave: see whether it still fits"
                    ));
                }
                _ => {}
            }
        }
        // What has come for certain leaves nothing to move.
        if come <= 0.0 || come >= 1.0 - SLACK {
            return;
        }
        let has_rest = has_rest(prior);
        // Rows that must sum to 100% bear no rounding.
        let digits = if has_rest { self.digits } else { 15 };
        for row in &item.rows {
            let Some(o) = assessment.outcomes.id(&row.outcome.node) else {
                continue;
            };
            let PriorValue::Chances(values) = &row.value else {
                continue;
            };
            if !question.has(o) {
                continue;
            }
            match &prior.outcomes[question.place(o)] {
                PriorOf::Curve(clause) => {
                    let curve = &clause.values;
                    let alone = coming == 1 && curve.at(self.now) > 0.0;
                    // Alone, a constant hazard remembers nothing; of several none has one of its own.
                    if alone && !matches!(curve, Curve::Points(_)) {
                        continue;
                    }
                    let left = Left::shared(self.now, come, curve);
                    let moved = self.curve(curve, values, &left, true, digits);
                    self.edit(values.span, moved.text);
                    if moved.lost {
                        let name = assessment.outcomes.name(o);
                        self.note(format!(
                            "the prior of `{name}`: a range would end at 0% or 100%, so that its middle alone is written"
                        ));
                    }
                }
                PriorOf::Shares(clause) => {
                    let text = self.shares(clause, values, 1.0 - come, digits);
                    self.edit(values.span, text);
                }
                PriorOf::Rest(_) | PriorOf::Decided => {}
            }
        }
    }

    /// Shares of what is not final, of what is left.
    fn shares(
        &self,
        clause: &Clause<Vec<Number>>,
        values: &ByTime<Chance>,
        whole: f64,
        digits: usize,
    ) -> String {
        let mut parts = Vec::new();
        for entry in &values.entries {
            let name = match entry.at.as_ref().map(|at| &at.when) {
                Some(When::Horizon(name)) => Some(&name.node),
                _ => None,
            };
            if name.is_some_and(|n| !self.live.contains(n)) {
                parts.push(self.text(entry));
                continue;
            }
            let id = name.and_then(|n| self.assessment.horizons.id(n));
            let h = id.or_else(|| {
                // A value for all horizons.
                self.live
                    .first()
                    .and_then(|n| self.assessment.horizons.id(n))
            });
            let Some(number) = h.and_then(|h| clause.values.get(h.index())) else {
                continue;
            };
            let share = scaled(number, whole);
            // Nothing of nothing stays nothing.
            let scaled = match share[2] <= 0.0 {
                true => self.project.sources.text(entry.value.span).to_owned(),
                false => written(share, digits).text,
            };
            match name {
                Some(n) => parts.push(format!("{scaled} in {n}")),
                None => parts.push(scaled),
            }
        }
        parts.join(", ")
    }
}

fn has_rest(prior: &Prior) -> bool {
    let mut outcomes = prior.outcomes.iter();
    outcomes.any(|of| matches!(of, PriorOf::Rest(_)))
}
