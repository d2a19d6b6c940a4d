//! Whether it has turned, by the general engine: question by question.
//!
//! In: numbers, or things made so. Out: by horizon a [`Side`]. What a prior counts in is solved for anew
//! with every setting of the numbers.

use super::evaluating::{Asked, Evaluating, Expected, Side, standing};
use crate::infer::conditional;
use crate::infer::engine::Sets;
use crate::infer::joint::{self, ALONE, Joint, LANES, MadeSo, Plan, Queries, Results, each, whole};
use crate::infer::question::reach::{rests, rests_on};
use crate::infer::verdict::Standing;
use crate::infer::{Estimate, leader};
use crate::model::condition::Cond;
use crate::model::{Model, Numbers, What};
use crate::resolve::assessment::{
    Assessment, DriverId, Figured, HorizonId, OutcomeId, Target, Test,
};
use crate::resolve::table::Id;
use std::sync::Arc;

/// How often a plan is run while what a prior counts in is solved for, more or less.
const SOLVING: u64 = 12;
/// What making a plan ready costs beside running it.
const OVERHEAD: u64 = 20_000;

#[derive(Clone)]
enum SearchTarget<'a> {
    /// Another leader of a question than these.
    Leader {
        question: usize,
        plan: Arc<Plan>,
        today: Vec<Option<OutcomeId>>,
    },
    /// Another answer than this.
    Expect(Expected<'a>),
}

/// A question made ready.
#[derive(Clone)]
pub(super) struct Asker<'a> {
    queries: Queries<'a>,
    target: SearchTarget<'a>,
    made: MadeSo,
    given: Option<Cond>,
    horizons: Vec<HorizonId>,
    stated: Numbers,
    /// By driver whether what a prior counts in rests on it; all do where that rests on outcomes.
    counted: Arc<[bool]>,
}

/// By driver whether what priors count in rests on it.
fn counted(model: &Model) -> Arc<[bool]> {
    let mut drivers: Vec<usize> = Vec::new();
    for question in &model.questions {
        drivers.extend(&question.counts_in);
        if !question.counts_in.is_empty() {
            let given = question.priors.iter().filter_map(|p| p.0.as_ref());
            given.for_each(|cond| cond.names(&mut |d| drivers.push(d)));
        }
    }
    for (_, members) in &model.overlaps {
        if members.iter().any(|d| drivers.contains(d)) {
            drivers.extend(members);
        }
    }
    let (mut drivers, questions) = rests_on(model, drivers, []);
    if questions.contains(&true) {
        drivers.fill(true);
    }
    drivers.into()
}

impl<'a> Asker<'a> {
    /// Whether another outcome of a question leads, among the cases in which `given` holds, than `today`,
    /// by horizon.
    pub(super) fn leader(
        mut joint: Joint<'a>,
        made: &MadeSo,
        given: Option<&Cond>,
        question: usize,
        today: Vec<Option<OutcomeId>>,
    ) -> Asked<Self> {
        let plan = joint.plan_of(question, made, given)?;
        Ok(Asker {
            horizons: joint.assessment.horizons.ids().collect(),
            stated: joint.stated.clone(),
            counted: counted(&joint.model),
            queries: Queries::new(joint),
            target: SearchTarget::Leader {
                question,
                plan,
                today,
            },
            made: made.clone(),
            given: given.cloned(),
        })
    }

    /// Whether an expectation is answered otherwise.
    pub(super) fn expect(mut queries: Queries<'a>, expected: Expected<'a>) -> Self {
        queries.joint.keep_plans();
        let under = expected.expect.query.under;
        let made = under.map_or_else(MadeSo::default, |s| queries.joint.scenario(s));
        Asker {
            horizons: vec![expected.expect.query.horizon],
            stated: queries.joint.stated.clone(),
            counted: counted(&queries.joint.model),
            target: SearchTarget::Expect(expected),
            made,
            given: None,
            queries,
        }
    }

