//! Outcomes, what decides them, and questions with their priors.
//!
//! In: the first file's questions as written. Out: the tables of an assessment, with an even prior said
//! where none is stated, and the drivers that a prior counts in.

use super::Run;
use crate::diag::rules;
use crate::diag::{Diagnostic, suggest};
use crate::resolve::assessment::{
    CountsIn, Driver, DriverId, Outcome, OutcomeId, Prop, ProseParts, Question, QuestionId,
};
use crate::resolve::decided::Whens;
use crate::resolve::names::{Reader, Want};
use crate::resolve::prior;
use crate::resolve::survey::Asked;
use crate::resolve::table::Table;
use crate::syntax::ast;
use crate::text::source::Span;

/// Questions as far as they are read, and the conditions of those priors that need covering.
pub(super) struct Questions {
    pub(super) table: Table<QuestionId, Question>,
    pub(super) uncovered: Vec<(Span, Vec<Prop>)>,
}

impl<'a> Run<'a> {
    /// Resolves the outcomes of all questions, and what decides them.
    pub(super) fn outcomes(&mut self) -> (Table<OutcomeId, Outcome>, Whens) {
        let mut outcomes = Table::new();
        let mut whens = Whens::new();
        let items: Vec<&ast::Outcome> = self.surveys[0].outcomes().collect();
        for (index, item) in items.into_iter().enumerate() {
            let decided = self.reading(0, |r| r.decides(item)).flatten();
            whens.push(decided.clone());
            let impact = item.impact.as_ref();
            let impact = impact.and_then(|word| self.reading(0, |r| r.impact(word))?);
            let name = &item.name.node;
            outcomes.insert(
                name,
                Outcome {
                    span: item.span,
                    name: item.name.clone(),
                    title: item.title.as_ref().map_or(name.clone(), |t| t.node.clone()),
                    is_final: item.is_final.is_some(),
                    question: self.facts.asked[index].question,
                    decided,
                    value: item.value.as_ref().map(|v| v.number + 0.0),
                    impact,
                    confidence: item.confidence.clone(),
                    prose: ProseParts::default(),
                },
            );
        }
        (outcomes, whens)
    }

    /// Resolves the questions with their priors.
    pub(super) fn questions(&mut self, drivers: &[Driver]) -> Questions {
        let mut found = Questions {
            table: Table::new(),
            uncovered: Vec::new(),
        };
        let all: Vec<Asked<'a>> = self.surveys[0].asked().cloned().collect();
        let mut assumed = Vec::new();
        for (index, asked) in all.iter().enumerate() {
            let id = QuestionId(index as u32);
            let as_of = self.as_of;
            self.reading(0, |r| r.values(&asked.outcomes));
            let rows = self
                .reading(0, |r| r.prior_rows(&asked.priors, id, as_of, &mut assumed))
                .flatten();
            let ids = self.facts.outcomes_of(id);
            let judged = ids
                .clone()
                .filter(|at| self.facts.asked[*at].decided.is_none());
            let judged = judged.count();
            if asked.priors.is_empty() && judged > 0 {
                let name = &self.facts.questions[index].name;
                assumed.push(prior::assumed(judged, name));
            }
            if let Some(rows) = &rows
                && let Some((last, _)) = rows.split_last()
                && last.given.is_some()
            {
                let props: Vec<Prop> = rows.iter().filter_map(|r| r.given.clone()).collect();
                found.uncovered.push((asked.priors[0].keyword, props));
            }
            let counts_in = self.counts_in(asked, id, drivers);
            let item = asked.item;
            let name = item.map(|q| q.name.clone());
            let block = self.surveys[0].assessment;
            let title = match item {
                Some(q) => q
                    .title
                    .as_ref()
                    .map_or(q.name.node.clone(), |t| t.node.clone()),
                None => block.map_or_else(String::new, |b| b.title.node.clone()),
            };
            let key = name.as_ref().map_or_else(String::new, |n| n.node.clone());
            if found.table.id(&key).is_some() {
                continue;
            }
            found.table.insert(
                key,
                Question {
                    span: item.map_or_else(
                        || {
                            block
                                .map_or(Span::new(crate::text::source::FileId(0), 0, 0), |b| b.span)
                        },
                        |q| q.span,
                    ),
                    name,
                    title,
                    outcomes: ids.start as u32..ids.end as u32,
                    priors: rows.unwrap_or_default(),
                    counts_in,
                    unit: asked
                        .outcomes
                        .iter()
                        .find_map(|o| o.value.as_ref()?.unit.clone()),
                    confidence: item.and_then(|q| q.confidence.clone()),
                    prose: ProseParts::default(),
                },
            );
        }
        self.assumed.append(&mut assumed);
        found
    }

