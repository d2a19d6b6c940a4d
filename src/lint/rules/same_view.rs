//! The rule `same-view`.

use crate::diag::Diagnostic;
use crate::infer::{Choice, evaluate};
use crate::infer::verdict::{Options, Question, Verdict};
use crate::infer::confidence::Depth;
use crate::lint::Context;
use crate::resolve::assessment::Assessment;
use crate::resolve::table::Id;

rule! {
    /// A view whose verdict is that of the file.
    ///
    /// Whoever reads two columns side by side looks for what the second holds otherwise. Where no chance of an outcome or event
    /// differs anywhere, the view restates what the file says already, or what it changes has no effect: a reader learns that two agree,
    /// which a pool would then count as two opinions.
    ///
    /// Instead: say what the view holds otherwise, or leave it out and say in the text who agrees.
    SAME_VIEW = "same-view", Reasoning, Warning, fix: None,
    bad: [
        r#"event drift "Members drift apart" {
  resolves: "A member closes its bases to another"
  chance: 4% by short, 9% by medium, 16% by long
  weight for weakening: moderate
}
view staff "The staff" {
  drift: 4% by short, 9% by medium, 16% by long
}
"#,
    ],
    good: [
        r#"event drift "Members drift apart" {
  resolves: "A member closes its bases to another"
  chance: 4% by short, 9% by medium, 16% by long
  weight for weakening: moderate
}
view staff "The staff" {
  drift: 8% by short, 19% by medium, 31% by long
}
"#,
    ],
    check: check,
}

/// Chances nearer than this are the same: sums of doubles miss by less.
const SAME: f64 = 1e-9;

fn check(context: &Context) -> Vec<Diagnostic> {
    let a = context.assessment;
    if a.views.is_empty() || !context.is_affordable() {
        return Vec::new();
    }
    let Some(own) = verdict(a) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for view in a.views.values() {
        // What only the view has is something else that it says.
        if view.assessment.drivers.len() != a.drivers.len() {
            continue;
        }
        let Some(seen) = verdict(&view.assessment) else {
            continue;
        };
        if is_same(&own, &seen) {
            found.push(
                Diagnostic::new(
                    &SAME_VIEW,
                    view.name.span,
                    format!("the verdict of the view `{}` is that of the file", view.name.node),
                )
                .label("nothing in it moves a chance")
                .help("say what it holds otherwise, or leave it out"),
            );
        }
    }
    found
}

fn verdict(assessment: &Assessment) -> Option<Verdict> {
    let options = Options {
        intervals: false,
        confidence: Depth::None,
        choice: Choice::Exact,
        ..Options::default()
    };
    evaluate(assessment, &Question::default(), &options).ok()
}

fn is_same(own: &Verdict, seen: &Verdict) -> bool {
    let near = |a: f64, b: f64| (a - b).abs() <= SAME;
    let outcomes = own.horizons.iter().zip(&seen.horizons).all(|(a, b)| {
        let mut pairs = a.outcomes.iter().zip(&b.outcomes);
        pairs.all(|(a, b)| near(a.probability.value, b.probability.value))
    });
    let events = own.events.iter().zip(&seen.events).all(|(a, b)| {
        a.event.index() == b.event.index()
            && a.horizons.iter().zip(&b.horizons).all(|(a, b)| near(a.chance.value, b.chance.value))
    });
    outcomes && events
}