    pub(super) fn joint(&self) -> &Joint<'a> {
        &self.queries.joint
    }

    /// Takes these for today's leaders.
    pub(super) fn turn_from(&mut self, leaders: Vec<Option<OutcomeId>>) {
        if let SearchTarget::Leader { today, .. } = &mut self.target {
            *today = leaders;
        }
    }

    /// Where the outcomes of its question stand today.
    pub(super) fn standings(&self) -> Vec<Option<Standing>> {
        let SearchTarget::Leader { question, plan, .. } = &self.target else {
            return Vec::new();
        };
        let joint = self.joint();
        let a = joint.assessment;
        let id = joint.model.questions[*question].id;
        let results = each(joint, plan, std::slice::from_ref(&joint.point));
        let found = self.outcomes(&results[0], *question).into_iter();
        let standing = found.map(|own| {
            let own = own?;
            let (leader, margin) = leader::of_question(a, id, &own);
            let mut outcomes = vec![f64::NAN; a.outcomes.len()];
            for (o, p) in a.questions[id].ids().zip(own) {
                outcomes[o.index()] = p;
            }
            Some(Standing {
                leader,
                margin,
                outcomes: Estimate::each(&outcomes, None),
            })
        });
        standing.collect()
    }

    /// What is asked about, as conditions.
    fn conds(&self) -> Vec<Cond> {
        let joint = self.joint();
        let mut conds: Vec<Cond> = self.given.iter().cloned().collect();
        if let SearchTarget::Expect(expected) = &self.target {
            let other = match &expected.expect.test {
                Test::Above(other) | Test::Below(other) => Some(other),
                _ => None,
            };
            for query in std::iter::once(&expected.expect.query).chain(other) {
                conds.extend(query.given.as_ref().map(|g| joint.cond(g)));
                conds.push(match &query.target {
                    Target::Outcome(o) => Cond::Outcome(joint.outcome(*o)),
                    Target::Prop(prop) => joint.cond(prop),
                    Target::Figure(_, of) => joint::named(joint, *of),
                });
            }
        }
        conds
    }

    /// What the search rests on: drivers and questions, by their places.
    pub(super) fn reached(&self) -> (Vec<bool>, Vec<bool>) {
        let model = &self.joint().model;
        let outcomes = match &self.target {
            SearchTarget::Leader { question, .. } => {
                model.questions[*question].outcomes.clone().collect()
            }
            _ => Vec::new(),
        };
        rests(model, &self.conds(), outcomes)
    }

    /// Which quantities the search rests on: those that are asked about, and those that conditions of
    /// what it reaches compare.
    pub(super) fn numbers(&self, drivers: &[bool], questions: &[bool]) -> Vec<bool> {
        let model = &self.joint().model;
        let mut out = vec![false; model.quantities.len()];
        let mut see = |cond: &Cond| cond.marks(&mut |quantity, _| out[quantity] = true);
        self.conds().iter().for_each(&mut see);
        for (driver, reached) in model.drivers.iter().zip(drivers) {
            if *reached {
                let rows = driver.rows.iter().filter_map(|r| r.0.as_ref());
                rows.for_each(&mut see);
                if let What::Change(when) = &driver.what {
                    see(when);
                }
            }
        }
        for (question, reached) in model.questions.iter().zip(questions) {
            if *reached {
                let priors = question.priors.iter().filter_map(|p| p.0.as_ref());
                let decided = question.decided.iter().flatten();
                priors.chain(decided).for_each(&mut see);
            }
        }
        out
    }

    /// By horizon the outcomes of a question, in the file's order; none where what is given cannot hold.
    fn outcomes(&self, results: &Results, question: usize) -> Vec<Option<Vec<f64>>> {
        let joint = self.joint();
        let at = results.iter();
        at.map(|at| Some(joint.found(Some(question), &at[0])?.outcomes))
            .collect()
    }

    fn sides(&self, results: &Results) -> Vec<Side> {
        let SearchTarget::Leader {
            question, today, ..
        } = &self.target
        else {
            return Vec::new();
        };
        let joint = self.joint();
        let a = joint.assessment;
        let id = joint.model.questions[*question].id;
        let all = self.outcomes(results, *question).into_iter().zip(today);
        let side = all.map(|(own, today)| match (own, today) {
            (Some(own), Some(today)) => {
                let leader = leader::of_question(a, id, &own).0;
                let all: Vec<(OutcomeId, f64)> = a.questions[id].ids().zip(own).collect();
                standing(all.iter().copied(), *today, leader)
            }
            _ => Side::UNTOLD,
        });
        side.collect()
    }

    /// The numbers with what is counted in solved for; none where it cannot be.
    fn solved(&self, stated: &[Numbers]) -> Vec<Option<Numbers>> {
        let joint = self.joint();
        if joint.solved.is_empty() {
            return stated.iter().cloned().map(Some).collect();
        }
        let is_new: Vec<bool> = stated.iter().map(|n| !self.counts_as_today(n)).collect();
        let new = stated.iter().zip(&is_new).filter(|(_, is_new)| **is_new);
        let mut new: Vec<Numbers> = new.map(|(numbers, _)| numbers.clone()).collect();
        let solved = joint.solve_all(&mut new);
        let mut new = new.into_iter().zip(solved);
        let each = stated.iter().zip(is_new).map(|(numbers, is_new)| {
            if is_new {
                let (numbers, solved) = new.next()?;
                return solved.then_some(numbers);
            }
            let mut numbers = numbers.clone();
            numbers.prior.clone_from(&joint.point.prior);
            Some(numbers)
        });
        each.collect()
    }

    /// Whether all that priors count in, and what that rests on, is as it is today.
    fn counts_as_today(&self, numbers: &Numbers) -> bool {
        let (model, today, times) = (&self.joint().model, &self.stated, self.stated.times);
        let alike = numbers.prior == today.prior
            && numbers.counts == today.counts
            && numbers.shares == today.shares
            && numbers.afters == today.afters;
        let same =
            |a: &[f64], b: &[f64], i: usize| a[i * times..][..times] == b[i * times..][..times];
        let drivers = model.drivers.iter().zip(self.counted.iter());
        let mut drivers = drivers.filter(|(_, counted)| **counted).map(|(d, _)| d);
        alike
            && drivers.all(|d| {
                let pushes = d.pushes.iter().chain(&d.event_pushes).chain(&d.moves);
                let mut pushes = pushes.map(|p| p.1);
                let mut rows = d.rows.iter().map(|r| r.1);
                pushes.all(|push| same(&numbers.pushes, &today.pushes, push))
                    && rows.all(|row| same(&numbers.rows, &today.rows, row))
            })
    }

    /// The answer to an expectation, with these numbers and things made so.
    fn expected(
        &mut self,
        expected: Expected<'a>,
        numbers: &Numbers,
        own: &MadeSo,
    ) -> Asked<Vec<Side>> {
        self.queries.turn_to(numbers, own);
        let answer = self.queries.test(expected.expect)?;
        Ok(vec![expected.side(&answer)])
    }

    fn lost(&self) -> Vec<Side> {
        vec![Side::LOST; self.horizons.len()]
    }
}

