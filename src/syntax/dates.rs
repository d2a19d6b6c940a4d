//! Dates as people write them, read as the dates that were meant.
//!
//! In: text that is no date of the language. Out: the same day or month, year first, where only one
//! can be meant. `03/04/2025` can mean two days and is not guessed.

/// The date that a text means, as `2025-03-01` or `2025-03`.
pub(super) fn meant(text: &str) -> Option<String> {
    let parts: Vec<&str> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|p| !p.is_empty())
        .collect();
    if parts.len() > 3 || text.len() > 40 {
        return None;
    }
    let months: Vec<Option<u32>> = parts.iter().map(|p| month(p)).collect();
    let number = |i: usize| -> Option<u32> {
        let digits = parts
            .get(i)?
            .trim_end_matches(|c: char| c.is_ascii_alphabetic());
        digits.parse().ok()
    };
    let year = |i: usize| number(i).filter(|_| parts[i].len() == 4);
    let (y, m, d) = match (parts.len(), months.iter().position(Option::is_some)) {
        (1, None) if parts[0].len() == 8 => {
            let all = number(0)?;
            (all / 10_000, all / 100 % 100, Some(all % 100))
        }
        (2, Some(0)) => (year(1)?, months[0]?, None),
        (3, Some(1)) => (year(2)?, months[1]?, Some(number(0)?)),
        (3, Some(0)) => (year(2)?, months[0]?, Some(number(1)?)),
        (2, None) if parts[0].len() == 4 => (year(0)?, number(1)?, None),
        (2, None) => (year(1)?, number(0)?, None),
        (3, None) if parts[0].len() == 4 => (year(0)?, number(1)?, Some(number(2)?)),
        // Day first, with points; or a number that can only be a day.
        (3, None) if text.contains('.') || number(0)? > 12 => {
            (year(2)?, number(1)?, Some(number(0)?))
        }
        (3, None) if number(1)? > 12 => (year(2)?, number(0)?, Some(number(1)?)),
        _ => return None,
    };
    if !(1..=12).contains(&m) || d.is_some_and(|d| !(1..=31).contains(&d)) {
        return None;
    }
    Some(match d {
        Some(d) => format!("{y:04}-{m:02}-{d:02}"),
        None => format!("{y:04}-{m:02}"),
    })
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
    use super::meant;

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
            ("tomorrow", None),
            ("", None),
        ] {
            assert_eq!(meant(text).as_deref(), date, "{text}");
        }
    }
}
