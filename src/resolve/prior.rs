//! The prior: a curve for each final outcome, a share in each horizon for the others, and `rest`.
//!
//! In: a question's priors as written, each a row that may have a condition. Out: [`PriorRow`]s whose
//! chances sum to 100% in every horizon; what whole per cents miss by is made good by scaling the
//! outcomes that are not final, and said.

use super::assessment::{Clause, OutcomeId, Prior, PriorOf, Prop, QuestionId};
use super::figures::percent;
use super::names::Reader;
use crate::diag::rules;
use crate::diag::{Diagnostic, suggest};
use crate::syntax::ast::{self, Guard, PriorRow, PriorValue};
use crate::text::source::Span;
use jiff::civil::Date;

/// What reading a prior needs to know of its question.
#[derive(Debug, Clone, Copy)]
pub(super) struct Of<'a> {
    pub(super) question: QuestionId,
    pub(super) as_of: Option<Date>,
    /// What stands behind the keys of its clauses: nothing, or ` given a`.
    pub(super) row: &'a str,
}

impl Reader<'_> {
    /// The priors of a question, those with a condition first; nothing where one of them is wrong.
    pub(super) fn prior_rows(
        &mut self,
        items: &[&ast::Prior],
        question: QuestionId,
        as_of: Option<Date>,
        assumed: &mut Vec<String>,
    ) -> Option<Vec<super::assessment::PriorRow>> {
        let given = items.iter().find(|p| matches!(p.guard, Guard::Given(_)));
        let (mut rows, mut last) = (Vec::new(), Vec::new());
        let mut seen: Vec<(String, Span)> = Vec::new();
        let mut complete = true;
        for item in items {
            let (condition, words) = match &item.guard {
                Guard::Given(prop) => match self.prop(prop) {
                    Some(prop) => {
                        let words = format!(" given {}", prop.words(self.facts));
                        (Some(Some(prop)), words)
                    }
                    None => (None, " given".to_owned()),
                },
                Guard::Plain if given.is_some() => {
                    self.plain_prior(item, given.map(|g| g.head));
                    (Some(None), " otherwise".to_owned())
                }
                Guard::Plain => (Some(None), String::new()),
                Guard::Otherwise => (Some(None), " otherwise".to_owned()),
            };
            if let (Some(condition), Some((_, first))) = (
                &condition,
                seen.iter()
                    .find(|(w, _)| *w == words || condition.is_none() && !w.starts_with(" given")),
            ) {
                let first = *first;
                self.second_prior(item, condition.as_ref(), question, first);
                complete = false;
                continue;
            }
            if condition.is_some() {
                seen.push((words.clone(), item.head));
            }
            let row = match given {
                Some(_) => words.as_str(),
                None => "",
            };
            let of = Of {
                question,
                as_of,
                row,
            };
            let prior = self.prior(item, of, assumed);
            let (Some(given), Some(prior)) = (condition, prior) else {
                complete = false;
                continue;
            };
            let into = if given.is_some() {
                &mut rows
            } else {
                &mut last
            };
            into.push(super::assessment::PriorRow { given, prior });
        }
        rows.extend(last);
        complete.then_some(rows)
    }

    /// Reports a prior without a condition beside one that has one.
    fn plain_prior(&mut self, item: &ast::Prior, given: Option<Span>) {
        let mut found = Diagnostic::new(
            &rules::PLAIN_CHANCE_BESIDE_GIVEN,
            item.head,
            "a bare `prior` beside `given` rows reads as the overall one",
        )
        .label("meant where no `given` row holds?")
        .help("write `prior otherwise { … }` for the case that no `given` row covers")
        .fix(crate::diag::Fix::risky(
            "write `otherwise`",
            item.keyword.at_end(),
            " otherwise",
        ));
        if let Some(given) = given {
            found = found.other(given, "beside this row");
        }
        self.report(found);
    }

    fn second_prior(
        &mut self,
        item: &ast::Prior,
        condition: Option<&Prop>,
        question: QuestionId,
        first: Span,
    ) {
        let whose = match self.facts.questions.get(question.0 as usize) {
            Some(q) if !q.name.is_empty() => format!("the question `{}`", q.name),
            _ => "one file".to_owned(),
        };
        let message = match condition {
            Some(_) => format!("`{}` appears twice in {whose}", self.written(item.head)),
            None => format!("a second `prior` in {whose}"),
        };
        self.report(
            Diagnostic::new(&rules::DUPLICATE_CLAUSE, item.keyword, message)
                .label("stated again")
                .other(first, "stated first")
                .help(match condition {
                    Some(_) => "never in force: the first such row decides; keep one of the two",
                    None if whose == "one file" => "a file has one `prior`: merge the two",
                    None => "a question has one `prior`: merge the two",
                }),
        );
    }

    /// The prior; nothing where part of it is missing or wrong.
    fn prior(&mut self, item: &ast::Prior, of: Of<'_>, assumed: &mut Vec<String>) -> Option<Prior> {
        let all = self.facts.outcomes_of(of.question);
        let count = all.len();
        self.no_prior_needed(item, of.question)?;
        let mut rows: Vec<Option<&PriorRow>> = vec![None; count];
        let mut found: Vec<Option<PriorOf>> = vec![None; count];
        let mut complete = item.broken.is_empty();
        for row in &item.rows {
            let Some(id) = self.outcome(&row.outcome) else {
                complete = false;
                // The row's own values may hold further mistakes, but their kind is unknown.
                continue;
            };
            if !self.may_have_prior(id, row, of.question) {
                complete = false;
                continue;
            }
            let at = id.0 as usize - all.start;
            if let Some(first) = rows[at] {
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_CLAUSE,
                        row.outcome.span,
                        format!("the prior states `{}` twice", row.outcome.node),
                    )
                    .label("stated again")
                    .other(first.outcome.span, "stated first")
                    .help("keep one of the two"),
                );
                continue;
            }
            rows[at] = Some(row);
            found[at] = self.prior_of(id, row, of);
            complete &= found[at].is_some();
        }
        for (at, slot) in all.clone().zip(&mut found) {
            if self.facts.asked[at].decided.is_some() {
                *slot = Some(PriorOf::Decided);
            }
        }
        complete &= self.one_rest(&rows);
        complete &= self.all_there(item, &rows, all.start);
        if complete && self.facts.sound && count > 0 {
            complete = self.sums(item, &rows, all.start, of.row, &mut found, assumed);
        }
        let prose = self.prose_parts(&item.prose);
        let evidence = self.evidence(&item.evidence);
        let outcomes = found.into_iter().collect::<Option<Vec<_>>>()?;
        complete.then(|| Prior {
            span: item.span,
            title: item.title.clone(),
            outcomes,
            evidence,
            confidence: item.confidence.clone(),
            prose,
        })
    }

    /// Reports a prior where nothing is judged; nothing then.
    fn no_prior_needed(&mut self, item: &ast::Prior, question: QuestionId) -> Option<()> {
        let all = self.facts.outcomes_of(question);
        let decided = |at: usize| self.facts.asked[at].decided;
        if all.is_empty() || all.clone().any(|at| decided(at).is_none()) {
            return Some(());
        }
        let first = decided(all.start);
        let mut found = Diagnostic::new(
            &rules::WRONG_KIND,
            item.keyword,
            "every outcome of this question is decided, so that no prior is left",
        )
        .label("nothing is judged")
        .help("take the `prior` out; the events under the `when:` clauses say how likely each is");
        if let Some(first) = first {
            found = found.other(first, "decided here");
        }
        self.report(found);
        None
    }

    /// Whether an outcome may have a row in the prior of a question.
    fn may_have_prior(&mut self, id: OutcomeId, row: &PriorRow, question: QuestionId) -> bool {
        let name = &row.outcome.node;
        if let Some(when) = self.facts.asked[id.0 as usize].decided {
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    row.outcome.span,
                    format!("`{name}` is decided by its `when:` and has no prior"),
                )
                .label("the prior is about the other outcomes")
                .other(when, "decided here")
                .help("take this row out, or the `when:`; the prior says how likely the others are where nothing is decided"),
            );
            return false;
        }
        let own = self.facts.question_of(id);
        if own == question {
            return true;
        }
        let whose = match self.facts.questions[own.0 as usize].name.as_str() {
            "" => "the question at the top level".to_owned(),
            name => format!("the question `{name}`"),
        };
        let help = match self.facts.questions[own.0 as usize].name.as_str() {
            "" => "write its chance into the `prior` at the top level".to_owned(),
            _ => format!("write its chance into the `prior` of {whose}"),
        };
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                row.outcome.span,
                format!("`{name}` is an outcome of {whose}"),
            )
            .label("not of the question that this prior is about")
            .help(help),
        );
        false
    }

    fn prior_of(&mut self, id: OutcomeId, row: &PriorRow, of: Of<'_>) -> Option<PriorOf> {
        let as_of = of.as_of;
        let name = self.facts.outcome(id).0.clone();
        let what = format_args!("the prior of `{name}`");
        let key = format!("prior: {name}{}", of.row);
        match &row.value {
            PriorValue::Rest(span) => Some(PriorOf::Rest(*span)),
            PriorValue::Chances(values) if self.facts.is_final(id) => {
                let now = values
                    .entries
                    .iter()
                    .find_map(|e| match e.at.as_ref()?.when {
                        ast::When::Now(span) => Some(span),
                        _ => None,
                    });
                if let Some(span) = now {
                    self.report(
                        Diagnostic::new(
                            &rules::WRONG_KIND,
                            span,
                            format!("the final outcome `{name}` cannot have come by now"),
                        )
                        .label("the question would be settled")
                        .help("a prior is about what is to come; for a fact that is in doubt write an event with `chance: … by now`"),
                    );
                    return None;
                }
                let values = self.curve(values, &what, as_of)?;
                Some(PriorOf::Curve(Clause {
                    span: row.span,
                    key,
                    values,
                }))
            }
            PriorValue::Chances(values) => {
                let values = self.shares(values, &what, row.outcome.span)?;
                Some(PriorOf::Shares(Clause {
                    span: row.span,
                    key,
                    values,
                }))
            }
        }
    }

    fn one_rest(&mut self, rows: &[Option<&PriorRow>]) -> bool {
        let mut rests = rows.iter().flatten().filter_map(|r| match r.value {
            PriorValue::Rest(span) => Some((r, span)),
            PriorValue::Chances(_) => None,
        });
        let (Some(a), Some(b)) = (rests.next(), rests.next()) else {
            return true;
        };
        let (first, second) = if a.1 < b.1 { (a, b) } else { (b, a) };
        self.report(
            Diagnostic::new(
                &rules::DUPLICATE_CLAUSE,
                second.1,
                "only one outcome can have the rest",
            )
            .label(format!("`{}` takes it again", second.0.outcome.node))
            .other(
                first.1,
                format!("`{}` has it already", first.0.outcome.node),
            )
            .help("give all outcomes but one a chance"),
        );
        false
    }

    fn all_there(&mut self, item: &ast::Prior, rows: &[Option<&PriorRow>], first: usize) -> bool {
        let facts = self.facts;
        let missing: Vec<&str> = rows
            .iter()
            .zip(&facts.outcomes[first..])
            .zip(&facts.asked[first..])
            .filter(|((row, (name, _)), asked)| {
                row.is_none() && asked.decided.is_none() && !item.broken.contains(name)
            })
            .map(|((_, (name, _)), _)| name.as_str())
            .collect();
        if missing.is_empty() || !item.broken.is_empty() {
            return missing.is_empty();
        }
        let rest = rows
            .iter()
            .flatten()
            .any(|r| matches!(r.value, PriorValue::Rest(_)));
        let listed = suggest::list(&missing[..missing.len().min(6)], "and");
        let help = if missing.len() == 1 && !rest {
            format!("write `{}: rest` for what the others leave", missing[0])
        } else {
            "give each a chance; one outcome may have the `rest`".to_string()
        };
        self.report(
            Diagnostic::new(
                &rules::MISSING_PART,
                item.keyword,
                format!("the prior leaves out {listed}"),
            )
            .label("every outcome needs its chance before the reasons")
            .help(help),
        );
        false
    }
}

/// Where the prior of a question is missing: what stands in its place.
pub(super) fn assumed(outcomes: usize, question: &str) -> String {
    let whose = match question {
        "" => String::new(),
        name => format!(" of `{name}`"),
    };
    format!(
        "no prior{whose}: each of the {outcomes} outcomes has {} in every horizon",
        percent(1.0 / outcomes as f64)
    )
}
