//! Everything that a reader of an assessment wants to see, gathered once.
//!
//! In: an explained assessment, what would change its leader, what `check` finds, its files. Out: a
//! [`Report`], which the outputs draw each in its way. No clock is read: every date comes from the
//! file.

mod answer;
pub(crate) mod brief;
mod changes;
mod closing;
mod drivers;
mod highlight;
pub mod model;
mod outcomes;
mod prose;
pub mod site;
mod sources;
mod voices;

#[cfg(feature = "html")]
pub(crate) use answer::worded;
#[cfg(feature = "cli")]
pub(crate) use highlight::files;
pub use model::Report;

use crate::diag::{Diagnostic, Severity};
use crate::infer::Answers;
use crate::phrases::Phrases;
use crate::render::explain::Explained;
use crate::render::flip::Flipped;
use crate::render::verdict::{Evaluated, set_list};
use crate::resolve::assessment::{Assessment, DriverId, HorizonId, QuestionId, Scenario, Text};
use crate::resolve::table::Id;
use crate::syntax::Parsed;
use crate::text::lang::Lang;
use crate::text::source::Span;
use model::{Evidence, Place, Query, QuestionOf, Rating, Source, Under, WhatIf};

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
    /// `--vague`: half the width in decibans of ranges that were lent.
    pub vague: Option<f64>,
    /// The language of what is said in between.
    pub lang: Lang,
    /// Whose report it is.
    pub house: &'a House,
}

/// Whose reports they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct House {
    /// Its name.
    pub(crate) organisation: Option<String>,
    /// Its sign, as an address that holds the whole picture: `data:image/png;base64,…`.
    pub(crate) logo: Option<String>,
}

/// Gathers it.
pub fn gather(input: &Input<'_>) -> Report {
    let evaluated = &input.explained.evaluated;
    let mut gather = Gather {
        input,
        answers: Answers::knowing(&evaluated.assessment, &evaluated.verdict),
        say: Phrases::of(input.lang),
        beside: input.explained.beside_pushes(&[]),
        queries: Vec::new(),
    };
    gather.report()
}

