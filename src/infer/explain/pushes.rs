//! What makes each push as large as it is.
//!
//! In: a verdict with what it was computed from. Out: for every driver how likely it is to push, its
//! push as stated and what rating, counts and overlap leave of it; and why what moves nothing moves
//! nothing.

use super::super::contributions::{Pushed, decibans};
use super::super::evaluate::Known;
use super::super::events;
use crate::diag::Diagnostic;
use crate::infer::verdict::Verdict;
use crate::model::Numbers;
use crate::resolve::assessment::{Assessment, Decided, DriverId, OutcomeId, Prop, What};
use crate::strengths::DECIBAN;

/// Contributions nearer to 0 than this, in percentage points, are rounding.
const NOTHING: f64 = 1e-9;

/// A driver, and what makes its pushes as large as they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Reason {
    /// The driver.
    pub driver: DriverId,
    /// By horizon, how likely it is to push: that it holds, or that an assumption is wrong. NaN
    /// where what is given cannot hold.
    pub(crate) chance: Vec<f64>,
    /// By horizon and outcome; empty where the driver states no weight.
    pub parts: Vec<Vec<Part>>,
    /// Its pushes on events, in their order.
    pub(crate) on_events: Vec<OnEvent>,
    /// Why it moves no outcome and no event in any horizon, if it moves none.
    pub idle: Option<Idle>,
    /// The drivers whose `when`, `given` or `once` names it.
    pub(crate) feeds: Vec<DriverId>,
    /// The outcomes that it decides, or whose prior has a row that hangs on it.
    pub(crate) decides: Vec<OutcomeId>,
}

/// A driver's push on one event.
#[derive(Debug, Clone, PartialEq)]
pub struct OnEvent {
    pub(crate) event: DriverId,
    /// By horizon.
    pub(crate) parts: Vec<Part>,
}

/// One push, taken apart: `stated · discount · count · overlap` is `decibans`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Part {
    /// As the file states it, in decibans; above 0 for, below 0 against.
    pub stated: f64,
    /// What `count` clauses leave of it, on average over the cases in which it pushes.
    pub count: f64,
    /// What overlap leaves of it, on average over the same.
    pub overlap: f64,
    /// The push in the end, in decibans.
    pub decibans: f64,
}

/// Why a driver moves nothing. What is wholly overlapped, or counted for nothing, is no such case: it
/// has its share of what it and the other do together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idle {
    /// It states no weight and counts nothing.
    Silent,
    /// It is an event without a chance.
    Hypothetical,
    /// It is an assumption, and holds.
    Assumed,
    /// It never holds in the verdict.
    Never,
    /// Its ratios are 1:1.
    Even,
    /// The prior of what it pushes counts it in.
    CountedIn,
    /// Its pushes cancel, or what they push is settled.
    Cancelled,
}

pub(super) fn reasons(known: &mut Known<'_>) -> Result<Vec<Reason>, Box<Diagnostic>> {
    let engine = &mut known.answers.engine;
    let horizons = engine.model.horizons();
    let outcomes = engine.model.outcomes.len();
    let pushed = match known.pushed.take() {
        Some(pushed) => pushed,
        None => {
            let all = decibans(engine, &known.compiled, known.given.as_ref())?;
            // The same without overlap: what then is left of the push, counts leave.
            let shares = std::mem::take(&mut engine.point.shares);
            engine.point.shares = vec![0.0; shares.len()];
            let counted = decibans(engine, &known.compiled, known.given.as_ref());
            engine.point.shares = shares;
            let counted = counted?;
            Pushed { all, counted }
        }
    };

    let mut reasons = Vec::new();
    for (driver, stated) in engine.assessment.drivers.iter() {
        let place = engine.place(driver);
        let mut chance = events::chances(engine, &known.sets, known.given.as_ref(), place)?;
        if matches!(stated.what, What::Assumption(_)) {
            chance.iter_mut().for_each(|p| *p = 1.0 - *p);
        }
        let pushes = &engine.model.drivers[place].pushes;
        let part = |h: usize, o: usize| {
            let at = (place * horizons + h) * outcomes + o;
            Target::new(pushes, &engine.point, (h, o), (&pushed, at))
        };
        let places: Vec<usize> = engine
            .assessment
            .outcomes
            .ids()
            .map(|o| engine.outcome(o))
            .collect();
        let weighed = Weighed {
            chance,
            outcomes: match pushes.is_empty() {
                true => Vec::new(),
                false => (0..horizons)
                    .map(|h| places.iter().map(|&o| part(h, o)).collect())
                    .collect(),
            },
            events: Vec::new(),
        };
        reasons.push(reason(engine.assessment, &known.verdict, driver, weighed));
    }
    Ok(reasons)
}

/// One push in decibans: as stated and rated, what counts leave of it, and what overlap leaves of that.
#[derive(Debug, Clone, Copy)]
pub(in crate::infer) struct Target {
    pub(in crate::infer) full: f64,
    pub(in crate::infer) counted: f64,
    pub(in crate::infer) all: f64,
}

impl Target {
    /// A driver's push on an outcome at a horizon; `at` is its place among all that is pushed.
    pub(in crate::infer) fn new(
        pushes: &[(usize, usize)],
        point: &Numbers,
        (h, o): (usize, usize),
        (pushed, at): (&Pushed, usize),
    ) -> Self {
        let own = pushes.iter().filter(|p| p.0 == o);
        let full: f64 = own.map(|p| point.push_at(p.1, h + 1)).sum();
        Target {
            full: full / DECIBAN,
            counted: pushed.counted[at],
            all: pushed.all[at],
        }
    }

