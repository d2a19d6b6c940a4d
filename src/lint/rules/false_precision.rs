//! The rule `false-precision`.

use crate::diag::{Diagnostic, Edit, Fix};
use crate::lint::Context;
use crate::lint::stated::Stated;
use crate::resolve::assessment::Law;
use crate::text::source::Span;

rule! {
    /// A judgement between 1% and 99% has more digits than a whole per cent and cites no source.
    ///
    /// A digit that nobody can tell apart claims a knowledge that is not there. How fine a
    /// forecaster's numbers can usefully be has been measured: rounding them to the few words of a
    /// scale costs accuracy, rounding to a few points costs most forecasters little (Friedman,
    /// Baker, Mellers, Tetlock and Zeckhauser 2018, who studied whole per cents).
    ///
    /// Round to a whole per cent, or cite the `source:` that the digits come from. Below 1% and
    /// above 99% digits matter, and rates and counts come from data: neither is reported.
    FALSE_PRECISION = "false-precision", Probability, Note, fix: Unsafe,
    bad: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 12.5% by short, 20% by medium, 30.25% by long
  weight for weakening: weak
}
"#,
    ],
    good: [
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  chance: 12% by short, 20% by medium, 30% by long
  weight for weakening: weak
}
"#,
        r#"event veto "A member vetoes the budget" {
  resolves: "The minutes of the Council"
  source: "Votes of the Council since 1990"
  chance: 12.5% by short, 20% by medium, 30.25% by long
  weight for weakening: weak
}
"#,
    ],
    check: check,
}

fn check(context: &Context) -> Vec<Diagnostic> {
    context.stated()
        .iter()
        .filter(|s| !s.sourced)
        .filter_map(|s| one(context, s))
        .collect()
}

fn one(context: &Context, stated: &Stated) -> Option<Diagnostic> {
    let mut fine = Vec::new();
    for number in &stated.numbers {
        let judged = match number.law {
            Law::Fixed => (0.01..=0.99).contains(&number.point),
            Law::LogitNormal { low, high } | Law::LogitSplit { low, high } => 0.01 <= low && high <= 0.99,
            _ => false,
        };
        let text = context.sources.text(number.span);
        if judged && number.word.is_none() && !text.contains(" of ") {
            fine.extend(decimals(number.span, text));
        }
    }
    let first = fine.first()?;
    let mut diagnostic = Diagnostic::new(
        &FALSE_PRECISION,
        first.span,
        format!(
            "{} is stated to a part of a per cent, on no source",
            stated.what
        ),
    )
    .label(format!("a judgement would be {}%", first.text))
    .help("round to a whole per cent, or cite the `source:` of the digits");
    for other in &fine[1..] {
        diagnostic = diagnostic.other(other.span, format!("{}%", other.text));
    }
    Some(diagnostic.fix(Fix {
        safe: false,
        message: "round to whole per cents".into(),
        edits: fine,
    }))
}

/// For each number with decimals: its place, and what it rounds to.
fn decimals(span: Span, text: &str) -> Vec<Edit> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find(|c: char| c.is_ascii_digit()).map(|i| at + i) {
        let length = text[start..]
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(text.len() - start);
        at = start + length;
        let written = text[start..at].trim_end_matches('.');
        if let (true, Ok(value)) = (written.contains('.'), written.parse::<f64>()) {
            let from = span.start as usize + start;
            found.push(Edit {
                span: Span::new(span.file, from, from + written.len()),
                text: crate::text::decimal::fixed(value, 0),
            });
        }
    }
    found
}
