//! The resolved assessment: every name is an id, every word a number, every horizon has dates.
//!
//! In: built by `resolve` from one file and those that it uses. Out: read by `model`, the rules and
//! the renderers. Text and spans are kept, so that each of them can say where a thing stands.

mod chances;
mod groups;
mod quantities;
mod queries;
mod questions;
mod voices;

pub use chances::{After, Chain, Condition, EventWeight, Once, Step};
pub use groups::{Exclusive, Overlap, Use, Vocabulary};
pub use quantities::{Mark, Move, Quantity, QuantityId, RiskCell, with_unit};
pub use queries::{Expect, Figured, Over, Query, Target, Test};
pub use questions::{CountsIn, Decided, Prior, PriorOf, PriorRow, Question};
pub use voices::{Judgement, Pool, Pooling, View, Viewed, Voice};

use super::ranges::Lent;
use super::table::{Table, id};
use crate::scales::Scale;
use crate::strengths::Strengths;
pub use crate::syntax::ast::{
    Confidence, Dated, DriverKind, Name, Rating, Spanned, Statistic, Text,
};
use crate::text::lang::Lang;
use crate::text::source::{FileId, Span};
use jiff::civil::Date;

id! {
    /// A horizon, from the nearest.
    HorizonId,
    /// An outcome.
    OutcomeId,
    /// An event, factor, change or assumption.
    DriverId,
    /// A scenario.
    ScenarioId,
    /// A question; the first is the one at the top level, where outcomes stand there.
    QuestionId,
    /// A named condition.
    ConditionId,
    /// A view.
    ViewId,
    /// A pool.
    PoolId,
}

/// A whole assessment, free of errors.
#[derive(Debug, Clone)]
pub struct Assessment {
    /// The file that it was read from.
    pub file: FileId,
    /// The assessment item.
    pub span: Span,
    /// The question.
    pub title: Text,
    /// Who says so.
    pub author: Option<Text>,
    /// Time 0.
    pub as_of: Date,
    /// The same as written: a month counts as its last day.
    pub as_of_dated: Dated,
    /// Where `as of` is stated.
    pub as_of_span: Option<Span>,
    /// The words of likelihood.
    pub scale: Scale,
    /// The words of strength.
    pub strengths: Strengths,
    /// `tags:`
    pub tags: Vec<Name>,
    /// `marking:` who may see it.
    pub marking: Option<Text>,
    /// `lang:` the language of its report.
    pub lang: Option<Lang>,
    /// How one would know, context, note.
    pub prose: ProseParts,
    /// At least one, in order of time. A file without any asks what is so, and has one of the name
    /// `now`, see `timeless`.
    pub horizons: Table<HorizonId, Horizon>,
    /// The file states no horizon. That of the table begins and ends on `as of`; it is counted as one
    /// day, `days` of 1, so that what is stated is drawn in it and nothing at time 0.
    pub timeless: bool,
    /// What is asked, the top level first. None where only claims are made, on events.
    pub questions: Table<QuestionId, Question>,
    /// The outcomes of all questions, in the order of these. Of each question at least two, or one
    /// beside decided ones; at least one is not final.
    pub outcomes: Table<OutcomeId, Outcome>,
    /// Events, factors, changes and assumptions, used ones at the place of their `use`.
    pub drivers: Table<DriverId, Driver>,
    /// The drivers so that whatever a row or `when` refers to stands before it.
    pub order: Vec<DriverId>,
    /// The same with the questions: whatever a thing rests on stands before it.
    pub course: Vec<Node>,
    /// Groups of events of which at most one happens.
    pub exclusives: Vec<Exclusive>,
    /// Chains of events each of which implies the next.
    pub chains: Vec<Chain>,
    /// Numbers that are not known.
    pub quantities: Table<QuantityId, Quantity>,
    /// Words of impact, the least first.
    pub impacts: Vec<Name>,
    /// Cells of likelihood against impact that have names.
    pub risks: Vec<RiskCell>,
    /// Propositions with a name.
    pub conditions: Table<ConditionId, Condition>,
    /// Groups of drivers that share evidence.
    pub overlaps: Vec<Overlap>,
    /// Scenarios.
    pub scenarios: Table<ScenarioId, Scenario>,
    /// Views. The assessment of a view has none itself.
    pub views: Table<ViewId, View>,
    /// Pools of views.
    pub pools: Table<PoolId, Pool>,
    /// Key judgements.
    pub judgements: Vec<Judgement>,
    /// Bets.
    pub bets: Vec<Bet>,
    /// Expectations.
    pub expects: Vec<Expect>,
    /// Sections of prose.
    pub sections: Vec<Section>,
    /// What came true, but for the horizons that are over.
    pub resolved: Vec<Resolved>,
    /// Horizons that are over at `as of`, in order of time: nothing is asked of them any more.
    pub past: Vec<Past>,
    /// The `use` items with what each brought.
    pub uses: Vec<Use>,
    /// A file's own scales and strengths: where they stand and whether they are in force.
    pub vocabularies: Vec<Vocabulary>,
    /// What was taken for granted, as sentences: open ends, even priors, interpolations.
    pub assumed: Vec<String>,
    /// Ranges that plain numbers have been lent, which the file does not state.
    pub lent: Option<Lent>,
}

