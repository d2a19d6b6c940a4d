//! The rule `word-number`.

use crate::diag::{Diagnostic, Fix};
use crate::lint::Context;
use crate::lint::amounts::band;
use crate::lint::prose::{Hit, Origin, Passage, cased, figure_after, figure_before, passages};
use crate::render::round::percent;
use crate::resolve::assessment::Query;
use crate::scales::{Scale, Term};
use std::ops::Range;

rule! {
    /// Prose puts a word of likelihood beside a number that the file's scale does not give that
    /// word.
    ///
    /// "Likely (90%)" tells one reader 90% and another what the scale says, 55–80%. A number in
    /// brackets is what makes readers agree (66% against 32% of them, Wintle et al. 2019), but only
    /// if word and number say the same.
    ///
    /// Write the scale's word for the number, or better a placeholder, `{exit by long}`, which puts
    /// both there from the verdict. A range is judged by its middle, and a band's own ends count as
    /// in it.
    WORD_NUMBER = "word-number", Words, Warning, fix: Safe,
    bad: [
        r#"section "Summary": "Commitment by the end is likely (90%)."
"#,
        r#"section "Summary": "Exit by the end is likely ({exit by long})."
"#,
    ],
    good: [
        r#"section "Summary": "Commitment by the end is very likely (90%), exit unlikely at 30%."
"#,
    ],
    check: check,
}

/// A band's end counts as in it: sums of doubles miss by less.
const EDGE: f64 = 1e-9;

/// A number beside a word.
enum Beside {
    Written(Range<usize>, f64),
    Computed(Range<usize>, Query),
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let scale = &context.assessment.scale;
    let lexicon = context.lexicon();
    let mut found = Vec::new();
    for passage in passages(context) {
        for sentence in passage.sentences(lexicon) {
            for hit in lexicon.hits(passage, sentence) {
                if hit.origin != Origin::Own || hit.negated || hit.qualified {
                    continue;
                }
                if let Some(beside) = beside(passage, &hit) {
                    found.extend(judge(context, scale, passage, &hit, beside));
                }
            }
        }
    }
    found
}

fn judge(context: &Context, scale: &Scale, passage: &Passage, hit: &Hit, beside: Beside) -> Option<Diagnostic> {
    let (range, p, verb) = match beside {
        Beside::Written(range, p) => (range, p, "stands beside"),
        Beside::Computed(range, query) => {
            let answer = context.answers(&[query])?.pop()??;
            (range, answer, "comes out at")
        }
    };
    if bears(scale, hit.term, p) {
        return None;
    }
    let written = &passage.text[hit.range.clone()];
    let wording = scale.wording(p);
    let shown = percent(p);
    let mut diagnostic = Diagnostic::new(
        &WORD_NUMBER,
        passage.span(&hit.range),
        match verb {
            "comes out at" => format!("`{written}` stands for what comes out at {shown}"),
            _ => format!("`{written}` stands beside {shown}"),
        },
    )
    .label(format!("{}: {}", scale.name, band(hit.term.means)))
    .other(passage.span(&range), shown.clone())
    .help(format!("{}'s word for {shown} is `{}`", scale.name, wording.term.name));
    if hit.plain && wording.term != hit.term {
        let word = row_of(wording.term, hit.row);
        let text = cased(word, written);
        diagnostic = diagnostic.fix(Fix::safe(format!("write `{word}`"), passage.span(&hit.range), text));
    }
    Some(diagnostic)
}

/// The term's word of that row, as far as it has one.
fn row_of(term: &Term, row: usize) -> &str {
    match row.checked_sub(1) {
        Some(alias) => term.aliases.get(alias).unwrap_or(&term.name),
        None => &term.name,
    }
}

/// Whether a term may stand beside a number: in its band, ends included, the outermost words
/// reaching to 0% and 100%.
fn bears(scale: &Scale, term: &Term, p: f64) -> bool {
    let (low, high) = term.means;
    (p >= low - EDGE && p <= high + EDGE) || scale.satisfies(&term.name, p) == Some(true)
}

/// The number that stands beside a word: "likely (90%)", "likely, at 90%,", "90% (likely)".
fn beside(passage: &Passage, hit: &Hit) -> Option<Beside> {
    let text = &passage.text;
    let blanks = |at: usize| at + text[at..].len() - text[at..].trim_start_matches([' ', '\t']).len();
    let after = blanks(hit.range.end);
    let rest = &text[after..];
    if rest.starts_with(['(', '[']) {
        return inside(passage, after + 1);
    }
    let lead = [", at ", ", about ", ", ", "at ", "– ", "— ", ": ", "or ", "i.e. ", "= "];
    if let Some(lead) = lead.iter().find(|l| rest.starts_with(**l)) {
        let at = skip_fillers(text, after + lead.len());
        let figure = figure_after(text, at)?;
        let next = text[figure.range.end..].trim_start_matches([' ', '\t']);
        let alone = next.is_empty()
            || next.starts_with(['.', ',', ';', ')', '\n', '\r', '–', '—'])
            || ["chance", "probab", "and ", "or "].iter().any(|w| next.starts_with(w) && *lead != ", ");
        return alone.then(|| Beside::Written(figure.range.clone(), figure.middle()));
    }
    // "90% (likely)": the brackets hold the word alone.
    let before = text[..hit.range.start].trim_end_matches([' ', '\t']);
    let open = before.strip_suffix(['(', '['])?.trim_end_matches([' ', '\t']);
    if !rest.starts_with([')', ']']) {
        return None;
    }
    if let Some(placeholder) = passage.placeholders.iter().find(|p| p.range.end == open.len()) {
        return computed(placeholder.range.clone(), placeholder.query, placeholder.word.is_some());
    }
    let figure = figure_before(text, open.len())?;
    Some(Beside::Written(figure.range.clone(), figure.middle()))
}

/// A number that brackets begin with, and that says how likely something is.
fn inside(passage: &Passage, open: usize) -> Option<Beside> {
    let text = &passage.text;
    let at = skip_fillers(text, open);
    let closes = |at: usize| {
        let next = text[at..].trim_start_matches([' ', '\t']);
        next.starts_with([')', ']', ',', ';'])
            || ["chance", "probab", "likel"].iter().any(|w| next.starts_with(w))
    };
    if let Some(placeholder) = passage.placeholders.iter().find(|p| p.range.start == at) {
        let range = placeholder.range.clone();
        return closes(range.end)
            .then(|| computed(range, placeholder.query, placeholder.word.is_some()))?;
    }
    let figure = figure_after(text, at)?;
    closes(figure.range.end).then(|| Beside::Written(figure.range.clone(), figure.middle()))
}

/// A placeholder with a word of its own is judged by `prose-contradicts`.
fn computed(range: Range<usize>, query: &Query, checked: bool) -> Option<Beside> {
    (!checked).then(|| Beside::Computed(range, query.clone()))
}

fn skip_fillers(text: &str, mut at: usize) -> usize {
    let fillers = [" ", "\t", "about ", "around ", "roughly ", "approximately ", "approx. ", "some ", "ca. ", "c. ", "~", "≈", "i.e. ", "i.e., ", "at ", "or ", "a ", "an ", "="];
    while let Some(filler) = fillers.iter().find(|f| text[at..].starts_with(**f)) {
        at += filler.len();
    }
    at
}
