//! The fewest things that change the answer: events made so, items of evidence taken away.
//!
//! In: an evaluation. Out: by horizon every smallest set. All sets of one size are tried before any of
//! the next, up to [`MOST`] members and as many sets as `BUDGET` allows.

use super::evaluating::{Asked, Evaluating, Side};
use crate::admiralty;
use crate::infer::engine::Sets;
use crate::model::What;
use crate::parallel::*;
use crate::resolve::assessment::{DriverId, DriverKind, HorizonId, OutcomeId};

/// The largest sets that are tried: of more things at once nobody says what turned the verdict.
pub const MOST: usize = 4;

/// States times horizons of all sets that are tried, more or less: four seconds.
const BUDGET: u64 = 1 << 29;

/// What one question costs beside its states: making it ready.
const OVERHEAD: u64 = 4_000;

/// Smallest sets of one kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Smallest<T> {
    /// What could be in a set.
    pub(crate) candidates: usize,
    /// The largest size of which all sets were tried.
    pub(crate) tried: usize,
    /// By horizon all smallest sets that change the answer; none where no set does.
    pub horizons: Vec<(HorizonId, Vec<Turning<T>>)>,
}

/// A set that changes the answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Turning<T> {
    /// Its members.
    pub members: Vec<T>,
    /// Who leads then; none for an expectation.
    pub(crate) leader: Option<OutcomeId>,
    /// The leader's probability then, or the expectation's.
    pub(crate) chance: f64,
}

/// An item of evidence: whose, and its place there.
pub type Item = (DriverId, usize);

/// How sets are asked about, their members by their places among the options.
type Ask<'f, P> = &'f (dyn Fn(&mut P, &[Vec<usize>]) -> Asked<Vec<Vec<Side>>> + Sync);
/// Whether an option cannot stand in one set with those before it.
type Clash<'f> = &'f (dyn Fn(&[usize], usize) -> bool + Sync);
/// Places among the options, and what they make of the answer.
type Found = (Vec<usize>, Side);

/// The fewest events whose being made so, true or false, changes the answer.
pub(super) fn events<P: Evaluating>(evaluation: &P) -> Asked<Smallest<(DriverId, bool)>> {
    let model = evaluation.model();
    let mut literals: Vec<(usize, bool)> = Vec::new();
    let mut candidates = 0;
    for d in evaluation.relevant() {
        let what = &model.drivers[d].what;
        if evaluation.is_fixed(d) || !matches!(what, What::Event | What::Hypothetical) {
            continue;
        }
        candidates += 1;
        literals.push((d, true));
        if *what == What::Event {
            literals.push((d, false));
        }
    }
    let clash = |set: &[usize], next: usize| {
        let next = literals[next];
        let mut set = set.iter().map(|&i| literals[i]);
        set.any(|other| other.0 == next.0 || evaluation.clash(other, next))
    };
    let ask = |evaluation: &mut P, all: &[Vec<usize>]| {
        let own = |set: &Vec<usize>| -> Sets { set.iter().map(|&i| literals[i]).collect() };
        evaluation.ask_sets(&all.iter().map(own).collect::<Vec<Sets>>())
    };
    let found = smallest(evaluation, literals.len(), &|_| 1, &clash, &ask)?;
    let member = |i: usize| (model.drivers[literals[i].0].id, literals[i].1);
    Ok(found.map(candidates, member))
}

/// What taking some of a driver's evidence away leaves of its weights.
struct Removal {
    driver: DriverId,
    place: usize,
    items: Vec<usize>,
    /// What its pushes are multiplied by.
    factor: f64,
}

/// The fewest items of evidence whose removal changes the answer. Discounts are computed anew; a
/// factor left without evidence is dropped, an event or change keeps its weights.
pub(super) fn evidence<P: Evaluating>(evaluation: &P) -> Asked<Smallest<Item>> {
    let (a, model) = (evaluation.assessment(), evaluation.model());
    let mut removals: Vec<Removal> = Vec::new();
    let mut candidates = 0;
    let pushing = evaluation.relevant().into_iter().filter(|&d| {
        let driver = &model.drivers[d];
        !(driver.pushes.is_empty() && driver.event_pushes.is_empty())
    });
    for place in pushing {
        let d = &model.drivers[place];
        let driver = &a.drivers[d.id];
        candidates += driver.evidence.len();
        let mut own: Vec<Removal> = Vec::new();
        for items in subsets(driver.evidence.len()) {
            let left = (0..driver.evidence.len()).filter(|i| !items.contains(i));
            let ratings = left
                .clone()
                .filter_map(|i| driver.evidence[i].rated.as_ref());
            let factor = if left.count() > 0 {
                admiralty::best(ratings.map(|r| r.node)) / driver.discount
            } else if driver.kind() == DriverKind::Factor {
                0.0
            } else {
                1.0 / driver.discount
            };
            // A set that does what a part of it does already is not a smallest one.
            let known = own
                .iter()
                .any(|r| r.factor == factor && r.items.iter().all(|i| items.contains(i)));
            if factor != 1.0 && !known {
                own.push(Removal {
                    driver: d.id,
                    place,
                    items,
                    factor,
                });
            }
        }
        removals.extend(own);
    }
    let clash = |set: &[usize], next: usize| {
        set.iter()
            .any(|&i| removals[i].driver == removals[next].driver)
    };
    let ask = |evaluation: &mut P, all: &[Vec<usize>]| {
        let without = |set: &Vec<usize>| {
            let mut numbers = evaluation.point().clone();
            for removal in set.iter().map(|&i| &removals[i]) {
                numbers.scale(evaluation.model(), removal.place, removal.factor);
            }
            numbers
        };
        let all: Vec<_> = all.iter().map(without).collect();
        evaluation.ask_all(&all)
    };
    let size = |i: usize| removals[i].items.len();
    let found = smallest(evaluation, removals.len(), &size, &clash, &ask)?;
    let members = |i: usize| {
        let r = &removals[i];
        r.items
            .iter()
            .map(|&item| (r.driver, item))
            .collect::<Vec<_>>()
    };
    Ok(found.flat_map(candidates, members))
}

