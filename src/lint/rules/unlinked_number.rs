//! The rule `unlinked-number`.

use super::word_number;
use crate::diag::{Diagnostic, Fix};
use crate::lint::Context;
use crate::lint::prose::{Hit, Named, Part, Passage, Said, Sentence, leads, lower, passages, said as read, said_of, says};
use crate::text::round::percent_in;
use crate::resolve::assessment::{DriverId, Horizon, HorizonId, OutcomeId, Prop, Query, Target, What};
use crate::scales::Scale;
use jiff::civil::Date;
use std::ops::Range;

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
        for sentence in sentences.clone().filter(|s| s.words.iter().any(|w| w.low == "leads")) {
            let named = named.get_or_insert_with(|| names(context));
            let lead = leads(named, lexicon, passage, sentence);
            found.extend(lead.and_then(|lead| other_leads(context, passage, sentence, lead)));
        }
        for sentence in sentences.filter(|s| says(lexicon, passage, s)) {
            let named = named.get_or_insert_with(|| names(context));
            if let Some(said) = said_of(named, lexicon, passage, sentence) {
                found.extend(report(context, passage, sentence, &said));
            }
        }
    }
    found
}

/// What is said to lead, and does not by the verdict.
fn other_leads(
    context: &Context,
    passage: &Passage,
    sentence: &Sentence,
    (thing, place): (Thing, Range<usize>),
) -> Option<Diagnostic> {
    let Thing::Outcome(named) = thing else {
        return None;
    };
    let assessment = context.assessment;
    let asked = horizons(context, passage, sentence);
    let mut leaders = Vec::new();
    for &(h, _) in &asked {
        let ids: Vec<OutcomeId> = assessment.question_of(named).ids().collect();
        let said = |what| Said { what, name: place.clone(), place: place.clone(), hit: None, whole: None };
        let queries: Vec<Query> = ids
            .iter()
            .map(|&o| query(context, passage, &said(Thing::Outcome(o)), (h, false)))
            .collect();
        let answers: Vec<f64> = context.answers(&queries)?.into_iter().collect::<Option<_>>()?;
        let most = answers.iter().copied().fold(0.0, f64::max);
        let own = ids.iter().zip(&answers).find(|(o, _)| **o == named)?.1;
        // Of several that lead together each may be named.
        if *own >= most - 1e-9 {
            return None;
        }
        let leader = ids.iter().zip(&answers).find(|(_, p)| **p == most)?.0;
        leaders.push((h, *leader));
    }
    let (h, leader) = *leaders.first()?;
    let (leader, at) = (assessment.outcomes.name(leader), assessment.horizons.name(h));
    let typed = &passage.text[place.clone()];
    let mut found = Diagnostic::new(
        &UNLINKED_NUMBER,
        passage.span(&place),
        format!("\"{typed}\" is said to lead, and by the verdict `{leader}` leads in `{at}`"),
    )
    .label("not linked to the verdict")
    .help(format!("write `{{leader in {at}}}`: it is filled in, and moves with the verdict"));
    if leaders.len() == 1 {
        let text = format!("{{leader in {at}}}");
        found = found.fix(Fix::risky(format!("write `{text}`"), passage.span(&place), text));
    }
    Some(found)
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
    let queries: Vec<Query> = asked.iter().map(|&at| query(context, passage, said, at)).collect();
    let answers: Vec<f64> = context.answers(&queries)?.into_iter().collect::<Option<_>>()?;
    let (queries, answers) = nearest(scale, said, passage, queries, answers);
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
    .help(format!("write `{}`: it is filled in, and moves with the verdict", placeholder(queries.first()?)));
    let Some(whole) = &said.whole else {
        return Some(diagnostic);
    };
    for (query, p) in queries.iter().zip(&answers) {
        let text = placeholder(query);
        let span = passage.span(whole);
        let message = format!("write `{text}`");
        // Where another word would be printed than is typed, a person must read the sentence again.
        let same = asked.len() == 1 && is_word(scale, said, *p);
        diagnostic = diagnostic.fix(if same { Fix::safe(message, span, text) } else { Fix::risky(message, span, text) });
    }
    Some(diagnostic)
}

