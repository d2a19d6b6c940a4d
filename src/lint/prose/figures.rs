//! Chances as prose says them.
//!
//! In: a text and a place in it. Out: the chance that stands there: `90%`, `less than 3%`, `between
//! 20% and 30%`, `35 ± 5%`, `1 in 10`, `one in ten`, `thirty per cent`, `a probability of 0.35`.

use super::numbers::{self, Figure, digits, percent_sign};

/// What may stand before a chance and says nothing of it.
const FILLERS: &[&str] = &[
    " ",
    "\t",
    "about ",
    "around ",
    "roughly ",
    "approximately ",
    "approx. ",
    "some ",
    "ca. ",
    "c. ",
    "~",
    "≈",
    "i.e. ",
    "i.e., ",
    "at ",
    "or ",
    "a ",
    "an ",
    "the ",
    "=",
    ":",
    "only ",
    "just ",
    "nearly ",
    "almost ",
    "perhaps ",
    "say, ",
    "say ",
    "currently ",
    "now ",
    "well ",
    "our ",
    "their ",
    "of ",
    "is ",
    "estimated ",
    "put at ",
    "range ",
];

/// What calls the number that follows a chance.
const NAMES: &[&str] = &[
    "probability",
    "prob.",
    "probabilities",
    "chance",
    "chances",
    "likelihood",
    "odds",
    "p =",
    "p=",
    "P =",
    "P=",
    "p ≈",
    "Pr =",
    "Probability",
    "Chance",
    "Likelihood",
    "Odds",
];

/// What makes of a number an upper end.
const BELOW: &[&str] = &[
    "less than ",
    "fewer than ",
    "lower than ",
    "under ",
    "below ",
    "at most ",
    "at best ",
    "at the most ",
    "at the very most ",
    "up to ",
    "no more than ",
    "not more than ",
    "no higher than ",
    "<= ",
    "<=",
    "< ",
    "<",
    "≤ ",
    "≤",
];

/// What makes of a number a lower end.
const ABOVE: &[&str] = &[
    "more than ",
    "greater than ",
    "higher than ",
    "over ",
    "above ",
    "at least ",
    "at the least ",
    "no less than ",
    "not less than ",
    "upwards of ",
    ">= ",
    ">=",
    "> ",
    ">",
    "≥ ",
    "≥",
];

/// The chance that starts at `at`, after what says nothing of it.
pub(crate) fn said(text: &str, at: usize) -> Option<Figure> {
    let (at, named) = skip(text, at);
    let rest = &text[at..];
    let strip = |words: &[&str]| words.iter().find(|w| starts(rest, w)).map(|w| w.len());
    if let Some(skipped) = strip(BELOW) {
        let (inner, _) = skip(text, at + skipped);
        return plain(text, inner, named).map(|f| Figure {
            range: at..f.range.end,
            low: 0.0,
            open: true,
            ..f
        });
    }
    if let Some(skipped) = strip(ABOVE) {
        let (inner, _) = skip(text, at + skipped);
        return plain(text, inner, named).map(|f| Figure {
            range: at..f.range.end,
            high: 1.0,
            open: true,
            ..f
        });
    }
    if let Some(skipped) = strip(&["between ", "from "]) {
        return plain(text, at + skipped, named).map(|f| Figure {
            range: at..f.range.end,
            ..f
        });
    }
    plain(text, at, named)
}

/// The chance that ends at `end`: the longest.
pub(crate) fn said_before(text: &str, end: usize) -> Option<Figure> {
    /// Longer than any chance.
    const REACH: usize = 40;
    let ends = text[..end].ends_with(|c: char| c == '%' || c.is_alphanumeric());
    let from = text[..end]
        .rfind(['\n', '(', ')', ';'])
        .map_or(0, |i| i + 1);
    let mut starts = (from.max(end.saturating_sub(REACH))..end).filter(|&i| {
        text.is_char_boundary(i)
            && text[i..].starts_with(|c: char| c.is_alphanumeric() || "<>≤≥".contains(c))
            && !text[..i].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | ','))
    });
    ends.then(|| starts.find_map(|at| said(text, at).filter(|f| f.range.end == end)))?
}

