//! Pools and key judgements as written, over ids; queries that are put to a view.
//!
//! In: items, and the views as they were resolved. Out: [`Pool`], [`Judgement`], and queries with the view
//! that answers them.

use crate::diag::rules;
use crate::diag::{Diagnostic, suggest};
use crate::resolve::assessment::{
    DriverId, Expect, Judgement, Pool, Prop, Query, ScenarioId, Target, ViewId, Viewed, Voice,
};
use crate::resolve::names::{Meaning, Reader, Want};
use crate::syntax::ast;

/// What stands behind `under`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Under {
    /// What is made so.
    Scenario(ScenarioId),
    /// What someone holds.
    View(ViewId),
}

impl Reader<'_> {
    /// A scenario or a view.
    pub(in crate::resolve) fn under(&mut self, name: &ast::Name) -> Option<Under> {
        match self.look(&name.node, name.span, Want::Under)? {
            Meaning::Scenario(id) => Some(Under::Scenario(id)),
            Meaning::View(id) => Some(Under::View(id)),
            _ => None,
        }
    }

    /// A query as a view answers it; nothing where the view has mistakes of its own.
    pub(in crate::resolve) fn viewed(
        &mut self,
        view: ViewId,
        query: &ast::Query,
        leads: bool,
    ) -> Option<Query> {
        let seen = self.facts.views.get(view.0 as usize)?.clone()?;
        let plain = ast::Query {
            under: None,
            ..query.clone()
        };
        let found = Reader {
            scope: &seen.scope,
            facts: &seen.facts,
            sources: self.sources,
            reports: self.reports,
        }
        .query_for(&plain, leads)?;
        Some(Query {
            span: query.span,
            text: self.written(query.span),
            // Nobody who looks at this query itself sees ids of another assessment.
            target: Target::Prop(Prop::All(Vec::new())),
            negated: false,
            horizon: found.horizon,
            over: None,
            within: false,
            given: None,
            under: None,
            viewed: Some(Box::new(Viewed { view, query: found })),
        })
    }

    /// `pool both { of: own, fbi }`
    pub(in crate::resolve) fn pool(&mut self, item: &ast::Pool) -> Option<Pool> {
        let broke = |key: &str| item.broken.iter().any(|b| b == key);
        let mut of: Vec<Voice> = Vec::new();
        let mut whole = !broke("of");
        for name in &item.of {
            let voice = match name.node.as_str() {
                "own" if !self.scope.names.contains_key("own") => Voice::Own,
                _ => match self.look(&name.node, name.span, Want::View) {
                    Some(Meaning::View(id)) => Voice::View(id),
                    _ => {
                        whole = false;
                        continue;
                    }
                },
            };
            if of.contains(&voice) {
                whole = false;
                self.report(
                    Diagnostic::new(
                        &rules::DUPLICATE_NAME,
                        name.span,
                        format!("`{}` appears twice in `of`", name.node),
                    )
                    .label("named again")
                    .help("leave one of the two out; `weights: 2, 1` lets one count twice"),
                );
                continue;
            }
            of.push(voice);
        }
        if whole && of.len() < 2 {
            whole = false;
            let views = &self.scope.names;
            let views = views
                .iter()
                .filter(|(_, e)| matches!(e.meaning, Meaning::View(_)));
            let views: Vec<&str> = views.map(|(n, _)| n.as_str()).take(6).collect();
            let help = match views.as_slice() {
                [] => "declare a `view` of the file, and write `of: own, NAME`".to_owned(),
                views => format!("write `of: own, {}`", views.join(", ")),
            };
            self.report(
                Diagnostic::new(
                    &rules::MISSING_PART,
                    item.name.span,
                    format!("the pool `{}` is of fewer than two views", item.name.node),
                )
                .label("there is nothing to pool")
                .help(help),
            );
        }
        let weights: Option<Vec<f64>> =
            match &item.weights {
                None if broke("weights") => None,
                None => Some(vec![1.0; of.len()]),
                Some(weights) => {
                    let (named, stated) = (item.of.len(), weights.node.len());
                    if named != stated && whole {
                        whole = false;
                        let names: Vec<&str> = item.of.iter().map(|n| n.node.as_str()).collect();
                        let verb = if stated == 1 { "stands" } else { "stand" };
                        self.report(
                        Diagnostic::new(
                            &rules::MISSING_PART,
                            weights.span,
                            format!(
                                "{stated} weight{} {verb} here, and the pool is of {named} views",
                                if stated == 1 { "" } else { "s" }
                            ),
                        )
                        .label("one weight for each view")
                        .help(format!("write one for each of {}", suggest::list(&names, "and"))),
                    );
                    }
                    Some(weights.node.iter().map(|w| w.node).collect())
                }
            };
        let prose = self.prose_parts(&item.prose);
        if broke("method") || broke("extremise") || !whole {
            return None;
        }
        let title = item.title.as_ref();
        Some(Pool {
            span: item.span,
            name: item.name.clone(),
            title: title.map_or(item.name.node.clone(), |t| t.node.clone()),
            of,
            weights: weights?,
            method: item.method.as_ref().map(|m| m.node).unwrap_or_default(),
            extremise: item.extremise.as_ref().map_or(1.0, |x| x.node),
            prose,
        })
    }

    /// `judgement "…" { on: exit by long, says: very unlikely }`
    pub(in crate::resolve) fn judgement(&mut self, item: &ast::Judgement) -> Option<Judgement> {
        let parts = [
            ("on", item.on.is_some(), "on what", "on: exit by long"),
            (
                "says",
                item.says.is_some(),
                "how likely",
                "says: very unlikely",
            ),
        ];
        let why = "what the words say, so that it can be checked";
        self.lacking(("judgement", item.title.span), &item.broken, parts, why);
        let mut rests_on = Vec::new();
        for name in &item.rests_on {
            if let Some(id) = self.driver(name, Want::Driver) {
                if rests_on.contains(&id) {
                    self.report(
                        Diagnostic::new(
                            &rules::DUPLICATE_NAME,
                            name.span,
                            format!("`{}` appears twice in `rests on`", name.node),
                        )
                        .label("named again")
                        .help("leave one of the two out"),
                    );
                    continue;
                }
                rests_on.push(id);
            }
        }
        let prose = self.prose_parts(&item.prose);
        let expect: Option<Expect> = match (&item.on, &item.says) {
            (Some(on), Some(says)) => self.expect(&ast::Expect {
                span: item.span,
                query: on.clone(),
                test: says.clone(),
            }),
            (Some(on), None) => self.query(on).and(None),
            _ => None,
        };
        let (on, says) = (item.on.as_ref()?, item.says.as_ref()?);
        let text = format!("{}: {}", self.written(on.span), self.written(says.span));
        let says = self.written(says.span);
        Some(Judgement {
            span: item.span,
            title: item.title.clone(),
            expect: Expect { text, ..expect? },
            says,
            confidence: item.confidence.clone(),
            rests_on,
            prose,
        })
    }

    /// The ids of what a view leaves out.
    pub(in crate::resolve) fn left_out(&self, names: &[ast::Name]) -> Vec<DriverId> {
        let each = names.iter().filter_map(|name| {
            match self.scope.names.get(&name.node).map(|e| e.meaning) {
                Some(Meaning::Driver(id)) => Some(id),
                _ => None,
            }
        });
        each.collect()
    }
}
