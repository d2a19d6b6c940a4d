//! The assessment as numbers and conditions alone: no text, no spans.
//!
//! In: an [`Assessment`] free of errors. Out: a [`Model`], the structure with the recipe for each
//! number, in an order that follows from names, so that the order of a file's items changes no bit
//! of any result; and [`Numbers`], one setting of them. Nothing is inferred here.

mod after;
mod build;
pub mod condition;
pub mod curve;
mod draws;
mod numbers;
pub mod quantities;
mod rough;
mod sobol;
mod wider;

pub use after::{After, AfterSpec};
pub(crate) use draws::Draws;
pub use numbers::Numbers;

use crate::resolve::assessment::{Assessment, DriverId, OutcomeId, Prop, QuestionId};
use condition::Cond;
use curve::{CurveSpec, Value};
use std::ops::Range;

/// The structure, and how every number is drawn. Drivers and outcomes go by their place in it.
#[derive(Debug, Clone)]
pub struct Model {
    /// The outcomes, question by question: those that are not final first, then by name.
    pub(crate) outcomes: Vec<OutcomeId>,
    /// How many of them are not final.
    pub(crate) open: usize,
    /// t_0 = 0, t_1 … t_H in days.
    pub(crate) days: Vec<f64>,
    /// Every driver, by name.
    pub(crate) drivers: Vec<Driver>,
    /// The place of each of the assessment's drivers.
    pub(crate) places: Vec<usize>,
    /// The place of each of its outcomes.
    pub(crate) outcome_places: Vec<usize>,
    /// Events and random factors so that whatever a row refers to stands before it.
    pub(crate) nodes: Vec<Node>,
    /// Members of each exclusive group.
    pub(crate) exclusives: Vec<Vec<usize>>,
    /// Members of each overlap group, and the share.
    pub(crate) overlaps: Vec<(f64, Vec<usize>)>,
    /// Each outcome's prior, row by row of each question.
    pub(crate) prior: Vec<PriorSpec>,
    /// Each row of an event or factor.
    pub(crate) rows: Vec<RowSpec>,
    /// Each push of a driver.
    pub(crate) pushes: Vec<PushSpec>,
    /// Each count clause: the share of each horizon.
    pub(crate) counts: Vec<Vec<f64>>,
    /// By driver the counts by which it scales what others push.
    pub(crate) scales: Vec<Vec<usize>>,
    /// By event the drivers that push it, and the place in [`Model::pushes`].
    pub(crate) pushed_by: Vec<Vec<(usize, usize)>>,
    /// [`Model::nodes`] so that what pushes an event stands before it, too; empty where no event is pushed.
    pub(crate) pushed_nodes: Vec<Node>,
    /// How many random numbers one draw takes.
    pub(crate) slots: usize,
    /// The questions by name, the one at the top level first, and their outcomes side by side.
    pub(crate) questions: Vec<QuestionSpec>,
    /// Chains of events, the weakest first: each is implied by the next.
    pub(crate) chains: Vec<Vec<usize>>,
    /// F of each `once` row.
    pub(crate) afters: Vec<AfterSpec>,
    /// Numbers that are not known, by name.
    pub(crate) quantities: Vec<quantities::Spec>,
    /// The place of each of the assessment's quantities.
    pub(crate) quantity_places: Vec<usize>,
    /// Whether the file says what the engines for one question of the first edition do not read.
    pub(crate) wide: bool,
}

/// A question.
#[derive(Debug, Clone)]
pub struct QuestionSpec {
    /// Whose it is.
    pub(crate) id: QuestionId,
    /// The places of its outcomes: those that are not final first, then by name.
    pub(crate) outcomes: Range<usize>,
    /// How many of them are not final.
    pub(crate) open: usize,
    /// By outcome what decides it.
    pub(crate) decided: Vec<Option<Cond>>,
    /// The rows of its prior: the condition, and where its outcomes stand in [`Model::prior`].
    pub(crate) priors: Vec<(Option<Cond>, usize)>,
    /// The drivers that the prior counts in.
    pub(crate) counts_in: Vec<usize>,
}

/// What a trigger does to an event.
#[derive(Debug, Clone)]
pub struct OnceSpec {
    /// The event that sets the clock.
    pub(crate) trigger: usize,
    /// The place in [`Model::afters`].
    pub(crate) after: usize,
    /// Where the trigger is known to have come: how many days before time 0.
    pub(crate) since: Option<f64>,
}

/// A driver.
#[derive(Debug, Clone)]
pub struct Driver {
    /// Whose it is.
    pub(crate) id: DriverId,
    /// What kind of thing it is.
    pub what: What,
    /// Its rows: the condition (none for otherwise) and the place in [`Model::rows`].
    pub(crate) rows: Vec<(Option<Cond>, usize)>,
    /// The outcomes that it pushes, and the place in [`Model::pushes`].
    pub(crate) pushes: Vec<(usize, usize)>,
    /// The count clauses that scale it: the change and the place in [`Model::counts`].
    pub(crate) counted: Vec<(usize, usize)>,
    /// The events that it pushes, and the place in [`Model::pushes`].
    pub(crate) event_pushes: Vec<(usize, usize)>,
    /// The quantities that it moves, and the place in `Model::pushes`.
    pub moves: Vec<(usize, usize)>,
    /// What a trigger does to it.
    pub once: Option<OnceSpec>,
}

