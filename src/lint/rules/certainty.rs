//! The rule `certainty`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::priors::{Row, rows};
use crate::lint::stated::{Of, Stated};
use crate::text::source::Span;
use crate::resolve::assessment::{
    Curve, CurvePoint, Exclusive, HorizonId, Number, PriorOf, What,
};
use crate::resolve::figures::percent;

rule! {
    /// A prior or chance is exactly 0% or 100%, or exclusive events leave no chance that none happens.
    ///
    /// No evidence could ever move it: 0% times any likelihood ratio is 0%. Lindley called the
    /// advice against it Cromwell's rule, after the plea to the Church of Scotland, 1650: "think it
    /// possible that you may be mistaken". What seems certain has come out otherwise before.
    ///
    /// Write the chance that you would still bet on: `0.5%`, `99%`. What has happened already is
    /// no chance: say it in `context:`. A `rest` that comes out at 0% counts too; `0% by now` only
    /// says that an event has not happened yet, and does not.
    ///
    /// Where events are `exclusive` and their chances sum to exactly 100%, one of them is certain to come, which
    /// is rarely meant: leave some chance that none does. Where one must, an election's winner for instance,
    /// say so above the line: `# allow(certainty): one of them wins`.
    CERTAINTY = "certainty", Probability, Warning, fix: None,
    bad: [
        r#"event treaty "A new treaty is signed" {
  resolves: "The depositary's notice"
  chance: 0% by short, 5% by medium, 10% by long
  weight for commitment: weak
}
"#,
        r#"prior "Before the reasons" {
  source: "A count of alliances since 1815"
  exit: 2% per year
  weakening: 0%
  commitment: rest
}
"#,
        r#"event truce "The fighting stops" {
  resolves: "The observers' notice"
  chance: 20% by short, 40% by medium, 60% by long
  weight against exit: weak
}
event advance "The front breaks" {
  resolves: "The general staff's map"
  chance: 10% by short, 30% by medium, 40% by long
  weight for exit: weak
}
exclusive: truce, advance
"#,
    ],
    good: [
        r#"event treaty "A new treaty is signed" {
  resolves: "The depositary's notice"
  chance: 1% by short, 5% by medium, 10% by long
  weight for commitment: weak
}
"#,
        r#"event truce "The fighting stops" {
  resolves: "The observers' notice"
  chance: 20% by short, 40% by medium, 60% by long
  weight against exit: weak
}
event advance "The front breaks" {
  resolves: "The general staff's map"
  chance: 10% by short, 30% by medium, 39% by long
  weight for exit: weak
}
exclusive: truce, advance
"#,
    ],
    check: check,
}

/// A `rest` nearer to 0 than this is what rounding leaves.
const NOTHING: f64 = 1e-13;

fn check(context: &Context) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = context.stated().iter().filter_map(one).collect();
    // What is resolved by now is certain.
    let resolved = &context.assessment.resolved;
    let past = context.assessment.past.iter().flat_map(|p| &p.resolved);
    let known: Vec<Span> = resolved.iter().chain(past).map(|r| r.span).collect();
    found.retain(|d| !known.contains(&d.primary.span) && is_written(context.sources.text(d.primary.span)));
    found.extend(rows(context.assessment).filter_map(|row| rest(context, row)));
    found.extend(groups(context));
    found
}

fn one(stated: &Stated) -> Option<Diagnostic> {
    let numbers = stated.numbers.iter().copied().chain(stated.rate);
    let certain: Vec<&Number> = numbers
        .filter(|n| n.is_plain() && (n.point == 0.0 || n.point == 1.0) && !is_not_yet(stated, n))
        .collect();
    let first = certain.first()?;
    let mut diagnostic = report(&stated.what, first);
    for other in &certain[1..] {
        diagnostic = diagnostic.other(other.span, "so is this");
    }
    Some(diagnostic)
}

/// Whether 0% or 100% stands there, and not what is left of a chance for time that is over.
fn is_written(text: &str) -> bool {
    let digits = text.trim_start().split(|c: char| !c.is_ascii_digit() && c != '.').next().unwrap_or_default();
    match digits.parse::<f64>() {
        Ok(number) => number == 0.0 || number == 100.0,
        Err(_) => true,
    }
}

fn report(what: &Of<'_>, number: &Number) -> Diagnostic {
    let percent = if number.point == 0.0 { "0%" } else { "100%" };
    let nearest = if number.point == 0.0 { "0.5%" } else { "99.5%" };
    Diagnostic::new(
        &CERTAINTY,
        number.span,
        format!("{what} is stated as exactly {percent}"),
    )
    .label("no evidence could ever move this")
    .help(format!(
        "write the chance that you would still bet on, such as `{nearest}`"
    ))
}

/// `0% by now`: the event has not happened, as without it.
fn is_not_yet(stated: &Stated, number: &Number) -> bool {
    let now = |p: &CurvePoint| p.days == 0.0 && p.chance.span == number.span;
    number.point == 0.0
        && matches!(stated.curve, Some(Curve::Points(points)) if points.iter().any(now))
}

/// A `rest` of which nothing is left.
fn rest(context: &Context, row: Row) -> Option<Diagnostic> {
    let id = row.rest()?;
    let PriorOf::Rest(span) = row.prior.outcomes[row.question.place(id)] else {
        return None;
    };
    let left = &row.shares()[row.question.place(id)];
    let h = left.iter().position(|share| *share < NOTHING)?;
    let horizon = context.assessment.horizons.values().nth(h)?;
    Some(
        Diagnostic::new(
            &CERTAINTY,
            span,
            format!(
                "the prior of `{}` is left exactly 0% in `{}`",
                context.assessment.outcomes.name(id), horizon.name.node
            ),
        )
        .label("the others take all of it: no evidence could ever move this")
        .help("leave it the chance that you would still bet on, such as 0.5%"),
    )
}

/// Exclusive events of which one is certain to come, by the first horizon by which it is.
fn groups(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let own = |g: &&Exclusive| g.span.file == assessment.file;
    let groups = assessment.exclusives.iter().filter(own);
    groups
        .filter_map(|group| {
            let mut at = assessment.horizons.ids();
            at.find_map(|horizon| certain(context, group, horizon))
        })
        .collect()
}

fn certain(context: &Context, group: &Exclusive, horizon: HorizonId) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let days = assessment.horizons[horizon].days;
    let mut sum = 0.0;
    let mut members = Vec::new();
    for &id in &group.members {
        let driver = &assessment.drivers[id];
        let What::Event(rows) = &driver.what else {
            return None;
        };
        match &rows[..] {
            [] => {}
            [row] if row.given.is_none() => {
                let chance = row.clause.values.at(days);
                // One that is certain by itself is reported at its chance.
                if chance >= 1.0 {
                    return None;
                }
                sum += chance;
                members.push((row.clause.span, chance, &driver.name.node));
            }
            _ => return None,
        }
    }
    if sum < 1.0 - NOTHING {
        return None;
    }
    let at = &assessment.horizons[horizon].name.node;
    let mut found = Diagnostic::new(
        &CERTAINTY,
        group.span,
        format!("these events sum to exactly 100% by `{at}`: one of them is certain to come"),
    )
    .label("no chance is left that none of them happens")
    .help("lower a chance, unless one of them must come: then say so above this line, `# allow(certainty): why`");
    for (span, chance, name) in members.iter().take(4) {
        let label = format!("{} by `{at}` for `{name}`", percent(*chance));
        found = found.other(*span, label);
    }
    Some(found)
}
