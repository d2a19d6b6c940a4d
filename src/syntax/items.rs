//! Items: a function for each kind.
//!
//! In: the nodes below `file`. Out: [`Item`]s in the file's order; an item that is too broken to
//! lower leaves its name and kind behind, so that its absence is no further mistake.

use super::ast::*;
use super::clauses::Clauses;
use super::dates;
use super::grammar::Kind;
use super::lower::{Broken, Lower, Lowered};
use super::tree::{Cursor, NodeRef};
use super::words::Owner;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::limits;

/// How many items of each kind were read.
#[derive(Debug, Default)]
pub(super) struct Counts {
    horizons: usize,
    outcomes: usize,
    drivers: usize,
    scenarios: usize,
    views: usize,
    pools: usize,
    others: usize,
}

/// Room is made at once for so many items of a file.
const RESERVED: usize = 256;

/// The clause of an assessment that is most often written beside it.
pub(super) const AS_OF: &str = "as of";

impl Lower<'_> {
    /// All items of a file.
    pub(super) fn file(&mut self, root: NodeRef<'_>) {
        let mut counts = Counts::default();
        // Clauses behind a brace that closes too early are one mistake.
        let mut adrift = false;
        // Items are large: to move them again and again takes as long as to read them.
        let count = root.children().take(RESERVED).count();
        self.out.ast.items.reserve(count);
        for node in root.children() {
            if self.is_full() {
                break;
            }
            match node.kind() {
                Kind::broken_item if self.is_adrift(node) => {
                    if super::stray::called(&self.text[node.range()]) == Some(AS_OF) {
                        // It is there, if not in its place.
                        self.out.ast.broken_kinds.push(AS_OF);
                    }
                    if !adrift {
                        self.adrift(node);
                    }
                    adrift = true;
                }
                Kind::stray => self.stray(node),
                _ => {
                    adrift = false;
                    self.counted(node, &mut counts);
                }
            }
        }
    }

    fn counted(&mut self, node: NodeRef<'_>, counts: &mut Counts) {
        let (count, limit, what) = match node.kind() {
            Kind::horizon => (&mut counts.horizons, limits::HORIZONS, "horizons"),
            Kind::outcome => (&mut counts.outcomes, limits::OUTCOMES, "outcomes"),
            Kind::event | Kind::factor | Kind::change | Kind::assumption => (
                &mut counts.drivers,
                limits::DRIVERS,
                "events, factors, changes and assumptions",
            ),
            Kind::scenario => (&mut counts.scenarios, limits::SCENARIOS, "scenarios"),
            Kind::view => (&mut counts.views, limits::VIEWS, "views"),
            Kind::pool => (&mut counts.pools, limits::POOLS, "pools"),
            Kind::broken_item => return self.broken_item(node),
            _ => (&mut counts.others, limits::OTHERS, "other items"),
        };
        *count += 1;
        if *count <= limit {
            return self.item(node);
        }
        if *count == limit + 1 {
            let first = self.text[node.range()].lines().next().unwrap_or_default();
            let span = self.keyword(node, first.trim_end().len());
            self.note(limits::too_many(span, what, limit));
        }
        self.lost(node);
    }

    /// One item, or what stands in its place.
    pub(super) fn item(&mut self, node: NodeRef<'_>) {
        let item = match node.kind() {
            Kind::broken_item => return self.broken_item(node),
            Kind::assessment => self.assessment(node).map(Item::Assessment),
            Kind::horizon => self.horizon(node).map(Item::Horizon),
            Kind::outcome => self.outcome(node).map(Item::Outcome),
            Kind::prior => self.prior(node).map(Item::Prior),
            Kind::event => self.driver(node, DriverKind::Event).map(Item::Driver),
            Kind::factor => self.driver(node, DriverKind::Factor).map(Item::Driver),
            Kind::change => self.driver(node, DriverKind::Change).map(Item::Driver),
            Kind::assumption => self.driver(node, DriverKind::Assumption).map(Item::Driver),
            Kind::scenario => self.scenario(node).map(Item::Scenario),
            Kind::bet => self.bet(node).map(Item::Bet),
            Kind::expect => self.expect(node).map(Item::Expect),
            Kind::section => self.section(node).map(Item::Section),
            Kind::use_item => self.use_item(node).map(Item::Use),
            Kind::exclusive => self.exclusive(node).map(Item::Exclusive),
            Kind::overlap => self.overlap(node).map(Item::Overlap),
            Kind::scale => self.scale(node).map(Item::Scale),
            Kind::strengths => self.strengths(node).map(Item::Strengths),
            Kind::resolved => self.resolved(node).map(Item::Resolved),
            Kind::question => self.question(node).map(Item::Question),
            Kind::condition => self.condition(node).map(Item::Condition),
            Kind::implies => self.implies(node).map(Item::Implies),
            Kind::view => self.view(node).map(Item::View),
            Kind::pool => self.pool(node).map(Item::Pool),
            Kind::judgement => self.judgement(node).map(|j| Item::Judgement(Box::new(j))),
            Kind::quantity => self.quantity(node).map(Item::Quantity),
            Kind::impacts => self.impacts(node).map(Item::Impacts),
            Kind::risk => self.risk(node).map(Item::Risk),
            _ => {
                let shape = super::tree::Mismatch {
                    wanted: "an item",
                    at: node.range().start as u32,
                };
                Err(shape.into())
            }
        };
        if matches!(item, Err(Broken::Repaired)) {
            return;
        }
        match self.settle(item) {
            Some(item) => self.out.ast.items.push(item),
            None => self.lost(node),
        }
    }

    /// Remembers the name and the kind of an item that could not be lowered.
    pub(super) fn lost(&mut self, node: NodeRef<'_>) {
        if let Some(name) = self.child(node, Kind::name) {
            let name = self.word(name);
            self.out.ast.broken.push(name);
        }
        self.lost_kind(node.kind());
    }

    pub(super) fn lost_kind(&mut self, kind: Kind) {
        let word = match kind {
            Kind::assessment => "assessment",
            Kind::horizon => "horizon",
            Kind::outcome | Kind::asked_outcome => "outcome",
            Kind::prior => "prior",
            Kind::event => "event",
            Kind::factor => "factor",
            Kind::change => "change",
            Kind::assumption => "assumption",
            Kind::scenario => "scenario",
            Kind::bet => "bet",
            Kind::expect => "expect",
            Kind::section => "section",
            Kind::use_item => "use",
            Kind::exclusive => "exclusive",
            Kind::overlap => "overlap",
            Kind::scale => "scale",
            Kind::strengths => "strengths",
            Kind::resolved => "resolved",
            Kind::question => "question",
            Kind::condition => "condition",
            Kind::implies => "implies",
            Kind::view => "view",
            Kind::pool => "pool",
            Kind::judgement => "judgement",
            Kind::quantity => "quantity",
            Kind::impacts => "impacts",
            Kind::risk => "risk",
            _ => return,
        };
        if !self.out.ast.broken_kinds.contains(&word) {
            self.out.ast.broken_kinds.push(word);
        }
    }

    fn assessment(&mut self, node: NodeRef<'_>) -> Lowered<Assessment> {
        let mut children = node.children();
        let title = children.one(Kind::string, "a title")?;
        let block = children.maybe(Kind::block);
        let title = self.string(title);
        let clauses = self.clauses(block, Owner::Assessment);
        Ok(Assessment {
            span: self.span(node),
            keyword: self.keyword(node, "assessment".len()),
            title: title?,
            author: clauses.author,
            as_of: clauses.as_of,
            scale: clauses.scale,
            strengths: clauses.strengths,
            tags: clauses.tags,
            marking: clauses.marking,
            lang: clauses.lang,
            prose: clauses.prose,
            broken: clauses.broken,
        })
    }

    fn horizon(&mut self, node: NodeRef<'_>) -> Lowered<Horizon> {
        let mut children = node.children();
        let name = children.one(Kind::name, "a name")?;
        let name = self.declared(name);
        let title = self.title(&mut children)?;
        let period = children.any("a horizon's extent")?;
        let period = match period.kind() {
            Kind::broken_rest => self.repaired_item(period, node),
            _ => self.period(period),
        };
        Ok(Horizon {
            span: self.span(node),
            name: name?,
            title,
            period: period?,
        })
    }

    pub(super) fn title(&mut self, children: &mut Cursor<'_>) -> Lowered<Option<Text>> {
        children
            .maybe(Kind::string)
            .map(|title| self.string(title))
            .transpose()
    }

    /// Name, title and clauses: what most items are made of.
    pub(super) fn head_and_clauses(
        &mut self,
        children: &mut Cursor<'_>,
        owner: Owner,
    ) -> Lowered<(Name, Option<Text>, Box<Clauses>)> {
        let name = children.one(Kind::name, "a name")?;
        let name = self.declared(name);
        let title = self.title(children);
        let block = children.maybe(Kind::block);
        let clauses = self.clauses(block, owner);
        Ok((name?, title?, clauses))
    }

    pub(super) fn outcome(&mut self, node: NodeRef<'_>) -> Lowered<Outcome> {
        let mut children = node.children();
        let is_final = children.maybe(Kind::final_word).map(|n| self.span(n));
        let (name, title, clauses) = self.head_and_clauses(&mut children, Owner::Outcome)?;
        Ok(Outcome {
            span: self.span(node),
            is_final,
            name,
            title,
            when: clauses.decides,
            value: clauses.numbers.value,
            impact: clauses.numbers.impact,
            confidence: clauses.confidence,
            prose: clauses.prose,
            broken: clauses.broken,
        })
    }

    pub(super) fn driver(&mut self, node: NodeRef<'_>, kind: DriverKind) -> Lowered<Driver> {
        let owner = match kind {
            DriverKind::Event => Owner::Event,
            DriverKind::Factor => Owner::Factor,
            DriverKind::Change => Owner::Change,
            DriverKind::Assumption => Owner::Assumption,
        };
        let mut children = node.children();
        let (name, title, clauses) = self.head_and_clauses(&mut children, owner)?;
        Ok(Driver {
            span: self.span(node),
            keyword: self.keyword(node, kind.as_str().len()),
            kind,
            name,
            title,
            rows: clauses.rows,
            once: clauses.once,
            when: clauses.when,
            weights: clauses.weights,
            likelihood: clauses.likelihood,
            counts: clauses.counts,
            moves: clauses.numbers.moves,
            impact: clauses.numbers.impact,
            confidence: clauses.confidence,
            evidence: clauses.evidence,
            prose: clauses.prose,
            broken: clauses.broken,
        })
    }

    fn scenario(&mut self, node: NodeRef<'_>) -> Lowered<Scenario> {
        let mut children = node.children();
        let (name, title, clauses) = self.head_and_clauses(&mut children, Owner::Scenario)?;
        Ok(Scenario {
            span: self.span(node),
            name,
            title,
            sets: clauses.sets,
            prose: clauses.prose,
            broken: clauses.broken.iter().any(|key| key == "set"),
        })
    }

    fn bet(&mut self, node: NodeRef<'_>) -> Lowered<Bet> {
        let mut children = node.children();
        let title = children.one(Kind::string, "a title")?;
        let block = children.maybe(Kind::block);
        let title = self.string(title);
        let clauses = self.clauses(block, Owner::Bet);
        Ok(Bet {
            span: self.span(node),
            title: title?,
            on: clauses.on,
            price: clauses.price,
            prose: clauses.prose,
            broken: clauses.broken,
        })
    }

    fn expect(&mut self, node: NodeRef<'_>) -> Lowered<Expect> {
        let mut children = node.children();
        let query = children.one(Kind::query, "a query")?;
        let number = self.child(query, Kind::statistic).is_some();
        let test = children.any("what is expected")?;
        if !number && let Some(found) = self.bare_quantity(query, test) {
            return self.report(found);
        }
        let query = self.query(query);
        let test = match test.kind() {
            Kind::broken_rest => self.repaired_item(test, node),
            _ if number => self.number_test(test),
            // Of a chance: explained as other text that cannot be read.
            Kind::above_figure | Kind::below_figure => self.repaired_item(test, node),
            _ => self.test(test),
        };
        Ok(Expect {
            span: self.span(node),
            query: query?,
            test: test?,
        })
    }

    fn section(&mut self, node: NodeRef<'_>) -> Lowered<Section> {
        let mut children = node.children();
        let title = children.one(Kind::string, "a title")?;
        let title = self.string(title);
        let prose = children.any("a section's text")?;
        let prose = match prose.kind() {
            Kind::broken_rest => self.repaired_item(prose, node),
            _ => self.prose(prose),
        };
        Ok(Section {
            span: self.span(node),
            title: title?,
            prose: prose?,
        })
    }

    fn use_item(&mut self, node: NodeRef<'_>) -> Lowered<Use> {
        let mut children = node.children();
        let path = children.one(Kind::string, "a file")?;
        let names = children.one(Kind::names, "names")?;
        let path = self.string(path);
        let names = self.names(names);
        Ok(Use {
            span: self.span(node),
            path: path?,
            names: names?,
        })
    }

    fn exclusive(&mut self, node: NodeRef<'_>) -> Lowered<Exclusive> {
        let names = node.children().one(Kind::names, "names")?;
        Ok(Exclusive {
            span: self.span(node),
            members: self.names(names)?,
        })
    }

    fn overlap(&mut self, node: NodeRef<'_>) -> Lowered<Overlap> {
        let mut children = node.children();
        let share = children.one(Kind::value, "a share")?;
        let names = children.one(Kind::names, "names")?;
        let place = self.span(share);
        let share = match self.share(share, Some("an overlap")) {
            // Its members are looked up all the same.
            Err(Broken::Reported) => Spanned {
                node: 1.0,
                span: place,
            },
            share => share?,
        };
        Ok(Overlap {
            span: self.span(node),
            share,
            members: self.names(names)?,
        })
    }

    fn resolved(&mut self, node: NodeRef<'_>) -> Lowered<Resolved> {
        let mut children = node.children();
        if let Some(broken) = children.maybe(Kind::broken_rest) {
            return self.repaired_item(broken, node);
        }
        let not = children.maybe(Kind::not_op);
        let name = children.one(Kind::name, "an outcome or an event")?;
        let share = children.maybe(Kind::share);
        let at = match children.peek() {
            Some(at) if matches!(at.kind(), Kind::at_by | Kind::at_in) => {
                children.next();
                Some(self.at(at)?)
            }
            _ => None,
        };
        let on = match children.maybe(Kind::settled) {
            Some(on) => {
                let date = on.children().one(Kind::date, "a date")?;
                Some(self.spanned_date(date)?)
            }
            None => None,
        };
        children.finish("the end of a resolution")?;
        let share = match share {
            Some(share) if dates::meant(self.read(share)).is_some() => {
                let span = self.span(share);
                return self.report(
                    Diagnostic::new(
                        &rules::SYNTAX,
                        span,
                        "the day of a resolution stands behind `on`",
                    )
                    .label("`on` belongs before this")
                    .help(format!("write `on {}`", self.read(share)))
                    .fix(Fix::safe("write `on`", span.at_start(), "on ")),
                );
            }
            Some(share) => Some(self.settled_amount(share)?),
            None => None,
        };
        let what = if self.read(name) == "void" {
            let extra = not.or(share.is_some().then_some(name));
            if let Some(extra) = extra {
                let span = self.span(extra);
                return self.report(
                    Diagnostic::new(
                        &rules::SYNTAX,
                        span,
                        "`void` takes neither `not` nor a share",
                    )
                    .label("`void` says that the question has no answer")
                    .help("write `resolved: void in medium on 2026-09-01`"),
                );
            }
            ResolvedWhat::Void(self.span(name))
        } else {
            ResolvedWhat::Name {
                name: self.name(name)?,
                negated: not.is_some(),
                amount: share,
            }
        };
        Ok(Resolved {
            span: self.span(node),
            what,
            at,
            on,
        })
    }

    /// `70%` of an outcome, or what a quantity came to: which of the two is known where names are.
    fn settled_amount(&mut self, node: NodeRef<'_>) -> Lowered<Figure> {
        let mut children = node.children();
        let value = children.one(Kind::value, "a share")?;
        let more = children.maybe(Kind::more_unit);
        let inner: Vec<Kind> = value.children().map(|c| c.kind()).collect();
        let is_figure = matches!(
            inner.as_slice(),
            [Kind::number] | [Kind::number, Kind::unit | Kind::percent]
        );
        if !is_figure {
            self.share(value, Some("a share"))?;
        }
        let end = more.map_or(value.range().end, |m| m.range().end);
        self.figure(value.range().start..end)
    }
}
