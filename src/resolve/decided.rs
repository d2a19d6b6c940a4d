//! Decided outcomes: what may decide them, and that in each case at most one is decided.
//!
//! In: outcomes and their `when:` as resolved. Out: what is wrong, with the case shown, over all that
//! `exclusive`, `implies` and one outcome a question allow. The search is bounded.

use super::assessment::{Decided, Driver, Outcome, OutcomeId, Prop, QuestionId};
use super::cover::{Groups, Search};
use super::names::Reader;
use super::table::Table;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;
use crate::syntax::ast::{self, DriverKind, PropKind};

/// The `when:` of each outcome, by its id.
pub(super) type Whens = Vec<Option<Decided>>;

impl Reader<'_> {
    /// What decides an outcome; nothing where its `when:` is wrong.
    pub(super) fn decides(&mut self, item: &ast::Outcome) -> Option<Decided> {
        let is_final = item.is_final.is_some();
        match item.when.as_ref()? {
            ast::Decides::Otherwise(span) if is_final => {
                self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        *span,
                        format!(
                            "the final outcome `{}` cannot be decided by `otherwise`",
                            item.name.node
                        ),
                    )
                    .label("an outcome that holds only because nothing else does may not last")
                    .help("leave `final` out, or name what brings the outcome about"),
                );
                None
            }
            ast::Decides::Otherwise(_) => Some(Decided::Otherwise),
            ast::Decides::When(prop) => {
                let found = self.prop(prop)?;
                if is_final && !self.stays(item, prop, &found) {
                    return None;
                }
                Some(Decided::When(found))
            }
        }
    }

    /// Whether a final outcome's `when:` stays true once it is; if not, says so.
    fn stays(&mut self, item: &ast::Outcome, written: &ast::Prop, prop: &Prop) -> bool {
        let name = &item.name.node;
        let (message, help) = if !self.facts.lasts(prop) {
            (
                format!("the final outcome `{name}` is decided by what may pass"),
                "a final outcome stays once it has come: name events, assumptions and final outcomes alone, \
                 or leave `final` out",
            )
        } else if self.negates(prop) {
            (
                format!("the final outcome `{name}` is decided by what has not happened"),
                "a final outcome stays once it has come, and what has not happened may happen yet: build its \
                 `when:` without `not`, or leave `final` out",
            )
        } else {
            return true;
        };
        let span = not_span(written).unwrap_or(written.span);
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, span, message)
                .label("this need not stay so")
                .help(help),
        );
        false
    }

    /// Whether a proposition has a `not`, also in changes that it names.
    fn negates(&self, prop: &Prop) -> bool {
        let mut todo = vec![prop];
        let mut seen = std::collections::BTreeSet::new();
        while let Some(prop) = todo.pop() {
            if has_not(prop) {
                return true;
            }
            prop.each(&mut |id| {
                if self.facts.driver(id).kind == DriverKind::Change && seen.insert(id) {
                    todo.extend(self.facts.whens.get(&id));
                }
            });
        }
        false
    }

    /// Reports two outcomes of a question that are decided in one case, and cases in which nothing
    /// is so.
    pub(super) fn decided_once(
        &mut self,
        outcomes: &Table<OutcomeId, Outcome>,
        drivers: &[Driver],
        whens: &Whens,
        groups: &Groups<'_>,
    ) {
        let mut left = limits::COVER_STEPS * 20;
        for index in 0..self.facts.questions.len() {
            let question = QuestionId(index as u32);
            let ids = self.facts.outcomes_of(question);
            let decided: Vec<(OutcomeId, &Prop)> = ids
                .clone()
                .filter_map(|at| match whens.get(at)? {
                    Some(Decided::When(prop)) => Some((OutcomeId(at as u32), prop)),
                    _ => None,
                })
                .collect();
            self.one_otherwise(ids, outcomes, whens);
            // What rests on its own question is a ring, which is told as one.
            let is_ring = |prop: &Prop| names_one_of(prop, &self.facts.outcomes_of(question));
            let decided: Vec<_> = decided.into_iter().filter(|(_, p)| !is_ring(p)).collect();
            for (i, (a, first)) in decided.iter().enumerate() {
                for (b, second) in &decided[i + 1..] {
                    if self.facts.is_final(*a) != self.facts.is_final(*b) {
                        continue;
                    }
                    let both = Prop::All(vec![(*first).clone(), (*second).clone()]);
                    let never = Prop::Not(Box::new(both));
                    let Some(case) = self.case(&[&never], drivers, whens, groups, &mut left) else {
                        continue;
                    };
                    self.twice(&outcomes[*a], &outcomes[*b], &case);
                    break;
                }
            }
            self.nothing(question, outcomes, drivers, whens, groups, &mut left);
        }
    }

    /// Reports a second outcome that is so where no other `when:` holds.
    fn one_otherwise(
        &mut self,
        mut ids: std::ops::Range<usize>,
        outcomes: &Table<OutcomeId, Outcome>,
        whens: &Whens,
    ) {
        let is_last = |at: &usize| matches!(whens.get(*at), Some(Some(Decided::Otherwise)));
        let Some(first) = ids.find(is_last) else {
            return;
        };
        let first = &outcomes[OutcomeId(first as u32)].name;
        for at in ids.filter(is_last) {
            let name = &outcomes[OutcomeId(at as u32)].name;
            self.report(
                Diagnostic::new(
                    &rules::DECIDED_TWICE,
                    name.span,
                    format!(
                        "`{}` and `{}` are both what is left over",
                        first.node, name.node
                    ),
                )
                .label("`when: otherwise` again")
                .other(first.span, "`when: otherwise` first")
                .help(format!(
                    "one outcome of a question is so: say when `{}` is, as in `when: a and not b`, or make the two one \
                     outcome",
                    name.node
                )),
            );
        }
    }

    /// A case in which none of the conditions holds, in words; nothing where there is none or too many.
    fn case(
        &mut self,
        conditions: &[&Prop],
        drivers: &[Driver],
        whens: &Whens,
        groups: &Groups<'_>,
        left: &mut usize,
    ) -> Option<String> {
        let mut search = Search::new(drivers, whens, groups, self.facts, conditions);
        let found = search.uncovered(conditions, (*left).min(limits::COVER_STEPS));
        *left = left.saturating_sub(search.steps());
        Some(search.words(&found.ok()??, self.facts))
    }

    fn twice(&mut self, first: &Outcome, second: &Outcome, case: &str) {
        let (a, b) = (&first.name.node, &second.name.node);
        self.report(
            Diagnostic::new(
                &rules::DECIDED_TWICE,
                second.name.span,
                format!("`{a}` and `{b}` are both decided where {case}"),
            )
            .label("decided here too")
            .other(first.name.span, "decided first")
            .help(format!(
                "one outcome of a question is so: exclude the case, as in `when: … and not …`, or say that it \
                 cannot be with `exclusive` or `implies`; `when: otherwise` is where no other `when:` holds. \
                 The case: {case}"
            )),
        );
    }

    /// Reports cases in which a question has no outcome: nothing decided, and none judged that is not final.
    fn nothing(
        &mut self,
        question: QuestionId,
        outcomes: &Table<OutcomeId, Outcome>,
        drivers: &[Driver],
        whens: &Whens,
        groups: &Groups<'_>,
        left: &mut usize,
    ) {
        let ids = self.facts.outcomes_of(question);
        let mut conditions = Vec::new();
        let mut last = None;
        for at in ids {
            let id = OutcomeId(at as u32);
            let is_decided = self.facts.is_decided(id);
            match (whens.get(at).and_then(Option::as_ref), is_decided) {
                (Some(Decided::Otherwise), _) => return,
                (Some(Decided::When(prop)), _) => {
                    conditions.push(prop);
                    last = Some(id);
                }
                // Its `when:` is broken.
                (None, true) => return,
                (None, false) if !self.facts.is_final(id) => return,
                (None, false) => {}
            }
        }
        let Some(last) = last else { return };
        let Some(case) = self.case(&conditions, drivers, whens, groups, left) else {
            return;
        };
        let name = &outcomes[last].name;
        self.report(
            Diagnostic::new(
                &rules::MISSING_OTHERWISE,
                name.span,
                format!("no outcome is so where {case}"),
            )
            .label("nothing is decided there, and no outcome is left to be judged")
            .help("add an outcome for all other cases: `outcome other \"Anything else\" { when: otherwise }`"),
        );
    }
}

