//! The rule `unlinked-number`.

use super::word_number;
use crate::diag::{Diagnostic, Fix};
use crate::lint::Context;
use crate::lint::prose::{Hit, Named, Part, Passage, Said, Sentence, lower, passages, said_of, says};
use crate::text::round::percent_in;
use crate::resolve::assessment::{DriverId, HorizonId, OutcomeId, Prop, Query, Target, What};
use crate::scales::Scale;

rule! {
    /// Prose says how likely an outcome or an event of the file is in typed words or numbers, where a
    /// placeholder would say it.
    ///
    /// What is typed stays as it is when a reason changes and the verdict moves, and nobody sees that
    /// the text and the table beside it have parted. A placeholder, `{exit by long}`, is filled in
    /// with the word and the number of the day; with a word behind a colon, `{exit by long: unlikely}`,
    /// it is also checked.
    ///
    /// Write the placeholder. Only plain statements in sections are found, "a full exit is unlikely",
    /// "we put exit at 20%": not what is said under a condition, of the past, or by others.
    UNLINKED_NUMBER = "unlinked-number", Words, Note, fix: Safe,
    bad: [
        r#"section "Outlook": "A full exit is very unlikely by the long term."
"#,
        r#"section "Outlook": "We put the chance of a veto by long at 10%."

event veto "A veto" {
  resolves: "The minutes"
  chance: 5% by short, 10% by medium, 20% by long
  weight for weakening: weak
}
"#,
    ],
    good: [
        r#"section "Outlook": "A full exit is {exit by long}, and would be likely if the guarantor left."
"#,
    ],
    check: check,
}

#[derive(Clone, Copy, PartialEq)]
enum Thing {
    Outcome(OutcomeId),
    Event(DriverId),
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let lexicon = context.lexicon();
    let mut named: Option<Vec<Named<Thing>>> = None;
    let mut found = Vec::new();
    for passage in passages(context).iter().filter(|p| matches!(p.part, Part::Section | Part::Context)) {
        let sentences = passage.sentences(lexicon).iter();
        for sentence in sentences.filter(|s| says(lexicon, passage, s)) {
            let named = named.get_or_insert_with(|| names(context));
            if let Some(said) = said_of(named, lexicon, passage, sentence) {
                found.extend(report(context, passage, sentence, &said));
            }
        }
    }
    found
}

/// The names and titles of outcomes, and of events that have a chance.
fn names(context: &Context) -> Vec<Named<Thing>> {
    let assessment = context.assessment;
    let outcomes = assessment.outcomes.iter().map(|(id, o)| (o.name.node.as_str(), o.title.as_str(), Thing::Outcome(id)));
    let events = assessment.drivers.iter().filter(|(_, d)| matches!(&d.what, What::Event(rows) if !rows.is_empty()));
    let events = events.map(|(id, d)| (d.name.node.as_str(), d.title.as_str(), Thing::Event(id)));
    let both = outcomes.chain(events);
    both.flat_map(|(name, title, thing)| [Named::new(name, thing), Named::new(title, thing)]).flatten().collect()
}

fn report(context: &Context, passage: &Passage, sentence: &Sentence, said: &Said<Thing>) -> Option<Diagnostic> {
    let hits = passage.hits(sentence, context.lexicon());
    let said_by = |hit: &Hit| hits.iter().position(|h| h.range == hit.range);
    let place = said.hit.as_ref().and_then(said_by);
    // One mistake, one report.
    if place.is_some_and(|n| word_number::contradicted(context, passage, sentence, n).is_some()) {
        return None;
    }
    let assessment = context.assessment;
    let scale = &assessment.scale;
    let asked = horizons(context, passage, sentence);
    let queries: Vec<Query> = asked.iter().map(|&h| query(context, passage, said, h)).collect();
    let answers: Vec<f64> = context.answers(&queries)?.into_iter().collect::<Option<_>>()?;
    let shown: Vec<String> = queries.iter().zip(&answers).map(|(query, &p)| {
        let at = query.text.split_once(' ').map_or("", |(_, at)| at);
        format!("{} {at}", scale.wording(p).with(&percent_in(scale, p)))
    }).collect();
    let typed = &passage.text[said.place.clone()];
    let placeholder = |query: &Query| format!("{{{}}}", query.text);
    let mut diagnostic = Diagnostic::new(
        &UNLINKED_NUMBER,
        passage.span(&said.place),
        format!("\"{typed}\" is typed, and the verdict says {}", shown.join("; ")),
    )
    .label("not linked to the verdict")
    .other(passage.span(&said.name), "of this")
    .help(format!("write `{}`: it is filled in, and moves with the verdict", placeholder(queries.last()?)));
    let Some(whole) = &said.whole else {
        return Some(diagnostic);
    };
    for (query, p) in queries.iter().zip(&answers) {
        let text = placeholder(query);
        let span = passage.span(whole);
        let message = format!("write `{text}`");
        // Where another word would be printed than is typed, a person must read the sentence again.
        let same = queries.len() == 1 && is_word(scale, said, *p);
        diagnostic = diagnostic.fix(if same { Fix::safe(message, span, text) } else { Fix::risky(message, span, text) });
    }
    Some(diagnostic)
}

/// Whether the word that is typed is the one that the verdict has.
fn is_word(scale: &Scale, said: &Said<Thing>, p: f64) -> bool {
    said.hit.as_ref().is_some_and(|hit| hit.plain && hit.row == 0 && scale.wording(p).term == &*hit.term)
}

/// The horizons that a sentence may be about: the one that it names, else all.
fn horizons(context: &Context, passage: &Passage, sentence: &Sentence) -> Vec<HorizonId> {
    let all = &context.assessment.horizons;
    let text = lower(&passage.text[sentence.range.clone()]);
    let whole = |name: &str| {
        let name = lower(name);
        let bound = |c: char| c.is_alphanumeric() || c == '_';
        text.match_indices(&name).any(|(at, _)| {
            !name.is_empty() && !text[..at].ends_with(bound) && !text[at + name.len()..].starts_with(bound)
        })
    };
    let bare = |title: &str| {
        let title = lower(title);
        ["by ", "in ", "by the ", "in the ", "the "].iter().find_map(|a| title.strip_prefix(a)).unwrap_or(&title).to_owned()
    };
    let named: Vec<HorizonId> = all.iter().filter(|(_, h)| whole(&h.name.node) || whole(&bare(&h.title))).map(|(id, _)| id).collect();
    match named[..] {
        [one] => vec![one],
        _ => all.ids().collect(),
    }
}

fn query(context: &Context, passage: &Passage, said: &Said<Thing>, horizon: HorizonId) -> Query {
    let assessment = context.assessment;
    let (name, lasts, target) = match said.what {
        Thing::Outcome(id) => {
            let outcome = &assessment.outcomes[id];
            (&outcome.name.node, outcome.is_final, Target::Outcome(id))
        }
        Thing::Event(id) => (&assessment.drivers[id].name.node, true, Target::Prop(Prop::Is(id))),
    };
    let preposition = if lasts { "by" } else { "in" };
    Query {
        span: passage.span(&said.place),
        text: format!("{name} {preposition} {}", assessment.horizons[horizon].name.node),
        target,
        negated: false,
        horizon,
        over: None,
        within: false,
        given: None,
        under: None,
        viewed: None,
    }
}
