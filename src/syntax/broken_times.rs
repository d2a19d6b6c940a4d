//! What may be wrong between a value and its horizon, or between two values.
//!
//! In: the range of a value that cannot be read. Out: repairs.

use super::broken_values::{time_end, value_end};
use super::dates;
use super::lower::Lower;
use super::patch::Patch;
use super::recover::{Repair, short};
use super::values::plain;
use std::ops::Range;

impl Lower<'_> {
    /// What may be wrong between a value and its horizon, or between two values.
    pub(super) fn time_repairs(&self, range: Range<usize>, repairs: &mut Vec<Repair>) {
        let text = &self.text[range.clone()];
        let at = |from: usize, to: usize| range.start + from..range.start + to;
        // `by short 15%`
        if let Some(end) = time_end(text) {
            let value = text[end..].trim();
            if !value.is_empty() {
                repairs.push(
                    Repair::new(
                        vec![Patch::new(
                            range.clone(),
                            format!("{value} {}", &text[..end]),
                        )],
                        self.syntax(
                            at(0, end),
                            format!("`{}` stands before its value", &text[..end]),
                        )
                        .label("a value stands first, then when it holds")
                        .help(format!("write `{value} {}`", &text[..end])),
                    )
                    .fix("put the value first"),
                );
            }
        }
        let Some(value_end) = value_end(text) else {
            return;
        };
        let value = &text[..value_end];
        let gap = text[value_end..].len() - text[value_end..].trim_start().len();
        let rest_at = value_end + gap;
        let rest = &text[rest_at..];
        let mut words = rest.split_ascii_whitespace();
        let (word, second) = (words.next().unwrap_or_default(), words.next());
        // `1/3`
        if let Some(divisor) = rest
            .strip_prefix('/')
            .and_then(|r| r.trim().parse::<f64>().ok())
        {
            let number: f64 = value.trim().parse().unwrap_or(0.0);
            if divisor > 0.0 && number <= divisor {
                let percent = plain(libm::round(1000.0 * number / divisor) / 10.0);
                repairs.push(Repair::new(
                    vec![Patch::new(range.clone(), format!("{percent}%"))],
                    self.syntax(range.clone(), format!("`{text}` is a fraction"))
                        .label("a chance is written in per cent")
                        .help(format!("write about `{percent}%`, or `{} of {divisor}` for so many cases counted", value.trim())),
                ));
            }
        }
        // `15% by June 2025`, `15% in 2026`
        let day = rest.strip_prefix(word).map(str::trim).unwrap_or_default();
        if let ("by" | "in" | "until" | "before", Some(date)) = (word, dates::meant(day)) {
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(rest_at, text.len()), format!("by {date}"))],
                    self.syntax(
                        at(rest_at, text.len()),
                        "a date is written year-month-day, or year-month for a month's end",
                    )
                    .label(format!("this is `by {date}`"))
                    .help(format!("write `by {date}`")),
                )
                .fix(format!("write `by {date}`"))
                // `in June` is within it, `before June` without it.
                .only_if(word == "by"),
            );
        }
        // `15% until short`, `15% during short`
        let preposition = match word {
            "until" | "till" | "before" | "at" | "for" | "on" | "to" => Some("by"),
            "during" | "within" | "over" | "throughout" => Some("in"),
            _ => None,
        };
        if let (Some(preposition), Some(second)) = (preposition, second) {
            repairs.push(Repair::new(
                vec![Patch::new(at(rest_at, rest_at + word.len()), preposition)],
                self.syntax(
                    at(rest_at, rest_at + word.len()),
                    format!("`{word}` does not say when a value holds"),
                )
                .label("`by` or `in` belongs here")
                .help(format!(
                    "write `by {second}` for up to its end, `in {second}` for during it"
                )),
            ));
        }
        // `15% short`
        let is_name = !rest.is_empty()
            && rest.chars().all(|c| c == '_' || c.is_alphanumeric())
            && !rest.starts_with(|c: char| c.is_ascii_digit());
        if is_name {
            repairs.push(Repair::new(
                vec![Patch::new(at(rest_at, rest_at), "by ")],
                self.syntax(
                    at(rest_at, text.len()),
                    format!("`by` or `in` is missing before `{rest}`"),
                )
                .label("when does the value hold?")
                .help(format!(
                    "write `by {rest}` for up to its end, `in {rest}` for during it"
                )),
            ));
        }
        // `15% by short 35% by medium`
        let after = time_end(rest).map_or(rest_at, |n| rest_at + n);
        let end = text[..after].trim_end().len();
        let next = text[end..].trim_start();
        let apart = text[end..].starts_with(|c: char| c.is_whitespace());
        let begins = next.starts_with(|c: char| c.is_ascii_digit())
            || after > rest_at && next.starts_with(|c: char| c.is_alphabetic())
            || begins_row(next);
        if apart && begins {
            repairs.push(
                Repair::new(
                    vec![Patch::new(at(end, end), ",")],
                    self.syntax(
                        at(text.len() - next.len(), text.len()),
                        format!("a comma is missing before `{}`", short(next)),
                    )
                    .label("the next value begins here")
                    .help("the values of a list stand between commas"),
                )
                .fix("write a comma"),
            );
        }
    }
}

/// Whether a row of a prior begins, `shut: rest`.
fn begins_row(text: &str) -> bool {
    let name = text
        .split(|c: char| c != '_' && !c.is_alphanumeric())
        .next();
    let name = name.unwrap_or_default();
    name.starts_with(char::is_alphabetic) && text[name.len()..].trim_start().starts_with(':')
}
