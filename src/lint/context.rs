//! What a rule's check may ask: the assessment, its text, and verdicts of it and of variants.
//!
//! In: one assessment without errors. Out: answers, each computed once.

use super::Settings;
use super::bounds::{Bounded, With};
use super::effect::{self, Effect};
use super::memo::{self, Memo};
use super::prose::{Lexicon, Passage, Sentences};
use super::stated::{Stated, stated};
use crate::infer::reach::{Change, Reach};
use crate::infer::verdict::Verdict;
use crate::infer::{self, Answers, Probabilities, Probable, Push, Sides, Variants};
use crate::limits;
use crate::model::Model;
use crate::resolve::assessment::{Assessment, Driver, DriverId, Prop, Query, What};
use crate::text::source::SourceMap;
use std::cell::{Cell, OnceCell, RefCell, RefMut};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How many variants of a file are evaluated at a time.
const SIDE_BY_SIDE: usize = 8;

/// One assessment under the linter.
pub struct Context<'a> {
    /// What is checked.
    pub(crate) assessment: &'a Assessment,
    /// The text of its files.
    pub(crate) sources: &'a SourceMap,
    /// The thresholds.
    pub(crate) settings: &'a Settings,
    verdict: OnceCell<Option<Verdict>>,
    variants: OnceCell<Option<RefCell<Variants<'a>>>>,
    sides: OnceCell<Option<BTreeMap<DriverId, Vec<Sides>>>>,
    probabilities: OnceCell<Option<Probabilities>>,
    reach: OnceCell<Option<Reach>>,
    without: Vec<OnceCell<Option<Probabilities>>>,
    effects: Vec<OnceCell<Option<Effect>>>,
    pub(super) passages: OnceCell<Vec<Passage<'a>>>,
    built_in: OnceCell<Option<&'static Lexicon>>,
    lexicon: OnceCell<Arc<Lexicon>>,
    stated: OnceCell<Vec<Stated<'a>>>,
    answers: RefCell<Option<Answers<'a>>>,
    missed: Cell<bool>,
    memo: RefCell<Memo>,
}

impl<'a> Context<'a> {
    /// A context in which nothing is computed yet.
    pub fn new(assessment: &'a Assessment, sources: &'a SourceMap, settings: &'a Settings) -> Self {
        Context::remembering(assessment, sources, settings, Memo::default())
    }

    /// The same, in which rules evaluate every variant that they look at: what they find is to be the same.
    #[doc(hidden)]
    pub fn evaluating_all(self) -> Self {
        Context {
            reach: OnceCell::from(None),
            ..self
        }
    }

    /// A context that knows what was computed of an assessment with the same numbers.
    pub(super) fn remembering(
        assessment: &'a Assessment,
        sources: &'a SourceMap,
        settings: &'a Settings,
        mut memo: Memo,
    ) -> Self {
        let drivers = assessment.drivers.len();
        Context {
            assessment,
            sources,
            settings,
            verdict: cell(memo.verdict.take()),
            variants: OnceCell::new(),
            sides: cell(memo.sides.take()),
            probabilities: cell(memo.probabilities.take()),
            reach: cell(memo.reach.take()),
            without: cells(std::mem::take(&mut memo.without), drivers),
            effects: cells(std::mem::take(&mut memo.effects), drivers),
            passages: OnceCell::new(),
            built_in: OnceCell::new(),
            lexicon: OnceCell::new(),
            stated: OnceCell::new(),
            answers: RefCell::new(None),
            missed: Cell::new(false),
            memo: RefCell::new(memo),
        }
    }

    /// What was computed, for the next.
    pub(super) fn into_memo(self) -> Memo {
        Memo {
            verdict: self.verdict.into_inner(),
            sides: self.sides.into_inner(),
            probabilities: self.probabilities.into_inner(),
            reach: self.reach.into_inner(),
            without: self.without.into_iter().map(OnceCell::into_inner).collect(),
            effects: self.effects.into_iter().map(OnceCell::into_inner).collect(),
            sentences: match self.passages.into_inner() {
                Some(passages) => Sentences::of(&self.assessment.scale, passages),
                None => Sentences::default(),
            },
            ..self.memo.into_inner()
        }
        .trim()
    }

