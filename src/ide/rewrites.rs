//! The same said otherwise, and what is missing said: words and numbers, weights and decibans, curves
//! and rows, a resolution, a value for each horizon.

use super::names::{self, Sort};
use super::{Analysis, Known, Range, TextEdit, explain, hover, range};
use crate::syntax::Kind;
use crate::syntax::ast::{
    At, ByTime, Chance, Driver, DriverKind, Guard, Item, Preposition, Spanned, Strength, When,
};
use crate::text::round;
use crate::text::source::{FileId, Span};

type Rewrite = (String, Vec<TextEdit>);

/// What can be written otherwise at some bytes of the first file.
pub(super) fn rewrites(analysis: &Analysis, at: &Range, _known: Option<Known<'_>>) -> Vec<Rewrite> {
    let mut list = Vec::new();
    let touches = |span: Span| {
        let own = range(span);
        own.start <= at.end && at.start <= own.end
    };
    for item in &analysis.parsed().ast.items {
        match item {
            Item::Driver(d) if touches(d.span) => {
                for row in &d.rows {
                    let values = row.values.entries.iter();
                    for value in values.filter(|v| touches(v.value.span)) {
                        list.extend(chance(analysis, &value.value));
                    }
                    if touches(row.span) {
                        list.extend(missing(analysis, &row.values, "the chance"));
                        if let Guard::Plain = row.guard {
                            list.extend(split(analysis, d, row.head, row.span));
                        }
                    }
                }
                for weight in d.weights.iter().filter(|w| touches(w.span)) {
                    let values = weight.values.entries.iter();
                    for value in values.filter(|v| touches(v.value.span)) {
                        list.extend(strength(analysis, &value.value));
                    }
                }
                if d.kind == DriverKind::Event
                    && d.prose.resolves.is_none()
                    && touches(d.keyword.to(d.name.span))
                {
                    list.extend(resolves(analysis, range(d.span)));
                }
            }
            Item::Outcome(o)
                if o.prose.resolves.is_none() && touches(o.span.at_start().to(o.name.span)) =>
            {
                list.extend(resolves(analysis, range(o.span)));
            }
            Item::Prior(p) if touches(p.span) => {
                for row in p.rows.iter().filter(|r| touches(r.span)) {
                    if let crate::syntax::ast::PriorValue::Chances(values) = &row.value {
                        let each = values.entries.iter();
                        for value in each.filter(|v| touches(v.value.span)) {
                            list.extend(chance(analysis, &value.value));
                        }
                        list.extend(missing(analysis, values, "the prior"));
                    }
                }
            }
            _ => {}
        }
    }
    list
}

fn replace(span: Span, text: String) -> Vec<TextEdit> {
    vec![TextEdit {
        range: range(span),
        text,
    }]
}

/// A word becomes its number, a number the word that it has.
fn chance(analysis: &Analysis, value: &Spanned<Chance>) -> Option<Rewrite> {
    let scale = hover::scale_of(analysis);
    match &value.node {
        Chance::Word(word) => {
            let number = round::percent(scale.term(word)?.median);
            Some((
                format!("Write `{word}` as its number, {number}"),
                replace(value.span, number),
            ))
        }
        Chance::Share(p) if !scale.terms.is_empty() => {
            let word = scale.wording(*p).term.name.clone();
            let said = analysis.project.sources.text(value.span);
            Some((
                format!("Write {said} as a word of the scale, `{word}`"),
                replace(value.span, word),
            ))
        }
        _ => None,
    }
}

/// A strength becomes its decibans, decibans or a ratio the nearest strength.
fn strength(analysis: &Analysis, value: &Spanned<Strength>) -> Option<Rewrite> {
    let strengths = hover::strengths_of(analysis);
    match &value.node {
        Strength::Word(word) => {
            let number = explain::decibans(&strengths, word)?;
            Some((
                format!("Write `{word}` in decibans, {number}"),
                replace(value.span, number),
            ))
        }
        Strength::Log(log) => {
            let said = analysis.project.sources.text(value.span);
            let near = strengths
                .words
                .iter()
                .min_by(|a, b| (a.log - log).abs().total_cmp(&(b.log - log).abs()))?;
            let name = near.name.clone();
            Some((
                format!("Write {said} as the nearest strength, `{name}`"),
                replace(value.span, name),
            ))
        }
        Strength::Range(..) | Strength::Wide(_) | Strength::Words(_) => None,
    }
}

