//! The rule `word-number`.

use crate::diag::{Diagnostic, Fix, suggest};
use crate::lint::Context;
use crate::lint::amounts::band;
use crate::lint::prose::{
    Figure, Hit, Origin, Passage, Sentence, cased, named_after, passages, said, said_before, speech, with_article,
};
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
    let mut middle = None;
    let (range, p, verb) = match beside {
        Beside::Written(figure) if figure.open => return judge_open(scale, passage, hit, &figure),
        Beside::Written(figure) => {
            // A range is shown as it is written, and worded by its middle.
            let is_range = figure.low < figure.high;
            middle = is_range.then(|| passage.text[figure.range.clone()].to_owned());
            (figure.range.clone(), figure.middle(), "stands beside")
        }
        Beside::Computed(range, query) => {
            let answer = context.answers(&[query])?.pop()??;
            (range, answer, "stands for what comes out at")
        }
    };
    if bears(scale, &hit.term, p) {
        return None;
    }
    let wording = scale.wording(p);
    let of = match &middle {
        Some(shown) => format!("the middle of {shown}"),
        None => percent(p),
    };
    let shown = middle.unwrap_or_else(|| percent(p));
    let help = format!("{}'s word for {of} is `{}`", scale.name, wording.term.name);
    let diagnostic = report(scale, passage, hit, &range, &shown, verb).help(help);
    Some(with_fix(diagnostic, passage, hit, wording.term, p))
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
        [only] => Some(with_fix(diagnostic, passage, hit, only, (figure.low + figure.high) / 2.0)),
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

/// With the fix that writes the word of a term, in the row that the text keeps to. Where word and number lie on two
/// sides of even odds either may be the mistake.
fn with_fix(diagnostic: Diagnostic, passage: &Passage, hit: &Hit, term: &Term, p: f64) -> Diagnostic {
    let written = &passage.text[hit.range.clone()];
    let word = row_of(term, hit.row);
    if !hit.plain || *term == *hit.term || speech(word) != speech(written) {
        return diagnostic;
    }
    let (range, text) = with_article(&passage.text, &hit.range, &cased(word, written));
    let message = format!("write `{word}`");
    let (low, high) = hit.term.means;
    let disagree = (low + high - 1.0) * (p - 0.5) < 0.0;
    diagnostic.fix(match disagree || is_subject(passage, hit) {
        true => Fix::risky(message, passage.span(&range), text),
        false => Fix::safe(message, passage.span(&range), text),
    })
}

/// Whether the number stands in brackets behind the subject, "a default (15%) is likely", where it may be another
/// thing's.
fn is_subject(passage: &Passage, hit: &Hit) -> bool {
    subject(&passage.text, hit).is_some()
}

/// What stands before the copula and the word, where that ends in brackets.
fn subject<'t>(text: &'t str, hit: &Hit) -> Option<&'t str> {
    const COPULAS: &[&str] = &[" is", " are", " remains", " remain", " seems", " looks", " appears", " is now", " is still", " was"];
    let before = text[..hit.range.start].trim_end_matches([' ', '\t', '*', '_']);
    let open = COPULAS.iter().find_map(|c| before.strip_suffix(c))?;
    open.ends_with([')', ']']).then_some(open)
}

/// What has a number of its own, so that the one in brackets behind it is no chance.
const AMOUNTS: &[&str] = &[
    "growth", "inflation", "turnout", "share", "rate", "rates", "increase", "rise", "fall", "cut", "stake", "majority", "tariff",
    "tariffs", "drop", "decline", "unemployment", "deficit", "surplus", "yield", "yields", "price", "prices", "margin", "tax", "debt",
    "discount", "gain", "loss", "losses", "swing", "vote", "votes", "quota", "target", "level", "interest", "return", "returns",
    "efficacy", "capacity", "output", "demand", "supply", "reduction", "expansion", "contraction", "hike", "raise", "support",
];

/// A chance in brackets behind the subject.
fn of_subject(passage: &Passage, hit: &Hit) -> Option<Beside> {
    let text = &passage.text;
    let open = subject(text, hit)?;
    let at = open.rfind(['(', '['])?;
    let inner = &open[at + 1..open.len() - 1];
    let named = text[..at].trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    if AMOUNTS.contains(&named.to_lowercase().as_str()) {
        return None;
    }
    let figure = said(text, at + 1)?;
    (text[figure.range.end..at + 1 + inner.len()].trim().is_empty()).then_some(Beside::Written(figure))
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
    // "**Likely** (15%)": emphasis says nothing.
    let after = text.len() - text[hit.range.end..].trim_start_matches(['*', '_']).trim_start_matches([' ', '\t']).len();
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
            || is_named(text, figure.range.end)
            || (*lead == ", " && is_attribute(text, hit) && named_after(text, figure.range.end).is_some());
        return alone.then_some(Beside::Written(figure));
    }
    behind(passage, after, end).or_else(|| ahead(passage, hit, rest)).or_else(|| of_subject(passage, hit))
}

/// Whether an article stands before the word: "a likely, 15% chance of a default".
fn is_attribute(text: &str, hit: &Hit) -> bool {
    let before = text[..hit.range.start].trim_end_matches([' ', '\t', '\n', '*', '_']);
    let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    matches!(word.to_lowercase().as_str(), "a" | "an" | "the")
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
        ", so", ", and so", ", hence", ", thus", ", therefore", ", which makes it", ", making it",
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
