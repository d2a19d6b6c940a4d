//! The rule `word-number`.

use crate::diag::{Diagnostic, Fix, suggest};
use crate::lint::Context;
use crate::lint::amounts::band;
use crate::lint::prose::{Sentence, Figure, Hit, Origin, Passage, cased, named_after, passages, said, said_before};
use crate::text::round::percent;
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
        r#"section "Summary": "A vote by the end is likely (90%)."
"#,
        r#"section "Summary": "Exit by the end is likely ({exit by long})."
"#,
    ],
    good: [
        r#"section "Summary": "A vote by the end is very likely (90%), a veto unlikely at 30%."
"#,
    ],
    check: check,
}

/// A band's end counts as in it: sums of doubles miss by less.
const EDGE: f64 = 1e-9;

/// A number beside a word.
enum Beside {
    Written(Figure),
    Computed(Range<usize>, Query),
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let lexicon = context.lexicon();
    let mut found = Vec::new();
    for passage in passages(context) {
        for sentence in passage.sentences(lexicon) {
            let hits = passage.hits(sentence, lexicon);
            found.extend((0..hits.len()).filter_map(|n| contradicted(context, passage, sentence, n)));
        }
    }
    found
}

/// What contradicts the `n`th word of likelihood of a sentence.
pub(crate) fn contradicted(context: &Context, passage: &Passage, sentence: &Sentence, n: usize) -> Option<Diagnostic> {
    let hits = passage.hits(sentence, context.lexicon());
    let hit = &hits[n];
    if hit.origin != Origin::Own || hit.negated || hit.qualified {
        return None;
    }
    // What stands behind the next word of likelihood is that one's.
    let end = hits.get(n + 1).map_or(sentence.range.end, |next| next.range.start);
    let beside = beside(passage, hit, end)?;
    judge(context, &context.assessment.scale, passage, hit, beside)
}

fn judge(context: &Context, scale: &Scale, passage: &Passage, hit: &Hit, beside: Beside) -> Option<Diagnostic> {
    let (range, p, verb) = match beside {
        Beside::Written(figure) if figure.open => return judge_open(scale, passage, hit, &figure),
        Beside::Written(figure) => (figure.range.clone(), figure.middle(), "stands beside"),
        Beside::Computed(range, query) => {
            let answer = context.answers(&[query])?.pop()??;
            (range, answer, "stands for what comes out at")
        }
    };
    if bears(scale, &hit.term, p) {
        return None;
    }
    let wording = scale.wording(p);
    let shown = percent(p);
    let help = format!("{}'s word for {shown} is `{}`", scale.name, wording.term.name);
    let diagnostic = report(scale, passage, hit, &range, &shown, verb).help(help);
    Some(with_fix(diagnostic, passage, hit, wording.term))
}

/// A number that says no more than "over" or "under".
fn judge_open(scale: &Scale, passage: &Passage, hit: &Hit, figure: &Figure) -> Option<Diagnostic> {
    if meets(scale, &hit.term, figure) {
        return None;
    }
    let terms: Vec<&Term> = scale.core().filter(|t| meets(scale, t, figure)).collect();
    let words: Vec<&str> = terms.iter().map(|t| t.name.as_str()).collect();
    let shown = &passage.text[figure.range.clone()];
    let diagnostic = report(scale, passage, hit, &figure.range, shown, "stands beside").help(match words.len() {
        0 => format!("no word of {} lies there; leave the number alone", scale.name),
        1 => format!("{}'s word there is `{}`", scale.name, words[0]),
        _ => format!("{}'s words there are {}", scale.name, suggest::list(&words, "and")),
    });
    match terms[..] {
        [only] => Some(with_fix(diagnostic, passage, hit, only)),
        _ => Some(diagnostic),
    }
}

fn report(scale: &Scale, passage: &Passage, hit: &Hit, range: &Range<usize>, shown: &str, verb: &str) -> Diagnostic {
    let written = &passage.text[hit.range.clone()];
    let message = format!("`{written}` {verb} {shown}");
    Diagnostic::new(&WORD_NUMBER, passage.span(&hit.range), message)
        .label(format!("{}: {}", scale.name, band(hit.term.means)))
        .other(passage.span(range), shown.to_owned())
}

