//! What a condition waits for: which hypothetical things must come about for it to hold.
//!
//! In: conditions, and exact answers to those that are small enough. Out: for each condition and
//! horizon the power of ε at which it holds, and the sets of things that histories are to force.

use crate::infer::compiled::Compiled;
use crate::infer::question::answer::Tally;
use crate::infer::question::plan::Plan;

/// Things made to come about in every history of a round, as variables.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Forced {
    pub(super) vars: Vec<usize>,
}

impl Forced {
    pub(super) fn none() -> Forced {
        Forced { vars: Vec::new() }
    }
}

/// Sets that are tried at most.
const SETS: usize = 64;

/// What each condition needs, by horizon and condition.
#[derive(Debug, Clone)]
pub(crate) struct Needs {
    conds: usize,
    /// The power of ε at which it holds; none where it cannot.
    powers: Vec<Option<usize>>,
    /// The mass at that power, where it was summed.
    masses: Vec<Option<f64>>,
    /// How likely it is, as far as that is known; no number that is reported rests on this.
    likely: Vec<Option<f64>>,
    forced: Vec<Forced>,
    /// The drivers that cost and are used, by horizon and condition.
    used: Vec<Vec<usize>>,
}

impl Needs {
    pub(super) fn new(plan: &Plan<'_>) -> Needs {
        let places = plan.model.horizons() * plan.conds.len();
        Needs {
            conds: plan.conds.len(),
            powers: vec![Some(0); places],
            masses: vec![None; places],
            likely: vec![None; places],
            forced: Vec::new(),
            used: vec![Vec::new(); places],
        }
    }

    /// The power at which a condition holds at a horizon, from 1.
    pub(super) fn power(&self, h: usize, cond: usize) -> Option<usize> {
        self.powers[(h - 1) * self.conds + cond]
    }

    /// Its mass there, where it is known.
    pub(super) fn mass(&self, h: usize, cond: usize) -> Option<f64> {
        self.masses[(h - 1) * self.conds + cond]
    }

    /// How likely it is, where that is known and nothing in it costs a power of ε.
    pub(super) fn likely(&self, h: usize, cond: usize) -> Option<f64> {
        self.likely[(h - 1) * self.conds + cond]
    }

    /// What it takes that costs a power of ε, as drivers.
    pub(super) fn used(&self, h: usize, cond: usize) -> &[usize] {
        &self.used[(h - 1) * self.conds + cond]
    }

    /// Whether every condition's mass is known.
    pub(crate) fn is_known(&self) -> bool {
        self.masses.iter().all(Option::is_some)
    }

    pub(super) fn forced(&self) -> &[Forced] {
        &self.forced
    }

    /// Takes over what a forward pass over one condition summed.
    pub(super) fn know(
        &mut self,
        plan: &Plan<'_>,
        cond: usize,
        compiled: &Compiled,
        tallies: &[Tally],
        trust: bool,
    ) {
        for (h, tally) in tallies.iter().enumerate() {
            let place = h * self.conds + cond;
            self.powers[place] = tally.power();
            let Some(power) = tally.power() else {
                self.masses[place] = Some(0.0);
                continue;
            };
            self.masses[place] = trust.then(|| tally.mass(power));
            self.likely[place] = (power == 0).then(|| tally.mass(0));
            if power > 0 {
                let drivers = compiled.used(tally, power);
                self.used[place].clone_from(&drivers);
                let vars = (0..plan.vars.len()).filter(|v| drivers.contains(&plan.vars[*v]));
                self.force(&vars.collect::<Vec<_>>(), power);
            }
        }
    }

    /// Takes over how likely a condition is at a horizon, from 0, where nothing costs a power of ε.
    pub(super) fn tell(&mut self, (h, cond): (usize, usize), mass: f64, trust: bool) {
        let place = h * self.conds + cond;
        if mass <= 0.0 {
            (self.powers[place], self.masses[place]) = (None, Some(0.0));
            return;
        }
        self.powers[place] = Some(0);
        self.masses[place] = trust.then_some(mass);
        self.likely[place] = Some(mass);
    }

    /// The fewest things that the condition names and cannot do without, by its form alone.
    /// Nothing is known of its mass. False where too many sets would have to be tried.
    pub(super) fn guess(&mut self, plan: &Plan<'_>, cond: usize, costly: bool) -> bool {
        let free: Vec<usize> = (0..plan.vars.len()).filter(|v| plan.costly[*v]).collect();
        let cond_at = &plan.conds[cond];
        let mut found = None;
        for power in 0..=if costly { free.len() } else { 0 } {
            let Some(sets) = subsets(&free, power) else {
                return false;
            };
            let sets = sets.into_iter();
            let sets: Vec<_> = sets
                .filter(|set| plan.known(cond_at, set) != Some(false))
                .collect();
            if !sets.is_empty() {
                if power > 0 {
                    let mut used: Vec<usize> = sets.iter().flatten().copied().collect();
                    used.sort_unstable();
                    used.dedup();
                    let used: Vec<usize> = used.iter().map(|v| plan.vars[*v]).collect();
                    for h in 0..plan.model.horizons() {
                        self.used[h * self.conds + cond].clone_from(&used);
                    }
                    self.forced
                        .extend(sets.into_iter().map(|vars| Forced { vars }));
                }
                found = Some(power);
                break;
            }
        }
        self.tidy();
        for h in 0..plan.model.horizons() {
            self.powers[h * self.conds + cond] = found;
        }
        self.forced.len() <= SETS
    }

    fn force(&mut self, vars: &[usize], power: usize) {
        let sets = subsets(vars, power).unwrap_or_default();
        self.forced
            .extend(sets.into_iter().map(|vars| Forced { vars }));
        self.tidy();
    }

    fn tidy(&mut self) {
        self.forced.sort_unstable();
        self.forced.dedup();
    }
}

/// All subsets of a size, unless there are too many.
fn subsets(of: &[usize], size: usize) -> Option<Vec<Vec<usize>>> {
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..size {
        let mut longer = Vec::new();
        for set in &sets {
            let after = set.last().map_or(0, |last| last + 1);
            longer.extend(of.iter().filter(|v| **v >= after).map(|v| {
                let mut set = set.clone();
                set.push(*v);
                set
            }));
        }
        // A longer set has more ways only while it grows; the bound is generous.
        if longer.len() > 64 * SETS {
            return None;
        }
        sets = longer;
    }
    Some(sets)
}
