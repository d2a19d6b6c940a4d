//! What a prior rests on: a source, a count of cases, neither.
//!
//! In: a prior. Out: whether it cites a source, and whether a text says "N of M". Nothing is judged here.

use super::Context;
use crate::resolve::assessment::{Curve, Number, Piece, Prior, PriorOf, Prose};

/// Whether a prior cites a source, or is stated as a count or a rate of what has happened.
pub(crate) fn prior_is_sourced(context: &Context, prior: &Prior) -> bool {
    let evidence = prior.evidence.iter().any(|e| e.source.is_some());
    let mut numbers = prior.outcomes.iter().flat_map(numbers);
    let counted = |number: &Number| is_count(context.sources.text(number.span));
    prior.prose.source.is_some() || evidence || numbers.any(counted)
}

/// The chances that a prior states of one outcome; none where it states a rate, or nothing.
pub(crate) fn numbers(of: &PriorOf) -> Vec<&Number> {
    match of {
        PriorOf::Rest(_) => Vec::new(),
        PriorOf::Shares(clause) => clause.values.iter().collect(),
        PriorOf::Curve(clause) => match &clause.values {
            Curve::Points(points) => points.iter().map(|p| &p.chance).collect(),
            Curve::PerYear(_) | Curve::Times(_) => Vec::new(),
        },
    }
}

/// Whether a prior says of how many cases it speaks: "12 of 40", in its source, its note, its title or its evidence.
pub(crate) fn says_cases(prior: &Prior) -> bool {
    let evidence = prior.evidence.iter().flat_map(|e| {
        let source = e.source.iter().map(|s| s.node.clone());
        let note = e.note.iter().map(words);
        source.chain(note).chain([e.text.node.clone()])
    });
    let prose = &prior.prose;
    let own = prose.source.iter().chain(&prior.title).map(|t| t.node.clone());
    let mut all = own.chain(prose.note.iter().map(words)).chain(evidence);
    all.any(|text| is_count(&text))
}

/// The words of a prose without its placeholders.
pub(crate) fn words(prose: &Prose) -> String {
    let pieces = prose.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.node.as_str(),
        Piece::Placeholder { .. } => " ",
    });
    pieces.collect()
}

/// Numbers that are mostly written out.
const SPELT: &[&str] = &[
    "no", "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "hundred",
];

/// Whether a text holds "12 of 40", "12 out of the 40", "one in ten", "n = 40".
fn is_count(text: &str) -> bool {
    let text = text.to_lowercase();
    let words: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric() && c != '=')
        .filter(|word| !word.is_empty())
        .collect();
    let number = |at: usize| {
        let word = words.get(at).copied().unwrap_or_default();
        let digits = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
        digits || SPELT.contains(&word)
    };
    (0..words.len()).any(|i| match words[i] {
        "of" | "in" => {
            let from = match i.checked_sub(1) {
                Some(out) if words[out] == "out" => out.checked_sub(1),
                before => before,
            };
            let mut to = i + 1;
            while matches!(words.get(to), Some(&("the" | "all" | "its" | "these" | "about" | "some"))) {
                to += 1;
            }
            // "in 2018" is a year.
            let year = words[i] == "in"
                && words.get(to).is_some_and(|w| w.len() == 4 && w.starts_with(['1', '2']));
            from.is_some_and(number) && number(to) && !year
        }
        "n" => words.get(i + 1) == Some(&"=") && number(i + 2),
        word => word.strip_prefix("n=").is_some_and(|n| n.parse::<u32>().is_ok()),
    })
}

#[cfg(test)]
mod tests {
    use super::is_count;

    #[test]
    fn counts_are_told_from_dates() {
        for text in [
            "12 of 40 alliances",
            "12 out of the 40",
            "one in ten",
            "3 of the 20",
            "none of 32 members",
            "a sample, n = 40",
        ] {
            assert!(is_count(text), "{text}");
        }
        for text in ["Votes of 2024", "The count of 1815", "NATO's list since 1949", "4 in 2018", "One of them"] {
            assert!(!is_count(text), "{text}");
        }
    }
}
