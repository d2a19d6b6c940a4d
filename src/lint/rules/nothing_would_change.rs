//! The rule `nothing-would-change`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::resolve::assessment::{DriverKind, Question};

rule! {
    /// No clause says what would change the verdict.
    ///
    /// An assessment that nothing could change is a creed. ICD 203 (2015) asks for the indicators that would alter a judgment,
    /// and the analysis of competing hypotheses ends with the milestones to watch (Heuer 1999, ch. 8). A reader who knows
    /// them can tell when the verdict has gone out of date.
    ///
    /// Instead: for each outcome but the leader, ask what would have to happen first; write it as an `event` and a `change`. A
    /// weight of a hypothetical event will do.
    NOTHING_WOULD_CHANGE = "nothing-would-change", Change, Warning, fix: None,
    bad: [
        r#"assessment "Does the truce hold?" {
  author: "The example"
  as of: 2025-03-01
  resolves: "`fails` when the monitoring mission reports an attack by a signatory"
}
horizon year: 0 to 12 months
outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "30 of 42 truces since 1990"
  holds: 72%
  fails: rest
}
factor spoilers "Militias that gain from war" {
  weight against holds: weak
  evidence "Two attacks since the signing" { source: "Monitoring mission", rated: A2 }
}
"#,
    ],
    good: [
        r#"assessment "Does the truce hold?" {
  author: "The example"
  as of: 2025-03-01
  resolves: "`fails` when the monitoring mission reports an attack by a signatory"
}
horizon year: 0 to 12 months
outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "30 of 42 truces since 1990"
  holds: 72%
  fails: rest
}
factor spoilers "Militias that gain from war" {
  weight against holds: weak
  evidence "Two attacks since the signing" { source: "Monitoring mission", rated: A2 }
}
event killing "A signatory is killed" { resolves: "Named in two independent reports" }
change revenge "Revenge" {
  when: killing
  weight for fails: strong
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let says = assessment.drivers.values().any(|driver| {
        driver.kind() == DriverKind::Change
            || driver.is_hypothetical()
                && (driver.pushes())
    });
    // An outcome that events decide changes with them.
    let decided = |q: &Question| q.ids().any(|o| assessment.outcomes[o].decided.is_some());
    if assessment.questions.values().next().is_some_and(decided) {
        return Vec::new();
    }
    // Claims on events alone have no leader that could change.
    if says || assessment.outcomes.is_empty() {
        return Vec::new();
    }
    vec![
        Diagnostic::new(
            &NOTHING_WOULD_CHANGE,
            assessment.title.span,
            "no clause says what would change the verdict",
        )
        .label("what would have to happen for another outcome to lead?")
        .help("name it as an `event`, and what it does as a `change` with `when:` and a weight"),
    ]
}
