//! Questions: their outcomes, what decides some of these, and what is thought of the others.
//!
//! In: filled by `resolve`. Out: read as parts of an [`Assessment`].

use super::{
    Assessment, Clause, Confidence, Curve, DriverId, Evidence, Name, Number, Outcome, OutcomeId,
    Prop, ProseParts, Span, Spanned, Text,
};
use std::ops::Range;

/// A question: outcomes of which exactly one is so at each horizon's end, and their prior.
#[derive(Debug, Clone)]
pub struct Question {
    /// The whole item; the assessment item for the one at the top level.
    pub span: Span,
    /// Its id; none for the one at the top level, whose key in the table is the empty name.
    pub name: Option<Name>,
    /// Its title, or its id; the assessment's title for the one at the top level.
    pub title: String,
    /// Where its outcomes stand in the assessment's table: side by side, in the file's order.
    pub outcomes: Range<u32>,
    /// What is thought before the drivers, the first row that fits being in force: those with a
    /// condition first, then the one without. Without any, even odds are assumed among the judged
    /// outcomes; with none of these there is nothing to assume.
    pub priors: Vec<PriorRow>,
    /// `counts in:` of its prior.
    pub counts_in: Option<CountsIn>,
    /// What the values of its outcomes are counted in, where they have any.
    pub unit: Option<String>,
    /// `confidence:` as stated.
    pub confidence: Option<Spanned<Confidence>>,
    /// `resolves:`, `note:`; the assessment's own stand there.
    pub prose: ProseParts,
}

impl Question {
    /// Its outcomes.
    pub fn ids(
        &self,
    ) -> impl DoubleEndedIterator<Item = OutcomeId> + ExactSizeIterator + Clone + use<> {
        self.outcomes.clone().map(OutcomeId)
    }

    /// Whether an outcome is one of its.
    pub fn has(&self, outcome: OutcomeId) -> bool {
        self.outcomes.contains(&outcome.0)
    }

    /// The position of one of its outcomes among them.
    pub fn place(&self, outcome: OutcomeId) -> usize {
        (outcome.0 - self.outcomes.start) as usize
    }

    /// The prior that is in force where no condition holds: the only one of most questions.
    pub fn plain_prior(&self) -> Option<&Prior> {
        self.priors.last().map(|row| &row.prior)
    }
}

/// One row of a prior: `prior given P { … }`, `prior otherwise { … }`, or the only one.
#[derive(Debug, Clone)]
pub struct PriorRow {
    /// The condition; none for `otherwise` and for a plain prior. Where each row has one, they
    /// cover every state that can happen.
    pub(crate) given: Option<Prop>,
    /// What is thought where it is in force, at both ends of the horizon.
    pub prior: Prior,
}

/// What is thought before the drivers.
#[derive(Debug, Clone)]
pub struct Prior {
    /// The whole item.
    pub(crate) span: Span,
    pub(crate) title: Option<Text>,
    /// For each outcome of the question, by its place in it.
    pub outcomes: Vec<PriorOf>,
    /// Evidence given for it.
    pub(crate) evidence: Vec<Evidence>,
    /// `confidence:` as stated.
    pub(crate) confidence: Option<Spanned<Confidence>>,
    /// `note:`, `source:`
    pub prose: ProseParts,
}

/// What a prior says of one outcome.
#[derive(Debug, Clone)]
pub enum PriorOf {
    /// What the others leave, in every horizon.
    Rest(Span),
    /// A final outcome's cumulative chance.
    Curve(Clause<Curve>),
    /// Another outcome's share in each horizon.
    Shares(Clause<Vec<Number>>),
    /// A decided outcome: the prior is about the others, where nothing is decided.
    Decided,
}

/// What decides an outcome, which then has no prior and takes no weight.
#[derive(Debug, Clone, PartialEq)]
pub enum Decided {
    /// `when: PROPOSITION`. A final outcome's is built without `not` from lasting things.
    When(Prop),
    /// `when: otherwise`: where no other `when` of the question holds.
    Otherwise,
}

/// `counts in: eruption, ceasefire`: drivers whose pushes the stated prior has in it already.
#[derive(Debug, Clone)]
pub struct CountsIn {
    /// The whole clause.
    pub(crate) span: Span,
    /// The drivers, each of which pushes an outcome of the question; those of `all` spelled out.
    pub(crate) members: Vec<DriverId>,
    /// Whether `all` was written.
    pub all: bool,
}

impl Assessment {
    /// The prior of the first question, as it is where no condition of it holds.
    pub fn prior(&self) -> Option<&Prior> {
        self.questions.values().next()?.plain_prior()
    }

    /// The first question's outcomes, which [`Self::prior`] is about.
    pub fn first_outcomes(
        &self,
    ) -> impl DoubleEndedIterator<Item = (OutcomeId, &Outcome)> + ExactSizeIterator {
        let first = self.questions.values().next();
        let count = first.map_or(0, |q| q.outcomes.len());
        self.outcomes.iter().take(count)
    }

    /// The priors of all questions, row by row.
    pub fn priors(&self) -> impl Iterator<Item = &Prior> {
        let rows = self.questions.values().flat_map(|q| &q.priors);
        rows.map(|row| &row.prior)
    }

    /// The condition that a proposition of several names is, for those who say it.
    pub fn condition_of(&self, prop: &Prop) -> Option<&str> {
        if self.conditions.is_empty()
            || matches!(prop, Prop::Is(_) | Prop::Outcome(_) | Prop::Reaches(..))
        {
            return None;
        }
        let found = self.conditions.values().find(|c| c.prop == *prop);
        found.map(|c| c.name.node.as_str())
    }

    /// The question of an outcome.
    pub fn question_of(&self, outcome: OutcomeId) -> &Question {
        &self.questions[self.outcomes[outcome].question]
    }
}
