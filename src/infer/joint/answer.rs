//! An assessment made ready to be asked many things, by the general engine.
//!
//! In: an assessment, and conditions. Out: how likely they are and what the outcomes of each question are
//! among the cases in which they hold.

use super::lanes::{ALONE, LANES};
use super::solve::{self, Unsolved};
use super::{Ask, Condition, Counted, Plan, Results, TooMany, clash};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::infer::Probabilities;
use crate::infer::verdict::Question;
use crate::limits;
use crate::model::condition::Cond;
use crate::model::{Model, Numbers};
use crate::resolve::assessment::{
    Assessment, DriverId, HorizonId, OutcomeId, Prop, QuestionId, ScenarioId,
};
use crate::resolve::table::Id;
use crate::text::decimal::fixed;
use std::sync::Arc;

/// What is made so: drivers and outcomes, by their places in the model.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct MadeSo {
    pub sets: Vec<(usize, bool)>,
    pub fixes: Vec<usize>,
}

impl MadeSo {
    pub(crate) fn is_empty(&self) -> bool {
        self.sets.is_empty() && self.fixes.is_empty()
    }

    /// Conditions of a target, in cases in which this is so.
    pub(crate) fn asking(
        &self,
        target: Option<usize>,
        conditions: Vec<Condition>,
        costly: bool,
    ) -> Ask {
        Ask {
            sets: self.sets.clone(),
            fixes: self.fixes.clone(),
            target,
            conditions,
            costly,
            ..Ask::default()
        }
    }
}

/// What must hold at a horizon's end.
pub(crate) fn whole(given: Option<&Cond>) -> Condition {
    Condition {
        given: given.cloned(),
        ..Condition::default()
    }
}

/// Everything that one condition says at one horizon.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    /// Of the target, in the file's order.
    pub outcomes: Vec<f64>,
    /// The power of ε that it costs.
    pub power: usize,
    /// Its mass at that power.
    pub mass: f64,
}

/// The chance of `part` where it lies within `whole`.
pub(crate) fn ratio(part: Option<&Found>, whole: Option<&Found>) -> Option<f64> {
    let whole = whole?;
    Some(match part {
        Some(part) if part.power == whole.power => (part.mass / whole.mass).clamp(0.0, 1.0),
        _ => 0.0,
    })
}

/// An assessment, its model and its numbers.
#[derive(Clone)]
pub(crate) struct Joint<'a> {
    pub assessment: &'a Assessment,
    pub model: Arc<Model>,
    /// The point values, what is counted in solved for.
    pub point: Numbers,
    /// The same as stated.
    pub stated: Numbers,
    /// The questions whose prior is solved for, each after those that it rests on, and how.
    pub solved: Vec<(usize, Plan)>,
    /// The most states that anything took.
    pub peak: u64,
    /// The plans of what was asked, where the same will be asked again.
    plans: Option<Vec<(Ask, Arc<Plan>)>>,
}

/// So many plans are kept.
const PLANS: usize = 64;

/// None with more cells than this, which would fill the memory.
const KEPT: usize = 1 << 16;

impl<'a> Joint<'a> {
    /// # Errors
    ///
    /// A `limit` finding where there are too many states; a finding where what is counted in has no
    /// solution, and where two decided outcomes hold at once.
    pub(crate) fn new(assessment: &'a Assessment) -> Result<Self, Box<Diagnostic>> {
        let model = Arc::new(Model::new(assessment));
        if let Some(clash) = clash::clashes(assessment, &model).into_iter().next() {
            return Err(Box::new(clash));
        }
        let stated = Numbers::point(&model);
        let mut joint = Joint {
            assessment,
            point: stated.clone(),
            stated,
            solved: Vec::new(),
            model,
            peak: 1,
            plans: None,
        };
        for q in 0..joint.model.questions.len() {
            joint.count_in(q)?;
        }
        let mut point = joint.stated.clone();
        joint
            .solve(&mut point)
            .map_err(|(q, unsolved)| joint.unsolved(q, &unsolved))?;
        joint.point = point;
        Ok(joint)
    }

