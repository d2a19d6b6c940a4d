//! The rule `overwhelming`.

use crate::text::decimal;
use crate::diag::Diagnostic;
use crate::infer::Push;
use crate::lint::pushes::bounds;
use crate::lint::{Context, figures, written};
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId, Prop, What};
use crate::resolve::table::Id;

rule! {
    /// One driver that pushes an outcome by more than 20 dB, or all together by more than 30 dB.
    ///
    /// 20 dB is a ratio of 100:1, what Jeffreys (1961) called decisive; 30 dB is 1000:1. Judgements of the kind that these
    /// files hold are seldom so good, and sums beyond that come from reasons that share a source and are counted apart. Pushes are
    /// taken after discounts, counts and overlap, where the driver holds, and where a change holds that counts it for more; in
    /// the sum each counts by how likely it is to hold.
    ///
    /// Instead: weigh again; state an `overlap` between reasons that share evidence; rate the evidence. The thresholds
    /// are `one` and `all`.
    OVERWHELMING = "overwhelming", Probability, Warning, fix: None,
    bad: [
        r#"factor law "The law forbids it" {
  weight against exit: 150:1
  evidence "The statute of 2023" { source: "Official journal" }
}
factor mood "The mood turns inwards" {
  weight for weakening: slight
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025" }
}
"#,
    ],
    good: [
        r#"factor law "The law forbids it" {
  weight against exit: 15:1
  evidence "The statute of 2023" { source: "Official journal" }
}
factor mood "The mood turns inwards" {
  weight for weakening: slight
  evidence "61% of those asked want fewer troops abroad" { source: "Survey of January 2025" }
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    if !context.is_affordable() {
        return Vec::new();
    }
    let (one, all) = bounds(context.assessment);
    let settings = context.settings;
    if one <= settings.overwhelming_one && all <= settings.overwhelming_all {
        return Vec::new();
    }
    let Some(pushes) = context.pushes(None) else {
        return Vec::new();
    };
    let mut found = single(context, &pushes);
    let told: Vec<DriverId> = strongest(&pushes, settings.overwhelming_one).iter().map(|p| p.driver).collect();
    found.extend(counted(context, &pushes, &told));
    found.extend(together(context, &pushes));
    found
}

/// Drivers that alone push too hard, each at its strongest.
fn single(context: &Context, pushes: &[Push]) -> Vec<Diagnostic> {
    let strongest = strongest(pushes, context.settings.overwhelming_one);
    strongest.iter().map(|push| alone(context, push, "")).collect()
}

/// Drivers that push too hard where a change holds that counts them for more, each at its strongest.
fn counted(context: &Context, pushes: &[Push], told: &[DriverId]) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut told = told.to_vec();
    let mut found = Vec::new();
    for (change, driver) in assessment.drivers.iter() {
        let What::Change { counts, .. } = &driver.what else {
            continue;
        };
        let more = counts.iter().filter(|c| c.shares.iter().any(|share| *share > 1.0));
        let more: Vec<DriverId> = more.map(|c| c.driver).filter(|d| !told.contains(d)).collect();
        if more.is_empty() {
            continue;
        }
        let verdict = context.verdict().and_then(|v| v.changes.iter().find(|c| c.change == change));
        let happens = verdict.is_some_and(|c| c.horizons.iter().any(|at| at.chance.value > 0.0));
        let pushes = if happens {
            context.pushes(Some(&Prop::Is(change))).unwrap_or_default()
        } else {
            // What rests on a hypothetical event counts in no push of the verdict.
            let counts = |p: &Push| {
                let count = counts.iter().find(|c| c.driver == p.driver);
                count.map_or(1.0, |c| c.shares[p.horizon.index()])
            };
            let all = pushes.iter();
            all.map(|p| Push { decibans: p.decibans * counts(p), ..*p }).collect()
        };
        for push in strongest(&pushes, context.settings.overwhelming_one) {
            if more.contains(&push.driver) {
                let when = format!(" where `{}` holds", assessment.drivers.name(change));
                let finding = alone(context, &push, &when);
                let count = counts.iter().find(|c| c.driver == push.driver);
                let count = count.filter(|c| c.span.file == assessment.file);
                found.push(match count {
                    Some(count) => finding.other(count.span, "counted for more"),
                    None => finding,
                });
                told.push(push.driver);
            }
        }
    }
    found
}

