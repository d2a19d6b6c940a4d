//! The rule `verdict-near-edge`.

use crate::diag::Diagnostic;
use crate::lint::checked::{self, Checked};
use crate::lint::{Context, figures};
use crate::scales::Place;

rule! {
    /// A checked word whose probability lies within one point of its band's edge.
    ///
    /// The verdict bears the word out, and a slightly other number would not: the reader sees "likely" where "about even" was as
    /// true. The outer ends of a scale are no edges, since its first and last word reach to 0% and 100%; in a band narrower than
    /// four points, a quarter of it counts in place of the point.
    ///
    /// Instead: leave the word unchecked and let the number stand beside it; or name both words in the text. The distance is `within`.
    VERDICT_NEAR_EDGE = "verdict-near-edge", Change, Note, fix: None,
    bad: [
        r#"outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "35 of 44 truces since 1990"
  holds: 79.5%
  fails: rest
}
event killing "A signatory is killed" { resolves: "Named in two independent reports" }
change revenge "Revenge" {
  when: killing
  weight for fails: strong
}
expect holds in long: likely
"#,
    ],
    good: [
        r#"outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "30 of 42 truces since 1990"
  holds: 72%
  fails: rest
}
event killing "A signatory is killed" { resolves: "Named in two independent reports" }
change revenge "Revenge" {
  when: killing
  weight for fails: strong
}
expect holds in long: likely
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    checked::once(context, near)
}

fn near(context: &Context, checked: &Checked) -> Option<Diagnostic> {
    let scale = &context.assessment.scale;
    let (term, value) = (scale.term(&checked.word.node)?, checked.value?);
    if !scale.satisfies(&checked.word.node, value)? {
        return None;
    }
    if scale.wording(value).place == Place::Near {
        // In a gap of the scale, which is a finding of its own.
        return None;
    }
    let (low, high) = term.means;
    let within = context.settings.near_edge.min((high - low) / 4.0);
    let (low, high) = scale.edges(term);
    let edges = [low, high].into_iter().flatten();
    let near = edges.filter(|edge| (value - edge).abs() < within);
    let edge = near.min_by(|a, b| (value - a).abs().total_cmp(&(value - b).abs()))?;
    Some(
        Diagnostic::new(
            &VERDICT_NEAR_EDGE,
            checked.span,
            format!(
                "`{}` is {}, {} from the edge of \"{}\" at {}",
                checked.query.text,
                figures::percent(value),
                figures::points(value - edge),
                checked.word.node,
                figures::percent(edge)
            ),
        )
        .label("a slightly other number has another word")
        .help("let the number stand beside the word, or say both words"),
    )
}
