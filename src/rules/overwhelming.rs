//! The rule `overwhelming`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::amounts::decibans;
use crate::lint::pushes::{own, standing};
use crate::resolve::assessment::{
    Assessment, DriverId, DriverKind, HorizonId, OutcomeId, Prop, Query, Target, What,
};
use crate::resolve::table::Id;

rule! {
    /// One driver pushes an outcome by more than 20 dB, or all that are likelier than not to hold
    /// push it by more than 30 dB together.
    ///
    /// 20 dB is 100:1, "decisive" to Jeffreys; 30 dB is 1000:1. Hardly any single report on human
    /// affairs can tell two outcomes apart so well, and reasons that add up to so much are seldom
    /// independent. Strong conclusions from many weak items that in truth repeat each other are the
    /// classic failure of structured analysis. The figures are those that the verdict uses: after
    /// the discounts for ratings, `count` and `overlap`.
    ///
    /// Ask what else could have produced the evidence, weaken the weight, say with `overlap` what
    /// the reasons share, or rate the evidence. A driver counts in the sum where its chance to hold
    /// is at least even.
    OVERWHELMING = "overwhelming", Probability, Warning, fix: None,
    bad: [
        "factor law \"The treaty has no exit clause\" {\n  weight against exit: 1000:1\n  evidence \"The text of the treaty\" { source: \"The depositary\" }\n}",
        "factor law \"The law forbids it\" {\n  weight against exit: very strong\n  evidence \"The statute\" { source: \"The gazette\" }\n}\nfactor votes \"The votes are missing\" {\n  weight against exit: very strong\n  evidence \"The last count\" { source: \"The clerk\" }\n}\nfactor money \"It would cost too much\" {\n  weight against exit: moderate\n  evidence \"The audit\" { source: \"The auditor\" }\n}",
    ],
    good: [
        "factor law \"The law forbids it\" {\n  weight against exit: very strong\n  evidence \"The statute\" { source: \"The gazette\" }\n}",
    ],
    check: check,
}

const LN_10: f64 = std::f64::consts::LN_10;

/// The largest push that the rule has met.
struct Worst {
    push: f64,
    horizon: HorizonId,
    outcome: OutcomeId,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    if !can_exceed(context) {
        return Vec::new();
    }
    let Some(likely) = likely(context) else {
        return Vec::new();
    };
    let limit = context.settings.overwhelming_one * LN_10 / 10.0 + 1e-9;
    let mut found = Vec::new();
    let mut blamed: Vec<(OutcomeId, bool)> = Vec::new();
    for (id, driver) in assessment.drivers.iter() {
        let worst = worst(assessment, |h| {
            let pushes = standing(assessment, h, |d| d == id || likely[h.index()][d.index()]);
            pushes[id.index()].clone()
        });
        let Some(worst) = worst.filter(|w| w.push.abs() > limit) else {
            continue;
        };
        blamed.push((worst.outcome, worst.push > 0.0));
        let weight = driver.weights.iter().find(|w| w.outcome == worst.outcome);
        let span = weight.map(|w| w.clause.span).or(driver.likelihood.as_ref().map(|l| l.span));
        found.push(report_one(context, id, &worst, span.unwrap_or(driver.span)));
    }
    for (id, _) in assessment.outcomes.iter() {
        found.extend(together(context, &likely, id).filter(|(w, _)| !blamed.contains(&(id, w.push > 0.0))).map(|(_, d)| d));
    }
    found
}

/// Whether the limits could be passed if everything held at once: if not, nothing need be inferred.
fn can_exceed(context: &Context) -> bool {
    let assessment = context.assessment;
    let limits = [context.settings.overwhelming_one, context.settings.overwhelming_all];
    let [one, all] = limits.map(|db| db * LN_10 / 10.0);
    let mut counted = vec![1.0f64; assessment.drivers.len()];
    for driver in assessment.drivers.values() {
        if let What::Change { counts, .. } = &driver.what {
            for count in counts {
                counted[count.driver.index()] *= count.shares.iter().copied().fold(1.0, f64::max);
            }
        }
    }
    assessment.horizons.ids().any(|h| {
        let mut sums = vec![0.0; assessment.outcomes.len()];
        assessment.drivers.iter().any(|(id, driver)| {
            let pushes = own(assessment, driver, h);
            sums.iter_mut().zip(pushes).any(|(sum, push)| {
                let push = push.abs() * driver.discount * counted[id.index()];
                *sum += push;
                push > one || *sum > all
            })
        })
    })
}

fn worst(assessment: &Assessment, pushes: impl Fn(HorizonId) -> Vec<f64>) -> Option<Worst> {
    let mut worst: Option<Worst> = None;
    for horizon in assessment.horizons.ids() {
        for (outcome, push) in assessment.outcomes.ids().zip(pushes(horizon)) {
            if worst.as_ref().is_none_or(|w| push.abs() > w.push.abs() + 1e-9) {
                worst = Some(Worst { push, horizon, outcome });
            }
        }
    }
    worst
}

