//! The outcomes where what has ended follows from what lasts, or none is final, by a transform of the sum of pushes.
//!
//! In: a plan. Out: by horizon and condition the outcomes, with an error. The share of outcome o in a state, e^{S_o}/Σ e^S with
//! S = ln π + W, is the inverse of its Mellin transform Γ(1 + β_o) Π_{k≠o} Γ(β_k), Σβ = 0 (the multinomial beta integral), so that
//!
//! ```text
//! p_o = (2π)^{1−K} ∫ Γ(1 + β_o) Π_{k≠o} Γ(β_k) E[e^{−β·S}] dt,  β_k = α_k + i t_k for k ≠ o.
//! ```
//!
//! In the expectation what is independent multiplies, and what hangs together is summed out of a graph. The trapezoid rule
//! misses by less than any power of its step (Trefethen and Weideman 2014), by what stands at the shifts 2π/step of the pushes
//! in place of 0; moments of the pushes bound it (`grid`).

use super::grid::{EXACT, Grid, OUTCOMES, Precision};
use super::net::{Net, moment};
use super::ready::{self, Ready, alive, prior, rests};
use super::settled::{self, Who};
use super::{Plan, nodes};
use crate::infer::question::answer::{Noise, Tally};
use crate::infer::question::cluster;
use crate::infer::question::pushes::Pushes;
use crate::model::condition::Cond;

/// What was found under one condition.
#[derive(Debug, Clone)]
pub(crate) struct Found {
    /// How likely the condition is.
    pub(crate) mass: f64,
    /// By outcome of the model, among the cases in which it holds.
    pub(crate) outcomes: Vec<f64>,
    /// How far off a share may be.
    pub(crate) error: f64,
}

impl Found {
    /// What is left of it without a part; none where that is too little to be told.
    pub(super) fn less(&self, part: &Found) -> Option<Found> {
        /// Less than this loses too many digits.
        const LEAST: f64 = 1e-2;
        let mass = self.mass - part.mass;
        let outcomes = self.outcomes.iter().zip(&part.outcomes);
        let left = outcomes.map(|(p, q)| ((p * self.mass - q * part.mass) / mass).clamp(0.0, 1.0));
        (mass > LEAST).then(|| Found {
            mass,
            outcomes: left.collect(),
            error: (self.error + part.error) / mass,
        })
    }

    /// The same as a forward pass leaves it. It was not summed over states, and has no standard error either.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        tally.reset(1, self.outcomes.len());
        tally.mass[0] = self.mass;
        for (mass, p) in tally.outcomes.iter_mut().zip(&self.outcomes) {
            *mass = p * self.mass;
        }
        tally.noise = Some(Noise {
            effective: f64::INFINITY,
            ..Noise::default()
        });
        tally
    }
}

/// A question made ready to be transformed.
pub(crate) struct Transform<'p> {
    plan: &'p Plan<'p>,
    net: Net,
    /// What pushes together, and the variables of the plan that it rests on.
    pushing: Vec<(Vec<usize>, Vec<usize>)>,
    /// Outcomes that nothing ever tells apart, class by class.
    classes: Vec<Vec<usize>>,
}

impl<'p> Transform<'p> {
    /// None where an outcome is final and does not follow from what lasts, or too much hangs together.
    pub(crate) fn new(plan: &'p Plan<'p>) -> Option<Self> {
        if plan.outcomes < 2 || plan.within {
            return None;
        }
        let classes = classes(plan);
        if plan.model.has_finals() && !settled::settles(plan, &classes, Who::All) {
            return None;
        }
        Transform::of(plan, classes)
    }

    pub(super) fn of(plan: &'p Plan<'p>, classes: Vec<Vec<usize>>) -> Option<Self> {
        let net = Net::new(plan)?;
        let of = |drivers: Vec<usize>| {
            let own = rests(plan, &drivers);
            (drivers, own)
        };
        let pushing = cluster::clusters(plan.model, &plan.pushers)
            .into_iter()
            .map(of);
        let transform = Transform {
            pushing: pushing.collect(),
            classes,
            plan,
            net,
        };
        (transform.classes.len() <= OUTCOMES).then_some(transform)
    }

    pub(super) fn horizons(&self) -> usize {
        self.plan.model.horizons()
    }

    /// About how many multiplications all conditions take; none where too much hangs together.
    pub(crate) fn steps(&self) -> Option<u64> {
        let plan = self.plan;
        let horizons = plan.model.horizons();
        let nodes = Grid::usual(self.classes.len(), EXACT).nodes();
        // Half of what is asked of changes is what the other half leaves.
        let conds = (plan.conds.len() / 2 + 1) as u64;
        let pushing = self.pushing.iter().map(|p| &p.1[..]);
        let tree = ready::tree(plan, &self.net, pushing)?;
        let each = tree.cost.saturating_mul(nodes);
        Some(each.saturating_mul(conds * (horizons * self.classes.len()) as u64))
    }

    /// By horizon and condition; where there is no condition, of all cases. None where the error is too large, or a condition
    /// cannot hold.
    pub(crate) fn run(&self) -> Option<Vec<Vec<Found>>> {
        let plan = self.plan;
        let conds: Vec<Option<&Cond>> = match &plan.conds[..] {
            [] => vec![None],
            all => all.iter().map(Some).collect(),
        };
        let horizons = 1..=plan.model.horizons();
        horizons.map(|h| self.at(h, &conds)).collect()
    }

