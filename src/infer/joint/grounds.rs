//! What confidence is computed from, question by question, by the general engine.
//!
//! In: where the outcomes stand and their intervals. Out: [`Grounds`] by question and horizon. What pushes
//! an event or a question that a question rests on counts there as well, by how far the leader's odds move
//! without it. Of a decided leader, what it rests on stands for the prior.

use super::answer::{Joint, MadeSo};
use super::evaluate::{ByHorizon, flat};
use super::{Plan, lanes, spread};
use crate::diag::Diagnostic;
use crate::infer::confidence::sources::{Sources, is_sourced};
use crate::infer::confidence::{
    Depth, Grounds, LEAST, MOST, Pivot, SEED, Seen, Width, cites, moves, open, rises_in_range,
    says_range, scale,
};
use crate::infer::leader;
use crate::infer::verdict::Options;
use crate::model::Numbers;
use crate::model::condition::Cond;
use crate::resolve::assessment::{
    Assessment, DriverId, HorizonId, Law, OutcomeId, QuestionId, What,
};
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;
use std::sync::Arc;

/// Numbers that all draws of a width move, more or less.
const BUDGET: u64 = 1 << 28;

/// Chances nearer to 0 and 1 than this are those.
const EDGE: f64 = 1e-12;

/// A verdict, with what it was computed by.
pub(super) struct Stood<'v> {
    pub made: &'v MadeSo,
    pub given: Option<&'v Cond>,
    /// By horizon all questions' outcomes side by side.
    pub at: &'v ByHorizon,
    /// By horizon and outcome.
    pub intervals: &'v [Vec<Option<(f64, f64)>>],
    pub draws: u32,
}

/// One question on its way.
struct Asked {
    id: QuestionId,
    place: usize,
    plan: Arc<Plan>,
    /// By horizon.
    leaders: Vec<OutcomeId>,
    grounds: Vec<Grounds>,
}

/// By question and horizon.
pub(super) fn grounds(
    joint: &mut Joint<'_>,
    stood: &Stood<'_>,
    options: &Options,
) -> Result<Vec<Vec<Grounds>>, Box<Diagnostic>> {
    let a = joint.assessment;
    let horizons = joint.model.horizons();
    if options.confidence == Depth::None {
        return Ok(vec![vec![Grounds::default(); horizons]; a.questions.len()]);
    }
    let sources = Sources::new(a);
    let mut chances = vec![None; joint.model.drivers.len()];
    let mut all = Vec::new();
    let mut pushing = Vec::new();
    for id in a.questions.ids() {
        let place = joint.question(id);
        let plan = joint.plan_of(place, stood.made, stood.given)?;
        let mut asked = Asked {
            leaders: (0..horizons).map(|h| leader_of(a, id, stood, h)).collect(),
            grounds: vec![Grounds::default(); horizons],
            id,
            place,
            plan,
        };
        let seen = asked.seen(joint, stood, &mut chances)?;
        asked.measure(joint, stood, &seen, &sources);
        pushing.extend(
            seen.iter()
                .filter(|s| s.size > 0.0)
                .map(|s| joint.place(s.driver)),
        );
        all.push(asked);
    }
    pushing.sort_unstable();
    pushing.dedup();
    widths(joint, stood, options, &mut all)?;
    pivots(joint, stood, options, (&sources, &pushing), &mut all)?;
    Ok(all.into_iter().map(|asked| asked.grounds).collect())
}

fn leader_of(a: &Assessment, id: QuestionId, stood: &Stood<'_>, h: usize) -> OutcomeId {
    let own = own(a, id, stood.at[h].as_deref());
    leader::of_question(a, id, &own).0
}

/// A question's outcomes, of those of all.
fn own(a: &Assessment, id: QuestionId, all: Option<&[f64]>) -> Vec<f64> {
    let of = |o: OutcomeId| all.map_or(f64::NAN, |all| all[o.index()]);
    a.questions[id].ids().map(of).collect()
}

/// How likely a driver is to push: that it holds, or that an assumption is wrong.
pub(super) fn acting(
    joint: &mut Joint<'_>,
    made: &MadeSo,
    given: Option<&Cond>,
    driver: usize,
) -> Result<Vec<f64>, Box<Diagnostic>> {
    let mut chances = joint.chances(made, given, driver)?;
    let id = joint.model.drivers[driver].id;
    if matches!(joint.assessment.drivers[id].what, What::Assumption(_)) {
        chances.iter_mut().for_each(|p| *p = 1.0 - *p);
    }
    Ok(chances)
}

