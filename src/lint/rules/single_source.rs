//! The rule `single-source`.

use crate::admiralty;
use crate::diag::Diagnostic;
use crate::diag::suggest::list;
use crate::infer::reach::Change;
use crate::lint::bounds::Bounded;
use crate::lint::Context;
use crate::lint::evidence::{Item, items, key};
use crate::infer::Probabilities;
use crate::lint::effect::{Turn, turns};
use crate::lint::amounts::apart;
use crate::resolve::assessment::{Assessment, DriverId, DriverKind, Evidence, OutcomeId};
use crate::resolve::table::Id;
use indexmap::IndexMap;

rule! {
    /// Without the items that cite one source, a horizon has another leader.
    ///
    /// Then the conclusion is that source's, however many reasons quote it. "Curveball" alone
    /// stood behind most of what was said of Iraq's mobile laboratories in 2002 (Silberman and
    /// Robb 2005). The rule takes every item of one source away, drops the factors that are left
    /// with none, recomputes the discounts of the others, and asks for the verdict again. Where
    /// `dominant-factor` says it already, it keeps quiet.
    ///
    /// Look for a second, independent source, or say in the text how much rests on this one.
    SINGLE_SOURCE = "single-source", Evidence, Warning, fix: None,
    bad: [
        r#"factor budget "The budget is cut" {
  weight for weakening: 5.6 dB
  evidence "The bill cuts a tenth" { source: "A member's aide", rated: A2 }
}
factor votes "The votes are there" {
  weight for weakening: 5.6 dB
  evidence "The last count" { source: "A member's aide", rated: A2 }
}
overlap 50%: budget, votes
factor mood "Allies press for more" {
  weight for commitment: slight
  evidence "The communiqué" { source: "The secretary general", rated: A2 }
}
"#,
    ],
    good: [
        r#"factor budget "The budget is cut" {
  weight for weakening: slight
  evidence "The bill cuts a tenth" { source: "A member's aide", rated: A2 }
}
factor votes "The votes are there" {
  weight for weakening: slight
  evidence "The last count" { source: "A member's aide", rated: A2 }
}
overlap 50%: budget, votes
factor mood "Allies press for more" {
  weight for commitment: slight
  evidence "The communiqué" { source: "The secretary general", rated: A2 }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut by_source: IndexMap<String, Vec<Item>> = IndexMap::new();
    for item in items(assessment) {
        if let (Some(source), Some(_)) = (item.source(), item.driver) {
            by_source.entry(key(source)).or_default().push(item);
        }
    }
    by_source.retain(|_, cited| !affected(cited).iter().all(|d| is_idle(assessment, *d)));
    if by_source.is_empty() {
        return Vec::new();
    }
    if !context.is_affordable() {
        return Vec::new();
    }
    let ways: Vec<Way> = by_source.values().map(|cited| way(context, cited)).collect();
    // Sources that stand behind the same evidence are asked about once.
    let scaled = ways.iter().filter_map(|way| match way {
        Way::Scaled(scales) => Some(scales),
        Way::Unchanged | Way::Without(_) => None,
    });
    let mut asked: Vec<Vec<(DriverId, f64)>> = Vec::new();
    scaled.for_each(|scales| match asked.contains(scales) {
        true => {}
        false => asked.push(scales.clone()),
    });
    let changed = match asked.is_empty() {
        true => Vec::new(),
        false => context.scaled(&asked).unwrap_or_default(),
    };
    let each = by_source.values().zip(&ways);
    each.filter_map(|(cited, way)| {
        let changed = match way {
            Way::Unchanged => None,
            Way::Without(driver) => context.without(*driver),
            Way::Scaled(scales) => changed.get(asked.iter().position(|other| other == scales)?),
        };
        one(context, cited, changed?)
    })
    .collect()
}

/// What the file is without a source's items.
enum Way {
    /// As it is, or with the same leaders.
    Unchanged,
    /// The file without one factor, about which other rules ask too.
    Without(DriverId),
    /// With the weights of drivers multiplied.
    Scaled(Vec<(DriverId, f64)>),
}

fn way(context: &Context, cited: &[Item]) -> Way {
    let assessment = context.assessment;
    let scales = scales(assessment, cited);
    let stays = |bounds: Bounded<'_>| !bounds.may_turn(assessment);
    match scales[..] {
        [(one, scale)] if scale == 0.0 && assessment.drivers[one].kind() == DriverKind::Factor => {
            match context.bounds(Change::Without(&[one])).is_some_and(stays) {
                true => Way::Unchanged,
                false => Way::Without(one),
            }
        }
        _ if scales.iter().all(|(_, scale)| *scale == 1.0) => Way::Unchanged,
        _ if context.bounds(Change::Scaled(&scales)).is_some_and(stays) => Way::Unchanged,
        _ => Way::Scaled(scales),
    }
}

