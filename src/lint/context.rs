//! What a rule's check may ask: the assessment, its text, and verdicts of it and of variants.
//!
//! In: one assessment without errors. Out: answers, each computed once.

use super::Settings;
use crate::infer::verdict::{Options, Question, Verdict};
use crate::resolve::assessment::{Assessment, DriverId};
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
    without: Vec<OnceCell<Option<Verdict>>>,
}

impl<'a> Context<'a> {
    /// A context in which nothing is computed yet.
    pub fn new(assessment: &'a Assessment, sources: &'a SourceMap, settings: &'a Settings) -> Self {
        Context {
            assessment,
            sources,
            settings,
            verdict: OnceCell::new(),
            without: assessment.drivers.ids().map(|_| OnceCell::new()).collect(),
        }
    }

    /// The verdict without intervals; none where the assessment is beyond exact inference.
    pub fn verdict(&self) -> Option<&Verdict> {
        self.verdict
            .get_or_init(|| Self::evaluate(self.assessment))
            .as_ref()
    }

    /// The verdict of the assessment with one driver's weights and likelihood taken away.
    pub fn without(&self, driver: DriverId) -> Option<&Verdict> {
        self.without[driver.0 as usize]
            .get_or_init(|| self.variant(|a| Self::silence(a, driver)))
            .as_ref()
    }

    /// The verdict of the assessment after a change of it.
    pub fn variant(&self, change: impl FnOnce(&mut Assessment)) -> Option<Verdict> {
        let mut changed = self.assessment.clone();
        change(&mut changed);
        Self::evaluate(&changed)
    }

    /// Takes a driver's weights and likelihood away; what depends on its truth goes on.
    pub fn silence(assessment: &mut Assessment, driver: DriverId) {
        let driver = &mut assessment.drivers[driver];
        driver.weights.clear();
        driver.likelihood = None;
    }

    fn evaluate(assessment: &Assessment) -> Option<Verdict> {
        let options = Options {
            intervals: false,
            ..Options::default()
        };
        crate::infer::evaluate(assessment, &Question::default(), &options).ok()
    }
}
