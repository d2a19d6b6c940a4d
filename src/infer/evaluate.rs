//! The whole verdict of an assessment.
//!
//! In: an assessment, a question about it and how to compute. Out: a [`Verdict`] in the file's
//! order.

use super::answers::{Answers, ByHorizon, plain};
use super::compiled::Compiled;
use super::conditional::{self, Found, found};
use super::confidence::{Basis, Depth, Grounds, Measured};
use super::contributions;
use super::contributions::Pushed;
use super::engine::{Engine, Sets};
use super::estimate::{Estimate, values};
use super::events::{self, Chance};
use super::intervals::{self, Drawn, Spread};
use super::joint;
use super::question::answer::Tally;
use super::question::plan::Plan;
use super::question::shape::Ask;
use super::sampled::{self, Choice, Sampling};
use super::verdict::{
    EventAt, EventVerdict, HorizonVerdict, Method, Options, OutcomeVerdict, Question, Sampled,
    ScenarioVerdict, Verdict,
};
use crate::diag::Diagnostic;
use crate::diag::rules;
use crate::model::condition::Cond;
use crate::model::{Draws, Model};
use crate::resolve::assessment::{Assessment, DriverId, DriverKind, Prop, ScenarioId};
use crate::resolve::table::Id;

/// The verdict of an assessment.
///
/// Expectations and bets are about the file as it stands: a question does not change them.
///
/// # Errors
///
/// A `limit` finding where more propositions matter together than can be summed exactly; a
/// `wrong-kind` one where the question makes two events true that exclude each other.
pub fn evaluate(
    assessment: &Assessment,
    question: &Question,
    options: &Options,
) -> Result<Verdict, Box<Diagnostic>> {
    let mut verdict = match options.general || joint::is_needed(assessment, question) {
        true => match joint::evaluate(assessment, question, options) {
            Err(limit) if may_be_sampled(assessment, question, options, &limit) => {
                known(assessment, question, options)?.verdict
            }
            found => found?,
        },
        false => known(assessment, question, options)?.verdict,
    };
    if options.voices && !question.is_anything() {
        super::voices::add(assessment, options, &mut verdict)?;
    }
    Ok(verdict)
}

/// Whether what the general engine cannot sum over is transformed or sampled: a file that only weights on events make it read.
pub(super) fn may_be_sampled(
    assessment: &Assessment,
    question: &Question,
    options: &Options,
    limit: &Diagnostic,
) -> bool {
    let given = question.given.as_ref();
    limit.rule.name == rules::LIMIT.name
        && options.choice != Choice::Exact
        && question.fixes.is_empty()
        && !given.is_some_and(Prop::names_outcomes)
        && Model::is_pushed_alone(assessment)
}

/// A verdict with what it was computed from, for further questions about it.
pub(super) struct Known<'a> {
    pub(super) verdict: Verdict,
    pub(super) answers: Answers<'a>,
    pub(super) sets: Sets,
    pub(super) given: Option<Cond>,
    pub(super) compiled: Compiled,
    /// The drivers' pushes, where they were sampled with the contributions.
    pub(super) pushed: Option<Pushed>,
    /// What each horizon's confidence is computed from.
    pub(super) grounds: Vec<Grounds>,
    pub(super) drawn: Drawn,
    pub(super) spread: Spread,
    /// Whether each draw of the intervals was sampled.
    pub(super) by_histories: bool,
}

/// The verdict, with what it was computed from.
pub(super) fn known<'a>(
    assessment: &'a Assessment,
    question: &Question,
    options: &Options,
) -> Result<Known<'a>, Box<Diagnostic>> {
    known_of(assessment, question, options, |_, _| Told::Whole)
}

/// How much a verdict tells of an assessment as it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Everything.
    Whole,
    /// No scenarios.
    Changes,
    /// Neither scenarios nor what follows from changes.
    Briefly,
}

