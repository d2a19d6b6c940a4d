//! Values and impacts of outcomes, and the names of risks.
//!
//! In: clauses as written. Out: what they mean; values of one question have one unit.

use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::resolve::assessment::{QuestionId, RiskCell};
use crate::resolve::names::{Meaning, Reader};
use crate::syntax::ast::{self, Figure};

impl Reader<'_> {
    /// The question at the top level, where `value` means it.
    pub(in crate::resolve) fn asks_value(&self, name: &ast::Name) -> Option<Meaning> {
        if name.node != "value" || self.scope.names.contains_key("value") {
            return None;
        }
        let facts = &self.facts.questions;
        let top = facts.iter().position(|q| q.name.is_empty())?;
        Some(Meaning::Question(QuestionId(top as u32)))
    }

    /// The unit of a question's values; nothing, after saying so, where it has none.
    pub(in crate::resolve) fn value_unit(
        &mut self,
        question: usize,
        name: &ast::Name,
    ) -> Option<Option<String>> {
        let all = self.facts.questions[question].outcomes.clone();
        let mut valued = all.filter_map(|at| self.facts.asked[at].value.as_ref());
        if let Some(first) = valued.next() {
            return Some(first.unit.clone());
        }
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                name.span,
                format!("the outcomes of `{}` have no values", name.node),
            )
            .label("nothing to compute with")
            .help("give each of its outcomes a number: `outcome low \"Low\" { value: 60 USD }`"),
        );
        None
    }

    /// Holds the values of a question together: all outcomes or none, one unit.
    pub(in crate::resolve) fn values(&mut self, outcomes: &[&ast::Outcome]) {
        let valued: Vec<&ast::Outcome> = outcomes
            .iter()
            .copied()
            .filter(|o| o.value.is_some())
            .collect();
        let Some(first) = valued.first().and_then(|o| o.value.as_ref()) else {
            return;
        };
        for outcome in outcomes {
            let name = &outcome.name.node;
            let Some(value) = &outcome.value else {
                if !outcome.broken.iter().any(|b| b == "value") {
                    let example = Figure {
                        number: 0.0,
                        ..first.clone()
                    };
                    self.report(
                        Diagnostic::new(
                            &rules::MISSING_PART,
                            outcome.name.span,
                            format!("the outcome `{name}` has no value"),
                        )
                        .label("what is it worth?")
                        .other(first.span, "others of its question have one")
                        .help(format!(
                            "give every outcome of a question a `value:`, such as `value: {example}`, or none"
                        )),
                    );
                }
                continue;
            };
            if value.unit != first.unit {
                let unit = |f: &Figure| match &f.unit {
                    Some(unit) => format!("in {unit}"),
                    None => "without a unit".to_owned(),
                };
                let meant = Figure {
                    unit: first.unit.clone(),
                    ..value.clone()
                };
                self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        value.span,
                        format!("the value of `{name}` is {}", unit(value)),
                    )
                    .label("one question has one unit")
                    .other(first.span, format!("this one is {}", unit(first)))
                    .help(match value.unit {
                        // Only a number that has no unit may mean the same in the other's.
                        None => format!("write `value: {meant}`, if that is what it is in"),
                        Some(_) => format!("convert it, and write it {}", unit(first)),
                    }),
                );
            }
        }
    }

    /// The place of a word of `impacts`.
    pub(in crate::resolve) fn impact(&mut self, word: &ast::Name) -> Option<usize> {
        let words = &self.facts.impacts;
        if let Some(at) = words.iter().position(|w| w.node == word.node) {
            return Some(at);
        }
        let names: Vec<&str> = words.iter().map(|w| w.node.as_str()).collect();
        let near = suggest::nearest(&word.node, names.iter().copied());
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_OPTION,
            word.span,
            format!("`{}` is no impact of this file", word.node),
        )
        .label("not known here");
        found = match (near.first(), names.is_empty()) {
            (Some(near), _) => {
                let near = (*near).to_owned();
                found
                    .help(format!("did you mean `{near}`?"))
                    .fix(Fix::risky(format!("write `{near}`"), word.span, near))
            }
            (None, true) => found.help(format!(
                "say which impacts there are, the least first: `impacts {{ limited, {} }}`",
                word.node
            )),
            (None, false) => found.help(format!("write {}", suggest::list(&names, "or"))),
        };
        self.report(found);
        None
    }

    /// The cells of `risk` that have names.
    pub(in crate::resolve) fn risk(&mut self, item: &ast::Risk) -> Vec<RiskCell> {
        let mut found: Vec<RiskCell> = Vec::new();
        for cell in &item.cells {
            let impact = self.impact(&cell.impact);
            let scope = self.scope;
            let known = scope.scale.term(&cell.word.node).is_some();
            if !known {
                self.unknown_term(&cell.word.node, cell.word.span);
            }
            let (Some(impact), true) = (impact, known) else {
                continue;
            };
            let same = |c: &&RiskCell| c.impact == impact && c.word.node == cell.word.node;
            if let Some(first) = found.iter().find(same) {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        cell.span,
                        "this cell has a name already",
                    )
                    .label("named again")
                    .other(first.span, "named first")
                    .help("keep one of the two"),
                );
                continue;
            }
            found.push(RiskCell {
                span: cell.span,
                word: cell.word.clone(),
                impact,
                level: cell.level.clone(),
            });
        }
        found
    }
}
