//! The rule `twin-event`.

use crate::diag::Diagnostic;
use crate::lint::priors::{Row, rows};
use crate::lint::{Context, figures};
use crate::resolve::assessment::{Curve, Driver, DriverId, Outcome, OutcomeId, PriorOf, What};
use crate::resolve::table::Id;
use crate::text::source::Span;
use std::collections::BTreeSet;

rule! {
    /// An event states the chances that the prior states of a final outcome, and the verdict makes them differ.
    ///
    /// An event of the same chances is most often the outcome said again, so that it can be asked about or named in a `when`. But reasons move
    /// the outcome and leave the event where it is: the file then gives two answers to one question. Equal chances at one horizon alone
    /// may be chance; then a word in common is needed, too.
    ///
    /// Instead: ask about the outcome itself, `running by autumn`; or, where the event is something else, state its own
    /// chance. The threshold is `apart`.
    TWIN_EVENT = "twin-event", Probability, Warning, fix: None,
    bad: [
        r#"outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
prior "How such alliances have fared" {
  source: "A count of alliances since 1815: 3 of 40 ended within a year"
  exit: 4% by short, 10% by medium, 18% by long
  weakening: 30%
  commitment: rest
}
factor law "The law forbids it" {
  weight against exit: moderate
  evidence "The statute of 2023" { source: "Official journal", rated: A2 }
}
factor budget "The budget is cut" {
  weight for weakening: slight
  evidence "The bill cuts a tenth" { source: "The gazette", rated: B2 }
}
event notice "Notice is given" {
  resolves: "The depositary says so"
  chance: 4% by short, 10% by medium, 18% by long
}
bet "Notice is given" { on: notice by long, price: 17% }
"#,
    ],
    good: [
        r#"outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
prior "How such alliances have fared" {
  source: "A count of alliances since 1815: 3 of 40 ended within a year"
  exit: 4% by short, 10% by medium, 18% by long
  weakening: 30%
  commitment: rest
}
factor law "The law forbids it" {
  weight against exit: moderate
  evidence "The statute of 2023" { source: "Official journal", rated: A2 }
}
factor budget "The budget is cut" {
  weight for weakening: slight
  evidence "The bill cuts a tenth" { source: "The gazette", rated: B2 }
}
bet "Notice is given" { on: exit by long, price: 6% }
"#,
    ],
    check: check,
}

/// Chances nearer to each other than this are the same.
const SAME: f64 = 1e-9;

/// Words shorter than this say nothing of what a title is about.
const LETTERS: usize = 4;

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let days: Vec<f64> = assessment.horizons.values().map(|h| h.days).collect();
    let at = |curve: &Curve| -> Vec<f64> { days.iter().map(|&t| curve.at(t)).collect() };
    let mut found = Vec::new();
    // What a row gives in some cases only is no chance of its own.
    let rows = rows(assessment).filter(|row| row.given.is_none());
    let finals = rows.flat_map(Row::each).filter(|(_, outcome, _)| outcome.is_final);
    for (o, outcome, of) in finals {
        let PriorOf::Curve(stated) = of else {
            continue;
        };
        let chances = at(&stated.values);
        for (id, driver) in assessment.drivers.iter() {
            let What::Event(rows) = &driver.what else {
                continue;
            };
            let [row] = rows.as_slice() else {
                continue;
            };
            let own = at(&row.clause.values);
            let same = own.iter().zip(&chances).all(|(a, b)| (a - b).abs() < SAME);
            let is_own = driver.span.file == assessment.file && row.given.is_none() && driver.once.is_none();
            if is_own && same && (is_telling(&stated.values, &chances) || share(driver, outcome)) {
                found.extend(twin(context, (id, row.clause.span), (o, stated.span)));
            }
        }
    }
    found
}

/// The finding about an event and an outcome of the same chances, where the verdict tells them apart.
fn twin(context: &Context, (id, curve): (DriverId, Span), (o, stated): (OutcomeId, Span)) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let verdict = context.verdict()?;
    let event = verdict.events.iter().find(|e| e.event == id)?;
    let both = event.horizons.iter().zip(&verdict.horizons).enumerate();
    let both = both.map(|(h, (e, v))| (h, e.chance.value, v.outcomes[o.index()].probability.value));
    let apart = |m: &(usize, f64, f64)| (m.1 - m.2).abs();
    let most = both.reduce(|a, b| if apart(&b) > apart(&a) { b } else { a })?;
    if apart(&most) <= context.settings.twin_event_apart {
        return None;
    }
    let horizon = assessment.horizons.values().nth(most.0).map_or("", |h| &h.name.node);
    let (event, name) = (assessment.drivers.name(id), assessment.outcomes.name(o));
    Some(
        Diagnostic::new(
            &TWIN_EVENT,
            curve,
            format!(
                "`{event}` has the chances of the prior of `{name}`, and stays at {} by `{horizon}` where `{name}` comes to {}",
                figures::percent(most.1),
                figures::percent(most.2),
            ),
        )
        .label("the same chances")
        .other(stated, "stated here of the outcome")
        .help(format!(
            "if it is the same thing, ask about `{name} by {horizon}`; if not, state its own chance"
        )),
    )
}

/// Whether equal curves can hardly be so by chance: they have two different points.
fn is_telling(curve: &Curve, chances: &[f64]) -> bool {
    let differ = |pair: &[f64]| (pair[0] - pair[1]).abs() > SAME;
    matches!(curve, Curve::Points(points) if points.len() > 1) && chances.windows(2).any(differ)
}

/// Whether the titles and names of both have a word in common.
fn share(driver: &Driver, outcome: &Outcome) -> bool {
    let words = |texts: [&str; 2]| -> BTreeSet<String> {
        let each = texts.into_iter().flat_map(|t| t.split(|c: char| !c.is_alphanumeric()));
        let long = each.filter(|w| w.chars().count() >= LETTERS);
        long.map(str::to_lowercase).collect()
    };
    let event = words([&driver.name.node, &driver.title]);
    let own = words([&outcome.name.node, &outcome.title]);
    !event.is_disjoint(&own)
}
