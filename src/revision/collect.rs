//! Two sides taken apart into slots.
//!
//! In: the files of both sides without prose. Out: every slot of either with what stands in it, and
//! the order of items on each side.

use super::bare::Bare;
use super::canon::{Context, canon};
use super::slots::{Entry, Held, Piece, Slot, WeightAt, default};
use crate::syntax::ast::{self, DriverKind, Guard, Item, Name};
use crate::{scales, strengths};
use std::collections::{BTreeMap, BTreeSet};

/// The files of both sides, by their path as seen from the first one; old and new.
pub(super) type Files = BTreeMap<String, [Option<Bare>; 2]>;

/// Pairs the files of two sides.
pub(super) fn pair(old: BTreeMap<String, Bare>, new: BTreeMap<String, Bare>) -> Files {
    let mut files = Files::new();
    for (side, bare) in [old, new].into_iter().enumerate() {
        for (path, file) in bare {
            files.entry(path).or_default()[side] = Some(file);
        }
    }
    files
}

/// Every slot of every file, by file and slot.
pub(super) fn collect(files: &Files, set_apart: usize) -> Vec<Entry> {
    let facts = [0, 1].map(|side| Facts::of(files, side));
    let mut horizons: BTreeSet<String> = facts.iter().flat_map(|f| f.horizons.clone()).collect();
    if horizons.is_empty() {
        // What is so is so without a time.
        horizons.insert(String::new());
    }
    let numbers: BTreeMap<&str, usize> = files.keys().map(String::as_str).zip(0..).collect();
    let mut entries = Vec::new();
    for (file, sides) in files.values().enumerate() {
        let groups = Groups::of(sides);
        let chosen: BTreeSet<&str> = sides.iter().flatten().flat_map(chosen).collect();
        let mut found: BTreeMap<Slot, [Option<Held>; 2]> = BTreeMap::new();
        let mut orders: [Vec<Slot>; 2] = Default::default();
        for (side, bare) in sides.iter().enumerate() {
            let Some(bare) = bare else { continue };
            let only = match &facts[side].horizons[..] {
                [one] => Some(one.as_str()),
                _ => None,
            };
            let mut taker = Taker {
                bare,
                side,
                is_first: file == 0,
                chosen: &chosen,
                groups: &groups,
                numbers: &numbers,
                context: Context {
                    horizons: &horizons,
                    only,
                    finals: &facts[side].finals,
                },
                set_apart: if side == 0 { 0 } else { set_apart },
                order: &mut orders[side],
                found: &mut found,
            };
            bare.items.iter().for_each(|item| taker.item(item));
        }
        let alone = sides.iter().any(Option::is_none);
        for (slot, held) in &mut found {
            // Outcomes of a used file only say which names its weights may push, and what stands in
            // a file of one side alone counts by the other's `use` of it: they stand in any case.
            if file > 0 && (alone || matches!(slot, Slot::Outcome(_))) {
                let [old, new] = held;
                *old = new.clone().or(old.take());
                new.clone_from(old);
            }
        }
        let ranks = [merge(&orders[0], &orders[1]), merge(&orders[1], &orders[0])];
        entries.extend(found.into_iter().map(|(slot, [old, new])| Entry {
            file,
            rank: [0, 1].map(|i| ranks[i].get(&slot).copied().unwrap_or_default()),
            slot,
            old,
            new,
        }));
    }
    entries
}

/// What the texts of a side's pieces depend on.
struct Facts {
    horizons: Vec<String>,
    finals: BTreeSet<String>,
}

impl Facts {
    fn of(files: &Files, side: usize) -> Facts {
        let first = files.values().next().and_then(|f| f[side].as_ref());
        let items = || first.into_iter().flat_map(|f| &f.items);
        let horizons = items().filter_map(|i| match i {
            Item::Horizon(h) => Some(h.name.node.clone()),
            _ => None,
        });
        let outcomes = items().flat_map(|i| match i {
            Item::Outcome(o) => std::slice::from_ref(o),
            Item::Question(q) => q.outcomes.as_slice(),
            _ => Default::default(),
        });
        let finals = outcomes.filter(|o| o.is_final.is_some());
        let finals = finals.map(|o| o.name.node.clone());
        Facts {
            horizons: horizons.collect(),
            finals: finals.collect(),
        }
    }
}

/// The tables that a file chooses by name.
fn chosen(bare: &Bare) -> impl Iterator<Item = &str> {
    let blocks = bare.items.iter().filter_map(|i| match i {
        Item::Assessment(a) => Some(a),
        _ => None,
    });
    let names = blocks.flat_map(|a| a.scale.iter().chain(&a.strengths));
    names.map(|n| n.node.as_str())
}

