//! The one question that everything here asks again and again: has it turned?
//!
//! In: numbers, or things made so. Out: by horizon a [`Side`]. "It" is the leader of each horizon,
//! or whether an expectation is borne out.

use crate::diag::Diagnostic;
use crate::infer::answers::{Answers, plain};
use crate::infer::batch::Batch;
use crate::infer::conditional::found;
use crate::infer::engine::Sets;
use crate::infer::pass::Pass;
use crate::infer::shape::Ask;
use crate::infer::sweep::LANES;
use crate::model::Numbers;
use crate::model::condition::Cond;
use crate::resolve::assessment::{Expect, HorizonId, OutcomeId, Test};
use crate::resolve::table::Id;

/// An outcome leads another only by more than this: sums of doubles miss by less.
const TIE: f64 = 1e-9;

/// What a question found at one horizon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Side {
    /// Whether the leader is another than today's, or the expectation's answer is.
    pub turned: bool,
    /// How far it is from turning, below 0 once turned; NaN where that cannot be said.
    pub margin: f64,
    /// A number that differs wherever the answer does.
    pub trace: f64,
    /// The leader; none where what is given cannot hold, and for an expectation.
    pub leader: Option<OutcomeId>,
    /// The leader's probability, or the expectation's.
    pub value: f64,
}

#[derive(Clone)]
enum Aim<'a> {
    /// Another leader than these.
    Leader {
        pass: Box<Pass>,
        /// The same for many settings at once, where that can be done.
        batch: Option<Box<Batch>>,
        today: Vec<Option<OutcomeId>>,
    },
    /// Another answer than this.
    Expect {
        expect: &'a Expect,
        holds: bool,
        /// The end of a range by which a turned number comes into it, where it is outside today.
        end: Option<End>,
    },
}

/// An end of a range, seen from outside.
#[derive(Debug, Clone, Copy)]
enum End {
    /// It is reached from below.
    Low(f64),
    /// It is reached from above.
    High(f64),
}

/// A question made ready.
#[derive(Clone)]
pub(super) struct Probe<'a> {
    pub answers: Answers<'a>,
    aim: Aim<'a>,
    pub sets: Sets,
    pub given: Option<Cond>,
    pub horizons: Vec<HorizonId>,
    pub point: Numbers,
}

type Asked<T> = Result<T, Box<Diagnostic>>;

impl<'a> Probe<'a> {
    /// Whether another outcome leads under these sets, among the cases in which `given` holds, than
    /// `today`, by horizon.
    pub(super) fn leader(
        answers: Answers<'a>,
        sets: &Sets,
        given: Option<&Cond>,
        today: Vec<Option<OutcomeId>>,
    ) -> Asked<Self> {
        let mut answers = answers;
        let engine = &mut answers.engine;
        let pass = Pass::new(&engine.model, &ask(sets, given)).map_err(|m| engine.too_many(&m))?;
        let batch = Batch::new(&engine.model, &engine.point, &pass);
        Ok(Probe {
            horizons: engine.assessment.horizons.ids().collect(),
            point: engine.point.clone(),
            aim: Aim::Leader {
                pass: Box::new(pass),
                batch: batch.map(Box::new),
                today,
            },
            answers,
            sets: sets.clone(),
            given: given.cloned(),
        })
    }

