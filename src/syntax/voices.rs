//! Views, pools and key judgements, from their nodes.
//!
//! In: their nodes. Out: [`View`], [`Pool`], [`Judgement`]. Whether what a view restates exists, and what
//! a pool is of, is looked up in `resolve`.

use super::ast::*;
use super::broken_values::Want;
use super::clauses::Clauses;
use super::grammar::Kind;
use super::lower::{Broken, Lower, Lowered};
use super::tree::NodeRef;
use super::words::Owner;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::text::source::Span;

/// The most by which a pool may be weighted or extremised: beyond it nothing but 0% and 100% is left.
const MOST: f64 = 1000.0;

impl Lower<'_> {
    /// `view fbi "One element" { … }`
    pub(super) fn view(&mut self, node: NodeRef<'_>) -> Lowered<View> {
        let mut children = node.children();
        let name = children.one(Kind::name, "a name")?;
        let name = self.declared(name);
        let title = self.title(&mut children);
        let block = children.maybe(Kind::viewed);
        let mut says = Vec::new();
        let mut clauses = Clauses::default();
        for child in block.iter().flat_map(|b| b.children()) {
            if self.is_full() {
                break;
            }
            let kind = match child.kind() {
                Kind::event => DriverKind::Event,
                Kind::factor => DriverKind::Factor,
                Kind::change => DriverKind::Change,
                Kind::assumption => DriverKind::Assumption,
                Kind::prior => {
                    let found = self.prior(child);
                    match self.settle(found) {
                        Some(prior) => says.push(Restated::Prior(Box::new(prior))),
                        None => clauses.broken.push("prior".to_owned()),
                    }
                    continue;
                }
                Kind::row => {
                    let found = self.restated_chance(child);
                    match self.settle(found) {
                        Some(chance) => says.push(chance),
                        None => clauses.broken.push("chance".to_owned()),
                    }
                    continue;
                }
                _ => {
                    self.one_clause(child, Owner::View, &mut clauses);
                    continue;
                }
            };
            let found = self.driver(child, kind);
            match self.settle(found) {
                Some(driver) => says.push(Restated::Driver(Box::new(driver))),
                None => clauses.broken.push(kind.as_str().to_owned()),
            }
        }
        Ok(View {
            span: self.span(node),
            name: name?,
            title: title?,
            author: clauses.author,
            says,
            without: clauses.left_out,
            confidence: clauses.confidence,
            prose: clauses.prose,
            broken: clauses.broken,
        })
    }

    /// `lab: likely`
    fn restated_chance(&mut self, row: NodeRef<'_>) -> Lowered<Restated> {
        let mut parts = row.children();
        let key = parts.any("an event")?;
        let values = parts.one(Kind::values, "chances")?;
        let word = self.read(key);
        if matches!(
            word,
            "exclusive" | "implies" | "overlap" | "resolved" | "use"
        ) {
            let place = self.span(key);
            return self.report(super::unknown_clauses::no_views(word, place));
        }
        if let Some(found) = self.not_by_name(word, key, values) {
            return self.report(found);
        }
        let name = self.row_name(key, "an event", "ceasefire: 20% by short");
        let values = self.by_time(values, Want::Chance, |l, v| l.chance(v));
        let (name, values) = (name?, values?);
        self.rates_stand_alone(&values)?;
        Ok(Restated::Chance {
            span: self.span(row),
            name,
            values,
        })
    }

    /// What is wrong with a restated chance that does not begin with the event's name alone.
    fn not_by_name(&self, word: &str, key: NodeRef<'_>, values: NodeRef<'_>) -> Option<Diagnostic> {
        let said = self.read(values);
        let span = self.span(key);
        if word == "prior" {
            let found = Diagnostic::new(&rules::SYNTAX, span, "a prior is a block, in a view too")
                .label("its rows stand in `{ … }`")
                .help("write `prior { exit: 2% by short, 6% by medium, stay: rest }`: it stands in place of the file's");
            return Some(found);
        }
        let heads = [
            "event ",
            "chance of ",
            "chance for ",
            "chance ",
            "the chance of ",
        ];
        let name = heads
            .iter()
            .find_map(|head| word.strip_prefix(head))?
            .trim();
        let is_name = !name.is_empty() && name.chars().all(|c| c == '_' || c.is_alphanumeric());
        let found = Diagnostic::new(
            &rules::SYNTAX,
            span,
            "an event's chance begins with its name alone",
        )
        .label("the name belongs here")
        .help(format!("write `{name}: {}`", super::recover::short(said)))
        .fix(Fix::safe(format!("write `{name}`"), span, name));
        is_name.then_some(found)
    }

    /// `pool both "Both" { of: own, fbi }`
    pub(super) fn pool(&mut self, node: NodeRef<'_>) -> Lowered<Pool> {
        let mut children = node.children();
        let (name, title, clauses) = self.head_and_clauses(&mut children, Owner::Pool)?;
        Ok(Pool {
            span: self.span(node),
            name,
            title,
            of: clauses.pool_of,
            weights: clauses.pool_weights,
            method: clauses.pool_method,
            extremise: clauses.extremise,
            prose: clauses.prose,
            broken: clauses.broken,
        })
    }

    /// `judgement "…" { on: exit by long, says: very unlikely }`
    pub(super) fn judgement(&mut self, node: NodeRef<'_>) -> Lowered<Judgement> {
        let mut children = node.children();
        let title = children.one(Kind::string, "a title")?;
        let block = children.maybe(Kind::block);
        let title = self.string(title);
        let clauses = self.clauses(block, Owner::Judgement);
        Ok(Judgement {
            span: self.span(node),
            title: title?,
            on: clauses.on,
            says: clauses.says,
            confidence: clauses.confidence,
            rests_on: clauses.rests_on,
            prose: clauses.prose,
            broken: clauses.broken,
        })
    }

    /// `says: very unlikely`: a word or chances; never who leads, nor another query.
    pub(super) fn says(&mut self, value: NodeRef<'_>) -> Lowered<Spanned<Test>> {
        let test = self.test(value)?;
        let what = match test.node {
            Test::Leads => "who leads",
            Test::Above(_) | Test::Below(_) => "how one chance compares with another",
            Test::Word(_)
            | Test::AtLeast(_)
            | Test::AtMost(_)
            | Test::Between(..)
            | Test::Number(_) => {
                return Ok(test);
            }
        };
        self.report(
            Diagnostic::new(
                &rules::WRONG_KIND,
                test.span,
                "a judgement says how likely something is",
            )
            .label(format!("this says {what}"))
            .help("write a word of the scale, `at least 60%` or `5% to 20%`; the rest is for `expect`"),
        )
    }

    /// `method: log`
    pub(super) fn pooling(&mut self, node: NodeRef<'_>) -> Lowered<Spanned<Pooling>> {
        let (text, span) = (self.read(node), self.span(node));
        match Pooling::ALL.iter().find(|(word, _)| *word == text) {
            Some((_, node)) => Ok(Spanned { node: *node, span }),
            None => {
                let words = Pooling::ALL.map(|(word, _)| word);
                self.unknown_option(span, text, "a way to pool", &words)
            }
        }
    }

    /// `extremise: 1.5`
    pub(super) fn positive(&mut self, node: NodeRef<'_>, what: &str) -> Lowered<Spanned<f64>> {
        let span = self.span(node);
        // Below 0 as much as 0 is what a pool has no use for.
        let value = match self.read(node).starts_with('-') {
            true => 0.0,
            false => self.number(node)?,
        };
        if value > 0.0 && value <= MOST {
            return Ok(Spanned { node: value, span });
        }
        let help = match what {
            "a weight" => {
                "write how much each counts, as in `weights: 2, 1`; leave out of `of:` what does not count"
            }
            _ => "1 leaves the pool as it is; more moves it away from even odds, less towards them",
        };
        self.report(
            Diagnostic::new(
                &rules::IMPOSSIBLE_NUMBER,
                span,
                format!("{what} of a pool is above 0 and at most {MOST}"),
            )
            .label("not such a number")
            .help(help),
        )
    }

    /// `weights: 2, 1`
    pub(super) fn pool_weights(
        &mut self,
        node: NodeRef<'_>,
    ) -> Lowered<Spanned<Vec<Spanned<f64>>>> {
        let mut weights = Vec::new();
        let mut whole = true;
        let mut span: Option<Span> = None;
        for child in node.children() {
            if self.is_full() {
                return Err(Broken::Reported);
            }
            match child.kind() {
                Kind::number => {
                    let weight = self.positive(child, "a weight");
                    let weight = self.settle(weight);
                    whole &= weight.is_some();
                    weights.extend(weight);
                }
                Kind::and_word => self.and_for_comma(child),
                _ => {
                    whole = false;
                    let range = self.trimmed(child);
                    let reported = self.unreadable::<()>(
                        range,
                        Kind::number,
                        "a weight",
                        "`2`, one for each of `of:`, as in `weights: 2, 1`",
                    );
                    self.settle(reported);
                }
            }
            let at = self.span(child);
            span = Some(span.map_or(at, |s| s.to(at)));
        }
        match (whole, span) {
            (true, Some(span)) => Ok(Spanned {
                node: weights,
                span,
            }),
            _ => Err(Broken::Reported),
        }
    }
}
