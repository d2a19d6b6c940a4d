//! The rule `hazard-jump`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::stated::Stated;
use crate::text::round::percent;
use crate::resolve::assessment::{Curve, CurvePoint};
use crate::resolve::curves::YEAR;

rule! {
    /// A curve's yearly hazard changes more than tenfold from one horizon to the next.
    ///
    /// Chances by horizon are easily set one by one without a look at how long each horizon is:
    /// 10% within six months and 11% within three years say that the danger all but ends after the
    /// first half year. The hazard, the chance per year that it comes if it has not come yet, makes
    /// such curves comparable; a constant hazard is the base rate of things that come at random.
    ///
    /// If nothing in the world changes so much between the horizons, correct the curve. Where it is decided
    /// on one day (an election, a deadline), state the chances around that day, `2% by 2026-11-02, 40% by
    /// 2026-11-04`, or repeat one that rises no more: horizons in which the chance does not rise are
    /// not compared, nor those in which it rises by a stated date. A row that holds `given` something has no hazard of its own.
    HAZARD_JUMP = "hazard-jump", Probability, Note, fix: None,
    bad: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 20% by short, 21% by medium, 22% by long
  weight for weakening: weak
}
"#,
    ],
    good: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 10% by short, 22% by medium, 35% by long
  weight for weakening: weak
}
"#,
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council of 3 December 2025"
  chance: 1% by 2025-12-02, 40% by 2025-12-04, 42% by long
  weight for weakening: weak
}
"#,
    ],
    check: check,
}

/// A rise of the cumulative hazard below this is rounding.
const NOTHING: f64 = 1e-12;

fn check(context: &Context) -> Vec<Diagnostic> {
    let whole = context.stated().iter().filter(|s| !s.conditional);
    whole.filter_map(|s| one(context, s, s.curve?)).collect()
}

fn one(context: &Context, stated: &Stated, curve: &Curve) -> Option<Diagnostic> {
    let horizons = &context.assessment.horizons;
    let mut worst: Option<(f64, usize)> = None;
    let mut hazards = Vec::new();
    let (mut day, mut chance) = (0.0, curve.at(0.0));
    for horizon in horizons.values() {
        let now = curve.at(horizon.days);
        let rise = libm::log((1.0 - chance) / (1.0 - now));
        hazards.push(rise / (horizon.days - day) * YEAR);
        (day, chance) = (horizon.days, now);
    }
    let ends: Vec<f64> = horizons.values().map(|h| h.days).collect();
    // Who states a chance by a day of its own says when it rises.
    let dated = |h: usize| {
        let from = h.checked_sub(1).map_or(0.0, |before| ends[before]);
        let inside = |point: &CurvePoint| point.days > from && point.days < ends[h];
        matches!(curve, Curve::Points(points) if points.iter().any(inside))
    };
    for (h, pair) in hazards.windows(2).enumerate() {
        // Nor need it be told where it rises in one horizon and no more after it: it is decided there.
        let mut after = hazards[h + 2..].iter();
        let decided = h + 2 < hazards.len() && after.all(|r| *r <= NOTHING);
        if dated(h) || dated(h + 1) || decided && pair[1] > pair[0] {
            continue;
        }
        let positive = pair.iter().all(|r| r.is_finite() && *r > NOTHING);
        let times = (pair[0] / pair[1]).max(pair[1] / pair[0]);
        let over = positive && times > context.settings.hazard_jump_factor * (1.0 + 1e-9);
        if over && worst.is_none_or(|(most, _)| times > most) {
            worst = Some((times, h));
        }
    }
    let (times, h) = worst?;
    let name = |h: usize| horizons.values().nth(h).map_or("", |h| &h.name.node);
    // A hazard as the chance within a year says the same in the words of the file.
    let yearly = |h: usize| percent(-libm::expm1(-hazards[h]));
    let times = crate::text::decimal::fixed(times, 0);
    let direction = if hazards[h] > hazards[h + 1] { "drops" } else { "rises" };
    Some(
        Diagnostic::new(
            &HAZARD_JUMP,
            stated.span,
            format!(
                "the yearly rate behind {} {direction} {times}-fold from `{}` to `{}`",
                stated.what,
                name(h),
                name(h + 1)
            ),
        )
        .label(format!(
            "{} a year in `{}`, {} a year in `{}`",
            yearly(h),
            name(h),
            yearly(h + 1),
            name(h + 1)
        ))
        .help("correct the curve; where it is decided on one day, state the chances around that day, `by` its date"),
    )
}
