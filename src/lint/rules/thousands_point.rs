//! The rule `thousands-point`.

use crate::diag::{Diagnostic, Edit, Fix};
use crate::lint::Context;
use crate::syntax::figures;
use crate::syntax::tree::Tree;
use crate::syntax::{Kind, parse};
use crate::text::source::Span;
use std::ops::Range;

rule! {
    /// A point before three digits that may stand between thousands: `1.000:1` is 1:1, and not 1000:1.
    ///
    /// In much of Europe a point stands between thousands, and a comma before decimals; here, as in English, a point is a decimal one
    /// (the metre's own bureau advises a blank between thousands for that reason: SI Brochure 2019, 5.4.4). Three decimals
    /// of which the last is a nought are rare in a judgement, and a weight that is a thousand times too small shows nowhere. The rule
    /// looks at ratios, counts, times in years, lengths of time, and quantities all of whose numbers could be meant so; not at
    /// percentages, but for those of a `count`.
    ///
    /// Instead: write the number without a sign, `1000:1`, or without the decimals that say nothing, `1:1`.
    THOUSANDS_POINT = "thousands-point", Probability, Warning, fix: Unsafe,
    bad: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 12% by short, 20% by medium, 30% by long
  weight for weakening: 2.000:1
}
"#,
    ],
    good: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 12% by short, 20% by medium, 30% by long
  weight for weakening: 2:1
}
"#,
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 12% by short, 20% by medium, 30% by long
  weight for weakening: 2.012:1
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    let file = context.assessment.file;
    let text = context.sources.source(file).text.as_str();
    // Hardly any file has such a number, and a tree takes its time.
    if !memchr::memchr_iter(b'.', text.as_bytes()).any(|at| is_group(text, at)) {
        return Vec::new();
    }
    let tree = parse(file, text).tree;
    let mut found: Vec<Diagnostic> = Vec::new();
    let mut clause = None;
    for (of, place) in places(&tree, text) {
        let written = &text[place.clone()];
        let (thousands, plain) = (written.replace('.', ""), without_noughts(written));
        let span = Span::new(file, place.start, place.end);
        let edit = |text: &str| Edit { span, text: text.to_owned() };
        // All numbers of a clause are meant alike.
        if let Some(last) = found.pop_if(|_| clause == Some(of)) {
            let mut last = last.other(span, format!("{plain}, or {thousands}?"));
            for (fix, text) in last.fixes.iter_mut().zip([thousands.as_str(), plain]) {
                fix.edits.push(edit(text));
            }
            found.push(last);
            continue;
        }
        clause = Some(of);
        let fix = |text: &str| Fix {
            safe: false,
            message: format!("write `{text}`"),
            edits: vec![edit(text)],
        };
        let message = format!("`{written}` is read as {plain}, not as {thousands}");
        let finding = Diagnostic::new(&THOUSANDS_POINT, span, message)
            .label("the point is a decimal one")
            .help(format!("write `{thousands}` if it stands between thousands, else `{plain}`"));
        found.push(finding.fix(fix(&thousands)).fix(fix(plain)));
    }
    found
}

/// A number without decimals that say nothing.
fn without_noughts(number: &str) -> &str {
    number.trim_end_matches('0').trim_end_matches('.')
}

/// Whether three digits stand behind a point, and one to three before it.
fn is_group(text: &str, point: usize) -> bool {
    figures::group(text.as_bytes(), point).is_some()
}

/// Whether a number may be one of thousands.
fn may_be_thousands(number: &str) -> bool {
    let point = number.find('.');
    point.is_some_and(|at| is_group(number, at) && number.len() == at + 4) && !number.starts_with('0')
}

/// The numbers that may be meant so, each with where its clause begins.
fn places(tree: &Tree, text: &str) -> Vec<(usize, Range<usize>)> {
    let mut clause = (0..0, Kind::file);
    let mut found = Vec::new();
    for node in tree.iter() {
        let (kind, range) = (node.kind(), node.range());
        if crate::syntax::is_clause(kind) || matches!(kind, Kind::row | Kind::horizon | Kind::expect | Kind::bet) {
            clause = (range.clone(), kind);
        }
        if kind != Kind::number || !may_be_thousands(&text[range.clone()]) {
            continue;
        }
        let whole = &text[clause.0.clone()];
        let is = match clause.1 {
            Kind::stated | Kind::move_clause | Kind::cuts | Kind::value_clause => of_quantity(whole),
            counted => counts(text, &range, counted),
        };
        if is {
            found.push((clause.0.start, range));
        }
    }
    found
}

/// Whether a number in a chance, a strength, a count or a time may be one of thousands.
fn counts(text: &str, range: &Range<usize>, place: Kind) -> bool {
    let number = &text[range.clone()];
    let behind = text[range.end..].trim_start_matches(' ');
    let before = text[..range.start].trim_end_matches(' ');
    if behind.starts_with('%') {
        return place == Kind::count && number.ends_with('0');
    }
    // A weight of a thousand decibans is beyond the limit.
    if behind.starts_with("dB") || behind.starts_with("db") {
        return false;
    }
    // Nobody counts parts of a case.
    let of_cases = behind.starts_with("of ") || before.ends_with(" of");
    of_cases || number.ends_with('0')
}

/// Whether all numbers of a quantity's clause may be whole ones, some with a point between thousands.
fn of_quantity(clause: &str) -> bool {
    let value = clause.split_once(':').map_or(clause, |(_, value)| value);
    let numbers = value.split(|c: char| !(c.is_ascii_digit() || c == '.'));
    let numbers = numbers.filter(|n| n.starts_with(|c: char| c.is_ascii_digit()));
    let mut all = numbers.map(|number| match number.trim_end_matches('.').contains('.') {
        true => may_be_thousands(number) && number.ends_with("00"),
        false => true,
    });
    all.all(|fits| fits)
}