/// Whether a chance's name follows: "a 35% chance", "at 35% probability".
pub(crate) fn named_after(text: &str, end: usize) -> Option<usize> {
    let next = text[end..].trim_start_matches([' ', '-']);
    let at = text.len() - next.len();
    let word = next
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(next.len());
    matches!(
        &next[..word],
        "chance" | "probability" | "likelihood" | "odds"
    )
    .then_some(at + word)
}

fn starts(text: &str, word: &str) -> bool {
    text.get(..word.len())
        .is_some_and(|head| head.eq_ignore_ascii_case(word))
}

/// Past fillers and names of chances; whether there was a name.
fn skip(text: &str, mut at: usize) -> (usize, bool) {
    let mut named = false;
    loop {
        let rest = &text[at..];
        let mut bounds = BELOW.iter().chain(ABOVE);
        if bounds.any(|bound| starts(rest, bound)) {
            return (at, named);
        }
        if let Some(filler) = FILLERS.iter().find(|f| rest.starts_with(**f)) {
            at += filler.len();
        } else if let Some(name) = NAMES.iter().find(|n| rest.starts_with(**n)) {
            let whole = !rest[name.len()..].starts_with(char::is_alphabetic);
            if !whole {
                return (at, named);
            }
            (at, named) = (at + name.len(), true);
        } else {
            return (at, named);
        }
    }
}

fn plain(text: &str, at: usize, named: bool) -> Option<Figure> {
    give_or_take(text, at)
        .or_else(|| numbers::after(text, at))
        .or_else(|| odds(text, at))
        .or_else(|| spelt(text, at))
        .or_else(|| named.then(|| share(text, at))?)
}

/// `35 ± 5%`, `35% ± 5%`
fn give_or_take(text: &str, at: usize) -> Option<Figure> {
    let (centre, end) = digits(text, at)?;
    let first = percent_sign(text, end);
    let rest = text[first.unwrap_or(end)..].trim_start_matches(' ');
    let sign = ["±", "+/-", "+/−", "+-"]
        .iter()
        .find(|s| rest.starts_with(**s))?;
    let next = rest[sign.len()..].trim_start_matches(' ');
    let (by, end) = digits(text, text.len() - next.len())?;
    let points = [" points", " percentage points"]
        .iter()
        .find(|p| text[end..].starts_with(**p));
    let last = percent_sign(text, end).or(points.map(|p| end + p.len()));
    let end = last.or(first.map(|_| end))?;
    (centre <= 100.0).then(|| Figure {
        range: at..end,
        low: ((centre - by) / 100.0).max(0.0),
        high: ((centre + by) / 100.0).min(1.0),
        open: false,
    })
}

/// `1 in 10`, `one in ten`, `nine out of ten`
fn odds(text: &str, at: usize) -> Option<Figure> {
    let (part, end) = count(text, at)?;
    let joins = [
        " in ",
        "-in-",
        " out of ",
        " of every ",
        " chance in ",
        " chances in ",
        " chance out of ",
        " chances out of ",
    ];
    let join = joins.iter().find(|join| text[end..].starts_with(**join))?;
    let (whole, end) = count(text, end + join.len())?;
    let share = part / whole;
    let ends = !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '%');
    (ends && whole >= 2.0 && part <= whole && part.fract() == 0.0).then_some(Figure {
        range: at..end,
        low: share,
        high: share,
        open: false,
    })
}

/// `thirty-five per cent`, `thirty to forty percent`
fn spelt(text: &str, at: usize) -> Option<Figure> {
    let (low, end) = word(text, at)?;
    let (high, end) = [" to ", " or "]
        .iter()
        .find_map(|join| {
            word(
                text,
                end + text[end..].strip_prefix(join).map(|_| join.len())?,
            )
        })
        .unwrap_or((low, end));
    let end = percent_sign(text, end)?;
    (low <= 100.0 && high <= 100.0).then_some(Figure {
        range: at..end,
        low: low / 100.0,
        high: high / 100.0,
        open: false,
    })
}

/// `0.35` or `.35`, after what calls it a probability.
fn share(text: &str, at: usize) -> Option<Figure> {
    let bare = text[at..].starts_with('.');
    let (number, end) = digits(text, at + usize::from(bare))?;
    let written = &text[at..end];
    let share: f64 = if bare { written.parse().ok()? } else { number };
    let is_share = bare || written.starts_with("0.");
    let ends = !text[end..].starts_with(|c: char| c.is_alphanumeric() || c == '%');
    (is_share && ends && share <= 1.0).then_some(Figure {
        range: at..end,
        low: share,
        high: share,
        open: false,
    })
}

