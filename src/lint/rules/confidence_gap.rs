//! The rule `confidence-gap`.

use crate::diag::Diagnostic;
use crate::infer::evaluate;
use crate::infer::verdict::{Confidence as Computed, Options, Question, Verdict};
use crate::lint::{Context, say};
use crate::resolve::assessment::{
    Assessment, Confidence, HorizonId, QuestionId, Spanned, Target,
};
use crate::resolve::table::Id;
use std::cell::OnceCell;

rule! {
    /// Stated confidence is two levels from the computed one: `high` where it is low, `low` where it is high.
    ///
    /// Confidence says how good the ground is on which a likelihood stands: its sources, how they were rated, and how far the
    /// verdict moves if one of them is wrong (ICD 203). `assess` computes it from these; an author may know of ground that is not in
    /// the file. A step between the two is a matter of judgement, two steps mean that the file does not hold what its author relies on. Looked
    /// at are key judgements, at their horizon, and questions, outcomes and views, where they are two levels apart in every horizon.
    ///
    /// Instead: write down what the confidence rests on, as evidence with its source and rating, or state the level that the file bears out.
    /// `assess explain` shows what the computed level comes from.
    CONFIDENCE_GAP = "confidence-gap", Reasoning, Note, fix: None,
    bad: [
        r#"prior "How such alliances have fared" {
  source: "A count of alliances since 1815: 12 of 40 were weakened"
  exit: 1% by short, 3% by medium, 6% by long
  weakening: 30%
  commitment: rest
}
factor speech "A speech against the alliance" {
  weight for weakening: weak
  evidence "The speech of 14 February" { source: "Transcript", rated: C3 }
}
judgement "We judge with high confidence that the alliance does not end" {
  on: exit by short
  says: almost no chance
  confidence: high
  rests on: speech
}
"#,
    ],
    good: [
        r#"prior "How such alliances have fared" {
  source: "A count of alliances since 1815: 12 of 40 were weakened"
  exit: 1% by short, 3% by medium, 6% by long
  weakening: 30%
  commitment: rest
}
factor speech "A speech against the alliance" {
  weight for weakening: weak
  evidence "The speech of 14 February" { source: "Transcript", rated: C3 }
}
judgement "We judge with low confidence that the alliance does not end" {
  on: exit by short
  says: almost no chance
  confidence: low
  rests on: speech
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let a = context.assessment;
    let views: Vec<_> = a.views.values().filter(|v| v.confidence.is_some()).collect();
    let stated = a.judgements.iter().any(|j| j.confidence.is_some())
        || !views.is_empty()
        || a.questions.values().any(|q| q.confidence.is_some())
        || a.outcomes.values().any(|o| o.confidence.is_some());
    if !stated || a.outcomes.is_empty() || !context.is_affordable() {
        return Vec::new();
    }
    let Some(own) = verdict(a) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for judgement in &a.judgements {
        let Some(stated) = &judgement.confidence else {
            continue;
        };
        let query = judgement.expect.query.meant();
        let question = match query.target {
            Target::Outcome(o) => Some(a.outcomes[o].question),
            Target::Prop(_) | Target::Figure(..) => a.questions.ids().next(),
        };
        let seen = OnceCell::new();
        let of = match &judgement.expect.query.viewed {
            None => Some(&own),
            Some(viewed) => seen
                .get_or_init(|| verdict(&a.views[viewed.view].assessment))
                .as_ref(),
        };
        if let (Some(of), Some(question)) = (of, question) {
            let computed = level(of, question, query.horizon);
            found.extend(gap(context, "this judgement", stated, &[(query.horizon, computed)]));
        }
    }
    let throughout = |of: &Verdict, question: QuestionId| -> Vec<(HorizonId, Computed)> {
        let each = a.horizons.ids();
        each.map(|h| (h, level(of, question, h))).collect()
    };
    for (id, question) in a.questions.iter() {
        let name = question.name.as_ref().map_or("", |n| &n.node);
        let what = format!("`{name}`");
        let stated = question.confidence.iter();
        found.extend(stated.filter_map(|s| gap(context, &what, s, &throughout(&own, id))));
    }
    for outcome in a.outcomes.values() {
        let what = format!("`{}`", outcome.name.node);
        let all = throughout(&own, outcome.question);
        found.extend(outcome.confidence.iter().filter_map(|s| gap(context, &what, s, &all)));
    }
    for view in views {
        let first = a.questions.ids().next();
        if let (Some(stated), Some(question)) = (&view.confidence, first)
            && let Some(seen) = verdict(&view.assessment)
        {
            let what = format!("the view `{}`", view.name.node);
            found.extend(gap(context, &what, stated, &throughout(&seen, question)));
        }
    }
    found
}

fn verdict(assessment: &Assessment) -> Option<Verdict> {
    evaluate(assessment, &Question::default(), &Options::default()).ok()
}

/// The confidence that is computed of a question at a horizon.
fn level(verdict: &Verdict, question: QuestionId, h: HorizonId) -> Computed {
    let of = verdict.questions.iter().find(|q| q.question == question);
    match of {
        Some(of) => of.horizons[h.index()].confidence,
        None => verdict.horizons[h.index()].confidence,
    }
}

/// A finding where what is stated is two levels from what is computed in every horizon of a list.
fn gap(
    context: &Context,
    what: &str,
    stated: &Spanned<Confidence>,
    computed: &[(HorizonId, Computed)],
) -> Option<Diagnostic> {
    let apart = |level: Computed| {
        matches!(
            (stated.node, level),
            (Confidence::High, Computed::Low) | (Confidence::Low, Computed::High)
        )
    };
    if computed.is_empty() || !computed.iter().all(|(_, level)| apart(*level)) {
        return None;
    }
    let (word, other) = match stated.node {
        Confidence::High => ("high", "low"),
        _ => ("low", "high"),
    };
    let horizons = &context.assessment.horizons;
    let names = computed.iter().map(|(h, _)| format!("`{}`", horizons.name(*h)));
    let names = say::list(&names.collect::<Vec<_>>(), "and");
    let help = match stated.node {
        Confidence::High => {
            "write down what it rests on, with source and rating, or state a lower level; `assess explain` shows              what the computed level comes from"
        }
        _ => "say in a note what is doubted that the file does not hold, or state a higher level",
    };
    Some(
        Diagnostic::new(
            &CONFIDENCE_GAP,
            stated.span,
            format!("the stated confidence of {what} is {word}, and the computed one {other}, in {names}"),
        )
        .label("two levels apart")
        .help(help),
    )
}
