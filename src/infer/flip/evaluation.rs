//! Whether it has turned, by the engine for one question.
//!
//! In: numbers, or things made so. Out: by horizon a [`Side`].

use super::evaluating::{Asked, Evaluating, Expected, Side, standing};
use super::few::Few;
use super::parameter::Parameter;
use super::wide_steps;
use crate::infer::answers::{Answers, plain};
use crate::infer::compiled::Compiled;
use crate::infer::conditional::{self, found};
use crate::infer::engine::{Engine, Sets};
use crate::infer::lumped::LANES;
use crate::infer::lumped::batch::Batch;
use crate::infer::question::reach::rests_on;
use crate::infer::question::shape::{Ask, TooMany};
use crate::infer::sampled::Choice;
use crate::model::condition::Cond;
use crate::model::{Model, Numbers};
use crate::resolve::assessment::{Assessment, DriverId, Expect, HorizonId, OutcomeId};
use crate::resolve::table::Id;

/// States times horizons from which on it pays to think before the next question.
pub(super) const DEAR: u64 = 1 << 13;

#[derive(Clone)]
enum SearchTarget<'a> {
    /// Another leader than these.
    Leader {
        by: By,
        today: Vec<Option<OutcomeId>>,
    },
    /// Another answer than this.
    Expect(Expected<'a>),
}

/// What evaluates outcomes.
#[derive(Clone)]
enum By {
    /// All states.
    Compiled {
        compiled: Box<Compiled>,
        /// The same for many settings at once, where that can be done.
        batch: Option<Box<Batch>>,
        /// The same where states are many, so that one setting is asked about after another as long as each says where to
        /// look next.
        wide: Option<Box<Batch>>,
    },
    /// A few histories.
    Few(Box<Few>),
}

/// What evaluates a question over all states.
pub(super) struct Made {
    pub(super) compiled: Compiled,
    pub(super) batch: Option<Batch>,
    wide: Option<Batch>,
}

impl Made {
    pub(super) fn new(engine: &Engine<'_>, ask: &Ask) -> Result<Made, TooMany> {
        let compiled = ready(engine, ask)?;
        let batch = compiled.side_by_side(&engine.model, &engine.point);
        let (batch, wide) = match batch {
            Some(batch) if !batch.is_small() => (None, Some(batch)),
            batch => (batch, None),
        };
        Ok(Made {
            compiled,
            batch,
            wide,
        })
    }
}

/// A question made ready.
#[derive(Clone)]
pub(super) struct Evaluation<'a> {
    pub(crate) answers: Answers<'a>,
    target: SearchTarget<'a>,
    pub(crate) sets: Sets,
    pub(crate) given: Option<Cond>,
    pub(crate) horizons: Vec<HorizonId>,
    pub(crate) point: Numbers,
    /// Whether it pays to think before the next question.
    pub(super) is_dear: bool,
}

impl<'a> Evaluation<'a> {
    /// Whether another outcome leads under these sets, among the cases in which `given` holds, than
    /// `today`, by horizon. What evaluates it may be `made` already.
    pub(super) fn leader(
        answers: Answers<'a>,
        sets: &Sets,
        given: Option<&Cond>,
        today: Vec<Option<OutcomeId>>,
        made: Option<Made>,
    ) -> Asked<Self> {
        let engine = &answers.engine;
        let made = match made {
            Some(made) => made,
            None => Made::new(engine, &ask(sets, given)).map_err(|m| engine.too_many(&m))?,
        };
        let Made {
            compiled,
            batch,
            wide,
        } = made;
        let each = batch
            .as_ref()
            .map_or_else(|| compiled.states(), Batch::states);
        Ok(Evaluation {
            is_dear: each.saturating_mul(engine.model.horizons() as u64) >= DEAR,
            horizons: engine.assessment.horizons.ids().collect(),
            point: engine.point.clone(),
            target: SearchTarget::Leader {
                by: By::Compiled {
                    compiled: Box::new(compiled),
                    batch: batch.map(Box::new),
                    wide: wide.map(Box::new),
                },
                today,
            },
            answers,
            sets: sets.clone(),
            given: given.cloned(),
        })
    }

