//! The rule `scale-gap`.

use crate::diag::Diagnostic;
use crate::lint::amounts::band;
use crate::lint::checked::{self, Checked};
use crate::lint::{Context, figures};
use crate::scales::{Place, Scale, Term};

rule! {
    /// A word that is checked stands for a probability between two words of the file's scale.
    ///
    /// The yardstick of the United Kingdom's Professional Head of Intelligence Assessment leaves
    /// gaps between its bands on purpose, so that an estimate is clearly in one of them; so does
    /// Kent's scale. A probability in a gap takes the nearest word, and bears it out; a reader who
    /// looks the word up does not find the number in its band. Numbers without a word are not asked.
    ///
    /// Let the number stand beside the word, say both words, or choose a scale without gaps, such as
    /// `icd203`.
    SCALE_GAP = "scale-gap", Words, Note, fix: None,
    bad: [
        r#"assessment "Does the truce hold?" {
  author: "The example"
  as of: 2025-03-01
  scale: phia
  resolves: "Two reports that agree"
}
outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "16 of 41 truces since 1990"
  holds: 39%
  fails: rest
}
event killing "A signatory is killed" { resolves: "Named in two independent reports" }
change revenge "Revenge" {
  when: killing
  weight for fails: strong
}
expect holds in long: realistic possibility
"#,
    ],
    good: [
        r#"assessment "Does the truce hold?" {
  author: "The example"
  as of: 2025-03-01
  scale: phia
  resolves: "Two reports that agree"
}
outcome holds "The truce holds"
outcome fails "The truce fails"
prior "Truces of the same kind" {
  source: "18 of 42 truces since 1990"
  holds: 43%
  fails: rest
}
event killing "A signatory is killed" {
  resolves: "Named in two independent reports"
  chance: 22% by long
}
change revenge "Revenge" {
  when: killing
  weight for fails: slight
}
expect holds in long: realistic possibility
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    checked::once(context, between)
}

fn between(context: &Context, checked: &Checked) -> Option<Diagnostic> {
    let scale = &context.assessment.scale;
    let (word, value) = (&checked.word.node, checked.value?);
    let wording = scale.wording(value);
    if wording.place != Place::Near || !scale.satisfies(word, value)? {
        return None;
    }
    let (below, above) = neighbours(scale, value)?;
    let told = |t: &Term| format!("`{}` ({})", t.name, band(t.means));
    Some(
        Diagnostic::new(
            &SCALE_GAP,
            checked.span,
            format!(
                "`{}` is {}, between two words of the scale {}",
                checked.query.text,
                figures::percent(value),
                scale.name
            ),
        )
        .label(format!(
            "neither {} nor {}: the nearer is taken",
            told(below),
            told(above)
        ))
        .help("let the number stand beside the word, or choose a scale without gaps, such as `icd203`"),
    )
}

/// The words below and above a chance in a gap.
fn neighbours(scale: &Scale, p: f64) -> Option<(&Term, &Term)> {
    let below = scale.core().filter(|t| t.means.1 <= p);
    let above = scale.core().filter(|t| t.means.0 >= p);
    Some((
        below.max_by(|a, b| a.means.1.total_cmp(&b.means.1))?,
        above.min_by(|a, b| a.means.0.total_cmp(&b.means.0))?,
    ))
}
