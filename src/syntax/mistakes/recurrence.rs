//! `once in 20 years`, `twice every 10 years`, `1 in 100 years`: how often something comes.

use super::odds::number;
use super::{Made, Mistake, Piece};
use crate::diag::rules;
use crate::diag::{Diagnostic, Fix};
use crate::syntax::ast::TimeUnit;
use crate::syntax::broken_values::Want;
use crate::syntax::times::unit;
use crate::syntax::values::plain;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "event e { chance: once in 20 years }",
        "event e { chance: 1 times in 20 years }",
    ),
    made: &[Made::Said(explain)],
};

fn explain(piece: &Piece<'_, '_>, want: Want) -> Option<Diagnostic> {
    if want != Want::Chance || piece.text.len() > 100 {
        return None;
    }
    let text = piece.text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let words = match &words[..] {
        ["about" | "roughly" | "around", rest @ ..] => rest,
        all => all,
    };
    let middle = words
        .iter()
        .position(|w| matches!(*w, "in" | "every" | "per"))?;
    let count = match &words[..middle] {
        [] if words[middle] == "every" => 1.0,
        [times] if times.len() > 1 && times.ends_with('x') => {
            number(&[times.trim_end_matches('x')])?
        }
        ["once"] => 1.0,
        ["twice"] => 2.0,
        ["thrice"] => 3.0,
        [count @ .., "time" | "times" | "event" | "events"] => number(count)?,
        count => number(count)?,
    };
    if let [many, "per" | "a" | "each", "year"] = &words[middle + 1..] {
        let many = number(&[many]).filter(|many| *many >= count)?;
        let share = plain(100.0 * count / many);
        let (span, written) = (piece.lower.place(piece.range.clone()), piece.text.trim());
        let meant = format!("{share}% per year");
        return Some(
            Diagnostic::new(
                &rules::UNKNOWN_OPTION,
                span,
                format!("`{written}` is no value"),
            )
            .label("a yearly chance?")
            .help(format!("write `{meant}`"))
            .fix(Fix::risky(format!("write `{meant}`"), span, meant)),
        );
    }
    let (many, word) = match &words[middle + 1..] {
        [many, word] => (number(&[many])?, *word),
        [word] if words[middle] != "in" => (1.0, *word),
        _ => return None,
    };
    let (many, word) = match word {
        "decade" | "decades" => (many * 10.0, "years"),
        "century" | "centuries" => (many * 100.0, "years"),
        word => (many, word),
    };
    // `1 in 20 by h2` is a chance.
    let unit = unit(word)?;
    let each = match unit {
        TimeUnit::Days => 365.25,
        TimeUnit::Weeks => 365.25 / 7.0,
        TimeUnit::Months => 12.0,
        TimeUnit::Quarters => 4.0,
        TimeUnit::Years => 1.0,
    };
    let word = match many == 1.0 {
        true => word.to_owned(),
        false => format!("{}s", word.trim_end_matches('s')),
    };
    let counted = format!("{} times in {} {word}", plain(count), plain(many));
    let yearly = 100.0 * count / many * each;
    let mut readings = vec![counted];
    if yearly < 100.0 {
        readings.push(format!(
            "{}% per year",
            plain(libm::round(yearly * 100.0) / 100.0)
        ));
    }
    let span = piece.lower.place(piece.range.clone());
    let written = piece.text.trim();
    let mut found = Diagnostic::new(
        &rules::UNKNOWN_OPTION,
        span,
        format!("`{written}` is no value"),
    )
    .label("cases that were counted, or a rate?")
    .help(match &readings[..] {
        [counted, rate] => format!(
            "write `{counted}` if that is what was counted, `{rate}` for a rate that is known"
        ),
        _ => format!("write `{}` if that is what was counted", readings[0]),
    });
    for reading in readings {
        found = found.fix(Fix::risky(format!("write `{reading}`"), span, reading));
    }
    Some(found)
}
