//! Whether what has ended follows from what lasts, so that outcomes of which one is final are shares of a softmax, too.
//!
//! In: a plan. Out: whether no step from one horizon's end to the next can raise what is open. Then of the cases in a state as much
//! has ended as if it had held all along: π_a e^{W_a} of the final outcome's against π_o e^{W_o} of the others, π being those of the
//! horizon (proportional odds; Bennett 1983).

use super::Plan;
use crate::infer::question::shape::Truth;
use crate::model::What;

/// Rounding makes numbers miss by less.
const ROUNDING: f64 = 1e-14;

/// Who pushes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Who {
    /// All that do.
    All,
    /// Any of them.
    Any,
}

/// Whether it is so, as far as that is seen from the pushes one by one; `classes` are outcomes that nothing tells apart.
pub(super) fn settles(plan: &Plan<'_>, classes: &[Vec<usize>], who: Who) -> bool {
    let (model, numbers) = (plan.model, plan.numbers);
    let horizons = model.horizons();
    let open: Vec<&Vec<usize>> = classes.iter().filter(|c| c[0] < model.open).collect();
    let last = model.open;
    let some_open = |h: usize| (0..last).any(|o| numbers.prior_at(o, h) > 0.0);
    if plan.within || model.outcomes.len() - last > 1 || !(1..=horizons).all(some_open) {
        return false;
    }
    // Before the first horizon nothing has ended.
    if horizons == 1 {
        return true;
    }
    // What pushes everywhere towards an open class, against the final outcome: by how much more than in the horizon before.
    let mut rises = vec![vec![0.0; horizons]; open.len()];
    for &d in &plan.pushers {
        let driver = &model.drivers[d];
        let overlaps = model
            .overlaps
            .iter()
            .any(|(_, members)| members.contains(&d));
        if overlaps || !driver.counted.is_empty() {
            return false;
        }
        let push = |o: usize, h: usize| {
            let own = driver.pushes.iter().find(|p| p.0 == o);
            own.map_or(0.0, |p| numbers.push_at(p.1, h))
        };
        let lasts = match plan.truth[d] {
            Truth::Fixed(true) => false,
            Truth::Var(var) => match model.drivers[plan.vars[var]].what {
                What::Random | What::Assumption | What::Hypothetical => return false,
                _ => true,
            },
            _ => return false,
        };
        for (class, rises) in open.iter().zip(&mut rises) {
            let against = |h: usize| push(class[0], h) - push(last, h);
            for h in 1..=horizons {
                let rise = if h == 1 {
                    0.0
                } else {
                    against(h) - against(h - 1)
                };
                rises[h - 1] += match who {
                    _ if lasts => 0.0,
                    Who::All => rise,
                    // Without those that fall.
                    Who::Any => rise.max(0.0),
                };
                if lasts && (against(h) > 0.0 || rise > ROUNDING) {
                    return false;
                }
            }
        }
    }
    // What is open is shared out by the priors of each horizon.
    let share = |class: &[usize], h: usize| {
        let sum = |outcomes: &mut dyn Iterator<Item = usize>| -> f64 {
            outcomes.map(|o| numbers.prior_at(o, h)).sum()
        };
        sum(&mut class.iter().copied().filter(|o| *o < last)) / sum(&mut (0..last))
    };
    open.iter().zip(&rises).all(|(class, rises)| {
        let grows = |h: usize| {
            share(class, h) * libm::exp(rises[h - 1]) > share(class, h - 1) * (1.0 + ROUNDING)
        };
        !(2..=horizons).any(grows)
    })
}
