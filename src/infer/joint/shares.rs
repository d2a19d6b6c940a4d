//! What each driver does to each outcome of each question, and to each event that has pushes of its own.
//!
//! In: a verdict's conditions. Out: Shapley values (Shapley 1953), over every set of the drivers that can matter
//! to a question or over some orders of them, as for other files. What a question's prior counts in is part of where
//! one starts there, and plays no part.

use super::answer::{Joint, MadeSo, ratio, whole};
use super::pushed::AllPushed;
use super::{Condition, Plan, Results, lanes};
use crate::diag::Diagnostic;
use crate::infer::contributions::game::{self, over_orders, over_sets};
use crate::infer::verdict::{Contribution, EventContribution, Options};
use crate::model::Numbers;
use crate::model::condition::Cond;
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId};
use crate::resolve::table::Id;
use std::convert::Infallible;
use std::sync::Arc;

/// Sets whose numbers are made at once.
const AT_ONCE: usize = 256;

/// All contributions.
#[derive(Debug, Default)]
pub(super) struct Shared {
    pub outcomes: Vec<Contribution>,
    pub events: Vec<EventContribution>,
    /// The most drivers of which not all orders were tried, and how many orders were.
    pub sampled: Option<(usize, u64)>,
}

/// What the drivers play for.
struct Target {
    /// The place of a question or of an event.
    what: What,
    plan: Arc<Plan>,
    /// How many numbers a horizon has.
    width: usize,
    players: Vec<usize>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    Question(usize),
    Event(usize),
}

/// Each player's share: by player, horizon and number.
struct Found {
    target: Target,
    values: Vec<f64>,
    errors: Option<Vec<f64>>,
}

/// All contributions; `acting` says by driver and horizon how likely it is to push.
pub(super) fn shares(
    joint: &mut Joint<'_>,
    (made, given): (&MadeSo, Option<&Cond>),
    pushed: &AllPushed,
    acting: &[Vec<f64>],
    options: &Options,
) -> Result<Shared, Box<Diagnostic>> {
    let mut targets: Vec<What> = (0..joint.model.questions.len())
        .map(What::Question)
        .collect();
    let mut events: Vec<usize> = pushed.events.iter().map(|e| e.event).collect();
    events.sort_unstable();
    events.dedup();
    targets.extend(events.into_iter().map(What::Event));
    let mut out = Shared::default();
    let mut all = Vec::new();
    for what in targets {
        let target = Target::new(joint, made, given, what, acting)?;
        let (values, sampled) = target.play(joint, options);
        let errors = sampled.map(|(errors, orders)| {
            let (most, _) = out.sampled.unwrap_or_default();
            if target.players.len() > most {
                out.sampled = Some((target.players.len(), orders));
            }
            errors
        });
        all.push(Found {
            target,
            values,
            errors,
        });
    }
    out.outcomes = of_outcomes(joint, &all, pushed);
    out.events = of_events(joint, &all, pushed);
    Ok(out)
}

/// Where a question's outcomes stand, in the file's order, while nothing pushes but what its prior counts in: by
/// horizon; none where what is given cannot hold.
pub(super) fn bases(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
    question: usize,
) -> Result<Vec<Option<Vec<f64>>>, Box<Diagnostic>> {
    // What nobody is pushed by has not to be told apart.
    let mut ask = made.asking(Some(question), vec![whole(given)], given.is_some());
    ask.pushing = Some(joint.model.questions[question].counts_in.clone());
    let results = joint.run(&ask)?;
    let each = results.iter();
    let each = each.map(|at| Some(joint.found(Some(question), &at[0])?.outcomes));
    Ok(each.collect())
}

fn plan(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
    what: What,
) -> Result<Arc<Plan>, Box<Diagnostic>> {
    let event = match what {
        What::Question(question) => return joint.plan_of(question, made, given),
        What::Event(event) => event,
    };
    let part = Condition {
        of: Some(Cond::Is(event)),
        ..whole(given)
    };
    let ask = made.asking(None, vec![whole(given), part], given.is_some());
    joint.plan(&ask)
}