impl Plan {
    /// The pushes of a driver on what the plan rests on.
    pub(super) fn pushes_of(&self, joint: &Joint<'_>, driver: usize) -> Vec<usize> {
        let spec = &joint.model.drivers[driver];
        let questions = &joint.model.questions;
        let matters = |o: usize| {
            let mut all = self.questions.iter();
            all.any(|q| questions[*q].outcomes.contains(&o))
        };
        let own = spec.pushes.iter().filter(|p| matters(p.0));
        let events = spec.event_pushes.iter();
        let events = events.filter(|p| self.drawn.contains(&p.0));
        own.chain(events).map(|p| p.1).collect()
    }
}

impl Asked {
    /// Every push on what the question rests on, driver by driver.
    fn seen(
        &self,
        joint: &mut Joint<'_>,
        stood: &Stood<'_>,
        chances: &mut [Option<Vec<f64>>],
    ) -> Result<Vec<Seen>, Box<Diagnostic>> {
        let outcomes = joint.model.questions[self.place].outcomes.clone();
        let mut out = Vec::new();
        // Those that push elsewhere, too, each without that.
        let mut beyond = Vec::new();
        let mut without = Vec::new();
        for d in 0..joint.model.drivers.len() {
            let pushes = self.plan.pushes_of(joint, d);
            if pushes.is_empty() {
                continue;
            }
            let chances = match &mut chances[d] {
                Some(known) => known,
                unknown => unknown.insert(acting(joint, stood.made, stood.given, d)?),
            };
            let own: Vec<(usize, usize)> = {
                let own = joint.model.drivers[d].pushes.iter();
                own.filter(|p| outcomes.contains(&p.0)).copied().collect()
            };
            if own.len() < pushes.len() {
                let mut numbers = joint.point.clone();
                numbers.silence_beyond(&joint.model, d, &outcomes);
                beyond.push(d);
                without.push(numbers);
            }
            let mut by_outcome = vec![0.0; outcomes.len()];
            for (h, &chance) in chances.iter().enumerate() {
                let Some(at) = stood.at[h].as_ref().filter(|_| !chance.is_nan()) else {
                    continue;
                };
                let sizes = pushes.iter().map(|p| joint.point.push_at(*p, h + 1).abs());
                let size: f64 = sizes.sum();
                by_outcome.fill(0.0);
                for (o, push) in &own {
                    by_outcome[o - outcomes.start] += joint.point.push_at(*push, h + 1);
                }
                let model_order = joint.model.outcomes[outcomes.clone()].iter();
                let at: Vec<f64> = model_order.map(|o| at[o.index()]).collect();
                let leader = joint.outcome(self.leaders[h]) - outcomes.start;
                let moved = moves(&by_outcome, &at, leader).abs() / DECIBAN;
                out.push(Seen {
                    driver: joint.model.drivers[d].id,
                    horizon: h,
                    size: size * chance,
                    moves: if moved.is_nan() { 0.0 } else { moved * chance },
                });
            }
        }
        let found = lanes::each(joint, &self.plan, &without);
        for (d, results) in beyond.into_iter().zip(&found) {
            for (h, at) in results.iter().enumerate() {
                let (Some(at), Some(now)) =
                    (joint.found(Some(self.place), &at[0]), stood.at[h].as_ref())
                else {
                    continue;
                };
                let leader = self.leaders[h];
                let place = joint.assessment.questions[self.id].place(leader);
                let moved = odds(now[leader.index()]) - odds(at.outcomes[place]);
                let own = out.iter_mut();
                let mut own = own.filter(|s| joint.place(s.driver) == d && s.horizon == h);
                if let (Some(seen), false) = (own.next(), moved.is_nan()) {
                    seen.moves += moved.abs();
                }
            }
        }
        Ok(out)
    }

    /// All but the width and what alone turns the leader.
    fn measure(
        &mut self,
        joint: &Joint<'_>,
        stood: &Stood<'_>,
        seen: &[Seen],
        sources: &Sources<'_>,
    ) {
        let a = joint.assessment;
        let lasts = self.lasts(joint, seen);
        for (h, grounds) in self.grounds.iter_mut().enumerate() {
            let leader = self.leaders[h];
            let values = own(a, self.id, stood.at[h].as_deref());
            grounds.margin = leader::of_question(a, self.id, &values).1;
            grounds.is_decided = a.outcomes[leader].decided.is_some();
            grounds.weigh(a, seen.iter().filter(|s| s.horizon == h));
            let acts = |s: &&Seen| s.size > 0.0 && (s.horizon == h || lasts && s.horizon < h);
            let mut behind: Vec<DriverId> = seen.iter().filter(acts).map(|s| s.driver).collect();
            if grounds.is_decided {
                // What it rests on is its ground, not what pushes that.
                (grounds.unsourced, grounds.quality) = (None, None);
                let drawn = self.plan.drawn.iter();
                behind.extend(drawn.map(|d| joint.model.drivers[*d].id));
            }
            behind.sort_unstable();
            behind.dedup();
            grounds.sources = sources.independent(a, &behind);
            let rests = Rests {
                joint,
                plan: &self.plan,
                h,
            };
            grounds.prior_is_sourced = rests.are_cited(grounds.is_decided.then_some(self.place));
            grounds.prior_is_ranged = match grounds.is_decided {
                true => rests.are_ranged(self.place),
                false => rests.prior_is_ranged(self.id, leader),
            };
        }
    }