    /// Makes ready to solve for what a question's prior counts in, and first for those that it rests on.
    fn count_in(&mut self, q: usize) -> Result<(), Box<Diagnostic>> {
        let spec = &self.model.questions[q];
        if spec.counts_in.is_empty() || self.solved.iter().any(|s| s.0 == q) {
            return Ok(());
        }
        let ask = Ask {
            target: Some(q),
            only: Some(spec.counts_in.clone()),
            ..Ask::default()
        };
        let plan = Plan::carrying(&self.model, &ask).map_err(|many| self.too_many(&many))?;
        for &other in plan.questions.iter().filter(|other| **other != q) {
            self.count_in(other)?;
        }
        self.solved.push((q, plan));
        Ok(())
    }

    /// Solves numbers for what priors count in.
    pub(crate) fn solve(&self, numbers: &mut Numbers) -> Result<(), (usize, Unsolved)> {
        for (q, plan) in &self.solved {
            let first = self.model.questions[*q].priors[0].1;
            let [solved] = solve::solve(plan, [&mut *numbers], &self.model.days, first);
            solved.map_err(|unsolved| (*q, unsolved))?;
        }
        Ok(())
    }

    /// Solves settings of the numbers, side by side where states are few; whether each could be.
    pub(crate) fn solve_all(&self, all: &mut [Numbers]) -> Vec<bool> {
        let mut solved = vec![true; all.len()];
        if self.solved.is_empty() {
            return solved;
        }
        let is_large = self.solved.iter().any(|(_, plan)| plan.peak > ALONE);
        for (some, solved) in all.chunks_mut(LANES).zip(solved.chunks_mut(LANES)) {
            if is_large || some.len() == 1 {
                for (numbers, solved) in some.iter_mut().zip(solved) {
                    *solved = self.solve(numbers).is_ok();
                }
                continue;
            }
            for (q, plan) in &self.solved {
                let first = self.model.questions[*q].priors[0].1;
                // Lanes beyond the last setting repeat it.
                let mut spare = vec![some[some.len() - 1].clone(); LANES - some.len()];
                let lanes = some.iter_mut().chain(&mut spare);
                let Ok(lanes) = <[&mut Numbers; LANES]>::try_from(lanes.collect::<Vec<_>>()) else {
                    continue;
                };
                let found = solve::solve::<LANES>(plan, lanes, &self.model.days, first);
                for (solved, found) in solved.iter_mut().zip(found) {
                    *solved &= found.is_ok();
                }
            }
        }
        solved
    }

    fn unsolved(&self, q: usize, unsolved: &Unsolved) -> Box<Diagnostic> {
        let spec = &self.model.questions[q];
        let question = &self.assessment.questions[spec.id];
        let horizon = HorizonId::new(unsolved.horizon - 1);
        let horizon = self.assessment.horizons.name(horizon);
        let gap = |o: usize| unsolved.found[o] - unsolved.stated[o];
        let widest = (0..unsolved.stated.len())
            .max_by(|a, b| gap(*a).abs().total_cmp(&gap(*b).abs()))
            .unwrap_or_default();
        let id = self.model.outcomes[spec.outcomes.start + widest];
        let name = self.assessment.outcomes.name(id);
        let percent = |p: f64| fixed(100.0 * p, 2);
        let message = format!(
            "no prior without what it counts in gives `{name}` {}% in `{horizon}`: with all that came \
             before, it comes to {}%",
            percent(unsolved.stated[widest]),
            percent(unsolved.found[widest]),
        );
        let span = question
            .counts_in
            .as_ref()
            .map_or(question.span, |c| c.span);
        Box::new(
            Diagnostic::new(&rules::FALLING_CURVE, span, message)
                .label("these push more than the stated prior leaves room for")
                .help(format!(
                    "leave a driver out of `counts in`, or raise what is stated of `{name}`"
                )),
        )
    }

    /// The outcomes with other numbers.
    pub(crate) fn with(
        &mut self,
        numbers: &Numbers,
        given: Option<&Cond>,
    ) -> Result<Probabilities, Box<Diagnostic>> {
        let own = std::mem::replace(&mut self.point, numbers.clone());
        let found = super::probable(self, given);
        self.point = own;
        found
    }

