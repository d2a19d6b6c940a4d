//! An assessment made ready to be asked many things.
//!
//! In: an assessment. Out: its model, its point values, and passes over them; that too many
//! propositions matter together becomes a diagnostic here.

use super::leader;
use super::pass::{Pass, Work};
use super::shape::{Ask, TooMany};
use crate::diag::Diagnostic;
use crate::limits;
use crate::model::condition::Cond;
use crate::model::{Model, Numbers};
use crate::resolve::assessment::{Assessment, DriverId, OutcomeId, Prop, ScenarioId};
use crate::resolve::table::Id;
use crate::rules;

/// Things made true or false, by the model's drivers.
pub(crate) type Sets = Vec<(usize, bool)>;

/// What is kept between questions.
#[derive(Clone)]
pub(crate) struct Engine<'a> {
    pub assessment: &'a Assessment,
    pub model: Model,
    pub point: Numbers,
    pub work: Work,
}

impl<'a> Engine<'a> {
    pub(crate) fn new(assessment: &'a Assessment) -> Self {
        let model = Model::new(assessment);
        Engine {
            assessment,
            point: Numbers::point(&model),
            model,
            work: Work::default(),
        }
    }

    /// Runs a pass over the point values; its results stand in `work`.
    pub(crate) fn run(&mut self, ask: &Ask) -> Result<Pass, Box<Diagnostic>> {
        self.try_run(ask).map_err(|many| self.too_many(&many))
    }

    pub(crate) fn try_run(&mut self, ask: &Ask) -> Result<Pass, TooMany> {
        let mut pass = Pass::new(&self.model, ask)?;
        pass.run(&self.model, &self.point, &mut self.work)?;
        Ok(pass)
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

    /// The place of an outcome in the model.
    pub(crate) fn outcome(&self, outcome: OutcomeId) -> usize {
        let place = self.model.outcomes.iter().position(|o| *o == outcome);
        place.unwrap_or_default()
    }

    pub(crate) fn leader(&self, probabilities: &[f64]) -> (OutcomeId, f64) {
        leader::leader(self.assessment, probabilities)
    }

    pub(crate) fn too_many(&self, many: &TooMany) -> Box<Diagnostic> {
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
}
