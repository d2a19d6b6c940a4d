//! What each driver does to each outcome: its Shapley value.
//!
//! In: the compiled question of the verdict. Out: for every driver, outcome and horizon a share of verdict minus
//! prior, so that all of them sum to it whatever the order (Shapley 1953); and the driver's push.

pub(super) mod game;
pub(super) mod orders;
mod subsets;

use super::conditional::among;
use super::engine::Engine;
use super::factored::Shared;
use super::question::shape::{Ask, Truth};
use super::question::weights::{self, Weights};
use super::verdict::{Contribution, Options};
use crate::diag::Diagnostic;
use crate::infer::compiled::Compiled;
use crate::model::Model;
use crate::model::condition::Cond;
use crate::resolve::assessment::HorizonId;
use crate::resolve::table::Id;
use crate::strengths::DECIBAN;
use game::{Game, Shares};

/// Every contribution, by driver, horizon and outcome in the file's order.
pub(crate) fn contributions(
    engine: &mut Engine<'_>,
    compiled: &Compiled,
    given: Option<&Cond>,
    options: &Options,
    assumed: &mut Vec<String>,
) -> Result<Vec<Contribution>, Box<Diagnostic>> {
    let players = players(&engine.model, compiled);
    let decibans = decibans(engine, compiled, given)?;
    let ask = Ask {
        sets: compiled.structure.sets.clone(),
        conds: given.cloned().into_iter().collect(),
        outcomes: true,
        costly: given.is_some(),
        ..Ask::default()
    };
    let (model, point) = (&engine.model, &engine.point);
    let game = Game::new(model, point, ask, compiled, players, &options.meter);
    let found = game.over_all().map_err(|many| engine.too_many(&many))?;
    if let Some(values) = found {
        return Ok(listed(engine, &game.players, &values, None, &decibans));
    }
    if let Some(shared) = engine.shared(&game.ask) {
        let Shared {
            players, values, ..
        } = shared;
        return Ok(listed(engine, &players, &values, None, &decibans));
    }
    let Shares {
        values,
        errors,
        orders,
    } = game
        .over_some(options.seed)
        .map_err(|many| engine.too_many(&many))?;
    let players = game.players;
    assumed.push(over_orders(orders, players.len()));
    Ok(listed(engine, &players, &values, Some(&errors), &decibans))
}

/// Every contribution to a verdict that is not summed over states, where a transform tells them.
pub(crate) fn transformed(
    engine: &mut Engine<'_>,
    compiled: &Compiled,
    ask: &Ask,
) -> Result<Option<Vec<Contribution>>, Box<Diagnostic>> {
    let Some(shared) = engine.shared(ask) else {
        return Ok(None);
    };
    let decibans = decibans(engine, compiled, ask.conds.first())?;
    let Shared {
        players, values, ..
    } = shared;
    Ok(Some(listed(engine, &players, &values, None, &decibans)))
}

/// Whether the fewest orders of the drivers that are ever tried would take long: seconds.
pub(in crate::infer) fn is_dear(engine: &Engine<'_>, compiled: &Compiled) -> bool {
    /// States times horizons of all sets together: two seconds.
    const MOST: u64 = 1 << 28;
    let each = compiled
        .steps()
        .saturating_mul(engine.model.horizons() as u64);
    // No driver is asked about where one evaluation is quick.
    each >= MOST >> 12 && {
        let players = players(&engine.model, compiled).len() as u64;
        each.saturating_mul(4 * game::ORDERS.0 * players) > MOST
    }
}

/// That not all orders were tried.
pub(in crate::infer) fn over_orders(orders: u64, drivers: usize) -> String {
    format!(
        "contributions are the mean over {orders} orders of the {drivers} drivers, not over all"
    )
}

/// Pushes in decibans by driver, horizon and outcome: in the end, and before overlap.
pub(crate) struct Pushed {
    pub(crate) all: Vec<f64>,
    pub(crate) counted: Vec<f64>,
}

/// Every contribution to a sampled verdict, or to one that is exact, by horizon and outcome in the file's order, each with its
/// standard error; and the pushes.
pub(crate) fn sampled(
    engine: &Engine<'_>,
    ask: &Ask,
    verdict: Option<&[Vec<f64>]>,
    assumed: &mut Vec<String>,
) -> Result<(Vec<Contribution>, Pushed), Box<Diagnostic>> {
    let verdict = verdict.map(|all| all.iter().map(|at| engine.in_model_order(at)).collect());
    let verdict: Option<Vec<Vec<f64>>> = verdict;
    let sampled = engine.sampled_contributions(ask, verdict.as_deref())?;
    let histories = sampled.samples;
    if verdict.is_some() || engine.samples == 0 {
        let within = match verdict.is_some() && sampled.is_exact {
            true => "",
            false => " within their errors",
        };
        assumed.push(format!(
            "contributions are sampled over {histories} histories, and sum to the verdict less the prior{within}"
        ));
    } else if histories < engine.samples {
        assumed.push(format!(
            "contributions rest on {histories} of the {} histories, and sum to the verdict less the \
             prior within their errors",
            engine.samples
        ));
    }
    let stated = stated(engine);
    let pushed = |pushes: Vec<f64>| -> Vec<f64> {
        let pairs = pushes.iter().zip(&stated);
        // What never holds shows its push as stated.
        pairs
            .map(|(p, s)| if p.is_nan() { *s } else { p / DECIBAN })
            .collect()
    };
    let pushes = Pushed {
        all: pushed(sampled.pushes),
        counted: pushed(sampled.counted),
    };
    let errors = Some(sampled.errors.as_slice());
    let list = listed(
        engine,
        &sampled.players,
        &sampled.values,
        errors,
        &pushes.all,
    );
    Ok((list, pushes))
}

