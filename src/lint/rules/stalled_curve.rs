//! The rule `stalled-curve`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::stated::Stated;
use crate::text::round::percent;
use crate::resolve::assessment::{Curve, CurvePoint};

rule! {
    /// The cumulative chance of an event or final outcome stops rising before the last horizon.
    ///
    /// A chance "by" a horizon is cumulative: anything that can happen at all can happen later too, so that
    /// a curve that goes flat says that after some day it can no longer happen. Often it only means
    /// that a later horizon was left out, or that the later chances were read as chances *within*
    /// a horizon.
    ///
    /// State the chance by the last horizon. Where the time for it does run out (a vote on a fixed
    /// day), say so by stating the same chance again, `20% by medium, 20% by long`: then it is meant. A fact that
    /// is uncertain already, `20% by now`, need not rise. Nor need one of several rows: where another row
    /// may apply later, one row alone is not the whole curve.
    STALLED_CURVE = "stalled-curve", Probability, Note, fix: None,
    bad: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 10% by short, 20% by medium
  weight for weakening: weak
}
"#,
    ],
    good: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 10% by short, 20% by medium, 30% by long
  weight for weakening: weak
}
"#,
        r#"event vote "The parliament of 2025 refuses the budget" {
  resolves: "The vote of 20 June 2025"
  chance: 20% by short, 20% by long
  weight for weakening: weak
}
"#,
        r#"event leak "The plan has leaked" {
  resolves: "It appears in print"
  chance: 20% by now
  weight for weakening: weak
}
"#,
    ],
    check: check,
}

/// A rise below this is none.
const NOTHING: f64 = 1e-12;

fn check(context: &Context) -> Vec<Diagnostic> {
    let whole = context.stated().iter().filter(|s| !s.conditional);
    whole.filter_map(|s| one(context, s, s.curve?)).collect()
}

fn one(context: &Context, stated: &Stated, curve: &Curve) -> Option<Diagnostic> {
    let horizons = &context.assessment.horizons;
    let chances: Vec<f64> = horizons.values().map(|h| curve.at(h.days)).collect();
    let (&last, before) = chances.split_last()?;
    // Who states it again for the last horizon means that it rises no more.
    let again = |points: &[CurvePoint]| {
        let last = horizons.values().last().map_or(0.0, |h| h.days);
        points.last().is_some_and(|point| point.days >= last)
    };
    if matches!(curve, Curve::Points(points) if again(points)) {
        return None;
    }
    let flat = last - before.last()? <= NOTHING;
    let rose = last - curve.at(0.0) > NOTHING;
    if !flat || !rose || last >= 1.0 {
        return None;
    }
    let stop = chances.iter().position(|&c| last - c <= NOTHING)?;
    let name = |h: usize| horizons.values().nth(h).map_or("", |h| &h.name.node);
    let end = name(chances.len() - 1);
    Some(
        Diagnostic::new(
            &STALLED_CURVE,
            stated.span,
            format!("{} stops rising before `{end}`", stated.what),
        )
        .label(format!(
            "{} by `{}`, and no more by `{end}`",
            percent(last),
            name(stop)
        ))
        .help(format!(
            "state the chance by `{end}`; if it is decided by `{stop}`, state it again: `{last} by {end}`",
            stop = name(stop),
            last = percent(last),
        )),
    )
}