/// Whether the word that is typed is the one that the verdict has.
fn is_word(scale: &Scale, said: &Said<Thing>, p: f64) -> bool {
    said.hit.as_ref().is_some_and(|hit| hit.plain && hit.row == 0 && scale.wording(p).term == &*hit.term)
}

/// Of several queries the one whose answer is what is typed, where one alone is; else those that come nearest first.
fn nearest(scale: &Scale, said: &Said<Thing>, passage: &Passage, queries: Vec<Query>, answers: Vec<f64>) -> (Vec<Query>, Vec<f64>) {
    let typed = read(&passage.text, said.place.start).map(|figure| figure.middle());
    let off = |p: f64| match (&said.hit, typed) {
        (Some(hit), _) if scale.wording(p).term == &*hit.term => 0.0,
        (Some(hit), _) => (p - hit.term.median).abs(),
        (None, Some(typed)) if percent_in(scale, p) == percent_in(scale, typed) => 0.0,
        (None, Some(typed)) => (p - typed).abs(),
        (None, None) => 0.0,
    };
    let mut both: Vec<(Query, f64)> = queries.into_iter().zip(answers).collect();
    both.sort_by(|a, b| off(a.1).total_cmp(&off(b.1)));
    if both.iter().filter(|(_, p)| off(*p) == 0.0).count() == 1 && both.len() > 1 {
        both.truncate(1);
    }
    both.into_iter().unzip()
}

/// Months as prose names them.
const MONTHS: [&str; 12] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
];

/// A day that a sentence names: "2025-11-30", "30 November 2025", "the end of November 2025".
fn day(text: &str) -> Option<Date> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|w| !w.is_empty()).collect();
    words.iter().enumerate().find_map(|(i, word)| {
        if let Ok(date) = word.parse::<Date>() {
            return Some(date);
        }
        let month = MONTHS.iter().position(|m| m == word)? as i8 + 1;
        let year: i16 = words.get(i + 1).filter(|y| y.len() == 4)?.parse().ok()?;
        let first = Date::new(year, month, 1).ok()?;
        let before = i.checked_sub(1).and_then(|i| words[i].parse::<i8>().ok());
        match before {
            Some(day) => Date::new(year, month, day).ok(),
            None => Some(first.last_of_month()),
        }
    })
}

/// The horizons that a sentence may be about, each with whether what comes within it is meant: the one that it names,
/// the one that ends about the day that it names, else all.
fn horizons(context: &Context, passage: &Passage, sentence: &Sentence) -> Vec<(HorizonId, bool)> {
    /// Days that the ends may lie apart.
    const APART: i32 = 10;
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
    if let [one] = named[..] {
        let h = &all[one];
        let during = |name: &str| {
            let name = lower(name);
            ["in ", "in the ", "during ", "during the "].iter().any(|w| whole(&format!("{w}{name}")))
        };
        // "In two years" is a horizon's title, and says by when.
        let is_title = lower(&h.title).starts_with("in ");
        return vec![(one, during(&h.name.node) || during(&bare(&h.title)) && !is_title)];
    }
    let near = day(&text).map(|day| {
        let apart = |h: &Horizon| (h.to - day).get_days().abs();
        let ends = all.iter().filter(|(_, h)| apart(h) <= APART);
        ends.min_by_key(|(_, h)| apart(h)).map(|(id, _)| id)
    });
    match near.flatten() {
        Some(one) => vec![(one, false)],
        None => all.ids().map(|id| (id, false)).collect(),
    }
}

fn query(context: &Context, passage: &Passage, said: &Said<Thing>, (horizon, during): (HorizonId, bool)) -> Query {
    let assessment = context.assessment;
    let (name, lasts, target) = match said.what {
        Thing::Outcome(id) => {
            let outcome = &assessment.outcomes[id];
            (&outcome.name.node, outcome.is_final, Target::Outcome(id))
        }
        Thing::Event(id) => (&assessment.drivers[id].name.node, true, Target::Prop(Prop::Is(id))),
    };
    let within = lasts && during;
    let preposition = if lasts && !during { "by" } else { "in" };
    Query {
        span: passage.span(&said.place),
        text: format!("{name} {preposition} {}", assessment.horizons[horizon].name.node),
        target,
        negated: false,
        horizon,
        over: None,
        within,
        given: None,
        under: None,
        viewed: None,
    }
}
