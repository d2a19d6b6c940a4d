//! The rule `partial-weight`.

use crate::diag::Diagnostic;
use crate::lint::bounds::Bounded;
use crate::lint::{Context, figures};
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId, What};
use crate::resolve::table::Id;

rule! {
    /// A weight that is not stated for the last horizon is 0 there, and yet the driver moves that horizon.
    ///
    /// A weight for some horizons says nothing of the others, and nothing is a push of 0. What a push makes come by an earlier horizon
    /// stays, so that a later verdict is moved all the same: the reader sees a figure that no clause explains.
    ///
    /// Instead: state it for the last horizon too, `slight in long`; or, where it really wears off, say that: `1:1 in long`. The
    /// threshold is `moves`.
    PARTIAL_WEIGHT = "partial-weight", Probability, Note, fix: None,
    bad: [
        r#"factor storm "Anger after the vote" {
  weight for exit: 9:1 in short
  evidence "Rallies in nine towns" { source: "The police" }
}
"#,
    ],
    good: [
        r#"factor storm "Anger after the vote" {
  weight for exit: 9:1 in short, 1:1 in medium, 1:1 in long
  evidence "Rallies in nine towns" { source: "The police" }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let drivers = assessment.drivers.iter().filter(|(_, d)| d.span.file == assessment.file);
    drivers.filter_map(|(id, _)| one(context, id)).collect()
}

fn one(context: &Context, id: DriverId) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let driver = &assessment.drivers[id];
    let last = assessment.horizons.len() - 1;
    let mut partial = driver.weights.iter().filter(|weight| {
        let values = &weight.clause.values;
        values[last].is_none() && values.iter().flatten().any(|n| n.point > 0.0)
    });
    let weight = partial.next()?;
    // Another of its weights that is stated there explains the figure.
    let others = driver.weights.iter().any(|w| w.clause.values[last].as_ref().is_some_and(|n| n.point > 0.0));
    let counts = matches!(&driver.what, What::Change { counts, .. } if !counts.is_empty());
    let on_events = !driver.event_weights.is_empty();
    if others || counts || on_events || !driver.likelihoods.is_empty() || matches!(driver.what, What::Assumption(_)) {
        return None;
    }
    let end = HorizonId::new(last);
    let moves = context.settings.partial_weight_moves;
    let may_move = |bounds: Bounded<'_>| {
        assessment.outcomes.ids().any(|o| {
            let most = [bounds.most_gained(end, o), bounds.most_lost(end, o)];
            most.into_iter().flatten().any(|most| most >= moves)
        })
    };
    if !context.bounds_of_effect(id).is_none_or(may_move) {
        return None;
    }
    let effect = context.effect(id)?;
    let both = effect.horizons[last].as_ref()?;
    let outcomes = (0..both.with.len()).map(OutcomeId::new);
    let most = outcomes.reduce(|a, b| if both.shift(b).abs() > both.shift(a).abs() { b } else { a })?;
    let shift = both.shift(most);
    if shift.abs() < moves {
        return None;
    }
    let end = assessment.horizons.name(end);
    Some(
        Diagnostic::new(
            &PARTIAL_WEIGHT,
            weight.clause.span,
            format!(
                "`{}` has no weight in `{end}`, and yet it moves `{}` there by {}, through what it does earlier",
                driver.name.node,
                assessment.outcomes.name(most),
                figures::points(shift),
            ),
        )
        .label(format!("says nothing of `{end}`"))
        .help(format!("state it there too, or, where it wears off, say so: `1:1 in {end}`")),
    )
}
