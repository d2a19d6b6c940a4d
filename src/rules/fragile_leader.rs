//! The rule `fragile-leader`.

use crate::diag::Diagnostic;
use crate::lint::{Context, effect, figures};
use crate::resolve::assessment::OutcomeId;
use crate::resolve::table::Id;

rule! {
    /// A leader with a margin under two points.
    ///
    /// No weight in such a file is known to two points, so that naming one outcome as the likeliest says more than the file
    /// knows. The last step before conclusions is to report how likely every hypothesis is, not the likeliest alone (Heuer 1999, ch. 8).
    ///
    /// Instead: write that the two are about as likely as each other; or find the item of evidence that tells them apart.
    /// The threshold is `margin`.
    FRAGILE_LEADER = "fragile-leader", Change, Note, fix: None,
    bad: [
        r#"horizon year: 0 to 12 months
outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "A count of truces since 1990"
  holds: 50.5%
  fails: rest
}
event killing "A signatory is killed" { resolves: "Named in two independent reports" }
change revenge "Revenge" {
  when: killing
  weight for fails: strong
}
"#,
    ],
    good: [
        r#"horizon year: 0 to 12 months
outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "A count of truces since 1990"
  holds: 53%
  fails: rest
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
    let Some(all) = context.probabilities() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (horizon, at) in assessment.horizons.iter().zip(&all.horizons) {
        let Some(at) = at.as_ref().filter(|at| at.margin < context.settings.fragile_margin) else {
            continue;
        };
        let shares = &at.outcomes;
        let others = assessment.outcomes.ids().filter(|o| *o != at.leader);
        let Some(second) = others.reduce(|a, b| match shares[b.index()] > shares[a.index()] {
            true => b,
            false => a,
        }) else {
            continue;
        };
        let name = |o: OutcomeId| assessment.outcomes.name(o);
        let share = |o: OutcomeId| figures::percent(shares[o.index()]);
        let where_ = &horizon.1.name;
        let message = if at.margin <= effect::TIE {
            format!(
                "`{}` and `{}` are level in `{}`, at {}",
                name(at.leader),
                name(second),
                where_.node,
                share(second)
            )
        } else {
            format!(
                "`{}` leads in `{}` by {} only: {}, and `{}` {}",
                name(at.leader),
                where_.node,
                figures::points(at.margin),
                share(at.leader),
                name(second),
                share(second)
            )
        };
        found.push(
            Diagnostic::new(&FRAGILE_LEADER, where_.span, message)
                .label("no weight is known so exactly")
                .help("say that the two are about as likely as each other, or find what tells them apart"),
        );
    }
    found
}