/// A plain chance becomes rows: under a condition, and otherwise.
fn split(analysis: &Analysis, driver: &Driver, head: Span, row: Span) -> Option<Rewrite> {
    if driver.rows.len() != 1 {
        return None;
    }
    let known = names::declared(analysis);
    // A condition stands before what it is a condition of.
    let condition = known
        .values()
        .find(|d| d.sort == Sort::Event && d.file == FileId(0) && d.name != driver.name.node)?;
    let text = analysis.text();
    let clause = text.get(range(row))?;
    let key = text.get(range(head))?.trim_end_matches(':').trim_end();
    let values = clause.split_once(':')?.1.trim();
    let before = text[..row.start as usize]
        .rsplit('\n')
        .next()
        .unwrap_or_default();
    let indent: String = before.chars().take_while(|c| c.is_whitespace()).collect();
    let word = key.split_whitespace().next()?;
    let next = match before.contains('{') {
        true => ", ".to_owned(),
        false => format!("\n{indent}"),
    };
    let rows = format!(
        "{word} given {}: {values}{next}{word} otherwise: {values}",
        condition.name
    );
    Some((
        format!("Split into rows, given `{}` and otherwise", condition.name),
        replace(row, rows),
    ))
}

/// The names of the file's horizons.
fn names_of(analysis: &Analysis) -> Vec<&str> {
    let items = analysis.parsed().ast.items.iter();
    let horizons = items.filter_map(|item| match item {
        Item::Horizon(h) => Some(h.name.node.as_str()),
        _ => None,
    });
    horizons.collect()
}

/// A value for each horizon that has none.
fn missing<T>(analysis: &Analysis, values: &ByTime<T>, what: &str) -> Option<Rewrite> {
    let stated: Vec<&At> = values
        .entries
        .iter()
        .filter_map(|e| e.at.as_ref())
        .collect();
    if stated.len() != values.entries.len() || stated.is_empty() {
        return None;
    }
    let horizons = names_of(analysis);
    let says = |name: &str| {
        stated
            .iter()
            .any(|at| matches!(&at.when, When::Horizon(h) if h.node == name))
    };
    // Dates say it for every horizon.
    if stated.iter().any(|at| !matches!(at.when, When::Horizon(_))) {
        return None;
    }
    let absent: Vec<&str> = horizons.into_iter().filter(|h| !says(h)).collect();
    // A name that is no horizon's may be meant for one that seems to be absent.
    let known = stated.len() + absent.len() == names_of(analysis).len();
    if absent.is_empty() || !known {
        return None;
    }
    let last = values.entries.last()?;
    let preposition = match stated.last()?.preposition.node {
        Preposition::By => "by",
        Preposition::In => "in",
    };
    let value = analysis.project.sources.text(last.value.span);
    let more = absent
        .iter()
        .map(|h| format!(", {value} {preposition} {h}"));
    let at = values.span.end as usize;
    let list: Vec<String> = absent.iter().map(|h| format!("`{h}`")).collect();
    Some((
        format!("State {what} for {}, too", list.join(" and ")),
        vec![TextEdit {
            range: at..at,
            text: more.collect(),
        }],
    ))
}

/// A `resolves` clause for an item that has none.
fn resolves(analysis: &Analysis, item: Range) -> Option<Rewrite> {
    let text = analysis.text();
    let clause = "resolves: \"how one would know\"";
    let nodes = analysis.parsed().tree.iter();
    let block = nodes
        .filter(|n| n.kind() == Kind::block)
        .find(|n| item.start <= n.range().start && n.range().end <= item.end);
    let edit = match block {
        Some(block) => {
            let start = block.range().start + 1;
            let inner = text.get(start..block.range().end)?;
            let is_tall = inner.contains('\n');
            let is_bare = inner.trim_start().starts_with('}');
            TextEdit {
                range: start..start,
                text: match (is_tall, is_bare) {
                    (true, _) => format!("\n  {clause}"),
                    (false, true) => format!(" {clause}"),
                    (false, false) => format!(" {clause},"),
                },
            }
        }
        None => {
            let inner = text.get(item.clone())?;
            let end = item.start + inner.trim_end().len();
            TextEdit {
                range: end..end,
                text: format!(" {{\n  {clause}\n}}"),
            }
        }
    };
    Some((
        "Add how it will be settled, `resolves`".to_owned(),
        vec![edit],
    ))
}