    /// Takes these for today's leaders.
    pub(super) fn turn_from(&mut self, leaders: Vec<Option<OutcomeId>>) {
        if let Aim::Leader { today, .. } = &mut self.aim {
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
        Probe {
            sets,
            horizons: vec![expect.query.horizon],
            point: answers.engine.point.clone(),
            aim: Aim::Expect {
                expect,
                holds,
                end: None,
            },
            answers,
            given: None,
        }
    }

    /// Goes for the nearer end of a range that the probability, `today`, lies outside of. A number that
    /// is turned moves it without jumps, so that there it comes in, however narrow the range is.
    pub(super) fn approach(&mut self, today: Option<f64>) {
        if let Aim::Expect {
            expect,
            holds: false,
            end,
        } = &mut self.aim
            && let Test::Between(low, high) = expect.test
            && let Some(today) = today
        {
            *end = Some(match today < low {
                true => End::Low(low),
                false => End::High(high),
            });
        }
    }

    /// Asks with other numbers, and other things made so.
    pub(super) fn ask(&mut self, numbers: &Numbers, sets: Option<&Sets>) -> Asked<Vec<Side>> {
        if let Aim::Expect { expect, holds, end } = self.aim {
            self.answers.turn_to(numbers, sets.unwrap_or(&Sets::new()));
            let answer = self.answers.test(expect)?;
            let value = answer.value.unwrap_or(f64::NAN);
            let other = answer.other.unwrap_or(0.0);
            let inside = match expect.test {
                Test::Between(low, high) => (value - low).min(high - value),
                Test::Above(_) => value - other,
                Test::Below(_) => other - value,
                Test::Word(_) | Test::Leads => f64::NAN,
            };
            let inside = match end {
                None => inside,
                Some(End::Low(low)) => value - low,
                Some(End::High(high)) => high - value,
            };
            let turned = match end {
                None => answer.value.is_some() && answer.holds != holds,
                Some(_) => inside >= 0.0,
            };
            return Ok(vec![Side {
                turned,
                margin: if holds { inside } else { -inside },
                trace: value + std::f64::consts::PI * other + f64::from(u8::from(answer.holds)),
                leader: None,
                value,
            }]);
        }
        let all = self.outcomes(numbers, sets)?;
        Ok(self.sides(&all))
    }

    /// How many settings are best asked about together.
    pub(super) fn together(&self) -> usize {
        match &self.aim {
            Aim::Leader { batch: Some(_), .. } => LANES,
            _ => 1,
        }
    }

    /// Asks with each of these numbers; side by side where that can be done.
    pub(super) fn ask_all(&mut self, all: &[Numbers]) -> Asked<Vec<Vec<Side>>> {
        let mut sides = Vec::with_capacity(all.len());
        for some in all.chunks(LANES) {
            let engine = &self.answers.engine;
            let found: Option<Vec<Vec<f64>>> = match &mut self.aim {
                Aim::Leader {
                    batch: Some(batch), ..
                } => batch
                    .run(&engine.model, some)
                    .then(|| (0..some.len()).map(|lane| batch.found(lane)).collect()),
                _ => None,
            };
            let Some(found) = found else {
                for numbers in some {
                    sides.push(self.ask(numbers, None)?);
                }
                continue;
            };
            for found in found {
                // Where what is given cannot hold, nothing is a number.
                let is = |at: &Vec<f64>| !at[0].is_nan();
                let all = engine.by_horizon(&found).into_iter();
                sides.push(self.sides(&all.map(|at| Some(at).filter(is)).collect::<Vec<_>>()));
            }
        }
        Ok(sides)
    }

    /// Where the outcomes stand, by horizon.
    fn sides(&self, all: &[Option<Vec<f64>>]) -> Vec<Side> {
        let Aim::Leader { today, .. } = &self.aim else {
            return Vec::new();
        };
        let engine = &self.answers.engine;
        let side = |(at, today): (&Option<Vec<f64>>, &Option<OutcomeId>)| {
            let (Some(at), Some(today)) = (at, *today) else {
                return Side {
                    turned: false,
                    margin: f64::NAN,
                    trace: 0.0,
                    leader: None,
                    value: f64::NAN,
                };
            };
            let leader = engine.leader(at).0;
            let own = at[today.index()];
            let others = at.iter().enumerate().filter(|(o, _)| *o != today.index());
            let next = others.map(|o| *o.1).fold(f64::NEG_INFINITY, f64::max);
            Side {
                turned: next - own > TIE,
                margin: own - next + TIE,
                trace: at
                    .iter()
                    .zip(1..)
                    .map(|(p, i)| p * libm::sqrt(f64::from(i)))
                    .sum(),
                leader: Some(leader),
                value: at[leader.index()],
            }
        };
        all.iter().zip(today).map(side).collect()
    }

    /// By horizon and outcome in the file's order; none where what is given cannot hold.
    pub(super) fn outcomes(
        &mut self,
        numbers: &Numbers,
        sets: Option<&Sets>,
    ) -> Asked<Vec<Option<Vec<f64>>>> {
        let Aim::Leader { pass, .. } = &mut self.aim else {
            return Ok(Vec::new());
        };
        let engine = &mut self.answers.engine;
        let run = match sets {
            None => pass.run(&engine.model, numbers, &mut engine.work),
            Some(sets) => Pass::new(&engine.model, &ask(sets, self.given.as_ref()))
                .and_then(|mut pass| pass.run(&engine.model, numbers, &mut engine.work)),
        };
        run.map_err(|many| engine.too_many(&many))?;
        Ok(match self.given {
            None => {
                let all = engine.by_horizon(&engine.work.verdict);
                all.into_iter().map(Some).collect()
            }
            Some(_) => {
                let tallies = engine.work.tallies.iter();
                tallies
                    .map(|t| found(engine, t).map(|f| f.outcomes))
                    .collect()
            }
        })
    }

    /// States times horizons of one question, more or less.
    pub(super) fn cost(&mut self) -> Asked<u64> {
        let horizons = self.answers.engine.model.horizons() as u64;
        Ok(horizons
            * match &self.aim {
                Aim::Leader {
                    batch: Some(batch), ..
                } => batch.states(),
                Aim::Leader { pass, .. } => pass.steps(),
                Aim::Expect { .. } => plain(&mut self.answers.engine, &Sets::new())?.0.steps(),
            })
    }
}

fn ask(sets: &Sets, given: Option<&Cond>) -> Ask {
    Ask {
        sets: sets.clone(),
        conds: given.cloned().into_iter().collect(),
        outcomes: true,
        costly: given.is_some(),
        ..Ask::default()
    }
}
