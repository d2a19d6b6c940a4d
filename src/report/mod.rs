//! Everything that a reader of an assessment wants to see, gathered once.
//!
//! In: an explained assessment, what would change its leader, what `check` finds, its files. Out: a
//! [`Report`], which the outputs draw each in its way. No clock is read: every date comes from the
//! file.

mod answer;
mod changes;
mod closing;
mod drivers;
mod highlight;
pub mod model;
mod outcomes;
mod prose;
pub mod site;

pub(crate) use answer::worded;
pub(crate) use highlight::files;
pub use model::Report;

use crate::diag::{Diagnostic, Severity};
use crate::infer::Answers;
use crate::render::explain::Explained;
use crate::render::flip::Flipped;
use crate::render::verdict::Evaluated;
use crate::resolve::assessment::{Assessment, HorizonId, Text};
use crate::resolve::table::Id;
use crate::source::Span;
use crate::syntax::Parsed;
use model::{Evidence, Place, Query, Rating, Source};

/// What a report is made of.
pub struct Input<'a> {
    /// The verdict and why it is so. Where it is sampled, nothing explains it.
    pub explained: &'a Explained,
    /// What would change the leader; none where the verdict is sampled, or it would take hours.
    pub flipped: Option<&'a Flipped>,
    /// What `check` finds.
    pub findings: &'a [Diagnostic],
    /// The files, by their ids.
    pub files: &'a [Parsed],
}

/// Gathers it.
pub fn gather(input: &Input<'_>) -> Report {
    let evaluated = &input.explained.evaluated;
    let mut gather = Gather {
        input,
        answers: Answers::knowing(&evaluated.assessment, &evaluated.verdict),
        queries: Vec::new(),
    };
    gather.report()
}

/// The work of gathering: what prose asks is collected on the way.
struct Gather<'a> {
    input: &'a Input<'a>,
    answers: Answers<'a>,
    queries: Vec<Query>,
}

impl<'a> Gather<'a> {
    fn evaluated(&self) -> &'a Evaluated {
        &self.input.explained.evaluated
    }

    fn assessment(&self) -> &'a Assessment {
        &self.evaluated().assessment
    }

    fn horizons(&self) -> impl Iterator<Item = HorizonId> + use<> {
        self.assessment().horizons.ids()
    }

    fn report(&mut self) -> Report {
        let (e, a) = (self.evaluated(), self.assessment());
        let is_explained = !self.input.explained.explanation.reasons.is_empty()
            || self.assessment().drivers.is_empty();
        let warnings = self.input.findings.iter();
        Report {
            version: 1,
            title: a.title.node.clone(),
            author: a.author.as_ref().map(|t| t.node.clone()),
            as_of: a.as_of.to_string(),
            scale: a.scale.name.clone(),
            tags: a.tags.iter().map(|t| t.node.clone()).collect(),
            place: self.place(a.span),
            context: self.prose(a.prose.context.as_ref()),
            resolves: self.prose(a.prose.resolves.as_ref()),
            note: self.prose(a.prose.note.as_ref()),
            horizons: self.horizons().map(|h| self.horizon(h)).collect(),
            answers: self.horizons().map(|h| self.answer(h)).collect(),
            outcomes: self.outcomes(),
            coverage: e.coverage(),
            prior: self.prior(),
            contributions: self.contributions(),
            left_out: (!is_explained).then(|| {
                "What each reason contributes and what would change the leader are left out: the \
                 verdict was sampled, and sampling cannot tell such small differences apart."
                    .to_owned()
            }),
            events: self.events(),
            drivers: self.drivers(),
            tipping: self.tipping(),
            tipping_notes: match self.input.flipped {
                Some(flipped) => flipped.closing(),
                None if is_explained => vec![
                    "What would change the leader is left out: so many propositions matter \
                     together that turning each number would take hours."
                        .to_owned(),
                ],
                None => Vec::new(),
            },
            changes: self.changes(),
            scenarios: self.scenarios(),
            assumptions: self.assumptions(),
            assumed: e.assumed().cloned().collect(),
            bets: self.bets(),
            sections: self.sections(),
            expectations: self.expectations(),
            resolved: self.resolved(),
            findings: self.findings(),
            notes: warnings.filter(|d| d.severity == Severity::Note).count(),
            method: self.method(),
            files: highlight::files(&e.sources, self.input.files),
            // Last, when all prose has been read.
            queries: std::mem::take(&mut self.queries),
        }
    }

    fn place(&self, span: Span) -> Place {
        let source = self.evaluated().sources.source(span.file);
        Place {
            file: span.file.0 as usize,
            line: source.position(span.start as usize).line,
        }
    }

    fn evidence(&mut self, all: &[crate::resolve::assessment::Evidence]) -> Vec<Evidence> {
        let each = all.iter().map(|evidence| Evidence {
            text: evidence.text.node.clone(),
            source: evidence.source.as_ref().map(source),
            rated: evidence.rated.as_ref().map(|rated| {
                let rating = rated.node;
                let (source, information) = crate::admiralty::words(rating);
                let discount = crate::admiralty::discount(rating);
                Rating {
                    code: format!("{}{}", rating.source, rating.information),
                    source: source.to_owned(),
                    information: information.to_owned(),
                    discount,
                    discount_text: crate::render::round::factor(discount),
                }
            }),
            dated: evidence.dated.as_ref().map(|d| d.node.to_string()),
            dated_words: evidence.dated.as_ref().map(|d| answer::in_words(d.node)),
            note: self.prose(evidence.note.as_ref()),
            place: self.place(evidence.span),
        });
        each.collect()
    }
}

/// A source; an address of the web where it is nothing else.
fn source(text: &Text) -> Source {
    let address = text.node.trim();
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    let is_web =
        scheme.is_some_and(|s| s.eq_ignore_ascii_case("http") || s.eq_ignore_ascii_case("https"));
    let is_plain = address
        .chars()
        .all(|c| c.is_ascii_graphic() || c.is_alphanumeric());
    Source {
        text: text.node.clone(),
        url: (is_web && is_plain).then(|| address.to_owned()),
    }
}

/// A number that a JSON can hold.
fn number(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}

/// The place of an id in a list by ids.
fn at<I: Id, T>(list: &[T], id: I) -> &T {
    &list[id.index()]
}
