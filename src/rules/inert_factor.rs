//! The rule `inert-factor`.

use crate::diag::{Diagnostic, suggest};
use crate::lint::{Context, figures, pushes, written};
use crate::resolve::assessment::{DriverId, DriverKind};

rule! {
    /// A factor, change or event with weights that moves no probability by half a point.
    ///
    /// More items make analysts surer without making them righter (Oskamp 1965; Heuer 1999, ch. 5). A reason that moves
    /// nothing lengthens the list and hides the reasons that count. The rule evaluates the file without it. What can
    /// hold only where a hypothetical event happens is judged among the cases in which it holds.
    ///
    /// Instead: delete it, or say in its `note` why it is there; or give it the weight that was meant, or a
    /// better rated source. The threshold is `shift`.
    INERT_FACTOR = "inert-factor", Reasoning, Note, fix: None,
    bad: [
        r#"factor speech "A speech against the alliance" {
  weight for exit: slight in short
  evidence "The speech of 14 February" { source: "Transcript" }
}
"#,
    ],
    good: [
        r#"factor speech "A speech against the alliance" {
  weight for weakening: slight
  evidence "The speech of 14 February" { source: "Transcript" }
}
"#,
    ],
    check: check,
}

/// Shifts below this, a millionth of a point, are what doubles miss.
const NOTHING: f64 = 1e-8;

fn check(context: &Context) -> Vec<Diagnostic> {
    let drivers = context.assessment.drivers.ids();
    drivers.filter_map(|driver| inert(context, driver)).collect()
}

fn inert(context: &Context, id: DriverId) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let driver = &assessment.drivers[id];
    let weighs = !driver.weights.is_empty() || driver.likelihood.is_some();
    let judged = match driver.kind() {
        DriverKind::Factor | DriverKind::Change => true,
        DriverKind::Event => weighs,
        // It pushes only where it is wrong: `linchpin` looks there.
        DriverKind::Assumption => false,
    };
    // `non-diagnostic` says why such a factor moves nothing.
    if !judged || (driver.kind() == DriverKind::Factor && pushes::cancel(assessment, driver)) {
        return None;
    }
    let effect = context.effect(id)?;
    let (shift, horizon, outcome) = effect.largest()?;
    if shift.abs() >= context.settings.inert_shift {
        return None;
    }
    let where_ = format!(
        "{} of `{}` in `{}`",
        figures::points(shift),
        assessment.outcomes.name(outcome),
        assessment.horizons.name(horizon)
    );
    let name = assessment.drivers.name(id);
    let nothing = shift.abs() < NOTHING;
    let message = match (nothing, effect.given) {
        (true, false) => format!("`{name}` moves no probability at all"),
        (true, true) => format!("`{name}` moves no probability at all, even where it holds"),
        (false, false) => format!("`{name}` moves no probability by more than {where_}"),
        (false, true) => {
            format!("`{name}` moves no probability by more than {where_}, even where it holds")
        }
    };
    Some(
        Diagnostic::new(&INERT_FACTOR, written::place(context, id), message)
            .label(label(context, id))
            .help("delete it, or give it the weight that was meant"),
    )
}

/// Why the verdict is the same without it, as far as an overlap shows.
fn label(context: &Context, id: DriverId) -> String {
    let assessment = context.assessment;
    let groups = assessment.overlaps.iter();
    let groups = groups.filter(|group| group.members.contains(&id));
    let most = groups.max_by(|a, b| a.share.total_cmp(&b.share));
    let Some(group) = most else {
        return "the verdict is the same without it".to_owned();
    };
    let others = group.members.iter().filter(|member| **member != id);
    let names: Vec<&str> = others.map(|d| assessment.drivers.name(*d)).collect();
    format!(
        "shares {} with {}",
        figures::percent(group.share),
        suggest::list(&names, "and")
    )
}
