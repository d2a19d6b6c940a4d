//! The rule `backfiring-weight`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::amounts::{apart, decibans};
use crate::lint::pushes::own;
use crate::render::round::points;
use crate::resolve::assessment::{Driver, DriverId, DriverKind, HorizonId, Weight};
use crate::resolve::table::Id;

rule! {
    /// A weight `for` an outcome lowers it, or one `against` raises it, by half a point or more.
    ///
    /// A weight moves an outcome's odds against the outcomes that its driver does not name. Where
    /// the same driver pushes another outcome harder, that one takes the room, and the first comes
    /// out lower than without the driver: the file says "for" and means "against".
    ///
    /// State only what the evidence tells apart. If a report fits `weakening` well and `exit` a
    /// little, say how much better it fits the one than the other, or give the chance of seeing it
    /// under every outcome with `likelihood:`.
    BACKFIRING_WEIGHT = "backfiring-weight", Probability, Warning, fix: None,
    bad: [
        "factor cuts \"Budgets are cut\" {\n  weight for weakening: very strong\n  weight for exit: slight\n  evidence \"The budget\" { source: \"The treasury\" }\n}",
    ],
    good: [
        "factor cuts \"Budgets are cut\" {\n  weight for weakening: moderate\n  weight for exit: moderate\n  evidence \"The budget\" { source: \"The treasury\" }\n}",
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (id, driver) in context.assessment.drivers.iter() {
        if driver.kind() != DriverKind::Assumption && driver.weights.len() > 1 {
            found.extend(driver.weights.iter().filter_map(|w| one(context, id, driver, w)));
        }
    }
    found
}

fn one(context: &Context, id: DriverId, driver: &Driver, weight: &Weight) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let (with, without) = (context.verdict()?, context.without(id)?);
    let o = weight.outcome.index();
    let (horizon, from, to): (HorizonId, f64, f64) = assessment
        .horizons
        .ids()
        .filter(|h| weight.clause.values[h.index()].as_ref().is_some_and(|n| n.point > 0.0))
        .map(|h| {
            let at = h.index();
            let without = without.horizons[at].outcomes[o].probability;
            (h, without, with.horizons[at].outcomes[o].probability)
        })
        .max_by(|a, b| wrong_way(weight, a.1, a.2).total_cmp(&wrong_way(weight, b.1, b.2)))?;
    let miss = wrong_way(weight, from, to);
    if miss < context.settings.backfiring_by - 1e-12 {
        return None;
    }
    let pushes = own(assessment, driver, horizon);
    let harder = assessment
        .outcomes
        .ids()
        .filter(|other| *other != weight.outcome)
        .max_by(|a, b| {
            let size = |o: usize| if weight.against { -pushes[o] } else { pushes[o] };
            size(a.index()).total_cmp(&size(b.index()))
        })?;
    let (word, moved) = if weight.against { ("against", "raises") } else { ("for", "lowers") };
    let outcome = &assessment.outcomes[weight.outcome].name.node;
    let (from, to) = apart(from, to);
    let mut diagnostic = Diagnostic::new(
        &BACKFIRING_WEIGHT,
        weight.clause.span,
        format!(
            "`{}` weighs {word} `{outcome}` and {moved} it by {} in `{}`",
            driver.name.node,
            points(miss),
            assessment.horizons[horizon].name.node
        ),
    )
    .label(format!("{to} with it, {from} without"))
    .help("state only how much better the evidence fits one outcome than another");
    if let Some(other) = driver.weights.iter().find(|w| w.outcome == harder)
        && other.clause.span != weight.clause.span
    {
        let name = &assessment.outcomes[harder].name.node;
        diagnostic = diagnostic.other(
            other.clause.span,
            format!(
                "it pushes `{name}` by {}, and `{outcome}` by {}",
                decibans(pushes[harder.index()]),
                decibans(pushes[o])
            ),
        );
    }
    Some(diagnostic)
}

/// How far an outcome has moved against its weight, in shares of 1.
fn wrong_way(weight: &Weight, without: f64, with: f64) -> f64 {
    if weight.against { with - without } else { without - with }
}