fn report_one(context: &Context, driver: DriverId, worst: &Worst, span: crate::source::Span) -> Diagnostic {
    let assessment = context.assessment;
    let (outcome, horizon) = (&assessment.outcomes[worst.outcome], &assessment.horizons[worst.horizon]);
    Diagnostic::new(
        &OVERWHELMING,
        span,
        format!(
            "`{}` alone pushes `{}` by {} in `{}`",
            assessment.drivers.name(driver),
            outcome.name.node,
            decibans(worst.push),
            horizon.name.node
        ),
    )
    .label(format!(
        "{} odds, more than {}",
        ratio(worst.push),
        decibans(context.settings.overwhelming_one * LN_10 / 10.0)
    ))
    .help("ask what else could have produced the evidence, and weaken the weight or rate the evidence")
}

/// All that are likelier than not to hold, on one outcome.
fn together(context: &Context, likely: &[Vec<bool>], outcome: OutcomeId) -> Option<(Worst, Diagnostic)> {
    let assessment = context.assessment;
    let limit = context.settings.overwhelming_all * LN_10 / 10.0 + 1e-9;
    let pushes = |h: HorizonId| -> Vec<f64> {
        let all = standing(assessment, h, |d| likely[h.index()][d.index()]);
        all.iter().map(|row| row[outcome.index()]).collect()
    };
    let mut worst: Option<Worst> = None;
    for horizon in assessment.horizons.ids() {
        let push: f64 = pushes(horizon).iter().sum();
        if push.abs() > limit && worst.as_ref().is_none_or(|w| push.abs() > w.push.abs() + 1e-9) {
            worst = Some(Worst { push, horizon, outcome });
        }
    }
    let worst = worst?;
    let here = &assessment.outcomes[outcome];
    let mut diagnostic = Diagnostic::new(
        &OVERWHELMING,
        here.name.span,
        format!(
            "all reasons together push `{}` by {} in `{}`",
            here.name.node,
            decibans(worst.push),
            assessment.horizons[worst.horizon].name.node
        ),
    )
    .label(format!(
        "{} odds, more than {}",
        ratio(worst.push),
        decibans(context.settings.overwhelming_all * LN_10 / 10.0)
    ))
    .help("say with `overlap` what the reasons share, or weaken them: so much is seldom independent");
    let mut parts: Vec<(DriverId, f64)> =
        assessment.drivers.ids().zip(pushes(worst.horizon)).filter(|(_, p)| p * worst.push > 0.0).collect();
    parts.sort_by(|a, b| b.1.abs().total_cmp(&a.1.abs()));
    for (driver, push) in parts {
        let driver = &assessment.drivers[driver];
        let span = driver.weights.iter().find(|w| w.outcome == outcome).map(|w| w.clause.span);
        let span = span.or(driver.likelihood.as_ref().map(|l| l.span));
        diagnostic = diagnostic.other(span.unwrap_or(driver.name.span), decibans(push));
    }
    Some((worst, diagnostic))
}

/// "1,000:1" or "1:1,000", rounded.
fn ratio(log: f64) -> String {
    let times = libm::exp(log.abs());
    let times = if times < 1e9 {
        crate::render::round::count(times.round() as u64)
    } else {
        "over 1,000,000,000".to_owned()
    };
    if log > 0.0 { format!("{times}:1") } else { format!("1:{times}") }
}

/// By horizon and driver: whether it is likelier than not to hold (a wrong assumption never is).
fn likely(context: &Context) -> Option<Vec<Vec<bool>>> {
    let assessment = context.assessment;
    let asked: Vec<(HorizonId, DriverId)> = assessment
        .horizons
        .ids()
        .flat_map(|h| assessment.drivers.ids().map(move |d| (h, d)))
        .filter(|(_, d)| match &assessment.drivers[*d].what {
            What::Factor(rows) => !rows.is_empty(),
            What::Event(_) | What::Change { .. } => true,
            What::Assumption(_) => false,
        })
        .collect();
    let queries: Vec<Query> = asked.iter().map(|&(horizon, driver)| query(assessment, horizon, driver)).collect();
    let answers = context.answers(&queries)?;
    let sure = |d: DriverId| assessment.drivers[d].kind() == DriverKind::Factor;
    let row: Vec<bool> = assessment.drivers.ids().map(sure).collect();
    let mut likely = vec![row; assessment.horizons.len()];
    for ((horizon, driver), answer) in asked.iter().zip(answers) {
        likely[horizon.index()][driver.index()] = answer.unwrap_or(0.0) >= 0.5;
    }
    Some(likely)
}

fn query(assessment: &Assessment, horizon: HorizonId, driver: DriverId) -> Query {
    Query {
        span: assessment.drivers[driver].name.span,
        text: String::new(),
        target: Target::Prop(Prop::Is(driver)),
        negated: false,
        horizon,
        within: false,
        given: None,
        under: None,
    }
}
