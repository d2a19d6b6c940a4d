//! What is hypothetical: which events and wrong assumptions a question rests on at a cost.
//!
//! In: a model and what is asked of it. Out: drivers, by their places.

use super::plan::Ask;
use crate::model::condition::Cond;
use crate::model::{Model, What};

/// What costs ε and is asked about.
pub(super) fn hypothetical(model: &Model, ask: &Ask) -> Vec<usize> {
    let mut found = Vec::new();
    let mut seen = vec![false; model.drivers.len()];
    let mut questions = vec![false; model.questions.len()];
    let mut open: Vec<&Cond> = Vec::new();
    for condition in &ask.conditions {
        open.extend(condition.given.iter().chain(&condition.of));
    }
    open.extend(&ask.split);
    while let Some(cond) = open.pop() {
        match cond {
            Cond::Before => {}
            Cond::Reaches(q, _) => {
                for (d, _) in model.movers(*q) {
                    visit(model, d, &mut seen, &mut found, &mut open);
                }
            }
            Cond::Not(inner) => open.push(inner),
            Cond::All(list) | Cond::Any(list) | Cond::AtLeast(_, list) => open.extend(list),
            Cond::Outcome(o) => {
                let Some(q) = model.question_of(*o) else {
                    continue;
                };
                if std::mem::replace(&mut questions[q], true) {
                    continue;
                }
                let spec = &model.questions[q];
                open.extend(spec.decided.iter().flatten());
                open.extend(spec.priors.iter().filter_map(|p| p.0.as_ref()));
                for (d, driver) in model.drivers.iter().enumerate() {
                    if driver.pushes.iter().any(|p| spec.outcomes.contains(&p.0)) {
                        visit(model, d, &mut seen, &mut found, &mut open);
                    }
                }
            }
            Cond::Is(d) => visit(model, *d, &mut seen, &mut found, &mut open),
        }
    }
    found.sort_unstable();
    found
}

fn visit<'m>(
    model: &'m Model,
    d: usize,
    seen: &mut [bool],
    found: &mut Vec<usize>,
    open: &mut Vec<&'m Cond>,
) {
    if std::mem::replace(&mut seen[d], true) {
        return;
    }
    let driver = &model.drivers[d];
    match &driver.what {
        What::Hypothetical | What::Assumption => found.push(d),
        What::Change(when) => open.push(when),
        What::Event | What::Random | What::Always => {}
    }
    open.extend(driver.rows.iter().filter_map(|r| r.0.as_ref()));
    let mut others: Vec<usize> = driver.counted.iter().map(|c| c.0).collect();
    others.extend(driver.once.iter().map(|o| o.trigger));
    let groups = model.exclusives.iter().filter(|g| g.contains(&d));
    others.extend(
        groups
            .flatten()
            .filter(|o| model.drivers[**o].what == What::Event),
    );
    let pushers = model.drivers.iter().enumerate();
    let pushers = pushers.filter(|(_, p)| p.event_pushes.iter().any(|e| e.0 == d));
    others.extend(pushers.map(|p| p.0));
    for other in others {
        visit(model, other, seen, found, open);
    }
}
