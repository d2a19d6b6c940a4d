//! What a rule's check may ask: the assessment, its text, and verdicts of it and of variants.
//!
//! In: one assessment without errors. Out: answers, each computed once.

use super::Settings;
use super::effect::{self, Effect};
use super::prose::{Lexicon, Passage};
use super::stated::{Stated, stated};
use crate::infer::verdict::Verdict;
use crate::infer::{self, Answers, Probabilities, Variants};
use crate::limits;
use crate::resolve::assessment::{Assessment, Driver, DriverId, Prop};
use crate::text::source::SourceMap;
use std::cell::{Cell, OnceCell, RefCell, RefMut};
use std::sync::Arc;

/// How many variants of a file are evaluated at a time.
const SIDE_BY_SIDE: usize = 8;

/// One assessment under the linter.
pub struct Context<'a> {
    /// What is checked.
    pub assessment: &'a Assessment,
    /// The text of its files.
    pub sources: &'a SourceMap,
    /// The thresholds.
    pub settings: &'a Settings,
    verdict: OnceCell<Option<Verdict>>,
    variants: OnceCell<Option<RefCell<Variants<'a>>>>,
    probabilities: OnceCell<Option<Probabilities>>,
    without: Vec<OnceCell<Option<Probabilities>>>,
    effects: Vec<OnceCell<Option<Effect>>>,
    pub(super) passages: OnceCell<Vec<Passage<'a>>>,
    lexicon: OnceCell<Arc<Lexicon>>,
    stated: OnceCell<Vec<Stated<'a>>>,
    answers: RefCell<Option<Answers<'a>>>,
    missed: Cell<bool>,
}

impl<'a> Context<'a> {
    /// A context in which nothing is computed yet.
    pub fn new(assessment: &'a Assessment, sources: &'a SourceMap, settings: &'a Settings) -> Self {
        Context {
            assessment,
            sources,
            settings,
            verdict: OnceCell::new(),
            variants: OnceCell::new(),
            probabilities: OnceCell::new(),
            without: assessment.drivers.ids().map(|_| OnceCell::new()).collect(),
            effects: assessment.drivers.ids().map(|_| OnceCell::new()).collect(),
            passages: OnceCell::new(),
            lexicon: OnceCell::new(),
            stated: OnceCell::new(),
            answers: RefCell::new(None),
            missed: Cell::new(false),
        }
    }

    /// The verdict without intervals; none where the assessment is beyond exact inference.
    pub fn verdict(&self) -> Option<&Verdict> {
        let verdict = self
            .verdict
            .get_or_init(|| {
                // The rules that ask are about outcomes.
                if self.assessment.outcomes.is_empty() {
                    return None;
                }
                let examined = infer::examine(self.assessment).ok()?;
                let _ = self.variants.set(Some(RefCell::new(examined.variants)));
                *self.answers.borrow_mut() = Some(examined.answers);
                Some(examined.verdict)
            })
            .as_ref();
        self.missed.set(self.missed.get() || verdict.is_none());
        verdict
    }

    /// Whether something that was asked since the last time of this question had no answer, the assessment being
    /// beyond exact inference or too large to evaluate for each driver.
    pub(super) fn has_missed(&self) -> bool {
        self.missed.take()
    }

    /// The outcomes of the verdict.
    pub fn probabilities(&self) -> Option<&Probabilities> {
        self.verdict();
        let evaluate = || self.variants()?.borrow_mut().without(&[], None).ok();
        self.probabilities.get_or_init(evaluate).as_ref()
    }

    /// The outcomes of the assessment with one driver's weights, likelihood and counts taken away.
    pub fn without(&self, driver: DriverId) -> Option<&Probabilities> {
        self.is_affordable();
        let place = driver.0 as usize;
        if self.without[place].get().is_none() {
            self.leave_out(place);
        }
        self.without[place].get()?.as_ref()
    }

