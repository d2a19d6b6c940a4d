//! Intervals by the general engine: the verdict over draws of every number that has a range.
//!
//! In: plans, and random numbers. Out: 5th and 95th percentiles. Eight draws go side by side where their
//! states are few; what a prior counts in is solved for anew in each. The draws are spread evenly along the
//! directions in which the verdict itself moves, one range at a time.

use super::answer::{Joint, MadeSo, whole};
use super::lanes::{ALONE, LANES};
use super::movers::Ready;
use super::{Condition, Plan, Results};
use crate::diag::Diagnostic;
use crate::infer::intervals::draws;
use crate::infer::mixture::Mixture;
use crate::infer::verdict::Options;
use crate::model::condition::Cond;
use crate::model::{Draws, Numbers};
use crate::numeric::normal::Z95;
use crate::numeric::percentile::interval;
use crate::parallel::*;
use crate::resolve::assessment::{DriverId, QuestionId};
use crate::resolve::table::Id;
use std::sync::Arc;

/// An interval, where there is one.
type Interval = Option<(f64, f64)>;

/// Intervals of everything.
#[derive(Debug, Clone, Default)]
pub(crate) struct Spread {
    pub draws: u32,
    /// By horizon and outcome of every question, in the file's order.
    pub outcomes: Vec<Vec<Interval>>,
    /// By event, as they were asked for, and horizon.
    pub events: Vec<Vec<Interval>>,
}

/// Something drawn.
struct Drawn {
    plan: Arc<Plan>,
    what: What,
}

enum What {
    Question(QuestionId, usize),
    Event(usize),
}

/// The intervals; none of anything where nothing is a range.
pub(crate) fn spread(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
    events: &[DriverId],
    options: &Options,
) -> Result<Spread, Box<Diagnostic>> {
    let horizons = joint.model.horizons();
    let mut out = Spread {
        draws: 0,
        outcomes: vec![vec![None; joint.model.outcomes.len()]; horizons],
        events: vec![vec![None; horizons]; events.len()],
    };
    if !options.intervals || !joint.model.is_random() {
        return Ok(out);
    }
    let mut all = questions(joint, made, given)?;
    for (i, &event) in events.iter().enumerate().filter(|_| given.is_none()) {
        let place = joint.place(event);
        if let Some(row) = joint.plain_row(made, place) {
            // A single row has one random number and rises with it.
            let ends = [-Z95, Z95].map(|z| {
                let mut numbers = joint.stated.clone();
                numbers.set(&joint.model, std::iter::repeat_n(z, joint.model.slots));
                numbers
            });
            for (h, interval) in out.events[i].iter_mut().enumerate() {
                let [low, high] = ends.each_ref().map(|n| n.row_at(row, h + 1));
                *interval = Some((low, high));
            }
            continue;
        }
        let part = Condition {
            of: Some(Cond::Is(place)),
            ..whole(given)
        };
        let ask = made.asking(None, vec![part], given.is_some());
        all.push(Drawn {
            plan: joint.plan(&ask)?,
            what: What::Event(i),
        });
    }
    let cost: u64 = all.iter().map(|d| d.plan.steps).sum();
    out.draws = options.draws.unwrap_or_else(|| draws(1, cost / 8));
    fill(joint, &all, &mut out, options);
    Ok(out)
}

/// The ranges of a quantity's mean and median at a horizon.
pub(super) type OfNumber = (Interval, Interval);

/// By horizon the intervals of a quantity's mean and median over draws; none where nothing is a range.
pub(super) fn of_quantity(
    joint: &mut Joint<'_>,
    quantity: usize,
    (made, given): (&MadeSo, Option<&Cond>),
    options: &Options,
) -> Result<Vec<OfNumber>, Box<Diagnostic>> {
    let horizons = joint.model.horizons();
    let mut out = vec![(None, None); horizons];
    if !options.intervals || !joint.model.is_random() {
        return Ok(out);
    }
    let ready = Ready::new(joint, quantity, given);
    if ready.is_still() {
        return Ok(out);
    }
    let plans = ready.plans(joint, quantity, (made, given))?;
    let steps: u64 = plans.iter().map(|p| p.steps).sum();
    let count = options
        .draws
        .unwrap_or_else(|| draws(horizons, steps + NUMBER));
    let stream = Draws::new(&joint.model, &joint.stated, options.seed);
    let joint = &*joint;
    let one = |i: u64| -> Vec<Option<(f64, f64)>> {
        let mut numbers = joint.stated.clone();
        numbers.draw(&joint.model, &stream, i);
        if joint.solve(&mut numbers).is_err() {
            return vec![None; horizons];
        }
        let run = |plan: &Arc<Plan>| {
            let [results] = plan.run::<1>(&[&numbers], &joint.model);
            results
        };
        let found: Vec<Results> = plans.iter().map(run).collect();
        let at = (0..horizons).map(|h| {
            let cases = ready.cases(joint, &found, h)?;
            let parts = ready.rough(&numbers, h + 1, &cases).parts;
            let mixture = Mixture::new(ready.spec.lines[h].clone(), ready.spec.log, parts);
            Some((mixture.mean(), mixture.quantile(0.5)))
        });
        at.collect()
    };
    let all: Vec<Vec<Option<(f64, f64)>>> = match peak_of(&plans) > ALONE {
        true => (0..u64::from(count)).map(one).collect(),
        false => {
            let indices: Vec<u64> = (0..u64::from(count)).collect();
            indices.par_iter().map(|i| one(*i)).collect()
        }
    };
    for (h, out) in out.iter_mut().enumerate() {
        let drawn = || all.iter().filter_map(|at| at[h]);
        let range = |of: fn((f64, f64)) -> f64| {
            let mut column: Vec<f64> = drawn().map(of).collect();
            // What nothing that has a range moves is no range.
            interval(&mut column).filter(|(low, high)| high - low > 1e-9 * high.abs().max(1e-9))
        };
        *out = (range(|x| x.0), range(|x| x.1));
    }
    Ok(out)
}

