//! The rule `prose-contradicts`.

use crate::diag::{Diagnostic, Fix};
use crate::lint::Context;
use crate::lint::amounts::band;
use crate::lint::prose::{cased, passages};
use crate::text::round::percent_where;
use crate::resolve::assessment::{Name, Query};
use crate::scales::Term;
use crate::text::source::Span;

rule! {
    /// A checked phrase in prose is no longer borne out by the verdict.
    ///
    /// `{exit by long: unlikely}` prints the word with its number, and promises that it is the
    /// right one. When a reason changes and the verdict moves, the text around it was written for
    /// the old one and may argue for what is no longer so.
    ///
    /// Write the word that the verdict now has, and read the sentence again.
    PROSE_CONTRADICTS = "prose-contradicts", Words, Warning, fix: Safe,
    bad: [
        r#"section "Summary": "Gradual disengagement is {weakening in long: likely}."
"#,
    ],
    good: [
        r#"section "Summary": "Gradual disengagement is {weakening in long: unlikely}."
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let passages = passages(context);
    let checked: Vec<(Span, &Query, &Name)> = passages
        .iter()
        .flat_map(|passage| {
            let checked = passage.placeholders.iter().filter_map(|p| Some((p, p.word?)));
            checked.map(|(p, word)| (passage.span(&p.range), p.query, word))
        })
        .collect();
    let queries: Vec<Query> = checked.iter().map(|c| c.1.clone()).collect();
    let Some(answers) = context.answers(&queries) else {
        return Vec::new();
    };
    checked
        .iter()
        .zip(answers)
        .filter_map(|((span, query, word), answer)| one(context, *span, query, word, answer))
        .collect()
}

fn one(context: &Context, span: Span, query: &Query, word: &Name, answer: Option<f64>) -> Option<Diagnostic> {
    let scale = &context.assessment.scale;
    let term = scale.term(&word.node)?;
    let Some(p) = answer else {
        return Some(
            Diagnostic::new(
                &PROSE_CONTRADICTS,
                word.span,
                format!("`{}` cannot hold, so it is not `{}`", query.text, word.node),
            )
            .label("what it is given cannot happen there")
            .help("correct the sentence"),
        );
    };
    if scale.satisfies(&word.node, p)? {
        return None;
    }
    let wording = scale.wording(p);
    let shown = percent_where(p, |r| scale.satisfies(&word.node, r) == Some(false));
    let mut diagnostic = Diagnostic::new(
        &PROSE_CONTRADICTS,
        word.span,
        format!("`{}` is {}, not `{}`", query.text, wording.with(&shown), word.node),
    )
    .label(format!("{}: {}", scale.name, band(term.means)))
    .other(span, format!("comes out at {shown}"));
    let row = term.row(&word.node).unwrap_or(0);
    let new = nth_word(wording.term, row);
    diagnostic = diagnostic.help(format!("write `{new}`, and read the sentence again"));
    Some(diagnostic.fix(Fix::safe(format!("write `{new}`"), word.span, cased(new, &word.node))))
}

/// The term's word of a row, as far as it has one.
fn nth_word(term: &Term, row: usize) -> &str {
    match row.checked_sub(1) {
        Some(alias) => term.aliases.get(alias).unwrap_or(&term.name),
        None => &term.name,
    }
}