/// Shares and their errors, by player, as a list.
fn listed(
    engine: &Engine<'_>,
    players: &[usize],
    values: &[f64],
    errors: Option<&[f64]>,
    decibans: &[f64],
) -> Vec<Contribution> {
    let mut out = Vec::new();
    let model = &engine.model;
    let outcomes = model.outcomes.len();
    let size = model.horizons() * outcomes;
    for (driver, stated) in engine.assessment.drivers.iter() {
        let place = model.places[driver.index()];
        let player = players.iter().position(|p| *p == place);
        if !stated.pushes() && player.is_none() {
            continue;
        }
        for h in 0..model.horizons() {
            for outcome in engine.assessment.outcomes.ids() {
                let o = engine.outcome(outcome);
                out.push(Contribution {
                    driver,
                    horizon: HorizonId::new(h),
                    outcome,
                    decibans: decibans[(place * model.horizons() + h) * outcomes + o],
                    points: player.map_or(0.0, |p| 100.0 * values[p * size + h * outcomes + o]),
                    error: errors.map(|errors| {
                        player.map_or(0.0, |p| 100.0 * errors[p * size + h * outcomes + o])
                    }),
                });
            }
        }
    }
    out
}

/// The drivers that can push in the verdict, or scale what pushes.
fn players(model: &Model, compiled: &Compiled) -> Vec<usize> {
    let active = weights::active(model, &compiled.structure.shape);
    let counted = active.iter().flat_map(|&d| &model.drivers[d].counted);
    let can = |d: &usize| {
        compiled.structure.shape.truth[*d] != Truth::Unused
            && compiled.structure.shape.function(&Cond::Is(*d)).values != [0]
    };
    let mut players: Vec<usize> = counted.map(|c| c.0).filter(can).collect();
    players.extend(active);
    players.sort_unstable();
    players.dedup();
    players
}

/// By driver, horizon and outcome: the push before counts and overlap, in decibans.
fn stated(engine: &Engine<'_>) -> Vec<f64> {
    let horizons = engine.model.horizons();
    let outcomes = engine.model.outcomes.len();
    let mut out = vec![0.0; engine.model.drivers.len() * horizons * outcomes];
    for (d, driver) in engine.model.drivers.iter().enumerate() {
        for &(o, push) in &driver.pushes {
            for h in 0..horizons {
                out[(d * horizons + h) * outcomes + o] +=
                    engine.point.push_at(push, h + 1) / DECIBAN;
            }
        }
    }
    out
}

/// By driver, horizon and outcome: the push after discount, counts and overlap, the mean over the
/// states in which the driver holds, among those in which what is given does; before counts and
/// overlap where it never does.
pub(in crate::infer) fn decibans(
    engine: &mut Engine<'_>,
    compiled: &Compiled,
    given: Option<&Cond>,
) -> Result<Vec<f64>, Box<Diagnostic>> {
    /// Clusters over more variables than this show pushes before counts and overlap.
    const MOST: usize = 8;
    let horizons = engine.model.horizons();
    let outcomes = engine.model.outcomes.len();
    let mut out = stated(engine);
    let vars = compiled.structure.shape.vars.len();
    let positions: Vec<usize> = (0..=vars).collect();
    let weights = Weights::new(&engine.model, &compiled.structure.shape, &positions, vars);
    for cluster in weights.clusters() {
        let is_alone = cluster.drivers.len() == 1 && cluster.drivers[0].counts.is_empty();
        // What neither counts nor overlap change pushes as stated.
        if is_alone || cluster.support.len() > MOST {
            continue;
        }
        let assignments = 1usize << cluster.support.len();
        let literal = |assignment: usize, j: usize, var: usize| {
            let driver = compiled.structure.shape.vars[var];
            let is = Cond::Is(driver);
            let wrong = matches!(compiled.structure.shape.truth[driver], Truth::NotVar(_));
            if (assignment >> j & 1 == 1) != wrong {
                is
            } else {
                is.negated()
            }
        };
        let ask = Ask {
            sets: compiled.structure.sets.clone(),
            conds: (0..assignments)
                .map(|a| {
                    let vars = cluster.support.iter().enumerate();
                    let all = vars.map(|(j, &var)| literal(a, j, var)).collect();
                    among(given, Cond::All(all))
                })
                .collect(),
            costly: given.is_some(),
            ..Ask::default()
        };
        let (_, answer) = engine.run(&ask)?;
        for (d, o, pushes) in cluster.pushes(&engine.model, &engine.point) {
            for h in 0..horizons {
                let tallies = &answer.tallies[h * assignments..][..assignments];
                let power = tallies.iter().filter_map(|t| t.power()).min();
                let Some(power) = power else { continue };
                let (mut sum, mut mass) = (0.0, 0.0);
                for (tally, push) in tallies.iter().zip(&pushes[h * assignments..]) {
                    if let Some(push) = push {
                        sum += tally.mass(power).max(0.0) * push;
                        mass += tally.mass(power).max(0.0);
                    }
                }
                if mass > 0.0 {
                    out[(d * horizons + h) * outcomes + o] = sum / mass / DECIBAN;
                }
            }
        }
    }
    Ok(out)
}
