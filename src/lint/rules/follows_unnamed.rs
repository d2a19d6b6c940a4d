//! The rule `follows-unnamed`.

use crate::diag::Diagnostic;
use crate::lint::{Context, figures};
use crate::resolve::assessment::{OutcomeId, Question};
use crate::resolve::table::Id;

rule! {
    /// A stage moves by five points against what its neighbours do, though nobody named it.
    ///
    /// Outcomes share 100%, so that a reason for one takes from all others. Where outcomes are stages of one way (all as before, some steps, a final
    /// break), what helps one stage thus makes the next less likely, though in the world it is mostly a step towards it. The rule looks at files of three
    /// outcomes or more of which the last alone is final, and compares the verdict with the prior. Neighbours are those before and after it.
    ///
    /// Instead: name the next stage too, `weight for weakening, exit: moderate`, or `for exit: slight`; or say in a `note` why it is
    /// off the way. The threshold is `moves`.
    FOLLOWS_UNNAMED = "follows-unnamed", Reasoning, Note, fix: None,
    bad: [
        r#"outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
prior "How such alliances have fared" {
  source: "A count of alliances since 1815: 14 of 40 ended so"
  exit: 20% by short, 28% by medium, 34% by long
  weakening: 15%
  commitment: rest
}
factor troops "Troops go home" {
  weight for weakening: moderate
  evidence "Two brigades" { source: "The ministry", rated: A2 }
}
"#,
    ],
    good: [
        r#"outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
prior "How such alliances have fared" {
  source: "A count of alliances since 1815: 14 of 40 ended so"
  exit: 20% by short, 28% by medium, 34% by long
  weakening: 15%
  commitment: rest
}
factor troops "Troops go home" {
  weight for weakening, exit: slight
  evidence "Two brigades" { source: "The ministry", rated: A2 }
}
"#,
    ],
    check: check,
}

/// A probability that moves by less has not moved.
const NOTHING: f64 = 1e-9;

fn check(context: &Context) -> Vec<Diagnostic> {
    let questions = context.assessment.questions.values();
    questions.flat_map(|question| of_question(context, question)).collect()
}

fn of_question(context: &Context, question: &Question) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let ids: Vec<OutcomeId> = question.ids().collect();
    let stages: Vec<(OutcomeId, bool)> = ids.iter().map(|o| (*o, assessment.outcomes[*o].is_final)).collect();
    // What is decided, no reason can name.
    if ids.iter().any(|o| assessment.outcomes[*o].decided.is_some()) {
        return Vec::new();
    }
    // Stages: one break comes last. Several final outcomes are rivals.
    let finals = stages.iter().filter(|s| s.1).count();
    let last = stages.last().is_some_and(|s| s.1);
    if stages.len() < 3 || !last || finals > 1 {
        return Vec::new();
    }
    let mut named = vec![false; stages.len()];
    for driver in assessment.drivers.values() {
        for weight in &driver.weights {
            if question.has(weight.outcome) {
                named[question.place(weight.outcome)] = true;
            }
        }
        if driver.likelihoods.iter().any(|l| question.has(l.outcomes[0])) {
            return Vec::new();
        }
    }
    if named.iter().all(|n| *n) || !named.contains(&true) {
        return Vec::new();
    }
    let Some((verdict, bases)) = context.verdict().zip(context.bases()) else {
        return Vec::new();
    };
    let moved = |h: usize, o: usize| {
        let at = &verdict.horizons[h].outcomes[ids[o].index()];
        at.probability.value - bases[h][ids[o].index()]
    };
    let mut found = Vec::new();
    for (i, outcome) in ids.iter().map(|o| &assessment.outcomes[*o]).enumerate() {
        if i == 0 || named[i] || !named[i - 1] {
            continue;
        }
        let against = |h: &usize| {
            let own = moved(*h, i);
            let opposed = |n: usize| moved(*h, n) * own < 0.0 && moved(*h, n).abs() > NOTHING;
            own.abs() >= context.settings.follows_unnamed_moves && opposed(i - 1) && (i + 1 == stages.len() || opposed(i + 1))
        };
        let at = (0..verdict.horizons.len()).filter(against);
        let at = at.reduce(|a, b| if moved(b, i).abs() > moved(a, i).abs() + NOTHING { b } else { a });
        let Some(h) = at else {
            continue;
        };
        let before = assessment.outcomes.name(ids[i - 1]);
        let at = &verdict.horizons[h].outcomes[ids[i].index()];
        let (name, horizon) = (&outcome.name.node, assessment.horizons.values().nth(h).map_or("", |h| &h.name.node));
        found.push(
            Diagnostic::new(
                &FOLLOWS_UNNAMED,
                outcome.name.span,
                format!(
                    "`{name}` {} from {} to {} in `{horizon}` since `{before}` {} by {}, and no reason names it",
                    if moved(h, i) < 0.0 { "falls" } else { "rises" },
                    figures::percent(bases[h][ids[i].index()]),
                    figures::percent(at.probability.value),
                    if moved(h, i - 1) < 0.0 { "falls" } else { "rises" },
                    figures::points(moved(h, i - 1)),
                ),
            )
            .label("follows only because outcomes share 100%")
            .help(format!("does what moves `{before}` move `{name}` too? name both: `weight for {before}, {name}: …`")),
        );
    }
    found
}
