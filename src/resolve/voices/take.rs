//! A project as a view has it.
//!
//! In: a project and one of its views. Out: the project with the view's clauses in place of the file's own,
//! their spans still in the view; what a view says of something that is not there. What other voices say,
//! and what the file claims of its own verdict, is left out.

use super::restate::{self, Slots};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix, suggest};
use crate::project::Project;
use crate::syntax::ast::{
    self, ChanceRow, Driver, DriverKind, Guard, Item, Name, Prior, ProseClauses, Restated, View,
};
use crate::text::source::{FileId, Span};

/// A driver's place in a project.
type Place = (usize, usize);

/// The view of a name.
pub(crate) fn find_view<'p>(project: &'p Project, name: &str) -> Option<&'p View> {
    let items = &project.files.first()?.ast.items;
    items.iter().find_map(|item| match item {
        Item::View(view) if view.name.node == name => Some(view),
        _ => None,
    })
}

/// The project without what other voices say and what the file claims of its own verdict.
pub(crate) fn own(project: &Project) -> Project {
    let mut own = project.clone();
    if let Some(first) = own.files.first_mut() {
        first.ast.items.retain(|item| {
            !matches!(
                item,
                Item::View(_)
                    | Item::Pool(_)
                    | Item::Judgement(_)
                    | Item::Expect(_)
                    | Item::Bet(_)
                    | Item::Section(_)
            )
        });
    }
    own
}

/// The project as a view has it, and what is wrong with the view itself.
pub(crate) fn as_seen(project: &Project, view: &View) -> (Project, Vec<Diagnostic>) {
    let mut seen = own(project);
    let others = project.files.iter().take(1).flat_map(|f| &f.ast.items);
    let others = others.filter_map(|item| match item {
        Item::View(v) => Some(("a view", v.name.clone())),
        Item::Pool(p) => Some(("a pool", p.name.clone())),
        _ => None,
    });
    let mut taking = Taking {
        others: others.collect(),
        project: &mut seen,
        view,
        slots: Slots::default(),
        touched: Vec::new(),
        wrong: Vec::new(),
    };
    let mut priors: Vec<Prior> = Vec::new();
    for said in &view.says {
        match said {
            Restated::Driver(driver) => taking.driver((**driver).clone()),
            Restated::Chance { span, name, values } => taking.chance(*span, name, values),
            Restated::Prior(prior) => priors.push((**prior).clone()),
        }
    }
    taking.priors(priors);
    for name in &view.without {
        taking.leave_out(name);
    }
    if view.says.is_empty() && view.without.is_empty() && view.broken.is_empty() {
        taking.wrong.push(
            Diagnostic::new(
                &rules::MISSING_PART,
                view.name.span,
                format!("the view `{}` says nothing", view.name.node),
            )
            .label("it is the file itself")
            .help(
                "say what it sees otherwise: `NAME: 20% by …`, an `event`, `factor`, `change` or `assumption` with \
                 other clauses, a `prior`, or `without: NAME`",
            ),
        );
    }
    if view.name.node == "own" {
        taking.wrong.push(
            Diagnostic::new(
                &rules::DUPLICATE_NAME,
                view.name.span,
                "`own` is the file itself, and no view",
            )
            .label("this name is taken")
            .help("give the view the name of those who hold it"),
        );
    }
    let wrong = taking.wrong;
    (seen, wrong)
}

/// One view being put into a project.
struct Taking<'a> {
    project: &'a mut Project,
    view: &'a View,
    /// The views and pools of the file, this one included.
    others: Vec<(&'static str, Name)>,
    /// What the view has said already.
    slots: Slots,
    /// The drivers of which it says something.
    touched: Vec<(String, Span)>,
    wrong: Vec<Diagnostic>,
}

