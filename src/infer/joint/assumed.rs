//! What the general engine takes for granted, as sentences.
//!
//! In: an assessment made ready. Out: sentences for "Assumed".

use super::answer::Joint;
use crate::infer::sampled::Choice;
use crate::resolve::assessment::{Query, Target};
use crate::resolve::table::Id;
use crate::text::decimal::fixed;
use crate::text::round;

/// All of them.
pub(super) fn sentences(joint: &Joint<'_>) -> Vec<String> {
    let mut out: Vec<String> = joint.solved.iter().map(|s| implied(joint, s.0)).collect();
    let a = joint.assessment;
    let expects = a.expects.iter().map(|e| &e.query);
    let mut queries = expects.chain(a.bets.iter().map(|b| &b.on));
    if queries.any(|q| is_over_passing(joint, q)) {
        out.push(
            "where several horizons are asked about at once, what passes is drawn anew, and \
             independently, in each"
                .to_owned(),
        );
    }
    out
}

/// That a method was asked for by which such files are not computed.
pub(super) fn asked_in_vain(choice: Choice) -> Option<String> {
    let is_vain = matches!(choice, Choice::Sampled | Choice::Transformed);
    is_vain.then(|| {
        "all states are summed, whatever method is asked for: a file with questions, quantities, chains, triggers or \
         conditional priors is never sampled, and one with weights on events where it has too many states alone"
            .to_owned()
    })
}

/// What a prior must be without what it counts in.
fn implied(joint: &Joint<'_>, q: usize) -> String {
    let (a, spec) = (joint.assessment, &joint.model.questions[q]);
    let first = spec.priors[0].1;
    // What is nearly nothing, or nearly all, is not told as nothing or all.
    let percent = |p: f64| match p {
        p if (0.001..=0.999).contains(&p) => format!("{}%", fixed(100.0 * p, 1)),
        p => round::percent(p),
    };
    let each = a.questions[spec.id].ids().map(|id| {
        let o = joint.outcome(id) - spec.outcomes.start;
        let word = if a.outcomes[id].is_final { "by" } else { "in" };
        let at = a.horizons.ids().map(|h| {
            let p = joint.point.prior_at(first + o, h.index() + 1);
            format!("{} {word} `{}`", percent(p), a.horizons.name(h))
        });
        let at: Vec<String> = at.collect();
        format!("`{}` {}", a.outcomes.name(id), at.join(", "))
    });
    let each: Vec<String> = each.collect();
    format!(
        "before what `counts in` names pushes, the prior is {}",
        each.join("; ")
    )
}

fn is_over_passing(joint: &Joint<'_>, query: &Query) -> bool {
    let lasts = match &query.target {
        Target::Outcome(o) => joint.assessment.outcomes[*o].is_final,
        Target::Figure(..) => true,
        Target::Prop(prop) => super::queries::lasts(joint, &joint.cond(prop)),
    };
    query.over.is_some() && !lasts
}
