//! The rule `linchpin`.

use crate::diag::Diagnostic;
use crate::infer::reach::Change;
use crate::lint::{Context, effect, written};
use crate::resolve::assessment::{Confidence, DriverId, What};

rule! {
    /// An assumption, not held with high confidence, whose being wrong changes the leader.
    ///
    /// A verdict hangs on its linchpins, the assumptions that, if wrong, turn it round (MacEachin 1994; the key assumptions
    /// check of the US Tradecraft Primer, 2009). One held with low or moderate confidence, or of which nothing is said, is a
    /// verdict that may turn round for a reason that nobody watches. The rule evaluates the file given that the assumption is wrong.
    ///
    /// Instead: find out, and state `confidence: high` with the reason in its `note`; or, where it is really open, make it an
    /// `event` or a factor with a chance, so that the verdict counts both cases.
    LINCHPIN = "linchpin", Reasoning, Warning, fix: None,
    bad: [
        r#"assumption treaty "Leaving needs the consent of the Senate" {
  confidence: moderate
  weight for exit if wrong: 40:1
}
"#,
    ],
    good: [
        r#"assumption treaty "Leaving needs the consent of the Senate" {
  confidence: high
  weight for exit if wrong: 40:1
  note: "The statute of 2023 says so"
}
"#,
        r#"assumption treaty "Leaving needs the consent of the Senate" {
  confidence: moderate
  weight for exit if wrong: weak
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let drivers = context.assessment.drivers.ids();
    drivers.filter_map(|driver| linchpin(context, driver)).collect()
}

fn linchpin(context: &Context, id: DriverId) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let What::Assumption(confidence) = &assessment.drivers[id].what else {
        return None;
    };
    let held = confidence.as_ref().map(|c| c.node);
    if held == Some(Confidence::High) {
        return None;
    }
    let right = context.probabilities()?;
    if context.bounds(Change::Wrong(id)).is_some_and(|b| !b.may_turn(assessment)) {
        return None;
    }
    let wrong = context.wrong(id)?;
    let (_, turn) = effect::turn(assessment, right, &wrong)?;
    let own = confidence.as_ref().map(|c| c.span);
    let own = own.filter(|span| span.file == assessment.file);
    Some(
        Diagnostic::new(
            &LINCHPIN,
            own.unwrap_or_else(|| written::place(context, id)),
            format!("if `{}` is wrong, {turn}", assessment.drivers.name(id)),
        )
        .label(match held {
            Some(Confidence::Low) => "held with low confidence",
            Some(_) => "held with moderate confidence",
            None => "nothing says how sure it is",
        })
        .help("find out how sure it is; where it is open, make it an `event` or a factor with a chance"),
    )
}