/// The same; what it tells may rest on the model.
pub(super) fn known_of<'a>(
    assessment: &'a Assessment,
    question: &Question,
    options: &Options,
    told: fn(&Assessment, &Model) -> Told,
) -> Result<Known<'a>, Box<Diagnostic>> {
    let mut answers = Answers::new(assessment);
    let engine = &mut answers.engine;
    let told = told(assessment, &engine.model);
    engine.sampling = Sampling {
        choice: options.choice,
        seed: options.seed,
        samples: options.samples,
    };
    engine.meter = options.meter.clone();
    let sets = sets(engine, question)?;
    let given = question.given.as_ref().map(|g| engine.cond(g));
    let main = Main::new(engine, &sets, given.as_ref())?;
    let at: Vec<Vec<f64>> = main.at.iter().map(|at| values(at)).collect();
    let leaders: Vec<_> = at.iter().map(|at| engine.leader(at).0).collect();
    let changes = match told {
        Told::Briefly => Vec::new(),
        Told::Whole | Told::Changes => {
            conditional::changes(engine, &sets, given.as_ref(), &leaders)?
        }
    };
    let scenarios = match told {
        Told::Briefly | Told::Changes => Vec::new(),
        Told::Whole => scenarios(engine, &sets, given.as_ref(), &main)?,
    };
    let as_it_stands = sets.is_empty() && given.is_none();
    if as_it_stands {
        answers.prime(None, &main.at);
        for (scenario, at) in &scenarios {
            answers.prime(Some(*scenario), at);
        }
        answers.prime_changes(&changes);
    }
    let changes = match told {
        Told::Briefly => conditional::chances(&mut answers.engine, &leaders)?,
        Told::Whole | Told::Changes => changes.into_iter().map(|c| c.verdict).collect(),
    };
    let expectations = assessment.expects.iter().map(|e| answers.test(e));
    let expectations = expectations.collect::<Result<_, _>>()?;
    let judgements = assessment.judgements.iter();
    let judgements = judgements.map(|judgement| answers.test(&judgement.expect));
    let judgements = judgements.collect::<Result<_, _>>()?;
    let bets = assessment.bets.iter().map(|bet| answers.estimate(&bet.on));
    let bets = bets.collect::<Result<_, _>>()?;
    let base = match as_it_stands {
        true => None,
        false => Some(answers.verdict(None)?.clone()),
    };
    let engine = &mut answers.engine;
    let base = base.map(|all| all.into_iter().map(|at| engine.standing(at)).collect());

    let mut event_ids: Vec<DriverId> = assessment
        .drivers
        .iter()
        .filter(|(_, d)| d.kind() == DriverKind::Event)
        .map(|(id, _)| id)
        .collect();
    event_ids.sort_unstable();
    let places: Vec<usize> = event_ids.iter().map(|&id| engine.place(id)).collect();
    let found = events::all_chances(engine, &sets, given.as_ref(), &places)?;
    let chances: Vec<Vec<f64>> = found.iter().map(|at| values(at)).collect();

    let mut assumed = Vec::new();
    let states = (as_it_stands && !main.is_sampled()).then(|| main.compiled.steps());
    let exact_draws = match main.is_sampled() {
        false => draws(engine, options, states)?,
        true => 0,
    };
    let by_histories = main.is_sampled() || main.is_dear(engine, options, exact_draws);
    let draws = match by_histories {
        false => exact_draws,
        true => main.sampled_draws(engine, options, &mut assumed),
    };
    let drawn = main.drawn(engine, &sets, &event_ids, (draws, by_histories));
    let spread = main.intervals(
        engine,
        &drawn,
        event_ids.len(),
        (draws, by_histories),
        options,
    )?;
    let mut pushed = None;
    let by_lots = main.is_sampled()
        || options.choice == Choice::Either && contributions::is_dear(engine, &main.compiled);
    let by_transform = match options.contributions && by_lots {
        true => contributions::transformed(engine, &main.compiled, &main.ask)?,
        false => None,
    };
    let contributions = if let Some(list) = by_transform {
        list
    } else if options.contributions && by_lots {
        let exact = (!main.is_sampled() && given.is_none()).then_some(&at[..]);
        let (list, pushes) = contributions::sampled(engine, &main.ask, exact, &mut assumed)?;
        pushed = Some(pushes);
        list
    } else if options.contributions {
        contributions::contributions(
            engine,
            &main.compiled,
            given.as_ref(),
            options,
            &mut assumed,
        )?
    } else {
        Vec::new()
    };
    let grounds = match options.confidence {
        Depth::None => vec![Grounds::default(); main.at.len()],
        Depth::Level | Depth::All => {
            let events = (event_ids.as_slice(), chances.as_slice());
            let measured = Measured::new(engine, &sets, events, &at)?;
            let basis = Basis {
                compiled: &main.compiled,
                ask: &main.ask,
                sets: &sets,
                given: given.as_ref(),
                is_sampled: by_histories,
                at: &at,
                drawn: &drawn,
                intervals: &spread.outcomes,
                draws,
            };
            measured.settle(engine, &basis, options, &|engine, sets, given| {
                let main = Main::new(engine, sets, given)?;
                Ok(main.at.iter().map(|at| values(at)).collect())
            })?
        }
    };

    let sampled = (engine.samples > 0).then(|| {
        let errors = main.at.iter().flatten().filter_map(|found| found.error);
        let mut coupled: Vec<DriverId> = engine
            .coupled
            .iter()
            .map(|&d| engine.model.drivers[d].id)
            .collect();
        coupled.sort_unstable();
        Sampled {
            samples: engine.samples,
            standard_error: errors.fold(0.0, f64::max),
            coupled,
        }
    });

    let engine_error = engine.transformed;
    let horizons = (0..main.at.len())
        .map(|h| {
            let (leader, margin) = engine.leader(&at[h]);
            let outcomes = assessment.outcomes.ids().map(|o| {
                let place = engine.outcome(o);
                OutcomeVerdict {
                    probability: main.at[h][o.index()],
                    interval: spread.outcomes[h * main.at[h].len() + place],
                    prior: engine.point.prior_at(place, h + 1),
                }
            });
            HorizonVerdict {
                outcomes: outcomes.collect(),
                leader,
                margin,
                confidence: grounds[h].level(),
                given_chance: main.given.as_ref().map(|g| g[h]),
                effective: main.effective[h],
            }
        })
        .collect();
    let events = event_ids
        .iter()
        .enumerate()
        .map(|(e, &event)| EventVerdict {
            event,
            horizons: found[e]
                .iter()
                .enumerate()
                .map(|(h, &chance)| EventAt {
                    chance,
                    interval: spread.events[e * main.at.len() + h],
                })
                .collect(),
        })
        .collect();
    let scenarios = scenarios.into_iter().map(|(scenario, at)| ScenarioVerdict {
        scenario,
        horizons: at
            .into_iter()
            .map(|at| (answers.engine.leader(&values(&at)).0, at))
            .collect(),
    });
    let verdict = Verdict {
        method: Method {
            states: main.compiled.states(),
            draws,
            seed: options.seed,
            sampled,
            transformed: engine_error,
        },
        horizons,
        questions: Vec::new(),
        base,
        changes,
        events,
        scenarios: scenarios.collect(),
        expectations,
        judgements,
        views: Vec::new(),
        pools: Vec::new(),
        bets,
        contributions,
        event_contributions: Vec::new(),
        quantities: Vec::new(),
        assumed,
    };
    Ok(Known {
        verdict,
        answers,
        sets,
        given,
        compiled: main.compiled,
        pushed,
        grounds,
        drawn,
        spread,
        by_histories,
    })
}

