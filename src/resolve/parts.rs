//! What an assessment must have: a block with its date, horizons, outcomes.
//!
//! In: a survey of the first file. Out: `missing-part` for what is not there; what is there but
//! broken is no further mistake.

use super::reports::Reports;
use super::survey::{Asked, Declared, Survey};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::syntax::ast::DriverKind;
use crate::text::source::{FileId, Span};

/// Reports what is missing; whether all is there.
pub(super) fn check(survey: &Survey<'_>, is_empty: bool, reports: &mut Reports) {
    let broke = |kind: &str| survey.broken_kinds.contains(&kind);
    let start = Span::new(FileId(survey.file), 0, 0);
    if is_empty {
        reports.push(
            Diagnostic::new(&rules::MISSING_PART, start, "this file says nothing")
                .label("no assessment here")
                .help("begin with the question: `assessment \"Will …?\" { as of: 2025-03-01 }`; `assess new NAME` writes a whole file"),
        );
        return;
    }
    if survey.assessment.is_none() && !broke("assessment") {
        let changes_only = survey
            .names
            .values()
            .any(|(d, _)| matches!(d, Declared::Driver(item) if item.kind == DriverKind::Change));
        let help = if changes_only || survey.names.is_empty() {
            "begin with the question: `assessment \"Will …?\" { as of: 2025-03-01 }`"
        } else {
            "begin with the question: `assessment \"Will …?\" { as of: 2025-03-01 }`. A file for others to `use` has \
             events, factors and assumptions, and no outcome, prior, bet, `expect` or section"
        };
        reports.push(
            Diagnostic::new(
                &rules::MISSING_PART,
                start,
                "there is no `assessment` block",
            )
            .label("what is the question, and as of when?")
            .help(help),
        );
    }
    let at = survey.assessment.map_or(start, |a| a.keyword);
    if let Some(block) = survey.assessment
        && block.as_of.is_none()
        && !block.broken.iter().any(|b| b == "as of")
        && !broke("as of")
    {
        reports.push(
            Diagnostic::new(&rules::MISSING_PART, at, "the assessment does not say `as of` when")
                .label("no `as of:`")
                .help("add the day that it is made from: `as of: 2025-03-01`; horizons and rates count from there"),
        );
    }
    if survey.horizons.is_empty() && !broke("horizon") && super::times::is_timed(survey) {
        reports.push(
            Diagnostic::new(&rules::MISSING_PART, at, "there is no horizon")
                .label("by when is the question answered?")
                .help("add one or more: `horizon short \"Short term\": 0 to 6 months`"),
        );
    }
    let mut asked = survey.asked().peekable();
    // Events alone may be claims of their own.
    let claims = survey.names.values().any(
        |(d, _)| matches!(d, Declared::Driver(item) if item.kind == DriverKind::Event && !item.rows.is_empty()),
    );
    if asked.peek().is_none()
        && survey.quantities.is_empty()
        && !broke("quantity")
        && !broke("question")
        && !broke("outcome")
        && (!claims || broke("prior"))
    {
        reports.push(
            Diagnostic::new(&rules::MISSING_PART, at, "there are no outcomes")
                .label("a question has two answers or more")
                .help(OUTCOMES),
        );
    }
    for question in asked {
        one_question(question, at, survey.broken_kinds, reports);
    }
}

const OUTCOMES: &str = "add one for every way it may turn out: `outcome exit \"Full exit\"`; they must cover everything that may come";

/// What a question must have: two outcomes, not all of them final.
fn one_question(asked: &Asked<'_>, at: Span, kinds: &[&str], reports: &mut Reports) {
    if asked.broke("outcome", kinds) {
        return;
    }
    let outcomes = &asked.outcomes;
    if outcomes.len() < 2 {
        let (message, span) = match (outcomes.first(), asked.item) {
            (None, Some(item)) => (
                format!("the question `{}` has no outcomes", item.name.node),
                item.name.span,
            ),
            (None, None) => ("there are no outcomes".to_string(), at),
            (Some(one), Some(item)) => (
                format!(
                    "`{}` is the only outcome of `{}`",
                    one.name.node, item.name.node
                ),
                one.name.span,
            ),
            (Some(one), None) => (
                format!("`{}` is the only outcome", one.name.node),
                one.name.span,
            ),
        };
        reports.push(
            Diagnostic::new(&rules::MISSING_PART, span, message)
                .label("a question has two answers or more")
                .help(OUTCOMES),
        );
    } else if outcomes.iter().all(|o| o.is_final.is_some()) {
        let span = outcomes[0].is_final.unwrap_or(outcomes[0].name.span);
        reports.push(
            Diagnostic::new(&rules::MISSING_PART, span, "every outcome is final")
                .label("before any of them has come, nothing is the case")
                .help("a final outcome comes and then stays; add the one that holds until then: `outcome open \"Nothing has happened yet\"`"),
        );
    }
}
