//! The rule `unpacked`.

use crate::diag::Diagnostic;
use crate::infer::reach::Change;
use crate::lint::effect::{TIE, odds};
use crate::lint::priors::{Row, rows};
use crate::lint::prose::lower;
use crate::lint::{Context, amounts, cases, figures, say};
use crate::resolve::assessment::{Driver, DriverId, HorizonId, OutcomeId, Prior, Question, What};
use crate::resolve::table::Id;
use crate::text::blanks::single;
use crate::text::source::Span;
use crate::strengths::DECIBAN;

rule! {
    /// Events and changes move some outcome's odds by 2 dB or more, all in all, beside a prior that counts past cases.
    ///
    /// A base rate holds the cases in which something of the kind came to pass: strikes, deaths, crises are in the count of how often
    /// such things ended so. Adding them as events counts them twice. Asked about a whole and about its parts, people give the parts
    /// more than the whole (Tversky and Koehler 1994), and each part looks harmless. The rule takes away what the events and changes with a
    /// chance push, and compares. Only a prior that cites a source or a count is judged.
    ///
    /// Instead: say which of them the prior has in it, `counts in: strike`, and they are taken out of it; or, where it leaves them out, say so in
    /// its `note:` ("without such events"). The threshold is `odds`.
    UNPACKED = "unpacked", Probability, Warning, fix: None,
    bad: [
        r#"event strike "The pilots strike" {
  resolves: "Called by the union"
  chance: 20% by short, 35% by medium, 48% by long
  weight for weakening: strong
}
"#,
    ],
    good: [
        r#"outcome commitment "Commitment at today's level"
outcome weakening  "Gradual disengagement"
final outcome exit "Full exit"
prior "How such alliances have fared" {
  source: "A count of alliances since 1815"
  exit: 2% per year
  weakening: 20% to 40%
  commitment: rest
  note: "Without the alliances whose crews struck"
}
event strike "The pilots strike" {
  resolves: "Called by the union"
  chance: 20% by short, 35% by medium, 48% by long
  weight for weakening: strong
}
"#,
        r#"event strike "The pilots strike" {
  resolves: "Called by the union"
  chance: 4% by short, 8% by medium, 12% by long
  weight for weakening: moderate
}
"#,
    ],
    check: check,
}

/// Words by which a title, a source or a note says what the prior leaves out.
const SAID: &[&str] = &[
    "without", "none of", "leaves out", "leaving out", "left out", "excludes", "excluding", "exclude", "excluded",
    "not counting", "not counted", "not included", "apart from", "aside from", "before the reasons", "before any",
    "before these", "if nothing", "as long as no", "counts in",
];

fn check(context: &Context) -> Vec<Diagnostic> {
    // A prior with rows tells apart what has come from what has not.
    let rows = rows(context.assessment).filter(|row| row.is_only());
    rows.filter_map(|row| one(context, row)).collect()
}

