//! Clauses that push outcomes: `weight`, `count`, `likelihood`.
//!
//! In: their nodes. Out: [`Weight`], [`Count`], [`Likelihood`]. Which outcomes and drivers there are is
//! not known here.

use super::ast::{Count, Likelihood, Weight};
use super::broken_values::Want;
use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::tree::NodeRef;
use super::words::Owner;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};

impl Lower<'_> {
    /// `weight against exit, weakening if wrong: strong, moderate in long`
    pub(super) fn weight(&mut self, node: NodeRef<'_>, owner: Owner) -> Lowered<Weight> {
        let mut children = node.children();
        let against = children.maybe(Kind::against).is_some();
        let head_names = children.one(Kind::head_names, "outcomes")?;
        let mut if_wrong = children.maybe(Kind::if_wrong).map(|n| self.span(n));
        let list = children.one(Kind::values, "strengths")?;
        children.finish("the end of a weight")?;
        let outcomes = self.names(head_names);
        let values = self.by_time(list, Want::Strength, |l, v| l.strength(v));
        let head = self.head(node, list);
        match (owner, if_wrong) {
            (Owner::Assumption, None) => {
                self.note(
                    Diagnostic::new(
                        &rules::SYNTAX,
                        head,
                        "an assumption's weight counts only if the assumption is wrong",
                    )
                    .label("`if wrong` belongs at the end of this")
                    .help("a reason that holds is a `factor`; write `if wrong` to say what follows if it does not")
                    .fix(Fix::safe("write `if wrong`", head.at_end(), " if wrong")),
                );
                // It is read as it will be written, so that a view's weight takes the place of the file's.
                if_wrong = Some(head);
            }
            (Owner::Assumption, Some(_)) | (_, None) => {}
            (_, Some(span)) => {
                return self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        span,
                        format!("`if wrong` has no meaning in {}", owner.noun()),
                    )
                    .label("only an `assumption` can be wrong")
                    .help("leave out `if wrong`, or make this an `assumption`"),
                );
            }
        }
        Ok(Weight {
            span: self.span(node),
            head,
            against,
            outcomes: outcomes?,
            if_wrong,
            values: values?,
        })
    }

    pub(super) fn count(&mut self, node: NodeRef<'_>) -> Lowered<Count> {
        let mut children = node.children();
        let driver = children.one(Kind::name, "a driver")?;
        let list = children.one(Kind::values, "shares")?;
        let driver = self.name(driver);
        let values = self.by_time(list, Want::Share, |l, v| l.count_of(v));
        Ok(Count {
            span: self.span(node),
            driver: driver?,
            values: values?,
        })
    }

    pub(super) fn likelihood(&mut self, node: NodeRef<'_>) -> Lowered<Likelihood> {
        let mut chances = Vec::new();
        let mut whole = true;
        let mut children = node.children();
        while let Some(child) = children.next() {
            if self.is_full() {
                break;
            }
            match child.kind() {
                Kind::name => {
                    let value = match children.maybe(Kind::wide) {
                        Some(wide) => wide,
                        None => children.one(Kind::value, "a chance")?,
                    };
                    let pair = (self.name(child), self.chance(value));
                    match (self.settle(pair.0), self.settle(pair.1)) {
                        (Some(name), Some(chance)) => chances.push((name, chance)),
                        _ => whole = false,
                    }
                }
                Kind::and_word => self.and_for_comma(child),
                _ => {
                    whole = false;
                    self.broken_pair(child);
                }
            }
        }
        if !whole {
            return Err(super::lower::Broken::Reported);
        }
        Ok(Likelihood {
            span: self.span(node),
            head: self.keyword(node, "likelihood".len()),
            chances,
        })
    }
}
