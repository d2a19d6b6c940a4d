//! What is open in each lumped state when a horizon begins, where no outcome is final, one, or several.
//!
//! In and out: as in [`Course`] and [`SeveralCourse`], of which the one that is needed goes along.

use super::course::Course;
use super::lanes::Lanes;
use super::pairs::{PairScratch, Pairs};
use super::several::SeveralCourse;

/// The course of one final outcome, and that of several.
#[derive(Debug, Clone, Default)]
pub(super) struct Courses {
    finals: usize,
    one: Course,
    several: SeveralCourse,
}

impl Courses {
    /// Nothing is known yet of so many states that last, with so many final outcomes.
    pub(super) fn start(&mut self, (count, finals): (usize, usize), pairs: bool) {
        self.finals = finals;
        match finals {
            0 => {}
            1 => self.one.start(count, pairs),
            _ => self.several.start((count, finals), pairs),
        }
    }

    /// A horizon begins.
    pub(super) fn begin(&mut self) {
        match self.finals {
            0 => {}
            1 => self.one.begin(),
            _ => self.several.begin(),
        }
    }

    /// One component moves on.
    pub(super) fn step(
        &mut self,
        ways: (&[(usize, usize)], &[Lanes]),
        sizes: (usize, usize),
        inner: usize,
    ) {
        match self.finals {
            0 => {}
            1 => self.one.step(ways, sizes, inner),
            _ => self.several.step(ways, sizes, inner),
        }
    }

    /// The horizon ends; whether what is open could be found.
    pub(super) fn settle(
        &mut self,
        parts: &[Lanes],
        places: (usize, usize),
        states: (&[Lanes], &[usize], &[Lanes]),
        pairs: Option<(&Pairs, &mut PairScratch)>,
    ) -> bool {
        match self.finals {
            0 => true,
            1 => self.one.settle(parts, places, states, pairs),
            _ => self.several.settle(parts, places, states, pairs),
        }
    }

    /// By what lasts what is open when the horizon begins, and after it what has ended in each of several outcomes, with
    /// what lasts of each state; nothing where everything is open.
    pub(super) fn open<'a>(&'a self, lasting: &'a [usize]) -> (&'a [usize], &'a [Lanes]) {
        match self.finals {
            0 => Default::default(),
            1 => (lasting, self.one.open()),
            _ => (lasting, self.several.shares()),
        }
    }
}
