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
        // Text comes in lines; what is between two numbers is one piece.
        let mut text = String::new();
        for piece in prose.iter().flat_map(|p| &p.pieces) {
            match piece {
                a::Piece::Text(part) => text.push_str(&part.node),
                a::Piece::Placeholder { span, query, word } => {
                    add_text(&mut paragraphs, &std::mem::take(&mut text));
                    let number = self.number(*span, query, word.as_ref());
                    if let Some(last) = paragraphs.last_mut() {
                        last.push(number);
                    }
                }
            }
        }
        add_text(&mut paragraphs, &text);
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
    let mut part = String::new();
    let mut lines = text.split('\n').enumerate().peekable();
    while let Some((i, line)) = lines.next() {
        // The first line goes on behind a number, and before the next one so does the last.
        if i > 0 && line.trim().is_empty() && lines.peek().is_some() {
            add(paragraphs, &part);
            paragraphs.push(Vec::new());
            part.clear();
            continue;
        }
        if i > 0 {
            part.push('\n');
        }
        part.push_str(line);
    }
    add(paragraphs, &part);
}

/// Adds text without further paragraphs; any run of blanks is one.
fn add(paragraphs: &mut [Vec<Piece>], text: &str) {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.starts_with(char::is_whitespace) {
        words.insert(0, ' ');
    }
    if text.trim_start().ends_with(char::is_whitespace) {
        words.push(' ');
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

#[cfg(test)]
mod tests {
    use super::{Piece, add_text, trim};

    /// The paragraphs of texts with a number between each two.
    fn paragraphs(texts: &[&str]) -> Vec<String> {
        let mut all = vec![Vec::new()];
        for (i, text) in texts.iter().enumerate() {
            if i > 0 {
                all.last_mut().expect("one").push(Piece {
                    text: "N".to_owned(),
                    query: Some(0),
                });
            }
            add_text(&mut all, text);
        }
        all.iter_mut().for_each(trim);
        all.retain(|p| !p.is_empty());
        let joined = all
            .iter()
            .map(|p| p.iter().map(|x| x.text.as_str()).collect());
        joined.collect()
    }

    #[test]
    fn an_empty_line_ends_a_paragraph() {
        assert_eq!(
            paragraphs(&["\n  One\n  two ", ".\n\n  Three\n  ", "\n\n\n", " four.\n"]),
            ["One two N.", "Three N", "N four."]
        );
        assert_eq!(paragraphs(&["One ", " two"]), ["One N two"]);
        assert_eq!(paragraphs(&["", ""]), ["N"]);
        assert!(paragraphs(&["\n \n\n"]).is_empty());
    }
}
