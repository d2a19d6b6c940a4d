//! Dates as people write them, read as the dates that were meant.
//!
//! In: text that is no date of the language. Out: the same day or month, year first, where only one
//! can be meant. `03/04/2025` can mean two days and is not guessed.

/// The date that a text means, as `2025-03-01` or `2025-03`, where only one can be meant.
pub(super) fn meant(text: &str) -> Option<String> {
    match read(text) {
        (mut dates, true) if dates.len() == 1 => dates.pop(),
        _ => None,
    }
}

/// The dates that a text may mean, where it is a date and nobody can tell which: `03/04/2025`, `3/4/25`.
pub(super) fn either(text: &str) -> Vec<String> {
    match read(text) {
        (dates, false) => dates,
        (dates, true) if dates.len() > 1 => dates,
        _ => Vec::new(),
    }
}

/// A day of a month that says no year, as `06-05`: `5 June`, `June 5th`.
pub(super) fn without_year(text: &str) -> Option<String> {
    let parts = parts(text)?;
    let (month, day) = match &parts[..] {
        [a, b] => match (month(a), month(b)) {
            (Some(month), None) => (month, number(b)?),
            (None, Some(month)) => (month, number(a)?),
            _ => return None,
        },
        _ => return None,
    };
    let short = parts
        .iter()
        .all(|part| part.len() < 4 || self::month(part).is_some());
    (short && is_day(2024, month, day)).then(|| format!("{month:02}-{day:02}"))
}

/// Words in a date that say nothing about it.
const NEEDLESS: [&str; 10] = [
    "the",
    "of",
    "on",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// Whether a comma stands within a date: `December 1, 2025`, `by 1 December, 2025`, `Saturday, March 1, 2025`.
pub(super) fn has_comma(before: &str, behind: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or_default();
    let mut words = line
        .split([' ', '\t', ':', ','])
        .rev()
        .filter(|w| !w.is_empty());
    let mut last = || words.next().unwrap_or_default();
    let next = behind.trim_start_matches([' ', '\t']);
    let (one, two) = (last(), last());
    let day = |word: &str| number(word).is_some_and(|day| (1..=31).contains(&day));
    if one.len() > 2 && is_needless(one) && one.to_lowercase() != "the" {
        // A weekday, before a date with its month's name.
        let mut ahead = next.split([' ', ',', '\n']);
        let (a, b) = (
            ahead.next().unwrap_or_default(),
            ahead.next().unwrap_or_default(),
        );
        return day(a) && month(b).is_some() || month(a).is_some() && day(b);
    }
    let digits = next.bytes().take_while(u8::is_ascii_digit).count();
    let is_year = digits == 4 && matches!(&next[..2], "19" | "20" | "21");
    let ends = next[digits..].trim_start_matches(' ');
    let ends = ends.is_empty()
        || ends.starts_with(['\n', '\r', ',', '}', '#', ':', ')'])
        || next[digits..].starts_with(' ') && ends.starts_with(char::is_alphabetic);
    if !is_year || !ends {
        return false;
    }
    if month(two).is_some() && day(one) {
        return true;
    }
    let two = if two == "of" { last() } else { two };
    let before_day = last();
    let before_day = if before_day == "the" {
        last()
    } else {
        before_day
    };
    let dated = matches!(
        before_day,
        "by" | "in" | "until" | "till" | "before" | "on" | "of" | "dated"
    );
    month(one).is_some() && day(two) && dated
}

/// The parts of a date as it is said, without needless words; none where the text is too long for one.
fn parts(text: &str) -> Option<Vec<&str>> {
    if text.len() > 40 {
        return None;
    }
    let all = text.split(|c: char| !c.is_alphanumeric());
    let parts: Vec<&str> = all.filter(|p| !p.is_empty() && !is_needless(p)).collect();
    (parts.len() <= 3).then_some(parts)
}

fn is_needless(part: &str) -> bool {
    // Most words are neither: weekdays end in a `y`, or are cut to three letters.
    let may = matches!(part.len(), 2 | 3) || part.ends_with(['y', 'Y']);
    if part.is_ascii() && !may {
        return false;
    }
    let part = part.to_lowercase();
    let weekday = part.len() == 3 && NEEDLESS[3..].iter().any(|day| day.starts_with(&part));
    weekday || NEEDLESS.contains(&part.as_str())
}

/// A number, with the letters of an ordinal or without.
fn number(part: &str) -> Option<u32> {
    let digits = part.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let suffix = &part[digits.len()..];
    let fits = matches!(
        suffix.to_lowercase().as_str(),
        "" | "st" | "nd" | "rd" | "th"
    );
    digits.parse().ok().filter(|_| fits)
}

/// The dates that a text may mean, and whether a year of four digits says so.
fn read(text: &str) -> (Vec<String>, bool) {
    let Some(parts) = parts(text) else {
        return (Vec::new(), true);
    };
    // A year of two digits may be a day.
    let year = |i: usize| {
        let digits = parts
            .get(i)
            .filter(|p| p.bytes().all(|b| b.is_ascii_digit()))?;
        let year: u32 = digits.parse().ok()?;
        match digits.len() {
            4 => Some((year, true)),
            2 => Some((2000 + year, false)),
            _ => None,
        }
    };
    let part = |i: usize| parts.get(i).and_then(|p| number(p));
    let months: Vec<Option<u32>> = parts.iter().map(|p| month(p)).collect();
    let full = |i: usize| year(i).filter(|(_, sure)| *sure);
    let ymd: Vec<Numbers> = match (parts.len(), months.iter().position(Option::is_some)) {
        (1, None) if parts[0].len() == 8 => {
            let all = part(0).unwrap_or_default();
            vec![(
                Some((all / 10_000, true)),
                Some(all / 100 % 100),
                Some(Some(all % 100)),
            )]
        }
        (2, Some(0)) => vec![(full(1), months[0], Some(None))],
        (2, Some(1)) => vec![(full(0), months[1], Some(None))],
        (3, Some(1)) if parts[0].len() == 4 => vec![(full(0), months[1], part(2).map(Some))],
        (3, Some(1)) => vec![(year(2), months[1], part(0).map(Some))],
        (3, Some(0)) => vec![(year(2), months[0], part(1).map(Some))],
        (2, None) if parts[0].len() == 4 => vec![(full(0), part(1), Some(None))],
        (2, None) => vec![(full(1), part(0), Some(None))],
        (3, None) if parts[0].len() == 4 => vec![(full(0), part(1), part(2).map(Some))],
        (3, None) => {
            let day_first = (year(2), part(1), part(0).map(Some));
            let month_first = (year(2), part(0), part(1).map(Some));
            // With points the day stands first, if it can.
            match text.contains('.') && date(day_first).is_some() {
                true => vec![day_first],
                false => vec![month_first, day_first],
            }
        }
        _ => Vec::new(),
    };
    let mut dates: Vec<String> = ymd.iter().filter_map(|parts| date(*parts)).collect();
    dates.dedup();
    let sure = ymd
        .iter()
        .all(|(year, ..)| year.is_none_or(|(_, sure)| sure));
    (dates, sure)
}

/// A year and whether it has four digits, a month, and a day where one is said.
type Numbers = (Option<(u32, bool)>, Option<u32>, Option<Option<u32>>);

/// A date as it is written, if there is such a day.
fn date((year, month, day): Numbers) -> Option<String> {
    let ((year, _), month, day) = (year?, month?, day?);
    match day {
        Some(day) => is_day(year, month, day).then(|| format!("{year:04}-{month:02}-{day:02}")),
        None => is_day(year, month, 1).then(|| format!("{year:04}-{month:02}")),
    }
}

fn is_day(year: u32, month: u32, day: u32) -> bool {
    let part = |number: u32| i8::try_from(number).ok();
    let day = part(month).zip(part(day)).zip(i16::try_from(year).ok());
    day.is_some_and(|((month, day), year)| jiff::civil::Date::new(year, month, day).is_ok())
}

/// The number of a month's name, in full or as its first three letters or more.
fn month(word: &str) -> Option<u32> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    if word.len() < 3 {
        return None;
    }
    let found = MONTHS.iter().position(|month| month.starts_with(&word))?;
    Some(found as u32 + 1)
}