    /// Tells passages what is known of their sentences.
    pub(super) fn known_sentences(&self, passages: &[Passage<'_>]) {
        let memo = self.memo.borrow();
        memo.sentences.lend(&self.assessment.scale, passages);
    }

    /// The verdict given a change and given its absence, by horizon; none beyond exact inference.
    pub(crate) fn sides(&self, change: DriverId) -> Option<&[Sides]> {
        let verdict = self.verdict()?;
        let known = self.sides.get_or_init(|| match told(verdict) {
            true => Some(Sides::each(&verdict.changes)),
            false => self.answers_of().sides().ok(),
        });
        let known = known.as_ref()?;
        known.get(&change).map(Vec::as_slice)
    }

    /// By horizon and outcome, where outcomes stand while no driver pushes; none beyond exact inference.
    pub(crate) fn bases(&self) -> Option<Vec<Vec<f64>>> {
        let verdict = self.verdict()?;
        let known = || {
            let at = verdict.horizons.iter();
            at.map(|at| at.outcomes.iter().map(|o| o.prior).collect())
                .collect()
        };
        let found = self.answers_of().bases().ok()?;
        Some(found.unwrap_or_else(known))
    }

    /// The verdict without intervals and scenarios; what follows from changes, and where outcomes stand before the reasons,
    /// is asked by `sides` and `bases`. None where the assessment is beyond exact inference.
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
        let verdict = self.verdict();
        let evaluate = || match verdict {
            // One engine, one order of sums: the same numbers.
            Some(verdict) if !Model::is_wide(self.assessment) => Some(outcomes(verdict)),
            _ => self.variants()?.borrow_mut().without(&[], None).ok(),
        };
        self.probabilities.get_or_init(evaluate).as_ref()
    }

    /// How hard each driver pushes, among the cases in which `given` holds; none beyond exact inference.
    pub(crate) fn pushes(&self, given: Option<&Prop>) -> Option<Vec<Push>> {
        let key = memo::key(&given);
        if let Some(known) = self.memo.borrow().pushes.get(&key) {
            return known.clone();
        }
        let found = infer::pushes_given(self.assessment, given).ok();
        self.memo.borrow_mut().pushes.insert(key, found.clone());
        found
    }

    /// How far each driver reaches; none where only evaluating says that.
    fn reach(&self) -> Option<&Reach> {
        if !self.is_affordable() {
            return None;
        }
        let find = || self.variants()?.borrow().reach(self.verdict()?);
        self.reach.get_or_init(find).as_ref()
    }

