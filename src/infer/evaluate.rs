//! The whole verdict of an assessment.
//!
//! In: an assessment, a question about it and how to compute. Out: a [`Verdict`] in the file's
//! order.

use super::answers::{Answers, plain};
use super::conditional::{self, found};
use super::confidence::Grounds;
use super::engine::{Engine, Sets};
use super::events::{self, Chance};
use super::intervals::{self, Drawn, Spread};
use super::pass::Pass;
use super::shape::Ask;
use super::verdict::{
    EventVerdict, HorizonVerdict, Method, Options, OutcomeVerdict, Question, ScenarioVerdict,
    Verdict,
};
use super::{confidence, contributions};
use crate::diag::Diagnostic;
use crate::model::condition::Cond;
use crate::resolve::assessment::{Assessment, DriverId, DriverKind};
use crate::resolve::table::Id;
use crate::rules;

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
    Ok(known(assessment, question, options)?.verdict)
}

/// A verdict with what it was computed from, for further questions about it.
pub(super) struct Known<'a> {
    pub(super) verdict: Verdict,
    pub(super) engine: Engine<'a>,
    pub(super) sets: Sets,
    pub(super) given: Option<Cond>,
    pub(super) pass: Pass,
    /// What each horizon's confidence is computed from.
    pub(super) grounds: Vec<Grounds>,
    pub(super) drawn: Spread,
}

