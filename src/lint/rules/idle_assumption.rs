//! The rule `idle-assumption`.

use crate::diag::Diagnostic;
use crate::lint::{Context, walk, written};
use crate::resolve::assessment::{Decided, DriverKind, What};
use std::collections::BTreeSet;

rule! {
    /// An assumption that does not say what follows if it is wrong.
    ///
    /// A key assumptions check asks of each assumption: what if it is wrong (US Tradecraft Primer, 2009)? One that has no weight
    /// `if wrong`, and that no `when` and no row names, has no answer: the verdict is the same either way.
    ///
    /// Instead: state `weight … if wrong`, or a `change` with `when: not …`.
    IDLE_ASSUMPTION = "idle-assumption", Reasoning, Note, fix: None,
    bad: [
        r#"assumption treaty "Leaving needs the consent of the Senate" {
  confidence: high
}
"#,
    ],
    good: [
        r#"assumption treaty "Leaving needs the consent of the Senate" {
  confidence: high
  weight for exit if wrong: moderate
}
"#,
        r#"assumption treaty "Leaving needs the consent of the Senate" {
  confidence: high
}
change alone "The president can leave alone" {
  when: not treaty
  weight for exit: moderate
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let mut named = BTreeSet::new();
    for (driver, prop) in walk::propositions(assessment) {
        // A question about an assumption says nothing of what follows.
        if driver.is_some() {
            walk::names(prop, &mut |name| {
                named.insert(name);
            });
        }
    }
    // Outcomes and priors rest on what they name.
    let decided = assessment.outcomes.values().filter_map(|o| match &o.decided {
        Some(Decided::When(when)) => Some(when),
        _ => None,
    });
    let rows = assessment.questions.values().flat_map(|q| &q.priors);
    for prop in decided.chain(rows.filter_map(|row| row.given.as_ref())) {
        walk::names(prop, &mut |name| {
            named.insert(name);
        });
    }
    for driver in assessment.drivers.values() {
        if let What::Change { counts, .. } = &driver.what {
            named.extend(counts.iter().map(|count| count.driver));
        }
    }
    let idle = assessment.drivers.iter().filter(|(id, driver)| {
        driver.kind() == DriverKind::Assumption
            && driver.weights.is_empty()
            && driver.event_weights.is_empty()
            && !named.contains(id)
    });
    idle.map(|(id, _)| {
        Diagnostic::new(
            &IDLE_ASSUMPTION,
            written::place(context, id),
            format!(
                "nothing says what follows if `{}` is wrong",
                assessment.drivers.name(id)
            ),
        )
        .label("the verdict is the same either way")
        .help("add `weight for OUTCOME if wrong: …`, or a `change` with `when: not …`")
    })
    .collect()
}
