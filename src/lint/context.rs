//! What a rule's check may ask: the assessment, its text, and verdicts of it and of variants.
//!
//! In: one assessment without errors. Out: answers, each computed once.

use super::Settings;
use super::effect::{self, Effect};
use crate::infer::verdict::{Options, Question, Verdict};
use crate::infer::{self, Probabilities};
use crate::resolve::assessment::{Assessment, DriverId, Prop, What};
use crate::source::SourceMap;
use std::cell::OnceCell;

/// One assessment under the linter.
pub struct Context<'a> {
    /// What is checked.
    pub assessment: &'a Assessment,
    /// The text of its files.
    pub sources: &'a SourceMap,
    /// The thresholds.
    pub settings: &'a Settings,
    verdict: OnceCell<Option<Verdict>>,
    probabilities: OnceCell<Option<Probabilities>>,
    without: Vec<OnceCell<Option<Probabilities>>>,
    effects: Vec<OnceCell<Option<Effect>>>,
}

impl<'a> Context<'a> {
    /// A context in which nothing is computed yet.
    pub fn new(assessment: &'a Assessment, sources: &'a SourceMap, settings: &'a Settings) -> Self {
        Context {
            assessment,
            sources,
            settings,
            verdict: OnceCell::new(),
            probabilities: OnceCell::new(),
            without: assessment.drivers.ids().map(|_| OnceCell::new()).collect(),
            effects: assessment.drivers.ids().map(|_| OnceCell::new()).collect(),
        }
    }

    /// The verdict without intervals; none where the assessment is beyond exact inference.
    pub fn verdict(&self) -> Option<&Verdict> {
        let options = Options {
            intervals: false,
            ..Options::default()
        };
        let evaluate = || infer::evaluate(self.assessment, &Question::default(), &options).ok();
        self.verdict.get_or_init(evaluate).as_ref()
    }

    /// The outcomes of the verdict.
    pub fn probabilities(&self) -> Option<&Probabilities> {
        let evaluate = || infer::probabilities(self.assessment, None).ok();
        self.probabilities.get_or_init(evaluate).as_ref()
    }

    /// The outcomes of the assessment with one driver's weights, likelihood and counts taken away.
    pub fn without(&self, driver: DriverId) -> Option<&Probabilities> {
        self.without[driver.0 as usize]
            .get_or_init(|| self.variant(|a| Self::silence(a, driver)))
            .as_ref()
    }

    /// What a factor, event or change does to the verdict.
    pub fn effect(&self, driver: DriverId) -> Option<&Effect> {
        self.effects[driver.0 as usize]
            .get_or_init(|| effect::effect(self, driver))
            .as_ref()
    }

    /// The outcomes among the cases in which `prop` holds.
    pub fn given(&self, prop: &Prop) -> Option<Probabilities> {
        infer::probabilities(self.assessment, Some(prop)).ok()
    }

    /// The outcomes of the assessment after a change of it.
    pub fn variant(&self, change: impl FnOnce(&mut Assessment)) -> Option<Probabilities> {
        let mut changed = self.assessment.clone();
        change(&mut changed);
        infer::probabilities(&changed, None).ok()
    }

    /// The outcomes of the assessment after a change of it, among the cases in which `prop` holds.
    pub fn variant_given(
        &self,
        change: impl FnOnce(&mut Assessment),
        prop: &Prop,
    ) -> Option<Probabilities> {
        let mut changed = self.assessment.clone();
        change(&mut changed);
        infer::probabilities(&changed, Some(prop)).ok()
    }

    /// Takes a driver's weights, likelihood and counts away; what depends on its truth goes on.
    pub fn silence(assessment: &mut Assessment, driver: DriverId) {
        let driver = &mut assessment.drivers[driver];
        driver.weights.clear();
        driver.likelihood = None;
        if let What::Change { counts, .. } = &mut driver.what {
            counts.clear();
        }
    }
}