    /// The same by few histories, around the outcomes `at`.
    pub(super) fn by_histories(
        answers: Answers<'a>,
        sets: &Sets,
        given: Option<&Cond>,
        at: Vec<Option<Vec<f64>>>,
    ) -> Self {
        let engine = &answers.engine;
        let few = Few::new(engine, &ask(sets, given), at);
        Evaluation {
            is_dear: false,
            horizons: engine.assessment.horizons.ids().collect(),
            point: engine.point.clone(),
            target: SearchTarget::Leader {
                by: By::Few(Box::new(few)),
                today: Vec::new(),
            },
            answers,
            sets: sets.clone(),
            given: given.cloned(),
        }
    }

    /// Takes these for today's leaders.
    pub(super) fn turn_from(&mut self, leaders: Vec<Option<OutcomeId>>) {
        if let SearchTarget::Leader { today, .. } = &mut self.target {
            *today = leaders;
        }
    }

    /// Whether an expectation, which `holds` today or does not, is answered otherwise. `sets` are its
    /// scenario's.
    pub(super) fn expect(
        answers: Answers<'a>,
        sets: Sets,
        expect: &'a Expect,
        holds: bool,
    ) -> Self {
        Evaluation {
            is_dear: false,
            sets,
            horizons: vec![expect.query.horizon],
            point: answers.engine.point.clone(),
            target: SearchTarget::Expect(Expected::new(expect, holds)),
            answers,
            given: None,
        }
    }

    /// Asks with other numbers, and other things made so.
    fn ask_with(&mut self, numbers: &Numbers, sets: Option<&Sets>) -> Asked<Vec<Side>> {
        if let SearchTarget::Expect(expected) = self.target {
            self.answers.turn_to(numbers, sets.unwrap_or(&Sets::new()));
            let answer = self.answers.test(expected.expect)?;
            return Ok(vec![expected.side(&answer)]);
        }
        let all = self.outcomes(numbers, sets)?;
        Ok(self.sides(&all))
    }

    /// Where the outcomes stand, by horizon.
    fn sides(&self, all: &[Option<Vec<f64>>]) -> Vec<Side> {
        let today = self.today().iter();
        let each = all.iter().zip(today);
        each.map(|(at, today)| self.side(at.as_deref(), *today))
            .collect()
    }

    /// Today's leaders; of an expectation none.
    fn today(&self) -> &[Option<OutcomeId>] {
        match &self.target {
            SearchTarget::Leader { today, .. } => today,
            SearchTarget::Expect(_) => &[],
        }
    }

    /// Where the outcomes of one horizon stand, in the file's order.
    fn side(&self, at: Option<&[f64]>, today: Option<OutcomeId>) -> Side {
        let (Some(at), Some(today)) = (at, today) else {
            return Side::UNTOLD;
        };
        let all = at.iter().enumerate();
        let all = all.map(|(o, p)| (OutcomeId::new(o), *p));
        standing(all, today, self.answers.engine.leader(at).0)
    }

    /// The outcomes with so many numbers at most as there are lanes, in the model's order; none where they cannot be evaluated
    /// side by side.
    fn beside(&mut self, some: &[Numbers]) -> Option<Vec<Vec<f64>>> {
        let SearchTarget::Leader {
            by: By::Compiled { batch, wide, .. },
            ..
        } = &mut self.target
        else {
            return None;
        };
        let batch = batch.as_mut().or(wide.as_mut())?;
        let runs = batch.run(&self.answers.engine.model, some);
        runs.then(|| (0..some.len()).map(|lane| batch.found(lane)).collect())
    }

    /// What is made of the outcomes with each of some numbers: `beside` of those that were evaluated side by side, `alone` of the
    /// others.
    fn each<T>(
        &mut self,
        all: &[Numbers],
        beside: impl Fn(&Self, &[f64]) -> T,
        alone: impl Fn(&Self, Vec<Option<Vec<f64>>>) -> T,
    ) -> Asked<Vec<T>> {
        let mut out = Vec::with_capacity(all.len());
        for some in all.chunks(LANES) {
            if let Some(found) = self.beside(some) {
                out.extend(found.iter().map(|found| beside(self, found)));
                continue;
            }
            for numbers in some {
                let at = self.outcomes(numbers, None)?;
                out.push(alone(self, at));
            }
        }
        Ok(out)
    }

