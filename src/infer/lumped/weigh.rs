//! e^W in every lumped state, for all lanes at once.
//!
//! In: a shape and its components. Out: e^W by state and outcome, one exponential for each way in which
//! drivers that depend on one another push, then multiplications alone.

use super::component::Component;
use super::lanes::{Lanes, Settings, larger};
use crate::infer::question::cluster;
use crate::infer::question::shape::{Function, Shape};
use crate::infer::question::weights::{SAFE, active};
use crate::model::Model;
use crate::model::condition::Cond;
use assess_lanes::Room;
use assess_lanes::weights::{self as wide, Overlap, Pattern, Pushes};

/// All that pushes.
#[derive(Debug, Clone)]
pub(super) struct Weigh {
    outcomes: usize,
    groups: Vec<Group>,
    /// Outcomes with the places of pushes that are the same in every state, whatever else pushes.
    constant: Vec<(usize, usize)>,
}

/// Drivers whose pushes depend on one another, or one driver.
#[derive(Debug, Clone)]
struct Group {
    pushers: Vec<Pusher>,
    /// The place of an overlap group's share, and its members here.
    overlaps: Vec<Overlap>,
    /// The outcomes that any of them pushes.
    outcomes: Vec<usize>,
    patterns: Vec<Pattern>,
    place: Place,
    /// The pattern's place by lump or state.
    places: Vec<usize>,
}

#[derive(Debug, Clone)]
struct Pusher {
    /// By place among the group's outcomes.
    pushes: Vec<Vec<usize>>,
    /// What must hold for it to push, and for each count to be in force.
    holds: Function,
    counts: Vec<(usize, Function)>,
}

/// What the pattern rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Nothing.
    Everywhere,
    /// One component.
    Component(usize),
    /// Several.
    States,
}

/// Buffers.
#[derive(Debug, Clone, Default)]
pub(super) struct Scratch {
    stated: Vec<Lanes>,
    sums: wide::Scratch,
    /// By group, pattern and outcome: e^W, or W of the groups that push in every state.
    entries: Vec<Lanes>,
    /// By group the largest of what it pushes.
    most: Vec<Lanes>,
    /// Those of one group.
    fresh: Vec<Lanes>,
    /// By component whether one of its groups pushes otherwise than in the horizon before.
    changed: Vec<bool>,
    /// By component, outcome and lump.
    own: Vec<Room>,
    /// By outcome and state.
    table: Room,
    next: Room,
}

impl Scratch {
    /// e^W by outcome and state of the components from the first that was asked for on.
    pub(super) fn table(&self) -> &[Lanes] {
        &self.table
    }

    /// The factors of e^W by outcome and look of one component.
    pub(super) fn own(&self, component: usize) -> &[Lanes] {
        &self.own[component]
    }
}

impl Weigh {
    /// What pushes in a shape, its places still unknown.
    pub(super) fn new(model: &Model, shape: &Shape, silent: &dyn Fn(usize) -> bool) -> Weigh {
        let mut active = active(model, shape);
        active.retain(|d| !silent(*d));
        let groups = cluster::clusters(model, &active).into_iter();
        Weigh {
            outcomes: model.outcomes.len(),
            constant: Vec::new(),
            groups: groups
                .map(|drivers| Group::new(model, shape, &drivers, silent))
                .collect(),
        }
    }

    pub(super) fn outcomes(&self) -> usize {
        self.outcomes
    }

    /// Outcomes with the places of pushes that are the same in every state.
    pub(super) fn constant(&self) -> &[(usize, usize)] {
        &self.constant
    }

    /// What must be told apart for every push to be known.
    pub(super) fn asked(&self) -> impl Iterator<Item = &Function> {
        self.groups.iter().flat_map(Group::functions)
    }

    /// Settles where each pattern is read from; `states` is the product of the components' looks.
    pub(super) fn settle(&mut self, components: &[Component], states: usize) {
        for group in &mut self.groups {
            group.settle(components, states);
        }
        self.groups.retain(|group| {
            let constant = group.constant();
            self.constant.extend(constant.iter().flatten());
            constant.is_none()
        });
    }

    /// Whether some push by what several components say.
    pub(super) fn spans(&self, components: &[Component]) -> bool {
        let touched = |group: &Group| {
            let touches = |a: &&Component| group.touches(a);
            components.iter().filter(touches).count()
        };
        self.groups.iter().any(|group| touched(group) > 1)
    }