/// With the fix that writes the word of a term, in the row that the text keeps to.
fn with_fix(diagnostic: Diagnostic, passage: &Passage, hit: &Hit, term: &Term) -> Diagnostic {
    if !hit.plain || *term == *hit.term {
        return diagnostic;
    }
    let word = row_of(term, hit.row);
    let text = cased(word, &passage.text[hit.range.clone()]);
    diagnostic.fix(Fix::safe(format!("write `{word}`"), passage.span(&hit.range), text))
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

/// Whether some chance of those that are left open is the term's.
fn meets(scale: &Scale, term: &Term, figure: &Figure) -> bool {
    let (low, high) = term.means;
    let inner = (figure.low.max(low), figure.high.min(high));
    let end = if figure.low > 0.0 { 1.0 } else { 0.0 };
    inner.0 < inner.1 - EDGE || scale.satisfies(&term.name, (figure.low + figure.high) / 2.0) == Some(true) || {
        // The outermost words reach to 0% and 100%.
        scale.satisfies(&term.name, end) == Some(true)
    }
}

/// What may stand between a word and a number that it goes with.
const LEADS: &[&str] = &[
    ", at ", ", about ", ", or ", ", i.e. ", ", that is, ", ", which is to say ", ", ", "at ", "– ", "— ", ": ", "or ",
    "i.e. ", "= ", "—", "-- ",
];

/// The number that stands beside a word, before `end`: "likely (90%)", "likely by June (90%)",
/// "likely, at 90%,", "likely with a 90% chance", "90% (likely)", "90%, that is, likely".
fn beside(passage: &Passage, hit: &Hit, end: usize) -> Option<Beside> {
    let text = &passage.text;
    let after = hit.range.end + text[hit.range.end..].len() - text[hit.range.end..].trim_start_matches([' ', '\t']).len();
    let rest = &text[after..];
    if rest.starts_with(['(', '[']) {
        return inside(passage, after + 1);
    }
    if let Some(lead) = LEADS.iter().find(|l| rest.starts_with(**l))
        && let Some(figure) = said(text, after + lead.len()).filter(|f| f.range.start < end)
    {
        let next = text[figure.range.end..].trim_start_matches([' ', '\t']);
        let alone = next.is_empty()
            || next.starts_with(['.', ',', ';', ')', '\n', '\r', '–', '—'])
            || (*lead != ", " && ["and ", "or "].iter().any(|w| next.starts_with(w)))
            || is_named(text, figure.range.end);
        return alone.then_some(Beside::Written(figure));
    }
    behind(passage, after, end).or_else(|| ahead(passage, hit, rest))
}

/// Words with which a phrase of time or place begins.
const PHRASES: &[&str] = &[
    "by", "in", "within", "before", "during", "this", "next", "until", "over", "after", "on", "at", "from", "between",
    "through", "throughout", "inside", "here", "there", "now", "today",
];

/// A number behind a phrase of time, "likely by June (35%)", or called a chance, "likely to fall – a
/// 35% chance".
fn behind(passage: &Passage, after: usize, end: usize) -> Option<Beside> {
    /// The longest such phrase, in bytes.
    const PHRASE: usize = 48;
    let text = &passage.text;
    let rest = text.get(after..end)?;
    let first = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let stop = rest.find(['(', '[', ',', ';', ':', '\n']).unwrap_or(rest.len());
    if PHRASES.contains(&first) && stop <= PHRASE && rest[stop..].starts_with(['(', '[']) {
        let at = after + stop + 1;
        if let Some(found) = inside(passage, at)
            && closes(text, found.end())
        {
            return Some(found);
        }
    }
    let leads = ["with a ", "with an ", "with ", "– a ", "— a ", "– an ", ", a ", ", an ", "(a ", "(an ", "(with a ", "at a "];
    let starts = leads.iter().flat_map(|lead| rest.match_indices(lead).map(|(at, _)| after + at + lead.len()));
    let figure = starts.filter_map(|at| Some((at, said(text, at)?))).find(|(at, f)| {
        let named = named_after(text, f.range.end).is_some() && is_named(text, f.range.end);
        let called = ["probability ", "chance of ", "likelihood of ", "odds of "].iter().any(|n| text[*at..].starts_with(n));
        (named || (called && text[f.range.end..].trim_start().starts_with(['.', ',', ';', ')']))) && f.range.end <= end
    });
    figure.map(|(_, figure)| Beside::Written(figure))
}

/// Whether the number is called a chance, of nothing else than what was spoken of.
fn is_named(text: &str, end: usize) -> bool {
    named_after(text, end).is_some_and(|end| !text[end..].starts_with(" of ") && !text[end..].starts_with(" that "))
}

/// A number before the word: "90% (likely)", where the brackets hold the word alone, and "90%, that
/// is, likely".
fn ahead(passage: &Passage, hit: &Hit, rest: &str) -> Option<Beside> {
    const JOINS: &[&str] = &[
        ", that is,", "; that is,", ", that is to say,", ", that is to say", ", i.e.", ", i.e.,", ", which is to say", ", which is to say,",
        ", or", ", in other words,", ", in other words", ", in words", ", in our words", ", namely", " =", " –", " —",
    ];
    let text = &passage.text;
    let before = text[..hit.range.start].trim_end_matches([' ', '\t']);
    let closes = rest.is_empty() || rest.starts_with(['.', ',', ';', ')', '!', '\n', '\r', '"']);
    let brackets = before.strip_suffix(['(', '[']).filter(|_| rest.starts_with([')', ']']));
    let open = match brackets {
        Some(open) => open,
        None => JOINS.iter().filter(|_| closes).find_map(|join| before.strip_suffix(join))?,
    };
    let open = open.trim_end_matches([' ', '\t']);
    let names = [" chance", " probability", " likelihood"];
    let open = names.iter().find_map(|name| open.strip_suffix(name)).unwrap_or(open);
    if let Some(placeholder) = passage.placeholders.iter().find(|p| p.range.end == open.len()) {
        return computed(placeholder.range.clone(), placeholder.query, placeholder.word.is_some());
    }
    said_before(text, open.len()).map(Beside::Written)
}

impl Beside {
    fn end(&self) -> usize {
        match self {
            Beside::Written(figure) => figure.range.end,
            Beside::Computed(range, _) => range.end,
        }
    }
}

fn closes(text: &str, at: usize) -> bool {
    text[at..].trim_start_matches([' ', '\t']).starts_with([')', ']'])
}

/// A number that brackets begin with, and that says how likely something is.
fn inside(passage: &Passage, open: usize) -> Option<Beside> {
    let text = &passage.text;
    let goes_on = |at: usize| text[at..].trim_start_matches([' ', '\t']).starts_with([',', ';']);
    let computes = passage.placeholders.iter().find(|p| text[open..p.range.start.max(open)].trim().is_empty() && p.range.start >= open);
    if let Some(placeholder) = computes {
        let range = placeholder.range.clone();
        return (closes(text, range.end) || goes_on(range.end))
            .then(|| computed(range, placeholder.query, placeholder.word.is_some()))?;
    }
    let figure = said(text, open)?;
    let end = figure.range.end;
    let next = text[end..].trim_start_matches([' ', '\t']);
    let named = ["chance", "probab", "likel"].iter().any(|w| next.starts_with(w));
    let vague = ["or so)", "or so]"].iter().any(|w| next.starts_with(w));
    (closes(text, end) || goes_on(end) || named || vague).then_some(Beside::Written(figure))
}

/// A placeholder with a word of its own is judged by `prose-contradicts`.
fn computed(range: Range<usize>, query: &Query, checked: bool) -> Option<Beside> {
    (!checked).then(|| Beside::Computed(range, query.clone()))
}
