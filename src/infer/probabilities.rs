//! The outcomes alone, for those who evaluate many variants of one file.
//!
//! In: an assessment, and what is given. Out: probabilities and leaders, without changes, events,
//! scenarios, expectations, intervals and confidence.

use super::answers::plain;
use super::compiled::Compiled;
use super::conditional::found;
use super::engine::{Engine, Sets};
use super::estimate::values;
use super::joint::Joint;
use super::lumped::LANES;
use super::question::shape::Ask;
use super::reach::Reach;
use super::verdict::Verdict;
use crate::diag::Diagnostic;
use crate::model::{Model, Numbers};
use crate::resolve::assessment::{Assessment, DriverId, OutcomeId, Prop};

/// The outcomes of every horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Probabilities {
    /// By horizon; none where what is given cannot hold.
    pub horizons: Vec<Option<Probable>>,
}

/// The outcomes of one horizon.
#[derive(Debug, Clone, PartialEq)]
pub struct Probable {
    /// By outcome, in the file's order.
    pub outcomes: Vec<f64>,
    /// The likeliest.
    pub leader: OutcomeId,
    /// Its probability less the next one's.
    pub margin: f64,
    /// How likely it is what is given; 1 where nothing is.
    pub chance: f64,
}

/// The outcomes of an assessment.
///
/// # Errors
///
/// A `limit` finding where too many propositions matter together.
pub fn probabilities(assessment: &Assessment) -> Result<Probabilities, Box<Diagnostic>> {
    Variants::new(assessment)?.without(&[], None)
}

/// One assessment, to be evaluated without some of its pushes: what the variants share is built
/// once.
pub struct Variants<'a> {
    engine: Engine<'a>,
    compiled: Compiled,
    /// The last condition, ready to be asked about again.
    given: Option<(Prop, Compiled)>,
    /// Where only the general engine can evaluate.
    wide: Option<Box<Joint<'a>>>,
}

