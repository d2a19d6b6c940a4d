//! What a piece means, as a text that is the same for the same meaning.
//!
//! In: a piece and the horizons that it may speak of. Out: a text for comparing, not for people:
//! spans, layout and the order in which it does not matter are left out.

use super::slots::{Piece, default};
use crate::admiralty;
use crate::syntax::ast::{
    At, ByTime, Chance, ChanceRow, Decides, Guard, Once, Point, Preposition, PriorValue, Prop,
    PropKind, Spread, Step, Timed, When,
};
use std::collections::BTreeSet;
use std::fmt::{Debug, Write};

/// What a text may depend on besides the piece.
pub(super) struct Context<'a> {
    /// The horizons of both sides' first files.
    pub(super) horizons: &'a BTreeSet<String>,
    /// This side's horizon, where it has a single one.
    pub(super) only: Option<&'a str>,
    /// This side's final outcomes.
    pub(super) finals: &'a BTreeSet<String>,
}

/// The text of a piece; `lasting` tells rows of an event from those of a factor.
pub(super) fn canon(piece: &Piece, lasting: bool, context: &Context<'_>) -> String {
    match piece {
        Piece::AsOf(date) => date.node.last().to_string(),
        Piece::Name(name) => name.node.clone(),
        Piece::Scale(s) => words(s.words.iter().map(|(w, band)| (&w.node, &band.node))),
        Piece::Strengths(s) => words(s.words.iter().map(|(w, s)| (&w.node, &s.node))),
        Piece::Horizon(h) => format!("{:?}", h.period.node),
        Piece::Outcome(o) => {
            let when = match &o.when {
                None => String::new(),
                Some(Decides::Otherwise(_)) => " otherwise".to_owned(),
                Some(Decides::When(when)) => format!(" when {}", prop(when)),
            };
            let value = o.value.iter().map(|v| format!(" value {v:?}"));
            let value: String = value.collect();
            format!("final: {}{when}{value}", o.is_final.is_some())
        }
        // Its parts have slots of their own.
        Piece::Question(_) => String::new(),
        Piece::Condition(c) => prop(&c.prop),
        Piece::Quantity(q) => {
            let stated = q.stated.iter().map(|s| {
                let points = s.points.iter().map(|p| match p {
                    Point::Spread(s) => spread(&s.node),
                    Point::Below { share, at, .. } => format!("{share} below {at:?}"),
                });
                let horizon = s.horizon.as_ref().map(|h| &h.node);
                format!("{horizon:?} {}", set(points))
            });
            let unit = q.unit.as_ref().map(|u| &u.node);
            let shape = q.shape.as_ref().map(|s| &s.node);
            format!("{unit:?} {shape:?} {:?} {}", q.cuts, set(stated))
        }
        Piece::Moves(moves) => {
            let each = moves.iter().map(|m| {
                let values = m.values.entries.iter().map(|e| {
                    let at = e.at.as_ref().map(|at| match &at.when {
                        When::Horizon(name) => name.node.clone(),
                        _ => String::new(),
                    });
                    format!("{} {at:?}", spread(&e.value.node))
                });
                let wrong = m.if_wrong.is_some();
                format!("{} {wrong} {}", m.quantity.node, set(values))
            });
            set(each)
        }
        Piece::Implies(_) => String::new(),
        Piece::Once(rows) => {
            let step = |s: &Step| {
                let within = s.within.as_ref().map(|w| &w.node);
                format!("{:?} {within:?}", s.chance.node)
            };
            let row = |o: &Once| {
                let steps = set(o.steps.iter().map(step));
                format!("once {}: {steps}", prop(&o.trigger))
            };
            rows.iter().map(row).collect::<Vec<_>>().join("\n")
        }
        Piece::Prior(p) => {
            let rows = p.rows.iter().map(|row| match &row.value {
                PriorValue::Rest(_) => (row.outcome.node.clone(), "rest".to_owned()),
                PriorValue::Chances(values) => {
                    let lasting = context.finals.contains(&row.outcome.node);
                    (row.outcome.node.clone(), chances(values, lasting, context))
                }
            });
            let rows: BTreeSet<(String, String)> = rows.collect();
            let counted = p.counts_in.iter().flat_map(|c| &c.members);
            let counted: BTreeSet<&String> = counted.map(|m| &m.node).collect();
            match counted.is_empty() {
                true => format!("{rows:?}"),
                false => format!("{rows:?} with {counted:?}"),
            }
        }
        Piece::Use(_, _, from) => from.to_string(),
        Piece::Driver(d) => d.kind.as_str().to_owned(),
        Piece::Rows(rows) => {
            let rows = rows.iter().map(|row| self::row(row, lasting, context));
            rows.collect::<Vec<_>>().join("\n")
        }
        Piece::When(when) => prop(when),
        Piece::Weight(w) => format!("{} {} {:?}", w.against, w.if_wrong.is_some(), w.value.node),
        Piece::Likelihood(l) => words(l.chances.iter().map(|(o, c)| (&o.node, &c.node))),
        Piece::Count(c) => by_horizon(&c.values, context),
        // Only what the best rating leaves of the weights moves a verdict.
        Piece::Evidence(all) => {
            let rated = all.iter().filter_map(|e| Some(e.rated.as_ref()?.node));
            format!("{:?}", admiralty::best(rated))
        }
        Piece::Exclusive(e) => set(e.members.iter().map(|m| &m.node)),
        Piece::Overlap(o) => {
            let members = set(o.members.iter().map(|m| &m.node));
            format!("{:?} {members}", o.share.node)
        }
        Piece::Order => String::new(),
    }
}