    /// Whether what was pushed in an earlier horizon still counts.
    fn lasts(&self, joint: &Joint<'_>, seen: &[Seen]) -> bool {
        let questions = &joint.model.questions;
        let mut ends = self.plan.questions.iter();
        let ends = ends.any(|q| questions[*q].open < questions[*q].outcomes.len());
        let events = |s: &Seen| {
            let mut pushes = joint.model.drivers[joint.place(s.driver)]
                .event_pushes
                .iter();
            pushes.any(|p| self.plan.drawn.contains(&p.0))
        };
        ends || seen.iter().any(events)
    }
}

fn odds(p: f64) -> f64 {
    let p = p.clamp(EDGE, 1.0 - EDGE);
    libm::log(p / (1.0 - p)) / DECIBAN
}

/// What a question rests on at a horizon.
struct Rests<'r, 'a> {
    joint: &'r Joint<'a>,
    plan: &'r Plan,
    h: usize,
}

impl Rests<'_, '_> {
    /// Whether every prior cites something, but that of one question, and every event and factor that is drawn.
    fn are_cited(&self, but: Option<usize>) -> bool {
        let a = self.joint.assessment;
        let questions = self.plan.questions.iter().filter(|q| Some(**q) != but);
        let mut questions = questions.map(|q| self.joint.model.questions[*q].id);
        let priors = |id: QuestionId| {
            let question = &a.questions[id];
            let mut all = question.ids();
            let decided = all.all(|o| a.outcomes[o].decided.is_some());
            let rows = &question.priors;
            decided || !rows.is_empty() && rows.iter().all(|row| cites(&row.prior))
        };
        questions.all(priors) && (but.is_none() && !self.rests_on_rows() || self.drawn_are_cited())
    }

    /// Whether which row of a prior is in force hangs on what is drawn.
    fn rests_on_rows(&self) -> bool {
        let mut all = self.plan.questions.iter();
        all.any(|q| self.joint.model.questions[*q].priors.len() > 1)
    }

    fn drawn_are_cited(&self) -> bool {
        let mut drawn = self.plan.drawn.iter();
        drawn.all(|d| is_sourced(&self.joint.assessment.drivers[self.joint.model.drivers[*d].id]))
    }

    /// Whether every row of the prior says how sure it is of an outcome.
    fn prior_is_ranged(&self, id: QuestionId, outcome: OutcomeId) -> bool {
        let a = self.joint.assessment;
        let question = &a.questions[id];
        let place = question.place(outcome);
        let mut rows = question.priors.iter();
        !question.priors.is_empty() && rows.all(|row| says_range(a, &row.prior, place, self.h))
    }

    /// Whether all that decides a question says how sure it is: every chance that is drawn, and every prior.
    fn are_ranged(&self, but: usize) -> bool {
        let a = self.joint.assessment;
        let days = a.horizons[HorizonId::new(self.h)].days;
        let chance = |d: &usize| match &a.drivers[self.joint.model.drivers[*d].id].what {
            What::Event(rows) => rows.iter().all(|r| rises_in_range(&r.clause.values, days)),
            What::Factor(rows) => rows.iter().all(|r| {
                let at = r.clause.values.get(self.h);
                at.is_some_and(|n| n.law != Law::Fixed)
            }),
            What::Change { .. } | What::Assumption(_) => true,
        };
        let questions = self.plan.questions.iter().filter(|q| **q != but);
        let mut questions = questions.map(|q| self.joint.model.questions[*q].id);
        self.plan.drawn.iter().all(chance)
            && questions.all(|id| {
                let judged = |o: &OutcomeId| a.outcomes[*o].decided.is_none();
                let mut judged = a.questions[id].ids().filter(judged);
                judged.all(|o| self.prior_is_ranged(id, o))
            })
    }
}