/// What has a place in the order of things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// An event, factor, change or assumption.
    Driver(DriverId),
    /// A question with all its outcomes.
    Question(QuestionId),
}

/// The prose of one block, with placeholders resolved.
#[derive(Debug, Clone, Default)]
pub struct ProseParts {
    /// `resolves:`
    pub resolves: Option<Prose>,
    /// `context:`
    pub context: Option<Prose>,
    /// `note:`
    pub note: Option<Prose>,
    pub(crate) source: Option<Text>,
}

/// Prose with placeholders.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The string or text block, quotes included.
    pub(crate) span: Span,
    /// Text and placeholders in order.
    pub pieces: Vec<Piece>,
}

/// A piece of prose.
#[derive(Debug, Clone)]
pub enum Piece {
    /// Text as read.
    Text(Text),
    /// A number to be filled in.
    Placeholder {
        /// Braces included.
        span: Span,
        /// What is asked.
        query: Query,
        /// The word that the author expects to stand here.
        word: Option<Name>,
    },
    /// What is no chance, and has no word.
    Fact {
        /// Braces included.
        span: Span,
        /// Which.
        fact: Fact,
    },
}

/// What a placeholder may say beside a chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Fact {
    /// `{as of}`: the day that the assessment speaks of.
    AsOf,
    /// `{leader in long}`: the likeliest outcome's title.
    Leader(HorizonId),
    /// `{date of long}`: a horizon's last day.
    End(HorizonId),
    /// `{date of exit}`: the day on which something was settled.
    Settled(Dated),
    /// `{when exit}`: by when an event comes.
    EventComes(DriverId),
    /// The same of a final outcome.
    OutcomeComes(OutcomeId),
}

/// One horizon.
#[derive(Debug, Clone)]
pub struct Horizon {
    /// The whole item.
    pub span: Span,
    /// Its id.
    pub name: Name,
    /// Its title, or its id.
    pub title: String,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// t_h: days from `as of` to `to`, above 0.
    pub days: f64,
    /// Whether the end was assumed.
    pub open: bool,
}

/// One outcome.
#[derive(Debug, Clone)]
pub struct Outcome {
    /// The whole item.
    pub span: Span,
    /// Its id.
    pub name: Name,
    /// Its title, or its id.
    pub title: String,
    /// Once it has come it stays.
    pub is_final: bool,
    /// The question that it answers.
    pub question: QuestionId,
    /// What decides it; none where it is judged.
    pub decided: Option<Decided>,
    /// `value:` in its question's unit; all outcomes of a question have one, or none.
    pub value: Option<f64>,
    /// The place of its impact in [`Assessment::impacts`].
    pub impact: Option<usize>,
    /// `confidence:` as stated.
    pub confidence: Option<Spanned<Confidence>>,
    /// How one would know, note.
    pub prose: ProseParts,
}

/// The law of a number that is stated with a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Law {
    /// One number.
    Fixed,
    /// The log-odds are normal; `low` and `high` are shares of 1, the 5th and 95th percentile.
    LogitNormal {
        /// 5th percentile.
        low: f64,
        /// 95th percentile.
        high: f64,
    },
    /// The logarithm is normal; `low` and `high` are above 0.
    LogNormal {
        /// 5th percentile.
        low: f64,
        /// 95th percentile.
        high: f64,
    },
    /// The number itself is normal: a likelihood ratio in natural logarithms.
    Normal {
        /// 5th percentile.
        low: f64,
        /// 95th percentile.
        high: f64,
    },
    /// As `LogitNormal`, of two halves that meet at the point value, which is the median.
    LogitSplit {
        /// 5th percentile.
        low: f64,
        /// 95th percentile.
        high: f64,
    },
    /// As `LogNormal`, of two halves that meet at the point value, which is the median.
    LogSplit {
        /// 5th percentile.
        low: f64,
        /// 95th percentile.
        high: f64,
    },
    /// As `Normal`, of two halves that meet at the point value, which is the median.
    Split {
        /// 5th percentile.
        low: f64,
        /// 95th percentile.
        high: f64,
    },
}

