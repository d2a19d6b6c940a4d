//! `end of 2027`, `Q2 2026`, `six months`, `30 June 2027`: a horizon's extent, as it is said.
//!
//! In: the text. Out: the one diagnostic with what to write, where the text can mean one extent, or
//! one that is likelier than others.

use super::{Made, Mistake, Piece};
use crate::syntax::dates;
use crate::syntax::recover::Repair;
use crate::syntax::times;

pub(super) static MISTAKE: Mistake = Mistake {
    pair: (
        "horizon h \"H\": end of 2027",
        "horizon h \"H\": until 2027-12-31",
    ),
    made: &[Made::Extent(extent)],
};

/// What an extent means, and whether it can mean nothing else.
struct Meant {
    written: String,
    plain: bool,
}

/// The explanation of an extent that is said otherwise than it is written, as a repair of it.
pub(in crate::syntax) fn extent(piece: &Piece<'_, '_>) -> Option<Repair> {
    let text = piece.text.trim_end();
    let Meant { written, plain } = meant(text)?;
    let message = match written.starts_with("until") {
        true => "a horizon that ends on a day is written `until` and a date",
        false => "a horizon from now on is written as its length alone",
    };
    Some(written_so(&piece.part(0..text.len()), &written, message).only_if(plain))
}

/// An extent written as it is meant.
pub(super) fn written_so(piece: &Piece<'_, '_>, meant: &str, message: &str) -> Repair {
    let help = format!("write `{meant}`");
    let found = piece
        .all_syntax(message)
        .label("this horizon's extent")
        .help(help.as_str());
    Repair::new(vec![piece.replaced(meant)], found).fix(help)
}

fn meant(text: &str) -> Option<Meant> {
    if text.len() > 60 {
        return None;
    }
    let text = text.to_lowercase();
    let (until, rest) = without(&text, &["until ", "till ", "to ", "by ", "through "]);
    let (_, rest) = without(rest, &["the "]);
    let (end, rest) = without(
        rest,
        &[
            "end of the year ",
            "end of ",
            "end-",
            "end ",
            "year-end ",
            "close of ",
        ],
    );
    let (_, rest) = without(rest, &["year ", "the year "]);
    let (early, rest) = match end {
        true => (false, rest),
        false => without(rest, &["mid-", "mid ", "middle of "]),
    };
    if let Some(last) = last_day(rest.trim(), early) {
        return Some(Meant {
            written: format!("until {last}"),
            // `until 2027` may mean its first day, and `2027` alone all of it.
            plain: end,
        });
    }
    // A date alone, or one behind `until`, as people write them; the language's own is read elsewhere.
    if let Some(date) = dates::meant(rest.trim()).filter(|date| *date != rest.trim()) {
        return Some(Meant {
            written: format!("until {date}"),
            plain: until || end,
        });
    }
    if end {
        return None;
    }
    length(&text).map(|written| Meant {
        written,
        plain: true,
    })
}

