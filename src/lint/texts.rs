//! Every text of an assessment that stands in quotes, with its place.
//!
//! In: an assessment, and its file. Out: titles, sources, what was seen, and prose without
//! placeholders. Of what is used from another file nothing.

use super::Context;
use super::walk;
use crate::resolve::assessment::{Name, Piece, Prose, Text};
use crate::text::source::Span;

/// One text.
pub(crate) struct Told<'a> {
    /// What it says.
    pub(crate) text: &'a str,
    /// Where, without its quotes.
    pub(crate) span: Span,
}

/// All of them, in the file's order.
pub(crate) fn texts<'a>(context: &Context<'a>) -> Vec<Told<'a>> {
    let assessment = context.assessment;
    let mut found = Vec::new();
    let mut say = |text: &'a Text| {
        found.push(Told {
            text: &text.node,
            span: text.span,
        });
    };
    say(&assessment.title);
    assessment.sections.iter().for_each(|s| say(&s.title));
    assessment.bets.iter().for_each(|b| say(&b.title));
    let priors = || assessment.priors();
    priors().filter_map(|p| p.title.as_ref()).for_each(&mut say);
    let evidence = assessment.drivers.values().flat_map(|d| &d.evidence);
    for evidence in evidence.chain(priors().flat_map(|p| &p.evidence)) {
        say(&evidence.text);
        evidence.source.iter().for_each(&mut say);
    }
    let sources = assessment.drivers.values().map(|d| &d.prose);
    let sources = sources.chain(priors().map(|p| &p.prose));
    sources.filter_map(|p| p.source.as_ref()).for_each(&mut say);
    let outcomes = assessment.outcomes.values().map(|o| (&o.name, &o.title));
    let horizons = assessment.horizons.values().map(|h| (&h.name, &h.title));
    let drivers = assessment.drivers.values().map(|d| (&d.name, &d.title));
    let scenarios = assessment.scenarios.values().map(|s| (&s.name, &s.title));
    let titled = outcomes.chain(horizons).chain(drivers).chain(scenarios);
    found.extend(titled.filter_map(|(name, title)| behind(context, name, title)));
    found.extend(walk::prose(assessment).into_iter().filter_map(whole));
    found.retain(|told| told.span.file == assessment.file);
    found.sort_by_key(|told| told.span);
    found
}

/// A title, which stands in quotes behind a name.
fn behind<'a>(context: &Context, name: &Name, title: &'a str) -> Option<Told<'a>> {
    let source = &context.sources.source(name.span.file).text;
    let rest = &source[name.span.end as usize..];
    let blanks = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let start = name.span.end as usize + blanks;
    let quoted = rest[blanks..].strip_prefix('"')?.starts_with(title);
    quoted.then(|| Told {
        text: title,
        span: Span::new(name.span.file, start + 1, start + 1 + title.len()),
    })
}

/// Prose that asks nothing of the verdict.
fn whole(prose: &Prose) -> Option<Told<'_>> {
    match &prose.pieces[..] {
        [Piece::Text(text)] => Some(Told {
            text: &text.node,
            span: text.span,
        }),
        _ => None,
    }
}