/// The most states that one of these holds at once.
fn peak_of(plans: &[Arc<Plan>]) -> usize {
    plans.iter().map(|p| p.peak).max().unwrap_or(1)
}

/// What finding a median costs beside the states, in steps.
const NUMBER: u64 = 4_000;

/// The outcomes over so many draws, and the random numbers of each that says something.
#[derive(Debug, Default)]
pub(super) struct Sample {
    /// By draw, horizon and outcome, in the file's order; NaN where what is given cannot hold.
    pub values: Vec<f64>,
    /// By draw and slot.
    pub deviates: Vec<f64>,
}

/// What the outcomes of all questions are over so many draws.
pub(super) fn sample(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
    draws: impl FnOnce(u64) -> u32,
    seed: u64,
) -> Result<Sample, Box<Diagnostic>> {
    let all = questions(joint, made, given)?;
    let steps = all.iter().map(|d| d.plan.steps).sum();
    let (peak, draws) = (peak(&all), draws(steps));
    let stream = stream(joint, &all, peak, draws, seed);
    let rows = values(joint, &all, &stream, (peak, draws));
    let (horizons, outcomes) = (joint.model.horizons(), joint.model.outcomes.len());
    let mut one = vec![[0.0]; joint.model.slots];
    let mut out = Sample::default();
    for (i, row) in rows.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
        let mut at = vec![f64::NAN; horizons * outcomes];
        let mut next = row.iter();
        for drawn in &all {
            let What::Question(id, _) = &drawn.what else {
                continue;
            };
            for h in 0..horizons {
                for (o, p) in joint.assessment.questions[*id].ids().zip(&mut next) {
                    at[h * outcomes + o.index()] = *p;
                }
            }
        }
        out.values.extend(at);
        stream.fill(i as u64, &mut one);
        out.deviates.extend(one.as_flattened());
    }
    Ok(out)
}

/// Every question, to be drawn.
fn questions(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
) -> Result<Vec<Drawn>, Box<Diagnostic>> {
    let all = 0..joint.model.questions.len();
    all.map(|q| {
        Ok(Drawn {
            plan: joint.plan_of(q, made, given)?,
            what: What::Question(joint.model.questions[q].id, q),
        })
    })
    .collect()
}

/// The most states that one of them holds at once.
fn peak(all: &[Drawn]) -> usize {
    all.iter().map(|d| d.plan.peak).max().unwrap_or(1)
}

fn fill(joint: &Joint<'_>, all: &[Drawn], out: &mut Spread, options: &Options) {
    let peak = peak(all);
    let stream = stream(joint, all, peak, out.draws, options.seed);
    let values = values(joint, all, &stream, (peak, out.draws));
    let column = |c: usize| {
        let column = values.iter().filter_map(|row| row.get(c).copied());
        interval(&mut column.filter(|p| !p.is_nan()).collect::<Vec<_>>())
    };
    let horizons = joint.model.horizons();
    let mut c = 0;
    for drawn in all {
        match &drawn.what {
            What::Question(id, _) => {
                for h in 0..horizons {
                    for o in joint.assessment.questions[*id].ids() {
                        out.outcomes[h][o.index()] = column(c);
                        c += 1;
                    }
                }
            }
            What::Event(i) => {
                for h in 0..horizons {
                    out.events[*i][h] = column(c);
                    c += 1;
                }
            }
        }
    }
}