/// The text behind the first of some words, and whether it began with one.
fn without<'a>(text: &'a str, words: &[&str]) -> (bool, &'a str) {
    match words.iter().find_map(|word| text.strip_prefix(word)) {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

/// The last day of a year, half or quarter, or a year's middle.
fn last_day(text: &str, middle: bool) -> Option<String> {
    let year_of = |digits: &str| {
        let year = digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit());
        (year && digits >= "1900").then(|| digits.to_owned())
    };
    if let Some(year) = year_of(text) {
        return Some(match middle {
            true => format!("{year}-06-30"),
            false => format!("{year}-12-31"),
        });
    }
    let parts: Vec<&str> = text
        .split([' ', '-', '/'])
        .filter(|part| !part.is_empty() && *part != "of")
        .collect();
    let (part, year) = match parts[..] {
        [one] if one.len() == 6 && one.is_ascii() && one[..4].parse::<u16>().is_ok() => {
            (&one[4..], year_of(&one[..4])?)
        }
        [a, b] => match (year_of(a), year_of(b)) {
            (Some(year), None) => (b, year),
            (None, Some(year)) => (a, year),
            _ => return None,
        },
        _ => return None,
    };
    let day = match part {
        "q1" => "03-31",
        "q2" | "h1" => "06-30",
        "q3" => "09-30",
        "q4" | "h2" => "12-31",
        _ => return None,
    };
    (!middle).then(|| format!("{year}-{day}"))
}

/// A length, where it is not written as one already.
fn length(text: &str) -> Option<String> {
    let before = [
        "in the next ",
        "over the next ",
        "within the next ",
        "the next ",
        "next ",
        "within ",
        "less than ",
        "under ",
        "up to ",
        "in ",
        "<=",
        "<",
        "≤",
    ];
    let (led, rest) = without(text, &before);
    let rest = rest.trim();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (count, unit) = match digits {
        0 => {
            let (word, unit) = rest.split_once(' ')?;
            (super::odds::number(&[word])?, unit)
        }
        _ => (rest[..digits].parse().ok()?, &rest[digits..]),
    };
    let one_unit = unit.trim().trim_end_matches('.');
    let unit = match one_unit {
        "d" => "days",
        "w" | "wk" | "wks" => "weeks",
        "m" | "mo" | "mos" | "mth" | "mths" | "mon" => "months",
        "q" | "qtr" | "qtrs" => "quarters",
        "y" | "yr" | "yrs" => "years",
        known if times::unit(known).is_some() && (led || digits == 0) => known,
        _ => return None,
    };
    let unit = match (count == 1.0, unit.strip_suffix('s')) {
        (true, Some(one)) => one,
        _ => unit,
    };
    (1.0..1e4)
        .contains(&count)
        .then(|| format!("{count} {unit}"))
}

#[cfg(test)]
mod tests {
    use crate::syntax::parse;
    use crate::text::source::FileId;

    /// What is found in a horizon, with what its help proposes.
    fn said(extent: &str) -> Vec<(String, bool)> {
        let text = format!("horizon h \"H\": {extent}\n");
        let found = parse(FileId(0), &text).diagnostics.sorted();
        let help = |d: &crate::diag::Diagnostic| d.help.clone().unwrap_or_default();
        let safe = |d: &crate::diag::Diagnostic| d.fixes.iter().any(|fix| fix.safe);
        found.iter().map(|d| (help(d), safe(d))).collect()
    }

    #[test]
    fn is_one_mistake_with_what_to_write() {
        for (extent, written, safe) in [
            ("end of 2027", "until 2027-12-31", true),
            ("until the end of 2027", "until 2027-12-31", true),
            ("by end-2027", "until 2027-12-31", true),
            ("until end 2027", "until 2027-12-31", true),
            ("2027", "until 2027-12-31", false),
            ("until 2027", "until 2027-12-31", false),
            ("Q2 2026", "until 2026-06-30", false),
            ("until Q1 2027", "until 2027-03-31", false),
            ("end of 2026Q3", "until 2026-09-30", true),
            ("H1 2027", "until 2027-06-30", false),
            ("end of Q2 2026", "until 2026-06-30", true),
            ("until mid-2026", "until 2026-06-30", false),
            ("30 June 2027", "until 2027-06-30", false),
            ("June 2027", "until 2027-06", false),
            ("until 31.12.2026", "until 2026-12-31", true),
            ("a year", "1 year", true),
            ("six months", "6 months", true),
            ("in 6 months", "6 months", true),
            ("less than 6 months", "6 months", true),
            ("< 6 months", "6 months", true),
            ("6m", "6 months", true),
            ("12 mo", "12 months", true),
            ("1y", "1 year", true),
        ] {
            let found = said(extent);
            assert_eq!(found.len(), 1, "{extent}: {found:?}");
            let help = format!("write `{written}`");
            assert_eq!(found[0], (help, safe), "{extent}");
        }
    }

    #[test]
    fn what_is_written_already_is_left_alone() {
        for extent in [
            "6 months",
            "6  months",
            "1 months",
            "6months",
            "1 year",
            "0 to 6 months",
            "18+ months",
            "90 days",
            "until 2025-03-19",
            "until 2025-03",
            "2025-03-01 to 2025-06-30",
        ] {
            assert_eq!(said(extent), [], "{extent}");
        }
    }
}