#[cfg(test)]
mod tests {
    use super::{either, has_comma, meant, without_year};

    #[test]
    fn a_comma_may_belong_to_a_date() {
        for (text, is) in [
            ("10% by December 1|, 2025", true),
            ("10% by Dec 1st|, 2025, 20% by y", true),
            ("10% by 1 December|, 2025", true),
            ("10% by the 1st of December|, 2025", true),
            ("as of: December 1|, 2025", true),
            ("as of: Saturday|, March 1, 2025", true),
            ("cuts: 1 may|, 2025", false),
            ("cuts: 1|, 2025", false),
            ("10% by may|, 20% by y", false),
            ("tags: december|, y2025", false),
        ] {
            let (before, behind) = text.split_once('|').expect("a mark");
            assert_eq!(has_comma(before, &behind[1..]), is, "{text}");
        }
    }

    #[test]
    fn several_days_can_be_meant() {
        for (text, dates) in [
            ("05/06/2025", &["2025-05-06", "2025-06-05"][..]),
            ("5-6-2025", &["2025-05-06", "2025-06-05"]),
            ("1/3/25", &["2025-01-03", "2025-03-01"]),
            ("13/3/25", &["2025-03-13"]),
            ("1.3.25", &["2025-03-01"]),
            ("1 March 25", &["2025-03-01"]),
            ("13/06/2025", &[]),
            ("2025-06-05", &[]),
            ("6 of 32", &[]),
            ("exit", &[]),
        ] {
            assert_eq!(either(text), dates, "{text}");
        }
    }

    #[test]
    fn a_year_may_be_missing() {
        for (text, day) in [
            ("5 June", Some("06-05")),
            ("June 5th", Some("06-05")),
            ("the 5th of June", Some("06-05")),
            ("June 2025", None),
            ("June", None),
            ("31 June", None),
        ] {
            assert_eq!(without_year(text).as_deref(), day, "{text}");
        }
    }

    #[test]
    fn only_one_day_can_be_meant() {
        for (text, date) in [
            ("1 March 2025", Some("2025-03-01")),
            ("March 1, 2025", Some("2025-03-01")),
            ("1st Mar 2025", Some("2025-03-01")),
            ("March 2025", Some("2025-03")),
            ("2025/3/1", Some("2025-03-01")),
            ("01.03.2025", Some("2025-03-01")),
            ("13/03/2025", Some("2025-03-13")),
            ("03/13/2025", Some("2025-03-13")),
            ("20250301", Some("2025-03-01")),
            ("03/04/2025", None),
            ("04/04/2025", Some("2025-04-04")),
            ("1/3/25", None),
            ("1.3.25", None),
            ("3.13.2025", Some("2025-03-13")),
            ("2025 March", Some("2025-03")),
            ("Saturday, March 1, 2025", Some("2025-03-01")),
            ("the 1st of March 2025", Some("2025-03-01")),
            ("31/02/2025", None),
            ("30 February 2025", None),
            ("1abc March 2025", None),
            ("tomorrow", None),
            ("", None),
        ] {
            assert_eq!(meant(text).as_deref(), date, "{text}");
        }
    }
}
