//! An assessment made ready to be asked many things.
//!
//! In: an assessment. Out: its model, its point values, and questions compiled over them; that too many
//! propositions matter together becomes a diagnostic here.

use super::compiled::Compiled;
use super::estimate::{Estimate, values};
use super::exact::Scratch;
use super::factored::{self, Multilinear, Shared, Transform};
use super::leader;
use super::meter::Meter;
use super::question::answer::{Answered, LEAST_EFFECTIVE, Tally};
use super::question::closure::Variables;
use super::question::plan::Plan;
use super::question::shape::{Ask, TooMany};
use super::sampled::{self, Choice, Needs, SampledContributions, Sampling};
use super::verdict::Standing;
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::limits;
use crate::model::condition::Cond;
use crate::model::{Model, Numbers};
use crate::resolve::assessment::{Assessment, DriverId, OutcomeId, Prop, ScenarioId};
use crate::resolve::table::Id;
use crate::text::decimal::fixed;
use std::sync::Arc;

/// Things made true or false, by the model's drivers.
pub(crate) type Sets = Vec<(usize, bool)>;

/// What is kept between questions.
#[derive(Clone)]
pub(crate) struct Engine<'a> {
    pub assessment: &'a Assessment,
    pub model: Arc<Model>,
    pub point: Numbers,
    pub scratch: Scratch,
    /// Whether and how to sample.
    pub sampling: Sampling,
    /// The first propositions that were too many to be summed.
    pub coupled: Vec<usize>,
    /// How many histories the last sampled question took.
    pub samples: u64,
    /// How far off what was transformed may be; none where nothing was.
    pub transformed: Option<f64>,
    /// By which what takes long is stopped.
    pub meter: Meter,
}