/// The work of gathering: what prose asks is collected on the way.
struct Gather<'a> {
    input: &'a Input<'a>,
    answers: Answers<'a>,
    /// What it says in its language.
    say: &'static Phrases,
    /// The drivers that play a part beside pushing.
    beside: Vec<DriverId>,
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

    /// The first question, as far as there is one.
    fn first(&self) -> Option<QuestionId> {
        self.assessment().questions.ids().next()
    }

    /// The `question` blocks.
    fn questions(&mut self) -> Vec<QuestionOf> {
        let all = self.assessment().questions.iter();
        let each = all.filter_map(|(id, question)| {
            let outcomes = question.ids();
            Some(QuestionOf {
                id: question.name.as_ref()?.node.clone(),
                title: question.title.clone(),
                resolves: self.prose(question.prose.resolves.as_ref()),
                note: self.remarks(&question.prose),
                outcomes: outcomes
                    .map(|o| self.evaluated().outcome_name(o).to_owned())
                    .collect(),
                answers: self.answers(id),
                tipping: match self.first() == Some(id) {
                    true => Vec::new(),
                    false => self.tipping(id),
                },
            })
        });
        each.collect()
    }

    /// Quantities and values, with what is said of them.
    fn numbers(&mut self) -> Vec<model::Number> {
        let e = self.evaluated();
        let mut all = e.number_tables(self.say);
        let values = all.len() - e.verdict.quantities.len().min(all.len());
        for (number, found) in all.iter_mut().skip(values).zip(&e.verdict.quantities) {
            let prose = &e.assessment.quantities[found.quantity].prose;
            number.note = self.prose(prose.resolves.as_ref());
            number.note.0.extend(self.remarks(prose).0);
        }
        all
    }

    fn report(&mut self) -> Report {
        let (e, a) = (self.evaluated(), self.assessment());
        let is_explained = !self.input.explained.explanation.reasons.is_empty()
            || self.assessment().drivers.is_empty();
        let warnings = self.input.findings.iter();
        let is_asked = e.asked.under.is_some();
        let is_edited = e.asked.edits();
        let mut report = Report {
            version: 2,
            title: a.title.node.clone(),
            author: a.author.as_ref().map(|t| t.node.clone()),
            lang: self.input.lang.code().to_owned(),
            marking: a.marking.as_ref().map(|t| t.node.clone()),
            organisation: self.input.house.organisation.clone(),
            logo: self.input.house.logo.clone(),
            under: self.under(),
            what_if: self.what_if(),
            as_it_stands: self.as_it_stands(),
            as_of: a.as_of.to_string(),
            as_of_words: self.say.dated(a.as_of_dated),
            scale: a.scale.name.clone(),
            tags: a.tags.iter().map(|t| t.node.clone()).collect(),
            place: self.place(a.span),
            context: self.prose(a.prose.context.as_ref()),
            resolves: self.prose(a.prose.resolves.as_ref()),
            note: self.prose(a.prose.note.as_ref()),
            horizons: self.horizons().map(|h| self.horizon(h)).collect(),
            answers: self.first().map_or(Vec::new(), |id| self.answers(id)),
            judgements: self.judgements(),
            voices: self.voices(),
            questions: self.questions(),
            outcomes: self.outcomes(),
            coverage: e.coverage(self.say),
            prior: self.prior(),
            rows: self.prior_rows(),
            contributions: self.contributions(),
            pushed: self.pushed(),
            left_out: (!is_explained).then(|| self.say.get("left_out").to_owned()),
            numbers: self.numbers(),
            matrices: self.evaluated().matrices(self.say),
            events: self.events(),
            drivers: self.drivers(),
            tipping: self.first().map_or(Vec::new(), |id| self.tipping(id)),
            tipping_notes: match self.input.flipped {
                Some(flipped) => {
                    let lines = flipped.closing();
                    lines.iter().map(|s| self.say.told(s)).collect()
                }
                None if is_explained => vec![self.say.get("tipping_left_out").to_owned()],
                None => Vec::new(),
            },
            changes: self.changes(),
            // Others would come on top of the one that is asked for.
            scenarios: match is_asked {
                true => Vec::new(),
                false => self.scenarios(),
            },
            assumptions: self.assumptions(),
            sources: Vec::new(),
            assumed: e.assumed().map(|s| self.say.told(s)).collect(),
            bets: self.bets(),
            sections: self.sections(),
            // They are about the verdict as it stands.
            expectations: match is_asked || is_edited {
                true => Vec::new(),
                false => self.expectations(),
            },
            resolved: self.resolved(),
            findings: self.findings(),
            notes: warnings.filter(|d| d.severity == Severity::Note).count(),
            method: self.method(),
            files: highlight::files(&e.sources, self.input.files),
            // Last, when all prose has been read.
            queries: std::mem::take(&mut self.queries),
        };
        report.sources = sources::list(&report, self.say.get("prior"));
        report
    }

    /// What was made so, by its title and as written; none where the verdict is as it stands.
    fn under(&self) -> Option<Under> {
        let asked = &self.evaluated().asked;
        let scenario = asked.under?;
        let stated = &self.assessment().scenarios[scenario];
        Some(Under {
            title: stated.title.clone(),
            sets: self.sets(stated),
        })
    }

    /// What a scenario sets, as written.
    fn sets(&self, scenario: &Scenario) -> String {
        let sets = scenario.sets.iter().map(|s| (s.driver, s.to));
        set_list(self.assessment(), &sets.collect::<Vec<_>>())
    }

    /// What the file is taken to say in place of what it says.
    fn what_if(&self) -> Vec<WhatIf> {
        let (asked, a) = (&self.evaluated().asked, self.assessment());
        let one = |kind: &str, text: String| WhatIf {
            kind: kind.to_owned(),
            text,
        };
        let with = asked.with.iter().map(|clause| one("with", clause.clone()));
        let left_out = asked.without.iter();
        let left_out = left_out.map(|d| one("without", a.drivers[*d].title.clone()));
        let vague = self.input.vague.map(|db| {
            let db = self.say.number(&db.to_string());
            one("vague", format!("± {db} dB"))
        });
        let view = asked.view.iter().map(|v| one("view", v.title.clone()));
        view.chain(with).chain(left_out).chain(vague).collect()
    }

    /// Who leads as the file stands, where it is taken otherwise.
    fn as_it_stands(&self) -> Vec<String> {
        let (e, a) = (self.evaluated(), self.assessment());
        let is_edited = e.asked.edits();
        let Some(base) = e.verdict.base.as_ref().filter(|_| is_edited) else {
            return Vec::new();
        };
        let each = self.horizons().zip(base).map(|(h, before)| {
            let share = before.outcomes[before.leader.index()].value;
            let percent = crate::text::round::percent_in(&a.scale, share);
            let gaps = [
                ("horizon", a.horizons[h].title.as_str()),
                ("leader", &self.say.quote(&e.outcome(before.leader).title)),
                ("chance", &self.say.number(&percent)),
            ];
            self.say.fill("what_if_before", &gaps)
        });
        each.collect()
    }

    fn place(&self, span: Span) -> Place {
        // What stands in an argument is in no file of the page.
        let is_shown = (span.file.0 as usize) < self.input.files.len();
        let span = if is_shown {
            span
        } else {
            self.assessment().span
        };
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
                let source = match rating.source.to_ascii_lowercase() {
                    letter @ 'a'..='e' => format!("rating_source_{letter}"),
                    _ => "rating_source_f".to_owned(),
                };
                let information = format!("rating_information_{}", rating.information.clamp(1, 6));
                let discount = crate::admiralty::discount(rating);
                Rating {
                    code: format!("{}{}", rating.source, rating.information),
                    source: self.say.get(&source).to_owned(),
                    information: self.say.get(&information).to_owned(),
                    discount,
                    discount_text: self.say.number(&crate::text::round::factor(discount)),
                }
            }),
            dated: evidence.dated.as_ref().map(|d| d.node.to_string()),
            dated_words: evidence.dated.as_ref().map(|d| self.say.dated(d.node)),
            note: self.prose(evidence.note.as_ref()),
            place: self.place(evidence.span),
        });
        each.collect()
    }
}

/// A source; an address where it is nothing else.
fn source(text: &Text) -> Source {
    let address = text.node.trim();
    Source {
        text: text.node.clone(),
        url: is_address(address).then(|| address.to_owned()),
    }
}

/// Whether a text is an address that a reader may follow: of the web, or of mail.
fn is_address(text: &str) -> bool {
    let begins = |scheme: &str| {
        let start = text.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && text.len() > scheme.len()
    };
    let is_plain = |c: char| c.is_ascii_graphic() || c.is_alphanumeric();
    ["https://", "http://", "mailto:"].into_iter().any(begins) && text.chars().all(is_plain)
}

/// A number that a JSON can hold.
fn number(x: f64) -> Option<f64> {
    x.is_finite().then_some(x)
}

/// The place of an id in a list by ids.
fn at<I: Id, T>(list: &[T], id: I) -> &T {
    &list[id.index()]
}
