//! Numbers that are not known: which lines they reach, and the mixture over states that they are.
//!
//! In: a quantity and what moves it. Out: for a plan the chances of reaching so many lines, given the
//! state; for the verdict a [`Mixture`] for each horizon. z is drawn anew in each horizon, so that given
//! the state all that rests on a quantity rests on the lines that it reaches.

use super::answer::{Joint, MadeSo};
use super::fill::Fill;
use super::happen::Turn;
use super::moves::Move;
use super::net::Reaching;
use super::push::{Push, Pusher, Pushing};
use super::space::{Space, TooLarge, Value};
use super::test::{Leaf, Test};
use super::{Condition, answer};
use crate::diag::Diagnostic;
use crate::infer::game::over_sets;
use crate::infer::mixture::{Mixture, Part};
use crate::infer::verdict::{Options, QuantityAt, QuantityVerdict};
use crate::model::condition::Cond;
use crate::model::quantities::between;
use crate::model::{Model, Numbers, What};
use crate::resolve::assessment::{Figured, Mark};
use crate::resolve::table::Id;

/// Where quantities are cut, by place: in all conditions of a model, and in others.
pub(super) fn cuts<'c>(
    model: &'c Model,
    others: impl IntoIterator<Item = &'c Cond>,
) -> Vec<Vec<f64>> {
    let mut out = vec![Vec::new(); model.quantities.len()];
    if out.is_empty() {
        return out;
    }
    let mut look = |cond: &Cond| cond.marks(&mut |quantity, at| out[quantity].push(at));
    for driver in &model.drivers {
        driver
            .rows
            .iter()
            .filter_map(|r| r.0.as_ref())
            .for_each(&mut look);
        if let What::Change(when) = &driver.what {
            look(when);
        }
    }
    for question in &model.questions {
        question.decided.iter().flatten().for_each(&mut look);
        let priors = question.priors.iter();
        priors.filter_map(|r| r.0.as_ref()).for_each(&mut look);
    }
    others.into_iter().for_each(&mut look);
    for cuts in &mut out {
        cuts.sort_by(f64::total_cmp);
        cuts.dedup();
    }
    out
}

/// A quantity over a space in which all that moves it is told apart.
#[derive(Debug, Clone)]
pub(super) struct Reached {
    reaching: Reaching,
    pushing: Pushing,
    size: usize,
}

impl Reached {
    pub(super) fn new(reaching: &Reaching, space: &Space) -> Result<Reached, TooLarge> {
        Ok(Reached {
            pushing: reaching.push.over(space)?,
            reaching: reaching.clone(),
            size: space.size(),
        })
    }

    /// How many cells there are.
    pub(super) fn width(&self) -> usize {
        self.reaching.cuts.len() + 1
    }

    /// The chance of each cell at horizon `h`, place by place.
    pub(super) fn shares<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        out: &mut Vec<[f64; N]>,
    ) {
        let mut sums = Vec::new();
        self.reaching
            .push
            .sums(&self.pushing, numbers, h, &mut sums);
        out.clear();
        out.resize(self.size * self.width(), [0.0; N]);
        let Some(law) = self.reaching.laws.get(h.saturating_sub(1)) else {
            return;
        };
        for (out, moved) in out.chunks_exact_mut(self.width()).zip(&sums) {
            for (lane, moved) in moved.iter().enumerate() {
                let mut from = f64::NEG_INFINITY;
                for (cell, out) in out.iter_mut().enumerate() {
                    let to = match self.reaching.cuts.get(cell) {
                        Some(cut) => law.z(cut - moved),
                        None => f64::INFINITY,
                    };
                    out[lane] = between(from, to);
                    from = to;
                }
            }
        }
    }

    /// The same, in the order that the ways name them.
    pub(super) fn fill<const N: usize>(
        &self,
        numbers: &[&Numbers; N],
        h: usize,
        out: &mut Vec<[f64; N]>,
    ) {
        let mut shares = Vec::new();
        self.shares(numbers, h, &mut shares);
        out.extend(shares);
    }
}