    /// Under each condition at one horizon. What is so where another condition is not is what is left of all cases.
    fn at(&self, h: usize, conds: &[Option<&Cond>]) -> Option<Vec<Found>> {
        let mut out: Vec<Found> = Vec::with_capacity(conds.len());
        for (c, cond) in conds.iter().enumerate() {
            let before = c.checked_sub(1).and_then(|b| conds[b]);
            let is_rest = |cond: &&Cond| matches!((cond, before), (Cond::Not(inner), Some(before)) if **inner == *before);
            let whole = matches!(conds[0], Some(Cond::All(list)) if list.is_empty());
            let left = cond.filter(is_rest).filter(|_| whole && c > 1);
            let left = left.and_then(|_| out[0].less(&out[c - 1]));
            out.push(match left {
                Some(left) => left,
                None => {
                    self.found((h, cond.map(|cond| (h, cond))), EXACT, u64::MAX)?
                        .0
                }
            });
        }
        Some(out)
    }

    /// What outcomes come to at a horizon if what holds at its end had held all along, where a condition holds at the end of that
    /// horizon or of a later one; and about how many multiplications that took. None where it would be more than `most`.
    pub(super) fn found(
        &self,
        (h, given): (usize, Option<(usize, &Cond)>),
        precision: Precision,
        most: u64,
    ) -> Option<(Found, u64)> {
        let plan = self.plan;
        let ready = self.ready(h, given)?;
        if ready.mass <= 0.0 {
            return None;
        }
        let nodes = Grid::usual(self.classes.len(), precision).nodes();
        let steps = ready.tree.cost.saturating_mul(nodes);
        if steps > most {
            return None;
        }
        let alive = alive(plan, &self.classes, h);
        let (shares, error) = nodes::shares(&ready, &alive, self.classes.len(), precision)?;
        if error.is_nan() || error > precision.wanted {
            return None;
        }
        let mut outcomes = vec![0.0; plan.outcomes];
        for (class, share) in self.classes.iter().zip(&shares) {
            let whole = prior(plan, class, h);
            for &o in class.iter().filter(|_| whole > 0.0) {
                outcomes[o] = (share * plan.numbers.prior_at(o, h) / whole).clamp(0.0, 1.0);
            }
        }
        let found = Found {
            mass: ready.mass,
            outcomes,
            error,
        };
        Some((found, steps))
    }

    /// About how many multiplications [`Transform::found`] takes.
    pub(super) fn steps_at(
        &self,
        (h, given): (usize, Option<(usize, &Cond)>),
        precision: Precision,
    ) -> Option<u64> {
        let nodes = Grid::usual(self.classes.len(), precision).nodes();
        Some(self.ready(h, given)?.tree.cost.saturating_mul(nodes))
    }

    fn ready(&self, h: usize, given: Option<(usize, &Cond)>) -> Option<Ready> {
        let plan = self.plan;
        let mut pushes = Pushes::new(plan);
        let mut log = vec![0.0; plan.outcomes];
        let pushing: Vec<&[usize]> = self.pushing.iter().map(|p| &p.1[..]).collect();
        let row = |cluster: usize, bits: &[bool]| {
            let drivers = &self.pushing[cluster].0;
            let member = |d: usize| drivers.contains(&d);
            let at = moment(bits, false);
            pushes.of(plan, h, &at, (&member, &|_| true), &mut log);
            self.classes.iter().map(|class| log[class[0]]).collect()
        };
        let own = (plan, &self.net);
        let mut ready = Ready::new(own, (h, given), &self.classes, &pushing, row)?;
        // What pushes in all cases pushes as the prior does.
        for fixed in &ready.fixed {
            let each = ready.constant.iter_mut().zip(&fixed.row);
            each.for_each(|(c, w)| *c += w);
        }
        Some(ready)
    }
}

/// Outcomes that nothing ever pushes apart, by driver and horizon, together.
pub(super) fn classes(plan: &Plan<'_>) -> Vec<Vec<usize>> {
    let overlapped = !plan.model.overlaps.is_empty();
    let pushes = |o: usize| {
        let mut all = Vec::new();
        for &d in &plan.pushers {
            let own = plan.model.drivers[d].pushes.iter();
            for (_, push) in own.filter(|p| p.0 == o) {
                for h in 1..=plan.model.horizons() {
                    all.push((d, h, plan.numbers.push_at(*push, h).to_bits()));
                }
            }
        }
        all
    };
    let mut classes: Vec<(Vec<_>, Vec<usize>)> = Vec::new();
    for o in 0..plan.outcomes {
        let own = pushes(o);
        // Overlap looks at pushes outcome by outcome, so that like ones stay alike.
        let known = classes
            .iter_mut()
            .find(|c| c.0 == own && (own.is_empty() || !overlapped));
        match known {
            Some(class) => class.1.push(o),
            None => classes.push((own, vec![o])),
        }
    }
    classes.into_iter().map(|c| c.1).collect()
}
