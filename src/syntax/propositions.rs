//! Propositions, queries and settings.
//!
//! In: `prop`, `query` and `one_setting` nodes. Out: [`Prop`] by precedence (`not`, then `and`, then
//! `or`), [`Query`], [`Set`]. It recurses only into parentheses, whose depth is limited before.

use super::ast::{Prop, PropKind, Query, Set, Spanned};
use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::tree::{Cursor, NodeRef};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::text::source::Span;

impl Lower<'_> {
    /// `a and not (b or c)`
    pub(super) fn prop(&mut self, node: NodeRef<'_>) -> Lowered<Prop> {
        let mut children = node.children();
        let mut any_of = Vec::new();
        let mut all_of = vec![self.operand(&mut children)];
        while let Some(operator) = children.next() {
            if operator.kind() == Kind::or_op {
                any_of.push(joined(std::mem::take(&mut all_of), PropKind::And));
            }
            all_of.push(self.operand(&mut children));
        }
        any_of.push(joined(all_of, PropKind::And));
        joined(any_of, PropKind::Or)
    }

    /// `not a`, `(a or b)`, `at least 2 of (a, b, c)`; a double `not` is none.
    fn operand(&mut self, children: &mut Cursor<'_>) -> Lowered<Prop> {
        let nots = children.many(Kind::not_op);
        let node = children.any("a condition")?;
        let span = self.span(node);
        let prop = match node.kind() {
            Kind::group => {
                let inner = node.children().one(Kind::prop, "a condition")?;
                self.prop(inner).map(|p| Prop { span, ..p })
            }
            Kind::at_least => self.at_least(node),
            _ => {
                let name = self.name(node);
                match children.maybe(Kind::compared) {
                    Some(compared) => self.compared(name?, compared),
                    None => name.map(|name| Prop {
                        span,
                        kind: PropKind::Name(name.node),
                    }),
                }
            }
        }?;
        Ok(match nots.first() {
            None => prop,
            Some(first) => {
                let span = self.span(*first).to(prop.span);
                if nots.len() % 2 == 1 {
                    Prop {
                        span,
                        kind: PropKind::Not(Box::new(prop)),
                    }
                } else {
                    Prop { span, ..prop }
                }
            }
        })
    }

    fn at_least(&mut self, node: NodeRef<'_>) -> Lowered<Prop> {
        let span = self.span(node);
        let mut children = node.children();
        let count = children.one(Kind::number, "how many")?;
        let members = children.many(Kind::prop);
        children.finish("the end of a list of conditions")?;
        let number = self.number(count);
        let mut props = Vec::with_capacity(members.len());
        for member in members {
            let prop = self.prop(member);
            props.push(prop);
        }
        let number = number?;
        let props = props.into_iter().collect::<Lowered<Vec<Prop>>>()?;
        let at = self.span(count);
        if libm::trunc(number) != number || number < 1.0 || number > props.len() as f64 {
            return self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    at,
                    format!(
                        "`at least {}` of {} is impossible",
                        self.read(count),
                        props.len()
                    ),
                )
                .label(format!("a whole number from 1 to {}", props.len()))
                .help(format!(
                    "write `at least {}` of them, or name more; for none of them put `not` before `at least 1`",
                    if number < 1.0 { 1 } else { props.len() }
                )),
            );
        }
        Ok(Prop {
            span,
            kind: PropKind::AtLeast(
                Spanned {
                    node: number as u32,
                    span: at,
                },
                props,
            ),
        })
    }

    /// `exit by long given relations under rupture`
    pub(super) fn query(&mut self, node: NodeRef<'_>) -> Lowered<Query> {
        let span = self.span(node);
        let mut children = node.children();
        let statistic = children.maybe(Kind::statistic).map(|s| self.statistic(s));
        let target = children.one(Kind::prop, "an outcome or a condition")?;
        let target = self.prop(target);
        let over = children.maybe(Kind::at_over).map(|over| self.over(over));
        let at = match children.peek() {
            Some(at) if matches!(at.kind(), Kind::at_by | Kind::at_in) => {
                children.next();
                Some(self.at(at))
            }
            _ => None,
        };
        let given = children.maybe(Kind::given).map(|given| self.given(given));
        let under = match children.maybe(Kind::under) {
            Some(under) => {
                let name = under.children().one(Kind::name, "a scenario")?;
                Some(self.name(name))
            }
            None => None,
        };
        children.finish("the end of a query")?;
        Ok(Query {
            span,
            statistic: statistic.transpose()?,
            target: target?,
            at: at.transpose()?,
            over: over.transpose()?,
            given: given.transpose()?,
            under: under.transpose()?,
        })
    }

    /// The condition of a `given`.
    pub(super) fn given(&mut self, node: NodeRef<'_>) -> Lowered<Prop> {
        let prop = node.children().one(Kind::prop, "a condition")?;
        self.prop(prop)
    }

    /// `a`, `not a`
    pub(super) fn setting(&mut self, node: NodeRef<'_>) -> Lowered<Set> {
        let span = self.span(node);
        let mut children = node.children();
        let not = children.maybe(Kind::not_op).is_some();
        let name = children.one(Kind::name, "a name")?;
        Ok(Set {
            span,
            name: self.name(name)?,
            to: !not,
        })
    }
}

/// One proposition of several, all of which were looked at before the first broken one stops it.
fn joined(mut props: Vec<Lowered<Prop>>, kind: fn(Vec<Prop>) -> PropKind) -> Lowered<Prop> {
    if props.len() == 1
        && let Some(only) = props.pop()
    {
        return only;
    }
    let props = props.into_iter().collect::<Lowered<Vec<Prop>>>()?;
    let span: Option<Span> = match (props.first(), props.last()) {
        (Some(first), Some(last)) => Some(first.span.to(last.span)),
        _ => None,
    };
    Ok(Prop {
        span: span.unwrap_or(Span::new(crate::text::source::FileId(0), 0, 0)),
        kind: kind(props),
    })
}