/// The verdict, with what it was computed from.
pub(super) fn known<'a>(
    assessment: &'a Assessment,
    question: &Question,
    options: &Options,
) -> Result<Known<'a>, Box<Diagnostic>> {
    let mut answers = Answers::new(assessment);
    let engine = &mut answers.engine;
    let sets = sets(engine, question)?;
    let given = question.given.as_ref().map(|g| engine.cond(g));
    let main = Main::new(engine, &sets, given.as_ref())?;
    let leaders: Vec<_> = main.at.iter().map(|at| engine.leader(at).0).collect();
    let changes = conditional::changes(engine, &sets, given.as_ref(), &leaders)?;
    let as_it_stands = sets.is_empty() && given.is_none();
    if as_it_stands {
        answers.prime(main.at.clone());
        answers.prime_changes(&changes);
    }
    let expectations = assessment
        .expects
        .iter()
        .map(|e| answers.test(e))
        .collect::<Result<_, _>>()?;
    let bets = assessment
        .bets
        .iter()
        .map(|b| answers.answer(&b.on))
        .collect::<Result<_, _>>()?;
    let engine = &mut answers.engine;

    let mut event_ids: Vec<DriverId> = assessment
        .drivers
        .iter()
        .filter(|(_, d)| d.kind() == DriverKind::Event)
        .map(|(id, _)| id)
        .collect();
    event_ids.sort_unstable();
    let mut event_chances = Vec::new();
    for &id in &event_ids {
        let place = engine.place(id);
        event_chances.push(events::chances(engine, &sets, given.as_ref(), place)?);
    }

    let states = as_it_stands.then(|| main.pass.states());
    let draws = draws(engine, options, states)?;
    let drawn = main.intervals(engine, &sets, &event_ids, draws, options)?;
    let scenarios = scenarios(engine, &sets, given.as_ref(), &main)?;
    let mut assumed = Vec::new();
    let contributions = if options.contributions {
        contributions::contributions(engine, &main.pass, given.as_ref(), options, &mut assumed)?
    } else {
        Vec::new()
    };
    let widths: Vec<Option<f64>> = (0..main.at.len())
        .map(|h| {
            let column = h * main.at[h].len() + engine.outcome(leaders[h]);
            drawn.outcomes[column].map(|(low, high)| high - low)
        })
        .collect();
    let grounds = confidence::grounds(engine, &sets, &event_ids, &event_chances, &widths)?;
    let sourced = confidence::prior_is_sourced(assessment);

    let horizons = (0..main.at.len())
        .map(|h| {
            let (leader, margin) = engine.leader(&main.at[h]);
            let outcomes = assessment.outcomes.ids().map(|o| {
                let place = engine.outcome(o);
                OutcomeVerdict {
                    probability: main.at[h][o.index()],
                    interval: drawn.outcomes[h * main.at[h].len() + place],
                    prior: engine.point.prior_at(place, h + 1),
                }
            });
            HorizonVerdict {
                outcomes: outcomes.collect(),
                leader,
                margin,
                confidence: grounds[h].level(sourced),
                given_chance: main.given.as_ref().map(|g| g[h]),
            }
        })
        .collect();
    let events = event_ids
        .iter()
        .enumerate()
        .map(|(e, &event)| EventVerdict {
            event,
            horizons: event_chances[e]
                .iter()
                .enumerate()
                .map(|(h, &p)| (p, drawn.events[e * main.at.len() + h]))
                .collect(),
        })
        .collect();
    let verdict = Verdict {
        method: Method {
            states: main.pass.states(),
            draws,
            seed: options.seed,
        },
        horizons,
        changes,
        events,
        scenarios,
        expectations,
        bets,
        contributions,
        assumed,
    };
    Ok(Known {
        verdict,
        engine: answers.engine,
        sets,
        given,
        pass: main.pass,
        grounds,
        drawn,
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
            let together = engine
                .model
                .exclusives
                .iter()
                .position(|g| g.contains(a) && g.contains(b));
            if a == b && to != other || (a != b && *to && *other && together.is_some()) {
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
    pass: Pass,
    /// By horizon and outcome, in the file's order; NaN where the condition cannot hold.
    at: Vec<Vec<f64>>,
    /// The condition's own chance.
    given: Option<Vec<f64>>,
}

impl Main {
    fn new(
        engine: &mut Engine<'_>,
        sets: &Sets,
        given: Option<&Cond>,
    ) -> Result<Main, Box<Diagnostic>> {
        let Some(given) = given else {
            let (pass, at) = plain(engine, sets)?;
            return Ok(Main {
                pass,
                at,
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
        let pass = engine.run(&ask)?;
        let outcomes = engine.model.outcomes.len();
        let tallies = &engine.work.tallies;
        Ok(Main {
            at: tallies
                .iter()
                .map(|t| match found(engine, t) {
                    Some(found) => found.outcomes,
                    None => vec![f64::NAN; outcomes],
                })
                .collect(),
            given: Some(tallies.iter().map(|t| t.chance().min(1.0)).collect()),
            pass,
        })
    }

    /// Intervals of the outcomes and of the events, none where there are no draws.
    fn intervals(
        &self,
        engine: &Engine<'_>,
        sets: &Sets,
        events: &[DriverId],
        draws: u32,
        options: &Options,
    ) -> Result<Spread, Box<Diagnostic>> {
        let model = &engine.model;
        let horizons = model.horizons();
        if draws == 0 {
            let none = |n: usize| vec![None; n * horizons];
            return Ok(Spread {
                outcomes: none(model.outcomes.len()),
                events: none(events.len()),
                ..Spread::default()
            });
        }
        let chances = events
            .iter()
            .map(|&e| Chance::new(model, sets, engine.place(e)))
            .collect::<Result<Vec<_>, _>>()
            .map_err(|many| engine.too_many(&many))?;
        let given = self.given.is_some();
        let drawn = Drawn {
            pass: self.pass.clone(),
            given,
            events: if given { Vec::new() } else { chances },
        };
        let mut spread = drawn
            .intervals(model, &engine.point, draws, options.seed)
            .map_err(|many| engine.too_many(&many))?;
        spread.events.resize(events.len() * horizons, None);
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
            let pass = Pass::new(&engine.model, &ask).map_err(|many| engine.too_many(&many))?;
            pass.states()
        }
    };
    Ok(intervals::draws(&engine.model, states))
}

fn scenarios(
    engine: &mut Engine<'_>,
    sets: &Sets,
    given: Option<&Cond>,
    main: &Main,
) -> Result<Vec<ScenarioVerdict>, Box<Diagnostic>> {
    let mut out = Vec::new();
    for scenario in engine.assessment.scenarios.ids() {
        let all = engine.merge(sets, &engine.scenario(scenario));
        let at = if all == *sets {
            main.at.clone()
        } else {
            Main::new(engine, &all, given)?.at
        };
        out.push(ScenarioVerdict {
            scenario,
            horizons: at
                .into_iter()
                .map(|at| (engine.leader(&at).0, at))
                .collect(),
        });
    }
    Ok(out)
}