    /// Fills the table of horizon `h`, over the components from `first` on; whether the numbers are small enough for it.
    pub(super) fn fill(
        &self,
        settings: &Settings,
        h: usize,
        (components, first): (&[Component], usize),
        scratch: &mut Scratch,
    ) -> bool {
        let n = self.outcomes;
        scratch.table.fill(n, Lanes::ZERO);
        match &settings.sums {
            Some(sums) => scratch.table.copy_from_slice(&sums.all[h * n..][..n]),
            None => {
                for &(o, push) in &self.constant {
                    scratch.table[o] += settings.push_at(push, h);
                }
            }
        }
        let mut bound = level(&mut scratch.table);
        scratch.changed.clear();
        scratch.changed.resize(components.len(), h == 1);
        self.fill_entries(settings, h, scratch);
        for (group, place) in self.groups.iter().zip(self.places()) {
            if group.place == Place::Everywhere {
                // What pushes in every state is added up before any exponential.
                for (&o, w) in group.outcomes.iter().zip(&scratch.entries[place..]) {
                    scratch.table[o] += *w;
                }
            }
        }
        scratch.most.iter().for_each(|most| bound += *most);
        if !bound.below(Lanes::splat(SAFE)).all() {
            return false;
        }
        let Scratch {
            entries,
            own,
            table,
            next,
            changed,
            ..
        } = scratch;
        wide::exp_all(table);
        own.resize(components.len(), Room::default());
        for (a, component) in components.iter().enumerate().rev() {
            if changed[a] {
                own[a].fill(component.looks() * n, Lanes::ONE);
                self.multiply(entries, &Place::Component(a), &mut own[a]);
            }
            if a >= first {
                wide::spread(&own[a], table, n, next);
                std::mem::swap(table, next);
            }
        }
        self.multiply(entries, &Place::States, table);
        true
    }

    /// Where each group's entries begin.
    fn places(&self) -> impl Iterator<Item = usize> {
        self.groups.iter().scan(0, |next, group| {
            let place = *next;
            *next += group.entries();
            Some(place)
        })
    }

    /// Finds what each group pushes in horizon `h`, where that is not what it pushed in the one before.
    fn fill_entries(&self, settings: &Settings, h: usize, scratch: &mut Scratch) {
        let count: usize = self.groups.iter().map(Group::entries).sum();
        scratch.entries.resize(count, Lanes::ZERO);
        scratch.most.resize(self.groups.len(), Lanes::ZERO);
        for (g, (group, place)) in self.groups.iter().zip(self.places()).enumerate() {
            if h > 1 && group.is_same(settings, h) {
                continue;
            }
            scratch.most[g] = group.fill(settings, h, scratch);
            if group.place != Place::Everywhere {
                wide::exp_all(&mut scratch.fresh);
            }
            scratch.entries[place..][..group.entries()].copy_from_slice(&scratch.fresh);
            if let Place::Component(a) = group.place {
                scratch.changed[a] = true;
            }
        }
    }

    /// Multiplies by the entries of the groups that are placed here.
    fn multiply(&self, entries: &[Lanes], here: &Place, table: &mut [Lanes]) {
        for (group, place) in self.groups.iter().zip(self.places()) {
            if group.place == *here {
                let entries = (&group.places[..], &entries[place..][..group.entries()]);
                wide::multiply(table, &group.outcomes, entries);
            }
        }
    }
}

/// The largest of what pushes each outcome in every state. Only differences count: where it would be too large, the middle
/// is taken from all.
fn level(pushes: &mut [Lanes]) -> Lanes {
    let Some(first) = pushes.first().copied() else {
        return Lanes::ZERO;
    };
    let (most, least) = pushes.iter().fold((first, first), |(most, least), w| {
        (larger(most, *w), w.below(least).select(*w, least))
    });
    let middle = (most + least) * Lanes::splat(0.5);
    let bound = larger(most.abs(), least.abs());
    let far = bound.above(Lanes::splat(SAFE));
    if !far.any() {
        return bound;
    }
    let middle = far.select(middle, Lanes::ZERO);
    pushes.iter_mut().for_each(|w| *w -= middle);
    far.select(most - middle, bound)
}

impl Group {
    fn new(
        model: &Model,
        shape: &Shape,
        drivers: &[usize],
        silent: &dyn Fn(usize) -> bool,
    ) -> Group {
        let outcomes = cluster::outcomes(model, drivers);
        let pusher = |&d: &usize| {
            let pushes = &model.drivers[d].pushes;
            let own = |o: &usize| pushes.iter().filter(|p| p.0 == *o).map(|p| p.1).collect();
            let counts = model.drivers[d].counted.iter().filter(|c| !silent(c.0));
            let count =
                |&(change, count): &(usize, usize)| (count, shape.function(&Cond::Is(change)));
            Pusher {
                pushes: outcomes.iter().map(own).collect(),
                holds: shape.pushing(model, d),
                counts: counts.map(count).filter(|(_, f)| f.values != [0]).collect(),
            }
        };
        Group {
            pushers: drivers.iter().map(pusher).collect(),
            overlaps: cluster::groups(model, drivers),
            outcomes,
            patterns: Vec::new(),
            place: Place::Everywhere,
            places: Vec::new(),
        }
    }