/// What a question sets: its own sets go before its scenario's.
pub(super) fn sets(engine: &Engine<'_>, question: &Question) -> Result<Sets, Box<Diagnostic>> {
    let own: Sets = question
        .sets
        .iter()
        .map(|(d, to)| (engine.place(*d), *to))
        .collect();
    for (i, (a, to)) in own.iter().enumerate() {
        for (b, other) in &own[..i] {
            let contradict = match a == b {
                true => to != other,
                false => *to && *other && engine.model.exclude(*a, *b),
            };
            if contradict {
                return Err(clash(engine, *b, *a));
            }
        }
    }
    let base = question
        .under
        .map_or_else(Vec::new, |scenario| engine.scenario(scenario));
    Ok(engine.merge(&base, &own))
}

fn clash(engine: &Engine<'_>, a: usize, b: usize) -> Box<Diagnostic> {
    let id = |d: usize| engine.model.drivers[d].id;
    let name = |d: usize| engine.assessment.drivers.name(id(d));
    let span = engine.assessment.drivers[id(a)].name.span;
    let diagnostic = if a == b {
        let message = format!("`{}` is set both true and false", name(a));
        Diagnostic::new(&rules::WRONG_KIND, span, message).help("set it once")
    } else {
        let message = format!(
            "`{}` and `{}` are both set true, but they exclude each other",
            name(a),
            name(b)
        );
        Diagnostic::new(&rules::WRONG_KIND, span, message)
            .other(engine.assessment.drivers[id(b)].name.span, "the other one")
            .help("set one of them; that rules the others out")
    };
    Box::new(diagnostic)
}