    /// The results of a question, over the point values.
    pub(crate) fn run(&mut self, ask: &Ask) -> Result<Results, Box<Diagnostic>> {
        let plan = self.plan(ask)?;
        self.peak = self.peak.max(plan.peak as u64);
        let [results] = plan.run::<1>(&[&self.point], &self.model);
        Ok(results)
    }

    /// The steps of what is asked.
    pub(super) fn plan(&mut self, ask: &Ask) -> Result<Arc<Plan>, Box<Diagnostic>> {
        let mut kept = self.plans.iter().flatten();
        if let Some(known) = kept.find(|known| known.0 == *ask) {
            return Ok(Arc::clone(&known.1));
        }
        let plan = Arc::new(self.planned(ask)?);
        if let Some(plans) = &mut self.plans
            && plans.len() < PLANS
            && plan.peak <= KEPT
        {
            plans.push((ask.clone(), Arc::clone(&plan)));
        }
        Ok(plan)
    }

    /// Keeps plans from now on: the same will be asked with other numbers.
    pub(crate) fn keep_plans(&mut self) {
        self.plans.get_or_insert_default();
    }

    /// Takes over the plans by which another of the same model found the outcomes of questions.
    pub(crate) fn share_plans(&mut self, other: &Joint<'_>) {
        let shared = other.plans.iter().flatten();
        let shared = shared.filter(|(ask, _)| ask.target.is_some()).cloned();
        self.plans.get_or_insert_default().extend(shared);
    }

    /// Keeps none any more.
    pub(crate) fn drop_plans(&mut self) {
        self.plans = None;
    }

    /// What a condition has, the outcomes in the file's order.
    pub(crate) fn found(&self, target: Option<usize>, counted: &Counted) -> Option<Found> {
        let power = counted.power()?;
        let mass = counted.mass[power];
        let own = &counted.outcomes[power];
        let outcomes = target.map_or(Vec::new(), |q| {
            let mut out = vec![0.0; own.len()];
            for (o, p) in own.iter().enumerate() {
                out[self.local(q, o)] = (p / mass).clamp(0.0, 1.0);
            }
            out
        });
        Some(Found {
            outcomes,
            power,
            mass,
        })
    }

    /// From the model's order of a question's outcomes to the file's.
    fn local(&self, q: usize, o: usize) -> usize {
        let spec = &self.model.questions[q];
        let id = self.model.outcomes[spec.outcomes.start + o];
        self.assessment.questions[spec.id].place(id)
    }

    /// What some conditions have, by horizon and condition; of one question the outcomes, if it is asked.
    pub(crate) fn ask(
        &mut self,
        made: &MadeSo,
        target: Option<usize>,
        conditions: Vec<Condition>,
        costly: bool,
    ) -> Result<Vec<Vec<Option<Found>>>, Box<Diagnostic>> {
        let ask = made.asking(target, conditions, costly);
        let results = self.run(&ask)?;
        let each = |at: &Vec<Counted>| at.iter().map(|c| self.found(target, c)).collect();
        Ok(results.iter().map(each).collect())
    }

    /// A question's plan, by its place, with what is made so and given.
    pub(crate) fn plan_of(
        &mut self,
        question: usize,
        made: &MadeSo,
        given: Option<&Cond>,
    ) -> Result<Arc<Plan>, Box<Diagnostic>> {
        let ask = made.asking(Some(question), vec![whole(given)], given.is_some());
        self.plan(&ask)
    }

    /// The same plan, made to be run once.
    pub(crate) fn plan_once(
        &self,
        question: usize,
        made: &MadeSo,
        given: Option<&Cond>,
    ) -> Result<Plan, Box<Diagnostic>> {
        let ask = made.asking(Some(question), vec![whole(given)], given.is_some());
        self.planned(&ask)
    }

    /// The steps of what is asked, made anew.
    pub(crate) fn planned(&self, ask: &Ask) -> Result<Plan, Box<Diagnostic>> {
        let plan = Plan::new(&self.model, ask).map_err(|many| self.too_many(&many))?;
        match plan.is_doubtful && plan.try_run(&[&self.point], &self.model).is_none() {
            true => Plan::carrying(&self.model, ask).map_err(|many| self.too_many(&many)),
            false => Ok(plan),
        }
    }

