//! The rule `backfiring-weight`.

use crate::diag::Diagnostic;
use crate::lint::{Context, figures, written};
use crate::resolve::assessment::{DriverId, DriverKind, HorizonId, OutcomeId, Weight};
use crate::resolve::table::Id;

rule! {
    /// A weight whose outcome moves the other way: a `for` that lowers it, an `against` that raises it.
    ///
    /// Probabilities sum to 100%. A driver that is a reason for two outcomes, weak for one and strong for the other, lowers the
    /// first: what the strong one gains, all others lose. The file then says "a reason for" of what the verdict makes less
    /// likely. The rule evaluates the file without the driver's weights, and looks at the horizons for which the weight is stated.
    ///
    /// Instead: leave the weaker weight out, or weigh again which outcome the driver speaks for. The threshold is `shift`.
    BACKFIRING_WEIGHT = "backfiring-weight", Probability, Warning, fix: None,
    bad: [
        r#"factor isolation "The mood turns inwards" {
  weight for exit: 1.1:1
  weight for weakening: weak
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025", rated: A2 }
}
"#,
    ],
    good: [
        r#"factor isolation "The mood turns inwards" {
  weight for weakening: weak
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025", rated: A2 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let drivers = context.assessment.drivers.iter();
    let drivers = drivers.filter(|(_, d)| d.kind() != DriverKind::Assumption);
    drivers
        .flat_map(|(id, driver)| {
            let weights = driver.weights.iter();
            weights.filter_map(move |weight| backfiring(context, id, weight))
        })
        .collect()
}

/// Whether the weight's outcome may move so far the wrong way, as far as that is known before the file is evaluated anew.
fn may_backfire(context: &Context, id: DriverId, weight: &Weight) -> bool {
    let Some(bounds) = context.bounds_of_effect(id) else {
        return true;
    };
    let stated = context.assessment.horizons.ids().zip(&weight.clause.values);
    let mut stated = stated.filter(|(_, value)| value.as_ref().is_some_and(|v| v.point > 0.0));
    stated.any(|(h, _)| {
        let wrong = match weight.against {
            true => bounds.most_gained(h, weight.outcome),
            false => bounds.most_lost(h, weight.outcome),
        };
        wrong.is_some_and(|wrong| wrong >= context.settings.backfiring_shift)
    })
}

fn backfiring(context: &Context, id: DriverId, weight: &Weight) -> Option<Diagnostic> {
    let assessment = context.assessment;
    if !may_backfire(context, id, weight) {
        return None;
    }
    let effect = context.effect(id)?;
    let wrong = |h: usize| {
        let stated = weight.clause.values.get(h)?.as_ref()?;
        let shift = effect.horizons[h].as_ref()?.shift(weight.outcome);
        let wrong = if weight.against { shift } else { -shift };
        (stated.point > 0.0).then_some((h, wrong))
    };
    let horizons = (0..effect.horizons.len()).filter_map(wrong);
    let worst = horizons.reduce(|a, b| if b.1 > a.1 { b } else { a });
    let (h, wrong) = worst?;
    if wrong < context.settings.backfiring_shift {
        return None;
    }
    let both = effect.horizons[h].as_ref()?;
    let (outcome, horizon) = (weight.outcome, HorizonId::new(h));
    let name = |o: OutcomeId| assessment.outcomes.name(o);
    let driver = assessment.drivers.name(id);
    let where_ = if effect.given { " where it holds" } else { "" };
    let mut finding = Diagnostic::new(
        &BACKFIRING_WEIGHT,
        match weight.clause.span.file == assessment.file {
            true => weight.clause.span,
            false => written::place(context, id),
        },
        format!(
            "`{driver}` speaks {} `{}`, yet{where_} it {} it in `{}` from {} to {}",
            if weight.against { "against" } else { "for" },
            name(outcome),
            if weight.against { "raises" } else { "lowers" },
            assessment.horizons.name(horizon),
            figures::percent(both.without[outcome.index()]),
            figures::percent(both.with[outcome.index()]),
        ),
    )
    .help("leave this weight out, or weigh again which outcome the driver speaks for");
    let others = assessment.question_of(outcome).ids().filter(|o| *o != outcome);
    let gain = |o: OutcomeId| both.shift(o) * if weight.against { -1.0 } else { 1.0 };
    if let Some(harder) = others.max_by(|a, b| gain(*a).total_cmp(&gain(*b)).then(b.cmp(a))) {
        finding = finding.label(format!(
            "it {} `{}` harder",
            if weight.against { "lowers" } else { "raises" },
            name(harder)
        ));
    }
    Some(finding)
}