impl Target {
    fn new(
        joint: &mut Joint<'_>,
        made: &MadeSo,
        given: Option<&Cond>,
        what: What,
        acting: &[Vec<f64>],
    ) -> Result<Target, Box<Diagnostic>> {
        let plan = plan(joint, made, given, what)?;
        let drivers = &joint.model.drivers;
        let pushing = (0..drivers.len()).filter(|d| !plan.pushes_of(joint, *d).is_empty());
        let mut players: Vec<usize> = pushing.collect();
        let counted: Vec<usize> = {
            let counted = players.iter().flat_map(|d| &drivers[*d].counted);
            counted.map(|c| c.0).collect()
        };
        players.extend(counted);
        players.sort_unstable();
        players.dedup();
        // What never pushes adds nothing to any set.
        players.retain(|d| acting[*d].iter().any(|p| p.is_nan() || *p > 0.0));
        let width = match what {
            What::Question(q) => {
                let spec = &joint.model.questions[q];
                players.retain(|d| !spec.counts_in.contains(d));
                spec.outcomes.len()
            }
            What::Event(_) => 1,
        };
        Ok(Target {
            what,
            plan,
            width,
            players,
        })
    }

    fn size(&self, joint: &Joint<'_>) -> usize {
        joint.model.horizons() * self.width
    }

    /// Each player's share; where not all orders were tried the standard errors, and how many were.
    fn play(&self, joint: &Joint<'_>, options: &Options) -> (Vec<f64>, Option<(Vec<f64>, u64)>) {
        let n = self.players.len();
        let each = self.plan.steps.max(1);
        let budget = if n <= game::SMALL {
            game::GENEROUS
        } else {
            game::BUDGET
        };
        if n <= 1 || n <= game::EXACT && each.saturating_mul(1 << n) <= budget {
            return (self.exact(joint, options), None);
        }
        let orders = game::BUDGET / 2 / each.saturating_mul(n as u64).max(1);
        let orders = orders.clamp(game::ORDERS.0, game::ORDERS.1);
        let none = self.values(joint, &[vec![false; n]]).swap_remove(0);
        options.meter.expect(orders);
        let Ok((values, errors)) = over_orders(
            (n, self.size(joint)),
            orders,
            options.seed,
            &(),
            |(), order| {
                let pair = self.pair(joint, order, &none);
                options.meter.step();
                Ok::<_, Infallible>(pair)
            },
        );
        (values, Some((errors, 2 * orders)))
    }

    /// Over all sets.
    fn exact(&self, joint: &Joint<'_>, options: &Options) -> Vec<f64> {
        let (n, size) = (self.players.len(), self.size(joint));
        let mut values = Vec::with_capacity(size << n);
        let sets: Vec<usize> = (0..1usize << n).collect();
        options.meter.expect(sets.len().div_ceil(AT_ONCE) as u64);
        for some in sets.chunks(AT_ONCE) {
            let playing = some
                .iter()
                .map(|set| (0..n).map(|p| set >> p & 1 == 1).collect());
            let playing: Vec<Vec<bool>> = playing.collect();
            self.values(joint, &playing)
                .iter()
                .for_each(|of| values.extend(of));
            options.meter.step();
        }
        over_sets(&values, n, size)
    }

    /// What each player adds in one order and its reverse, on average.
    fn pair(&self, joint: &Joint<'_>, order: &[usize], none: &[f64]) -> Vec<f64> {
        let (n, size) = (self.players.len(), none.len());
        let mut pair = vec![0.0; size * n];
        let reverse: Vec<usize> = order.iter().rev().copied().collect();
        for order in [order, &reverse] {
            let mut playing = vec![false; n];
            let sets = order.iter().map(|&p| {
                playing[p] = true;
                playing.clone()
            });
            let sets: Vec<Vec<bool>> = sets.collect();
            let found = self.values(joint, &sets);
            let mut before = none;
            for (&p, after) in order.iter().zip(&found) {
                let own = pair[p * size..][..size].iter_mut();
                for ((share, a), b) in own.zip(after).zip(before) {
                    *share += (a - b) / 2.0;
                }
                before = after;
            }
        }
        pair
    }