fn one(context: &Context, row: Row) -> Option<Diagnostic> {
    let assessment = context.assessment;
    let prior = row.prior;
    // What is counted in is taken out of the prior by computing.
    if row.question.counts_in.is_some() {
        return None;
    }
    if !cases::prior_is_sourced(context, prior) || is_said(prior) {
        return None;
    }
    let comes = coming(context, row.question);
    let least = context.settings.unpacked_odds - TIE;
    let bounds = (!comes.is_empty()).then(|| context.bounds(Change::Without(&comes)));
    if bounds.flatten().is_some_and(|b| b.odds_move_less(least)) {
        return None;
    }
    let without = match comes.as_slice() {
        [] => return None,
        [one] => context.without(*one)?.clone(),
        _ => context.silent(&comes, None)?,
    };
    let with = context.probabilities()?;
    let mut most: Option<(f64, HorizonId, OutcomeId, f64, f64)> = None;
    for o in row.question.ids().filter(|o| assessment.outcomes[*o].decided.is_none()) {
        let both = with.horizons.iter().zip(&without.horizons).enumerate();
        let both = both.filter_map(|(h, (a, b))| {
            let (a, b) = (a.as_ref()?.outcomes[o.index()], b.as_ref()?.outcomes[o.index()]);
            Some((odds(a, b), HorizonId::new(h), o, a, b))
        });
        let both: Vec<_> = both.collect();
        let one_way = both.iter().all(|m| m.0 > -TIE) || both.iter().all(|m| m.0 < TIE);
        let largest = both.into_iter().reduce(|a, b| if b.0.abs() > a.0.abs() + TIE { b } else { a });
        if let Some(moved) = largest.filter(|_| one_way)
            && most.is_none_or(|m| moved.0.abs() > m.0.abs() + TIE)
        {
            most = Some(moved);
        }
    }
    let (moved, horizon, outcome, a, b) = most?;
    if moved.abs() < least {
        return None;
    }
    let names = say::names(assessment, &comes);
    let start = prior.span.start as usize;
    Some(
        Diagnostic::new(
            &UNPACKED,
            Span::new(prior.span.file, start, start + "prior".len()),
            format!(
                "{} {} `{}` from {} to {} in `{}`{}, and the prior may hold such cases already",
                say::list(&names, "and"),
                match (names.len(), moved > 0.0) {
                    (1, true) => "raises",
                    (1, false) => "lowers",
                    (_, true) => "raise",
                    (_, false) => "lower",
                },
                assessment.outcomes.name(outcome),
                figures::percent(b),
                figures::percent(a),
                assessment.horizons.name(horizon),
                // To 0% or 100% it is beyond all measure.
                match moved.is_finite() {
                    true => format!(", {} in its odds", amounts::decibans(moved.abs() * DECIBAN)),
                    false => String::new(),
                },
            ),
        )
        .label("a base rate counts what has happened, such events among it")
        .help(
            "say which of them the prior has in it, `counts in: …`; or, where it is without such events, say so in its `note:`",
        ),
    )
}

/// The events and changes that push a question in the verdict.
fn coming(context: &Context, question: &Question) -> Vec<DriverId> {
    let assessment = context.assessment;
    let verdict = context.verdict();
    let changes = || verdict.into_iter().flat_map(|v| &v.changes);
    let events = || verdict.into_iter().flat_map(|v| &v.events);
    // What is certain anyway is no case of its own.
    let may = |chances: &[f64]| chances.iter().any(|p| *p > 0.0) && chances.iter().any(|p| *p < 1.0 - TIE);
    let drivers = assessment.drivers.iter().filter(|(id, driver)| {
        let pushes = pushes(driver, question);
        let chances: Vec<f64> = match &driver.what {
            What::Event(_) if pushes => {
                let own = events().filter(|e| e.event == *id).flat_map(|e| &e.horizons);
                own.map(|at| at.chance.value).collect()
            }
            What::Change { counts, .. }
                if pushes || counts.iter().any(|c| self::pushes(&assessment.drivers[c.driver], question)) =>
            {
                let own = changes().filter(|c| c.change == *id).flat_map(|c| &c.horizons);
                own.map(|at| at.chance.value).collect()
            }
            _ => return false,
        };
        may(&chances)
    });
    drivers.map(|(id, _)| id).collect()
}

fn pushes(driver: &Driver, question: &Question) -> bool {
    let weights = driver.weights.iter().any(|w| question.has(w.outcome));
    weights || driver.likelihoods.iter().any(|l| l.outcomes.iter().any(|o| question.has(*o)))
}

fn is_said(prior: &Prior) -> bool {
    let normal = |text: &str| lower(&single(text));
    let own = prior.title.iter().chain(&prior.prose.source);
    let title = own.map(|t| normal(&t.node));
    let note = prior.prose.note.iter().map(|note| normal(&cases::words(note)));
    let mut texts = title.chain(note);
    texts.any(|text| SAID.iter().any(|words| text.contains(words)))
}