/// The verdict that was asked for.
struct Main {
    compiled: Compiled,
    /// By horizon and outcome, in the file's order; NaN where the condition cannot hold.
    at: ByHorizon,
    /// By horizon the effective number of histories in which the condition holds; none where it is exact.
    effective: Vec<Option<f64>>,
    /// What was asked.
    ask: Ask,
    /// The condition's own chance, by horizon.
    given: Option<Vec<Estimate>>,
}

impl Main {
    fn new(
        engine: &mut Engine<'_>,
        sets: &Sets,
        given: Option<&Cond>,
    ) -> Result<Main, Box<Diagnostic>> {
        let Some(given) = given else {
            let (compiled, at) = plain(engine, sets)?;
            return Ok(Main {
                compiled,
                effective: vec![None; at.len()],
                at,
                ask: Ask {
                    sets: sets.clone(),
                    outcomes: true,
                    ..Ask::default()
                },
                given: None,
            });
        };
        let ask = Ask {
            sets: sets.clone(),
            conds: vec![given.clone()],
            outcomes: true,
            costly: true,
            ..Ask::default()
        };
        let (compiled, answer) = engine.run(&ask)?;
        let outcomes = engine.model.outcomes.len();
        let tallies = &answer.tallies;
        let all: Vec<Option<Found>> = tallies.iter().map(|t| found(engine, t)).collect();
        if let Some(effective) = all.iter().flatten().find_map(Found::too_rare) {
            return Err(engine.too_rare("what is given", effective));
        }
        let chance = |(tally, found): (&Tally, &Option<Found>)| {
            let noise = found.as_ref().and_then(|f| f.noise.as_ref());
            let error = noise.filter(|n| n.power == 0).map_or(0.0, |n| n.mass);
            Estimate::perhaps(tally.chance().min(1.0), error)
        };
        let unknown = || vec![Estimate::exact(f64::NAN); outcomes];
        Ok(Main {
            given: Some(tallies.iter().zip(&all).map(chance).collect()),
            effective: all.iter().map(|f| f.as_ref()?.effective()).collect(),
            at: all
                .iter()
                .map(|f| f.as_ref().map_or_else(unknown, Found::estimates))
                .collect(),
            ask,
            compiled,
        })
    }

    /// Whether the outcomes were not summed over states, but sampled or transformed.
    fn is_sampled(&self) -> bool {
        !self.compiled.structure.is_summed()
    }

    /// Whether an exact verdict in every draw of the intervals would take too long.
    fn is_dear(&self, engine: &Engine<'_>, options: &Options, draws: u32) -> bool {
        /// States times horizons of all draws together, as they are gone through one after another: half a second.
        const MOST: u64 = 1 << 26;
        /// A state of which it is carried along what has ended in it costs as much as so many others.
        const ENDING: u64 = 16;
        let carried = engine.model.has_finals() && !self.compiled.is_batched();
        let each = self
            .compiled
            .steps()
            .saturating_mul(engine.model.horizons() as u64)
            .saturating_mul(if carried { ENDING } else { 1 });
        let all = each.saturating_mul(u64::from(draws));
        all > MOST && options.choice == Choice::Either
    }

