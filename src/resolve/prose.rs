//! Prose and evidence: placeholders become queries, the rest is kept.
//!
//! In: prose as written. Out: the same with its placeholders resolved; a broken one is left out.

use super::assessment::{Evidence, Piece, Prose, ProseParts, Section};
use super::names::Reader;
use crate::syntax::ast;

impl Reader<'_> {
    pub(super) fn prose_parts(&mut self, parts: &ast::ProseClauses) -> ProseParts {
        ProseParts {
            resolves: parts.resolves.as_ref().map(|p| self.prose(p)),
            context: parts.context.as_ref().map(|p| self.prose(p)),
            note: parts.note.as_ref().map(|p| self.prose(p)),
            source: parts.source.clone(),
        }
    }

    fn prose(&mut self, prose: &ast::Prose) -> Prose {
        let mut pieces = Vec::with_capacity(prose.pieces.len());
        for piece in &prose.pieces {
            pieces.extend(match piece {
                ast::Piece::Text(text) => Some(Piece::Text(text.clone())),
                ast::Piece::Comes { span, of } => {
                    self.comes(of).map(|fact| Piece::Fact { span: *span, fact })
                }
                ast::Piece::Day { span, of } => self
                    .day(of.as_ref())
                    .map(|fact| Piece::Fact { span: *span, fact }),
                ast::Piece::Placeholder { span, query, word } if self.asks_fact(query) => self
                    .fact(query, word.as_ref())
                    .map(|fact| Piece::Fact { span: *span, fact }),
                ast::Piece::Placeholder { span, query, word } => {
                    let word = word.clone().filter(|w| {
                        let scope = self.scope;
                        let known = scope.scale.term(&w.node).is_some();
                        if !known {
                            self.unknown_term(&w.node, w.span);
                        }
                        known
                    });
                    self.query(query).map(|query| Piece::Placeholder {
                        span: *span,
                        query,
                        word,
                    })
                }
            });
        }
        Prose {
            span: prose.span,
            pieces,
        }
    }

    pub(super) fn section(&mut self, section: &ast::Section) -> Section {
        Section {
            span: section.span,
            title: section.title.clone(),
            prose: self.prose(&section.prose),
        }
    }

    pub(super) fn evidence(&mut self, evidence: &[ast::Evidence]) -> Vec<Evidence> {
        let one = |e: &ast::Evidence, reader: &mut Self| Evidence {
            span: e.span,
            text: e.text.clone(),
            source: e.source.clone(),
            rated: e.rated.clone(),
            dated: e.dated.clone(),
            note: e.note.as_ref().map(|n| reader.prose(n)),
        };
        evidence.iter().map(|e| one(e, self)).collect()
    }
}
