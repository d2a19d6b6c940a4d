//! Words that an author wants checked, with what the verdict says.
//!
//! In: a context. Out: every `expect x: WORD`, `says: WORD` and `{x: WORD}` with its probability.

use super::{Context, walk};
use crate::diag::{Diagnostic, Label};
use crate::resolve::assessment::{Name, Piece, Query, Test};
use crate::text::source::Span;

/// One checked word.
#[derive(Debug)]
pub(crate) struct Checked<'a> {
    /// The expectation, the key judgement or the placeholder.
    pub(crate) span: Span,
    /// What is asked.
    pub(crate) query: &'a Query,
    /// The word that it should bear out.
    pub(crate) word: &'a Name,
    /// The answer; none where its condition cannot hold.
    pub(crate) value: Option<f64>,
}

/// Every checked word that stands in the assessment's own file, expectations first; none beyond
/// exact inference.
pub(crate) fn words<'a>(context: &Context<'a>) -> Vec<Checked<'a>> {
    let assessment = context.assessment;
    let expects = assessment.expects.iter();
    let expects = expects.filter_map(|expect| match &expect.test {
        Test::Word(word) => Some((expect.span, &expect.query, word)),
        _ => None,
    });
    let judged = assessment.judgements.iter().filter_map(|judgement| {
        let expect = &judgement.expect;
        match &expect.test {
            Test::Word(word) => Some((word.span, &expect.query, word)),
            _ => None,
        }
    });
    let pieces = walk::prose(assessment).into_iter().flat_map(|p| &p.pieces);
    let placeholders = pieces.filter_map(|piece| match piece {
        Piece::Placeholder { span, query, word } => Some((*span, query, word.as_ref()?)),
        Piece::Text(_) | Piece::Fact { .. } => None,
    });
    let own = |(span, ..): &(Span, &Query, &Name)| span.file == assessment.file;
    let all: Vec<_> = expects
        .chain(judged)
        .chain(placeholders)
        .filter(own)
        .collect();
    if all.is_empty() {
        return Vec::new();
    }
    all.into_iter()
        .filter_map(|(span, query, word)| {
            Some(Checked {
                span,
                query,
                word,
                value: context.answer(query)?,
            })
        })
        .collect()
}

/// What is found of checked words: the same word of the same thing is one finding, in however many
/// places it stands.
pub(crate) fn once(
    context: &Context,
    find: impl Fn(&Context, &Checked) -> Option<Diagnostic>,
) -> Vec<Diagnostic> {
    let mut found: Vec<(Checked, Diagnostic)> = Vec::new();
    for checked in words(context) {
        let same = |other: &Checked| {
            other.word.node == checked.word.node && other.query.text == checked.query.text
        };
        match found.iter_mut().find(|(other, _)| same(other)) {
            Some((_, finding)) => finding.others.push(Label {
                span: checked.span,
                message: "and here".into(),
            }),
            None => {
                if let Some(finding) = find(context, &checked) {
                    found.push((checked, finding));
                }
            }
        }
    }
    found.into_iter().map(|(_, finding)| finding).collect()
}