impl Taking<'_> {
    /// Where a driver of the file stands, in it or in what it uses.
    fn find(&self, name: &str) -> Option<Place> {
        let mut file = FileId(0);
        // No chain of uses is longer than there are files.
        for _ in 0..=self.project.files.len() {
            let items = &self.project.files.get(file.0 as usize)?.ast.items;
            let own = items
                .iter()
                .position(|item| matches!(item, Item::Driver(d) if d.name.node == name));
            if let Some(at) = own {
                return Some((file.0 as usize, at));
            }
            let path = items.iter().find_map(|item| match item {
                Item::Use(u) if u.names.iter().any(|n| n.node == name) => Some(u.path.node.clone()),
                _ => None,
            });
            file = *self.project.uses.get(&(file, path?))?;
        }
        None
    }

    fn at(&mut self, (file, item): Place) -> Option<&mut Driver> {
        match self.project.files.get_mut(file)?.ast.items.get_mut(item)? {
            Item::Driver(driver) => Some(driver),
            _ => None,
        }
    }

    /// Whether a name was one of a broken item, of which nothing more is said.
    fn broke(&self, name: &str) -> bool {
        let broken = self.project.files.iter().flat_map(|f| &f.ast.broken);
        let mut broken = broken.map(|n| n.node.as_str());
        broken.any(|n| n == name)
    }

    fn first_items(&mut self) -> Option<&mut Vec<Item>> {
        self.project.files.first_mut().map(|f| &mut f.ast.items)
    }

    /// An item of the file with other clauses, or one that only the view has.
    fn driver(&mut self, mut given: Driver) {
        self.touched
            .push((given.name.node.clone(), given.name.span));
        self.wrong
            .extend(self.slots.take(&mut given, &self.view.name.node));
        let Some(place) = self.find(&given.name.node) else {
            if !self.broke(&given.name.node)
                && let Some(items) = self.first_items()
            {
                items.push(Item::Driver(given));
            }
            return;
        };
        let Some(own) = self.at(place) else { return };
        if own.kind == given.kind {
            return restate::driver(own, given);
        }
        let (is, own_name) = (own.kind.as_str(), own.name.span);
        let wrong = Diagnostic::new(
            &rules::WRONG_KIND,
            given.keyword,
            format!(
                "`{}` is {} of the file, and the view restates {}",
                given.name.node,
                with_article(is),
                with_article(given.kind.as_str())
            ),
        )
        .label("another kind of thing")
        .other(own_name, "declared here")
        .help(format!(
            "write `{is} {} {{ … }}`, or take another name",
            given.name.node
        ))
        .fix(Fix::risky(format!("write `{is}`"), given.keyword, is));
        self.wrong.push(wrong);
    }

    /// `lab: likely`
    fn chance(&mut self, span: Span, name: &Name, values: &ast::ByTime<ast::Chance>) {
        let place = self.find(&name.node);
        let kind = match place {
            Some(place) => self.at(place).map(|d| d.kind),
            None => None,
        };
        match kind {
            Some(DriverKind::Event) => self.driver(Driver {
                span,
                keyword: name.span,
                kind: DriverKind::Event,
                name: name.clone(),
                title: None,
                rows: vec![ChanceRow {
                    span,
                    head: name.span,
                    guard: Guard::Plain,
                    values: values.clone(),
                }],
                once: Vec::new(),
                when: None,
                weights: Vec::new(),
                likelihood: None,
                counts: Vec::new(),
                moves: Vec::new(),
                impact: None,
                confidence: None,
                evidence: Vec::new(),
                prose: ProseClauses::default(),
                broken: Vec::new(),
            }),
            Some(kind) => {
                let help = match kind {
                    DriverKind::Factor => format!(
                        "say how often it holds, or how much it weighs: `factor {} {{ holds: 70% }}`",
                        name.node
                    ),
                    _ => format!("write `{} {} {{ … }}`", kind.as_str(), name.node),
                };
                self.wrong.push(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        name.span,
                        format!(
                            "`{}` is {}, and only an event has a chance",
                            name.node,
                            with_article(kind.as_str())
                        ),
                    )
                    .label("an event is needed here")
                    .help(help),
                );
            }
            None if self.broke(&name.node) => {}
            None => self.unknown_chance(name),
        }
    }

    fn unknown_chance(&mut self, name: &Name) {
        let other = self.other_kind(&name.node);
        if let Some((what, at)) = other {
            let help = match what {
                "an outcome" => "an outcome's chance belongs in a prior: `prior { … }`",
                "a view" | "a pool" => {
                    "a view is of the file, and of no other view: restate what the file says"
                }
                _ => "write the name of one of the file's events",
            };
            self.wrong.push(
                Diagnostic::new(
                    &rules::WRONG_KIND,
                    name.span,
                    format!("`{}` is {what}, and only an event has a chance", name.node),
                )
                .label("an event is needed here")
                .other(at, "declared here")
                .help(help),
            );
            return;
        }
        let help = format!(
            "an event that only this view has: `event {} \"…\" {{ chance: … }}`",
            name.node
        );
        self.unknown(name, "event", &|kind| kind == DriverKind::Event, &help);
    }

    /// What else of the file has a name.
    fn other_kind(&self, name: &str) -> Option<(&'static str, Span)> {
        let mut others = self.others.iter();
        if let Some((what, own)) = others.find(|(_, own)| own.node == name) {
            return Some((what, own.span));
        }
        let items = &self.project.files.first()?.ast.items;
        items.iter().find_map(|item| {
            let (what, own) = match item {
                Item::Outcome(o) => ("an outcome", &o.name),
                Item::Horizon(h) => ("a horizon", &h.name),
                Item::Scenario(s) => ("a scenario", &s.name),
                Item::Question(q) => match q.outcomes.iter().find(|o| o.name.node == name) {
                    Some(outcome) => ("an outcome", &outcome.name),
                    None => ("a question", &q.name),
                },
                Item::Condition(c) => ("a condition", &c.name),
                _ => return None,
            };
            (own.node == name).then_some((what, own.span))
        })
    }

    /// Reports a name that nothing in the file has.
    fn unknown(
        &mut self,
        name: &Name,
        noun: &str,
        fits: &dyn Fn(DriverKind) -> bool,
        otherwise: &str,
    ) {
        let mut known: Vec<&str> = Vec::new();
        let files = self.project.files.iter().enumerate();
        for (i, file) in files {
            for item in &file.ast.items {
                match item {
                    Item::Driver(d) if i == 0 && fits(d.kind) => known.push(&d.name.node),
                    Item::Use(u) if i == 0 => known.extend(u.names.iter().map(|n| n.node.as_str())),
                    _ => {}
                }
            }
        }
        let near = suggest::nearest(&name.node, known.iter().copied());
        let mut found = Diagnostic::new(
            &rules::UNKNOWN_NAME,
            name.span,
            format!("there is no {noun} `{}`", name.node),
        )
        .label("nothing in this file has this name")
        .help(suggest::did_you_mean(&near).unwrap_or_else(|| otherwise.to_owned()));
        if let [one] = near.as_slice() {
            found = found.fix(Fix::risky(format!("write `{one}`"), name.span, *one));
        }
        self.wrong.push(found);
    }

    /// `without: rumour`
    fn leave_out(&mut self, name: &Name) {
        if let Some((_, said)) = self.touched.iter().find(|(n, _)| *n == name.node) {
            self.wrong.push(
                Diagnostic::new(
                    &rules::DUPLICATE_CLAUSE,
                    name.span,
                    format!("`{}` is left out, so nothing can be said of it", name.node),
                )
                .label("left out here")
                .other(*said, "the view says something of it here")
                .help("keep one of the two"),
            );
            return;
        }
        self.touched.push((name.node.clone(), name.span));
        match self.find(&name.node) {
            Some(place) => {
                if let Some(driver) = self.at(place) {
                    restate::leave_out(driver);
                }
            }
            None if self.broke(&name.node) => {}
            None => match self.other_kind(&name.node) {
                Some((what, at)) => self.wrong.push(
                    Diagnostic::new(
                        &rules::WRONG_KIND,
                        name.span,
                        format!("`{}` is {what}, and cannot be left out", name.node),
                    )
                    .label("an event, factor, change or assumption is needed here")
                    .other(at, "declared here")
                    .help("a view leaves out reasons, and answers the file's own question"),
                ),
                None => self.unknown(
                    name,
                    "event, factor, change or assumption",
                    &|_| true,
                    "remove it: there is nothing to leave out",
                ),
            },
        }
    }

    /// A view's priors stand in place of all those of their question.
    fn priors(&mut self, priors: Vec<Prior>) {
        let mut done: Vec<Option<usize>> = Vec::new();
        for prior in priors {
            let Some(items) = self.first_items() else {
                return;
            };
            let named = prior.rows.first().map(|row| row.outcome.node.as_str());
            let question = items.iter().position(|item| match item {
                Item::Question(q) => q
                    .outcomes
                    .iter()
                    .any(|o| Some(o.name.node.as_str()) == named),
                _ => false,
            });
            let is_first = !done.contains(&question);
            done.push(question);
            match question.map(|at| &mut items[at]) {
                Some(Item::Question(q)) => {
                    if is_first {
                        q.priors.clear();
                    }
                    q.priors.push(prior);
                }
                _ => {
                    if is_first {
                        items.retain(|item| !matches!(item, Item::Prior(_)));
                    }
                    items.push(Item::Prior(prior));
                }
            }
        }
    }
}

fn with_article(word: &str) -> String {
    match word.starts_with(['a', 'e', 'i', 'o']) {
        true => format!("an {word}"),
        false => format!("a {word}"),
    }
}
