//! What outcomes would come to if what holds at a horizon's end had held all along: shares that histories show, too, and
//! lean on.
//!
//! In: a plan, and how many multiplications may be spent. Out: by horizon the shares of all cases, or of those in which a condition
//! holds at the end of that horizon or of a later one. What takes too many nodes is found less exactly, and its error said.

use super::Plan;
use super::grid::{CLOSE, EXACT};
use super::transform::{Found, Transform, classes};
use crate::model::condition::Cond;

/// Multiplications of one transform, more or less, up to which it is as exact as what is shown.
const FINE: u64 = 1 << 20;

/// The shares at the ends of some horizons, from the first, by outcome.
#[derive(Debug, Clone)]
pub(crate) struct Steady {
    pub(crate) by_horizon: Vec<Vec<f64>>,
    /// How far off a share may be.
    pub(crate) error: f64,
}

impl<'p> Transform<'p> {
    /// One that gives steady shares; none where too much hangs together.
    pub(crate) fn steadily(plan: &'p Plan<'p>) -> Option<Self> {
        match plan.outcomes < 2 {
            true => None,
            false => Transform::of(plan, classes(plan)),
        }
    }

    /// The shares at all horizons' ends; none where that takes more than is `left` to be spent.
    pub(crate) fn steady(&self, left: &mut u64) -> Option<Steady> {
        let horizons = 1..=self.horizons();
        let each = horizons.map(|h| self.within((h, None), FINE, left));
        Some(Steady::of(&each.collect::<Option<Vec<_>>>()?))
    }

    /// The same where one of the plan's conditions holds at a horizon's end, by horizon and condition as far as they are `wanted`: at the
    /// ends of all horizons up to that, or at its own end alone if all take too long; none where it cannot hold or even that does.
    pub(crate) fn steady_given(
        &self,
        conds: &[Cond],
        wanted: impl Fn(usize, usize) -> bool,
        left: &mut u64,
    ) -> Vec<Option<Steady>> {
        let is_wanted = |h: usize, c: usize| wanted(h, c) && !(c == 0 && is_whole(conds));
        let each = |h: usize, c: usize| is_wanted(h, c) && !is_rest(conds, c);
        let pairs = (1..=self.horizons()).flat_map(|h| (0..conds.len()).map(move |c| (h, c)));
        let mut out = vec![None; self.horizons() * conds.len()];
        let mut spans = [self.horizons(), 1].into_iter();
        let transforms = |span: usize| {
            let all = pairs.clone().filter(|(h, c)| each(*h, *c));
            all.map(|(h, _)| h.min(span)).sum::<usize>() as u64
        };
        let span = spans.find(|span| {
            let transforms = transforms(*span);
            transforms > 0 && self.takes(&conds[conds.len() - 1], transforms) <= *left
        });
        let Some(span) = span else {
            return out;
        };
        // None is so exact that too little is left for the others.
        let fine = FINE.min(*left / (2 * transforms(span)));
        let mut whole: Vec<Option<Found>> = Vec::new();
        if is_whole(conds) && (0..conds.len()).any(|c| is_rest(conds, c)) {
            whole.extend((1..=self.horizons()).map(|h| self.within((h, None), fine, left)));
        }
        for h in 1..=self.horizons() {
            let ends = h + 1 - h.min(span)..=h;
            let mut before: Option<Vec<Found>> = None;
            for (c, cond) in conds.iter().enumerate().filter(|(c, _)| is_wanted(h, *c)) {
                let part = before
                    .take()
                    .filter(|_| is_rest(conds, c) && is_wanted(h, c - 1));
                let rest = part.filter(|_| !whole.is_empty()).and_then(|parts| {
                    let each = parts.iter().zip(ends.clone());
                    let each = each.map(|(part, at)| whole[at - 1].as_ref()?.less(part));
                    each.collect::<Option<Vec<Found>>>()
                });
                let own = rest.or_else(|| {
                    let each = ends.clone();
                    let each = each.map(|at| self.within((at, Some((h, cond))), fine, left));
                    each.collect()
                });
                out[(h - 1) * conds.len() + c] = own.as_deref().map(Steady::of);
                before = own;
            }
        }
        out
    }

    /// About how many multiplications so many transforms given a condition take, as coarse as they may be.
    fn takes(&self, cond: &Cond, transforms: u64) -> u64 {
        let last = self.horizons();
        let each = self.steps_at((last, Some((last, cond))), CLOSE);
        each.map_or(u64::MAX, |each| each.saturating_mul(transforms))
    }

    /// As exactly as up to `fine` multiplications make it.
    fn within(
        &self,
        at: (usize, Option<(usize, &Cond)>),
        fine: u64,
        left: &mut u64,
    ) -> Option<Found> {
        let found = self.found(at, EXACT, fine.min(*left));
        let (found, steps) = found.or_else(|| self.found(at, CLOSE, *left))?;
        *left -= steps;
        Some(found)
    }
}

impl Steady {
    fn of(all: &[Found]) -> Steady {
        Steady {
            by_horizon: all.iter().map(|found| found.outcomes.clone()).collect(),
            error: all.iter().fold(0.0, |most, found| most.max(found.error)),
        }
    }
}

/// Whether the first condition is no condition.
fn is_whole(conds: &[Cond]) -> bool {
    matches!(conds.first(), Some(Cond::All(list)) if list.is_empty())
}

/// Whether a condition holds just where the one before it does not: what is so there is what that leaves of all cases.
fn is_rest(conds: &[Cond], c: usize) -> bool {
    is_whole(conds) && c > 1 && matches!(&conds[c], Cond::Not(inner) if **inner == conds[c - 1])
}

#[cfg(test)]
mod tests {
    use super::{CLOSE, EXACT, Plan, Transform};
    use crate::infer::lumped::tests::models;
    use crate::infer::question::shape::Ask;
    use crate::model::Numbers;

    /// Multiplications that take a moment where nothing is optimised.
    const QUICK: u64 = 1 << 23;

    #[test]
    fn what_takes_fewer_nodes_is_off_by_no_more_than_it_says() {
        let (mut told, mut told_of_four) = (0, 0);
        for (name, model) in models() {
            let ask = Ask {
                outcomes: true,
                ..Ask::default()
            };
            let point = Numbers::point(&model);
            let plan = Plan::new(&model, &point, &ask);
            let Some(transform) = Transform::steadily(&plan) else {
                continue;
            };
            let end = (model.horizons(), None);
            let found = |precision| transform.found(end, precision, QUICK);
            let (Some((exact, _)), Some((close, _))) = (found(EXACT), found(CLOSE)) else {
                continue;
            };
            told += 1;
            told_of_four += usize::from(model.outcomes.len() >= 4);
            for (a, b) in exact.outcomes.iter().zip(&close.outcomes) {
                assert!(
                    (a - b).abs() <= exact.error + close.error,
                    "{name}: {a} {b}"
                );
            }
        }
        assert!(told > 30 && told_of_four > 0, "{told} {told_of_four}");
    }
}
