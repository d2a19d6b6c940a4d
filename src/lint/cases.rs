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
    let times = |of: &PriorOf| matches!(of, PriorOf::Curve(clause) if matches!(clause.values, Curve::Times(_)));
    prior.prose.source.is_some()
        || evidence
        || numbers.any(counted)
        || prior.outcomes.iter().any(times)
}

/// The chances that a prior states of one outcome; none where it states a rate, or nothing.
pub(crate) fn numbers(of: &PriorOf) -> Vec<&Number> {
    match of {
        PriorOf::Rest(_) | PriorOf::Decided => Vec::new(),
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
    let own = prose
        .source
        .iter()
        .chain(&prior.title)
        .map(|t| t.node.clone());
    let mut all = own.chain(prose.note.iter().map(words)).chain(evidence);
    all.any(|text| is_count(&text))
}

/// The words of a prose without its placeholders.
pub(crate) fn words(prose: &Prose) -> String {
    let pieces = prose.pieces.iter().map(|piece| match piece {
        Piece::Text(text) => text.node.as_str(),
        Piece::Placeholder { .. } | Piece::Fact { .. } => " ",
    });
    pieces.collect()
}

/// Numbers that are mostly written out.
const SPELT: &[&str] = &[
    "no", "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "fifteen", "twenty", "thirty", "forty", "fifty", "sixty", "hundred",
];

/// Words that may stand between "of" and a number.
const FILLERS: &[&str] = &["the", "all", "its", "these", "about", "some", "those"];

/// What makes of a number a span of time.
const TIMES: &[&str] = &[
    "year", "years", "month", "months", "week", "weeks", "day", "days", "hours", "decades",
];

/// The most words that stand between a number and its "of": "12 member states of 40".
const BETWEEN: usize = 2;

/// Whether a text holds "12 of 40", "12 members out of the 40", "12/40", "one time in ten", "n = 40".
fn is_count(text: &str) -> bool {
    let text = text.to_lowercase();
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '=' | '/');
    let words = text.split(|c| !is_word(c)).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let (has_sign, has_slash) = (text.contains('='), text.contains('/'));
    let has = |at: usize, list: &[&str]| words.get(at).is_some_and(|word| list.contains(word));
    let number = |at: usize| words.get(at).is_some_and(|word| is_number(word));
    let is_year = |at: usize| {
        let word = words.get(at).copied().unwrap_or_default();
        word.len() == 4 && word.starts_with(['1', '2'])
    };
    (0..words.len()).any(|i| match words[i] {
        "of" | "in" => {
            let Some(before) = i.checked_sub(1) else {
                return false;
            };
            let last = match words[before] {
                "out" => before.checked_sub(1),
                _ => Some(before),
            };
            let mut to = i + 1;
            while has(to, FILLERS) {
                to += 1;
            }
            let between = last
                .and_then(|last| (0..=BETWEEN).find(|n| last.checked_sub(*n).is_some_and(number)));
            match between {
                // "in 2018" and "the votes of 2018" are years, "4 points in 2 years" a span.
                Some(0) if words[i] == "of" => number(to),
                Some(n) if words[i] == "of" || n < BETWEEN => {
                    number(to) && !is_year(to) && !has(to + 1, TIMES)
                }
                _ => false,
            }
        }
        "n" => words.get(i + 1) == Some(&"=") && number(i + 2),
        _ if !(has_sign || has_slash) => false,
        word => {
            let counted = word.strip_prefix("n=").is_some_and(is_number);
            let share = word.split_once('/');
            let share = share.and_then(|(part, all)| {
                Some((part.parse::<u32>().ok()?, all.parse::<u32>().ok()?))
            });
            counted || share.is_some_and(|(part, all)| part <= all)
        }
    })
}

/// Whether a word is a whole number, in digits or written out.
fn is_number(word: &str) -> bool {
    let digits = !word.is_empty() && word.chars().all(|c| c.is_ascii_digit());
    digits || SPELT.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::is_count;

    #[test]
    fn counts_are_told_from_dates() {
        for text in [
            "12 of 40 alliances",
            "12 member states of 40",
            "About one quarter in seven",
            "flown in time about one time in ten",
            "12/40 alliances",
            "12 out of the 40",
            "one in ten",
            "3 of the 20",
            "none of 32 members",
            "a sample, n = 40",
        ] {
            assert!(is_count(text), "{text}");
        }
        for text in [
            "Votes of 2024",
            "Three votes of 2024",
            "The count of 1815",
            "NATO's list since 1949",
            "4 in 2018",
            "Up by 4 points in 2 years",
            "24/7",
            "In 1 of the cases",
            "One of them",
        ] {
            assert!(!is_count(text), "{text}");
        }
    }
}