/// A number as stated: its point value, its range, and the word it was said by.
#[derive(Debug, Clone, PartialEq)]
pub struct Number {
    /// What the point verdict uses: a share of 1, a rate per year, or ln of a likelihood ratio.
    pub point: f64,
    /// What the draws use.
    pub law: Law,
    /// The word of a scale or strength table, where one was written.
    pub word: Option<String>,
    /// Where it stands.
    pub span: Span,
}

/// What one driver, prior or row says over time. All of its ranges move together: `key` names the
/// random number, by what is stated and not by where, so that moving items changes nothing.
#[derive(Debug, Clone)]
pub struct Clause<T> {
    /// The whole clause.
    pub span: Span,
    /// For instance `congress weight against exit`; no two clauses of an assessment share one.
    pub key: String,
    /// The values.
    pub values: T,
}

/// The cumulative chance of a lasting thing.
#[derive(Debug, Clone)]
pub enum Curve {
    /// Stated points, in order of time, interpolated by constant hazard; flat after the last.
    Points(Vec<CurvePoint>),
    /// ρ a year: 1 − (1 − ρ)^years.
    PerYear(Number),
    /// λ times a year: 1 − e^(−λ·years).
    Times(Number),
}

/// One stated point of a curve.
#[derive(Debug, Clone)]
pub struct CurvePoint {
    /// Days from `as of`; 0 is `now`.
    pub days: f64,
    /// The horizon, where it was stated by one.
    pub horizon: Option<HorizonId>,
    /// The cumulative chance.
    pub chance: Number,
}

/// One row: `given` some proposition, or otherwise.
#[derive(Debug, Clone)]
pub struct Row<T> {
    /// The condition; none for `otherwise` and for a plain chance.
    pub given: Option<Prop>,
    /// What holds where the row is in force.
    pub clause: Clause<T>,
}

/// An event, factor, change or assumption.
#[derive(Debug, Clone)]
pub struct Driver {
    /// The whole item.
    pub span: Span,
    /// Its id.
    pub name: Name,
    /// Its title, or its id.
    pub title: String,
    /// What kind of thing it is, with what only that kind has.
    pub what: What,
    /// How it pushes outcomes; at most one for each outcome.
    pub weights: Vec<Weight>,
    /// How it pushes events; at most one for each.
    pub event_weights: Vec<EventWeight>,
    /// By how much it moves quantities; at most one for each.
    pub moves: Vec<Move>,
    /// Of an event: the place of its impact in [`Assessment::impacts`].
    pub impact: Option<usize>,
    /// The chance of seeing the evidence under each outcome of a question, instead of weights on
    /// these; at most one for each question.
    pub likelihoods: Vec<Likelihood>,
    /// Of an event: what a trigger does to it. Beside it stands at least one row, `impossible` where
    /// the file states none.
    pub once: Option<Once>,
    /// What it rests on.
    pub evidence: Vec<Evidence>,
    /// The discount of its best rated evidence, 1 where none is rated.
    pub discount: f64,
    /// `confidence:` as stated, except an assumption's.
    pub confidence: Option<Spanned<Confidence>>,
    /// `resolves:`, `note:` …
    pub prose: ProseParts,
}

/// What only one kind of driver has.
#[derive(Debug, Clone)]
pub enum What {
    /// Once true, true. Without rows it is hypothetical.
    Event(Vec<Row<Curve>>),
    /// A reason. Without rows it holds; with rows it holds in each horizon with that chance.
    Factor(Vec<Row<Vec<Number>>>),
    /// A clause that says what would change.
    Change {
        /// `when:`
        when: Prop,
        /// Where its `when` says so; none where it has none.
        stated: Option<Span>,
        /// `count …`
        counts: Vec<Count>,
    },
    /// What is taken for granted; its weights push where it is wrong.
    Assumption(Option<Spanned<Confidence>>),
}

impl Driver {
    /// Which kind.
    pub fn kind(&self) -> DriverKind {
        match self.what {
            What::Event(_) => DriverKind::Event,
            What::Factor(_) => DriverKind::Factor,
            What::Change { .. } => DriverKind::Change,
            What::Assumption(_) => DriverKind::Assumption,
        }
    }

    /// Whether it pushes an outcome by itself.
    pub fn pushes(&self) -> bool {
        !self.weights.is_empty() || !self.likelihoods.is_empty()
    }

    /// Whether it is an event without a chance.
    pub fn is_hypothetical(&self) -> bool {
        matches!(&self.what, What::Event(rows) if rows.is_empty())
    }
}

/// One push: a driver, an outcome, a strength by horizon.
#[derive(Debug, Clone)]
pub struct Weight {
    /// The outcome.
    pub outcome: OutcomeId,
    /// Whether the push is downwards.
    pub against: bool,
    /// By horizon, ln of the ratio, at least 0; none where the horizon has no value. Two outcomes
    /// of one `weight` clause share its key.
    pub clause: Clause<Vec<Option<Number>>>,
}

