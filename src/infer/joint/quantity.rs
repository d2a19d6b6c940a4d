//! Numbers that are not known: which lines they reach, and the mixture over states that they are.
//!
//! In: a quantity and what moves it. Out: for a plan the chances of reaching so many lines, given the
//! state; for the verdict a [`Mixture`] for each horizon. z is drawn anew in each horizon, so that given
//! the state all that rests on a quantity rests on the lines that it reaches.

use super::answer::{Joint, MadeSo};
use super::fill::Fill;
use super::happen::Turn;
use super::movers::Ready;
use super::moves::Move;
use super::net::Reaching;
use super::push::Pushing;
use super::shared::{self as game, Shares};
use super::space::{Space, TooLarge, Value};
use super::{Results, answer, spread};
use crate::diag::Diagnostic;
use crate::infer::mixture::Mixture;
use crate::infer::verdict::{Options, QuantityAt, QuantityVerdict};
use crate::model::condition::Cond;
use crate::model::{Model, Numbers, What};
use crate::numeric::line::between;
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

/// A quantity at one horizon, with what each driver that moves it contributes to its mean.
#[derive(Debug, Clone)]
pub(crate) struct Mixed {
    pub mixture: Mixture,
    /// The mean before the reasons.
    pub before: f64,
    /// How far off any quantile may be, on the scale of g; 0 where all is told apart.
    pub off: f64,
    /// What drivers contribute.
    pub shares: Shares,
}

/// What a quantity is at each horizon; nothing where what is given cannot hold.
pub(crate) fn of_quantity(
    joint: &mut Joint<'_>,
    quantity: usize,
    (made, given): (&MadeSo, Option<&Cond>),
    contributions: Option<u64>,
) -> Result<Vec<Option<Mixed>>, Box<Diagnostic>> {
    let ready = Ready::new(joint, quantity, given);
    let plans = ready.plans(joint, quantity, (made, given))?;
    let point = joint.point.clone();
    let found: Vec<Results> = plans
        .iter()
        .map(|plan| {
            joint.peak = joint.peak.max(plan.peak as u64);
            let [results] = plan.run::<1>(&[&point], &joint.model);
            results
        })
        .collect();
    // Without anything that may move it, what is given tells whether it can be.
    let possible = match ready.is_still() {
        true => Some(joint.ask(made, None, vec![answer::whole(given)], given.is_some())?),
        false => None,
    };
    let mut out = Vec::new();
    for h in 0..joint.model.horizons() {
        let line = ready.spec.lines[h].clone();
        let can_be = possible.as_ref().is_none_or(|at| at[h][0].is_some());
        let Some(cases) = ready.cases(joint, &found, h).filter(|_| can_be) else {
            out.push(None);
            continue;
        };
        let parts = ready.parts(&point, h + 1, &cases);
        let before = line.mean(ready.spec.log);
        let shares = match contributions {
            Some(seed) => game::shares(&ready, (&point, h + 1), &cases, before, seed),
            None => Shares::default(),
        };
        out.push(Some(Mixed {
            mixture: Mixture::new(line, ready.spec.log, parts.parts),
            before,
            off: parts.off,
            shares,
        }));
    }
    Ok(out)
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
        let found = of_quantity(
            joint,
            place,
            about,
            options.contributions.then_some(options.seed),
        )?;
        let ranges = spread::of_quantity(joint, place, about, options)?;
        let driver = |d: usize| joint.model.drivers[d].id;
        let horizons = found.into_iter().zip(ranges).map(|(at, ranges)| {
            let at = at?;
            let contributions = at.shares.of.into_iter();
            Some(QuantityAt {
                mixture: at.mixture,
                before: at.before,
                mean_range: ranges.0,
                median_range: ranges.1,
                off: at.off,
                contributions: contributions.map(|(d, x)| (driver(d), x)).collect(),
                errors: at.shares.errors,
                orders: at.shares.orders,
            })
        });
        out.push(QuantityVerdict {
            quantity: id,
            horizons: horizons.collect(),
        });
    }
    Ok(out)
}
