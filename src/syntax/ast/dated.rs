//! Dates as they are written: a day, or a month.
//!
//! In: built by the lowering. Out: the days that a date may be, and how it is printed: never more
//! precisely than it was written.

use jiff::civil::Date;
use std::fmt;

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// A date as written. It is ordered by its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Dated {
    last: Date,
    is_month: bool,
}

impl Dated {
    /// `2026-11-10`
    pub fn day(day: Date) -> Self {
        Dated {
            last: day,
            is_month: false,
        }
    }

    /// `2026-11`: the month of a day.
    pub fn month(day: Date) -> Self {
        Dated {
            last: day.last_of_month(),
            is_month: true,
        }
    }

    /// Whether it is a month.
    pub fn is_month(self) -> bool {
        self.is_month
    }

    /// The first day that it may be.
    pub fn first(self) -> Date {
        match self.is_month {
            true => self.last.first_of_month(),
            false => self.last,
        }
    }

    /// The last day that it may be; a month counts as that day.
    pub fn last(self) -> Date {
        self.last
    }

    /// "10 November 2026", "November 2026".
    pub fn in_words(self) -> String {
        let month = self.last.month();
        let month = usize::try_from(month).map_or("", |m| MONTHS[m - 1]);
        match self.is_month {
            true => format!("{month} {}", self.last.year()),
            false => format!("{} {month} {}", self.last.day(), self.last.year()),
        }
    }

    /// As people read it among other dates: "2026-11-10", "November 2026".
    pub fn shown(self) -> String {
        match self.is_month {
            true => self.in_words(),
            false => self.to_string(),
        }
    }
}

impl fmt::Display for Dated {
    /// As programs read it (ISO 8601): `2026-11-10`, `2026-11`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = self.last.to_string();
        match self.is_month {
            // The day behind the last dash; a year may begin with one.
            true => f.write_str(text.rsplit_once('-').map_or("", |(month, _)| month)),
            false => f.write_str(&text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Dated;
    use jiff::civil::date;

    #[test]
    fn a_month_is_never_printed_as_a_day() {
        let month = Dated::month(date(2026, 11, 3));
        assert_eq!(month.to_string(), "2026-11");
        assert_eq!(month.in_words(), "November 2026");
        assert_eq!(month.shown(), "November 2026");
        assert_eq!(month.first(), date(2026, 11, 1));
        assert_eq!(month.last(), date(2026, 11, 30));
        let day = Dated::day(date(2024, 2, 9));
        assert_eq!(day.to_string(), "2024-02-09");
        assert_eq!(day.in_words(), "9 February 2024");
        assert_eq!(day.shown(), "2024-02-09");
        assert!(day < month && Dated::day(date(2026, 11, 30)) < month);
    }
}