/// What a driver's truth is.
#[derive(Debug, Clone, PartialEq)]
pub enum What {
    /// Lasting.
    Event,
    /// An event without a chance.
    Hypothetical,
    /// A factor that may not hold, drawn anew each horizon.
    Random,
    /// A factor that holds.
    Always,
    /// True where the condition is.
    Change(Cond),
    /// Holds unless made wrong.
    Assumption,
}

/// What is drawn at once.
#[derive(Debug, Clone)]
pub struct Node {
    /// One driver, or the members of an exclusive group.
    pub(crate) members: Vec<usize>,
}

/// A row's numbers.
#[derive(Debug, Clone)]
pub enum RowSpec {
    /// An event's cumulative chance.
    Curve(CurveSpec),
    /// A factor's chance in each horizon.
    Holds(Vec<Value>),
}

impl RowSpec {
    /// Whether any of its numbers has a range.
    pub fn is_random(&self) -> bool {
        match self {
            RowSpec::Curve(curve) => curve.is_random(),
            RowSpec::Holds(values) => values.iter().any(Value::is_random),
        }
    }
}

impl PriorSpec {
    /// Whether any of its numbers has a range.
    pub fn is_random(&self) -> bool {
        match self {
            PriorSpec::Rest => false,
            PriorSpec::Curve(curve) => curve.is_random(),
            PriorSpec::Shares(values) => values.iter().any(Value::is_random),
        }
    }
}

impl PushSpec {
    /// Whether any of its numbers has a range.
    pub fn is_random(&self) -> bool {
        match self {
            PushSpec::Weight(values, _) => values.iter().flatten().any(Value::is_random),
            PushSpec::Likelihood { chances, .. } => chances.iter().any(Value::is_random),
        }
    }
}

/// An outcome's prior.
#[derive(Debug, Clone)]
pub enum PriorSpec {
    /// What the others leave.
    Rest,
    /// Cumulative.
    Curve(CurveSpec),
    /// Its share in each horizon.
    Shares(Vec<Value>),
}

/// A push in natural logarithms, before counts and overlap.
#[derive(Debug, Clone)]
pub enum PushSpec {
    /// By horizon ln of the ratio, none for no push; the sign and the discount.
    Weight(Vec<Option<Value>>, f64),
    /// ln of this outcome's likelihood less the mean over the others and itself, discounted.
    Likelihood {
        /// Every judged outcome's of the question, in the model's order.
        chances: Vec<Value>,
        /// This one, among these.
        outcome: usize,
        /// The discount.
        discount: f64,
    },
}

impl Model {
    /// The model of an assessment.
    pub fn new(assessment: &Assessment) -> Model {
        build::build(assessment)
    }

    /// Whether an assessment says what the engines for one question of the first edition do not read.
    pub fn is_wide(assessment: &Assessment) -> bool {
        wider::is_wide(assessment)
    }

    /// Whether weights on events are all that the engines of the first edition do not sum over.
    pub(crate) fn is_pushed_alone(assessment: &Assessment) -> bool {
        wider::is_pushed_alone(assessment)
    }

    /// Whether an event has happened by now.
    pub(crate) fn is_settled(assessment: &Assessment, event: DriverId) -> bool {
        wider::settled(assessment, event).is_some()
    }

    /// The key of the clause behind each random number, in the order of the numbers.
    pub fn ranges(assessment: &Assessment) -> Vec<&str> {
        build::ranges(assessment)
    }

    /// A resolved proposition over the model's drivers.
    pub fn cond(&self, prop: &Prop) -> Cond {
        build::cond(prop, &self.names())
    }

    fn names(&self) -> build::Names<'_> {
        build::Names {
            drivers: &self.places,
            outcomes: &self.outcome_places,
            quantities: &self.quantity_places,
        }
    }

    /// The drivers that move a quantity, each with the place of its push.
    pub(crate) fn movers(&self, quantity: usize) -> impl Iterator<Item = (usize, usize)> + '_ {
        let all = self.drivers.iter().enumerate();
        all.filter_map(move |(d, driver)| {
            let moved = driver.moves.iter().find(|m| m.0 == quantity)?;
            Some((d, moved.1))
        })
    }

    /// The drivers that move the quantities that a condition names.
    pub(crate) fn movers_of(&self, cond: &Cond, visit: &mut dyn FnMut(usize)) {
        cond.marks(&mut |quantity, _| self.movers(quantity).for_each(|(d, _)| visit(d)));
    }

    /// H, how many horizons there are.
    pub fn horizons(&self) -> usize {
        self.days.len() - 1
    }

    /// The place of the question that an outcome answers, by its own.
    pub(crate) fn question_of(&self, outcome: usize) -> Option<usize> {
        let mut all = self.questions.iter();
        all.position(|q| q.outcomes.contains(&outcome))
    }

    /// Whether any outcome is final.
    pub fn has_finals(&self) -> bool {
        self.open < self.outcomes.len()
    }

    /// Whether two drivers are of one group whose members exclude each other.
    pub fn exclude(&self, a: usize, b: usize) -> bool {
        let both = |g: &Vec<usize>| g.contains(&a) && g.contains(&b);
        self.exclusives.iter().any(both)
    }

    /// Whether any number has a range.
    pub fn is_random(&self) -> bool {
        self.slots > 0
    }
}