/// `likelihood: h1 10%, h2 60%`
#[derive(Debug, Clone)]
pub struct Likelihood {
    /// Which question's outcomes.
    pub(crate) question: QuestionId,
    /// Its judged outcomes, in order.
    pub outcomes: Vec<OutcomeId>,
    /// The chance of seeing the evidence under each of these.
    pub clause: Clause<Vec<Number>>,
}

/// `count congress: 50%`
#[derive(Debug, Clone)]
pub struct Count {
    /// The whole clause.
    pub(crate) span: Span,
    /// Whose weight is scaled.
    pub driver: DriverId,
    /// By horizon, at least 0; 1 where the horizon has no value.
    pub shares: Vec<f64>,
}

/// One item of evidence.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// The whole clause.
    pub(crate) span: Span,
    /// What was seen.
    pub(crate) text: Text,
    /// Who says so.
    pub(crate) source: Option<Text>,
    /// How good it is.
    pub rated: Option<Spanned<Rating>>,
    /// When it was seen.
    pub(crate) dated: Option<Spanned<Dated>>,
    pub(crate) note: Option<Prose>,
}

/// A proposition: an event has happened, a factor holds, a change's `when` holds, an assumption
/// holds, an outcome is so.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Prop {
    /// The driver's own truth.
    Is(DriverId),
    /// A final outcome has come, or another is so at the horizon's end. At time 0 none is.
    Outcome(OutcomeId),
    /// A quantity is at least so much in the horizon. At time 0 it is not.
    Reaches(QuantityId, Mark),
    /// Negation.
    Not(Box<Prop>),
    /// All of them.
    All(Vec<Prop>),
    /// Any of them.
    Any(Vec<Prop>),
    /// At least so many of them.
    AtLeast(u32, Vec<Prop>),
}

/// A scenario: an intervention.
#[derive(Debug, Clone)]
pub struct Scenario {
    /// The whole item.
    pub span: Span,
    /// Its id.
    pub name: Name,
    /// Its title, or its id.
    pub title: String,
    /// What is set, and to what; each thing once.
    pub sets: Vec<Set>,
    /// Outcomes that are fixed: judged ones, of each question one at most.
    pub fixes: Vec<Fix>,
    /// `note:` …
    pub prose: ProseParts,
}

/// One thing made true or false.
#[derive(Debug, Clone)]
pub struct Set {
    /// Where it stands.
    pub span: Span,
    /// An event, a factor that may not hold, or an assumption.
    pub driver: DriverId,
    /// To what.
    pub to: bool,
}

/// One judged outcome made so: a final one in every horizon, another in every horizon in which
/// nothing is decided; no other final outcome of the question is then judged to come.
#[derive(Debug, Clone)]
pub struct Fix {
    /// Where it stands.
    pub(crate) span: Span,
    pub(crate) outcome: OutcomeId,
}

/// A bet.
#[derive(Debug, Clone)]
pub struct Bet {
    /// The whole item.
    pub(crate) span: Span,
    /// Its title.
    pub title: Text,
    /// What it is on.
    pub(crate) on: Query,
    /// What a certain payout of 1 costs, 0 to 1.
    pub price: Spanned<f64>,
    /// `note:` …
    pub prose: ProseParts,
}

/// A section of prose.
#[derive(Debug, Clone)]
pub struct Section {
    /// The whole item.
    pub(crate) span: Span,
    pub(crate) title: Text,
    /// Its prose.
    pub prose: Prose,
}

/// A horizon that is over.
#[derive(Debug, Clone)]
pub struct Past {
    /// The whole item.
    pub span: Span,
    /// Its id.
    pub name: Name,
    /// Its title, or its id.
    pub title: String,
    /// The first day, where it is stated or follows from the one before.
    pub from: Option<Date>,
    /// The last day.
    pub(crate) to: Date,
    /// What came true in it.
    pub resolved: Vec<Resolved>,
}

/// What came true.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// The whole item.
    pub(crate) span: Span,
    pub(crate) what: ResolvedWhat,
    /// At which horizon; none for an event that is settled for good.
    pub horizon: Option<HorizonId>,
    /// When it was settled.
    pub(crate) on: Option<Spanned<Dated>>,
}

/// What a resolution says.
#[derive(Debug, Clone)]
pub enum ResolvedWhat {
    /// The question turned out to have no answer.
    Void,
    /// An outcome, to a share.
    Outcome {
        /// Which.
        outcome: OutcomeId,
        /// 1 unless stated.
        share: f64,
    },
    /// An event happened, or did not.
    Event {
        /// Which.
        event: DriverId,
        /// Whether it happened.
        happened: bool,
    },
    /// A quantity came to so much.
    Number {
        /// Which.
        quantity: QuantityId,
        /// How much, in its unit.
        number: f64,
    },
}