/// Each item's place where the first order holds: what only the second has stands behind what it
/// stands behind there.
fn merge(first: &[Slot], second: &[Slot]) -> BTreeMap<Slot, (usize, usize)> {
    let mut ranks: BTreeMap<Slot, (usize, usize)> = first
        .iter()
        .enumerate()
        .map(|(i, slot)| (slot.clone(), (i + 1, 0)))
        .collect();
    let mut after = 0;
    for (i, slot) in second.iter().enumerate() {
        match ranks.get(slot) {
            Some(&(place, _)) => after = place,
            None => {
                ranks.insert(slot.clone(), (after, i + 1));
            }
        }
    }
    ranks
}

/// Which group of one side is which of the other's: the same members, or else the most in common.
struct Groups {
    /// Numbers by side, in the side's order.
    exclusives: [Vec<usize>; 2],
    overlaps: [Vec<usize>; 2],
}

impl Groups {
    fn of(sides: &[Option<Bare>; 2]) -> Groups {
        let members = |exclusive: bool| {
            [0, 1].map(|side| {
                let items = sides[side].iter().flat_map(|b| &b.items);
                let groups = items.filter_map(|i| match i {
                    Item::Exclusive(e) if exclusive => Some(&e.members),
                    Item::Overlap(o) if !exclusive => Some(&o.members),
                    _ => None,
                });
                groups.map(|g| names(g)).collect::<Vec<_>>()
            })
        };
        Groups {
            exclusives: numbers(&members(true)),
            overlaps: numbers(&members(false)),
        }
    }
}

fn names(members: &[Name]) -> BTreeSet<&str> {
    members.iter().map(|m| m.node.as_str()).collect()
}

fn numbers([old, new]: &[Vec<BTreeSet<&str>>; 2]) -> [Vec<usize>; 2] {
    let mut free: Vec<usize> = (0..old.len()).collect();
    let mut of_new: Vec<Option<usize>> = vec![None; new.len()];
    for same in [true, false] {
        for (group, number) in new.iter().zip(&mut of_new) {
            if number.is_some() {
                continue;
            }
            let fits = |i: &&usize| match same {
                true => old[**i] == *group,
                false => !old[**i].is_disjoint(group),
            };
            let common = |i: &&usize| (old[**i].intersection(group).count(), usize::MAX - **i);
            let Some(best) = free.iter().filter(fits).max_by_key(common).copied() else {
                continue;
            };
            free.retain(|&i| i != best);
            *number = Some(best);
        }
    }
    let mut next = old.len();
    let of_new = of_new.into_iter().map(|number| {
        number.unwrap_or_else(|| {
            next += 1;
            next - 1
        })
    });
    [(0..old.len()).collect(), of_new.collect()]
}

/// Takes one side's file apart.
struct Taker<'a> {
    bare: &'a Bare,
    side: usize,
    is_first: bool,
    chosen: &'a BTreeSet<&'a str>,
    groups: &'a Groups,
    numbers: &'a BTreeMap<&'a str, usize>,
    context: Context<'a>,
    set_apart: usize,
    order: &'a mut Vec<Slot>,
    found: &'a mut BTreeMap<Slot, [Option<Held>; 2]>,
}