    /// Where outcomes that were evaluated side by side stand, by horizon.
    fn sides_beside(&self, found: &[f64]) -> Vec<Side> {
        let model = &self.answers.engine.model;
        let mut at = vec![0.0; model.outcomes.len()];
        let each = found.chunks_exact(at.len()).zip(self.today());
        each.map(|(found, today)| {
            for (o, x) in model.outcomes.iter().zip(found) {
                at[o.index()] = *x;
            }
            // Where what is given cannot hold, nothing is a number.
            self.side(Some(&at[..]).filter(|at| !at[0].is_nan()), *today)
        })
        .collect()
    }

    /// By horizon and outcome in the file's order; none where what is given cannot hold.
    pub(super) fn outcomes(
        &mut self,
        numbers: &Numbers,
        sets: Option<&Sets>,
    ) -> Asked<Vec<Option<Vec<f64>>>> {
        let SearchTarget::Leader { by, .. } = &mut self.target else {
            return Ok(Vec::new());
        };
        let engine = &mut self.answers.engine;
        let compiled = match by {
            By::Compiled { compiled, .. } => compiled,
            By::Few(few) => {
                let ask = ask(sets.unwrap_or(&self.sets), self.given.as_ref());
                return Ok(few.outcomes(engine, numbers, &ask));
            }
        };
        let run = match sets {
            None => compiled
                .run(&engine.model, numbers, &mut engine.scratch)
                .cloned(),
            Some(sets) => ready(engine, &ask(sets, self.given.as_ref())).and_then(|mut own| {
                own.run(&engine.model, numbers, &mut engine.scratch)
                    .cloned()
            }),
        };
        let answer = run.map_err(|many| engine.too_many(&many))?;
        Ok(match self.given {
            None => {
                let all = engine.by_horizon(&answer.verdict);
                all.into_iter().map(Some).collect()
            }
            Some(_) => {
                let tallies = answer.tallies.iter();
                tallies
                    .map(|t| found(engine, t).map(|f| f.outcomes))
                    .collect()
            }
        })
    }
}