    fn part(self, discount: f64) -> Part {
        let share = |part: f64, whole: f64| if whole == 0.0 { 1.0 } else { part / whole };
        Part {
            stated: share(self.full, discount) * f64::from(u8::from(self.full != 0.0)),
            count: share(self.counted, self.full),
            overlap: share(self.all, self.counted),
            decibans: self.all,
        }
    }
}

/// How likely a driver is to push, and its pushes.
#[derive(Debug, Default)]
pub(in crate::infer) struct Weighed {
    /// By horizon.
    pub(in crate::infer) chance: Vec<f64>,
    /// By horizon and outcome; empty where it pushes none.
    pub(in crate::infer) outcomes: Vec<Vec<Target>>,
    /// By event, and horizon.
    pub(in crate::infer) events: Vec<(DriverId, Vec<Target>)>,
}

/// What makes a driver's pushes as large as they are.
pub(in crate::infer) fn reason(
    assessment: &Assessment,
    verdict: &Verdict,
    driver: DriverId,
    weighed: Weighed,
) -> Reason {
    let stated = &assessment.drivers[driver];
    let each = weighed.outcomes.iter();
    let each = each.map(|at| at.iter().map(|t| t.part(stated.discount)).collect());
    let parts: Vec<Vec<Part>> = each.collect();
    let on_events = weighed.events.into_iter().map(|(event, all)| OnEvent {
        event,
        parts: all.iter().map(|t| t.part(stated.discount)).collect(),
    });
    let on_events: Vec<OnEvent> = on_events.collect();
    let chance = weighed.chance;
    let all = &verdict.contributions;
    let first = all.partition_point(|c| c.driver < driver);
    let mut own = all[first..].iter().take_while(|c| c.driver == driver);
    let mut events = verdict.event_contributions.iter();
    let moves = own.any(|c| c.points.abs() > NOTHING)
        || events.any(|c| c.driver == driver && c.points.abs() > NOTHING);
    let counts = matches!(&stated.what, What::Change { counts, .. } if !counts.is_empty());
    let idle = (!moves).then(|| match () {
        () if stated.is_hypothetical() && chance.iter().all(|p| *p <= 0.0) => Idle::Hypothetical,
        () if parts.is_empty() && on_events.is_empty() && !counts => Idle::Silent,
        () => {
            let on_events = on_events.iter().flat_map(|e| e.parts.iter().enumerate());
            let outcomes = parts.iter().enumerate();
            let outcomes = outcomes.flat_map(|(h, at)| at.iter().map(move |part| (h, part)));
            let mut all = outcomes.chain(on_events);
            let acts = all.any(|(h, part)| chance[h] > 0.0 && part.stated != 0.0);
            let mut questions = assessment.questions.values();
            let counted = questions.any(|q| {
                let counted = q.counts_in.iter();
                counted.flat_map(|c| &c.members).any(|d| *d == driver)
            });
            match why(&stated.what, &chance, acts) {
                Idle::Cancelled if counted => Idle::CountedIn,
                why => why,
            }
        }
    });
    Reason {
        driver,
        chance,
        parts,
        on_events,
        idle,
        feeds: feeds(assessment, driver),
        decides: decides(assessment, driver),
    }
}

/// The outcomes that a driver decides, or whose prior hangs on it.
fn decides(assessment: &Assessment, driver: DriverId) -> Vec<OutcomeId> {
    let decided = assessment
        .outcomes
        .iter()
        .filter(|(_, o)| match &o.decided {
            Some(Decided::When(when)) => names(when, driver),
            Some(Decided::Otherwise) => {
                let mut own = assessment.questions[o.question].ids();
                own.any(|other| match &assessment.outcomes[other].decided {
                    Some(Decided::When(when)) => names(when, driver),
                    Some(Decided::Otherwise) | None => false,
                })
            }
            None => false,
        });
    let mut out: Vec<OutcomeId> = decided.map(|(id, _)| id).collect();
    for question in assessment.questions.values() {
        let mut given = question.priors.iter().filter_map(|row| row.given.as_ref());
        if given.any(|given| names(given, driver)) {
            let judged = |o: &OutcomeId| assessment.outcomes[*o].decided.is_none();
            out.extend(question.ids().filter(judged));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The drivers whose `when` or `given` names one.
fn feeds(assessment: &Assessment, driver: DriverId) -> Vec<DriverId> {
    let all = assessment.drivers.iter();
    let fed = all.filter(|(_, other)| match &other.what {
        What::Event(_) if other.once.as_ref().is_some_and(|o| o.trigger == driver) => true,
        What::Event(rows) => rows
            .iter()
            .filter_map(|r| r.given.as_ref())
            .any(|p| names(p, driver)),
        What::Factor(rows) => rows
            .iter()
            .filter_map(|r| r.given.as_ref())
            .any(|p| names(p, driver)),
        What::Change { when, .. } => names(when, driver),
        What::Assumption(_) => false,
    });
    fed.map(|(id, _)| id).collect()
}

fn names(prop: &Prop, driver: DriverId) -> bool {
    match prop {
        Prop::Is(other) => *other == driver,
        Prop::Outcome(_) | Prop::Reaches(..) => false,
        Prop::Not(inner) => names(inner, driver),
        Prop::All(list) | Prop::Any(list) | Prop::AtLeast(_, list) => {
            list.iter().any(|inner| names(inner, driver))
        }
    }
}

/// Why a driver that states something moves nothing; `acts` says whether it pushes at all where it can hold.
fn why(what: &What, chance: &[f64], acts: bool) -> Idle {
    if chance.iter().all(|p| *p <= 0.0) {
        return match what {
            What::Assumption(_) => Idle::Assumed,
            _ => Idle::Never,
        };
    }
    if !acts {
        return Idle::Even;
    }
    Idle::Cancelled
}
