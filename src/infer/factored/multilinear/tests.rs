//! Shares by the transform are those over all sets of drivers.

use super::Multilinear;
use crate::infer::compiled::Compiled;
use crate::infer::contributions::game::Game;
use crate::infer::lumped::tests::models;
use crate::infer::meter::Meter;
use crate::infer::question::plan::Plan;
use crate::infer::question::shape::Ask;
use crate::model::condition::Cond;
use crate::model::{Model, Numbers, What};
use crate::project::Project;
use crate::resolve::resolve;

/// Drivers of which all sets are gone through in a test.
const FEW: usize = 9;

/// Drivers at each node that take a moment where nothing is optimised.
const QUICK: u64 = 200;

fn model(body: &str) -> Model {
    let text = format!(
        "assessment \"T\" {{ as of: 2025-01-01 }}\nhorizon soon \"Soon\": 12 months\nhorizon late \"Late\": 36 months\n{body}"
    );
    let found = resolve(&Project::from_text("a.assess", &text));
    Model::new(
        &found
            .assessment
            .unwrap_or_else(|| panic!("{:?}", found.diagnostics)),
    )
}

/// How many drivers had a share; none where the transform does not tell them.
fn agrees(name: &str, model: &Model, cond: Option<Cond>) -> Option<usize> {
    let ask = Ask {
        outcomes: true,
        costly: cond.is_some(),
        conds: cond.into_iter().collect(),
        ..Ask::default()
    };
    let point = Numbers::point(model);
    let plan = Plan::new(model, &point, &ask);
    let drivers = Multilinear::new(&plan)?;
    if plan.vars.len() > FEW || drivers.players.len() > FEW || drivers.each > QUICK {
        return None;
    }
    let shared = drivers.run()?;
    let compiled = Compiled::new(model, &ask).unwrap();
    let players = drivers.players.clone();
    let meter = Meter::default();
    let game = Game::new(model, &point, ask, &compiled, players, &meter);
    let wanted = game.over_all().unwrap()?;
    let size = model.horizons() * model.outcomes.len();
    for (p, &driver) in game.players.iter().enumerate() {
        let place = shared
            .players
            .iter()
            .position(|own| *own == driver)
            .unwrap();
        let found = &shared.values[place * size..][..size];
        for (found, wanted) in found.iter().zip(&wanted[p * size..][..size]) {
            let missed = (found - wanted).abs();
            assert!(missed < 4e-9, "{name}: {driver} {found} {wanted}");
        }
    }
    Some(shared.players.len())
}

#[test]
fn reference_files() {
    let mut told = 0;
    for (name, model) in models() {
        told += usize::from(agrees(&name, &model, None).is_some());
        let lasts = |d: &usize| matches!(model.drivers[*d].what, What::Event);
        if let Some(event) = (0..model.drivers.len()).find(lasts) {
            for cond in [Cond::Is(event), Cond::Is(event).negated()] {
                told += usize::from(agrees(&name, &model, Some(cond)).is_some());
            }
        }
    }
    assert!(told > 20, "{told}");
}

/// Chains, groups, overlap, counts, what pushes in all cases, and more drivers that are alike.
#[test]
fn what_hangs_together() {
    let outcomes = "outcome a \"A\" { resolves: \"x\" }
outcome b \"B\" { resolves: \"y\" }
outcome c \"C\" { resolves: \"z\" }
prior { a: 50%
b: 30%
c: 20% }
";
    let bodies = [
        "event e { chance: 20% by soon, 40% by late
weight for a: 3:1 }
event f { chance given e: 70% by late
chance otherwise: 10% by late
weight against a: 4:1
weight for c: 2:1 }
event g { chance given f: 10% by soon, 30% by late
chance otherwise: 60% by late
weight for b: 5:1 }
factor h { weight for c: 2:1 }",
        "event e { chance: 20% by soon, 40% by late
weight for a: 3:1 }
event f { chance: 10% by soon, 30% by late
weight for b: 6:1 }
exclusive: e, f
factor h { weight for c: 2:1 }
factor i { weight for c: 3:1
weight for b: 2:1 }
overlap 60%: h, i
factor j { weight for c: 2:1 }",
        "event e { chance: 20% by soon, 40% by late
weight for a: 3:1 }
event f { chance: 10% by soon, 30% by late
weight for b: 6:1 }
overlap 50%: e, f
factor h { weight for c: 2:1 }
change k { when: e and not f
count h: 40%
count f: 70%
weight for a: 2:1 }",
    ];
    for body in bodies {
        let model = model(&format!("{outcomes}{body}"));
        let told = agrees(body, &model, None);
        assert!(told.is_some_and(|players| players >= 4), "{told:?}: {body}");
    }
}