impl Evaluating for Evaluation<'_> {
    fn assessment(&self) -> &Assessment {
        self.answers.engine.assessment
    }

    fn model(&self) -> &Model {
        &self.answers.engine.model
    }

    fn point(&self) -> &Numbers {
        &self.point
    }

    fn horizons(&self) -> &[HorizonId] {
        &self.horizons
    }

    fn ask(&mut self, numbers: &Numbers) -> Asked<Vec<Side>> {
        self.ask_with(numbers, None)
    }

    fn ask_all(&mut self, all: &[Numbers]) -> Asked<Vec<Vec<Side>>> {
        if let SearchTarget::Expect(_) = self.target {
            return all.iter().map(|numbers| self.ask(numbers)).collect();
        }
        self.each(all, Self::sides_beside, |own, at| own.sides(&at))
    }

    fn is_dear(&self) -> bool {
        self.is_dear
    }

    fn outcomes_of(&mut self, all: &[Numbers]) -> Asked<Option<Vec<Vec<f64>>>> {
        let by_states = matches!(
            self.target,
            SearchTarget::Leader {
                by: By::Compiled { .. },
                ..
            }
        );
        if !by_states || self.given.is_some() {
            return Ok(None);
        }
        let beside = |own: &Self, found: &[f64]| own.answers.engine.by_horizon(found).concat();
        let alone =
            |_: &Self, at: Vec<Option<Vec<f64>>>| at.into_iter().flatten().flatten().collect();
        self.each(all, beside, alone).map(Some)
    }

    fn stand(&self, outcomes: &[f64]) -> Vec<Side> {
        let all = outcomes.chunks_exact(self.answers.engine.model.outcomes.len());
        let each = all.zip(self.today());
        each.map(|(at, today)| self.side(Some(at), *today))
            .collect()
    }

    fn bend(&self, parameter: &Parameter) -> Option<f64> {
        match self.target {
            SearchTarget::Leader {
                by: By::Compiled { .. },
                ..
            } if self.is_dear => wide_steps::bend(&self.answers.engine.model, parameter),
            _ => None,
        }
    }

    fn ask_sets(&mut self, all: &[Sets]) -> Asked<Vec<Vec<Side>>> {
        let merge = |own: &Sets| self.answers.engine.merge(&self.sets, own);
        let all: Vec<Sets> = all.iter().map(merge).collect();
        let model = &self.answers.engine.model;
        let by_numbers = |sets: &Sets| self.point.made_so(model, sets);
        if self.at_once() > 1
            && let Some(numbers) = all.iter().map(by_numbers).collect::<Option<Vec<_>>>()
        {
            return self.ask_all(&numbers);
        }
        let point = self.point.clone();
        all.iter().map(|s| self.ask_with(&point, Some(s))).collect()
    }

    fn together(&self) -> usize {
        match &self.target {
            SearchTarget::Leader {
                by: By::Compiled { batch: Some(_), .. },
                ..
            } => LANES,
            _ => 1,
        }
    }

    fn at_once(&self) -> usize {
        match &self.target {
            SearchTarget::Leader {
                by: By::Compiled { wide: Some(_), .. },
                ..
            } => LANES,
            _ => self.together(),
        }
    }

    fn cost(&mut self) -> Asked<u64> {
        let engine = &mut self.answers.engine;
        let by_histories = engine.sampling.choice == Choice::Sampled;
        let sets = ask(&self.sets, self.given.as_ref());
        Ok(match &mut self.target {
            SearchTarget::Leader { by: By::Few(_), .. } => Few::cost(engine, &sets),
            SearchTarget::Expect(_) if by_histories => Few::cost(engine, &sets),
            SearchTarget::Leader {
                by: By::Compiled {
                    compiled, batch, ..
                },
                ..
            } => steps(engine, compiled, batch.as_deref_mut())?,
            SearchTarget::Expect(_) => {
                let (compiled, _) = plain(engine, &Sets::new())?;
                engine.model.horizons() as u64 * compiled.steps()
            }
        })
    }

    fn relevant(&self) -> Vec<usize> {
        let model = &self.answers.engine.model;
        let reached = rests_on(model, [], 0..model.outcomes.len()).0;
        (0..reached.len()).filter(|&d| reached[d]).collect()
    }

    fn is_fixed(&self, driver: usize) -> bool {
        self.sets.iter().any(|s| s.0 == driver)
    }

    fn clash(&self, a: (usize, bool), b: (usize, bool)) -> bool {
        a.1 && b.1 && self.answers.engine.model.exclude(a.0, b.0)
    }

    fn approach(&mut self, today: Option<f64>) {
        if let SearchTarget::Expect(expected) = &mut self.target {
            expected.approach(today);
        }
    }

    fn among(&self, change: DriverId, today: Vec<Option<OutcomeId>>) -> Asked<Self> {
        let answers = self.answers.clone();
        let holds = Cond::Is(answers.engine.place(change));
        let given = conditional::among(self.given.as_ref(), holds);
        Evaluation::leader(answers, &self.sets, Some(&given), today, None)
    }
}

/// A question made ready. What takes long is not carried through all states: that is done by histories then.
pub(super) fn ready(engine: &Engine<'_>, ask: &Ask) -> Result<Compiled, TooMany> {
    /// Nine events that push towards an end and away from it.
    const CARRIED: usize = 1 << 20;
    let mut compiled = Compiled::new(&engine.model, ask)?;
    compiled.enumeration.carried = CARRIED;
    Ok(compiled)
}

/// What one evaluation takes: states times horizons, as they are gone through for eight settings at once.
pub(super) fn steps(
    engine: &mut Engine<'_>,
    compiled: &mut Compiled,
    batch: Option<&mut Batch>,
) -> Asked<u64> {
    /// A state that is gone through for one setting takes as long as so many.
    const ALONE: u64 = 4;
    /// The same where what has ended follows from the state.
    const ENDING: u64 = 8;
    let (model, numbers) = (&engine.model, &engine.point);
    let horizons = model.horizons() as u64;
    if let Some(batch) = batch
        && batch.run(model, [numbers])
    {
        return Ok(horizons.saturating_mul(batch.steps()));
    }
    let found = compiled.price(model, numbers, &mut engine.scratch);
    let states = found.map_err(|many| engine.too_many(&many))?;
    let each = if engine.model.has_finals() {
        ENDING
    } else {
        ALONE
    };
    Ok(each.saturating_mul(horizons).saturating_mul(states))
}

pub(super) fn ask(sets: &Sets, given: Option<&Cond>) -> Ask {
    Ask {
        sets: sets.clone(),
        conds: given.cloned().into_iter().collect(),
        outcomes: true,
        costly: given.is_some(),
        ..Ask::default()
    }
}
