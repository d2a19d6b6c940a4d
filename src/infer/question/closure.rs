//! Which drivers a question rests on.
//!
//! In: a model and an [`Ask`]. Out: what each driver's truth is: fixed, a variable, or of no
//! account; and the variables in order.

use super::shape::{Ask, Truth};
use crate::model::condition::Cond;
use crate::model::{Model, What};
use std::ops::Range;

/// The variables of a question, numbered in the order of the model's nodes.
pub(in crate::infer) struct Variables {
    /// Every driver's truth.
    pub truth: Vec<Truth>,
    /// The driver of each variable.
    pub drivers: Vec<usize>,
    /// Whether a variable's truth costs a power of ε.
    pub costly: Vec<bool>,
    /// The variables of each node that has any.
    pub nodes: Vec<Range<usize>>,
    /// The variable of the watched driver.
    pub watched: Option<usize>,
}

impl Variables {
    /// What a question rests on.
    pub(in crate::infer) fn of(model: &Model, ask: &Ask) -> Variables {
        let mut truth = truths(model, ask);
        let mut drivers = Vec::new();
        let mut costly = Vec::new();
        let mut nodes = Vec::new();
        let nodes_in_order = match &model.pushed_nodes[..] {
            [] => &model.nodes,
            _ => &model.pushed_nodes,
        };
        for node in nodes_in_order {
            let first = drivers.len();
            for &d in &node.members {
                let var = drivers.len();
                match truth[d] {
                    Truth::Var(_) => truth[d] = Truth::Var(var),
                    Truth::NotVar(_) => truth[d] = Truth::NotVar(var),
                    _ => continue,
                }
                let what = &model.drivers[d].what;
                costly.push(matches!(what, What::Hypothetical | What::Assumption));
                drivers.push(d);
            }
            if drivers.len() > first {
                nodes.push(first..drivers.len());
            }
        }
        let watched = ask.watched.and_then(|d| match truth[d] {
            Truth::Var(var) => Some(var),
            _ => None,
        });
        Variables {
            truth,
            drivers,
            costly,
            nodes,
            watched,
        }
    }
}

/// What outcomes rest on where some are final, by driver, whatever is set or can happen.
#[derive(Debug, Clone, Default)]
pub(in crate::infer) struct Named {
    /// What lasts.
    pub lasting: Vec<bool>,
    /// What passes, and is named by what pushes or by another that passes and is.
    pub passing: Vec<bool>,
}

impl Named {
    /// The lasting things in the conditions of drivers that push or count such a driver, and where
    /// something there passes, those on which it rests in turn.
    pub(in crate::infer) fn of(model: &Model) -> Named {
        let drivers = &model.drivers;
        let mut named = Named {
            lasting: vec![false; drivers.len()],
            passing: vec![false; drivers.len()],
        };
        let mut seen = vec![false; drivers.len()];
        let pushes = |d: &usize| !drivers[*d].pushes.is_empty();
        let mut names: Vec<usize> = (0..drivers.len()).filter(pushes).collect();
        let counting = names.iter().flat_map(|d| &drivers[*d].counted);
        let counting: Vec<usize> = counting.map(|c| c.0).collect();
        names.extend(counting);
        while let Some(d) = names.pop() {
            if std::mem::replace(&mut seen[d], true) {
                continue;
            }
            match &drivers[d].what {
                What::Change(when) => when.names(&mut |name| names.push(name)),
                What::Random => {
                    named.passing[d] = true;
                    let given = drivers[d].rows.iter().filter_map(|row| row.0.as_ref());
                    given.for_each(|given| given.names(&mut |name| names.push(name)));
                }
                What::Event | What::Hypothetical | What::Assumption => named.lasting[d] = true,
                What::Always => {}
            }
        }
        named
    }
}

/// Every driver's truth in a question; all variables are numbered 0.
fn truths(model: &Model, ask: &Ask) -> Vec<Truth> {
    let mut finder = Finder {
        model,
        truth: vec![Truth::Unused; model.drivers.len()],
        group_of: groups(model),
        cost: ask.costly,
        matters: vec![false; model.drivers.len()],
    };
    finder.fix(&ask.sets);
    let mut names = Vec::new();
    for cond in &ask.conds {
        finder.live_names(cond, &mut names);
    }
    names.extend(ask.watched);
    finder.close(names);
    finder.cost = false;
    if ask.outcomes {
        let pushes = |d: &usize| !model.drivers[*d].pushes.is_empty();
        for d in (0..model.drivers.len()).filter(pushes) {
            // A wrong assumption and a hypothetical event push only where a condition asks.
            finder.close(vec![d]);
            let holds = &finder.truth[d];
            let never = Truth::Fixed(model.drivers[d].what == What::Assumption);
            if *holds != never {
                finder.close(model.drivers[d].counted.iter().map(|c| c.0).collect());
            }
        }
    }
    if ask.outcomes && model.has_finals() {
        // What has ended depends on them even where nothing that can happen does.
        let lasting = Named::of(model).lasting;
        let events = |d: &usize| lasting[*d] && model.drivers[*d].what == What::Event;
        finder.close((0..model.drivers.len()).filter(events).collect());
    }
    finder.default();
    finder.truth
}

