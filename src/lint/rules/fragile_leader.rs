//! The rule `fragile-leader`.

use crate::diag::Diagnostic;
use crate::infer::Probabilities;
use crate::lint::leads::{Lead, lead, leads};
use crate::lint::{Context, effect, figures, say, written};
use crate::resolve::assessment::{HorizonId, OutcomeId, QuestionId};
use crate::resolve::table::Id;
use crate::lint::rules::dominant_factor::deciders;

rule! {
    /// A leader with a margin under two points, or one that would not lead without any one of several factors.
    ///
    /// No weight in such a file is known to two points, so that naming one outcome as the likeliest says more than the file
    /// knows. The last step before conclusions is to report how likely every hypothesis is, not the likeliest alone (Heuer 1999, ch. 8).
    ///
    /// Where two factors or more, each taken away alone, hand the lead to another outcome, no single one decides: the lead
    /// rests on each of them, however wide its margin. That is said once for the file.
    ///
    /// Instead: write that the two are about as likely as each other; or find the item of evidence that tells them apart.
    /// The threshold is `margin`.
    FRAGILE_LEADER = "fragile-leader", Change, Note, fix: None,
    bad: [
        r#"horizon year: 0 to 12 months
outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "51 of 101 truces since 1990"
  holds: 50.5%
  fails: rest
}
event killing "A signatory is killed" { resolves: "Named in two independent reports" }
change revenge "Revenge" {
  when: killing
  weight for fails: strong
}
"#,
        r#"horizon year: 0 to 12 months
outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "A count of truces since 1990: 41 of 82 failed"
  holds: 49%
  fails: rest
}
factor patrols "Patrols go on" {
  weight for holds: moderate
  evidence "Daily reports" { source: "The observers", rated: A2 }
}
factor aid "Aid comes through" {
  weight for holds: moderate
  evidence "Lorries counted" { source: "The agency", rated: A2 }
}
factor shots "Shots are fired" {
  weight for fails: 5:1
  evidence "Weekly counts" { source: "The monitors", rated: A2 }
}
"#,
    ],
    good: [
        r#"horizon year: 0 to 12 months
outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "21 of 40 truces since 1990"
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

/// How many factors a finding points at.
const LABELS: usize = 4;

fn check(context: &Context) -> Vec<Diagnostic> {
    let assessment = context.assessment;
    let Some(all) = context.probabilities() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (horizon, at) in assessment.horizons.ids().zip(&all.horizons) {
        let Some(at) = at else {
            continue;
        };
        for lead in leads(assessment, &at.outcomes) {
            if lead.margin < context.settings.fragile_margin {
                found.push(close(context, horizon, &lead, &at.outcomes));
            }
        }
    }
    for question in assessment.questions.ids() {
        found.extend(narrow(context, all, question));
    }
    found
}

/// Two outcomes of a question that are about level.
fn close(context: &Context, horizon: HorizonId, lead: &Lead, shares: &[f64]) -> Diagnostic {
    let assessment = context.assessment;
    let name = |o: OutcomeId| assessment.outcomes.name(o);
    let share = |o: OutcomeId| figures::percent(shares[o.index()]);
    let where_ = &assessment.horizons[horizon].name;
    let message = if lead.margin <= effect::TIE {
        format!(
            "`{}` and `{}` are level in `{}`, at {}",
            name(lead.leader),
            name(lead.second),
            where_.node,
            share(lead.second)
        )
    } else {
        format!(
            "`{}` leads in `{}` by {} only: {}, and `{}` {}",
            name(lead.leader),
            where_.node,
            figures::points(lead.margin),
            share(lead.leader),
            name(lead.second),
            share(lead.second)
        )
    };
    Diagnostic::new(&FRAGILE_LEADER, where_.span, message)
        .label("no weight is known so exactly")
        .help("say that the two are about as likely as each other, or find what tells them apart")
}

/// One finding about the horizons in which several factors turn a question's leader, each alone.
fn narrow(context: &Context, all: &Probabilities, question: QuestionId) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let turned = deciders(context);
    let leads = |h: HorizonId| {
        let at = all.horizons[h.index()].as_ref()?;
        let lead = lead(assessment, &assessment.questions[question], &at.outcomes)?;
        // A narrower one is said already.
        (lead.margin >= context.settings.fragile_margin).then_some(lead)
    };
    let by = |h: &HorizonId| turned.get(&(question, *h)).map_or(&[][..], Vec::as_slice);
    let several = assessment.horizons.ids().filter(|h| by(h).len() > 1 && leads(*h).is_some());
    let several: Vec<HorizonId> = several.collect();
    let (&first, more) = several.split_first()?;
    let at = leads(first)?;
    let by = by(&first);
    let names = say::names(assessment, by);
    let elsewhere = match more.len() {
        0 => String::new(),
        1 => ", and so it is in another horizon".to_owned(),
        n => format!(", and so it is in {n} other horizons"),
    };
    let mut finding = Diagnostic::new(
        &FRAGILE_LEADER,
        assessment.horizons[first].name.span,
        format!(
            "`{}` leads in `{}` by {}, yet without {} alone it does not{elsewhere}",
            assessment.outcomes.name(at.leader),
            assessment.horizons.name(first),
            figures::points(at.margin),
            say::list(&names, "or"),
        ),
    )
    .label("several factors decide it, each alone")
    .help("say on what the lead rests, or find what else tells the outcomes apart");
    for driver in by.iter().take(LABELS) {
        finding = finding.other(written::place(context, *driver), "turns it");
    }
    Some(finding)
}
