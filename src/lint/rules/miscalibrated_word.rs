//! The rule `miscalibrated-word`.

use crate::text::decimal;
use crate::diag::Diagnostic;
use crate::lint::amounts::band;
use crate::lint::{Context, checked};
use crate::record::words::{Word, Written};
use crate::text::round::percent;
use crate::text::source::Span;

rule! {
    /// A word of likelihood, or a range, that came true more or less often in the past than it means.
    ///
    /// Whoever says *likely* of what happens three times in ten tells readers something else than they read. With `[score]
    /// history = "FOLDER"` in `assess.toml` the settled questions of that folder, and their git history, say how often each word
    /// came true (`assess score FOLDER` shows all of them). A word with 20 cases or more is named where its rate
    /// lies outside its band by more than chance allows: 5% two-sided by the binomial at the band's nearer end, after
    /// Holm over all words with 20 cases. A range counts as a word: what was given exactly that range.
    ///
    /// Instead: write the word whose band holds what came, or look at which cases went wrong and why, and state a number.
    ///
    /// Without that setting nothing is read, and nothing is found.
    MISCALIBRATED_WORD = "miscalibrated-word", Words, Note, fix: None,
    bad: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: very unlikely by short, unlikely by long
  weight for weakening: weak
}
"#,
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 10% to 20% by short, 22% by medium, 35% by long
  weight for weakening: weak
}
"#,
    ],
    good: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: very unlikely by short, 35% by long
  weight for weakening: weak
}
"#,
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 10% to 21% by short, 22% by medium, 35% by long
  weight for weakening: weak
}
"#,
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 12% by short, 22% by medium, 35% by long
  weight for weakening: weak
}
"#,
    ],
    check: check,
    needs: Record,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let Some(record) = &context.settings.record else {
        return Vec::new();
    };
    let off: Vec<&Word> = record.iter().filter(|w| w.is_off()).collect();
    if off.is_empty() {
        return Vec::new();
    }
    let uses = uses(context);
    off.into_iter().filter_map(|word| found(context, word, &uses)).collect()
}

/// Every word and range of the file's own text that the record may know, in order of place.
fn uses(context: &Context) -> Vec<(Written, Span)> {
    let (a, scale) = (context.assessment, &context.assessment.scale);
    let numbers = context.stated().iter().flat_map(|s| &s.numbers);
    let stated = numbers.filter_map(|n| Some((Written::of(scale, n)?, n.span)));
    let words = checked::words(context).into_iter();
    let words = words.filter_map(|c| Some((Written::term(scale, &c.word.node)?, c.word.span)));
    let mut uses: Vec<(Written, Span)> = stated.chain(words).filter(|(_, span)| span.file == a.file).collect();
    uses.sort_by_key(|(_, span)| *span);
    uses.dedup_by_key(|(_, span)| *span);
    uses
}

fn found(context: &Context, word: &Word, uses: &[(Written, Span)]) -> Option<Diagnostic> {
    let mut own = uses.iter().filter(|(written, _)| word.is_of(written)).map(|(_, span)| *span);
    let first = own.next()?;
    let (rate, scale) = (word.came.value, &context.assessment.scale);
    let count = decimal::short(word.true_count, 1);
    let message = format!("`{}` came true in {count} of {} cases", word.word, word.cases);
    let label = match word.scale.is_empty() {
        true => format!("{} came true", percent(rate)),
        false => format!("it means {}, and {} came true", band(word.band), percent(rate)),
    };
    let better = &scale.wording(rate).term.name;
    let help = match *better == word.word {
        true => "look at the cases and state a number: `assess score` lists them".to_owned(),
        false => format!("`{better}` is what came; `assess score` shows every word, and the cases"),
    };
    let mut found = Diagnostic::new(&MISCALIBRATED_WORD, first, message).label(label).help(help);
    for span in own {
        found = found.other(span, "and here");
    }
    Some(found)
}
