//! Rows that say nothing but what is so and what is not.
//!
//! In: codes of rows. Out: the numbers of their verdicts. Rows that make the same things so are evaluated side by
//! side, whichever factors that always hold they take away.

use super::codes::Codes;
use super::hashed::Hashed;
use super::worker::{Answer, At};
use super::{Batch, WORKERS};
use crate::infer::meter::Meter;
use crate::infer::{self, LANES, Lanes, Made, Room};
use crate::model::{Model, Numbers};
use crate::parallel::*;
use crate::resolve::assessment::{DriverId, OutcomeId};
use crate::resolve::table::Id;
use std::collections::HashMap;

/// More of what is made so is not kept prepared.
const KEPT: usize = 1 << 10;

/// Evaluates codes.
#[derive(Debug)]
pub(super) struct Truths {
    model: Model,
    pub(super) codes: Codes,
    /// The drivers that are made so, by their places in the model.
    makes: Vec<usize>,
    /// The factors that always hold in the file likewise.
    drivers: Vec<usize>,
    /// By the number of what is made so; none where it cannot be evaluated like this.
    made: HashMap<u64, Option<Made>, Hashed>,
    rooms: Vec<Room>,
    form: Form,
    meter: Meter,
}

/// How a verdict's numbers are put down.
#[derive(Debug)]
struct Form {
    horizons: usize,
    /// By outcome of the file its place in the model.
    places: Vec<usize>,
    /// Outcomes in the order of their names.
    order: Vec<usize>,
    /// The least chance that each of the scale's words is given.
    words: Vec<f64>,
}

/// Verdicts one after the other.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Whose they are: places among the codes that were asked for.
    pub(super) at: Vec<u32>,
    /// By verdict, horizon and outcome the probability, and the leader's margin after those of each horizon.
    pub(super) numbers: Vec<f64>,
    /// By verdict and horizon the leader, and the place of its word among the scale's.
    pub(super) leaders: Vec<(u32, u32)>,
    /// Which of them have no numbers.
    pub(super) failed: Vec<usize>,
}

/// What is made so, and those that make it so: each with its place and what it silences.
type Group = (u64, Vec<(u32, u64)>);

/// Up to [`LANES`] of a group's members, with what they make so, if it could be prepared.
type Job<'g> = (Option<&'g Made>, &'g [(u32, u64)]);

impl Truths {
    /// None where more is asked for than probabilities, or there are too many columns.
    pub(super) fn new(batch: &Batch) -> Option<Truths> {
        let (a, detail) = (&batch.assessment, batch.detail);
        if detail.intervals || detail.contributions {
            return None;
        }
        let codes = Codes::new(batch)?;
        let model = Model::new(a);
        let places = |of: &[(usize, DriverId)]| -> Vec<usize> {
            of.iter().map(|m| model.places[m.1.index()]).collect()
        };
        let mut order: Vec<OutcomeId> = a.outcomes.ids().collect();
        order.sort_by_key(|o| a.outcomes.name(*o));
        let own = |o: OutcomeId| model.outcomes.iter().position(|m| *m == o);
        let form = Form {
            horizons: model.horizons(),
            places: a.outcomes.ids().map(own).collect::<Option<_>>()?,
            order: order.into_iter().map(Id::index).collect(),
            words: batch.words.iter().map(|w| w.0).collect(),
        };
        let point = Numbers::point(&model);
        Some(Truths {
            makes: places(&codes.makes),
            drivers: places(&codes.holds),
            codes,
            made: HashMap::default(),
            rooms: (0..WORKERS).map(|_| Room::new(&point)).collect(),
            form,
            model,
            meter: batch.meter.clone(),
        })
    }

    /// How many numbers a verdict has, and how many horizons.
    pub(super) fn size(&self) -> (usize, usize) {
        let Form {
            horizons, places, ..
        } = &self.form;
        (horizons * (places.len() + 1), *horizons)
    }

    /// Evaluates codes, in an order of its own.
    pub(super) fn evaluate(&mut self, codes: &[u64]) -> Found {
        let mut places: HashMap<u64, usize, Hashed> = HashMap::default();
        let mut groups: Vec<Group> = Vec::new();
        for (at, &code) in codes.iter().enumerate() {
            let made = self.codes.made(code);
            let group = *places.entry(made).or_insert_with(|| {
                groups.push((made, Vec::new()));
                groups.len() - 1
            });
            groups[group].1.push((at as u32, self.codes.silent(code)));
        }
        // Of what takes away nearly the same, little has to be changed from one to the next.
        groups.par_chunks_mut(1).for_each(|some| {
            some.iter_mut()
                .for_each(|group| group.1.sort_unstable_by_key(|m| (m.1, m.0)));
        });
        let mut found = Found::default();
        for some in groups.chunks(KEPT) {
            self.prepare(some);
            self.evaluate_groups(some, &mut found);
        }
        found
    }

