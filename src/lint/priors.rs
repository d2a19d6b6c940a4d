//! The rows of every question's prior.
//!
//! In: an assessment. Out: one [`Row`] for each `prior` block of its own file, with what it leaves to
//! the `rest`. Nothing is judged here.

use crate::resolve::assessment::{
    Assessment, Outcome, OutcomeId, Prior, PriorOf, Prop, Question, QuestionId,
};

/// One row of a question's prior: the only one, one `given` something, or the one otherwise.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Row<'a> {
    /// The question's id.
    pub(crate) id: QuestionId,
    pub(crate) question: &'a Question,
    /// Its place among the question's rows.
    pub(crate) place: usize,
    /// Where it is in force; none for a plain prior and for `otherwise`.
    pub(crate) given: Option<&'a Prop>,
    /// What it says.
    pub(crate) prior: &'a Prior,
    assessment: &'a Assessment,
}

/// Every row, question by question.
pub(crate) fn rows(assessment: &Assessment) -> impl Iterator<Item = Row<'_>> {
    let each = assessment.questions.iter().flat_map(move |(id, question)| {
        let rows = question.priors.iter().enumerate();
        rows.map(move |(place, row)| Row {
            id,
            question,
            place,
            given: row.given.as_ref(),
            prior: &row.prior,
            assessment,
        })
    });
    each.filter(move |row| row.prior.span.file == assessment.file)
}

impl<'a> Row<'a> {
    /// Whether it holds in all cases.
    pub(crate) fn is_only(&self) -> bool {
        self.given.is_none() && self.question.priors.len() == 1
    }

    /// The question's outcomes with what the row says of each.
    pub(crate) fn each(self) -> impl Iterator<Item = (OutcomeId, &'a Outcome, &'a PriorOf)> {
        let ids = self.question.ids().zip(&self.prior.outcomes);
        ids.map(move |(id, of)| (id, &self.assessment.outcomes[id], of))
    }

    /// The outcome that has the rest.
    pub(crate) fn rest(self) -> Option<OutcomeId> {
        let mut each = self.each();
        each.find_map(|(id, _, of)| matches!(of, PriorOf::Rest(_)).then_some(id))
    }

    /// By place in the question what the row gives each outcome in each horizon, `rest` included; nothing
    /// to what is decided.
    pub(crate) fn shares(self) -> Vec<Vec<f64>> {
        let horizons = || self.assessment.horizons.values();
        let count = self.assessment.horizons.len();
        let of = self.prior.outcomes.iter().map(|of| match of {
            PriorOf::Rest(_) | PriorOf::Decided => vec![0.0; count],
            PriorOf::Curve(clause) => horizons().map(|h| clause.values.at(h.days)).collect(),
            PriorOf::Shares(clause) => clause.values.iter().map(|n| n.point).collect(),
        });
        let mut shares: Vec<Vec<f64>> = of.collect();
        if let Some(rest) = self.rest() {
            let rest = self.question.place(rest);
            for h in 0..count {
                let others: f64 = shares.iter().map(|s| s[h]).sum();
                shares[rest][h] = f64::max(1.0 - others, 0.0);
            }
        }
        shares
    }
}
