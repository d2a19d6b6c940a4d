//! Queries, what they are about, and what expectations demand of them.
//!
//! In: filled by `resolve`. Out: read as parts of an [`Assessment`].

use super::{
    Assessment, HorizonId, Name, OutcomeId, Prop, QuantityId, QuestionId, ScenarioId, Span,
    Statistic, Viewed, with_unit,
};
use crate::numeric::link;
use crate::text::decimal::{self, Exactly};

/// A question that has a number for an answer.
#[derive(Debug, Clone)]
pub struct Query {
    /// Where it stands.
    pub span: Span,
    /// As written.
    pub text: String,
    /// What is asked about.
    pub target: Target,
    /// Whether `not` stands before an outcome; propositions carry their own.
    pub negated: bool,
    /// At which horizon; with `over`, the last one named, at whose end `given` is tested.
    pub horizon: HorizonId,
    /// `in any of …`, `in every …`: the whole course is asked about.
    pub over: Option<Over>,
    /// `in h` of a single lasting thing: it came within that horizon.
    pub within: bool,
    /// Among the cases in which this holds.
    pub given: Option<Prop>,
    /// If it were so.
    pub under: Option<ScenarioId>,
    /// The view that answers it. The rest then asks nothing: what is asked is in here.
    pub viewed: Option<Box<Viewed>>,
}

impl Query {
    /// What is asked, whoever answers it.
    pub fn meant(&self) -> &Query {
        self.viewed.as_ref().map_or(self, |viewed| &viewed.query)
    }
}

/// Several horizons of one query. Of a lasting thing only `any` is asked: whether it comes in one.
#[derive(Debug, Clone, PartialEq)]
pub struct Over {
    /// Whether it must be so in every one, or in any.
    pub(crate) every: bool,
    /// Which, in order of time, each once.
    pub(crate) horizons: Vec<HorizonId>,
}

/// What a query asks about.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// An outcome.
    Outcome(OutcomeId),
    /// A proposition.
    Prop(Prop),
    /// A statistic of a number: the answer is in its unit.
    Figure(Statistic, Figured),
}

/// What has a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Figured {
    /// A quantity.
    Quantity(QuantityId),
    /// A question whose outcomes have values.
    Question(QuestionId),
}

impl Figured {
    /// Its name; `value` for the question at the top level.
    pub fn name(self, assessment: &Assessment) -> &str {
        match self {
            Figured::Quantity(id) => assessment.quantities.name(id),
            Figured::Question(id) => match &assessment.questions[id].name {
                Some(name) => &name.node,
                None => "value",
            },
        }
    }

    /// A number with its unit.
    pub(crate) fn worded(self, assessment: &Assessment, number: f64) -> String {
        with_unit(&self.figure(assessment, number), self.unit(assessment))
    }

    fn unit(self, assessment: &Assessment) -> Option<&str> {
        match self {
            Figured::Quantity(id) => assessment.quantities[id].unit.as_deref(),
            Figured::Question(id) => assessment.questions[id].unit.as_deref(),
        }
    }

    /// A number with its unit, with as many digits as tell it from those that it is held to.
    pub(crate) fn told_from(self, assessment: &Assessment, number: f64, others: &[f64]) -> String {
        let is_told = |text: &str| {
            let shown: Option<f64> = text.parse().ok();
            others.iter().all(|x| shown != Some(*x) || *x == number)
        };
        let more = (4..decimal::DIGITS).map(|n| decimal::stated(decimal::significant(number, n)));
        let mut texts = std::iter::once(self.figure(assessment, number)).chain(more);
        match texts.find(|text| is_told(text)) {
            Some(text) => with_unit(&text, self.unit(assessment)),
            None => self.worded(assessment, number),
        }
    }

    /// A number, as exactly as what is stated tells it from others: what is stated itself with all its digits.
    pub(crate) fn figure(self, assessment: &Assessment, number: f64) -> String {
        let stated = self.stated(assessment);
        let is_near = |x: f64| (x - number).abs() <= 1e-9 * x.abs();
        if let Some(x) = stated.iter().flatten().find(|x| is_near(**x)) {
            return decimal::stated(decimal::significant(*x, decimal::DIGITS));
        }
        let widths = stated.iter().filter_map(|all| {
            let (first, last) = (all.first()?, all.last()?);
            (last > first).then_some(last - first)
        });
        Exactly::within(widths.fold(f64::INFINITY, f64::min)).figure(number)
    }

    /// The numbers that are stated of it, by horizon, rising.
    fn stated(self, assessment: &Assessment) -> Vec<Vec<f64>> {
        match self {
            Figured::Quantity(id) => {
                let quantity = &assessment.quantities[id];
                let number = |g: f64| link::number(quantity.log, g);
                let each = quantity.points.iter();
                each.map(|points| points.iter().map(|p| number(p.1)).collect())
                    .collect()
            }
            Figured::Question(id) => {
                let ids = assessment.questions[id].ids();
                let mut all: Vec<f64> = ids.filter_map(|o| assessment.outcomes[o].value).collect();
                all.sort_by(f64::total_cmp);
                vec![all]
            }
        }
    }
}

/// An expectation.
#[derive(Debug, Clone)]
pub struct Expect {
    /// The whole item.
    pub span: Span,
    /// As written, without the keyword.
    pub text: String,
    /// What is asked.
    pub query: Query,
    /// What the answer must be.
    pub test: Test,
}

/// What an expectation demands.
#[derive(Debug, Clone)]
pub enum Test {
    /// Within the band of a word of the file's scale.
    Word(Name),
    /// Between two shares of 1, both included.
    Between(f64, f64),
    /// The outcome is the likeliest of all at that horizon.
    Leads,
    /// Strictly more than another answer.
    Above(Query),
    /// Strictly less than another answer.
    Below(Query),
    /// A number that lies between two others, either of which may be without bound; whether the
    /// ends themselves lie outside.
    Number {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
        /// Whether the ends lie outside.
        strict: bool,
    },
}
