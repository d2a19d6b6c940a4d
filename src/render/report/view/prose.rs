//! Prose with its numbers filled in.
//!
//! In: text and placeholders. Out: blocks, and each question that they ask, once, with its answer. The
//! word that an author expects is printed where the answer bears it out.

mod marked;

use self::marked::Marked;
use super::Gather;
use super::answer::in_brackets;
use super::model::{Likelihood, Piece, Prose, Query, Section};
use crate::render::verdict::comes::Coming;
use crate::resolve::assessment::{self as a, Fact, Name, Prop, Target};
use crate::text::source::Span;

impl Gather<'_> {
    pub(super) fn sections(&mut self) -> Vec<Section> {
        let each = self.assessment().sections.iter().map(|stated| Section {
            title: stated.title.node.clone(),
            text: self.prose(Some(&stated.prose)),
            place: self.place(stated.span),
        });
        each.collect()
    }

    /// What else its author says of something: its `context:`, then its `note:`.
    pub(super) fn remarks(&mut self, parts: &a::ProseParts) -> Prose {
        let mut said = self.prose(parts.context.as_ref());
        said.0.extend(self.prose(parts.note.as_ref()).0);
        said
    }

    pub(super) fn prose(&mut self, prose: Option<&a::Prose>) -> Prose {
        let mut marked = Marked::default();
        for piece in prose.iter().flat_map(|p| &p.pieces) {
            match piece {
                a::Piece::Text(part) => marked.text(&part.node),
                a::Piece::Placeholder { query, .. } if let Target::Figure(_, of) = query.target => {
                    let found = self.answers.answer(query).ok().flatten();
                    let text = match found {
                        Some(x) => self.say.number(&of.worded(self.assessment(), x)),
                        None => self.say.get("cannot_happen").to_owned(),
                    };
                    marked.hold(Piece::plain(&text));
                }
                a::Piece::Placeholder { span, query, word } => {
                    marked.hold(self.number(*span, query, word.as_ref()));
                }
                a::Piece::Fact { fact, .. } => marked.hold(Piece::plain(&self.fact(*fact))),
            }
        }
        Prose(marked.blocks())
    }

    fn fact(&self, fact: Fact) -> String {
        let a = self.assessment();
        match fact {
            Fact::AsOf => self.say.dated(a.as_of_dated),
            Fact::End(h) => self.say.date(a.horizons[h].to),
            Fact::Settled(day) => self.say.dated(day),
            Fact::EventComes(id) => self.evaluated().comes(Coming::Event(id)).worded(self.say),
            Fact::OutcomeComes(id) => self.evaluated().comes(Coming::Outcome(id)).worded(self.say),
            Fact::Leader(h) => {
                let e = self.evaluated();
                e.outcome(e.at(h).leader).title.clone()
            }
        }
    }

    fn number(&mut self, span: Span, query: &a::Query, word: Option<&Name>) -> Piece {
        let known = self.queries.iter().position(|q| q.text == query.text);
        let index = known.unwrap_or_else(|| {
            let asked = self.query(span, query);
            self.queries.push(asked);
            self.queries.len() - 1
        });
        let found = &mut self.queries[index];
        let mut shown = found.answer.clone();
        if let (Some(word), Some(p)) = (word, found.answer.value) {
            let scale = &self.input.explained.evaluated.assessment.scale;
            let holds = scale.satisfies(&word.node, p) == Some(true);
            // The author's own word, unless the number lies beyond the scale, which is to be said.
            if holds && !shown.word.as_ref().is_some_and(|w| w.ends_with(')')) {
                shown.word = Some(word.node.clone());
            }
            // Of several expectations the one that fails is to be seen.
            if found.expected.as_ref().is_none_or(|(_, held)| *held) {
                found.expected = Some((word.node.clone(), holds));
            }
        }
        let text = match shown.value {
            Some(_) => in_brackets(&shown),
            None => self.say.get("cannot_happen").to_owned(),
        };
        Piece {
            query: Some(index),
            ..Piece::plain(&text)
        }
    }

    fn query(&mut self, span: Span, query: &a::Query) -> Query {
        Query {
            text: query.text.clone(),
            means: self.meaning(query),
            about: self.about(query),
            answer: self.asked(query),
            expected: None,
            place: self.place(span),
        }
    }

    /// The answer to a query.
    pub(super) fn asked(&mut self, query: &a::Query) -> Likelihood {
        // What sampling meets too rarely to say has no answer here either.
        let under = query.under.or(self.evaluated().asked.under);
        let query = a::Query {
            under,
            ..query.clone()
        };
        let found = self.answers.answer(&query).ok().flatten();
        self.chance(found, None)
    }

    /// The one thing that a query is about.
    fn about(&self, query: &a::Query) -> Option<String> {
        let drivers = &self.assessment().drivers;
        match &query.target {
            Target::Outcome(o) => Some(self.evaluated().outcome_name(*o).to_owned()),
            Target::Prop(prop) => match prop {
                Prop::Is(d) => Some(drivers.name(*d).to_owned()),
                Prop::Not(inner) => match **inner {
                    Prop::Is(d) => Some(drivers.name(d).to_owned()),
                    _ => None,
                },
                _ => None,
            },
            Target::Figure(_, of) => Some(of.name(self.assessment()).to_owned()),
        }
    }

    /// What a query asks, in words.
    fn meaning(&self, query: &a::Query) -> String {
        let (e, a) = (self.evaluated(), self.assessment());
        let horizon = &a.horizons[query.horizon];
        let (what, lasts) = match &query.target {
            Target::Outcome(o) => {
                let outcome = e.outcome(*o);
                (self.say.quote(&outcome.title), outcome.is_final)
            }
            Target::Prop(Prop::Is(d)) => {
                let title = self.say.quote(&a.drivers[*d].title);
                (title, !is_in(query))
            }
            Target::Prop(prop) => (e.proposition(prop), !is_in(query)),
            Target::Figure(statistic, of) => (format!("{statistic} of {}", of.name(a)), false),
        };
        let say = self.say;
        let what = match query.negated {
            true => say.fill("not", &[("what", &what)]),
            false => what,
        };
        let key = match (query.within, lasts) {
            (true, _) => "asks_between",
            (false, true) => "asks_by",
            (false, false) => "asks_at",
        };
        let (from, to) = (say.date(horizon.from), say.date(horizon.to));
        let gaps = [
            ("what", what.as_str()),
            ("from", &from),
            ("to", &to),
            ("horizon", &horizon.title),
        ];
        let mut text = say.fill(key, &gaps);
        if let Some(given) = &query.given {
            text += &say.fill("asks_given", &[("given", &e.proposition(given))]);
        }
        if let Some(under) = query.under {
            let scenario = say.quote(&a.scenarios[under].title);
            text += &say.fill("asks_under", &[("scenario", &scenario)]);
        }
        text
    }
}

/// Whether a query asks `in` a horizon.
fn is_in(query: &a::Query) -> bool {
    query.text.split_whitespace().any(|word| word == "in")
}
