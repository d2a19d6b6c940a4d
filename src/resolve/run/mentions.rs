//! What rests on what: the edges from which the order of drivers and questions is made.
//!
//! In: items as written, and what their names stand for. Out: a [`Mention`] for each name in a condition,
//! for each push on an outcome or event, and for each count of such a push.

use super::{Run, conditions_of, guard_of};
use crate::resolve::assessment::{DriverId, Node, OutcomeId, Prop, QuantityId, QuestionId};
use crate::resolve::conditions::each_name;
use crate::resolve::names::{Facts, Meaning, Scope};
use crate::resolve::order::Mention;
use crate::syntax::ast;
use crate::text::source::Span;

/// Edges as they are gathered.
struct Edges<'r> {
    facts: &'r Facts,
    /// By quantity, what moves it, or counts what does.
    movers: Vec<Vec<DriverId>>,
    list: Vec<Mention>,
}

impl Edges<'_> {
    fn add(&mut self, from: Node, to: Node, outcome: Option<OutcomeId>, span: Span) {
        self.list.push(Mention {
            from,
            to,
            outcome,
            span,
        });
    }

    /// What a name stands for in a condition of `from`.
    fn named(&mut self, from: Node, meaning: Meaning, span: Span) {
        match meaning {
            Meaning::Driver(to) => self.add(from, Node::Driver(to), None, span),
            Meaning::Outcome(to) => self.outcome(from, to, span),
            Meaning::Quantity(id) => self.quantity(from, id, span),
            Meaning::Question(id) => self.add(from, Node::Question(id), None, span),
            Meaning::Condition(id) => {
                if let Some(Some(prop)) = self.facts.conditions.get(id.0 as usize) {
                    self.prop(from, prop, span);
                }
            }
            _ => {}
        }
    }

    fn outcome(&mut self, from: Node, to: OutcomeId, span: Span) {
        let question = Node::Question(self.facts.question_of(to));
        self.add(from, question, Some(to), span);
    }

    fn prop(&mut self, from: Node, prop: &Prop, span: Span) {
        prop.each(&mut |to| self.add(from, Node::Driver(to), None, span));
        prop.each_outcome(&mut |to| self.outcome(from, to, span));
        prop.each_mark(&mut |id, _| self.quantity(from, id, span));
    }

    /// Who names a quantity rests on all that moves it.
    fn quantity(&mut self, from: Node, id: QuantityId, span: Span) {
        for by in self.movers.get(id.0 as usize).cloned().unwrap_or_default() {
            self.add(from, Node::Driver(by), None, span);
        }
    }

    fn condition(&mut self, from: Node, prop: &ast::Prop, scope: &Scope) {
        each_name(prop, &mut |name, span| {
            if let Some(entry) = scope.names.get(name) {
                self.named(from, entry.meaning, span);
            }
        });
    }
}

impl Run<'_> {
    /// By quantity, what moves it, or counts what does.
    fn movers(&self) -> Vec<Vec<DriverId>> {
        let mut out: Vec<Vec<DriverId>> = vec![Vec::new(); self.facts.quantities.len()];
        for (index, source) in self.sources.drivers.iter().enumerate() {
            let Some(scope) = &self.scopes[source.file.0 as usize] else {
                continue;
            };
            let meaning = |name: &str| scope.names.get(name).map(|e| e.meaning);
            let counted = source
                .item
                .counts
                .iter()
                .filter_map(|c| match meaning(&c.driver.node) {
                    Some(Meaning::Driver(id)) => Some(self.sources.drivers[id.0 as usize].item),
                    _ => None,
                });
            for item in counted.chain([source.item]) {
                for moved in &item.moves {
                    if let Some(Meaning::Quantity(id)) = meaning(&moved.quantity.node) {
                        out[id.0 as usize].push(DriverId(index as u32));
                    }
                }
            }
        }
        out
    }

    /// Every mention of a driver or question in what another rests on.
    pub(super) fn mentions(&self) -> Vec<Mention> {
        let mut edges = Edges {
            facts: &self.facts,
            movers: self.movers(),
            list: Vec::new(),
        };
        let mut pushed: Vec<Vec<(Node, Option<OutcomeId>, Span)>> =
            vec![Vec::new(); self.sources.drivers.len()];
        for (index, source) in self.sources.drivers.iter().enumerate() {
            let Some(scope) = &self.scopes[source.file.0 as usize] else {
                continue;
            };
            let id = DriverId(index as u32);
            let from = Node::Driver(id);
            for condition in conditions_of(source.item) {
                edges.condition(from, condition, scope);
            }
            let weighed = source.item.weights.iter().flat_map(|w| &w.outcomes);
            let likely = source.item.likelihood.iter().flat_map(|l| &l.chances);
            for name in weighed.chain(likely.map(|(name, _)| name)) {
                let entry = scope.names.get(&name.node).map(|e| e.meaning);
                let target = match entry {
                    Some(Meaning::Outcome(to)) => {
                        let question = Node::Question(self.facts.question_of(to));
                        (question, Some(to), name.span)
                    }
                    Some(Meaning::Driver(to)) => (Node::Driver(to), None, name.span),
                    _ => continue,
                };
                pushed[index].push(target);
            }
        }
        for (index, targets) in pushed.iter().enumerate() {
            let by = Node::Driver(DriverId(index as u32));
            for (target, _, span) in targets {
                edges.add(*target, by, None, *span);
            }
        }
        // A count moves what its driver pushes.
        for (index, source) in self.sources.drivers.iter().enumerate() {
            let Some(scope) = &self.scopes[source.file.0 as usize] else {
                continue;
            };
            let by = Node::Driver(DriverId(index as u32));
            for count in &source.item.counts {
                let name = &count.driver;
                let Some(Meaning::Driver(counted)) = scope.names.get(&name.node).map(|e| e.meaning)
                else {
                    continue;
                };
                for (target, _, _) in &pushed[counted.0 as usize] {
                    edges.add(*target, by, None, name.span);
                }
            }
        }
        let Some(Some(scope)) = self.scopes.first() else {
            return edges.list;
        };
        for (index, asked) in self.surveys[0].asked().enumerate() {
            let from = Node::Question(QuestionId(index as u32));
            let whens = asked
                .outcomes
                .iter()
                .filter_map(|o| o.when.as_ref()?.prop());
            let guards = asked.priors.iter().filter_map(|p| guard_of(&p.guard));
            for prop in whens.chain(guards) {
                edges.condition(from, prop, scope);
            }
        }
        edges.list
    }
}