    /// How many draws there are where each is sampled, and what is to be said of that.
    fn sampled_draws(
        &self,
        engine: &Engine<'_>,
        options: &Options,
        assumed: &mut Vec<String>,
    ) -> u32 {
        if !options.intervals || !engine.model.is_random() {
            return 0;
        }
        assumed.push(if self.given.is_some() {
            "intervals of what is given are left out where each draw would be sampled".to_owned()
        } else {
            format!(
                "each draw of the intervals follows {} histories, the same ones in every draw; an \
                 event that rests on more than 12 things has none",
                sampled::inner(&Plan::new(&engine.model, &engine.point, &self.ask))
            )
        });
        options.draws.unwrap_or(sampled::DRAWS)
    }

    /// What is to be drawn, so many times, for the intervals of the outcomes and of the events.
    fn drawn(
        &self,
        engine: &Engine<'_>,
        sets: &Sets,
        events: &[DriverId],
        (draws, by_histories): (u32, bool),
    ) -> Drawn {
        let model = &engine.model;
        let sampled = by_histories;
        /// States of one event's propositions that are summed in every draw.
        const STATES: u64 = 1 << 12;
        // What cannot be summed, or not quickly, has no interval.
        let chance = |&e: &DriverId| match Chance::new(model, sets, engine.place(e)) {
            Err(_) => Chance::Fixed(f64::NAN),
            Ok(Chance::Compiled(compiled)) if sampled && compiled.states() > STATES => {
                Chance::Fixed(f64::NAN)
            }
            Ok(chance) => chance,
        };
        let given = self.given.is_some();
        let events = if given { &[] } else { events };
        Drawn {
            compiled: (!sampled && draws > 0).then(|| self.compiled.clone()),
            given,
            events: events.iter().map(chance).collect(),
        }
    }

    /// Intervals of the outcomes and of so many events, none where there are no draws.
    fn intervals(
        &self,
        engine: &Engine<'_>,
        drawn: &Drawn,
        events: usize,
        (draws, by_histories): (u32, bool),
        options: &Options,
    ) -> Result<Spread, Box<Diagnostic>> {
        let model = &engine.model;
        let horizons = model.horizons();
        if draws == 0 {
            let none = |n: usize| vec![None; n * horizons];
            return Ok(Spread {
                outcomes: none(model.outcomes.len()),
                events: none(events),
                ..Spread::default()
            });
        }
        let stream = Draws::lean(model, &engine.point, options.seed);
        let mut spread = drawn
            .intervals(model, &engine.point, draws, (&stream, &engine.meter))
            .map_err(|many| engine.too_many(&many))?;
        if by_histories && !drawn.given {
            let at = self.at.iter().map(|at| engine.in_model_order(&values(at)));
            let at: Vec<Vec<f64>> = at.collect();
            let how = (draws, options.seed, &engine.meter);
            spread.outcomes = sampled::intervals(model, &engine.point, &self.ask, &at, how)
                .map_err(|many| engine.too_many(&many))?;
        }
        spread.events.resize(events * horizons, None);
        Ok(spread)
    }
}

/// How many draws there are: by the file's size, whatever the question. `states` is that size, if
/// it is known.
fn draws(
    engine: &mut Engine<'_>,
    options: &Options,
    states: Option<u64>,
) -> Result<u32, Box<Diagnostic>> {
    if !options.intervals || !engine.model.is_random() {
        return Ok(0);
    }
    if let Some(draws) = options.draws {
        return Ok(draws);
    }
    let states = match states {
        Some(states) => states,
        None => {
            let ask = Ask {
                outcomes: true,
                ..Ask::default()
            };
            let mut compiled =
                Compiled::new(&engine.model, &ask).map_err(|many| engine.too_many(&many))?;
            compiled.ready(&engine.model, &engine.point);
            compiled.steps()
        }
    };
    Ok(intervals::draws(engine.model.horizons(), states))
}

/// Every scenario's verdict.
fn scenarios(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    main: &Main,
) -> Result<Vec<(ScenarioId, ByHorizon)>, Box<Diagnostic>> {
    let mut out = Vec::new();
    for scenario in engine.assessment.scenarios.ids() {
        let all = engine.merge(sets, &engine.scenario(scenario));
        let at = match all == *sets {
            true => main.at.clone(),
            false => Main::new(engine, &all, given)?.at,
        };
        out.push((scenario, at));
    }
    Ok(out)
}