    /// By set what there is with its players alone.
    fn values(&self, joint: &Joint<'_>, sets: &[Vec<bool>]) -> Vec<Vec<f64>> {
        let numbers = sets.iter().map(|playing| {
            let mut numbers = joint.point.clone();
            for (&d, _) in self.players.iter().zip(playing).filter(|p| !p.1) {
                numbers.silence(&joint.model, d);
            }
            numbers
        });
        let numbers: Vec<Numbers> = numbers.collect();
        let found = lanes::each(joint, &self.plan, &numbers);
        found
            .iter()
            .map(|results| self.read(joint, results))
            .collect()
    }

    fn read(&self, joint: &Joint<'_>, results: &Results) -> Vec<f64> {
        let mut out = Vec::with_capacity(results.len() * self.width);
        for at in results {
            match self.what {
                What::Question(q) => match joint.found(Some(q), &at[0]) {
                    Some(found) => out.extend(found.outcomes),
                    None => out.extend(vec![f64::NAN; self.width]),
                },
                What::Event(_) => {
                    let [whole, part] = [0, 1].map(|i| joint.found(None, &at[i]));
                    out.push(ratio(part.as_ref(), whole.as_ref()).unwrap_or(f64::NAN));
                }
            }
        }
        out
    }
}

impl Found {
    /// A driver's share, in points, and its standard error.
    fn of(&self, joint: &Joint<'_>, driver: usize, h: usize, place: usize) -> (f64, Option<f64>) {
        let size = self.target.size(joint);
        let player = self.target.players.iter().position(|p| *p == driver);
        let at = |all: &[f64]| {
            player.map_or(0.0, |p| {
                100.0 * all[p * size + h * self.target.width + place]
            })
        };
        (at(&self.values), self.errors.as_deref().map(at))
    }

    fn plays(&self, driver: usize) -> bool {
        self.target.players.contains(&driver)
    }
}

/// By the ids of driver, horizon and outcome.
fn of_outcomes(joint: &Joint<'_>, all: &[Found], pushed: &AllPushed) -> Vec<Contribution> {
    let a = joint.assessment;
    let (horizons, outcomes) = (joint.model.horizons(), joint.model.outcomes.len());
    let question = |o: OutcomeId| {
        let id = a.outcomes[o].question;
        let what = What::Question(joint.question(id));
        let found = all.iter().find(|f| f.target.what == what)?;
        Some((found, a.questions[id].place(o)))
    };
    let mut out = Vec::new();
    for (driver, stated) in a.drivers.iter() {
        let place = joint.place(driver);
        let plays = all.iter().any(|f| f.plays(place));
        if !plays && !stated.pushes() {
            continue;
        }
        for h in 0..horizons {
            for outcome in a.outcomes.ids() {
                let Some((found, local)) = question(outcome) else {
                    continue;
                };
                let (points, error) = found.of(joint, place, h, local);
                let at = (place * horizons + h) * outcomes + joint.outcome(outcome);
                out.push(Contribution {
                    driver,
                    horizon: HorizonId::new(h),
                    outcome,
                    decibans: pushed.outcomes.all[at],
                    points,
                    error,
                });
            }
        }
    }
    out
}

/// By the ids of driver, event and horizon.
fn of_events(joint: &Joint<'_>, all: &[Found], pushed: &AllPushed) -> Vec<EventContribution> {
    let mut out = Vec::new();
    for found in all {
        let What::Event(event) = found.target.what else {
            continue;
        };
        let mut drivers = found.target.players.clone();
        let own = pushed.events.iter().filter(|p| p.event == event);
        drivers.extend(own.map(|p| p.driver));
        drivers.sort_unstable();
        drivers.dedup();
        for driver in drivers {
            let mut own = pushed.events.iter();
            let own = own.rfind(|p| p.event == event && p.driver == driver);
            for h in 0..joint.model.horizons() {
                let (points, error) = found.of(joint, driver, h, 0);
                out.push(EventContribution {
                    driver: id(joint, driver),
                    event: id(joint, event),
                    horizon: HorizonId::new(h),
                    decibans: own.map_or(0.0, |p| p.all[h]),
                    points,
                    error,
                });
            }
        }
    }
    out.sort_by_key(|c| (c.driver, c.event, c.horizon));
    out
}

fn id(joint: &Joint<'_>, driver: usize) -> DriverId {
    joint.model.drivers[driver].id
}
