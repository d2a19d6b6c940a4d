//! What is open and what has ended in each lumped state where several outcomes are final (`steady`), in every lane.
//!
//! In: by state what becomes of what is open in each horizon, and how the states lead to one another. Out: what is open, then what has
//! ended in each final outcome, when a horizon begins (a split). Where nothing that has ended can fall, it follows from the
//! state; elsewhere it is capped by what held before and what holds now, pair by pair.

use super::course::SLACK;
use super::lanes::Lanes;
use super::pairs::{PairScratch, Pairs};
use assess_lanes::Room;
use assess_lanes::flow::least;
use assess_lanes::parts::Parts;
use assess_lanes::several::{Capped, divide, go_on};

/// What lasts of each state, and what is open and has ended there.
#[derive(Debug, Clone, Default)]
pub(super) struct SeveralCourse {
    /// How many states last, and how many outcomes are final.
    count: usize,
    finals: usize,
    /// By what lasts a split: when the horizon begins, and at its end.
    before: Room,
    still: Room,
    /// By final outcome and state what has ended at the least, with the other sign, over the states that lead to it.
    least: Vec<Room>,
    next: Room,
    /// By what lasts whether it could be reached by the horizon before.
    reached: Room,
    /// By what lasts and horizon a split of what is open.
    splits: Room,
    group: Vec<Lanes>,
    runs: Vec<Lanes>,
    /// Whether some step let fall what has ended, in any lane.
    fallen: bool,
}

impl SeveralCourse {
    /// Nothing is known yet of so many states. Where there are `pairs`, no step needs to be watched.
    pub(super) fn start(&mut self, (count, finals): (usize, usize), pairs: bool) {
        (self.count, self.finals) = (count, finals);
        open_all(&mut self.still, count, finals);
        self.reached.fill(count, Lanes::ONE);
        self.least.resize(finals, Room::default());
        self.fallen = pairs;
    }

    /// What was open and had ended at the end of the horizon before is where the next one starts.
    pub(super) fn begin(&mut self) {
        if self.fallen {
            return;
        }
        let width = 1 + self.finals;
        for (a, least) in self.least.iter_mut().enumerate() {
            let least = least.take(self.count).iter_mut();
            let ended = self.still.iter().skip(1 + a).step_by(width);
            for ((least, ended), mass) in least.zip(ended).zip(&*self.reached) {
                // What cannot be reached limits nothing.
                let reached = mass.above(Lanes::ZERO);
                *least = reached.select(Lanes::ZERO - *ended, Lanes::splat(f64::INFINITY));
            }
        }
    }

    /// Follows the ways of one component, with how much moves along each: `sizes` and `inner` as in `flow`.
    pub(super) fn step(
        &mut self,
        ways: (&[(usize, usize)], &[Lanes]),
        sizes: (usize, usize),
        inner: usize,
    ) {
        if self.fallen {
            return;
        }
        for own in &mut self.least {
            least(own, &mut self.next, ways, sizes, inner);
            std::mem::swap(own, &mut self.next);
        }
    }

    /// The split of each state when the horizon begins, from those of what is open in each horizon up to it: of `stride` numbers
    /// each, from place `first` on. `lasting` says of each state what lasts of it, of which there is so much. Whether it could be
    /// found: not where it does not follow from the states and there are too many pairs.
    pub(super) fn settle(
        &mut self,
        parts: &[Lanes],
        (first, stride): (usize, usize),
        (mass, lasting, whole): (&[Lanes], &[usize], &[Lanes]),
        pairs: Option<(&Pairs, &mut PairScratch)>,
    ) -> bool {
        let width = 1 + self.finals;
        let parts = Parts {
            parts,
            stride,
            mass,
            lasting,
            ..Parts::default()
        };
        parts.stays(first..stride, whole, &mut self.splits);
        let horizons = (stride - first) / width;
        open_all(&mut self.before, self.count, self.finals);
        let last = horizons - 1;
        let up_to = (horizons, 0..last);
        go_on(&mut self.before, &self.splits, self.finals, up_to);
        self.fallen |= self.falls(lasting, whole);
        if self.fallen && horizons > 1 {
            let Some(pairs) = pairs else {
                return false;
            };
            self.cap(pairs, whole);
        }
        if !self.fallen {
            self.reached.copy(whole);
        }
        self.still.copy(&self.before);
        let in_it = (horizons, last..horizons);
        go_on(&mut self.still, &self.splits, self.finals, in_it);
        true
    }

    /// Whether less would have ended in some state than had in one that leads to it.
    fn falls(&self, lasting: &[usize], mass: &[Lanes]) -> bool {
        let width = 1 + self.finals;
        let falls = |a: usize, state: usize, lasting: usize| {
            let reached = mass[lasting].above(Lanes::ZERO);
            let most = Lanes::ZERO - self.least[a][state];
            let falls = self.before[lasting * width + 1 + a].below(most - SLACK);
            (reached & falls).any()
        };
        !self.fallen
            && (0..self.finals).any(|a| {
                let mut states = lasting.iter().enumerate();
                states.any(|(state, lasting)| falls(a, state, *lasting))
            })
    }

    /// Takes together the cases that held and hold the same, and caps what is open of them by what is in `before`, which becomes
    /// what is.
    fn cap(&mut self, (pairs, scratch): (&Pairs, &mut PairScratch), mass: &[Lanes]) {
        let out = self.next.fill(self.count * (1 + self.finals), Lanes::ZERO);
        let mut capped = Capped {
            finals: self.finals,
            still: &self.still,
            most: &self.before,
            out,
            group: &mut self.group,
            runs: &mut self.runs,
        };
        pairs.cap(scratch, &mut capped);
        let before = self.before.take(self.next.len());
        divide(&self.next, mass, before);
    }

    /// By what lasts its split when the horizon begins.
    pub(super) fn shares(&self) -> &[Lanes] {
        &self.before
    }
}

/// So many splits of which all is open.
fn open_all(splits: &mut Room, count: usize, finals: usize) {
    let all = splits.fill(count * (1 + finals), Lanes::ZERO);
    let open = all.iter_mut().step_by(1 + finals);
    open.for_each(|x| *x = Lanes::ONE);
}
