//! Prose as the rules read it: sentences and words with their places in the file.
//!
//! In: the `section`, `note`, `context` and `resolves` texts of an assessment, and what its key
//! judgements say. Out: [`Passage`]s.
//! Placeholders keep their place and stand for a chance; what is quoted, in quotation marks or
//! backticks, is no word of the author's and is left out. Nothing is judged here.

mod bounds;
mod confidence;
mod cursor;
mod denial;
mod figures;
mod mentions;
mod numbers;
mod off_scale;
pub(crate) mod passage;
mod sense;
mod terms;
mod weasel;

pub(crate) use bounds::sentences;
pub(crate) use confidence::confidence;
pub(crate) use cursor::Cursor;
pub(crate) use figures::{named_after, said, said_before};
pub(crate) use mentions::{Named, Said, leads, said_of, says};
pub(crate) use numbers::{Figure, chances};
pub(crate) use off_scale::off_scale;
pub(crate) use passage::{Part, Passage, Sentence, Sentences, Word, lower};
pub(crate) use terms::{Hit, Lexicon, Origin, cased, speech, with_article};
pub(crate) use weasel::{weasels, wide_weasels};

use super::Context;
use crate::resolve::assessment::{Evidence, Prose, ProseParts};

/// Every text of the assessment's own file, in the file's order. What another file's items say is
/// read by that file's scale, and by its own check.
pub(crate) fn passages<'c, 'a>(context: &'c Context<'a>) -> &'c [Passage<'a>] {
    context.passages.get_or_init(|| {
        let passages = read(context);
        context.known_sentences(&passages);
        passages
    })
}

fn read<'a>(context: &Context<'a>) -> Vec<Passage<'a>> {
    let assessment = context.assessment;
    let mut found: Vec<(Part, &Prose)> = Vec::new();
    let mut parts = |prose: &'a ProseParts| {
        for (part, text) in [
            (Part::Resolves, &prose.resolves),
            (Part::Context, &prose.context),
            (Part::Note, &prose.note),
        ] {
            found.extend(text.as_ref().map(|t| (part, t)));
        }
    };
    parts(&assessment.prose);
    assessment.outcomes.values().for_each(|o| parts(&o.prose));
    assessment.drivers.values().for_each(|d| parts(&d.prose));
    assessment.scenarios.values().for_each(|s| parts(&s.prose));
    assessment.bets.iter().for_each(|b| parts(&b.prose));
    let named = assessment.questions.values().filter(|q| q.name.is_some());
    named.for_each(|q| parts(&q.prose));
    assessment.quantities.values().for_each(|q| parts(&q.prose));
    assessment.views.values().for_each(|v| parts(&v.prose));
    assessment.pools.values().for_each(|p| parts(&p.prose));
    assessment.judgements.iter().for_each(|j| parts(&j.prose));
    assessment.priors().for_each(|p| parts(&p.prose));
    let notes = |evidence: &'a [Evidence]| {
        evidence
            .iter()
            .filter_map(|e| Some((Part::Note, e.note.as_ref()?)))
    };
    found.extend(assessment.priors().flat_map(|p| notes(&p.evidence)));
    found.extend(assessment.drivers.values().flat_map(|d| notes(&d.evidence)));
    found.extend(
        assessment
            .sections
            .iter()
            .map(|s| (Part::Section, &s.prose)),
    );
    found.retain(|(_, prose)| prose.span.file == assessment.file);
    let found = found.into_iter();
    let texts =
        found.map(|(part, prose)| Passage::new(part, prose, context.sources.text(prose.span)));
    let titles = assessment.judgements.iter().map(|j| &j.title);
    let titles = titles.filter(|title| title.span.file == assessment.file);
    let titles = titles.map(|title| {
        Passage::plain(
            Part::Judgement,
            title.span,
            context.sources.text(title.span),
        )
    });
    let mut all: Vec<Passage<'a>> = texts.chain(titles).collect();
    all.sort_by_key(|passage| passage.span(&(0..0)));
    all
}

/// Whether a word is one of a list with blanks between.
fn is_one(word: &str, list: &str) -> bool {
    list.split_ascii_whitespace().any(|one| one == word)
}
