//! What each driver pushes in the end: after counts and overlap, on average over the cases in which it pushes.
//!
//! In: an assessment made ready, and what is made so and given. Out: decibans by driver, horizon and target.

use super::Condition;
use super::answer::{Found, Joint, MadeSo, whole};
use super::push::{Cluster, Push, Pusher};
use super::test::Test;
use crate::diag::Diagnostic;
use crate::infer;
use crate::infer::contributions::Pushed;
use crate::model::Numbers;
use crate::model::condition::Cond;
use crate::resolve::assessment::{Assessment, Prop, What};
use crate::strengths::DECIBAN;

/// Drivers that are weighed together with more than so many others show their pushes before counts and overlap.
const MOST: usize = 8;

/// One driver's push on one event.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct OnEvent {
    /// By their places.
    pub driver: usize,
    pub event: usize,
    /// By horizon in decibans, in the end.
    pub all: Vec<f64>,
    /// The same before overlap.
    pub counted: Vec<f64>,
    /// The same before counts and overlap.
    pub full: Vec<f64>,
}

/// Pushes on the outcomes, by driver, horizon and outcome; and on events.
pub(super) struct AllPushed {
    pub outcomes: Pushed,
    pub events: Vec<OnEvent>,
}

/// Of a cluster: by driver, horizon and target.
struct Weighed {
    driver: usize,
    h: usize,
    target: usize,
    counted: f64,
    all: f64,
}

/// Everything that is pushed.
pub(super) fn pushed(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
) -> Result<AllPushed, Box<Diagnostic>> {
    let horizons = joint.model.horizons();
    let outcomes = joint.model.outcomes.len();
    let mut all = vec![0.0; joint.model.drivers.len() * horizons * outcomes];
    let mut events = Vec::new();
    for (d, driver) in joint.model.drivers.iter().enumerate() {
        for h in 0..horizons {
            for &(o, push) in &driver.pushes {
                all[(d * horizons + h) * outcomes + o] +=
                    joint.point.push_at(push, h + 1) / DECIBAN;
            }
        }
        for &(event, push) in &driver.event_pushes {
            let full = (1..=horizons).map(|h| joint.point.push_at(push, h) / DECIBAN);
            let full: Vec<f64> = full.collect();
            events.push(OnEvent {
                driver: d,
                event,
                all: full.clone(),
                counted: full.clone(),
                full,
            });
        }
    }
    let mut counted = all.clone();
    for q in 0..joint.model.questions.len() {
        let own = joint.model.questions[q].outcomes.clone();
        let first = own.start;
        let push = push(joint, own.len(), |d| {
            let all = joint.model.drivers[d].pushes.iter();
            let all = all.filter(|p| own.contains(&p.0));
            all.map(|p| (p.0 - first, p.1)).collect()
        });
        for found in weighed(joint, made, given, &push)? {
            let at = (found.driver * horizons + found.h) * outcomes + first + found.target;
            counted[at] = found.counted;
            all[at] = found.all;
        }
    }
    let mut named: Vec<usize> = events.iter().map(|e| e.event).collect();
    named.sort_unstable();
    named.dedup();
    for event in named {
        let push = push(joint, 1, |d| {
            let all = joint.model.drivers[d].event_pushes.iter();
            all.filter(|p| p.0 == event).map(|p| (0, p.1)).collect()
        });
        for found in weighed(joint, made, given, &push)? {
            let mut own = events.iter_mut();
            let own = own.find(|e| e.event == event && e.driver == found.driver);
            if let Some(own) = own {
                own.all[found.h] = found.all;
                own.counted[found.h] = found.counted;
            }
        }
    }
    Ok(AllPushed {
        outcomes: Pushed { all, counted },
        events,
    })
}

/// Every push on an outcome among the cases in which something holds, by driver, horizon and outcome in the
/// file's order. Chances are those of the verdict.
pub(crate) fn pushes(
    assessment: &Assessment,
    given: Option<&Prop>,
) -> Result<Vec<infer::Push>, Box<Diagnostic>> {
    let mut joint = Joint::new(assessment)?;
    let made = MadeSo::default();
    let given = given.map(|prop| joint.cond(prop));
    let all = pushed(&mut joint, &made, given.as_ref())?.outcomes.all;
    let (horizons, outcomes) = (joint.model.horizons(), joint.model.outcomes.len());
    let mut found = Vec::new();
    for (driver, stated) in assessment.drivers.iter().filter(|(_, d)| d.pushes()) {
        let place = joint.place(driver);
        let chances = match stated.what {
            What::Assumption(_) => vec![0.0; horizons],
            _ => joint.chances(&made, None, place)?,
        };
        found.extend(infer::pushes::of_driver(
            assessment,
            driver,
            &chances,
            |h, outcome| {
                let o = joint.outcome(outcome);
                all[(place * horizons + h) * outcomes + o]
            },
        ));
    }
    Ok(found)
}