    /// Prepares what these groups make so.
    fn prepare(&mut self, groups: &[Group]) {
        if self.made.len() + groups.len() > KEPT {
            self.made.clear();
        }
        let new = groups.iter().map(|g| g.0);
        let new: Vec<u64> = new.filter(|g| !self.made.contains_key(g)).collect();
        let made: Vec<Option<Made>> = new.par_iter().map(|group| self.make(*group)).collect();
        self.made.extend(new.into_iter().zip(made));
    }

    fn make(&self, group: u64) -> Option<Made> {
        let makes = self.makes.iter().enumerate();
        let sets = makes.filter_map(|(place, &own)| Some((own, self.codes.is(group, place)?)));
        let mut sets: Vec<(usize, bool)> = sets.collect();
        sets.sort_unstable();
        let so: Vec<usize> = sets.iter().filter(|s| s.1).map(|s| s.0).collect();
        let clashes = |(i, a): (usize, &usize)| so[..i].iter().any(|b| self.model.exclude(*a, *b));
        // What was stopped fails as what clashes does, and is then told by itself.
        match self.meter.is_stopped() || so.iter().enumerate().any(clashes) {
            true => None,
            false => Made::new(&self.model, &sets),
        }
    }

    fn evaluate_groups(&mut self, groups: &[Group], found: &mut Found) {
        let Truths {
            model,
            drivers,
            made,
            rooms,
            form,
            ..
        } = self;
        let jobs = groups.iter().flat_map(|(group, members)| {
            let made = made.get(group).and_then(Option::as_ref);
            members.chunks(LANES).map(move |members| (made, members))
        });
        let jobs: Vec<Job<'_>> = jobs.collect();
        let share = jobs.len().div_ceil(WORKERS).max(LANES);
        let mut shares: Vec<_> = rooms.iter_mut().zip(jobs.chunks(share)).collect();
        let parts = shares.par_chunks_mut(1).map(|share| {
            let mut part = Found::default();
            for (room, jobs) in share {
                for &(made, members) in *jobs {
                    let mut cases = [0; LANES];
                    let each = cases.iter_mut().zip(members);
                    each.for_each(|(case, member)| *case = member.1);
                    let cases = &cases[..members.len()];
                    let lanes = made.and_then(|made| room.run(model, made, drivers, cases));
                    form.put(members, lanes, &mut part);
                }
            }
            part
        });
        let parts: Vec<Found> = parts.collect();
        for part in parts {
            let before = found.at.len();
            found
                .failed
                .extend(part.failed.iter().map(|at| before + at));
            found.at.extend(part.at);
            found.numbers.extend(part.numbers);
            found.leaders.extend(part.leaders);
        }
    }
}

impl Form {
    /// Puts down the verdicts of some codes, one in each lane.
    fn put(&self, members: &[(u32, u64)], lanes: Option<&[Lanes]>, found: &mut Found) {
        let first = found.at.len();
        found.at.extend(members.iter().map(|m| m.0));
        let outcomes = self.places.len();
        let Some(lanes) = lanes else {
            found.failed.extend(first..found.at.len());
            let all = members.len() * self.horizons;
            let numbers = all * (outcomes + 1);
            found.numbers.extend(std::iter::repeat_n(f64::NAN, numbers));
            let leaders = std::iter::repeat_n((u32::MAX, u32::MAX), all);
            found.leaders.extend(leaders);
            return;
        };
        let width = self.horizons * (outcomes + 1);
        let from = found.numbers.len();
        found.numbers.resize(from + members.len() * width, 0.0);
        let numbers = &mut found.numbers[from..];
        for (h, at) in lanes.chunks_exact(outcomes).enumerate() {
            for (outcome, &place) in self.places.iter().enumerate() {
                let own = at[place].to_array();
                let to = numbers.iter_mut().skip(h * (outcomes + 1) + outcome);
                to.step_by(width).zip(own).for_each(|(to, p)| *to = p);
            }
        }
        for at in numbers.chunks_exact_mut(outcomes + 1) {
            let (of, margin) = at.split_at_mut(outcomes);
            let leader;
            (leader, margin[0]) = infer::first_of(&self.order, |o| of[o]);
            let p = if of[leader].is_nan() { 0.5 } else { of[leader] };
            let after = self.words.partition_point(|w| *w <= p);
            let word = after.saturating_sub(1) as u32;
            found.leaders.push((leader as u32, word));
        }
    }
}

impl Found {
    /// A verdict that has numbers, as an answer; `size` is that of [`Truths::size`].
    pub(super) fn answer(&self, verdict: usize, (numbers, horizons): (usize, usize)) -> Answer {
        let width = numbers / horizons;
        let by_horizon = self.numbers[verdict * numbers..][..numbers].chunks_exact(width);
        let leaders = &self.leaders[verdict * horizons..][..horizons];
        let at = by_horizon.zip(leaders).map(|(numbers, leader)| At {
            probabilities: numbers[..width - 1].to_vec(),
            intervals: vec![None; width - 1],
            leader: OutcomeId::new(leader.0 as usize),
            margin: numbers[width - 1],
        });
        Answer {
            horizons: at.collect(),
            contributions: Vec::new(),
        }
    }
}