/// Whether a proposition names one of these outcomes.
fn names_one_of(prop: &Prop, ids: &std::ops::Range<usize>) -> bool {
    match prop {
        Prop::Outcome(id) => ids.contains(&(id.0 as usize)),
        Prop::Is(_) | Prop::Reaches(..) => false,
        Prop::Not(inner) => names_one_of(inner, ids),
        Prop::All(parts) | Prop::Any(parts) | Prop::AtLeast(_, parts) => {
            parts.iter().any(|part| names_one_of(part, ids))
        }
    }
}

fn has_not(prop: &Prop) -> bool {
    match prop {
        Prop::Is(_) | Prop::Outcome(_) | Prop::Reaches(..) => false,
        Prop::Not(_) => true,
        Prop::All(parts) | Prop::Any(parts) | Prop::AtLeast(_, parts) => parts.iter().any(has_not),
    }
}

/// Where the first `not` of a proposition stands.
fn not_span(prop: &ast::Prop) -> Option<crate::text::source::Span> {
    match &prop.kind {
        PropKind::Name(_) | PropKind::Compared(..) => None,
        PropKind::Not(_) => Some(prop.span),
        PropKind::And(parts) | PropKind::Or(parts) | PropKind::AtLeast(_, parts) => {
            parts.iter().find_map(not_span)
        }
    }
}
