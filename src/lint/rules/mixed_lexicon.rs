//! The rule `mixed-lexicon`.

use crate::diag::{Diagnostic, Edit, Fix};
use crate::lint::Context;
use crate::lint::amounts::band;
use crate::lint::prose::{Hit, Origin, Passage, cased, passages, speech, with_article};
use crate::resolve::assessment::{Number, Test};
use crate::scales::{Place, Scale};
use crate::text::source::Span;

rule! {
    /// Prose uses a word of likelihood from another scale, or the file uses both rows of ICD 203.
    ///
    /// "Realistic possibility" is 40–50% in Britain's yardstick and nothing in ICD 203; "likely" is
    /// 55–80% in one and 66–100% in the IPCC's. A reader who looks a word up must find it in the
    /// scale that the file names. ICD 203 has two rows of words for the same bands ("likely",
    /// "probable") and asks that a product keep to one of them.
    ///
    /// Write the file's own word for what is meant. Quotations are left alone: put what others said
    /// in quotation marks.
    MIXED_LEXICON = "mixed-lexicon", Words, Warning, fix: Unsafe,
    bad: [
        r#"section "Summary": "Gradual disengagement is a realistic possibility."
"#,
        r#"section "Summary": "A summit is unlikely, and a vote on it improbable."
"#,
    ],
    good: [
        r#"section "Summary": """
  A summit is unlikely, though a minister speaks of "a realistic possibility".
"""
"#,
        r#"section "Summary": "A summit is unlikely, and a vote on it is unlikely too."
"#,
    ],
    check: check,
}

/// A word that each row of ICD 203 is known by.
const ROWS: [&str; 2] = ["likely", "probable"];

/// One use of a word of ICD 203.
struct Use {
    span: Span,
    /// What would stand there in the other row, and where.
    other_row: Option<Edit>,
    word: String,
    row: usize,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let scale = &context.assessment.scale;
    let lexicon = context.lexicon();
    let mut found = Vec::new();
    let mut uses = Vec::new();
    for passage in passages(context) {
        for sentence in passage.sentences(lexicon) {
            for hit in passage.hits(sentence, lexicon) {
                match hit.origin {
                    Origin::Foreign(name) => found.push(foreign(scale, passage, hit, name)),
                    Origin::Own => uses.push(Use {
                        span: passage.span(&hit.range),
                        other_row: hit.plain.then(|| {
                            let other = word_of(scale, hit.term.name.as_str(), 1 - hit.row.min(1));
                            let other = cased(other, &passage.text[hit.range.clone()]);
                            let (range, text) = with_article(&passage.text, &hit.range, &other);
                            Edit { span: passage.span(&range), text }
                        }),
                        word: passage.text[hit.range.clone()].to_owned(),
                        row: hit.row,
                    }),
                }
            }
        }
        for placeholder in &passage.placeholders {
            uses.extend(placeholder.word.and_then(|w| of_word(scale, &w.node, w.span)));
        }
    }
    if scale.name == "icd203" {
        uses.extend(stated_words(context));
        found.extend(both_rows(uses));
    }
    found
}

fn foreign(scale: &Scale, passage: &Passage, hit: &Hit, name: &str) -> Diagnostic {
    let written = &passage.text[hit.range.clone()];
    let span = passage.span(&hit.range);
    // "Probably not" is worded by what it denies; of what is denied otherwise nothing is known.
    let denied = hit.negated.then(|| denial(passage, hit));
    let middle = match hit.term.core {
        true => hit.term.median,
        // A term that contains others means all of them on output.
        false => (hit.term.means.0 + hit.term.means.1) / 2.0,
    };
    let wording = scale.wording(match denied {
        Some(_) => 1.0 - middle,
        None => middle,
    });
    let written = match &denied {
        Some(Some(range)) => &passage.text[range.clone()],
        _ => written,
    };
    let own = &wording.term.name;
    let others: Vec<&str> = crate::scales::with_word(&hit.term.name, &scale.name);
    let whose = if others.len() > 1 { others.join(" and ") } else { name.to_owned() };
    let diagnostic = Diagnostic::new(
        &MIXED_LEXICON,
        span,
        format!("`{written}` is a word of {whose}, and this file's scale is {}", scale.name),
    )
    .label(format!("{name}: {}", band(hit.term.means)));
    if wording.place == Place::Near || denied == Some(None) {
        return diagnostic.help(format!("write a word of {}, or a placeholder", scale.name));
    }
    let diagnostic = diagnostic.help(format!(
        "{}'s nearest word is `{own}` ({}); put what others said in quotation marks",
        scale.name,
        band(wording.term.means)
    ));
    if !hit.plain || hit.qualified || hit.negated || speech(own) != speech(written) {
        return diagnostic;
    }
    let (range, text) = with_article(&passage.text, &hit.range, &cased(own, written));
    diagnostic.fix(Fix::risky(format!("write `{own}`"), passage.span(&range), text))
}

/// The word with the "not" behind it: "probably not".
fn denial(passage: &Passage, hit: &Hit) -> Option<std::ops::Range<usize>> {
    let rest = &passage.text[hit.range.end..];
    let not = rest.trim_start();
    let is_word = not.strip_prefix("not").is_some_and(|r| !r.starts_with(char::is_alphanumeric));
    is_word.then(|| hit.range.start..passage.text.len() - not.len() + "not".len())
}

/// The word of a row of ICD 203 for the band of a word.
fn word_of<'a>(scale: &'a Scale, word: &'a str, row: usize) -> &'a str {
    let term = scale.term(word);
    term.and_then(|t| if row == 0 { Some(&t.name) } else { t.aliases.first() })
        .map_or(word, String::as_str)
}

fn of_word(scale: &Scale, word: &str, span: Span) -> Option<Use> {
    let row = scale.term(word)?.row(word)?;
    Some(Use {
        span,
        other_row: Some(Edit { span, text: word_of(scale, word, 1 - row.min(1)).to_owned() }),
        word: word.to_owned(),
        row,
    })
}

/// The words that stand for chances in clauses and expectations of the file itself.
fn stated_words(context: &Context) -> Vec<Use> {
    let assessment = context.assessment;
    let scale = &assessment.scale;
    let numbers = context.stated().iter().flat_map(|s| s.numbers.iter().copied());
    let likelihoods = assessment.drivers.values().flat_map(|d| &d.likelihoods);
    let likelihoods = likelihoods.flat_map(|l| &l.clause.values);
    let of_number = |n: &Number| of_word(scale, n.word.as_ref()?, n.span);
    let mut uses: Vec<Use> = numbers.filter_map(of_number).collect();
    uses.extend(likelihoods.filter_map(of_number));
    uses.extend(assessment.expects.iter().filter_map(|expect| match &expect.test {
        Test::Word(word) => of_word(scale, &word.node, word.span),
        _ => None,
    }));
    uses.retain(|u| u.span.file == assessment.file);
    uses
}

/// One finding for the row that is used less; of two used as often, the one that comes second.
fn both_rows(mut uses: Vec<Use>) -> Option<Diagnostic> {
    uses.sort_by_key(|u| u.span);
    uses.dedup_by_key(|u| u.span);
    let first = uses.first()?.row;
    let (same, other): (Vec<Use>, Vec<Use>) = uses.into_iter().partition(|u| u.row == first);
    let (kept, changed) = if other.len() > same.len() { (other, same) } else { (same, other) };
    let (keep, change) = (kept.first()?, changed.first()?);
    let mut diagnostic = Diagnostic::new(
        &MIXED_LEXICON,
        change.span,
        format!("`{}` and `{}` are of two rows of ICD 203", change.word, keep.word),
    )
    .label(format!("in one row with `{}`", ROWS[change.row.min(1)]))
    .other(keep.span, format!("in one row with `{}`", ROWS[keep.row.min(1)]))
    .help("keep to one row of the directive's words");
    for other in &changed[1..] {
        diagnostic = diagnostic.other(other.span, "and here");
    }
    let edits: Option<Vec<Edit>> = changed
        .iter()
        .map(|u| u.other_row.clone())
        .collect();
    Some(match edits {
        Some(edits) => diagnostic.fix(Fix {
            safe: false,
            message: "keep to the row that is used more".into(),
            edits,
        }),
        None => diagnostic,
    })
}