impl<'a> Engine<'a> {
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        let model = Arc::new(Model::new(assessment));
        Engine {
            assessment,
            point: Numbers::point(&model),
            model,
            scratch: Scratch::default(),
            sampling: Sampling {
                choice: Choice::Exact,
                seed: 1,
                samples: None,
            },
            coupled: Vec::new(),
            samples: 0,
            transformed: None,
            meter: Meter::default(),
        }
    }

    /// The same assessment, made ready without what was asked of it.
    pub(crate) fn fresh(&self) -> Engine<'a> {
        Engine {
            assessment: self.assessment,
            model: self.model.clone(),
            point: self.point.clone(),
            scratch: Scratch::default(),
            sampling: self.sampling,
            coupled: Vec::new(),
            samples: 0,
            transformed: None,
            meter: self.meter.clone(),
        }
    }

    /// Answers a question over the point values: sums over states, transforms or samples.
    pub(crate) fn run(&mut self, ask: &Ask) -> Result<(Compiled, Answered), Box<Diagnostic>> {
        match self.sampling.choice {
            Choice::Exact => self.exactly(ask).map_err(|many| self.too_many(&many)),
            Choice::Sampled => self.sample(ask),
            Choice::Transformed => match self.transform(ask) {
                Some(found) => Ok(found),
                // What asks for no outcome has nothing to transform.
                None if !ask.outcomes => self.exactly(ask).map_err(|many| self.too_many(&many)),
                None => Err(self.not_transformed()),
            },
            Choice::Either => self.soonest(ask),
        }
    }

    /// By what takes least: over all states, by the transform, or over some histories.
    fn soonest(&mut self, ask: &Ask) -> Result<(Compiled, Answered), Box<Diagnostic>> {
        /// From so many propositions on the transform may be quicker than all their states.
        const MANY: usize = 21;
        if ask.outcomes
            && Variables::of(&self.model, ask).drivers.len() >= MANY
            && let Some(found) = self.transform(ask)
        {
            return Ok(found);
        }
        match self.exactly(ask) {
            Ok(found) => return Ok(found),
            Err(many) if self.coupled.is_empty() => self.coupled = many.drivers,
            Err(_) => {}
        }
        self.sample(ask)
    }

    /// Over all states; where no outcome is asked for, by summing out one proposition after another, if they hang together
    /// thinly.
    fn exactly(&mut self, ask: &Ask) -> Result<(Compiled, Answered), TooMany> {
        /// So many are quicker summed out.
        const MANY: usize = 16;
        let many = !ask.outcomes && Variables::of(&self.model, ask).drivers.len() > MANY;
        if many && let Some(found) = self.eliminate(ask) {
            return Ok(found);
        }
        self.try_run(ask)
    }

    /// How likely conditions are, by elimination.
    fn eliminate(&self, ask: &Ask) -> Option<(Compiled, Answered)> {
        // What comes in a horizon has come by its end, and not by the one before: it lasts.
        let comes = |d: usize| Cond::All(vec![Cond::Is(d), Cond::Before.negated()]);
        let asked = match ask.watched {
            None => ask.clone(),
            Some(d) if ask.conds[..] == [comes(d)] => Ask {
                conds: vec![Cond::Is(d)],
                watched: None,
                ..ask.clone()
            },
            Some(_) => return None,
        };
        let plan = Plan::new(&self.model, &self.point, &asked);
        let mut masses = factored::masses(&plan, ask.watched.is_some())?;
        if ask.watched.is_some() {
            for h in (1..masses.len()).rev() {
                masses[h][0] = (masses[h][0] - masses[h - 1][0]).max(0.0);
            }
            masses.remove(0);
        }
        let mut answer = Answered::default();
        for mass in masses.into_iter().flatten() {
            let mut tally = Tally::default();
            tally.reset(1, 0);
            tally.mass[0] = mass;
            answer.tallies.push(tally);
        }
        Some((Compiled::of(plan.shape(), ask), answer))
    }

    /// Answers a question by the transform, if it can be done in seconds.
    fn transform(&mut self, ask: &Ask) -> Option<(Compiled, Answered)> {
        /// Multiplications, more or less.
        const MOST: u64 = 1 << 31;
        let plan = Plan::new(&self.model, &self.point, ask);
        let transform = Transform::new(&plan)?;
        if transform.steps().is_none_or(|steps| steps > MOST) {
            return None;
        }
        let found = transform.run()?;
        let mut answer = Answered::default();
        let mut error: f64 = 0.0;
        for at in &found {
            for one in at {
                error = error.max(one.error);
                if plan.conds.is_empty() {
                    answer.verdict.extend(&one.outcomes);
                } else {
                    answer.tallies.push(one.tally());
                }
            }
        }
        self.transformed = Some(self.transformed.unwrap_or(0.0).max(error));
        Some((Compiled::of(plan.shape(), ask), answer))
    }

    fn not_transformed(&self) -> Box<Diagnostic> {
        let message = "this verdict cannot be had by a transform of the pushes".to_owned();
        Box::new(
            Diagnostic::new(&rules::LIMIT, self.assessment.span, message)
                .label("an outcome is final and something does not push towards it for good, something hypothetical is asked about, or too much hangs together")
                .help("leave out `--method transform`: the method is then chosen by what takes least"),
        )
    }

    /// Samples a question.
    fn sample(&mut self, ask: &Ask) -> Result<(Compiled, Answered), Box<Diagnostic>> {
        let plan = Plan::new(&self.model, &self.point, ask);
        let needs = self.needs(&plan, ask)?;
        let samples = self.histories(&plan, ask);
        let counted = if needs.is_known() && !ask.outcomes {
            0
        } else {
            samples
        };
        let seed = self.sampling.seed;
        let answer = sampled::calibrated((&plan, ask), &needs, counted, seed, &self.meter);
        let answer = answer.ok_or_else(|| self.too_many(&TooMany::default()))?;
        self.samples = self.samples.max(counted);
        Ok((Compiled::of(plan.shape(), ask), answer))
    }

    /// How many histories a question gets: what is asked beside the verdict shares what would take long.
    fn histories(&self, plan: &Plan<'_>, ask: &Ask) -> u64 {
        /// So many questions each get as many as the verdict.
        const FREE: u64 = 2;
        let samples = sampled::samples(plan, &self.sampling);
        let is_verdict = ask.sets.is_empty() && ask.conds.is_empty();
        if self.sampling.samples.is_some() || is_verdict {
            return samples;
        }
        let a = self.assessment;
        let beside = a.scenarios.len() + a.expects.len() + a.bets.len() + a.judgements.len();
        sampled::share(samples, FREE, beside as u64)
    }

    /// Samples what each driver contributes to a verdict that was sampled, by the same histories; or to one that is exact, by
    /// horizon and outcome in the model's order.
    pub(crate) fn sampled_contributions(
        &self,
        ask: &Ask,
        verdict: Option<&[Vec<f64>]>,
    ) -> Result<SampledContributions, Box<Diagnostic>> {
        let plan = Plan::new(&self.model, &self.point, ask);
        let needs = self.needs(&plan, ask)?;
        let samples = sampled::samples(&plan, &self.sampling);
        let how = (samples, self.sampling.seed);
        sampled::contributions((&plan, ask), &needs, how, verdict, &self.meter)
            .ok_or_else(|| self.too_many(&TooMany::default()))
    }

    /// What each driver contributes to a verdict, by the transform, if that is soon known.
    pub(crate) fn shared(&self, ask: &Ask) -> Option<Shared> {
        if self.sampling.choice == Choice::Sampled {
            return None;
        }
        let plan = Plan::new(&self.model, &self.point, ask);
        Multilinear::new(&plan)?.run()
    }

    /// What the conditions of a question need.
    fn needs(&self, plan: &Plan<'_>, ask: &Ask) -> Result<Needs, Box<Diagnostic>> {
        let trust = self.sampling.choice != Choice::Sampled;
        let needs = sampled::needs(&self.model, &self.point, plan, ask, trust);
        needs.ok_or_else(|| {
            let drivers = plan.vars.clone();
            self.too_many(&TooMany { drivers })
        })
    }

    pub(crate) fn try_run(&mut self, ask: &Ask) -> Result<(Compiled, Answered), TooMany> {
        let mut compiled = Compiled::new(&self.model, ask)?;
        compiled.run(&self.model, &self.point, &mut self.scratch)?;
        Ok((compiled, std::mem::take(&mut self.scratch.answer)))
    }

    /// A resolved proposition over the model's drivers.
    pub(crate) fn cond(&self, prop: &Prop) -> Cond {
        self.model.cond(prop)
    }

    /// A driver's place in the model.
    pub(crate) fn place(&self, driver: DriverId) -> usize {
        self.model.places[driver.index()]
    }

    /// What a scenario sets.
    pub(crate) fn scenario(&self, scenario: ScenarioId) -> Sets {
        let sets = &self.assessment.scenarios[scenario].sets;
        sets.iter().map(|s| (self.place(s.driver), s.to)).collect()
    }

    /// `over` on top of `base`: a thing that is set twice, or ruled out, follows `over`.
    pub(crate) fn merge(&self, base: &Sets, over: &Sets) -> Sets {
        let excluded = |driver: usize| {
            self.model.exclusives.iter().any(|members| {
                members.contains(&driver)
                    && over
                        .iter()
                        .any(|(o, to)| *to && *o != driver && members.contains(o))
            })
        };
        let lost = |d: usize, to: bool| over.iter().any(|o| o.0 == d) || (to && excluded(d));
        let kept = base.iter().filter(|(d, to)| !lost(*d, *to));
        let mut sets: Sets = kept.chain(over).copied().collect();
        sets.sort_unstable();
        sets
    }

    /// From the model's order of outcomes to the file's.
    pub(crate) fn in_file_order(&self, probabilities: impl Fn(usize) -> f64) -> Vec<f64> {
        let mut out = vec![0.0; self.model.outcomes.len()];
        for (place, o) in self.model.outcomes.iter().enumerate() {
            out[o.index()] = probabilities(place);
        }
        out
    }

    /// Results by horizon and outcome, the outcomes put from the model's order into the file's.
    pub(crate) fn by_horizon(&self, results: &[f64]) -> Vec<Vec<f64>> {
        let all = results.chunks_exact(self.model.outcomes.len());
        all.map(|at| self.in_file_order(|o| at[o])).collect()
    }

    /// From the file's order of outcomes to the model's.
    pub(crate) fn in_model_order(&self, at: &[f64]) -> Vec<f64> {
        let outcomes = self.model.outcomes.iter();
        outcomes.map(|o| at[o.index()]).collect()
    }

    /// The place of an outcome in the model.
    pub(crate) fn outcome(&self, outcome: OutcomeId) -> usize {
        let place = self.model.outcomes.iter().position(|o| *o == outcome);
        place.unwrap_or_default()
    }

    pub(crate) fn leader(&self, probabilities: &[f64]) -> (OutcomeId, f64) {
        leader::leader(self.assessment, probabilities)
    }

    /// Who leads with these outcomes, in the file's order.
    pub(crate) fn standing(&self, outcomes: Vec<Estimate>) -> Standing {
        let (leader, margin) = self.leader(&values(&outcomes));
        Standing {
            leader,
            margin,
            outcomes,
        }
    }

    pub(crate) fn too_many(&self, many: &TooMany) -> Box<Diagnostic> {
        // As many as a reader goes through before looking at the file itself.
        const SHOWN: usize = 40;
        let mut names: Vec<&str> = many
            .drivers
            .iter()
            .map(|d| self.assessment.drivers.name(self.model.drivers[*d].id))
            .collect();
        names.sort_unstable();
        let listed: Vec<String> = names.iter().take(SHOWN).map(|n| format!("`{n}`")).collect();
        let more = match names.len() - listed.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        Box::new(
            Diagnostic::new(
                &rules::LIMIT,
                self.assessment.span,
                format!(
                    "{} propositions matter together, more than an exact verdict can sum over: \
                     {}{more}",
                    names.len(),
                    listed.join(", "),
                ),
            )
            .label("this question rests on too many uncertain things at once")
            .help(format!(
                "{} fit, fewer where outcomes are final and clauses depend on each other: take \
                 away weights that move nothing, or join events that come together",
                limits::CELL_BITS - 2,
            )),
        )
    }

    /// A condition that holds in too few histories.
    pub(crate) fn too_rare(&self, what: &str, effective: f64) -> Box<Diagnostic> {
        let message = format!(
            "{what} is too rare to be sampled: it holds in {} histories, by weight, \
             and {} are needed",
            fixed(effective, 0),
            fixed(LEAST_EFFECTIVE, 0),
        );
        Box::new(
            Diagnostic::new(&rules::LIMIT, self.assessment.span, message)
                .label("this assessment is beyond what an exact verdict can sum over")
                .help(
                    "ask for more with `--samples`; or make it so with `--set` instead of asking \
                     for the cases in which it is",
                ),
        )
    }
}