    /// The pushes of a driver on its own that always holds.
    fn constant(&self) -> Option<Vec<(usize, usize)>> {
        let [pusher] = &self.pushers[..] else {
            return None;
        };
        let counts = self.patterns.iter().flatten().flatten();
        if self.place != Place::Everywhere || counts.flatten().next().is_some() {
            return None;
        }
        let holds = self.patterns.iter().all(|pattern| pattern[0].is_some());
        let outcomes = self.outcomes.iter().zip(&pusher.pushes);
        let pushes = outcomes.flat_map(|(&o, pushes)| pushes.iter().map(move |&p| (o, p)));
        Some(pushes.filter(|_| holds).collect())
    }

    fn functions(&self) -> impl Iterator<Item = &Function> {
        let counts = self.pushers.iter().flat_map(|p| &p.counts);
        let holds = self.pushers.iter().map(|p| &p.holds);
        holds.chain(counts.map(|c| &c.1))
    }

    /// Whether it rests on something in a component.
    fn touches(&self, component: &Component) -> bool {
        let mut functions = self.functions();
        functions.any(|f| f.support.iter().any(|var| component.holds(*var)))
    }

    fn settle(&mut self, components: &[Component], states: usize) {
        let touched = (0..components.len()).filter(|a| self.touches(&components[*a]));
        let touched: Vec<usize> = touched.collect();
        let mut patterns: Vec<Pattern> = Vec::new();
        let mut number = |pattern: Pattern| {
            let place = patterns.iter().position(|p| *p == pattern);
            place.unwrap_or_else(|| {
                patterns.push(pattern);
                patterns.len() - 1
            })
        };
        let (place, places) = match touched[..] {
            [] => (
                Place::Everywhere,
                vec![number(self.pattern(&|f| f.values[0] == 1))],
            ),
            [a] => {
                let read = |f: &Function, lump: usize| match f.support[..] {
                    [] => f.values[0] == 1,
                    _ => components[a].read_one(f, lump),
                };
                let lumps = 0..components[a].looks();
                let by_lump = lumps.map(|lump| number(self.pattern(&|f| read(f, lump))));
                (Place::Component(a), by_lump.collect())
            }
            _ => {
                let functions: Vec<&Function> = self.functions().collect();
                let truths = functions
                    .iter()
                    .map(|f| super::truth(f, components, Component::looks));
                let truths: Vec<Vec<bool>> = truths.collect();
                let read = |f: &Function, state: usize| {
                    let place = functions.iter().position(|g| std::ptr::eq(*g, f));
                    place.is_some_and(|place| truths[place][state])
                };
                let states = 0..states;
                let by_state = states.map(|state| number(self.pattern(&|f| read(f, state))));
                (Place::States, by_state.collect())
            }
        };
        (self.place, self.places) = (place, places);
        self.patterns = patterns;
    }

    fn pattern(&self, is: &dyn Fn(&Function) -> bool) -> Pattern {
        let of = |p: &Pusher| {
            let counts = p.counts.iter().filter(|(_, f)| is(f));
            is(&p.holds).then(|| counts.map(|c| c.0).collect())
        };
        self.pushers.iter().map(of).collect()
    }

    /// How many entries it has.
    fn entries(&self) -> usize {
        self.patterns.len() * self.outcomes.len()
    }

    /// Whether it pushes in horizon `h` as in the one before, in every lane.
    fn is_same(&self, settings: &Settings, h: usize) -> bool {
        let times = settings.times;
        let same = |all: &[Lanes], place: usize| {
            let at = place * times + h;
            all[at].to_array() == all[at - 1].to_array()
        };
        self.pushers.iter().all(|pusher| {
            let mut pushes = pusher.pushes.iter().flatten();
            let mut counts = pusher.counts.iter();
            pushes.all(|&push| same(&settings.pushes, push))
                && counts.all(|&(count, _)| same(&settings.counts, count))
        })
    }

    /// Finds this group's W by pattern and outcome; the largest.
    fn fill(&self, settings: &Settings, h: usize, scratch: &mut Scratch) -> Lanes {
        let Scratch {
            stated,
            sums,
            fresh,
            ..
        } = scratch;
        stated.clear();
        for j in 0..self.outcomes.len() {
            for pusher in &self.pushers {
                let all = pusher.pushes[j].iter();
                let all = all.map(|&push| settings.push_at(push, h));
                stated.push(all.fold(Lanes::ZERO, |sum, push| sum + push));
            }
        }
        let pushes = Pushes {
            stated,
            counts: &settings.counts,
            at: (settings.times, h),
            overlaps: (&self.overlaps, &settings.shares),
        };
        fresh.clear();
        pushes.add_up(&self.patterns, sums, fresh)
    }
}
