//! Horizons and outcomes as they are named on the command line.
//!
//! In: `0-6 months, june: until 2025-06-30`; `stays, final exit: Full exit`. Out: names, titles and
//! periods that the language takes, or why it does not.

use super::waiting;
use crate::syntax;
use crate::syntax::ast::{Item, PropKind};
use crate::text::source::FileId;
use std::collections::BTreeSet;

/// One horizon or outcome of a starter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// Its id.
    pub(crate) name: String,
    pub(crate) title: String,
    /// A horizon's period, as the language writes it; none of an outcome.
    pub(crate) period: Option<String>,
    /// Whether a final outcome.
    pub(crate) is_final: bool,
}

/// The most horizons or outcomes that a starter is made with; more can be added by hand.
const MOST: usize = 12;
/// The longest name that is made from a title, in characters.
const NAME_LENGTH: usize = 24;

/// Horizons from a list of periods, each with its name or title before it where it has one:
/// `0-6 months`, `june: until 2025-06-30`, `End of June: until 2025-06-30`.
///
/// # Errors
///
/// A sentence that says which period is none, and how to write one, or which name will not do.
pub fn horizons(list: &str) -> Result<Vec<Planned>, String> {
    let parts = parts(list, "horizon")?;
    let mut seen = BTreeSet::new();
    let mut planned = Vec::new();
    for (part, unnamed) in parts.iter().zip(horizon_names(parts.len())) {
        let (called, written) = match part.split_once(':') {
            Some((called, written)) => (Some(called.trim()), written.trim()),
            None => (None, *part),
        };
        let period = period(written)?;
        let (name, title) = match called {
            Some(called) => named(called)
                .map(|name| (name, titled(called)))
                .ok_or_else(|| {
                    format!("no name can be made of `{called}`; write `NAME: {written}`")
                })?,
            None => {
                let title = match unnamed.as_str() {
                    "short" => "Short term".to_owned(),
                    "medium" => "Medium term".to_owned(),
                    "long" => "Long term".to_owned(),
                    _ => capital(&period),
                };
                (unnamed, title)
            }
        };
        if !seen.insert(name.clone()) {
            return Err(format!(
                "two horizons are called `{name}`; write `OTHER_NAME: {written}` for one of them"
            ));
        }
        planned.push(Planned {
            name,
            title,
            period: Some(period),
            is_final: false,
        });
    }
    Ok(planned)
}

/// The horizons of a starter for which none are named.
pub fn default_horizons() -> Vec<Planned> {
    horizons("0-6 months, 6-18 months, 18+ months").unwrap_or_default()
}

/// Outcomes from a list of names or titles, each with `final` before it where it cannot be undone:
/// `stays`, `final Full exit`, `exit: Full exit`.
///
/// # Errors
///
/// A sentence that says what is missing.
pub fn outcomes(list: &str) -> Result<Vec<Planned>, String> {
    let mut seen = BTreeSet::new();
    let mut planned = Vec::new();
    for part in parts(list, "outcome")? {
        let (is_final, part) = match part.strip_prefix("final ") {
            Some(rest) => (true, rest.trim()),
            None => (false, part),
        };
        let (name, title) = match part.split_once(':') {
            Some((name, title)) => (named(name), super::note::as_title(title)),
            None => (named(part), titled(part)),
        };
        let name = name.ok_or_else(|| {
            format!("no name can be made of the outcome `{part}`; write `NAME: {part}`")
        })?;
        if !seen.insert(name.clone()) {
            return Err(format!(
                "two outcomes are called `{name}`; write `OTHER_NAME: {title}` for one of them"
            ));
        }
        planned.push(Planned {
            name,
            title,
            period: None,
            is_final,
        });
    }
    if planned.len() < 2 {
        return Err("one outcome leaves nothing to judge; name at least two".to_owned());
    }
    if planned.iter().all(|o| o.is_final) {
        return Err(
            "every outcome is final; name one without `final`, for while nothing has ended"
                .to_owned(),
        );
    }
    Ok(planned)
}

/// The outcomes of a starter for which none are named.
pub fn default_outcomes() -> Vec<Planned> {
    let list = [
        ("stays", "Things stay as they are", false),
        ("shifts", waiting::SHIFTS, false),
        ("breaks", waiting::BREAKS, true),
    ];
    let planned = list.map(|(name, title, is_final)| Planned {
        name: name.to_owned(),
        title: title.to_owned(),
        period: None,
        is_final,
    });
    planned.to_vec()
}

fn parts<'a>(list: &'a str, what: &str) -> Result<Vec<&'a str>, String> {
    let parts: Vec<&str> = list.split(',').map(str::trim).collect();
    if parts.iter().any(|p| p.is_empty()) {
        return Err(format!("there is no {what} between two commas of `{list}`"));
    }
    if parts.len() > MOST {
        return Err(format!(
            "a starter takes {MOST} {what}s at most; add the others by hand"
        ));
    }
    Ok(parts)
}

fn horizon_names(count: usize) -> Vec<String> {
    let names: &[&str] = match count {
        1 => &["ahead"],
        2 => &["short", "long"],
        3 => &["short", "medium", "long"],
        _ => return (1..=count).map(|n| format!("h{n}")).collect(),
    };
    names.iter().map(|n| (*n).to_owned()).collect()
}

