//! The outcomes alone, for those who evaluate many variants of one file.
//!
//! In: an assessment, and what is given. Out: probabilities and leaders, without changes, events,
//! scenarios, expectations, intervals and confidence.

use super::answers::plain;
use super::conditional::found;
use super::engine::{Engine, Sets};
use super::joint::Joint;
use super::pass::Pass;
use super::shape::Ask;
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
    pass: Pass,
    /// The last condition, ready to be asked about again.
    given: Option<(Prop, Pass)>,
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
        let mut engine = Engine::new(assessment);
        if Model::is_wide(assessment) {
            let pass = Pass::new(&engine.model, &Ask::default());
            return Ok(Variants {
                pass: pass.map_err(|many| engine.too_many(&many))?,
                given: None,
                wide: Some(Box::new(Joint::new(assessment)?)),
                engine,
            });
        }
        let (pass, _) = plain(&mut engine, &Sets::default())?;
        Ok(Variants::of(engine, pass))
    }

    /// Of the pass that computes the assessment's outcomes as it stands.
    pub(super) fn of(engine: Engine<'a>, pass: Pass) -> Self {
        Variants {
            engine,
            pass,
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
        self.pass.steps().saturating_mul(horizons)
    }

    /// The outcomes with the weights and likelihoods of some drivers multiplied.
    ///
    /// # Errors
    ///
    /// A `limit` finding where too many propositions matter together.
    pub fn scaled(&mut self, scales: &[(DriverId, f64)]) -> Result<Probabilities, Box<Diagnostic>> {
        let mut numbers = self.point();
        for &(driver, scale) in scales {
            numbers.scale(&self.engine.model, self.engine.place(driver), scale);
        }
        self.plain(&numbers)
    }

    fn point(&self) -> Numbers {
        let wide = self.wide.as_ref();
        wide.map_or(&self.engine.point, |wide| &wide.point).clone()
    }

    fn plain(&mut self, numbers: &Numbers) -> Result<Probabilities, Box<Diagnostic>> {
        if let Some(wide) = &mut self.wide {
            return wide.with(numbers, None);
        }
        let engine = &mut self.engine;
        let run = self.pass.run(&engine.model, numbers, &mut engine.work);
        run.map_err(|many| engine.too_many(&many))?;
        let all = engine.by_horizon(&engine.work.verdict).into_iter();
        let all = all.map(|at| Some((at, 1.0))).collect();
        Ok(self.ranked(all))
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
        let Some(given) = given else {
            return self.plain(&numbers);
        };
        let engine = &mut self.engine;
        if self.given.as_ref().is_none_or(|(last, _)| last != given) {
            let ask = Ask {
                conds: vec![engine.cond(given)],
                outcomes: true,
                costly: true,
                ..Ask::default()
            };
            let pass = Pass::new(&engine.model, &ask).map_err(|many| engine.too_many(&many))?;
            self.given = Some((given.clone(), pass));
        }
        let Some((_, pass)) = &mut self.given else {
            return self.plain(&numbers);
        };
        let run = pass.run(&engine.model, &numbers, &mut engine.work);
        run.map_err(|many| engine.too_many(&many))?;
        let all = engine.work.tallies.iter().map(|tally| {
            let outcomes = found(engine, tally)?.outcomes;
            Some((outcomes, tally.chance().min(1.0)))
        });
        let all = all.collect();
        Ok(self.ranked(all))
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