/// The ways of a quantity that somebody asks about.
pub(super) fn ways(
    turn: &Turn<'_>,
    reaching: &Reaching,
) -> Result<(Move, Fill, Vec<Value>), TooLarge> {
    let mut leaves = Vec::new();
    reaching
        .push
        .tests(&mut |test| test.leaves(&mut |leaf, was| leaves.push((leaf, was))));
    leaves.sort_unstable();
    leaves.dedup();
    let (mut moved, _) = turn.moved(&leaves, &[])?;
    let reached = Reached::new(reaching, &moved.view.space)?;
    let width = reached.width() as u32;
    for place in 0..moved.view.size() as u32 {
        moved
            .ways
            .extend((0..width).map(|cell| (cell, 1 + place * width + cell)));
        moved.end();
    }
    moved.to = width as usize;
    let values = (0..width).map(|cell| Value::still(cell as u16, 0));
    Ok((moved, Fill::Quantity(Box::new(reached)), values.collect()))
}

/// What moves a quantity: which things are told apart, and by how much each case moves it.
struct Movers {
    /// What may hold or not.
    atoms: Vec<Cond>,
    push: Push,
}

impl Movers {
    fn new(model: &Model, quantity: usize) -> Movers {
        let mut atoms: Vec<Cond> = Vec::new();
        let mut leaf = |cond: Cond| {
            let at = atoms.iter().position(|a| *a == cond);
            let at = at.unwrap_or_else(|| {
                atoms.push(cond);
                atoms.len() - 1
            });
            Test::Is(Leaf {
                node: at,
                member: 1,
                chain: false,
            })
        };
        let mut pushers = Vec::new();
        for (d, push) in model.movers(quantity) {
            let driver = &model.drivers[d];
            let test = match driver.what {
                What::Always => Test::Known(true),
                What::Assumption => leaf(Cond::Is(d).negated()),
                _ => leaf(Cond::Is(d)),
            };
            let counts = driver.counted.iter();
            let counts = counts.map(|(c, place)| (leaf(Cond::Is(*c)), *place));
            pushers.push(Pusher {
                driver: d,
                test,
                pushes: vec![(0, push)],
                counts: counts.collect(),
            });
        }
        Movers {
            push: Push::new(model, 1, pushers),
            atoms,
        }
    }

    /// By how much the drivers that `may` move it do where these atoms hold.
    fn shift(&self, numbers: &Numbers, h: usize, case: usize, may: &dyn Fn(usize) -> bool) -> f64 {
        let is = |leaf: Leaf, _: bool| case >> leaf.node & 1 == 1;
        let each = self.push.clusters().iter().map(|cluster| {
            let acts = cluster.pushers.iter().enumerate();
            let acts = acts.filter(|(_, p)| may(p.driver) && p.test.holds(&is));
            let who = acts.map(|(i, p)| {
                let counts = p.counts.iter().filter(|c| c.0.holds(&is));
                (i, counts.map(|c| c.1).collect())
            });
            let who: Vec<(usize, Vec<usize>)> = who.collect();
            cluster.sum(numbers, h, 0, &who)
        });
        each.sum()
    }

    /// The drivers that move it themselves.
    fn drivers(&self) -> Vec<usize> {
        let all = self.push.clusters().iter().flat_map(|c| &c.pushers);
        let mut all: Vec<usize> = all.map(|p| p.driver).collect();
        all.sort_unstable();
        all
    }
}

/// A quantity at one horizon, with what each driver that moves it contributes to its mean.
#[derive(Debug, Clone)]
pub(crate) struct Mixed {
    pub mixture: Mixture,
    /// The mean before the reasons.
    pub before: f64,
    /// By driver of the model, in the quantity's unit (Shapley).
    pub contributions: Vec<(usize, f64)>,
}

/// More players than these share by single removal order alone: none is computed.
const PLAYERS: usize = 12;

