//! What rests on what.
//!
//! In: a model, and some drivers and outcomes. Out: all that they rest on, however far back.

use crate::model::condition::Cond;
use crate::model::{Model, What};

/// The drivers and questions on which conditions rest, and some outcomes besides.
pub(crate) fn rests<'c>(
    model: &Model,
    conds: impl IntoIterator<Item = &'c Cond>,
    mut outcomes: Vec<usize>,
) -> (Vec<bool>, Vec<bool>) {
    let mut drivers = Vec::new();
    for cond in conds {
        cond.names(&mut |d| drivers.push(d));
        model.movers_of(cond, &mut |d| drivers.push(d));
        cond.outcomes(&mut |o| outcomes.push(o));
    }
    rests_on(model, drivers, outcomes)
}

/// The drivers and questions on which some drivers and outcomes rest, by their places.
pub(crate) fn rests_on(
    model: &Model,
    drivers: impl IntoIterator<Item = usize>,
    outcomes: impl IntoIterator<Item = usize>,
) -> (Vec<bool>, Vec<bool>) {
    let mut reached = (
        vec![false; model.drivers.len()],
        vec![false; model.questions.len()],
    );
    drivers.into_iter().for_each(|d| reached.0[d] = true);
    let questions = outcomes.into_iter().filter_map(|o| model.question_of(o));
    questions.for_each(|q| reached.1[q] = true);
    loop {
        let mut next = reached.clone();
        let see = |cond: &Cond, next: &mut (Vec<bool>, Vec<bool>)| {
            cond.names(&mut |d| next.0[d] = true);
            model.movers_of(cond, &mut |d| next.0[d] = true);
            cond.outcomes(&mut |o| {
                if let Some(q) = model.question_of(o) {
                    next.1[q] = true;
                }
            });
        };
        for (q, spec) in model
            .questions
            .iter()
            .enumerate()
            .filter(|q| reached.1[q.0])
        {
            let priors = spec.priors.iter().filter_map(|p| p.0.as_ref());
            let decided = spec.decided.iter().flatten();
            priors.chain(decided).for_each(|c| see(c, &mut next));
            for (d, driver) in model.drivers.iter().enumerate() {
                let own = |p: &(usize, usize)| model.question_of(p.0) == Some(q);
                next.0[d] |= driver.pushes.iter().any(own);
            }
        }
        for (d, driver) in model.drivers.iter().enumerate() {
            if driver.event_pushes.iter().any(|p| reached.0[p.0]) {
                next.0[d] = true;
            }
            if !reached.0[d] {
                continue;
            }
            let rows = driver.rows.iter().filter_map(|r| r.0.as_ref());
            rows.for_each(|c| see(c, &mut next));
            if let What::Change(when) = &driver.what {
                see(when, &mut next);
            }
            driver.counted.iter().for_each(|c| next.0[c.0] = true);
            if let Some(once) = &driver.once {
                next.0[once.trigger] = true;
            }
            let groups = model.exclusives.iter().chain(&model.chains);
            for group in groups.filter(|g| g.contains(&d)) {
                group.iter().for_each(|&other| next.0[other] = true);
            }
        }
        if next == reached {
            return reached;
        }
        reached = next;
    }
}
