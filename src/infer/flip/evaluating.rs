//! The one question that everything here asks again and again: has it turned?
//!
//! In: numbers, or things made so. Out: by horizon a [`Side`]. "It" is the leader of each horizon,
//! or whether an expectation is borne out. Both engines answer it.

use super::parameter::Parameter;
use crate::diag::Diagnostic;
use crate::infer::engine::Sets;
use crate::infer::verdict::Answer;
use crate::model::{Model, Numbers};
use crate::resolve::assessment::{Assessment, DriverId, Expect, HorizonId, OutcomeId, Test};

/// An outcome leads another only by more than this: sums of doubles miss by less.
const TIE: f64 = 1e-9;

pub(super) type Asked<T> = Result<T, Box<Diagnostic>>;

/// What a question found at one horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Side {
    /// Whether the leader is another than today's, or the expectation's answer is.
    pub(crate) turned: bool,
    /// How far it is from turning, below 0 once turned; NaN where that cannot be said.
    pub(crate) margin: f64,
    /// A number that differs wherever the answer does.
    pub(crate) trace: f64,
    /// The leader; none where what is given cannot hold, and for an expectation.
    pub(crate) leader: Option<OutcomeId>,
    /// The leader's probability, or the expectation's.
    pub(crate) value: f64,
    /// With such numbers there is no answer: no prior can count in what it does.
    pub(crate) lost: bool,
}

impl Side {
    /// Where nothing is to be said.
    pub(super) const UNTOLD: Side = Side {
        turned: false,
        margin: f64::NAN,
        trace: 0.0,
        leader: None,
        value: f64::NAN,
        lost: false,
    };

    /// Where the numbers fit nothing.
    pub(super) const LOST: Side = Side {
        trace: f64::NAN,
        lost: true,
        ..Side::UNTOLD
    };
}

/// What can be asked.
pub(super) trait Evaluating: Clone + Send + Sync {
    fn assessment(&self) -> &Assessment;
    fn model(&self) -> &Model;
    /// Today's numbers.
    fn point(&self) -> &Numbers;
    /// What a [`Side`] is told of.
    fn horizons(&self) -> &[HorizonId];
    /// Asks with other numbers.
    fn ask(&mut self, numbers: &Numbers) -> Asked<Vec<Side>>;
    /// Asks with each of these numbers; side by side where that can be done.
    fn ask_all(&mut self, all: &[Numbers]) -> Asked<Vec<Vec<Side>>>;
    /// Asks with other things made so.
    fn ask_sets(&mut self, all: &[Sets]) -> Asked<Vec<Vec<Side>>>;
    /// How many settings are best asked about together.
    fn together(&self) -> usize;
    /// How many are best asked about at once where none says what to ask next.
    fn at_once(&self) -> usize {
        self.together()
    }
    /// States times horizons of one question, more or less.
    fn cost(&mut self) -> Asked<u64>;
    /// The drivers that can reach what is asked about.
    fn relevant(&self) -> Vec<usize>;
    /// Whether something was made so already.
    fn is_fixed(&self, driver: usize) -> bool;
    /// Whether two things cannot be made so at once.
    fn clash(&self, a: (usize, bool), b: (usize, bool)) -> bool;
    /// Goes for the nearer end of a range that the probability, `today`, lies outside of.
    fn approach(&mut self, today: Option<f64>);
    /// Whether one question takes so long that it pays to think before the next.
    fn is_dear(&self) -> bool {
        false
    }
    /// With each of these numbers the outcomes, by horizon and in the file's order, where all cases are asked about.
    fn outcomes_of(&mut self, _: &[Numbers]) -> Asked<Option<Vec<Vec<f64>>>> {
        Ok(None)
    }
    /// Where such outcomes stand, by horizon.
    fn stand(&self, _: &[f64]) -> Vec<Side> {
        Vec::new()
    }
    /// By how much a margin bends at most as a number is turned, by the square of a deciban; none where that is not known.
    fn bend(&self, _: &Parameter) -> Option<f64> {
        None
    }
    /// The same among the cases in which a change holds, where these outcomes lead today.
    fn among(&self, change: DriverId, today: Vec<Option<OutcomeId>>) -> Asked<Self>;
}

/// Where some outcomes stand, each with its probability, against who leads today.
pub(super) fn standing(
    all: impl Iterator<Item = (OutcomeId, f64)> + Clone,
    today: OutcomeId,
    leader: OutcomeId,
) -> Side {
    let of = |id: OutcomeId| {
        let found = all.clone().find(|o| o.0 == id);
        found.map_or(f64::NAN, |o| o.1)
    };
    let own = of(today);
    let others = all.clone().filter(|o| o.0 != today);
    let next = others.map(|o| o.1).fold(f64::NEG_INFINITY, f64::max);
    let trace = all.clone().zip(1..);
    Side {
        turned: next - own > TIE,
        margin: own - next + TIE,
        trace: trace.map(|(o, i)| o.1 * f64::from(i).sqrt()).sum(),
        leader: Some(leader),
        value: of(leader),
        lost: false,
    }
}

/// An end of a range, seen from outside.
#[derive(Debug, Clone, Copy)]
pub(super) enum End {
    /// It is reached from below.
    Low(f64),
    /// It is reached from above.
    High(f64),
}

/// Another answer to an expectation than today's.
#[derive(Debug, Clone, Copy)]
pub(super) struct Expected<'a> {
    pub(crate) expect: &'a Expect,
    /// Today's.
    pub(crate) holds: bool,
    /// The end of a range by which a turned number comes into it, where it is outside today.
    end: Option<End>,
}

impl<'a> Expected<'a> {
    pub(super) fn new(expect: &'a Expect, holds: bool) -> Self {
        Expected {
            expect,
            holds,
            end: None,
        }
    }

    /// A number that is turned moves the probability, `today`, without jumps, so that it comes into a
    /// range at its nearer end, however narrow the range is.
    pub(super) fn approach(&mut self, today: Option<f64>) {
        let ends = match &self.expect.test {
            Test::Between(low, high) | Test::Number { low, high, .. } => Some((low, high)),
            _ => None,
        };
        if let (false, Some((low, high)), Some(today)) = (self.holds, ends, today) {
            self.end = Some(match today < *low {
                true => End::Low(*low),
                false => End::High(*high),
            });
        }
    }

    pub(super) fn side(&self, answer: &Answer) -> Side {
        let value = answer.value.unwrap_or(f64::NAN);
        let other = answer.other.unwrap_or(0.0);
        let inside = match self.expect.test {
            Test::Between(low, high) => (value - low).min(high - value),
            Test::Above(_) => value - other,
            Test::Below(_) => other - value,
            Test::Number { low, high, .. } => (value - low).min(high - value),
            Test::Word(_) | Test::Leads => f64::NAN,
        };
        let inside = match self.end {
            None => inside,
            Some(End::Low(low)) => value - low,
            Some(End::High(high)) => high - value,
        };
        let turned = match self.end {
            None => answer.value.is_some() && answer.holds != self.holds,
            Some(_) => inside >= 0.0,
        };
        Side {
            turned,
            margin: if self.holds { inside } else { -inside },
            trace: value + std::f64::consts::PI * other + f64::from(u8::from(answer.holds)),
            leader: None,
            value,
            lost: false,
        }
    }
}