fn groups(model: &Model) -> Vec<Option<usize>> {
    let mut group_of = vec![None; model.drivers.len()];
    for (g, members) in model.exclusives.iter().enumerate() {
        for &m in members {
            group_of[m] = Some(g);
        }
    }
    group_of
}

struct Finder<'a> {
    model: &'a Model,
    truth: Vec<Truth>,
    group_of: Vec<Option<usize>>,
    /// Whether what costs a power of ε becomes a variable.
    cost: bool,
    matters: Vec<bool>,
}

impl Finder<'_> {
    fn fix(&mut self, sets: &[(usize, bool)]) {
        for &(driver, to) in sets {
            self.truth[driver] = Truth::Fixed(to);
        }
        for &(driver, to) in sets {
            if let (true, Some(g)) = (to, self.group_of[driver]) {
                for &other in &self.model.exclusives[g] {
                    if other != driver {
                        self.truth[other] = Truth::Fixed(false);
                    }
                }
            }
        }
    }

    /// Marks what these names rest on; variables get their numbers later.
    fn close(&mut self, mut names: Vec<usize>) {
        let model = self.model;
        while let Some(d) = names.pop() {
            if self.matters[d] || matches!(self.truth[d], Truth::Fixed(_)) {
                continue;
            }
            self.matters[d] = true;
            let driver = &model.drivers[d];
            match &driver.what {
                What::Always => self.truth[d] = Truth::Fixed(true),
                What::Assumption if !self.cost => self.truth[d] = Truth::Fixed(true),
                What::Hypothetical if !self.cost => self.truth[d] = Truth::Fixed(false),
                What::Assumption => self.truth[d] = Truth::NotVar(0),
                What::Hypothetical | What::Event | What::Random => self.truth[d] = Truth::Var(0),
                What::Change(when) => match self.known(when) {
                    Some(value) => self.truth[d] = Truth::Fixed(value),
                    None => {
                        self.truth[d] = Truth::When(when.clone());
                        self.live_names(when, &mut names);
                    }
                },
            }
            for (given, _) in &driver.rows {
                if let Some(given) = given {
                    self.live_names(given, &mut names);
                }
            }
            for &(by, _) in &model.pushed_by[d] {
                names.push(by);
                names.extend(model.drivers[by].counted.iter().map(|c| c.0));
            }
            if let Some(g) = self.group_of[d] {
                names.extend(&model.exclusives[g]);
            }
        }
    }

    /// What nothing hangs on may still be named: it has the truth that it has in the verdict.
    fn default(&mut self) {
        for (truth, driver) in self.truth.iter_mut().zip(&self.model.drivers) {
            if *truth == Truth::Unused {
                *truth = match &driver.what {
                    What::Hypothetical => Truth::Fixed(false),
                    What::Assumption | What::Always => Truth::Fixed(true),
                    What::Change(when) => Truth::When(when.clone()),
                    What::Event | What::Random => Truth::Unused,
                };
            }
        }
    }

    /// The truth of a proposition where it is the same in every state, whatever else it names.
    fn known(&self, cond: &Cond) -> Option<bool> {
        cond.known(&|d| match (&self.model.drivers[d].what, &self.truth[d]) {
            // A passing thing is false at time 0, whatever it is later.
            (What::Random | What::Always, _) => None,
            (_, Truth::Fixed(value)) => Some(*value),
            (What::Hypothetical, Truth::Unused) if !self.cost => Some(false),
            (What::Assumption, Truth::Unused) if !self.cost => Some(true),
            (What::Change(when), _) => self.known(when),
            _ => None,
        })
    }

    /// The names on which a proposition's truth hangs.
    fn live_names(&self, cond: &Cond, out: &mut Vec<usize>) {
        if self.known(cond).is_some() {
            return;
        }
        match cond {
            Cond::Is(d) => out.push(*d),
            Cond::Before | Cond::Outcome(_) | Cond::Reaches(..) => {}
            Cond::Not(inner) => self.live_names(inner, out),
            Cond::All(list) | Cond::Any(list) | Cond::AtLeast(_, list) => {
                for inner in list {
                    self.live_names(inner, out);
                }
            }
        }
    }
}
