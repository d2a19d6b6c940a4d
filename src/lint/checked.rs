//! Words that an author wants checked, with what the verdict says.
//!
//! In: a context. Out: every `expect x: WORD` and `{x: WORD}` with its probability.

use super::{Context, walk};
use crate::infer::verdict::Verdict;
use crate::resolve::assessment::{Expect, Name, Piece, Query, Test};
use crate::source::Span;

/// One checked word.
#[derive(Debug)]
pub(crate) struct Checked<'a> {
    /// The expectation or the placeholder.
    pub(crate) span: Span,
    /// What is asked.
    pub(crate) query: &'a Query,
    /// The word that it should bear out.
    pub(crate) word: &'a Name,
    /// The answer; none where its condition cannot hold.
    pub(crate) value: Option<f64>,
}

/// Every checked word that stands in the assessment's own file, expectations first.
pub(crate) fn words<'a>(context: &Context<'a>) -> Vec<Checked<'a>> {
    let assessment = context.assessment;
    let Some(verdict) = context.verdict() else {
        return Vec::new();
    };
    let answers = |verdict: &Verdict| -> Vec<Option<f64>> {
        verdict.expectations.iter().map(|a| a.value).collect()
    };
    let mut found = Vec::new();
    for (expect, value) in assessment.expects.iter().zip(answers(verdict)) {
        if let Test::Word(word) = &expect.test {
            found.push(Checked {
                span: expect.span,
                query: &expect.query,
                word,
                value,
            });
        }
    }
    let pieces = walk::prose(assessment).into_iter().flat_map(|p| &p.pieces);
    let placeholders: Vec<(Span, &Query, &Name)> = pieces
        .filter_map(|piece| match piece {
            Piece::Placeholder { span, query, word } => Some((*span, query, word.as_ref()?)),
            Piece::Text(_) => None,
        })
        .collect();
    if placeholders.is_empty() {
        return found;
    }
    let asked = placeholders.iter().map(|(span, query, word)| Expect {
        span: *span,
        text: query.text.clone(),
        query: (*query).clone(),
        test: Test::Word((*word).clone()),
    });
    let asked: Vec<Expect> = asked.collect();
    let Some(verdict) = context.variant(|a| a.expects = asked) else {
        return found;
    };
    for ((span, query, word), value) in placeholders.into_iter().zip(answers(&verdict)) {
        found.push(Checked {
            span,
            query,
            word,
            value,
        });
    }
    found.retain(|checked| checked.span.file == assessment.file);
    found
}
