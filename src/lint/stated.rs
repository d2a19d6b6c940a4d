//! The chances that an author states by judgement: in `prior`, `chance` and `holds`.
//!
//! In: an assessment. Out: one [`Stated`] a clause, in the file's order. What `count`, `overlap`,
//! `price` and `expect` say is no judgement of how likely something is, and stays out.

use crate::resolve::assessment::{
    Assessment, Curve, Driver, Evidence, Law, Number, Outcome, Prior, PriorOf, ProseParts, What,
};
use crate::text::source::Span;
use std::fmt::{self, Display, Formatter};

/// One clause that states chances.
#[derive(Debug)]
pub(crate) struct Stated<'a> {
    /// Of what, as a message says it: "the prior of `exit`".
    pub(crate) what: Of<'a>,
    /// The clause.
    pub(crate) span: Span,
    /// Its numbers, each once however many horizons it stands for; none that is a rate.
    pub(crate) numbers: Vec<&'a Number>,
    /// Its rate, where it is stated by one.
    pub(crate) rate: Option<&'a Number>,
    /// The curve, where it states a lasting thing.
    pub(crate) curve: Option<&'a Curve>,
    /// Whether it holds in some cases only: one row of several.
    pub(crate) conditional: bool,
    /// Whether its block cites a source.
    pub(crate) sourced: bool,
    /// Whether its block gives a note.
    pub(crate) noted: bool,
    /// The block of the prior whose it is.
    pub(crate) prior: Option<Span>,
}

/// What a clause states a chance of, by name; shown as a message says it.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Of<'a> {
    /// An outcome's prior.
    Prior(&'a str),
    /// An event's chance.
    Chance(&'a str),
    /// How likely a factor holds.
    Holds(&'a str),
}

impl Display for Of<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Of::Prior(name) => write!(f, "the prior of `{name}`"),
            Of::Chance(name) => write!(f, "the chance of `{name}`"),
            Of::Holds(name) => write!(f, "how likely `{name}` holds"),
        }
    }
}

impl Number {
    /// Whether it was written as one plain number: no word, no range, no count.
    pub fn is_plain(&self) -> bool {
        self.word.is_none() && self.law == Law::Fixed
    }
}

/// Every clause that states chances.
pub(crate) fn stated(assessment: &Assessment) -> Vec<Stated<'_>> {
    let mut found = Vec::new();
    for question in assessment.questions.values() {
        for row in &question.priors {
            for (of, id) in row.prior.outcomes.iter().zip(question.ids()) {
                found.extend(of_prior(&row.prior, of, &assessment.outcomes[id]));
            }
        }
    }
    for driver in assessment.drivers.values() {
        match &driver.what {
            What::Event(rows) => found.extend(rows.iter().map(|row| {
                let what = Of::Chance(&driver.name.node);
                Stated {
                    conditional: rows.iter().any(|row| row.given.is_some()),
                    ..of_curve(what, row.clause.span, &row.clause.values, of_driver(driver))
                }
            })),
            What::Factor(rows) => found.extend(rows.iter().map(|row| {
                let what = Of::Holds(&driver.name.node);
                let numbers = row.clause.values.iter();
                of_numbers(what, row.clause.span, numbers, of_driver(driver))
            })),
            What::Change { .. } | What::Assumption(_) => {}
        }
    }
    found.sort_by_key(|s| s.span);
    found
}

/// Whether a source is cited, and whether a note is given.
#[derive(Clone, Copy)]
struct Backing(bool, bool);

fn backing(prose: &ProseParts, evidence: &[Evidence]) -> Backing {
    Backing(
        prose.source.is_some() || evidence.iter().any(|e| e.source.is_some()),
        prose.note.is_some() || evidence.iter().any(|e| e.note.is_some()),
    )
}

fn of_driver(driver: &Driver) -> Backing {
    backing(&driver.prose, &driver.evidence)
}

fn of_prior<'a>(prior: &'a Prior, of: &'a PriorOf, outcome: &'a Outcome) -> Option<Stated<'a>> {
    let what = Of::Prior(&outcome.name.node);
    let backing = backing(&prior.prose, &prior.evidence);
    let mut stated = match of {
        PriorOf::Rest(_) | PriorOf::Decided => return None,
        PriorOf::Curve(clause) => of_curve(what, clause.span, &clause.values, backing),
        PriorOf::Shares(clause) => of_numbers(what, clause.span, clause.values.iter(), backing),
    };
    stated.prior = Some(prior.span);
    Some(stated)
}

fn of_curve<'a>(what: Of<'a>, span: Span, curve: &'a Curve, backing: Backing) -> Stated<'a> {
    let (numbers, rate): (Vec<&Number>, _) = match curve {
        Curve::Points(points) => (points.iter().map(|p| &p.chance).collect(), None),
        Curve::PerYear(rate) | Curve::Times(rate) => (Vec::new(), Some(rate)),
    };
    // What holds by definition is no judgement, and has no course.
    let definite = numbers.iter().any(|n| n.is_definite());
    Stated {
        rate,
        curve: (!definite).then_some(curve),
        ..of_numbers(what, span, numbers.into_iter(), backing)
    }
}

fn of_numbers<'a>(
    what: Of<'a>,
    span: Span,
    numbers: impl Iterator<Item = &'a Number>,
    backing: Backing,
) -> Stated<'a> {
    let mut once: Vec<&Number> = Vec::new();
    for number in numbers.filter(|n| !n.is_definite()) {
        if once.iter().all(|n| n.span != number.span) {
            once.push(number);
        }
    }
    Stated {
        what,
        span,
        numbers: once,
        rate: None,
        curve: None,
        conditional: false,
        sourced: backing.0,
        noted: backing.1,
        prior: None,
    }
}
