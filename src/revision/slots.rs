//! What a file says, slot by slot: each clause or item that can move a verdict, by its name.
//!
//! In: built by `collect`. Out: read by `mix`, `atoms` and `wording`. Two sides have the same thing
//! in one slot, however their files are laid out.

use crate::syntax::ast::{
    self, ByTime, ChanceRow, Condition, Count, Dated, Driver, Evidence, Horizon, Likelihood, Name,
    Once, Outcome, Prior, Prop, Question, Scale, Spanned, Strength, Strengths, Text,
};
use crate::text::source::{FileId, Span};

/// Where a thing belongs. The order is that in which edits are told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Slot {
    /// `as of:`
    AsOf,
    /// `scale:`
    ScaleName,
    /// `strengths:`
    StrengthsName,
    /// `scale house { … }`
    Scale(String),
    /// `strengths { … }`
    Strengths(Option<String>),
    /// A horizon's period.
    Horizon(String),
    /// An outcome, and whether it is final.
    Outcome(String),
    /// A question of its own.
    Question(String),
    /// An outcome of a question.
    Answer(String, String),
    /// The whole prior, at the top level and for all cases.
    Prior,
    /// Any other prior: its question, empty for the top level, and when it is in force.
    PriorRow(String, String),
    /// A named proposition.
    Condition(String),
    /// A number that is not known.
    Quantity(String),
    /// A name of another file.
    Use(String),
    /// A driver's being there, and its kind.
    Driver(String),
    /// `chance` or `holds`, all rows.
    Rows(String),
    /// `chance once …`
    Once(String),
    /// `when:`
    When(String),
    /// Driver, outcome, horizon.
    Weight(String, String, String),
    /// `likelihood:`
    Likelihood(String),
    /// A change, and what it counts.
    Count(String, String),
    /// `move …`, all of them.
    Moves(String),
    /// What is rated.
    Evidence(String),
    /// A group, by its number among both sides' groups.
    Exclusive(usize),
    /// A group, by its number among both sides' groups.
    Overlap(usize),
    /// A chain, by its members in their order.
    Implies(Vec<String>),
    /// The order of all items.
    Order,
}

impl Slot {
    /// The driver that it belongs to.
    pub(super) fn driver(&self) -> Option<&str> {
        match self {
            Slot::Driver(d)
            | Slot::Rows(d)
            | Slot::Once(d)
            | Slot::When(d)
            | Slot::Weight(d, ..)
            | Slot::Likelihood(d)
            | Slot::Count(d, _)
            | Slot::Moves(d)
            | Slot::Evidence(d) => Some(d),
            _ => None,
        }
    }

    /// The name that stands or falls with it.
    pub(super) fn declares(&self) -> Option<&str> {
        match self {
            Slot::Scale(n)
            | Slot::Horizon(n)
            | Slot::Outcome(n)
            | Slot::Answer(_, n)
            | Slot::Question(n)
            | Slot::Condition(n)
            | Slot::Quantity(n)
            | Slot::Use(n)
            | Slot::Driver(n)
            | Slot::Strengths(Some(n)) => Some(n),
            // The rows of a prior come and go together, since they must cover every case.
            Slot::Prior => Some("the prior"),
            Slot::PriorRow(question, _) if question.is_empty() => Some("the prior"),
            _ => None,
        }
    }
}

/// What stands in a slot.
#[derive(Debug, Clone)]
pub(super) enum Piece {
    AsOf(Spanned<Dated>),
    Name(Name),
    Scale(Scale),
    Strengths(Strengths),
    Horizon(Horizon),
    Outcome(Outcome),
    /// Without its parts.
    Question(Box<Question>),
    Prior(Box<Prior>),
    Condition(Condition),
    Quantity(Box<ast::Quantity>),
    Moves(Vec<ast::Move>),
    /// The path as written, the name, and the file that it comes from.
    Use(Text, Name, usize),
    /// Without its parts.
    Driver(Box<Driver>),
    Rows(Vec<ChanceRow>),
    Once(Vec<Once>),
    When(Prop),
    Weight(WeightAt),
    Likelihood(Likelihood),
    Count(Count),
    Evidence(Vec<Evidence>),
    Exclusive(ast::Exclusive),
    Overlap(ast::Overlap),
    Implies(ast::Implies),
    Order,
}

/// A weight for one outcome in one horizon.
#[derive(Debug, Clone)]
pub(super) struct WeightAt {
    /// The clause.
    pub(super) span: Span,
    pub(super) head: Span,
    pub(super) against: bool,
    pub(super) outcome: Name,
    pub(super) if_wrong: Option<Span>,
    pub(super) value: Spanned<Strength>,
}

impl Piece {
    /// Where it stands.
    pub(super) fn span(&self) -> Option<Span> {
        Some(match self {
            Piece::AsOf(date) => date.span,
            Piece::Name(name) => name.span,
            Piece::Scale(s) => s.span,
            Piece::Strengths(s) => s.span,
            Piece::Horizon(h) => h.span,
            Piece::Outcome(o) => o.span,
            Piece::Question(q) => q.span,
            Piece::Prior(p) => p.span,
            Piece::Condition(c) => c.span,
            Piece::Quantity(q) => q.span,
            Piece::Moves(moves) => moves.first()?.span.to(moves.last()?.span),
            Piece::Once(rows) => rows.first()?.span.to(rows.last()?.span),
            Piece::Implies(i) => i.span,
            Piece::Use(_, name, _) => name.span,
            Piece::Driver(d) => d.span,
            Piece::Rows(rows) => rows.first()?.span.to(rows.last()?.span),
            Piece::When(prop) => prop.span,
            Piece::Weight(w) => w.span,
            Piece::Likelihood(l) => l.span,
            Piece::Count(c) => c.span,
            Piece::Evidence(e) => e.first()?.span.to(e.last()?.span),
            Piece::Exclusive(e) => e.span,
            Piece::Overlap(o) => o.span,
            Piece::Order => return None,
        })
    }

    /// Tells this side's items from the other side's: items are known by their spans while resolving.
    pub(super) fn set_apart(&mut self, by: usize) {
        let span = match self {
            Piece::Scale(s) => &mut s.span,
            Piece::Strengths(s) => &mut s.span,
            Piece::Use(_, name, _) => &mut name.span,
            Piece::Driver(d) => &mut d.span,
            _ => return,
        };
        span.file = FileId(span.file.0 + by as u32);
    }
}

/// What stands in a slot on one side.
#[derive(Debug, Clone)]
pub(super) struct Held {
    pub(super) piece: Piece,
    /// What it means, as a text: two pieces with one meaning have one text.
    pub(super) canon: String,
    /// Where it stands in its own project.
    pub(super) span: Option<Span>,
}

/// A slot of some file, on both sides.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    /// The file, by its number among those of both sides.
    pub(super) file: usize,
    pub(super) slot: Slot,
    pub(super) old: Option<Held>,
    pub(super) new: Option<Held>,
    /// The place of an item when the old file's order holds, and when the new one's does.
    pub(super) rank: [(usize, usize); 2],
}

impl Entry {
    /// Whether both sides say the same here.
    pub(super) fn is_kept(&self) -> bool {
        match (&self.old, &self.new) {
            (Some(old), Some(new)) => old.canon == new.canon,
            (old, new) => old.is_none() && new.is_none(),
        }
    }
}

/// One value of a list that stands for all horizons but those named.
pub(super) fn default<T>(values: &ByTime<T>) -> Option<&Spanned<T>> {
    let entry = values.entries.iter().find(|e| e.at.is_none())?;
    Some(&entry.value)
}