    /// What a question's prior counts in.
    fn counts_in(
        &mut self,
        asked: &Asked<'_>,
        question: QuestionId,
        drivers: &[Driver],
    ) -> Option<CountsIn> {
        let item = asked.priors.iter().find_map(|p| p.counts_in.as_ref())?;
        let rows = asked.priors.len();
        // A driver whose weights broke, or were left out, may well have pushed.
        let broke = |key: &String| key == "weight" || key == "likelihood";
        let sources = self.sources.drivers.iter();
        let broken: Vec<bool> = sources.map(|s| s.item.broken.iter().any(broke)).collect();
        self.reading(0, |r| {
            r.counts_in(item, question, rows, drivers, &|id| broken[id.0 as usize])
        })?
    }

    /// Resolves the prose of outcomes and questions, which may name anything.
    pub(super) fn prose_of_questions(
        &mut self,
        outcomes: &mut Table<OutcomeId, Outcome>,
        questions: &mut Table<QuestionId, Question>,
    ) {
        let items: Vec<&ast::Outcome> = self.surveys[0].outcomes().collect();
        for (id, item) in outcomes.ids().collect::<Vec<_>>().into_iter().zip(items) {
            let prose = self.reading(0, |r| r.prose_parts(&item.prose));
            outcomes[id].prose = prose.unwrap_or_default();
        }
        let items: Vec<&ast::Question> = self.surveys[0]
            .questions
            .iter()
            .filter_map(|a| a.item)
            .collect();
        for item in items {
            let prose = self.reading(0, |r| r.prose_parts(&item.prose));
            if let Some(id) = questions.id(&item.name.node) {
                questions[id].prose = prose.unwrap_or_default();
            }
        }
    }
}

impl Reader<'_> {
    /// The drivers that a prior counts in, each of which pushes an outcome of its question.
    fn counts_in(
        &mut self,
        item: &ast::CountsIn,
        question: QuestionId,
        rows: usize,
        drivers: &[Driver],
        broke: &dyn Fn(DriverId) -> bool,
    ) -> Option<CountsIn> {
        let facts = self.facts;
        let ids = facts.outcomes_of(question);
        let mut good = true;
        if rows > 1 {
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    item.head,
                    "a prior with conditions cannot count events in",
                )
                .label("which of the rows has them in it?")
                .help("state one `prior` without `given`, or leave `counts in` out"),
            );
            good = false;
        }
        if let Some(when) = ids.clone().find_map(|at| facts.asked[at].decided) {
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    item.head,
                    "a question with a decided outcome cannot count events in",
                )
                .label("the prior is about the other outcomes, where nothing is decided")
                .other(when, "decided here")
                .help("leave `counts in` out: what decides an outcome is in no prior"),
            );
            good = false;
        }
        let pushes = |driver: &Driver| {
            let weighs = driver
                .weights
                .iter()
                .any(|w| ids.contains(&(w.outcome.0 as usize)));
            weighs || driver.likelihoods.iter().any(|l| l.question == question)
        };
        let pushers = || {
            (0u32..)
                .map(DriverId)
                .zip(drivers)
                .filter(|(_, d)| pushes(d))
        };
        let all = match item.members.as_slice() {
            [one] => one.node == "all" && !self.scope.names.contains_key("all"),
            _ => false,
        };
        let mut members: Vec<DriverId> = Vec::new();
        if all {
            members.extend(pushers().map(|(id, _)| id));
        }
        for name in item.members.iter().filter(|_| !all) {
            let Some(id) = self.driver(name, Want::Driver) else {
                good = false;
                continue;
            };
            if members.contains(&id) {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_NAME,
                        name.span,
                        format!("`{}` appears twice in `counts in`", name.node),
                    )
                    .label("named again")
                    .help("leave one of the two out"),
                );
                continue;
            }
            let driver = &drivers[id.0 as usize];
            if !pushes(driver) && !broke(id) && !self.reports.has_errors_in(driver.span) {
                let names: Vec<&str> = pushers()
                    .map(|(_, d)| d.name.node.as_str())
                    .take(6)
                    .collect();
                let help = match names.is_empty() {
                    true => "nothing pushes an outcome of this question: leave `counts in` out"
                        .to_owned(),
                    false => format!("what pushes one: {}", suggest::list(&names, "and")),
                };
                self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        name.span,
                        format!("`{}` pushes no outcome of this question", name.node),
                    )
                    .label("it cannot be in the prior already")
                    .help(help),
                );
                good = false;
                continue;
            }
            members.push(id);
        }
        good.then_some(CountsIn {
            span: item.span,
            members,
            all,
        })
    }
}