/// What a quantity is at each horizon; nothing where what is given cannot hold.
pub(crate) fn of_quantity(
    joint: &mut Joint<'_>,
    quantity: usize,
    (made, given): (&MadeSo, Option<&Cond>),
    contributions: bool,
) -> Result<Vec<Option<Mixed>>, Box<Diagnostic>> {
    let movers = Movers::new(&joint.model, quantity);
    let spec = joint.model.quantities[quantity].clone();
    // Where nothing is given the cells of a quantity sum to what it is.
    let cells: Vec<f64> = match given {
        None => Vec::new(),
        Some(given) => cuts(&joint.model, [given]).swap_remove(quantity),
    };
    let cases = 1usize << movers.atoms.len();
    let mut conditions = vec![answer::whole(given)];
    let mark = |at: f64| Cond::Reaches(quantity, Mark::at(at));
    for case in 0..cases {
        let atoms = movers.atoms.iter().enumerate();
        let atoms = atoms.map(|(i, atom)| match case >> i & 1 {
            1 => atom.clone(),
            _ => atom.clone().negated(),
        });
        let atoms: Vec<Cond> = atoms.collect();
        for cell in 0..=cells.len() {
            let mut all = atoms.clone();
            all.extend(cell.checked_sub(1).map(|low| mark(cells[low])));
            all.extend(cells.get(cell).map(|high| mark(*high).negated()));
            conditions.push(Condition {
                of: Some(Cond::All(all)),
                ..answer::whole(given)
            });
        }
    }
    let found = joint.ask(made, None, conditions, given.is_some())?;
    let mut out = Vec::new();
    for (h, at) in found.iter().enumerate() {
        let line = spec.lines[h].clone();
        let Some(whole) = &at[0] else {
            out.push(None);
            continue;
        };
        let mut parts = Vec::new();
        let mut by_case = vec![0.0; cases];
        for (case, mass) in by_case.iter_mut().enumerate() {
            let everyone = |_: usize| true;
            let moved = movers.shift(&joint.point, h + 1, case, &everyone);
            for cell in 0..=cells.len() {
                let place = 1 + case * (cells.len() + 1) + cell;
                let share = answer::ratio(at[place].as_ref(), Some(whole)).unwrap_or(0.0);
                if share <= 0.0 {
                    continue;
                }
                *mass += share;
                let low = cell.checked_sub(1).map(|i| spec.g(cells[i]));
                parts.push(Part {
                    moved,
                    low: low.unwrap_or(f64::NEG_INFINITY),
                    high: cells.get(cell).map_or(f64::INFINITY, |x| spec.g(*x)),
                    share,
                });
            }
        }
        let mixture = Mixture::new(line.clone(), spec.log, parts);
        let before = line.mean(spec.log);
        let drivers = movers.drivers();
        let contributions = match contributions && given.is_none() && drivers.len() <= PLAYERS {
            true => {
                let value = |set: usize| {
                    let may = |d: usize| {
                        let at = drivers.iter().position(|other| *other == d);
                        at.is_some_and(|at| set >> at & 1 == 1)
                    };
                    let cases = by_case.iter().enumerate().filter(|c| *c.1 > 0.0);
                    let each = cases.map(|(case, mass)| {
                        let moved = movers.shift(&joint.point, h + 1, case, &may);
                        mass * match spec.log {
                            true => before * libm::exp(moved),
                            false => before + moved,
                        }
                    });
                    each.sum::<f64>()
                };
                let values: Vec<f64> = (0..1usize << drivers.len()).map(value).collect();
                let shares = over_sets(&values, drivers.len(), 1);
                drivers.iter().copied().zip(shares).collect()
            }
            false => Vec::new(),
        };
        out.push(Some(Mixed {
            mixture,
            before,
            contributions,
        }));
    }
    Ok(out)
}

/// A condition that rests on all that a number rests on.
pub(crate) fn named(joint: &Joint<'_>, of: Figured) -> Cond {
    match of {
        Figured::Quantity(id) => {
            let place = joint.model.quantity_places[id.index()];
            Cond::Reaches(place, Mark::at(0.0))
        }
        Figured::Question(id) => {
            let outcomes = joint.assessment.questions[id].ids();
            Cond::Any(outcomes.map(|o| Cond::Outcome(joint.outcome(o))).collect())
        }
    }
}

/// Every quantity, in the file's order.
pub(super) fn quantities(
    joint: &mut Joint<'_>,
    about: (&MadeSo, Option<&Cond>),
    options: &Options,
) -> Result<Vec<QuantityVerdict>, Box<Diagnostic>> {
    let mut out = Vec::new();
    for id in joint.assessment.quantities.ids() {
        let place = joint.model.quantity_places[id.index()];
        let found = of_quantity(joint, place, about, options.contributions)?;
        let driver = |d: usize| joint.model.drivers[d].id;
        let horizons = found.into_iter().map(|at| {
            let at = at?;
            let contributions = at.contributions.into_iter();
            Some(QuantityAt {
                mixture: at.mixture,
                before: at.before,
                contributions: contributions.map(|(d, x)| (driver(d), x)).collect(),
            })
        });
        out.push(QuantityVerdict {
            quantity: id,
            horizons: horizons.collect(),
        });
    }
    Ok(out)
}