fn affected(cited: &[Item]) -> Vec<DriverId> {
    cited.iter().filter_map(|i| i.driver).collect()
}

/// What each driver's weights are multiplied by once a source's items are taken away.
fn scales(assessment: &Assessment, cited: &[Item]) -> Vec<(DriverId, f64)> {
    let mut scales: Vec<(DriverId, f64)> = affected(cited)
        .into_iter()
        .map(|d| (d, scale_without(assessment, d, cited)))
        .collect();
    scales.sort_unstable_by_key(|s| s.0);
    scales.dedup_by_key(|s| s.0);
    scales
}

fn one(
    context: &Context,
    cited: &[Item],
    changed: &Probabilities,
) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let verdict = context.probabilities()?;
    let affected = affected(cited);
    let dropped: Vec<DriverId> = affected
        .iter()
        .copied()
        .filter(|&d| left(assessment, d, cited).is_empty())
        .collect();
    let factors = assessment.drivers.values().filter(|d| d.kind() == DriverKind::Factor);
    let dominant = factors.count() >= context.settings.dominant_factors;
    let said_already = |turn: &Turn| {
        dominant
            && dropped.iter().any(|&d| {
                assessment.drivers[d].kind() == DriverKind::Factor
                    && context.without(d).is_some_and(|w| {
                        let mut alone = turns(assessment, verdict, w).into_iter();
                        alone.any(|t| t.horizon == turn.horizon && t.question == turn.question)
                    })
            })
    };
    let turn = turns(assessment, verdict, changed).into_iter().find(|turn| !said_already(turn))?;
    let (horizon, before, after) = (turn.horizon, turn.old, turn.new);
    let chance = |all: &Probabilities, o: OutcomeId| {
        let at = all.horizons[horizon.index()].as_ref();
        at.map_or(0.0, |at| at.outcomes[o.index()])
    };
    let [with, without] = [verdict, changed].map(|v| apart(chance(v, before), chance(v, after)));
    let [before, after] = [before, after].map(|o| assessment.outcomes.name(o));
    let at = assessment.horizons.name(horizon);
    let first = cited.first()?;
    let text = first.source()?;
    let mut names: Vec<&str> = affected.iter().map(|d| assessment.drivers.name(*d)).collect();
    names.dedup();
    let mut diagnostic = Diagnostic::new(
        &SINGLE_SOURCE,
        text.span,
        format!(
            "without \"{}\", `{after}` leads in `{at}` with {} to {}, not `{before}` with {} to {}",
            text.node, without.1, without.0, with.0, with.1
        ),
    )
    .label(format!("cited for {}", list(&names, "and")))
    .help("look for a second, independent source, or say in the text how much rests on this one");
    let mut seen = vec![text.span];
    for item in &cited[1..] {
        let span = item.source().map_or(item.span(), |s| s.span);
        if !seen.contains(&span) {
            seen.push(span);
            diagnostic = diagnostic.other(span, "and here");
        }
    }
    Some(diagnostic)
}

/// Whether a driver pushes nothing, so that its evidence cannot matter.
fn is_idle(assessment: &Assessment, driver: DriverId) -> bool {
    let driver = &assessment.drivers[driver];
    !driver.pushes() && driver.event_weights.is_empty()
}

/// The places of a driver's evidence that is not among what cites the source.
fn left(assessment: &Assessment, driver: DriverId, cited: &[Item]) -> Vec<usize> {
    let driver = &assessment.drivers[driver];
    let cites = |e: &Evidence| cited.iter().any(|item| std::ptr::eq(item.evidence, e));
    (0..driver.evidence.len()).filter(|&i| !cites(&driver.evidence[i])).collect()
}

/// What a driver's weights are multiplied by once a source's items are taken away. A factor left
/// with none is dropped; an event or change rests on more than its evidence, and keeps its weights
/// as they are.
fn scale_without(assessment: &Assessment, driver: DriverId, cited: &[Item]) -> f64 {
    let left = left(assessment, driver, cited);
    let driver = &assessment.drivers[driver];
    if left.is_empty() {
        return if driver.kind() == DriverKind::Factor { 0.0 } else { 1.0 };
    }
    let ratings = left.iter().filter_map(|&i| driver.evidence[i].rated.as_ref());
    admiralty::best(ratings.map(|r| r.node)) / driver.discount
}