/// How wide the leaders' intervals are; drawn anew where the luck of the draws could change a level.
fn widths(
    joint: &mut Joint<'_>,
    stood: &Stood<'_>,
    options: &Options,
    all: &mut [Asked],
) -> Result<(), Box<Diagnostic>> {
    let is_random = joint.model.is_random();
    let set = |all: &mut [Asked], intervals: &[Vec<Option<(f64, f64)>>]| {
        for asked in all {
            for (h, grounds) in asked.grounds.iter_mut().enumerate() {
                let leader = asked.leaders[h].index();
                let p = stood.at[h].as_ref().map_or(f64::NAN, |at| at[leader]);
                grounds.width = match intervals[h][leader] {
                    Some(ends) => Width::of(p, ends),
                    None if is_random && !p.is_nan() => Width::NotDrawn,
                    None => Width::NoRange,
                };
            }
        }
    };
    set(all, stood.intervals);
    if !all
        .iter()
        .flat_map(|asked| &asked.grounds)
        .any(Grounds::is_near)
    {
        return Ok(());
    }
    let steps: u64 = all.iter().map(|asked| asked.plan.steps).sum();
    let draws = (BUDGET / steps.max(1)).clamp(LEAST, MOST) as u32;
    let options = Options {
        draws: Some(draws.max(stood.draws)),
        seed: SEED,
        intervals: true,
        ..options.clone()
    };
    let spread = spread::spread(joint, stood.made, stood.given, &[], &options)?;
    set(all, &spread.outcomes);
    Ok(())
}

/// Which sources and assumptions alone give another leader, where the level hangs on it or all is wanted.
fn pivots(
    joint: &mut Joint<'_>,
    stood: &Stood<'_>,
    options: &Options,
    (sources, pushing): (&Sources<'_>, &[usize]),
    all: &mut [Asked],
) -> Result<(), Box<Diagnostic>> {
    let a = joint.assessment;
    let wanted = |g: &Grounds| options.confidence == Depth::All || g.turns_on_pivots();
    for asked in all.iter_mut() {
        for (h, grounds) in asked.grounds.iter_mut().enumerate() {
            let tried = stood.at[h].is_some() && wanted(grounds);
            grounds.pivots = tried.then(Vec::new);
        }
    }
    let any = |asked: &Asked| asked.grounds.iter().any(|g| g.pivots.is_some());
    if !all.iter().any(any) {
        return Ok(());
    }
    let candidates = (0..sources.names.len()).filter_map(|source| {
        let mut numbers: Option<Numbers> = None;
        for &d in pushing {
            let id = joint.model.drivers[d].id;
            if sources.of[id.index()].contains(&source) {
                let factor = scale(a, sources, id, source);
                if factor != 1.0 {
                    let numbers = numbers.get_or_insert_with(|| joint.point.clone());
                    numbers.scale(&joint.model, d, factor);
                }
            }
        }
        Some((source, numbers?))
    });
    let (named, numbers): (Vec<usize>, Vec<Numbers>) = candidates.unzip();
    let mut wrong = Vec::new();
    for assumption in open(a) {
        let place = joint.place(assumption);
        if stood.made.sets.iter().any(|s| s.0 == place) {
            continue;
        }
        let over = MadeSo {
            sets: vec![(place, false)],
            fixes: Vec::new(),
        };
        let made = joint.merge(stood.made, &over);
        let found = joint.verdict(&made, stood.given)?;
        wrong.push((assumption, flat(joint, &found)));
    }
    for asked in all.iter_mut().filter(|asked| any(asked)) {
        for (source, results) in named.iter().zip(lanes::each(joint, &asked.plan, &numbers)) {
            let (name, others) = sources.names[*source];
            for (h, at) in results.iter().enumerate() {
                let found = joint.found(Some(asked.place), &at[0]);
                let pivot = Pivot::Source(name.to_owned(), others);
                asked.see(a, h, found.map(|f| f.outcomes), pivot);
            }
        }
        for (assumption, by_horizon) in &wrong {
            for (h, at) in by_horizon.iter().enumerate() {
                let found = at.as_ref().map(|all| own(a, asked.id, Some(all)));
                asked.see(a, h, found, Pivot::Assumption(*assumption));
            }
        }
    }
    Ok(())
}

impl Asked {
    /// Takes down what gives another leader.
    fn see(&mut self, a: &Assessment, h: usize, outcomes: Option<Vec<f64>>, pivot: Pivot) {
        let other = outcomes.is_some_and(|own| {
            !own[0].is_nan() && leader::of_question(a, self.id, &own).0 != self.leaders[h]
        });
        if let (true, Some(pivots)) = (other, &mut self.grounds[h].pivots) {
            pivots.push(pivot);
        }
    }
}
