//! Clauses: what stands in an item's block.
//!
//! In: `block` nodes and whose they are. Out: [`Clauses`], from which each item takes its own; a
//! clause that the item has not, or has already, is reported and left out.

use super::ast::*;
use super::broken_values::Want;
use super::grammar::Kind;
use super::lower::{Lower, Lowered};
use super::numbers::NumberClauses;
use super::tree::NodeRef;
use super::words::{self, Owner};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::text::lang::Lang;
use crate::text::source::Span;

/// All that a block may say.
#[derive(Debug, Default)]
pub(super) struct Clauses {
    pub(super) author: Option<Text>,
    pub(super) as_of: Option<Spanned<Dated>>,
    pub(super) scale: Option<Name>,
    pub(super) strengths: Option<Name>,
    pub(super) tags: Vec<Name>,
    pub(super) marking: Option<Text>,
    pub(super) lang: Option<Spanned<Lang>>,
    pub(super) prose: ProseClauses,
    pub(super) rated: Option<Spanned<Rating>>,
    pub(super) dated: Option<Spanned<Dated>>,
    pub(super) rows: Vec<ChanceRow>,
    pub(super) once: Vec<Once>,
    pub(super) counts_in: Option<CountsIn>,
    pub(super) decides: Option<Decides>,
    pub(super) weights: Vec<Weight>,
    pub(super) counts: Vec<Count>,
    pub(super) evidence: Vec<Evidence>,
    pub(super) likelihood: Option<Likelihood>,
    pub(super) when: Option<Prop>,
    pub(super) confidence: Option<Spanned<Confidence>>,
    pub(super) sets: Vec<Set>,
    pub(super) on: Option<Query>,
    pub(super) price: Option<Spanned<f64>>,
    pub(super) says: Option<Spanned<Test>>,
    pub(super) rests_on: Vec<Name>,
    pub(super) left_out: Vec<Name>,
    pub(super) pool_of: Vec<Name>,
    pub(super) pool_weights: Option<Spanned<Vec<Spanned<f64>>>>,
    pub(super) pool_method: Option<Spanned<Pooling>>,
    pub(super) extremise: Option<Spanned<f64>>,
    pub(super) numbers: NumberClauses,
    /// Keys of clauses that broke.
    pub(super) broken: Vec<String>,
    /// The clauses that stand once, and where.
    seen: Vec<(Kind, Span)>,
}

