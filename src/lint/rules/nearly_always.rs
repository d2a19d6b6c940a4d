//! The rule `nearly-always`.

use crate::diag::Diagnostic;
use crate::infer::verdict::Conditional;
use crate::lint::effect::TIE;
use crate::lint::leads::leads;
use crate::lint::{Context, figures, written};
use crate::resolve::assessment::DriverId;
use crate::resolve::table::Id;

rule! {
    /// A `when` holds in 90% of cases or more, and its absence changes the leader or moves it by ten points.
    ///
    /// What almost always holds is in the verdict already: that it holds is no news, and would change nothing. News would be its
    /// absence, which the file mentions nowhere, though the verdict hangs on it.
    ///
    /// Instead: turn the clause round, `when: not …`, with what follows then; or make a factor of what holds anyway.
    /// The thresholds are `chance` and `moves`.
    NEARLY_ALWAYS = "nearly-always", Change, Note, fix: None,
    bad: [
        r#"outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
prior "Alliances without talks" {
  source: "A count of alliances since 1815: 12 of 40 were weakened"
  exit: 2% per year
  weakening: 30%
  commitment: rest
}
event talks "Talks go on" {
  resolves: "A round is held"
  chance: 90% by short, 96% by medium, 98% by long
}
change quiet "Talks keep the alliance together" {
  when: talks
  weight against weakening: moderate
}
"#,
    ],
    good: [
        r#"event talks "Talks go on" {
  resolves: "A round is held"
  chance: 90% by short, 96% by medium, 98% by long
}
change silence "Talks break off" {
  when: not talks
  weight for weakening: moderate
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let changes = context.verdict().into_iter().flat_map(|v| &v.changes);
    let found = changes.filter_map(|change| {
        let mut at = change.horizons.iter().enumerate();
        let (h, at, moved) = at.find_map(|(h, at)| Some((h, at, hangs(context, change.change, h, at)?)))?;
        let assessment = context.assessment;
        Some(
            Diagnostic::new(
                &NEARLY_ALWAYS,
                written::condition(context, change.change),
                format!(
                    "this holds with {} in `{}`, and {moved} where it does not",
                    figures::percent(at.chance.value),
                    assessment.horizons.values().nth(h).map_or("", |h| &h.name.node),
                ),
            )
            .label("its absence would be the news")
            .help(format!(
                "turn it round, `when: not …`, with what follows then; or make `{}` a factor",
                assessment.drivers.name(change.change)
            )),
        )
    });
    found.collect()
}

/// What its absence does to the leader, where it is rare and does much.
fn hangs(context: &Context, change: DriverId, h: usize, at: &Conditional) -> Option<String> {
    let settings = context.settings;
    if at.chance.value < settings.nearly_always_chance - TIE {
        return None;
    }
    let absent = context.sides(change)?.get(h)?.absent.values()?;
    let verdict = &context.verdict()?.horizons[h];
    let names = |o: usize| context.assessment.outcomes.values().nth(o).map_or("", |o| &o.name.node);
    let share = |o: usize| figures::percent(absent[o]);
    let shares: Vec<f64> = verdict.outcomes.iter().map(|o| o.probability.value).collect();
    let mut leads = leads(context.assessment, &shares).into_iter();
    leads.find_map(|lead| {
        let leader = lead.leader.index();
        let of = context.assessment.question_of(lead.leader).ids().map(|o| o.index());
        let new = of.reduce(|a, b| if absent[b] > absent[a] + TIE { b } else { a })?;
        if absent[new] > absent[leader] + TIE && lead.margin > TIE {
            return Some(format!("`{}` leads with {}", names(new), share(new)));
        }
        let before = shares[leader];
        let far = (absent[leader] - before).abs() >= settings.nearly_always_moves - TIE;
        far.then(|| format!("`{}` has {} in place of {}", names(leader), share(leader), figures::percent(before)))
    })
}