impl Taker<'_> {
    /// An item of its own, which has a place among the others.
    fn put(&mut self, slot: Slot, piece: Piece) {
        self.order.push(slot.clone());
        self.add(slot, piece, false);
    }

    fn add(&mut self, slot: Slot, mut piece: Piece, lasting: bool) {
        let canon = canon(&piece, lasting, &self.context);
        let span = piece.span();
        piece.set_apart(self.set_apart);
        self.found.entry(slot).or_default()[self.side] = Some(Held { piece, canon, span });
    }

    /// How many groups of its kind this side has had.
    fn nth(&self, is: impl Fn(&Slot) -> bool) -> usize {
        self.order.iter().filter(|s| is(s)).count()
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Assessment(a) => self.assessment(a),
            Item::Horizon(h) => self.put(
                Slot::Horizon(h.name.node.clone()),
                Piece::Horizon(h.clone()),
            ),
            Item::Outcome(o) => self.put(
                Slot::Outcome(o.name.node.clone()),
                Piece::Outcome(o.clone()),
            ),
            Item::Prior(p) => self.prior("", p),
            Item::Question(q) => {
                let name = q.name.node.clone();
                let shell = ast::Question {
                    outcomes: Vec::new(),
                    priors: Vec::new(),
                    ..q.clone()
                };
                self.put(
                    Slot::Question(name.clone()),
                    Piece::Question(Box::new(shell)),
                );
                for outcome in &q.outcomes {
                    let slot = Slot::Answer(name.clone(), outcome.name.node.clone());
                    self.put(slot, Piece::Outcome(outcome.clone()));
                }
                q.priors.iter().for_each(|p| self.prior(&name, p));
            }
            Item::Condition(c) => self.put(
                Slot::Condition(c.name.node.clone()),
                Piece::Condition(c.clone()),
            ),
            Item::Quantity(q) => self.put(
                Slot::Quantity(q.name.node.clone()),
                Piece::Quantity(Box::new(q.clone())),
            ),
            Item::Implies(i) => {
                let members = i.members.iter().map(|m| m.node.clone());
                self.put(Slot::Implies(members.collect()), Piece::Implies(i.clone()));
            }
            Item::Driver(d) => self.driver(d),
            Item::Use(u) => {
                let Some(from) = self.bare.uses.get(&u.path.node) else {
                    return;
                };
                let from = self.numbers.get(from.as_str()).copied().unwrap_or_default();
                for name in &u.names {
                    let piece = Piece::Use(u.path.clone(), name.clone(), from);
                    self.put(Slot::Use(name.node.clone()), piece);
                }
            }
            Item::Exclusive(e) => {
                let n = self.nth(|s| matches!(s, Slot::Exclusive(_)));
                let number = self.groups.exclusives[self.side][n];
                self.put(Slot::Exclusive(number), Piece::Exclusive(e.clone()));
            }
            Item::Overlap(o) => {
                let n = self.nth(|s| matches!(s, Slot::Overlap(_)));
                let number = self.groups.overlaps[self.side][n];
                self.put(Slot::Overlap(number), Piece::Overlap(o.clone()));
            }
            // A table that nobody chose moves nothing.
            Item::Scale(s) if !self.is_first || self.chosen.contains(s.name.node.as_str()) => {
                self.put(Slot::Scale(s.name.node.clone()), Piece::Scale(s.clone()));
            }
            Item::Strengths(s) => {
                let name = s.name.as_ref().map(|n| n.node.clone());
                let is_chosen = |n: &String| self.chosen.contains(n.as_str());
                if !self.is_first || name.as_ref().is_none_or(is_chosen) {
                    self.put(Slot::Strengths(name), Piece::Strengths(s.clone()));
                }
            }
            _ => {}
        }
    }

    fn prior(&mut self, question: &str, prior: &ast::Prior) {
        let slot = match &prior.guard {
            Guard::Plain if question.is_empty() => Slot::Prior,
            guard => Slot::PriorRow(question.to_owned(), super::canon::guard(guard)),
        };
        self.put(slot, Piece::Prior(Box::new(prior.clone())));
    }

    fn assessment(&mut self, a: &ast::Assessment) {
        if let Some(date) = &a.as_of {
            self.add(Slot::AsOf, Piece::AsOf(date.clone()), false);
        }
        // The default spelt out is no choice.
        if let Some(name) = a.scale.as_ref().filter(|n| n.node != scales::DEFAULT) {
            self.add(Slot::ScaleName, Piece::Name(name.clone()), false);
        }
        if let Some(name) = a
            .strengths
            .as_ref()
            .filter(|n| n.node != strengths::DEFAULT)
        {
            self.add(Slot::StrengthsName, Piece::Name(name.clone()), false);
        }
    }

    fn driver(&mut self, d: &ast::Driver) {
        let name = || d.name.node.clone();
        let shell = ast::Driver {
            rows: Vec::new(),
            once: Vec::new(),
            when: None,
            weights: Vec::new(),
            likelihood: None,
            counts: Vec::new(),
            moves: Vec::new(),
            evidence: Vec::new(),
            ..d.clone()
        };
        self.put(Slot::Driver(name()), Piece::Driver(Box::new(shell)));
        if !d.rows.is_empty() {
            let lasting = d.kind == DriverKind::Event;
            self.add(Slot::Rows(name()), Piece::Rows(d.rows.clone()), lasting);
        }
        if !d.once.is_empty() {
            self.add(Slot::Once(name()), Piece::Once(d.once.clone()), true);
        }
        if let Some(when) = &d.when {
            self.add(Slot::When(name()), Piece::When(when.clone()), false);
        }
        for weight in &d.weights {
            self.weight(&d.name.node, weight);
        }
        if let Some(likelihood) = &d.likelihood {
            let piece = Piece::Likelihood(likelihood.clone());
            self.add(Slot::Likelihood(name()), piece, false);
        }
        for count in &d.counts {
            let slot = Slot::Count(name(), count.driver.node.clone());
            self.add(slot, Piece::Count(count.clone()), false);
        }
        if !d.moves.is_empty() {
            self.add(Slot::Moves(name()), Piece::Moves(d.moves.clone()), false);
        }
        let evidence = Piece::Evidence(d.evidence.clone());
        self.add(Slot::Evidence(name()), evidence, false);
    }

    /// A weight for each outcome and horizon, those of the other side included: what is said for
    /// all horizons is said for them.
    fn weight(&mut self, driver: &str, weight: &ast::Weight) {
        let horizons = self.context.horizons;
        for outcome in &weight.outcomes {
            for horizon in horizons {
                let stated = super::canon::at(&weight.values, horizon);
                let Some(value) = stated.or(default(&weight.values)) else {
                    continue;
                };
                let piece = Piece::Weight(WeightAt {
                    span: weight.span,
                    head: weight.head,
                    against: weight.against,
                    outcome: outcome.clone(),
                    if_wrong: weight.if_wrong,
                    value: value.clone(),
                });
                let slot = Slot::Weight(driver.to_owned(), outcome.node.clone(), horizon.clone());
                self.add(slot, piece, false);
            }
        }
    }
}
