//! Where the names of a file stand.
//!
//! In: one file's typed tree and its text. Out: every mention of a horizon, outcome, driver or
//! scenario, at its declaration and wherever it is meant. Words of a scale, tags and comments are
//! no such names.

use crate::syntax::ast::{
    At, ByTime, Decides, Driver, Evidence, File, Guard, Item, Name, Outcome, Piece, Prior,
    PriorValue, Prop, PropKind, Prose, ProseClauses, Query, ResolvedWhat, Restated, Test, View,
    When,
};
use crate::text::source::Span;
use std::collections::BTreeSet;

/// What a name is in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Declared here, and other files may mean it by its name alone: an outcome or horizon.
    Frame,
    /// Declared here: a driver or scenario.
    Own,
    /// Taken from another file.
    Used,
    /// Meant.
    Meant,
}

/// One mention.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mention<'a> {
    pub(crate) name: &'a str,
    pub(crate) span: Span,
    pub(crate) role: Role,
}

/// Every mention of a file, in no order.
pub(crate) fn mentions<'a>(ast: &'a File, text: &'a str) -> Vec<Mention<'a>> {
    let mut seen = Seen {
        text,
        list: Vec::new(),
        declared: declared(ast),
    };
    ast.items.iter().for_each(|item| seen.item(item));
    seen.list
}

/// What a file's own items declare or take over, views aside.
fn declared(ast: &File) -> BTreeSet<&str> {
    let mut names = BTreeSet::new();
    for item in &ast.items {
        match item {
            Item::Driver(d) => {
                names.insert(d.name.node.as_str());
            }
            Item::Use(u) => names.extend(u.names.iter().map(|n| n.node.as_str())),
            _ => {}
        }
    }
    names
}

struct Seen<'a> {
    text: &'a str,
    /// What a view may restate.
    declared: BTreeSet<&'a str>,
    list: Vec<Mention<'a>>,
}

impl<'a> Seen<'a> {
    fn add(&mut self, name: &'a Name, role: Role) {
        self.list.push(Mention {
            name: &name.node,
            span: name.span,
            role,
        });
    }

    fn all(&mut self, names: &'a [Name], role: Role) {
        names.iter().for_each(|name| self.add(name, role));
    }

    fn item(&mut self, item: &'a Item) {
        match item {
            Item::Assessment(a) => self.clauses(&a.prose),
            Item::Horizon(h) => self.add(&h.name, Role::Frame),
            Item::Outcome(o) => self.outcome(o),
            Item::Question(q) => {
                self.add(&q.name, Role::Own);
                q.outcomes.iter().for_each(|o| self.outcome(o));
                q.priors.iter().for_each(|p| self.prior(p));
                self.clauses(&q.prose);
            }
            Item::Condition(c) => {
                self.add(&c.name, Role::Own);
                self.prop(&c.prop);
            }
            Item::Quantity(q) => {
                self.add(&q.name, Role::Own);
                let stated = q.stated.iter().filter_map(|s| s.horizon.as_ref());
                stated.for_each(|name| self.add(name, Role::Meant));
                self.clauses(&q.prose);
            }
            Item::Impacts(_) | Item::Risk(_) => {}
            Item::Implies(i) => self.all(&i.members, Role::Meant),
            Item::Prior(p) => self.prior(p),
            Item::Driver(d) => self.driver(d),
            Item::Scenario(s) => {
                self.add(&s.name, Role::Own);
                for set in &s.sets {
                    self.add(&set.name, Role::Meant);
                }
                self.clauses(&s.prose);
            }
            Item::View(v) => self.view(v),
            Item::Pool(p) => {
                self.add(&p.name, Role::Own);
                // `own` is the file itself, whatever else has a name.
                let views = p.of.iter().filter(|name| name.node != "own");
                views.for_each(|name| self.add(name, Role::Meant));
                self.clauses(&p.prose);
            }
            Item::Judgement(j) => {
                j.on.iter().for_each(|on| self.query(on));
                self.all(&j.rests_on, Role::Meant);
                self.clauses(&j.prose);
            }
            Item::Bet(b) => {
                b.on.iter().for_each(|on| self.query(on));
                self.clauses(&b.prose);
            }
            Item::Expect(e) => {
                self.query(&e.query);
                if let Test::Above(query) | Test::Below(query) = &e.test.node {
                    self.query(query);
                }
            }
            Item::Section(s) => self.prose(&s.prose),
            Item::Use(u) => self.all(&u.names, Role::Used),
            Item::Exclusive(e) => self.all(&e.members, Role::Meant),
            Item::Overlap(o) => self.all(&o.members, Role::Meant),
            Item::Scale(s) => self.clauses(&s.prose),
            Item::Strengths(s) => self.clauses(&s.prose),
            Item::Resolved(r) => {
                if let ResolvedWhat::Name { name, .. } = &r.what {
                    self.add(name, Role::Meant);
                }
                r.at.iter().for_each(|at| self.at(at));
            }
        }
    }

    fn outcome(&mut self, outcome: &'a Outcome) {
        self.add(&outcome.name, Role::Frame);
        let when = outcome.when.as_ref().and_then(Decides::prop);
        when.into_iter().for_each(|when| self.prop(when));
        self.clauses(&outcome.prose);
    }

