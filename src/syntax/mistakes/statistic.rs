//! `median growth in y2026`, `average of growth`, `p95 of growth`: what is asked of a number.

use super::{Made, Mistake, Piece};
use crate::syntax::ast::Statistic;
use crate::syntax::recover::{Repair, split_words};

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "expect median growth in long: at most 3",
        "expect median of growth in long: at most 3",
    ),
    made: &[Made::Query(look), Made::Asked(look)],
};

fn look(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text;
    let words: Vec<(usize, &str)> = split_words(text).take(6).collect();
    let said: Vec<&str> = words.iter().map(|(_, word)| *word).collect();
    let skipped = usize::from(said.first() == Some(&"the"));
    let (statistic, count) = statistic(&said[skipped..])?;
    let count = count + skipped;
    let has_of = said.get(count) == Some(&"of");
    let (start, _) = *words.first()?;
    let (next, _) = *words.get(count + usize::from(has_of))?;
    let written = format!("{statistic} of ");
    if text[start..next] == written {
        return None;
    }
    let place = start..start + text[start..next].trim_end().len();
    let said = &text[place.clone()];
    let found = piece
        .syntax(
            place.clone(),
            format!("`{said}` is written `{}`", written.trim_end()),
        )
        .label("a number is asked for here")
        .help("ask for `mean of NAME`, `median of NAME` or `5th percentile of NAME`");
    let repair = Repair::new(vec![piece.patch(place, written.trim_end())], found);
    Some(repair.fix(format!("write `{}`", written.trim_end())))
}

/// What is meant by the first words, and how many say it.
fn statistic(said: &[&str]) -> Option<(Statistic, usize)> {
    let first = *said.first()?;
    match (first, said.get(1).copied()) {
        ("mean" | "average" | "expected" | "avg", Some("value")) => Some((Statistic::Mean, 2)),
        ("mean" | "average" | "avg" | "expectation", _) => Some((Statistic::Mean, 1)),
        ("median", Some("value")) => Some((Statistic::Median, 2)),
        ("median", _) => Some((Statistic::Median, 1)),
        ("percentile" | "quantile", Some(n)) => Some((percentile(n)?, 2)),
        (n, Some("percentile" | "quantile" | "pct" | "pctl" | "centile")) => {
            Some((percentile(n)?, 2))
        }
        (n, _) => Some((percentile(n.strip_prefix(['p', 'P', 'q', 'Q'])?)?, 1)),
    }
}

/// `95%`, `95`, `95th`, `0.95`
fn percentile(text: &str) -> Option<Statistic> {
    let bare = text.trim_end_matches(|c: char| c == '%' || c.is_alphabetic());
    let share: f64 = bare.parse().ok()?;
    let share = if text.starts_with("0.") {
        share * 100.0
    } else {
        share
    };
    let n = libm::round(share);
    let is_one = (1.0..=99.0).contains(&n) && (share - n).abs() <= 1e-9;
    is_one.then_some(Statistic::Percentile(n as u8))
}
