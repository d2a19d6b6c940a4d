//! The rule `scale-gap`.

use crate::diag::Diagnostic;
use crate::lint::amounts::band;
use crate::lint::Context;
use crate::render::round::percent;
use crate::scales::{Place, Scale, Term};

rule! {
    /// A stated chance falls between two words of the file's scale.
    ///
    /// The yardstick of the United Kingdom's Professional Head of Intelligence Assessment leaves
    /// gaps between its bands on purpose, so that an estimate is clearly in one of them; so does
    /// Kent's scale. A chance in a gap has no word of its own, and the output has to say "about".
    ///
    /// Choose the band that you mean, or a scale without gaps, such as `icd203`.
    SCALE_GAP = "scale-gap", Words, Note, fix: None,
    bad: [
        r#"assessment "Does the alliance hold?" {
  author: "The example"
  as of: 2025-03-01
  scale: phia
  resolves: "The depositary's notice"
}
event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 15% by short, 22% by medium, 30% by long
  weight for weakening: weak
}
"#,
    ],
    good: [
        r#"assessment "Does the alliance hold?" {
  author: "The example"
  as of: 2025-03-01
  scale: phia
  resolves: "The depositary's notice"
}
event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 15% by short, 20% by medium, 30% by long
  weight for weakening: weak
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let scale = &context.assessment.scale;
    let mut found = Vec::new();
    for stated in context.stated() {
        if stated.span.file != context.assessment.file {
            continue;
        }
        for number in stated.numbers.iter().filter(|n| n.is_plain()) {
            if scale.wording(number.point).place != Place::Near {
                continue;
            }
            let Some((below, above)) = neighbours(scale, number.point) else {
                continue;
            };
            let word = |t: &Term| format!("`{}` ({})", t.name, band(t.means));
            let (below, above) = (word(below), word(above));
            let p = percent(number.point);
            found.push(
                Diagnostic::new(
                    &SCALE_GAP,
                    number.span,
                    format!("{} falls between two words of the scale {}", stated.what, scale.name),
                )
                .label(format!("{p} is neither {below} nor {above}"))
                .help("choose the band that you mean, or a scale without gaps"),
            );
        }
    }
    found
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