    fn prior(&mut self, prior: &'a Prior) {
        if let Guard::Given(prop) = &prior.guard {
            self.prop(prop);
        }
        for row in &prior.rows {
            self.add(&row.outcome, Role::Meant);
            if let PriorValue::Chances(values) = &row.value {
                self.values(values);
            }
        }
        let counted = prior.counts_in.iter().flat_map(|c| &c.members);
        counted.for_each(|name| self.add(name, Role::Meant));
        self.evidence(&prior.evidence);
        self.clauses(&prior.prose);
    }

    fn view(&mut self, view: &'a View) {
        self.add(&view.name, Role::Own);
        let mut own: BTreeSet<&str> = BTreeSet::new();
        for said in &view.says {
            match said {
                Restated::Driver(driver) => {
                    let name = driver.name.node.as_str();
                    // What the file declares is meant; what only the view has is declared there, once.
                    let is_new = !self.declared.contains(name) && own.insert(name);
                    let role = if is_new { Role::Own } else { Role::Meant };
                    self.driver_as(driver, role);
                }
                Restated::Prior(prior) => self.prior(prior),
                Restated::Chance { name, values, .. } => {
                    self.add(name, Role::Meant);
                    self.values(values);
                }
            }
        }
        self.all(&view.without, Role::Meant);
        self.clauses(&view.prose);
    }

    fn driver(&mut self, driver: &'a Driver) {
        self.driver_as(driver, Role::Own);
    }

    fn driver_as(&mut self, driver: &'a Driver, role: Role) {
        self.add(&driver.name, role);
        driver.once.iter().for_each(|once| self.prop(&once.trigger));
        for row in &driver.rows {
            if let Guard::Given(prop) = &row.guard {
                self.prop(prop);
            }
            self.values(&row.values);
        }
        driver.when.iter().for_each(|when| self.prop(when));
        for weight in &driver.weights {
            self.all(&weight.outcomes, Role::Meant);
            self.values(&weight.values);
        }
        for (outcome, _) in driver.likelihood.iter().flat_map(|l| &l.chances) {
            self.add(outcome, Role::Meant);
        }
        for count in &driver.counts {
            self.add(&count.driver, Role::Meant);
            self.values(&count.values);
        }
        for moved in &driver.moves {
            self.add(&moved.quantity, Role::Meant);
            self.values(&moved.values);
        }
        self.evidence(&driver.evidence);
        self.clauses(&driver.prose);
    }

    fn evidence(&mut self, evidence: &'a [Evidence]) {
        let notes = evidence.iter().filter_map(|e| e.note.as_ref());
        notes.for_each(|note| self.prose(note));
    }

    fn clauses(&mut self, prose: &'a ProseClauses) {
        for prose in [&prose.resolves, &prose.context, &prose.note]
            .into_iter()
            .flatten()
        {
            self.prose(prose);
        }
    }

    fn prose(&mut self, prose: &'a Prose) {
        for piece in &prose.pieces {
            match piece {
                Piece::Placeholder { query, .. } => self.query(query),
                Piece::Day { of: Some(of), .. } | Piece::Comes { of, .. } => {
                    self.add(of, Role::Meant);
                }
                Piece::Day { of: None, .. } | Piece::Text(_) => {}
            }
        }
    }

    fn values<T>(&mut self, values: &'a ByTime<T>) {
        let times = values.entries.iter().filter_map(|e| e.at.as_ref());
        times.for_each(|at| self.at(at));
    }

    fn at(&mut self, at: &'a At) {
        if let When::Horizon(name) = &at.when {
            self.add(name, Role::Meant);
        }
    }

    fn query(&mut self, query: &'a Query) {
        self.prop(&query.target);
        query.at.iter().for_each(|at| self.at(at));
        let over = query.over.iter().filter_map(|over| over.horizons.as_ref());
        over.for_each(|names| self.all(names, Role::Meant));
        query.given.iter().for_each(|given| self.prop(given));
        query
            .under
            .iter()
            .for_each(|under| self.add(under, Role::Meant));
    }

    /// Parentheses are limited in depth, and so is this.
    fn prop(&mut self, prop: &'a Prop) {
        match &prop.kind {
            PropKind::Name(name) => self.within(name, prop.span),
            PropKind::Compared(name, _) => self.within(&name.node, name.span),
            PropKind::Not(inner) => self.prop(inner),
            PropKind::And(all) | PropKind::Or(all) | PropKind::AtLeast(_, all) => {
                all.iter().for_each(|prop| self.prop(prop));
            }
        }
    }

    /// A name whose span holds more than itself: `(a)`, `not not a`.
    fn within(&mut self, name: &'a str, span: Span) {
        let (start, end) = (span.start as usize, span.end as usize);
        let text = self.text.get(start..end).unwrap_or_default();
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let length = if rest.starts_with('#') {
                rest.find('\n').unwrap_or(rest.len())
            } else {
                let word = rest.find(|c: char| !(c.is_alphanumeric() || c == '_'));
                let word = word.unwrap_or(rest.len());
                if &rest[..word] == name {
                    let start = start + at;
                    self.list.push(Mention {
                        name,
                        span: Span::new(span.file, start, start + word),
                        role: Role::Meant,
                    });
                    return;
                }
                match word {
                    0 => rest.chars().next().map_or(1, char::len_utf8),
                    word => word,
                }
            };
            at += length;
        }
    }
}