/// The draws, spread along the directions in which what is drawn moves. Finding these out takes one evaluation
/// for each range; where that is more than the draws themselves take, the draws are plain.
fn stream(joint: &Joint<'_>, all: &[Drawn], peak: usize, draws: u32, seed: u64) -> Draws {
    let model = &joint.model;
    if model.slots > draws as usize {
        return Draws::new(model, &joint.stated, seed);
    }
    // The middle of every range, then each a deviation up.
    let settings: Vec<Option<usize>> = std::iter::once(None)
        .chain((0..model.slots).map(Some))
        .collect();
    let found = with_each(joint, all, peak, &settings, |up, numbers| {
        let normals = (0..model.slots).map(|slot| f64::from(u8::from(Some(slot) == *up)));
        numbers.set(model, normals);
    });
    let (middle, up) = found
        .split_first()
        .map_or((&[][..], &[][..]), |f| (f.0, f.1));
    let columns = middle.iter().enumerate().map(|(c, middle)| {
        let moves = up.iter().map(|up| {
            // Where a prior can no more count in what it does, nothing is known.
            let by = up.get(c).map_or(0.0, |up| up - middle);
            if by.is_finite() { by } else { 0.0 }
        });
        moves.collect()
    });
    let mut columns: Vec<Vec<f64>> = columns.collect();
    // What is drawn stands in the file's order, which must change no number.
    let in_order = |a: &Vec<f64>, b: &Vec<f64>| {
        let pairs = a.iter().zip(b).map(|(a, b)| a.total_cmp(b));
        pairs.fold(std::cmp::Ordering::Equal, std::cmp::Ordering::then)
    };
    columns.sort_by(in_order);
    Draws::along(model, seed, columns.concat())
}

/// By draw what is drawn; nothing in a draw in which no prior can count in what it does.
fn values(
    joint: &Joint<'_>,
    all: &[Drawn],
    stream: &Draws,
    (peak, draws): (usize, u32),
) -> Vec<Vec<f64>> {
    let draws: Vec<u64> = (0..u64::from(draws)).collect();
    with_each(joint, all, peak, &draws, |i, numbers| {
        numbers.draw(&joint.model, stream, *i);
    })
}

/// What is drawn with each setting of the numbers, in order; nothing where no prior can count in what it does.
fn with_each<T: Sync>(
    joint: &Joint<'_>,
    all: &[Drawn],
    peak: usize,
    settings: &[T],
    set: impl Fn(&T, &mut Numbers) + Sync,
) -> Vec<Vec<f64>> {
    let batch = |some: &[T]| -> Vec<Vec<f64>> {
        let each = some.iter().map(|setting| {
            let mut numbers = joint.stated.clone();
            set(setting, &mut numbers);
            numbers
        });
        let mut each: Vec<Numbers> = each.collect();
        let solved = joint.solve_all(&mut each);
        let each = each.into_iter().zip(solved);
        let each = each.map(|(numbers, solved)| solved.then_some(numbers));
        rows(joint, all, &each.collect::<Vec<_>>(), peak)
    };
    match peak > ALONE {
        true => settings.chunks(LANES).flat_map(batch).collect(),
        false => {
            let batches: Vec<Vec<Vec<f64>>> = settings.par_chunks(LANES).map(batch).collect();
            batches.into_iter().flatten().collect()
        }
    }
}

/// The values of each draw, none where there is none: by what is drawn, horizon and outcome in the file's order.
fn rows(
    joint: &Joint<'_>,
    all: &[Drawn],
    numbers: &[Option<Numbers>],
    peak: usize,
) -> Vec<Vec<f64>> {
    let mut out: Vec<Vec<f64>> = numbers.iter().map(|_| Vec::new()).collect();
    for drawn in all {
        let mut take = |lane: usize, results: &super::Results| {
            for at in results {
                match &drawn.what {
                    What::Event(_) => out[lane].push(at[0].mass[0].clamp(0.0, 1.0)),
                    What::Question(id, q) => {
                        let count = joint.assessment.questions[*id].ids().len();
                        match joint.found(Some(*q), &at[0]) {
                            Some(found) => out[lane].extend(found.outcomes),
                            None => out[lane].extend(vec![f64::NAN; count]),
                        }
                    }
                }
            }
        };
        if peak > ALONE {
            for (lane, numbers) in numbers.iter().enumerate() {
                if let Some(numbers) = numbers {
                    let [results] = drawn.plan.run::<1>(&[numbers], &joint.model);
                    take(lane, &results);
                }
            }
            continue;
        }
        let Some(some) = numbers.iter().flatten().next() else {
            continue;
        };
        let at = |lane: usize| numbers.get(lane).and_then(Option::as_ref);
        let lanes: [&Numbers; LANES] = std::array::from_fn(|lane| at(lane).unwrap_or(some));
        let results = drawn.plan.run(&lanes, &joint.model);
        for (lane, results) in results.iter().enumerate() {
            if at(lane).is_some() {
                take(lane, results);
            }
        }
    }
    out
}