    /// The verdict of every question by its place, horizon and outcome, in the file's order; `None` where
    /// what is given cannot hold. What is given has its own chance beside it.
    pub(crate) fn verdict(
        &mut self,
        made: &MadeSo,
        given: Option<&Cond>,
    ) -> Result<Vec<Vec<Option<Found>>>, Box<Diagnostic>> {
        let mut out = Vec::new();
        for q in 0..self.model.questions.len() {
            out.push(self.verdict_of(q, made, given)?);
        }
        Ok(out)
    }

    /// The same of one question, by its place.
    pub(super) fn verdict_of(
        &mut self,
        question: usize,
        made: &MadeSo,
        given: Option<&Cond>,
    ) -> Result<Vec<Option<Found>>, Box<Diagnostic>> {
        let found = self.ask(made, Some(question), vec![whole(given)], given.is_some())?;
        Ok(found.into_iter().map(|mut at| at.swap_remove(0)).collect())
    }

    /// How likely a driver is to hold at each horizon; NaN where what is given cannot hold.
    pub(crate) fn chances(
        &mut self,
        made: &MadeSo,
        given: Option<&Cond>,
        driver: usize,
    ) -> Result<Vec<f64>, Box<Diagnostic>> {
        if given.is_none()
            && let Some(row) = self.plain_row(made, driver)
        {
            let horizons = 1..=self.model.horizons();
            return Ok(horizons.map(|h| self.point.row_at(row, h)).collect());
        }
        let whole = whole(given);
        let part = Condition {
            of: Some(Cond::Is(driver)),
            ..whole.clone()
        };
        let found = self.ask(made, None, vec![whole, part], given.is_some())?;
        let each = found.iter();
        let each = each.map(|at| ratio(at[1].as_ref(), at[0].as_ref()).unwrap_or(f64::NAN));
        Ok(each.collect())
    }

    /// The row that alone says how likely an event is.
    pub(crate) fn plain_row(&self, made: &MadeSo, driver: usize) -> Option<usize> {
        let model = &self.model;
        let spec = &model.drivers[driver];
        let groups = model.exclusives.iter().chain(&model.chains);
        let pushed = model.drivers.iter().flat_map(|d| &d.event_pushes);
        let [(None, row)] = spec.rows[..] else {
            return None;
        };
        let alone = spec.once.is_none()
            && !made.sets.iter().any(|s| s.0 == driver)
            && !groups.flatten().any(|d| *d == driver)
            && !pushed.map(|p| p.0).any(|d| d == driver);
        alone.then_some(row)
    }

    pub(crate) fn cond(&self, prop: &Prop) -> Cond {
        self.model.cond(prop)
    }

    pub(crate) fn place(&self, driver: DriverId) -> usize {
        self.model.places[driver.index()]
    }

    /// The place of a question.
    pub(crate) fn question(&self, id: QuestionId) -> usize {
        let found = self.model.questions.iter().position(|q| q.id == id);
        found.unwrap_or_default()
    }

    /// What a scenario makes so.
    pub(crate) fn scenario(&self, scenario: ScenarioId) -> MadeSo {
        let scenario = &self.assessment.scenarios[scenario];
        let sets = scenario.sets.iter().map(|s| (self.place(s.driver), s.to));
        let fixes = scenario.fixes.iter().map(|f| self.outcome(f.outcome));
        MadeSo {
            sets: sets.collect(),
            fixes: fixes.collect(),
        }
    }

    pub(crate) fn outcome(&self, outcome: OutcomeId) -> usize {
        self.model.outcome_places[outcome.index()]
    }

    /// What a question makes so: its own sets go before its scenario's.
    pub(crate) fn made(&self, question: &Question) -> Result<MadeSo, Box<Diagnostic>> {
        let sets = question.sets.iter().map(|(d, to)| (self.place(*d), *to));
        let own = MadeSo {
            sets: sets.collect(),
            fixes: question.fixes.iter().map(|o| self.outcome(*o)).collect(),
        };
        for (i, (a, to)) in own.sets.iter().enumerate() {
            for (b, other) in &own.sets[..i] {
                let contradict = match a == b {
                    true => to != other,
                    false => self.excludes((*a, *to), (*b, *other)),
                };
                if contradict {
                    return Err(self.clash(*b, *a));
                }
            }
        }
        let base = question
            .under
            .map_or_else(MadeSo::default, |s| self.scenario(s));
        Ok(self.merge(&base, &own))
    }