impl Lower<'_> {
    /// The clauses of an item's block, if it has one.
    // On the heap: items may stand deep in one another, each with clauses of its own.
    pub(super) fn clauses(&mut self, block: Option<NodeRef<'_>>, owner: Owner) -> Box<Clauses> {
        let mut clauses = Box::<Clauses>::default();
        if let Some(block) = block {
            for node in block.children() {
                if self.is_full() {
                    break;
                }
                self.one_clause(node, owner, &mut clauses);
            }
            self.rows_agree(&mut clauses.rows, owner);
        }
        clauses
    }

    /// One clause of a block, or what stands in its place.
    pub(super) fn one_clause(&mut self, node: NodeRef<'_>, owner: Owner, into: &mut Clauses) {
        match node.kind() {
            Kind::broken_clause => return self.broken_clause(node, owner, into),
            Kind::nested => {
                // A view that says what is no view's to say still says something.
                if owner == Owner::View {
                    into.broken.push("an item".to_owned());
                }
                return self.nested(node, owner);
            }
            Kind::missing_brace => return self.missing_brace(node, owner),
            // A row that recovery found; what it says of its word is not lowered again.
            Kind::row => {
                let key = node.children().next().map(|key| self.word(key).node);
                return into.broken.extend(key);
            }
            _ => {}
        }
        let Some(clause) = words::clause_of(node.kind()) else {
            let shape = super::tree::Mismatch {
                wanted: "a clause",
                at: node.range().start as u32,
            };
            self.settle::<()>(Err(shape.into()));
            return;
        };
        let key = self.keyword(node, clause.key.len());
        if !clause.owners.contains(&owner) {
            return self.misplaced(clause, key, owner);
        }
        if !clause.repeats {
            match into.seen.iter().find(|(kind, _)| *kind == node.kind()) {
                Some((_, first)) => return self.duplicate(clause.key, key, *first),
                None => into.seen.push((node.kind(), key)),
            }
        }
        let done = self.fill(node, owner, into);
        if self.settle(done).is_none() {
            into.broken.push(clause.key.to_owned());
        }
    }

    pub(super) fn fill(
        &mut self,
        node: NodeRef<'_>,
        owner: Owner,
        into: &mut Clauses,
    ) -> Lowered<()> {
        let only = node.children().peek();
        if let Some(broken) = self.child(node, Kind::broken_rest)
            && node.kind() != Kind::evidence
        {
            return self.repaired_clause(broken, node, owner, into);
        }
        match (node.kind(), only) {
            (Kind::author, Some(value)) => into.author = Some(self.string(value)?),
            (Kind::marking, Some(value)) => into.marking = Some(self.string(value)?),
            (Kind::lang, Some(value)) => into.lang = Some(self.lang(value)?),
            (Kind::source, Some(value)) => {
                if let Some(found) = self.swallowed(value.range()) {
                    return self.report(found);
                }
                into.prose.source = Some(self.string(value)?);
            }
            (Kind::note, Some(value)) => into.prose.note = Some(self.prose(value)?),
            (Kind::resolves, Some(value)) => into.prose.resolves = Some(self.prose(value)?),
            (Kind::context, Some(value)) => into.prose.context = Some(self.prose(value)?),
            (Kind::as_of, Some(value)) => into.as_of = Some(self.spanned_date(value)?),
            (Kind::dated, Some(value)) => into.dated = Some(self.spanned_date(value)?),
            (Kind::scale_clause, Some(value)) => into.scale = Some(self.word(value)),
            (Kind::strengths_clause, Some(value)) => into.strengths = Some(self.word(value)),
            (Kind::tags, Some(value)) => into.tags = self.names(value)?,
            (Kind::rated, Some(value)) => into.rated = Some(self.rating(value)?),
            (Kind::confidence, Some(value)) => into.confidence = Some(self.confidence(value)?),
            (Kind::price, Some(value)) => into.price = Some(self.share(value, Some("a price"))?),
            (Kind::on, Some(value)) => into.on = Some(self.query(value)?),
            (Kind::when, Some(value)) if owner == Owner::Outcome => {
                into.decides = Some(self.decides(value)?);
            }
            (Kind::when, Some(value)) => into.when = Some(self.prop(value)?),
            (kind, _) if super::numbers::is_of_numbers(kind) => {
                self.number_clause(node, into)?;
            }
            (Kind::once, _) => {
                let once = self.once(node)?;
                into.once.push(once);
            }
            (Kind::counts_in, _) => into.counts_in = Some(self.counts_in(node)?),
            (Kind::set, _) => into.sets = self.sets(node)?,
            (Kind::says, Some(value)) => into.says = Some(self.says(value)?),
            (Kind::rests_on, Some(value)) => into.rests_on = self.names(value)?,
            (Kind::left_out, Some(value)) => into.left_out = self.names(value)?,
            (Kind::pool_of, Some(value)) => into.pool_of = self.names(value)?,
            (Kind::pool_weights, _) => into.pool_weights = Some(self.pool_weights(node)?),
            (Kind::pool_method, Some(value)) => into.pool_method = Some(self.pooling(value)?),
            (Kind::extremise, Some(value)) => {
                into.extremise = Some(self.positive(value, "`extremise`")?);
            }
            (Kind::likelihood, _) => into.likelihood = Some(self.likelihood(node)?),
            (Kind::weight, _) => {
                let weight = self.weight(node, owner)?;
                into.weights.push(weight);
            }
            (Kind::count, _) => {
                let count = self.count(node)?;
                into.counts.push(count);
            }
            (Kind::chance | Kind::holds, _) => {
                let row = self.row(node)?;
                into.rows.push(row);
            }
            (Kind::evidence, _) => {
                let evidence = self.evidence(node)?;
                into.evidence.push(evidence);
            }
            _ => {
                return Err(super::tree::Mismatch {
                    wanted: "the value of a clause",
                    at: node.range().start as u32,
                }
                .into());
            }
        }
        Ok(())
    }

    /// `chance given x: …`, `holds: …`
    fn row(&mut self, node: NodeRef<'_>) -> Lowered<ChanceRow> {
        let mut children = node.children();
        let guard = match children.peek_kind() {
            Some(Kind::given) => {
                let given = children.one(Kind::given, "given")?;
                self.given(given).map(Guard::Given)
            }
            Some(Kind::otherwise) => {
                children.next();
                Ok(Guard::Otherwise)
            }
            _ => Ok(Guard::Plain),
        };
        let list = children.one(Kind::values, "chances")?;
        let values = self.by_time(list, Want::Chance, |l, v| l.chance(v));
        let head = self.head(node, list);
        let (guard, values) = (guard?, values?);
        self.rates_stand_alone(&values)?;
        Ok(ChanceRow {
            span: self.span(node),
            head,
            guard,
            values,
        })
    }

    /// A clause up to its colon: what stands before its values.
    pub(super) fn head(&self, clause: NodeRef<'_>, values: NodeRef<'_>) -> Span {
        let start = clause.range().start;
        let head = self.text[start..values.range().start]
            .trim_end()
            .trim_end_matches(':')
            .trim_end();
        self.place(start..start + head.len())
    }

    /// A rate says by when itself.
    pub(super) fn rates_stand_alone(&mut self, values: &ByTime<Chance>) -> Lowered<()> {
        let is_rate = |c: &Chance| {
            matches!(
                c,
                Chance::PerYear(_)
                    | Chance::PerYearRange(..)
                    | Chance::PerYearWide(_)
                    | Chance::Times { .. }
            )
        };
        let Some(rate) = values.entries.iter().find(|e| is_rate(&e.value.node)) else {
            return Ok(());
        };
        if let Some(at) = &rate.at {
            let preposition = at.preposition.node.as_str();
            return self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    at.span,
                    format!("a rate takes no `{preposition}`"),
                )
                .label("a rate says for every horizon how likely the event is")
                .other(rate.value.span, "this is a rate")
                .help(format!("leave out the `{preposition}` and what follows it")),
            );
        }
        if values.entries.len() > 1 {
            return self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    rate.value.span,
                    "a rate must be alone in its clause",
                )
                .label("a rate says for every horizon how likely the event is")
                .help("state either the rate, or a chance by each horizon"),
            );
        }
        Ok(())
    }

    fn evidence(&mut self, node: NodeRef<'_>) -> Lowered<Evidence> {
        let mut children = node.children();
        let text = children.one(Kind::string, "what was seen")?;
        let block = children.maybe(Kind::block);
        if let Some(rest) = children.maybe(Kind::broken_rest) {
            self.after_evidence(rest);
        }
        let swallowed = self.swallowed(text.range());
        let text = match swallowed {
            Some(found) => self.report(found),
            None => self.string(text),
        };
        let clauses = self.clauses(block, Owner::Evidence);
        Ok(Evidence {
            span: self.span(node),
            text: text?,
            source: clauses.prose.source,
            rated: clauses.rated,
            dated: clauses.dated,
            note: clauses.prose.note,
        })
    }

    fn sets(&mut self, node: NodeRef<'_>) -> Lowered<Vec<Set>> {
        let mut sets = Vec::new();
        let mut whole = true;
        for child in node.children() {
            if self.is_full() {
                break;
            }
            match child.kind() {
                Kind::one_setting => {
                    let set = self.setting(child);
                    match self.settle(set) {
                        Some(set) => sets.push(set),
                        None => whole = false,
                    }
                }
                Kind::and_word => self.and_for_comma(child),
                _ => {
                    whole = false;
                    self.broken_setting(child);
                }
            }
        }
        if whole {
            Ok(sets)
        } else {
            Err(super::lower::Broken::Reported)
        }
    }

    /// `ceasefire, eu_cuts`: names between commas; broken ones are reported, and read where it is plain what they name.
    pub(super) fn names(&mut self, node: NodeRef<'_>) -> Lowered<Vec<Name>> {
        let mut names = Vec::new();
        for child in node.children() {
            if self.is_full() {
                break;
            }
            match child.kind() {
                Kind::name => {
                    let name = self.name(child);
                    names.extend(self.settle(name));
                }
                Kind::and_word => self.and_for_comma(child),
                _ => names.extend(self.broken_name(child)),
            }
        }
        if names.is_empty() {
            Err(super::lower::Broken::Reported)
        } else {
            Ok(names)
        }
    }

    /// A date as written, with its span.
    pub(super) fn spanned_date(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Dated>> {
        Ok(Spanned {
            node: self.dated(node)?,
            span: self.span(node),
        })
    }

    /// Reports a clause that is there already.
    pub(super) fn duplicate(&mut self, key: &str, span: Span, first: Span) {
        self.note(
            Diagnostic::new(
                &rules::DUPLICATE_CLAUSE,
                span,
                format!("`{key}:` appears twice in one block"),
            )
            .label("here again")
            .other(first, "here first")
            .help("keep one of the two"),
        );
    }

    /// A bare row beside `given` rows, and rows that appear twice.
    fn rows_agree(&mut self, rows: &mut Vec<ChanceRow>, owner: Owner) {
        let key = if owner == Owner::Factor {
            "holds"
        } else {
            "chance"
        };
        let head_of =
            |test: fn(&Guard) -> bool| rows.iter().find(|r| test(&r.guard)).map(|r| r.head);
        let given = head_of(|guard| matches!(guard, Guard::Given(_)));
        let otherwise = head_of(|guard| matches!(guard, Guard::Otherwise));
        let mut plain: Option<Span> = None;
        rows.retain_mut(|row| match row.guard {
            Guard::Given(_) => true,
            Guard::Otherwise => {
                let first = otherwise.unwrap_or(row.head);
                if first != row.head {
                    self.duplicate(&format!("{key} otherwise"), row.head, first);
                }
                first == row.head
            }
            Guard::Plain => {
                if let Some(first) = plain {
                    self.duplicate(key, row.head, first);
                    return false;
                }
                plain = Some(row.head);
                let Some(given) = given else { return true };
                let mut diagnostic = Diagnostic::new(
                    &rules::PLAIN_CHANCE_BESIDE_GIVEN,
                    row.head,
                    format!("a bare `{key}:` beside `given` rows reads as the overall chance"),
                )
                .label("meant where no `given` row holds?")
                .other(given, "beside this row");
                diagnostic = match otherwise {
                    Some(otherwise) => diagnostic
                        .other(otherwise, "this says it already")
                        .help("leave it out: the overall chance follows from the rows"),
                    None => diagnostic
                        .help(format!(
                            "write `{key} otherwise:` for the case that no `given` row covers"
                        ))
                        .fix(Fix::risky(
                            "write `otherwise`",
                            row.head.at_end(),
                            " otherwise",
                        )),
                };
                self.note(diagnostic);
                row.guard = Guard::Otherwise;
                otherwise.is_none()
            }
        });
    }
}
