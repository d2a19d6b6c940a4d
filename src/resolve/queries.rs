//! Queries, and what is asked with them: expectations, bets, resolutions.
//!
//! In: queries as written. Out: [`Query`]s at a horizon, with `by` and `in` held to their kind.

use super::assessment::{Bet, DriverKind, Expect, Figured, HorizonId, Over, Query, Target, Test};
use super::names::{Meaning, Reader, Want};
use super::propositions::Single;
use super::voices::Under;
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::syntax::ast::{self, At, Preposition, PropKind, When};
use crate::text::blanks::single;
use crate::text::source::Span;

/// What is `certain` or `impossible` may miss 100% and 0% by, since sums of doubles do.
const DEFINITE: f64 = 1e-12;

/// Which prepositions a query's target takes.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Takes {
    /// A single lasting thing: `by` for up to then, `in` for within.
    Both,
    /// A compound of lasting things.
    By,
    /// Something that may pass.
    In,
}

impl Reader<'_> {
    /// What stands in the file there, with single blanks.
    pub(super) fn written(&self, span: Span) -> String {
        single(self.sources.text(span))
    }

    pub(super) fn query(&mut self, query: &ast::Query) -> Option<Query> {
        self.query_for(query, false)
    }

    /// A query; `leads` where the question is who leads, which may change for lasting things too.
    pub(super) fn query_for(&mut self, query: &ast::Query, leads: bool) -> Option<Query> {
        let under = query.under.as_ref().map(|n| self.under(n));
        if let Some(Some(Under::View(view))) = under {
            return self.viewed(view, query, leads);
        }
        let under = under.map(|found| match found {
            Some(Under::Scenario(id)) => Some(id),
            _ => None,
        });
        let target = match &query.statistic {
            Some(statistic) => self.figured(statistic.node, query),
            None => self.target(&query.target),
        };
        let given = query.given.as_ref().map(|p| self.prop(p));
        let over = query.over.as_ref().map(|over| self.over(over));
        let (target, negated, takes) = target?;
        if let Some(over) = over {
            let over = over?;
            if matches!(target, Target::Figure(..)) {
                let at = query.over.as_ref().map_or(query.span, |o| o.span);
                self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        at,
                        "a number is asked for `in` one horizon",
                    )
                    .label("one horizon's name is needed here")
                    .help("write one query for each horizon: `median of growth in y2026`"),
                );
                return None;
            }
            let at = query.over.as_ref().map_or(query.span, |o| o.span);
            self.over_lasting(takes, over.every, at, leads);
            return Some(Query {
                span: query.span,
                text: self.written(query.span),
                target,
                negated,
                horizon: *over.horizons.last()?,
                over: Some(over),
                within: false,
                given: match given {
                    Some(found) => Some(found?),
                    None => None,
                },
                under: match under {
                    Some(found) => Some(found?),
                    None => None,
                },
                viewed: None,
            });
        }
        let (horizon, preposition) = match &query.at {
            Some(at) => (self.asked_at(at)?, Some(at.preposition.clone())),
            None => (self.asked_once(query, takes)?, None),
        };
        let mut within = false;
        if let Some(word) = preposition {
            within = takes == Takes::Both && word.node == Preposition::In;
            self.preposition(&word, takes, &target, horizon);
        }
        Some(Query {
            span: query.span,
            text: self.written(query.span),
            target,
            negated,
            horizon,
            over: None,
            within,
            given: match given {
                Some(found) => Some(found?),
                None => None,
            },
            under: match under {
                Some(found) => Some(found?),
                None => None,
            },
            viewed: None,
        })
    }

    /// The horizons of `in any …` and `in every …`.
    fn over(&mut self, over: &ast::Over) -> Option<Over> {
        let mut horizons: Vec<HorizonId> = Vec::new();
        let mut complete = true;
        if self.facts.timeless {
            self.no_time(over.span, "a file without a horizon has none to go over");
            return None;
        }
        match &over.horizons {
            None => horizons.extend((0..self.facts.horizons.len() as u32).map(HorizonId)),
            Some(names) => {
                for name in names {
                    match self.look(&name.node, name.span, Want::Horizon) {
                        Some(Meaning::Horizon(id)) if !horizons.contains(&id) => horizons.push(id),
                        Some(Meaning::Horizon(_)) => {
                            self.report(
                                Diagnostic::new(
                                    &rules::DUPLICATE_NAME,
                                    name.span,
                                    format!("`{}` appears twice in this list", name.node),
                                )
                                .label("named again")
                                .help("leave one of the two out"),
                            );
                        }
                        _ => complete = false,
                    }
                }
            }
        }
        horizons.sort_unstable();
        (complete && !horizons.is_empty()).then_some(Over {
            every: over.every,
            horizons,
        })
    }

    /// Reports a lasting thing that is asked about in every horizon, or several in any.
    fn over_lasting(&mut self, takes: Takes, every: bool, at: Span, leads: bool) {
        let (message, help) = match (takes, every) {
            (Takes::Both, true) if !leads => (
                "what lasts is not asked about in every horizon",
                "once it has come it stays: ask `by` a horizon, or `in any horizon` for whether it comes",
            ),
            (Takes::By, _) if !leads => (
                "what is put together of lasting things is asked `by` a horizon",
                "it holds from some time on: write `by` and the last horizon",
            ),
            _ => return,
        };
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, at, message)
                .label("`by` is needed here")
                .help(help),
        );
    }

    /// What a query is about, whether `not` stands before an outcome, and which prepositions fit.
    fn target(&mut self, prop: &ast::Prop) -> Option<(Target, bool, Takes)> {
        let (mut inner, mut negated) = (prop, false);
        while let PropKind::Not(next) = &inner.kind {
            (inner, negated) = (next, !negated);
        }
        if let PropKind::Name(name) = &inner.kind {
            match self.look(name, inner.span, Want::Queried)? {
                Meaning::Outcome(id) => {
                    let takes = if self.facts.is_final(id) {
                        Takes::Both
                    } else {
                        Takes::In
                    };
                    return Some((Target::Outcome(id), negated, takes));
                }
                Meaning::Elsewhere => return None,
                _ => {}
            }
        }
        let found = self.prop(prop)?;
        let takes = match self.facts.single(&found) {
            Some(Single::Outcome(id)) if self.facts.is_final(id) => Takes::Both,
            Some(Single::Driver(id)) if self.facts.driver(id).kind != DriverKind::Factor => {
                Takes::Both
            }
            _ if self.facts.lasts(&found) => Takes::By,
            _ => Takes::In,
        };
        Some((Target::Prop(found), false, takes))
    }

    pub(super) fn asked_at(&mut self, at: &At) -> Option<HorizonId> {
        if self.facts.timeless {
            self.no_time(at.span, "a file without a horizon is asked without one");
            return None;
        }
        match &at.when {
            When::Horizon(name) => match self.look(&name.node, name.span, Want::Horizon)? {
                Meaning::Horizon(id) => Some(id),
                _ => None,
            },
            // That there is no horizon is said already.
            When::Now(_) | When::Date(_) if self.facts.horizons.is_empty() => None,
            When::Now(span) | When::Date(ast::Spanned { span, .. }) => {
                let names: Vec<&str> = self
                    .facts
                    .horizons
                    .iter()
                    .map(|h| h.0.as_str())
                    .take(6)
                    .collect();
                let help = format!(
                    "the verdict is computed at each horizon's end: {}",
                    suggest::list(&names, "or")
                );
                self.report(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        *span,
                        "a question is asked at a horizon",
                    )
                    .label("a horizon's name is needed here")
                    .help(help),
                );
                None
            }
        }
    }

    /// The horizon of a question that names none: the only one there is.
    fn asked_once(&mut self, query: &ast::Query, takes: Takes) -> Option<HorizonId> {
        match self.facts.horizons.len() {
            0 => return None,
            1 => return Some(HorizonId(0)),
            _ => {}
        }
        let word = if takes == Takes::In { "in" } else { "by" };
        let mut found = Diagnostic::new(
            &rules::BY_WHEN,
            query.span,
            format!(
                "`{}` does not say at which horizon",
                self.written(query.span)
            ),
        )
        .label(if takes == Takes::In {
            "in which horizon?"
        } else {
            "by when?"
        })
        .help(format!(
            "add a horizon: `{word} {}`",
            self.facts.horizons[0].0
        ));
        for (name, _) in self.facts.horizons.iter().take(6) {
            found = found.fix(Fix::risky(
                format!("ask `{word} {name}`"),
                query.target.span.at_end(),
                format!(" {word} {name}"),
            ));
        }
        self.report(found);
        None
    }

    pub(super) fn preposition(
        &mut self,
        word: &ast::Spanned<Preposition>,
        takes: Takes,
        target: &Target,
        horizon: HorizonId,
    ) {
        // Within the first horizon and by its end are one thing.
        let first = horizon == HorizonId(0);
        let wanted = match (word.node, takes) {
            (Preposition::By, Takes::In) => "in",
            (Preposition::In, Takes::By) => "by",
            _ => return,
        };
        let (message, help) = match (target, wanted) {
            (Target::Outcome(id), _) => (
                format!(
                    "`{}` is asked `in` a horizon, not `by` one",
                    self.facts.outcome(*id).0
                ),
                "only what lasts has come `by` a time; this outcome is not `final`: it is the state of things at a \
                 horizon's end, so write `in`",
            ),
            (_, "in") => (
                "what may pass is asked `in` a horizon, not `by` one".to_string(),
                "what may pass, such as a quantity or a factor with `holds:`, is drawn anew in each horizon, so nothing that rests on it lasts: write `in`",
            ),
            _ => (
                "what is put together of lasting things is asked `by` a horizon, not `in` one"
                    .to_string(),
                "`in` asks within which horizon a single thing came; several need not come together: write `by`",
            ),
        };
        self.report(
            Diagnostic::new(&rules::WRONG_KIND, word.span, message)
                .label(format!("`{wanted}` is needed here"))
                .help(help)
                .fix(Fix {
                    safe: first,
                    ..Fix::risky(format!("write `{wanted}`"), word.span, wanted)
                }),
        );
    }

    pub(super) fn expect(&mut self, expect: &ast::Expect) -> Option<Expect> {
        let leads = matches!(expect.test.node, ast::Test::Leads);
        let query = self.query_for(&expect.query, leads);
        let span = expect.test.span;
        let test = match &expect.test.node {
            ast::Test::Word(word) => {
                let scope = self.scope;
                let known = scope.scale.term(word).is_some();
                if let Some(point) = super::words::definite(word).filter(|_| !known) {
                    let near = (point - DEFINITE, point + DEFINITE);
                    return Some(Expect {
                        span: expect.span,
                        text: self.written(expect.query.span.to(span)),
                        query: query?,
                        test: Test::Between(near.0.max(0.0), near.1.min(1.0)),
                    });
                }
                if !known {
                    self.unknown_test(word, span);
                }
                known.then(|| {
                    Test::Word(ast::Name {
                        node: word.clone(),
                        span,
                    })
                })
            }
            ast::Test::AtLeast(low) => Some(Test::Between(*low, 1.0)),
            ast::Test::AtMost(high) => Some(Test::Between(0.0, *high)),
            ast::Test::Between(low, high) => Some(Test::Between(*low, *high)),
            ast::Test::Leads => match query.as_ref().map(Query::meant) {
                Some(
                    Query {
                        target: Target::Prop(_),
                        ..
                    }
                    | Query { negated: true, .. },
                ) => {
                    self.report(
                        Diagnostic::new(&rules::WRONG_KIND, span, "only an outcome can lead")
                            .label("leads among the outcomes")
                            .other(expect.query.span, "not an outcome")
                            .help("expect a chance of it: a word of the scale, `at least 60%` or `above …`"),
                    );
                    None
                }
                Some(Query {
                    over: Some(over), ..
                }) if !over.every => {
                    let at = expect.query.over.as_ref().map_or(span, |o| o.span);
                    self.report(
                        Diagnostic::new(
                            &rules::WRONG_KIND,
                            at,
                            "who leads is asked `in` one horizon or `in every horizon`",
                        )
                        .label("`in every horizon` or one horizon's name is needed here")
                        .help("write `in every horizon: leads`, or one `expect` for each horizon"),
                    );
                    None
                }
                _ => Some(Test::Leads),
            },
            ast::Test::Above(other) => self.query(other).map(Test::Above),
            ast::Test::Below(other) => self.query(other).map(Test::Below),
            ast::Test::Number(bounds) => query.as_ref().and_then(|q| self.bounds(bounds, q)),
        };
        Some(Expect {
            span: expect.span,
            text: self.written(expect.query.span.to(span)),
            query: query?,
            test: test?,
        })
    }

    /// `median of growth`
    fn figured(
        &mut self,
        statistic: ast::Statistic,
        query: &ast::Query,
    ) -> Option<(Target, bool, Takes)> {
        let PropKind::Name(name) = &query.target.kind else {
            self.report(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    query.target.span,
                    format!("only a number has a {statistic}"),
                )
                .label("the name of a quantity is needed here")
                .help("write `median of growth in y2026`, with the name alone"),
            );
            return None;
        };
        let name = ast::Name {
            node: name.clone(),
            span: query.target.span,
        };
        let meaning = match self.asks_value(&name) {
            Some(meaning) => meaning,
            None => self.look(&name.node, name.span, Want::Compared)?,
        };
        let of = match meaning {
            Meaning::Quantity(id) => Figured::Quantity(id),
            Meaning::Question(id) => {
                self.value_unit(id.0 as usize, &name)?;
                Figured::Question(id)
            }
            _ => return None,
        };
        Some((Target::Figure(statistic, of), false, Takes::In))
    }

    /// What is expected of a number, in the unit of what is asked.
    fn bounds(&mut self, bounds: &ast::Bounds, query: &Query) -> Option<Test> {
        let Target::Figure(_, of) = query.target else {
            return None;
        };
        let (unit, name) = match of {
            Figured::Quantity(id) => {
                let fact = &self.facts.quantities[id.0 as usize];
                (fact.unit.clone(), fact.name.clone())
            }
            Figured::Question(id) => {
                let all = self.facts.outcomes_of(id);
                let unit = all.filter_map(|at| self.facts.asked[at].value.as_ref());
                let unit = unit.map(|f| f.unit.clone()).next().flatten();
                (unit, "value".to_owned())
            }
        };
        let mut good = true;
        for figure in bounds.low.iter().chain(&bounds.high) {
            good &= self.in_unit(figure, unit.as_deref(), &name);
        }
        good.then(|| Test::Number {
            low: bounds.low.as_ref().map_or(f64::NEG_INFINITY, |f| f.number),
            high: bounds.high.as_ref().map_or(f64::INFINITY, |f| f.number),
            strict: bounds.strict,
        })
    }

    pub(super) fn bet(&mut self, bet: &ast::Bet) -> Option<Bet> {
        let on = bet.on.as_ref().map(|q| self.query(q));
        let prose = self.prose_parts(&bet.prose);
        let parts = [
            ("on", bet.on.is_some(), "on what", "on: not exit by short"),
            ("price", bet.price.is_some(), "at which price", "price: 97%"),
        ];
        let why = "what pays 1 if it comes true, and what it costs";
        self.lacking(("bet", bet.title.span), &bet.broken, parts, why);
        Some(Bet {
            span: bet.span,
            title: bet.title.clone(),
            on: on??,
            price: bet.price.clone()?,
            prose,
        })
    }
}