    /// Whether two drivers cannot be so at once: of one exclusive group, or against a chain.
    pub(crate) fn excludes(&self, a: (usize, bool), b: (usize, bool)) -> bool {
        let both = a.1 && b.1 && self.model.exclude(a.0, b.0);
        both || self.model.chains.iter().any(|chain| {
            let at = |d: usize| chain.iter().position(|m| *m == d);
            let (Some(i), Some(j)) = (at(a.0), at(b.0)) else {
                return false;
            };
            // A stronger one is true, a weaker one false.
            (i > j && a.1 && !b.1) || (j > i && b.1 && !a.1)
        })
    }

    /// `over` on top of `base`: a thing that is set twice, or ruled out, follows `over`.
    pub(crate) fn merge(&self, base: &MadeSo, over: &MadeSo) -> MadeSo {
        let lost = |s: &(usize, bool)| {
            let own = over.sets.iter();
            own.into_iter().any(|o| o.0 == s.0 || self.excludes(*s, *o))
        };
        let kept = base.sets.iter().filter(|s| !lost(s));
        let mut sets: Vec<(usize, bool)> = kept.chain(&over.sets).copied().collect();
        sets.sort_unstable();
        let question = |o: usize| self.model.question_of(o);
        let replaced = |o: &usize| over.fixes.iter().any(|f| question(*f) == question(*o));
        let kept = base.fixes.iter().filter(|o| !replaced(o));
        let mut fixes: Vec<usize> = kept.chain(&over.fixes).copied().collect();
        fixes.sort_unstable();
        MadeSo { sets, fixes }
    }

    fn clash(&self, a: usize, b: usize) -> Box<Diagnostic> {
        let id = |d: usize| self.model.drivers[d].id;
        let name = |d: usize| self.assessment.drivers.name(id(d));
        let span = self.assessment.drivers[id(a)].name.span;
        let diagnostic = if a == b {
            let message = format!("`{}` is set both true and false", name(a));
            Diagnostic::new(&rules::WRONG_KIND, span, message).help("set it once")
        } else {
            let message = format!(
                "what is set of `{}` and `{}` cannot be so at once",
                name(a),
                name(b)
            );
            Diagnostic::new(&rules::WRONG_KIND, span, message)
                .other(self.assessment.drivers[id(b)].name.span, "the other one")
                .help("set one of them; that settles the other")
        };
        Box::new(diagnostic)
    }

    pub(crate) fn too_many(&self, many: &TooMany) -> Box<Diagnostic> {
        const SHOWN: usize = 40;
        let mut names: Vec<&str> = many
            .drivers
            .iter()
            .map(|d| self.assessment.drivers.name(self.model.drivers[*d].id))
            .collect();
        let a = self.assessment;
        let questions = many.questions.iter().map(|q| self.model.questions[*q].id);
        let named = questions.filter_map(|id| a.questions[id].name.as_ref());
        names.extend(named.map(|name| name.node.as_str()));
        let quantities = many.quantities.iter().map(|q| self.model.quantities[*q].id);
        names.extend(quantities.map(|id| a.quantities.name(id)));
        names.sort_unstable();
        names.dedup();
        let listed: Vec<String> = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect();
        let more = match names.len() - listed.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let message = format!(
            "{} things matter together in more than {} states, more than an exact verdict can sum \
             over: {}{more}",
            names.len(),
            limits::JOINT_CELLS,
            listed.join(", "),
        );
        Box::new(
            Diagnostic::new(&rules::LIMIT, self.assessment.span, message)
                .label("a question of this file rests on too many uncertain things at once")
                .help(
                    "take away weights that move nothing, join events that come together, or put \
                     events that cannot come together into `exclusive` or `implies`",
                ),
        )
    }
}