/// Of each driver that pushes harder than that, its strongest push.
fn strongest(pushes: &[Push], most: f64) -> Vec<Push> {
    let mut strongest: Vec<Push> = Vec::new();
    for push in pushes.iter().filter(|p| p.decibans.abs() > most + 1e-9) {
        match strongest.iter_mut().find(|p| p.driver == push.driver) {
            Some(p) if push.decibans.abs() > p.decibans.abs() + 1e-9 => *p = *push,
            Some(_) => {}
            None => strongest.push(*push),
        }
    }
    strongest
}

fn alone(context: &Context, push: &Push, when: &str) -> Diagnostic {
    let assessment = context.assessment;
    Diagnostic::new(
        &OVERWHELMING,
        written::place(context, push.driver),
        format!(
            "`{}` alone pushes `{}` by {} in `{}`{when}, a ratio of {}:1",
            assessment.drivers.name(push.driver),
            assessment.outcomes.name(push.outcome),
            figures::decibans(push.decibans),
            assessment.horizons.name(push.horizon),
            ratio(push.decibans)
        ),
    )
    .label(format!("more than {}", figures::decibans(context.settings.overwhelming_one)))
    .help("weigh it again, or rate its evidence")
}

/// Outcomes that all drivers together push too hard, each where it is pushed hardest.
fn together(context: &Context, pushes: &[Push]) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let most = context.settings.overwhelming_all;
    let mut found = Vec::new();
    for outcome in assessment.outcomes.ids() {
        let nets = assessment.horizons.ids().map(|horizon| (horizon, net(pushes, outcome, horizon)));
        let hardest = nets.reduce(|a, b| if b.1.abs() > a.1.abs() + 1e-9 { b } else { a });
        let Some((horizon, net)) = hardest else {
            continue;
        };
        let here = |p: &&Push| p.outcome == outcome && p.horizon == horizon && p.chance > 0.0;
        let mut strongest: Vec<&Push> = pushes.iter().filter(here).collect();
        // One driver alone is said above.
        if net.abs() <= most + 1e-9 || strongest.len() < 2 {
            continue;
        }
        strongest.sort_by(|a, b| (b.chance * b.decibans.abs()).total_cmp(&(a.chance * a.decibans.abs())));
        let mut finding = Diagnostic::new(
            &OVERWHELMING,
            assessment.outcomes[outcome].name.span,
            format!(
                "{} together push `{}` {} by {} in `{}`, a ratio of {}:1",
                if strongest.len() == 2 { "both drivers" } else { "all drivers" },
                assessment.outcomes.name(outcome),
                if net > 0.0 { "up" } else { "down" },
                figures::decibans(net),
                assessment.horizons.name(horizon),
                ratio(net)
            ),
        )
        .label(format!("more than {}", figures::decibans(most)))
        .help("do some of them share evidence? state their `overlap`, or weigh them again");
        for push in strongest.iter().take(3) {
            let sign = if push.decibans < 0.0 { "−" } else { "+" };
            let size = figures::decibans(push.decibans);
            finding = finding.other(written::place(context, push.driver), format!("{sign}{size}"));
        }
        found.push(finding);
    }
    found
}

/// The mean of the sum of pushes.
fn net(pushes: &[Push], outcome: OutcomeId, horizon: HorizonId) -> f64 {
    let here = pushes.iter().filter(|p| p.outcome == outcome && p.horizon == horizon);
    here.map(|p| p.chance * p.decibans).sum()
}

/// A push in decibans as a ratio to one.
pub(crate) fn ratio(decibans: f64) -> String {
    let ratio = libm::pow(10.0, decibans.abs() / 10.0);
    if ratio < 1e6 {
        decimal::fixed(ratio, 0)
    } else {
        format!("10^{}", decimal::fixed(decibans.abs() / 10.0, 0))
    }
}