/// Every choice of 1 to [`MOST`] of `n` things, smallest first.
fn subsets(n: usize) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    let mut start = 0;
    for _ in 0..MOST {
        let end = all.len();
        for i in start..end {
            let from = all[i].last().map_or(0, |l| l + 1);
            for next in from..n {
                let mut set = all[i].clone();
                set.push(next);
                all.push(set);
            }
        }
        start = end;
    }
    all.remove(0);
    all
}

/// What the search found, by places among the options.
struct Places {
    tried: usize,
    horizons: Vec<(HorizonId, Vec<Found>)>,
}

impl Places {
    fn map<T>(self, candidates: usize, member: impl Fn(usize) -> T) -> Smallest<T> {
        self.flat_map(candidates, |i| vec![member(i)])
    }

    fn flat_map<T>(self, candidates: usize, members: impl Fn(usize) -> Vec<T>) -> Smallest<T> {
        let turning = |(set, side): (Vec<usize>, Side)| Turning {
            members: set.into_iter().flat_map(&members).collect(),
            leader: side.leader,
            chance: side.value,
        };
        let horizons = self.horizons.into_iter();
        Smallest {
            candidates,
            tried: self.tried,
            horizons: horizons
                .map(|(h, sets)| (h, sets.into_iter().map(turning).collect()))
                .collect(),
        }
    }
}

/// Tries sets of `options` by their size, until each horizon has one or no more may be tried.
fn smallest<P: Evaluating>(
    evaluation: &P,
    options: usize,
    size: &(dyn Fn(usize) -> usize + Sync),
    clash: Clash<'_>,
    ask: Ask<'_, P>,
) -> Asked<Places> {
    let mut found: Vec<Vec<Found>> = vec![Vec::new(); evaluation.horizons().len()];
    let cost = evaluation.clone().cost()? + OVERHEAD;
    let mut left = BUDGET / cost;
    let mut tried = 0;
    for total in 1..=MOST {
        let Some(sets) = all(options, total, size, clash, left) else {
            break;
        };
        left -= sets.len() as u64;
        let sides: Vec<Asked<Vec<Vec<Side>>>> = sets
            .par_chunks(evaluation.at_once())
            .map_init(
                || evaluation.clone(),
                |evaluation, sets| ask(evaluation, sets),
            )
            .collect();
        let sides = sides
            .into_iter()
            .collect::<Asked<Vec<_>>>()?
            .into_iter()
            .flatten();
        tried = total;
        let open: Vec<usize> = (0..found.len()).filter(|&h| found[h].is_empty()).collect();
        for (set, sides) in sets.into_iter().zip(sides) {
            for &h in open.iter().filter(|&&h| sides[h].turned) {
                found[h].push((set.clone(), sides[h]));
            }
        }
        if found.iter().all(|sets| !sets.is_empty()) {
            break;
        }
    }
    Ok(Places {
        tried,
        horizons: evaluation.horizons().iter().copied().zip(found).collect(),
    })
}

/// Every set of just that size, or none where there are more than may be tried.
fn all(
    options: usize,
    total: usize,
    size: &dyn Fn(usize) -> usize,
    clash: &dyn Fn(&[usize], usize) -> bool,
    most: u64,
) -> Option<Vec<Vec<usize>>> {
    let mut out = Vec::new();
    let mut open: Vec<(Vec<usize>, usize)> = vec![(Vec::new(), 0)];
    while let Some((set, sum)) = open.pop() {
        if sum == total {
            out.push(set);
            if out.len() as u64 > most {
                return None;
            }
            continue;
        }
        let from = set.last().map_or(0, |l| l + 1);
        for next in (from..options).rev() {
            if sum + size(next) <= total && !clash(&set, next) {
                let mut longer = set.clone();
                longer.push(next);
                open.push((longer, sum + size(next)));
            }
        }
    }
    Some(out)
}