impl Evaluating for Asker<'_> {
    fn assessment(&self) -> &Assessment {
        self.joint().assessment
    }

    fn model(&self) -> &Model {
        &self.joint().model
    }

    fn point(&self) -> &Numbers {
        &self.stated
    }

    fn horizons(&self) -> &[HorizonId] {
        &self.horizons
    }

    fn ask(&mut self, numbers: &Numbers) -> Asked<Vec<Side>> {
        let sides = self.ask_all(std::slice::from_ref(numbers))?;
        Ok(sides.into_iter().next().unwrap_or_default())
    }

    fn ask_all(&mut self, all: &[Numbers]) -> Asked<Vec<Vec<Side>>> {
        let solved = self.solved(all);
        if let SearchTarget::Expect(expected) = self.target {
            let mut sides = Vec::with_capacity(all.len());
            for numbers in &solved {
                sides.push(match numbers {
                    Some(numbers) => self.expected(expected, numbers, &MadeSo::default())?,
                    None => self.lost(),
                });
            }
            return Ok(sides);
        }
        let SearchTarget::Leader { plan, .. } = &self.target else {
            return Ok(Vec::new());
        };
        let known: Vec<Numbers> = solved.iter().flatten().cloned().collect();
        let mut found = each(self.joint(), plan, &known).into_iter();
        let side = solved.iter().map(|solved| match solved {
            Some(_) => found.next().map_or_else(Vec::new, |r| self.sides(&r)),
            None => self.lost(),
        });
        Ok(side.collect())
    }

    fn ask_sets(&mut self, all: &[Sets]) -> Asked<Vec<Vec<Side>>> {
        let made = |own: &Sets| MadeSo {
            sets: own.clone(),
            fixes: Vec::new(),
        };
        let mut sides = Vec::with_capacity(all.len());
        for own in all {
            let point = self.joint().point.clone();
            match &self.target {
                SearchTarget::Expect(expected) => {
                    let expected = *expected;
                    // No plan for what is made so is wanted twice.
                    self.queries.joint.drop_plans();
                    sides.push(self.expected(expected, &point, &made(own))?);
                }
                SearchTarget::Leader { question, .. } => {
                    let joint = self.joint();
                    let made = joint.merge(&self.made, &made(own));
                    let plan = joint.plan_once(*question, &made, self.given.as_ref())?;
                    let [results] = plan.run::<1>(&[&point], &joint.model);
                    sides.push(self.sides(&results));
                }
            }
        }
        Ok(sides)
    }

    fn together(&self) -> usize {
        match &self.target {
            SearchTarget::Leader { plan, .. } if plan.peak <= ALONE => LANES,
            _ => 1,
        }
    }

    fn cost(&mut self) -> Asked<u64> {
        let joint = self.joint();
        let solving: u64 = joint.solved.iter().map(|(_, plan)| plan.steps).sum();
        let own = match &self.target {
            SearchTarget::Leader { plan, .. } => plan.steps,
            SearchTarget::Expect(expected) => {
                let made = &self.made;
                let of_question = |id| joint.plan_once(joint.question(id), made, None);
                let of_condition = |cond: Cond| {
                    let ask = made.asking(None, vec![whole(Some(&cond))], false);
                    Plan::new(&joint.model, &ask).map_err(|many| joint.too_many(&many))
                };
                let plan = match &expected.expect.query.target {
                    Target::Outcome(o) => of_question(joint.assessment.outcomes[*o].question),
                    Target::Figure(_, Figured::Question(id)) => of_question(*id),
                    Target::Figure(_, of) => of_condition(joint::named(joint, *of)),
                    Target::Prop(prop) => of_condition(joint.cond(prop)),
                };
                plan?.steps
            }
        };
        Ok(own + SOLVING * solving + OVERHEAD)
    }

    fn relevant(&self) -> Vec<usize> {
        let reached = self.reached().0;
        (0..reached.len()).filter(|&d| reached[d]).collect()
    }

    fn is_fixed(&self, driver: usize) -> bool {
        self.made.sets.iter().any(|s| s.0 == driver)
    }

    fn clash(&self, a: (usize, bool), b: (usize, bool)) -> bool {
        self.joint().excludes(a, b)
    }

    fn approach(&mut self, today: Option<f64>) {
        if let SearchTarget::Expect(expected) = &mut self.target {
            expected.approach(today);
        }
    }

    fn among(&self, change: DriverId, today: Vec<Option<OutcomeId>>) -> Asked<Self> {
        let joint = self.joint().clone();
        let holds = Cond::Is(joint.place(change));
        let given = conditional::among(self.given.as_ref(), holds);
        let SearchTarget::Leader { question, .. } = &self.target else {
            return Ok(self.clone());
        };
        Asker::leader(joint, &self.made, Some(&given), *question, today)
    }
}
