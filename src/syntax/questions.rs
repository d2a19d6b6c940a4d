//! Questions, conditions, chains and triggers, from their nodes.
//!
//! In: their nodes. Out: [`Question`], [`Condition`], [`Implies`], [`Once`], [`CountsIn`], [`Over`]. What
//! breaks within a question is reported and left out; its outcomes' names are remembered.

use super::ast::*;
use super::clauses::Clauses;
use super::grammar::Kind;
use super::lengths::unit_meant;
use super::lower::{Broken, Lower, Lowered};
use super::recover::first_token;
use super::tree::NodeRef;
use super::words::Owner;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;

impl Lower<'_> {
    /// `question oil "Oil at the horizon's end" { … }`
    pub(super) fn question(&mut self, node: NodeRef<'_>) -> Lowered<Question> {
        let mut children = node.children();
        let name = children.one(Kind::name, "a name")?;
        let name = self.declared(name);
        let title = self.title(&mut children);
        let block = children.maybe(Kind::asked);
        let (mut outcomes, mut priors) = (Vec::new(), Vec::new());
        let mut clauses = Clauses::default();
        for child in block.iter().flat_map(|b| b.children()) {
            if self.is_full() {
                break;
            }
            match child.kind() {
                Kind::asked_outcome if outcomes.len() >= limits::OUTCOMES => {
                    if outcomes.len() == limits::OUTCOMES {
                        let span = self.keyword(child, "outcome".len());
                        self.note(limits::too_many(span, "outcomes", limits::OUTCOMES));
                    }
                    self.lost(child);
                    clauses.broken.push("outcome".to_owned());
                }
                Kind::asked_outcome => {
                    let found = self.outcome(child);
                    match self.settle(found) {
                        Some(outcome) => outcomes.push(outcome),
                        None => {
                            self.lost(child);
                            clauses.broken.push("outcome".to_owned());
                        }
                    }
                }
                Kind::prior => {
                    let found = self.prior(child);
                    match self.settle(found) {
                        Some(prior) => priors.push(prior),
                        None => clauses.broken.push("prior".to_owned()),
                    }
                }
                Kind::broken_clause if self.asks(child) => {
                    self.broken_part(child, &mut outcomes, &mut priors, &mut clauses);
                }
                _ => self.one_clause(child, Owner::Question, &mut clauses),
            }
        }
        Ok(Question {
            span: self.span(node),
            keyword: self.keyword(node, "question".len()),
            name: name?,
            title: title?,
            outcomes,
            priors,
            confidence: clauses.confidence,
            prose: clauses.prose,
            broken: clauses.broken,
        })
    }

    /// Whether what cannot be read was meant as an outcome or a prior.
    fn asks(&self, node: NodeRef<'_>) -> bool {
        let word = first_token(self.read(node));
        matches!(
            word.trim_end_matches([':', '{']),
            "outcome" | "final" | "prior"
        )
    }

    /// An outcome or a prior that cannot be read; what a repair makes of it belongs to the question.
    fn broken_part(
        &mut self,
        node: NodeRef<'_>,
        outcomes: &mut Vec<Outcome>,
        priors: &mut Vec<Prior>,
        clauses: &mut Clauses,
    ) {
        let (before, kinds) = (self.out.ast.items.len(), self.out.ast.broken_kinds.clone());
        self.broken_item(node);
        for item in self.out.ast.items.split_off(before) {
            match item {
                Item::Outcome(outcome) => outcomes.push(outcome),
                Item::Prior(prior) => priors.push(prior),
                _ => {}
            }
        }
        let lost = self.out.ast.broken_kinds.iter();
        let lost: Vec<String> = lost
            .filter(|kind| !kinds.contains(kind))
            .map(|kind| (*kind).to_owned())
            .collect();
        let all = ["outcome", "prior"].map(str::to_owned);
        let word = first_token(self.read(node));
        let own = all.iter().filter(|k| word.starts_with(k.as_str()));
        clauses.broken.extend(own.cloned().chain(lost));
    }

    /// `condition blackout "Loss of supply": grid and diesel`
    pub(super) fn condition(&mut self, node: NodeRef<'_>) -> Lowered<Condition> {
        let mut children = node.children();
        let name = children.one(Kind::name, "a name")?;
        let name = self.declared(name);
        let title = self.title(&mut children);
        let prop = children.any("a condition")?;
        let prop = match prop.kind() {
            Kind::broken_rest => return self.repaired_item(prop, node),
            _ => self.prop(prop),
        };
        Ok(Condition {
            span: self.span(node),
            name: name?,
            title: title?,
            prop: prop?,
        })
    }

    /// `implies: m7, m67, m6`
    pub(super) fn implies(&mut self, node: NodeRef<'_>) -> Lowered<Implies> {
        let names = node.children().one(Kind::names, "names")?;
        Ok(Implies {
            span: self.span(node),
            members: self.names(names)?,
        })
    }

    /// `counts in: eruption, ceasefire`
    pub(super) fn counts_in(&mut self, node: NodeRef<'_>) -> Lowered<CountsIn> {
        let names = node.children().one(Kind::names, "names")?;
        Ok(CountsIn {
            span: self.span(node),
            head: self.head(node, names),
            members: self.names(names)?,
        })
    }

    /// `when: a and b` or `when: otherwise`, of an outcome.
    pub(super) fn decides(&mut self, node: NodeRef<'_>) -> Lowered<Decides> {
        let span = self.span(node);
        match self.read(node) {
            "otherwise" => Ok(Decides::Otherwise(span)),
            _ => self.prop(node).map(Decides::When),
        }
    }

    /// `chance once ceasefire: 40% within 3 months, likely within 2 years`
    pub(super) fn once(&mut self, node: NodeRef<'_>) -> Lowered<Once> {
        let mut children = node.children();
        let trigger = children.one(Kind::prop, "an event")?;
        let list = children.one(Kind::steps, "chances")?;
        children.finish("the end of a row")?;
        let trigger = self.prop(trigger);
        let mut steps = Vec::new();
        let mut whole = true;
        let mut parts = list.children();
        while let Some(child) = parts.next() {
            if self.is_full() {
                return Err(Broken::Reported);
            }
            match child.kind() {
                Kind::value | Kind::wide => {
                    let chance = self.chance(child);
                    let within = parts.maybe(Kind::within).map(|w| self.within(w));
                    match (self.settle(chance), within.map(|w| self.settle(w))) {
                        (Some(chance), None) => steps.push(Step {
                            chance,
                            within: None,
                        }),
                        (Some(chance), Some(Some(within))) => steps.push(Step {
                            chance,
                            within: Some(within),
                        }),
                        _ => whole = false,
                    }
                }
                Kind::and_word if self.joins_lengths(child) => {
                    whole = false;
                    parts.next();
                }
                Kind::and_word => self.and_for_comma(child),
                _ => {
                    whole = false;
                    self.broken_step(child);
                }
            }
        }
        if !whole || steps.is_empty() {
            return Err(Broken::Reported);
        }
        Ok(Once {
            span: self.span(node),
            head: self.head(node, list),
            trigger: trigger?,
            steps,
        })
    }

    fn within(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Duration>> {
        let span = self.span(node);
        let mut children = node.children();
        let number = children.one(Kind::number, "how long")?;
        let unit = children.one(Kind::unit, "a unit")?;
        let count = self.number(number)?;
        let word = self.read(unit);
        let Some(known) = super::times::unit(word) else {
            let at = self.span(unit);
            return self.report(
                Diagnostic::new(
                    &rules::UNKNOWN_OPTION,
                    at,
                    format!("`{word}` is no unit of time"),
                )
                .label("days, weeks, months, quarters or years")
                .help(match unit_meant(word) {
                    Some(unit) => format!("write `within {}`", Duration { count, unit }),
                    None => "write it as `40% within 3 months`".to_owned(),
                }),
            );
        };
        if count <= 0.0 {
            return self.report(
                Diagnostic::new(
                    &rules::IMPOSSIBLE_NUMBER,
                    span,
                    "a time since the trigger is longer than 0",
                )
                .label("nothing has time to happen")
                .help("at the trigger itself the chance is 0%"),
            );
        }
        Ok(Spanned {
            node: Duration { count, unit: known },
            span,
        })
    }

    /// `in any horizon`, `in every of (short, medium)`
    pub(super) fn over(&mut self, node: NodeRef<'_>) -> Lowered<Over> {
        let mut children = node.children();
        let every = children.maybe(Kind::every_of).is_some();
        if !every {
            children.one(Kind::any_of, "`any` or `every`")?;
        }
        let names = children.many(Kind::name);
        children.finish("the end of a list of horizons")?;
        let mut horizons = Vec::with_capacity(names.len());
        for name in names {
            horizons.push(self.name(name)?);
        }
        Ok(Over {
            span: self.span(node),
            every,
            horizons: (!horizons.is_empty()).then_some(horizons),
        })
    }
}