/// `0-6 months` as `0 to 6 months`; what else the language takes as it is.
fn period(written: &str) -> Result<String, String> {
    let spaced = written.replace(['–', '—'], "-");
    let range = spaced.split_once('-').and_then(|(from, rest)| {
        let (to, unit) = rest.trim().split_once(' ')?;
        let count = |text: &str| text.trim().parse::<u32>().ok();
        Some(format!(
            "{} to {} {}",
            count(from)?,
            count(to)?,
            unit.trim()
        ))
    });
    let period = range.unwrap_or_else(|| spaced.split_whitespace().collect::<Vec<_>>().join(" "));
    // What ends the line or opens a block would be read as more than a period.
    let plain = |c: char| c.is_alphanumeric() || " +-.".contains(c);
    let parsed = syntax::parse(FileId(0), &format!("horizon h: {period}\n"));
    let is_one =
        matches!(parsed.ast.items[..], [Item::Horizon(_)]) && parsed.diagnostics.is_empty();
    if period.chars().all(plain) && is_one {
        return Ok(period);
    }
    Err(format!(
        "`{written}` is no horizon; write `0-6 months`, `18+ months`, `90 days` or `until 2026-06-30`, \
         with `NAME:` before it to name it"
    ))
}

/// A name made of words: lower case, `_` for whatever is no letter or digit.
fn named(words: &str) -> Option<String> {
    let words = words.trim();
    if is_name(words) {
        return Some(words.to_owned());
    }
    let mut name = String::new();
    for c in words.to_lowercase().chars() {
        let c = if c.is_alphanumeric() { c } else { '_' };
        if c != '_' || !name.ends_with('_') {
            name.push(c);
        }
    }
    let mut name: String = name.trim_matches('_').to_owned();
    if name.chars().count() > NAME_LENGTH {
        name = name.chars().take(NAME_LENGTH).collect();
        // Half a word says less than none.
        if let Some((whole, _)) = name.rsplit_once('_') {
            name.truncate(whole.len());
        }
    }
    if name.is_empty() {
        return None;
    }
    [name.clone(), format!("{name}_")]
        .into_iter()
        .find(|name| is_name(name))
}

/// Whether the language takes a text as a name.
fn is_name(text: &str) -> bool {
    let (prop, mistakes) = syntax::parse_prop(FileId(0), text);
    let whole = prop.is_some_and(|p| matches!(p.kind, PropKind::Name(name) if name == text));
    whole && mistakes.is_empty()
}

/// A title made of a name or a title.
fn titled(called: &str) -> String {
    capital(&super::note::as_title(called).replace('_', " "))
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().collect::<String>());
    first.unwrap_or_default() + chars.as_str()
}

#[cfg(test)]
mod tests {
    use super::{horizons, outcomes};

    #[test]
    fn periods_are_read_as_people_write_them() {
        let periods = |list: &str| -> Vec<String> {
            let planned = horizons(list).expect("horizons");
            planned.into_iter().filter_map(|h| h.period).collect()
        };
        assert_eq!(
            periods("0-6 months, 6 – 18 months, 18+ months"),
            ["0 to 6 months", "6 to 18 months", "18+ months"]
        );
        assert_eq!(periods("until 2025-06-30"), ["until 2025-06-30"]);
        assert_eq!(periods("90 days, 1 years"), ["90 days", "1 years"]);
        assert_eq!(periods("june: 0–4 months"), ["0 to 4 months"]);
        for wrong in [
            "soon",
            "6",
            "0-6",
            "0-6 moons",
            "1 day\nevent e",
            "",
            "a,,b",
            "1 day }",
            "june:",
            ": 1 day",
            "!: 1 day",
            "a: 1 day, a: 2 days",
            "long: 1 day, 2 days",
        ] {
            assert!(horizons(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn horizons_have_the_names_that_they_are_given() {
        let planned = horizons("june: until 2025-06-30, End of \"2025\": 10 months, 18+ months");
        let planned = planned.expect("horizons").into_iter();
        assert_eq!(
            planned.map(|h| (h.name, h.title)).collect::<Vec<_>>(),
            [
                ("june".to_owned(), "June".to_owned()),
                ("end_of_2025".to_owned(), "End of ”2025”".to_owned()),
                ("long".to_owned(), "Long term".to_owned()),
            ]
        );
    }

    #[test]
    fn names_are_made_from_titles() {
        let names = |list: &str| -> Vec<(String, bool)> {
            let planned = outcomes(list).expect("outcomes");
            planned.into_iter().map(|o| (o.name, o.is_final)).collect()
        };
        assert_eq!(
            names("Stays at today's level, not, final Full U.S. exit, x: The \"third\" way"),
            [
                ("stays_at_today_s_level".to_owned(), false),
                ("not_".to_owned(), false),
                ("full_u_s_exit".to_owned(), true),
                ("x".to_owned(), false)
            ]
        );
        for wrong in ["a", "a, a", "final a, final b", "a, !", "a, , b"] {
            assert!(outcomes(wrong).is_err(), "{wrong}");
        }
    }
}
