//! Prose with its numbers filled in.
//!
//! In: text and placeholders. Out: paragraphs, and each question that they ask, once, with its
//! answer. The word that an author expects is printed where the answer bears it out.

use super::Gather;
use super::answer::in_brackets;
use super::model::{Likelihood, Piece, Prose, Query, Section};
use crate::resolve::assessment::{self as a, Name, Prop, Target};
use crate::source::Span;

impl Gather<'_> {
    pub(super) fn sections(&mut self) -> Vec<Section> {
        let each = self.assessment().sections.iter().map(|stated| Section {
            title: stated.title.node.clone(),
            text: self.prose(Some(&stated.prose)),
            place: self.place(stated.span),
        });
        each.collect()
    }

    pub(super) fn prose(&mut self, prose: Option<&a::Prose>) -> Prose {
        let mut paragraphs: Vec<Vec<Piece>> = vec![Vec::new()];
        for piece in prose.iter().flat_map(|p| &p.pieces) {
            match piece {
                a::Piece::Text(text) => add_text(&mut paragraphs, &text.node),
                a::Piece::Placeholder { span, query, word } => {
                    let number = self.number(*span, query, word.as_ref());
                    if let Some(last) = paragraphs.last_mut() {
                        last.push(number);
                    }
                }
            }
        }
        for paragraph in &mut paragraphs {
            trim(paragraph);
        }
        paragraphs.retain(|p| !p.is_empty());
        Prose(paragraphs)
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
        Piece {
            text: match shown.value {
                Some(_) => in_brackets(&shown),
                None => "— (what this is given cannot happen)".to_owned(),
            },
            query: Some(index),
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
        let found = self.answers.answer(query).ok().flatten();
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
        }
    }

    /// What a query asks, in words.
    fn meaning(&self, query: &a::Query) -> String {
        let (e, a) = (self.evaluated(), self.assessment());
        let horizon = &a.horizons[query.horizon];
        let (what, lasts) = match &query.target {
            Target::Outcome(o) => {
                let outcome = e.outcome(*o);
                (format!("“{}”", outcome.title), outcome.is_final)
            }
            Target::Prop(Prop::Is(d)) => (format!("“{}”", a.drivers[*d].title), !is_in(query)),
            Target::Prop(prop) => (e.proposition(prop), !is_in(query)),
        };
        let not = if query.negated { "not " } else { "" };
        let when = match (query.within, lasts) {
            (true, _) => format!("coming between {} and {}", horizon.from, horizon.to),
            (false, true) => format!("by {}", horizon.to),
            (false, false) => format!("at {}", horizon.to),
        };
        let mut text = format!("{not}{what}, {when} ({})", horizon.title);
        if let Some(given) = &query.given {
            text += &format!(", among the cases in which {} holds", e.proposition(given));
        }
        if let Some(under) = query.under {
            text += &format!(", if “{}” were made so", a.scenarios[under].title);
        }
        text
    }
}

/// Whether a query asks `in` a horizon.
fn is_in(query: &a::Query) -> bool {
    query.text.split_whitespace().any(|word| word == "in")
}

/// Adds text to the last paragraph, and further ones behind each empty line.
fn add_text(paragraphs: &mut Vec<Vec<Piece>>, text: &str) {
    let mut lines = text.split('\n').peekable();
    let mut line_text = String::new();
    while let Some(line) = lines.next() {
        let is_last = lines.peek().is_none();
        // A line that is empty within the text ends a paragraph; one at its edge may be cut in two
        // by a placeholder.
        let is_gap = line.trim().is_empty() && !is_last && line_text.ends_with('\n');
        if is_gap {
            add(paragraphs, &line_text);
            paragraphs.push(Vec::new());
            line_text.clear();
            continue;
        }
        line_text.push_str(line);
        if !is_last {
            line_text.push('\n');
        }
    }
    add(paragraphs, &line_text);
}

fn add(paragraphs: &mut [Vec<Piece>], text: &str) {
    let (starts, ends) = (
        text.starts_with(char::is_whitespace),
        text.ends_with(char::is_whitespace),
    );
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        words = if text.is_empty() { "" } else { " " }.to_owned();
    } else {
        if starts {
            words.insert(0, ' ');
        }
        if ends {
            words.push(' ');
        }
    }
    if let Some(last) = paragraphs.last_mut().filter(|_| !words.is_empty()) {
        last.push(Piece {
            text: words,
            query: None,
        });
    }
}

/// Takes blanks from a paragraph's ends.
fn trim(paragraph: &mut Vec<Piece>) {
    if let Some(first) = paragraph.first_mut().filter(|p| p.query.is_none()) {
        first.text = first.text.trim_start().to_owned();
    }
    if let Some(last) = paragraph.last_mut().filter(|p| p.query.is_none()) {
        last.text.truncate(last.text.trim_end().len());
    }
    paragraph.retain(|p| !p.text.is_empty());
}