    /// Evaluates the file without one driver, and without some that follow it: they are asked about next, and
    /// go side by side.
    fn leave_out(&self, place: usize) {
        let asked = self.assessment.drivers.iter().skip(place);
        let pushes = |d: &Driver| d.pushes();
        let drivers = asked.filter(|(id, d)| {
            let at = id.0 as usize;
            at == place || pushes(d) && self.without[at].get().is_none()
        });
        let drivers: Vec<DriverId> = drivers.map(|(id, _)| id).take(SIDE_BY_SIDE).collect();
        let variants = self.variants().filter(|_| self.is_affordable());
        let found = variants.and_then(|v| v.borrow_mut().without_each(&drivers).ok());
        let mut found = found.into_iter().flatten();
        for driver in drivers {
            let _ = self.without[driver.0 as usize].set(found.next());
        }
    }

    /// The outcomes without some drivers' weights, likelihoods and counts, among the cases in which
    /// `given` holds; none beyond exact inference, and where the file is so large that evaluating it
    /// for each driver would take too long.
    pub fn silent(&self, drivers: &[DriverId], given: Option<&Prop>) -> Option<Probabilities> {
        let variants = self.variants().filter(|_| self.is_affordable())?;
        variants.borrow_mut().without(drivers, given).ok()
    }

    /// The outcomes if an assumption is wrong; none as for [`Context::silent`].
    pub fn wrong(&self, assumption: DriverId) -> Option<Probabilities> {
        let variants = self.variants().filter(|_| self.is_affordable())?;
        variants.borrow_mut().wrong(assumption).ok()
    }

    /// What a factor, event or change does to the verdict.
    pub fn effect(&self, driver: DriverId) -> Option<&Effect> {
        self.is_affordable();
        self.effects[driver.0 as usize]
            .get_or_init(|| effect::effect(self, driver))
            .as_ref()
    }

    /// The outcomes with some drivers' weights and likelihoods multiplied, for each list of these.
    pub fn scaled(&self, scales: &[Vec<(DriverId, f64)>]) -> Option<Vec<Probabilities>> {
        let variants = self.variants().filter(|_| self.is_affordable())?;
        variants.borrow_mut().scaled(scales).ok()
    }

    /// Whether rules that evaluate variants of the file can run.
    pub fn is_affordable(&self) -> bool {
        /// What preparing an evaluation costs for each driver, in steps.
        const DRIVER: u64 = 64;
        let is_affordable = self.variants().is_some_and(|variants| {
            let drivers = self.assessment.drivers.len() as u64;
            let each = variants.borrow().states().saturating_add(DRIVER * drivers);
            each.saturating_mul(drivers.max(1)) <= limits::LINT_STEPS
        });
        self.missed.set(self.missed.get() || !is_affordable);
        is_affordable
    }

    /// Every clause that states chances, in the file's order.
    pub(crate) fn stated(&self) -> &[Stated<'a>] {
        self.stated.get_or_init(|| stated(self.assessment))
    }

    /// The words of likelihood of the file's scale and of the others.
    pub(crate) fn lexicon(&self) -> &Lexicon {
        let scale = &self.assessment.scale;
        Lexicon::built_in(scale).unwrap_or_else(|| self.lexicon.get_or_init(|| Lexicon::own(scale)))
    }

    /// What answers queries, and remembers what it found.
    pub(crate) fn answers_of(&self) -> RefMut<'_, Answers<'a>> {
        self.verdict();
        RefMut::map(self.answers.borrow_mut(), |answers| {
            answers.get_or_insert_with(|| Answers::new(self.assessment))
        })
    }

    /// None where the assessment is beyond exact inference.
    fn variants(&self) -> Option<&RefCell<Variants<'a>>> {
        self.verdict();
        let new = || Variants::new(self.assessment).ok().map(RefCell::new);
        self.variants.get_or_init(new).as_ref()
    }
}
