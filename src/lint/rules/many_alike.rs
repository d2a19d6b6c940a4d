//! The rule `many-alike`.

use crate::diag::Diagnostic;
use crate::lint::pushes::own;
use crate::lint::{Context, figures, say, written};
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId, What};
use crate::resolve::table::Id;
use crate::lint::rules::overwhelming::ratio;
use crate::strengths::DECIBAN;

rule! {
    /// Five drivers or more push one outcome one way, each by 5 dB at most, together by more than 10 dB, and none overlap.
    ///
    /// Weights multiply as if each reason were independent of the others. Eight reasons of 2:1 make 256:1, and even odds 99.6%; but reasons for one
    /// outcome mostly share something (a cause, a source, the mood of who wrote them down), and what is dependent is worth far less
    /// (Clemen and Winkler 1985). Each push counts by how likely it is to act; what pushes the other way is taken off.
    ///
    /// Instead: state the `overlap` among those that share a cause or a source; or make one factor of what is one reason.
    /// The thresholds are `drivers`, `one` and `all`.
    MANY_ALIKE = "many-alike", Probability, Warning, fix: None,
    bad: [
        r#"factor mood "Most people are for it" {
  weight for commitment: 1.8:1
  evidence "Two in three are for it" { source: "Survey of January", rated: A2 }
}
factor money "Money is there" {
  weight for commitment: 1.8:1
  evidence "A surplus of 1%" { source: "Budget office", rated: A2 }
}
factor trade "Trade grows among members" {
  weight for commitment: 1.8:1
  evidence "Exports to allies rise" { source: "Customs", rated: A3 }
}
factor staff "Posts are filled" {
  weight for commitment: 1.8:1
  evidence "All but two posts" { source: "The staff list", rated: A2 }
}
factor drills "Drills are held" {
  weight for commitment: 1.8:1
  evidence "Three this year" { source: "The ministry", rated: B2 }
}
factor budget "The budget is cut" {
  weight for weakening: 3:1
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2 }
}
"#,
    ],
    good: [
        r#"factor mood "Most people are for it" {
  weight for commitment: 1.8:1
  evidence "Two in three are for it" { source: "Survey of January", rated: A2 }
}
factor money "Money is there" {
  weight for commitment: 1.8:1
  evidence "A surplus of 1%" { source: "Budget office", rated: A2 }
}
factor trade "Trade grows among members" {
  weight for commitment: 1.8:1
  evidence "Exports to allies rise" { source: "Customs", rated: A3 }
}
factor staff "Posts are filled" {
  weight for commitment: 1.8:1
  evidence "All but two posts" { source: "The staff list", rated: A2 }
}
factor drills "Drills are held" {
  weight for commitment: 1.8:1
  evidence "Three this year" { source: "The ministry", rated: B2 }
}
factor budget "The budget is cut" {
  weight for weakening: 3:1
  evidence "The bill cuts a tenth" { source: "The gazette", rated: A2 }
}
overlap 50%: mood, money, trade, staff, drills
"#,
    ],
    check: check,
}

/// A push below this, in decibans, is none.
const NOTHING: f64 = 1e-6;

/// How many drivers a finding points at.
const LABELS: usize = 8;

