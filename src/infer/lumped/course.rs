//! What is open in each lumped state where one outcome is final (`steady`), in every lane.
//!
//! In: by state what stays open in each horizon, and how the states lead to one another. Out: what is
//! open when a horizon begins. Where no step can raise it, it follows from the state; elsewhere it is
//! capped by what held before and what holds now, pair by pair.

use super::component::{Component, Phase};
use super::lanes::{Lanes, where_positive};
use super::pairs::{Buffers, Pairs};
use assess_lanes::flow::least;
use assess_lanes::shares::{Parts, times};

/// Rounding may make what is open rise by this much.
const SLACK: f64 = 1e-12;

/// What lasts of each state, and what is open there.
#[derive(Debug, Clone, Default)]
pub(super) struct Course {
    /// Of each state what lasts of it.
    lasting: Vec<usize>,
    count: usize,
    /// By what lasts: what is open when the horizon begins, and at its end.
    before: Vec<Lanes>,
    after: Vec<Lanes>,
    /// By state the least that was open in any state that leads to it.
    least: Vec<Lanes>,
    next: Vec<Lanes>,
    mass: Vec<Lanes>,
    /// By what lasts: its mass, and what of it was open, at the end of the horizon before.
    old: Vec<Lanes>,
    still: Vec<Lanes>,
    /// By component and pair how likely it is.
    ways: Vec<Vec<Lanes>>,
    buffers: Buffers,
    /// Whether some step raised what is open, in any lane.
    raised: bool,
}

impl Course {
    /// Nothing is known yet of the states of these components. Where there are `pairs`, no step needs to be watched.
    pub(super) fn start(&mut self, components: &[Component], pairs: bool) {
        let states = super::product(components, |a| a.full);
        self.count = super::product(components, |a| a.kept);
        self.lasting.clear();
        self.lasting.resize(states, 0);
        let mut inner = states;
        for component in components {
            inner /= component.full;
            for (state, lasting) in self.lasting.iter_mut().enumerate() {
                *lasting =
                    *lasting * component.kept + component.keep[state / inner % component.full];
            }
        }
        self.before.clear();
        self.before.resize(self.count, Lanes::ONE);
        self.after.clone_from(&self.before);
        self.still.clone_from(&self.before);
        self.ways.resize(components.len(), Vec::new());
        self.raised = pairs;
    }

    /// What was open at the end of the horizon before is where the next one starts, with its mass.
    pub(super) fn begin(&mut self, mass: &[Lanes]) {
        if !self.raised {
            self.least.clone_from(&self.after);
        }
        self.old.clear();
        self.old.extend_from_slice(mass);
    }

    /// Remembers how likely the pairs of a component are.
    pub(super) fn pair(
        &mut self,
        pairs: &Pairs,
        component: usize,
        phase: Phase,
        numbers: &[Lanes],
    ) {
        pairs.add_up(component, phase, numbers, &mut self.ways[component]);
    }

    /// Follows the ways of one component, with how much moves along each: `sizes` and `inner` as in `flow`.
    pub(super) fn step(
        &mut self,
        ways: (&[(usize, usize)], &[Lanes]),
        sizes: (usize, usize),
        inner: usize,
    ) {
        if self.raised {
            return;
        }
        least(&self.least, &mut self.next, ways, sizes, inner);
        std::mem::swap(&mut self.least, &mut self.next);
    }

    /// What is open when the horizon begins, from the parts that stay open in each horizon up to it: the last
    /// of `stride` numbers each, from place `first` on. Whether it could be found: not where it does not follow
    /// from the states and there are too many pairs.
    pub(super) fn settle(
        &mut self,
        parts: &[Lanes],
        (first, stride): (usize, usize),
        mass: &[Lanes],
        pairs: Option<&Pairs>,
    ) -> bool {
        self.mass.clear();
        self.mass.resize(self.count, Lanes::ZERO);
        for (lasting, mass) in self.lasting.iter().zip(mass) {
            self.mass[*lasting] += *mass;
        }
        self.before.fill(Lanes::ONE);
        for j in first..stride - 1 {
            self.stays(parts, (j, stride), mass);
            times(&mut self.before, &self.next);
        }
        self.raised |= self.raises();
        if self.raised && stride - first > 1 {
            let Some(pairs) = pairs else {
                return false;
            };
            self.cap(pairs);
        }
        self.stays(parts, (stride - 1, stride), mass);
        self.after.clear();
        self.after
            .extend(self.before.iter().zip(&self.next).map(|(b, s)| *b * *s));
        self.still.clone_from(&self.after);
        // What cannot be reached limits nothing.
        for (share, mass) in self.after.iter_mut().zip(&self.mass) {
            let reached = mass.above(Lanes::ZERO);
            *share = reached.select(*share, Lanes::splat(f64::INFINITY));
        }
        true
    }

    /// What stays open in one horizon, by what lasts, into `next`: over what passes.
    fn stays(&mut self, parts: &[Lanes], (j, stride): (usize, usize), mass: &[Lanes]) {
        let parts = Parts {
            parts,
            stride,
            mass,
            lasting: &self.lasting,
            ..Parts::default()
        };
        parts.stays(j, &self.mass, &mut self.next);
    }

    /// Whether more would be open in some state than was in one that leads to it.
    fn raises(&self) -> bool {
        !self.raised
            && self
                .lasting
                .iter()
                .zip(&self.least)
                .any(|(lasting, least)| {
                    let reached = self.mass[*lasting].above(Lanes::ZERO);
                    let rises = self.before[*lasting].above(*least + SLACK);
                    (reached & rises).any()
                })
    }

    /// Takes together the cases that held and hold the same: no more of them is open than in `before`, which
    /// becomes what is.
    fn cap(&mut self, pairs: &Pairs) {
        self.next.clear();
        self.next.resize(self.count, Lanes::ZERO);
        let limits = (&self.still[..], &self.before[..]);
        pairs.cap(
            &self.old,
            &self.ways,
            limits,
            &mut self.buffers,
            &mut self.next,
        );
        for ((share, open), mass) in self.before.iter_mut().zip(&self.next).zip(&self.mass) {
            *share = where_positive(*mass, *open / *mass);
        }
    }

    /// Of each state what lasts of it, and by what lasts what is open when the horizon begins.
    pub(super) fn open(&self) -> (&[usize], &[Lanes]) {
        (&self.lasting, &self.before)
    }

    /// Without final outcomes everything is open.
    pub(super) fn clear(&mut self) {
        self.lasting.clear();
    }
}
