//! What broke: nodes that the grammar stepped over, explained.
//!
//! In: `broken_…`, `stray` and misplaced nodes. Out: one diagnostic each, and whatever could still be
//! understood of them.

use super::ast::Piece;
use super::clauses::Clauses;
use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::tree::NodeRef;
use super::words::{Clause, Owner};
use crate::diag::Diagnostic;
use crate::rules;

impl Lower<'_> {
    fn generic<T>(&mut self, node: NodeRef<'_>, what: &str) -> Lowered<T> {
        let span = self.span(node);
        self.report(Diagnostic::new(
            &rules::SYNTAX,
            span,
            format!("`{}` is not {what}", self.read(node)),
        ))
    }

    pub(super) fn broken_value(&mut self, node: NodeRef<'_>) {
        let _ = self.generic::<()>(node, "a value");
    }

    pub(super) fn broken_pair(&mut self, node: NodeRef<'_>) {
        let _ = self.generic::<()>(node, "an outcome and its chance");
    }

    pub(super) fn broken_setting(&mut self, node: NodeRef<'_>) {
        let _ = self.generic::<()>(node, "a setting");
    }

    pub(super) fn broken_name(&mut self, node: NodeRef<'_>) {
        let _ = self.generic::<()>(node, "a name");
    }

    pub(super) fn after_evidence(&mut self, node: NodeRef<'_>) {
        let _ = self.generic::<()>(node, "expected");
    }

    pub(super) fn broken_rest<T>(&mut self, node: NodeRef<'_>, _of: NodeRef<'_>) -> Lowered<T> {
        self.generic(node, "expected here")
    }

    pub(super) fn broken_placeholder(&mut self, node: NodeRef<'_>) -> Lowered<Piece> {
        self.generic(node, "a placeholder")
    }

    pub(super) fn broken_clause(&mut self, node: NodeRef<'_>, _: Owner, _: &mut Clauses) {
        let _ = self.generic::<()>(node, "a clause");
    }

    pub(super) fn broken_item(&mut self, node: NodeRef<'_>) {
        let _ = self.generic::<()>(node, "an item");
    }

    pub(super) fn stray(&mut self, node: NodeRef<'_>) {
        let _ = self.generic::<()>(node, "expected behind an item");
    }

    pub(super) fn nested(&mut self, node: NodeRef<'_>, _: Owner) {
        let _ = self.generic::<()>(node, "a clause");
    }

    pub(super) fn missing_brace(&mut self, node: NodeRef<'_>, _: Owner) {
        let _ = self.generic::<()>(node, "closed");
    }

    pub(super) fn misplaced(&mut self, clause: &Clause, key: crate::source::Span, owner: Owner) {
        self.note(Diagnostic::new(
            &rules::UNKNOWN_CLAUSE,
            key,
            format!("{} has no `{}:`", owner.noun(), clause.key),
        ));
    }
}