/// Drivers that push one outcome one way at a horizon, and by how much together, what pushes against them taken off.
struct Alike {
    drivers: Vec<DriverId>,
    outcome: OutcomeId,
    horizon: HorizonId,
    up: bool,
    sum: f64,
    net: f64,
    hardest: f64,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let settings = context.settings;
    let pushing = assessment.drivers.iter().filter(|(_, d)| {
        let pushes = d.pushes();
        pushes && !d.is_hypothetical() && !matches!(d.what, What::Assumption(_))
    });
    let pushing: Vec<DriverId> = pushing.map(|(id, _)| id).collect();
    if pushing.len() < settings.many_alike_drivers {
        return Vec::new();
    }
    let mut most: Option<Alike> = None;
    for horizon in assessment.horizons.ids() {
        let each = pushing.iter().map(|&id| {
            let driver = &assessment.drivers[id];
            let chance = chance(context, id, horizon);
            let own = own(assessment, driver, horizon).into_iter();
            let own: Vec<f64> = own.map(|push| push * driver.discount / DECIBAN).collect();
            (id, chance, own)
        });
        let each: Vec<(DriverId, f64, Vec<f64>)> = each.collect();
        for outcome in assessment.outcomes.ids() {
            for up in [true, false] {
                let alike = alike(context, &each, outcome, horizon, up);
                let more = alike.net.min(alike.sum) > settings.many_alike_all
                    && alike.drivers.len() >= settings.many_alike_drivers
                    && !overlap(context, &alike.drivers);
                if more && most.as_ref().is_none_or(|m| alike.sum > m.sum + NOTHING) {
                    most = Some(alike);
                }
            }
        }
    }
    most.iter().map(|alike| report(context, alike)).collect()
}

fn alike(
    context: &Context,
    each: &[(DriverId, f64, Vec<f64>)],
    outcome: OutcomeId,
    horizon: HorizonId,
    up: bool,
) -> Alike {
    let mut alike = Alike {
        drivers: Vec::new(),
        outcome,
        horizon,
        up,
        sum: 0.0,
        net: 0.0,
        hardest: 0.0,
    };
    for (id, chance, own) in each {
        let push = if up { own[outcome.index()] } else { -own[outcome.index()] };
        alike.net += push * chance;
        if push > NOTHING && push <= context.settings.many_alike_one + NOTHING && *chance > 0.0 {
            alike.drivers.push(*id);
            alike.sum += push * chance;
            alike.hardest = alike.hardest.max(push);
        }
    }
    alike
}

/// How likely a driver is to push at a horizon; of a factor that depends on others what its rows say on average.
fn chance(context: &Context, id: DriverId, horizon: HorizonId) -> f64 {
    let h = horizon.index();
    let verdict = || context.verdict().into_iter();
    match &context.assessment.drivers[id].what {
        What::Factor(rows) if rows.is_empty() => 1.0,
        What::Factor(rows) => {
            let sum: f64 = rows.iter().map(|row| row.clause.values[h].point).sum();
            sum / rows.len() as f64
        }
        What::Event(_) => {
            let mut events = verdict().flat_map(|v| &v.events);
            events.find(|e| e.event == id).map_or(0.0, |e| e.horizons[h].chance.value)
        }
        What::Change { .. } => {
            let mut changes = verdict().flat_map(|v| &v.changes);
            changes.find(|c| c.change == id).map_or(0.0, |c| c.horizons[h].chance.value)
        }
        What::Assumption(_) => 0.0,
    }
}

/// Whether an overlap holds two of them.
fn overlap(context: &Context, drivers: &[DriverId]) -> bool {
    let mut overlaps = context.assessment.overlaps.iter();
    overlaps.any(|o| o.members.iter().filter(|m| drivers.contains(m)).count() > 1)
}

fn report(context: &Context, alike: &Alike) -> Diagnostic {
    let assessment = context.assessment;
    let names = say::names(assessment, &alike.drivers);
    let mut finding = Diagnostic::new(
        &MANY_ALIKE,
        assessment.outcomes[alike.outcome].name.span,
        format!(
            "{} push `{}` {} by {} together in `{}`, about {}:1, and none of them by more than {}",
            say::list(&names, "and"),
            assessment.outcomes.name(alike.outcome),
            if alike.up { "up" } else { "down" },
            figures::decibans(alike.sum),
            assessment.horizons.name(alike.horizon),
            ratio(alike.sum),
            figures::decibans(alike.hardest),
        ),
    )
    .label("as if each reason were independent of the others")
    .help("state the `overlap` among those that share a cause or a source, or make one factor of what is one reason");
    for driver in alike.drivers.iter().take(LABELS) {
        finding = finding.other(written::place(context, *driver), "one of them");
    }
    finding
}