/// One row of an event or factor.
pub(super) fn row(row: &ChanceRow, lasting: bool, context: &Context<'_>) -> String {
    let values = chances(&row.values, lasting, context);
    format!("{}: {values}", guard(&row.guard))
}

/// When a row is in force.
pub(super) fn guard(guard: &Guard) -> String {
    match guard {
        // One is written for the other, as rows beside it ask.
        Guard::Plain | Guard::Otherwise => "otherwise".to_owned(),
        Guard::Given(given) => format!("given {}", prop(given)),
    }
}

/// A list of chances.
pub(super) fn chances(values: &ByTime<Chance>, lasting: bool, context: &Context<'_>) -> String {
    if !lasting {
        return by_horizon(values, context);
    }
    let entry = |e: &Timed<Chance>| {
        let at = match (&e.at, context.only) {
            (Some(at), _) => time(at),
            (None, Some(only)) if !is_rate(&e.value.node) => format!("by {only}"),
            (None, _) => String::new(),
        };
        format!("{at} {:?}", e.value.node)
    };
    set(values.entries.iter().map(entry))
}

fn is_rate(chance: &Chance) -> bool {
    matches!(
        chance,
        Chance::PerYear(_)
            | Chance::PerYearRange(..)
            | Chance::PerYearWide(_)
            | Chance::Times { .. }
    )
}

/// A list of values that hold in each horizon, spelt out.
fn by_horizon<T: Debug>(values: &ByTime<T>, context: &Context<'_>) -> String {
    let mut out = String::new();
    let rest = default(values);
    for horizon in context.horizons {
        let value = at(values, horizon).or(rest);
        let _ = write!(out, "{horizon}: {:?}, ", value.map(|v| &v.node));
    }
    out
}

/// The value stated for a horizon by its name.
pub(super) fn at<'a, T>(
    values: &'a ByTime<T>,
    horizon: &str,
) -> Option<&'a crate::syntax::ast::Spanned<T>> {
    let names = |at: &At| matches!(&at.when, When::Horizon(name) if name.node == horizon);
    let mut entries = values.entries.iter();
    let found = entries.find(|e| e.at.as_ref().is_some_and(names))?;
    Some(&found.value)
}

/// `by long`
pub(super) fn time(at: &At) -> String {
    let preposition = match at.preposition.node {
        Preposition::By => "by",
        Preposition::In => "in",
    };
    match &at.when {
        When::Now(_) => format!("{preposition} now"),
        When::Horizon(name) => format!("{preposition} {}", name.node),
        When::Date(date) => format!("{preposition} {}", date.node),
    }
}

fn spread(spread: &Spread) -> String {
    format!("{:?} {:?} {}", spread.centre, spread.ends, spread.level)
}

/// A proposition in which the order of parts and parentheses without effect do not show.
pub(super) fn prop(prop: &Prop) -> String {
    match &prop.kind {
        PropKind::Name(name) => name.clone(),
        PropKind::Compared(name, with) => format!("{} {with}", name.node),
        PropKind::Not(inner) => format!("not ({})", self::prop(inner)),
        PropKind::And(all) => format!("({})", sorted(all).join(" and ")),
        PropKind::Or(all) => format!("({})", sorted(all).join(" or ")),
        PropKind::AtLeast(least, all) => {
            format!("at least {} of ({})", least.node, sorted(all).join(", "))
        }
    }
}

fn sorted(all: &[Prop]) -> Vec<String> {
    let mut texts: Vec<String> = all.iter().map(prop).collect();
    texts.sort();
    texts
}

fn set<T: Ord + Debug>(items: impl Iterator<Item = T>) -> String {
    let mut items: Vec<T> = items.collect();
    items.sort();
    format!("{items:?}")
}

fn words<'a, T: Debug + 'a>(words: impl Iterator<Item = (&'a String, &'a T)>) -> String {
    set(words.map(|(word, value)| format!("{word}: {value:?}")))
}