/// All that push the same targets; where each acts is asked for elsewhere.
fn push(joint: &Joint<'_>, targets: usize, of: impl Fn(usize) -> Vec<(usize, usize)>) -> Push {
    let drivers = 0..joint.model.drivers.len();
    let pushers = drivers.filter_map(|driver| {
        let pushes = of(driver);
        let counted = joint.model.drivers[driver].counted.iter();
        (!pushes.is_empty()).then(|| Pusher {
            driver,
            test: Test::Known(true),
            pushes,
            counts: counted.map(|c| (Test::Known(true), c.1)).collect(),
        })
    });
    Push::new(&joint.model, targets, pushers.collect())
}

/// What is weighed together with others, or counted.
fn weighed(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
    push: &Push,
) -> Result<Vec<Weighed>, Box<Diagnostic>> {
    let mut apart = joint.point.clone();
    apart.shares.fill(0.0);
    let mut out = Vec::new();
    for cluster in push.clusters() {
        let vars = vars(joint, cluster);
        if vars.len() < 2 || vars.len() > MOST {
            continue;
        }
        let conditions = (0..1usize << vars.len()).map(|assignment| {
            let each = vars.iter().enumerate();
            let literals = each.map(|(j, d)| match assignment >> j & 1 == 1 {
                true => acts(joint, *d),
                false => acts(joint, *d).negated(),
            });
            Condition {
                of: Some(Cond::All(literals.collect())),
                ..whole(given)
            }
        });
        let conditions: Vec<Condition> = conditions.collect();
        let found = joint.ask(made, None, conditions, given.is_some())?;
        for (h, at) in found.iter().enumerate() {
            weigh(joint, (cluster, &vars), (&apart, h), at, &mut out);
        }
    }
    Ok(out)
}

fn weigh(
    joint: &Joint<'_>,
    (cluster, vars): (&Cluster, &[usize]),
    (apart, h): (&Numbers, usize),
    at: &[Option<Found>],
    out: &mut Vec<Weighed>,
) {
    let Some(power) = at.iter().flatten().map(|f| f.power).min() else {
        return;
    };
    let holds = |assignment: usize, d: usize| {
        let place = vars.iter().position(|v| *v == d);
        place.is_some_and(|j| assignment >> j & 1 == 1)
    };
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (i, pusher) in cluster.pushers.iter().enumerate() {
        pairs.extend(pusher.pushes.iter().map(|p| (i, p.0)));
    }
    let mut sums = vec![[0.0; 3]; pairs.len()];
    for (assignment, found) in at.iter().enumerate() {
        let Some(found) = found.as_ref().filter(|f| f.power == power) else {
            continue;
        };
        let acting = cluster.pushers.iter().enumerate();
        let acting = acting.filter(|(_, p)| holds(assignment, p.driver));
        let who: Vec<(usize, Vec<usize>)> = acting
            .map(|(i, p)| {
                let counts = joint.model.drivers[p.driver].counted.iter();
                let counts = counts.filter(|c| holds(assignment, c.0));
                (i, counts.map(|c| c.1).collect())
            })
            .collect();
        for ((i, target), sums) in pairs.iter().zip(&mut sums) {
            let Some(place) = who.iter().position(|w| w.0 == *i) else {
                continue;
            };
            let counted = cluster.each(apart, h + 1, *target, &who)[place];
            let all = cluster.each(&joint.point, h + 1, *target, &who)[place];
            for (sum, x) in sums.iter_mut().zip([1.0, counted, all]) {
                *sum += found.mass * x;
            }
        }
    }
    for ((i, target), [mass, counted, all]) in pairs.into_iter().zip(sums) {
        if mass > 0.0 {
            out.push(Weighed {
                driver: cluster.pushers[i].driver,
                h,
                target,
                counted: counted / mass / DECIBAN,
                all: all / mass / DECIBAN,
            });
        }
    }
}

/// The drivers of a cluster and those that count them.
fn vars(joint: &Joint<'_>, cluster: &Cluster) -> Vec<usize> {
    let mut out: Vec<usize> = cluster.pushers.iter().map(|p| p.driver).collect();
    let counted = out.iter().flat_map(|d| &joint.model.drivers[*d].counted);
    let counted: Vec<usize> = counted.map(|c| c.0).collect();
    out.extend(counted);
    out.sort_unstable();
    out.dedup();
    out
}

/// That a driver pushes.
fn acts(joint: &Joint<'_>, driver: usize) -> Cond {
    let id = joint.model.drivers[driver].id;
    match joint.assessment.drivers[id].what {
        What::Assumption(_) => Cond::Is(driver).negated(),
        _ => Cond::Is(driver),
    }
}