impl<'a> Variants<'a> {
    /// Of an assessment free of errors.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn new(assessment: &'a Assessment) -> Result<Self, Box<Diagnostic>> {
        if Model::is_wide(assessment) {
            return Variants::of_wide(assessment, Joint::new(assessment)?);
        }
        let mut engine = Engine::new(assessment);
        let (compiled, _) = plain(&mut engine, &Sets::default())?;
        Ok(Variants::of(engine, compiled))
    }

    /// Of what the general engine has made ready. Variants ask the same of other numbers, so that plans serve again.
    pub(super) fn of_wide(
        assessment: &'a Assessment,
        mut joint: Joint<'a>,
    ) -> Result<Self, Box<Diagnostic>> {
        let engine = Engine::new(assessment);
        let compiled = Compiled::new(&engine.model, &Ask::default());
        joint.keep_plans();
        Ok(Variants {
            compiled: compiled.map_err(|many| engine.too_many(&many))?,
            given: None,
            wide: Some(Box::new(joint)),
            engine,
        })
    }

    /// Of the question that computes the assessment's outcomes as it stands.
    pub(super) fn of(engine: Engine<'a>, compiled: Compiled) -> Self {
        Variants {
            engine,
            compiled,
            given: None,
            wide: None,
        }
    }

    /// How many states one evaluation goes through, all horizons together.
    pub fn states(&self) -> u64 {
        let horizons = self.engine.model.horizons() as u64;
        if let Some(wide) = &self.wide {
            return wide.peak.saturating_mul(horizons);
        }
        self.compiled.steps().saturating_mul(horizons)
    }

    /// How far each driver reaches, told the verdict; none where only evaluating says that.
    pub fn reach(&self, verdict: &Verdict) -> Option<Reach> {
        Reach::new(&self.engine.model, &self.engine.point, verdict)
    }

    /// Whether several variants take no longer than one.
    pub(crate) fn are_side_by_side(&self) -> bool {
        self.compiled.is_batched()
    }

    /// The outcomes with the weights and likelihoods of some drivers multiplied, for each list of these.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn scaled(
        &mut self,
        all: &[Vec<(DriverId, f64)>],
    ) -> Result<Vec<Probabilities>, Box<Diagnostic>> {
        let set = |engine: &Engine<'_>, scales: &Vec<(DriverId, f64)>, numbers: &mut Numbers| {
            for &(driver, scale) in scales {
                numbers.scale(&engine.model, engine.place(driver), scale);
            }
        };
        self.each(all, set)
    }

    /// The outcomes without the weights, likelihoods and counts of one driver, for each of these.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn without_each(
        &mut self,
        drivers: &[DriverId],
    ) -> Result<Vec<Probabilities>, Box<Diagnostic>> {
        self.each(drivers, |engine, driver, numbers| {
            numbers.silence(&engine.model, engine.place(*driver));
        })
    }

    /// The outcomes with the numbers changed in each of these ways; as many side by side as can be.
    fn each<T>(
        &mut self,
        ways: &[T],
        change: impl Fn(&Engine<'_>, &T, &mut Numbers),
    ) -> Result<Vec<Probabilities>, Box<Diagnostic>> {
        let point = self.point();
        if let Some(wide) = &mut self.wide {
            let each = ways.iter().map(|way| {
                let mut numbers = point.clone();
                change(&self.engine, way, &mut numbers);
                wide.with(&numbers, None)
            });
            return each.collect();
        }
        let mut all = Vec::with_capacity(ways.len());
        for part in ways.chunks(LANES) {
            let engine = &mut self.engine;
            let changed = part.iter().map(|way| {
                let mut numbers = point.clone();
                change(engine, way, &mut numbers);
                numbers
            });
            let changed: Vec<Numbers> = changed.collect();
            let run = self
                .compiled
                .run_each(&engine.model, &changed, &mut engine.scratch);
            let found = run.map_err(|many| engine.too_many(&many))?;
            all.extend(found.iter().map(|verdict| self.plain(verdict)));
        }
        Ok(all)
    }

    fn point(&self) -> Numbers {
        let wide = self.wide.as_ref();
        wide.map_or(&self.engine.point, |wide| &wide.point).clone()
    }

    fn plain(&self, verdict: &[f64]) -> Probabilities {
        self.of_all(self.engine.by_horizon(verdict))
    }

    /// Of outcomes by horizon, where nothing is given.
    fn of_all(&self, horizons: Vec<Vec<f64>>) -> Probabilities {
        self.ranked(horizons.into_iter().map(|at| Some((at, 1.0))).collect())
    }

    /// The outcomes without the weights, likelihoods and counts of some drivers, among the cases in
    /// which `given` holds. What depends on those drivers' truth goes on.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn without(
        &mut self,
        silent: &[DriverId],
        given: Option<&Prop>,
    ) -> Result<Probabilities, Box<Diagnostic>> {
        let mut numbers = self.point();
        for &driver in silent {
            numbers.silence(&self.engine.model, self.engine.place(driver));
        }
        if let Some(wide) = &mut self.wide {
            let given = given.map(|g| wide.cond(g));
            return wide.with(&numbers, given.as_ref());
        }
        let engine = &mut self.engine;
        let Some(given) = given else {
            let run = self
                .compiled
                .run(&engine.model, &numbers, &mut engine.scratch);
            let answer = run.cloned().map_err(|many| engine.too_many(&many))?;
            return Ok(self.plain(&answer.verdict));
        };
        let compiled = match self.given.take() {
            Some((last, compiled)) if last == *given => compiled,
            _ => {
                let ask = Ask {
                    conds: vec![engine.cond(given)],
                    outcomes: true,
                    costly: true,
                    ..Ask::default()
                };
                Compiled::new(&engine.model, &ask).map_err(|many| engine.too_many(&many))?
            }
        };
        let (_, compiled) = self.given.insert((given.clone(), compiled));
        let run = compiled.run(&engine.model, &numbers, &mut engine.scratch);
        let answer = run.cloned().map_err(|many| engine.too_many(&many))?;
        let all = answer.tallies.iter().map(|tally| {
            let outcomes = found(engine, tally)?.outcomes;
            Some((outcomes, tally.chance().min(1.0)))
        });
        let all = all.collect();
        Ok(self.ranked(all))
    }

    /// The outcomes if an assumption is wrong. That is so or not from the start and leans on nothing, so that to make
    /// it so says what is given it, over fewer states.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn wrong(&mut self, assumption: DriverId) -> Result<Probabilities, Box<Diagnostic>> {
        if self.wide.is_some() {
            let wrong = Prop::Not(Box::new(Prop::Is(assumption)));
            return self.without(&[], Some(&wrong));
        }
        let sets = vec![(self.engine.place(assumption), false)];
        let (_, horizons) = plain(&mut self.engine, &sets)?;
        Ok(self.of_all(horizons.iter().map(|at| values(at)).collect()))
    }

    fn ranked(&self, all: Vec<Option<(Vec<f64>, f64)>>) -> Probabilities {
        let horizons = all.into_iter().map(|at| {
            let (outcomes, chance) = at?;
            let (leader, margin) = self.engine.leader(&outcomes);
            Some(Probable {
                outcomes,
                leader,
                margin,
                chance,
            })
        });
        Probabilities {
            horizons: horizons.collect(),
        }
    }
}