/// A number in digits, thousands with commas, or in words.
fn count(text: &str, at: usize) -> Option<(f64, usize)> {
    let rest = &text[at..];
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != ',')
        .unwrap_or(rest.len());
    let written = rest[..end].trim_end_matches(',');
    if written.starts_with(|c: char| c.is_ascii_digit()) {
        let number = written.replace(',', "").parse().ok()?;
        return Some((number, at + written.len()));
    }
    word(text, at)
}

/// A number in words, up to a thousand: `ten`, `thirty-five`, `a hundred`.
fn word(text: &str, at: usize) -> Option<(f64, usize)> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ];
    let letters = |at: usize| {
        let rest = &text[at..];
        at + rest
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(rest.len())
    };
    let end = letters(at);
    let low = text[at..end].to_ascii_lowercase();
    let small = |low: &str| SMALL.iter().position(|w| *w == low).map(|n| n as f64);
    let large = |low: &str| match low {
        "hundred" => Some(100.0),
        "thousand" => Some(1000.0),
        _ => None,
    };
    if let Some(tens) = TENS.iter().position(|w| *w == low) {
        let tens = 20.0 + 10.0 * tens as f64;
        if text[end..].starts_with(['-', ' ']) {
            let last = letters(end + 1);
            let ones = small(&text[end + 1..last].to_ascii_lowercase());
            if let Some(ones) = ones.filter(|n| (1.0..10.0).contains(n)) {
                return Some((tens + ones, last));
            }
        }
        return Some((tens, end));
    }
    let one = small(&low).or(matches!(low.as_str(), "a").then_some(1.0));
    if let Some(ones) = one
        && text[end..].starts_with(' ')
    {
        let last = letters(end + 1);
        if let Some(times) = large(&text[end + 1..last].to_ascii_lowercase()) {
            return Some((ones * times, last));
        }
    }
    small(&low).or_else(|| large(&low)).map(|n| (n, end))
}

#[cfg(test)]
mod tests {
    use super::{said, said_before};

    #[test]
    fn chances_are_read_as_they_are_said() {
        for (text, low, high, open) in [
            ("90%", 0.9, 0.9, false),
            ("about 90 per cent", 0.9, 0.9, false),
            ("60–70%", 0.6, 0.7, false),
            ("60% to 70%", 0.6, 0.7, false),
            ("between 20% and 30%", 0.2, 0.3, false),
            ("less than 3%", 0.0, 0.03, true),
            ("<3%", 0.0, 0.03, true),
            ("at most one in ten", 0.0, 0.1, true),
            (">60%", 0.6, 1.0, true),
            ("well over 60 percent", 0.6, 1.0, true),
            ("1 in 10", 0.1, 0.1, false),
            ("one in ten", 0.1, 0.1, false),
            ("1-in-1,000", 0.001, 0.001, false),
            ("nine out of ten", 0.9, 0.9, false),
            ("one chance in five", 0.2, 0.2, false),
            ("one in a hundred", 0.01, 0.01, false),
            ("35 ± 5%", 0.3, 0.4, false),
            ("35% ± 5 points", 0.3, 0.4, false),
            ("probability 35%", 0.35, 0.35, false),
            ("a probability of 0.35", 0.35, 0.35, false),
            ("p = 0.35", 0.35, 0.35, false),
            ("p=.35", 0.35, 0.35, false),
            ("at best 20%", 0.0, 0.2, true),
            ("thirty-five per cent", 0.35, 0.35, false),
            ("thirty to forty percent", 0.3, 0.4, false),
        ] {
            let found = said(text, 0).unwrap_or_else(|| panic!("{text}"));
            let near = |a: f64, b: f64| (a - b).abs() < 1e-12;
            assert!(
                near(found.low, low) && near(found.high, high),
                "{text}: {found:?}"
            );
            assert_eq!((found.open, found.range.end), (open, text.len()), "{text}");
            assert!(said_before(text, text.len()).is_some(), "{text}");
        }
        for text in [
            "90",
            "0.35",
            "ten",
            "3 times",
            "one in the",
            "150%",
            "p. 35",
            "in 10",
            "over it",
            "1 in 0",
            "",
        ] {
            assert_eq!(said(text, 0), None, "{text}");
        }
    }
}
