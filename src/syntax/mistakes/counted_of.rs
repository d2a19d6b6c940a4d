//! `2 of (a, b)`, `at least one of (a, b)`, `none of (a, b)`, `at most 1 of (a, b)`: how many of a list hold.

use super::{Made, Mistake, Piece};
use crate::syntax::recover::Repair;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "condition c \"C\": at least one of (a, b, d)",
        "condition c \"C\": at least 1 of (a, b, d)",
    ),
    made: &[Made::Condition(look)],
};

/// How a number of a list is limited.
#[derive(Clone, Copy, PartialEq)]
enum Limit {
    Least,
    Most,
    Exactly,
    /// A number alone: at least so many, or exactly so many.
    Unsaid,
}

const WORDS: [&str; 11] = [
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
];

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let (of, list) = list(text)?;
    let mut before = text[..of].trim_end();
    before = before.strip_suffix("the").unwrap_or(before).trim_end();
    let word = before.rsplit([' ', '(']).next()?;
    let start = before.len() - word.len();
    let members = list.text.split(',').filter(|m| !m.trim().is_empty());
    let members = members.count();
    let (limit, limit_at) = limit(before[..start].trim_end());
    let (limit, count, from) = match word {
        "any" | "either" => (Limit::Least, 1, start),
        "all" | "each" | "every" | "both" => (Limit::Least, members, start),
        "none" | "neither" => (Limit::Most, 0, start),
        _ => {
            let spelt = WORDS.iter().position(|w| *w == word);
            let count = spelt.or_else(|| word.parse().ok())?;
            (limit, count, limit_at.unwrap_or(start))
        }
    };
    let members_text = list.text.trim();
    let least = |n: usize| format!("at least {n} of ({members_text})");
    let written = match limit {
        Limit::Least | Limit::Unsaid => least(count),
        Limit::Exactly if count >= members => least(count),
        Limit::Most | Limit::Exactly if count == 0 => format!("not {}", least(1)),
        Limit::Most => format!("not {}", least(count + 1)),
        Limit::Exactly => {
            let both = format!("{} and not {}", least(count), least(count + 1));
            match (from, list.end == text.trim_end().len()) {
                (0, true) => both,
                _ => format!("({both})"),
            }
        }
    };
    let holds = match limit {
        Limit::Most => count < members,
        _ => (1..=members).contains(&count) || (limit == Limit::Exactly && count == 0),
    };
    if !holds || text[from..list.end] == written {
        return None;
    }
    let said = text[from..of + "of".len()].trim();
    let mut found = piece
        .syntax(
            from..of + "of".len(),
            format!("`{said}` is not how a list is counted"),
        )
        .label("`at least` and a number belong here")
        .help(format!("write `{written}`"));
    if limit == Limit::Unsaid {
        found = found.help(format!(
            "write `{written}`, or `{} and not {}` for exactly {count}",
            least(count),
            least(count + 1)
        ));
    }
    let repair = Repair::new(vec![piece.patch(from..list.end, written)], found);
    // A number alone leaves open whether more will do.
    Some(repair.fix("count the list").only_if(limit != Limit::Unsaid))
}

/// The list behind `of`.
struct List<'t> {
    text: &'t str,
    end: usize,
}

/// Where `of` stands, and the list behind it, in parentheses or to the end of the text.
fn list(text: &str) -> Option<(usize, List<'_>)> {
    let of = text.find(" of ").or_else(|| text.find(" of("))? + 1;
    let behind = of + "of".len();
    let start = text.len() - text[behind..].trim_start().len();
    let list = match text[start..].strip_prefix('(') {
        Some(inner) => {
            let close = inner.find(')')?;
            let end = start + 1 + close + 1;
            // Lists in lists are read as they stand.
            (!inner[..close].contains('(')).then_some(List {
                text: &inner[..close],
                end,
            })?
        }
        None => List {
            text: &text[start..],
            end: text.len(),
        },
    };
    let plain = |c: char| c == '_' || c == ',' || c == ' ' || c.is_alphanumeric();
    let words = list.text.split([',', ' ']);
    let joined = ["and", "or", "not", "given", "in", "by", "under"];
    let is_list = list.text.chars().all(plain) && !words.into_iter().any(|w| joined.contains(&w));
    (is_list && list.text.contains(',')).then_some((of, list))
}

/// How the number behind a text is limited, and where that is said.
fn limit(text: &str) -> (Limit, Option<usize>) {
    let all = [
        ("at least", Limit::Least),
        ("at most", Limit::Most),
        ("no more than", Limit::Most),
        ("up to", Limit::Most),
        ("exactly", Limit::Exactly),
        ("only", Limit::Exactly),
        ("just", Limit::Exactly),
    ];
    let found = all.iter().find(|(words, _)| text.ends_with(words));
    match found {
        Some((words, limit)) => (*limit, Some(text.len() - words.len())),
        None => (Limit::Unsaid, None),
    }
}