    /// Bounds on the outcomes of a variant, without evaluating it; none where nothing can be said.
    pub(crate) fn bounds(&self, change: Change<'_>) -> Option<Bounded<'_>> {
        let variant = self.reach()?.variant(change)?;
        let with = With::Verdict(self.probabilities()?);
        Some(Bounded::new(with, variant))
    }

    /// Bounds on what [`Context::effect`] sets a driver beside.
    pub(crate) fn bounds_of_effect(&self, driver: DriverId) -> Option<Bounded<'_>> {
        let reach = self.reach()?;
        match effect::given(self, driver)? {
            Some(with) => {
                let variant = reach.variant(Change::Given(driver))?;
                Some(Bounded::new(With::Given(with), variant))
            }
            None => self.bounds(Change::Without(&[driver])),
        }
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

    /// Evaluates the file without one driver, and without some that follow it, where these go side by side: they are asked
    /// about next.
    fn leave_out(&self, place: usize) {
        let many = match self.variants() {
            Some(variants) if variants.borrow().are_side_by_side() => SIDE_BY_SIDE,
            _ => 1,
        };
        let asked = self.assessment.drivers.iter().skip(place);
        // No rule looks at what an assumption does that holds.
        let pushes = |d: &Driver| match &d.what {
            What::Assumption(_) => false,
            What::Change { counts, .. } => d.pushes() || !counts.is_empty(),
            What::Event(_) | What::Factor(_) => d.pushes(),
        };
        let drivers = asked.filter(|(id, d)| {
            let at = id.0 as usize;
            at == place || pushes(d) && self.without[at].get().is_none()
        });
        let drivers: Vec<DriverId> = drivers.map(|(id, _)| id).take(many).collect();
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
        if let ([one], None) = (drivers, given) {
            return self.without(*one).cloned();
        }
        self.variant(&("silent", drivers, given), |variants| {
            variants.without(drivers, given).ok().map(|p| vec![p])
        })?
        .pop()
    }

    /// The outcomes of a variant, where variants can be evaluated; each is evaluated once.
    fn variant(
        &self,
        asked: &dyn std::fmt::Debug,
        evaluate: impl FnOnce(&mut Variants<'a>) -> Option<Vec<Probabilities>>,
    ) -> Option<Vec<Probabilities>> {
        if !self.is_affordable() {
            return None;
        }
        let key = memo::key(asked);
        if let Some(known) = self.memo.borrow().variants.get(&key) {
            return known.clone();
        }
        let found = self.variants();
        let found = found.and_then(|variants| evaluate(&mut variants.borrow_mut()));
        let mut memo = self.memo.borrow_mut();
        memo.variants.insert(key, found.clone());
        found
    }

    /// The outcomes if an assumption is wrong; none as for [`Context::silent`].
    pub fn wrong(&self, assumption: DriverId) -> Option<Probabilities> {
        self.variant(&("wrong", assumption), |variants| {
            variants.wrong(assumption).ok().map(|p| vec![p])
        })?
        .pop()
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
        self.variant(&("scaled", scales), |variants| variants.scaled(scales).ok())
    }

    /// Whether rules that evaluate variants of the file can run.
    pub fn is_affordable(&self) -> bool {
        /// What preparing an evaluation costs for each driver, in steps.
        const DRIVER: u64 = 64;
        self.verdict();
        let known = self.memo.borrow().affordable;
        let is_affordable = known.unwrap_or_else(|| {
            self.variants().is_some_and(|variants| {
                let drivers = self.assessment.drivers.len() as u64;
                let each = variants.borrow().states().saturating_add(DRIVER * drivers);
                each.saturating_mul(drivers.max(1)) <= limits::LINT_STEPS
            })
        });
        self.memo.borrow_mut().affordable = Some(is_affordable);
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
        let built_in = self.built_in.get_or_init(|| Lexicon::built_in(scale));
        built_in.unwrap_or_else(|| self.lexicon.get_or_init(|| Lexicon::own(scale)))
    }

    /// The answer to a query, none where its condition cannot hold; nothing beyond exact inference.
    pub(crate) fn answer(&self, query: &Query) -> Option<Option<f64>> {
        if let Some(known) = self.memo.borrow().answers.get(query) {
            return known;
        }
        let found = self.answers_of().answer(query).ok();
        self.memo.borrow_mut().answers.insert(query, found);
        found
    }

    /// What answers queries, and remembers what it found.
    fn answers_of(&self) -> RefMut<'_, Answers<'a>> {
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

/// Whether a verdict says what follows from its changes.
fn told(verdict: &Verdict) -> bool {
    let at = verdict.changes.iter().flat_map(|c| &c.horizons);
    let mut given = at.flat_map(|at| [&at.given, &at.absent]);
    given.all(|given| given.outcomes().is_none_or(|o| !o.is_empty()))
}

/// The outcomes that a verdict holds.
fn outcomes(verdict: &Verdict) -> Probabilities {
    let each = verdict.horizons.iter().map(|at| {
        let outcomes = at.outcomes.iter().map(|o| o.probability.value);
        Some(Probable {
            outcomes: outcomes.collect(),
            leader: at.leader,
            margin: at.margin,
            chance: 1.0,
        })
    });
    Probabilities {
        horizons: each.collect(),
    }
}

/// A cell with what is known.
fn cell<T>(known: Option<T>) -> OnceCell<T> {
    known.map_or_else(OnceCell::new, OnceCell::from)
}

/// Cells with what is known of each of so many.
fn cells<T>(known: Vec<Option<T>>, count: usize) -> Vec<OnceCell<T>> {
    let known = known.into_iter().map(cell);
    known
        .chain(std::iter::repeat_with(OnceCell::new))
        .take(count)
        .collect()
}
