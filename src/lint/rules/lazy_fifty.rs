//! The rule `lazy-fifty`.

use crate::diag::Diagnostic;
use crate::lint::Context;
use crate::lint::priors::{Row, rows};
use crate::lint::stated::Stated;
use crate::resolve::assessment::{Number, PriorOf};
use crate::text::source::Span;

rule! {
    /// A chance of exactly 50%, or a prior that treats all outcomes alike, has neither source nor
    /// note.
    ///
    /// "Fifty-fifty" often stands for "I have no idea": in surveys, 50% is said far more often than
    /// its neighbours, and by those who know least (Fischhoff and Bruine de Bruin 1999). Read as a
    /// number it claims something else: that both ways are just as likely.
    ///
    /// Look for a base rate; give a range, `30% to 70%`, where there is none; or say in a `note:`
    /// why it is even. A word such as `roughly even chance` is a band and is not reported.
    LAZY_FIFTY = "lazy-fifty", Probability, Note, fix: None,
    bad: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 30% by short, 50% by medium, 60% by long
  weight for weakening: weak
}
"#,
        r#"outcome stays "It stays"
outcome goes "It goes"
outcome splits "It splits"
prior "Even" {
  stays: 33%
  goes: 33%
  splits: rest
}
factor habit "It has stayed so far" {
  weight for stays: moderate
  evidence "The annals" { source: "The town's archive", rated: A2 }
}
factor law "The law keeps it" {
  weight for stays: moderate
  evidence "The charter" { source: "The gazette", rated: A2 }
}
factor quarrel "Its members quarrel" {
  weight for splits: slight
  evidence "The last meeting" { source: "The minutes", rated: A2 }
}
"#,
    ],
    good: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 30% by short, 50% by medium, 60% by long
  weight for weakening: weak
  note: "Two of the last four budgets were vetoed within eighteen months."
}
"#,
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 30% by short, 45% by medium, 60% by long
  weight for weakening: weak
}
"#,
    ],
    check: check,
}

/// The length of the word `prior`, which the item begins with.
const KEYWORD: u32 = 5;

fn check(context: &Context) -> Vec<Diagnostic> {
    let even: Vec<(Span, Diagnostic)> =
        rows(context.assessment).filter_map(|row| Some((row.prior.span, even_prior(row)?))).collect();
    let is_even = |s: &&Stated| s.prior.is_some_and(|span| even.iter().any(|(of, _)| *of == span));
    let mut found: Vec<Diagnostic> = context.stated()
        .iter()
        .filter(|s| !(s.sourced || s.noted || is_even(s)))
        .filter_map(one)
        .collect();
    found.extend(even.into_iter().map(|(_, finding)| finding));
    found
}

fn one(stated: &Stated) -> Option<Diagnostic> {
    let fifty = |n: &&&Number| n.is_plain() && n.point == 0.5;
    let halves: Vec<&&Number> = stated.numbers.iter().filter(fifty).collect();
    let first = halves.first()?;
    let mut diagnostic = Diagnostic::new(
        &LAZY_FIFTY,
        first.span,
        format!("{} is stated as exactly 50%, without a source or note", stated.what),
    )
    .label("known to be even, or not known?")
    .help("cite a base rate, give a range such as `30% to 70%`, or say in a `note:` why it is even");
    for other in &halves[1..] {
        diagnostic = diagnostic.other(other.span, "so is this");
    }
    Some(diagnostic)
}

/// A prior that gives every outcome the same in every horizon, as near as whole per cents can.
pub(crate) fn even_prior(row: Row) -> Option<Diagnostic> {
    let prior = row.prior;
    let backed = prior.prose.source.is_some()
        || prior.prose.note.is_some()
        || prior.evidence.iter().any(|e| e.source.is_some() || e.note.is_some());
    if backed {
        return None;
    }
    // What is decided takes no part in the prior.
    let all = row.shares().into_iter().zip(&prior.outcomes);
    let shares: Vec<Vec<f64>> = all.filter(|(_, of)| !matches!(of, PriorOf::Decided)).map(|(s, _)| s).collect();
    let n = shares.len();
    if n < 2 {
        return None;
    }
    // Two halves can be written exactly; a third or a sixth is a point off.
    let slack = if n == 2 { 1e-9 } else { 0.01 + 1e-9 };
    let even = (0..shares[0].len()).all(|h| {
        let here = || shares.iter().map(|s| s[h]);
        here().fold(0.0, f64::max) - here().fold(1.0, f64::min) <= slack
    });
    even.then(|| {
        Diagnostic::new(
            &LAZY_FIFTY,
            Span { end: prior.span.start + KEYWORD, ..prior.span },
            format!("the prior gives each of {n} outcomes the same, without a source or note"),
        )
        .label("known to be even, or not known?")
        .help("start from how often such things have happened, or say in a `note:` why it is even")
    })
}
